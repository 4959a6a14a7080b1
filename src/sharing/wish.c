#include "sharing/wish.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/wish_sql.h"

enum status wish_of_self(struct work *work, int64_t *ret_at)
{
    struct sql_wish_open row;
    enum status st = access_check_school(work, RIGHT_PUPIL_SELF);
    if (st == OK)
        st = sql_wish_open(work->db, work->arena, work_school(work), work->actor->pupil, &row);
    if (st == OK)
        *ret_at = row.made_at;
    if (st != ERR_NOT_FOUND || work->actor->kind != ACTOR_PUPIL)
        return st;
    *ret_at = 0;
    return OK;
}

enum status wish_raise(struct work *work)
{
    struct talk_wish_id id = {work_new_id(work)};
    int64_t at = 0;
    enum status st = wish_of_self(work, &at);
    if (st != OK || at)
        return st;
    st = sql_wish_insert(work->db, work_school(work), id, work->actor->pupil, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_TALK_WISHED, work->actor->pupil.v, id.v) : st;
}

enum status wish_talked(struct work *work, struct pupil_id pupil)
{
    size_t changed = 0;
    if (!pupil.v)
        return OK;
    enum status st = sql_wish_end(work->db, work_school(work), pupil, work->now_ms, &changed);
    return st == OK && changed ? audit_change(work, AUDIT_TALK_WISH_ENDED, pupil.v, 0) : st;
}

enum status wish_lower(struct work *work)
{
    enum status st = access_check_school(work, RIGHT_PUPIL_SELF);
    return st == OK ? wish_talked(work, work->actor->pupil) : st;
}

enum status wish_put_away(struct work *work, struct pupil_id pupil)
{
    enum status st = access_check(work, RIGHT_PUPIL_WRITE, (struct target){.pupil = pupil});
    return st == OK ? wish_talked(work, pupil) : st;
}
