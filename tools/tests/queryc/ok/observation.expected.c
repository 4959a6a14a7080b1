/* Made by queryc from observation.sql: change it there. */
#include "gen/observation_sql.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"

static bool get_int32(const struct db_rows *rows, unsigned column, int32_t *ret_value)
{
    int64_t value = db_get_int(rows, column);
    if (value < INT32_MIN || value > INT32_MAX)
        return false;
    *ret_value = (int32_t)value;
    return true;
}

static bool get_date(const struct db_rows *rows, unsigned column, struct date *ret_date)
{
    if (!db_is_null(rows, column))
        return date_parse(db_get_text(rows, column), ret_date) == OK;
    *ret_date = (struct date){0};
    return true;
}

static const char *get_text(struct arena *arena, const struct db_rows *rows, unsigned column)
{
    return db_is_null(rows, column) ? NULL : arena_strdup(arena, db_get_text(rows, column));
}

static struct bytes get_bytes(struct arena *arena, const struct db_rows *rows, unsigned column)
{
    if (db_is_null(rows, column))
        return (struct bytes){0};
    struct bytes from = db_get_blob(rows, column);
    const uint8_t *data = from.len ? arena_memdup(arena, from.data, from.len)
                                   : (const uint8_t *)"";
    return (struct bytes){data, from.len};
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

static const struct query query_observation_of_pupil = {
    .name = "observation_of_pupil",
    .sql = "SELECT o.id, o.kind, o.title, o.remark, o.seen_on, o.body_sealed, o.changed_at, o.closed_at,\n"
           "      o.weight, o.thumb\n"
           " FROM observation o\n"
           "WHERE o.school = $1 AND o.pupil = $2\n"
           "ORDER BY o.seen_on DESC, o.id LIMIT $3",
    .params = 3,
    .columns = 10,
    .writes = false,
};

static enum status read_observation_of_pupil(struct arena *arena, const struct db_rows *rows,
                                             struct sql_observation_of_pupil *ret_row)
{
    struct sql_observation_of_pupil row = {
        .id = {db_get_int(rows, 0)},
        .title = get_text(arena, rows, 2),
        .remark = get_text(arena, rows, 3),
        .body_sealed = get_sealed(arena, rows, 5),
        .changed_at = db_get_int(rows, 6),
        .closed_at = db_get_int(rows, 7),
        .weight = db_get_int(rows, 8),
        .thumb = get_bytes(arena, rows, 9),
    };
    if (!get_int32(rows, 1, &row.kind))
        return ERR_CORRUPT;
    if (!get_date(rows, 4, &row.seen_on))
        return ERR_CORRUPT;
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_observation_of_pupil(struct arena *arena, struct db_rows *rows,
                                                struct sql_observation_of_pupil **ret_rows,
                                                size_t *ret_count)
{
    struct sql_observation_of_pupil *list = NULL;
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
        st = read_observation_of_pupil(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_observation_of_pupil(struct db *db, struct arena *arena, struct school_id school,
                                     struct pupil_id pupil, int32_t most,
                                     struct sql_observation_of_pupil **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    if (!pupil.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(pupil.v),
        db_int(most),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_observation_of_pupil, args, &rows);
    if (st != OK)
        return st;
    st = collect_observation_of_pupil(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_observation_latest = {
    .name = "observation_latest",
    .sql = "SELECT id, kind, title, remark, seen_on, body_sealed, changed_at, closed_at, weight, thumb\n"
           " FROM observation WHERE school = $1 AND pupil = $2 AND title <> 'it''s \"\\\?'\n"
           "ORDER BY seen_on DESC LIMIT 1",
    .params = 2,
    .columns = 10,
    .writes = false,
};

static enum status first_observation_latest(struct arena *arena, struct db_rows *rows,
                                            struct sql_observation_of_pupil *ret_row)
{
    bool more = false;
    enum status st = db_next(rows, &more);
    if (st != OK)
        return st;
    if (!more)
        return ERR_NOT_FOUND;
    return read_observation_of_pupil(arena, rows, ret_row);
}

enum status sql_observation_latest(struct db *db, struct arena *arena, struct school_id school,
                                   struct pupil_id pupil, struct sql_observation_of_pupil *ret_row)
{
    if (!school.v)
        return ERR_INVALID;
    if (!pupil.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(pupil.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_observation_latest, args, &rows);
    if (st != OK)
        return st;
    st = first_observation_latest(arena, &rows, ret_row);
    db_done(&rows);
    return st;
}

static const struct query query_observation_add = {
    .name = "observation_add",
    .sql = "INSERT INTO observation (school, id, pupil, kind, title, remark, seen_on, body_sealed, changed_at,\n"
           "                         weight, thumb)\n"
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    .params = 11,
    .columns = 0,
    .writes = true,
};

enum status sql_observation_add(struct db *db, struct school_id school, struct observation_id id,
                                struct pupil_id pupil, int32_t kind, const char *title,
                                const char *remark, struct date seen_on, struct sealed body,
                                int64_t at, int64_t weight, struct bytes thumb, size_t *ret_changed)
{
    if (!school.v)
        return ERR_INVALID;
    if (!id.v)
        return ERR_INVALID;
    if (!pupil.v)
        return ERR_INVALID;
    if (!title)
        return ERR_INVALID;
    if (!date_valid(seen_on))
        return ERR_INVALID;
    if (!body.data)
        return ERR_INVALID;
    if (!at)
        return ERR_INVALID;
    const struct date_text text_of_seen_on = date_text(seen_on);
    const struct db_value args[] = {
        db_int(school.v),
        db_int(id.v),
        db_int(pupil.v),
        db_int(kind),
        db_text(title),
        db_text(remark),
        db_text(text_of_seen_on.s),
        db_blob(body.data, body.len),
        db_int(at),
        db_int(weight),
        thumb.data ? db_blob(thumb.data, thumb.len) : db_null(),
    };
    return db_exec(db, &query_observation_add, args, ret_changed);
}

static const struct query query_observation_close = {
    .name = "observation_close",
    .sql = "UPDATE observation SET closed_at = $3 WHERE school = $1 AND id = $2",
    .params = 3,
    .columns = 0,
    .writes = true,
};

enum status sql_observation_close(struct db *db, struct school_id school, struct observation_id id,
                                  int64_t at, size_t *ret_changed)
{
    if (!school.v)
        return ERR_INVALID;
    if (!id.v)
        return ERR_INVALID;
    if (!at)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(id.v),
        db_int(at),
    };
    return db_exec(db, &query_observation_close, args, ret_changed);
}

static const struct query query_observation_reopen = {
    .name = "observation_reopen",
    .sql = "UPDATE observation SET closed_at = NULL WHERE school = $1 AND id = $2\n"
           "RETURNING pupil, COALESCE(closed_at, 0) = 0 AS is_open",
    .params = 2,
    .columns = 2,
    .writes = true,
};

static enum status read_observation_reopen(const struct db_rows *rows,
                                           struct sql_observation_reopen *ret_row)
{
    struct sql_observation_reopen row = {
        .pupil = {db_get_int(rows, 0)},
        .is_open = db_get_int(rows, 1) != 0,
    };
    *ret_row = row;
    return OK;
}

static enum status first_observation_reopen(struct db_rows *rows,
                                            struct sql_observation_reopen *ret_row)
{
    bool more = false;
    enum status st = db_next(rows, &more);
    if (st != OK)
        return st;
    if (!more)
        return ERR_NOT_FOUND;
    struct sql_observation_reopen row;
    st = read_observation_reopen(rows, &row);
    while (st == OK && more) /* the engine checks foreign keys at the end */
        st = db_next(rows, &more);
    if (st == OK)
        *ret_row = row;
    return st;
}

enum status sql_observation_reopen(struct db *db, struct arena *arena, struct school_id school,
                                   struct observation_id id, struct sql_observation_reopen *ret_row)
{
    (void)arena; /* nothing in the row needs it */
    if (!school.v)
        return ERR_INVALID;
    if (!id.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(id.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_observation_reopen, args, &rows);
    if (st != OK)
        return st;
    st = first_observation_reopen(&rows, ret_row);
    db_done(&rows);
    return st;
}

static const struct query query_observation_counts = {
    .name = "observation_counts",
    .sql = "SELECT p.id, p.is_active, p.left_on, COUNT(o.id) AS observations, MAX(o.seen_on) AS last_on,\n"
           "      MAX(o.title) AS last_title_text\n"
           " FROM pupil p\n"
           " LEFT JOIN observation o ON o.school = p.school AND o.pupil = p.id\n"
           "                        AND ($2 IS NULL OR o.seen_on >= $2)\n"
           "WHERE p.school = $1\n"
           "GROUP BY p.id, p.is_active, p.left_on\n"
           "ORDER BY p.id",
    .params = 2,
    .columns = 6,
    .writes = false,
};

static enum status read_observation_counts(struct arena *arena, const struct db_rows *rows,
                                           struct sql_observation_counts *ret_row)
{
    struct sql_observation_counts row = {
        .id = {db_get_int(rows, 0)},
        .is_active = db_get_int(rows, 1) != 0,
        .observations = db_get_int(rows, 3),
        .last_title_text = get_text(arena, rows, 5),
    };
    if (!get_date(rows, 2, &row.left_on))
        return ERR_CORRUPT;
    if (!get_date(rows, 4, &row.last_on))
        return ERR_CORRUPT;
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_observation_counts(struct arena *arena, struct db_rows *rows,
                                              struct sql_observation_counts **ret_rows,
                                              size_t *ret_count)
{
    struct sql_observation_counts *list = NULL;
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
        st = read_observation_counts(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_observation_counts(struct db *db, struct arena *arena, struct school_id school,
                                   struct date since, struct sql_observation_counts **ret_rows,
                                   size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    if (date_is_set(since) && !date_valid(since))
        return ERR_INVALID;
    const struct date_text text_of_since = date_text(since);
    const struct db_value args[] = {
        db_int(school.v),
        date_is_set(since) ? db_text(text_of_since.s) : db_null(),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_observation_counts, args, &rows);
    if (st != OK)
        return st;
    st = collect_observation_counts(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_observation_total = {
    .name = "observation_total",
    .sql = "SELECT COUNT(*) AS words FROM word",
    .params = 0,
    .columns = 1,
    .writes = false,
};

static enum status read_observation_total(const struct db_rows *rows,
                                          struct sql_observation_total *ret_row)
{
    struct sql_observation_total row = {
        .words = db_get_int(rows, 0),
    };
    *ret_row = row;
    return OK;
}

static enum status first_observation_total(struct db_rows *rows,
                                           struct sql_observation_total *ret_row)
{
    bool more = false;
    enum status st = db_next(rows, &more);
    if (st != OK)
        return st;
    if (!more)
        return ERR_NOT_FOUND;
    return read_observation_total(rows, ret_row);
}

enum status sql_observation_total(struct db *db, struct arena *arena,
                                  struct sql_observation_total *ret_row)
{
    (void)arena; /* nothing in the row needs it */
    struct db_rows rows;
    enum status st = db_start(db, &query_observation_total, NULL, &rows);
    if (st != OK)
        return st;
    st = first_observation_total(&rows, ret_row);
    db_done(&rows);
    return st;
}

const struct query *const sql_observation_queries[] = {
    &query_observation_of_pupil,
    &query_observation_latest,
    &query_observation_add,
    &query_observation_close,
    &query_observation_reopen,
    &query_observation_counts,
    &query_observation_total,
    NULL,
};
