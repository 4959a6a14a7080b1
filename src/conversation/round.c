#include "conversation/round.h"

#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/row.h"
#include "gen/round_sql.h"
#include "group/group.h"
#include "method/store.h"
#include "person/dossier.h"

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

/* One key per pupil, all in one statement. */
static const struct sql_round_keys *key_row(const struct sql_round_keys *rows, size_t count,
                                            struct pupil_id pupil)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].pupil.v == pupil.v)
            return &rows[i];
    return NULL;
}

static enum status plan_one(struct work *work, const struct conversation_draft *of_round,
                            const struct plan_pin *pin, const struct round_draft *draft, size_t n,
                            const struct sql_round_keys *row)
{
    struct conversation_draft one = *of_round;
    struct answer_seal seal = {.dossier = draft->pupils[n].v, .pupil = draft->pupils[n]};
    if (!row) /* left since the members were read */
        return ERR_INVALID;
    one.pupil = draft->pupils[n];
    enum status st = round_slot(&draft->slots, n, &one.planned_on, &one.planned_at);
    if (st == OK)
        st = dossier_key(work, work_school(work), row->slot, row->key_wrapped, &seal.key);
    if (st == OK)
        st = conversation_plan_pinned(work, (struct conversation_id){work_new_id(work)}, &one, pin,
                                      &seal);
    vault_key_wipe(&seal.key);
    return st;
}

static enum status plan_turns(struct work *work, const struct conversation_draft *of_round,
                              const struct plan_pin *pin, const struct round_draft *draft)
{
    struct sql_round_keys *rows = NULL;
    struct audit_batch batch;
    size_t count = 0;
    enum status st = sql_round_keys(work->db, work->arena, work_school(work), draft->group, &rows,
                                    &count);
    if (st == OK)
        st = audit_batch_begin(work, &batch);
    if (st != OK)
        return st;
    for (size_t i = 0; st == OK && i < draft->pupil_count; i++)
        st = plan_one(work, of_round, pin, draft, i, key_row(rows, count, draft->pupils[i]));
    return audit_batch_end(work, st);
}

static enum status plan_all(struct work *work, struct conversation_round_id id,
                            const struct round_draft *draft)
{
    const struct conversation_draft of_round = {.method_key = draft->method_key,
                                                .pupil = draft->pupils[0],
                                                .minutes = draft->slots.minutes,
                                                .place = draft->place,
                                                .aim = draft->aim,
                                                .round = id};
    struct plan_pin pin;
    enum status st = conversation_pin(work, &of_round, &pin);
    if (st == OK)
        st = sql_round_insert(work->db, work_school(work), id, draft->group, pin.version,
                              work->actor->staff, draft->slots.from_on, draft->slots.until_on,
                              draft->slots.minutes, work->now_ms, NULL);
    return st == OK ? plan_turns(work, &of_round, &pin, draft) : st;
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
        st = group_has_members(work, draft->group, draft->pupils, draft->pupil_count);
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

/* One line in the log per conversation; the rows themselves change all at once. */
static enum status note_invited(struct work *work, const struct sql_round_to_invite *rows,
                                size_t count)
{
    struct audit_batch batch;
    enum status st = audit_batch_begin(work, &batch);
    if (st != OK)
        return st;
    for (size_t i = 0; st == OK && i < count; i++)
        st = audit_change(work, AUDIT_CONVERSATION_INVITED, rows[i].pupil.v, rows[i].id.v);
    return audit_batch_end(work, st);
}

enum status round_invite(struct work *work, struct conversation_round_id id)
{
    struct round round;
    struct sql_round_to_invite *rows = NULL;
    struct school_id school = work_school(work);
    size_t count = 0;
    enum status st = round_find(work, id, &round);
    if (st == OK)
        st = sql_round_to_invite(work->db, work->arena, school, id, round.group, &rows, &count);
    if (st != OK || count == 0)
        return st;
    st = sql_round_invite_people(work->db, school, id, round.group, work->now_ms, NULL);
    if (st == OK)
        st = sql_round_invite(work->db, school, id, round.group, work->now_ms, NULL);
    return st == OK ? note_invited(work, rows, count) : st;
}
