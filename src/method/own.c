#include "method/own.h"

#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/store_sql.h"
#include "i18n/tr.h"
#include "method/edit.h"
#include "method/schema.h"
#include "method/text.h"
#include "method/writer.h"

static enum status may(struct work *work)
{
    if (!work->shelf)
        return ERR_NOT_FOUND;
    if (work->actor->kind == ACTOR_PROGRAM)
        return OK;
    return access_check(work, RIGHT_METHODS, (struct target){.group = {0}});
}

static enum status rows_of(struct work *work, const char *key, struct sql_method_rows **ret_rows,
                           size_t *ret_count)
{
    return sql_method_rows_of_key(work->db, work->arena, work_school(work), key, ret_rows,
                                  ret_count);
}

/* --- the list
 * ------------------------------------------------------------------------------------- */

/* Newest first within a key: the draft, and the first row that is none. */
static bool belongs_in_list(const struct sql_method_rows *rows, size_t at)
{
    if (rows[at].origin != METHOD_OWN)
        return false;
    if (rows[at].state == METHOD_DRAFT)
        return true;
    for (size_t i = at; i > 0 && str_equal(rows[i - 1].method_key, rows[at].method_key); i--)
        if (rows[i - 1].state != METHOD_DRAFT)
            return false;
    return true;
}

enum status method_own_list(struct work *work, struct method_line **ret, size_t *ret_count)
{
    struct sql_method_rows *rows = NULL;
    size_t row_count = 0, count = 0;
    enum status st = may(work);
    if (st == OK)
        st = sql_method_rows(work->db, work->arena, work_school(work), &rows, &row_count);
    if (st != OK)
        return st;
    struct method_line *lines = ARENA_ARRAY(work->arena, struct method_line, row_count);
    if (!lines)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < row_count; i++) {
        if (!belongs_in_list(rows, i))
            continue;
        struct method_line *line = &lines[count++];
        *line = (struct method_line){.id = rows[i].id,
                                     .state = (enum method_state)rows[i].state,
                                     .is_own = true,
                                     .made_at = rows[i].made_at,
                                     .published_at = rows[i].published_at};
        st = method_by_version(work, rows[i].id, &line->method);
    }
    if (st != OK)
        return st;
    *ret = lines;
    *ret_count = count;
    return OK;
}

/* --- what is kept
 * ---------------------------------------------------------------------------------- */

/* FNV-1a, 64 bits: tells other words apart, proves nothing. */
static const char *mark_of(struct arena *arena, struct bytes yaml)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < yaml.len; i++)
        hash = (hash ^ yaml.data[i]) * UINT64_C(1099511628211);
    return arena_printf(arena, "%016llx", (unsigned long long)hash);
}

/* Writes a method and reads that again, so that nothing is kept that could not be read. */
static enum status written(struct work *work, const struct method *method, struct bytes *ret_yaml,
                           struct method_refusal *ret_refusal)
{
    const char *yaml = NULL;
    size_t len = 0;
    const struct method *again = NULL;
    enum status st = method_write(method, work->arena, &yaml, &len);
    if (st == ERR_LIMIT) {
        struct method_problem *problem = ARENA_NEW(work->arena, struct method_problem);
        if (!problem)
            return ERR_NOMEM;
        *problem = (struct method_problem){0, N_("The file is larger than {0}."), "256 KiB"};
        *ret_refusal = (struct method_refusal){problem, 1};
        return ERR_INVALID;
    }
    if (st == OK)
        st = method_read(yaml, len, method_shelf_kinds(work->shelf), work->arena, &again,
                         &ret_refusal->problems, &ret_refusal->count);
    if (st == OK)
        *ret_yaml = (struct bytes){(const uint8_t *)yaml, len};
    return st;
}

static enum status insert(struct work *work, const struct method *method,
                          struct method_version_id *ret_id, struct method_refusal *ret_refusal)
{
    struct method_version_id id = {work_new_id(work)};
    struct bytes yaml;
    struct sealed sealed;
    enum status st = written(work, method, &yaml, ret_refusal);
    if (st == OK)
        st = method_text_seal(work, id, (const char *)yaml.data, yaml.len, &sealed);
    if (st == OK)
        st = sql_method_insert(work->db, work_school(work), id, method->key, method->version,
                               METHOD_OWN, METHOD_DRAFT, sealed, work->actor->staff.v, work->now_ms,
                               0, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, id.v);
    if (st == OK)
        *ret_id = id;
    return st;
}

/* --- making drafts
 * ---------------------------------------------------------------------------------- */

