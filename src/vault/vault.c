#include "vault/vault.h"

#include <assert.h>
#include <sodium.h>

#include "vault/secret.h"
#include "vault/vault_internal.h"
#include "vault/wrap.h"

/* --- opening and closing ----------------------------------------------------------------- */

struct vault_secrets *secrets_copy(const struct vault *vault)
{
    struct vault_secrets *copy = secret_alloc(sizeof *copy);
    if (copy && vault->secrets)
        *copy = *vault->secrets;
    return copy;
}

void secrets_free(struct vault_secrets *secrets)
{
    secret_free(secrets, sizeof *secrets);
}

static char *text_join(const char *text, const char *ending)
{
    size_t len = strlen(text);
    size_t more = strlen(ending);
    char *joined = malloc(len + more + 1);
    if (joined) {
        memcpy(joined, text, len);
        memcpy(joined + len, ending, more + 1);
    }
    return joined;
}

static bool locks_init(struct vault *vault)
{
    pthread_rwlockattr_t kind;
    if (pthread_rwlockattr_init(&kind) != 0)
        return false;
    /* Requests read without pause: an erasure must not wait for a gap between them. */
    bool ok = pthread_rwlockattr_setkind_np(&kind,
                                            PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP) == 0 &&
              pthread_rwlock_init(&vault->lock, &kind) == 0;
    (void)pthread_rwlockattr_destroy(&kind);
    if (ok && pthread_mutex_init(&vault->change, NULL) != 0) {
        (void)pthread_rwlock_destroy(&vault->lock);
        ok = false;
    }
    return ok;
}

static enum status vault_alloc(const char *master_path, const char *keyring_path,
                               struct random *random, struct vault **ret_vault)
{
    if (sodium_init() < 0)
        return ERR_IO; /* no source of randomness */
    struct vault *vault = calloc(1, sizeof *vault);
    if (!vault)
        return ERR_NOMEM;
    /* A stream of our own: a seeded source must not give us what it gives the caller. */
    vault->random = *random;
    random_fill(random, vault->random.seed, sizeof vault->random.seed);
    if (!locks_init(vault)) {
        free(vault);
        return ERR_NOMEM;
    }
    vault->opened = opened_new();
    if (!vault->opened) {
        vault_close(vault);
        return ERR_NOMEM;
    }
    if (keyring_path) {
        vault->master_path = text_join(master_path, "");
        vault->new_master_path = text_join(master_path, ".new");
        vault->keyring_path = text_join(keyring_path, "");
        if (!vault->master_path || !vault->new_master_path || !vault->keyring_path) {
            vault_close(vault);
            return ERR_NOMEM;
        }
    }
    *ret_vault = vault;
    return OK;
}

void vault_close(struct vault *vault)
{
    if (!vault)
        return;
    opened_free(vault->opened);
    keyring_free(vault->ring);
    secrets_free(vault->secrets);
    secret_free(vault->schools, vault->school_places * sizeof *vault->schools);
    free(vault->master_path);
    free(vault->new_master_path);
    free(vault->keyring_path);
    (void)pthread_rwlock_destroy(&vault->lock);
    (void)pthread_mutex_destroy(&vault->change);
    sodium_memzero(vault, sizeof *vault);
    free(vault);
}

/* Makes a keyring and secrets the present ones; schools whose tree is gone are no longer known. */
static void publish(struct vault *vault, struct vault_secrets *secrets, struct keyring *ring)
{
    (void)pthread_rwlock_wrlock(&vault->lock);
    key_derive(ring->root, "weerklank installation", NULL, 0, secrets->installation_key);
    key_derive(ring->root, "weerklank blind index", NULL, 0, secrets->index_key);
    struct keyring *old_ring = vault->ring;
    struct vault_secrets *old_secrets = vault->secrets;
    vault->ring = ring;
    vault->secrets = secrets;
    for (size_t i = 0; i < vault->school_places; i++) {
        struct school_entry *entry = vault->schools + i;
        if (entry->tree != TREE_NONE && entry->school &&
            !keyring_tree_with(ring, entry->school, entry->mark, &entry->tree))
            school_entry_wipe(entry);
    }
    opened_wipe(vault->opened);
    (void)pthread_rwlock_unlock(&vault->lock);
    keyring_free(old_ring);
    if (old_secrets != secrets)
        secrets_free(old_secrets);
}

