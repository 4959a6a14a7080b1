/*
 * practice: how a teacher's own questions were divided, counted on a day, and only when the teacher
 * asked to keep it. Never a word of what was said. Sealed with the teacher's own dossier key and
 * for the teacher's own eyes: there is no function that takes another person, it is in no export,
 * no dossier and no count of the school, and the log does not say that it happened either, because
 * the log is read by others. Ends with the teacher's dossier, by the teacher's hand, or after
 * PRACTICE_KEEP_DAYS.
 */
#ifndef MIRROR_PRACTICE_H
#define MIRROR_PRACTICE_H

#include <stddef.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "mirror/transcript.h"

struct work;

#define PRACTICE_KEEP_DAYS 730 /* two school years: long enough to see something change */
#define PRACTICES_MAX 500      /* that a list looks at, the newest */
#define PRACTICE_COUNT_MAX TRANSCRIPT_LINES_MAX

struct practice_day {
    struct date on;
    struct transcript_counts counts; /* of all that was kept that day */
};

/*
 * Keeps the counts of today. The same id again changes nothing, so that a form that is sent twice
 * counts once. Staff only. ERR_INVALID for a count below 0 or above PRACTICE_COUNT_MAX, or nothing
 * counted.
 */
NODISCARD enum status practice_keep(struct work *work, struct practice_id id,
                                    const struct transcript_counts *counts);

/* The actor's own, summed per day, newest day first. */
NODISCARD enum status practice_days(struct work *work, struct practice_day **ret,
                                    size_t *ret_count);

/* Deletes the actor's own of that day; without a day all of them. ERR_NOT_FOUND when there is none.
 */
NODISCARD enum status practice_forget(struct work *work, struct date on);

/* Deletes what is older than PRACTICE_KEEP_DAYS at the school. *ret_count: how many. */
NODISCARD enum status practice_purge(struct work *work, size_t *ret_count);

#endif
