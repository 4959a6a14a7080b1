#include "base/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "base/compiler.h"

/* A library that every machine has, with a function that it does not have. */
#define LIBM(FUNCTION) FUNCTION(cbrt) FUNCTION(hypot)
struct libm {
    LIBM(LIBRARY_MEMBER)
};
#define SYMBOL(name) LIBRARY_SYMBOL(libm, name)
static const struct library_symbol symbols[] = {LIBM(SYMBOL)};
static const struct library_symbol unknown[] = {{"cbrt", 0}, {"weerklank_is_not_here", 0}};

static void functions_are_found(void **state UNUSED)
{
    for (int again = 0; again < 2; again++) {
        struct libm m = {0};
        assert_int_equal(library_load("libm.so.6", symbols, ARRAY_LEN(symbols), &m), OK);
        assert_true(fabs(m.cbrt(27) - 3) < 1e-9);
        assert_true(fabs(m.hypot(3, 4) - 5) < 1e-9);
    }
}

static void what_is_missing_is_said(void **state UNUSED)
{
    struct libm m = {0};
    assert_int_equal(library_load("libweerklank-none.so.1", symbols, ARRAY_LEN(symbols), &m),
                     ERR_NOT_FOUND);
    assert_int_equal(library_load("libm.so.6", unknown, ARRAY_LEN(unknown), &m), ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_are_found),
        cmocka_unit_test(what_is_missing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
