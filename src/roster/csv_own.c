#include <assert.h>

#include "base/str.h"
#include "i18n/tr.h"
#include "roster/csv.h"
#include "roster/csv_headers.h"
#include "roster/names.h"
#include "roster/readers.h"

struct own {
    struct roster_build *b;
    struct csv csv;
    enum roster_field fields[CSV_COLUMNS_MAX]; /* of each column */
    const char *dropped_name[CSV_COLUMNS_MAX];
    size_t dropped[CSV_COLUMNS_MAX];
    size_t cell[ROSTER_FIELDS]; /* position + 1; 0 = not there */
    size_t width;
    bool staff_file;
};

static struct roster_at at_cell(const struct own *o, enum roster_field field)
{
    static const char *const names[ROSTER_FIELDS] = {
        [ROSTER_FIELD_NONE] = "",
        [ROSTER_FIELD_KEY] = "leerlingnummer",
        [ROSTER_FIELD_CALL_NAME] = "roepnaam",
        [ROSTER_FIELD_GIVEN_NAMES] = "voornamen",
        [ROSTER_FIELD_INITIALS] = "voorletters",
        [ROSTER_FIELD_PREFIX] = "voorvoegsel",
        [ROSTER_FIELD_FAMILY_NAME] = "achternaam",
        [ROSTER_FIELD_BORN] = "geboortedatum",
        [ROSTER_FIELD_GROUP] = "groep",
        [ROSTER_FIELD_OTHER_GROUPS] = "lesgroepen",
        [ROSTER_FIELD_YEAR] = "jaargroep",
        [ROSTER_FIELD_LOCATION] = "vestiging",
        [ROSTER_FIELD_LEFT_ON] = "uitstroomdatum",
        [ROSTER_FIELD_TEACHER_EMAIL] = "leerkracht_email",
        [ROSTER_FIELD_STAFF_EMAIL] = "email",
        [ROSTER_FIELD_STAFF_ROLE] = "functie",
        [ROSTER_FIELD_STAFF_GROUPS] = "groepen",
    };
    return (struct roster_at){"", o->csv.line, (unsigned)o->cell[field], names[field]};
}

/* Keeps the header for a mapping screen and gives each column its folded name. */
static const char **keep_header(struct own *o)
{
    struct roster_build *b = o->b;
    const char **header = ARENA_ARRAY(b->arena, const char *, o->csv.count);
    const char **folded = ARENA_ARRAY(b->arena, const char *, o->csv.count);
    if (!header || !folded)
        return NULL;
    for (size_t i = 0; i < o->csv.count; i++) {
        header[i] = build_key(b, csv_cell(&o->csv, i));
        folded[i] = str_sort_key(b->arena, header[i]);
    }
    b->set.header = header;
    b->set.header_count = o->csv.count;
    return folded;
}

static enum roster_field mapped_field(const struct roster_options *options, size_t i)
{
    for (size_t k = 0; k < options->column_count; k++)
        if (options->columns[k].number == i + 1)
            return options->columns[k].field;
    return ROSTER_FIELD_NONE;
}

/* A staff file has addresses and no pupil numbers. */
static bool is_staff_header(const struct own *o, const char *const folded[])
{
    const struct roster_options *options = o->b->options;
    bool email = false;
    for (size_t i = 0; i < o->csv.count; i++) {
        if (options->column_count) {
            email = email || mapped_field(options, i) == ROSTER_FIELD_STAFF_EMAIL;
            continue;
        }
        enum roster_field field = csv_pupil_field(folded[i]);
        if (field == ROSTER_FIELD_KEY || field == ROSTER_FIELD_BORN)
            return false;
        email = email || csv_staff_field(folded[i]) == ROSTER_FIELD_STAFF_EMAIL;
    }
    return email;
}

static void use_column(struct own *o, size_t i, enum roster_field field)
{
    o->fields[i] = field;
    o->csv.skip[i] = field == ROSTER_FIELD_NONE;
    if (field == ROSTER_FIELD_NONE)
        return;
    bool twice = o->cell[field] != 0;
    o->cell[field] = i + 1;
    struct roster_at at = at_cell(o, field);
    if (twice)
        build_problem(o->b, ROSTER_COLUMN_TWICE, at, at.column_name);
}

