/*
 * vault: keys, sealing and opening. What a person typed, and what says who a person is, is stored
 * only sealed (XChaCha20-Poly1305); whoever steals the database or a backup holds ids, kinds and
 * dates. Knows keys and bytes; refuses to know who may read what (that is access/).
 *
 * The hierarchy (README.md has the table of who steals what):
 *   master key    32 bytes in a file of mode 0600 or a systemd credential, outside the database
 *    ├ keyring    a file beside the database, sealed with the master key: the installation's
 *    │ │          secret, and per school an own secret and a tree of secrets, one leaf per dossier
 *    │ │          slot (GGM construction with HChaCha20, 16-ary, 5 levels: 1,048,576 slots)
 *    └ school key wrapped by the master key, in the database (school_key)
 *       └ dossier key  wrapped by BLAKE2b(school key, leaf of its slot), in the database (dossier)
 *          └ sealed columns; associated data names table, column, school and row, so that a
 *            ciphertext moved to another place does not open
 *
 * Erasure: vault_erase() punctures the slot's leaf out of the keyring and writes the keyring
 * anew. The wrapped dossier key in any older backup can then be opened by nobody, for the keyring
 * is never part of a backup (docs/admin: keep ONE copy of it, and overwrite that copy).
 * Rotation: of the master key and of a school's key, both rewrap keys; content is not rewritten.
 *
 * A vault is shared by all threads; keys in memory are locked against swapping where allowed.
 * Several processes may have the same files open: changes take a lock (`<keyring>.lock`) and start
 * from the file as it then is; readers see another process's change at the next failure to open
 * something, or at vault_refresh(). Statuses that every function with a keyring change may give,
 * besides its own: ERR_IO, ERR_FORBIDDEN (folder not writable), ERR_NOT_FOUND or ERR_CORRUPT
 * (keyring or master file gone or unreadable), ERR_CONFLICT (lock held for ten seconds), ERR_NOMEM,
 * ERR_LIMIT (a path of 4 KiB, a keyring of 1 GiB).
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
#define VAULT_WRAPPED_BYTES 72 /* nonce 24 + key 32 + tag 16 */
#define VAULT_OVERHEAD 41      /* version 1 + nonce 24 + tag 16 */
#define VAULT_SLOTS (1 << 20)  /* dossier slots per school */

/* A dossier's key, ready for use. Wipe it after the request. */
struct vault_key {
    uint8_t key[VAULT_KEY_BYTES];
};

void vault_key_wipe(struct vault_key *key);

/*
 * Where a sealed value stands; becomes the associated data. `column` is "table.column", a
 * constant of the program of at most 100 bytes. School and row are ids (0 when there is none).
 */
struct vault_place {
    const char *column;
    int64_t school;
    int64_t row;
};

/*
 * Opens the vault with the master key file and the keyring file. With `create` (init, demo: never
 * serve) missing files are made, 0600; but no master key is ever made for a keyring that exists.
 * A master key file that exists, such as a systemd credential, is used for the new keyring.
 * ERR_NOT_FOUND when one is missing, ERR_FORBIDDEN when the master key file can be read by others,
 * ERR_CORRUPT when the keyring does not open with this master key or the key file is no key.
 */
NODISCARD enum status vault_open_files(const char *master_path, const char *keyring_path,
                                       bool create, struct random *random,
                                       struct vault **ret_vault);

/* A vault in memory with a random or seeded master key, for tests, demo rehearsals and benches. */
NODISCARD enum status vault_open_memory(struct random *random, struct vault **ret_vault);

void vault_close(struct vault *vault); /* wipes keys; NULL is fine */

/*
 * Takes over what another process did to the keyring; costs one stat() when that is nothing. Call
 * it from the housekeeping tick, so that an erasure elsewhere holds here within that time.
 */
NODISCARD enum status vault_refresh(struct vault *vault);

/*
 * Counts the changes of the keyring. Kept in the database as well, it lets `check` warn that an
 * older copy of the keyring was put back, in which erased slots live again.
 */
uint64_t vault_generation(struct vault *vault);

/*
 * A new school: makes its tree and key. *ret_wrapped (VAULT_WRAPPED_BYTES, arena) goes to the
 * database. The keyring is written first: when the transaction then fails, an unused tree remains,
 * which harms nothing and goes away with vault_school_erase. ERR_CONFLICT when the school has a
 * tree already or the master key is being replaced.
 */
NODISCARD enum status vault_school_new(struct vault *vault, struct random *random,
                                       struct arena *arena, struct school_id school,
                                       struct bytes *ret_wrapped);

