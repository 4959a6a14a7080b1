/* The keys of dossiers: new ones, opening, erasing. See vault.h. */
#include <assert.h>
#include <sodium.h>

#include "base/arena.h"
#include "vault/vault_internal.h"
#include "vault/wrap.h"

static void dossier_wrapping_key(const uint8_t school_key[VAULT_KEY_BYTES],
                                 const uint8_t leaf[KEYRING_SECRET],
                                 uint8_t ret_key[VAULT_KEY_BYTES])
{
    (void)crypto_generichash(ret_key, VAULT_KEY_BYTES, leaf, KEYRING_SECRET, school_key,
                             VAULT_KEY_BYTES);
}

static struct vault_place dossier_place(int64_t school, int64_t slot)
{
    return (struct vault_place){.column = "dossier.key", .school = school, .row = slot};
}

void dossier_key_wrap(const uint8_t school_key[VAULT_KEY_BYTES], const uint8_t leaf[KEYRING_SECRET],
                      struct random *random, int64_t school, int64_t slot,
                      const uint8_t key[VAULT_KEY_BYTES], uint8_t ret_wrapped[VAULT_WRAPPED_BYTES])
{
    uint8_t with[VAULT_KEY_BYTES];
    dossier_wrapping_key(school_key, leaf, with);
    key_wrap(with, random, dossier_place(school, slot), key, ret_wrapped);
    sodium_memzero(with, sizeof with);
}

bool dossier_key_unwrap(const uint8_t school_key[VAULT_KEY_BYTES],
                        const uint8_t leaf[KEYRING_SECRET], int64_t school, int64_t slot,
                        struct bytes wrapped, uint8_t ret_key[VAULT_KEY_BYTES])
{
    if (wrapped.len != VAULT_WRAPPED_BYTES)
        return false;
    uint8_t with[VAULT_KEY_BYTES];
    dossier_wrapping_key(school_key, leaf, with);
    bool opened = key_unwrap(with, dossier_place(school, slot), wrapped.data, ret_key);
    sodium_memzero(with, sizeof with);
    return opened;
}

/* The school's key and the leaf of a slot, as they are now. */
static enum status slot_secrets(struct vault *vault, int64_t school, int64_t slot,
                                uint8_t ret_school_key[VAULT_KEY_BYTES],
                                uint8_t ret_leaf[KEYRING_SECRET], bool *ret_rotating)
{
    enum status st = ERR_NOT_FOUND;
    (void)pthread_rwlock_rdlock(&vault->lock);
    const struct school_entry *entry = known_school_find(vault, school);
    if (entry) {
        *ret_rotating = keyring_trees(vault->ring, school, NULL) > 1;
        memcpy(ret_school_key, entry->key, VAULT_KEY_BYTES);
        st = keyring_leaf(vault->ring, entry->tree, (uint32_t)slot, ret_leaf) ? OK : ERR_ERASED;
    }
    (void)pthread_rwlock_unlock(&vault->lock);
    return st;
}

enum status vault_dossier_new(struct vault *vault, struct random *random, struct arena *arena,
                              struct school_id school, int64_t slot, struct vault_key *ret_key,
                              struct bytes *ret_wrapped)
{
    assert(vault && random && arena && ret_key && ret_wrapped);

    if (!slot_valid(slot))
        return ERR_INVALID;
    /* A key wrapped under a tree that is about to go would be lost: look at the disk first. */
    enum status st = vault_refresh(vault);
    if (st != OK)
        return st;
    uint8_t *wrapped = arena_alloc(arena, VAULT_WRAPPED_BYTES);
    if (!wrapped)
        return ERR_NOMEM;
    uint8_t school_key[VAULT_KEY_BYTES];
    uint8_t leaf[KEYRING_SECRET];
    bool rotating = false;
    st = slot_secrets(vault, school.v, slot, school_key, leaf, &rotating);
    if (st != ERR_NOT_FOUND && rotating)
        st = ERR_CONFLICT;
    if (st == OK) {
        random_fill(random, ret_key->key, sizeof ret_key->key);
        dossier_key_wrap(school_key, leaf, random, school.v, slot, ret_key->key, wrapped);
        *ret_wrapped = (struct bytes){.data = wrapped, .len = VAULT_WRAPPED_BYTES};
    }
    sodium_memzero(school_key, sizeof school_key);
    sodium_memzero(leaf, sizeof leaf);
    return st;
}

