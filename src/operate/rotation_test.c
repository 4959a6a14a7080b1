#include "db/db_fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "gen/dossier_sql.h"
#include "gen/school_sql.h"
#include "operate/rotation.h"
#include "operate/testing.h"
#include "person/dossier.h"
#include "person/erasure.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "vault/vault.h"

/* New keys, cut short at every step, and beside another process that has the old ones. */

enum { PUPILS = 3 };

static void fill(struct house *house, void **state)
{
    house_open(house, fixture_db(state));
    assert_status(house_fill(&house->cli, &(struct house_draft){PUPILS, "De Linde"}, house), OK);
}

static void all_opens(struct house *house)
{
    assert_int_equal(house_readable(house), PUPILS);
    house_crash(house);
    assert_int_equal(house_readable(house), PUPILS);
}

static void a_school_gets_new_keys(void **state)
{
    struct house house;
    size_t dossiers = 0;
    fill(&house, state);
    assert_status(rotation_of_school(&house.cli, house.school, &dossiers), OK);
    assert_int_equal(dossiers, 1 + 2 * PUPILS);
    assert_false(vault_school_rotating(house.cli.vault, house.school));
    all_opens(&house);
    assert_status(rotation_of_school(&house.cli, house.school, &dossiers), OK);
    all_opens(&house);
    house_close(&house);
}

/*
 * A failure of any statement, or of the commit, leaves a school that opens, and at most a rotation
 * to settle, after which it can be done anew.
 */
static void a_rotation_that_fails_anywhere_loses_nothing(void **state)
{
    struct house house;
    size_t dossiers = 0, settled = 0, n = 1, left = 0;
    fill(&house, state);
    for (;; n++) {
        db_fail_at(house.cli.db, n, ERR_DB);
        enum status st = rotation_of_school(&house.cli, house.school, &dossiers);
        db_fail_at(house.cli.db, 0, OK);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
        assert_int_equal(house_readable(&house), PUPILS);
        left += vault_school_rotating(house.cli.vault, house.school);
        assert_status(rotation_settle(&house.cli, &settled), OK);
        assert_false(vault_school_rotating(house.cli.vault, house.school));
        all_opens(&house);
    }
    assert_true(n > 10);
    all_opens(&house);
    assert_int_equal(left, 0);
    house_close(&house);
}

struct rotating {
    struct house *house;
    struct vault_rotation *rotation;
    struct bytes wrapped;
};

static enum status rewrap(struct work *work, void *context)
{
    struct rotating *r = context;
    struct school_id school = r->house->school;
    struct sql_dossier_all *rows = NULL;
    size_t count = 0;
    enum status st = sql_school_set_key(work->db, school, r->wrapped, NULL);
    if (st == OK)
        st = sql_dossier_all(work->db, work->arena, school, &rows, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        struct bytes wrapped;
        st = vault_dossier_rewrap(r->rotation, work->random, work->arena, rows[i].slot,
                                  rows[i].key_wrapped, rows[i].slot, &wrapped);
        if (st == OK)
            st =
                sql_dossier_rewrap(work->db, school, rows[i].person.v, rows[i].slot, wrapped, NULL);
    }
    return st;
}

static struct rotating begin(struct house *house)
{
    struct rotating r = {.house = house};
    assert_true(house_readable(house) > 0); /* and the school's key is known */
    assert_status(vault_school_rotate(house->cli.vault, &house->cli.random, house->cli.arena,
                                      house->school, &r.rotation, &r.wrapped),
                  OK);
    return r;
}

static void cut_short_before_the_commit(void **state)
{
    struct house house;
    size_t settled = 0, dossiers = 0;
    fill(&house, state);
    struct rotating r = begin(&house);
    vault_school_leave(r.rotation);
    house_crash(&house);
    assert_true(vault_school_rotating(house.cli.vault, house.school));
    assert_int_equal(house_readable(&house), PUPILS);
    assert_status(rotation_of_school(&house.cli, house.school, &dossiers), ERR_CONFLICT);
    assert_status(rotation_settle(&house.cli, &settled), OK);
    assert_int_equal(settled, 1);
    all_opens(&house);
    house_close(&house);
}

static void cut_short_after_the_commit(void **state)
{
    struct house house;
    size_t settled = 0;
    fill(&house, state);
    struct rotating r = begin(&house);
    assert_status(cli_transaction(&house.cli, true, rewrap, &r), OK);
    vault_school_leave(r.rotation);
    house_crash(&house);
    assert_true(vault_school_rotating(house.cli.vault, house.school));
    assert_int_equal(house_readable(&house), PUPILS);
    assert_status(rotation_settle(&house.cli, &settled), OK);
    assert_int_equal(settled, 1);
    all_opens(&house);
    house_close(&house);
}

static enum status erase(struct work *work, void *context)
{
    const struct pupil_id *pupil = context;
    return pupil_erase(work, *pupil);
}

/* The slots stay, so what was due before a rotation is right after it. */
static void an_erasure_that_was_due_hits_nobody_else(void **state)
{
    struct house house;
    size_t dossiers = 0, slots = 0;
    fill(&house, state);
    assert_status(cli_transaction(&house.cli, true, erase, &house.pupils[0]), OK);
    struct rotating r = begin(&house);
    assert_status(erasure_finish(&house.cli.work, &slots), ERR_CONFLICT); /* waits for its end */
    vault_school_abandon(r.rotation);
    assert_status(rotation_of_school(&house.cli, house.school, &dossiers), OK);
    assert_status(erasure_finish(&house.cli.work, &slots), OK);
    assert_int_equal(slots, 2);
    assert_int_equal(house_readable(&house), PUPILS - 1);
    house_close(&house);
}

