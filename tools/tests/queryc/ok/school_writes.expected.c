/* Made by queryc from school_writes.sql: change it there. */
#include "gen/school_writes_sql.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"

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

const struct query *const sql_school_writes_queries[] = {
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
