/*
 * db_fixture: a fresh database for a test, on both engines. Tests only: list `db_fixture` beside
 * the test in meson.build, and write
 *
 *   static void keeps_what_was_typed(void **state)
 *   {
 *       struct db *db = fixture_db(state);
 *       …
 *   }
 *   const struct CMUnitTest tests[] = {
 *       fixture_each_engine_migrated(keeps_what_was_typed),
 *   };
 *
 * Every line makes two tests: "… on SQLite" in memory and "… on PostgreSQL" in a schema of its own
 * that is dropped afterwards. PostgreSQL needs WEERKLANK_TEST_PG=postgresql://… of a server where
 * schemas may be made; without it those tests are reported as skipped, by name.
 */
#ifndef DB_FIXTURE_H
#define DB_FIXTURE_H

/* What cmocka needs, in its order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/status.h"
#include "db/db.h"
#include "db/migrate.h"

enum fixture_kind { FIXTURE_MEMORY, FIXTURE_FILE, FIXTURE_POSTGRES };

struct fixture_spec {
    enum fixture_kind kind;
    const struct migration *migrations; /* NULL: an empty database */
};

/* The test, on an empty database of each engine. */
#define fixture_each_engine(test)                                                                  \
    FIXTURE_TEST(test, " on SQLite", FIXTURE_MEMORY, NULL),                                        \
        FIXTURE_TEST(test, " on PostgreSQL", FIXTURE_POSTGRES, NULL)

/* The same with all migrations of the program applied. */
#define fixture_each_engine_migrated(test)                                                         \
    FIXTURE_TEST(test, " on SQLite", FIXTURE_MEMORY, migrations),                                  \
        FIXTURE_TEST(test, " on PostgreSQL", FIXTURE_POSTGRES, migrations)

/* An empty database that fixture_url() can open again: SQLite is a file in a folder of its own. */
#define fixture_each_engine_shared(test)                                                           \
    FIXTURE_TEST(test, " on SQLite", FIXTURE_FILE, NULL),                                          \
        FIXTURE_TEST(test, " on PostgreSQL", FIXTURE_POSTGRES, NULL)

/* For what one engine only can do. */
#define fixture_sqlite_file(test) FIXTURE_TEST(test, "", FIXTURE_FILE, NULL)
#define fixture_postgres(test) FIXTURE_TEST(test, "", FIXTURE_POSTGRES, NULL)

/* Both engines, for a test that besides opens PostgreSQL with fixture_other(). */
#define fixture_each_engine_beside_postgres(test)                                                  \
    FIXTURE_NEEDS_SERVER(test, " on SQLite", FIXTURE_MEMORY, NULL),                                \
        FIXTURE_NEEDS_SERVER(test, " on PostgreSQL", FIXTURE_POSTGRES, NULL)

/*
 * Beneath the macros above. cmocka's own skip() prints "not ok", which meson counts as a failure.
 */
#define FIXTURE_TEST(test, suffix, kind, list)                                                     \
    FIXTURE_IF((kind) != FIXTURE_POSTGRES || fixture_has_server(), test, suffix, kind, list)
#define FIXTURE_NEEDS_SERVER(test, suffix, kind, list)                                             \
    FIXTURE_IF(fixture_has_server(), test, suffix, kind, list)
#define FIXTURE_IF(can, test, suffix, kind, list)                                                  \
    {                                                                                              \
        (can) ? #test suffix : #test suffix " # SKIP WEERKLANK_TEST_PG is not set",                \
            (can) ? (test) : fixture_skipped, (can) ? fixture_open : NULL,                         \
            (can) ? fixture_close : NULL, &(struct fixture_spec)                                   \
        {                                                                                          \
            kind, list                                                                             \
        }                                                                                          \
    }

/* The connection, first thing in a test. */
struct db *fixture_db(void **state);

/* Opens the same database once more; not for SQLite in memory. Valid until the test ends. */
const char *fixture_url(void **state);

/*
 * An empty database of the other kind for tests that need two; closed and removed with the first.
 */
struct db *fixture_other(void **state, enum fixture_kind kind);

/* Statements without a query of their own: SQL separated by `;`. The test fails if they do. */
void fixture_script(struct db *db, const char *sql);

/* Compares statuses by name, so that a failing test says "ERR_DB", not 6. */
#define assert_status(actual, expected)                                                            \
    assert_string_equal(status_name(actual), status_name(expected))

bool fixture_has_server(void);
void fixture_skipped(void **state);
int fixture_open(void **state);
int fixture_close(void **state);

#endif
