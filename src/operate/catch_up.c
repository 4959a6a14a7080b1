#include "operate/catch_up.h"

#include "gen/dossier_sql.h"
#include "guardian/guardian.h"
#include "operate/cli.h"
#include "person/dossier.h"
#include "person/erasure.h"
#include "pupil/pupil.h"
#include "vault/vault.h"

static enum status erase_one(struct work *work, enum person_kind kind, int64_t id)
{
    switch (kind) {
    case PERSON_PUPIL:
        return pupil_erase(work, (struct pupil_id){id});
    case PERSON_GUARDIAN:
        return guardian_erase(work, (struct guardian_id){id});
    case PERSON_STAFF:
    case PERSON_GROUP:
        return dossier_erase(work, id);
    }
    return ERR_CORRUPT;
}

static enum status is_erased(struct work *work, const struct sql_dossier_all *row, bool *ret_erased)
{
    struct vault_key key;
    enum status st =
        vault_dossier_open(work->vault, work_school(work), row->slot, row->key_wrapped, &key);
    if (st == OK)
        vault_key_wipe(&key);
    *ret_erased = st == ERR_ERASED;
    return st == ERR_ERASED || st == ERR_CORRUPT ? OK : st; /* what is broken, `check` tells */
}

static enum status erase_kind(struct work *work, bool pupils, size_t *count)
{
    struct sql_dossier_all *rows = NULL;
    size_t row_count = 0;
    enum status st = sql_dossier_all(work->db, work->arena, work_school(work), &rows, &row_count);
    for (size_t i = 0; st == OK && i < row_count; i++) {
        bool erased = false;
        if ((rows[i].kind == PERSON_PUPIL) != pupils)
            continue;
        st = is_erased(work, &rows[i], &erased);
        if (st == OK && erased) {
            st = erase_one(work, (enum person_kind)rows[i].kind, rows[i].person.v);
            (*count)++;
        }
    }
    return st;
}

/*
 * One school in one transaction: all of it is erased already, only the rows say otherwise. Pupils
 * first, for they take guardians along.
 */
static enum status catch_up_school(struct work *work, void *context)
{
    size_t *count = context;
    *count = 0;
    enum status st = erase_kind(work, true, count);
    return st == OK ? erase_kind(work, false, count) : st;
}

enum status catch_up_erasures(struct cli *cli, const struct school_id *schools, size_t school_count,
                              size_t *ret_count)
{
    size_t total = 0, slots = 0;
    enum status st = OK;
    for (size_t i = 0; st == OK && i < school_count; i++) {
        size_t here = 0;
        cli->actor.school = schools[i];
        st = cli_transaction(cli, true, catch_up_school, &here);
        total += here;
    }
    cli->actor.school = (struct school_id){0};
    if (st == OK && total)
        st = erasure_finish(&cli->work, &slots);
    if (st == OK)
        *ret_count = total;
    return st;
}
