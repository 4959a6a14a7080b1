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
    uint8_t index[32];
    struct bytes source = {NULL, 0};
    if (draft->source_key) {
        school_source_index(work, "group", draft->source_key, index);
        source = (struct bytes){index, sizeof index};
    }
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
    uint8_t index[32];
    school_source_index(work, "group", source_key, index);
    enum status st = sql_group_set_source(work->db, work_school(work), group,
                                          (struct bytes){index, sizeof index}, NULL);
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

/* A member with the key its list is sorted by, made once. */
struct sorted_member {
    const char *key;
    struct group_member member;
};

static int by_key(const void *left, const void *right)
{
    const struct sorted_member *a = left;
    const struct sorted_member *b = right;
    int order = strcmp(a->key, b->key);
    if (order)
        return order;
    return a->member.pupil.v < b->member.pupil.v ? -1 : a->member.pupil.v > b->member.pupil.v;
}

/* How many bytes of `name` differ from `other`: up to and with the first letter that does. */
static size_t telling_part(const char *name, const char *other)
{
    const char *at = name;
    const char *beside = other;
    uint32_t letter, letter_beside;
    do {
        letter = utf8_next(&at);
        letter_beside = utf8_next(&beside);
    } while (letter && letter == letter_beside);
    return (size_t)(at - name);
}

/* "Daan B.", or as many letters of the family name as it takes: "Daan Ba." beside "Daan Bo.". */
static const char *told_apart(struct arena *arena, const struct sorted_member *members, size_t from,
                              size_t end, size_t which)
{
    const char *call = members[which].member.call;
    const char *family = members[which].member.person.family;
    size_t len = 0;
    for (size_t i = from; i < end; i++) {
        const char *other = members[i].member.person.family;
        size_t telling = i == which ? telling_part(family, "") : telling_part(family, other);
        len = telling > len ? telling : len;
    }
    return *family ? arena_printf(arena, "%s %.*s%s", call, (int)len, family,
                                  len < strlen(family) ? "." : "")
                   : call;
}

/* Those of one name stand next to each other in the sorted list: add letters of the family name. */
static enum status tell_namesakes_apart(struct arena *arena, struct sorted_member *members,
                                        size_t count)
{
    const char **calls = ARENA_ARRAY(arena, const char *, count);
    if (!calls)
        return ERR_NOMEM;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count; end++)
            if (!str_equal(members[i].member.call, members[end].member.call))
                break;
        for (size_t j = i; j < end; j++)
            calls[j] = end - i > 1 ? told_apart(arena, members, i, end, j) : members[j].member.call;
    }
    for (size_t i = 0; i < count; i++)
        members[i].member.call = calls[i];
    return OK;
}

static enum status open_member(struct work *work, const struct sql_group_member_rows *row,
                               struct sorted_member *ret)
{
    struct group_member *member = &ret->member;
    *member = (struct group_member){.pupil = row->id,
                                    .year_group = row->year_group,
                                    .symbol = row->symbol,
                                    .colour = row->colour};
    enum status st = person_open_with(work, PERSON_PUPIL, work_school(work), row->id.v, row->slot,
                                      row->key_wrapped, row->profile_sealed, &member->person);
    if (st != OK)
        return st;
    member->call = person_call(work->arena, &member->person);
    member->letters = person_letters(work->arena, &member->person);
    ret->key = str_sort_key(
        work->arena, arena_printf(work->arena, "%s %s", member->call, member->person.family));
    return OK;
}

enum status group_members(struct work *work, struct group_id group,
                          struct group_member **ret_members, size_t *ret_count)
{
    enum status may = access_check(work, RIGHT_GROUP_NAMES, (struct target){.group = group});
    if (may != OK)
        return may;
    struct sql_group_member_rows *rows = NULL;
    size_t count = 0;
    enum status st = sql_group_member_rows(work->db, work->arena, work_school(work), group,
                                           GROUP_MEMBERS_MAX, &rows, &count);
    if (st != OK)
        return st;
    struct sorted_member *sorted = ARENA_ARRAY(work->arena, struct sorted_member, count);
    struct group_member *members = ARENA_ARRAY(work->arena, struct group_member, count);
    if (!sorted || !members)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = open_member(work, &rows[i], &sorted[i]);
    if (st != OK)
        return st;
    qsort(sorted, count, sizeof *sorted, by_key);
    st = tell_namesakes_apart(work->arena, sorted, count);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        members[i] = sorted[i].member;
    *ret_members = members;
    *ret_count = count;
    return OK;
}

