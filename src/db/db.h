/*
 * db: one door to the database, for SQLite and PostgreSQL alike. Knows connections, transactions,
 * prepared statements and values; refuses to know what a table means. Only this folder accepts SQL
 * text: everybody else calls the functions that queryc generates from <subject>.sql, and those pass
 * a `const struct query *`.
 *
 * A `struct db` is one connection and belongs to one thread at a time; it does not survive fork().
 * Every statement runs inside a transaction that the caller began. A statement that answers
 * anything but OK ends what the transaction can do, on both engines: later statements and the
 * commit repeat that answer, and nothing was written. "Insert, and if it is there do something
 * else" is therefore ON CONFLICT in the SQL, not a second statement. On ERR_DB roll back and answer
 * "try again later"; a lost PostgreSQL connection is reopened by the next db_begin. On ERR_CONFLICT
 * rolling back and doing all of it again may help, and is the caller's choice. Causes are logged
 * here, once, without values.
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

/*
 * READ sees one snapshot, from its first statement on, and cannot write: ERR_DB. WRITE behaves as
 * if writers came one after another: SQLite lets them wait at db_begin, at most 5 s (IMMEDIATE);
 * PostgreSQL lets them run and answers ERR_CONFLICT to one of those that collide (SERIALIZABLE).
 */
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

/* A parameter. Text and blob are borrowed until the call returns, by db_start too. */
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
 * Once, at the start of a process, before any other call here and before there are threads: has SQLite
 * count no bytes, which it would do behind one lock for all connections. Without it all works, slower.
 */
void db_process_begin(void);

/*
 * Opens `url`: "sqlite:PATH" (made when `create`, with mode 0600), "sqlite::memory:" or
 * "postgresql://…" (libpq's form; `create` means nothing there). ERR_INVALID for another form,
 * ERR_NOT_FOUND when a SQLite file is absent and not `create`, ERR_IO when it cannot be opened,
 * ERR_DB when it is not a database of this program, or the server is away or older than 15. SQLite:
 * WAL, synchronous=FULL, foreign keys on, defensive, no double-quoted strings, untrusted schema,
 * five seconds of patience with another writer, 2 MiB of cache at most.
 */
NODISCARD enum status db_open(const char *url, bool create, struct db **ret_db);
void db_close(struct db *db); /* NULL is fine */

enum db_engine db_engine(const struct db *db);

/*
 * ERR_DB when the database is locked or away. No transaction is open then, nor may one be before.
 */
NODISCARD enum status db_begin(struct db *db, enum db_mode mode);
/*
 * ERR_CONFLICT when PostgreSQL could not serialise it; otherwise what the statements answered.
 * After any answer no transaction is open, and unless it is OK nothing was written; with one
 * exception that no database can take away: when the connection breaks during the commit (ERR_DB),
 * it may have been.
 */
NODISCARD enum status db_commit(struct db *db);
/* Never fails for the caller; also right after ERR_DB, or with no transaction open. */
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/*
 * PostgreSQL refuses one of two writers that collide, and a writer whose transaction is long would
 * lose to short ones again and again. So writers of the same line (a school's, say) go side by
 * side, until one of them collided: that one then waits until it is alone in its line, and all
 * others of it wait meanwhile. On SQLite db_begin() is the line, and these do nothing.
 *
 * db_choose_line: for the write transactions that this connection begins from now on; 0: none.
 * db_stand_in_line: outside a transaction, after ERR_CONFLICT and before trying again; waits five
 * seconds at most and then goes on without. db_leave_line must follow, after the last try.
 */
void db_choose_line(struct db *db, int64_t line);
void db_stand_in_line(struct db *db);
void db_leave_line(struct db *db); /* also when in none */

/*
 * SQLite only, else ERR_INVALID. From now on db_commit() of this connection answers as soon as
 * others see what it wrote, which a killed process cannot undo and a power failure can: until an
 * fdatasync() of *ret_log (the caller closes it, before the connection), nobody may be told that it
 * is kept. So the next writer does not wait for the disk, and one flush can serve several. ERR_IO.
 */
NODISCARD enum status db_commit_ahead(struct db *db, int *ret_log);

/*
 * Runs a statement without rows. *ret_changed (may be NULL) gets the number of rows changed.
 * ERR_CONFLICT when a unique or foreign key forbids it, or another transaction (PostgreSQL);
 * ERR_INVALID when a CHECK, NOT NULL or the type of a column does; ERR_LIMIT when the disk is full
 * or a value too large; ERR_NOMEM; ERR_DB otherwise. Works again when the disk has room again.
 */
NODISCARD enum status db_exec(struct db *db, const struct query *query, const struct db_value *args,
                              size_t *ret_changed);

/*
 * Starts a SELECT (or a write with RETURNING, which has happened when this returns). Statuses as
 * db_exec. On OK, db_done() must follow, before any other statement on this connection.
 */
NODISCARD enum status db_start(struct db *db, const struct query *query,
                               const struct db_value *args, struct db_rows *ret_rows);
/* Moves to the next row; *ret_more is false after the last, and stays so. */
NODISCARD enum status db_next(struct db_rows *rows, bool *ret_more);
void db_done(struct db_rows *rows);

/*
 * Values of the current row, column 0 … columns-1. Valid until db_next. NULL, and a column of
 * another type, reads as 0, "" or empty. A truth is 0 or 1; of a number with a fraction (AVG) the
 * whole part is read; a SUM past 63 bits is INT64_MAX or INT64_MIN on PostgreSQL and ERR_DB on
 * SQLite.
 */
bool db_is_null(const struct db_rows *rows, unsigned column);
int64_t db_get_int(const struct db_rows *rows, unsigned column);
const char *db_get_text(const struct db_rows *rows, unsigned column);
struct bytes db_get_blob(const struct db_rows *rows, unsigned column);

/*
 * Did the last transaction end because there was no room on the disk? Then nothing is wrong with
 * what was asked, and it can be done again when there is room.
 */
bool db_was_full(const struct db *db);

/* Statements run on this connection since it was opened; bench and tests read it. */
uint64_t db_statements(const struct db *db);

/* Cheapest question the engine answers, for /healthz. Outside a transaction. */
NODISCARD enum status db_ping(struct db *db);

/*
 * Tests only: the n-th statement, begin, commit or ping from now on fails with `status`, once
 * (1 = the next; 0 switches it off). The engine is not asked; what follows is as after a real
 * failure.
 */
void db_fail_at(struct db *db, size_t nth, enum status status);

#endif
