#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/status.h"

static void every_status_has_a_name(void **state UNUSED)
{
    for (int s = OK; s <= ERR_ERASED; s++)
        assert_string_not_equal(status_name((enum status)s), "ERR_UNKNOWN");
    assert_string_equal(status_name((enum status)99), "ERR_UNKNOWN");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_name),
    };
    return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
