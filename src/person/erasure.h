/*
 * erasure: the second half of destroying a dossier (dossier_erase() is the first): taking the
 * slot's secret out of the keyring, so that no backup brings the content back. Between the two a
 * process may die; what is due stands in the table `erasure` until it is done. Also notices that an
 * old copy of the keyring was put back. Refuses to know whose dossier it was.
 *
 * The functions with "outside a transaction" make their own, and `work`'s actor may be at any
 * school or none.
 */
#ifndef PERSON_ERASURE_H
#define PERSON_ERASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"

struct work;

/*
 * Outside a transaction. Does what is due at all schools, strikes it out, and answers how many
 * slots that were. May be repeated after any failure. A school whose key is being rotated is left
 * for later: ERR_CONFLICT, when all others are done. ERR_IO and ERR_FORBIDDEN: the keyring could
 * not be written, and everything is still due.
 */
NODISCARD enum status erasure_finish(struct work *work, size_t *ret_slots);

/* In a transaction: how many slots are due at this school. */
NODISCARD enum status erasure_due(struct work *work, struct school_id school, size_t *ret_slots);

/*
 * In a WRITE transaction: the keyring as it is now is the oldest that fits this database. After a
 * school was made, so that a keyring without its secrets is known as an older one.
 */
NODISCARD enum status erasure_mark(struct work *work);

/*
 * As erasure_finish for a whole school, whose rows the open WRITE transaction has removed: notes
 * that it was erased, and takes all its secrets out of the keyring before the commit. So whatever
 * fails in between, nobody can read it any more; rows that a failed commit left go with the next
 * try. ERR_IO and ERR_FORBIDDEN: the keyring could not be written; roll back, and nothing has
 * happened.
 */
NODISCARD enum status erasure_of_school(struct work *work, struct school_id school);

/* A school that is not here any more, and since when. */
struct erased_school {
    struct school_id school;
    int64_t at_ms;
};
/* In a transaction: all of them, by id. */
NODISCARD enum status erasure_schools(struct work *work, struct erased_school **ret_schools,
                                      size_t *ret_count);

/*
 * In a transaction: whether the keyring is older than this database says, so that somebody put an
 * old copy of it back, in which dossiers live that were erased since.
 */
NODISCARD enum status erasure_keyring_is_older(struct work *work, bool *ret_older);

/*
 * Outside a transaction. When the keyring is older: takes the slots of all erased dossiers, and
 * the secrets of all erased schools, out of it again. *ret_older says whether it was.
 */
NODISCARD enum status erasure_repeat(struct work *work, bool *ret_older);

#endif