static enum status dossier_open_once(struct vault *vault, int64_t school, int64_t slot,
                                     struct bytes wrapped, struct vault_key *ret_key,
                                     bool *ret_rotating)
{
    uint8_t school_key[VAULT_KEY_BYTES];
    uint8_t leaf[KEYRING_SECRET];
    enum status st = slot_secrets(vault, school, slot, school_key, leaf, ret_rotating);
    if (st == OK && !dossier_key_unwrap(school_key, leaf, school, slot, wrapped, ret_key->key))
        st = ERR_CORRUPT;
    sodium_memzero(school_key, sizeof school_key);
    sodium_memzero(leaf, sizeof leaf);
    return st;
}

/* As vault_dossier_open, past what is known already. */
static enum status dossier_unwrap(struct vault *vault, struct school_id school, int64_t slot,
                                  struct bytes wrapped, struct vault_key *ret_key)
{
    bool rotating = false;
    enum status st = dossier_open_once(vault, school.v, slot, wrapped, ret_key, &rotating);
    if (st == OK || st == ERR_NOT_FOUND)
        return st;
    /* Perhaps another process rotated the school's key. When we cannot look, the answer stands. */
    if (vault_refresh(vault) != OK)
        return st;
    st = dossier_open_once(vault, school.v, slot, wrapped, ret_key, &rotating);
    if (st == OK || st == ERR_NOT_FOUND || !rotating)
        return st;
    /* Two trees, and the one we hold does not fit: the database knows which one does. */
    school_forget(vault, school.v);
    return ERR_NOT_FOUND;
}

enum status vault_dossier_open(struct vault *vault, struct school_id school, int64_t slot,
                               struct bytes wrapped, struct vault_key *ret_key)
{
    assert(vault && ret_key);

    if (!slot_valid(slot) || wrapped.len != VAULT_WRAPPED_BYTES)
        return ERR_CORRUPT; /* both come out of the database */
    uint64_t epoch = 0;
    if (opened_get(vault->opened, school, slot, wrapped.data, ret_key, &epoch))
        return OK;
    enum status st = dossier_unwrap(vault, school, slot, wrapped, ret_key);
    if (st == OK)
        opened_put(vault->opened, epoch, school, slot, wrapped.data, ret_key);
    return st;
}

/* The one tree of a school, for erasing. */
static enum status only_tree(const struct vault *vault, int64_t school, uint32_t *ret_tree)
{
    uint32_t count = keyring_trees(vault->ring, school, ret_tree);
    return count == 0 ? ERR_NOT_FOUND : count > 1 ? ERR_CONFLICT : OK;
}

static enum status erase_locked(struct vault *vault, int64_t school, uint32_t *slots, size_t count)
{
    uint32_t tree;
    enum status st = only_tree(vault, school, &tree);
    if (st != OK)
        return st;
    struct keyring *next = NULL;
    st = keyring_without_slots(vault->ring, tree, slots, count, &next);
    if (st != OK)
        return st;
    if (next)
        return change_commit(vault, NULL, next);
    /* Erased before, but perhaps by a process that crashed between its rename and its flush. */
    return vault->keyring_path ? keyfile_flush(vault->keyring_path) : OK;
}

enum status vault_erase(struct vault *vault, struct school_id school, const int64_t *slots,
                        size_t count)
{
    assert(vault && (slots || count == 0));

    for (size_t i = 0; i < count; i++)
        if (!slot_valid(slots[i]))
            return ERR_INVALID;
    uint32_t *sorted = calloc(count ? count : 1, sizeof *sorted);
    if (!sorted)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        sorted[i] = (uint32_t)slots[i];
    int lock = -1;
    enum status st = change_begin(vault, &lock);
    if (st == OK) {
        st = erase_locked(vault, school.v, sorted, count);
        change_end(vault, lock);
    }
    free(sorted);
    return st;
}
