/*
 * date: calendar days and moments in time, without a time zone database, locale or hidden clock.
 * A day is `struct date`; a moment is int64_t milliseconds since 1970-01-01 UTC. Schools here live
 * in Dutch time (CET/CEST by the European rule: last Sunday of March and October, 01:00 UTC).
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

#define MS_SECOND INT64_C(1000)
#define MS_MINUTE (60 * MS_SECOND)
#define MS_HOUR (60 * MS_MINUTE)
#define MS_DAY (24 * MS_HOUR)

/* The zero value means "no date" and is stored as NULL. */
struct date {
    int16_t year; /* 1 … 9999 */
    int8_t month; /* 1 … 12 */
    int8_t day;   /* 1 … 31 */
};

/* A moment as people on Dutch clocks read it. */
struct local_time {
    struct date date;
    int8_t hour, minute, second;
};

struct date_text {
    char s[11];
};

static inline bool date_is_set(struct date d)
{
    return d.month != 0;
}

bool date_valid(struct date d);

/* Days since 1970-01-01, and back; dates outside 0001-9999 come back unset. */
int32_t date_to_days(struct date d);
struct date date_from_days(int32_t days);
struct date date_add_days(struct date d, int32_t days);

/* <0, 0, >0 as a lies before, on or after b. */
int date_compare(struct date a, struct date b);

/* Whole years from `birth` until `on`; 29 February has its birthday on 1 March in common years. */
int date_age(struct date birth, struct date on);

/* ISO 8601: 1 = Monday … 7 = Sunday. */
int date_weekday(struct date d);

/* "YYYY-MM-DD", also for "" of an unset date. */
struct date_text date_text(struct date d);
NODISCARD enum status date_parse(const char *iso, struct date *ret_date);

/* As people type it: ISO, "3-11-2016", "03/11/2016", "3.11.2016". Two-digit years are refused. */
NODISCARD enum status date_parse_dutch(const char *text, struct date *ret_date);

struct local_time date_local(int64_t at_ms);
struct date date_of(int64_t at_ms);

/* The moment a Dutch clock shows this; in the hour that comes twice, the first. */
int64_t date_moment(struct date d, int hour, int minute);

/* School years run from 1 August (CBS): the year in which the one of `d` starts. */
int date_school_year(struct date d);

#endif
