#include "group/group.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/group_sql.h"
#include "school/school.h"
#include "vault/vault.h"

enum age_band age_band_of_years(unsigned years)
{
    if (years >> 11 & 0x3F)
        return AGE_12_18;
    if (years & (YEAR_BIT(5) | YEAR_BIT(6) | YEAR_BIT(7) | YEAR_BIT(8)))
        return AGE_8_12;
    if (years & (YEAR_BIT(3) | YEAR_BIT(4)))
        return AGE_7_9;
    return years & YEAR_BIT(YEAR_GROUP_SPECIAL) ? AGE_7_9 : AGE_4_6;
}

const char *year_groups_text(struct arena *arena, unsigned years)
{
    const char *text = "";
    for (int year = 0; year <= 16; year++)
        if (years >> year & 1u)
            text =
                arena_printf(arena, "%s%s%d", text, *text ? "/" : "", year > 10 ? year - 10 : year);
    bool special = years & YEAR_BIT(YEAR_GROUP_SPECIAL);
    return special ? arena_printf(arena, "%s%ssbo", text, *text ? "/" : "") : text;
}

static struct vault_place name_place(struct work *work, struct group_id group)
{
    return (struct vault_place){
        .column = "teaching_group.name", .school = work_school(work).v, .row = group.v};
}

static enum status seal_name(struct work *work, struct group_id group, const char *name,
                             struct sealed *ret_sealed)
{
    if (str_is_blank(name) || utf8_chars(name) > GROUP_NAME_MAX)
        return ERR_INVALID;
    struct vault_key key;
    enum status st = vault_school_own_key(work->vault, work_school(work), &key);
    return st == OK ? vault_seal(&key, work->random, work->arena, name_place(work, group), name,
                                 strlen(name), ret_sealed)
                    : st;
}

enum status group_name_open(struct work *work, struct group_id group, struct sealed sealed,
                            const char **ret_name)
{
    struct vault_key key;
    enum status st = vault_school_own_key(work->vault, work_school(work), &key);
    return st == OK ? vault_open(&key, work->arena, name_place(work, group), sealed, ret_name) : st;
}

enum status group_add(struct work *work, const struct group_draft *draft,
                      struct group_id *ret_group)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct group_id group = {work_new_id(work)};
    struct sealed name;
    enum status st = seal_name(work, group, draft->name, &name);
    if (st != OK)
        return st;
    struct bytes source = school_source(work, "group", draft->source_key);
    st = sql_group_insert(work->db, work_school(work), group, draft->year, draft->location,
                          (int32_t)draft->kind, (int32_t)draft->years,
                          (int32_t)age_band_of_years(draft->years), source, name, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, group.v);
    if (st == OK)
        *ret_group = group;
    return st;
}

enum status group_change(struct work *work, struct group_id group, const char *name, unsigned years,
                         enum age_band age_band)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct sealed sealed;
    size_t changed = 0;
    enum status st = seal_name(work, group, name, &sealed);
    if (st == OK)
        st = sql_group_update(work->db, work_school(work), group, (int32_t)years, (int32_t)age_band,
                              sealed, &changed);
    if (st == OK && changed == 0)
        st = ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, group.v) : st;
}

enum status group_set_kind(struct work *work, struct group_id group, enum group_kind kind)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    size_t changed = 0;
    enum status st =
        sql_group_set_kind(work->db, work_school(work), group, (int32_t)kind, &changed);
    if (st == OK && changed == 0)
        st = ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, group.v) : st;
}

static enum status group_of_row(struct work *work, const struct sql_group_row *row,
                                struct group *ret_group)
{
    *ret_group = (struct group){.id = row->id,
                                .year = row->school_year,
                                .kind = (enum group_kind)row->kind,
                                .years = (unsigned)row->years,
                                .age_band = (enum age_band)row->age_band,
                                .source = row->source_index};
    return group_name_open(work, row->id, row->name_sealed, &ret_group->name);
}

enum status group_find(struct work *work, struct group_id group, struct group *ret_group)
{
    struct sql_group_row row;
    enum status st = sql_group_row(work->db, work->arena, work_school(work), group, &row);
    return st == OK ? group_of_row(work, &row, ret_group) : st;
}

