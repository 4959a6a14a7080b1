#include "access/access.h"

#include <assert.h>

#include "access/work.h"
#include "gen/access_sql.h"

/* How an actor of the school's staff stands to a pupil. */
enum nearness { FAR, SUPPORTS, TEACHES, OPENED };

static enum status group_exists(struct work *work, struct group_id group)
{
    struct sql_access_group_exists row;
    return sql_access_group_exists(work->db, work->arena, work_school(work), group, &row);
}

static enum status pupil_exists(struct work *work, struct pupil_id pupil)
{
    if (work->found.known_pupil.v == pupil.v) /* the route and the rule ask the same thing */
        return OK;
    struct sql_access_pupil_exists row;
    enum status st =
        sql_access_pupil_exists(work->db, work->arena, work_school(work), pupil, &row);
    if (st == OK)
        work->found.known_pupil = pupil;
    return st;
}

/* By the groups that actor and pupil are in this year. */
static enum status near_by_group(struct work *work, struct pupil_id pupil, enum nearness *ret_near)
{
    struct sql_access_groups_of_pupil *rows = NULL;
    size_t count = 0;
    enum status st = sql_access_groups_of_pupil(work->db, work->arena, work_school(work), pupil,
                                                &rows, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct actor_group *mine = actor_group(work->actor, rows[i].teaching_group);
        if (mine && mine->role == ROLE_TEACHER)
            *ret_near = TEACHES;
        else if (mine && *ret_near == FAR)
            *ret_near = SUPPORTS;
    }
    return st;
}

static bool has_emergency(const struct actor *actor)
{
    return actor_has_role(actor, ROLE_PRINCIPAL) || actor_has_role(actor, ROLE_COORDINATOR);
}

/* By emergency access that has not ended; of who has the function for it still. */
static enum status near_by_emergency(struct work *work, struct pupil_id pupil,
                                     enum nearness *ret_near)
{
    struct sql_access_emergency *rows = NULL;
    size_t count = 0;
    enum status st = sql_access_emergency(work->db, work->arena, work_school(work), pupil,
                                          work->actor->staff, work->now_ms, &rows, &count);
    if (st == OK && count)
        *ret_near = OPENED;
    return st;
}

static enum status nearness_to(struct work *work, struct pupil_id pupil, enum nearness *ret_near)
{
    if (work->found.near_pupil.v == pupil.v) {
        *ret_near = (enum nearness)work->found.nearness;
        return OK;
    }
    enum nearness near = FAR;
    enum status st = work->actor->group_count ? near_by_group(work, pupil, &near) : OK;
    if (st == OK && near == FAR && has_emergency(work->actor))
        st = near_by_emergency(work, pupil, &near);
    if (st != OK)
        return st;
    work->found.near_pupil = pupil;
    work->found.nearness = near;
    *ret_near = near;
    return OK;
}

static enum status staff_and_group(struct work *work, enum right right, struct group_id group)
{
    const struct actor *actor = work->actor;
    const struct actor_group *mine = actor_group(actor, group);
    if (group.v == 0) /* a route about a group without saying which */
        return ERR_NOT_FOUND;
    bool whole_school = actor_has_role(actor, ROLE_COORDINATOR);
    bool administrator = actor_has_role(actor, ROLE_ADMINISTRATOR);
    bool reads = right == RIGHT_GROUP_READ || right == RIGHT_GROUP_NAMES;
    if (reads && (mine || whole_school))
        return mine ? OK : group_exists(work, group);
    if (right == RIGHT_GROUP_TEACH && mine && mine->role == ROLE_TEACHER)
        return OK;
    if (right == RIGHT_GROUP_TEACH && whole_school)
        return group_exists(work, group);
    if (right == RIGHT_GROUP_BADGES && mine && mine->role == ROLE_TEACHER)
        return OK;
    bool of_desk = right == RIGHT_GROUP_BADGES || right == RIGHT_GROUP_NAMES;
    if (of_desk && administrator)
        return group_exists(work, group);
    return ERR_NOT_FOUND;
}