/* A second master key counts only when the keyring knows it: a stray file changes nothing. */
static enum status load_new_master(const struct vault *vault, struct vault_secrets *secrets)
{
    secrets->has_master[MASTER_NEW] = false;
    enum status st = keyfile_read_master(vault->new_master_path, secrets->master[MASTER_NEW]);
    if (st == OK)
        secrets->has_master[MASTER_NEW] =
            envelope_admits(&secrets->envelope, secrets->master[MASTER_NEW]);
    if (!secrets->has_master[MASTER_NEW])
        sodium_memzero(secrets->master[MASTER_NEW], VAULT_KEY_BYTES);
    return st == ERR_NOT_FOUND || st == ERR_CORRUPT ? OK : st;
}

/* Reads master keys and keyring from disk; under change, or before the vault is shared. */
static enum status load_once(struct vault *vault)
{
    struct vault_secrets *secrets = secrets_copy(vault); /* keeps an admitted former key */
    if (!secrets)
        return ERR_NOMEM;
    uint8_t *file = NULL;
    size_t size = 0;
    struct keyfile_version version;
    struct keyring *ring = NULL;
    enum status st = keyfile_read_master(vault->master_path, secrets->master[MASTER_PRESENT]);
    if (st == OK)
        st = keyfile_read(vault->keyring_path, &file, &size, &version);
    if (st == OK) {
        secrets->has_master[MASTER_PRESENT] = true;
        st = envelope_open(file, size, secrets->master[MASTER_PRESENT], &secrets->envelope, &ring);
    }
    if (st == OK)
        st = load_new_master(vault, secrets);
    secret_free(file, size);
    if (st != OK) {
        keyring_free(ring);
        secrets_free(secrets);
        return st;
    }
    vault->seen = version;
    publish(vault, secrets, ring);
    return OK;
}

static enum status load(struct vault *vault)
{
    enum status st = load_once(vault);
    /*
     * Without the file lock the key file may have been replaced between reading it and the keyring.
     */
    return st == ERR_CORRUPT ? load_once(vault) : st;
}

static enum status load_if_changed(struct vault *vault)
{
    struct keyfile_version version;
    enum status st = keyfile_look(vault->keyring_path, &version);
    if (st != OK || keyfile_same(&version, &vault->seen))
        return st;
    return load(vault);
}

/* A first keyring, for the master key in the file or for a fresh one; under the file's lock. */
static enum status make_files(struct vault *vault)
{
    struct keyfile_version version;
    if (keyfile_look(vault->keyring_path, &version) != ERR_NOT_FOUND)
        return OK; /* there is one, or reading it will say what is wrong */
    struct vault_secrets *secrets = secret_alloc(sizeof *secrets);
    if (!secrets)
        return ERR_NOMEM;
    uint8_t *master = secrets->master[MASTER_PRESENT];
    enum status st = keyfile_read_master(vault->master_path, master);
    if (st == ERR_NOT_FOUND) {
        random_fill(&vault->random, master, VAULT_KEY_BYTES);
        st = keyfile_write_master(vault->master_path, master);
    }
    struct keyring *ring = NULL;
    if (st == OK) {
        secrets->has_master[MASTER_PRESENT] = true;
        envelope_new(&secrets->envelope, &vault->random, master);
        ring = keyring_new(&vault->random);
        st = ring ? OK : ERR_NOMEM;
    }
    if (st == OK)
        return change_commit(vault, secrets, ring);
    secrets_free(secrets);
    return st;
}

enum status vault_open_files(const char *master_path, const char *keyring_path, bool create,
                             struct random *random, struct vault **ret_vault)
{
    assert(master_path && keyring_path && random && ret_vault);

    struct vault *vault = NULL;
    enum status st = vault_alloc(master_path, keyring_path, random, &vault);
    if (st != OK)
        return st;
    if (create) {
        int lock = -1;
        st = keyfile_lock(keyring_path, &lock);
        if (st == OK) {
            st = make_files(vault);
            keyfile_unlock(lock);
        }
    }
    if (st == OK)
        st = load(vault);
    if (st != OK) {
        vault_close(vault);
        return st;
    }
    *ret_vault = vault;
    return OK;
}

