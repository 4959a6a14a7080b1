#include "demo/calendar.h"

#include "base/arena.h"
#include "base/compiler.h"

/* Month and day as one number, 1224 for Christmas Eve: first and last day without school. */
static const struct {
    int first, last;
} holidays[] = {
    {101, 104},   /* Christmas, second part */
    {214, 222},   /* spring */
    {425, 505},   /* May */
    {712, 822},   /* summer */
    {1017, 1025}, /* autumn */
    {1220, 1231}, /* Christmas, first part */
};

bool is_school_day(struct date day)
{
    if (date_weekday(day) > 5)
        return false;
    int in_year = day.month * 100 + day.day;
    for (size_t i = 0; i < ARRAY_LEN(holidays); i++)
        if (in_year >= holidays[i].first && in_year <= holidays[i].last)
            return false;
    return true;
}

struct school_days school_days_between(struct arena *arena, struct date first, struct date last)
{
    struct school_days days = {0};
    int32_t from = date_to_days(first);
    int32_t until = date_to_days(last);
    if (until < from)
        return days;
    days.days = ARENA_ARRAY(arena, struct date, (size_t)(until - from) + 1);
    for (int32_t at = from; days.days && at <= until; at++) {
        struct date day = date_from_days(at);
        if (is_school_day(day))
            days.days[days.count++] = day;
    }
    return days;
}

size_t school_days_from(const struct school_days *days, struct date day)
{
    size_t at = 0;
    while (at < days->count && date_compare(days->days[at], day) < 0)
        at++;
    return at;
}
