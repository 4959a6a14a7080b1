/* Made by queryc from types.sql: change it there. */
#include "gen/types_sql.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"

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

static const struct query query_types_one = {
    .name = "types_one",
    .sql = "SELECT 1 AS number, 'a' AS some_text, 2 AS made_at, '2024-02-29' AS made_on, x'00' AS raw_bytes,\n"
           "      NULL AS body_sealed, 1 AS is_so, 0 AS has_it, 1 AS may_it, 7 AS other_pupil_id\n"
           " FROM pupil p\n"
           "WHERE p.school = $1 AND p.id = $2 AND p.teaching_group IS NOT DISTINCT FROM $16\n"
           "  AND $3 + $4 + $5 > 0 AND $6 > COALESCE($7, 0) AND $8 > COALESCE($9, '')\n"
           "  AND $10 <> COALESCE($11, '') AND $12 IS NOT NULL AND COALESCE($13, '') IS NOT NULL\n"
           "  AND $14 IS NOT NULL AND ($15 IS NULL OR p.born_sealed IS NOT NULL)",
    .params = 16,
    .columns = 10,
    .writes = false,
};

static enum status read_types_one(struct arena *arena, const struct db_rows *rows,
                                  struct sql_types_one *ret_row)
{
    struct sql_types_one row = {
        .number = db_get_int(rows, 0),
        .some_text = get_text(arena, rows, 1),
        .made_at = db_get_int(rows, 2),
        .raw_bytes = get_bytes(arena, rows, 4),
        .body_sealed = get_sealed(arena, rows, 5),
        .is_so = db_get_int(rows, 6) != 0,
        .has_it = db_get_int(rows, 7) != 0,
        .may_it = db_get_int(rows, 8) != 0,
        .other_pupil_id = {db_get_int(rows, 9)},
    };
    if (!get_date(rows, 3, &row.made_on))
        return ERR_CORRUPT;
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status first_types_one(struct arena *arena, struct db_rows *rows,
                                   struct sql_types_one *ret_row)
{
    bool more = false;
    enum status st = db_next(rows, &more);
    if (st != OK)
        return st;
    if (!more)
        return ERR_NOT_FOUND;
    return read_types_one(arena, rows, ret_row);
}

enum status sql_types_one(struct db *db, struct arena *arena, struct school_id school,
                          struct pupil_id pupil, int32_t whole, int64_t wide, bool yes, int64_t at,
                          int64_t later, struct date day, struct date perhaps, const char *name,
                          const char *nick, struct bytes blob, struct bytes thumb,
                          struct sealed secret, struct sealed veil, struct group_id teaching_group,
                          struct sql_types_one *ret_row)
{
    if (!school.v)
        return ERR_INVALID;
    if (!pupil.v)
        return ERR_INVALID;
    if (!at)
        return ERR_INVALID;
    if (!date_valid(day))
        return ERR_INVALID;
    if (date_is_set(perhaps) && !date_valid(perhaps))
        return ERR_INVALID;
    if (!name)
        return ERR_INVALID;
    if (!blob.data)
        return ERR_INVALID;
    if (!secret.data)
        return ERR_INVALID;
    const struct date_text text_of_day = date_text(day);
    const struct date_text text_of_perhaps = date_text(perhaps);
    const struct db_value args[] = {
        db_int(school.v),
        db_int(pupil.v),
        db_int(whole),
        db_int(wide),
        db_int(yes),
        db_int(at),
        later ? db_int(later) : db_null(),
        db_text(text_of_day.s),
        date_is_set(perhaps) ? db_text(text_of_perhaps.s) : db_null(),
        db_text(name),
        db_text(nick),
        db_blob(blob.data, blob.len),
        thumb.data ? db_blob(thumb.data, thumb.len) : db_null(),
        db_blob(secret.data, secret.len),
        veil.data ? db_blob(veil.data, veil.len) : db_null(),
        teaching_group.v ? db_int(teaching_group.v) : db_null(),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_types_one, args, &rows);
    if (st != OK)
        return st;
    st = first_types_one(arena, &rows, ret_row);
    db_done(&rows);
    return st;
}

static const struct query query_types_far = {
    .name = "types_far",
    .sql = "SELECT s.school, s.pupil, s.token, k.wrapped, p.teaching_group\n"
           " FROM dossier_seal s\n"
           " JOIN dossier_key k ON k.school = s.school AND k.pupil = s.pupil\n"
           " JOIN pupil p ON p.school = k.school AND p.id = k.pupil\n"
           "WHERE s.school = $1",
    .params = 1,
    .columns = 5,
    .writes = false,
};

static enum status read_types_far(struct arena *arena, const struct db_rows *rows,
                                  struct sql_types_far *ret_row)
{
    struct sql_types_far row = {
        .school = {db_get_int(rows, 0)},
        .pupil = {db_get_int(rows, 1)},
        .token = get_text(arena, rows, 2),
        .wrapped = get_bytes(arena, rows, 3),
        .teaching_group = {db_get_int(rows, 4)},
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_types_far(struct arena *arena, struct db_rows *rows,
                                     struct sql_types_far **ret_rows,
                                     size_t *ret_count)
{
    struct sql_types_far *list = NULL;
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
        st = read_types_far(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_types_far(struct db *db, struct arena *arena, struct school_id school,
                          struct sql_types_far **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_types_far, args, &rows);
    if (st != OK)
        return st;
    st = collect_types_far(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_types_dates = {
    .name = "types_dates",
    .sql = "SELECT left_on FROM pupil WHERE school = $1",
    .params = 1,
    .columns = 1,
    .writes = false,
};

static enum status read_types_dates(const struct db_rows *rows,
                                    struct sql_types_dates *ret_row)
{
    struct sql_types_dates row = {0};
    if (!get_date(rows, 0, &row.left_on))
        return ERR_CORRUPT;
    *ret_row = row;
    return OK;
}

static enum status collect_types_dates(struct arena *arena, struct db_rows *rows,
                                       struct sql_types_dates **ret_rows,
                                       size_t *ret_count)
{
    struct sql_types_dates *list = NULL;
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
        st = read_types_dates(rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_types_dates(struct db *db, struct arena *arena, struct school_id school,
                            struct sql_types_dates **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_types_dates, args, &rows);
    if (st != OK)
        return st;
    st = collect_types_dates(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_types_sealed = {
    .name = "types_sealed",
    .sql = "WITH both (who_sealed) AS (SELECT name_sealed FROM pupil WHERE school = $1\n"
           "                           UNION ALL SELECT name_sealed FROM guardian WHERE school = $1)\n"
           "SELECT who_sealed AS name_sealed FROM both",
    .params = 1,
    .columns = 1,
    .writes = false,
};

static enum status read_types_sealed(struct arena *arena, const struct db_rows *rows,
                                     struct sql_types_sealed *ret_row)
{
    struct sql_types_sealed row = {
        .name_sealed = get_sealed(arena, rows, 0),
    };
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_row = row;
    return OK;
}

static enum status collect_types_sealed(struct arena *arena, struct db_rows *rows,
                                        struct sql_types_sealed **ret_rows,
                                        size_t *ret_count)
{
    struct sql_types_sealed *list = NULL;
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
        st = read_types_sealed(arena, rows, &list[count]);
        if (st != OK)
            return st;
        count++;
    }
    *ret_rows = list;
    *ret_count = count;
    return OK;
}

enum status sql_types_sealed(struct db *db, struct arena *arena, struct school_id school,
                             struct sql_types_sealed **ret_rows, size_t *ret_count)
{
    if (!school.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
    };
    struct db_rows rows;
    enum status st = db_start(db, &query_types_sealed, args, &rows);
    if (st != OK)
        return st;
    st = collect_types_sealed(arena, &rows, ret_rows, ret_count);
    db_done(&rows);
    return st;
}

static const struct query query_types_swap = {
    .name = "types_swap",
    .sql = "UPDATE pupil SET born_sealed = $3, name_sealed = (SELECT w.name_sealed FROM guardian w\n"
           "                                                     WHERE w.school = $1 LIMIT 1)\n"
           "WHERE school = $1 AND id = $2 AND born_sealed IS NULL",
    .params = 3,
    .columns = 0,
    .writes = true,
};

enum status sql_types_swap(struct db *db, struct school_id school, struct pupil_id id,
                           struct sealed born, size_t *ret_changed)
{
    if (!school.v)
        return ERR_INVALID;
    if (!id.v)
        return ERR_INVALID;
    const struct db_value args[] = {
        db_int(school.v),
        db_int(id.v),
        born.data ? db_blob(born.data, born.len) : db_null(),
    };
    return db_exec(db, &query_types_swap, args, ret_changed);
}

const struct query *const sql_types_queries[] = {
    &query_types_one,
    &query_types_far,
    &query_types_dates,
    &query_types_sealed,
    &query_types_swap,
    NULL,
};
