/*
 * apply: carries a plan out, in the transaction that is open: all of it, or nothing when the
 * caller rolls back. Gives no functions and no rights to anybody, whatever the file says; activates
 * no school year; deletes nobody (leaving starts the retention clock).
 */
#ifndef ROSTER_APPLY_H
#define ROSTER_APPLY_H

#include <stdbool.h>

#include "base/status.h"
#include "roster/plan.h"

struct work;

/* What the administrator says to what the plan asks. */
struct apply_choices {
    enum plan_same same;
    bool confirm_leaving; /* more than a quarter may leave */
    bool confirm_school;  /* the BRIN of the file is another one's, and that is right */
};

enum apply_refusal { APPLY_FINE, APPLY_MANY_LEAVE, APPLY_OTHER_SCHOOL };

/* What still has to be confirmed before this plan may be applied. */
enum apply_refusal apply_refusal(const struct plan *plan, const struct apply_choices *choices);

/* English text for tr(). */
const char *apply_refusal_text(enum apply_refusal refusal);

/*
 * In the WRITE transaction in which the plan was made (a plan made before may not fit any more).
 * Wants RIGHT_STRUCTURE, or the program as actor. ERR_FORBIDDEN while something is not confirmed;
 * ERR_CONFLICT when keys cross (two people change keys with each other in one file) or somebody
 * else was first; otherwise what the rules answer. Fills in the ids of what is new.
 */
NODISCARD enum status apply_plan(struct work *work, struct plan *plan,
                                 const struct apply_choices *choices);

#endif
