#include <assert.h>
#include <expat.h>
#include <strings.h>

#include "base/buf.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "roster/edexml_rules.h"
#include "roster/encoding.h"
#include "roster/names.h"
#include "roster/readers.h"

#define CHUNK (64 * 1024)
#define DEPTH_MAX 32
#define TAG_MAX ((size_t)1024 * 1024) /* a tag or comment that never ends would fill memory */
#define NAMESPACE_MARK '|'

struct edexml {
    struct roster_build *b;
    XML_Parser parser;
    bool stopped;    /* a problem after which nothing more is read */
    bool seen_event; /* since the last chunk went in */

    const struct xml_rule *stack[DEPTH_MAX];
    size_t depth;
    struct buf text; /* of the field that is open */
    size_t text_len; /* of any element's own text, kept or not */
    bool seen_root, seen_groups, seen_staff;
    size_t unknown;
    unsigned first_unknown_line;
    bool seen_year;
    struct date made_on, reference;

    /* The entry that is open. Pointers into lists, right until the next entry of that kind. */
    struct roster_location *location;
    struct roster_group *group;
    struct pupil_draft *pupil;
    struct staff_draft *staff;
    struct roster_staff_group *link;
    struct roster_name name;
};

static struct roster_at here(const struct edexml *x, const char *element)
{
    return (struct roster_at){"", (unsigned)XML_GetCurrentLineNumber(x->parser),
                              (unsigned)XML_GetCurrentColumnNumber(x->parser) + 1, element};
}

static void stop(struct edexml *x, enum roster_message message, const char *arg)
{
    if (x->stopped)
        return;
    build_problem(x->b, message, here(x, ""), arg);
    x->b->unreadable = true;
    x->stopped = true;
    (void)XML_StopParser(x->parser, XML_FALSE); /* fails only when parsing is over anyhow */
}

static unsigned line_of(const struct edexml *x)
{
    return (unsigned)XML_GetCurrentLineNumber(x->parser);
}

/* The cleaned value of the attribute `key`, "" when there is none. eckid is seen and left alone. */
static const char *read_key(struct edexml *x, const char **attributes)
{
    const char *key = "";
    for (; *attributes; attributes += 2) {
        if (str_equal(attributes[0], "key"))
            key = build_key(x->b, attributes[1]);
        else if (str_equal(attributes[0], "eckid"))
            build_drop(x->b, "eckid", 1);
    }
    return key;
}

static const struct roster_name no_name = {"", "", "", "", "", "", ""};

static void start_group(struct edexml *x, enum roster_group_kind kind, const char *key)
{
    x->group = build_group(x->b, line_of(x));
    if (x->group) {
        x->group->id.key = key;
        x->group->kind = kind;
    }
}

static void start_pupil(struct edexml *x, const char *key)
{
    x->name = no_name;
    x->pupil = build_pupil(x->b, line_of(x));
    if (x->pupil)
        x->pupil->pupil.id.key = key;
}

static void start_staff(struct edexml *x, const char *key)
{
    x->name = no_name;
    x->staff = build_staff(x->b, line_of(x));
    if (x->staff)
        x->staff->staff.id.key = key;
}

static void add_pupil_group(struct edexml *x, const char *key)
{
    if (!*key || !x->pupil)
        return;
    const char **place = LIST_ADD(x->b->arena, &x->pupil->other_groups, const char *);
    if (place)
        *place = key;
}

static void add_staff_group(struct edexml *x, const char *key)
{
    x->link = NULL;
    if (!*key || !x->staff)
        return;
    x->link = LIST_ADD(x->b->arena, &x->staff->groups, struct roster_staff_group);
    if (x->link)
        *x->link = (struct roster_staff_group){.group = key, .role = ""};
}

