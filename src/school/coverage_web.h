/*
 * coverage_web: per group, of how many pupils something was noted this half-year. Counts only: no
 * names of pupils, no contents.
 */
#ifndef SCHOOL_COVERAGE_WEB_H
#define SCHOOL_COVERAGE_WEB_H

#include <stddef.h>

#include "school/school_top_web.h"
#include "web/route.h"

extern const struct route coverage_routes[];

struct coverage_line {
    const struct group *group;
    int pupils, noted;
};

struct coverage_view {
    struct school_top top;
    struct coverage_line *lines;
    size_t count;
    int pupils, noted;
    const char *since;
};

#endif
