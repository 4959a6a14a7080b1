#include "operate/rotation.h"

#include <sodium.h>

#include "access/audit.h"
#include "base/random.h"
#include "db/db.h"
#include "gen/dossier_sql.h"
#include "gen/school_sql.h"
#include "operate/cli.h"
#include "school/school.h"
#include "vault/vault.h"

/* --- a school ------------------------------------------------------------------------------ */

struct school_rotation {
    struct vault_rotation *vault;
    struct bytes wrapped; /* the school's new key */
    struct school_id school;
    size_t dossiers;
    bool committing; /* a failure after this may have been written after all */
};

/* A dossier whose slot is erased has nothing to rewrap: only the row did not know it yet. */
static enum status rewrap(struct work *work, const struct school_rotation *r,
                          const struct sql_dossier_all *row)
{
    struct bytes wrapped;
    enum status st = vault_dossier_rewrap(r->vault, work->random, work->arena, row->slot,
                                          row->key_wrapped, row->slot, &wrapped);
    if (st == ERR_ERASED)
        return sql_dossier_forget_key(work->db, r->school, row->person.v, work->now_ms, NULL);
    return st == OK
               ? sql_dossier_rewrap(work->db, r->school, row->person.v, row->slot, wrapped, NULL)
               : st;
}

/*
 * The school's row first: whoever makes or erases a dossier waits for it. Then the log's head,
 * which every change moves: with it in hand, no writer in between makes all of this be done again.
 */