static void start_place(struct edexml *x, enum place place, const char **attributes)
{
    switch ((int)place) {
    case PLACE_ROOT:
        x->seen_root = true;
        break;
    case PLACE_GROUPS:
        x->seen_groups = true;
        break;
    case PLACE_STAFFS:
        x->seen_staff = true;
        break;
    case PLACE_LOCATION:
        x->location = build_location(x->b, line_of(x));
        if (x->location)
            x->location->id.key = read_key(x, attributes);
        break;
    case PLACE_GROUP:
        start_group(x, ROSTER_GROUP_HOME, read_key(x, attributes));
        break;
    case PLACE_COMBINED:
        start_group(x, ROSTER_GROUP_COMBINED, read_key(x, attributes));
        break;
    case PLACE_PUPIL:
        start_pupil(x, read_key(x, attributes));
        break;
    case PLACE_PUPIL_GROUP:
        if (x->pupil)
            x->pupil->pupil.home_group = read_key(x, attributes);
        break;
    case PLACE_PUPIL_COMBINED:
        add_pupil_group(x, read_key(x, attributes));
        break;
    case PLACE_PUPIL_LOCATION:
        if (x->pupil)
            x->pupil->pupil.location = read_key(x, attributes);
        break;
    case PLACE_STAFF:
        start_staff(x, read_key(x, attributes));
        break;
    case PLACE_STAFF_GROUP:
        add_staff_group(x, read_key(x, attributes));
        break;
    default:
        break;
    }
}

static enum place place_now(const struct edexml *x)
{
    return x->depth ? x->stack[x->depth - 1]->place : PLACE_OUTSIDE;
}

static void XMLCALL on_start(void *user, const char *name, const char **attributes)
{
    struct edexml *x = user;
    x->seen_event = true;
    if (x->stopped)
        return;
    if (x->depth == DEPTH_MAX) {
        stop(x, ROSTER_XML_DEPTH, "32");
        return;
    }
    const char *mark = strrchr(name, NAMESPACE_MARK);
    const struct xml_rule *rule = xml_rule_find(place_now(x), mark ? mark + 1 : name);
    x->stack[x->depth++] = rule;
    x->text_len = 0;
    buf_reset(&x->text);
    if (rule->place == PLACE_DROP)
        build_drop(x->b, rule->name, 1);
    if (rule->place == PLACE_UNKNOWN && x->unknown++ == 0)
        x->first_unknown_line = line_of(x);
    start_place(x, rule->place, attributes);
    if (build_stopped(x->b)) {
        x->stopped = true;
        (void)XML_StopParser(x->parser, XML_FALSE);
    }
}

static void XMLCALL on_text(void *user, const char *text, int len)
{
    struct edexml *x = user;
    x->seen_event = true;
    if (x->stopped)
        return;
    x->text_len += (size_t)len;
    if (x->text_len > ROSTER_TEXT_MAX)
        stop(x, ROSTER_TEXT_TOO_LONG, "64");
    else if (place_now(x) == PLACE_FIELD)
        buf_add(&x->text, text, (size_t)len);
}

/* Roles are words to show; several become one text. */
static const char *with_role(struct edexml *x, const char *roles, const char *role)
{
    if (!*role)
        return roles;
    return *roles ? arena_printf(x->b->arena, "%s, %s", roles, role) : role;
}

static void set_role(struct edexml *x, const char *role)
{
    if (place_now(x) == PLACE_STAFF_GROUP) {
        if (x->link)
            x->link->role = with_role(x, x->link->role, role);
    } else if (x->staff) {
        x->staff->staff.role = with_role(x, x->staff->staff.role, role);
    }
}

static void set_year(struct edexml *x, const char *text)
{
    enum roster_year year = year_parse(text);
    if (year == ROSTER_YEAR_UNKNOWN && *text)
        build_problem(x->b, ROSTER_YEAR_NOT_LISTED, here(x, "jaargroep"), NULL);
    year = build_year(x->b, year);
    if (place_now(x) == PLACE_GROUP && x->group) {
        x->group->year = year;
        x->group->year_text = text;
    } else if (place_now(x) == PLACE_PUPIL && x->pupil) {
        x->pupil->pupil.year = year;
        x->pupil->pupil.year_text = text;
    }
}

