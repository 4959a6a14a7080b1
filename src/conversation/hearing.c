/* Who was heard when, in counts: opens nothing. */
#include <stdlib.h>

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "conversation/conversation.h"
#include "conversation/row.h"

/* The newest held conversation comes twice: once more than it counts, with no id. */
static void count_held(struct hearing *h, const struct sql_conversation_hearing_rows *row,
                       struct date since)
{
    if (!date_is_set(h->last_on) || date_compare(row->held_on, h->last_on) > 0)
        h->last_on = row->held_on;
    if (!row->next.v || date_compare(row->held_on, since) < 0)
        return;
    h->held++;
    h->held_formal += !row->is_informal;
    h->held_in_group += row->in_group != 0;
}

/* The first planned one; those without a day, wherever they stand, give way. */
static void note_plan(struct hearing *h, const struct sql_conversation_hearing_rows *row)
{
    if (h->next.v && !date_is_set(row->planned_on))
        return;
    int order = date_is_set(h->next_on) ? date_compare(row->planned_on, h->next_on) : -1;
    if (h->next.v && (order > 0 || (order == 0 && row->planned_minute >= h->next_at)))
        return;
    h->next = row->next;
    h->next_state = (enum conversation_state)row->state;
    h->next_on = row->planned_on;
    h->next_at = row->planned_minute;
}

static int by_pupil(const void *a, const void *b)
{
    const struct sql_conversation_hearing_rows *left = a, *right = b;
    return (left->about.v > right->about.v) - (left->about.v < right->about.v);
}

/* The newest of all comes for every pupil, also for who was never heard. */
static bool says_something(const struct sql_conversation_hearing_rows *row)
{
    return row->asked_at || row->next.v || date_is_set(row->held_on);
}

static void count_row(struct hearing *h, const struct sql_conversation_hearing_rows *row,
                      struct date since)
{
    if (row->asked_at)
        h->asked_at = row->asked_at;
    else if (row->state >= CONVERSATION_CLOSED)
        count_held(h, row, since);
    else
        note_plan(h, row);
}

enum status conversation_hearings(struct work *work, struct group_id group, struct date since,
                                  bool ever, struct hearing **ret, size_t *ret_count)
{
    struct sql_conversation_hearing_rows *rows = NULL;
    size_t count = 0, pupils = 0;
    enum status st = access_check(work, RIGHT_GROUP_READ, (struct target){.group = group});
    if (st != OK)
        return st;
    bool teaches = access_check(work, RIGHT_GROUP_TEACH, (struct target){.group = group}) == OK;
    st = sql_conversation_hearing_rows(work->db, work->arena, work_school(work), group, since,
                                       ever, teaches, &rows, &count);
    if (st != OK)
        return st;
    struct hearing *list = ARENA_ARRAY(work->arena, struct hearing, count);
    if (!list)
        return ERR_NOMEM;
    if (count)
        qsort(rows, count, sizeof *rows, by_pupil);
    for (size_t i = 0; i < count; i++) {
        if (!says_something(&rows[i]))
            continue;
        if (pupils == 0 || list[pupils - 1].pupil.v != rows[i].about.v)
            list[pupils++] = (struct hearing){.pupil = rows[i].about, .next_at = -1};
        count_row(&list[pupils - 1], &rows[i], since);
    }
    *ret = list;
    *ret_count = pupils;
    return OK;
}
