/*
 * migrate: brings a database to the schema this program was built with. Migrations are numbered
 * files in migrations/, one text for both engines, forward only; each runs in one transaction and
 * is recorded in `schema_version` with its SHA-256. On SQLite foreign keys are not enforced while a
 * migration runs (tables may be rebuilt) but all checked before its commit, so a migration does not
 * count on ON DELETE CASCADE. Two processes that migrate at once do it once.
 *
 * Substitutions for SQLite, and no others: BIGINT -> INTEGER, BYTEA -> BLOB, and what closes a table,
 * written as a comment between slash-star marks: STRICT, or "STRICT, WITHOUT ROWID" for a table whose
 * key is not one integer (its rows then stand in the order of the key, one search instead of two).
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

/*
 * The copy of a SQLite file that is made before anything is changed in it:
 * "<file>.before-<number>", where number is the first migration that will run. Made only when the
 * database already has a version; an older copy of that name is replaced. Whoever purges data
 * removes these too.
 */
#define MIGRATE_COPY_SUFFIX ".before-"

/* The newest number applied to `db`; 0 for an empty database. */
NODISCARD enum status migrate_version(struct db *db, int *ret_number);

/*
 * Applies what is missing; *ret_applied (may be NULL) is how many. Outside a transaction.
 * ERR_CONFLICT when the database is newer than the program, an applied file was changed since, or
 * one was slipped in before an applied one; ERR_INVALID when foreign keys do not hold afterwards;
 * ERR_IO or ERR_LIMIT when the copy could not be made; else what db_exec answers. A migration that
 * fails leaves nothing; those before it stay.
 */
NODISCARD enum status migrate_up(struct db *db, int64_t now_ms, int *ret_applied);

/* The same with a list of one's own, which ends in number 0: for tests and tools. */
NODISCARD enum status migrate_up_from(struct db *db, const struct migration *list, int64_t now_ms,
                                      int *ret_applied);

#endif
