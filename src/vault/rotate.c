/* Rotation of a school's key and of the master key. The order of the steps is in vault.h. */
#include <assert.h>
#include <sodium.h>

#include "base/arena.h"
#include "vault/secret.h"
#include "vault/vault_internal.h"
#include "vault/wrap.h"

struct vault_rotation {
    struct vault *vault;
    struct school_entry old;
    struct school_entry fresh;
};

/* --- a school's key ---------------------------------------------------------------------- */

static enum status rotate_locked(struct vault *vault, struct random *random,
                                 struct vault_rotation *rotation, int64_t school)
{
    uint32_t tree;
    uint32_t trees = keyring_trees(vault->ring, school, &tree);
    (void)pthread_rwlock_rdlock(&vault->lock);
    const struct school_entry *known = known_school_find(vault, school);
    if (known)
        rotation->old = *known;
    (void)pthread_rwlock_unlock(&vault->lock);
    if (trees == 0 || !known)
        return ERR_NOT_FOUND;
    if (trees > 1 || vault->secrets->has_master[MASTER_NEW])
        return ERR_CONFLICT;
    struct school_entry *fresh = &rotation->fresh;
    fresh->school = school;
    random_fill(random, fresh->mark, sizeof fresh->mark);
    random_fill(random, fresh->key, sizeof fresh->key);
    school_key_wrap(vault->secrets->master[MASTER_PRESENT], random, school, fresh->mark, fresh->key,
                    fresh->wrapped);
    struct keyring *next = NULL;
    enum status st = keyring_with_tree(vault->ring, random, school, fresh->mark,
                                       vault->ring->trees[tree].own, &next);
    return st == OK ? change_commit(vault, NULL, next) : st;
}

enum status vault_school_rotate(struct vault *vault, struct random *random, struct arena *arena,
                                struct school_id school, struct vault_rotation **ret_rotation,
                                struct bytes *ret_wrapped_school)
{
    assert(vault && random && arena && ret_rotation && ret_wrapped_school);

    uint8_t *wrapped = arena_alloc(arena, VAULT_WRAPPED_BYTES);
    struct vault_rotation *rotation = wrapped ? secret_alloc(sizeof *rotation) : NULL;
    if (!rotation)
        return ERR_NOMEM;
    rotation->vault = vault;
    int lock = -1;
    enum status st = change_begin(vault, &lock);
    if (st == OK) {
        st = rotate_locked(vault, random, rotation, school.v);
        change_end(vault, lock);
    }
    if (st != OK) {
        vault_school_leave(rotation);
        return st;
    }
    memcpy(wrapped, rotation->fresh.wrapped, VAULT_WRAPPED_BYTES);
    *ret_wrapped_school = (struct bytes){.data = wrapped, .len = VAULT_WRAPPED_BYTES};
    *ret_rotation = rotation;
    return OK;
}

/* The leaf of a slot in the tree of this entry; ERR_NOT_FOUND when the tree is gone. */
static enum status leaf_of(struct vault *vault, const struct school_entry *entry, int64_t slot,
                           uint8_t ret_leaf[KEYRING_SECRET])
{
    uint32_t tree;
    enum status st = ERR_NOT_FOUND;
    (void)pthread_rwlock_rdlock(&vault->lock);
    if (keyring_tree_with(vault->ring, entry->school, entry->mark, &tree))
        st = keyring_leaf(vault->ring, tree, (uint32_t)slot, ret_leaf) ? OK : ERR_ERASED;
    (void)pthread_rwlock_unlock(&vault->lock);
    return st;
}

enum status vault_dossier_rewrap(struct vault_rotation *rotation, struct random *random,
                                 struct arena *arena, int64_t old_slot, struct bytes old_wrapped,
                                 int64_t new_slot, struct bytes *ret_wrapped)
{
    assert(rotation && random && arena && ret_wrapped);

    if (!slot_valid(old_slot) || !slot_valid(new_slot))
        return ERR_INVALID;
    uint8_t *wrapped = arena_alloc(arena, VAULT_WRAPPED_BYTES);
    if (!wrapped)
        return ERR_NOMEM;
    const struct school_entry *old = &rotation->old;
    const struct school_entry *fresh = &rotation->fresh;
    uint8_t key[VAULT_KEY_BYTES];
    uint8_t leaf[KEYRING_SECRET];
    enum status st = leaf_of(rotation->vault, old, old_slot, leaf);
    if (st == OK && !dossier_key_unwrap(old->key, leaf, old->school, old_slot, old_wrapped, key))
        st = ERR_CORRUPT;
    if (st == OK)
        st = leaf_of(rotation->vault, fresh, new_slot, leaf);
    if (st == OK) {
        dossier_key_wrap(fresh->key, leaf, random, fresh->school, new_slot, key, wrapped);
        *ret_wrapped = (struct bytes){.data = wrapped, .len = VAULT_WRAPPED_BYTES};
    }
    sodium_memzero(key, sizeof key);
    sodium_memzero(leaf, sizeof leaf);
    return st;
}

