/*
 * goal: "now I can … – by the end of the period I want …", followed until it is reached or let go
 * (P11, K16, K20, H7, H9). It belongs to the pupil's dossier, has a voice, and every text it had is
 * kept. Steps on the way (the dot on the horizon), how far the pupil says to be, and evidence that
 * the pupil brings (P13) hang on it; needs, agreements, plans and smaller goals are tied to it.
 * Refuses to know scores about a child: a target score is one the pupil set (K20). How it lives,
 * who may and whose words are whose: goal/thing_life.h, goal/thing.h.
 */
#ifndef GOAL_GOAL_H
#define GOAL_GOAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "goal/thing_life.h"
#include "method/method.h"

struct work;

#define GOAL_TEXT_MAX 600 /* characters per part */
#define GOALS_MAX 300     /* of one pupil that a list shows */
#define GOAL_STEP_DRAWING "drawing" /* the part of a step's body that a drawing is */
#define GOAL_PLACES 5     /* 1 not at all yet … 5 can, want harder or help another (H10) */

enum goal_state { GOAL_OPEN = 1, GOAL_REACHED = 2, GOAL_LET_GO = 3 };

/* "" where nothing was said. */
struct goal_words {
    const char *now;    /* now I can */
    const char *soon;   /* soon I want: the goal itself */
    const char *notice; /* what we will notice, hear, see */
    const char *dot;    /* the dot on the horizon, further away (H9) */
    const char *score;  /* own target score, and what it takes (K20) */
    const char *takes;
    const char *outcome; /* how it went, and what comes next: said when it ends */
    const char *next;
};

struct goal {
    struct goal_id id;
    struct pupil_id pupil;
    struct conversation_id conversation; /* where it was set, or none */
    const char *question;                /* by which question of it, "" */
    struct goal_id part_of;              /* the larger goal it is a part of, or none */
    enum voice voice;
    enum goal_state state;
    struct date from_on, due_on; /* the period: since when, and until when or unset */
    struct date look_on, ended_on;
    int64_t celebrated_at;
    enum party party; /* how, as the child chose */
    int version;
    int author_kind; /* enum actor_kind */
    int64_t author;
    int64_t made_at, changed_at;
    struct goal_words words;
};

struct goal_draft {
    struct conversation_id conversation; /* none: from the dossier or the own place */
    const char *question;
    struct goal_id part_of;
    enum voice voice;
    struct date due_on, look_on;
    struct goal_words words; /* outcome and next are not taken: they come by ending */
};

extern const struct thing_rules goal_rules;
struct goal goal_of_thing(const struct thing *thing);

/*
 * As thing_make(). ERR_INVALID without `soon`, and for a part of a goal that is a part itself.
 */
NODISCARD enum status goal_set(struct work *work, struct pupil_id pupil, struct goal_id id,
                               const struct goal_draft *draft);
/* As thing_change(). Whose goal it is does not change. */
NODISCARD enum status goal_change(struct work *work, struct goal_id id, int base_version,
                                  const struct goal_draft *draft, int *ret_version,
                                  struct thing *ret_now);
/* Reached or let go, today; GOAL_OPEN takes it up again. As thing_end(). */
NODISCARD enum status goal_end(struct work *work, struct goal_id id, enum goal_state state);
/* As thing_list(). */
NODISCARD enum status goal_of_pupil(struct work *work, struct pupil_id pupil,
                                    struct conversation_id conversation, struct goal **ret,
                                    size_t *ret_count);

enum goal_step_kind { STEP_NEXT = 1, STEP_PROGRESS = 2, STEP_EVIDENCE = 3 };
struct goal_step {
    struct goal_step_id id;
    struct goal_id goal;
    enum goal_step_kind kind;
    int place; /* of progress, 1 … GOAL_PLACES; else 0 */
    struct date due_on, done_on;
    struct attachment_id attachment; /* of evidence (goal/evidence.h), or none */
    bool has_photo;                  /* and that is a photo, not another file */
    const char *drawing;             /* of evidence, as answer/drawing.h writes it, or "" */
    int author_kind;
    int64_t author;
    int64_t made_at;
    const char *text;
};

/*
 * Adds kind, place, due_on and text. ERR_INVALID for a step or evidence without text, a place that
 * is none, a day on anything but a step. How far it is, is the pupil's own place: adults note what
 * the pupil says. The same id again is OK.
 */
NODISCARD enum status goal_step_add(struct work *work, struct goal_id goal,
                                    const struct goal_step *step);
NODISCARD enum status goal_step_done(struct work *work, struct goal_step_id step, bool done);
/* By goal and day, of all goals of a pupil that thing_list() has. One statement. */
NODISCARD enum status goal_steps(struct work *work, struct pupil_id pupil,
                                 struct conversation_id conversation, struct goal_step **ret,
                                 size_t *ret_count);

#endif