static const struct sql_group_row *row_of(const struct sql_group_row *rows, size_t count,
                                          struct group_id group)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id.v == group.v)
            return &rows[i];
    return NULL;
}

enum status group_of_actor(struct work *work, struct group **ret_groups, size_t *ret_count)
{
    const struct actor *actor = work->actor;
    struct sql_group_row *rows = NULL;
    size_t count = 0, found = 0;
    enum status st = OK;
    if (actor->group_count)
        st = sql_group_rows_of_staff(work->db, work->arena, work_school(work), actor->staff, &rows,
                                     &count);
    struct group *groups = ARENA_ARRAY(work->arena, struct group, actor->group_count);
    if (st == OK && !groups)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < actor->group_count; i++) {
        const struct sql_group_row *row = row_of(rows, count, actor->groups[i].group);
        if (row)
            st = group_of_row(work, row, &groups[found++]);
    }
    if (st != OK)
        return st;
    *ret_groups = groups;
    *ret_count = found;
    return OK;
}

static int by_kind_year_name(const void *left, const void *right)
{
    const struct group *a = left;
    const struct group *b = right;
    if (a->kind != b->kind)
        return (int)a->kind - (int)b->kind;
    if (a->years != b->years)
        return a->years < b->years ? -1 : 1;
    return strcmp(a->name, b->name);
}

static enum status list_groups(struct work *work, struct school_year_id year, int most,
                               struct group **ret_groups, size_t *ret_count)
{
    struct sql_group_row *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_group_rows(work->db, work->arena, work_school(work), year, most, &rows, &count);
    struct group *groups = ARENA_ARRAY(work->arena, struct group, count);
    if (st == OK && !groups)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = group_of_row(work, &rows[i], &groups[i]);
    if (st != OK)
        return st;
    *ret_groups = groups;
    *ret_count = count;
    return OK;
}

enum status group_list_all(struct work *work, struct school_year_id year, struct group **ret_groups,
                           size_t *ret_count)
{
    return list_groups(work, year, INT32_MAX, ret_groups, ret_count);
}

enum status group_list(struct work *work, struct school_year_id year, struct group **ret_groups,
                       size_t *ret_count)
{
    enum status st = list_groups(work, year, GROUPS_MAX, ret_groups, ret_count);
    if (st == OK && *ret_count)
        qsort(*ret_groups, *ret_count, sizeof **ret_groups, by_kind_year_name);
    return st;
}

enum status group_set_source(struct work *work, struct group_id group, const char *source_key)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct bytes source = school_source(work, "group", source_key);
    enum status st = sql_group_set_source(work->db, work_school(work), group, source, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, group.v) : st;
}

enum status group_places(struct work *work, struct school_year_id year,
                         struct group_place **ret_places, size_t *ret_count)
{
    struct sql_group_open_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_group_open_rows(work->db, work->arena, work_school(work), year, &rows, &count);
    if (st != OK)
        return st;
    struct group_place *places = ARENA_ARRAY(work->arena, struct group_place, count);
    if (!places)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        places[i] = (struct group_place){rows[i].pupil, rows[i].teaching_group};
    *ret_places = places;
    *ret_count = count;
    return OK;
}

enum status group_counts(struct work *work, struct school_year_id year,
                         struct group_count **ret_counts, size_t *ret_count)
{
    struct sql_group_count_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_group_count_rows(work->db, work->arena, work_school(work), year, &rows, &count);
    struct group_count *counts = ARENA_ARRAY(work->arena, struct group_count, count);
    if (st == OK && !counts)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        counts[i] = (struct group_count){rows[i].teaching_group, (int)rows[i].pupils};
    *ret_counts = counts;
    *ret_count = count;
    return OK;
}

enum status group_remove(struct work *work, struct group_id group)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct school_id school = work_school(work);
    struct sql_group_uses row;
    size_t changed = 0;
    enum status st = sql_group_uses(work->db, work->arena, school, group, &row);
    if (st == OK && row.uses > 0)
        return ERR_CONFLICT;
    if (st == OK)
        st = sql_group_forget_suggestions(work->db, school, group, NULL);
    if (st == OK)
        st = sql_group_delete(work->db, school, group, &changed);
    if (st == OK && changed == 0)
        return ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, group.v) : st;
}
