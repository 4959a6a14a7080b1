#include "vault/testing.h"

static int setup(void **state)
{
    static struct scratch s;
    scratch_open(&s);
    *state = &s;
    return 0;
}

static int teardown(void **state)
{
    scratch_close(*state);
    return 0;
}

#define DOSSIERS 3

/* What the tables school_key and dossier hold. */
struct database {
    struct bytes school;
    int64_t slots[DOSSIERS];
    struct bytes wrapped[DOSSIERS];
};

static struct database database_new(struct scratch *s, struct vault *vault)
{
    struct database db;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &db.school), OK);
    for (size_t i = 0; i < DOSSIERS; i++) {
        struct vault_key key;
        db.slots[i] = (int64_t)(10 + i);
        assert_status(vault_dossier_new(vault, &s->random, s->arena, school_one, db.slots[i], &key,
                                        &db.wrapped[i]),
                      OK);
    }
    return db;
}

/* A process that starts with these files and this database can read everything. */
static void assert_all_opens(struct scratch *s, const struct database *db)
{
    struct vault *vault = scratch_vault(s, false);
    assert_status(vault_school_load(vault, school_one, db->school), OK);
    for (size_t i = 0; i < DOSSIERS; i++) {
        struct vault_key key;
        assert_status(vault_dossier_open(vault, school_one, db->slots[i], db->wrapped[i], &key),
                      OK);
    }
    vault_close(vault);
}

static struct database rewrap_all(struct scratch *s, struct vault_rotation *rotation,
                                  const struct database *old, struct bytes school)
{
    struct database db = {.school = school};
    for (size_t i = 0; i < DOSSIERS; i++) {
        db.slots[i] = (int64_t)i; /* numbered anew: the new tree is whole */
        assert_status(vault_dossier_rewrap(rotation, &s->random, s->arena, old->slots[i],
                                           old->wrapped[i], db.slots[i], &db.wrapped[i]),
                      OK);
    }
    return db;
}

static void a_school_key_is_replaced(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct database old = database_new(s, vault);
    struct vault_key before, own, after;
    assert_status(vault_dossier_open(vault, school_one, 10, old.wrapped[0], &before), OK);
    assert_status(vault_school_own_key(vault, school_one, &own), OK);
    assert_status(vault_erase(vault, school_one, &(int64_t){500}, 1), OK);
    struct vault_rotation *rotation = NULL;
    struct bytes school;
    assert_status(vault_school_rotate(vault, &s->random, s->arena, school_one, &rotation, &school),
                  OK);
    struct bytes none = {0};
    assert_status(
        vault_dossier_rewrap(rotation, &s->random, s->arena, 500, old.wrapped[0], 9, &none),
        ERR_ERASED);
    assert_status(
        vault_dossier_rewrap(rotation, &s->random, s->arena, 11, old.wrapped[0], 9, &none),
        ERR_CORRUPT);
    assert_status(
        vault_dossier_rewrap(rotation, &s->random, s->arena, 10, old.wrapped[0], -1, &none),
        ERR_INVALID);
    assert_null(none.data);
    struct database fresh = rewrap_all(s, rotation, &old, school);

    assert_all_opens(s, &old); /* crash before the commit */
    assert_true(vault_school_rotating(vault, school_one));
    assert_all_opens(s, &fresh); /* crash after it */

    assert_status(vault_school_adopt(rotation), OK);
    assert_false(vault_school_rotating(vault, school_one));
    assert_all_opens(s, &fresh);
    assert_status(vault_dossier_open(vault, school_one, 0, fresh.wrapped[0], &after), OK);
    assert_memory_equal(before.key, after.key, sizeof before.key); /* content is not rewritten */
    assert_status(vault_school_own_key(vault, school_one, &after), OK);
    assert_memory_equal(own.key, after.key, sizeof own.key);
    assert_status(vault_dossier_open(vault, school_one, 10, old.wrapped[0], &after), ERR_CORRUPT);
    assert_status(vault_school_load(vault, school_one, old.school), ERR_CORRUPT);
    vault_close(vault);
}

static void a_rotation_can_be_abandoned(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct database old = database_new(s, vault);
    struct vault_rotation *rotation = NULL;
    struct bytes school;
    assert_status(vault_school_rotate(vault, &s->random, s->arena, school_one, &rotation, &school),
                  OK);
    vault_school_abandon(rotation);
    vault_school_abandon(NULL);
    assert_false(vault_school_rotating(vault, school_one));
    assert_all_opens(s, &old);
    assert_status(vault_school_load(vault, school_one, school), ERR_CORRUPT);
    assert_status(vault_erase(vault, school_one, &(int64_t){10}, 1), OK);
    vault_close(vault);
}

