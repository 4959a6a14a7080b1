#include "person/dossier.h"

#include "access/work.h"
#include "gen/dossier_sql.h"

#define SLOTS_SKIPPED_MAX 100000

/* The key of the school as this transaction sees it. */
static enum status know_school(struct work *work, struct school_id school)
{
    struct sql_dossier_school_key row;
    enum status st = sql_dossier_school_key(work->db, work->arena, school, &row);
    return st == OK ? vault_school_load(work->vault, school, row.key_wrapped) : st;
}

static enum status make_key(struct work *work, int64_t slot, struct vault_key *ret_key,
                            struct bytes *ret_wrapped)
{
    struct school_id school = work_school(work);
    enum status st = vault_dossier_new(work->vault, work->random, work->arena, school, slot,
                                       ret_key, ret_wrapped);
    if (st != ERR_NOT_FOUND)
        return st;
    st = know_school(work, school); /* another process rotated it since the request began */
    return st == OK ? vault_dossier_new(work->vault, work->random, work->arena, school, slot,
                                        ret_key, ret_wrapped)
                    : st;
}

enum status dossier_reserve(struct work *work, size_t count)
{
    struct sql_dossier_take_slots taken;
    if (count == 0)
        return OK;
    enum status st = sql_dossier_take_slots(work->db, work->arena, work_school(work),
                                            (int64_t)count, &taken);
    if (st != OK)
        return st;
    work->slots_from = taken.slot;
    work->slots_until = taken.slot + (int64_t)count;
    return OK;
}

void dossier_unreserve(struct work *work)
{
    work->slots_from = work->slots_until = 0;
}

static enum status take_slot(struct work *work, int64_t *ret_slot)
{
    if (work->slots_from < work->slots_until) {
        *ret_slot = work->slots_from++;
        return OK;
    }
    struct sql_dossier_take_slot taken;
    enum status st = sql_dossier_take_slot(work->db, work->arena, work_school(work), &taken);
    if (st == OK)
        *ret_slot = taken.slot;
    return st;
}

enum status dossier_new(struct work *work, enum person_kind kind, int64_t id,
                        struct vault_key *ret_key)
{
    struct school_id school = work_school(work);
    int64_t slot = 0;
    struct vault_key key;
    struct bytes wrapped;
    enum status st = ERR_ERASED;
    /* In a restored database the next slot may be one that was used, and erased, after the backup.
     */
    for (int tries = 0; st == ERR_ERASED && tries < SLOTS_SKIPPED_MAX; tries++) {
        st = take_slot(work, &slot);
        if (st == OK)
            st = make_key(work, slot, &key, &wrapped);
    }
    if (st != OK)
        return st;
    st = sql_dossier_add(work->db, school, id, (int32_t)kind, slot, wrapped, work->now_ms,
                         NULL);
    if (st == OK)
        *ret_key = key;
    vault_key_wipe(&key);
    return st;
}

enum status dossier_key(struct work *work, struct school_id school, int64_t slot,
                        struct bytes key_wrapped, struct vault_key *ret_key)
{
    if (key_wrapped.len == 0)
        return ERR_ERASED;
    enum status st = vault_dossier_open(work->vault, school, slot, key_wrapped, ret_key);
    if (st != ERR_NOT_FOUND && st != ERR_CORRUPT)
        return st;
    enum status known = know_school(work, school);
    if (known == ERR_CORRUPT)
        return ERR_CONFLICT; /* this transaction still sees the key from before a rotation */
    return known == OK ? vault_dossier_open(work->vault, school, slot, key_wrapped, ret_key)
                       : known;
}

enum status dossier_open(struct work *work, int64_t id, struct vault_key *ret_key)
{
    struct school_id school = work_school(work);
    struct sql_dossier_find row;
    enum status st = sql_dossier_find(work->db, work->arena, school, id, &row);
    return st == OK ? dossier_key(work, school, row.slot, row.key_wrapped, ret_key) : st;
}

enum status dossier_erase(struct work *work, int64_t id)
{
    struct school_id school = work_school(work);
    struct sql_dossier_find row;
    enum status st = sql_dossier_find(work->db, work->arena, school, id, &row);
    if (st == OK)
        st = sql_dossier_forget_key(work->db, school, id, work->now_ms, NULL);
    return st == OK ? sql_erasure_note(work->db, school, row.slot, work->now_ms, NULL) : st;
}

static struct vault_place place(const struct work *work, const char *column, int64_t row)
{
    return (struct vault_place){.column = column, .school = work_school(work).v, .row = row};
}

enum status dossier_seal_text(struct work *work, const struct vault_key *key, const char *column,
                              int64_t row, const char *text, struct sealed *ret_sealed)
{
    return vault_seal(key, work->random, work->arena, place(work, column, row), text, strlen(text),
                      ret_sealed);
}

enum status dossier_open_text(struct work *work, const struct vault_key *key, const char *column,
                              int64_t row, struct sealed sealed, const char **ret_text)
{
    return vault_open(key, work->arena, place(work, column, row), sealed, ret_text);
}
