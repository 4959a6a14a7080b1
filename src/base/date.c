#include "base/date.h"

#include <assert.h>

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool date_valid(struct date d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= days_in_month(d.year, d.month);
}

/* Both directions after Howard Hinnant's civil calendar: years start in March, eras of 400 years.
 */
int32_t date_to_days(struct date d)
{
    int y = d.month <= 2 ? d.year - 1 : d.year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct date date_from_days(int32_t days)
{
    if (days < -719162 || days > 2932896)
        return (struct date){0};
    int32_t z = days + 719468;
    int32_t era = z / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int32_t month = mp < 10 ? mp + 3 : mp - 9;
    return (struct date){.year = (int16_t)(yoe + era * 400 + (month <= 2)),
                         .month = (int8_t)month,
                         .day = (int8_t)(doy - (153 * mp + 2) / 5 + 1)};
}

struct date date_add_days(struct date d, int32_t days)
{
    int64_t sum = (int64_t)date_to_days(d) + days;
    return sum >= INT32_MIN && sum <= INT32_MAX ? date_from_days((int32_t)sum) : (struct date){0};
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year - b.year;
    if (a.month != b.month)
        return a.month - b.month;
    return a.day - b.day;
}

int date_age(struct date birth, struct date on)
{
    int age = on.year - birth.year;
    bool had_birthday = on.month > birth.month || (on.month == birth.month && on.day >= birth.day);
    return had_birthday ? age : age - 1;
}

int date_weekday(struct date d)
{
    int32_t since_monday = (date_to_days(d) + 3) % 7; /* 1970-01-01 was a Thursday */
    return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

static void put_digits(char *to, int count, int value)
{
    while (count--) {
        to[count] = (char)('0' + value % 10);
        value /= 10;
    }
}

struct date_text date_text(struct date d)
{
    struct date_text text = {""};
    if (!date_is_set(d))
        return text;
    put_digits(text.s, 4, d.year);
    text.s[4] = '-';
    put_digits(text.s + 5, 2, d.month);
    text.s[7] = '-';
    put_digits(text.s + 8, 2, d.day);
    text.s[10] = '\0';
    return text;
}

/* Reads min … max digits; -1 when they are not there. */
static int take_number(const char **at, int min, int max)
{
    int value = 0;
    int count = 0;
    for (; count < max && **at >= '0' && **at <= '9'; count++, (*at)++)
        value = value * 10 + (**at - '0');
    return count < min ? -1 : value;
}

enum status date_parse(const char *iso, struct date *ret_date)
{
    int year = take_number(&iso, 4, 4);
    if (year < 0 || *iso++ != '-')
        return ERR_INVALID;
    int month = take_number(&iso, 2, 2);
    if (month < 0 || *iso++ != '-')
        return ERR_INVALID;
    int day = take_number(&iso, 2, 2);
    struct date d = {(int16_t)year, (int8_t)month, (int8_t)day};
    if (day < 0 || *iso || !date_valid(d))
        return ERR_INVALID;
    *ret_date = d;
    return OK;
}

enum status date_parse_dutch(const char *text, struct date *ret_date)
{
    if (date_parse(text, ret_date) == OK)
        return OK;
    int day = take_number(&text, 1, 2);
    char separator = *text;
    if (day < 0 || (separator != '-' && separator != '/' && separator != '.'))
        return ERR_INVALID;
    text++;
    int month = take_number(&text, 1, 2);
    if (month < 0 || *text++ != separator)
        return ERR_INVALID;
    int year = take_number(&text, 4, 4);
    struct date d = {(int16_t)year, (int8_t)month, (int8_t)day};
    if (year < 0 || *text || !date_valid(d))
        return ERR_INVALID;
    *ret_date = d;
    return OK;
}

/* 01:00 UTC on the last Sunday of the month. */
static int64_t clock_change(int year, int month)
{
    struct date last = {(int16_t)year, (int8_t)month, 31};
    struct date sunday = date_add_days(last, -(date_weekday(last) % 7));
    return (int64_t)date_to_days(sunday) * MS_DAY + MS_HOUR;
}

static int32_t floor_days(int64_t ms)
{
    return (int32_t)((ms - (ms % MS_DAY + MS_DAY) % MS_DAY) / MS_DAY);
}

static int64_t offset_at(int64_t at_ms)
{
    struct date utc = date_from_days(floor_days(at_ms));
    bool summer = at_ms >= clock_change(utc.year, 3) && at_ms < clock_change(utc.year, 10);
    return summer ? 2 * MS_HOUR : MS_HOUR;
}

struct local_time date_local(int64_t at_ms)
{
    int64_t local = at_ms + offset_at(at_ms);
    int32_t days = floor_days(local);
    int32_t seconds = (int32_t)((local - (int64_t)days * MS_DAY) / MS_SECOND);
    return (struct local_time){.date = date_from_days(days),
                               .hour = (int8_t)(seconds / 3600),
                               .minute = (int8_t)(seconds / 60 % 60),
                               .second = (int8_t)(seconds % 60)};
}

struct date date_of(int64_t at_ms)
{
    return date_local(at_ms).date;
}

int64_t date_moment(struct date d, int hour, int minute)
{
    int64_t wall = (int64_t)date_to_days(d) * MS_DAY + hour * MS_HOUR + minute * MS_MINUTE;
    /* Summer time first: it is the earlier of two readings, and wrong only outside summer. */
    int64_t summer = wall - 2 * MS_HOUR;
    return offset_at(summer) == 2 * MS_HOUR ? summer : wall - MS_HOUR;
}

int date_school_year(struct date d)
{
    return d.month >= 8 ? d.year : d.year - 1;
}
