/*
 * actor: who acts, at which school, in which functions. Filled once per request from the session
 * (web/) or by the command line; a plain value that the rules only read.
 */
#ifndef ACCESS_ACTOR_H
#define ACCESS_ACTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ids.h"
#include "base/status.h"
#include "person/person.h"

struct work;

enum actor_kind {
    ACTOR_NOBODY = 0, /* not signed in; may do what RIGHT_ANYONE opens */
    ACTOR_STAFF = 1,
    ACTOR_PUPIL = 2,
    ACTOR_GUARDIAN = 3,
    ACTOR_PROGRAM = 4, /* a subcommand run by the administrator of the machine */
};

/* Functions of staff; the numbers are staff_function.role in the database. */
enum role {
    ROLE_TEACHER = 1,
    ROLE_COORDINATOR = 2,
    ROLE_PRINCIPAL = 3,
    ROLE_ADMINISTRATOR = 4,
    ROLE_SUPPORT = 5,
};

#define ACTOR_GROUPS_MAX 40 /* groups of one teacher in a year; a VO mentor of many has fewer */

struct actor_group {
    struct group_id group;
    enum role role; /* TEACHER or SUPPORT */
};

struct actor {
    enum actor_kind kind;
    struct school_id school; /* none for ACTOR_NOBODY and while no school is chosen */
    struct account_id account;
    struct staff_id staff;
    struct pupil_id pupil;
    unsigned school_roles; /* bit (1 << role) for functions of the whole school, active year */
    struct actor_group groups[ACTOR_GROUPS_MAX]; /* of the active school year */
    size_t group_count;
    bool is_weak; /* picture code: reaches only the pupil's own open work (STANDARDS §4) */
    struct group_id class_group; /* ACTOR_NOBODY at an open class device: the group it is open for */
};

static inline bool actor_has_role(const struct actor *actor, enum role role)
{
    return actor->kind == ACTOR_STAFF && (actor->school_roles >> role & 1u);
}

/* Teacher or support of this group, this year. */
const struct actor_group *actor_group(const struct actor *actor, struct group_id group);

/* How the actor is shown to themself. */
struct actor_self {
    struct person person;
    int colour; /* 1 … 6, the avatar's */
};

/*
 * Fills roles and groups of a staff member from the active school year, and makes the school's key
 * known to the vault. `actor` has kind, school and staff set. One statement. ERR_NOT_FOUND when
 * the staff member does not exist or has left.
 */
NODISCARD enum status actor_load_staff(struct work *work, struct actor *actor,
                                       struct actor_self *ret_self);

/* A signed-in pupil: ERR_NOT_FOUND when gone. Makes the school's key known to the vault. */
NODISCARD enum status actor_load_pupil(struct work *work, const struct actor *actor);

#endif
