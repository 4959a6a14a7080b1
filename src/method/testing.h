/* testing: what the tests of methods share. Tests only. */
#ifndef METHOD_TESTING_H
#define METHOD_TESTING_H

#include <stdbool.h>

#include "base/bytes.h"
#include "method/method.h"

struct arena;

/* A whole file with a NUL behind it; the test fails when it cannot be read. */
struct bytes method_test_file(struct arena *arena, const char *path);

/* Whether two methods say the same in everything but the lines of questions. */
bool method_test_same(const struct method *a, const struct method *b);

#endif
