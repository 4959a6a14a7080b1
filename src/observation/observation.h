/*
 * observation: what a member of staff saw or heard, dated, as a strength or a worry (D3): "I see
 * that you …". It belongs to the pupil's dossier: parents and pupil may ask to read it. Every text
 * it ever had is kept as a version; removing hides it and keeps the versions (principle 3).
 * This subject is the example for all later ones; CONTRIBUTING.md walks through it.
 */
#ifndef OBSERVATION_OBSERVATION_H
#define OBSERVATION_OBSERVATION_H

#include <stddef.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

#define OBSERVATION_TEXT_MAX 4000 /* characters */
#define OBSERVATION_BODY                                                                           \
    "observation.body" /* the column that is sealed, as dossier_seal_text() names it */

/* Strength first: what goes well is not an afterthought (D3, D5). */
enum observation_kind { OBSERVATION_STRENGTH = 1, OBSERVATION_WORRY = 2 };

struct observation {
    struct observation_id id;
    struct pupil_id pupil;
    struct staff_id author;
    enum observation_kind kind;
    struct date seen_on;
    int version; /* 1, 2 … */
    int64_t made_at, changed_at;
    const char *body;
    const char *author_name; /* full name, or "" when erased */
};

struct observation_draft {
    enum observation_kind kind;
    struct date seen_on;
    const char *body;
};

/*
 * Adds to a pupil's dossier. Wants RIGHT_PUPIL_NOTE (support staff may note without reading).
 * ERR_INVALID for a blank or too long text, another kind, or a day after today; ERR_CONFLICT when
 * the id is taken.
 */
NODISCARD enum status observation_add(struct work *work, struct pupil_id pupil,
                                      struct observation_id id,
                                      const struct observation_draft *draft);

/*
 * What a form does: adds when `base_version` is 0, else changes. The id was made when the form was
 * drawn, so that sending it twice (back button, lost answer) makes no second observation: the same
 * text is OK, another one ERR_CONFLICT with the standing one in *ret_now.
 */
NODISCARD enum status observation_save(struct work *work, struct pupil_id pupil,
                                       struct observation_id id, int base_version,
                                       const struct observation_draft *draft, int *ret_version,
                                       struct observation *ret_now);

/*
 * Changes text, kind and day as a new version. Only the author changes their words, everybody else
 * gets ERR_FORBIDDEN. `base_version` is the version the writer started from: when
 * another version stands by then, nothing is written and ERR_CONFLICT is answered with the standing
 * one in *ret_now; when the text is the same as what stands, no version is made. *ret_version on
 * OK.
 */
NODISCARD enum status observation_change(struct work *work, struct observation_id id,
                                         int base_version, const struct observation_draft *draft,
                                         int *ret_version, struct observation *ret_now);

/* Hides it from the time line; versions stay. Author only. */
NODISCARD enum status observation_remove(struct work *work, struct observation_id id);
/* Undoes observation_remove. Author only. */
NODISCARD enum status observation_restore(struct work *work, struct observation_id id);

/* One, opened. ERR_NOT_FOUND when removed, unknown or not readable for the actor. Authors read
 * their own. */
NODISCARD enum status observation_find(struct work *work, struct observation_id id,
                                       struct observation *ret_observation);

/* All texts it had, oldest first. */
struct observation_version {
    int version;
    enum observation_kind kind;
    int64_t made_at;
    const char *body;
};
NODISCARD enum status observation_versions(struct work *work, struct observation_id id,
                                           struct observation_version **ret, size_t *ret_count);

#endif
