/*
 * emergency: one dossier opened outside the rules, when a child's safety asks for it (DOMAIN §4). Who has
 * the school in their care (coordinator, principal) may open a dossier that is closed to them, for a
 * day, with a reason. The reason is part of the dossier: sealed with its key, shown to everybody who
 * may read it, in the pupil's log and in an access request. It ends by itself; access_check() knows
 * it as reading, never as writing. Refuses to know what is in the dossier.
 */
#ifndef PUPIL_EMERGENCY_H
#define PUPIL_EMERGENCY_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

#define EMERGENCY_MS (24 * MS_HOUR)
#define EMERGENCY_REASON_MIN 10 /* characters: a sentence, not a dot */
#define EMERGENCY_REASON_MAX 500

/*
 * Opens the dossier for the actor until EMERGENCY_MS from now. Wants RIGHT_EMERGENCY. ERR_INVALID
 * for a reason that is too short or too long; ERR_CONFLICT when the actor may read the dossier as it
 * is; ERR_NOT_FOUND for an unknown or erased pupil.
 */
NODISCARD enum status emergency_open(struct work *work, struct pupil_id pupil, const char *reason,
                                     struct emergency_id *ret_id);

struct emergency {
    struct emergency_id id;
    struct staff_id staff;
    const char *staff_name; /* full name, or "" when erased */
    const char *reason;
    int64_t made_at, ends_at;
};

/* All there were for this pupil, newest first. Wants RIGHT_PUPIL_READ. */
NODISCARD enum status emergency_of_pupil(struct work *work, struct pupil_id pupil,
                                         struct emergency **ret, size_t *ret_count);

#endif
