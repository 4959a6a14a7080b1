/*
 * goal_web: goals and needs on the dossier's tab, on the pupil's own place, on a page each, and as
 * blocks in conversations.
 */
#ifndef GOAL_GOAL_WEB_H
#define GOAL_GOAL_WEB_H

#include "conversation/outcomes_web.h"
#include "web/route.h"

extern const struct route goal_routes[];

/* The page of one goal, for who may see it from the spot of the address; with what web->form says is wrong. */
NODISCARD enum status goal_show(struct web *web);

extern const struct route need_routes[];
extern const struct outcome_block goal_block;
extern const struct outcome_block need_block;

struct thing_pages;
/* The second half of the dossier's tab of goals. */
extern const struct thing_pages need_pages;

#endif
