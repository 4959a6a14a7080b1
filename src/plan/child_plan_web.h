/*
 * child_plan_web: the child plan on the dossier's tab, on the pupil's own place, as one page that
 * prints, and as the block in conversations. The teacher's own part stands beside the sheet, never
 * on it.
 */
#ifndef PLAN_CHILD_PLAN_WEB_H
#define PLAN_CHILD_PLAN_WEB_H

#include "conversation/outcomes_web.h"
#include "web/route.h"

extern const struct route child_plan_routes[];
extern const struct outcome_block child_plan_block;

struct child_plan;

/* The sheet that pupil, teacher and home read. */
struct plan_sheet {
    const struct child_plan *plan;
    const char *title, *made, *group_plan, *goal, *due_on, *look_on,
        *evaluated_on; /* "" for none */
};

#endif
