/*
 * pupil: the child or young person, owner of the story. Who they are, when they came and left.
 * Every pupil has a dossier with its own key (person/dossier.h). Refuses to know what is in it.
 */
#ifndef PUPIL_PUPIL_H
#define PUPIL_PUPIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "person/person.h"

struct work;

/* The symbols a pupil can have as their own sign: names in assets/art.svg ("a-c-vos"). */
#define PUPIL_SYMBOLS 15
extern const char *const pupil_symbol_names[PUPIL_SYMBOLS]; /* "c-vos" */
/* One of them for a stored number, also for one that no version of ours ever wrote. */
const char *pupil_symbol_name(int symbol);
#define PUPIL_COLOURS 6

struct pupil {
    struct pupil_id id;
    struct person person;
    int year_group;
    int symbol, colour;
    struct location_id location;
    struct bytes source; /* school_source() of its roster key; empty: made by hand */
    struct date enrolled_on, left_on;
};

struct pupil_draft {
    struct person person;
    int year_group;
    struct location_id location;
    const char *source_key; /* from a roster, or NULL */
    struct date enrolled_on;
};

/*
 * Everything that changes a pupil wants RIGHT_STRUCTURE, unless it says otherwise; ERR_NOT_FOUND
 * without it, and nothing is read or written.
 */

/* ERR_INVALID when no name part is given or one is too long. */
NODISCARD enum status pupil_add(struct work *work, const struct pupil_draft *draft,
                                struct pupil_id *ret_pupil);
/* Wants RIGHT_PUPIL_NAME. ERR_NOT_FOUND for unknown and erased ones. */
NODISCARD enum status pupil_find(struct work *work, struct pupil_id pupil, struct pupil *ret_pupil);

/* What a page about a pupil shows on top, in one look at the database. */
struct pupil_head {
    struct pupil pupil;
    struct group_id group;  /* of this year, the home group first; none: in no group */
    const char *group_name; /* "" without one */
    int age_band;           /* of that group (enum age_band), 0 without one */
    int retention_years;    /* of the school */
    int emergencies;        /* how often emergency access was open since `since` */
    int exceptions;         /* how many sharing_exceptions() there are */
};
/* As pupil_find(). */
NODISCARD enum status pupil_head(struct work *work, struct pupil_id pupil, int64_t since,
                                 struct pupil_head *ret_head);
NODISCARD enum status pupil_change(struct work *work, struct pupil_id pupil,
                                   const struct person *person, int year_group);
/* From now on known to rosters by this key. ERR_CONFLICT when another pupil has it. */
NODISCARD enum status pupil_set_source(struct work *work, struct pupil_id pupil,
                                       const char *source_key);
NODISCARD enum status pupil_set_location(struct work *work, struct pupil_id pupil,
                                         struct location_id location);
/* The pupil's own choice (not with a weak sign-in), or RIGHT_STRUCTURE. */
NODISCARD enum status pupil_change_sign(struct work *work, struct pupil_id pupil, int symbol,
                                        int colour);

/*
 * All pupils of the school that are here (or have left, when asked), with names, unsorted. Wants
 * RIGHT_SCHOOL_PEOPLE, or RIGHT_EMERGENCY: to find the one whose dossier must be opened.
 */
NODISCARD enum status pupil_list(struct work *work, bool left, struct pupil **ret,
                                 size_t *ret_count);

/* How many are here: a number about nobody, for every actor of the school. */
NODISCARD enum status pupil_count(struct work *work, size_t *ret_count);

/*
 * Leaving ends memberships and sign-ins and starts the retention clock; coming back undoes the
 * date, and the pupil is put in a group again. Nothing is deleted here. ERR_INVALID for a day after
 * today or before the pupil came; ERR_NOT_FOUND.
 */
NODISCARD enum status pupil_leave(struct work *work, struct pupil_id pupil, struct date left_on);
NODISCARD enum status pupil_return(struct work *work, struct pupil_id pupil);

/* The last day on which the dossier is kept, for "kept until"; unset while the pupil is here. */
struct date pupil_keep_until(struct date left_on, int retention_years);

/* The last day on which somebody who is due for erasure on `today` can have left: the other way
 * round. */
struct date pupil_due_left_on(struct date today, int retention_years);

/*
 * Erasure: deletes the sealed rows and forgets the dossier's key; what stays is the id with its
 * dates in the log. In the open WRITE transaction; erasure_finish() after the commit sees to it
 * that no backup brings the content back. ERR_NOT_FOUND when there is no such pupil, or not any
 * more.
 */
NODISCARD enum status pupil_erase(struct work *work, struct pupil_id pupil);

/* Ids of pupils who left on or before a day: due for erasure. Ids are no names: no right is asked.
 */
NODISCARD enum status pupil_left_before(struct work *work, struct date day, struct pupil_id **ret,
                                        size_t *ret_count);

#endif
