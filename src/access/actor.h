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
    ACTOR_PROGRAM = 4,  /* a subcommand run by the administrator of the machine */
    ACTOR_EXTERNAL = 6, /* somebody from outside in one conversation; 5 is nobody in the log */
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
    struct guardian_id guardian;
    int64_t external;             /* as conversation_person.person */
    struct conversation_id visit; /* of a guardian or external: the conversation of their link */
    struct pupil_id about;        /* whom that is about; none for an external with a group */
    bool may_prepare;             /* the link is one for preparing */
    unsigned school_roles; /* bit (1 << role) for functions of the whole school, active year */
    struct actor_group groups[ACTOR_GROUPS_MAX]; /* of the active school year */
    size_t group_count;
    bool is_weak; /* picture code: reaches only the pupil's own open work (STANDARDS §4) */
    struct group_id
        class_group; /* ACTOR_NOBODY at an open class device: the group it is open for */
};

static inline bool actor_has_role(const struct actor *actor, enum role role)
{
    return actor->kind == ACTOR_STAFF && (actor->school_roles >> role & 1u);
}

/* A guardian or an external, here by a link. */
static inline bool actor_is_visitor(const struct actor *actor)
{
    return actor->kind == ACTOR_GUARDIAN || actor->kind == ACTOR_EXTERNAL;
}

/* Whose words these are, to go with actor->kind: the staff, pupil or guardian id, of an external
 * the number in the conversation; of others the account, or 0. */
int64_t actor_person(const struct actor *actor);

/* Teacher or support of this group, this year. */
const struct actor_group *actor_group(const struct actor *actor, struct group_id group);

/* How the actor is shown to themself. */
struct actor_self {
    struct person person;
    int colour; /* 1 … 6, the avatar's */
};

/*
 * Fills roles and groups of a staff member from the active school year, and makes the school's key
 * known to the vault. `actor` has kind, school and staff set; `ret_self` NULL: the name stays
 * sealed. One statement. ERR_NOT_FOUND when
 * the staff member does not exist or has left.
 */
NODISCARD enum status actor_load_staff(struct work *work, struct actor *actor,
                                       struct actor_self *ret_self);

/*
 * Who came by link `visit`: sets guardian or external, visit, about and may_prepare of an actor
 * with kind and school. ERR_NOT_FOUND when the link has ended or was revoked, when the guardian is
 * no guardian of the pupil any more or is told nothing, and when the external does not take part
 * any more.
 */
NODISCARD enum status actor_load_visitor(struct work *work, struct actor *actor, int64_t visit);

/* A signed-in pupil: ERR_NOT_FOUND when gone. Makes the school's key known to the vault. */
NODISCARD enum status actor_load_pupil(struct work *work, const struct actor *actor);

#endif
