#include "conversation/conversation.h"

#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "conversation/row.h"
#include "group/group.h"
#include "method/store.h"
#include "person/dossier.h"
#include "sharing/wish.h"

#define PLAN_AHEAD_DAYS 400

static bool text_fits(const char *text, size_t most)
{
    return text && utf8_chars(text) <= most;
}

static bool moment_valid(const struct work *work, struct date on, int at, int minutes)
{
    if (at < -1 || at > 1439 || minutes < 0 || minutes > 180)
        return false;
    if (!date_is_set(on))
        return at == -1;
    return date_valid(on) && date_compare(on, date_add_days(work->today, PLAN_AHEAD_DAYS)) <= 0 &&
           date_compare(on, date_add_days(work->today, -PLAN_AHEAD_DAYS)) >= 0;
}

static bool draft_valid(const struct work *work, const struct conversation_draft *draft)
{
    return (draft->pupil.v != 0) != (draft->group.v != 0) &&
           (!draft->pupil_count || draft->group.v) &&
           moment_valid(work, draft->planned_on, draft->planned_at, draft->minutes) &&
           text_fits(draft->place, CONVERSATION_PLACE_MAX) &&
           text_fits(draft->aim, CONVERSATION_AIM_MAX);
}

/* A method about a group is no conversation with one pupil, nor the other way about. */
static bool method_fits(const struct method *method, const struct conversation_draft *draft)
{
    bool of_group = method->about == ABOUT_GROUP || method->about == ABOUT_PUPILS;
    return of_group ? draft->group.v != 0 || method->about == ABOUT_PUPILS : draft->pupil.v != 0;
}

/* The key of what is said: the pupil's, or the group's own, made at its first conversation. */
static enum status dossier_of(struct work *work, const struct conversation_draft *draft,
                              struct answer_seal *ret_seal)
{
    struct school_id school = work_school(work);
    if (draft->pupil.v) {
        ret_seal->dossier = draft->pupil.v;
        return dossier_open(work, draft->pupil.v, &ret_seal->key);
    }
    struct sql_group_dossier_row row;
    enum status st = sql_group_dossier_row(work->db, work->arena, school, draft->group, &row);
    if (st == OK) {
        ret_seal->dossier = row.dossier.v;
        return dossier_open(work, row.dossier.v, &ret_seal->key);
    }
    if (st != ERR_NOT_FOUND)
        return st;
    struct dossier_id id = {work_new_id(work)};
    st = dossier_new(work, PERSON_GROUP, id.v, &ret_seal->key);
    if (st == OK)
        st = sql_group_dossier_insert(work->db, school, draft->group, id, NULL);
    ret_seal->dossier = id.v;
    return st;
}

static enum status add_pupil(struct work *work, struct conversation_id id, struct pupil_id pupil,
                             enum method_part part)
{
    return sql_conversation_person_insert(work->db, work_school(work), id, PARTICIPANT_PUPIL,
                                          pupil.v, (int32_t)part, (struct sealed){0},
                                          (struct sealed){0}, 0, NULL);
}