/* "eigen-zes-vragen", with a number behind it while that is taken. */
static enum status free_key(struct work *work, const char *start, const char **ret_key)
{
    const char *key = start;
    for (int n = 2;; n++) {
        struct sql_method_rows *rows = NULL;
        size_t count = 0;
        enum status st = rows_of(work, key, &rows, &count);
        if (st != OK)
            return st;
        if (count == 0)
            break;
        key = arena_printf(work->arena, "%.*s-%d", METHOD_NAME_MAX - 6, start, n);
    }
    *ret_key = key;
    return OK;
}

static const char *own_key(struct arena *arena, const char *key)
{
    return str_starts(key, METHOD_OWN_PREFIX)
               ? key
               : arena_printf(arena, METHOD_OWN_PREFIX "%.*s",
                              METHOD_NAME_MAX - (int)strlen(METHOD_OWN_PREFIX), key);
}

enum status method_draft_copy(struct work *work, const char *key, struct method_version_id *ret_id)
{
    struct method_line line;
    struct method_refusal refusal;
    const char *made_key = NULL;
    enum status st = may(work);
    if (st == OK)
        st = method_current(work, key, &line);
    if (st == OK)
        st = free_key(work, own_key(work->arena, key), &made_key);
    if (st != OK)
        return st;
    struct method copy = *line.method;
    copy.key = made_key;
    copy.version = 1;
    return insert(work, &copy, ret_id, &refusal);
}

enum status method_draft_new(struct work *work, const struct method *start,
                             struct method_version_id *ret_id, struct method_refusal *ret_refusal)
{
    const size_t room = METHOD_NAME_MAX - strlen(METHOD_OWN_PREFIX);
    const char *words = method_edit_slug(work->arena, method_say(&start->title, "nl"), room);
    struct method made = *start;
    made.version = 1;
    enum status st = may(work);
    if (st == OK)
        st = free_key(work, own_key(work->arena, *words ? words : "vorm"), &made.key);
    return st == OK ? insert(work, &made, ret_id, ret_refusal) : st;
}

static const struct sql_method_rows *draft_in(const struct sql_method_rows *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].state == METHOD_DRAFT)
            return &rows[i];
    return NULL;
}

enum status method_draft_next(struct work *work, const char *key, struct method_version_id *ret_id)
{
    struct sql_method_rows *rows = NULL;
    size_t count = 0;
    const struct method *newest = NULL;
    struct method_refusal refusal;
    enum status st = may(work);
    if (st == OK)
        st = rows_of(work, key, &rows, &count);
    if (st == OK && (count == 0 || rows[0].origin != METHOD_OWN))
        st = ERR_NOT_FOUND;
    if (st != OK)
        return st;
    const struct sql_method_rows *draft = draft_in(rows, count);
    if (draft) {
        *ret_id = draft->id;
        return OK;
    }
    st = method_by_version(work, rows[0].id, &newest);
    if (st != OK)
        return st;
    struct method next = *newest;
    next.version = rows[0].version + 1;
    return insert(work, &next, ret_id, &refusal);
}

/* The version that this key comes to, and the draft that has it already (NULL: none). */
static enum status take_version(struct work *work, const char *key, int *ret_version,
                                const struct sql_method_rows **ret_draft)
{
    struct sql_method_rows *rows = NULL;
    size_t count = 0;
    enum status st = rows_of(work, key, &rows, &count);
    if (st != OK)
        return st;
    const struct sql_method_rows *draft = draft_in(rows, count);
    *ret_version = draft ? draft->version : count ? rows[0].version + 1 : 1;
    *ret_draft = draft;
    return OK;
}

/* Gives way to what came in, if who brings that has seen it as it is. */
static enum status give_way(struct work *work, struct method_version_id id, const char *seen,
                            struct method_refusal *ret_refusal)
{
    struct method_draft standing;
    enum status st = method_draft_find(work, id, &standing);
    if (st != OK)
        return st;
    if (!seen || !str_equal(seen, standing.mark)) {
        ret_refusal->standing = standing;
        return ERR_CONFLICT;
    }
    return sql_method_drop_draft(work->db, work_school(work), id, NULL);
}

enum status method_draft_take(struct work *work, const char *yaml, size_t len, const char *seen,
                              struct method_version_id *ret_id, struct method_refusal *ret_refusal)
{
    struct method *taken = ARENA_NEW(work->arena, struct method);
    const struct method *read = NULL;
    const struct sql_method_rows *draft = NULL;
    enum status st = taken ? may(work) : ERR_NOMEM;
    if (st == OK)
        st = method_read(yaml, len, method_shelf_kinds(work->shelf), work->arena, &read,
                         &ret_refusal->problems, &ret_refusal->count);
    if (st != OK)
        return st;
    *taken = *read;
    taken->key = own_key(work->arena, read->key);
    ret_refusal->came = taken;
    st = take_version(work, taken->key, &taken->version, &draft);
    if (st == OK && draft)
        st = give_way(work, draft->id, seen, ret_refusal);
    return st == OK ? insert(work, taken, ret_id, ret_refusal) : st;
}

