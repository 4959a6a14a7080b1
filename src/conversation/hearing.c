/* Who was heard when, in counts: opens nothing. */
#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "conversation/conversation.h"
#include "conversation/row.h"

static void add_held(struct hearing *h, const struct sql_conversation_hearing_rows *row)
{
    if (!date_is_set(h->last_on) || date_compare(row->last_on, h->last_on) > 0)
        h->last_on = row->last_on;
    h->held += (int)row->held;
    h->held_formal += (int)row->held_formal;
    h->held_in_group += (int)row->held_in_group;
}

/* Rows come in the order of their plan; those without a day, wherever they stand, give way. */
static void note_plan(struct hearing *h, const struct sql_conversation_hearing_rows *row)
{
    if (h->next.v && (date_is_set(h->next_on) || !date_is_set(row->planned_on)))
        return;
    h->next = row->next;
    h->next_state = (enum conversation_state)row->state;
    h->next_on = row->planned_on;
    h->next_at = row->planned_minute;
}

enum status conversation_hearings(struct work *work, struct group_id group, struct date since,
                                  struct hearing **ret, size_t *ret_count)
{
    struct sql_conversation_hearing_rows *rows = NULL;
    size_t count = 0, pupils = 0;
    enum status st = access_check(work, RIGHT_GROUP_READ, (struct target){.group = group});
    if (st != OK)
        return st;
    bool teaches = access_check(work, RIGHT_GROUP_TEACH, (struct target){.group = group}) == OK;
    st = sql_conversation_hearing_rows(work->db, work->arena, work_school(work), group, since,
                                       teaches, &rows, &count);
    if (st != OK)
        return st;
    struct hearing *list = ARENA_ARRAY(work->arena, struct hearing, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        if (pupils == 0 || list[pupils - 1].pupil.v != rows[i].about.v)
            list[pupils++] = (struct hearing){.pupil = rows[i].about, .next_at = -1};
        struct hearing *h = &list[pupils - 1];
        if (rows[i].asked_at)
            h->asked_at = rows[i].asked_at;
        else if (rows[i].state >= CONVERSATION_CLOSED)
            add_held(h, &rows[i]);
        else
            note_plan(h, &rows[i]);
    }
    *ret = list;
    *ret_count = pupils;
    return OK;
}
