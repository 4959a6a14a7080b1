#include "vault/testing.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <pthread.h>

#include "base/clock.h"

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

static struct bytes dossier(struct scratch *s, struct vault *vault, struct school_id school,
                            int64_t slot, struct vault_key *ret_key)
{
    struct bytes wrapped;
    assert_status(vault_dossier_new(vault, &s->random, s->arena, school, slot, ret_key, &wrapped),
                  OK);
    assert_int_equal(wrapped.len, VAULT_WRAPPED_BYTES);
    return wrapped;
}

static void files_are_made_and_open_again(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    struct vault_key key, own, whole, again;
    struct bytes wrapped = dossier(s, vault, school_one, 5, &key);
    assert_status(vault_school_own_key(vault, school_one, &own), OK);
    vault_installation_key(vault, &whole);
    uint64_t generation = vault_generation(vault);
    vault_close(vault);

    struct stat info;
    assert_int_equal(stat(s->master, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    assert_int_equal(info.st_size, 65);
    assert_int_equal(stat(s->keyring, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);

    vault = scratch_vault(s, false);
    assert_int_equal(vault_generation(vault), generation);
    assert_false(vault_school_known(vault, school_one));
    assert_status(vault_dossier_open(vault, school_one, 5, wrapped, &again), ERR_NOT_FOUND);
    assert_status(vault_school_load(vault, school_one, school), OK);
    assert_true(vault_school_known(vault, school_one));
    assert_status(vault_school_load(vault, school_one, school), OK);
    assert_status(vault_dossier_open(vault, school_one, 5, wrapped, &again), OK);
    assert_memory_equal(again.key, key.key, sizeof key.key);
    assert_status(vault_school_own_key(vault, school_one, &again), OK);
    assert_memory_equal(again.key, own.key, sizeof key.key);
    assert_status(vault_school_own_key(vault, school_two, &again), ERR_NOT_FOUND);
    vault_installation_key(vault, &again);
    assert_memory_equal(again.key, whole.key, sizeof key.key);
    assert_memory_not_equal(own.key, whole.key, sizeof key.key);
    vault_close(vault);
}

static void missing_files_are_told(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = NULL;
    assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                  ERR_NOT_FOUND);
    vault_close(scratch_vault(s, true));
    struct kept keyring = file_keep(s->keyring);
    struct kept master = file_keep(s->master);

    assert_int_equal(unlink(s->keyring), 0);
    assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                  ERR_NOT_FOUND);
    file_put_back(s->keyring, keyring);
    assert_int_equal(unlink(s->master), 0);
    assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                  ERR_NOT_FOUND);
    /* Never a fresh master key for a keyring that exists: that would look like a working vault. */
    assert_status(vault_open_files(s->master, s->keyring, true, &s->random, &vault), ERR_NOT_FOUND);
    assert_false(file_exists(s->master));
    assert_null(vault);
    file_put_back(s->master, master);
    vault_close(scratch_vault(s, false));
    free(keyring.data);
    free(master.data);
}

static void a_given_master_key_is_used(void **state)
{
    struct scratch *s = *state;
    uint8_t raw[32];
    random_fill(&s->random, raw, sizeof raw);
    file_put(s->master, raw, sizeof raw);
    assert_int_equal(chmod(s->master, 0400), 0); /* as systemd hands it over */
    struct vault *vault = scratch_vault(s, true);
    uint8_t used[32];
    vault_master_key(vault, used);
    assert_memory_equal(used, raw, sizeof raw);
    vault_close(vault);

    char hex[66];
    for (size_t i = 0; i < sizeof raw; i++)
        (void)snprintf(hex + 2 * i, 3, "%02X", raw[i]);
    file_put(s->master, hex, 64); /* without a newline */
    vault_close(scratch_vault(s, false));
    hex[64] = '\n';
    file_put(s->master, hex, 65);
    vault_close(scratch_vault(s, false));
}

static void a_master_key_that_others_may_read_is_refused(void **state)
{
    struct scratch *s = *state;
    vault_close(scratch_vault(s, true));
    struct vault *vault = NULL;
    const mode_t open_modes[] = {0644, 0604, 0602, 0660, 0601, 0620};
    for (size_t i = 0; i < ARRAY_LEN(open_modes); i++) {
        assert_int_equal(chmod(s->master, open_modes[i]), 0);
        assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                      ERR_FORBIDDEN);
    }
    if (geteuid() == 0) {
        assert_int_equal(chmod(s->master, 0440), 0); /* the access list of a credential */
        vault_close(scratch_vault(s, false));
        assert_int_equal(chown(s->master, 0, 4321), 0);
        assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                      ERR_FORBIDDEN);
        assert_int_equal(chown(s->master, 1234, 0), 0);
        assert_int_equal(chmod(s->master, 0600), 0);
        assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                      ERR_FORBIDDEN);
    }
}

