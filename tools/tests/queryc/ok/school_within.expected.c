/* Made by queryc from school_within.sql: change it there. */
#include "gen/school_within_sql.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"

static const char *get_text(struct arena *arena, const struct db_rows *rows, unsigned column)
{
    return db_is_null(rows, column) ? NULL : arena_strdup(arena, db_get_text(rows, column));
}

static struct sealed get_sealed(struct arena *arena, const struct db_rows *rows, unsigned column)
{
    if (db_is_null(rows, column))
        return (struct sealed){0};
    struct bytes from = db_get_blob(rows, column);
    const uint8_t *data = from.len ? arena_memdup(arena, from.data, from.len)
                                   : (const uint8_t *)"";
    return (struct sealed){data, from.len};
}

/* A wider copy of an array; NULL when the arena refuses. */
static void *grown(struct arena *arena, const void *items, size_t count, size_t *room,
                   size_t size)
{
    size_t wider = *room ? *room * 2 : 8;
    void *copy = arena_array(arena, wider, size);
    if (!copy)
        return NULL;
    if (count)
        memcpy(copy, items, count * size);
    *room = wider;
    return copy;
}

static const struct query query_rule_exists = {
    .name = "rule_exists",
    .sql = "SELECT p.id\n"
           " FROM pupil p\n"
           "WHERE p.school = $1\n"
           "  AND NOT EXISTS (SELECT 1 FROM observation o\n"
           "                   WHERE o.school = p.school AND o.pupil = p.id AND o.closed_at IS NULL)\n"
           "  AND p.id IN (SELECT w.pupil FROM guardian w WHERE w.school = $1)",
    .params = 1,
    .columns = 1,
    .writes = false,
};

