/*
 * copy: all rows of one database into another, whatever the engines, and the means to see that
 * nothing was lost: for backup, restore and moving from SQLite to PostgreSQL. Finds the tables in
 * the engine's catalogue, so a new table is copied without a change here; refuses to know what is
 * in them and copies sealed values sealed. `schema_version` is not copied: the target was migrated.
 */
#ifndef DB_COPY_H
#define DB_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

#define TABLE_HASH_BYTES 32

/*
 * What a table holds, independent of the engine and of the order of the rows: their number and the
 * sum of their BLAKE2b hashes. Detects loss and damage; says nothing about who wrote it.
 */
struct table_digest {
    const char *name;
    int64_t rows;
    uint8_t hash[TABLE_HASH_BYTES];
};

/*
 * Copies every table from one snapshot of `from` into `to` in one transaction, rows streamed. Both
 * are outside a transaction, at the same migration, and the tables of `to` are empty. The digests
 * of what was read, by name of the table, live in `arena`.
 *
 * ERR_INVALID when the tables or versions of the two differ; ERR_CONFLICT when a table of `to` is
 * not empty, or the rows break a key; else what db_exec answers. After any failure `to` is as it
 * was. PostgreSQL as the target: the connection owns the tables, whose foreign keys wait until the
 * end.
 */
NODISCARD enum status db_copy_all(struct db *from, struct db *to, struct arena *arena,
                                  struct table_digest **ret_tables, size_t *ret_count);

/* The digests of all tables in one snapshot, by name. Reads everything. Outside a transaction. */
NODISCARD enum status db_tables_digest(struct db *db, struct arena *arena,
                                       struct table_digest **ret_tables, size_t *ret_count);

/* The same tables with the same rows. */
bool db_digests_equal(const struct table_digest *a, size_t a_count, const struct table_digest *b,
                      size_t b_count);

/* Whether every table but `schema_version` is empty, or there is none. Outside a transaction. */
NODISCARD enum status db_is_empty(struct db *db, struct arena *arena, bool *ret_empty);

/*
 * Is the database sound? SQLite: every page and index; both engines: every foreign key. ERR_CORRUPT
 * when not, with the cause in the log; ERR_DB when it cannot even be asked. Reads everything.
 * Outside a transaction.
 */
NODISCARD enum status db_integrity(struct db *db);

#endif
