/*
 * plan: what a roster would change in a school: groups, pupils and staff that are new, changed, in
 * other groups or gone, and what looks suspicious. Reads the school, writes nothing; apply.h
 * carries it out. The plan holds names: it is shown to an administrator and never logged.
 *
 * Who is who (README.md, "Who is who"):
 * - Identity is (school, source system, kind of object, key). Keys are stored as blind index only.
 * - Who is not found by key is looked for by name and birth date (staff: by address or name). A
 *   find is PLAN_HELD: probably the same person under another key, which an administrator decides
 *   once for the whole file (enum plan_same). So changing from one system to another makes nobody
 * twice.
 * - Keys that begin with # are not stable: those are found by name and birth date only, and no
 *   key of theirs is kept.
 * - A group lives one school year. Within it a group is found by key, else by kind and name.
 *
 * Somebody is gone when the file says so, or when it is a full set and they are not in it. So is a
 * guardian's tie to a pupil, when the file has guardians. Groups are never taken away. A file of a
 * school year that has yet to begin takes nobody away for not being in it, and moves nobody to
 * another year group: those who leave in summer are still here.
 */
#ifndef ROSTER_PLAN_H
#define ROSTER_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "group/group.h"
#include "person/person.h"
#include "roster/roster.h"

struct work;

enum plan_state {
    PLAN_SAME, /* nothing to do, but perhaps other groups (`moved`) */
    PLAN_NEW,
    PLAN_CHANGED, /* also: here again, another location, other suggestions */
    PLAN_LEFT,
    PLAN_HELD,    /* probably somebody who is here under another key: see enum plan_same */
    PLAN_SKIPPED, /* cannot be decided, or left before we knew them: nothing happens */
};

/* What the administrator decides about everybody who is PLAN_HELD. */
enum plan_same {
    PLAN_DECIDE_LATER, /* leave them as they are; the next import asks again */
    PLAN_ARE_SAME,     /* the same people: the new key is taken over */
    PLAN_ARE_NEW,      /* other people: they are added */
};

enum plan_kind { PLAN_SCHOOL, PLAN_GROUP, PLAN_PUPIL, PLAN_STAFF, PLAN_GUARDIAN };

struct plan_location {
    struct location_id id; /* none: new */
    const char *source_key, *name;
    bool take; /* new or renamed */
};

struct plan_group {
    enum plan_state state; /* SAME, NEW, CHANGED */
    struct group_id id;    /* none while new; apply fills it in */
    const char *source_key;
    bool take_source;
    enum group_kind kind;
    unsigned years;
    enum age_band age_band;
    const char *name, *was; /* `was`: as stored, when changed */
    size_t location;        /* position + 1 in the plan's locations; 0: none */
};

/* In or out of a group. */
struct plan_move {
    size_t group; /* position in the plan's groups */
    bool leaves;
};

struct plan_pupil {
    enum plan_state state;
    struct pupil_id id;     /* none: new; HELD: of whom it probably is */
    const char *source_key; /* NULL: not stable */
    bool changes_profile, changes_location, returns;
    bool only_same; /* HELD: the key is in use, so PLAN_ARE_NEW cannot add them */
    bool moved;
    struct person person; /* as it will be */
    struct person as_new; /* HELD: as it would be for somebody new */
    int year_group;
    size_t location; /* position + 1; 0: none or as it is */
    struct date left_on;
    const size_t *wants; /* groups the file puts them in */
    size_t want_count;
    const struct plan_move *moves;
    size_t move_count;
    const char *was, *now;   /* what changes, to show: "Noor van der Linden, 2016-11-03, 5" */
    const char *from, *into; /* names of groups left and joined; "" when none */
};

struct plan_suggestion {
    size_t group;
    const char *said; /* NULL: taken back */
};

struct plan_staff {
    enum plan_state state;
    struct staff_id id;
    const char *source_key;
    bool changes_profile, returns;
    struct person person, as_new;
    const struct plan_suggestion *suggestions; /* those that differ from what is stored */
    size_t suggestion_count;
    const struct plan_suggestion *all; /* for somebody new */
    size_t all_count;
    const char *was, *now;
};

struct plan_guardian {
    enum plan_state state;
    struct guardian_id id;
    const char *source_key;
    struct person person;
    const size_t *pupils; /* positions in the plan's pupils; new ties only */
    size_t pupil_count;
};

