/* The schools of a vault: the table of known keys, new ones, loading, erasing. See vault.h. */
#include <assert.h>
#include <sodium.h>

#include "base/arena.h"
#include "vault/secret.h"
#include "vault/vault_internal.h"
#include "vault/wrap.h"

#define FIRST_PLACES 16

void school_entry_wipe(struct school_entry *entry)
{
    int64_t school = entry->school;
    sodium_memzero(entry, sizeof *entry);
    /* The place stays taken, so that the search for another school goes on past it. */
    entry->school = school;
    entry->tree = TREE_NONE;
}

/* Where the school is, or would be put. There is always a free place. */
static struct school_entry *place_of(struct school_entry *schools, size_t places, int64_t school)
{
    size_t at = (size_t)(((uint64_t)school * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (places - 1);
    while (schools[at].school && schools[at].school != school)
        at = (at + 1) & (places - 1);
    return schools + at;
}

struct school_entry *known_school_find(const struct vault *vault, int64_t school)
{
    if (vault->school_places == 0 || school == 0)
        return NULL;
    struct school_entry *entry = place_of(vault->schools, vault->school_places, school);
    return entry->school && entry->tree != TREE_NONE ? entry : NULL;
}

/* Doubles the table when it is half full; under lock for writing. */
static bool make_room(struct vault *vault)
{
    if ((vault->school_count + 1) * 2 <= vault->school_places)
        return true;
    size_t places = vault->school_places ? vault->school_places * 2 : FIRST_PLACES;
    struct school_entry *schools = secret_alloc(places * sizeof *schools);
    if (!schools)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < vault->school_places; i++) {
        const struct school_entry *entry = vault->schools + i;
        if (entry->school && entry->tree != TREE_NONE) {
            *place_of(schools, places, entry->school) = *entry;
            count++;
        }
    }
    secret_free(vault->schools, vault->school_places * sizeof *schools);
    vault->schools = schools;
    vault->school_places = places;
    vault->school_count = count;
    return true;
}

enum status school_put(struct vault *vault, const struct school_entry *entry)
{
    enum status st = OK;
    (void)pthread_rwlock_wrlock(&vault->lock);
    uint32_t tree;
    if (!keyring_tree_with(vault->ring, entry->school, entry->mark, &tree)) {
        st = ERR_CONFLICT; /* it went between the caller's look and now */
    } else if (!make_room(vault)) {
        st = ERR_NOMEM;
    } else {
        struct school_entry *place = place_of(vault->schools, vault->school_places, entry->school);
        if (!place->school)
            vault->school_count++;
        *place = *entry;
        place->tree = tree;
    }
    (void)pthread_rwlock_unlock(&vault->lock);
    return st;
}

void school_forget(struct vault *vault, int64_t school)
{
    (void)pthread_rwlock_wrlock(&vault->lock);
    struct school_entry *entry = known_school_find(vault, school);
    if (entry)
        school_entry_wipe(entry);
    opened_wipe(vault->opened);
    (void)pthread_rwlock_unlock(&vault->lock);
}

bool vault_school_known(struct vault *vault, struct school_id school)
{
    (void)pthread_rwlock_rdlock(&vault->lock);
    bool known = known_school_find(vault, school.v) != NULL;
    (void)pthread_rwlock_unlock(&vault->lock);
    return known;
}

bool vault_school_rotating(struct vault *vault, struct school_id school)
{
    (void)pthread_rwlock_rdlock(&vault->lock);
    bool rotating = keyring_trees(vault->ring, school.v, NULL) > 1;
    (void)pthread_rwlock_unlock(&vault->lock);
    return rotating;
}

static struct vault_place school_place(int64_t school)
{
    return (struct vault_place){.column = "school_key.key", .school = school};
}

void school_key_wrap(const uint8_t master[VAULT_KEY_BYTES], struct random *random, int64_t school,
                     const uint8_t mark[KEYRING_MARK], const uint8_t key[VAULT_KEY_BYTES],
                     uint8_t ret_wrapped[VAULT_WRAPPED_BYTES])
{
    uint8_t with[VAULT_KEY_BYTES];
    key_derive(master, "weerklank school key", mark, KEYRING_MARK, with);
    key_wrap(with, random, school_place(school), key, ret_wrapped);
    sodium_memzero(with, sizeof with);
}

/* Whether one of the master keys opens the wrapped key for this tree. */
static bool unwrap_for_tree(const struct vault *vault, const struct keyring_tree *tree,
                            const uint8_t wrapped[VAULT_WRAPPED_BYTES],
                            uint8_t ret_key[VAULT_KEY_BYTES])
{
    bool opened = false;
    for (int role = 0; role < MASTER_ROLES && !opened; role++) {
        if (!vault->secrets->has_master[role])
            continue;
        uint8_t with[VAULT_KEY_BYTES];
        key_derive(vault->secrets->master[role], "weerklank school key", tree->mark, KEYRING_MARK,
                   with);
        opened = key_unwrap(with, school_place(tree->school), wrapped, ret_key);
        sodium_memzero(with, sizeof with);
    }
    return opened;
}

enum status school_key_unwrap(const struct vault *vault, int64_t school, struct bytes wrapped,
                              struct school_entry *ret_entry)
{
    uint32_t first;
    uint32_t count = keyring_trees(vault->ring, school, &first);
    if (count == 0)
        return ERR_ERASED;
    if (wrapped.len != VAULT_WRAPPED_BYTES)
        return ERR_CORRUPT;
    for (uint32_t i = first; i < first + count; i++) {
        const struct keyring_tree *tree = vault->ring->trees + i;
        uint8_t key[VAULT_KEY_BYTES];
        if (!unwrap_for_tree(vault, tree, wrapped.data, key))
            continue;
        *ret_entry = (struct school_entry){.school = school, .tree = i};
        memcpy(ret_entry->mark, tree->mark, sizeof ret_entry->mark);
        memcpy(ret_entry->key, key, sizeof ret_entry->key);
        memcpy(ret_entry->wrapped, wrapped.data, sizeof ret_entry->wrapped);
        sodium_memzero(key, sizeof key);
        return OK;
    }
    return ERR_CORRUPT;
}

static enum status new_locked(struct vault *vault, struct random *random, struct school_id school,
                              struct school_entry *entry)
{
    if (keyring_trees(vault->ring, school.v, NULL) > 0 || vault->secrets->has_master[MASTER_NEW])
        return ERR_CONFLICT;
    struct keyring *next = NULL;
    enum status st = keyring_with_tree(vault->ring, random, school.v, entry->mark, NULL, &next);
    if (st == OK)
        st = change_commit(vault, NULL, next);
    if (st == OK)
        school_key_wrap(vault->secrets->master[MASTER_PRESENT], random, school.v, entry->mark,
                        entry->key, entry->wrapped);
    return st;
}

enum status vault_school_new(struct vault *vault, struct random *random, struct arena *arena,
                             struct school_id school, struct bytes *ret_wrapped)
{
    assert(vault && random && arena && school.v > 0 && ret_wrapped);

