#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/compiler.h"
#include "base/utf8.h"

static void every_code_point_goes_out_and_comes_back(void **state UNUSED)
{
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        char text[5] = "";
        size_t len = utf8_put(code, text);
        if (code >= 0xD800 && code <= 0xDFFF) {
            assert_int_equal(len, 0);
            continue;
        }
        assert_int_equal(len, code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
        assert_true(utf8_valid(text, len));
        assert_int_equal(utf8_chars(text), 1);
        const char *at = text;
        assert_int_equal(utf8_next(&at), code);
        assert_ptr_equal(at, text + len);
        assert_int_equal(utf8_next(&at), 0);
        assert_ptr_equal(at, text + len);
        for (size_t cut = 1; cut < len; cut++)
            assert_false(utf8_valid(text, cut));
    }
    char to[4];
    assert_int_equal(utf8_put(0x110000, to), 0);
    assert_int_equal(utf8_put(UINT32_MAX, to), 0);
}

static void what_rfc_3629_refuses(void **state UNUSED)
{
    static const char *const bad[] = {
        "\x80",
        "\xBF", /* continuation first */
        "\xC0\x80",
        "\xC1\xBF", /* overlong, 2 bytes */
        "\xE0\x80\x80",
        "\xE0\x9F\xBF", /* overlong, 3 */
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF", /* overlong, 4 */
        "\xED\xA0\x80",
        "\xED\xBF\xBF", /* surrogates */
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", /* past U+10FFFF */
        "\xFE",
        "\xFF",
        "\xC3",
        "\xC3(",
        "\xE2\x82",
        "\xE2(\xAC",
        "\xE2\x82(",
        "\xF0\x9F\x98",
        "\xF0\x9F\x98(",
        "abc\xC3",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_false(utf8_valid(bad[i], strlen(bad[i])));
        size_t replaced = 0;
        const char *at = bad[i];
        for (uint32_t code; (code = utf8_next(&at)) != 0;)
            replaced += code == 0xFFFD;
        assert_true(replaced > 0);
        assert_ptr_equal(at, bad[i] + strlen(bad[i]));
    }
    assert_false(utf8_valid("a\0b", 3));
    assert_true(utf8_valid("", 0));
    assert_true(utf8_valid("\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF4\x8F\xBF\xBF", 13));
}

/* Every string of up to two bytes, against the definition. */
static void two_bytes_exhaustively(void **state UNUSED)
{
    for (int a = 1; a <= 0xFF; a++) {
        for (int b = 1; b <= 0xFF; b++) {
            char text[3] = {(char)a, (char)b, 0};
            bool plain = a < 0x80 && b < 0x80;
            bool pair = a >= 0xC2 && a <= 0xDF && b >= 0x80 && b <= 0xBF;
            assert_int_equal(utf8_valid(text, 2), plain || pair);
        }
    }
}

static void characters_are_counted_not_bytes(void **state UNUSED)
{
    assert_int_equal(utf8_chars(""), 0);
    assert_int_equal(utf8_chars("abc"), 3);
    assert_int_equal(utf8_chars("Zoë 😀"), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_goes_out_and_comes_back),
        cmocka_unit_test(what_rfc_3629_refuses),
        cmocka_unit_test(two_bytes_exhaustively),
        cmocka_unit_test(characters_are_counted_not_bytes),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
