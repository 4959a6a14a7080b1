#include "person/dossier.h"

#include "access/work.h"
#include "gen/dossier_sql.h"

enum status dossier_new(struct work *work, enum person_kind kind, int64_t id,
                        struct vault_key *ret_key)
{
    struct school_id school = work_school(work);
    struct sql_dossier_take_slot taken;
    enum status st = sql_dossier_take_slot(work->db, work->arena, school, &taken);
    if (st != OK)
        return st;
    struct vault_key key;
    struct bytes wrapped;
    st = vault_dossier_new(work->vault, work->random, work->arena, school, taken.slot, &key,
                           &wrapped);
    if (st != OK)
        return st;
    st = sql_dossier_add(work->db, school, id, (int32_t)kind, taken.slot, wrapped, work->now_ms,
                         NULL);
    if (st == OK)
        *ret_key = key;
    return st;
}

enum status dossier_open(struct work *work, int64_t id, struct vault_key *ret_key)
{
    struct school_id school = work_school(work);
    struct sql_dossier_find row;
    enum status st = sql_dossier_find(work->db, work->arena, school, id, &row);
    if (st != OK)
        return st;
    if (row.key_wrapped.len == 0)
        return ERR_ERASED;
    return vault_dossier_open(work->vault, school, row.slot, row.key_wrapped, ret_key);
}

enum status dossier_erase(struct work *work, int64_t id)
{
    struct school_id school = work_school(work);
    struct sql_dossier_find row;
    enum status st = sql_dossier_find(work->db, work->arena, school, id, &row);
    if (st != OK)
        return st;
    st = sql_dossier_forget_key(work->db, school, id, work->now_ms, NULL);
    return st == OK ? vault_erase(work->vault, school, row.slot) : st;
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
