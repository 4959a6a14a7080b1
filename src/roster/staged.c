#include "roster/staged.h"

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/staged_sql.h"
#include "vault/vault.h"

#define RESULTS 7

static enum status may(struct work *work)
{
    return access_check(work, RIGHT_STRUCTURE, (struct target){{0}, {0}});
}

static struct vault_place place_of(const struct work *work, struct roster_import_id id)
{
    return (struct vault_place){
        .column = "roster_import.file", .school = work_school(work).v, .row = id.v};
}

/* "2026 0 1 0 1:1 2:2": year, secondary, guardians, own numbers, then column:field. */
static const char *settings_text(struct arena *arena, const struct staged_settings *settings)
{
    const char *text =
        arena_printf(arena, "%d %d %d %d", settings->school_year, settings->secondary,
                     settings->guardians, settings->own_numbers);
    for (size_t i = 0; i < settings->column_count; i++)
        text = arena_printf(arena, "%s %u:%d", text, settings->columns[i].number,
                            (int)settings->columns[i].field);
    return text;
}

static enum status parse_column(char *text, struct staged_settings *settings)
{
    int64_t number = 0, field = 0;
    const char *first = str_split(&text, ':');
    const char *second = str_split(&text, ':');
    if (!first || !second || str_to_int64(first, &number) != OK ||
        str_to_int64(second, &field) != OK || number < 1 || number > STAGED_COLUMNS_MAX ||
        field <= ROSTER_FIELD_NONE || field >= ROSTER_FIELDS ||
        settings->column_count == STAGED_COLUMNS_MAX)
        return ERR_CORRUPT;
    settings->columns[settings->column_count++] =
        (struct roster_column){(unsigned)number, (enum roster_field)field};
    return OK;
}

static enum status parse_settings(struct arena *arena, const char *text,
                                  struct staged_settings *ret_settings)
{
    struct staged_settings settings = {0};
    char *rest = arena_strdup(arena, text);
    int64_t numbers[4] = {0};
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        const char *one = str_split(&rest, ' ');
        if (!one || str_to_int64(one, &numbers[i]) != OK)
            return ERR_CORRUPT;
    }
    enum status st = OK;
    for (char *one; st == OK && (one = str_split(&rest, ' ')) != NULL;)
        st = parse_column(one, &settings);
    settings.school_year = (int)numbers[0];
    settings.secondary = numbers[1];
    settings.guardians = numbers[2];
    settings.own_numbers = numbers[3];
    *ret_settings = settings;
    return st;
}

static enum status parse_result(struct arena *arena, const char *text,
                                struct staged_result *ret_result)
{
    size_t *const counts[RESULTS] = {
        &ret_result->groups, &ret_result->pupils, &ret_result->staff,      &ret_result->changed,
        &ret_result->moved,  &ret_result->left,   &ret_result->same_people};
    char *rest = arena_strdup(arena, text);
    for (size_t i = 0; i < RESULTS; i++) {
        int64_t number = 0;
        const char *one = str_split(&rest, ' ');
        if (!one || str_to_int64(one, &number) != OK || number < 0)
            return ERR_CORRUPT;
        *counts[i] = (size_t)number;
    }
    return OK;
}

enum status staged_add(struct work *work, struct bytes file, const struct staged_settings *settings,
                       struct roster_import_id *ret_id)
{
    if (file.len == 0)
        return ERR_INVALID;
    if (file.len > ROSTER_FILE_MAX)
        return ERR_LIMIT;
    struct school_id school = work_school(work);
    struct roster_import_id id = {work_new_id(work)};
    struct vault_key key;
    struct sealed sealed;
    enum status st = may(work);
    if (st == OK)
        st = vault_school_own_key(work->vault, school, &key);
    if (st != OK)
        return st;
    st = vault_seal(&key, work->random, work->arena, place_of(work, id), file.data, file.len,
                    &sealed);
    vault_key_wipe(&key);
    if (st == OK)
        st = sql_staged_drop_of(work->db, school, work->actor->staff, NULL);
    if (st == OK)
        st = sql_staged_add(work->db, school, id, work->actor->staff, work->now_ms,
                            settings_text(work->arena, settings), sealed, NULL);
    if (st == OK)
        *ret_id = id;
    return st;
}

enum status staged_find(struct work *work, struct roster_import_id id, struct staged *ret_staged)
{
    struct school_id school = work_school(work);
    struct sql_staged_row row;
    enum status st = may(work);
    if (st == OK)
        st = sql_staged_row(work->db, work->arena, school, id, work->actor->staff,
                            work->now_ms - STAGED_MS, &row);
    if (st != OK)
        return st;
    struct staged staged = {.id = id, .made_at = row.made_at, .is_applied = row.applied_at != 0};
    st = parse_settings(work->arena, row.settings, &staged.settings);
    if (st == OK && staged.is_applied)
        st = parse_result(work->arena, row.result, &staged.result);
    struct vault_key key;
    if (st == OK && !staged.is_applied)
        st = vault_school_own_key(work->vault, school, &key);
    if (st == OK && !staged.is_applied) {
        st = vault_open_bytes(&key, work->arena, place_of(work, id), row.file_sealed, &staged.file);
        vault_key_wipe(&key);
    }
    if (st == OK)
        *ret_staged = staged;
    return st;
}

enum status staged_set(struct work *work, struct roster_import_id id,
                       const struct staged_settings *settings)
{
    size_t changed = 0;
    enum status st = may(work);
    if (st == OK)
        st = sql_staged_set_settings(work->db, work_school(work), id, work->actor->staff,
                                     settings_text(work->arena, settings), &changed);
    return st == OK && changed == 0 ? ERR_NOT_FOUND : st;
}

enum status staged_applied(struct work *work, struct roster_import_id id,
                           const struct staged_result *result)
{
    const char *text = arena_printf(work->arena, "%zu %zu %zu %zu %zu %zu %zu", result->groups,
                                    result->pupils, result->staff, result->changed, result->moved,
                                    result->left, result->same_people);
    struct sealed nothing = {(const uint8_t *)"", 0};
    size_t changed = 0;
    enum status st = may(work);
    if (st == OK)
        st = sql_staged_set_applied(work->db, work_school(work), id, work->actor->staff,
                                    work->now_ms, text, nothing, &changed);
    return st == OK && changed == 0 ? ERR_CONFLICT : st;
}

enum status staged_drop(struct work *work, struct roster_import_id id)
{
    enum status st = may(work);
    return st == OK ? sql_staged_drop(work->db, work_school(work), id, work->actor->staff, NULL)
                    : st;
}

enum status staged_sweep(struct work *work, size_t *ret_gone)
{
    return sql_staged_drop_before(work->db, work_school(work), work->now_ms - STAGED_MS, ret_gone);
}
