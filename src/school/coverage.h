/*
 * coverage: of how many pupils something was noted and how many were heard, per group, as counts,
 * against what the school wants (K2, R17). For who watches over the way of working (principal,
 * coordinator). Refuses to know who the pupils are, what was noted and what was said.
 */
#ifndef SCHOOL_COVERAGE_H
#define SCHOOL_COVERAGE_H

#include <stddef.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

/* Wanted of every pupil per half-year, until the school says otherwise (K2); 0: no target. */
#define COVERAGE_TARGET 1
#define COVERAGE_TARGET_MAX 10

/*
 * Pupils of a group, as counts. Heard is who had a conversation that was held and closed, however
 * short (R1): planning, inviting, preparing or naming one otherwise hears nobody. A conversation
 * with a group hears everybody who took part until the end; who was heard in no other way is
 * counted apart, so that nobody takes one talk in a circle for thirty conversations.
 */
struct coverage {
    struct group_id group;
    int pupils;
    int noted;         /* of whom something was noted */
    int heard;         /* at least once */
    int only_informal; /* of these, who was only just talked with */
    int only_in_group; /* of these, who was only heard together with others */
    int reached;       /* heard as often as the target, informal ones too; all when there is none */
};

/* The half of the school year that a day is in starts on 1 August or 1 February. */
struct date coverage_half_year(struct date day);

/*
 * Groups of a year with pupils, in no order, of what was noted and held on or after `since`, and
 * how far they are with `target` conversations per pupil. Wants RIGHT_COVERAGE.
 */
NODISCARD enum status coverage_of_year(struct work *work, struct school_year_id year,
                                       struct date since, int target, struct coverage **ret,
                                       size_t *ret_count);

/* How often the school wants every pupil heard per half-year. Any staff of the school. */
NODISCARD enum status coverage_target(struct work *work, int *ret_target);

/* Wants RIGHT_HEARING_TARGET. ERR_INVALID outside 0 … COVERAGE_TARGET_MAX. */
NODISCARD enum status coverage_set_target(struct work *work, int target);

#endif
