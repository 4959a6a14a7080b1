/* Made by queryc from school_joins.sql: change it there. */
#include "gen/school_joins_sql.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"

static const char *get_text(struct arena *arena, const struct db_rows *rows, unsigned column)
{
    return db_is_null(rows, column) ? NULL : arena_strdup(arena, db_get_text(rows, column));
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

const struct query *const sql_school_joins_queries[] = {
    &query_rule_plain,
    &query_rule_turned,
    &query_rule_chain,
    &query_rule_comma,
    &query_rule_left,
    &query_rule_right,
    &query_rule_full,
    &query_rule_nested_join,
    NULL,
};
