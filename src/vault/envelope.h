/*
 * envelope: the bytes of the keyring file. The keyring is sealed with a file key, and the file key
 * once with each master key that may open the file: one, or two while the master key is being
 * replaced, so that a crash at any moment leaves a file that the present key file opens.
 *
 *   magic 8, version 4, slots 4, generation 8 | slot 72 (once or twice) |
 *   nonce 24 | keyring | tag 16
 *
 * All that stands before the nonce is associated data of the seal. Knows no files.
 */
#ifndef VAULT_ENVELOPE_H
#define VAULT_ENVELOPE_H

#include "vault/vault.h"

struct keyring;
struct random;

#define ENVELOPE_SLOTS 2

struct envelope {
    uint8_t file_key[VAULT_KEY_BYTES];
    uint32_t slot_count;
    uint8_t slots[ENVELOPE_SLOTS][VAULT_WRAPPED_BYTES];
};

/* A fresh file key, for this master key alone. */
void envelope_new(struct envelope *envelope, struct random *random,
                  const uint8_t master[VAULT_KEY_BYTES]);

/* Lets a second master key open the file; there must be room. */
void envelope_add(struct envelope *envelope, struct random *random,
                  const uint8_t master[VAULT_KEY_BYTES]);

/* Whether this master key opens one of the slots. */
bool envelope_admits(const struct envelope *envelope, const uint8_t master[VAULT_KEY_BYTES]);

/* Heap memory, the caller frees it; ciphertext. ERR_NOMEM. */
NODISCARD enum status envelope_seal(const struct envelope *envelope, struct random *random,
                                    const struct keyring *ring, uint8_t **ret_file,
                                    size_t *ret_len);

/*
 * Opens in place: `file` holds the keyring's plaintext afterwards and must be wiped. ERR_CORRUPT,
 * ERR_NOMEM.
 */
NODISCARD enum status envelope_open(uint8_t *file, size_t len,
                                    const uint8_t master[VAULT_KEY_BYTES],
                                    struct envelope *ret_envelope, struct keyring **ret_ring);

#endif
