/*
 * note: working notes (werkaantekeningen), a teacher's own memory aid. Private to the author: sealed
 * with the author's own dossier key, shown to nobody else, in no search but the author's own, no export, no dossier and
 * no print; deleted on their end date (30 days unless set otherwise, the end of the school year at the latest;
 * STANDARDS 5.1). Once a thing must be shared it is written as an observation instead.
 */
#ifndef NOTE_NOTE_H
#define NOTE_NOTE_H

#include <stddef.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

#define NOTE_TEXT_MAX 4000 /* characters */
#define NOTE_DAYS 30
#define NOTES_MAX 500

struct note {
    struct working_note_id id;
    struct pupil_id pupil; /* none: about no pupil in particular */
    const char *body;
    struct date ends_on;
    int64_t made_at, changed_at;
};

/* The latest end date allowed today: 31 July of this school year. */
struct date note_latest_end(struct date today);
struct date note_default_end(struct date today);

/* ERR_INVALID for a blank or long text, or an end before today or after note_latest_end. Staff only. */
NODISCARD enum status note_add(struct work *work, struct pupil_id pupil, const char *body,
                               struct date ends_on, struct working_note_id *ret_id);
NODISCARD enum status note_change(struct work *work, struct working_note_id id, const char *body,
                                  struct date ends_on);
NODISCARD enum status note_remove(struct work *work, struct working_note_id id);

/* The actor's own, about one pupil (or all with none), newest first. Past notes are not listed. */
NODISCARD enum status note_list(struct work *work, struct pupil_id pupil, struct note **ret,
                                size_t *ret_count);
NODISCARD enum status note_find(struct work *work, struct working_note_id id, struct note *ret);

/* Deletes all notes of the school whose end date is past. *ret_count: how many. */
NODISCARD enum status note_purge(struct work *work, size_t *ret_count);

#endif