static void while_rotating_nothing_is_made_or_erased(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct vault *other = NULL;
    struct database old = database_new(s, vault);
    other = scratch_vault(s, false);
    assert_status(vault_school_load(other, school_one, old.school), OK);
    struct vault_rotation *rotation = NULL;
    struct vault_rotation *second = NULL;
    struct bytes school, wrapped;
    struct vault_key key;
    assert_status(vault_school_rotate(vault, &s->random, s->arena, school_two, &rotation, &school),
                  ERR_NOT_FOUND);
    assert_status(vault_school_rotate(vault, &s->random, s->arena, school_one, &rotation, &school),
                  OK);
    /* The other process had not looked at the files since. */
    assert_status(vault_dossier_new(other, &s->random, s->arena, school_one, 40, &key, &wrapped),
                  ERR_CONFLICT);
    assert_status(vault_erase(other, school_one, &(int64_t){10}, 1), ERR_CONFLICT);
    assert_status(vault_school_rotate(other, &s->random, s->arena, school_one, &second, &wrapped),
                  ERR_CONFLICT);
    uint8_t master[32] = {1};
    assert_status(vault_master_begin(other, master), ERR_CONFLICT);
    assert_null(second);

    struct database fresh = rewrap_all(s, rotation, &old, school);
    assert_status(vault_dossier_open(other, school_one, 10, old.wrapped[0], &key), OK);
    /* Committed: what the other process reads now is of the new key, and it is told to look. */
    assert_status(vault_dossier_open(other, school_one, 0, fresh.wrapped[0], &key), ERR_NOT_FOUND);
    assert_false(vault_school_known(other, school_one));
    assert_status(vault_school_load(other, school_one, fresh.school), OK);
    assert_status(vault_dossier_open(other, school_one, 0, fresh.wrapped[0], &key), OK);
    assert_status(vault_school_adopt(rotation), OK);
    assert_status(vault_dossier_open(other, school_one, 0, fresh.wrapped[0], &key), OK);
    assert_status(vault_erase(other, school_one, &(int64_t){2}, 1), OK);
    vault_close(other);
    vault_close(vault);
}

static void a_process_that_slept_through_a_rotation_is_told(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct database old = database_new(s, vault);
    struct vault *other = scratch_vault(s, false);
    assert_status(vault_school_load(other, school_one, old.school), OK);
    struct vault_rotation *rotation = NULL;
    struct bytes school, wrapped;
    struct vault_key key;
    assert_status(vault_school_rotate(vault, &s->random, s->arena, school_one, &rotation, &school),
                  OK);
    struct database fresh = rewrap_all(s, rotation, &old, school);
    assert_status(vault_school_adopt(rotation), OK);
    assert_status(vault_dossier_new(other, &s->random, s->arena, school_one, 40, &key, &wrapped),
                  ERR_NOT_FOUND);
    assert_status(vault_dossier_open(other, school_one, 0, fresh.wrapped[0], &key), ERR_NOT_FOUND);
    assert_status(vault_school_load(other, school_one, fresh.school), OK);
    assert_status(vault_dossier_open(other, school_one, 0, fresh.wrapped[0], &key), OK);
    vault_close(other);
    vault_close(vault);
}

static void a_rotation_cut_short_is_settled(void **state)
{
    struct scratch *s = *state;
    for (int committed = 0; committed < 2; committed++) {
        struct vault *vault = scratch_vault(s, true);
        struct database old = database_new(s, vault);
        struct vault_rotation *rotation = NULL;
        struct bytes school;
        assert_status(
            vault_school_rotate(vault, &s->random, s->arena, school_one, &rotation, &school), OK);
        struct database fresh = rewrap_all(s, rotation, &old, school);
        vault_school_leave(rotation);
        vault_close(vault); /* the crash */

        struct database *db = committed ? &fresh : &old;
        vault = scratch_vault(s, false);
        assert_status(vault_school_load(vault, school_one, db->school), OK);
        assert_true(vault_school_rotating(vault, school_one));
        assert_status(vault_erase(vault, school_one, &(int64_t){700}, 1), ERR_CONFLICT);
        uint8_t *wrong = arena_memdup(s->arena, db->school.data, db->school.len);
        wrong[30] ^= 1;
        assert_status(vault_school_settle(vault, school_one, (struct bytes){wrong, db->school.len}),
                      ERR_CORRUPT);
        assert_true(vault_school_rotating(vault, school_one));
        assert_status(vault_school_settle(vault, school_one, db->school), OK);
        assert_false(vault_school_rotating(vault, school_one));
        assert_all_opens(s, db);
        assert_status(vault_erase(vault, school_one, &(int64_t){700}, 1), OK);
        assert_status(vault_school_load(vault, school_one, committed ? old.school : fresh.school),
                      ERR_CORRUPT);
        assert_status(vault_school_erase(vault, school_one), OK);
        vault_close(vault);
    }
}