/* "2025-2026" -> 2025; -1 when it is not two consecutive years. */
static int school_year_start(const char *text)
{
    if (strlen(text) != 9 || text[4] != '-')
        return -1;
    int years[2] = {0, 0};
    for (int i = 0; i < 9; i++) {
        if (i == 4)
            continue;
        if (text[i] < '0' || text[i] > '9')
            return -1;
        years[i > 4] = years[i > 4] * 10 + (text[i] - '0');
    }
    return years[0] >= 1900 && years[1] == years[0] + 1 ? years[0] : -1;
}

static void set_school_year(struct edexml *x, const char *text)
{
    int start = school_year_start(text);
    x->seen_year = *text != '\0';
    if (start >= 0)
        x->b->set.school_year = start;
    else if (x->seen_year)
        build_problem(x->b, ROSTER_SCHOOL_YEAR_BAD, here(x, "schooljaar"), NULL);
}

static void set_school_field(struct edexml *x, enum xml_field field, const char *text)
{
    struct roster *set = &x->b->set;
    if (field == XML_SCHOOL_YEAR)
        set_school_year(x, text);
    else if (field == XML_REFERENCE_DAY)
        x->reference = build_date(x->b, text, here(x, "peildatum"));
    else if (field == XML_MADE_AT)
        x->made_on = build_date(x->b, text, here(x, "aanmaakdatum"));
    else if (field == XML_BRANCH)
        set->location = str_equal(text, "00") ? "" : text;
    else if (is_brin(text))
        set->brin = text;
    else if (*text)
        build_problem(x->b, ROSTER_BRIN_BAD, here(x, "brincode"), NULL);
}

static void set_entry_name(struct edexml *x, const char *text)
{
    if (place_now(x) == PLACE_LOCATION && x->location)
        x->location->name = text;
    else if (x->group)
        x->group->name = text;
}

static void set_field(struct edexml *x, const struct xml_rule *rule)
{
    struct roster_build *b = x->b;
    bool person = rule->in == PLACE_PUPIL || rule->in == PLACE_STAFF;
    bool words = person && rule->field != XML_BORN && rule->field != XML_LEFT_ON;
    const char *text = words || rule->field == XML_NAME
                           ? build_text(b, x->text.data, here(x, rule->name))
                           : build_key(b, x->text.data);
    switch (rule->field) {
    case XML_SCHOOL_YEAR:
    case XML_REFERENCE_DAY:
    case XML_MADE_AT:
    case XML_BRIN:
    case XML_BRANCH:
        set_school_field(x, rule->field, text);
        break;
    case XML_NAME:
        set_entry_name(x, text);
        break;
    case XML_YEAR:
        set_year(x, text);
        break;
    case XML_FAMILY_NAME:
        x->name.family_name = text;
        break;
    case XML_PREFIX:
        x->name.prefix = text;
        break;
    case XML_GIVEN_NAMES:
        x->name.given_names = text;
        break;
    case XML_INITIALS:
        x->name.initials = text;
        break;
    case XML_CALL_NAME:
        x->name.call_name = text;
        break;
    case XML_BORN:
        if (x->pupil)
            x->pupil->pupil.born = build_date(b, text, here(x, "geboortedatum"));
        break;
    case XML_LEFT_ON:
        if (x->pupil)
            x->pupil->pupil.left_on = build_date(b, text, here(x, "uitstroomdatum"));
        break;
    case XML_EMAIL:
        if (x->staff)
            x->staff->staff.email = str_lower_ascii(b->arena, text);
        break;
    case XML_ROLE:
        set_role(x, text);
        break;
    case XML_NONE:
        break;
    }
}

