#include "conversation/round.h"

#include <assert.h>

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/row.h"
#include "gen/round_sql.h"
#include "group/group.h"
#include "method/store.h"

#define DAY_MINUTES 1440

/* --- slots ---------------------------------------------------------------------------------------- */

static bool slots_valid(const struct round_slots *s)
{
    if (!date_valid(s->from_on) || !date_valid(s->until_on) ||
        date_compare(s->until_on, s->from_on) < 0 ||
        date_to_days(s->until_on) - date_to_days(s->from_on) >= ROUND_WEEKS_MAX * 7)
        return false;
    if (!(s->weekdays & 0xfeu) || s->weekdays & ~0xfeu || s->per_day < 1 ||
        s->per_day > ROUND_PER_DAY_MAX || s->minutes < 1 || s->minutes > 180)
        return false;
    return s->starts_at == -1 ||
           (s->starts_at >= 0 && s->starts_at + s->per_day * s->minutes <= DAY_MINUTES);
}

static bool is_slot_day(const struct round_slots *s, struct date day)
{
    return s->weekdays >> date_weekday(day) & 1u;
}

enum status round_room(const struct round_slots *slots, size_t *ret_room)
{
    if (!slots_valid(slots))
        return ERR_INVALID;
    size_t days = 0;
    for (struct date d = slots->from_on; date_compare(d, slots->until_on) <= 0;
         d = date_add_days(d, 1))
        days += is_slot_day(slots, d);
    *ret_room = days * (size_t)slots->per_day;
    return OK;
}

enum status round_slot(const struct round_slots *slots, size_t n, struct date *ret_on, int *ret_at)
{
    if (!slots_valid(slots))
        return ERR_INVALID;
    size_t day = n / (size_t)slots->per_day;
    int place = (int)(n % (size_t)slots->per_day);
    for (struct date d = slots->from_on; date_compare(d, slots->until_on) <= 0;
         d = date_add_days(d, 1)) {
        if (!is_slot_day(slots, d) || day-- > 0)
            continue;
        *ret_on = d;
        *ret_at = slots->starts_at < 0 ? -1 : slots->starts_at + place * slots->minutes;
        return OK;
    }
    return ERR_LIMIT;
}

/* --- planning ------------------------------------------------------------------------------------- */

static bool is_member(const struct group_member *members, size_t count, struct pupil_id pupil)
{
    for (size_t i = 0; i < count; i++)
        if (members[i].pupil.v == pupil.v)
            return true;
    return false;
}

/* Everybody is in the group, and nobody twice. A group is small: comparing all is cheap. */
static enum status check_pupils(struct work *work, const struct round_draft *draft)
{
    struct group_member *members = NULL;
    size_t count = 0;
    if (draft->pupil_count == 0 || draft->pupil_count > GROUP_MEMBERS_MAX)
        return ERR_INVALID;
    enum status st = group_members(work, draft->group, &members, &count);
    if (st != OK)
        return st;
    for (size_t i = 0; i < draft->pupil_count; i++) {
        if (!is_member(members, count, draft->pupils[i]))
            return ERR_INVALID;
        for (size_t j = 0; j < i; j++)
            if (draft->pupils[j].v == draft->pupils[i].v)
                return ERR_INVALID;
    }
    return OK;
}

static enum status plan_one(struct work *work, struct conversation_round_id id,
                            const struct round_draft *draft, size_t n)
{
    struct conversation_draft one = {.method_key = draft->method_key,
                                     .pupil = draft->pupils[n],
                                     .minutes = draft->slots.minutes,
                                     .place = draft->place,
                                     .aim = draft->aim,
                                     .round = id};
    enum status st = round_slot(&draft->slots, n, &one.planned_on, &one.planned_at);
    struct conversation_id conversation = {work_new_id(work)};
    return st == OK ? conversation_plan(work, conversation, &one) : st;
}

