/*
 * emergency_web: the page on which a principal opens one dossier with a reason, and how the dossier's own
 * pages show that it was done.
 */
#ifndef PUPIL_EMERGENCY_WEB_H
#define PUPIL_EMERGENCY_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ids.h"
#include "base/status.h"
#include "school/school_top_web.h"
#include "web/form.h"
#include "web/route.h"

struct web;

extern const struct route emergency_routes[];

struct emergency_view {
    struct school_top top;
    const struct form_values *form;
    const struct form_option *found; /* pupils that the name fits */
    size_t found_count;
};

/* One of the times that a dossier was opened, as its pages show it. */
struct emergency_line {
    const char *who, *when, *until, *reason;
    bool is_open; /* still */
    bool is_mine; /* the reader's own */
};

#define EMERGENCY_RECENT_DAYS 30

/* For the dossier's pages: `recent` leaves out what ended over a month ago. */
NODISCARD enum status emergency_lines(struct web *web, struct pupil_id pupil, bool recent,
                                      struct emergency_line **ret, size_t *ret_count);

#endif
