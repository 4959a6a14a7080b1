#include "db/copy.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "db/engine.h"
#include "db/schema.h"

#define STATEMENT_MAX ((size_t)64 << 10)

/*
 * A constraint of PostgreSQL that must wait until all rows are there, as "ALTER TABLE … ALTER …".
 */
struct waiting {
    struct waiting *next;
    const char *alter;
};

/* PostgreSQL checks a key at once unless it is declared to wait, so it is declared so meanwhile. */
static const struct query impatient_keys = {
    .name = "copy_impatient_keys",
    .sql = "SELECT format('ALTER TABLE %s ALTER CONSTRAINT %I', conrelid::regclass, conname)"
           " FROM pg_constraint WHERE contype = 'f' AND NOT condeferrable AND conparentid = 0"
           " AND connamespace = current_schema()::regnamespace ORDER BY oid",
    .columns = 1,
};

static const struct query newest_version = {
    .name = "copy_newest_version",
    .sql = "SELECT COALESCE(MAX(number), 0) FROM " SCHEMA_VERSION_TABLE,
    .columns = 1,
};

static const struct query integrity_check = {
    .name = "integrity_check",
    .sql = "PRAGMA integrity_check(20)",
    .columns = 1,
};

static void add_name(struct buf *sql, const char *name)
{
    buf_add_char(sql, '"');
    for (; *name; name++) {
        if (*name == '"')
            buf_add_char(sql, '"');
        buf_add_char(sql, *name);
    }
    buf_add_char(sql, '"');
}

static void add_columns(struct buf *sql, const struct schema_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (i > 0)
            buf_add_str(sql, ", ");
        add_name(sql, table->columns[i]);
    }
}

static void add_select(struct buf *sql, const struct schema_table *table)
{
    buf_add_str(sql, "SELECT ");
    add_columns(sql, table);
    buf_add_str(sql, " FROM ");
    add_name(sql, table->name);
}

static void add_insert(struct buf *sql, const struct schema_table *table)
{
    buf_add_str(sql, "INSERT INTO ");
    add_name(sql, table->name);
    buf_add_str(sql, " (");
    add_columns(sql, table);
    buf_add_str(sql, ") VALUES (");
    for (size_t i = 0; i < table->column_count; i++)
        buf_printf(sql, "%s$%zu", i > 0 ? ", " : "", i + 1);
    buf_add_char(sql, ')');
}

static void read_row(const struct db_rows *rows, size_t columns, struct db_value *to)
{
    for (size_t i = 0; i < columns; i++) {
        unsigned column = (unsigned)i;
        to[i] = (struct db_value){.type = db_type(rows, column)};
        if (to[i].type == DB_INT) {
            to[i].i = db_get_int(rows, column);
        } else if (to[i].type != DB_NULL) {
            struct bytes bytes = db_get_bytes(rows, column);
            to[i].p = bytes.data;
            to[i].len = bytes.len;
        }
    }
}

/* Each value as its type, its length and its bytes; so no two different rows look alike. */
static void add_to_digest(struct table_digest *digest, const struct db_value *row, size_t columns)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, TABLE_HASH_BYTES);
    for (size_t i = 0; i < columns; i++) {
        uint8_t head[9] = {(uint8_t)row[i].type};
        uint64_t number = row[i].type == DB_INT ? (uint64_t)row[i].i : row[i].len;
        for (unsigned b = 0; b < 8; b++)
            head[1 + b] = (uint8_t)(number >> (8 * b));
        crypto_generichash_update(&state, head, sizeof head);
        if (row[i].len > 0)
            crypto_generichash_update(&state, row[i].p, row[i].len);
    }
    uint8_t hash[TABLE_HASH_BYTES];
    crypto_generichash_final(&state, hash, sizeof hash);
    /* A sum, not XOR: two equal rows must not cancel out. */
    sodium_add(digest->hash, hash, sizeof hash);
    digest->rows++;
}

/* Reads all of a table into `digest` and, unless `to` is NULL, into that database. */
static enum status pass(struct db_rows *rows, struct db *to, const struct query *insert,
                        size_t columns, struct table_digest *digest)
{
    struct db_value row[SCHEMA_COLUMNS_MAX];
    enum status st;
    bool more;
    while ((st = db_next(rows, &more)) == OK && more) {
        read_row(rows, columns, row);
        add_to_digest(digest, row, columns);
        if (to)
            st = db_exec(to, insert, row, NULL);
        if (st != OK)
            return st;
    }
    return st;
}

static enum status pass_table(struct db *from, struct db *to, const struct schema_table *table,
                              struct table_digest *digest)
{
    struct buf select;
    struct buf insert;
    buf_init(&select, STATEMENT_MAX);
    buf_init(&insert, STATEMENT_MAX);
    add_select(&select, table);
    add_insert(&insert, table);
    const struct query read = {
        .name = "copy_read", .sql = select.data, .columns = (uint8_t)table->column_count};
    const struct query write = {.name = "copy_write",
                                .sql = insert.data,
                                .params = (uint8_t)table->column_count,
                                .writes = true};
    struct db_rows rows;
    enum status st = buf_failed(&select) || buf_failed(&insert) ? ERR_LIMIT : OK;
    if (st == OK && (st = db_start_stream(from, &read, NULL, &rows)) == OK) {
        st = pass(&rows, to, &write, table->column_count, digest);
        db_done(&rows);
    }
    if (st != OK)
        log_event(LOG_ERROR, "db_copy_failed", "table=%s status=%s", table->name, status_name(st));
    buf_free(&insert);
    buf_free(&select);
    return st;
}

