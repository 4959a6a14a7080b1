#include "person/erasure.h"

#include "access/work.h"
#include "base/arena.h"
#include "db/db.h"
#include "gen/dossier_sql.h"
#include "vault/vault.h"

#define TRIES_MAX 10

static enum status marked_generation(struct work *work, int64_t *ret_generation)
{
    struct sql_keyring_mark_row *rows = NULL;
    size_t count = 0;
    enum status st = sql_keyring_mark_row(work->db, work->arena, &rows, &count);
    if (st == OK)
        *ret_generation = count ? rows->generation : 0;
    return st;
}

/* Only forward. */
enum status erasure_mark(struct work *work)
{
    int64_t marked = 0;
    int64_t now = (int64_t)vault_generation(work->vault);
    enum status st = marked_generation(work, &marked);
    return st == OK && now > marked ? sql_keyring_mark_set(work->db, now, work->now_ms, NULL) : st;
}

enum status erasure_keyring_is_older(struct work *work, bool *ret_older)
{
    int64_t marked = 0;
    enum status st = marked_generation(work, &marked);
    if (st == OK)
        *ret_older = (int64_t)vault_generation(work->vault) < marked;
    return st;
}

enum status erasure_due(struct work *work, struct school_id school, size_t *ret_slots)
{
    struct sql_erasure_slots *rows = NULL;
    return sql_erasure_slots(work->db, work->arena, school, &rows, ret_slots);
}

static enum status erase_slots(struct work *work, struct school_id school, const int64_t *slots,
                               size_t count)
{
    struct vault_key own;
    enum status st = vault_erase(work->vault, school, slots, count);
    if (st != ERR_NOT_FOUND)
        return st;
    /* A school without a tree has no secrets left; one with a tree means that the file is gone. */
    st = vault_school_own_key(work->vault, school, &own);
    vault_key_wipe(&own);
    return st == OK ? ERR_IO : st == ERR_NOT_FOUND ? OK : st;
}

/*
 * The keyring is written before the commit that strikes the slots out: whatever fails in between,
 * they are still due, and erasing twice is erasing. The lock makes a rotation wait.
 */
static enum status finish_school(struct work *work, struct school_id school, size_t *ret_slots)
{
    struct sql_erasure_slots *rows = NULL;
    size_t count = 0;
    enum status st = sql_dossier_lock_school(work->db, school, NULL);
    if (st == OK)
        st = sql_erasure_slots(work->db, work->arena, school, &rows, &count);
    int64_t *slots = ARENA_ARRAY(work->arena, int64_t, count);
    if (st == OK && !slots)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        slots[i] = rows[i].slot;
    if (st == OK)
        st = erase_slots(work, school, slots, count);
    if (st == OK)
        st = sql_erasure_strike(work->db, school, NULL);
    if (st == OK)
        st = erasure_mark(work);
    if (st == OK)
        *ret_slots = count;
    return st;
}

static enum status finish_one(struct work *work, struct school_id school, size_t *ret_slots)
{
    enum status st = ERR_CONFLICT;
    for (int tries = 0; st == ERR_CONFLICT && tries < TRIES_MAX; tries++) {
        if (vault_school_rotating(work->vault, school))
            return ERR_CONFLICT; /* trying at once would not help */
        st = db_begin(work->db, DB_WRITE);
        if (st == OK)
            st = finish_school(work, school, ret_slots);
        if (st == OK)
            st = db_commit(work->db);
        db_rollback(work->db);
    }
    return st;
}

static enum status schools_due(struct work *work, struct sql_erasure_schools **ret_schools,
                               size_t *ret_count)
{
    enum status st = db_begin(work->db, DB_READ);
    if (st == OK)
        st = sql_erasure_schools(work->db, work->arena, ret_schools, ret_count);
    db_rollback(work->db);
    return st;
}

enum status erasure_finish(struct work *work, size_t *ret_slots)
{
    struct sql_erasure_schools *schools = NULL;
    size_t count = 0, slots = 0;
    bool postponed = false;
    enum status st = schools_due(work, &schools, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        size_t here = 0;
        st = finish_one(work, schools[i].at_school, &here);
        slots += here;
        if (st == ERR_CONFLICT) {
            postponed = true;
            st = OK;
        }
    }
    if (st == OK)
        *ret_slots = slots;
    return st == OK && postponed ? ERR_CONFLICT : st;
}

enum status erasure_of_school(struct work *work, struct school_id school)
{
    enum status st = sql_erased_school_add(work->db, school.v, work->now_ms, NULL);
    if (st == OK)
        st = vault_school_erase(work->vault, school);
    return st == OK ? erasure_mark(work) : st;
}

enum status erasure_schools(struct work *work, struct erased_school **ret_schools,
                            size_t *ret_count)
{
    struct sql_erased_school_rows *rows = NULL;
    size_t count = 0;
    enum status st = sql_erased_school_rows(work->db, work->arena, &rows, &count);
    struct erased_school *schools = ARENA_ARRAY(work->arena, struct erased_school, count);
    if (st == OK && !schools)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        schools[i] = (struct erased_school){{rows[i].was_school}, rows[i].erased_at};
    *ret_schools = schools;
    *ret_count = count;
    return OK;
}

static enum status repeat_schools(struct work *work)
{
    struct erased_school *schools = NULL;
    size_t count = 0;
    enum status st = erasure_schools(work, &schools, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = vault_school_erase(work->vault, schools[i].school);
    return st;
}

static enum status repeat_school(struct work *work, struct school_id school)
{
    struct sql_dossier_erased_slots *rows = NULL;
    size_t count = 0;
    enum status st = sql_dossier_lock_school(work->db, school, NULL);
    if (st == OK)
        st = sql_dossier_erased_slots(work->db, work->arena, school, &rows, &count);
    int64_t *slots = ARENA_ARRAY(work->arena, int64_t, count);
    if (st == OK && !slots)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        slots[i] = rows[i].slot;
    return st == OK ? erase_slots(work, school, slots, count) : st;
}

static enum status repeat_all(struct work *work, bool *ret_older)
{
    enum status st = erasure_keyring_is_older(work, ret_older);
    if (st != OK || !*ret_older)
        return st;
    struct sql_dossier_schools *schools = NULL;
    size_t count = 0;
    st = sql_dossier_schools(work->db, work->arena, &schools, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = repeat_school(work, schools[i].id);
    if (st == OK)
        st = repeat_schools(work);
    /* From here on this keyring is the one that counts, although its number is lower. */
    if (st == OK)
        st = sql_keyring_mark_set(work->db, (int64_t)vault_generation(work->vault), work->now_ms,
                                  NULL);
    return st;
}

enum status erasure_repeat(struct work *work, bool *ret_older)
{
    bool older = false;
    enum status st = ERR_CONFLICT;
    for (int tries = 0; st == ERR_CONFLICT && tries < TRIES_MAX; tries++) {
        st = db_begin(work->db, DB_WRITE);
        if (st == OK)
            st = repeat_all(work, &older);
        if (st == OK)
            st = db_commit(work->db);
        db_rollback(work->db);
    }
    if (st == OK)
        *ret_older = older;
    return st;
}
