#include "vault/opened.h"

#include "vault/testing.h"

static const struct school_id school = {77};
static const uint8_t wrapped[VAULT_WRAPPED_BYTES] = {1, 2, 3};
static const struct vault_key key = {{9, 8, 7}};

static int setup(void **state)
{
    *state = opened_new();
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    opened_free(*state);
    return 0;
}

static bool knows(struct opened *opened, struct school_id of, int64_t slot,
                  const uint8_t bytes[VAULT_WRAPPED_BYTES])
{
    struct vault_key found = {0};
    uint64_t epoch;
    return opened_get(opened, of, slot, bytes, &found, &epoch) &&
           memcmp(found.key, key.key, sizeof key.key) == 0;
}

static void put(struct opened *opened, int64_t slot)
{
    struct vault_key found;
    uint64_t epoch = 0;
    assert_false(opened_get(opened, school, slot, wrapped, &found, &epoch));
    opened_put(opened, epoch, school, slot, wrapped, &key);
}

static void a_key_is_given_only_for_what_it_was_unwrapped_from(void **state)
{
    put(*state, 5);
    assert_true(knows(*state, school, 5, wrapped));
    uint8_t changed[VAULT_WRAPPED_BYTES];
    for (size_t i = 0; i < sizeof changed; i++) {
        memcpy(changed, wrapped, sizeof changed);
        changed[i] ^= 1;
        assert_false(knows(*state, school, 5, changed));
    }
    assert_false(knows(*state, school, 6, wrapped));
    assert_false(knows(*state, school, 5 + 1024, wrapped)); /* the same place */
    assert_false(knows(*state, (struct school_id){78}, 5, wrapped));
    assert_false(knows(*state, (struct school_id){0}, 0, (const uint8_t[VAULT_WRAPPED_BYTES]){0}));
}

static void of_two_that_want_a_place_the_newer_stays(void **state)
{
    put(*state, 5);
    put(*state, 5 + 1024);
    assert_false(knows(*state, school, 5, wrapped));
    assert_true(knows(*state, school, 5 + 1024, wrapped));
}

static void what_was_unwrapped_before_a_wipe_is_not_taken_in_after_it(void **state)
{
    struct vault_key found;
    uint64_t before = 0;
    put(*state, 5);
    assert_false(opened_get(*state, school, 6, wrapped, &found, &before));
    opened_wipe(*state);
    assert_false(knows(*state, school, 5, wrapped));
    opened_put(*state, before, school, 6, wrapped, &key);
    assert_false(knows(*state, school, 6, wrapped));
    put(*state, 6);
    assert_true(knows(*state, school, 6, wrapped));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_key_is_given_only_for_what_it_was_unwrapped_from, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(of_two_that_want_a_place_the_newer_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_unwrapped_before_a_wipe_is_not_taken_in_after_it,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
