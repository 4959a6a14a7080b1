/*
 * coverage: of how many pupils something was noted, per group, as counts. For who watches over the
 * way of working (principal, coordinator). Refuses to know who the pupils are and what was noted.
 */
#ifndef SCHOOL_COVERAGE_H
#define SCHOOL_COVERAGE_H

#include <stddef.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

struct coverage {
    struct group_id group;
    int pupils, noted;
};

/* The half of the school year that a day is in starts on 1 August or 1 February. */
struct date coverage_half_year(struct date day);

/*
 * Groups of a year with pupils, in no order: of how many something was noted on or after `since`.
 * Wants RIGHT_COVERAGE.
 */
NODISCARD enum status coverage_of_year(struct work *work, struct school_year_id year,
                                       struct date since, struct coverage **ret, size_t *ret_count);

#endif
