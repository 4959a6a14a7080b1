/* testing: cmocka and one assertion that knows our statuses, for the tests of this folder. */
#ifndef SIGNIN_TESTING_H
#define SIGNIN_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/random.h"
#include "base/status.h"

#define assert_status(call, expected)                                                              \
    do {                                                                                           \
        enum status assert_status_ = (call);                                                       \
        if (assert_status_ != (expected))                                                          \
            fail_msg("%s: %s, not %s", #call, status_name(assert_status_), status_name(expected)); \
    } while (0)

#endif
