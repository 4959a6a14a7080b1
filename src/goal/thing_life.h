/*
 * thing_life: the one way in which goals, needs, agreements and child plans are made, changed,
 * ended, celebrated, tied to a goal and read back with every text they had. A subject says in a
 * table what is its own (`struct thing_rules`) and gives its things a form of their own (`struct
 * goal` …). Rights and whose words are whose: goal/thing.h. Refuses to know pages.
 */
#ifndef GOAL_THING_LIFE_H
#define GOAL_THING_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/audit.h"
#include "goal/thing.h"

#define THING_OPEN 1           /* the state in which every thing begins */
#define THINGS_OF_GOAL_MAX 100 /* that a goal's page shows */

struct thing {
    struct thing_id id;
    enum thing_kind kind;
    struct pupil_id pupil;               /* none: of a group */
    struct conversation_id conversation; /* where it was said, or none */
    const char *question;                /* by which question of it, "" */
    struct goal_id goal;                 /* it belongs to, or none */
    struct thing_id became;              /* what it went on as, or none */
    int sort;                            /* the subject's own: what a need is about, who does it */
    int64_t who;
    enum voice voice;
    int state; /* of the subject's own states */
    struct date from_on, due_on, look_on, ended_on;
    int64_t celebrated_at;
    int version;
    int author_kind; /* enum actor_kind */
    int64_t author;
    int64_t made_at, changed_at;
    struct answer_value said; /* without what is for staff alone where the reader is none */
};
/* "" where nothing was said. */
const char *thing_said(const struct thing *thing, const char *part);
enum party thing_party(const struct thing *thing);

/* Parts that are not named stay as they stand. */
struct thing_draft {
    struct conversation_id conversation; /* none: from the dossier or the own place */
    const char *question;
    struct goal_id goal;
    enum voice voice; /* of a change: VOICE_NONE leaves it */
    int sort;
    int64_t who;
    struct date due_on, look_on;
    const struct answer_part *parts; /* texts may be NULL for "" */
    size_t part_count;
};

/* What is a subject's own. */
struct thing_rules {
    enum thing_kind kind;
    const char *const *wanted; /* parts of which one must say something, ended by NULL */
    size_t text_max;           /* characters per part */
    size_t list_max;           /* of one dossier that a list shows */
    int states;                /* the highest one */
    int good;                  /* the state that can be celebrated, 0: none */
    bool is_of_groups;         /* it may be a group's own */
    bool has_speaker;          /* said in a voice that must be the actor's to use */
    enum audit_action made, changed, ended;
    /* What else must be so; NULL: nothing. ERR_INVALID refuses. */
    enum status (*check)(struct work *work, struct pupil_id pupil, const struct thing_draft *draft);
    /* May the actor end it so, or put another in its place? NULL: who may write may. */
    bool (*may_end)(const struct work *work, const struct thing *now, int state);
    /* After it was made, changed, ended or taken up again; NULL: nothing. */
    enum status (*kept)(struct work *work, const struct thing *thing);
};

/*
 * Makes one. ERR_INVALID when none of the wanted parts says anything, for a long text, a day in the
 * past, a conversation or goal of another pupil. ERR_FORBIDDEN in a voice that is not the actor's
 * to use. The same id again with the same words is OK, else ERR_CONFLICT.
 */
NODISCARD enum status thing_make(struct work *work, const struct thing_rules *rules,
                                 struct pupil_id pupil, struct thing_id id,
                                 const struct thing_draft *draft);

/*
 * Changes it as a new version; the same again makes none. ERR_FORBIDDEN when the words are not the
 * actor's to change (the part for staff alone is), or when it went on as another. A day that stood
 * may stay, also when it has passed. Another version by now: nothing is written, ERR_CONFLICT with
 * the standing one in *ret_now.
 */
NODISCARD enum status thing_change(struct work *work, const struct thing_rules *rules,
                                   struct thing_id id, int base_version,
                                   const struct thing_draft *draft, int *ret_version,
                                   struct thing *ret_now);

/*
 * Another state, today, with what is said about it; THING_OPEN takes it up again. A new version by
 * whoever spoke last; the same again makes none. ERR_FORBIDDEN when the subject says so, or when it
 * went on as another.
 */
NODISCARD enum status thing_end(struct work *work, const struct thing_rules *rules,
                                struct thing_id id, int state, const struct answer_part *parts,
                                size_t part_count);
/* The same, and it goes on as `became`, which is there. Again is OK; of one that is not open
 * ERR_FORBIDDEN. */
NODISCARD enum status thing_goes_on(struct work *work, const struct thing_rules *rules,
                                    struct thing_id id, int state, struct thing_id became);
/* In the good state, else ERR_INVALID. Choosing again changes how. */
NODISCARD enum status thing_celebrate(struct work *work, const struct thing_rules *rules,
                                      struct thing_id id, enum party party);

NODISCARD enum status thing_find(struct work *work, const struct thing_rules *rules,
                                 struct thing_id id, struct thing *ret);
/*
 * For the rules of a subject: with the key of its dossier, and with all its parts. `may` is
 * thing_may_read or thing_may_write.
 */
NODISCARD enum status thing_find_key(struct work *work, const struct thing_rules *rules,
                                     struct thing_id id,
                                     enum status (*may)(struct work *, struct thing_place),
                                     struct vault_key *ret_key, struct thing *ret);

/*
 * Of a pupil, open ones first, then newest, or of a conversation (of a pupil or of a group). One
 * statement. `conversation` none: all, for who may read the dossier.
 */
NODISCARD enum status thing_list(struct work *work, const struct thing_rules *rules,
                                 struct thing_place place, struct thing **ret, size_t *ret_count);
/* What the conversations of the group of this conversation left open. */
NODISCARD enum status thing_list_of_group(struct work *work, const struct thing_rules *rules,
                                          struct conversation_id conversation, struct thing **ret,
                                          size_t *ret_count);
/*
 * What belongs to a goal, of all kinds, that the actor may read: by kind, open ones first. For who
 * may read the goal.
 */
NODISCARD enum status thing_list_of_goal(struct work *work, const struct thing_rules *rules,
                                         struct goal_id goal, struct thing **ret,
                                         size_t *ret_count);

/* Every text one had. */
struct thing_version {
    int version;
    int state;
    int author_kind;
    int64_t author;
    int64_t made_at;
    struct answer_value value;
};
/* Oldest first. For staff: ERR_NOT_FOUND for others, for the part for staff alone is among them. */
NODISCARD enum status thing_versions(struct work *work, const struct thing_rules *rules,
                                     struct thing_id id, struct thing_version **ret,
                                     size_t *ret_count);

#endif
