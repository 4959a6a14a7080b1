/*
 * vault_internal: what vault.c (opening, changing the keyring), dossier.c, school.c and rotate.c
 * share. For these four files only.
 *
 * Two locks. `change` is held by whoever makes a new keyring or reads one from disk, through the
 * file lock, the writing and the flushing; readers do not wait for that. `lock` guards what
 * readers use and is taken for writing only to exchange pointers. Order: change, then lock.
 */
#ifndef VAULT_INTERNAL_H
#define VAULT_INTERNAL_H

#include <pthread.h>

#include "base/random.h"
#include "vault/envelope.h"
#include "vault/keyfile.h"
#include "vault/keyring.h"
#include "vault/opened.h"
#include "vault/vault.h"

#define TREE_NONE UINT32_MAX

/* A school whose key is known. `school` 0: a free place; `tree` TREE_NONE: forgotten again. */
struct school_entry {
    int64_t school;
    uint32_t tree; /* in the present keyring */
    uint8_t mark[KEYRING_MARK];
    uint8_t key[VAULT_KEY_BYTES];
    uint8_t wrapped[VAULT_WRAPPED_BYTES]; /* what it was loaded from */
};

enum master_role { MASTER_PRESENT, MASTER_NEW, MASTER_FORMER, MASTER_ROLES };

/* All that must not be swapped out, in one piece. */
struct vault_secrets {
    struct envelope envelope;
    uint8_t master[MASTER_ROLES][VAULT_KEY_BYTES];
    bool has_master[MASTER_ROLES];
    uint8_t installation_key[VAULT_KEY_BYTES];
    uint8_t index_key[VAULT_KEY_BYTES];
};

struct vault {
    pthread_mutex_t change;
    pthread_rwlock_t lock;
    struct random random;         /* for the keyring's seals; under change */
    char *master_path;            /* NULL: a vault in memory */
    char *new_master_path;
    char *keyring_path;
    struct keyfile_version seen;  /* the keyring file that `ring` is; under change */
    struct vault_secrets *secrets;
    struct keyring *ring;
    struct school_entry *schools; /* open addressing, a power of two, at most half full */
    size_t school_places;
    size_t school_count;
    struct opened *opened;        /* wiped whenever `ring` is exchanged or a school forgotten */
};

/* Begins a change: takes the locks and the keyring as it is on disk. On OK, end it. */
NODISCARD enum status change_begin(struct vault *vault, int *ret_lock);
void change_end(struct vault *vault, int lock);

/*
 * Writes `next` to disk, then makes it the present keyring, with `secrets` (of secrets_copy) or,
 * when that is NULL, with the present ones. Owns both from here, also on failure.
 */
NODISCARD enum status change_commit(struct vault *vault, struct vault_secrets *secrets,
                                    struct keyring *next);

struct vault_secrets *secrets_copy(const struct vault *vault); /* under change; NULL: no memory */
void secrets_free(struct vault_secrets *secrets);

/* The known school or NULL; under lock. */
struct school_entry *known_school_find(const struct vault *vault, int64_t school);

/* Makes a school known or changes it; takes lock. ERR_CONFLICT when its tree is gone, ERR_NOMEM. */
NODISCARD enum status school_put(struct vault *vault, const struct school_entry *entry);
void school_forget(struct vault *vault, int64_t school);
void school_entry_wipe(struct school_entry *entry);

/* Drops all trees of a school but the one with the mark `keep` (NULL: all); under change. */
NODISCARD enum status school_drop_trees(struct vault *vault, int64_t school, const uint8_t *keep);

/* A school's key under a master key, bound to the tree with this mark. */
void school_key_wrap(const uint8_t master[VAULT_KEY_BYTES], struct random *random, int64_t school,
                     const uint8_t mark[KEYRING_MARK], const uint8_t key[VAULT_KEY_BYTES],
                     uint8_t ret_wrapped[VAULT_WRAPPED_BYTES]);

/* Finds the tree and master key that belong to a wrapped school key; under lock or change. */
NODISCARD enum status school_key_unwrap(const struct vault *vault, int64_t school,
                                        struct bytes wrapped, struct school_entry *ret_entry);

/* A dossier key under a school key and a slot's leaf. */
void dossier_key_wrap(const uint8_t school_key[VAULT_KEY_BYTES], const uint8_t leaf[KEYRING_SECRET],
                      struct random *random, int64_t school, int64_t slot,
                      const uint8_t key[VAULT_KEY_BYTES], uint8_t ret_wrapped[VAULT_WRAPPED_BYTES]);
NODISCARD bool dossier_key_unwrap(const uint8_t school_key[VAULT_KEY_BYTES],
                                  const uint8_t leaf[KEYRING_SECRET], int64_t school, int64_t slot,
                                  struct bytes wrapped, uint8_t ret_key[VAULT_KEY_BYTES]);

static inline bool slot_valid(int64_t slot)
{
    return slot >= 0 && slot < VAULT_SLOTS;
}

#endif
