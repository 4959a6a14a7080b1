#include "pupil/emergency.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/emergency_sql.h"
#include "person/dossier.h"

#define REASON "emergency.reason"

static bool reason_valid(const char *reason)
{
    size_t chars = utf8_chars(reason);
    return !str_is_blank(reason) && chars >= EMERGENCY_REASON_MIN && chars <= EMERGENCY_REASON_MAX;
}

static enum status seal_reason(struct work *work, struct pupil_id pupil, struct emergency_id id,
                               const char *reason, struct sealed *ret_sealed)
{
    struct vault_key key = {{0}};
    enum status st = dossier_open(work, pupil.v, &key);
    if (st == OK)
        st = dossier_seal_text(work, &key, REASON, id.v, reason, ret_sealed);
    vault_key_wipe(&key);
    return st == ERR_ERASED ? ERR_NOT_FOUND : st;
}

enum status emergency_open(struct work *work, struct pupil_id pupil, const char *reason,
                           struct emergency_id *ret_id)
{
    if (!reason_valid(reason))
        return ERR_INVALID;
    struct target target = {.pupil = pupil};
    struct emergency_id id = {work_new_id(work)};
    struct sealed sealed;
    enum status st = pupil.v ? access_check(work, RIGHT_EMERGENCY, target) : ERR_NOT_FOUND;
    if (st == OK && access_check(work, RIGHT_PUPIL_READ, target) == OK)
        st = ERR_CONFLICT;
    if (st == OK)
        st = seal_reason(work, pupil, id, reason, &sealed);
    if (st == OK)
        st = sql_emergency_insert(work->db, work_school(work), id, pupil, work->actor->staff,
                                  sealed, work->now_ms, work->now_ms + EMERGENCY_MS, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_EMERGENCY_OPENED, pupil.v, id.v);
    if (st != OK)
        return st;
    access_forget(work); /* what was found out before is no longer so */
    *ret_id = id;
    return OK;
}

static enum status open_row(struct work *work, const struct sql_emergency_rows *row,
                            const struct vault_key *key, struct emergency *ret)
{
    *ret = (struct emergency){.id = row->id,
                              .staff = row->staff,
                              .made_at = row->made_at,
                              .ends_at = row->ends_at};
    struct person staff;
    enum status st =
        dossier_open_text(work, key, REASON, row->id.v, row->reason_sealed, &ret->reason);
    if (st == OK)
        st = person_open_with(work, PERSON_STAFF, work_school(work), row->staff.v, row->staff_slot,
                              row->staff_key_wrapped, row->staff_sealed, &staff);
    if (st == OK)
        ret->staff_name = person_full(work->arena, &staff);
    return st;
}

enum status emergency_of_pupil(struct work *work, struct pupil_id pupil, struct emergency **ret,
                               size_t *ret_count)
{
    struct sql_emergency_rows *rows = NULL;
    size_t count = 0;
    enum status st = access_check(work, RIGHT_PUPIL_READ, (struct target){.pupil = pupil});
    if (st == OK)
        st = sql_emergency_rows(work->db, work->arena, work_school(work), pupil, &rows, &count);
    if (st != OK)
        return st;
    struct emergency *list = ARENA_ARRAY(work->arena, struct emergency, count);
    struct vault_key key = {{0}};
    if (!list)
        return ERR_NOMEM;
    if (count)
        st = dossier_key(work, work_school(work), rows[0].slot, rows[0].key_wrapped, &key);
    for (size_t i = 0; st == OK && i < count; i++)
        st = open_row(work, &rows[i], &key, &list[i]);
    vault_key_wipe(&key);
    if (st != OK)
        return st == ERR_ERASED ? ERR_NOT_FOUND : st;
    *ret = list;
    *ret_count = count;
    return OK;
}
