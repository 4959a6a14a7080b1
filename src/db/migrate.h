/*
 * migrate: brings a database to the schema this program was built with. Migrations are numbered
 * files in migrations/, one text for both engines, forward only; each runs in one transaction and
 * is recorded in `schema_version` with its SHA-256.
 *
 * Substitutions for SQLite, and no others: BIGINT -> INTEGER, BYTEA -> BLOB, and a closing STRICT on every
 * table (written as the comment STRICT between slash-star marks).
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include <stdint.h>

#include "base/status.h"

struct db;

struct migration {
    int number;
    const char *name; /* file name without .sql */
    const char *sql;
};

/* All migrations of this program, in order; the last has number 0. */
extern const struct migration migrations[];

/* The newest number applied to `db`; 0 for an empty database. */
NODISCARD enum status migrate_version(struct db *db, int *ret_number);

/*
 * Applies what is missing. ERR_CONFLICT when the database is newer than the program or an applied
 * file was changed since; ERR_INVALID when foreign keys do not hold afterwards; nothing is left half.
 */
NODISCARD enum status migrate_up(struct db *db, int64_t now_ms, int *ret_applied);

#endif
