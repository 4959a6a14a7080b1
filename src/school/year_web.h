/*
 * year_web: the school years: make the next one, let functions go along, and change to it, after
 * having seen what that means. Changing back undoes it.
 */
#ifndef SCHOOL_YEAR_WEB_H
#define SCHOOL_YEAR_WEB_H

#include <stddef.h>

#include "school/school.h"
#include "school/school_top_web.h"
#include "web/route.h"

extern const struct route year_routes[];

struct year_line {
    struct school_year year;
    const char *title;
    size_t groups, functions; /* functions: for the whole school */
};

struct years_view {
    struct school_top top;
    struct year_line *years;
    size_t count;
    const char *next; /* the year that can be made */
};

/* What the change does. */
struct change_view {
    struct school_top top;
    struct school_year year;
    const char *title, *now_title;
    const struct group **untaught; /* groups of that year without a teacher */
    size_t untaught_count, group_count;
    const char **loose; /* pupils without a group in that year */
    size_t loose_count, pupil_count;
    size_t functions, left_functions; /* for the whole school; of those now that do not go along */
    bool has_administrator;
};

#endif
