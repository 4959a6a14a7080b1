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

/*
 * A new dossier for the person `id` (pupil, staff or guardian), in the open WRITE transaction.
 * ERR_CONFLICT while the school's key is being rotated.
 */
NODISCARD enum status dossier_new(struct work *work, enum person_kind kind, int64_t id,
                                  struct vault_key *ret_key);

/*
 * For thousands of people in one transaction: takes that many slots at once, which dossier_new() then
 * uses up. dossier_unreserve() always follows, before the commit or rollback.
 */
NODISCARD enum status dossier_reserve(struct work *work, size_t count);
void dossier_unreserve(struct work *work);

/* Its key. ERR_NOT_FOUND when there is none; else as dossier_key(). */
NODISCARD enum status dossier_open(struct work *work, int64_t id, struct vault_key *ret_key);

/*
 * The same for whoever read slot and wrapped key along with the row, the way all joins do. Here,
 * and nowhere else, it is noticed that another process rotated the school's key: the new one is
 * loaded, and the opening tried once more. ERR_ERASED when the key was destroyed (`key_wrapped`
 * empty or its slot erased); ERR_CONFLICT when the transaction sees the time before the rotation,
 * so that doing all of it again helps; ERR_CORRUPT.
 */
NODISCARD enum status dossier_key(struct work *work, struct school_id school, int64_t slot,
                                  struct bytes key_wrapped, struct vault_key *ret_key);

/*
 * Destroys the key, in two steps that a crash may come between. In the open WRITE transaction: the
 * wrapped key is forgotten and the slot noted. After its commit: erasure_finish() (erasure.h),
 * which the housekeeping of a running `serve` calls too.
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
