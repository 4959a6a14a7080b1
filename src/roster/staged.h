/*
 * staged: a roster file between being read in and being carried out. Kept sealed with the school's
 * own key, for an hour, for the member of staff who read it in and nobody else. Knows no formats.
 */
#ifndef ROSTER_STAGED_H
#define ROSTER_STAGED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "roster/roster.h"

struct work;

#define STAGED_MS MS_HOUR
#define STAGED_COLUMNS_MAX 20 /* columns of a CSV file that can be mapped */

/* How the file is read; what roster_options and plan_options need. */
struct staged_settings {
    int school_year; /* 0: what the file says */
    bool secondary, guardians, own_numbers;
    struct roster_column columns[STAGED_COLUMNS_MAX];
    size_t column_count;
};

/* What came of it. */
struct staged_result {
    size_t groups, pupils, staff, changed, moved, left, same_people;
};

struct staged {
    struct roster_import_id id;
    int64_t made_at;
    struct staged_settings settings;
    bool is_applied;
    struct staged_result result; /* when applied */
    struct bytes file;           /* in the arena; empty when applied */
};

/*
 * Keeps a file in the open WRITE transaction; what the same person read in before and did not carry
 * out goes. Wants RIGHT_STRUCTURE, as all here. ERR_LIMIT past ROSTER_FILE_MAX, ERR_INVALID when
 * empty.
 */
NODISCARD enum status staged_add(struct work *work, struct bytes file,
                                 const struct staged_settings *settings,
                                 struct roster_import_id *ret_id);

/* ERR_NOT_FOUND when there is none, its hour is over, or it is somebody else's. */
NODISCARD enum status staged_find(struct work *work, struct roster_import_id id,
                                  struct staged *ret_staged);

/* ERR_NOT_FOUND when it was carried out already. */
NODISCARD enum status staged_set(struct work *work, struct roster_import_id id,
                                 const struct staged_settings *settings);

/*
 * In the transaction that carries it out: takes the file away and keeps the counts. ERR_CONFLICT
 * when somebody else did just that.
 */
NODISCARD enum status staged_applied(struct work *work, struct roster_import_id id,
                                     const struct staged_result *result);

NODISCARD enum status staged_drop(struct work *work, struct roster_import_id id);

/* Housekeeping, by the program: those whose hour is over. */
NODISCARD enum status staged_sweep(struct work *work, size_t *ret_gone);

#endif
