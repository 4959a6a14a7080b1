#include "staff/staff.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/random.h"
#include "gen/staff_sql.h"
#include "group/group.h"
#include "person/dossier.h"
#include "school/school.h"

#define COLOURS 6

enum status staff_add(struct work *work, const struct staff_draft *draft,
                      struct staff_id *ret_staff)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!person_valid(&draft->person))
        return ERR_INVALID;
    struct staff_id staff = {work_new_id(work)};
    struct sealed profile;
    enum status st = person_add(work, PERSON_STAFF, staff.v, &draft->person, &profile);
    if (st != OK)
        return st;
    struct bytes source = school_source(work, "staff", draft->source_key);
    st = sql_staff_insert(work->db, work_school(work), staff,
                          (int32_t)random_below(work->random, COLOURS) + 1, source, profile,
                          work->now_ms, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, staff.v);
    if (st == OK)
        *ret_staff = staff;
    return st;
}

static enum status staff_of_row(struct work *work, const struct sql_staff_row *row,
                                struct staff *ret_staff)
{
    *ret_staff = (struct staff){.id = row->id,
                                .account = row->account,
                                .colour = row->colour,
                                .source = row->source_index,
                                .left_on = row->left_on};
    return person_open_with(work, PERSON_STAFF, work_school(work), row->id.v, row->slot,
                            row->key_wrapped, row->profile_sealed, &ret_staff->person);
}

enum status staff_find(struct work *work, struct staff_id staff, struct staff *ret_staff)
{
    struct sql_staff_row row;
    enum status st = sql_staff_row(work->db, work->arena, work_school(work), staff, &row);
    return st == OK ? staff_of_row(work, &row, ret_staff) : st;
}

enum status staff_change(struct work *work, struct staff_id staff, const struct person *person)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!person_valid(person))
        return ERR_INVALID;
    struct sealed profile;
    enum status st = person_rewrite(work, PERSON_STAFF, staff.v, person, &profile);
    size_t changed = 0;
    if (st == OK)
        st = sql_staff_update(work->db, work_school(work), staff, profile, work->now_ms, &changed);
    if (st == OK && changed == 0) /* an id of somebody who is not staff */
        st = ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, staff.v) : st;
}

enum status staff_set_source(struct work *work, struct staff_id staff, const char *source_key)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct bytes source = school_source(work, "staff", source_key);
    enum status st =
        sql_staff_set_source(work->db, work_school(work), staff, source, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, staff.v) : st;
}

struct keyed_staff {
    const char *key;
    struct staff staff;
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct keyed_staff *)a)->key, ((const struct keyed_staff *)b)->key);
}

enum status staff_list(struct work *work, bool left, struct staff **ret, size_t *ret_count)
{
    struct sql_staff_row *rows = NULL;
    size_t count = 0;
    enum status st =
        left ? sql_staff_rows_left(work->db, work->arena, work_school(work), &rows, &count)
             : sql_staff_rows_here(work->db, work->arena, work_school(work), &rows, &count);
    if (st != OK)
        return st;
    struct keyed_staff *keyed = ARENA_ARRAY(work->arena, struct keyed_staff, count);
    struct staff *list = ARENA_ARRAY(work->arena, struct staff, count);
    if (!keyed || !list)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        st = staff_of_row(work, &rows[i], &keyed[i].staff);
        if (st == OK)
            keyed[i].key = person_sort_key(work->arena, &keyed[i].staff.person);
    }
    if (st != OK)
        return st;
    qsort(keyed, count, sizeof *keyed, by_key);
    for (size_t i = 0; i < count; i++)
        list[i] = keyed[i].staff;
    *ret = list;
    *ret_count = count;
    return OK;
}

/* Is anybody left who can sign in as administrator, besides this person or function? */
static enum status keeps_administrator(struct work *work, struct staff_id without_staff,
                                       struct function_id without_function)
{
    struct sql_staff_administrators *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_staff_administrators(work->db, work->arena, work_school(work), &rows, &count);
    if (st != OK)
        return st;
    bool concerned = false;
    for (size_t i = 0; i < count; i++) {
        bool goes =
            rows[i].staff.v == without_staff.v || rows[i].function_number == without_function.v;
        concerned |= goes;
        if (!goes)
            return OK;
    }
    return concerned ? ERR_CONFLICT : OK;
}

enum status staff_can_be_missed(struct work *work, struct staff_id staff)
{
    return keeps_administrator(work, staff, (struct function_id){0});
}

enum status staff_leave(struct work *work, struct staff_id staff, struct date left_on)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (!date_valid(left_on) || date_compare(left_on, work->today) > 0)
        return ERR_INVALID;
    struct staff found;
    enum status st = staff_find(work, staff, &found);
    if (st == OK)
        st = keeps_administrator(work, staff, (struct function_id){0});
    if (st == OK)
        st = sql_staff_set_left(work->db, work_school(work), staff, left_on, work->now_ms, NULL);
    if (st == OK)
        st = sql_staff_function_delete_all(work->db, work_school(work), staff, NULL);
    if (st == OK)
        st = sql_staff_end_sessions(work->db, work_school(work), staff.v, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, staff.v) : st;
}

enum status staff_return(struct work *work, struct staff_id staff)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    size_t changed = 0;
    enum status st = sql_staff_set_left(work->db, work_school(work), staff, (struct date){0},
                                        work->now_ms, &changed);
    if (st == OK && changed == 0)
        return ERR_NOT_FOUND;
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, staff.v) : st;
}

