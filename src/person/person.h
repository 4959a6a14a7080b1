/*
 * person: what says who somebody is, as one small record, and how their name is written. The same
 * for pupils, guardians and staff. Stored as one sealed text per person, so that showing a name
 * costs one opening. Knows names; refuses to know rights, groups and forms.
 */
#ifndef PERSON_PERSON_H
#define PERSON_PERSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"

struct arena;
struct random;
struct vault_key;
struct work;

#define PERSON_NAME_MAX 256 /* characters per part: the largest of any roster format */

/* Parts are "" when unknown, never NULL. */
struct person {
    const char *call;     /* roepnaam: "Noor" */
    const char *given;    /* voornamen: "Noor Amina" */
    const char *initials; /* voorletters without dots: "NA" */
    const char *prefix;   /* voorvoegsel: "van der" */
    const char *family;   /* achternaam without prefix: "Linden" */
    const char *email;    /* staff and guardians */
    const char *number;   /* number at school, as text: "00412" */
    struct date birth;
};

/* Whose profile: decides the associated data of the seal. */
/* PERSON_GROUP is nobody: the dossier of what a group said together has that kind. */
enum person_kind { PERSON_PUPIL = 1, PERSON_STAFF = 2, PERSON_GUARDIAN = 3, PERSON_GROUP = 4 };

/* An empty person, all parts "". */
struct person person_none(void);

/* Somebody has a name, and every part fits PERSON_NAME_MAX and can be stored. */
bool person_valid(const struct person *person);

/* What others call them: call name, else the first given name, else initials, else family name. */
const char *person_call(struct arena *arena, const struct person *person);
/* "Noor van der Linden". */
const char *person_full(struct arena *arena, const struct person *person);
/* For lists and sorting: "linden van der noor" (STANDARDS 1.5: family name, then prefix). */
const char *person_sort_key(struct arena *arena, const struct person *person);
/* One or two letters for an avatar: "NL". */
const char *person_letters(struct arena *arena, const struct person *person);

/* Seals and opens a profile. Place: "pupil.profile" and so on, school, row. ERR_CORRUPT when
 * broken. */
NODISCARD enum status person_seal(const struct vault_key *key, struct random *random,
                                  struct arena *arena, enum person_kind kind,
                                  struct school_id school, int64_t id, const struct person *person,
                                  struct sealed *ret_sealed);
NODISCARD enum status person_open(const struct vault_key *key, struct arena *arena,
                                  enum person_kind kind, struct school_id school, int64_t id,
                                  struct sealed sealed, struct person *ret_person);

/* As person_open, opening the dossier key first (dossier_key()). ERR_ERASED gives person_none() and
 * OK: a gap, not a fault. */
NODISCARD enum status person_open_with(struct work *work, enum person_kind kind,
                                       struct school_id school, int64_t id, int64_t slot,
                                       struct bytes key_wrapped, struct sealed sealed,
                                       struct person *ret_person);

/* Somebody new: makes their dossier (dossier_new()) and seals the profile, which the caller's row
 * holds. */
NODISCARD enum status person_add(struct work *work, enum person_kind kind, int64_t id,
                                 const struct person *person, struct sealed *ret_sealed);
/* The profile as it is now, with the key that they have; as dossier_open(). */
NODISCARD enum status person_rewrite(struct work *work, enum person_kind kind, int64_t id,
                                     const struct person *person, struct sealed *ret_sealed);

#endif
