#include "school/coverage.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/coverage_sql.h"

struct date coverage_half_year(struct date day)
{
    int year = date_school_year(day);
    bool second = day.year > year && day.month >= 2;
    return second ? (struct date){(int16_t)(year + 1), 2, 1} : (struct date){(int16_t)year, 8, 1};
}

/* One row per pupil who was heard: counted in the line of the group. */
static void count_heard(struct coverage *list, size_t count,
                        const struct sql_coverage_heard_rows *row, int target)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].group.v != row->teaching_group.v)
            continue;
        list[i].heard++;
        list[i].only_informal += row->formal == 0;
        list[i].only_in_group += row->held == row->in_group;
        list[i].reached += target && row->held >= target;
    }
}

enum status coverage_of_year(struct work *work, struct school_year_id year, struct date since,
                             int target, struct coverage **ret, size_t *ret_count)
{
    struct sql_coverage_rows *rows = NULL;
    struct sql_coverage_heard_rows *heard = NULL;
    size_t count = 0, heard_count = 0;
    enum status st = access_check(work, RIGHT_COVERAGE, (struct target){{0}, {0}});
    if (st == OK)
        st =
            sql_coverage_rows(work->db, work->arena, work_school(work), year, since, &rows, &count);
    if (st == OK)
        st = sql_coverage_heard_rows(work->db, work->arena, work_school(work), year, since, &heard,
                                     &heard_count);
    if (st != OK)
        return st;
    struct coverage *list = ARENA_ARRAY(work->arena, struct coverage, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct coverage){.group = rows[i].teaching_group,
                                    .pupils = (int)rows[i].pupils,
                                    .noted = (int)rows[i].noted,
                                    .reached = target ? 0 : (int)rows[i].pupils};
    for (size_t i = 0; i < heard_count; i++)
        count_heard(list, count, &heard[i], target);
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status coverage_target(struct work *work, int *ret_target)
{
    struct sql_coverage_target_row row;
    enum status st = access_check_school(work, RIGHT_STAFF);
    if (st != OK)
        return st;
    st = sql_coverage_target_row(work->db, work->arena, work_school(work), &row);
    if (st != OK && st != ERR_NOT_FOUND)
        return st;
    *ret_target = st == OK ? row.per_half_year : COVERAGE_TARGET;
    return OK;
}

enum status coverage_set_target(struct work *work, int target)
{
    enum status st = access_check_school(work, RIGHT_HEARING_TARGET);
    if (st != OK)
        return st;
    if (target < 0 || target > COVERAGE_TARGET_MAX)
        return ERR_INVALID;
    struct school_id school = work_school(work);
    st = sql_coverage_set_target(work->db, school, target, work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_STRUCTURE_CHANGED, 0, school.v) : st;
}
