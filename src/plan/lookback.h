/*
 * lookback: what comes back by itself (R4): what somebody promised, what is to be looked back on,
 * and what there is to celebrate. Over goals, needs, agreements, plans and conversations alike, for
 * the home page. The day is work->today. Names of pupils and one line of text are opened; nothing
 * else is.
 */
#ifndef PLAN_LOOKBACK_H
#define PLAN_LOOKBACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "goal/thing.h"

struct work;

#define LOOKBACKS_MAX 500    /* per list; what comes later than these is not shown */
#define LOOKBACK_CELEBRATE 4 /* the newest: celebrating is not going through a list */

enum lookback_kind {
    LOOKBACK_GOAL = THING_GOAL,
    LOOKBACK_NEED = THING_NEED,
    LOOKBACK_AGREEMENT = THING_AGREEMENT,
    LOOKBACK_PLAN = THING_PLAN,
    LOOKBACK_CONVERSATION,
};

struct lookback {
    enum lookback_kind kind;
    int64_t thing;                       /* its id */
    struct pupil_id pupil;               /* none: of a group */
    struct conversation_id conversation; /* where it was said, or none */
    struct date on;                      /* to look back on; of a promise by when, or unset */
    int colour;                          /* of the pupil's sign */
    const char *call;                    /* the pupil's call name; "" of a group */
    const char *letters;                 /* of the sign; "" of a group */
    const char *what;                    /* the agreement, the goal …; "" of a conversation */
};

struct lookback_list {
    struct lookback *items;
    size_t count;
};

/* What is to be seen at home, in one look at the database. */
struct lookback_home {
    /* The actor's own promises that are open: with the pupils of the groups they teach this year (a
     * coordinator: of the school), and of groups they teach. Soonest first, those without a day
     * last. */
    struct lookback_list promised;
    /* Open goals, needs, agreements, plans and closed conversations with a look-back day up to
     * `until`, of the pupils of the groups that the actor teaches. Soonest first. */
    struct lookback_list due;
    /* Goals reached and agreements kept since `since`, not celebrated yet, of the same pupils.
     * Newest first, LOOKBACK_CELEBRATE of them. */
    struct lookback_list celebrate;
};

/* Somebody of whom the page shows name and sign anyway: they are not read and opened again. */
struct lookback_face {
    int64_t dossier; /* of a pupil their id */
    int64_t slot;    /* with key_wrapped, what opens the dossier */
    struct bytes key_wrapped;
    const char *call, *letters;
    int colour;
};

/*
 * For staff: ERR_NOT_FOUND for others. `known`: whom the caller has opened, or none; only when
 * something is about somebody else are names asked for.
 */
NODISCARD enum status lookback_home(struct work *work, const struct lookback_face *known,
                                    size_t known_count, struct date until, struct date since,
                                    struct lookback_home *ret);

/* For the coordinator: how many come back up to `until`, per group. Counts, nothing is opened. */
struct lookback_count {
    struct group_id group;
    int due;
};
NODISCARD enum status lookback_counts(struct work *work, struct date until,
                                      struct lookback_count **ret, size_t *ret_count);

#endif
