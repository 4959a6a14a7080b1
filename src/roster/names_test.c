#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "roster/names.h"

static int make_arena(void **state)
{
    *state = arena_new((size_t)1024 * 1024);
    return *state ? 0 : -1;
}

static int drop_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static struct roster_name name(const char *call, const char *given, const char *initials,
                               const char *prefix, const char *family)
{
    return (struct roster_name){call, given, initials, prefix, family, "", ""};
}

static void display_takes_the_most_familiar_first_name(void **state)
{
    struct roster_name n = name("Noor", "Eleonora", "E", "van der", "Linden");
    name_compose(*state, &n);
    assert_string_equal(n.display, "Noor van der Linden");
    n = name("", "Eleonora", "E", "", "Linden");
    name_compose(*state, &n);
    assert_string_equal(n.display, "Eleonora Linden");
    n = name("", "", "E", "", "Linden");
    name_compose(*state, &n);
    assert_string_equal(n.display, "E Linden");
    n = name("Noor", "", "", "", "");
    name_compose(*state, &n);
    assert_string_equal(n.display, "Noor");
    assert_string_equal(n.sort, "noor");
}

static void names_sort_by_family_name_then_prefix(void **state)
{
    static const char *const people[][3] = {
        {"Zoe", "", "Bos"},       {"Anna", "van den", "Bos"},
        {"Anna", "", "Bos Smit"}, {"Ali", "", "\u00d6zg\u00fcr"},
        {"Bo", "van 't", "Veer"},
    };
    const char *previous = "";
    for (size_t i = 0; i < ARRAY_LEN(people); i++) {
        struct roster_name n = name(people[i][0], "", "", people[i][1], people[i][2]);
        name_compose(*state, &n);
        assert_true(strcmp(previous, n.sort) < 0);
        previous = n.sort;
    }
}

static void prefixes_are_split_only_in_lower_case(void **state)
{
    static const char *const cases[][3] = {
        {"van der Linden", "van der", "Linden"},
        {"'t Hart", "'t", "Hart"},
        {"De Smet", "", "De Smet"},
        {"Vandenberg", "", "Vandenberg"},
        {"van", "", "van"},
        {"de la Cruz", "de la", "Cruz"},
        {"", "", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct roster_name n = name("", "", "", "", cases[i][0]);
        name_split_prefix(*state, &n);
        assert_string_equal(n.prefix, cases[i][1]);
        assert_string_equal(n.family_name, cases[i][2]);
    }
    assert_true(name_is_prefix("van 't"));
    assert_false(name_is_prefix("Maria"));
    assert_false(name_is_prefix(""));
}

static void years_are_read(void **state)
{
    static const char *const codes[] = {"B",  "D", "0", "1",  "2",  "3",  "4",  "5",
                                        "6",  "7", "8", "11", "12", "13", "14", "15",
                                        "16", "S", "V", "C",  "N",  "H"};
    assert_int_equal(ARRAY_LEN(codes), ROSTER_YEARS - ROSTER_YEAR_BABY);
    for (unsigned i = 0; i < ARRAY_LEN(codes); i++)
        assert_int_equal(year_parse(codes[i]), ROSTER_YEAR_BABY + i);
    static const char *const bad[] = {"", "9", "10", "17", "b", "05", "1 ", "groep 5"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(year_parse(bad[i]), ROSTER_YEAR_UNKNOWN);
    assert_int_equal(year_parse_dutch(*state, "Groep 5"), ROSTER_YEAR_5);
    assert_int_equal(year_parse_dutch(*state, "05"), ROSTER_YEAR_5);
    assert_int_equal(year_parse_dutch(*state, "leerjaar 2"), ROSTER_YEAR_2);
    assert_int_equal(year_parse_dutch(*state, "0"), ROSTER_YEAR_0);
    assert_int_equal(year_parse_dutch(*state, "so"), ROSTER_YEAR_UNKNOWN);
    assert_int_equal(year_parse_dutch(*state, "groep 3/4"), ROSTER_YEAR_UNKNOWN);
    assert_int_equal(year_secondary(ROSTER_YEAR_2), ROSTER_YEAR_12);
    assert_int_equal(year_secondary(ROSTER_YEAR_7), ROSTER_YEAR_7);
    assert_int_equal(year_secondary(ROSTER_YEAR_14), ROSTER_YEAR_14);
}

static void the_eleven_test_finds_national_numbers(void **state UNUSED)
{
    assert_true(is_national_number("111222333"));
    assert_true(is_national_number("111.222.333"));
    assert_true(is_national_number("1112 22 333"));
    assert_false(is_national_number("111222334"));
    assert_false(is_national_number("000000000"));
    assert_false(is_national_number("11122233"));
    assert_false(is_national_number("1112223330"));
    assert_false(is_national_number("x111222333"));
    assert_true(holds_national_number("Noor (111222333)"));
    assert_true(holds_national_number("a12b111222333"));
    assert_false(holds_national_number("Noor 1112223334"));
    assert_false(holds_national_number("groep 5"));
    assert_true(is_nine_digits("123-456-789"));
    assert_false(is_nine_digits("12345678"));
}

static void brin_has_two_digits_and_two_capitals(void **state UNUSED)
{
    assert_true(is_brin("00QQ"));
    assert_true(is_brin("11ZZ03"));
    assert_false(is_brin("QQ00"));
    assert_false(is_brin("00qq"));
    assert_false(is_brin("00QQ0"));
    assert_false(is_brin("00QQ0A"));
    assert_false(is_brin(""));
}

static void every_message_has_a_text(void **state UNUSED)
{
    for (unsigned m = ROSTER_NO_PROBLEM + 1; m < ROSTER_MESSAGES; m++)
        assert_true(strlen(roster_message_text((enum roster_message)m)) > 10);
    assert_string_equal(roster_message_text(ROSTER_NO_PROBLEM), "");
    for (unsigned f = ROSTER_UNKNOWN; f <= ROSTER_CSV; f++)
        assert_non_null(roster_format_name((enum roster_format)f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(display_takes_the_most_familiar_first_name, make_arena,
                                        drop_arena),
        cmocka_unit_test_setup_teardown(names_sort_by_family_name_then_prefix, make_arena,
                                        drop_arena),
        cmocka_unit_test_setup_teardown(prefixes_are_split_only_in_lower_case, make_arena,
                                        drop_arena),
        cmocka_unit_test_setup_teardown(years_are_read, make_arena, drop_arena),
        cmocka_unit_test(the_eleven_test_finds_national_numbers),
        cmocka_unit_test(brin_has_two_digits_and_two_capitals),
        cmocka_unit_test(every_message_has_a_text),
    };
    return cmocka_run_group_tests_name("roster names", tests, NULL, NULL);
}