static enum status read_rule_exists(const struct db_rows *rows,
                                    struct sql_rule_exists *ret_row)
{
    struct sql_rule_exists row = {
        .id = {db_get_int(rows, 0)},
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_exists(struct arena *arena, struct db_rows *rows,
                                       struct sql_rule_exists **ret_rows,
                                       size_t *ret_count)
{
    struct sql_rule_exists *list = NULL;
    size_t count = 0, room = 0;
    for (;;) {
        bool more = false;
        enum status st = db_next(rows, &more);
        if (st != OK)
            return st;
        if (!more)
            break;
        if (count == room)
            list = grown(arena, list, count, &room, sizeof *list);
        if (!list)
            return ERR_NOMEM;
        st = read_rule_exists(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_exists(struct db *db, struct arena *arena, struct school_id school,
                            struct sql_rule_exists **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_exists, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_exists(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_scalar = {
    .name = "rule_scalar",
    .sql = "SELECT p.id,\n"
           "      (SELECT COUNT(*) FROM observation WHERE school = p.school AND pupil = p.id) AS seen,\n"
           "      (SELECT o.body_sealed FROM observation o WHERE o.school = p.school AND o.pupil = p.id\n"
           "        ORDER BY o.seen_on DESC LIMIT 1) AS body_sealed,\n"
           "      CASE WHEN p.left_on IS NOT DISTINCT FROM '2020-01-01' THEN 1 ELSE 0 END AS is_first\n"
           " FROM pupil p\n"
           "WHERE p.school = $1",
    .params = 1,
    .columns = 4,
    .writes = false,
};

static enum status read_rule_scalar(struct arena *arena, const struct db_rows *rows,
                                    struct sql_rule_scalar *ret_row)
{
    struct sql_rule_scalar row = {
        .id = {db_get_int(rows, 0)},
        .seen = db_get_int(rows, 1),
        .body_sealed = get_sealed(arena, rows, 2),
        .is_first = db_get_int(rows, 3) != 0,
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_rule_scalar(struct arena *arena, struct db_rows *rows,
                                       struct sql_rule_scalar **ret_rows,
                                       size_t *ret_count)
{
    struct sql_rule_scalar *list = NULL;
    size_t count = 0, room = 0;
    for (;;) {
        bool more = false;
        enum status st = db_next(rows, &more);
        if (st != OK)
            return st;
        if (!more)
            break;
        if (count == room)
            list = grown(arena, list, count, &room, sizeof *list);
        if (!list)
            return ERR_NOMEM;
        st = read_rule_scalar(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_scalar(struct db *db, struct arena *arena, struct school_id school,
                            struct sql_rule_scalar **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_scalar, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_scalar(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_derived = {
    .name = "rule_derived",
    .sql = "SELECT p.id, s.times\n"
           "FROM pupil p\n"
           "JOIN (SELECT o.school, o.pupil, COUNT(*) AS times FROM observation o\n"
           "       WHERE o.school = $1 GROUP BY o.school, o.pupil HAVING COUNT(*) > 1) AS s\n"
           "  ON s.school = p.school AND s.pupil = p.id",
    .params = 1,
    .columns = 2,
    .writes = false,
};

static enum status read_rule_derived(const struct db_rows *rows,
                                     struct sql_rule_derived *ret_row)
{
    struct sql_rule_derived row = {
        .id = {db_get_int(rows, 0)},
        .times = db_get_int(rows, 1),
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_derived(struct arena *arena, struct db_rows *rows,
                                        struct sql_rule_derived **ret_rows,
                                        size_t *ret_count)
{
    struct sql_rule_derived *list = NULL;
    size_t count = 0, room = 0;
    for (;;) {
        bool more = false;
        enum status st = db_next(rows, &more);
        if (st != OK)
            return st;
        if (!more)
            break;
        if (count == room)
            list = grown(arena, list, count, &room, sizeof *list);
        if (!list)
            return ERR_NOMEM;
        st = read_rule_derived(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_derived(struct db *db, struct arena *arena, struct school_id school,
                             struct sql_rule_derived **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_derived, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_derived(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_cte = {
    .name = "rule_cte",
    .sql = "WITH chosen AS (SELECT school, pupil FROM observation WHERE school = $1 AND kind = $2),\n"
           "     other (school, child) AS (SELECT c.school, c.pupil FROM chosen c)\n"
           "SELECT p.id FROM other o JOIN pupil p ON p.school = o.school AND p.id = o.child",
    .params = 2,
    .columns = 1,
    .writes = false,
};

static enum status read_rule_cte(const struct db_rows *rows,
                                 struct sql_rule_cte *ret_row)
{
    struct sql_rule_cte row = {
        .id = {db_get_int(rows, 0)},
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_cte(struct arena *arena, struct db_rows *rows,
                                    struct sql_rule_cte **ret_rows,
                                    size_t *ret_count)
{
    struct sql_rule_cte *list = NULL;
    size_t count = 0, room = 0;
    for (;;) {
        bool more = false;
        enum status st = db_next(rows, &more);
        if (st != OK)
            return st;
        if (!more)
            break;
        if (count == room)
            list = grown(arena, list, count, &room, sizeof *list);
        if (!list)
            return ERR_NOMEM;
        st = read_rule_cte(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_cte(struct db *db, struct arena *arena, struct school_id school, int32_t kind,
                         struct sql_rule_cte **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(kind),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_cte, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_cte(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_recursive = {
    .name = "rule_recursive",
    .sql = "WITH RECURSIVE below (school, node) AS (\n"
           "    SELECT school, id FROM teaching_group WHERE school = $1 AND id = $2\n"
           "    UNION ALL\n"
           "    SELECT g.school, g.id FROM teaching_group g JOIN below b ON g.school = b.school\n"
           "                                                            AND g.parent = b.node)\n"
           "SELECT g.id, g.name FROM teaching_group g JOIN below b ON b.school = g.school AND b.node = g.id",
    .params = 2,
    .columns = 2,
    .writes = false,
};

static enum status read_rule_recursive(struct arena *arena, const struct db_rows *rows,
                                       struct sql_rule_recursive *ret_row)
{
    struct sql_rule_recursive row = {
        .id = {db_get_int(rows, 0)},
        .name = get_text(arena, rows, 1),
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_rule_recursive(struct arena *arena, struct db_rows *rows,
                                          struct sql_rule_recursive **ret_rows,
                                          size_t *ret_count)
{
    struct sql_rule_recursive *list = NULL;
    size_t count = 0, room = 0;
    for (;;) {
        bool more = false;
        enum status st = db_next(rows, &more);
        if (st != OK)
            return st;
        if (!more)
            break;
        if (count == room)
            list = grown(arena, list, count, &room, sizeof *list);
        if (!list)
            return ERR_NOMEM;
        st = read_rule_recursive(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_recursive(struct db *db, struct arena *arena, struct school_id school,
                               struct group_id root, struct sql_rule_recursive **ret_rows,
                               size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    if (!root.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(root.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_recursive, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_recursive(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_union = {
    .name = "rule_union",
    .sql = "SELECT id AS child_id, 1 AS kind FROM pupil WHERE school = $1\n"
           " UNION\n"
           "SELECT pupil, 2 FROM guardian WHERE school = $1\n"
           " ORDER BY kind",
    .params = 1,
    .columns = 2,
    .writes = false,
};

static enum status read_rule_union(const struct db_rows *rows,
                                   struct sql_rule_union *ret_row)
{
    struct sql_rule_union row = {
        .child_id = {db_get_int(rows, 0)},
        .kind = db_get_int(rows, 1),
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_union(struct arena *arena, struct db_rows *rows,
                                      struct sql_rule_union **ret_rows,
                                      size_t *ret_count)
{
    struct sql_rule_union *list = NULL;
    size_t count = 0, room = 0;
    for (;;) {
        bool more = false;
        enum status st = db_next(rows, &more);
        if (st != OK)
            return st;
        if (!more)
            break;
        if (count == room)
            list = grown(arena, list, count, &room, sizeof *list);
        if (!list)
            return ERR_NOMEM;
        st = read_rule_union(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_union(struct db *db, struct arena *arena, struct school_id school,
                           struct sql_rule_union **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_union, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_union(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_none = {
    .name = "rule_none",
    .sql = "SELECT s.id, s.name, b.name AS board_name FROM school s JOIN board b ON b.id = s.board\n"
           "WHERE EXISTS (SELECT 1 FROM word WHERE word.text = s.name)",
    .params = 0,
    .columns = 3,
    .writes = false,
};

static enum status read_rule_none(struct arena *arena, const struct db_rows *rows,
                                  struct sql_rule_none *ret_row)
{
    struct sql_rule_none row = {
        .id = {db_get_int(rows, 0)},
        .name = get_text(arena, rows, 1),
        .board_name = get_text(arena, rows, 2),
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_rule_none(struct arena *arena, struct db_rows *rows,
                                     struct sql_rule_none **ret_rows,
                                     size_t *ret_count)
{
    struct sql_rule_none *list = NULL;
    size_t count = 0, room = 0;
    for (;;) {
        bool more = false;
        enum status st = db_next(rows, &more);
        if (st != OK)
            return st;
        if (!more)
            break;
        if (count == room)
            list = grown(arena, list, count, &room, sizeof *list);
        if (!list)
            return ERR_NOMEM;
        st = read_rule_none(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_none(struct db *db, struct arena *arena, struct sql_rule_none **ret_rows,
                          size_t *ret_count)
{
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_none, NULL, &rows);
    if (st != OK)
        return st;
    st = collect_rule_none(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_own_school = {
    .name = "rule_own_school",
    .sql = "SELECT name, brin FROM school WHERE id = $1",
    .params = 1,
    .columns = 2,
    .writes = false,
};

static enum status read_rule_own_school(struct arena *arena, const struct db_rows *rows,
                                        struct sql_rule_own_school *ret_row)
{
    struct sql_rule_own_school row = {
        .name = get_text(arena, rows, 0),
        .brin = get_text(arena, rows, 1),
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status first_rule_own_school(struct arena *arena, struct db_rows *rows,
                                         struct sql_rule_own_school *ret_row)
{
    bool more = false;
    enum status st = db_next(rows, &more);
    if (st != OK)
        return st;
    if (!more)
        return ERR_NOT_FOUND;
    return read_rule_own_school(arena, rows, ret_row);
}

enum status sql_rule_own_school(struct db *db, struct arena *arena, struct school_id school,
                                struct sql_rule_own_school *ret_row)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_own_school, args, &rows);
    if (st != OK)
        return st;
    st = first_rule_own_school(arena, &rows, ret_row);
    db_done(&rows);
    return st;
}

const struct query *const sql_school_within_queries[] = {
    &query_rule_exists,
    &query_rule_scalar,
    &query_rule_derived,
    &query_rule_cte,
    &query_rule_recursive,
    &query_rule_union,
    &query_rule_none,
    &query_rule_own_school,
    NULL,
};