static void a_bad_master_key_file_is_corrupt(void **state)
{
    struct scratch *s = *state;
    vault_close(scratch_vault(s, true));
    struct vault *vault = NULL;
    char hex[70];
    memset(hex, 'a', sizeof hex);
    const size_t lengths[] = {0, 1, 31, 33, 63, 64, 66, 70};
    for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
        file_put(s->master, hex, lengths[i]); /* 64: well formed, but of another keyring */
        assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                      ERR_CORRUPT);
    }
    hex[10] = 'g';
    file_put(s->master, hex, 64);
    assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault), ERR_CORRUPT);
    assert_int_equal(unlink(s->master), 0);
    assert_int_equal(mkfifo(s->master, 0600), 0);
    assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault), ERR_CORRUPT);
}

static void a_damaged_keyring_is_corrupt(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    vault_close(vault);
    vault = NULL;
    struct kept kept = file_keep(s->keyring);
    for (size_t i = 0; i < kept.len; i++) {
        kept.data[i] ^= 0x20;
        file_put_back(s->keyring, kept);
        assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                      ERR_CORRUPT);
        kept.data[i] ^= 0x20;
    }
    for (size_t len = 0; len < kept.len; len++) {
        file_put(s->keyring, kept.data, len);
        assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                      ERR_CORRUPT);
    }
    struct random random = random_seeded(5);
    uint8_t garbage[600];
    for (int round = 0; round < 300; round++) {
        random_fill(&random, garbage, sizeof garbage);
        if (round % 2)
            memcpy(garbage, kept.data, 16 + random_below(&random, 100));
        file_put(s->keyring, garbage, 1 + random_below(&random, sizeof garbage));
        assert_status(vault_open_files(s->master, s->keyring, false, &s->random, &vault),
                      ERR_CORRUPT);
    }
    file_put_back(s->keyring, kept);
    vault_close(scratch_vault(s, false));
    free(kept.data);
}

static void keys_are_bound_to_school_and_slot(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes one, two;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &one), OK);
    assert_status(vault_school_new(vault, &s->random, s->arena, school_two, &two), OK);
    assert_status(vault_school_new(vault, &s->random, s->arena, school_two, &two), ERR_CONFLICT);
    assert_status(vault_school_load(vault, school_one, two), ERR_CORRUPT);
    assert_status(vault_school_load(vault, school_one, (struct bytes){one.data, 71}), ERR_CORRUPT);
    assert_status(vault_school_load(vault, (struct school_id){3003}, one), ERR_ERASED);

    struct vault_key key, again;
    struct bytes wrapped = dossier(s, vault, school_one, 5, &key);
    assert_status(vault_dossier_open(vault, school_one, 6, wrapped, &again), ERR_CORRUPT);
    assert_status(vault_dossier_open(vault, school_two, 5, wrapped, &again), ERR_CORRUPT);
    assert_status(vault_dossier_open(vault, school_one, -1, wrapped, &again), ERR_CORRUPT);
    assert_status(vault_dossier_open(vault, school_one, VAULT_SLOTS, wrapped, &again), ERR_CORRUPT);
    assert_status(
        vault_dossier_open(vault, school_one, 5, (struct bytes){wrapped.data, 71}, &again),
        ERR_CORRUPT);
    uint8_t *copy = arena_memdup(s->arena, wrapped.data, wrapped.len);
    for (size_t i = 0; i < wrapped.len; i++) {
        copy[i] ^= 1;
        assert_status(
            vault_dossier_open(vault, school_one, 5, (struct bytes){copy, wrapped.len}, &again),
            ERR_CORRUPT);
        copy[i] ^= 1;
    }
    assert_status(vault_dossier_open(vault, school_one, 5, wrapped, &again), OK);
    assert_status(
        vault_dossier_new(vault, &s->random, s->arena, school_one, VAULT_SLOTS, &again, &wrapped),
        ERR_INVALID);
    assert_status(
        vault_dossier_new(vault, &s->random, s->arena, (struct school_id){9}, 1, &again, &wrapped),
        ERR_NOT_FOUND);
    vault_close(vault);
}