static enum status add_members(struct work *work, struct conversation_id id, struct group_id group)
{
    struct group_member *members = NULL;
    size_t count = 0;
    enum status st = group_members(work, group, &members, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = add_pupil(work, id, members[i].pupil, PART_PUPILS);
    return st;
}

/* Those whom the method names and who are known: the pupil, or the pupils of the group. */
static enum status add_people(struct work *work, struct conversation_id id,
                              const struct method *method, const struct conversation_draft *draft)
{
    if (!(method->takes_part & (PART_PUPIL | PART_PUPILS)))
        return OK;
    if (draft->pupil.v)
        return add_pupil(work, id, draft->pupil, PART_PUPIL);
    if (!draft->pupil_count)
        return add_members(work, id, draft->group);
    enum status st = OK;
    for (size_t i = 0; st == OK && i < draft->pupil_count; i++)
        st = add_pupil(work, id, draft->pupils[i], PART_PUPILS);
    return st;
}

static enum status check_draft_right(struct work *work, const struct conversation_draft *draft)
{
    struct target target = {.pupil = draft->pupil, .group = draft->group};
    enum right right = draft->pupil.v ? RIGHT_PUPIL_WRITE : RIGHT_GROUP_TEACH;
    return access_check(work, right, target);
}

static enum status insert(struct work *work, struct conversation *c, const struct answer_seal *seal)
{
    struct sealed details;
    enum status st = conversation_seal_details(work, &seal->key, c, &details);
    if (st == OK)
        st = sql_conversation_insert(work->db, work_school(work), c->id,
                                     (struct dossier_id){seal->dossier}, c->pupil, c->group,
                                     c->method_version, c->leader, c->round, c->follows,
                                     (int32_t)c->state, c->is_informal, c->planned_on,
                                     c->planned_at, c->minutes, c->held_on, details, work->now_ms,
                                     c->closed_at, NULL);
    return st;
}

/* The same id again: fine when it is about the same and by the same, which is a form sent twice. */
static enum status is_the_same(struct work *work, struct conversation_id id, struct pupil_id pupil,
                               struct group_id group)
{
    struct conversation found;
    enum status st = conversation_open(work, RIGHT_CONVERSATION_READ, id, &found);
    if (st != OK)
        return ERR_CONFLICT;
    bool same = found.pupil.v == pupil.v && found.group.v == group.v &&
                found.leader.v == work->actor->staff.v;
    return same ? OK : ERR_CONFLICT;
}

static bool exists(struct work *work, struct conversation_id id)
{
    struct sql_conversation_row row;
    return sql_conversation_row(work->db, work->arena, work_school(work), id, &row) == OK;
}

/* A follow-up follows something that was held, about the same. */
static enum status check_follows(struct work *work, const struct conversation_draft *draft)
{
    struct conversation before;
    if (!draft->follows.v)
        return OK;
    enum status st = conversation_open(work, RIGHT_CONVERSATION_READ, draft->follows, &before);
    if (st != OK)
        return st == ERR_NOT_FOUND ? ERR_INVALID : st;
    bool is_closed = before.state == CONVERSATION_CLOSED || before.state == CONVERSATION_EVALUATED;
    return is_closed && before.pupil.v == draft->pupil.v && before.group.v == draft->group.v
               ? OK
               : ERR_INVALID;
}

enum status conversation_pin(struct work *work, const struct conversation_draft *draft,
                             struct plan_pin *ret)
{
    enum status st = method_pin(work, draft->method_key, &ret->version, &ret->method);
    bool unfit = st == OK && !method_fits(ret->method, draft);
    return unfit || st == ERR_NOT_FOUND ? ERR_INVALID : st;
}

enum status conversation_plan_pinned(struct work *work, struct conversation_id id,
                                     const struct conversation_draft *draft,
                                     const struct plan_pin *pin, const struct answer_seal *seal)
{
    struct conversation c = {.id = id,
                             .pupil = draft->pupil,
                             .group = draft->group,
                             .method_version = pin->version,
                             .leader = work->actor->staff,
                             .round = draft->round,
                             .follows = draft->follows,
                             .state = CONVERSATION_PLANNED,
                             .planned_on = draft->planned_on,
                             .planned_at = draft->planned_at,
                             .minutes = draft->minutes ? draft->minutes : pin->method->minutes,
                             .place = draft->place,
                             .aim = draft->aim};
    if (!draft_valid(work, draft))
        return ERR_INVALID;
    enum status st = insert(work, &c, seal);
    if (st == OK)
        st = add_people(work, id, pin->method, draft);
    return st == OK ? audit_change(work, AUDIT_CONVERSATION_PLANNED, draft->pupil.v, id.v) : st;
}

enum status conversation_plan(struct work *work, struct conversation_id id,
                              const struct conversation_draft *draft)
{
    assert(work && draft && id.v);

    if (!draft_valid(work, draft))
        return ERR_INVALID;
    enum status st = check_draft_right(work, draft);
    if (st != OK)
        return st;
    if (exists(work, id))
        return is_the_same(work, id, draft->pupil, draft->group);
    struct plan_pin pin;
    struct answer_seal seal = {0};
    st = check_follows(work, draft);
    if (st == OK)
        st = conversation_pin(work, draft, &pin);
    if (st == OK && draft->pupil_count)
        st = group_has_members(work, draft->group, draft->pupils, draft->pupil_count);
    if (st == OK)
        st = dossier_of(work, draft, &seal);
    if (st == OK)
        st = conversation_plan_pinned(work, id, draft, &pin, &seal);
    vault_key_wipe(&seal.key);
    return st;
}

static bool informal_valid(const struct work *work, struct date held_on, const char *note)
{
    return text_fits(note, CONVERSATION_AIM_MAX) && date_valid(held_on) &&
           date_compare(held_on, work->today) <= 0 &&
           date_school_year(held_on) == date_school_year(work->today);
}

enum status conversation_note_informal(struct work *work, struct conversation_id id,
                                       struct pupil_id pupil, struct date held_on, const char *note)
{
    assert(work && id.v);

    if (!informal_valid(work, held_on, note))
        return ERR_INVALID;
    enum status st = access_check(work, RIGHT_PUPIL_WRITE, (struct target){.pupil = pupil});
    if (st != OK)
        return st;
    if (exists(work, id))
        return is_the_same(work, id, pupil, (struct group_id){0});
    const struct method *method = NULL;
    struct answer_seal seal = {.dossier = pupil.v};
    struct conversation c = {.id = id,
                             .pupil = pupil,
                             .leader = work->actor->staff,
                             .state = CONVERSATION_CLOSED,
                             .is_informal = true,
                             .planned_at = -1,
                             .held_on = held_on,
                             .closed_at = work->now_ms,
                             .note = note};
    st = method_pin(work, CONVERSATION_INFORMAL_METHOD, &c.method_version, &method);
    if (st == OK)
        st = dossier_open(work, pupil.v, &seal.key);
    if (st == OK)
        st = insert(work, &c, &seal);
    if (st == OK)
        st = add_pupil(work, id, pupil, PART_PUPIL);
    if (st == OK)
        st = audit_change(work, AUDIT_CONVERSATION_NOTED, pupil.v, id.v);
    if (st == OK)
        st = wish_talked(work, pupil);
    vault_key_wipe(&seal.key);
    return st;
}

/* --- reading -------------------------------------------------------------------------------------- */

static enum status open_row(struct work *work, struct conversation_id id, struct conversation *ret)
{
    struct sql_conversation_row row;
    struct conversation c;
    enum status st = sql_conversation_row(work->db, work->arena, work_school(work), id, &row);
    if (st == OK)
        st = conversation_read_row(work, &row, NULL, &c);
    if (st == OK)
        st = method_by_version(work, c.method_version, &c.method);
    if (st == OK)
        *ret = c;
    return st;
}

enum status conversation_open(struct work *work, enum right right, struct conversation_id id,
                              struct conversation *ret)
{
    assert(work && ret);