static void end_group(struct edexml *x)
{
    if (x->group && !*x->group->name) {
        build_problem(x->b, ROSTER_GROUP_NAME_MISSING, here(x, "naam"), NULL);
        x->group->name = x->group->id.key;
    }
    x->group = NULL;
}

static void end_place(struct edexml *x, enum place place)
{
    if (place == PLACE_GROUP || place == PLACE_COMBINED) {
        end_group(x);
    } else if (place == PLACE_PUPIL && x->pupil) {
        build_name(x->b, &x->name, (struct roster_at){"", x->pupil->pupil.id.line, 0, "leerling"});
        x->pupil->pupil.name = x->name;
        x->pupil = NULL;
    } else if (place == PLACE_STAFF && x->staff) {
        build_name(x->b, &x->name,
                   (struct roster_at){"", x->staff->staff.id.line, 0, "leerkracht"});
        x->staff->staff.name = x->name;
        x->staff = NULL;
    } else if (place == PLACE_STAFF_GROUP) {
        x->link = NULL;
    } else if (place == PLACE_LOCATION) {
        x->location = NULL;
    }
}

static void XMLCALL on_end(void *user, const char *name UNUSED)
{
    struct edexml *x = user;
    x->seen_event = true;
    if (x->stopped)
        return;
    const struct xml_rule *rule = x->stack[--x->depth];
    if (rule->place == PLACE_FIELD)
        set_field(x, rule);
    else
        end_place(x, rule->place);
    x->text_len = 0;
    buf_reset(&x->text);
}

static void XMLCALL on_doctype(void *user, const char *name UNUSED, const char *system UNUSED,
                               const char *public UNUSED, int has_subset UNUSED)
{
    stop(user, ROSTER_XML_DOCTYPE, NULL);
}

static void XMLCALL on_declaration(void *user, const char *version UNUSED, const char *encoding,
                                   int standalone UNUSED)
{
    struct edexml *x = user;
    x->seen_event = true;
    x->b->fold_latin1 = encoding && strcasecmp(encoding, "ISO-8859-1") == 0;
}

/* Comments, instructions and the like: of no use, but a sign of life. */
static void XMLCALL on_other(void *user, const char *text UNUSED, int len UNUSED)
{
    struct edexml *x = user;
    x->seen_event = true;
}

static int XMLCALL on_encoding(void *data UNUSED, const char *name, XML_Encoding *info)
{
    static const char *const names[] = {"windows-1252", "cp1252", "latin1", "ISO8859-1"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strcasecmp(name, names[i]) != 0)
            continue;
        for (unsigned byte = 0; byte < 256; byte++) {
            uint32_t code = cp1252_code((uint8_t)byte);
            info->map[byte] = code == 0xFFFD ? -1 : (int)code;
        }
        info->data = NULL;
        info->convert = NULL;
        info->release = NULL;
        return XML_STATUS_OK;
    }
    return XML_STATUS_ERROR;
}

/* A byte beyond ASCII where the parser gave up means that the declared encoding is wrong. */
static bool stopped_at_high_byte(const struct edexml *x, const char *chunk, size_t len,
                                 size_t before)
{
    XML_Index at = XML_GetCurrentByteIndex(x->parser);
    if (at < 0 || (size_t)at < before || (size_t)at >= before + len)
        return false;
    return (unsigned char)chunk[(size_t)at - before] >= 0x80;
}

static enum status parse_failed(struct edexml *x, const char *chunk, size_t len, size_t before)
{
    if (x->stopped)
        return OK;
    enum XML_Error error = XML_GetErrorCode(x->parser);
    if (error == XML_ERROR_NO_MEMORY)
        return ERR_NOMEM;
    bool encoding =
        error == XML_ERROR_UNKNOWN_ENCODING || error == XML_ERROR_INCORRECT_ENCODING ||
        (error == XML_ERROR_INVALID_TOKEN && stopped_at_high_byte(x, chunk, len, before));
    stop(x, encoding ? ROSTER_XML_ENCODING : ROSTER_XML_BROKEN, NULL);
    return OK;
}