static void map_columns(struct own *o, const char *const folded[])
{
    const struct roster_options *options = o->b->options;
    size_t count = o->csv.count;
    for (size_t i = 0; i < count; i++) {
        enum roster_field field =
            o->staff_file ? csv_staff_field(folded[i]) : csv_pupil_field(folded[i]);
        if (options->column_count)
            field = mapped_field(options, i);
        o->dropped_name[i] = csv_forbidden(folded[i]);
        /* A pupil's own address is of no use before it can sign in; nothing is kept "in case". */
        if (!o->dropped_name[i] && field == ROSTER_FIELD_NONE &&
            csv_staff_field(folded[i]) == ROSTER_FIELD_STAFF_EMAIL)
            o->dropped_name[i] = "email";
        bool unknown = field == ROSTER_FIELD_NONE && !o->dropped_name[i] && *folded[i];
        if (unknown && !options->column_count)
            build_problem(o->b, ROSTER_COLUMN_UNKNOWN,
                          (struct roster_at){"", o->csv.line, (unsigned)i + 1, ""}, NULL);
        use_column(o, i, o->dropped_name[i] ? ROSTER_FIELD_NONE : field);
    }
}

static void need(struct own *o, enum roster_field field)
{
    struct roster_at at = at_cell(o, field);
    if (!o->cell[field])
        build_problem(o->b, ROSTER_COLUMN_MISSING, at, at.column_name);
}

/* False when the file cannot be read with this header. */
static bool read_header(struct own *o)
{
    const char **folded = keep_header(o);
    if (!folded)
        return false;
    size_t known = 0;
    size_t errors = o->b->set.error_count;
    for (size_t i = 0; i < o->csv.count; i++)
        known += csv_pupil_field(folded[i]) || csv_staff_field(folded[i]);
    o->width = o->csv.count;
    o->staff_file = is_staff_header(o, folded);
    if (known < 2 && !o->b->options->column_count) {
        build_problem(o->b, ROSTER_CSV_HEADER_UNKNOWN, (struct roster_at){"", o->csv.line, 0, ""},
                      NULL);
        return false;
    }
    map_columns(o, folded);
    need(o, o->staff_file ? ROSTER_FIELD_STAFF_EMAIL : ROSTER_FIELD_KEY);
    return o->b->set.error_count == errors;
}

/*
 * Our own files carry a ' before cells that a spreadsheet could take for a formula; it goes off
 * again. The ' of 's-Gravenhage and 't Hart stays.
 */
static const char *raw(const struct own *o, enum roster_field field)
{
    if (!o->cell[field])
        return "";
    const char *text = csv_cell(&o->csv, o->cell[field] - 1);
    return text[0] == '\'' && text[1] && strchr("=+-@\t", text[1]) ? text + 1 : text;
}

static const char *text_of(struct own *o, enum roster_field field)
{
    return build_text(o->b, raw(o, field), at_cell(o, field));
}

static void read_name(struct own *o, struct roster_name *name, struct roster_at at)
{
    name->call_name = text_of(o, ROSTER_FIELD_CALL_NAME);
    name->given_names = text_of(o, ROSTER_FIELD_GIVEN_NAMES);
    name->initials = text_of(o, ROSTER_FIELD_INITIALS);
    name->prefix = text_of(o, ROSTER_FIELD_PREFIX);
    name->family_name = text_of(o, ROSTER_FIELD_FAMILY_NAME);
    name_split_prefix(o->b->arena, name);
    build_name(o->b, name, at);
}

/* 1,23457E+11: the number is gone for good. */
static bool is_mangled(const char *key)
{
    size_t digits = strspn(key, "0123456789.,");
    return digits > 0 && (key[digits] == 'E' || key[digits] == 'e') && key[digits + 1] == '+';
}

/* The group with this name, made when it is new; case and accents make no difference. */
static struct roster_group *group_named(struct own *o, const char *name,
                                        enum roster_group_kind kind)
{
    const char *key = str_sort_key(o->b->arena, name);
    struct roster_group *groups = o->b->groups.items;
    for (size_t i = 0; i < o->b->groups.count; i++)
        if (str_equal(groups[i].id.key, key))
            return &groups[i];
    struct roster_group *group = build_group(o->b, o->csv.line);
    if (group) {
        group->id.key = key;
        group->name = name;
        group->kind = kind;
    }
    return group;
}

/* A group takes the year of its pupils; when they differ it is a combination. */
static void add_year_to_group(struct roster_group *group, enum roster_year year)
{
    if (year == ROSTER_YEAR_UNKNOWN || group->year == year)
        return;
    group->year = group->year == ROSTER_YEAR_UNKNOWN ? year : ROSTER_YEAR_COMBINED;
}

static struct staff_draft *staff_with_email(struct own *o, const char *email)
{
    struct staff_draft *staff = o->b->staff.items;
    for (size_t i = 0; i < o->b->staff.count; i++)
        if (str_equal(staff[i].staff.id.key, email))
            return &staff[i];
    struct staff_draft *draft = build_staff(o->b, o->csv.line);
    if (draft) {
        draft->staff.id.key = draft->staff.email = email;
        draft->staff.name.display = draft->staff.name.sort = email;
    }
    return draft;
}

