/*
 * opened: the dossier keys that were opened lately, so that a page with thirty names does not walk
 * the tree and unwrap thirty keys each time. For dossier.c and vault.c only.
 *
 * It gives a key only for the very bytes it was unwrapped from, of the same school and slot: a
 * wrapped key that somebody changed or moved in the database is a miss, and then fails as it should.
 * It knows nothing of erasing: whoever exchanges the keyring or forgets a school's key calls
 * opened_wipe(), and a key that was unwrapped before that is not taken in after it (the epoch).
 *
 * It holds nothing that the memory of the program did not hold before: the keyring beside it opens
 * every key in it. 1,024 keys at most, the newer one of two that want the same place; locked
 * against swapping where that is allowed. Safe to use from all threads.
 */
#ifndef VAULT_OPENED_H
#define VAULT_OPENED_H

#include "vault/vault.h"

struct opened;

/* NULL without memory. */
struct opened *opened_new(void);
void opened_free(struct opened *opened); /* wipes; NULL is fine */

/*
 * True with the key when it is known for these VAULT_WRAPPED_BYTES. Otherwise `ret_epoch` is what
 * opened_put() asks for; take it before the keyring is read.
 */
NODISCARD bool opened_get(struct opened *opened, struct school_id school, int64_t slot,
                          const uint8_t wrapped[VAULT_WRAPPED_BYTES], struct vault_key *ret_key,
                          uint64_t *ret_epoch);

/* Takes a key in, unless opened_wipe() was called since `epoch`. */
void opened_put(struct opened *opened, uint64_t epoch, struct school_id school, int64_t slot,
                const uint8_t wrapped[VAULT_WRAPPED_BYTES], const struct vault_key *key);

/* Forgets all keys. */
void opened_wipe(struct opened *opened);

#endif