/* Feeds the whole stream to the parser, or as much as it wants. */
static enum status parse(struct edexml *x, struct stream *stream)
{
    size_t fed = 0;
    size_t silent = 0;
    for (size_t len = 1; len && !x->stopped; fed += len) {
        char *chunk = XML_GetBuffer(x->parser, CHUNK);
        if (!chunk)
            return ERR_NOMEM;
        enum status st = input_read(stream, chunk, CHUNK, &len);
        if (st == ERR_LIMIT || st == ERR_CORRUPT) {
            stop(x, stream->problem, stream->problem_arg);
            return OK;
        }
        if (st != OK)
            return st;
        x->seen_event = false;
        if (XML_ParseBuffer(x->parser, (int)len, len == 0) != XML_STATUS_OK)
            return parse_failed(x, chunk, len, fed);
        silent = x->seen_event ? 0 : silent + len;
        if (silent > TAG_MAX)
            stop(x, ROSTER_XML_TAG_TOO_LONG, "1024");
        if (buf_failed(&x->text) || arena_failed(x->b->arena))
            return ERR_NOMEM;
    }
    return OK;
}

static void finish_school(struct edexml *x)
{
    struct roster_build *b = x->b;
    if (!x->seen_year)
        build_problem(b, b->options->school_known ? ROSTER_SCHOOL_ASSUMED : ROSTER_SCHOOL_MISSING,
                      (struct roster_at){"", 0, 0, "school"}, NULL);
    if (date_is_set(x->reference))
        b->set.reference = x->reference;
    else if (date_is_set(x->made_on))
        b->set.reference = x->made_on;
}

static void finish(struct edexml *x)
{
    struct roster_build *b = x->b;
    if (x->stopped)
        return;
    if (!x->seen_root) {
        build_problem(b, ROSTER_XML_NOT_EDEXML, (struct roster_at){"", 0, 0, ""}, NULL);
        b->unreadable = true;
        return;
    }
    finish_school(x);
    if (b->pupils.count == 0)
        build_problem(b, ROSTER_NO_PUPILS, (struct roster_at){"", 0, 0, "leerlingen"}, NULL);
    if (x->unknown)
        build_problem(b, ROSTER_XML_ELEMENT_UNKNOWN,
                      (struct roster_at){"", x->first_unknown_line, 0, ""},
                      build_number(b, x->unknown));
    b->set.covers = ROSTER_COVERS_PUPILS | (x->seen_groups ? ROSTER_COVERS_GROUPS : 0u) |
                    (x->seen_staff ? ROSTER_COVERS_STAFF : 0u);
}

static void set_handlers(struct edexml *x)
{
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
    XML_SetXmlDeclHandler(x->parser, on_declaration);
    XML_SetDefaultHandler(x->parser, on_other);
    XML_SetUnknownEncodingHandler(x->parser, on_encoding, NULL);
}

enum status edexml_read(struct roster_build *b, struct package *package)
{
    assert(b && package);
    b->set.format = ROSTER_EDEXML;
    b->location_at.column_name = "vestiging key";
    b->group_at.column_name = "groep key";
    b->pupil_at.column_name = "leerling key";
    b->staff_at.column_name = "leerkracht key";

    struct stream stream;
    enum status st = input_open(package, "", &stream);
    if (st != OK)
        return st;
    struct edexml x = {.b = b, .name = no_name};
    x.parser = XML_ParserCreateNS(NULL, NAMESPACE_MARK);
    buf_init(&x.text, ROSTER_TEXT_MAX);
    if (x.parser) {
        set_handlers(&x);
        st = parse(&x, &stream);
        if (st == OK)
            finish(&x);
    } else {
        st = ERR_NOMEM;
    }
    XML_ParserFree(x.parser);
    buf_free(&x.text);
    input_close(&stream);
    return st;
}
