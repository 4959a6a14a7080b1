/*
 * dossier: one person's key in the database. Makes it, opens it, destroys it. Every table with a
 * person's texts seals with the key that dossier_open() gives. Refuses to know what is sealed.
 */
#ifndef PERSON_DOSSIER_H
#define PERSON_DOSSIER_H

#include "base/bytes.h"
#include "base/status.h"
#include "person/person.h"
#include "vault/vault.h"

struct work;

/* A new dossier for the person `id` (pupil, staff or guardian), in the open WRITE transaction. */
NODISCARD enum status dossier_new(struct work *work, enum person_kind kind, int64_t id,
                                  struct vault_key *ret_key);

/* Its key. ERR_NOT_FOUND when there is none, ERR_ERASED when it was destroyed. */
NODISCARD enum status dossier_open(struct work *work, int64_t id, struct vault_key *ret_key);

/*
 * Destroys the key for good: in the database (this transaction) and in the keyring (at once, fsynced; it cannot
 * be rolled back, so call it last before the commit).
 */
NODISCARD enum status dossier_erase(struct work *work, int64_t id);

/* Seal and open one value of a person's row. `column` is "table.column". */
NODISCARD enum status dossier_seal_text(struct work *work, const struct vault_key *key,
                                        const char *column, int64_t row, const char *text,
                                        struct sealed *ret_sealed);
NODISCARD enum status dossier_open_text(struct work *work, const struct vault_key *key,
                                        const char *column, int64_t row, struct sealed sealed,
                                        const char **ret_text);

#endif
