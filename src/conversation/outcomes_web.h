/*
 * outcomes_web: how questions whose answer is a thing of its own (goal, need, agreement, plan, sharing
 * decision) meet the form. One table; each block is given by the subject of that thing. A kind
 * without a block yet shows the question and where the thing is kept.
 */
#ifndef CONVERSATION_OUTCOMES_WEB_H
#define CONVERSATION_OUTCOMES_WEB_H

#include "answer/kind.h"
#include "conversation/conversation.h"
#include "web/page.h"

struct pupil_head;
struct thing;
struct web;

/* What the blocks of one page need alike: the first one reads it. Zero at first. */
struct outcome_common {
    const struct pupil_head *about; /* the pupil; NULL: not read yet */
    const struct thing *goals;
    size_t goal_count;
    bool has_goals;
};

/* Where a block stands: it posts to routes of its own, with these as hidden fields. */
struct outcome_place {
    const struct conversation *conversation;
    const struct question *question;
    const char *back; /* path to come back to, with "#anchor" */
    enum voice voice; /* the first voice of the question */
    bool may_write;
    bool is_shared; /* a screen that the pupil reads too: nothing an adult keeps apart */
    struct outcome_common *common; /* of the page, while its blocks load; NULL: one alone */
};

struct outcome_block {
    enum outcome outcome;
    const char *name; /* of the kind: "goal" */
    /* What stands for this conversation and question, and an empty form. */
    enum status (*load)(struct web *web, const struct outcome_place *place, const void **ret_view,
                        bool *ret_any);
    html_body *edit; /* list, and a form to add or change one */
    html_body *read;
    /* Plain text of what stands, lines ended by \n; "" when nothing. */
    const char *(*text)(struct web *web, const void *view);
};

/* NULL while no subject gives one. */
const struct outcome_block *outcome_block(enum outcome outcome);

/*
 * What stands to a question that is answered by things, as plain text; "" nothing, also for a question of another
 * kind. For paper: on screen the sheet has loaded it.
 */
NODISCARD enum status outcome_text(struct web *web, const struct outcome_place *place,
                                   const char **ret_text);

#endif
