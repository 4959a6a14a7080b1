/*
 * db: one door to the database, for SQLite and PostgreSQL alike. Knows connections, transactions,
 * prepared statements and values; refuses to know what a table means. Only this folder accepts SQL
 * text: everybody else calls the functions that queryc generates from <subject>.sql, and those pass
 * a `const struct query *`.
 *
 * A `struct db` is one connection and belongs to one thread at a time. Every statement runs inside
 * a transaction that the caller began; ERR_DB from any call means the transaction is lost: roll
 * back and answer "try again later". A lost PostgreSQL connection is reopened by the next db_begin.
 * Causes are logged here, once, without values.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

struct arena;
struct db;

enum db_engine { DB_SQLITE, DB_POSTGRES };

/* READ sees one snapshot and cannot write. WRITE takes the write lock at once (SQLite: IMMEDIATE). */
enum db_mode { DB_READ, DB_WRITE };

/* One statement, compiled into the program. `sql` uses $1 … $n on both engines. */
struct query {
    const char *name; /* "observation_add": for logs, metrics and tests */
    const char *sql;
    uint8_t params;
    uint8_t columns;
    bool writes;
};

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };

/* A parameter. Text and blob are borrowed until the call returns. */
struct db_value {
    enum db_type type;
    int64_t i;
    const void *p;
    size_t len;
};

static inline struct db_value db_null(void)
{
    return (struct db_value){.type = DB_NULL};
}
static inline struct db_value db_int(int64_t i)
{
    return (struct db_value){.type = DB_INT, .i = i};
}
/* NULL text is stored as NULL. */
static inline struct db_value db_text(const char *text)
{
    return text ? (struct db_value){.type = DB_TEXT, .p = text, .len = strlen(text)} : db_null();
}
static inline struct db_value db_blob(const void *data, size_t len)
{
    return (struct db_value){.type = DB_BLOB, .p = data, .len = len};
}

/* Rows of a running SELECT. Lives on the stack of generated code; db_done() always follows. */
struct db_rows {
    struct db *db;
    void *state;
    size_t row;
};

/*
 * Opens `url`: "sqlite:PATH" (made when `create`, with mode 0600), "sqlite::memory:" or
 * "postgresql://…" (libpq's form). ERR_NOT_FOUND when a SQLite file is absent and not `create`,
 * ERR_IO / ERR_DB otherwise. SQLite: WAL, synchronous=FULL, foreign keys on, defensive, no
 * double-quoted strings, untrusted schema, busy timeout.
 */
NODISCARD enum status db_open(const char *url, bool create, struct db **ret_db);
void db_close(struct db *db); /* NULL is fine */

enum db_engine db_engine(const struct db *db);

NODISCARD enum status db_begin(struct db *db, enum db_mode mode);
/* ERR_CONFLICT when the engine could not serialise it (PostgreSQL): the caller may do it all again. */
NODISCARD enum status db_commit(struct db *db);
/* Never fails for the caller; also right after ERR_DB, or with no transaction open. */
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/*
 * Runs a statement without rows. *ret_changed (may be NULL) gets the number of rows changed.
 * ERR_CONFLICT when a unique or foreign key forbids it, ERR_INVALID when a CHECK does,
 * ERR_LIMIT when the disk is full, ERR_DB otherwise.
 */
NODISCARD enum status db_exec(struct db *db, const struct query *query, const struct db_value *args,
                              size_t *ret_changed);

/* Starts a SELECT (or a write with RETURNING). On OK, db_done() must follow; one at a time per db. */
NODISCARD enum status db_start(struct db *db, const struct query *query,
                               const struct db_value *args, struct db_rows *ret_rows);
/* Moves to the next row; *ret_more is false after the last. */
NODISCARD enum status db_next(struct db_rows *rows, bool *ret_more);
void db_done(struct db_rows *rows);

/* Values of the current row, column 0 … columns-1. NULL reads as 0, "", empty. Valid until db_next. */
bool db_is_null(const struct db_rows *rows, unsigned column);
int64_t db_get_int(const struct db_rows *rows, unsigned column);
const char *db_get_text(const struct db_rows *rows, unsigned column);
struct bytes db_get_blob(const struct db_rows *rows, unsigned column);

/* Statements run on this connection since it was opened; bench and tests read it. */
uint64_t db_statements(const struct db *db);

/* Cheapest question the engine answers, for /healthz. Outside a transaction. */
NODISCARD enum status db_ping(struct db *db);

/*
 * Tests only: the n-th statement, begin or commit from now on fails with `status`, once
 * (1 = the next; 0 switches it off).
 */
void db_fail_at(struct db *db, size_t nth, enum status status);

#endif