static void many_schools_are_all_known(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = NULL;
    assert_status(vault_open_memory(&s->random, &vault), OK);
    enum { COUNT = 300 };
    struct bytes wrapped[COUNT];
    for (int64_t i = 0; i < COUNT; i++)
        assert_status(vault_school_new(vault, &s->random, s->arena,
                                       (struct school_id){1 + i * 4096}, &wrapped[i]),
                      OK);
    struct vault_key key;
    for (int64_t i = 0; i < COUNT; i++) {
        struct school_id school = {1 + i * 4096};
        assert_true(vault_school_known(vault, school));
        struct bytes dossier_key = dossier(s, vault, school, i, &key);
        assert_status(vault_dossier_open(vault, school, i, dossier_key, &key), OK);
        if (i % 3 == 0)
            assert_status(vault_school_erase(vault, school), OK);
    }
    for (int64_t i = 0; i < COUNT; i++) {
        struct school_id school = {1 + i * 4096};
        assert_int_equal(vault_school_known(vault, school), i % 3 != 0);
        if (i % 3 == 0)
            assert_status(vault_school_load(vault, school, wrapped[i]), ERR_ERASED);
    }
    vault_close(vault);
}

static void an_erased_slot_stays_erased(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    struct vault_key key, again;
    struct bytes gone = dossier(s, vault, school_one, 70, &key);
    struct bytes stays = dossier(s, vault, school_one, 71, &key);
    struct kept older = file_keep(s->keyring);

    assert_status(vault_erase(vault, school_one, &(int64_t){70}, 1), OK);
    uint64_t generation = vault_generation(vault);
    assert_status(vault_erase(vault, school_one, &(int64_t){70}, 1), OK); /* again: nothing to do */
    assert_int_equal(vault_generation(vault), generation);
    assert_status(vault_dossier_open(vault, school_one, 70, gone, &again), ERR_ERASED);
    assert_status(vault_dossier_new(vault, &s->random, s->arena, school_one, 70, &again, &gone),
                  ERR_ERASED);
    assert_status(vault_erase(vault, school_one, &(int64_t){VAULT_SLOTS}, 1), ERR_INVALID);
    assert_status(vault_erase(vault, school_one, &(int64_t){-1}, 1), ERR_INVALID);
    assert_status(vault_erase(vault, school_two, &(int64_t){1}, 1), ERR_NOT_FOUND);
    vault_close(vault);

    /* `gone` and `school` are what an older backup of the database holds. */
    vault = scratch_vault(s, false);
    assert_status(vault_school_load(vault, school_one, school), OK);
    assert_status(vault_dossier_open(vault, school_one, 70, gone, &again), ERR_ERASED);
    assert_status(vault_dossier_open(vault, school_one, 71, stays, &again), OK);
    assert_memory_equal(again.key, key.key, sizeof key.key);
    vault_close(vault);

    /* Why the keyring is never part of a backup: an older copy of it opens the slot again. */
    file_put_back(s->keyring, older);
    vault = scratch_vault(s, false);
    assert_true(vault_generation(vault) < generation); /* and this is how check notices */
    assert_status(vault_school_load(vault, school_one, school), OK);
    assert_status(vault_dossier_open(vault, school_one, 70, gone, &again), OK);
    vault_close(vault);
    free(older.data);
}

static void an_erased_school_is_gone(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes one, two;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &one), OK);
    assert_status(vault_school_new(vault, &s->random, s->arena, school_two, &two), OK);
    struct vault_key key;
    struct bytes gone = dossier(s, vault, school_one, 1, &key);
    struct bytes stays = dossier(s, vault, school_two, 1, &key);
    assert_status(vault_school_erase(vault, school_one), OK);
    assert_status(vault_school_erase(vault, school_one), OK);
    assert_false(vault_school_known(vault, school_one));
    assert_status(vault_dossier_open(vault, school_one, 1, gone, &key), ERR_NOT_FOUND);
    assert_status(vault_school_own_key(vault, school_one, &key), ERR_NOT_FOUND);
    vault_close(vault);
    vault = scratch_vault(s, false);
    assert_status(vault_school_load(vault, school_one, one), ERR_ERASED);
    assert_status(vault_school_load(vault, school_two, two), OK);
    assert_status(vault_dossier_open(vault, school_two, 1, stays, &key), OK);
    vault_close(vault);
}

