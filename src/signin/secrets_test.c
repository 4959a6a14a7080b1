/* Tests of totp, qr, badge and crockford: the secrets that stand on paper and screens. */
#include "signin/testing.h"

#include <qrencode.h>
#include <sodium.h>

#include "signin/badge.h"
#include "signin/crockford.h"
#include "signin/qr.h"
#include "signin/totp.h"
#include "vault/vault.h"

static const struct totp_secret rfc_secret = {{'1', '2', '3', '4', '5', '6', '7', '8', '9', '0',
                                               '1', '2', '3', '4', '5', '6', '7', '8', '9', '0'}};

/* RFC 6238, appendix B, the SHA-1 rows; their eight digits modulo a million. */
static const struct {
    int64_t seconds;
    uint32_t code;
} rfc_rows[] = {
    {59, 287082},       {1111111109, 81804},  {1111111111, 50471},
    {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130},
};

static void codes_are_those_of_the_rfc(void **state UNUSED)
{
    for (size_t i = 0; i < ARRAY_LEN(rfc_rows); i++) {
        int64_t step = rfc_rows[i].seconds / TOTP_STEP_SECONDS;
        assert_int_equal(totp_code(&rfc_secret, step), rfc_rows[i].code);
        char typed[16];
        (void)snprintf(typed, sizeof typed, " %03u %03u", rfc_rows[i].code / 1000,
                       rfc_rows[i].code % 1000);
        int64_t used = -1;
        assert_status(totp_check(&rfc_secret, typed, rfc_rows[i].seconds * 1000, 0, &used), OK);
        assert_int_equal(used, step);
    }
}

static void a_code_is_good_once_and_for_three_steps(void **state UNUSED)
{
    const int64_t at = INT64_C(1111111111) * 1000;
    const int64_t step = 1111111111 / TOTP_STEP_SECONDS;
    int64_t used = -1;
    for (int64_t late = -3; late <= 3; late++) {
        enum status expected = late >= -1 && late <= 1 ? OK : ERR_FORBIDDEN;
        assert_status(totp_check(&rfc_secret, "050471", at + late * 30000, 0, &used), expected);
    }
    assert_int_equal(used, step);
    assert_status(totp_check(&rfc_secret, "050471", at, step, &used), ERR_CONFLICT);
    assert_status(totp_check(&rfc_secret, "050471", at, step + 1, &used), ERR_CONFLICT);
    assert_status(totp_check(&rfc_secret, "050471", at, step - 1, &used), OK);
    assert_status(totp_check(&rfc_secret, "050472", at, 0, &used), ERR_FORBIDDEN);
    const char *const no_codes[] = {"",       "05047",  "0504711", "05047a",
                                    "-50471", "+50471", "050.471"};
    for (size_t i = 0; i < ARRAY_LEN(no_codes); i++)
        assert_status(totp_check(&rfc_secret, no_codes[i], at, 0, &used), ERR_INVALID);
}

static void an_app_can_read_the_secret(void **state UNUSED)
{
    struct arena *arena = arena_new(1 << 16);
    assert_string_equal(totp_secret_text(arena, &rfc_secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_string_equal(totp_uri(arena, "De Regenboog & co", "j.devries@x.nl", &rfc_secret),
                        "otpauth://totp/De%20Regenboog%20%26%20co:j.devries%40x.nl"
                        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=De%20Regenboog%20%26%20co"
                        "&algorithm=SHA1&digits=6&period=30");
    struct random random = random_system();
    struct totp_secret a = totp_secret_new(&random);
    struct totp_secret b = totp_secret_new(&random);
    assert_memory_not_equal(a.bytes, b.bytes, sizeof a.bytes);
    arena_fail_at(arena, 1);
    (void)totp_uri(arena, "x", "y", &a);
    assert_true(arena_failed(arena));
    arena_free(arena);
}

static void recovery_codes_are_read_as_people_type_them(void **state UNUSED)
{
    struct random random = random_seeded(3);
    struct recovery_code codes[RECOVERY_CODES];
    recovery_codes_new(&random, codes);
    const uint8_t key[32] = {1};
    const uint8_t other_key[32] = {2};
    uint8_t hashes[RECOVERY_CODES][32];
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        assert_int_equal(strlen(codes[i].s), RECOVERY_CHARS + 1);
        assert_status(recovery_code_hash(key, 7, codes[i].s, hashes[i]), OK);
        for (size_t j = 0; j < i; j++)
            assert_memory_not_equal(hashes[i], hashes[j], 32);
    }
    uint8_t a[32], b[32];
    assert_status(recovery_code_hash(key, 7, "0123a-bcdef", a), OK);
    const char *const same[] = {"0123abcdef", "OI23A-BCDEF", " oL 23 ab-cd ef "};
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        assert_status(recovery_code_hash(key, 7, same[i], b), OK);
        assert_memory_equal(a, b, sizeof a);
    }
    assert_status(recovery_code_hash(key, 8, "0I23ABCDEF", b), OK);
    assert_memory_not_equal(a, b, sizeof a); /* another account's code */
    assert_status(recovery_code_hash(other_key, 7, "0I23ABCDEF", b), OK);
    assert_memory_not_equal(a, b, sizeof a);
    const char *const no_codes[] = {"", "0i23abcde", "0i23abcdeff", "0i23abcdeu",
                                    "0i23abcd\xC3\xA9"};
    for (size_t i = 0; i < ARRAY_LEN(no_codes); i++)
        assert_status(recovery_code_hash(key, 7, no_codes[i], a), ERR_INVALID);
}

