/*
 * school: the board, its schools, their locations and school years. Names are sealed with the
 * school's own key. Knows the year and its change; refuses to know who is in it.
 */
#ifndef SCHOOL_SCHOOL_H
#define SCHOOL_SCHOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"

struct work;

#define SCHOOL_NAME_MAX 120 /* characters */

enum school_kind { SCHOOL_PRIMARY = 1, SCHOOL_SECONDARY = 2, SCHOOL_SPECIAL = 3 };

/* Retention after leaving: two years unless the school sets otherwise (R13, STANDARDS 5.1). */
#define SCHOOL_RETENTION_YEARS 2
#define SCHOOL_RETENTION_MIN 1
#define SCHOOL_RETENTION_MAX 10

struct school_draft {
    struct board_id board; /* none: a new board with `board_name` */
    const char *board_name;
    const char *name;
    const char *brin; /* "" when unknown; "11ZZ" or with location "11ZZ03" */
    enum school_kind kind;
    int first_year; /* 2026 for 2026-2027: made and active */
};

struct school {
    struct school_id id;
    struct board_id board;
    enum school_kind kind;
    const char *name;
    const char *brin;
    int retention_years;
};

struct school_year {
    struct school_year_id id;
    int starts_in;
    bool is_active;
};

/* Only digits and capitals as BRIN writes them; "" is fine. */
bool school_brin_valid(const char *brin);

/*
 * Makes a school with its key and first year. `work->actor` is the program; its school is set by
 * the caller to the result. ERR_INVALID for a blank or long name, a bad BRIN or year.
 */
NODISCARD enum status school_make(struct work *work, const struct school_draft *draft,
                                  struct school_id *ret_school);

/* Loads the school's key into the vault; ERR_NOT_FOUND. For subcommands; requests get it with the
 * actor. */
NODISCARD enum status school_know(struct work *work, struct school_id school);

NODISCARD enum status school_find(struct work *work, struct school *ret_school);
/* ERR_INVALID for a blank or long name, or a bad BRIN ("" when unknown). */
NODISCARD enum status school_change(struct work *work, const char *name, const char *brin);
/*
 * How many years after leaving a dossier is kept. Fewer than before: what is past its day then goes
 * with the next purge, and no backup brings it back. Wants RIGHT_RETENTION. ERR_INVALID outside
 * SCHOOL_RETENTION_MIN … MAX.
 */
NODISCARD enum status school_set_retention(struct work *work, int years);
NODISCARD enum status school_rename(struct work *work, const char *name);
NODISCARD enum status school_board_name(struct work *work, struct board_id board,
                                        const char **ret_name);

/* Removes the boards that have no school left, in the open WRITE transaction. */
NODISCARD enum status school_remove_boards(struct work *work);

/* All schools of the installation, by id; names opened. For the command line and choosing one. */
NODISCARD enum status school_list(struct work *work, struct school **ret_schools,
                                  size_t *ret_count);

/* Only their ids, without opening anything: for checking. */
NODISCARD enum status school_ids(struct work *work, struct school_id **ret_ids, size_t *ret_count);

/* A year in which a school year can start here. */
bool school_year_valid(int starts_in);

/* Newest first. */
NODISCARD enum status school_years(struct work *work, struct school_year **ret_years,
                                   size_t *ret_count);
/* The active one. ERR_NOT_FOUND when there is none (a school without a year). */
NODISCARD enum status school_active_year(struct work *work, struct school_year *ret_year);

/* The year that starts in `starts_in`; made (not active) when absent. */
NODISCARD enum status school_year_make(struct work *work, int starts_in,
                                       struct school_year_id *ret_year);

NODISCARD enum status school_year_find(struct work *work, struct school_year_id year,
                                       struct school_year *ret_year);

/*
 * The change of year: from now on this one's groups and functions count; the other way round undoes
 * it. ERR_NOT_FOUND; ERR_CONFLICT when the present year has an administrator who can sign in and
 * that year has none, because then nobody could manage the school any more.
 */
NODISCARD enum status school_year_activate(struct work *work, struct school_year_id year);

/* A location by the key it has in the roster; made or renamed as needed. */
NODISCARD enum status location_take(struct work *work, const char *source_key, const char *name,
                                    struct location_id *ret_location);

/* One that was not in a roster. ERR_INVALID for a blank or long name. */
NODISCARD enum status location_add(struct work *work, const char *name,
                                   struct location_id *ret_location);
/* ERR_INVALID as location_add; ERR_NOT_FOUND. */
NODISCARD enum status location_rename(struct work *work, struct location_id location,
                                      const char *name);

struct location {
    struct location_id id;
    const char *name;
    struct bytes source; /* school_source() of its roster key; empty: made by hand */
};
NODISCARD enum status location_list(struct work *work, struct location **ret, size_t *ret_count);

/*
 * The blind index of a key from an outside system, in the arena; empty for NULL (made by hand), and
 * when the arena is full. The key carries the system, so that two systems that number alike stay
 * apart: object "pupil", key "edexml|00412".
 */
struct bytes school_source(struct work *work, const char *object, const char *key);

#endif
