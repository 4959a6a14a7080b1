/*
 * evidence: what is brought to show that a goal works (P13): a photo or file, a drawing, or words
 * about what was shown. It comes from the pupil, who alone takes away what they brought; staff note
 * what a pupil showed. Stands among the goal's steps (goal.h, STEP_EVIDENCE) and is sealed,
 * exported and erased with the dossier. Refuses to judge it. Rights: goal/thing.h, as for the goal;
 * who came by a link sees none.
 */
#ifndef GOAL_EVIDENCE_H
#define GOAL_EVIDENCE_H

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

#define EVIDENCE_MAX 40       /* of one goal */
#define EVIDENCE_TEXT_MAX 500 /* characters */

struct evidence_draft {
    const char *text;    /* "" none */
    const char *drawing; /* as answer/drawing.h writes it; "" none */
    struct bytes file;   /* a photo or PDF; len 0: none */
};

/*
 * Brings it. ERR_INVALID for nothing at all, a long text, a broken drawing, a file of another type
 * (attachment_problem() has the words); ERR_LIMIT for a larger file or drawing, or beyond
 * EVIDENCE_MAX. The same id again for the same goal is OK and changes nothing; for another goal
 * ERR_CONFLICT.
 */
NODISCARD enum status evidence_add(struct work *work, struct goal_id goal, struct goal_step_id id,
                                   const struct evidence_draft *draft);

/* The file of an evidence of this goal. ERR_NOT_FOUND when it has none of that id (any more). Logs
 * the reading. */
NODISCARD enum status evidence_open(struct work *work, struct goal_id goal,
                                    struct attachment_id file, const char **ret_content_type,
                                    struct bytes *ret_bytes);

/* For good. ERR_FORBIDDEN for what a pupil brought and the actor is somebody else. */
NODISCARD enum status evidence_remove(struct work *work, struct goal_id goal,
                                      struct goal_step_id id);

#endif
