#include "db/schema.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "db/engine.h"

#define SCHEMA_MEMORY ((size_t)4 << 20) /* of the statements about all foreign keys together */

/* Each question in the words of both engines. */
#define BY_ENGINE(db, queries) (&(queries)[db_engine(db)])

static const struct query columns_of_all[] = {
    [DB_SQLITE] = {.name = "schema_columns",
                   .sql = "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
                          " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                          " ORDER BY t.name, c.name",
                   .columns = 2},
    [DB_POSTGRES] = {.name = "schema_columns",
                     .sql = "SELECT t.relname::text, a.attname::text"
                            " FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid"
                            " WHERE t.relnamespace = current_schema()::regnamespace"
                            " AND t.relkind IN ('r', 'p') AND NOT t.relispartition"
                            " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
                            " ORDER BY t.relname COLLATE \"C\", a.attname COLLATE \"C\"",
                     .columns = 2},
};

static const struct query has_table[] = {
    [DB_SQLITE] = {.name = "schema_has_table",
                   .sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1",
                   .params = 1,
                   .columns = 1},
    [DB_POSTGRES] = {.name = "schema_has_table",
                     .sql = "SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p') AND relname = $1"
                            " AND relnamespace = current_schema()::regnamespace",
                     .params = 1,
                     .columns = 1},
};

/* The tables whose keys do not hold. */
static const struct query broken_keys_sqlite = {
    .name = "schema_broken_keys",
    .sql = "SELECT DISTINCT \"table\", fkid FROM pragma_foreign_key_check",
    .columns = 2,
};

/*
 * For every foreign key the statement that counts its orphans, written by the server itself. A key
 * with a NULL in it refers to nothing (MATCH SIMPLE).
 */
static const struct query orphan_counts_postgres = {
    .name = "schema_orphan_counts",
    .sql = "SELECT k.conrelid::regclass::text,"
           " format('SELECT count(*) FROM %s c WHERE %s"
           " AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)', k.conrelid::regclass,"
           " string_agg(format('c.%I IS NOT NULL', c.attname), ' AND '), k.confrelid::regclass,"
           " string_agg(format('p.%I = c.%I', p.attname, c.attname), ' AND '))"
           " FROM pg_constraint k"
           " CROSS JOIN unnest(k.conkey, k.confkey) AS pair(child, parent)"
           " JOIN pg_attribute c ON c.attrelid = k.conrelid AND c.attnum = pair.child"
           " JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = pair.parent"
           " WHERE k.contype = 'f' AND k.conparentid = 0"
           " AND k.connamespace = current_schema()::regnamespace"
           " GROUP BY k.oid, k.conrelid, k.confrelid ORDER BY k.oid",
    .columns = 2,
};

/* The table under construction while the catalogue is read. */
struct collector {
    struct arena *arena;
    struct schema_table *tables;
    size_t count;
    const char *columns[SCHEMA_COLUMNS_MAX];
    size_t column_count;
};

static void close_table(struct collector *c)
{
    if (c->count == 0)
        return;
    struct schema_table *table = &c->tables[c->count - 1];
    table->columns = arena_memdup(c->arena, c->columns, c->column_count * sizeof c->columns[0]);
    table->column_count = c->column_count;
    c->column_count = 0;
}

static enum status add_column(struct collector *c, const char *table, const char *column)
{
    if (c->count == 0 || !str_equal(c->tables[c->count - 1].name, table)) {
        close_table(c);
        if (c->count == SCHEMA_TABLES_MAX)
            return ERR_LIMIT;
        c->tables[c->count++].name = arena_strdup(c->arena, table);
    }
    if (c->column_count == SCHEMA_COLUMNS_MAX)
        return ERR_LIMIT;
    c->columns[c->column_count++] = arena_strdup(c->arena, column);
    return OK;
}

static enum status collect(struct collector *c, struct db *db)
{
    struct db_rows rows;
    enum status st = db_start(db, BY_ENGINE(db, columns_of_all), NULL, &rows);
    if (st != OK)
        return st;
    bool more;
    while ((st = db_next(&rows, &more)) == OK && more) {
        st = add_column(c, db_get_text(&rows, 0), db_get_text(&rows, 1));
        if (st != OK)
            break;
    }
    db_done(&rows);
    close_table(c);
    return st;
}

enum status schema_tables(struct db *db, struct arena *arena, struct schema_table **ret_tables,
                          size_t *ret_count)
{
    struct collector c = {.arena = arena,
                          .tables = ARENA_ARRAY(arena, struct schema_table, SCHEMA_TABLES_MAX)};
    if (!c.tables)
        return ERR_NOMEM;
    enum status st = collect(&c, db);
    if (st != OK)
        return st;
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_tables = c.tables;
    *ret_count = c.count;
    return OK;
}

