/*
 * agreement: who does what, how, by when, and when we look back (K8, K19, R4). Adults' promises are
 * kept as strictly as the child's, and several people may do one together. Life: open → kept,
 * changed (goes on as another one) or dropped; looked at in between (check-ins), celebrated. SMART
 * is asked as friendly questions and never a lock: only `what` is wanted. It belongs to a pupil's
 * dossier, or to the group's own when it came out of a conversation of a group. How it lives, and
 * whose words are whose: goal/thing_life.h.
 */
#ifndef AGREEMENT_AGREEMENT_H
#define AGREEMENT_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "goal/thing_life.h"

struct work;

#define AGREEMENT_TEXT_MAX 600
#define AGREEMENTS_MAX 300
#define AGREEMENT_OTHERS_MAX 6 /* who do it as well */

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

/* Somebody who does it. */
struct agreement_person {
    enum agreement_who kind;
    int64_t id; /* staff, pupil or guardian id; 0 */
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
    struct agreement_person others[AGREEMENT_OTHERS_MAX];
    size_t other_count;
    enum agreement_state state;
    struct date due_on, look_on, ended_on;
    int64_t celebrated_at;
    enum party party;
    int version;
    int author_kind;
    int64_t author;
    int64_t made_at, changed_at;
    const char *what;     /* in the words of who does it: "I choose …" */
    const char *who_name; /* who do it, for people */
    const char *how;
    const char *look;    /* how we look back */
    const char *outcome; /* how it went, and what comes next: said when it ends */
    const char *next;
};

struct agreement_draft {
    struct conversation_id conversation;
    const char *question;
    struct goal_id goal;
    enum agreement_who who_kind;
    int64_t who;
    struct agreement_person others[AGREEMENT_OTHERS_MAX];
    size_t other_count;
    struct date due_on, look_on;
    const char *what, *who_name, *how, *look;
};

extern const struct thing_rules agreement_rules;
struct agreement agreement_of_thing(const struct thing *thing);

/*
 * As thing_make(). ERR_INVALID without `what`, with an id that is not of this school's staff or
 * this pupil's guardians, with another pupil, or somebody twice. Without a pupil for the
 * conversation of a group.
 */
NODISCARD enum status agreement_make(struct work *work, struct pupil_id pupil,
                                     struct agreement_id id, const struct agreement_draft *draft);
/* As thing_change(). */
NODISCARD enum status agreement_change(struct work *work, struct agreement_id id, int base_version,
                                       const struct agreement_draft *draft, int *ret_version,
                                       struct thing *ret_now);
/*
 * Kept, dropped, or open again, as thing_end(). Changed is what agreement_replace() does.
 * ERR_FORBIDDEN for a pupil who would drop or replace what an adult promised.
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

/* As thing_list(); without a pupil those of the group's conversation. */
NODISCARD enum status agreement_of_pupil(struct work *work, struct pupil_id pupil,
                                         struct conversation_id conversation,
                                         struct agreement **ret, size_t *ret_count);
/* Of one, oldest first. */
NODISCARD enum status agreement_checks(struct work *work, struct agreement_id id,
                                       struct agreement_check_in **ret, size_t *ret_count);

#endif