    uint8_t *wrapped = arena_alloc(arena, VAULT_WRAPPED_BYTES);
    if (!wrapped)
        return ERR_NOMEM;
    struct school_entry entry = {.school = school.v};
    random_fill(random, entry.mark, sizeof entry.mark);
    random_fill(random, entry.key, sizeof entry.key);
    int lock = -1;
    enum status st = change_begin(vault, &lock);
    if (st == OK) {
        st = new_locked(vault, random, school, &entry);
        if (st == OK)
            st = school_put(vault, &entry);
        change_end(vault, lock);
    }
    if (st == OK) {
        memcpy(wrapped, entry.wrapped, VAULT_WRAPPED_BYTES);
        *ret_wrapped = (struct bytes){.data = wrapped, .len = VAULT_WRAPPED_BYTES};
    }
    sodium_memzero(&entry, sizeof entry);
    return st;
}

static enum status load_once(struct vault *vault, int64_t school, struct bytes wrapped)
{
    struct school_entry entry;
    (void)pthread_rwlock_rdlock(&vault->lock);
    enum status st = school_key_unwrap(vault, school, wrapped, &entry);
    (void)pthread_rwlock_unlock(&vault->lock);
    if (st == OK)
        st = school_put(vault, &entry);
    sodium_memzero(&entry, sizeof entry);
    return st;
}

enum status vault_school_load(struct vault *vault, struct school_id school, struct bytes wrapped)
{
    assert(vault);

    (void)pthread_rwlock_rdlock(&vault->lock);
    const struct school_entry *entry = known_school_find(vault, school.v);
    bool known = entry && wrapped.len == VAULT_WRAPPED_BYTES &&
                 memcmp(entry->wrapped, wrapped.data, VAULT_WRAPPED_BYTES) == 0;
    (void)pthread_rwlock_unlock(&vault->lock);
    if (known)
        return OK;
    enum status st = load_once(vault, school.v, wrapped);
    if (st != ERR_ERASED && st != ERR_CORRUPT && st != ERR_CONFLICT)
        return st;
    /*
     * Another process may have made the school, or rotated. When we cannot look, the answer stands.
     */
    if (vault_refresh(vault) != OK)
        return st;
    return load_once(vault, school.v, wrapped);
}

/* All trees of the school but the one with the mark `keep` (NULL: all of them). */
enum status school_drop_trees(struct vault *vault, int64_t school, const uint8_t *keep)
{
    struct keyring *next = NULL;
    uint32_t first;
    uint32_t count = keyring_trees(vault->ring, school, &first);
    for (uint32_t i = first + count; i > first; i--) {
        if (keep && memcmp(vault->ring->trees[i - 1].mark, keep, KEYRING_MARK) == 0)
            continue;
        struct keyring *less = NULL;
        enum status st = keyring_without_tree(next ? next : vault->ring, i - 1, &less);
        keyring_free(next);
        if (st != OK)
            return st;
        next = less;
    }
    return next ? change_commit(vault, NULL, next) : OK;
}

enum status vault_school_erase(struct vault *vault, struct school_id school)
{
    assert(vault);

    int lock = -1;
    enum status st = change_begin(vault, &lock);
    if (st != OK)
        return st;
    st = school_drop_trees(vault, school.v, NULL);
    if (st == OK && vault->keyring_path)
        st = keyfile_flush(vault->keyring_path);
    change_end(vault, lock);
    return st;
}

enum status vault_school_own_key(struct vault *vault, struct school_id school,
                                 struct vault_key *ret_key)
{
    assert(vault && ret_key);

    (void)pthread_rwlock_rdlock(&vault->lock);
    uint32_t tree;
    bool found = keyring_trees(vault->ring, school.v, &tree) > 0;
    if (found)
        key_derive(vault->ring->trees[tree].own, "weerklank school own", NULL, 0, ret_key->key);
    (void)pthread_rwlock_unlock(&vault->lock);
    return found ? OK : ERR_NOT_FOUND;
}
