/*
 * evidence_web: bringing evidence to a goal and seeing it: the form on the goal's own page, what
 * stands of it among the goal's events, its photos one at a time. The same for staff and the
 * pupil's own place.
 */
#ifndef GOAL_EVIDENCE_WEB_H
#define GOAL_EVIDENCE_WEB_H

#include "answer/kind.h"
#include "goal/goal.h"
#include "goal/thing_web.h"

struct evidence_form {
    const char *url, *fresh, *hint;
    struct answer_view drawing; /* with the words beside it, and what is wrong */
};

extern const struct route evidence_routes[];

/* The form for a page of one goal: empty, or as it was sent with what is wrong. */
NODISCARD enum status evidence_form(struct web *web, const struct thing_spot *spot,
                                    struct goal_id goal, const struct evidence_form **ret);

/* What one evidence adds to its event: photo, file or drawing, and whether this actor may take it
 * away. */
void evidence_event(struct web *web, const struct thing_spot *spot, const struct goal_step *step,
                    struct thing_event *event);

#endif