#define KEPT_SLOTS 2000

/* After 1, 100 and 5,000 random erasures every other slot opens, from the file as well. */
static void other_slots_survive_many_erasures(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    struct random choice = random_seeded(17);
    static int64_t slots[KEPT_SLOTS];
    static struct vault_key keys[KEPT_SLOTS];
    static struct bytes wrapped[KEPT_SLOTS];
    static bool erased[VAULT_SLOTS];
    memset(erased, 0, sizeof erased);
    for (size_t i = 0; i < KEPT_SLOTS; i++) {
        slots[i] = random_below(&choice, VAULT_SLOTS);
        wrapped[i] = dossier(s, vault, school_one, slots[i], &keys[i]);
    }
    size_t done = 0;
    const size_t stops[] = {1, 100, 5000};
    for (size_t stop = 0; stop < ARRAY_LEN(stops); stop++) {
        static int64_t batch[5000];
        size_t count = 0;
        while (done + count < stops[stop]) {
            /* Some of ours, some of nobody's. */
            int64_t slot = count % 10 == 0 ? slots[random_below(&choice, KEPT_SLOTS)]
                                           : random_below(&choice, VAULT_SLOTS);
            erased[slot] = true;
            batch[count++] = slot;
        }
        done += count;
        if (count <= 100) {
            for (size_t i = 0; i < count; i++)
                assert_status(vault_erase(vault, school_one, &(int64_t){batch[i]}, 1), OK);
        } else {
            assert_status(vault_erase(vault, school_one, batch, count), OK);
        }
        vault_close(vault);
        print_message("# after %zu random erasures the keyring is %zu bytes\n", done,
                      file_size(s->keyring));
        vault = scratch_vault(s, false);
        assert_status(vault_school_load(vault, school_one, school), OK);
        for (size_t i = 0; i < KEPT_SLOTS; i++) {
            struct vault_key key;
            enum status st = vault_dossier_open(vault, school_one, slots[i], wrapped[i], &key);
            assert_status(st, erased[slots[i]] ? ERR_ERASED : OK);
            if (st == OK)
                assert_memory_equal(key.key, keys[i].key, sizeof key.key);
        }
    }
    vault_close(vault);
}

static void pupils_leaving_in_order_cost_little(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    static int64_t slots[5000];
    for (size_t i = 0; i < ARRAY_LEN(slots); i++)
        slots[i] = (int64_t)i;
    assert_status(vault_erase(vault, school_one, slots, ARRAY_LEN(slots)), OK);
    print_message("# after 5000 erasures in order the keyring is %zu bytes\n",
                  file_size(s->keyring));
    assert_true(file_size(s->keyring) < 4096);
    vault_close(vault);
}

