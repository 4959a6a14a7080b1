/* Sentences with values, and dates as people read them. */
#include <assert.h>
#include <stdarg.h>

#include "base/arena.h"
#include "base/buf.h"
#include "i18n/tr.h"

#define VALUES_MAX 10 /* {0} … {9} */
#define DAYS_IN_WEEK 7
#define MONTHS_IN_YEAR 12

/* Tables rather than ids in the catalogue: "mei" is both May and its abbreviation. */
static const char *const WEEKDAYS[LANG_COUNT][DAYS_IN_WEEK] = {
    [LANG_NL] = {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"},
    [LANG_EN] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
};

static const char *const MONTHS[LANG_COUNT][MONTHS_IN_YEAR] = {
    [LANG_NL] = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
                 "september", "oktober", "november", "december"},
    [LANG_EN] = {"January", "February", "March", "April", "May", "June", "July", "August",
                 "September", "October", "November", "December"},
};

static const char *const MONTHS_SHORT[LANG_COUNT][MONTHS_IN_YEAR] = {
    [LANG_NL] = {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov",
                 "dec"},
    [LANG_EN] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                 "Dec"},
};

/* Fills {0} … {9}; what is in a value is never looked at again. A number without value stays. */
static char *fill(struct arena *arena, const char *text, const char *const *values, int count)
{
    size_t len = 0;
    char *filled = NULL;
    for (int pass = 0; pass < 2; pass++) { /* first measure, then write */
        len = 0;
        for (const char *p = text; *p;) {
            const char *piece = p;
            size_t piece_len = 1;
            bool holder = p[0] == '{' && p[1] >= '0' && p[1] < '0' + count && p[2] == '}';
            if (holder) {
                piece = values[p[1] - '0'];
                piece_len = strlen(piece);
            }
            if (filled)
                memcpy(filled + len, piece, piece_len);
            len += piece_len;
            p += holder ? 3 : 1;
        }
        if (!filled)
            filled = arena_alloc(arena, len + 1);
        if (!filled)
            return arena_strdup(arena, "");
    }
    return filled;
}

static const char *vfill(struct arena *arena, const char *text, int count, va_list args)
{
    assert(count >= 0 && count <= VALUES_MAX);
    const char *values[VALUES_MAX];
    for (int i = 0; i < count; i++) {
        const char *value = va_arg(args, const char *);
        values[i] = value ? value : "";
    }
    return fill(arena, text, values, count);
}

const char *trf(const struct tr *t, struct arena *arena, const char *id, int count, ...)
{
    va_list args;
    va_start(args, count);
    const char *text = vfill(arena, tr(t, id), count, args);
    va_end(args);
    return text;
}

static const char *weekday(const struct tr *t, struct date d)
{
    return WEEKDAYS[tr_lang(t)][date_weekday(d) - 1];
}

static const char *month(const struct tr *t, struct date d)
{
    return MONTHS[tr_lang(t)][d.month - 1];
}

const char *tr_date_long(const struct tr *t, struct arena *arena, struct date d)
{
    if (!date_valid(d))
        return "";
    return arena_printf(arena, "%s %d %s %d", weekday(t, d), d.day, month(t, d), d.year);
}

const char *tr_date_day(const struct tr *t, struct arena *arena, struct date d, struct date today)
{
    if (!date_valid(d))
        return "";
    if (!date_valid(today))
        return tr_date_long(t, arena, d);
    switch (date_to_days(d) - date_to_days(today)) {
    case -1:
        return tr(t, "yesterday");
    case 0:
        return tr(t, "today");
    case 1:
        return tr(t, "tomorrow");
    default:
        break;
    }
    if (d.year != today.year)
        return tr_date_long(t, arena, d);
    return arena_printf(arena, "%s %d %s", weekday(t, d), d.day, month(t, d));
}

const char *tr_date_short(const struct tr *t, struct arena *arena, struct date d)
{
    if (!date_valid(d))
        return "";
    return arena_printf(arena, "%d %s", d.day, MONTHS_SHORT[tr_lang(t)][d.month - 1]);
}

const char *tr_date_full(const struct tr *t, struct arena *arena, struct date d)
{
    if (!date_valid(d))
        return "";
    return arena_printf(arena, "%d %s %d", d.day, month(t, d), d.year);
}

const char *tr_time(const struct tr *t, struct arena *arena, struct local_time time)
{
    /* "9.05" in Dutch school letters, "09:05" in English. */
    const char *format = tr_lang(t) == LANG_NL ? "%d.%02d" : "%02d:%02d";
    return arena_printf(arena, format, time.hour, time.minute);
}