/* Somebody who is no longer guardian of a pupil by the file: the tie ends, nobody is erased by it.
 */
struct plan_tie {
    struct guardian_id guardian;
    struct pupil_id pupil;
    const struct person *guardian_person, *pupil_person;
};

/* Why somebody should look. */
enum plan_doubt {
    PLAN_OTHER_SCHOOL, /* another BRIN than the school's */
    PLAN_PAST_YEAR,    /* a school year before the active one */
    PLAN_MANY_LEAVE,   /* more than a quarter of the pupils, staff or ties of guardians would end */
    PLAN_SAME_PERSON,  /* name and birth date of somebody with another key: held */
    PLAN_SEVERAL_PERSONS, /* of several: skipped */
    PLAN_KEY_REUSED,      /* the key of somebody with another name and birth date: held */
    PLAN_UNSTABLE_KEY,    /* found by name and birth date */
    PLAN_BORN_MOVED,      /* more than a year apart */
    PLAN_YEAR_BACK,       /* a lower year group than stored */
    PLAN_TWICE_IN_FILE,   /* two entries with one name and birth date */
    PLAN_SAME_GROUP,      /* a group of this name was there under another key, or made by hand */
    PLAN_NAME_CUT,        /* longer than is kept */
    PLAN_ADMINISTRATOR,   /* not in the file, but an administrator: stays */
    PLAN_NOT_NEXT_YEAR,   /* not in the file of the year to come: stays until it begins */
    PLAN_TIE_DECIDED, /* no guardian in the file, but told nothing for a reason that is kept: stays
                       */
};
#define PLAN_DOUBTS (PLAN_TIE_DECIDED + 1)

struct plan_suspect {
    enum plan_doubt doubt;
    enum plan_kind kind;
    const char *name;      /* "" for the file as a whole */
    const char *was, *now; /* what differs; "" when nothing helps */
    unsigned line;         /* in the file; 0: none */
};

struct plan {
    int school_year, active_year; /* in which they start; active 0: none */
    bool newer, older;            /* than the active one */
    bool ahead;                   /* newer, and the year has yet to begin */
    struct school_year_id year;   /* none: apply makes it */

    struct plan_location *locations;
    size_t location_count;
    struct plan_group *groups; /* those of the file first, then the year's others (SAME) */
    size_t group_count;
    struct plan_pupil *pupils; /* those of the file first, then others of the school */
    size_t pupil_count;
    struct plan_staff *staff;
    size_t staff_count;
    struct plan_guardian *guardians;
    size_t guardian_count;
    struct plan_tie *ties; /* that end */
    size_t tie_count;
    struct plan_suspect *suspects;
    size_t suspect_count;

    size_t new_groups, new_pupils, new_staff, new_guardians;
    size_t changed, moved; /* of all kinds; pupils */
    size_t left_pupils, left_staff;
    size_t held;                    /* for whom enum plan_same counts */
    size_t left_before;             /* in the file, but gone before we knew them: not taken in */
    size_t pupils_here, staff_here; /* now */
    size_t ties_here;               /* by rosters, of pupils that the file has */
    bool many_leave, other_school;
};

struct plan_options {
    int school_year; /* instead of what the file says; 0: the file's, else the active one */
    bool guardians;
};

/*
 * Compares, in an open transaction. The roster must be applicable and outlive the plan; everything
 * is in work's arena. ERR_INVALID when it is not, or the year is none; ERR_NOT_FOUND when neither
 * file nor school has a school year.
 */
NODISCARD enum status plan_make(struct work *work, const struct roster *roster,
                                const struct plan_options *options, struct plan *ret_plan);

/* Something would be written, whatever is decided about those held. */
bool plan_changes(const struct plan *plan);
size_t plan_left(const struct plan *plan);

#define PLAN_DIGEST_TEXT 65

/*
 * What the plan would do, as 64 hex digits: the same plan has the same digest, so that what is
 * applied is what was shown. Keyed: it says nothing about the names in it. ERR_NOMEM.
 */
NODISCARD enum status plan_digest(struct work *work, const struct plan *plan,
                                  char ret_digest[PLAN_DIGEST_TEXT]);

/* English text for tr(). Never NULL. */
const char *plan_doubt_text(enum plan_doubt doubt);

#endif