/*
 * Makes a school's key known from its wrapped form; cheap when it is known already. ERR_ERASED when
 * the keyring has no tree of this school, ERR_CORRUPT when none of its trees belongs to this key.
 */
NODISCARD enum status vault_school_load(struct vault *vault, struct school_id school,
                                        struct bytes wrapped);
bool vault_school_known(struct vault *vault, struct school_id school);

/* Destroys all secrets of a school that leaves, for good. OK when it had none. */
NODISCARD enum status vault_school_erase(struct vault *vault, struct school_id school);

/*
 * A new dossier key for `slot` (never used before in this school; give them out in order: together
 * in time is together in the tree, which keeps the keyring small), and its wrapped form. Call it
 * inside the transaction that stores it, after reading the school_key row with a lock that a
 * rotation waits for. ERR_ERASED when the slot was used and erased, ERR_CONFLICT while the school's
 * key is being rotated, ERR_NOT_FOUND when the school's key is not known, ERR_INVALID for a slot
 * out of range.
 */
NODISCARD enum status vault_dossier_new(struct vault *vault, struct random *random,
                                        struct arena *arena, struct school_id school, int64_t slot,
                                        struct vault_key *ret_key, struct bytes *ret_wrapped);

/*
 * Opens a dossier key. ERR_ERASED when its slot was erased, ERR_CORRUPT when it does not open,
 * ERR_NOT_FOUND when the school's key is not known, or is no longer the present one: read
 * school_key anew, vault_school_load, and try once more.
 */
NODISCARD enum status vault_dossier_open(struct vault *vault, struct school_id school, int64_t slot,
                                         struct bytes wrapped, struct vault_key *ret_key);

/*
 * Destroys the secrets of these slots for good and writes the keyring once (fsync) before it
 * answers OK. All or none. OK also for what was erased before, so that it can be repeated: store
 * the intention with the deletion of the rows, erase after the commit, then strike the intention
 * out. ERR_NOT_FOUND when the school has no tree, ERR_CONFLICT while it has two (see rotation),
 * ERR_INVALID for a slot out of range.
 */
NODISCARD enum status vault_erase(struct vault *vault, struct school_id school,
                                  const int64_t *slots, size_t count);

/* Seals `len` bytes for `place`. The result lives in the arena. ERR_NOMEM only. */
NODISCARD enum status vault_seal(const struct vault_key *key, struct random *random,
                                 struct arena *arena, struct vault_place place, const void *data,
                                 size_t len, struct sealed *ret_sealed);

/*
 * Opens a sealed value; *ret_text is NUL-terminated, in the arena. An empty value (NULL column)
 * opens as "". ERR_CORRUPT when it was changed, cut, moved or sealed with another key; vault_open
 * also for a value with a NUL inside, which was never text. ERR_NOMEM.
 */
NODISCARD enum status vault_open(const struct vault_key *key, struct arena *arena,
                                 struct vault_place place, struct sealed sealed,
                                 const char **ret_text);
NODISCARD enum status vault_open_bytes(const struct vault_key *key, struct arena *arena,
                                       struct vault_place place, struct sealed sealed,
                                       struct bytes *ret_bytes);

/*
 * The school's own key for what belongs to no single dossier (settings, staff of the school), and
 * the installation's key for accounts. Derived from secrets in the keyring, so no rotation changes
 * them. The school's: ERR_NOT_FOUND when the keyring has no tree of the school.
 */
NODISCARD enum status vault_school_own_key(struct vault *vault, struct school_id school,
                                           struct vault_key *ret_key);
void vault_installation_key(struct vault *vault, struct vault_key *ret_key);

/*
 * Blind index: a keyed BLAKE2b-256 of a normalised value (e-mail address, badge token), so that it
 * can be looked up without being readable. `purpose` is a constant that keeps indexes apart.
 */
void vault_blind_index(struct vault *vault, const char *purpose, const void *value, size_t len,
                       uint8_t ret_index[32]);

/*
 * Rotation of a school's key: a new key and a new, whole tree.
 *
 *   vault_school_rotate         the keyring now holds both trees; loading picks the one that
 *                               belongs to the wrapped key in the database
 *   one transaction             locks the school_key row, vault_dossier_rewrap for every dossier,
 *                               stores the new wrapped keys and slots
 *   commit                      failed for sure: vault_school_abandon (drops the new tree)
 *                               succeeded:       vault_school_adopt (drops the old tree)
 *                               unknown:         vault_school_leave (drops nothing), then settle
 *
 * A crash anywhere leaves both trees, so nothing is lost. Until one is dropped, making and erasing
 * dossiers of the school answer ERR_CONFLICT: vault_school_settle ends that. All three endings free
 * the rotation, whatever they answer. After adopt, backups from before cannot be opened any more.
 */
