#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "db/postgres_value.h"

#define NUMERIC 1700
#define INT8 20
#define INT2 21

/* The wire form of a NUMERIC, from its 16-bit numbers. */
static int64_t numeric(const int *numbers, int count)
{
    char data[64];
    for (int i = 0; i < count; i++) {
        data[2 * i] = (char)((unsigned)numbers[i] >> 8 & 0xFF);
        data[2 * i + 1] = (char)(numbers[i] & 0xFF);
    }
    return postgres_int(NUMERIC, data, 2 * count);
}
#define NUMERIC_OF(...)                                                                            \
    numeric((const int[]){__VA_ARGS__}, sizeof((int[]){__VA_ARGS__}) / sizeof(int))

static void numerics_are_read_whole(void **state UNUSED)
{
    /* count, weight, sign, scale, digits in base 10000 */
    assert_true(NUMERIC_OF(0, 0, 0, 0) == 0);
    assert_true(NUMERIC_OF(1, 0, 0, 0, 42) == 42);
    assert_true(NUMERIC_OF(1, 0, 0x4000, 0, 42) == -42);
    assert_true(NUMERIC_OF(1, 2, 0, 0, 3) == 300000000);
    assert_true(NUMERIC_OF(3, 1, 0, 2, 1, 2345, 6700) == 12345);
    assert_true(NUMERIC_OF(1, -1, 0, 4, 9999) == 0);
    assert_true(NUMERIC_OF(5, 4, 0, 0, 922, 3372, 368, 5477, 5807) == INT64_MAX);
    assert_true(NUMERIC_OF(5, 4, 0x4000, 0, 922, 3372, 368, 5477, 5808) == INT64_MIN);
}

static void what_does_not_fit_stops_at_the_end(void **state UNUSED)
{
    assert_true(NUMERIC_OF(5, 4, 0, 0, 922, 3372, 368, 5477, 5808) == INT64_MAX);
    assert_true(NUMERIC_OF(5, 4, 0x4000, 0, 922, 3372, 368, 5477, 5809) == INT64_MIN);
    assert_true(NUMERIC_OF(1, 9, 0, 0, 1) == INT64_MAX);
    assert_true(NUMERIC_OF(0, 0, 0xC000, 0) == 0); /* not a number */
}

static void damaged_answers_are_not_read_past(void **state UNUSED)
{
    assert_true(postgres_int(NUMERIC, "", 0) == 0);
    assert_true(NUMERIC_OF(7, 6, 0, 0, 1) == 0); /* says seven digits, holds one */
    assert_true(postgres_int(INT8, "", 0) == 0);
}

static void integers_of_every_width(void **state UNUSED)
{
    assert_true(postgres_int(INT2, "\xff\xfe", 2) == -2);
    assert_true(postgres_int(23, "\x7f\xff\xff\xff", 4) == INT32_MAX);
    assert_true(postgres_int(INT8, "\x80\0\0\0\0\0\0\0", 8) == INT64_MIN);
    assert_true(postgres_int(16, "\x01", 1) == 1);
    assert_int_equal(postgres_type(701), DB_NULL); /* float8: not one of ours */
}

static void parameters_too_large_are_refused(void **state UNUSED)
{
    struct postgres_params params;
    const struct db_value huge[] = {db_blob("", (size_t)INT32_MAX + 1)};
    assert_false(postgres_params(&params, huge, 1));
    const struct db_value fine[] = {db_blob("", 0), db_int(INT64_MIN), db_null()};
    assert_true(postgres_params(&params, fine, 3));
    assert_string_equal(params.values[1], "-9223372036854775808");
    assert_non_null(params.values[0]);
    assert_null(params.values[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numerics_are_read_whole),
        cmocka_unit_test(what_does_not_fit_stops_at_the_end),
        cmocka_unit_test(damaged_answers_are_not_read_past),
        cmocka_unit_test(integers_of_every_width),
        cmocka_unit_test(parameters_too_large_are_refused),
    };
    return cmocka_run_group_tests_name("postgres_value", tests, NULL, NULL);
}
