/*
 * vault: keys, sealing and opening. What a person typed, and what says who a person is, is stored
 * only sealed (XChaCha20-Poly1305); whoever steals the database or a backup holds ids, kinds and
 * dates. Knows keys and bytes; refuses to know who may read what (that is access/).
 *
 * The hierarchy:
 *   master key    32 bytes in a file of mode 0600 or a systemd credential, outside the database
 *    └ keyring    a file beside the database, sealed with the master key: per school a tree of
 *      │          secrets, one leaf per dossier slot (GGM construction with HChaCha20, 16-ary,
 *      │          5 levels: 1,048,576 slots per school)
 *    └ school key wrapped by the master key, in the database (school_key)
 *       └ dossier key  wrapped by BLAKE2b(school key, leaf of its slot), in the database (dossier)
 *          └ sealed columns; associated data names table, column, school and row, so that a
 *            ciphertext moved to another place does not open
 *
 * Erasure: vault_erase() punctures the slot's leaf out of the keyring and writes the keyring
 * anew. The wrapped dossier key in any older backup can then be opened by nobody, for the keyring
 * is never part of a backup (docs/admin: keep ONE copy of it, and overwrite that copy).
 * Rotation: vault_rotate_master() and vault_rotate_school() rewrap keys; content is not rewritten.
 *
 * A vault is shared by all threads; keys in memory are locked against swapping where allowed.
 */
#ifndef VAULT_VAULT_H
#define VAULT_VAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"

struct arena;
struct random;
struct vault;

#define VAULT_KEY_BYTES 32
#define VAULT_WRAPPED_BYTES 72   /* nonce 24 + key 32 + tag 16 */
#define VAULT_OVERHEAD 41        /* version 1 + nonce 24 + tag 16 */
#define VAULT_SLOTS (1 << 20)    /* dossier slots per school */

/* A dossier's key, ready for use. Wipe it (or let the arena go) after the request. */
struct vault_key {
    uint8_t key[VAULT_KEY_BYTES];
};

/*
 * Where a sealed value stands; becomes the associated data. `column` is "table.column" and a
 * constant of the program. School and row are ids (0 when there is none).
 */
struct vault_place {
    const char *column;
    int64_t school;
    int64_t row;
};

/*
 * Opens the vault with the master key file and the keyring file. When `create` and neither exists,
 * both are made (0600). ERR_NOT_FOUND when one is missing, ERR_FORBIDDEN when the master key file
 * can be read by others, ERR_CORRUPT when the keyring does not open with this master key.
 */
NODISCARD enum status vault_open_files(const char *master_path, const char *keyring_path,
                                       bool create, struct random *random, struct vault **ret_vault);

/* A vault in memory with a random or seeded master key, for tests, demo rehearsals and benches. */
NODISCARD enum status vault_open_memory(struct random *random, struct vault **ret_vault);

void vault_close(struct vault *vault); /* wipes keys; NULL is fine */

/* A new school: makes its tree and key. *ret_wrapped (VAULT_WRAPPED_BYTES, arena) goes to the database. */
NODISCARD enum status vault_school_new(struct vault *vault, struct random *random, struct arena *arena,
                                       struct school_id school, struct bytes *ret_wrapped);

/* Makes a school's key known from its wrapped form; cheap when it is known already. */
NODISCARD enum status vault_school_load(struct vault *vault, struct school_id school,
                                        struct bytes wrapped);
bool vault_school_known(struct vault *vault, struct school_id school);

/* A new dossier key for `slot` (never used before in this school), and its wrapped form. */
NODISCARD enum status vault_dossier_new(struct vault *vault, struct random *random,
                                        struct arena *arena, struct school_id school, int64_t slot,
                                        struct vault_key *ret_key, struct bytes *ret_wrapped);

/* Opens a dossier key. ERR_ERASED when its slot was erased, ERR_CORRUPT when it does not open. */
NODISCARD enum status vault_dossier_open(struct vault *vault, struct school_id school, int64_t slot,
                                         struct bytes wrapped, struct vault_key *ret_key);

/* Destroys the slot's secret for good and writes the keyring (fsync) before it answers OK. */
NODISCARD enum status vault_erase(struct vault *vault, struct school_id school, int64_t slot);

/* Seals `text` of `len` bytes for `place`. The result lives in the arena. ERR_NOMEM only. */
NODISCARD enum status vault_seal(const struct vault_key *key, struct random *random,
                                 struct arena *arena, struct vault_place place, const void *data,
                                 size_t len, struct sealed *ret_sealed);

/*
 * Opens a sealed value; *ret_text is NUL-terminated, in the arena. An empty value (NULL column)
 * opens as "". ERR_CORRUPT when it was changed, cut, moved or sealed with another key.
 */
NODISCARD enum status vault_open(const struct vault_key *key, struct arena *arena,
                                 struct vault_place place, struct sealed sealed,
                                 const char **ret_text);
NODISCARD enum status vault_open_bytes(const struct vault_key *key, struct arena *arena,
                                       struct vault_place place, struct sealed sealed,
                                       struct bytes *ret_bytes);

/*
 * The school's own key for what belongs to no single dossier (settings, staff of the school), and
 * the installation's key for accounts. Derived, never stored.
 */
NODISCARD enum status vault_school_own_key(struct vault *vault, struct school_id school,
                                           struct vault_key *ret_key);
void vault_installation_key(struct vault *vault, struct vault_key *ret_key);

/*
 * Blind index: a keyed BLAKE2b-256 of a normalised value (e-mail address, badge token), so that it can be
 * looked up without being readable. `purpose` is a constant that keeps indexes apart.
 */
void vault_blind_index(struct vault *vault, const char *purpose, const void *value, size_t len,
                       uint8_t ret_index[32]);

/*
 * Rotation. The master: everything wrapped by it is handed to `rewrap` callers in src/vault/rotate.h.
 * vault_school_rewrap gives a school a new key and a new tree; the caller rewraps its dossiers in
 * one transaction with vault_dossier_rewrap, then calls vault_school_adopt (or _abandon).
 */
struct vault_rotation;
NODISCARD enum status vault_school_rotate(struct vault *vault, struct random *random,
                                          struct arena *arena, struct school_id school,
                                          struct vault_rotation **ret_rotation,
                                          struct bytes *ret_wrapped_school);
NODISCARD enum status vault_dossier_rewrap(struct vault_rotation *rotation, struct random *random,
                                           struct arena *arena, int64_t old_slot,
                                           struct bytes old_wrapped, int64_t new_slot,
                                           struct bytes *ret_wrapped);
/* Keeps both trees in the keyring until adopt: a crash in between loses nothing. */
NODISCARD enum status vault_school_adopt(struct vault_rotation *rotation);
void vault_school_abandon(struct vault_rotation *rotation);

/* The wrapped form of a school's key under a new master key; then vault_master_replace writes the files. */
NODISCARD enum status vault_school_wrap_for(struct vault *vault, const uint8_t new_master[VAULT_KEY_BYTES],
                                            struct random *random, struct arena *arena,
                                            struct school_id school, struct bytes *ret_wrapped);
NODISCARD enum status vault_master_replace(struct vault *vault,
                                           const uint8_t new_master[VAULT_KEY_BYTES]);

#endif
