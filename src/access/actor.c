#include "access/actor.h"

#include "access/work.h"
#include "base/log.h"
#include "gen/access_sql.h"
#include "vault/vault.h"

int64_t actor_person(const struct actor *actor)
{
    switch (actor->kind) {
    case ACTOR_STAFF:
        return actor->staff.v;
    case ACTOR_PUPIL:
        return actor->pupil.v;
    case ACTOR_GUARDIAN:
        return actor->guardian.v;
    case ACTOR_EXTERNAL:
        return actor->external;
    case ACTOR_NOBODY:
    case ACTOR_PROGRAM:
        break;
    }
    return actor->account.v;
}

const struct actor_group *actor_group(const struct actor *actor, struct group_id group)
{
    for (size_t i = 0; i < actor->group_count; i++)
        if (actor->groups[i].group.v == group.v)
            return &actor->groups[i];
    return NULL;
}

static enum status know_school(struct work *work, struct school_id school, struct bytes key_wrapped)
{
    if (vault_school_known(work->vault, school))
        return OK;
    return vault_school_load(work->vault, school, key_wrapped);
}

/* Who is both support and teacher of a group is its teacher. */
static void take_group(struct actor *actor, struct group_id group, enum role role)
{
    for (size_t i = 0; i < actor->group_count; i++) {
        if (actor->groups[i].group.v == group.v) {
            if (role == ROLE_TEACHER)
                actor->groups[i].role = role;
            return;
        }
    }
    if (actor->group_count == ACTOR_GROUPS_MAX) {
        log_event(LOG_WARN, "actor_groups_cut", "staff=%s", id_text(actor->staff.v).s);
        return;
    }
    actor->groups[actor->group_count++] = (struct actor_group){.group = group, .role = role};
}

static void take_function(struct actor *actor, const struct sql_actor_functions *row)
{
    if (row->role == 0)
        return; /* a member of staff without any function this year */
    if (row->teaching_group.v == 0)
        actor->school_roles |= 1u << row->role;
    else
        take_group(actor, row->teaching_group, (enum role)row->role);
}

enum status actor_load_staff(struct work *work, struct actor *actor, struct actor_self *ret_self)
{
    struct sql_actor_functions *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_actor_functions(work->db, work->arena, actor->school, actor->staff, &rows, &count);
    if (st == OK && count == 0)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = know_school(work, actor->school, rows[0].school_key_wrapped);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        take_function(actor, &rows[i]);
    if (!ret_self)
        return OK;
    ret_self->colour = rows[0].colour;
    return person_open_with(work, PERSON_STAFF, actor->school, actor->staff.v, rows[0].slot,
                            rows[0].key_wrapped, rows[0].profile_sealed, &ret_self->person);
}

enum { VISIT_GUARDIAN = 3, VISIT_EXTERNAL = 4 }; /* visit_link.of_kind */
enum { VISIT_TO_PREPARE = 1 };                   /* visit_link.purpose */
enum { TOLD_NOTHING = 3 };                       /* guardianship.information */

enum status actor_load_visitor(struct work *work, struct actor *actor, int64_t visit)
{
    struct sql_actor_visitor row;
    enum status st =
        sql_actor_visitor(work->db, work->arena, actor->school, visit, work->now_ms, &row);
    if (st != OK)
        return st;
    bool guardian = actor->kind == ACTOR_GUARDIAN;
    bool fits = guardian ? row.of_kind == VISIT_GUARDIAN && row.information > 0 &&
                               row.information < TOLD_NOTHING
                         : row.of_kind == VISIT_EXTERNAL && row.taking_part > 0;
    if (!fits)
        return ERR_NOT_FOUND;
    actor->visit = row.id;
    actor->about = row.pupil;
    actor->may_prepare = row.purpose == VISIT_TO_PREPARE;
    if (guardian)
        actor->guardian = (struct guardian_id){row.of_person};
    else
        actor->external = row.of_person;
    return know_school(work, actor->school, row.school_key_wrapped);
}

enum status actor_load_pupil(struct work *work, const struct actor *actor)
{
    struct sql_actor_pupil row;
    enum status st = sql_actor_pupil(work->db, work->arena, actor->school, actor->pupil, &row);
    return st == OK ? know_school(work, actor->school, row.school_key_wrapped) : st;
}