static struct database wrap_for(struct scratch *s, struct vault *vault, const struct database *old,
                                const uint8_t master[32])
{
    struct database db = *old;
    assert_status(
        vault_school_wrap_for(vault, master, &s->random, s->arena, school_one, &db.school), OK);
    return db;
}

/* The files of the table in vault.h, one by one, with the database of that moment. */
static void a_crash_at_any_point_of_a_master_rotation_loses_nothing(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct database old = database_new(s, vault);
    struct kept old_keyring = file_keep(s->keyring);
    struct kept old_master = file_keep(s->master);
    uint8_t master[32];
    random_fill(&s->random, master, sizeof master);

    assert_status(vault_master_begin(vault, master), OK);
    struct kept both_keyring = file_keep(s->keyring);
    struct kept new_master = file_keep(s->new_master);
    assert_int_equal(file_size(s->new_master), 65);
    assert_status(vault_master_begin(vault, master), OK);
    uint8_t another[32] = {9};
    assert_status(vault_master_begin(vault, another), ERR_CONFLICT);
    assert_status(vault_master_replace(vault, another), ERR_INVALID);
    struct bytes none;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_two, &none), ERR_CONFLICT);
    struct database fresh = wrap_for(s, vault, &old, master);
    vault_close(vault);

    /* .new written, keyring not yet: the stray key is nobody's and another one may begin. */
    file_put_back(s->keyring, old_keyring);
    assert_all_opens(s, &old);
    vault = scratch_vault(s, false);
    assert_int_equal(vault_master_state(vault, NULL), VAULT_MASTER_SETTLED);
    assert_status(vault_master_replace(vault, master), ERR_INVALID);
    vault_close(vault);

    /* After step 1 and after step 2. */
    file_put_back(s->keyring, both_keyring);
    assert_all_opens(s, &old);
    assert_all_opens(s, &fresh);
    vault = scratch_vault(s, false);
    uint8_t found[32] = {0};
    assert_int_equal(vault_master_state(vault, found), VAULT_MASTER_PENDING);
    assert_memory_equal(found, master, sizeof found);
    vault_close(vault);

    /* After the rename. */
    file_put_back(s->master, new_master);
    assert_int_equal(unlink(s->new_master), 0);
    assert_all_opens(s, &fresh);
    vault = scratch_vault(s, false);
    assert_int_equal(vault_master_state(vault, NULL), VAULT_MASTER_LEFTOVER);
    assert_status(vault_master_begin(vault, another), ERR_CONFLICT);
    assert_status(vault_master_replace(vault, master), OK);
    assert_int_equal(vault_master_state(vault, NULL), VAULT_MASTER_SETTLED);
    assert_status(vault_master_replace(vault, master), OK);
    vault_close(vault);
    assert_all_opens(s, &fresh);

    /* Done: the old key opens nothing any more. */
    file_put_back(s->master, old_master);
    assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault), ERR_CORRUPT);
    free(old_keyring.data);
    free(old_master.data);
    free(both_keyring.data);
    free(new_master.data);
}

static void a_master_rotation_goes_through_and_others_follow(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct database old = database_new(s, vault);
    struct vault *other = scratch_vault(s, false);
    assert_status(vault_school_load(other, school_one, old.school), OK);
    uint8_t former[32], master[32], index[32], index_after[32];
    vault_master_key(vault, former);
    vault_blind_index(vault, "email", "a", 1, index);
    random_fill(&s->random, master, sizeof master);
    assert_status(vault_master_begin(vault, former), ERR_INVALID);
    assert_status(vault_master_begin(vault, master), OK);
    struct database fresh = wrap_for(s, vault, &old, master);
    assert_status(vault_master_replace(vault, master), OK);
    assert_false(file_exists(s->new_master));
    assert_all_opens(s, &fresh);
    vault_blind_index(vault, "email", "a", 1, index_after);
    assert_memory_equal(index, index_after, sizeof index); /* accounts are still found */

    /* The other process: reads on, and takes over the new key when it meets it. */
    struct vault_key key;
    assert_status(vault_dossier_open(other, school_one, 10, old.wrapped[0], &key), OK);
    assert_status(vault_school_load(other, school_one, fresh.school), OK);
    assert_status(vault_erase(other, school_one, &(int64_t){10}, 1), OK);
    assert_status(vault_dossier_open(vault, school_one, 11, fresh.wrapped[1], &key), OK);
    vault_close(other);
    vault_close(vault);

    /* A backup from before, restored: needs the master key of that day. */
    vault = scratch_vault(s, false);
    assert_status(vault_school_load(vault, school_one, old.school), ERR_CORRUPT);
    vault_master_admit(vault, former);
    assert_status(vault_school_load(vault, school_one, old.school), OK);
    assert_status(vault_dossier_open(vault, school_one, 11, old.wrapped[1], &key), OK);
    assert_status(vault_dossier_open(vault, school_one, 10, old.wrapped[0], &key), ERR_ERASED);
    vault_close(vault);
}

