/*
 * calendar: on which days a demo school is open. Holidays are about where they fall in most years;
 * a made-up school need not follow one region.
 */
#ifndef DEMO_CALENDAR_H
#define DEMO_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

struct arena;

struct school_days {
    struct date *days; /* in order */
    size_t count;
};

bool is_school_day(struct date day);

/* All school days from `first` up to and with `last`; none when memory is out. */
struct school_days school_days_between(struct arena *arena, struct date first, struct date last);

/* The index of the first school day on or after `day`; days->count when there is none. */
size_t school_days_from(const struct school_days *days, struct date day);

#endif