/* Draws the path on a grid and compares it with the library's modules. */
static void assert_path_is(const struct qr *qr, const QRcode *code)
{
    int size = code->width + 8;
    assert_int_equal(qr->size, size);
    uint8_t *grid = calloc((size_t)size * (size_t)size, 1);
    assert_non_null(grid);
    const char *at = qr->d;
    while (*at) {
        int x, y, right, used = 0;
        assert_int_equal(sscanf(at, "M%d %d.5h%d%n", &x, &y, &right, &used), 3);
        assert_true(used > 0);
        assert_true(x >= 4 && y >= 4 && y < size - 4 && x + right <= size - 4);
        for (int i = 0; i < right; i++)
            grid[(size_t)y * (size_t)size + (size_t)(x + i)] = 1;
        at += used;
    }
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            assert_int_equal(grid[(size_t)(y + 4) * (size_t)size + (size_t)(x + 4)],
                             code->data[y * code->width + x] & 1);
    free(grid);
}

static void a_qr_code_is_one_path(void **state UNUSED)
{
    struct arena *arena = arena_new(1 << 20);
    const char *text = "https://weerklank.example/k/0123456789abcdefghjkmnpqrs";
    struct qr screen, paper;
    assert_status(qr_encode(arena, text, QR_FOR_SCREEN, &screen), OK);
    assert_status(qr_encode(arena, text, QR_FOR_PAPER, &paper), OK);
    assert_true(paper.size > screen.size);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    assert_path_is(&screen, code);
    QRcode_free(code);
    code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q);
    assert_path_is(&paper, code);
    QRcode_free(code);

    char big[QR_TEXT_MAX + 2];
    memset(big, 'x', sizeof big);
    big[QR_TEXT_MAX] = '\0';
    assert_status(qr_encode(arena, big, QR_FOR_PAPER, &paper), OK);
    big[QR_TEXT_MAX] = 'x';
    big[QR_TEXT_MAX + 1] = '\0';
    assert_status(qr_encode(arena, big, QR_FOR_PAPER, &paper), ERR_LIMIT);
    assert_status(qr_encode(arena, "", QR_FOR_PAPER, &paper), ERR_INVALID);
    arena_fail_at(arena, 1);
    assert_status(qr_encode(arena, text, QR_FOR_PAPER, &paper), ERR_NOMEM);
    arena_free(arena);
}

