/*
 * need: what a pupil needs to get on (onderwijsbehoefte), asked for outright and per kind (P12,
 * H8). The child's own solutions and what a teacher adds are two needs in two voices, never one
 * text. A need is open until it is no longer needed; every text is kept. How it lives, and whose
 * words: goal/thing_life.h.
 */
#ifndef GOAL_NEED_H
#define GOAL_NEED_H

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "goal/thing_life.h"
#include "method/method.h"

struct work;

#define NEED_TEXT_MAX 600
#define NEEDS_MAX 300

/* The numbers are stored. The names are the options of a question of kind `need`. */
enum need_kind {
    NEED_TASK = 1,
    NEED_EXPLANATION,
    NEED_FEEDBACK,
    NEED_MATERIAL,
    NEED_PEERS,
    NEED_TEACHER,
    NEED_PARENTS,
    NEED_SURROUNDINGS,
    NEED_KINDS_, /* one past the last */
};
const char *need_kind_name(enum need_kind kind); /* "task"; "" for none */

enum need_state { NEED_OPEN = 1, NEED_OVER = 2 };

struct need {
    struct need_id id;
    struct pupil_id pupil;
    struct conversation_id conversation;
    const char *question;
    struct goal_id goal;
    enum need_kind kind;
    enum voice voice;
    enum need_state state;
    struct date review_on; /* support remarks are looked at again (R9) */
    int version;
    int author_kind;
    int64_t author;
    int64_t made_at, changed_at;
    const char *what;
};

struct need_draft {
    struct conversation_id conversation;
    const char *question;
    struct goal_id goal;
    enum need_kind kind;
    enum voice voice;
    struct date review_on;
    const char *what;
};

extern const struct thing_rules need_rules;
struct need need_of_thing(const struct thing *thing);

/* As thing_make(). ERR_INVALID without `what` or a kind. */
NODISCARD enum status need_set(struct work *work, struct pupil_id pupil, struct need_id id,
                               const struct need_draft *draft);
/* Kind, text, goal and day; as thing_change(). Whose words they are does not change. */
NODISCARD enum status need_change(struct work *work, struct need_id id, int base_version,
                                  const struct need_draft *draft, int *ret_version,
                                  struct thing *ret_now);
/* Open ones first; the pupil's own before what others added; by kind. As thing_list(). */
NODISCARD enum status need_of_pupil(struct work *work, struct pupil_id pupil,
                                    struct conversation_id conversation, struct need **ret,
                                    size_t *ret_count);

#endif
