#include "roster/build.h"

#include <assert.h>

#include "base/str.h"
#include "base/utf8.h"
#include "i18n/tr.h"
#include "roster/encoding.h"
#include "roster/names.h"

void build_init(struct roster_build *b, struct arena *arena, const struct roster_options *options)
{
    *b = (struct roster_build){
        .arena = arena,
        .options = options,
        .set = {.brin = "", .location = "", .reference = options->today},
        .location_at = {"", 0, 0, ""},
        .group_at = {"", 0, 0, ""},
        .pupil_at = {"", 0, 0, ""},
        .staff_at = {"", 0, 0, ""},
        .guardian_at = {"", 0, 0, ""},
    };
}

void build_problem(struct roster_build *b, enum roster_message message, struct roster_at at,
                   const char *arg)
{
    enum roster_severity severity = roster_message_severity(message);
    size_t *count = severity == ROSTER_ERROR ? &b->set.error_count : &b->set.warning_count;
    if ((*count)++ >= ROSTER_PROBLEMS_MAX)
        return;
    struct roster_problem *problem = LIST_ADD(b->arena, &b->problems, struct roster_problem);
    if (!problem)
        return;
    *problem = (struct roster_problem){
        .message = message,
        .severity = severity,
        .file = at.file ? at.file : "",
        .line = at.line,
        .column = at.column,
        .column_name = at.column_name ? at.column_name : "",
        .arg = arg ? arg : "",
    };
}

const char *build_number(struct roster_build *b, size_t number)
{
    return arena_printf(b->arena, "%zu", number);
}

void build_drop(struct roster_build *b, const char *field, size_t count)
{
    if (count == 0)
        return;
    struct roster_dropped *dropped = b->dropped.items;
    for (size_t i = 0; i < b->dropped.count; i++)
        if (str_equal(dropped[i].field, field)) {
            dropped[i].count += count;
            return;
        }
    struct roster_dropped *added = LIST_ADD(b->arena, &b->dropped, struct roster_dropped);
    if (added)
        *added = (struct roster_dropped){.field = field, .count = count};
}

static bool is_blank(uint32_t code)
{
    return code <= ' ' || code == 0x7F || code == 0xA0 || code == 0x85 || code == 0x2028 ||
           code == 0x2029;
}

/* Invisible characters that can make a name look like another: directions, zero width, BOM, C1. */
static bool is_invisible(uint32_t code)
{
    return (code >= 0x80 && code < 0xA0) || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) ||
           code == 0xFEFF;
}

const char *build_key(struct roster_build *b, const char *raw)
{
    /* Only C1 folding makes text longer: two bytes become at most three. */
    size_t len = strlen(raw);
    size_t room = b->fold_latin1 ? len + len / 2 + 2 : len + 2;
    char *text = arena_alloc(b->arena, room + 4);
    if (!text)
        return "";
    size_t at = 0;
    for (uint32_t code; (code = utf8_next(&raw)) != 0;) {
        if (b->fold_latin1 && code >= 0x80 && code < 0xA0)
            code = cp1252_code((uint8_t)code);
        if (is_blank(code)) {
            if (at && text[at - 1] != ' ')
                text[at++] = ' ';
        } else if (!is_invisible(code)) {
            char piece[4];
            size_t n = utf8_put(code, piece);
            memcpy(text + at, piece, n);
            at += n;
        }
    }
    if (at && text[at - 1] == ' ')
        at--;
    text[at] = '\0';
    return text;
}

const char *build_text(struct roster_build *b, const char *raw, struct roster_at at)
{
    const char *text = build_key(b, raw);
    if (strlen(text) > ROSTER_NAME_MAX && utf8_chars(text) > ROSTER_NAME_MAX)
        build_problem(b, ROSTER_NAME_LONG, at, build_number(b, ROSTER_NAME_MAX));
    if (holds_national_number(text))
        build_problem(b, ROSTER_TEXT_NATIONAL, at, NULL);
    return text;
}

