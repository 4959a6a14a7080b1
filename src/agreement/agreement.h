/*
 * agreement: who does what, how, by when, and when we look back (K8, K19, R4). Adults' promises are
 * kept as strictly as the child's. Life: open → kept, changed (goes on as another one) or dropped;
 * looked at in between (check-ins), celebrated. SMART is asked as friendly questions and never a
 * lock: only `what` is wanted. It belongs to a pupil's dossier, or to the group's own when it came
 * out of a conversation of a group. Rights and whose words are whose: goal/thing.h.
 */
#ifndef AGREEMENT_AGREEMENT_H
#define AGREEMENT_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "goal/thing.h"

struct work;

#define AGREEMENT_TEXT_MAX 600
#define AGREEMENTS_MAX 300

enum agreement_state {
    AGREEMENT_OPEN = 1,
    AGREEMENT_KEPT = 2,
    AGREEMENT_CHANGED = 3,
    AGREEMENT_DROPPED = 4,
};
enum agreement_who {
    WHO_STAFF = 1,
    WHO_PUPIL = 2,
    WHO_GUARDIAN = 3,
    WHO_OTHER = 4,
    WHO_TOGETHER = 5
};

struct agreement {
    struct agreement_id id;
    struct pupil_id pupil; /* none: of a group */
    struct conversation_id conversation;
    const char *question;
    struct goal_id goal;
    struct agreement_id became;
    enum agreement_who who_kind;
    int64_t who; /* staff, pupil or guardian id; 0 */
    enum agreement_state state;
    struct date due_on, look_on, ended_on;
    int64_t celebrated_at;
    enum party party;
    int version;
    int author_kind;
    int64_t author;
    int64_t made_at, changed_at;
    const char *what;     /* in the words of who does it: "I choose …" */
    const char *who_name; /* who does it, for people */
    const char *how;
    const char *look; /* how we look back */
};

struct agreement_draft {
    struct conversation_id conversation;
    const char *question;
    struct goal_id goal;
    enum agreement_who who_kind;
    int64_t who;
    struct date due_on, look_on;
    const char *what, *who_name, *how, *look;
};

/*
 * As goal_set(): same rights, same idempotence. ERR_INVALID without `what`, with an id that is not
 * of this school's staff or this pupil's guardians, with another pupil, with a day in the past, or
 * without a pupil when the conversation is not a group's.
 */
NODISCARD enum status agreement_make(struct work *work, struct pupil_id pupil,
                                     struct agreement_id id, const struct agreement_draft *draft);
/* As goal_change(). ERR_FORBIDDEN as well for one that went on as another. */
NODISCARD enum status agreement_change(struct work *work, struct agreement_id id, int base_version,
                                       const struct agreement_draft *draft, int *ret_version,
                                       struct agreement *ret_now);
/*
 * Kept, dropped, or open again. Changed is what agreement_replace() does. ERR_FORBIDDEN once
 * changed, and for a pupil who would drop or replace what an adult promised.
 */
NODISCARD enum status agreement_end(struct work *work, struct agreement_id id,
                                    enum agreement_state state);
/*
 * Goes on as a new one: the old stays readable, tied to it. The new one is of the same pupil or
 * group; its conversation is the draft's. The same fresh id again is OK. ERR_FORBIDDEN for one that
 * is not open.
 */
NODISCARD enum status agreement_replace(struct work *work, struct agreement_id id,
                                        struct agreement_id fresh,
                                        const struct agreement_draft *draft);
/* Once it was kept, else ERR_INVALID. */
NODISCARD enum status agreement_celebrate(struct work *work, struct agreement_id id,
                                          enum party party);

enum check_outcome { CHECK_WELL = 1, CHECK_PARTLY = 2, CHECK_NOT_YET = 3 };
struct agreement_check_in {
    struct agreement_check_id id;
    struct agreement_id agreement;
    enum check_outcome outcome;
    int author_kind;
    int64_t author;
    int64_t made_at;
    const char *text;
};
/* `text` may be "". The same `check` again is OK. */
NODISCARD enum status agreement_check_in(struct work *work, struct agreement_id id,
                                         struct agreement_check_id check,
                                         enum check_outcome outcome, const char *text);

NODISCARD enum status agreement_find(struct work *work, struct agreement_id id,
                                     struct agreement *ret);
/* Parts: what, who, how, look, party. */
NODISCARD enum status agreement_versions(struct work *work, struct agreement_id id,
                                         struct thing_version **ret, size_t *ret_count);
/* Open ones first, then newest. As goal_of_pupil(); without a pupil those of the group's
 * conversation. */
NODISCARD enum status agreement_of_pupil(struct work *work, struct pupil_id pupil,
                                         struct conversation_id conversation,
                                         struct agreement **ret, size_t *ret_count);
/*
 * The open ones of a group: what its earlier conversations left, newest first. For who may read
 * `conversation`, which is one of that group.
 */
NODISCARD enum status agreement_of_group(struct work *work, struct conversation_id conversation,
                                         struct agreement **ret, size_t *ret_count);
/* Of one, oldest first. */
NODISCARD enum status agreement_checks(struct work *work, struct agreement_id id,
                                       struct agreement_check_in **ret, size_t *ret_count);

#endif
