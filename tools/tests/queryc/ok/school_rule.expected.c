/* Made by queryc from school_rule.sql: change it there. */
#include "gen/school_rule_sql.h"

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

static const struct query query_rule_plain = {
    .name = "rule_plain",
    .sql = "SELECT id, name FROM teaching_group WHERE school = $1 ORDER BY name",
    .params = 1,
    .columns = 2,
    .writes = false,
};

static enum status read_rule_plain(struct arena *arena, const struct db_rows *rows,
                                   struct sql_rule_plain *ret_row)
{
    struct sql_rule_plain row = {
        .id = {db_get_int(rows, 0)},
        .name = get_text(arena, rows, 1),
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_rule_plain(struct arena *arena, struct db_rows *rows,
                                      struct sql_rule_plain **ret_rows,
                                      size_t *ret_count)
{
    struct sql_rule_plain *list = NULL;
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
        st = read_rule_plain(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_plain(struct db *db, struct arena *arena, struct school_id school,
                           struct sql_rule_plain **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_plain, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_plain(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_turned = {
    .name = "rule_turned",
    .sql = "SELECT g.id FROM teaching_group AS g WHERE ($1 = g.school AND g.grade BETWEEN 1 AND 4)",
    .params = 1,
    .columns = 1,
    .writes = false,
};

static enum status read_rule_turned(const struct db_rows *rows,
                                    struct sql_rule_turned *ret_row)
{
    struct sql_rule_turned row = {
        .id = {db_get_int(rows, 0)},
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_turned(struct arena *arena, struct db_rows *rows,
                                       struct sql_rule_turned **ret_rows,
                                       size_t *ret_count)
{
    struct sql_rule_turned *list = NULL;
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
        st = read_rule_turned(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_turned(struct db *db, struct arena *arena, struct school_id school,
                            struct sql_rule_turned **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_turned, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_turned(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_chain = {
    .name = "rule_chain",
    .sql = "SELECT w.id, g.name AS group_name\n"
           " FROM guardian w\n"
           " JOIN pupil p ON p.school = w.school AND p.id = w.pupil\n"
           " JOIN teaching_group g ON (g.school = p.school) AND g.id = p.teaching_group\n"
           "WHERE g.school = $1",
    .params = 1,
    .columns = 2,
    .writes = false,
};

static enum status read_rule_chain(struct arena *arena, const struct db_rows *rows,
                                   struct sql_rule_chain *ret_row)
{
    struct sql_rule_chain row = {
        .id = {db_get_int(rows, 0)},
        .group_name = get_text(arena, rows, 1),
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_rule_chain(struct arena *arena, struct db_rows *rows,
                                      struct sql_rule_chain **ret_rows,
                                      size_t *ret_count)
{
    struct sql_rule_chain *list = NULL;
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
        st = read_rule_chain(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_chain(struct db *db, struct arena *arena, struct school_id school,
                           struct sql_rule_chain **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_chain, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_chain(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_comma = {
    .name = "rule_comma",
    .sql = "SELECT p.id FROM pupil p, guardian w\n"
           "WHERE p.school = $1 AND w.school = p.school AND w.pupil = p.id",
    .params = 1,
    .columns = 1,
    .writes = false,
};

static enum status read_rule_comma(const struct db_rows *rows,
                                   struct sql_rule_comma *ret_row)
{
    struct sql_rule_comma row = {
        .id = {db_get_int(rows, 0)},
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_comma(struct arena *arena, struct db_rows *rows,
                                      struct sql_rule_comma **ret_rows,
                                      size_t *ret_count)
{
    struct sql_rule_comma *list = NULL;
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
        st = read_rule_comma(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_comma(struct db *db, struct arena *arena, struct school_id school,
                           struct sql_rule_comma **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_comma, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_comma(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_left = {
    .name = "rule_left",
    .sql = "SELECT p.id, o.id AS observation, o.title\n"
           " FROM pupil p\n"
           " LEFT OUTER JOIN observation o ON o.school = p.school AND o.pupil = p.id\n"
           "WHERE p.school = $1 AND (o.kind = 1 OR o.kind IS NULL OR o.kind = 2)",
    .params = 1,
    .columns = 3,
    .writes = false,
};

static enum status read_rule_left(struct arena *arena, const struct db_rows *rows,
                                  struct sql_rule_left *ret_row)
{
    struct sql_rule_left row = {
        .id = {db_get_int(rows, 0)},
        .observation = {db_get_int(rows, 1)},
        .title = get_text(arena, rows, 2),
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_rule_left(struct arena *arena, struct db_rows *rows,
                                     struct sql_rule_left **ret_rows,
                                     size_t *ret_count)
{
    struct sql_rule_left *list = NULL;
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
        st = read_rule_left(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_left(struct db *db, struct arena *arena, struct school_id school,
                          struct sql_rule_left **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_left, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_left(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_right = {
    .name = "rule_right",
    .sql = "SELECT p.id, w.id AS guardian\n"
           " FROM guardian w RIGHT JOIN pupil p ON w.school = p.school AND w.pupil = p.id\n"
           "WHERE p.school = $1",
    .params = 1,
    .columns = 2,
    .writes = false,
};

static enum status read_rule_right(const struct db_rows *rows,
                                   struct sql_rule_right *ret_row)
{
    struct sql_rule_right row = {
        .id = {db_get_int(rows, 0)},
        .guardian = {db_get_int(rows, 1)},
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_right(struct arena *arena, struct db_rows *rows,
                                      struct sql_rule_right **ret_rows,
                                      size_t *ret_count)
{
    struct sql_rule_right *list = NULL;
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
        st = read_rule_right(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_right(struct db *db, struct arena *arena, struct school_id school,
                           struct sql_rule_right **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_right, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_right(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_full = {
    .name = "rule_full",
    .sql = "SELECT a.id AS one_pupil_id, b.id AS other_pupil_id\n"
           "FROM (SELECT id, teaching_group FROM pupil WHERE school = $1 AND is_active = 1) a\n"
           "FULL JOIN (SELECT id, teaching_group FROM pupil WHERE school = $1 AND is_active = 0) b\n"
           "  ON a.teaching_group = b.teaching_group",
    .params = 1,
    .columns = 2,
    .writes = false,
};

static enum status read_rule_full(const struct db_rows *rows,
                                  struct sql_rule_full *ret_row)
{
    struct sql_rule_full row = {
        .one_pupil_id = {db_get_int(rows, 0)},
        .other_pupil_id = {db_get_int(rows, 1)},
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_full(struct arena *arena, struct db_rows *rows,
                                     struct sql_rule_full **ret_rows,
                                     size_t *ret_count)
{
    struct sql_rule_full *list = NULL;
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
        st = read_rule_full(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_full(struct db *db, struct arena *arena, struct school_id school,
                          struct sql_rule_full **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_full, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_full(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_nested_join = {
    .name = "rule_nested_join",
    .sql = "SELECT g.id, w.id AS guardian\n"
           " FROM teaching_group g\n"
           " LEFT JOIN (pupil p JOIN guardian w ON w.school = p.school AND w.pupil = p.id)\n"
           "   ON p.school = g.school AND p.teaching_group = g.id\n"
           "WHERE g.school = $1",
    .params = 1,
    .columns = 2,
    .writes = false,
};

static enum status read_rule_nested_join(const struct db_rows *rows,
                                         struct sql_rule_nested_join *ret_row)
{
    struct sql_rule_nested_join row = {
        .id = {db_get_int(rows, 0)},
        .guardian = {db_get_int(rows, 1)},
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_nested_join(struct arena *arena, struct db_rows *rows,
                                            struct sql_rule_nested_join **ret_rows,
                                            size_t *ret_count)
{
    struct sql_rule_nested_join *list = NULL;
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
        st = read_rule_nested_join(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_nested_join(struct db *db, struct arena *arena, struct school_id school,
                                 struct sql_rule_nested_join **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_nested_join, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_nested_join(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
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

static const struct query query_rule_insert_select = {
    .name = "rule_insert_select",
    .sql = "INSERT INTO dossier_key (school, pupil, wrapped, made_at)\n"
           "SELECT p.school, p.id, '', $2 FROM pupil p WHERE p.school = $1",
    .params = 2,
    .columns = 0,
    .writes = true,
};

enum status sql_rule_insert_select(struct db *db, struct school_id school, int64_t at,
                                   size_t *ret_changed)
{
    if (!school.v)
        return ERR_INVALID;
    if (!at)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(at),
    };
    return db_exec(db, &query_rule_insert_select, args, ret_changed);
}

static const struct query query_rule_upsert = {
    .name = "rule_upsert",
    .sql = "INSERT INTO observation (school, id, pupil, kind, title, seen_on, body_sealed, changed_at)\n"
           "VALUES ($1, $2, $3, 0, '', '2024-01-01', $4, $5)\n"
           "ON CONFLICT (school, id) DO UPDATE SET body_sealed = excluded.body_sealed,\n"
           "                                       changed_at = excluded.changed_at\n"
           " WHERE observation.changed_at < excluded.changed_at",
    .params = 5,
    .columns = 0,
    .writes = true,
};

enum status sql_rule_upsert(struct db *db, struct school_id school, struct observation_id id,
                            struct pupil_id pupil, struct sealed body, int64_t at,
                            size_t *ret_changed)
{
    if (!school.v)
        return ERR_INVALID;
    if (!id.v)
        return ERR_INVALID;
    if (!pupil.v)
        return ERR_INVALID;
    if (!body.data)
        return ERR_INVALID;
    if (!at)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(id.v),
        db_int(pupil.v),
        db_blob(body.data, body.len),
        db_int(at),
    };
    return db_exec(db, &query_rule_upsert, args, ret_changed);
}

static const struct query query_rule_upsert_elsewhere = {
    .name = "rule_upsert_elsewhere",
    .sql = "INSERT INTO dossier_seal (school, pupil, token) VALUES ($1, $2, $3)\n"
           "ON CONFLICT (token) DO UPDATE SET pupil = excluded.pupil WHERE dossier_seal.school = $1",
    .params = 3,
    .columns = 0,
    .writes = true,
};

enum status sql_rule_upsert_elsewhere(struct db *db, struct school_id school, struct pupil_id pupil,
                                      const char *token, size_t *ret_changed)
{
    if (!school.v)
        return ERR_INVALID;
    if (!pupil.v)
        return ERR_INVALID;
    if (!token)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(pupil.v),
        db_text(token),
    };
    return db_exec(db, &query_rule_upsert_elsewhere, args, ret_changed);
}

static const struct query query_rule_insert_quietly = {
    .name = "rule_insert_quietly",
    .sql = "INSERT INTO guardian (id, school, pupil, name_sealed) VALUES ($2, $1, $3, $4)\n"
           "ON CONFLICT DO NOTHING RETURNING id, name_sealed",
    .params = 4,
    .columns = 2,
    .writes = true,
};

static enum status read_rule_insert_quietly(struct arena *arena, const struct db_rows *rows,
                                            struct sql_rule_insert_quietly *ret_row)
{
    struct sql_rule_insert_quietly row = {
        .id = {db_get_int(rows, 0)},
        .name_sealed = get_sealed(arena, rows, 1),
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status first_rule_insert_quietly(struct arena *arena, struct db_rows *rows,
                                             struct sql_rule_insert_quietly *ret_row)
{
    bool more = false;
    enum status st = db_next(rows, &more);
    if (st != OK)
        return st;
    if (!more)
        return ERR_NOT_FOUND;
    struct sql_rule_insert_quietly row;
    st = read_rule_insert_quietly(arena, rows, &row);
    while (st == OK && more) /* the engine checks foreign keys at the end */
        st = db_next(rows, &more);
    if (st == OK)
        *ret_row = row;
    return st;
}

enum status sql_rule_insert_quietly(struct db *db, struct arena *arena, struct school_id school,
                                    struct guardian_id id, struct pupil_id pupil,
                                    struct sealed name, struct sql_rule_insert_quietly *ret_row)
{
    if (!school.v)
        return ERR_INVALID;
    if (!id.v)
        return ERR_INVALID;
    if (!pupil.v)
        return ERR_INVALID;
    if (!name.data)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(id.v),
        db_int(pupil.v),
        db_blob(name.data, name.len),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_insert_quietly, args, &rows);
    if (st != OK)
        return st;
    st = first_rule_insert_quietly(arena, &rows, ret_row);
    db_done(&rows);
    return st;
}

static const struct query query_rule_update_from = {
    .name = "rule_update_from",
    .sql = "UPDATE pupil SET teaching_group = NULL, is_active = 0\n"
           " FROM teaching_group g\n"
           "WHERE g.school = pupil.school AND pupil.school = $1 AND g.id = pupil.teaching_group\n"
           "  AND g.grade = $2",
    .params = 2,
    .columns = 0,
    .writes = true,
};

enum status sql_rule_update_from(struct db *db, struct school_id school, int32_t grade,
                                 size_t *ret_changed)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(grade),
    };
    return db_exec(db, &query_rule_update_from, args, ret_changed);
}

static const struct query query_rule_update_part = {
    .name = "rule_update_part",
    .sql = "UPDATE pupil AS p\n"
           "  SET left_on = (SELECT MAX(o.seen_on) FROM observation o\n"
           "                  WHERE o.school = p.school AND o.pupil = p.id)\n"
           "WHERE p.id = $2 AND p.school = $1",
    .params = 2,
    .columns = 0,
    .writes = true,
};

enum status sql_rule_update_part(struct db *db, struct school_id school, struct pupil_id id,
                                 size_t *ret_changed)
{
    if (!school.v)
        return ERR_INVALID;
    if (!id.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(id.v),
    };
    return db_exec(db, &query_rule_update_part, args, ret_changed);
}

static const struct query query_rule_delete = {
    .name = "rule_delete",
    .sql = "DELETE FROM guardian\n"
           " WHERE school = $1\n"
           "   AND pupil IN (SELECT p.id FROM pupil p WHERE p.school = guardian.school AND p.is_active = 0)\n"
           "RETURNING id",
    .params = 1,
    .columns = 1,
    .writes = true,
};

static enum status read_rule_delete(const struct db_rows *rows,
                                    struct sql_rule_delete *ret_row)
{
    struct sql_rule_delete row = {
        .id = {db_get_int(rows, 0)},
    };
    *ret_row = row;
    return OK;
}

static enum status collect_rule_delete(struct arena *arena, struct db_rows *rows,
                                       struct sql_rule_delete **ret_rows,
                                       size_t *ret_count)
{
    struct sql_rule_delete *list = NULL;
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
        st = read_rule_delete(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_rule_delete(struct db *db, struct arena *arena, struct school_id school,
                            struct sql_rule_delete **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_rule_delete, args, &rows);
    if (st != OK)
        return st;
    st = collect_rule_delete(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_rule_delete_with = {
    .name = "rule_delete_with",
    .sql = "WITH gone AS (SELECT id FROM pupil WHERE school = $1 AND is_active = 0)\n"
           "DELETE FROM observation WHERE school = $1 AND pupil IN (SELECT id FROM gone)",
    .params = 1,
    .columns = 0,
    .writes = true,
};

enum status sql_rule_delete_with(struct db *db, struct school_id school, size_t *ret_changed)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    return db_exec(db, &query_rule_delete_with, args, ret_changed);
}

const struct query *const sql_school_rule_queries[] = {
    &query_rule_plain,
    &query_rule_turned,
    &query_rule_chain,
    &query_rule_comma,
    &query_rule_left,
    &query_rule_right,
    &query_rule_full,
    &query_rule_nested_join,
    &query_rule_exists,
    &query_rule_scalar,
    &query_rule_derived,
    &query_rule_cte,
    &query_rule_recursive,
    &query_rule_union,
    &query_rule_none,
    &query_rule_own_school,
    &query_rule_insert_select,
    &query_rule_upsert,
    &query_rule_upsert_elsewhere,
    &query_rule_insert_quietly,
    &query_rule_update_from,
    &query_rule_update_part,
    &query_rule_delete,
    &query_rule_delete_with,
    NULL,
};
