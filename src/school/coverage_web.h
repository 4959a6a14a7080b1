/*
 * coverage_web: per group, of how many pupils something was noted this half-year and how many were
 * heard, against the school's target; and setting that target. Counts only: no names of pupils, no
 * contents.
 */
#ifndef SCHOOL_COVERAGE_WEB_H
#define SCHOOL_COVERAGE_WEB_H

#include <stddef.h>

#include "school/coverage.h"
#include "school/school_top_web.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route coverage_routes[];

struct coverage_line {
    const char *name;
    struct coverage count;
};

struct coverage_view {
    struct school_top top;
    struct coverage_line *lines;
    size_t count;
    struct coverage sum;
    int target; /* per half-year, 0: none */
    const char *since;
};

struct target_view {
    struct school_top top;
    const struct form_values *form;
};

#endif
