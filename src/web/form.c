#include "web/form.h"

#include <assert.h>

#include "base/arena.h"
#include "base/ids.h"
#include "base/str.h"
#include "base/utf8.h"
#include "http/http.h"
#include "i18n/tr.h"
#include "web/body.h"

size_t form_index(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (str_equal(form->fields[i].name, name))
            return i;
    bool declared = false; /* a name that the form does not have is our own mistake */
    assert(declared);
    (void)declared;
    return 0;
}

const char *form_text(const struct form_values *values, const char *name)
{
    return values->text[form_index(values->form, name)];
}

int64_t form_number(const struct form_values *values, const char *name)
{
    return values->number[form_index(values->form, name)];
}

bool form_has_word(const struct form_values *values, const char *name, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = form_text(values, name); *at; at += *at == '\n') {
        size_t line = strcspn(at, "\n");
        if (line == len && memcmp(at, word, len) == 0)
            return true;
        at += line;
    }
    return false;
}

const int64_t *form_ids(const struct form_values *values, const char *name, size_t *ret_count)
{
    size_t i = form_index(values->form, name);
    *ret_count = (size_t)values->number[i];
    return values->ids[i];
}

bool form_has_id(const struct form_values *values, const char *name, int64_t id)
{
    size_t count = 0;
    const int64_t *ids = form_ids(values, name, &count);
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

struct date form_date(const struct form_values *values, const char *name)
{
    return values->date[form_index(values->form, name)];
}

bool form_checked(const struct form_values *values, const char *name)
{
    return form_number(values, name) != 0;
}

void form_error(struct form_values *values, const char *name, const char *message)
{
    values->error[form_index(values->form, name)] = message;
}

void form_set(struct form_values *values, const char *name, const char *text)
{
    values->text[form_index(values->form, name)] = text;
}

void form_check(struct form_values *values, const char *name, bool checked)
{
    values->number[form_index(values->form, name)] = checked;
}

void form_begin(struct form_values *values, const struct form *form)
{
    *values = (struct form_values){.form = form};
    for (size_t i = 0; i < form->count; i++)
        values->text[i] = values->file_name[i] = "";
}

bool form_valid(const struct form_values *values)
{
    for (size_t i = 0; i < values->form->count; i++)
        if (values->error[i])
            return false;
    return true;
}

/* Browsers send CR LF in text areas; we keep LF. */
static const char *plain_lines(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    char *to = copy;
    for (const char *from = copy; *from; from++)
        if (*from != '\r' || from[1] != '\n')
            *to++ = *from == '\r' ? '\n' : *from;
    if (*copy)
        *to = '\0';
    return copy;
}

static bool has_control(const char *text, bool lines)
{
    for (const char *p = text; *p; p++)
        if (((unsigned char)*p < ' ' && !(lines && (*p == '\n' || *p == '\t'))) || *p == 0x7F)
            return true;
    return false;
}

static bool looks_like_email(const char *text)
{
    const char *at = strchr(text, '@');
    return at && at != text && strchr(at + 1, '.') && !strchr(at + 1, '@') && !strchr(text, ' ') &&
           text[strlen(text) - 1] != '.';
}

static const char *check_choice(const struct field *field, const char *text, int64_t *ret_number)
{
    for (int64_t i = 0; field->choices[i].value; i++) {
        if (str_equal(field->choices[i].value, text)) {
            *ret_number = i;
            return NULL;
        }
    }
    return N_("Choose one of the possibilities.");
}

static const char *check_number(const struct field *field, const char *text, int64_t *ret_number)
{
    if (str_to_int64(text, ret_number) != OK)
        return N_("Type a whole number.");
    if (*ret_number < field->min_value || *ret_number > field->max_value)
        return N_("This number is too small or too large.");
    return NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "9:05", "10.40", "10:40". */
static const char *check_time(const char *text, int64_t *ret_minutes)
{
    const char *p = text;
    int hour = 0, minute = 0, digits = 0;
    while (is_digit(*p) && digits++ < 2)
        hour = hour * 10 + (*p++ - '0');
    bool good = digits > 0 && (*p == ':' || *p == '.') && is_digit(p[1]) && is_digit(p[2]) && !p[3];
    if (good)
        minute = (p[1] - '0') * 10 + (p[2] - '0');
    if (!good || hour > 23 || minute > 59)
        return N_("Type a time like 10.40.");
    *ret_minutes = hour * 60 + minute;
    return NULL;
}

/* The message of what is wrong with a text that is there, or NULL; sets the typed value. */
static const char *check_kind(const struct field *field, struct form_values *values, size_t i)
{
    const char *text = values->text[i];
    switch (field->kind) {
    case FIELD_DATE:
        return date_parse_dutch(text, &values->date[i]) == OK
                   ? NULL
                   : N_("Type a date like 24-11-2026.");
    case FIELD_TIME:
        return check_time(text, &values->number[i]);
    case FIELD_NUMBER:
        return check_number(field, text, &values->number[i]);
    case FIELD_CHOICE:
        return check_choice(field, text, &values->number[i]);
    case FIELD_ID:
        return id_parse(text, &values->number[i]) == OK ? NULL
                                                        : N_("Choose one of the possibilities.");
    case FIELD_EMAIL:
        return looks_like_email(text) ? NULL : N_("Type an e-mail address like name@school.nl.");
    case FIELD_CHECK:
        values->number[i] = 1;
        return NULL;
    case FIELD_TEXT:
    case FIELD_LONG:
    case FIELD_PASSWORD:
    case FIELD_HIDDEN:
    case FIELD_FILE:
    case FIELD_IDS:
    case FIELD_WORDS:
        break;
    }
    return NULL;
}

static void check_field(const struct field *field, struct arena *arena, struct form_values *values,
                        size_t i)
{
    bool is_file = field->kind == FIELD_FILE;
    bool empty = is_file ? values->file[i].len == 0 : str_is_blank(values->text[i]);
    if (empty) {
        if (field->required)
            values->error[i] = is_file ? N_("Choose a file.") : N_("Fill this in.");
        return;
    }
    size_t size = is_file ? values->file[i].len : utf8_chars(values->text[i]);
    if (field->kind != FIELD_CHECK && field->max && size > field->max) {
        values->error[i] = is_file ? N_("This file is too large.")
                                   : N_("This is too long. Use at most {0} characters.");
        values->error_value[i] = arena_printf(arena, "%zu", field->max);
    } else if (!is_file && field->kind != FIELD_PASSWORD &&
               has_control(values->text[i],
                           field->kind == FIELD_LONG || field->kind == FIELD_WORDS)) {
        values->error[i] = N_("This holds characters that cannot be kept.");
    } else {
        values->error[i] = check_kind(field, values, i);
    }
}

static const char *tidy(const struct field *field, struct arena *arena, const char *text)
{
    switch (field->kind) {
    case FIELD_PASSWORD:
    case FIELD_FILE:
        return text;
    case FIELD_LONG:
        return plain_lines(arena, text);
    case FIELD_EMAIL:
        return str_lower_ascii(arena, str_trim(arena, text));
    case FIELD_TEXT:
    case FIELD_DATE:
    case FIELD_TIME:
    case FIELD_IDS:
    case FIELD_WORDS:
    case FIELD_NUMBER:
    case FIELD_CHOICE:
    case FIELD_CHECK:
    case FIELD_ID:
    case FIELD_HIDDEN:
        break;
    }
    return str_trim(arena, text);
}

/* All values of a name, each one line, under each other. */
static enum status read_words(const struct field *field, const struct body_part *parts, size_t count,
                              struct arena *arena, struct form_values *values, size_t i)
{
    size_t found = 0;
    for (size_t p = 0; p < count; p++) {
        if (!str_equal(parts[p].name, field->name) || parts[p].file_name)
            continue;
        if (!utf8_valid((const char *)parts[p].value.data, parts[p].value.len) ||
            ++found > FORM_WORDS_MAX)
            return ERR_INVALID;
        const char *text =
            arena_strndup(arena, (const char *)parts[p].value.data, parts[p].value.len);
        if (strchr(text, '\n'))
            return ERR_INVALID;
        values->text[i] = arena_printf(arena, "%s%s%s", values->text[i], found > 1 ? "\n" : "",
                                       str_trim(arena, text));
    }
    check_field(field, arena, values, i);
    return OK;
}

/* All values of a name that are ids; one that is none is the field's error. */
static enum status read_ids(const struct field *field, const struct body_part *parts, size_t count,
                     struct arena *arena, struct form_values *values, size_t i)
{
    int64_t *ids = ARENA_ARRAY(arena, int64_t, FORM_IDS_MAX);
    size_t found = 0;
    for (size_t p = 0; ids && p < count; p++) {
        if (!str_equal(parts[p].name, field->name) || parts[p].file_name)
            continue;
        if (!utf8_valid((const char *)parts[p].value.data, parts[p].value.len))
            return ERR_INVALID;
        const char *text =
            arena_strndup(arena, (const char *)parts[p].value.data, parts[p].value.len);
        if (found == FORM_IDS_MAX || id_parse(text, &ids[found]) != OK) {
            values->error[i] = N_("Choose one of the possibilities.");
            break;
        }
        found++;
    }
    if (found == 0 && field->required && !values->error[i])
        values->error[i] = N_("Choose at least one.");
    values->ids[i] = ids;
    values->number[i] = (int64_t)found;
    return OK;
}

static enum status read_fields(const struct form *form, const struct body_part *parts, size_t count,
                               struct arena *arena, struct form_values *values)
{
    for (size_t i = 0; i < form->count; i++) {
        values->text[i] = "";
        values->file_name[i] = "";
        if (form->fields[i].kind == FIELD_IDS) {
            enum status st = read_ids(&form->fields[i], parts, count, arena, values, i);
            if (st != OK)
                return st;
            continue;
        }
        if (form->fields[i].kind == FIELD_WORDS) {
            enum status st = read_words(&form->fields[i], parts, count, arena, values, i);
            if (st != OK)
                return st;
            continue;
        }
        const struct body_part *part = body_find(parts, count, form->fields[i].name);
        if (part && form->fields[i].kind == FIELD_FILE) {
            values->file[i] = part->value;
            values->file_name[i] = part->file_name ? part->file_name : "";
        } else if (part) {
            if (!utf8_valid((const char *)part->value.data, part->value.len))
                return ERR_INVALID;
            values->text[i] = tidy(
                &form->fields[i], arena,
                arena_strndup(arena, (const char *)part->value.data, part->value.len));
        }
        check_field(&form->fields[i], arena, values, i);
    }
    values->sent = true;
    return arena_failed(arena) ? ERR_NOMEM : OK;
}

enum status form_read(const struct form *form, const struct http_request *request,
                      struct arena *arena, struct form_values *ret_values)
{
    assert(form->count <= FORM_FIELDS_MAX);
    struct body_part *parts = NULL;
    size_t count = 0;
    enum status st = body_parse(request->content_type, request->body, arena, &parts, &count);
    if (st != OK)
        return st;
    *ret_values = (struct form_values){.form = form};
    return read_fields(form, parts, count, arena, ret_values);
}

enum status form_read_query(const struct form *form, const struct http_request *request,
                            struct arena *arena, struct form_values *ret_values)
{
    struct bytes query = {(const uint8_t *)request->query, strlen(request->query)};
    struct body_part *parts = NULL;
    size_t count = 0;
    enum status st =
        body_parse("application/x-www-form-urlencoded", query, arena, &parts, &count);
    if (st != OK)
        return st;
    *ret_values = (struct form_values){.form = form};
    st = read_fields(form, parts, count, arena, ret_values);
    ret_values->sent = count > 0;
    return st;
}

const char *form_raw(const struct http_request *request, struct arena *arena, const char *name)
{
    struct body_part *parts = NULL;
    size_t count = 0;
    if (body_parse(request->content_type, request->body, arena, &parts, &count) != OK)
        return "";
    const struct body_part *part = body_find(parts, count, name);
    if (!part || part->file_name || !utf8_valid((const char *)part->value.data, part->value.len))
        return "";
    return arena_strndup(arena, (const char *)part->value.data, part->value.len);
}
