/*
 * guardian: parents and others with authority over a pupil, and what each may know. Contact data
 * of one guardian is never shown to another. Sign-in for guardians comes with invitations.
 */
#ifndef GUARDIAN_GUARDIAN_H
#define GUARDIAN_GUARDIAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"
#include "person/person.h"

struct work;

/* BW 1:377c: a parent without authority gets information on request, unless the school refuses with
 * a reason. */
enum guardian_information {
    INFORMATION_FULL = 1,
    INFORMATION_ON_REQUEST = 2,
    INFORMATION_NONE = 3
};

#define GUARDIAN_REASON_MAX 500

struct guardian {
    struct guardian_id id;
    struct person person;
    bool has_authority; /* gezag */
    enum guardian_information information;
    const char *reason; /* why nothing is told; "" otherwise */
};

struct guardian_draft {
    struct person person;
    const char *source_key; /* from a roster, or NULL */
    bool has_authority;
    enum guardian_information information;
    const char *reason;
};

/*
 * Changing anything, and the lists for a roster, want RIGHT_STRUCTURE; reading who a pupil's
 * guardians are wants RIGHT_SCHOOL_PEOPLE, or RIGHT_PUPIL_WRITE on that pupil. ERR_NOT_FOUND
 * without it.
 */

/* A new guardian of a pupil. ERR_INVALID without a name, or INFORMATION_NONE without a reason. */
NODISCARD enum status guardian_add(struct work *work, struct pupil_id pupil,
                                   const struct guardian_draft *draft, struct guardian_id *ret_id);
/*
 * An existing guardian becomes guardian of another pupil too (brothers and sisters). Of the draft
 * only authority, information and reason are read. ERR_INVALID as guardian_add.
 */
NODISCARD enum status guardian_tie(struct work *work, struct pupil_id pupil, struct guardian_id id,
                                   const struct guardian_draft *draft);
/* A reason is kept with INFORMATION_NONE only. ERR_NOT_FOUND when they are not of this pupil. */
NODISCARD enum status guardian_change(struct work *work, struct pupil_id pupil,
                                      struct guardian_id id, const struct guardian_draft *draft);
/* Ends the tie; who is guardian of nobody is erased by the next purge. */
NODISCARD enum status guardian_untie(struct work *work, struct pupil_id pupil,
                                     struct guardian_id id);
/*
 * Erasure, as pupil_erase(): ends all ties, blanks the row, forgets the key. For who is guardian of
 * nobody any more; guardian_erase_lone() does it for all of those and says how many.
 */
NODISCARD enum status guardian_erase(struct work *work, struct guardian_id id);
NODISCARD enum status guardian_erase_lone(struct work *work, size_t *ret_count);
NODISCARD enum status guardian_of_pupil(struct work *work, struct pupil_id pupil,
                                        struct guardian **ret, size_t *ret_count);
/* Who they are, for all pupils alike; the ties stay as they are. ERR_INVALID without a name. */
NODISCARD enum status guardian_rename(struct work *work, struct guardian_id id,
                                      const struct person *person);

/* Everybody of the school, for a roster: who they are and whose guardian, in two lists. */
struct guardian_known {
    struct guardian_id id;
    struct person person;
    struct bytes source; /* school_source() of the roster key; empty: made by hand */
};
struct guardian_bond {
    struct guardian_id guardian;
    struct pupil_id pupil;
    enum guardian_information information;
};
NODISCARD enum status guardian_everybody(struct work *work, struct guardian_known **ret,
                                         size_t *ret_count);
/* By guardian, then pupil. */
NODISCARD enum status guardian_bonds(struct work *work, struct guardian_bond **ret,
                                     size_t *ret_count);

/* One of them; ERR_NOT_FOUND when they are not of this pupil. */
NODISCARD enum status guardian_find(struct work *work, struct pupil_id pupil, struct guardian_id id,
                                    struct guardian *ret);

#endif
