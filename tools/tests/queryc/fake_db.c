#include "fake_db.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "db/db.h"

static bool fails_now(struct db *db)
{
    return db->fail_at > 0 && --db->fail_at == 0;
}

static sqlite3_stmt *begin(struct db *db, const struct query *query, const struct db_value *args)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db->sqlite, query->sql, -1, &stmt, NULL);
    assert(rc == SQLITE_OK && sqlite3_bind_parameter_count(stmt) == query->params);
    assert(sqlite3_column_count(stmt) == query->columns);
    assert(!sqlite3_stmt_readonly(stmt) == query->writes);
    for (int i = 0; i < query->params; i++) {
        char name[16];
        snprintf(name, sizeof name, "$%d", i + 1);
        int at = sqlite3_bind_parameter_index(stmt, name);
        switch (args[i].type) {
        case DB_NULL:
            break;
        case DB_INT:
            rc = sqlite3_bind_int64(stmt, at, args[i].i);
            break;
        case DB_TEXT:
            rc = sqlite3_bind_text(stmt, at, args[i].p, (int)args[i].len, SQLITE_TRANSIENT);
            break;
        case DB_BLOB:
            rc = sqlite3_bind_blob(stmt, at, args[i].len ? args[i].p : "", (int)args[i].len,
                                   SQLITE_TRANSIENT);
            break;
        }
        assert(rc == SQLITE_OK);
    }
    db->started++;
    return stmt;
}

enum status db_exec(struct db *db, const struct query *query, const struct db_value *args,
                    size_t *ret_changed)
{
    sqlite3_stmt *stmt = begin(db, query, args);
    int rc = fails_now(db) ? SQLITE_IOERR : sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    if (rc == SQLITE_CONSTRAINT)
        return ERR_CONFLICT;
    if (rc != SQLITE_DONE)
        return ERR_DB;
    if (ret_changed)
        *ret_changed = (size_t)sqlite3_changes(db->sqlite);
    return OK;
}

enum status db_start(struct db *db, const struct query *query, const struct db_value *args,
                     struct db_rows *ret_rows)
{
    *ret_rows = (struct db_rows){.db = db, .state = begin(db, query, args)};
    db->open++;
    return OK;
}

enum status db_next(struct db_rows *rows, bool *ret_more)
{
    if (fails_now(rows->db))
        return ERR_DB;
    int rc = sqlite3_step(rows->state);
    if (rc == SQLITE_CONSTRAINT)
        return ERR_CONFLICT;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return ERR_DB;
    *ret_more = rc == SQLITE_ROW;
    return OK;
}

void db_done(struct db_rows *rows)
{
    sqlite3_finalize(rows->state);
    rows->db->open--;
}

bool db_is_null(const struct db_rows *rows, unsigned column)
{
    return sqlite3_column_type(rows->state, (int)column) == SQLITE_NULL;
}

int64_t db_get_int(const struct db_rows *rows, unsigned column)
{
    return sqlite3_column_int64(rows->state, (int)column);
}

const char *db_get_text(const struct db_rows *rows, unsigned column)
{
    const char *text = (const char *)sqlite3_column_text(rows->state, (int)column);
    return text ? text : "";
}

struct bytes db_get_blob(const struct db_rows *rows, unsigned column)
{
    const uint8_t *data = sqlite3_column_blob(rows->state, (int)column);
    return (struct bytes){data, (size_t)sqlite3_column_bytes(rows->state, (int)column)};
}
