#include "method/store.h"

#include <assert.h>

#include "access/work.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "gen/store_sql.h"
#include "method/text.h"

static bool is_text_of(struct bytes yaml, struct bytes shipped)
{
    return yaml.len == shipped.len && memcmp(yaml.data, shipped.data, yaml.len) == 0;
}

/* A draft still changes, so it is never kept. */
static enum status read_row(struct work *work, const struct sql_method_row *row, struct bytes yaml,
                            const struct method **ret_method)
{
    struct method_problem *problems = NULL;
    size_t count = 0;
    const char *text = (const char *)yaml.data;
    struct bytes shipped = method_shipped_yaml(row->method_key);
    if (row->origin == METHOD_SHIPPED && is_text_of(yaml, shipped)) {
        *ret_method = method_shipped(work->shelf, row->method_key);
        if (!*ret_method)
            return ERR_CORRUPT;
        method_shelf_link(work->shelf, work_school(work), row->id, *ret_method);
        return OK;
    }
    if (row->state == METHOD_DRAFT)
        return method_read(text, yaml.len, method_shelf_kinds(work->shelf), work->arena, ret_method,
                           &problems, &count);
    return method_shelf_add(work->shelf, work_school(work), row->id, text, yaml.len, work->arena,
                            ret_method);
}

enum status method_by_version(struct work *work, struct method_version_id id,
                              const struct method **ret_method)
{
    assert(work && ret_method);
    if (!work->shelf || !id.v)
        return ERR_NOT_FOUND;
    const struct method *method = method_shelf_find(work->shelf, work_school(work), id);
    if (method) {
        *ret_method = method;
        return OK;
    }
    struct sql_method_row row;
    struct bytes yaml;
    enum status st = sql_method_row(work->db, work->arena, work_school(work), id, &row);
    if (st == OK)
        st = method_text_open(work, id, row.body_sealed, &yaml);
    if (st == OK)
        st = read_row(work, &row, yaml, &method);
    if (st == ERR_INVALID) {
        log_event(LOG_ERROR, "method_unreadable", "school=%s id=%s", id_text(work_school(work).v).s,
                  id_text(id.v).s);
        st = ERR_CORRUPT;
    }
    if (st == OK)
        *ret_method = method;
    return st;
}

/* --- what may be planned with ----------------------------------------------------------------- */

/* The row of a shipped method in exactly this version, if the school used it. */
static const struct sql_method_rows *row_of_version(const struct sql_method_rows *rows,
                                                    size_t count, const char *key, int version)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].origin == METHOD_SHIPPED && rows[i].version == version &&
            str_equal(rows[i].method_key, key))
            return &rows[i];
    return NULL;
}

static struct method_line shipped_line(const struct method *method,
                                       const struct sql_method_rows *rows, size_t count)
{
    struct method_line line = {.method = method, .state = METHOD_PUBLISHED};
    const struct sql_method_rows *row = row_of_version(rows, count, method->key, method->version);
    if (row) {
        line.id = row->id;
        line.made_at = row->made_at;
        line.published_at = row->published_at;
    }
    return line;
}

static enum status own_line(struct work *work, const struct sql_method_rows *row,
                            struct method_line *ret_line)
{
    *ret_line = (struct method_line){.id = row->id,
                                     .state = (enum method_state)row->state,
                                     .is_own = true,
                                     .made_at = row->made_at,
                                     .published_at = row->published_at};
    return method_by_version(work, row->id, &ret_line->method);
}

/* Of each own method the newest that is published: the first such row of its key. */
static bool is_newest(const struct sql_method_rows *rows, size_t at)
{
    if (rows[at].origin != METHOD_OWN || rows[at].state != METHOD_PUBLISHED)
        return false;
    for (size_t i = at; i > 0 && str_equal(rows[i - 1].method_key, rows[at].method_key); i--)
        if (rows[i - 1].state == METHOD_PUBLISHED)
            return false;
    return true;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct method_line *)a)->method->key,
                  ((const struct method_line *)b)->method->key);
}

enum status method_list(struct work *work, struct method_line **ret, size_t *ret_count)
{
    assert(work && ret && ret_count);
    struct sql_method_rows *rows = NULL;
    size_t row_count = 0, count = 0;
    enum status st =
        work->shelf ? sql_method_rows(work->db, work->arena, work_school(work), &rows, &row_count)
                    : ERR_NOT_FOUND;
    if (st != OK)
        return st;
    size_t shipped = method_shipped_count();
    struct method_line *lines = ARENA_ARRAY(work->arena, struct method_line, shipped + row_count);
    if (!lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < shipped; i++) {
        const struct method *method = method_shipped(work->shelf, method_shipped_key(i));
        if (method)
            lines[count++] = shipped_line(method, rows, row_count);
    }
    for (size_t i = 0; st == OK && i < row_count; i++)
        if (is_newest(rows, i))
            st = own_line(work, &rows[i], &lines[count++]);
    if (st != OK)
        return st;
    qsort(lines, count, sizeof *lines, by_key);
    *ret = lines;
    *ret_count = count;
    return OK;
}

enum status method_current(struct work *work, const char *key, struct method_line *ret_line)
{
    assert(work && key && ret_line);
    struct sql_method_rows *rows = NULL;
    size_t count = 0;
    if (!work->shelf)
        return ERR_NOT_FOUND;
    const struct method *method = method_shipped(work->shelf, key);
    enum status st =
        sql_method_rows_of_key(work->db, work->arena, work_school(work), key, &rows, &count);
    if (st != OK)
        return st;
    if (method) {
        *ret_line = shipped_line(method, rows, count);
        return OK;
    }
    for (size_t i = 0; i < count; i++)
        if (is_newest(rows, i))
            return own_line(work, &rows[i], ret_line);
    return ERR_NOT_FOUND;
}

enum status method_yaml(struct work *work, const char *key, struct bytes *ret_yaml)
{
    struct method_line line;
    struct sql_method_row row;
    struct bytes shipped = method_shipped_yaml(key);
    if (shipped.data) {
        *ret_yaml = shipped;
        return OK;
    }
    enum status st = method_current(work, key, &line);
    if (st == OK)
        st = sql_method_row(work->db, work->arena, work_school(work), line.id, &row);
    return st == OK ? method_text_open(work, line.id, row.body_sealed, ret_yaml) : st;
}

enum status method_pin(struct work *work, const char *key, struct method_version_id *ret_id,
                       const struct method **ret_method)
{
    assert(work && key && ret_id && ret_method);
    struct method_line line;
    enum status st = method_current(work, key, &line);
    /* What the conversation will read from its row, whatever this program ships under that number.
     */
    if (st == OK && line.id.v)
        st = method_by_version(work, line.id, &line.method);
    if (st == OK && !line.id.v) {
        struct sealed sealed;
        struct bytes yaml = method_shipped_yaml(key);
        line.id.v = work_new_id(work);
        st = method_text_seal(work, line.id, (const char *)yaml.data, yaml.len, &sealed);
        /* ERR_CONFLICT when another planned with it at the same moment: the caller does it again.
         */
        if (st == OK)
            st = sql_method_insert(work->db, work_school(work), line.id, key, line.method->version,
                                   METHOD_SHIPPED, METHOD_PUBLISHED, sealed, work->actor->staff.v,
                                   work->now_ms, work->now_ms, NULL);
    }
    if (st != OK)
        return st;
    *ret_id = line.id;
    *ret_method = line.method;
    return OK;
}