/* In the transactions of the caller. */
static enum status pass_all(struct db *from, struct db *to, struct arena *arena,
                            const struct schema_table *tables, size_t count,
                            struct table_digest **ret_tables, size_t *ret_count)
{
    struct table_digest *digests = ARENA_ARRAY(arena, struct table_digest, count);
    if (!digests)
        return ERR_NOMEM;
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        if (str_equal(tables[i].name, SCHEMA_VERSION_TABLE))
            continue;
        digests[done].name = tables[i].name;
        enum status st = pass_table(from, to, &tables[i], &digests[done]);
        if (st != OK)
            return st;
        done++;
    }
    *ret_tables = digests;
    *ret_count = done;
    return OK;
}

static bool same_table(const struct schema_table *a, const struct schema_table *b)
{
    if (!str_equal(a->name, b->name) || a->column_count != b->column_count)
        return false;
    for (size_t i = 0; i < a->column_count; i++)
        if (!str_equal(a->columns[i], b->columns[i]))
            return false;
    return true;
}

/* The first number of the first row; 0 when there is none. */
static enum status ask_int(struct db *db, const struct query *query, int64_t *ret_value)
{
    struct db_rows rows;
    enum status st = db_start(db, query, NULL, &rows);
    if (st != OK)
        return st;
    bool more;
    st = db_next(&rows, &more);
    if (st == OK)
        *ret_value = more ? db_get_int(&rows, 0) : 0;
    db_done(&rows);
    return st;
}

static enum status version_of(struct db *db, int64_t *ret_version)
{
    bool has;
    enum status st = schema_has_table(db, SCHEMA_VERSION_TABLE, &has);
    if (st != OK)
        return st;
    if (has)
        return ask_int(db, &newest_version, ret_version);
    *ret_version = 0;
    return OK;
}

static enum status check_same_schema(struct db *from, struct db *to, struct arena *arena,
                                     const struct schema_table *tables, size_t count)
{
    struct schema_table *others;
    size_t other_count;
    int64_t version = 0;
    int64_t other_version = 0;
    enum status st = schema_tables(to, arena, &others, &other_count);
    if (st == OK)
        st = version_of(from, &version);
    if (st == OK)
        st = version_of(to, &other_version);
    if (st != OK)
        return st;
    bool same = count == other_count && version == other_version;
    for (size_t i = 0; same && i < count; i++)
        same = same_table(&tables[i], &others[i]);
    if (same)
        return OK;
    log_event(LOG_ERROR, "db_copy_refused",
              "cause=schemas_differ from=%" PRId64 " to=%" PRId64 " from_tables=%zu to_tables=%zu",
              version, other_version, count, other_count);
    return ERR_INVALID;
}

static enum status table_is_empty(struct db *to, const struct schema_table *table, bool *ret_empty)
{
    *ret_empty = true;
    if (str_equal(table->name, SCHEMA_VERSION_TABLE))
        return OK;
    struct buf sql;
    buf_init(&sql, STATEMENT_MAX);
    buf_add_str(&sql, "SELECT 1 FROM ");
    add_name(&sql, table->name);
    buf_add_str(&sql, " LIMIT 1");
    const struct query query = {.name = "copy_check_empty", .sql = sql.data, .columns = 1};
    int64_t found = 0;
    enum status st = buf_failed(&sql) ? ERR_LIMIT : ask_int(to, &query, &found);
    buf_free(&sql);
    *ret_empty = !found;
    return st;
}

static enum status check_empty(struct db *to, const struct schema_table *table)
{
    bool empty;
    enum status st = table_is_empty(to, table, &empty);
    if (st != OK || empty)
        return st;
    log_event(LOG_ERROR, "db_copy_refused", "cause=target_not_empty table=%s", table->name);
    return ERR_CONFLICT;
}

enum status db_is_empty(struct db *db, struct arena *arena, bool *ret_empty)
{
    struct schema_table *tables = NULL;
    size_t count = 0;
    bool empty = true;
    enum status st = db_begin(db, DB_READ);
    if (st == OK)
        st = schema_tables(db, arena, &tables, &count);
    for (size_t i = 0; st == OK && empty && i < count; i++)
        st = table_is_empty(db, &tables[i], &empty);
    db_rollback(db);
    if (st == OK)
        *ret_empty = empty;
    return st;
}