struct reading {
    struct pupil_id pupil;
    struct vault *vault;
};

/* As a page of serve does: a vault that knew the school before. */
static enum status read_name(struct work *work, void *context)
{
    const struct reading *r = context;
    struct work other = *work;
    struct pupil pupil;
    other.vault = r->vault;
    enum status st = pupil_find(&other, r->pupil, &pupil);
    return st == OK && strcmp(pupil.person.family, HOUSE_NAME) != 0 ? ERR_CORRUPT : st;
}

static enum status know_in_other(struct work *work, void *context)
{
    const struct reading *r = context;
    struct work other = *work;
    other.vault = r->vault;
    return school_know(&other, work_school(work));
}

static void another_process_goes_on_with_the_new_key(void **state)
{
    struct house house;
    size_t dossiers = 0;
    fill(&house, state);
    struct reading r = {house.pupils[0], house_other_vault(&house)};
    assert_status(cli_transaction(&house.cli, false, know_in_other, &r), OK);
    assert_status(cli_transaction(&house.cli, false, read_name, &r), OK);

    struct rotating cut = begin(&house); /* while it is going on */
    assert_status(cli_transaction(&house.cli, false, read_name, &r), OK);
    assert_status(cli_transaction(&house.cli, true, rewrap, &cut), OK);
    assert_status(cli_transaction(&house.cli, false, read_name, &r), OK);
    assert_status(vault_school_adopt(cut.rotation), OK);
    assert_status(cli_transaction(&house.cli, false, read_name, &r), OK);

    assert_status(rotation_of_school(&house.cli, house.school, &dossiers), OK);
    assert_status(cli_transaction(&house.cli, false, read_name, &r), OK);
    assert_status(rotation_of_school(&house.cli, house.school, &dossiers), OK);
    assert_status(vault_refresh(r.vault), OK);
    assert_status(cli_transaction(&house.cli, false, read_name, &r), OK);
    vault_close(r.vault);
    house_close(&house);
}

/* A transaction that began before the rotation sees old keys: it has to be done again. */
static void an_old_snapshot_is_told_to_look_again(void **state)
{
    struct house house;
    size_t dossiers = 0;
    struct sql_dossier_find row;
    struct vault_key key;
    fill(&house, state);
    struct cli *cli = &house.cli;
    assert_status(db_begin(cli->db, DB_READ), OK);
    assert_status(sql_dossier_find(cli->db, cli->arena, house.school, house.pupils[0].v, &row), OK);
    struct bytes old = {arena_memdup(cli->arena, row.key_wrapped.data, row.key_wrapped.len),
                        row.key_wrapped.len};
    struct sql_dossier_school_key before;
    assert_status(sql_dossier_school_key(cli->db, cli->arena, house.school, &before), OK);
    db_rollback(cli->db);
    assert_status(rotation_of_school(cli, house.school, &dossiers), OK);
    /* Put the school's old key back, as the old snapshot shows it. */
    assert_status(db_begin(cli->db, DB_WRITE), OK);
    assert_status(sql_school_set_key(cli->db, house.school, before.key_wrapped, NULL), OK);
    assert_status(dossier_key(&cli->work, house.school, row.slot, old, &key), ERR_CONFLICT);
    db_rollback(cli->db);
    all_opens(&house);
    house_close(&house);
}

static void the_master_key_is_replaced(void **state)
{
    struct house house;
    uint8_t before[VAULT_KEY_BYTES], after[VAULT_KEY_BYTES];
    fill(&house, state);
    vault_master_key(house.cli.vault, before);
    assert_status(rotation_of_master(&house.cli), OK);
    vault_master_key(house.cli.vault, after);
    assert_memory_not_equal(before, after, sizeof before);
    assert_int_equal(vault_master_state(house.cli.vault, NULL), VAULT_MASTER_SETTLED);
    all_opens(&house);
    house_close(&house);
}

static void a_master_key_cut_short_anywhere_is_settled(void **state)
{
    struct house house;
    size_t settled = 0, n = 1;
    fill(&house, state);
    for (;; n++) {
        db_fail_at(house.cli.db, n, ERR_DB);
        enum status st = rotation_of_master(&house.cli);
        db_fail_at(house.cli.db, 0, OK);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
        house_crash(&house);
        assert_int_equal(house_readable(&house), PUPILS);
        if (n % 2) { /* the others go on with the next try */
            assert_status(rotation_settle(&house.cli, &settled), OK);
            assert_int_equal(vault_master_state(house.cli.vault, NULL), VAULT_MASTER_SETTLED);
            all_opens(&house);
        }
    }
    assert_true(n > 4);
    assert_int_equal(vault_master_state(house.cli.vault, NULL), VAULT_MASTER_SETTLED);
    all_opens(&house);
    house_close(&house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_each_engine_migrated(a_school_gets_new_keys),
        fixture_each_engine_migrated(a_rotation_that_fails_anywhere_loses_nothing),
        fixture_each_engine_migrated(cut_short_before_the_commit),
        fixture_each_engine_migrated(cut_short_after_the_commit),
        fixture_each_engine_migrated(an_erasure_that_was_due_hits_nobody_else),
        fixture_each_engine_migrated(another_process_goes_on_with_the_new_key),
        fixture_each_engine_migrated(an_old_snapshot_is_told_to_look_again),
        fixture_each_engine_migrated(the_master_key_is_replaced),
        fixture_each_engine_migrated(a_master_key_cut_short_anywhere_is_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