static void a_full_disk_leaves_the_old_keyring(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    struct vault_key key;
    struct bytes wrapped = dossier(s, vault, school_one, 9, &key);
    struct kept before = file_keep(s->keyring);

    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    struct rlimit small = {.rlim_cur = 300, .rlim_max = limit.rlim_max};
    void (*old_handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum status st = vault_erase(vault, school_one, &(int64_t){9}, 1);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    (void)signal(SIGXFSZ, old_handler);
    assert_status(st, ERR_IO);

    struct kept after = file_keep(s->keyring);
    assert_int_equal(after.len, before.len);
    assert_memory_equal(after.data, before.data, before.len);
    char beside[128];
    (void)snprintf(beside, sizeof beside, "%s.tmp", s->keyring);
    assert_false(file_exists(beside));
    /* Not half erased. */
    assert_status(vault_dossier_open(vault, school_one, 9, wrapped, &key), OK);
    file_put(beside, "left by a crash", 15);
    assert_status(vault_erase(vault, school_one, &(int64_t){9}, 1), OK);
    assert_status(vault_dossier_open(vault, school_one, 9, wrapped, &key), ERR_ERASED);
    vault_close(vault);
    free(before.data);
    free(after.data);
}

static void wait_for_child(pid_t child)
{
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
}

/* In a child: its own vault, opened anew; erases every second slot from `first` on. */
static void erase_in_child(struct scratch *s, int64_t first, int count)
{
    struct vault *vault = NULL;
    enum status st = vault_open_files(s->master, s->keyring, false, &s->random, &vault);
    for (int i = 0; i < count && st == OK; i++)
        st = vault_erase(vault, school_one, &(int64_t){first + 2 * i}, 1);
    vault_close(vault);
    _exit(st == OK ? 0 : 1);
}

static void two_processes_lose_no_erasure(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    enum { EACH = 25 };
    struct vault_key key;
    struct bytes wrapped[2 * EACH + 1];
    for (int64_t i = 0; i <= 2 * EACH; i++)
        wrapped[i] = dossier(s, vault, school_one, 100 + i, &key);

    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        erase_in_child(s, 100, EACH);
    for (int i = 0; i < EACH; i++)
        assert_status(vault_erase(vault, school_one, &(int64_t){101 + 2 * i}, 1), OK);
    wait_for_child(child);

    vault_close(vault);
    vault = scratch_vault(s, false);
    assert_status(vault_school_load(vault, school_one, school), OK);
    for (int64_t i = 0; i < 2 * EACH; i++)
        assert_status(vault_dossier_open(vault, school_one, 100 + i, wrapped[i], &key), ERR_ERASED);
    assert_status(vault_dossier_open(vault, school_one, 100 + 2 * EACH, wrapped[2 * EACH], &key),
                  OK);
    vault_close(vault);
}

static void another_process_is_noticed(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    struct vault_key key;
    struct bytes wrapped = dossier(s, vault, school_one, 200, &key);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        erase_in_child(s, 200, 1);
    wait_for_child(child);
    assert_status(vault_dossier_new(vault, &s->random, s->arena, school_one, 200, &key, &wrapped),
                  ERR_ERASED); /* looks at the disk by itself */

    struct vault *other = scratch_vault(s, false);
    struct bytes second;
    assert_status(vault_school_new(other, &s->random, s->arena, school_two, &second), OK);
    assert_status(vault_school_load(vault, school_two, second), OK); /* so does loading */
    wrapped = dossier(s, vault, school_two, 3, &key);
    assert_status(vault_erase(other, school_two, &(int64_t){3}, 1), OK);
    assert_status(vault_refresh(vault), OK);
    assert_status(vault_dossier_open(vault, school_two, 3, wrapped, &key), ERR_ERASED);
    assert_status(vault_school_erase(other, school_two), OK);
    assert_status(vault_refresh(vault), OK);
    assert_false(vault_school_known(vault, school_two));
    vault_close(other);

    assert_int_equal(unlink(s->keyring), 0);
    assert_status(vault_erase(vault, school_one, &(int64_t){1}, 1), ERR_NOT_FOUND);
    assert_status(vault_refresh(vault), ERR_NOT_FOUND);
    assert_true(vault_school_known(vault, school_one)); /* reading goes on */
    vault_close(vault);
}

struct reader {
    struct vault *vault;
    struct bytes school;
    struct bytes wrapped;
    bool failed;
};

static void *read_on(void *arg)
{
    struct reader *r = arg;
    for (int i = 0; i < 1500; i++) {
        struct vault_key key;
        if (vault_school_load(r->vault, school_one, r->school) != OK ||
            vault_dossier_open(r->vault, school_one, 7, r->wrapped, &key) != OK)
            r->failed = true;
        uint8_t index[32];
        vault_blind_index(r->vault, "email", "a", 1, index);
    }
    return NULL;
}

/* Most to see under ThreadSanitizer. */
static void readers_go_on_while_the_keyring_changes(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes school, other;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    struct vault_key key;
    struct reader reader = {vault, school, dossier(s, vault, school_one, 7, &key), false};
    struct reader readers[3] = {reader, reader, reader};
    pthread_t threads[3];
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
    for (int64_t i = 0; i < 20; i++) {
        assert_status(vault_erase(vault, school_one, &(int64_t){1000 * (i + 1)}, 1), OK);
        assert_status(
            vault_school_new(vault, &s->random, s->arena, (struct school_id){5000 + i}, &other),
            OK);
        assert_status(vault_refresh(vault), OK);
    }
    for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_false(readers[i].failed);
    }
    vault_close(vault);
}

static void no_memory_is_a_status(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = scratch_vault(s, true);
    struct bytes wrapped = {0};
    arena_fail_at(s->arena, 1);
    uint64_t generation = vault_generation(vault);
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &wrapped), ERR_NOMEM);
    assert_int_equal(vault_generation(vault), generation); /* refused before anything was written */
    arena_reset(s->arena);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    struct vault_key key;
    arena_fail_at(s->arena, 1);
    assert_status(vault_dossier_new(vault, &s->random, s->arena, school_one, 1, &key, &wrapped),
                  ERR_NOMEM);
    assert_null(wrapped.data);
    vault_close(vault);
}