enum status vault_open_memory(struct random *random, struct vault **ret_vault)
{
    struct vault *vault = NULL;
    enum status st = vault_alloc(NULL, NULL, random, &vault);
    if (st != OK)
        return st;
    struct vault_secrets *secrets = secret_alloc(sizeof *secrets);
    struct keyring *ring = keyring_new(&vault->random);
    if (!secrets || !ring) {
        secrets_free(secrets);
        keyring_free(ring);
        vault_close(vault);
        return ERR_NOMEM;
    }
    random_fill(&vault->random, secrets->master[MASTER_PRESENT], VAULT_KEY_BYTES);
    secrets->has_master[MASTER_PRESENT] = true;
    envelope_new(&secrets->envelope, &vault->random, secrets->master[MASTER_PRESENT]);
    publish(vault, secrets, ring);
    *ret_vault = vault;
    return OK;
}

enum status vault_refresh(struct vault *vault)
{
    if (!vault->keyring_path)
        return OK;
    (void)pthread_mutex_lock(&vault->change);
    enum status st = load_if_changed(vault);
    (void)pthread_mutex_unlock(&vault->change);
    return st;
}

uint64_t vault_generation(struct vault *vault)
{
    (void)pthread_rwlock_rdlock(&vault->lock);
    uint64_t generation = vault->ring->generation;
    (void)pthread_rwlock_unlock(&vault->lock);
    return generation;
}

/* --- changing the keyring ---------------------------------------------------------------- */

enum status change_begin(struct vault *vault, int *ret_lock)
{
    (void)pthread_mutex_lock(&vault->change);
    if (!vault->keyring_path) {
        *ret_lock = -1;
        return OK;
    }
    int lock = -1;
    enum status st = keyfile_lock(vault->keyring_path, &lock);
    if (st == OK) {
        st = load_if_changed(vault);
        if (st == OK) {
            *ret_lock = lock;
            return OK;
        }
        keyfile_unlock(lock);
    }
    (void)pthread_mutex_unlock(&vault->change);
    return st;
}

void change_end(struct vault *vault, int lock)
{
    keyfile_unlock(lock);
    (void)pthread_mutex_unlock(&vault->change);
}

static enum status write_ring(struct vault *vault, const struct envelope *envelope,
                              const struct keyring *ring)
{
    uint8_t *file = NULL;
    size_t len = 0;
    enum status st = envelope_seal(envelope, &vault->random, ring, &file, &len);
    if (st == OK)
        st = keyfile_replace(vault->keyring_path, file, len);
    free(file);
    if (st == OK)
        st = keyfile_look(vault->keyring_path, &vault->seen);
    if (st != OK) /* the file may be the old or the new one: look again at the next occasion */
        vault->seen = (struct keyfile_version){0};
    return st;
}

enum status change_commit(struct vault *vault, struct vault_secrets *secrets, struct keyring *next)
{
    struct vault_secrets *use = secrets ? secrets : vault->secrets;
    enum status st = vault->keyring_path ? write_ring(vault, &use->envelope, next) : OK;
    if (st != OK) {
        keyring_free(next);
        secrets_free(secrets);
        return st;
    }
    publish(vault, use, next);
    return OK;
}

/* --- keys of the whole ------------------------------------------------------------------- */

void vault_installation_key(struct vault *vault, struct vault_key *ret_key)
{
    (void)pthread_rwlock_rdlock(&vault->lock);
    memcpy(ret_key->key, vault->secrets->installation_key, sizeof ret_key->key);
    (void)pthread_rwlock_unlock(&vault->lock);
}

void vault_blind_index(struct vault *vault, const char *purpose, const void *value, size_t len,
                       uint8_t ret_index[32])
{
    assert(vault && purpose && (value || len == 0));

    uint8_t key[VAULT_KEY_BYTES];
    (void)pthread_rwlock_rdlock(&vault->lock);
    memcpy(key, vault->secrets->index_key, sizeof key);
    (void)pthread_rwlock_unlock(&vault->lock);
    key_derive(key, purpose, value, len, ret_index);
    sodium_memzero(key, sizeof key);
}