static void a_badge_token_has_one_meaning(void **state UNUSED)
{
    struct random random = random_system();
    struct badge_token token = badge_token_new(&random);
    assert_int_equal(strlen(token.s), BADGE_CHARS);
    assert_true(token.s[0] <= '7');
    uint8_t a[32], b[32];
    assert_status(badge_token_hash(token.s, a), OK);
    char typed[BADGE_CHARS + 3];
    (void)snprintf(typed, sizeof typed, "%.6s-%s", token.s, token.s + 6);
    for (char *at = typed; *at; at++)
        if (*at >= 'a')
            *at = (char)(*at - 32);
    assert_status(badge_token_hash(typed, b), OK);
    assert_memory_equal(a, b, sizeof a);
    token.s[25] = token.s[25] == '0' ? '1' : '0';
    assert_status(badge_token_hash(token.s, b), OK);
    assert_memory_not_equal(a, b, sizeof a);
    const char *const no_tokens[] = {"", "0123456789abcdefghjkmnpqr", "0123456789abcdefghjkmnpqrst",
                                     "8123456789abcdefghjkmnpqrs", "u123456789abcdefghjkmnpqrs"};
    for (size_t i = 0; i < ARRAY_LEN(no_tokens); i++)
        assert_status(badge_token_hash(no_tokens[i], b), ERR_INVALID);
}

static void every_picture_has_a_name(void **state UNUSED)
{
    for (int i = 0; i < PICTURES; i++) {
        enum picture read;
        assert_non_null(picture_name((enum picture)i));
        assert_status(picture_parse(picture_name((enum picture)i), &read), OK);
        assert_int_equal(read, i);
    }
    enum picture none;
    assert_null(picture_name(PICTURES));
    assert_status(picture_parse("", &none), ERR_INVALID);
    assert_status(picture_parse("zonn", &none), ERR_INVALID);
}

static void a_grid_is_nine_different_pictures(void **state UNUSED)
{
    struct random random = random_seeded(5);
    bool seen[PICTURES] = {false};
    for (int round = 0; round < 500; round++) {
        uint8_t salt[PICTURE_SALT];
        random_fill(&random, salt, sizeof salt);
        struct picture_grid grid = picture_grid(salt);
        struct picture_grid again = picture_grid(salt);
        assert_memory_equal(&grid, &again, sizeof grid);
        unsigned present = 0;
        for (size_t i = 0; i < PICTURE_GRID; i++) {
            assert_true((unsigned)grid.at[i] < PICTURES);
            assert_false(present >> grid.at[i] & 1);
            present |= 1U << grid.at[i];
            seen[grid.at[i]] = true;
        }
        struct picture_code code = picture_code_new(&random, &grid);
        assert_false(code.at[0] == code.at[1] && code.at[1] == code.at[2]);
        for (size_t i = 0; i < PICTURE_CODE; i++)
            assert_true(present >> code.at[i] & 1);
    }
    for (size_t i = 0; i < PICTURES; i++)
        assert_true(seen[i]);
}

static void a_picture_code_is_bound_to_order_pupil_and_vault(void **state UNUSED)
{
    struct random random = random_system();
    struct vault *vault = NULL;
    struct vault *other = NULL;
    assert_status(vault_open_memory(&random, &vault), OK);
    assert_status(vault_open_memory(&random, &other), OK);
    uint8_t salt[PICTURE_SALT] = {1};
    const uint8_t other_salt[PICTURE_SALT] = {2};
    const struct picture_code code = {{PICTURE_CAT, PICTURE_SUN, PICTURE_CAT}};
    const struct picture_code turned = {{PICTURE_SUN, PICTURE_CAT, PICTURE_CAT}};
    uint8_t stored[32];
    picture_code_index(vault, 10, salt, &code, stored);
    assert_true(picture_code_check(vault, 10, salt, &code, stored));
    assert_false(picture_code_check(vault, 10, salt, &turned, stored));
    assert_false(picture_code_check(vault, 11, salt, &code, stored));
    assert_false(picture_code_check(vault, 10, other_salt, &code, stored));
    assert_false(picture_code_check(other, 10, salt, &code, stored));
    vault_close(vault);
    vault_close(other);
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_the_rfc),
        cmocka_unit_test(a_code_is_good_once_and_for_three_steps),
        cmocka_unit_test(an_app_can_read_the_secret),
        cmocka_unit_test(recovery_codes_are_read_as_people_type_them),
        cmocka_unit_test(a_qr_code_is_one_path),
        cmocka_unit_test(a_badge_token_has_one_meaning),
        cmocka_unit_test(every_picture_has_a_name),
        cmocka_unit_test(a_grid_is_nine_different_pictures),
        cmocka_unit_test(a_picture_code_is_bound_to_order_pupil_and_vault),
    };
    return cmocka_run_group_tests_name("signin secrets", tests, NULL, NULL);
}
