/*
 * child_plan: one page in which a pupil and a teacher lay down how a goal is reached (K17): from
 * what I can to what I want, who helps with what, how we notice, when we look back; then how it
 * went and what comes next. What the pupil's input changes in the teaching is the teacher's own
 * part: it comes on no paper and on no page of a pupil or guardian (DOMAIN §4: a pupil sees their
 * plan, a guardian what is shared; this is about the teacher's work, K17 asks it "for the
 * teacher"). Open until it was evaluated; every text is kept. How it lives, and whose words:
 * goal/thing_life.h.
 */
#ifndef PLAN_CHILD_PLAN_H
#define PLAN_CHILD_PLAN_H

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "goal/thing_life.h"

struct work;

#define CHILD_PLAN_TEXT_MAX 1000
#define CHILD_PLANS_MAX 100

/* The boxes of a plan, in the order of the page. */
enum plan_part {
    PLAN_CAN,       /* this I can already */
    PLAN_SOON,      /* this I want soon */
    PLAN_DOING,     /* this I do myself */
    PLAN_TEACHER,   /* this is how my teacher helps */
    PLAN_GUARDIANS, /* this is how they help at home */
    PLAN_MATERIALS, /* this helps as well */
    PLAN_NOTICE,    /* how we notice that it works */
    PLAN_WITH,      /* filled in with whom */
    PLAN_GROUP,     /* the group plan it belongs to, and that one's day */
    PLAN_GROUP_DAY, /* ISO */
    PLAN_LOOKERS,   /* who looks back on it */
    PLAN_HARD,      /* this is still hard */
    PLAN_WELL,      /* I feel well with this */
    PLAN_OUTCOME,   /* how it went */
    PLAN_NEXT,      /* what comes next */
    PLAN_LESSON,    /* how it changes my teaching: the teacher's own */
    PLAN_PARTS_,
};
const char *plan_part_name(enum plan_part part); /* "can"; in the database and in exports */

enum plan_state { PLAN_OPEN = 1, PLAN_EVALUATED = 2 };

struct child_plan {
    struct child_plan_id id;
    struct pupil_id pupil;
    struct conversation_id conversation;
    const char *question;
    struct goal_id goal;
    enum plan_state state;
    struct date from_on, due_on, look_on,
        evaluated_on; /* due_on: the end of the period, or unset */
    int version;
    int author_kind;
    int64_t author;
    int64_t made_at, changed_at;
    const char
        *parts[PLAN_PARTS_]; /* "" where nothing was said; the lesson is "" for who is no staff */
};

struct child_plan_draft {
    struct conversation_id conversation;
    const char *question;
    struct goal_id goal;
    struct date due_on, look_on;
    const char *parts[PLAN_PARTS_]; /* NULL counts as "" */
};

extern const struct thing_rules child_plan_rules;
struct child_plan child_plan_of_thing(const struct thing *thing);

/*
 * Makes a plan from today on. As thing_make(). ERR_INVALID when neither `can`, `soon` nor `doing`
 * says anything. Outcome and what comes next are not taken: they come by evaluating.
 */
NODISCARD enum status child_plan_make(struct work *work, struct pupil_id pupil,
                                      struct child_plan_id id,
                                      const struct child_plan_draft *draft);
/*
 * As thing_change(). A plan is filled in together, so pupil and staff both work in it; only what
 * the pupil made in the own place stays the pupil's, but for the teacher's own part.
 */
NODISCARD enum status child_plan_change(struct work *work, struct child_plan_id id,
                                        int base_version, const struct child_plan_draft *draft,
                                        int *ret_version, struct thing *ret_now);
/*
 * Looked back on: how it went, what comes next, and from staff how it changes the teaching.
 * ERR_INVALID without an outcome. Again: the words are replaced, as a version.
 */
NODISCARD enum status child_plan_evaluate(struct work *work, struct child_plan_id id,
                                          const char *outcome, const char *next,
                                          const char *lesson);
/* As thing_list(). */
NODISCARD enum status child_plan_of_pupil(struct work *work, struct pupil_id pupil,
                                          struct conversation_id conversation,
                                          struct child_plan **ret, size_t *ret_count);

#endif