static enum status rewrap_all(struct work *work, struct school_rotation *r)
{
    struct sql_dossier_all *rows = NULL;
    size_t count = 0;
    enum status st = sql_school_set_key(work->db, r->school, r->wrapped, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_KEYS_ROTATED, 0, r->school.v);
    if (st == OK)
        st = sql_dossier_all(work->db, work->arena, r->school, &rows, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = rewrap(work, r, &rows[i]);
    r->dossiers = count;
    return st;
}

static enum status store(struct cli *cli, struct school_rotation *r)
{
    enum status st = ERR_CONFLICT;
    for (int tries = 0; st == ERR_CONFLICT && tries < 20; tries++) {
        r->committing = false;
        st = db_begin(cli->db, DB_WRITE);
        if (st == OK)
            st = rewrap_all(&cli->work, r);
        if (st == OK) {
            r->committing = true;
            st = db_commit(cli->db);
        }
        db_rollback(cli->db);
    }
    return st;
}

static enum status settle_school(struct work *work, void *context)
{
    const struct school_id *school = context;
    struct sql_dossier_school_key row;
    enum status st = sql_dossier_lock_school(work->db, *school, NULL);
    if (st == OK)
        st = sql_dossier_school_key(work->db, work->arena, *school, &row);
    return st == OK ? vault_school_settle(work->vault, *school, row.key_wrapped) : st;
}

static enum status load_school(struct work *work, void *context)
{
    const struct school_id *school = context;
    return school_know(work, *school);
}

enum status rotation_of_school(struct cli *cli, struct school_id school, size_t *ret_dossiers)
{
    struct school_rotation r = {.school = school};
    cli->actor.school = school;
    enum status st = cli_transaction(cli, false, load_school, &school);
    if (st == OK)
        st = vault_school_rotate(cli->vault, cli->work.random, cli->arena, school, &r.vault,
                                 &r.wrapped);
    if (st != OK)
        return st;
    st = store(cli, &r);
    if (st == OK) {
        st = vault_school_adopt(r.vault);
    } else if (r.committing && st == ERR_DB) {
        /* It may have been written. The database knows; when it cannot be asked, settle later. */
        vault_school_leave(r.vault);
        IGNORE(cli_transaction(cli, true, settle_school, &school));
    } else {
        vault_school_abandon(r.vault);
    }
    if (st == OK)
        *ret_dossiers = r.dossiers;
    return st;
}

/* --- the master key ------------------------------------------------------------------------ */

struct master_rotation {
    struct cli *cli;
    const uint8_t *new_master;
};

static enum status wrap_school(struct work *work, const struct master_rotation *m,
                               struct school_id school)
{
    struct bytes wrapped;
    enum status st = school_know(work, school);
    if (st == OK)
        st = vault_school_wrap_for(work->vault, m->new_master, work->random, work->arena, school,
                                   &wrapped);
    if (st == OK)
        st = sql_school_set_key(work->db, school, wrapped, NULL);
    m->cli->actor.school = school;
    return st == OK ? audit_change(work, AUDIT_KEYS_ROTATED, 0, 0) : st;
}

static enum status wrap_all(struct work *work, void *context)
{
    const struct master_rotation *m = context;
    struct school_id *schools = NULL;
    size_t count = 0;
    enum status st = school_ids(work, &schools, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = wrap_school(work, m, schools[i]);
    m->cli->actor.school = (struct school_id){0};
    return st;
}

/*
 * Steps 2 and 3, for a key of which step 1 is done. When the database did not take it, the state
 * stays PENDING, in which all opens: settling goes on from there.
 */
static enum status take_over(struct cli *cli, const uint8_t new_master[VAULT_KEY_BYTES])
{
    struct master_rotation m = {.cli = cli, .new_master = new_master};
    enum status st = cli_transaction(cli, true, wrap_all, &m);
    return st == OK ? vault_master_replace(cli->vault, new_master) : st;
}

static enum status settle_master(struct cli *cli, size_t *settled)
{
    uint8_t key[VAULT_KEY_BYTES];
    enum status st = OK;
    switch (vault_master_state(cli->vault, key)) {
    case VAULT_MASTER_SETTLED:
        return OK;
    case VAULT_MASTER_PENDING:
        st = take_over(cli, key);
        break;
    case VAULT_MASTER_LEFTOVER:
        vault_master_key(cli->vault, key);
        st = vault_master_replace(cli->vault, key);
        break;
    }
    sodium_memzero(key, sizeof key);
    *settled += st == OK;
    return st;
}

enum status rotation_of_master(struct cli *cli)
{
    uint8_t key[VAULT_KEY_BYTES];
    size_t settled = 0;
    enum vault_master_state state = vault_master_state(cli->vault, key);
    enum status st = state == VAULT_MASTER_LEFTOVER ? settle_master(cli, &settled) : OK;
    if (st == OK && state != VAULT_MASTER_PENDING) { /* one that was begun becomes the new key */
        random_fill(cli->work.random, key, sizeof key);
        st = vault_master_begin(cli->vault, key);
    }
    if (st == OK)
        st = take_over(cli, key);
    sodium_memzero(key, sizeof key);
    return st;
}

enum status rotation_take_in(struct cli *cli, const uint8_t former_master[VAULT_KEY_BYTES])
{
    uint8_t present[VAULT_KEY_BYTES];
    vault_master_admit(cli->vault, former_master);
    vault_master_key(cli->vault, present);
    struct master_rotation m = {.cli = cli, .new_master = present};
    enum status st = cli_transaction(cli, true, wrap_all, &m);
    sodium_memzero(present, sizeof present);
    return st;
}

/* --- ending what was cut short --------------------------------------------------------------- */

struct school_list {
    struct school_id *ids;
    size_t count;
};

static enum status read_schools(struct work *work, void *context)
{
    struct school_list *list = context;
    return school_ids(work, &list->ids, &list->count);
}

enum status rotation_settle(struct cli *cli, size_t *ret_settled)
{
    struct school_list list = {0};
    size_t settled = 0;
    enum status st = cli_transaction(cli, false, read_schools, &list);
    for (size_t i = 0; st == OK && i < list.count; i++) {
        if (!vault_school_rotating(cli->vault, list.ids[i]))
            continue;
        st = cli_transaction(cli, true, settle_school, &list.ids[i]);
        settled += st == OK;
    }
    if (st == OK)
        st = settle_master(cli, &settled);
    if (st == OK)
        *ret_settled = settled;
    return st;
}