/* Ends with `keep` as the school's only tree and key. */
static enum status end_rotation(struct vault *vault, const struct school_entry *keep)
{
    int lock = -1;
    enum status st = change_begin(vault, &lock);
    if (st != OK)
        return st;
    uint32_t tree;
    if (keyring_tree_with(vault->ring, keep->school, keep->mark, &tree))
        st = school_drop_trees(vault, keep->school, keep->mark);
    else
        st = ERR_CORRUPT; /* somebody settled it the other way: drop nothing more */
    change_end(vault, lock);
    return st;
}

enum status vault_school_adopt(struct vault_rotation *rotation)
{
    assert(rotation);

    /* Both trees may still be there when writing failed; the database speaks of the new one. */
    enum status ended = end_rotation(rotation->vault, &rotation->fresh);
    enum status st = school_put(rotation->vault, &rotation->fresh);
    vault_school_leave(rotation);
    return ended != OK ? ended : st;
}

void vault_school_abandon(struct vault_rotation *rotation)
{
    if (!rotation)
        return;
    /* When it fails the unused tree stays until vault_school_settle: nothing is lost by that. */
    IGNORE(end_rotation(rotation->vault, &rotation->old));
    vault_school_leave(rotation);
}

void vault_school_leave(struct vault_rotation *rotation)
{
    secret_free(rotation, sizeof *rotation);
}

enum status vault_school_settle(struct vault *vault, struct school_id school, struct bytes wrapped)
{
    assert(vault);

    int lock = -1;
    enum status st = change_begin(vault, &lock);
    if (st != OK)
        return st;
    struct school_entry entry;
    st = school_key_unwrap(vault, school.v, wrapped, &entry);
    if (st == OK)
        st = school_drop_trees(vault, school.v, entry.mark);
    if (st == OK)
        st = school_put(vault, &entry);
    change_end(vault, lock);
    sodium_memzero(&entry, sizeof entry);
    return st;
}

/* --- the master key ---------------------------------------------------------------------- */

static bool is_master(const struct vault *vault, enum master_role role,
                      const uint8_t key[VAULT_KEY_BYTES])
{
    return vault->secrets->has_master[role] &&
           sodium_memcmp(vault->secrets->master[role], key, VAULT_KEY_BYTES) == 0;
}

static enum vault_master_state state_of(const struct vault *vault)
{
    if (vault->secrets->has_master[MASTER_NEW])
        return VAULT_MASTER_PENDING;
    return vault->secrets->envelope.slot_count > 1 ? VAULT_MASTER_LEFTOVER : VAULT_MASTER_SETTLED;
}

enum vault_master_state vault_master_state(struct vault *vault,
                                           uint8_t ret_new_master[VAULT_KEY_BYTES])
{
    (void)pthread_rwlock_rdlock(&vault->lock);
    enum vault_master_state state = state_of(vault);
    if (state == VAULT_MASTER_PENDING && ret_new_master)
        memcpy(ret_new_master, vault->secrets->master[MASTER_NEW], VAULT_KEY_BYTES);
    (void)pthread_rwlock_unlock(&vault->lock);
    return state;
}

/* Writes the keyring as it is under other secrets, which it takes over. */
static enum status reseal(struct vault *vault, struct vault_secrets *secrets)
{
    struct keyring *next = NULL;
    enum status st = keyring_copy(vault->ring, &next);
    if (st == OK)
        return change_commit(vault, secrets, next);
    secrets_free(secrets);
    return st;
}

/* A rotation of a school wraps its new key with the master key that it found: one at a time. */
static bool any_school_rotating(const struct vault *vault)
{
    for (uint32_t i = 1; i < vault->ring->tree_count; i++)
        if (vault->ring->trees[i].school == vault->ring->trees[i - 1].school)
            return true;
    return false;
}

static enum status begin_locked(struct vault *vault, const uint8_t new_master[VAULT_KEY_BYTES])
{
    if (is_master(vault, MASTER_NEW, new_master))
        return OK;
    if (is_master(vault, MASTER_PRESENT, new_master))
        return ERR_INVALID;
    if (state_of(vault) != VAULT_MASTER_SETTLED || any_school_rotating(vault))
        return ERR_CONFLICT;
    enum status st =
        vault->keyring_path ? keyfile_write_master(vault->new_master_path, new_master) : OK;
    if (st != OK)
        return st;
    struct vault_secrets *secrets = secrets_copy(vault);
    if (!secrets)
        return ERR_NOMEM;
    memcpy(secrets->master[MASTER_NEW], new_master, VAULT_KEY_BYTES);
    secrets->has_master[MASTER_NEW] = true;
    envelope_add(&secrets->envelope, &vault->random, new_master);
    return reseal(vault, secrets);
}

