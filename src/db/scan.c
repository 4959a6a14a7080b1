#include "db/scan.h"

#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/engine.h"
#include "db/schema.h"

#define STATEMENT_MAX 2000

enum { AT_SCHOOL, AT_ROW, AT_SLOT, AT_KEY, AT_VALUE, COLUMNS };

static enum status add_columns_of(struct arena *arena, const struct schema_table *table,
                                  struct scan_column *columns, size_t *count)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (str_ends(table->columns[i], SCAN_SUFFIX))
            columns[(*count)++] = (struct scan_column){table->name, table->columns[i]};
    return arena_failed(arena) ? ERR_NOMEM : OK;
}

static enum status list_columns(struct db *db, struct arena *arena,
                                struct scan_column **ret_columns, size_t *ret_count)
{
    struct schema_table *tables = NULL;
    size_t count = 0, room = 0, found = 0;
    enum status st = schema_tables(db, arena, &tables, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        room += tables[i].column_count;
    struct scan_column *columns = ARENA_ARRAY(arena, struct scan_column, room);
    if (st == OK && !columns)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = add_columns_of(arena, &tables[i], columns, &found);
    if (st != OK)
        return st;
    *ret_columns = columns;
    *ret_count = found;
    return OK;
}

enum status db_scan_columns(struct db *db, struct arena *arena, struct scan_column **ret_columns,
                            size_t *ret_count)
{
    enum status st = db_begin(db, DB_READ);
    if (st == OK)
        st = list_columns(db, arena, ret_columns, ret_count);
    db_rollback(db);
    return st;
}

/* A row whose dossier is missing comes too, without a key: the caller tells of it. */
static void add_statement(struct buf *sql, const struct scan *scan)
{
    buf_printf(sql, "SELECT %s%s, t.%s, ", scan->school ? "t." : "",
               scan->school ? scan->school : "CAST(0 AS BIGINT)", scan->row);
    buf_printf(sql, "%s, t.%s FROM %s t", scan->owner ? "d.slot, d.key_wrapped" : "NULL, NULL",
               scan->column, scan->table);
    if (scan->via)
        buf_printf(sql, " JOIN %s v ON v.school = t.%s AND v.id = t.%s", scan->via, scan->school,
                   scan->via_row);
    if (scan->owner)
        buf_printf(sql, " LEFT JOIN dossier d ON d.school = t.%s AND d.id = %s.%s", scan->school,
                   scan->via ? "v" : "t", scan->owner);
    buf_printf(sql, " WHERE t.%s IS NOT NULL LIMIT $1", scan->column);
}

static enum status look_at_all(struct db_rows *rows,
                               enum status (*look)(void *context, const struct scan_row *row),
                               void *context)
{
    bool more;
    enum status st;
    while ((st = db_next(rows, &more)) == OK && more) {
        struct bytes value = db_get_blob(rows, AT_VALUE);
        struct scan_row row = {.school = db_get_int(rows, AT_SCHOOL),
                               .row = db_get_int(rows, AT_ROW),
                               .slot = db_get_int(rows, AT_SLOT),
                               .key_wrapped = db_get_blob(rows, AT_KEY),
                               .value = {value.data, value.len}};
        st = look(context, &row);
        if (st != OK)
            return st;
    }
    return st;
}

enum status db_scan(struct db *db, const struct scan *scan, int64_t most,
                    enum status (*look)(void *context, const struct scan_row *row), void *context)
{
    assert(scan->school || (!scan->owner && !scan->via));
    struct buf sql;
    buf_init(&sql, STATEMENT_MAX);
    add_statement(&sql, scan);
    const struct query query = {.name = "scan", .sql = sql.data, .params = 1, .columns = COLUMNS};
    const struct db_value args[] = {db_int(most)};
    struct db_rows rows;
    enum status st = buf_failed(&sql) ? ERR_LIMIT : db_begin(db, DB_READ);
    if (st == OK && (st = db_start_stream(db, &query, args, &rows)) == OK) {
        st = look_at_all(&rows, look, context);
        db_done(&rows);
    }
    db_rollback(db);
    buf_free(&sql);
    return st;
}