/* Kinds of people in the statements about conversations: conversation_person.kind */
enum { TAKES_PART_STAFF = 1, TAKES_PART_PUPIL = 2, TAKES_PART_GUARDIAN = 3 };

/* Who takes part in a conversation about a pupil knows whom it is about, and no more. */
static enum status talks_about(struct work *work, struct pupil_id pupil)
{
    struct sql_access_talk_about *rows = NULL;
    size_t count = 0;
    enum status st = sql_access_talk_about(work->db, work->arena, work_school(work), pupil,
                                           TAKES_PART_STAFF, work->actor->staff.v, &rows, &count);
    return st == OK && count == 0 ? ERR_NOT_FOUND : st;
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
    if (near == OPENED && (right == RIGHT_PUPIL_READ || right == RIGHT_PUPIL_NAME))
        return OK; /* to read, never to write */
    return right == RIGHT_PUPIL_NAME ? talks_about(work, pupil) : ERR_NOT_FOUND;
}

/* An open class device shows the names of its group; `pupil` must be in it now. */
static enum status class_and_pupil(struct work *work, struct pupil_id pupil)
{
    struct sql_access_groups_of_pupil *rows = NULL;
    size_t count = 0;
    enum status st = sql_access_groups_of_pupil(work->db, work->arena, work_school(work), pupil,
                                                &rows, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (rows[i].teaching_group.v == work->actor->class_group.v)
            return OK;
    return st == OK ? ERR_NOT_FOUND : st;
}

static bool is_program(const struct actor *actor)
{
    return actor->kind == ACTOR_PROGRAM && actor->school.v != 0;
}

/* Who is no staff, and what a name is all they see of. */
static enum status others_and_names(struct work *work, enum right right, struct target target)
{
    const struct actor *actor = work->actor;
    bool pupils = right == RIGHT_PUPIL_NAME;
    if (pupils ? target.pupil.v == 0 : target.group.v == 0)
        return ERR_NOT_FOUND;
    if (is_program(actor))
        return pupils ? pupil_exists(work, target.pupil) : group_exists(work, target.group);
    if (actor->kind == ACTOR_PUPIL)
        return pupils && actor->pupil.v == target.pupil.v ? OK : ERR_NOT_FOUND;
    if (actor_is_visitor(actor))
        return pupils && actor->about.v == target.pupil.v ? OK : ERR_NOT_FOUND;
    if (actor->kind != ACTOR_NOBODY || actor->class_group.v == 0)
        return ERR_NOT_FOUND;
    if (pupils)
        return class_and_pupil(work, target.pupil);
    return actor->class_group.v == target.group.v ? OK : ERR_NOT_FOUND;
}

enum { STATE_CLOSED = 5 }; /* conversation.state from which on it is no open work */

/* What is about one pupil is part of the dossier: who may read that reads it, also by emergency. */
static enum status staff_and_conversation(struct work *work, enum right right,
                                          struct conversation_id conversation)
{
    bool reads = right == RIGHT_CONVERSATION_READ;
    struct sql_access_conversation row;
    enum status st =
        sql_access_conversation(work->db, work->arena, work_school(work), conversation,
                                TAKES_PART_STAFF, work->actor->staff.v, &row);
    if (st != OK)
        return st;
    if (row.part) /* who led it is no reason: a teacher who lost the group has lost its talks */
        return OK;
    if (row.pupil.v)
        return staff_and_pupil(work, reads ? RIGHT_PUPIL_READ : RIGHT_PUPIL_WRITE, row.pupil);
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

/* An external has the one conversation; a guardian those about the child that the link is about. */
static enum status visitor_and_conversation(struct work *work, struct conversation_id conversation)
{
    const struct actor *actor = work->actor;
    struct sql_access_conversation row;
    if (conversation.v == 0)
        return ERR_NOT_FOUND;
    if (conversation.v == actor->visit.v)
        return OK;
    if (actor->kind != ACTOR_GUARDIAN || actor->about.v == 0)
        return ERR_NOT_FOUND;
    enum status st =
        sql_access_conversation(work->db, work->arena, work_school(work), conversation,
                                TAKES_PART_GUARDIAN, actor->guardian.v, &row);
    return st == OK && row.pupil.v != actor->about.v ? ERR_NOT_FOUND : st;
}

static bool staff_of_school(const struct actor *actor)
{
    return actor->kind == ACTOR_STAFF && actor->school.v != 0 && actor->staff.v != 0;
}

static enum status granted(bool yes)
{
    return yes ? OK : ERR_NOT_FOUND;
}

static enum status find_conversation_right(struct work *work, enum right right,
                                           struct conversation_id conversation)
{
    const struct actor *actor = work->actor;
    if (right == RIGHT_CONVERSATION_SELF)
        return actor->kind == ACTOR_PUPIL ? pupil_and_conversation(work, conversation)
                                          : ERR_NOT_FOUND;
    if (right == RIGHT_VISIT_CONVERSATION)
        return actor_is_visitor(actor) ? visitor_and_conversation(work, conversation)
                                       : ERR_NOT_FOUND;
    return staff_of_school(actor) ? staff_and_conversation(work, right, conversation)
                                  : ERR_NOT_FOUND;
}

/* A right that was granted is not asked for again; a refusal is, and no right stands for another. */
static enum status check_conversation(struct work *work, enum right right,
                                      struct conversation_id conversation)
{
    if (conversation.v && work->found.conversation.v == conversation.v &&
        work->found.right == (int)right)
        return OK;
    enum status st = find_conversation_right(work, right, conversation);
    if (st == OK) {
        work->found.conversation = conversation;
        work->found.right = (int)right;
    }
    return st;
}

enum status access_check(struct work *work, enum right right, struct target target)
{
    assert(work && work->actor);
    const struct actor *actor = work->actor;
    bool staff = staff_of_school(actor);
    if (work->found.actor != actor) {
        access_forget(work);
        work->found.actor = actor;
    }

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
    case RIGHT_GROUP_NAMES:
        return staff ? staff_and_group(work, right, target.group)
                     : others_and_names(work, right, target);
    case RIGHT_PUPIL_NAME:
        return staff ? staff_and_pupil(work, right, target.pupil)
                     : others_and_names(work, right, target);
    case RIGHT_PUPIL_READ:
    case RIGHT_PUPIL_WRITE:
    case RIGHT_PUPIL_NOTE:
        return staff ? staff_and_pupil(work, right, target.pupil) : ERR_NOT_FOUND;
    case RIGHT_DOSSIER_EXPORT:
        if (!staff || !target.pupil.v ||
            !(actor_has_role(actor, ROLE_COORDINATOR) || actor_has_role(actor, ROLE_ADMINISTRATOR)))
            return ERR_NOT_FOUND;
        return pupil_exists(work, target.pupil);
    case RIGHT_CONVERSATION_READ:
    case RIGHT_CONVERSATION_WRITE:
    case RIGHT_CONVERSATION_SELF:
    case RIGHT_VISIT_CONVERSATION:
        return check_conversation(work, right, target.conversation);
    case RIGHT_SCHOOL_READ:
    case RIGHT_HEARING_TARGET:
        return granted(staff && (actor_has_role(actor, ROLE_ADMINISTRATOR) ||
                                 actor_has_role(actor, ROLE_COORDINATOR) ||
                                 actor_has_role(actor, ROLE_PRINCIPAL)));
    case RIGHT_SCHOOL_PEOPLE:
        return granted(is_program(actor) ||
                       (staff && (actor_has_role(actor, ROLE_ADMINISTRATOR) ||
                                  actor_has_role(actor, ROLE_COORDINATOR))));
    case RIGHT_METHODS:
        return granted(staff && (actor_has_role(actor, ROLE_ADMINISTRATOR) ||
                                 actor_has_role(actor, ROLE_COORDINATOR)));
    case RIGHT_STRUCTURE:
        return granted(is_program(actor) ||
                       (staff && actor_has_role(actor, ROLE_ADMINISTRATOR)));
    case RIGHT_RETENTION:
        return granted(is_program(actor) ||
                       (staff && (actor_has_role(actor, ROLE_ADMINISTRATOR) ||
                                  actor_has_role(actor, ROLE_PRINCIPAL))));
    case RIGHT_COVERAGE:
        return granted(staff && (actor_has_role(actor, ROLE_PRINCIPAL) ||
                                 actor_has_role(actor, ROLE_COORDINATOR)));
    case RIGHT_AUDIT:
        return granted(staff && (actor_has_role(actor, ROLE_COORDINATOR) ||
                                 actor_has_role(actor, ROLE_PRINCIPAL)));
    case RIGHT_EMERGENCY:
        if (!staff || !has_emergency(actor))
            return ERR_NOT_FOUND;
        return target.pupil.v ? pupil_exists(work, target.pupil) : OK;
    case RIGHT_PUPIL_SELF:
        return granted(actor->kind == ACTOR_PUPIL && actor->pupil.v != 0);
    case RIGHT_VISIT:
        return granted(actor_is_visitor(actor) && actor->visit.v != 0);
    case RIGHT_CLASS_DEVICE: /* the device cookie is the key; the page asks for it itself */
        return OK;
    case RIGHT_NOBODY:
    case RIGHT_COUNT_:
        break;
    }
    return ERR_NOT_FOUND;
}

void access_forget(struct work *work)
{
    work->found = (struct access_found){.nearness = FAR};
}

enum status access_check_school(struct work *work, enum right right)
{
    const struct target nothing = {.group = {0}};
    return access_check(work, right, nothing);
}

const char *right_name(enum right right)
{
    static const char *const names[RIGHT_COUNT_] = {
        [RIGHT_NOBODY] = "RIGHT_NOBODY",
        [RIGHT_ANYONE] = "RIGHT_ANYONE",
        [RIGHT_ACCOUNT] = "RIGHT_ACCOUNT",
        [RIGHT_STAFF] = "RIGHT_STAFF",
        [RIGHT_GROUP_READ] = "RIGHT_GROUP_READ",
        [RIGHT_GROUP_NAMES] = "RIGHT_GROUP_NAMES",
        [RIGHT_GROUP_BADGES] = "RIGHT_GROUP_BADGES",
        [RIGHT_PUPIL_READ] = "RIGHT_PUPIL_READ",
        [RIGHT_PUPIL_WRITE] = "RIGHT_PUPIL_WRITE",
        [RIGHT_PUPIL_NOTE] = "RIGHT_PUPIL_NOTE",
        [RIGHT_DOSSIER_EXPORT] = "RIGHT_DOSSIER_EXPORT",
        [RIGHT_PUPIL_NAME] = "RIGHT_PUPIL_NAME",
        [RIGHT_SCHOOL_READ] = "RIGHT_SCHOOL_READ",
        [RIGHT_SCHOOL_PEOPLE] = "RIGHT_SCHOOL_PEOPLE",
        [RIGHT_STRUCTURE] = "RIGHT_STRUCTURE",
        [RIGHT_RETENTION] = "RIGHT_RETENTION",
        [RIGHT_HEARING_TARGET] = "RIGHT_HEARING_TARGET",
        [RIGHT_COVERAGE] = "RIGHT_COVERAGE",
        [RIGHT_AUDIT] = "RIGHT_AUDIT",
        [RIGHT_EMERGENCY] = "RIGHT_EMERGENCY",
        [RIGHT_METHODS] = "RIGHT_METHODS",
        [RIGHT_GROUP_TEACH] = "RIGHT_GROUP_TEACH",
        [RIGHT_CONVERSATION_READ] = "RIGHT_CONVERSATION_READ",
        [RIGHT_CONVERSATION_WRITE] = "RIGHT_CONVERSATION_WRITE",
        [RIGHT_CONVERSATION_SELF] = "RIGHT_CONVERSATION_SELF",
        [RIGHT_PUPIL_SELF] = "RIGHT_PUPIL_SELF",
        [RIGHT_VISIT] = "RIGHT_VISIT",
        [RIGHT_VISIT_CONVERSATION] = "RIGHT_VISIT_CONVERSATION",
        [RIGHT_CLASS_DEVICE] = "RIGHT_CLASS_DEVICE",
    };
    return (unsigned)right < RIGHT_COUNT_ ? names[right] : "RIGHT_UNKNOWN";
}
