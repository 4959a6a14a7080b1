#include "access/access.h"

#include <assert.h>

#include "access/work.h"
#include "gen/access_sql.h"

/* How an actor of the school's staff stands to a pupil. */
enum nearness { FAR, SUPPORTS, TEACHES };

static enum status group_exists(struct work *work, struct group_id group)
{
    struct sql_access_group_exists row;
    return sql_access_group_exists(work->db, work->arena, work_school(work), group, &row);
}

static enum status pupil_exists(struct work *work, struct pupil_id pupil)
{
    if (work->known_pupil.v == pupil.v) /* the route and the rule ask the same thing */
        return OK;
    struct sql_access_pupil_exists row;
    enum status st =
        sql_access_pupil_exists(work->db, work->arena, work_school(work), pupil, &row);
    if (st == OK)
        work->known_pupil = pupil;
    return st;
}

static enum status nearness_to(struct work *work, struct pupil_id pupil, enum nearness *ret_near)
{
    *ret_near = FAR;
    if (work->actor->group_count == 0)
        return OK;
    if (work->near_pupil.v == pupil.v) {
        *ret_near = (enum nearness)work->nearness;
        return OK;
    }
    struct sql_access_groups_of_pupil *rows = NULL;
    size_t count = 0;
    enum status st = sql_access_groups_of_pupil(work->db, work->arena, work_school(work), pupil,
                                                &rows, &count);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++) {
        const struct actor_group *mine = actor_group(work->actor, rows[i].teaching_group);
        if (mine && mine->role == ROLE_TEACHER)
            *ret_near = TEACHES;
        else if (mine && *ret_near == FAR)
            *ret_near = SUPPORTS;
    }
    work->near_pupil = pupil;
    work->nearness = *ret_near;
    return OK;
}

static enum status staff_and_group(struct work *work, enum right right, struct group_id group)
{
    const struct actor *actor = work->actor;
    const struct actor_group *mine = actor_group(actor, group);
    if (group.v == 0) /* a route about a group without saying which */
        return ERR_NOT_FOUND;
    bool whole_school = actor_has_role(actor, ROLE_COORDINATOR);
    bool badges = actor_has_role(actor, ROLE_ADMINISTRATOR);
    if (right == RIGHT_GROUP_READ && (mine || whole_school))
        return mine ? OK : group_exists(work, group);
    if (right == RIGHT_GROUP_TEACH && mine && mine->role == ROLE_TEACHER)
        return OK;
    if (right == RIGHT_GROUP_TEACH && whole_school)
        return group_exists(work, group);
    if (right == RIGHT_GROUP_BADGES && mine && mine->role == ROLE_TEACHER)
        return OK;
    if (right == RIGHT_GROUP_BADGES && badges)
        return group_exists(work, group);
    return ERR_NOT_FOUND;
}

static enum status staff_and_pupil(struct work *work, enum right right, struct pupil_id pupil)
{
    const struct actor *actor = work->actor;
    if (pupil.v == 0) /* a route about a pupil without saying which */
        return ERR_NOT_FOUND;
    if (actor_has_role(actor, ROLE_COORDINATOR))
        return pupil_exists(work, pupil);
    if (right == RIGHT_PUPIL_NAME && actor_has_role(actor, ROLE_ADMINISTRATOR))
        return pupil_exists(work, pupil);
    enum nearness near = FAR;
    enum status st = nearness_to(work, pupil, &near);
    if (st != OK)
        return st;
    if (near == TEACHES)
        return OK;
    if (near == SUPPORTS && (right == RIGHT_PUPIL_NOTE || right == RIGHT_PUPIL_NAME))
        return OK;
    return ERR_NOT_FOUND;
}

/* access_conversation's kinds are conversation_person.kind */
enum { TAKES_PART_STAFF = 1, TAKES_PART_PUPIL = 2 };
enum { STATE_CLOSED = 5 }; /* conversation.state from which on it is no open work */

static enum status staff_and_conversation(struct work *work, struct conversation_id conversation)
{
    struct sql_access_conversation row;
    enum status st =
        sql_access_conversation(work->db, work->arena, work_school(work), conversation,
                                TAKES_PART_STAFF, work->actor->staff.v, &row);
    if (st != OK)
        return st;
    if (row.part) /* who led it is no reason: a teacher who lost the group has lost its talks */
        return OK;
    if (row.pupil.v)
        return staff_and_pupil(work, RIGHT_PUPIL_WRITE, row.pupil);
    return staff_and_group(work, RIGHT_GROUP_TEACH, row.teaching_group);
}

static enum status pupil_and_conversation(struct work *work, struct conversation_id conversation)
{
    struct sql_access_conversation row;
    enum status st =
        sql_access_conversation(work->db, work->arena, work_school(work), conversation,
                                TAKES_PART_PUPIL, work->actor->pupil.v, &row);
    if (st != OK)
        return st;
    bool is_open = row.state < STATE_CLOSED;
    return row.part && (is_open || !work->actor->is_weak) ? OK : ERR_NOT_FOUND;
}

static bool staff_of_school(const struct actor *actor)
{
    return actor->kind == ACTOR_STAFF && actor->school.v != 0 && actor->staff.v != 0;
}

