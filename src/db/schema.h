/*
 * schema: which tables and columns a database has, asked from the engine's own catalogue. For
 * migrating, copying and checking, which must not rely on a list kept by hand. PostgreSQL: the
 * connection's default schema only. Internal to db/. Every function runs in the caller's
 * transaction.
 */
#ifndef DB_SCHEMA_H
#define DB_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;
struct db;

#define SCHEMA_TABLES_MAX 1000
#define SCHEMA_COLUMNS_MAX 250 /* of one table; what one statement can take as parameters */

/* The table in which migrate keeps its record. */
#define SCHEMA_VERSION_TABLE "schema_version"

struct schema_table {
    const char *name;
    const char **columns;
    size_t column_count;
};

/* All tables with their columns, both by name (bytewise), the same on both engines. */
NODISCARD enum status schema_tables(struct db *db, struct arena *arena,
                                    struct schema_table **ret_tables, size_t *ret_count);

NODISCARD enum status schema_has_table(struct db *db, const char *name, bool *ret_has);

/*
 * Do all foreign keys hold? *ret_broken counts the keys (not the rows) that do not; each is logged
 * by the name of its table. PostgreSQL guards them itself; here it is asked again, row by row.
 */
NODISCARD enum status schema_foreign_keys(struct db *db, size_t *ret_broken);

/*
 * Tells SQLite's planner what our tables are like, in the open WRITE transaction of a migration:
 * a school is one of a hundred, and every further column of a key or index narrows down. Without
 * it the planner holds "all rows of the school" for as few as "the rows of one pupil", and reads the
 * whole school. Always the same figures, not ANALYZE's: plans do not depend on when it was run, and
 * tests see the plans of a large school. Does nothing on PostgreSQL, which counts for itself.
 */
NODISCARD enum status schema_tell_shape(struct db *db);

#endif