struct vault_rotation;
NODISCARD enum status vault_school_rotate(struct vault *vault, struct random *random,
                                          struct arena *arena, struct school_id school,
                                          struct vault_rotation **ret_rotation,
                                          struct bytes *ret_wrapped_school);

/* ERR_ERASED and ERR_CORRUPT as vault_dossier_open; ERR_INVALID for a slot out of range. */
NODISCARD enum status vault_dossier_rewrap(struct vault_rotation *rotation, struct random *random,
                                           struct arena *arena, int64_t old_slot,
                                           struct bytes old_wrapped, int64_t new_slot,
                                           struct bytes *ret_wrapped);
NODISCARD enum status vault_school_adopt(struct vault_rotation *rotation);
void vault_school_abandon(struct vault_rotation *rotation);
void vault_school_leave(struct vault_rotation *rotation);

/* Whether the school has two trees: a rotation runs, or was cut short. */
bool vault_school_rotating(struct vault *vault, struct school_id school);

/*
 * Ends a rotation that was cut short: keeps the tree that belongs to `wrapped` and drops the
 * other. Call it in a write transaction that has just read `wrapped`, never with an older value.
 * ERR_CORRUPT when neither tree belongs to it: then nothing is dropped.
 */
NODISCARD enum status vault_school_settle(struct vault *vault, struct school_id school,
                                          struct bytes wrapped);

/*
 * Rotation of the master key, in an order in which the files and the database open at any moment:
 *
 *   1 vault_master_begin        writes `<master>.new`, then the keyring so that both keys open it
 *   2 one transaction           vault_school_wrap_for for every school, stored; commit
 *   3 vault_master_replace      renames `<master>.new` over the master key file, then writes the
 *                               keyring so that only the new key opens it
 *
 *   crash after     files and database                      what opening does
 *   .new written    old keyring, old database               uses the old key; .new is nobody's
 *   1               keyring opens with both, old database   knows both keys, loading tries both
 *   2               the same, new database                  the same
 *   rename          key file new, keyring opens with both   uses the new key
 *
 * After a crash vault_master_state tells where it stopped. PENDING: do 2 again for all schools and
 * 3. LEFTOVER: do 3 again. A backup from before needs the master key of that day
 * (vault_master_admit), and no copy of the keyring from before opens with the new one: make a new
 * copy. Where the master key is a read-only credential, step 1 answers ERR_FORBIDDEN: rotate with
 * the real file while the service is stopped.
 */
enum vault_master_state {
    VAULT_MASTER_SETTLED,
    VAULT_MASTER_PENDING,  /* a new key is known and not yet in place */
    VAULT_MASTER_LEFTOVER, /* the new key is in place and the former one still opens the keyring */
};

/* Fills ret_new_master (may be NULL) when PENDING. */
enum vault_master_state vault_master_state(struct vault *vault,
                                           uint8_t ret_new_master[VAULT_KEY_BYTES]);

/* ERR_CONFLICT while another replacement is PENDING or LEFTOVER; OK again with the same key. */
NODISCARD enum status vault_master_begin(struct vault *vault,
                                         const uint8_t new_master[VAULT_KEY_BYTES]);

/* The wrapped form of a known school's key under a new master key. ERR_NOT_FOUND when not known. */
NODISCARD enum status vault_school_wrap_for(struct vault *vault,
                                            const uint8_t new_master[VAULT_KEY_BYTES],
                                            struct random *random, struct arena *arena,
                                            struct school_id school, struct bytes *ret_wrapped);

/* ERR_INVALID when vault_master_begin was not called for this key. May be repeated. */
NODISCARD enum status vault_master_replace(struct vault *vault,
                                           const uint8_t new_master[VAULT_KEY_BYTES]);

/*
 * Lets this process load school keys wrapped by a former master key, for restoring a backup from
 * before a rotation; then store vault_school_wrap_for with the present key (vault_master_key).
 */
void vault_master_admit(struct vault *vault, const uint8_t former_master[VAULT_KEY_BYTES]);
void vault_master_key(struct vault *vault, uint8_t ret_master[VAULT_KEY_BYTES]);

#endif
