#include "school/coverage.h"

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "gen/coverage_sql.h"

struct date coverage_half_year(struct date day)
{
    int year = date_school_year(day);
    bool second = day.year > year && day.month >= 2;
    return second ? (struct date){(int16_t)(year + 1), 2, 1} : (struct date){(int16_t)year, 8, 1};
}

enum status coverage_of_year(struct work *work, struct school_year_id year, struct date since,
                             struct coverage **ret, size_t *ret_count)
{
    struct sql_coverage_rows *rows = NULL;
    size_t count = 0;
    enum status st = access_check(work, RIGHT_COVERAGE, (struct target){{0}, {0}});
    if (st == OK)
        st =
            sql_coverage_rows(work->db, work->arena, work_school(work), year, since, &rows, &count);
    if (st != OK)
        return st;
    struct coverage *list = ARENA_ARRAY(work->arena, struct coverage, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct coverage){.group = rows[i].teaching_group,
                                    .pupils = (int)rows[i].pupils,
                                    .noted = (int)rows[i].noted};
    *ret = list;
    *ret_count = count;
    return OK;
}