static void an_erasure_during_a_master_rotation_keeps_both_keys(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct database old = database_new(s, vault);
    struct vault *other = scratch_vault(s, false);
    uint8_t master[32];
    random_fill(&s->random, master, sizeof master);
    assert_status(vault_master_begin(vault, master), OK);
    struct database fresh = wrap_for(s, vault, &old, master);
    assert_status(vault_erase(other, school_one, &(int64_t){900}, 1), OK);
    assert_all_opens(s, &old);
    assert_all_opens(s, &fresh);
    assert_status(vault_master_replace(vault, master), OK);
    assert_all_opens(s, &fresh);
    vault_close(other);
    vault_close(vault);
}

static void rotations_work_in_memory(void **state)
{
    struct scratch *s = *state;
    struct random random = random_seeded(2);
    struct vault *vault = NULL;
    assert_status(vault_open_memory(&random, &vault), OK);
    struct database old = database_new(s, vault);
    uint8_t master[32] = {3};
    assert_status(vault_master_begin(vault, master), OK);
    struct database fresh = wrap_for(s, vault, &old, master);
    assert_status(vault_school_load(vault, school_one, fresh.school), OK);
    assert_status(vault_master_replace(vault, master), OK);
    struct vault_rotation *rotation = NULL;
    struct bytes school;
    assert_status(vault_school_rotate(vault, &random, s->arena, school_one, &rotation, &school),
                  OK);
    fresh = rewrap_all(s, rotation, &fresh, school);
    assert_status(vault_school_adopt(rotation), OK);
    struct vault_key key;
    assert_status(vault_dossier_open(vault, school_one, 0, fresh.wrapped[0], &key), OK);
    vault_close(vault);
}

static void no_memory_is_a_status(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct database old = database_new(s, vault);
    uint8_t kept[VAULT_WRAPPED_BYTES];
    memcpy(kept, old.wrapped[0].data, sizeof kept);
    struct vault_rotation *rotation = NULL;
    struct bytes made = {0};
    uint8_t master[32] = {3};
    arena_fail_at(s->arena, 1);
    assert_status(vault_school_wrap_for(vault, master, &s->random, s->arena, school_one, &made),
                  ERR_NOMEM);
    assert_status(vault_school_rotate(vault, &s->random, s->arena, school_one, &rotation, &made),
                  ERR_NOMEM);
    assert_false(vault_school_rotating(vault, school_one));
    arena_reset(s->arena);
    assert_status(vault_school_rotate(vault, &s->random, s->arena, school_one, &rotation, &made),
                  OK);
    struct bytes again = {0};
    arena_fail_at(s->arena, 1);
    assert_status(vault_dossier_rewrap(rotation, &s->random, s->arena, 10,
                                       (struct bytes){kept, sizeof kept}, 1, &again),
                  ERR_NOMEM);
    assert_null(again.data);
    vault_school_abandon(rotation);
    vault_close(vault);
}

#define WITH_FILES(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FILES(a_school_key_is_replaced),
        WITH_FILES(a_rotation_can_be_abandoned),
        WITH_FILES(while_rotating_nothing_is_made_or_erased),
        WITH_FILES(a_process_that_slept_through_a_rotation_is_told),
        WITH_FILES(a_rotation_cut_short_is_settled),
        WITH_FILES(a_crash_at_any_point_of_a_master_rotation_loses_nothing),
        WITH_FILES(a_master_rotation_goes_through_and_others_follow),
        WITH_FILES(an_erasure_during_a_master_rotation_keeps_both_keys),
        WITH_FILES(rotations_work_in_memory),
        WITH_FILES(no_memory_is_a_status),
    };
    return cmocka_run_group_tests_name("rotate", tests, NULL, NULL);
}
