#include "db/db.h"

#include <assert.h>

#include "base/str.h"
#include "db/engine.h"

enum status db_open(const char *url, bool create, struct db **ret_db)
{
    assert(url && ret_db);
    if (str_starts(url, "sqlite:"))
        return sqlite_open(url + strlen("sqlite:"), create, ret_db);
    if (str_starts(url, "postgresql://") || str_starts(url, "postgres://"))
        return postgres_open(url, ret_db);
    return ERR_INVALID;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_rollback(db);
    db->driver->close(db);
}

enum db_engine db_engine(const struct db *db)
{
    return db->driver->engine;
}

bool db_in_transaction(const struct db *db)
{
    return db->open;
}

bool db_was_full(const struct db *db)
{
    return db->failed == ERR_LIMIT;
}

void db_choose_line(struct db *db, int64_t line)
{
    assert(!db->open);
    if (!db->in_line) /* trying again: it stays where it stands */
        db->line = line;
}

void db_stand_in_line(struct db *db)
{
    assert(!db->open);
    if (db->line && !db->in_line && db->driver->stand_in_line)
        db->in_line = db->driver->stand_in_line(db);
}

void db_leave_line(struct db *db)
{
    assert(!db->open);
    if (db->in_line)
        db->driver->leave_line(db);
    db->in_line = false;
}

uint64_t db_statements(const struct db *db)
{
    return db->statements;
}

void db_fail_at(struct db *db, size_t nth, enum status status)
{
    assert(nth == 0 || status != OK);
    db->fail_in = nth;
    db->fail_with = status;
}

/* The fault injector: what the call that starts now must answer; OK nearly always. */
static enum status injected(struct db *db)
{
    return db->fail_in > 0 && --db->fail_in == 0 ? db->fail_with : OK;
}

enum status db_begin(struct db *db, enum db_mode mode)
{
    assert(!db->open);
    enum status st = injected(db);
    if (st == OK)
        st = db->driver->begin(db, mode);
    db->failed = st;
    if (st != OK)
        return st;
    db->open = true;
    db->mode = mode;
    return OK;
}

enum status db_commit(struct db *db)
{
    assert(db->open && !db->reading);
    enum status st = db->failed;
    if (st == OK)
        st = injected(db);
    if (st == OK)
        st = db->driver->commit(db);
    if (st != OK)
        db->driver->rollback(db);
    db->failed = st;
    db->open = false;
    return st;
}

enum status db_commit_ahead(struct db *db, int *ret_log)
{
    assert(!db->open);
    return db_engine(db) == DB_SQLITE ? sqlite_commit_ahead(db, ret_log) : ERR_INVALID;
}

void db_rollback(struct db *db)
{
    if (!db->open)
        return;
    db->driver->rollback(db);
    db->open = false;
}

/*
 * PostgreSQL refuses everything after a failed statement until the rollback; SQLite would go on.
 * Both stop here, so that code that works on one engine works on the other.
 */
static enum status fail(struct db *db, enum status st)
{
    if (st != OK && db->failed == OK)
        db->failed = st;
    return st;
}

/* Common to all statements: may this one run? */
static enum status enter(struct db *db)
{
    assert(db->open && !db->reading);
    if (db->failed != OK)
        return db->failed;
    db->statements++;
    return fail(db, injected(db));
}

enum status db_exec(struct db *db, const struct query *query, const struct db_value *args,
                    size_t *ret_changed)
{
    assert(query && (args || query->params == 0));
    enum status st = enter(db);
    if (st != OK)
        return st;
    size_t changed = 0;
    st = db->driver->exec(db, query, args, &changed);
    if (st != OK)
        return fail(db, st);
    if (ret_changed)
        *ret_changed = changed;
    return OK;
}

static enum status start(struct db *db, const struct query *query, const struct db_value *args,
                         bool stream, struct db_rows *ret_rows)
{
    assert(query && (args || query->params == 0) && ret_rows);
    enum status st = enter(db);
    if (st != OK)
        return st;
    struct db_rows rows = {.db = db};
    st = db->driver->start(db, query, args, stream, &rows);
    if (st != OK)
        return fail(db, st);
    db->reading = true;
    *ret_rows = rows;
    return OK;
}

enum status db_start(struct db *db, const struct query *query, const struct db_value *args,
                     struct db_rows *ret_rows)
{
    return start(db, query, args, false, ret_rows);
}

enum status db_start_stream(struct db *db, const struct query *query, const struct db_value *args,
                            struct db_rows *ret_rows)
{
    return start(db, query, args, true, ret_rows);
}

enum status db_next(struct db_rows *rows, bool *ret_more)
{
    assert(rows->db->reading && ret_more);
    if (rows->db->failed != OK)
        return rows->db->failed;
    return fail(rows->db, rows->db->driver->next(rows, ret_more));
}

void db_done(struct db_rows *rows)
{
    assert(rows->db->reading);
    rows->db->driver->done(rows);
    rows->db->reading = false;
}

enum db_type db_type(const struct db_rows *rows, unsigned column)
{
    return rows->db->driver->type(rows, column);
}

bool db_is_null(const struct db_rows *rows, unsigned column)
{
    return db_type(rows, column) == DB_NULL;
}

int64_t db_get_int(const struct db_rows *rows, unsigned column)
{
    return rows->db->driver->get_int(rows, column);
}

struct bytes db_get_bytes(const struct db_rows *rows, unsigned column)
{
    return rows->db->driver->get_bytes(rows, column);
}

const char *db_get_text(const struct db_rows *rows, unsigned column)
{
    return db_type(rows, column) == DB_TEXT ? (const char *)db_get_bytes(rows, column).data : "";
}

struct bytes db_get_blob(const struct db_rows *rows, unsigned column)
{
    return db_type(rows, column) == DB_BLOB ? db_get_bytes(rows, column) : (struct bytes){0};
}

enum status db_script(struct db *db, const char *sql)
{
    if (!db->open)
        return db->driver->script(db, sql);
    assert(db->mode == DB_WRITE);
    enum status st = enter(db);
    return st == OK ? fail(db, db->driver->script(db, sql)) : st;
}

enum status db_ping(struct db *db)
{
    assert(!db->open);
    enum status st = injected(db);
    return st == OK ? db->driver->ping(db) : st;
}