/* xs:date may carry a time zone, and a supplier may write a dateTime: the day is what counts. */
static bool day_ends_well(const char *rest)
{
    return *rest == '\0' || *rest == 'T' || *rest == 'Z' || *rest == '+' ||
           (*rest == '-' && strlen(rest) == 6);
}

struct date build_date(struct roster_build *b, const char *raw, struct roster_at at)
{
    const char *text = build_key(b, raw);
    struct date date = {0};
    if (!*text)
        return date;
    if (b->set.format == ROSTER_CSV) {
        if (date_parse_dutch(text, &date) != OK)
            build_problem(b, ROSTER_DATE_BAD, at, N_("31-12-2016 or 2016-12-31"));
        return date;
    }
    char day[11] = "";
    size_t len = strlen(text);
    memcpy(day, text, len < 10 ? len : 10);
    if (date_parse(day, &date) != OK || !day_ends_well(text + 10)) {
        build_problem(b, ROSTER_DATE_BAD, at, N_("2016-12-31"));
        return (struct date){0};
    }
    return date;
}

enum roster_year build_year(struct roster_build *b, enum roster_year year)
{
    if (!b->options->secondary)
        return year;
    enum roster_year shifted = year_secondary(year);
    b->shifted_years += shifted != year;
    return shifted;
}

/* A new item of a list with a maximum; the first one past it is a problem. */
static void *add_within(struct roster_build *b, struct list *list, size_t item_size, size_t max,
                        struct roster_at at, unsigned line)
{
    if (list->count >= max) {
        at.line = line;
        if (!b->full)
            build_problem(b, ROSTER_TOO_MANY, at, build_number(b, max));
        b->full = true;
        return NULL;
    }
    struct roster_id *id = list_add(b->arena, list, item_size);
    if (id)
        *id = (struct roster_id){.key = "", .line = line};
    return id;
}

static const struct roster_name no_name = {"", "", "", "", "", "", ""};

struct roster_location *build_location(struct roster_build *b, unsigned line)
{
    struct roster_location *location =
        add_within(b, &b->locations, sizeof *location, ROSTER_LOCATIONS_MAX, b->location_at, line);
    if (location)
        location->name = location->brin = "";
    return location;
}

struct roster_group *build_group(struct roster_build *b, unsigned line)
{
    struct roster_group *group =
        add_within(b, &b->groups, sizeof *group, ROSTER_GROUPS_MAX, b->group_at, line);
    if (group)
        group->name = group->subject = group->year_text = group->location = "";
    return group;
}

struct pupil_draft *build_pupil(struct roster_build *b, unsigned line)
{
    struct pupil_draft *draft =
        add_within(b, &b->pupils, sizeof *draft, ROSTER_PUPILS_MAX, b->pupil_at, line);
    if (draft) {
        draft->pupil.name = no_name;
        draft->pupil.year_text = draft->pupil.home_group = draft->pupil.location = "";
    }
    return draft;
}

struct staff_draft *build_staff(struct roster_build *b, unsigned line)
{
    struct staff_draft *draft =
        add_within(b, &b->staff, sizeof *draft, ROSTER_STAFF_MAX, b->staff_at, line);
    if (draft) {
        draft->staff.name = no_name;
        draft->staff.email = draft->staff.role = "";
    }
    return draft;
}

struct guardian_draft *build_guardian(struct roster_build *b, unsigned line)
{
    struct guardian_draft *draft =
        add_within(b, &b->guardians, sizeof *draft, ROSTER_GUARDIANS_MAX, b->guardian_at, line);
    if (draft) {
        draft->guardian.name = no_name;
        draft->guardian.email = draft->guardian.role = "";
    }
    return draft;
}

void build_name(struct roster_build *b, struct roster_name *name, struct roster_at at)
{
    name_compose(b->arena, name);
    if (!*name->call_name && !*name->given_names && !*name->family_name)
        build_problem(b, ROSTER_NAME_MISSING, at, NULL);
}

bool build_stopped(const struct roster_build *b)
{
    return b->full || arena_failed(b->arena);
}
