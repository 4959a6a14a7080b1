#include "db/db_fixture.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "gen/dossier_sql.h"
#include "operate/catch_up.h"
#include "operate/findings.h"
#include "operate/sealed.h"
#include "operate/testing.h"
#include "person/dossier.h"
#include "person/erasure.h"
#include "pupil/pupil.h"
#include "vault/vault.h"

/* Erasing in two steps, and everything that may come between them. */

enum { PUPILS = 3 };

static void fill(struct house *house, void **state)
{
    house_open(house, fixture_db(state));
    assert_status(house_fill(&house->cli, &(struct house_draft){PUPILS, "De Linde"}, house), OK);
}

static enum status erase(struct work *work, void *context)
{
    const struct pupil_id *pupil = context;
    return pupil_erase(work, *pupil);
}

/* What the backup of a database keeps of a dossier. */
struct kept {
    int64_t slot;
    uint8_t wrapped[VAULT_WRAPPED_BYTES];
};

struct keeping {
    struct pupil_id pupil;
    struct kept *kept;
};

static enum status keep(struct work *work, void *context)
{
    struct keeping *k = context;
    struct sql_dossier_find row;
    enum status st = sql_dossier_find(work->db, work->arena, work_school(work), k->pupil.v, &row);
    if (st == OK) {
        k->kept->slot = row.slot;
        memcpy(k->kept->wrapped, row.key_wrapped.data, sizeof k->kept->wrapped);
    }
    return st;
}

static struct kept kept_of(struct house *house, size_t pupil)
{
    struct kept kept;
    struct keeping keeping = {house->pupils[pupil], &kept};
    assert_status(cli_transaction(&house->cli, false, keep, &keeping), OK);
    return kept;
}

static enum status open_kept(struct house *house, const struct kept *kept)
{
    struct vault_key key;
    struct bytes wrapped = {kept->wrapped, sizeof kept->wrapped};
    return vault_dossier_open(house->cli.vault, house->school, kept->slot, wrapped, &key);
}

static enum status count_due(struct work *work, void *context)
{
    return erasure_due(work, work_school(work), context);
}

static size_t due(struct house *house)
{
    size_t count = 0;
    house->cli.actor.school = house->school;
    assert_status(cli_transaction(&house->cli, false, count_due, &count), OK);
    return count;
}

static void a_crash_after_the_commit_is_finished_later(void **state)
{
    struct house house;
    size_t slots = 0;
    fill(&house, state);
    struct kept kept = kept_of(&house, 1);
    assert_status(cli_transaction(&house.cli, true, erase, &house.pupils[1]), OK);

    house_crash(&house); /* here the process died: the keyring was not written */
    assert_int_equal(house_readable(&house), PUPILS - 1);
    assert_status(open_kept(&house, &kept), OK); /* so a backup still opens */
    assert_int_equal(due(&house), 2);            /* the pupil and the guardian */

    assert_status(erasure_finish(&house.cli.work, &slots), OK);
    assert_int_equal(slots, 2);
    assert_int_equal(due(&house), 0);
    assert_status(open_kept(&house, &kept), ERR_ERASED);
    house_crash(&house);
    assert_int_equal(house_readable(&house), PUPILS - 1);
    assert_status(open_kept(&house, &kept), ERR_ERASED);
    house_close(&house);
}

static void nothing_is_destroyed_when_the_transaction_fails(void **state)
{
    struct house house;
    size_t slots = 0;
    fill(&house, state);
    size_t n = 1;
    for (;; n++) {
        db_fail_at(house.cli.db, n, ERR_DB);
        enum status st = cli_transaction(&house.cli, true, erase, &house.pupils[0]);
        db_fail_at(house.cli.db, 0, OK);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
        assert_status(erasure_finish(&house.cli.work, &slots), OK);
        assert_int_equal(slots, 0);
        assert_int_equal(house_readable(&house), PUPILS);
    }
    assert_true(n > 10);
    assert_int_equal(house_readable(&house), PUPILS - 1);
    house_close(&house);
}

static void what_fails_while_finishing_stays_due(void **state)
{
    struct house house;
    size_t slots = 0;
    fill(&house, state);
    struct kept kept = kept_of(&house, 2);
    assert_status(cli_transaction(&house.cli, true, erase, &house.pupils[2]), OK);
    size_t n = 1;
    for (;; n++) {
        db_fail_at(house.cli.db, n, ERR_DB);
        enum status st = erasure_finish(&house.cli.work, &slots);
        db_fail_at(house.cli.db, 0, OK);
        if (st == OK)
            break;
        assert_status(st, ERR_DB);
        assert_int_equal(due(&house), 2);
    }
    assert_true(n > 4);
    assert_int_equal(due(&house), 0);
    assert_status(open_kept(&house, &kept), ERR_ERASED);
    assert_int_equal(house_readable(&house), PUPILS - 1);
    house_close(&house);
}

