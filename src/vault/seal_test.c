#include "vault/testing.h"

static const struct vault_place place = {.column = "pupil.name", .school = 7, .row = 9};

struct sealing {
    struct arena *arena;
    struct random random;
    struct vault_key key;
};

static int setup(void **state)
{
    static struct sealing s;
    s = (struct sealing){.arena = arena_new(1 << 20), .random = random_seeded(1)};
    random_fill(&s.random, s.key.key, sizeof s.key.key);
    *state = &s;
    return s.arena ? 0 : -1;
}

static int teardown(void **state)
{
    struct sealing *s = *state;
    arena_free(s->arena);
    return 0;
}

static struct sealed seal(struct sealing *s, const char *text)
{
    struct sealed sealed;
    assert_status(vault_seal(&s->key, &s->random, s->arena, place, text, strlen(text), &sealed),
                  OK);
    return sealed;
}

static void what_is_sealed_opens(void **state)
{
    struct sealing *s = *state;
    const char *const texts[] = {"", "a", "Noor Özgür-van 't Hof", "a longer text\nof two lines"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct sealed sealed = seal(s, texts[i]);
        assert_int_equal(sealed.len, strlen(texts[i]) + VAULT_OVERHEAD);
        const char *text = NULL;
        assert_status(vault_open(&s->key, s->arena, place, sealed, &text), OK);
        assert_string_equal(text, texts[i]);
    }
    struct sealed once = seal(s, "same");
    struct sealed twice = seal(s, "same");
    assert_memory_not_equal(once.data, twice.data, once.len); /* equality does not show */
}

static void an_empty_column_opens_as_no_text(void **state)
{
    struct sealing *s = *state;
    const char *text = NULL;
    assert_status(vault_open(&s->key, s->arena, place, (struct sealed){0}, &text), OK);
    assert_string_equal(text, "");
}

static void bytes_may_hold_nul_and_text_may_not(void **state)
{
    struct sealing *s = *state;
    struct sealed sealed;
    struct bytes bytes;
    const char *text = NULL;
    assert_status(vault_seal(&s->key, &s->random, s->arena, place, "a\0b", 3, &sealed), OK);
    assert_status(vault_open_bytes(&s->key, s->arena, place, sealed, &bytes), OK);
    assert_int_equal(bytes.len, 3);
    assert_memory_equal(bytes.data, "a\0b", 3);
    assert_status(vault_open(&s->key, s->arena, place, sealed, &text), ERR_CORRUPT);
}

static void every_changed_byte_is_noticed(void **state)
{
    struct sealing *s = *state;
    struct sealed sealed = seal(s, "She finds arithmetic hard.");
    uint8_t *copy = arena_memdup(s->arena, sealed.data, sealed.len);
    const char *text = "untouched";
    for (size_t i = 0; i < sealed.len; i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            copy[i] ^= (uint8_t)(1U << bit);
            assert_status(
                vault_open(&s->key, s->arena, place, (struct sealed){copy, sealed.len}, &text),
                ERR_CORRUPT);
            copy[i] ^= (uint8_t)(1U << bit);
        }
    }
    for (size_t len = 1; len < sealed.len; len++)
        assert_status(vault_open(&s->key, s->arena, place, (struct sealed){copy, len}, &text),
                      ERR_CORRUPT);
    assert_string_equal(text, "untouched");
}

static void a_moved_value_does_not_open(void **state)
{
    struct sealing *s = *state;
    struct sealed sealed = seal(s, "Yusuf");
    const struct vault_place elsewhere[] = {
        {.column = "pupil.nam", .school = 7, .row = 9},
        {.column = "pupil.name2", .school = 7, .row = 9},
        {.column = "guardian.name", .school = 7, .row = 9},
        {.column = "pupil.name", .school = 8, .row = 9},
        {.column = "pupil.name", .school = 7, .row = 10},
        {.column = "pupil.name", .school = 9, .row = 7},
        {.column = "pupil.name", .school = 0, .row = 0},
    };
    const char *text = NULL;
    for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++)
        assert_status(vault_open(&s->key, s->arena, elsewhere[i], sealed, &text), ERR_CORRUPT);
    struct vault_key other = s->key;
    other.key[31] ^= 1;
    assert_status(vault_open(&other, s->arena, place, sealed, &text), ERR_CORRUPT);
}

static void no_memory_is_a_status(void **state)
{
    struct sealing *s = *state;
    struct sealed sealed = seal(s, "Yusuf");
    uint8_t kept[64];
    memcpy(kept, sealed.data, sealed.len);
    const char *text = NULL;
    struct sealed again = {0};
    arena_fail_at(s->arena, 1);
    assert_status(vault_seal(&s->key, &s->random, s->arena, place, "x", 1, &again), ERR_NOMEM);
    arena_reset(s->arena);
    arena_fail_at(s->arena, 1);
    assert_status(vault_open(&s->key, s->arena, place, (struct sealed){kept, sealed.len}, &text),
                  ERR_NOMEM);
    assert_null(again.data);
    assert_null(text);
}

static void a_wiped_key_is_gone(void **state)
{
    struct sealing *s = *state;
    struct vault_key key = s->key;
    vault_key_wipe(&key);
    for (size_t i = 0; i < sizeof key.key; i++)
        assert_int_equal(key.key[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_sealed_opens, setup, teardown),
        cmocka_unit_test_setup_teardown(an_empty_column_opens_as_no_text, setup, teardown),
        cmocka_unit_test_setup_teardown(bytes_may_hold_nul_and_text_may_not, setup, teardown),
        cmocka_unit_test_setup_teardown(every_changed_byte_is_noticed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_moved_value_does_not_open, setup, teardown),
        cmocka_unit_test_setup_teardown(no_memory_is_a_status, setup, teardown),
        cmocka_unit_test_setup_teardown(a_wiped_key_is_gone, setup, teardown),
    };
    return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