static enum status granted(bool yes)
{
    return yes ? OK : ERR_NOT_FOUND;
}

enum status access_check(struct work *work, enum right right, struct target target)
{
    assert(work && work->actor);
    const struct actor *actor = work->actor;
    bool staff = staff_of_school(actor);

    switch (right) {
    case RIGHT_ANYONE:
        return OK;
    case RIGHT_ACCOUNT:
        return granted(actor->kind == ACTOR_STAFF && actor->account.v != 0);
    case RIGHT_STAFF:
        return granted(staff);
    case RIGHT_GROUP_READ:
    case RIGHT_GROUP_BADGES:
    case RIGHT_GROUP_TEACH:
        return staff ? staff_and_group(work, right, target.group) : ERR_NOT_FOUND;
    case RIGHT_PUPIL_READ:
    case RIGHT_PUPIL_WRITE:
    case RIGHT_PUPIL_NOTE:
    case RIGHT_PUPIL_NAME:
        return staff ? staff_and_pupil(work, right, target.pupil) : ERR_NOT_FOUND;
    case RIGHT_CONVERSATION_READ:
    case RIGHT_CONVERSATION_WRITE:
        return staff ? staff_and_conversation(work, target.conversation) : ERR_NOT_FOUND;
    case RIGHT_CONVERSATION_SELF:
        return actor->kind == ACTOR_PUPIL ? pupil_and_conversation(work, target.conversation)
                                          : ERR_NOT_FOUND;
    case RIGHT_SCHOOL_READ:
        return granted(staff && (actor_has_role(actor, ROLE_ADMINISTRATOR) ||
                                 actor_has_role(actor, ROLE_COORDINATOR) ||
                                 actor_has_role(actor, ROLE_PRINCIPAL)));
    case RIGHT_SCHOOL_PEOPLE:
    case RIGHT_METHODS:
        return granted(staff && (actor_has_role(actor, ROLE_ADMINISTRATOR) ||
                                 actor_has_role(actor, ROLE_COORDINATOR)));
    case RIGHT_STRUCTURE:
        return granted(staff && actor_has_role(actor, ROLE_ADMINISTRATOR));
    case RIGHT_COVERAGE:
        return granted(staff && (actor_has_role(actor, ROLE_PRINCIPAL) ||
                                 actor_has_role(actor, ROLE_COORDINATOR)));
    case RIGHT_AUDIT:
        return granted(staff && (actor_has_role(actor, ROLE_COORDINATOR) ||
                                 actor_has_role(actor, ROLE_PRINCIPAL)));
    case RIGHT_PUPIL_SELF:
        return granted(actor->kind == ACTOR_PUPIL && actor->pupil.v != 0);
    case RIGHT_CLASS_DEVICE: /* the device cookie is the key; the page asks for it itself */
        return OK;
    case RIGHT_NOBODY:
    case RIGHT_COUNT_:
        break;
    }
    return ERR_NOT_FOUND;
}

const char *right_name(enum right right)
{
    static const char *const names[RIGHT_COUNT_] = {
        [RIGHT_NOBODY] = "RIGHT_NOBODY",
        [RIGHT_ANYONE] = "RIGHT_ANYONE",
        [RIGHT_ACCOUNT] = "RIGHT_ACCOUNT",
        [RIGHT_STAFF] = "RIGHT_STAFF",
        [RIGHT_GROUP_READ] = "RIGHT_GROUP_READ",
        [RIGHT_GROUP_BADGES] = "RIGHT_GROUP_BADGES",
        [RIGHT_PUPIL_READ] = "RIGHT_PUPIL_READ",
        [RIGHT_PUPIL_WRITE] = "RIGHT_PUPIL_WRITE",
        [RIGHT_PUPIL_NOTE] = "RIGHT_PUPIL_NOTE",
        [RIGHT_PUPIL_NAME] = "RIGHT_PUPIL_NAME",
        [RIGHT_SCHOOL_READ] = "RIGHT_SCHOOL_READ",
        [RIGHT_SCHOOL_PEOPLE] = "RIGHT_SCHOOL_PEOPLE",
        [RIGHT_STRUCTURE] = "RIGHT_STRUCTURE",
        [RIGHT_COVERAGE] = "RIGHT_COVERAGE",
        [RIGHT_AUDIT] = "RIGHT_AUDIT",
        [RIGHT_METHODS] = "RIGHT_METHODS",
        [RIGHT_GROUP_TEACH] = "RIGHT_GROUP_TEACH",
        [RIGHT_CONVERSATION_READ] = "RIGHT_CONVERSATION_READ",
        [RIGHT_CONVERSATION_WRITE] = "RIGHT_CONVERSATION_WRITE",
        [RIGHT_CONVERSATION_SELF] = "RIGHT_CONVERSATION_SELF",
        [RIGHT_PUPIL_SELF] = "RIGHT_PUPIL_SELF",
        [RIGHT_CLASS_DEVICE] = "RIGHT_CLASS_DEVICE",
    };
    return (unsigned)right < RIGHT_COUNT_ ? names[right] : "RIGHT_UNKNOWN";
}
