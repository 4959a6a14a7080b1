/*
 * sealed: which key opens which sealed column. One line per column of the schema whose name ends
 * in _sealed; a column without a line is a failing test and a problem that `check` tells. With it
 * everything that was ever sealed can be opened once, to see that it can.
 *
 * Whoever adds a sealed column adds its line, and says in which part of an export it comes.
 */
#ifndef OPERATE_SEALED_H
#define OPERATE_SEALED_H

#include <stddef.h>
#include <stdint.h>

#include "db/scan.h"

struct findings;
struct work;

enum sealed_key {
    SEALED_BY_INSTALLATION,
    SEALED_BY_SCHOOL, /* the school's own key */
    SEALED_BY_DOSSIER,
};

struct sealed_column {
    struct scan at; /* where it is, and whose */
    enum sealed_key key;
    const char *part; /* of an export (docs/export.md); NULL: in none, for the reason beside it */
};

extern const struct sealed_column sealed_columns[]; /* ended by a NULL table */

const struct sealed_column *sealed_column_find(const char *table, const char *column);

/* What the look at one database counted. */
struct sealed_counts {
    int64_t opened, erased, broken;
};

/*
 * Opens at most `most` values of every column, outside a transaction, and tells findings what does
 * not open. The keys of all schools are loaded already. A value whose dossier was erased in the
 * keyring but not in this database is counted as erased: that is an older backup.
 */
NODISCARD enum status sealed_check(struct work *work, int64_t most, struct findings *findings,
                                   struct sealed_counts *ret_counts);

#endif
