#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/date.h"

/* A calendar that only counts, as the other opinion. */
static int month_length(int year, int month)
{
    if (month == 2)
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void every_day_of_eight_centuries(void **state UNUSED)
{
    int32_t days = -135140; /* 1600-01-01, a Saturday */
    int weekday = 6;
    for (int year = 1600; year <= 2400; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= month_length(year, month); day++) {
                struct date d = {(int16_t)year, (int8_t)month, (int8_t)day};
                assert_int_equal(date_to_days(d), days);
                assert_int_equal(date_compare(date_from_days(days), d), 0);
                assert_int_equal(date_weekday(d), weekday);
                struct date read = {0};
                assert_int_equal(date_parse(date_text(d).s, &read), OK);
                assert_int_equal(date_compare(read, d), 0);
                days++;
                weekday = weekday % 7 + 1;
            }
            struct date after = {(int16_t)year, (int8_t)month,
                                 (int8_t)(month_length(year, month) + 1)};
            assert_false(date_valid(after));
        }
    }
}

static void the_ends_of_the_calendar(void **state UNUSED)
{
    struct date first = {1, 1, 1};
    struct date last = {9999, 12, 31};
    assert_int_equal(date_compare(date_from_days(date_to_days(first)), first), 0);
    assert_int_equal(date_compare(date_from_days(date_to_days(last)), last), 0);
    assert_false(date_is_set(date_add_days(first, -1)));
    assert_false(date_is_set(date_add_days(last, 1)));
    assert_false(date_is_set(date_add_days(last, INT32_MAX)));
    assert_false(date_is_set(date_add_days(first, INT32_MIN)));
    assert_string_equal(date_text((struct date){0}).s, "");
    assert_false(date_valid((struct date){0}));
    assert_false(date_valid((struct date){2026, 13, 1}));
    assert_false(date_valid((struct date){2026, 1, 0}));
    assert_false(date_valid((struct date){0, 1, 1}));
    assert_int_equal(date_weekday(first), 1);
}

static struct date last_sunday(int year, int month)
{
    struct date d = {(int16_t)year, (int8_t)month, 31};
    while (date_weekday(d) != 7)
        d.day--;
    return d;
}

static void assert_clock(int64_t at, struct date day, int hour, int minute)
{
    struct local_time t = date_local(at);
    assert_int_equal(date_compare(t.date, day), 0);
    assert_int_equal(t.hour, hour);
    assert_int_equal(t.minute, minute);
}

static void summer_time_both_ways(void **state UNUSED)
{
    for (int year = 2020; year <= 2035; year++) {
        struct date spring = last_sunday(year, 3);
        int64_t change = (int64_t)date_to_days(spring) * MS_DAY + MS_HOUR;
        assert_clock(change - 1, spring, 1, 59);
        assert_clock(change, spring, 3, 0);
        assert_true(date_moment(spring, 1, 59) == change - MS_MINUTE);
        assert_true(date_moment(spring, 3, 0) == change);
        assert_true(date_moment(spring, 2, 30) == change + 30 * MS_MINUTE); /* no such hour */

        struct date autumn = last_sunday(year, 10);
        change = (int64_t)date_to_days(autumn) * MS_DAY + MS_HOUR;
        assert_clock(change - 1, autumn, 2, 59);
        assert_clock(change, autumn, 2, 0);
        assert_clock(change + MS_HOUR, autumn, 3, 0);
        assert_true(date_moment(autumn, 2, 0) == change - MS_HOUR); /* the first of two */
        assert_true(date_moment(autumn, 2, 59) == change - MS_MINUTE);
        assert_true(date_moment(autumn, 3, 0) == change + MS_HOUR);

        for (struct date d = {(int16_t)year, 1, 1}; d.year == year; d = date_add_days(d, 1)) {
            assert_clock(date_moment(d, 8, 30), d, 8, 30);
            assert_int_equal(date_compare(date_of(date_moment(d, 0, 0)), d), 0);
            assert_int_equal(date_compare(date_of(date_moment(d, 0, 0) - 1), date_add_days(d, -1)),
                             0);
            assert_int_equal(date_compare(date_of(date_moment(d, 23, 59)), d), 0);
        }
    }
    assert_clock(INT64_C(1788243300000), (struct date){2026, 9, 1}, 8, 15);
    assert_clock(-1, (struct date){1970, 1, 1}, 0, 59); /* before the epoch */
}

static void ages(void **state UNUSED)
{
    struct date birth = {2016, 11, 3};
    assert_int_equal(date_age(birth, (struct date){2026, 11, 2}), 9);
    assert_int_equal(date_age(birth, (struct date){2026, 11, 3}), 10);
    assert_int_equal(date_age(birth, birth), 0);
    struct date leap = {2016, 2, 29};
    assert_int_equal(date_age(leap, (struct date){2025, 2, 28}), 8);
    assert_int_equal(date_age(leap, (struct date){2025, 3, 1}), 9);
    assert_int_equal(date_age(leap, (struct date){2024, 2, 29}), 8);
}

static void dates_as_people_type_them(void **state UNUSED)
{
    static const char *const good[] = {"2016-11-03", "3-11-2016", "03-11-2016", "3/11/2016",
                                       "03.11.2016"};
    static const char *const bad[] = {
        "",           "3-11-16",     "3-11",       "3-11/2016",  "31-2-2016",  "2016/11/03",
        "0-11-2016",  "3-13-2016",   "3-11-20160", "3-11-2016 ", " 3-11-2016", "003-11-2016",
        "2016-11-3",  "2016-11-031", "3 11 2016",  "3-11-0000",  "-3-11-2016", "3--11-2016",
        "29-02-2025", "2026-02-29",  "tien mei",
    };
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        struct date d = {0};
        assert_int_equal(date_parse_dutch(good[i], &d), OK);
        assert_string_equal(date_text(d).s, "2016-11-03");
    }
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct date d = {1, 2, 3};
        assert_int_equal(date_parse_dutch(bad[i], &d), ERR_INVALID);
        assert_int_equal(d.day, 3);
    }
    struct date d = {1, 2, 3};
    assert_int_equal(date_parse("3-11-2016", &d), ERR_INVALID);
    assert_int_equal(date_parse_dutch("29-02-2024", &d), OK);
}

static void school_years_start_in_august(void **state UNUSED)
{
    assert_int_equal(date_school_year((struct date){2026, 7, 31}), 2025);
    assert_int_equal(date_school_year((struct date){2026, 8, 1}), 2026);
    assert_int_equal(date_school_year((struct date){2027, 1, 1}), 2026);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_eight_centuries),
        cmocka_unit_test(the_ends_of_the_calendar),
        cmocka_unit_test(summer_time_both_ways),
        cmocka_unit_test(ages),
        cmocka_unit_test(dates_as_people_type_them),
        cmocka_unit_test(school_years_start_in_august),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