enum status group_of_pupil(struct work *work, struct pupil_id pupil, struct pupil_membership **ret,
                           size_t *ret_count)
{
    enum status may = access_check(work, RIGHT_PUPIL_NAME, (struct target){.pupil = pupil});
    if (may != OK)
        return may;
    struct sql_group_rows_of_pupil *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_group_rows_of_pupil(work->db, work->arena, work_school(work), pupil, &rows, &count);
    if (st != OK)
        return st;
    struct pupil_membership *list = ARENA_ARRAY(work->arena, struct pupil_membership, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        list[i] = (struct pupil_membership){.group = {.id = rows[i].id,
                                                      .year = rows[i].school_year,
                                                      .kind = (enum group_kind)rows[i].kind,
                                                      .years = (unsigned)rows[i].years,
                                                      .age_band = (enum age_band)rows[i].age_band},
                                            .starts_in = rows[i].starts_in,
                                            .is_active_year = rows[i].is_active,
                                            .from_on = rows[i].from_on,
                                            .until_on = rows[i].until_on};
        st = group_name_open(work, rows[i].id, rows[i].name_sealed, &list[i].group.name);
    }
    if (st != OK)
        return st;
    *ret = list;
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

enum status group_join(struct work *work, struct group_id group, struct pupil_id pupil,
                       struct date from_on)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct school_id school = work_school(work);
    struct sql_group_member_open *open = NULL;
    size_t count = 0;
    enum status st =
        sql_group_member_open(work->db, work->arena, school, pupil, group, &open, &count);
    if (st != OK || count > 0)
        return st;
    /* Left and back on one day: the row that ended that day goes on. */
    struct sql_group_member_ended *ended = NULL;
    st = sql_group_member_ended(work->db, work->arena, school, pupil, group, from_on, &ended,
                                &count);
    if (st == OK)
        st = count ? sql_group_member_reopen(work->db, school, pupil, group, ended[0].from_on, NULL)
                   : sql_group_member_add(work->db, school, pupil, group, from_on, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, group.v) : st;
}

enum status group_leave(struct work *work, struct group_id group, struct pupil_id pupil,
                        struct date until_on)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    size_t changed = 0;
    enum status st =
        sql_group_member_end(work->db, work_school(work), pupil, group, until_on, &changed);
    if (st != OK || changed == 0)
        return st;
    return audit_change(work, AUDIT_STRUCTURE_CHANGED, pupil.v, group.v);
}

enum status group_move(struct work *work, struct group_id group, struct pupil_id pupil,
                       struct date on)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct group to;
    struct pupil_membership *now = NULL;
    size_t count = 0;
    enum status st = group_find(work, group, &to);
    if (st == OK)
        st = group_of_pupil(work, pupil, &now, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        bool same_kind_of_place = now[i].group.year.v == to.year.v &&
                                  now[i].group.kind == GROUP_HOME && to.kind == GROUP_HOME;
        if (same_kind_of_place && now[i].group.id.v != group.v && !date_is_set(now[i].until_on))
            st = group_leave(work, now[i].group.id, pupil, on);
    }
    return st == OK ? group_join(work, group, pupil, on) : st;
}

enum status group_leave_all(struct work *work, struct pupil_id pupil, struct date until_on)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    return sql_group_member_end_all(work->db, work_school(work), pupil, until_on, NULL);
}

enum status group_teachers(struct work *work, struct group_id group, struct group_teacher **ret,
                           size_t *ret_count)
{
    struct sql_group_teacher_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_group_teacher_rows(work->db, work->arena, work_school(work), group, &rows, &count);
    if (st != OK)
        return st;
    struct group_teacher *list = ARENA_ARRAY(work->arena, struct group_teacher, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct person person;
        st = person_open_with(work, PERSON_STAFF, work_school(work), rows[i].id.v, rows[i].slot,
                              rows[i].key_wrapped, rows[i].profile_sealed, &person);
        if (st == OK)
            list[i] = (struct group_teacher){.staff = rows[i].id,
                                             .full = person_full(work->arena, &person),
                                             .call = person_call(work->arena, &person),
                                             .role = rows[i].role,
                                             .function = {rows[i].function_number}};
    }
    if (st != OK)
        return st;
    *ret = list;
    *ret_count = count;
    return OK;
}