static void a_keyring_that_cannot_be_written_keeps_it_due(void **state)
{
    struct house house;
    char aside[128];
    size_t slots = 0;
    fill(&house, state);
    struct kept kept = kept_of(&house, 0);
    assert_status(cli_transaction(&house.cli, true, erase, &house.pupils[0]), OK);
    (void)snprintf(aside, sizeof aside, "%s.aside", house.keyring);
    assert_int_equal(rename(house.keyring, aside), 0);
    assert_int_not_equal(erasure_finish(&house.cli.work, &slots), OK);
    assert_int_equal(rename(aside, house.keyring), 0);
    assert_int_equal(due(&house), 2);
    assert_status(erasure_finish(&house.cli.work, &slots), OK);
    assert_status(open_kept(&house, &kept), ERR_ERASED);
    house_close(&house);
}

static enum status is_older(struct work *work, void *context)
{
    return erasure_keyring_is_older(work, context);
}

static void copy(const char *from, const char *to)
{
    char block[65536];
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    size_t got = fread(block, 1, sizeof block, in);
    assert_true(got > 0 && got < sizeof block);
    assert_int_equal(fwrite(block, 1, got, out), got);
    assert_int_equal(fclose(out), 0);
    (void)fclose(in);
    assert_int_equal(chmod(to, 0600), 0);
}

static void an_old_copy_of_the_keyring_is_noticed_and_healed(void **state)
{
    struct house house;
    char old[128];
    size_t slots = 0;
    bool older = true;
    fill(&house, state);
    struct kept kept = kept_of(&house, 1);
    (void)snprintf(old, sizeof old, "%s.old", house.keyring);
    copy(house.keyring, old);
    assert_status(cli_transaction(&house.cli, true, erase, &house.pupils[1]), OK);
    assert_status(erasure_finish(&house.cli.work, &slots), OK);
    assert_status(cli_transaction(&house.cli, false, is_older, &older), OK);
    assert_false(older);

    assert_int_equal(rename(old, house.keyring), 0); /* somebody puts the old copy back */
    house_crash(&house);
    assert_int_equal(house_readable(&house), PUPILS - 1);
    assert_status(open_kept(&house, &kept), OK);
    assert_status(cli_transaction(&house.cli, false, is_older, &older), OK);
    assert_true(older);

    assert_status(erasure_repeat(&house.cli.work, &older), OK);
    assert_true(older);
    assert_status(open_kept(&house, &kept), ERR_ERASED);
    assert_status(erasure_repeat(&house.cli.work, &older), OK);
    assert_false(older);
    assert_int_equal(house_readable(&house), PUPILS - 1);
    house_close(&house);
}

/* As a restore of an older backup leaves it: the row is there, the slot is not. */
static void an_older_database_is_caught_up(void **state)
{
    struct house house;
    size_t count = 0;
    struct findings findings;
    struct sealed_counts counts;
    fill(&house, state);
    struct kept kept = kept_of(&house, 1);
    assert_status(vault_erase(house.cli.vault, house.school, &kept.slot, 1), OK);
    assert_status(catch_up_erasures(&house.cli, &house.school, 1, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(house_readable(&house), PUPILS - 1);
    assert_status(findings_open(&findings), OK);
    assert_status(sealed_check(&house.cli.work, INT64_MAX, &findings, &counts), OK);
    assert_int_equal(findings.problem_count, 0);
    findings_close(&findings);
    assert_status(catch_up_erasures(&house.cli, &house.school, 1, &count), OK);
    assert_int_equal(count, 0);
    house_close(&house);
}

static enum status add_later(struct work *work, void *context UNUSED)
{
    struct person person = person_none();
    struct pupil_id pupil;
    person.call = "Later";
    struct pupil_draft draft = {.person = person, .year_group = 3};
    return pupil_add(work, &draft, &pupil);
}

/* After a restore the next slot may be one that was used and erased meanwhile. */
static void an_erased_slot_is_not_given_out_again(void **state)
{
    struct house house;
    fill(&house, state);
    struct kept kept = kept_of(&house, PUPILS - 1);
    const int64_t gone[] = {kept.slot + 2, kept.slot + 3, kept.slot + 4};
    assert_status(vault_erase(house.cli.vault, house.school, gone, 3), OK);
    assert_status(cli_transaction(&house.cli, true, add_later, NULL), OK);
    assert_int_equal(house_readable(&house), PUPILS);
    house_close(&house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_each_engine_migrated(a_crash_after_the_commit_is_finished_later),
        fixture_each_engine_migrated(nothing_is_destroyed_when_the_transaction_fails),
        fixture_each_engine_migrated(what_fails_while_finishing_stays_due),
        fixture_each_engine_migrated(a_keyring_that_cannot_be_written_keeps_it_due),
        fixture_each_engine_migrated(an_old_copy_of_the_keyring_is_noticed_and_healed),
        fixture_each_engine_migrated(an_older_database_is_caught_up),
        fixture_each_engine_migrated(an_erased_slot_is_not_given_out_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
