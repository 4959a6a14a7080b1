/*
 * scan: every sealed value of a column, over all schools, with the row that holds its key. For
 * `check` and `restore`, which look at everything and so have no .sql of their own. Knows that
 * sealed columns end in "_sealed" and that keys of persons stand in `dossier`; refuses to know
 * which column belongs to whom: that is told (operate/sealed.h).
 */
#ifndef DB_SCAN_H
#define DB_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

struct arena;
struct db;

#define SCAN_SUFFIX "_sealed"

struct scan_column {
    const char *table, *column;
};

/* All columns of the database whose name ends in SCAN_SUFFIX, by table. Outside a transaction. */
NODISCARD enum status db_scan_columns(struct db *db, struct arena *arena,
                                      struct scan_column **ret_columns, size_t *ret_count);

/* What to read. Names are constants of the program. */
struct scan {
    const char *table, *column;
    const char *school; /* the column with the school; NULL: it belongs to none */
    const char *row;    /* the column that names the row */
    const char *owner;  /* the column that names the dossier; NULL: no dossier's key */
    const char *via;    /* `owner` stands in this table, whose (school, id) is (school, via_row) */
    const char *via_row;
};

struct scan_row {
    int64_t school, row;
    int64_t slot;             /* of the owner's dossier */
    struct bytes key_wrapped; /* empty: erased, or no owner */
    struct sealed value;      /* not NULL; may be empty */
};

/*
 * Calls `look` for at most `most` rows whose value is not NULL, in one snapshot, rows streamed: no
 * other statement may run on `db` inside `look`. Anything but OK from `look` ends it and is
 * answered. Outside a transaction.
 */
NODISCARD enum status db_scan(struct db *db, const struct scan *scan, int64_t most,
                              enum status (*look)(void *context, const struct scan_row *row),
                              void *context);

#endif