enum status vault_master_begin(struct vault *vault, const uint8_t new_master[VAULT_KEY_BYTES])
{
    assert(vault && new_master);

    int lock = -1;
    enum status st = change_begin(vault, &lock);
    if (st != OK)
        return st;
    st = begin_locked(vault, new_master);
    change_end(vault, lock);
    return st;
}

enum status vault_school_wrap_for(struct vault *vault, const uint8_t new_master[VAULT_KEY_BYTES],
                                  struct random *random, struct arena *arena,
                                  struct school_id school, struct bytes *ret_wrapped)
{
    assert(vault && new_master && random && arena && ret_wrapped);

    uint8_t *wrapped = arena_alloc(arena, VAULT_WRAPPED_BYTES);
    if (!wrapped)
        return ERR_NOMEM;
    (void)pthread_rwlock_rdlock(&vault->lock);
    const struct school_entry *entry = known_school_find(vault, school.v);
    if (entry)
        school_key_wrap(new_master, random, school.v, entry->mark, entry->key, wrapped);
    (void)pthread_rwlock_unlock(&vault->lock);
    if (!entry)
        return ERR_NOT_FOUND;
    *ret_wrapped = (struct bytes){.data = wrapped, .len = VAULT_WRAPPED_BYTES};
    return OK;
}

/* The present secrets with `master` as the only key that opens the file. */
static struct vault_secrets *secrets_with_only(struct vault *vault,
                                               const uint8_t master[VAULT_KEY_BYTES])
{
    struct vault_secrets *secrets = secrets_copy(vault);
    if (!secrets)
        return NULL;
    memcpy(secrets->master[MASTER_PRESENT], master, VAULT_KEY_BYTES);
    sodium_memzero(secrets->master[MASTER_NEW], VAULT_KEY_BYTES);
    secrets->has_master[MASTER_NEW] = false;
    envelope_new(&secrets->envelope, &vault->random, master);
    return secrets;
}

static enum status replace_locked(struct vault *vault, const uint8_t new_master[VAULT_KEY_BYTES])
{
    bool in_place = is_master(vault, MASTER_PRESENT, new_master);
    if (!in_place && !is_master(vault, MASTER_NEW, new_master))
        return ERR_INVALID;
    if (in_place && state_of(vault) == VAULT_MASTER_SETTLED)
        return OK;
    if (in_place && state_of(vault) == VAULT_MASTER_PENDING)
        return ERR_INVALID; /* a newer one is on its way: replace with that, or abandon it */
    struct vault_secrets *secrets = secrets_with_only(vault, new_master);
    if (!secrets)
        return ERR_NOMEM;
    enum status st = OK;
    if (!in_place && vault->keyring_path) {
        st = keyfile_rename(vault->new_master_path, vault->master_path);
        vault->seen = (struct keyfile_version){0}; /* whatever comes: read the key files again */
    }
    if (st != OK) {
        secrets_free(secrets);
        return st;
    }
    return reseal(vault, secrets);
}

enum status vault_master_replace(struct vault *vault, const uint8_t new_master[VAULT_KEY_BYTES])
{
    assert(vault && new_master);

    int lock = -1;
    enum status st = change_begin(vault, &lock);
    if (st != OK)
        return st;
    st = replace_locked(vault, new_master);
    change_end(vault, lock);
    return st;
}

void vault_master_admit(struct vault *vault, const uint8_t former_master[VAULT_KEY_BYTES])
{
    (void)pthread_mutex_lock(&vault->change); /* a load in between would copy the secrets without */
    (void)pthread_rwlock_wrlock(&vault->lock);
    memcpy(vault->secrets->master[MASTER_FORMER], former_master, VAULT_KEY_BYTES);
    vault->secrets->has_master[MASTER_FORMER] = true;
    (void)pthread_rwlock_unlock(&vault->lock);
    (void)pthread_mutex_unlock(&vault->change);
}

void vault_master_key(struct vault *vault, uint8_t ret_master[VAULT_KEY_BYTES])
{
    (void)pthread_rwlock_rdlock(&vault->lock);
    memcpy(ret_master, vault->secrets->master[MASTER_PRESENT], VAULT_KEY_BYTES);
    (void)pthread_rwlock_unlock(&vault->lock);
}
