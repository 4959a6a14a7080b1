#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

static int setup(void **state)
{
    *state = arena_new((size_t)8 << 20);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void starts_and_ends(void **state UNUSED)
{
    assert_true(str_starts("Weerklank", "Weer"));
    assert_true(str_starts("Weerklank", ""));
    assert_false(str_starts("Weer", "Weerklank"));
    assert_true(str_ends("lijst.csv", ".csv"));
    assert_true(str_ends("", ""));
    assert_false(str_ends("csv", ".csv"));
    assert_true(str_equal("", ""));
    assert_false(str_equal("a", "A"));
}

static void blank_and_trimmed(void **state)
{
    static const struct {
        const char *text, *trimmed;
    } cases[] = {
        {"", ""},
        {" \t\r\n\v\f", ""},
        {"\u00a0\u200b\ufeff ", ""},
        {"  Anne  Fleur ", "Anne  Fleur"},
        {"\u200bÖmer\u00a0", "Ömer"},
        {"x", "x"},
        {"\u00e9 \u00e9", "\u00e9 \u00e9"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_string_equal(str_trim(*state, cases[i].text), cases[i].trimmed);
        assert_int_equal(str_is_blank(cases[i].text), cases[i].trimmed[0] == '\0');
    }
}

static void lower_ascii_leaves_other_letters(void **state)
{
    assert_string_equal(str_lower_ascii(*state, "Juf.Ö@School-AZ[\\]^_`{09"),
                        "juf.Ö@school-az[\\]^_`{09");
}

static void sort_keys_are_what_people_look_for(void **state)
{
    static const struct {
        const char *name, *key;
    } cases[] = {
        {"Özgür Yıldırım", "ozgur yildirim"},
        {"İbrahim Çağlar Şahin", "ibrahim caglar sahin"},
        {"Łukasz Żółć-Święcki", "lukasz zolc swiecki"},
        {"van 't Hof", "van t hof"},
        {"van ’t Hof", "van t hof"},
        {"D'Angelo", "dangelo"},
        {"O\u02bcBrien", "obrien"},
        {"IJsbrand", "ijsbrand"},
        {"\u0132sbrand", "ijsbrand"},
        {"Zoë", "zoe"},
        {"Zoe\u0308", "zoe"},
        {"Strauß", "strauss"},
        {"Þór Æsa Œuvre", "thor aesa oeuvre"},
        {"Ștefan Țepeș", "stefan tepes"},
        {"Nguyễn Thị Hồng", "nguyen thi hong"},
        {"  Sint -- Jan\u2013Baptist. ", "sint jan baptist"},
        {"Groep 3/4", "groep 3 4"},
        {"Анна", "Анна"},
        {"", ""},
        {"'", ""},
        {" - ", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(str_sort_key(*state, cases[i].name), cases[i].key);
    assert_true(strcmp(str_sort_key(*state, "Çelik"), str_sort_key(*state, "Dekker")) < 0);
    assert_true(strcmp(str_sort_key(*state, "de Vries"), str_sort_key(*state, "Devries")) < 0);
}

/* The key is made in room for the text; AddressSanitizer watches its end. */
static void no_sort_key_outgrows_its_text(void **state)
{
    struct arena *arena = *state;
    struct arena_mark mark = arena_mark(arena);
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        char text[33] = "";
        char one[4];
        size_t n = utf8_put(code, one);
        for (size_t i = 0; i < 8; i++)
            memcpy(text + i * n, one, n);
        const char *key = str_sort_key(arena, text);
        assert_true(strlen(key) <= strlen(text));
        assert_true(utf8_valid(key, strlen(key)));
        arena_rewind(arena, mark);
    }
    for (int byte = 0x80; byte <= 0xFF; byte++) { /* not valid, and still within bounds */
        char text[65] = "";
        memset(text, byte, 64);
        assert_true(strlen(str_sort_key(arena, text)) <= 64);
        arena_rewind(arena, mark);
    }
}

static void without_memory_the_answers_are_empty(void **state)
{
    struct arena *arena = *state;
    arena_fail_at(arena, 1);
    assert_string_equal(str_sort_key(arena, "Anne"), "");
    assert_string_equal(str_trim(arena, "Anne"), "");
    assert_string_equal(str_lower_ascii(arena, "Anne"), "");
    assert_true(arena_failed(arena));
    arena_reset(arena);
}

static void whole_numbers_and_nothing_else(void **state UNUSED)
{
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {
        {"0", 0},
        {"-0", 0},
        {"007", 7},
        {"-12", -12},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
    };
    static const char *const bad[] = {"",
                                      "-",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1.0",
                                      "0x10",
                                      "--1",
                                      "1e3",
                                      "٣",
                                      "9223372036854775808",
                                      "-9223372036854775809"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        int64_t value = 99;
        assert_int_equal(str_to_int64(good[i].text, &value), OK);
        assert_true(value == good[i].value);
    }
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        int64_t value = 99;
        assert_int_equal(str_to_int64(bad[i], &value), ERR_INVALID);
        assert_int_equal(value, 99);
    }
}

static void pieces_of_a_line(void **state UNUSED)
{
    char line[] = "a,,bc,";
    char *rest = line;
    assert_string_equal(str_split(&rest, ','), "a");
    assert_string_equal(str_split(&rest, ','), "");
    assert_string_equal(str_split(&rest, ','), "bc");
    assert_string_equal(str_split(&rest, ','), "");
    assert_null(str_split(&rest, ','));
    assert_null(str_split(&rest, ','));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_and_ends),
        cmocka_unit_test(blank_and_trimmed),
        cmocka_unit_test(lower_ascii_leaves_other_letters),
        cmocka_unit_test(sort_keys_are_what_people_look_for),
        cmocka_unit_test(no_sort_key_outgrows_its_text),
        cmocka_unit_test(without_memory_the_answers_are_empty),
        cmocka_unit_test(whole_numbers_and_nothing_else),
        cmocka_unit_test(pieces_of_a_line),
    };
    return cmocka_run_group_tests_name("str", tests, setup, teardown);
}