static enum status list_waiting(struct db *to, struct arena *arena, struct waiting **ret_first)
{
    struct db_rows rows;
    enum status st = db_start(to, &impatient_keys, NULL, &rows);
    if (st != OK)
        return st;
    struct waiting *first = NULL;
    bool more;
    while ((st = db_next(&rows, &more)) == OK && more) {
        struct waiting *w = ARENA_NEW(arena, struct waiting);
        if (!w)
            break;
        *w = (struct waiting){.next = first, .alter = arena_strdup(arena, db_get_text(&rows, 0))};
        first = w;
    }
    db_done(&rows);
    if (st == OK && arena_failed(arena))
        st = ERR_NOMEM;
    if (st == OK)
        *ret_first = first;
    return st;
}

static enum status alter_all(struct db *to, const struct waiting *first, const char *how)
{
    struct buf sql;
    buf_init(&sql, (size_t)4 << 20);
    for (const struct waiting *w = first; w; w = w->next)
        buf_printf(&sql, "%s %s;", w->alter, how);
    enum status st = buf_failed(&sql) ? ERR_LIMIT : db_script(to, sql.data);
    buf_free(&sql);
    return st;
}

/* Rows come table by table, so keys may refer to rows that come later: they wait for the end. */
static enum status defer_keys(struct db *to, struct arena *arena, struct waiting **ret_first)
{
    *ret_first = NULL;
    if (db_engine(to) == DB_SQLITE)
        return db_script(to, "PRAGMA defer_foreign_keys = ON");
    enum status st = list_waiting(to, arena, ret_first);
    if (st == OK)
        st = alter_all(to, *ret_first, "DEFERRABLE");
    return st == OK ? db_script(to, "SET CONSTRAINTS ALL DEFERRED") : st;
}

static enum status settle_keys(struct db *to, const struct waiting *first)
{
    if (db_engine(to) == DB_SQLITE)
        return OK; /* the commit checks them, and with it the PRAGMA ends */
    enum status st = db_script(to, "SET CONSTRAINTS ALL IMMEDIATE");
    return st == OK ? alter_all(to, first, "NOT DEFERRABLE") : st;
}

/* Everything between the two begins and the commit. */
static enum status copy_inside(struct db *from, struct db *to, struct arena *arena,
                               struct table_digest **ret_tables, size_t *ret_count)
{
    struct schema_table *tables;
    size_t count;
    enum status st = schema_tables(from, arena, &tables, &count);
    if (st == OK)
        st = check_same_schema(from, to, arena, tables, count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = check_empty(to, &tables[i]);
    struct waiting *waiting = NULL;
    if (st == OK)
        st = defer_keys(to, arena, &waiting);
    if (st == OK)
        st = pass_all(from, to, arena, tables, count, ret_tables, ret_count);
    return st == OK ? settle_keys(to, waiting) : st;
}

enum status db_copy_all(struct db *from, struct db *to, struct arena *arena,
                        struct table_digest **ret_tables, size_t *ret_count)
{
    assert(from != to && !db_in_transaction(from) && !db_in_transaction(to));
    struct table_digest *tables = NULL;
    size_t count = 0;
    enum status st = db_begin(from, DB_READ);
    if (st == OK)
        st = db_begin(to, DB_WRITE);
    if (st == OK)
        st = copy_inside(from, to, arena, &tables, &count);
    if (st == OK)
        st = db_commit(to);
    db_rollback(to);
    db_rollback(from);
    if (st != OK)
        return st;
    *ret_tables = tables;
    *ret_count = count;
    return OK;
}

enum status db_tables_digest(struct db *db, struct arena *arena, struct table_digest **ret_tables,
                             size_t *ret_count)
{
    enum status st = db_begin(db, DB_READ);
    if (st != OK)
        return st;
    struct schema_table *tables;
    size_t count;
    st = schema_tables(db, arena, &tables, &count);
    if (st == OK)
        st = pass_all(db, NULL, arena, tables, count, ret_tables, ret_count);
    db_rollback(db);
    return st;
}

bool db_digests_equal(const struct table_digest *a, size_t a_count, const struct table_digest *b,
                      size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!str_equal(a[i].name, b[i].name) || a[i].rows != b[i].rows ||
            memcmp(a[i].hash, b[i].hash, TABLE_HASH_BYTES) != 0)
            return false;
    return true;
}

/* SQLite's words here name tables, indexes and pages, no values. "ok" is the only good answer. */
static enum status check_pages(struct db *db)
{
    struct db_rows rows;
    enum status st = db_start(db, &integrity_check, NULL, &rows);
    if (st != OK)
        return st;
    bool more;
    bool sound = true;
    while ((st = db_next(&rows, &more)) == OK && more) {
        if (str_equal(db_get_text(&rows, 0), "ok"))
            continue;
        log_event(LOG_ERROR, "db_integrity", "cause=\"%s\"", db_get_text(&rows, 0));
        sound = false;
    }
    db_done(&rows);
    /* A damaged page may end the check itself; what was found is answer enough. */
    return sound ? st : ERR_CORRUPT;
}

enum status db_integrity(struct db *db)
{
    enum status st = db_begin(db, DB_READ);
    if (st != OK)
        return st;
    st = db_engine(db) == DB_SQLITE ? check_pages(db) : OK;
    size_t broken = 0;
    if (st == OK)
        st = schema_foreign_keys(db, &broken);
    db_rollback(db);
    return st == OK && broken > 0 ? ERR_CORRUPT : st;
}