    enum status st = access_check(work, right, (struct target){.conversation = id});
    return st == OK ? open_row(work, id, ret) : st;
}

enum status conversation_open_bare(struct work *work, enum right right, struct conversation_id id,
                                   struct conversation *ret)
{
    assert(work && ret);

    struct sql_conversation_row row;
    struct conversation c;
    enum status st = access_check(work, right, (struct target){.conversation = id});
    if (st == OK)
        st = sql_conversation_row(work->db, work->arena, work_school(work), id, &row);
    if (st == OK)
        st = conversation_read_bare(work, &row, &c);
    if (st == OK)
        st = method_by_version(work, c.method_version, &c.method);
    if (st == OK)
        *ret = c;
    return st;
}

enum status conversation_open_by_program(struct work *work, struct conversation_id id,
                                         struct conversation *ret)
{
    assert(work && ret);

    return work->actor->kind == ACTOR_PROGRAM ? open_row(work, id, ret) : ERR_NOT_FOUND;
}

/* The seal is the pupil's from here on: the group's key opened what the group planned, and no answer. */
static enum status take_own_seal(struct work *work, struct pupil_id pupil, struct conversation *c)
{
    struct answer_seal group = c->seal;
    enum status st = answer_seal_for(work, &group, VOICE_PUPIL, pupil.v, &c->seal);
    vault_key_wipe(&group.key);
    return st;
}

enum status conversation_open_part(struct work *work, struct conversation_id id,
                                   struct pupil_id pupil, struct conversation *ret)
{
    assert(work && ret);

    struct sql_conversation_person_row row;
    struct conversation c;
    enum status st = access_check(work, RIGHT_PUPIL_READ, (struct target){.pupil = pupil});
    if (st == OK)
        st = sql_conversation_person_row(work->db, work->arena, work_school(work), id,
                                         PARTICIPANT_PUPIL, pupil.v, &row);
    if (st == OK && row.part != PART_PUPILS)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = open_row(work, id, &c);
    if (st == OK)
        st = take_own_seal(work, pupil, &c);
    if (st == OK)
        *ret = c;
    return st;
}

enum status conversation_of_pupil(struct work *work, struct pupil_id pupil,
                                  struct conversation **ret, size_t *ret_count)
{
    struct sql_conversation_row *rows = NULL;
    size_t count = 0;
    enum status st = access_check(work, RIGHT_PUPIL_READ, (struct target){.pupil = pupil});
    if (st == OK)
        st = sql_conversation_rows_of_pupil(work->db, work->arena, work_school(work), pupil,
                                            CONVERSATIONS_MAX, &rows, &count);
    return st == OK ? conversation_read_list(work, rows, count, ret, ret_count) : st;
}

enum status conversation_of_self(struct work *work, struct conversation **ret, size_t *ret_count)
{
    struct sql_conversation_row *rows = NULL;
    size_t count = 0;
    enum status st = access_check(work, RIGHT_PUPIL_SELF, (struct target){.pupil = {0}});
    if (st == OK)
        st = sql_conversation_rows_of_self(work->db, work->arena, work_school(work),
                                           work->actor->pupil.v, CONVERSATIONS_MAX, &rows, &count);
    if (st != OK)
        return st;
    size_t kept = 0; /* a weak sign-in reaches open work only */
    for (size_t i = 0; i < count; i++)
        if (!work->actor->is_weak || rows[i].state < CONVERSATION_CLOSED)
            rows[kept++] = rows[i];
    return conversation_read_list(work, rows, kept, ret, ret_count);
}

enum status conversation_of_group(struct work *work, struct group_id group,
                                  struct conversation **ret, size_t *ret_count)
{
    struct sql_conversation_row *rows = NULL;
    size_t count = 0;
    enum status st = access_check(work, RIGHT_GROUP_TEACH, (struct target){.group = group});
    if (st == OK)
        st = sql_conversation_rows_of_group(work->db, work->arena, work_school(work), group,
                                            CONVERSATIONS_MAX, &rows, &count);
    return st == OK ? conversation_read_list(work, rows, count, ret, ret_count) : st;
}