/* --- changing a draft
 * --------------------------------------------------------------------------------- */

enum status method_draft_find(struct work *work, struct method_version_id id,
                              struct method_draft *ret_draft)
{
    struct sql_method_row row;
    struct sql_method_rows *rows = NULL;
    size_t count = 0;
    struct method_draft draft = {.id = id};
    struct method_refusal refusal;
    enum status st = may(work);
    if (st == OK)
        st = sql_method_row(work->db, work->arena, work_school(work), id, &row);
    if (st == OK && row.state != METHOD_DRAFT)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = rows_of(work, row.method_key, &rows, &count);
    if (st == OK)
        st = method_text_open(work, id, row.body_sealed, &draft.yaml);
    if (st == OK)
        st = method_read((const char *)draft.yaml.data, draft.yaml.len,
                         method_shelf_kinds(work->shelf), work->arena, &draft.method,
                         &refusal.problems, &refusal.count);
    if (st == ERR_INVALID)
        st = ERR_CORRUPT; /* it could be read when it was kept */
    if (st != OK)
        return st;
    draft.changed_at = row.made_at;
    draft.mark = mark_of(work->arena, draft.yaml);
    draft.is_first = count == 1;
    *ret_draft = draft;
    return OK;
}

enum status method_draft_save(struct work *work, struct method_version_id id, const char *mark,
                              const struct method *method, struct method_refusal *ret_refusal)
{
    struct method_draft now;
    struct bytes yaml;
    struct sealed sealed;
    size_t changed = 0;
    enum status st = method_draft_find(work, id, &now);
    if (st != OK)
        return st;
    if (!str_equal(mark, now.mark))
        return ERR_CONFLICT;
    struct method kept = *method;
    kept.key = now.method->key;
    kept.version = now.method->version;
    st = written(work, &kept, &yaml, ret_refusal);
    if (st == OK)
        st = method_text_seal(work, id, (const char *)yaml.data, yaml.len, &sealed);
    if (st == OK)
        st = sql_method_set_draft(work->db, work_school(work), id, sealed, work->now_ms, &changed);
    return st == OK && changed == 0 ? ERR_NOT_FOUND : st;
}

enum status method_draft_publish(struct work *work, struct method_version_id id)
{
    size_t changed = 0;
    enum status st = may(work);
    if (st == OK)
        st = sql_method_publish(work->db, work_school(work), id, work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_METHOD_PUBLISHED, 0, id.v) : st;
}

enum status method_draft_drop(struct work *work, struct method_version_id id)
{
    size_t changed = 0;
    enum status st = may(work);
    if (st == OK)
        st = sql_method_drop_draft(work->db, work_school(work), id, &changed);
    if (st == OK && changed == 0)
        st = ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, id.v) : st;
}

/* --- off the list and on it
 * --------------------------------------------------------------------------- */

/* The newest version that is no draft, of an own method. */
static enum status newest_of(struct work *work, const char *key, enum method_state state,
                             struct method_version_id *ret_id)
{
    struct sql_method_rows *rows = NULL;
    size_t count = 0;
    enum status st = may(work);
    if (st == OK)
        st = rows_of(work, key, &rows, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (rows[i].state == METHOD_DRAFT)
            continue;
        if (rows[i].origin != METHOD_OWN || rows[i].state != (int32_t)state)
            return ERR_NOT_FOUND;
        *ret_id = rows[i].id;
        return OK;
    }
    return st == OK ? ERR_NOT_FOUND : st;
}

enum status method_withdraw(struct work *work, const char *key)
{
    struct method_version_id newest;
    enum status st = newest_of(work, key, METHOD_PUBLISHED, &newest);
    if (st == OK)
        st = sql_method_withdraw(work->db, work_school(work), key, NULL);
    return st == OK ? audit_change(work, AUDIT_METHOD_WITHDRAWN, 0, newest.v) : st;
}

enum status method_put_back(struct work *work, const char *key)
{
    struct method_version_id newest;
    enum status st = newest_of(work, key, METHOD_WITHDRAWN, &newest);
    if (st == OK)
        st = sql_method_restore(work->db, work_school(work), newest, NULL);
    return st == OK ? audit_change(work, AUDIT_METHOD_PUBLISHED, 0, newest.v) : st;
}