static void add_staff_group(struct own *o, struct staff_draft *draft, const char *group)
{
    const struct roster_staff_group *links = draft->groups.items;
    for (size_t i = 0; i < draft->groups.count; i++)
        if (str_equal(links[i].group, group))
            return;
    struct roster_staff_group *link =
        LIST_ADD(o->b->arena, &draft->groups, struct roster_staff_group);
    if (link)
        *link = (struct roster_staff_group){.group = group, .role = ""};
}

static enum roster_year read_year(struct own *o, const char *text)
{
    enum roster_year year = year_parse_dutch(o->b->arena, text);
    if (year == ROSTER_YEAR_UNKNOWN && *text)
        build_problem(o->b, ROSTER_YEAR_NOT_LISTED, at_cell(o, ROSTER_FIELD_YEAR), NULL);
    return build_year(o->b, year);
}

static const char *email_of(struct own *o, enum roster_field field)
{
    return str_lower_ascii(o->b->arena, build_key(o->b, raw(o, field)));
}

static void join_home_group(struct own *o, struct roster_pupil *pupil)
{
    const char *name = text_of(o, ROSTER_FIELD_GROUP);
    if (!*name)
        return;
    struct roster_group *group = group_named(o, name, ROSTER_GROUP_HOME);
    if (!group)
        return;
    pupil->home_group = group->id.key;
    add_year_to_group(group, pupil->year);
    const char *teacher = email_of(o, ROSTER_FIELD_TEACHER_EMAIL);
    struct staff_draft *staff = *teacher ? staff_with_email(o, teacher) : NULL;
    if (staff)
        add_staff_group(o, staff, pupil->home_group);
}

static void join_other_groups(struct own *o, struct pupil_draft *draft)
{
    char *rest = arena_strdup(o->b->arena, text_of(o, ROSTER_FIELD_OTHER_GROUPS));
    for (char *one; !build_stopped(o->b) && (one = str_split(&rest, ',')) != NULL;) {
        const char *name = build_key(o->b, one);
        struct roster_group *group = *name ? group_named(o, name, ROSTER_GROUP_OTHER) : NULL;
        const char **place =
            group ? LIST_ADD(o->b->arena, &draft->other_groups, const char *) : NULL;
        if (place)
            *place = group->id.key;
    }
}

static void join_location(struct own *o, struct roster_pupil *pupil)
{
    const char *name = text_of(o, ROSTER_FIELD_LOCATION);
    pupil->location = str_sort_key(o->b->arena, name);
    const struct roster_location *locations = o->b->locations.items;
    for (size_t i = 0; i < o->b->locations.count; i++)
        if (str_equal(locations[i].id.key, pupil->location))
            return;
    struct roster_location *location = *name ? build_location(o->b, o->csv.line) : NULL;
    if (location) {
        location->id.key = pupil->location;
        location->name = name;
    }
}

static void read_pupil(struct own *o)
{
    struct roster_build *b = o->b;
    struct pupil_draft *draft = build_pupil(b, o->csv.line);
    if (!draft)
        return;
    struct roster_pupil *pupil = &draft->pupil;
    pupil->id.key = build_key(b, raw(o, ROSTER_FIELD_KEY));
    if (is_mangled(pupil->id.key))
        build_problem(b, ROSTER_KEY_MANGLED, at_cell(o, ROSTER_FIELD_KEY), NULL);
    read_name(o, &pupil->name, at_cell(o, ROSTER_FIELD_FAMILY_NAME));
    pupil->born = build_date(b, raw(o, ROSTER_FIELD_BORN), at_cell(o, ROSTER_FIELD_BORN));
    pupil->left_on = build_date(b, raw(o, ROSTER_FIELD_LEFT_ON), at_cell(o, ROSTER_FIELD_LEFT_ON));
    pupil->year_text = text_of(o, ROSTER_FIELD_YEAR);
    pupil->year = read_year(o, pupil->year_text);
    join_home_group(o, pupil);
    join_other_groups(o, draft);
    join_location(o, pupil);
}

static void read_staff(struct own *o)
{
    struct roster_build *b = o->b;
    struct staff_draft *draft = build_staff(b, o->csv.line);
    if (!draft)
        return;
    draft->staff.id.key = draft->staff.email = email_of(o, ROSTER_FIELD_STAFF_EMAIL);
    read_name(o, &draft->staff.name, at_cell(o, ROSTER_FIELD_FAMILY_NAME));
    draft->staff.role = text_of(o, ROSTER_FIELD_STAFF_ROLE);
    char *rest = arena_strdup(b->arena, text_of(o, ROSTER_FIELD_STAFF_GROUPS));
    for (char *one; !build_stopped(b) && (one = str_split(&rest, ',')) != NULL;) {
        const char *group = str_sort_key(b->arena, one);
        if (*group)
            add_staff_group(o, draft, group);
    }
}

