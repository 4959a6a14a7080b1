/* Who is in a group: its pupils, with names that tell them apart, and its teachers. */
#include "group/group.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/group_sql.h"

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
                                    .colour = row->colour,
                                    .slot = row->slot,
                                    .key_wrapped = row->key_wrapped};
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

static bool is_member(const struct group_member *members, size_t count, struct pupil_id pupil)
{
    for (size_t i = 0; i < count; i++)
        if (members[i].pupil.v == pupil.v)
            return true;
    return false;
}

/* A group is small: comparing all is cheap. */
enum status group_has_members(struct work *work, struct group_id group,
                              const struct pupil_id *pupils, size_t count)
{
    struct group_member *members = NULL;
    size_t member_count = 0;
    if (count == 0 || count > GROUP_MEMBERS_MAX)
        return ERR_INVALID;
    enum status st = group_members(work, group, &members, &member_count);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++) {
        if (!is_member(members, member_count, pupils[i]))
            return ERR_INVALID;
        for (size_t j = 0; j < i; j++)
            if (pupils[j].v == pupils[i].v)
                return ERR_INVALID;
    }
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