static enum status plan_all(struct work *work, struct conversation_round_id id,
                            const struct round_draft *draft)
{
    const struct method *method = NULL;
    struct method_version_id version;
    enum status st = method_pin(work, draft->method_key, &version, &method);
    if (st == ERR_NOT_FOUND)
        return ERR_INVALID;
    if (st == OK)
        st = sql_round_insert(work->db, work_school(work), id, draft->group, version,
                              work->actor->staff, draft->slots.from_on, draft->slots.until_on,
                              draft->slots.minutes, work->now_ms, NULL);
    for (size_t i = 0; st == OK && i < draft->pupil_count; i++)
        st = plan_one(work, id, draft, i);
    return st;
}

enum status round_plan(struct work *work, struct conversation_round_id id,
                       const struct round_draft *draft)
{
    assert(work && draft && id.v);

    size_t room = 0;
    struct sql_round_row row;
    enum status st = access_check(work, RIGHT_GROUP_TEACH, (struct target){.group = draft->group});
    if (st == OK)
        st = round_room(&draft->slots, &room);
    if (st == OK && room < draft->pupil_count)
        st = ERR_INVALID;
    if (st == OK)
        st = check_pupils(work, draft);
    if (st != OK)
        return st;
    st = sql_round_row(work->db, work->arena, work_school(work), id, &row);
    if (st == OK)
        return row.teaching_group.v == draft->group.v ? OK : ERR_CONFLICT;
    return st == ERR_NOT_FOUND ? plan_all(work, id, draft) : st;
}

/* --- reading -------------------------------------------------------------------------------------- */

static void read_row(const struct sql_round_row *row, struct round *ret)
{
    *ret = (struct round){.id = row->id,
                          .group = row->teaching_group,
                          .method_version = row->method_version,
                          .method_key = row->method_key,
                          .leader = row->leader,
                          .from_on = row->from_on,
                          .until_on = row->until_on,
                          .minutes = row->minutes,
                          .closed_at = row->closed_at,
                          .planned = (int)row->planned,
                          .held = (int)row->held};
}

enum status round_of_group(struct work *work, struct group_id group, struct round **ret,
                           size_t *ret_count)
{
    struct sql_round_row *rows = NULL;
    size_t count = 0;
    enum status st = access_check(work, RIGHT_GROUP_TEACH, (struct target){.group = group});
    if (st == OK)
        st = sql_round_rows_of_group(work->db, work->arena, work_school(work), group, ROUNDS_MAX,
                                     &rows, &count);
    if (st != OK)
        return st;
    struct round *list = ARENA_ARRAY(work->arena, struct round, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        read_row(&rows[i], &list[i]);
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status round_find(struct work *work, struct conversation_round_id id, struct round *ret)
{
    struct sql_round_row row;
    enum status st = sql_round_row(work->db, work->arena, work_school(work), id, &row);
    if (st == OK)
        st = access_check(work, RIGHT_GROUP_TEACH, (struct target){.group = row.teaching_group});
    if (st == OK)
        read_row(&row, ret);
    return st;
}

enum status round_conversations(struct work *work, struct conversation_round_id id,
                                struct conversation **ret, size_t *ret_count)
{
    struct round round;
    struct sql_conversation_row *rows = NULL;
    size_t count = 0;
    enum status st = round_find(work, id, &round);
    if (st == OK)
        st = sql_conversation_rows_of_round(work->db, work->arena, work_school(work), id,
                                            CONVERSATIONS_MAX, &rows, &count);
    return st == OK ? conversation_read_list(work, rows, count, ret, ret_count) : st;
}

enum status round_invite(struct work *work, struct conversation_round_id id)
{
    struct round round;
    struct sql_round_conversation_ids *rows = NULL;
    size_t count = 0;
    enum status st = round_find(work, id, &round);
    if (st == OK)
        st = sql_round_conversation_ids(work->db, work->arena, work_school(work), id, &rows,
                                        &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (rows[i].state < CONVERSATION_UNDER_WAY)
            st = conversation_invite(work, rows[i].id);
    return st;
}
