#include "db/clear.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"
#include "db/schema.h"

/* Which table has a key to which, in the words of both engines. A key to itself asks for no order.
 */
static const struct query keys_between[] = {
    [DB_SQLITE] = {.name = "clear_keys",
                   .sql = "SELECT DISTINCT t.name, f.\"table\" FROM sqlite_schema t,"
                          " pragma_foreign_key_list(t.name) f"
                          " WHERE t.type = 'table' AND f.\"table\" <> t.name",
                   .columns = 2},
    [DB_POSTGRES] = {.name = "clear_keys",
                     .sql = "SELECT DISTINCT c.relname::text, p.relname::text"
                            " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
                            " JOIN pg_class p ON p.oid = k.confrelid"
                            " WHERE k.contype = 'f' AND k.conparentid = 0"
                            " AND k.connamespace = current_schema()::regnamespace"
                            " AND k.conrelid <> k.confrelid",
                     .columns = 2},
};

/* A table with rows of schools, and the column that says of which. */
struct part {
    const char *table, *column;
    bool placed;
};

/* `child` goes before `parent`. */
struct key {
    size_t child, parent;
};

struct parts {
    struct part *list;
    size_t count;
    struct key *keys;
    size_t key_count;
};

static bool has_column(const struct schema_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (str_equal(table->columns[i], name))
            return true;
    return false;
}

static const char *column_of(const struct schema_table *table)
{
    if (str_equal(table->name, "school"))
        return "id";
    return has_column(table, "school")      ? "school"
           : has_column(table, "at_school") ? "at_school"
                                            : NULL;
}

static enum status find_parts(struct db *db, struct arena *arena, struct parts *parts)
{
    struct schema_table *tables = NULL;
    size_t count = 0;
    enum status st = schema_tables(db, arena, &tables, &count);
    if (st != OK)
        return st;
    *parts = (struct parts){.list = ARENA_ARRAY(arena, struct part, count)};
    if (!parts->list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const char *column = column_of(&tables[i]);
        if (column)
            parts->list[parts->count++] = (struct part){tables[i].name, column, false};
    }
    parts->keys = ARENA_ARRAY(arena, struct key, parts->count * parts->count);
    return parts->keys ? OK : ERR_NOMEM;
}

static bool find_part(const struct parts *parts, const char *table, size_t *ret_at)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (str_equal(parts->list[i].table, table)) {
            *ret_at = i;
            return true;
        }
    }
    return false;
}

/* A pair of tables comes once at most, so there is room for all of them. */
static enum status find_keys(struct db *db, struct parts *parts)
{
    struct db_rows rows;
    enum status st = db_start(db, &keys_between[db_engine(db)], NULL, &rows);
    if (st != OK)
        return st;
    bool more;
    while ((st = db_next(&rows, &more)) == OK && more) {
        struct key key;
        if (find_part(parts, db_get_text(&rows, 0), &key.child) &&
            find_part(parts, db_get_text(&rows, 1), &key.parent))
            parts->keys[parts->key_count++] = key;
    }
    db_done(&rows);
    return st;
}

static bool is_free(const struct parts *parts, size_t at)
{
    for (size_t i = 0; i < parts->key_count; i++)
        if (parts->keys[i].parent == at && !parts->list[parts->keys[i].child].placed)
            return false;
    return true;
}

/* Of the parts that nothing left refers to the first, until there are none left. */
static enum status place_all(const struct parts *parts, struct arena *arena,
                             const struct part ***ret_order)
{
    const struct part **order = ARENA_ARRAY(arena, const struct part *, parts->count);
    if (!order)
        return ERR_NOMEM;
    for (size_t done = 0; done < parts->count; done++) {
        size_t at = 0;
        while (at < parts->count && (parts->list[at].placed || !is_free(parts, at)))
            at++;
        if (at == parts->count) {
            log_event(LOG_ERROR, "clear_keys_go_round", "tables=%zu", parts->count - done);
            return ERR_CORRUPT;
        }
        parts->list[at].placed = true;
        order[done] = &parts->list[at];
    }
    *ret_order = order;
    return OK;
}

static enum status in_order(struct db *db, struct arena *arena, const struct part ***ret_order,
                            size_t *ret_count)
{
    struct parts parts;
    enum status st = find_parts(db, arena, &parts);
    if (st == OK)
        st = find_keys(db, &parts);
    if (st == OK)
        st = place_all(&parts, arena, ret_order);
    if (st == OK)
        *ret_count = parts.count;
    return st;
}

/* "SELECT COUNT(*)" or "DELETE", of the rows of school $1. Names come from the catalogue. */
static const char *statement(struct arena *arena, const char *verb, const struct part *part)
{
    return arena_printf(arena, "%s FROM \"%s\" WHERE \"%s\" = $1", verb, part->table, part->column);
}

static enum status count_rows(struct db *db, struct arena *arena, const struct part *part,
                              int64_t school, int64_t *ret_rows)
{
    const struct query query = {.name = "clear_count",
                                .sql = statement(arena, "SELECT COUNT(*)", part),
                                .params = 1,
                                .columns = 1};
    const struct db_value args[] = {db_int(school)};
    struct db_rows rows;
    enum status st = db_start(db, &query, args, &rows);
    if (st != OK)
        return st;
    bool more;
    st = db_next(&rows, &more);
    if (st == OK)
        *ret_rows = db_get_int(&rows, 0);
    db_done(&rows);
    return st;
}

enum status db_clear_count(struct db *db, struct arena *arena, int64_t school,
                           struct clear_table **ret_tables, size_t *ret_count)
{
    const struct part **order = NULL;
    size_t count = 0;
    enum status st = in_order(db, arena, &order, &count);
    struct clear_table *tables = ARENA_ARRAY(arena, struct clear_table, count);
    if (st == OK && !tables)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        tables[i].name = order[i]->table;
        st = count_rows(db, arena, order[i], school, &tables[i].rows);
    }
    if (st != OK)
        return st;
    *ret_tables = tables;
    *ret_count = count;
    return OK;
}

enum status db_clear(struct db *db, struct arena *arena, int64_t school, int64_t *ret_rows)
{
    const struct part **order = NULL;
    size_t count = 0;
    int64_t rows = 0;
    enum status st = in_order(db, arena, &order, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct query query = {.name = "clear_rows",
                                    .sql = statement(arena, "DELETE", order[i]),
                                    .params = 1,
                                    .writes = true};
        const struct db_value args[] = {db_int(school)};
        size_t changed = 0;
        st = db_exec(db, &query, args, &changed);
        rows += (int64_t)changed;
    }
    if (st == OK)
        *ret_rows = rows;
    return st;
}