enum status schema_has_table(struct db *db, const char *name, bool *ret_has)
{
    const struct db_value args[] = {db_text(name)};
    struct db_rows rows;
    enum status st = db_start(db, BY_ENGINE(db, has_table), args, &rows);
    if (st != OK)
        return st;
    st = db_next(&rows, ret_has);
    db_done(&rows);
    return st;
}

static enum status broken_in_sqlite(struct db *db, size_t *ret_broken)
{
    struct db_rows rows;
    enum status st = db_start(db, &broken_keys_sqlite, NULL, &rows);
    if (st != OK)
        return st;
    size_t broken = 0;
    bool more;
    while ((st = db_next(&rows, &more)) == OK && more) {
        log_event(LOG_ERROR, "db_foreign_key_broken", "table=%s", db_get_text(&rows, 0));
        broken++;
    }
    db_done(&rows);
    if (st == OK)
        *ret_broken = broken;
    return st;
}

static enum status count_orphans(struct db *db, const char *sql, int64_t *ret_count)
{
    const struct query query = {.name = "schema_orphans", .sql = sql, .columns = 1};
    struct db_rows rows;
    enum status st = db_start(db, &query, NULL, &rows);
    if (st != OK)
        return st;
    bool more;
    st = db_next(&rows, &more);
    if (st == OK)
        *ret_count = db_get_int(&rows, 0);
    db_done(&rows);
    return st;
}

/* A foreign key and the statement that counts its orphans. */
struct key {
    struct key *next;
    const char *table;
    const char *sql;
};

static enum status read_keys(struct db *db, struct arena *arena, struct key **ret_first)
{
    struct db_rows rows;
    enum status st = db_start(db, &orphan_counts_postgres, NULL, &rows);
    if (st != OK)
        return st;
    struct key *first = NULL;
    bool more;
    while ((st = db_next(&rows, &more)) == OK && more) {
        struct key *key = ARENA_NEW(arena, struct key);
        if (!key)
            break;
        *key = (struct key){.next = first,
                            .table = arena_strdup(arena, db_get_text(&rows, 0)),
                            .sql = arena_strdup(arena, db_get_text(&rows, 1))};
        first = key;
    }
    db_done(&rows);
    if (st == OK && arena_failed(arena))
        st = ERR_NOMEM;
    if (st == OK)
        *ret_first = first;
    return st;
}

static enum status broken_in_postgres(struct db *db, struct arena *arena, size_t *ret_broken)
{
    struct key *first = NULL;
    enum status st = read_keys(db, arena, &first);
    size_t broken = 0;
    for (const struct key *key = first; key && st == OK; key = key->next) {
        int64_t orphans = 0;
        st = count_orphans(db, key->sql, &orphans);
        if (st == OK && orphans > 0) {
            log_event(LOG_ERROR, "db_foreign_key_broken", "table=%s", key->table);
            broken++;
        }
    }
    if (st == OK)
        *ret_broken = broken;
    return st;
}

enum status schema_foreign_keys(struct db *db, size_t *ret_broken)
{
    if (db_engine(db) == DB_SQLITE)
        return broken_in_sqlite(db, ret_broken);
    struct arena *arena = arena_new(SCHEMA_MEMORY);
    if (!arena)
        return ERR_NOMEM;
    enum status st = broken_in_postgres(db, arena, ret_broken);
    arena_free(arena);
    return st;
}

enum status schema_tell_shape(struct db *db)
{
    /*
     * A line of sqlite_stat1 says how many rows there are in all, then how many have one value of
     * the first column, of the first two, and so on. ANALYZE of the schema itself counts nothing:
     * the first one makes the table, the last one has the planner read it.
     */
    static const char script[] =
        "ANALYZE sqlite_schema;"
        "DELETE FROM sqlite_stat1;"
        "INSERT INTO sqlite_stat1 (tbl, idx, stat)"
        " SELECT t.name, i.name, '1000000 ' || (SELECT group_concat("
        " CASE WHEN i.\"unique\" AND c.seqno + 1 = (SELECT COUNT(*) FROM pragma_index_info(i.name))"
        " THEN 1 WHEN c.seqno = 0 THEN 10000 WHEN c.seqno = 1 THEN 20 WHEN c.seqno = 2 THEN 10"
        " ELSE 2 END, ' ') FROM pragma_index_info(i.name) c)"
        " FROM sqlite_schema t, pragma_index_list(t.name) i"
        " WHERE t.type = 'table' AND (SELECT f.name FROM pragma_index_info(i.name) f"
        " WHERE f.seqno = 0) IN ('school', 'at_school');"
        "ANALYZE sqlite_schema;";
    return db_engine(db) == DB_SQLITE ? db_script(db, script) : OK;
}