static void blind_indexes_differ_by_purpose_and_vault(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = NULL;
    struct vault *other = NULL;
    assert_status(vault_open_memory(&s->random, &vault), OK);
    assert_status(vault_open_memory(&s->random, &other), OK);
    uint8_t a[32], b[32];
    vault_blind_index(vault, "email", "x@example.nl", 12, a);
    vault_blind_index(vault, "email", "x@example.nl", 12, b);
    assert_memory_equal(a, b, sizeof a);
    vault_blind_index(vault, "badge", "x@example.nl", 12, b);
    assert_memory_not_equal(a, b, sizeof a);
    vault_blind_index(vault, "email", "y@example.nl", 12, b);
    assert_memory_not_equal(a, b, sizeof a);
    vault_blind_index(other, "email", "x@example.nl", 12, b);
    assert_memory_not_equal(a, b, sizeof a);
    /* Purpose and value do not run together. */
    vault_blind_index(vault, "ab", "c", 1, a);
    vault_blind_index(vault, "a", "bc", 2, b);
    assert_memory_not_equal(a, b, sizeof a);
    vault_close(vault);
    vault_close(other);
}

/* Printed, not asserted: a busy machine is no defect. */
static void speed_is_told(void **state)
{
    struct scratch *s = *state;
    struct vault *vault = NULL;
    assert_status(vault_open_memory(&s->random, &vault), OK);
    struct bytes school;
    assert_status(vault_school_new(vault, &s->random, s->arena, school_one, &school), OK);
    for (int64_t slot = 0; slot < 100; slot++)
        assert_status(vault_erase(vault, school_one, &(int64_t){slot * 7919}, 1), OK);
    struct vault_key key;
    struct bytes wrapped = dossier(s, vault, school_one, 4242, &key);
    enum { ROUNDS = 20000 };
    int64_t start = clock_ticks_us();
    for (int i = 0; i < ROUNDS; i++)
        assert_status(vault_dossier_open(vault, school_one, 4242, wrapped, &key), OK);
    int64_t opened = clock_ticks_us();
    const struct vault_place place = {.column = "pupil.name", .school = 1001, .row = 5};
    struct sealed sealed;
    const char name[] = "Anna-Sophia van der Berg tot den Heuvel!";
    assert_status(vault_seal(&key, &s->random, s->arena, place, name, 40, &sealed), OK);
    struct arena_mark mark = arena_mark(s->arena);
    int64_t sealed_at = clock_ticks_us();
    for (int i = 0; i < ROUNDS; i++) {
        const char *text;
        assert_status(vault_open(&key, s->arena, place, sealed, &text), OK);
        arena_rewind(s->arena, mark);
    }
    int64_t end = clock_ticks_us();
    print_message("# vault_dossier_open %.2f us, vault_open of a 40-byte name %.2f us\n",
                  (double)(opened - start) / ROUNDS, (double)(end - sealed_at) / ROUNDS);
    vault_close(vault);
}

#define WITH_FILES(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FILES(files_are_made_and_open_again),
        WITH_FILES(missing_files_are_told),
        WITH_FILES(a_given_master_key_is_used),
        WITH_FILES(a_master_key_that_others_may_read_is_refused),
        WITH_FILES(a_bad_master_key_file_is_corrupt),
        WITH_FILES(a_damaged_keyring_is_corrupt),
        WITH_FILES(keys_are_bound_to_school_and_slot),
        WITH_FILES(many_schools_are_all_known),
        WITH_FILES(an_erased_slot_stays_erased),
        WITH_FILES(an_erased_school_is_gone),
        WITH_FILES(other_slots_survive_many_erasures),
        WITH_FILES(pupils_leaving_in_order_cost_little),
        WITH_FILES(a_full_disk_leaves_the_old_keyring),
        WITH_FILES(two_processes_lose_no_erasure),
        WITH_FILES(another_process_is_noticed),
        WITH_FILES(readers_go_on_while_the_keyring_changes),
        WITH_FILES(no_memory_is_a_status),
        WITH_FILES(blind_indexes_differ_by_purpose_and_vault),
        WITH_FILES(speed_is_told),
    };
    return cmocka_run_group_tests_name("vault", tests, NULL, NULL);
}
