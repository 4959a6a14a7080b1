/*
 * school_web: the school's overview, with what is left to set up, its name and its locations.
 */
#ifndef SCHOOL_SCHOOL_WEB_H
#define SCHOOL_SCHOOL_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "school/school.h"
#include "school/school_top_web.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route school_routes[];

/* One thing to set up: order is free, the state is a word and a shape. */
struct school_task {
    const char *url, *title, *say;
    bool is_done;
};

#define SCHOOL_TASKS 3

struct school_view {
    struct school_top top;
    struct school school;
    const char *kind, *board, *year;
    size_t groups, pupils, staff;
    struct school_task tasks[SCHOOL_TASKS];
    struct location *locations;
    size_t location_count;
    const struct form_values *retention_form;
    bool may_retention; /* RIGHT_RETENTION */
    const struct form_values *form, *location_form;
};

#endif
