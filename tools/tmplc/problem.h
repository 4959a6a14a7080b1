/*
 * problem: what is wrong with a template, gathered so that one run tells everything. Printed as
 * `file:line: message`, in the order of the lines; the same message on the same line once.
 */
#ifndef TMPLC_PROBLEM_H
#define TMPLC_PROBLEM_H

#include "base/arena.h"
#include "base/buf.h"

struct problem {
    int line;
    size_t nth; /* in order of finding, to sort stably */
    const char *message;
};

struct problems {
    struct arena *arena; /* holds list and messages */
    struct problem *list;
    size_t count, size;
};

void problem(struct problems *problems, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Sorts them and adds one line each to `out`. */
void problems_print(struct problems *problems, const char *file, struct buf *out);

#endif
