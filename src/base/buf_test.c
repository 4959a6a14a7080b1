#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"

static void bytes_come_out_as_they_went_in(void **state UNUSED)
{
    struct buf buf;
    buf_init(&buf, 100000);
    assert_string_equal(buf.data, "");
    assert_int_equal(buf.size, 0);
    buf_add(&buf, "a\0b", 3);
    buf_add_str(&buf, "cd");
    buf_add_char(&buf, 'e');
    buf_printf(&buf, "%d", -12);
    buf_add(&buf, NULL, 0);
    assert_int_equal(buf.len, 9);
    assert_memory_equal(buf.data, "a\0bcde-12", 10);
    for (int i = 0; i < 10000; i++)
        buf_add_char(&buf, (char)('a' + i % 26));
    assert_int_equal(buf.len, 10009);
    assert_int_equal(buf.data[10008], 'a' + 9999 % 26);
    assert_int_equal(buf.data[10009], 0);
    assert_false(buf_failed(&buf));
    buf_free(&buf);
    assert_string_equal(buf.data, "");
    buf_free(&buf);
}

static void the_maximum_holds_and_failure_sticks(void **state UNUSED)
{
    struct buf buf;
    buf_init(&buf, 10);
    buf_add_str(&buf, "0123456789");
    assert_false(buf_failed(&buf));
    assert_true(buf.size <= 11); /* and not the next power of two */
    buf_add_char(&buf, 'x');
    assert_true(buf_failed(&buf));
    buf_add(&buf, NULL, 0);
    assert_true(buf_failed(&buf));
    assert_string_equal(buf.data, "0123456789");
    buf_reset(&buf);
    assert_false(buf_failed(&buf));
    assert_string_equal(buf.data, "");
    buf_printf(&buf, "%s", "01234567890");
    assert_true(buf_failed(&buf));
    assert_int_equal(buf.len, 0);
    buf_reset(&buf);
    buf_add_str(&buf, "again");
    assert_string_equal(buf.data, "again");
    buf_free(&buf);
}

static void sizes_that_cannot_be_are_refused(void **state UNUSED)
{
    struct buf buf;
    buf_init(&buf, SIZE_MAX);
    buf_add_str(&buf, "abc");
    char byte = 'x';
    buf_add(&buf, &byte, SIZE_MAX - 3); /* with the closing NUL the sum is 0 */
    assert_true(buf_failed(&buf));
    assert_string_equal(buf.data, "abc");
    buf_free(&buf);
    buf_init(&buf, 0);
    buf_add_char(&buf, 'x');
    assert_true(buf_failed(&buf));
    assert_string_equal(buf.data, "");
    buf_free(&buf);
}

static void what_it_holds_can_be_added_again(void **state UNUSED)
{
    struct buf buf;
    buf_init(&buf, 1000);
    buf_add_str(&buf, "0123456789");
    for (int i = 0; i < 6; i++) /* grows on the way, under its own bytes */
        buf_add_again(&buf, 0, buf.len);
    assert_int_equal(buf.len, 640);
    for (size_t i = 0; i < buf.len; i++)
        assert_int_equal(buf.data[i], '0' + (int)(i % 10));
    assert_int_equal(buf.data[buf.len], 0);
    buf_add_again(&buf, 0, buf.len);
    assert_true(buf_failed(&buf));
    assert_int_equal(buf.len, 640);
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_come_out_as_they_went_in),
        cmocka_unit_test(the_maximum_holds_and_failure_sticks),
        cmocka_unit_test(sizes_that_cannot_be_are_refused),
        cmocka_unit_test(what_it_holds_can_be_added_again),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
