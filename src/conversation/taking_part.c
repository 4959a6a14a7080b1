#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "conversation/conversation.h"
#include "gen/conversation_sql.h"
#include "person/person.h"

static enum status open_row(struct work *work, const struct sql_conversation_taking_part_rows *row,
                            struct taking_part *ret)
{
    struct person leader, pupil;
    *ret = (struct taking_part){.id = row->id,
                                .method_version = row->method_version,
                                .state = (enum conversation_state)row->state,
                                .planned_on = row->planned_on,
                                .planned_at = row->planned_minute,
                                .held_on = row->held_on,
                                .call = ""};
    enum status st =
        person_open_with(work, PERSON_STAFF, work_school(work), row->leader.v, row->leader_slot,
                         row->leader_key_wrapped, row->leader_sealed, &leader);
    if (st == OK)
        ret->leader = person_full(work->arena, &leader);
    if (st != OK || !row->pupil.v)
        return st;
    st = person_open_with(work, PERSON_PUPIL, work_school(work), row->pupil.v, row->pupil_slot,
                          row->pupil_key_wrapped, row->pupil_sealed, &pupil);
    if (st == OK)
        ret->call = person_call(work->arena, &pupil);
    return st;
}

enum status conversation_taking_part(struct work *work, struct taking_part **ret, size_t *ret_count)
{
    struct sql_conversation_taking_part_rows *rows = NULL;
    size_t count = 0;
    enum status st = access_check_school(work, RIGHT_STAFF);
    if (st == OK)
        st =
            sql_conversation_taking_part_rows(work->db, work->arena, work_school(work),
                                              work->actor->staff, CONVERSATIONS_MAX, &rows, &count);
    struct taking_part *list = ARENA_ARRAY(work->arena, struct taking_part, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = open_row(work, &rows[i], &list[i]);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}
