/*
 * clear: everything that belongs to one school, counted and removed. Finds the tables in the
 * engine's catalogue: those with a column `school` or `at_school`, and `school` itself by its id;
 * so a new table goes along without a change here. In the order that the foreign keys ask.
 * Refuses to know what is in them, and leaves keys and what only points at a school from outside
 * (accounts, boards) to its caller (operate/school_erasure.h).
 */
#ifndef DB_CLEAR_H
#define DB_CLEAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

/* How many rows of the school a table holds. */
struct clear_table {
    const char *name;
    int64_t rows;
};

/* Of every table that can hold rows of a school, in the order in which they can go. In a
 * transaction. */
NODISCARD enum status db_clear_count(struct db *db, struct arena *arena, int64_t school,
                                     struct clear_table **ret_tables, size_t *ret_count);

/*
 * Removes them, in the open WRITE transaction; *ret_rows of them. ERR_CORRUPT when the foreign keys
 * of the schema go round, so that no table can be first. One statement per table.
 */
NODISCARD enum status db_clear(struct db *db, struct arena *arena, int64_t school,
                               int64_t *ret_rows);

#endif