static enum status take_functions(struct work *work, const struct sql_staff_function_rows *rows,
                                  size_t count, struct staff_function **ret, size_t *ret_count)
{
    struct staff_function *list = ARENA_ARRAY(work->arena, struct staff_function, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct staff_function){.id = {rows[i].function_number},
                                          .staff = rows[i].staff,
                                          .role = (enum role)rows[i].role,
                                          .year = rows[i].school_year,
                                          .starts_in = rows[i].starts_in,
                                          .is_active_year = rows[i].is_active,
                                          .group = rows[i].teaching_group};
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status staff_functions(struct work *work, struct staff_function **ret, size_t *ret_count)
{
    struct sql_staff_function_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_staff_function_rows(work->db, work->arena, work_school(work), &rows, &count);
    return st == OK ? take_functions(work, rows, count, ret, ret_count) : st;
}

enum status staff_functions_of(struct work *work, struct staff_id staff,
                               struct staff_function **ret, size_t *ret_count)
{
    struct sql_staff_function_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_staff_function_rows_of(work->db, work->arena, work_school(work), staff, &rows, &count);
    return st == OK ? take_functions(work, rows, count, ret, ret_count) : st;
}

static bool role_wants_group(enum role role)
{
    return role == ROLE_TEACHER || role == ROLE_SUPPORT;
}

enum status staff_give(struct work *work, struct staff_id staff, enum role role,
                       struct school_year_id year, struct group_id group)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    if (role < ROLE_TEACHER || role > ROLE_SUPPORT || role_wants_group(role) != (group.v != 0))
        return ERR_INVALID;
    if (group.v) {
        struct group found;
        enum status st = group_find(work, group, &found);
        if (st != OK)
            return st;
        if (found.year.v != year.v)
            return ERR_INVALID;
    }
    struct sql_staff_row row;
    struct staff_function *functions = NULL;
    size_t count = 0;
    enum status st = sql_staff_row(work->db, work->arena, work_school(work), staff, &row);
    if (st == OK)
        st = staff_functions_of(work, staff, &functions, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (functions[i].role == role && functions[i].year.v == year.v &&
            functions[i].group.v == group.v)
            return OK;
    if (st == OK)
        st = sql_staff_function_add(work->db, work_school(work), work_new_id(work), staff,
                                    (int32_t)role, year, group, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_FUNCTION_GIVEN, 0, staff.v) : st;
}

enum status staff_function_find(struct work *work, struct function_id function,
                                struct staff_id *ret_staff, struct group_id *ret_group)
{
    struct sql_staff_function_row row;
    enum status st =
        sql_staff_function_row(work->db, work->arena, work_school(work), function.v, &row);
    if (st == OK) {
        *ret_staff = row.staff;
        *ret_group = row.teaching_group;
    }
    return st;
}

enum status staff_take(struct work *work, struct function_id function)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct staff_id staff;
    struct group_id group;
    enum status st = staff_function_find(work, function, &staff, &group);
    if (st == OK)
        st = keeps_administrator(work, (struct staff_id){0}, function);
    if (st == OK)
        st = sql_staff_function_delete(work->db, work_school(work), function.v, NULL);
    return st == OK ? audit_change(work, AUDIT_FUNCTION_TAKEN, 0, staff.v) : st;
}

enum status staff_carry_over(struct work *work, struct school_year_id from,
                             struct school_year_id to)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct staff_function *functions = NULL;
    size_t count = 0;
    enum status st = staff_functions(work, &functions, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (functions[i].year.v == from.v && !role_wants_group(functions[i].role))
            st = staff_give(work, functions[i].staff, functions[i].role, to, (struct group_id){0});
    return st;
}

enum status staff_suggest(struct work *work, struct staff_id staff, struct group_id group,
                          const char *said)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    enum status st = sql_staff_suggestion_clear(work->db, work_school(work), staff, group, NULL);
    if (st != OK || !said)
        return st;
    return sql_staff_suggestion_add(work->db, work_school(work), staff, group, said, NULL);
}

enum status staff_suggestions(struct work *work, struct staff_id staff,
                              struct staff_suggestion **ret, size_t *ret_count)
{
    struct sql_staff_suggestion_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_staff_suggestion_rows(work->db, work->arena, work_school(work), staff, &rows, &count);
    if (st != OK)
        return st;
    struct staff_suggestion *list = ARENA_ARRAY(work->arena, struct staff_suggestion, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct staff_suggestion){staff, rows[i].teaching_group, rows[i].said};
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status staff_suggestions_of_year(struct work *work, struct school_year_id year,
                                      struct staff_suggestion **ret, size_t *ret_count)
{
    struct sql_staff_suggestion_of_year *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_staff_suggestion_of_year(work->db, work->arena, work_school(work), year, &rows, &count);
    if (st != OK)
        return st;
    struct staff_suggestion *list = ARENA_ARRAY(work->arena, struct staff_suggestion, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct staff_suggestion){rows[i].staff, rows[i].teaching_group, rows[i].said};
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status staff_tie_account(struct work *work, struct staff_id staff, struct account_id account)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    size_t changed = 0;
    enum status st =
        sql_staff_set_account(work->db, work_school(work), staff, account, work->now_ms, &changed);
    return st == OK && changed == 0 ? ERR_NOT_FOUND : st;
}