/* Counts what is dropped and judges the width. False when the row may not be used. */
static bool check_row(struct own *o)
{
    const struct csv *csv = &o->csv;
    struct roster_at at = {"", csv->line, 0, ""};
    for (size_t i = 0; i < csv->count && i < o->width; i++)
        o->dropped[i] += o->dropped_name[i] && csv->filled[i];
    for (size_t i = o->width; i < csv->count; i++)
        if (csv->filled[i]) {
            at.column = (unsigned)i + 1;
            build_problem(o->b, ROSTER_CSV_ROW_WIDE, at, NULL);
            return false;
        }
    if (csv->count < o->width)
        build_problem(o->b, ROSTER_CSV_ROW_FILLED, at, NULL);
    for (size_t i = 0; i < csv->count && i < o->width; i++)
        if (csv->filled[i])
            return true;
    return false; /* nothing but separators: spreadsheets leave such rows behind */
}

static void csv_stopped(struct own *o)
{
    o->b->unreadable = true;
    if (o->csv.status == OK)
        build_problem(o->b, o->csv.problem,
                      (struct roster_at){"", o->csv.problem_line, o->csv.problem_column, ""},
                      o->csv.problem_arg);
}

static void read_rows(struct own *o)
{
    while (!build_stopped(o->b)) {
        enum csv_step step = csv_next(&o->csv);
        if (step == CSV_STOPPED)
            csv_stopped(o);
        if (step != CSV_ROW)
            return;
        if (!check_row(o))
            continue;
        if (o->staff_file)
            read_staff(o);
        else
            read_pupil(o);
    }
}

/*
 * Numbers that a school pads to one length lose their zeros in a spreadsheet: then most keys have
 * the full length, a few are shorter, and none starts with a zero.
 */
static void check_zeros(struct roster_build *b)
{
    const struct pupil_draft *pupils = b->pupils.items;
    size_t count = b->pupils.count;
    size_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        const char *key = pupils[i].pupil.id.key;
        size_t len = strlen(key);
        if (key[0] == '0' || strspn(key, "0123456789") != len)
            return;
        longest = len > longest ? len : longest;
    }
    size_t shorter = 0;
    for (size_t i = 0; i < count; i++)
        shorter += strlen(pupils[i].pupil.id.key) < longest;
    if (longest >= 4 && shorter > 0 && shorter * 10 <= count * 3)
        build_problem(b, ROSTER_ZEROS_LOST, (struct roster_at){"", 0, 0, "leerlingnummer"},
                      build_number(b, shorter));
}

static void finish(struct own *o)
{
    struct roster_build *b = o->b;
    for (size_t i = 0; i < o->width; i++)
        if (o->dropped_name[i])
            build_drop(b, o->dropped_name[i], o->dropped[i]);
    if (b->unreadable || build_stopped(b))
        return;
    check_zeros(b);
    struct roster_at whole = {"", 0, 0, ""};
    bool nobody = o->staff_file ? b->staff.count == 0 : b->pupils.count == 0;
    if (nobody && b->set.error_count == 0)
        build_problem(b, o->staff_file ? ROSTER_FILE_EMPTY : ROSTER_NO_PUPILS, whole, NULL);
    b->set.covers =
        o->staff_file ? ROSTER_COVERS_STAFF : ROSTER_COVERS_PUPILS | ROSTER_COVERS_GROUPS;
    if (date_is_set(b->options->today))
        b->set.school_year = date_school_year(b->options->today);
}

static void read_all(struct own *o, struct stream *stream)
{
    if (csv_open(&o->csv, stream, true) != OK) {
        csv_stopped(o);
        return;
    }
    enum csv_step step = csv_next(&o->csv);
    if (step == CSV_STOPPED)
        csv_stopped(o);
    else if (step == CSV_END)
        build_problem(o->b, ROSTER_FILE_EMPTY, (struct roster_at){"", 0, 0, ""}, NULL);
    else if (read_header(o))
        read_rows(o);
    else
        o->b->unreadable = true;
}

enum status csv_own_read(struct roster_build *b, struct package *package)
{
    assert(b && package);
    b->set.format = ROSTER_CSV;
    b->pupil_at.column_name = "leerlingnummer";
    b->staff_at.column_name = "email";
    b->group_at.column_name = "groep";
    struct stream stream;
    enum status st = input_open(package, "", &stream);
    if (st != OK)
        return st;
    struct own *o = ARENA_NEW(b->arena, struct own);
    if (o) {
        o->b = b;
        read_all(o, &stream);
        st = o->csv.status;
        finish(o);
        csv_close(&o->csv);
    } else {
        st = ERR_NOMEM;
    }
    input_close(&stream);
    return st;
}
