#include "web/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/ids.h"
#include "base/str.h"
#include "http/http.h"
#include "web/body.h"
#include "web/route.h"

#define assert_status(actual, expected)                                                            \
    assert_string_equal(status_name(actual), status_name(expected))

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=xYz"

static int open_arena(void **state)
{
    *state = arena_new(16 << 20);
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static struct bytes bytes_of(const char *text)
{
    return (struct bytes){(const uint8_t *)text, strlen(text)};
}

/* --- bodies ---------------------------------------------------------------------------------------- */

/* "name=value|name=value", with "(file)" behind a value that has a file name. */
static const char *taken_apart(struct arena *arena, const char *type, struct bytes body)
{
    struct body_part *parts = NULL;
    size_t count = 0;
    enum status st = body_parse(type, body, arena, &parts, &count);
    if (st != OK)
        return status_name(st);
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s%s=%.*s%s%s%s", text, i ? "|" : "", parts[i].name,
                            (int)parts[i].value.len, (const char *)parts[i].value.data,
                            parts[i].file_name ? "(" : "", parts[i].file_name ? parts[i].file_name : "",
                            parts[i].file_name ? ")" : "");
    return text;
}

static void urlencoded_bodies(void **state)
{
    static const struct {
        const char *body, *expected;
    } cases[] = {
        {"", ""},
        {"a=1", "a=1"},
        {"a=1&b=2", "a=1|b=2"},
        {"a=1&a=2", "a=1|a=2"},
        {"a=", "a="},
        {"a", "a="},
        {"=1", "=1"},
        {"=", "="},
        {"&&a=1&&", "a=1"},
        {"a=1+2%2B3", "a=1 2+3"},
        {"a=b=c", "a=b=c"},
        {"%61=%C3%a9", "a=\xC3\xA9"},
        {"a=%0D%0A", "a=\r\n"},
        {"a=%", "ERR_INVALID"},
        {"a=%4", "ERR_INVALID"},
        {"a=%4&b=1", "ERR_INVALID"},
        {"a=%zz", "ERR_INVALID"},
        {"a=%1g", "ERR_INVALID"},
        {"%=1", "ERR_INVALID"},
        {"%FF=1", "ERR_INVALID"},
        {"a%00b=1", "ERR_INVALID"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(taken_apart(*state, URLENCODED, bytes_of(cases[i].body)), cases[i].expected);
    assert_string_equal(taken_apart(*state, URLENCODED "; charset=utf-8", bytes_of("a=1")), "a=1");
    assert_string_equal(taken_apart(*state, "Application/X-WWW-Form-URLencoded", bytes_of("a=1")), "a=1");
    assert_string_equal(taken_apart(*state, "text/plain", bytes_of("a=1")), "ERR_INVALID");
    assert_string_equal(taken_apart(*state, "application/json", bytes_of("{}")), "ERR_INVALID");
    assert_string_equal(taken_apart(*state, "", bytes_of("a=1")), "ERR_INVALID");
    assert_string_equal(taken_apart(*state, "", bytes_of("")), "");
}

#define PART(head, body) "--xYz\r\n" head "\r\n\r\n" body "\r\n"
#define DISPOSITION(name) "Content-Disposition: form-data; name=\"" name "\""
#define END "--xYz--\r\n"

static void multipart_bodies(void **state)
{
    static const struct {
        const char *body, *expected;
    } cases[] = {
        {PART(DISPOSITION("a"), "1") END, "a=1"},
        {PART(DISPOSITION("a"), "") END, "a="},
        {PART(DISPOSITION("a"), "1") PART(DISPOSITION("b"), "2") END, "a=1|b=2"},
        {PART(DISPOSITION("a"), "x\r\ny\r\n") END, "a=x\r\ny\r\n"},
        {PART(DISPOSITION("a"), "a--xYz") END, "a=a--xYz"}, /* not at the start of a line */
        {PART("content-disposition: form-data; name=\"a\"", "1") END, "a=1"},
        {PART("Content-Type: text/csv\r\n" DISPOSITION("a") "; filename=\"lijst.csv\"", "1,2") END,
         "a=1,2(lijst.csv)"},
        {PART(DISPOSITION("a") "; filename=\"\"", "") END, "a=()"},
        {PART("Content-Disposition: form-data; filename=\"x\"; name=\"a\"", "1") END, "a=1(x)"},
        {PART(DISPOSITION("a"), "1") "--xYz--", "a=1"},
        {PART(DISPOSITION("a"), "1") END "what follows is nothing", "a=1"},
        {"--xYz--\r\n", ""},
        {"", ""},
        {"--xYz", "ERR_INVALID"},
        {"--xYz\r\n", "ERR_INVALID"},
        {"xYz", "ERR_INVALID"},
        {"preamble\r\n" PART(DISPOSITION("a"), "1") END, "ERR_INVALID"},
        {"--other\r\n" DISPOSITION("a") "\r\n\r\n1\r\n--other--", "ERR_INVALID"},
        {PART(DISPOSITION("a"), "1"), "ERR_INVALID"},
        {PART(DISPOSITION("a"), "1") "--xYz", "ERR_INVALID"},
        {PART(DISPOSITION("a"), "1") "--xYz-", "ERR_INVALID"},
        {PART(DISPOSITION("a"), "1") "--xYz \r\n", "ERR_INVALID"},
        {"--xYz\r\n" DISPOSITION("a") "\r\n--xYz--\r\n", "ERR_INVALID"},
        {PART("Content-Type: text/plain", "1") END, "ERR_INVALID"},
        {PART("Content-Disposition: form-data", "1") END, "ERR_INVALID"},
        {PART("Content-Disposition: form-data; name=a", "1") END, "ERR_INVALID"},
        {PART("Content-Disposition: form-data; name=\"a", "1") END, "ERR_INVALID"},
        {PART("Content-Disposition: form-data; filename=\"name\"", "1") END, "ERR_INVALID"},
        {PART(DISPOSITION("\xFF"), "1") END, "ERR_INVALID"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(taken_apart(*state, MULTIPART, bytes_of(cases[i].body)), cases[i].expected);

    const char *body = PART(DISPOSITION("a"), "1") END;
    assert_string_equal(taken_apart(*state, "multipart/form-data; boundary=\"xYz\"", bytes_of(body)), "a=1");
    assert_string_equal(taken_apart(*state, "multipart/form-data; boundary=xYz; x=y", bytes_of(body)), "a=1");
    assert_string_equal(taken_apart(*state, "multipart/form-data", bytes_of(body)), "ERR_INVALID");
    assert_string_equal(taken_apart(*state, "multipart/form-data; boundary=", bytes_of(body)), "ERR_INVALID");
    assert_string_equal(taken_apart(*state, "multipart/form-data; boundary="
                                            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                    bytes_of(body)), "ERR_INVALID"); /* 71 */
    struct bytes with_nul = {(const uint8_t *)PART("Content-Disposition: form-data; name=\"a\0b\"", "1") END,
                             sizeof(PART("Content-Disposition: form-data; name=\"a\0b\"", "1") END) - 1};
    assert_string_equal(taken_apart(*state, MULTIPART, with_nul), "ERR_INVALID");
}

static void sixty_four_parts_and_no_more(void **state)
{
    struct arena *arena = *state;
    const char *url = "", *multi = "";
    for (int i = 0; i < BODY_PARTS_MAX; i++) {
        url = arena_printf(arena, "%s&a=%d", url, i);
        multi = arena_printf(arena, "%s" PART(DISPOSITION("a"), "%d"), multi, i);
    }
    assert_string_not_equal(taken_apart(arena, URLENCODED, bytes_of(url)), "ERR_LIMIT");
    assert_string_equal(taken_apart(arena, URLENCODED, bytes_of(arena_printf(arena, "%s&b=1", url))), "ERR_LIMIT");
    assert_string_not_equal(taken_apart(arena, MULTIPART, bytes_of(arena_printf(arena, "%s" END, multi))), "ERR_LIMIT");
    assert_string_equal(taken_apart(arena, MULTIPART,
                                    bytes_of(arena_printf(arena, "%s" PART(DISPOSITION("b"), "1") END, multi))),
                        "ERR_LIMIT");
}

/* --- fields ---------------------------------------------------------------------------------------- */

static const struct choice sizes[] = {{"s", "small"}, {"l", "large"}, {NULL, NULL}};

static const struct field fields[] = {
    {.name = "text", .kind = FIELD_TEXT, .required = true, .max = 5},
    {.name = "long", .kind = FIELD_LONG, .max = 10},
    {.name = "date", .kind = FIELD_DATE},
    {.name = "number", .kind = FIELD_NUMBER, .min_value = -2, .max_value = 9},
    {.name = "choice", .kind = FIELD_CHOICE, .choices = sizes},
    {.name = "check", .kind = FIELD_CHECK},
    {.name = "id", .kind = FIELD_ID},
    {.name = "password", .kind = FIELD_PASSWORD, .max = 12},
    {.name = "email", .kind = FIELD_EMAIL, .max = 30},
    {.name = "file", .kind = FIELD_FILE, .max = 8},
    {.name = "hidden", .kind = FIELD_HIDDEN, .max = 5},
    {.name = "time", .kind = FIELD_TIME},
    {.name = "ids", .kind = FIELD_IDS},
};
FORM(form, fields);

static enum status read_body(struct arena *arena, const char *type, struct bytes body,
                             struct form_values *ret)
{
    struct http_request request = {
        .method = HTTP_POST, .body = body, .content_type = type, .query = "", .arena = arena};
    return form_read(&form, &request, arena, ret);
}

static struct form_values read_one(struct arena *arena, const char *body)
{
    struct form_values values;
    assert_status(read_body(arena, URLENCODED, bytes_of(body), &values), OK);
    assert_true(values.sent);
    return values;
}

#define TOO_LONG "This is too long. Use at most {0} characters."
#define NOT_KEPT "This holds characters that cannot be kept."
#define BAD_DATE "Type a date like 24-11-2026."
#define BAD_TIME "Type a time like 10.40."
#define BAD_CHOICE "Choose one of the possibilities."
#define BAD_EMAIL "Type an e-mail address like name@school.nl."

static void every_kind_of_field_takes_and_refuses(void **state)
{
    static const struct {
        const char *name, *body, *text, *error;
    } cases[] = {
        {"text", "text=abc", "abc", NULL},
        {"text", "text=++abc%20", "abc", NULL},
        {"text", "text=%C2%A0abc%E2%80%8B", "abc", NULL},
        {"text", "", "", "Fill this in."},
        {"text", "text=", "", "Fill this in."},
        {"text", "text=+%09", "", "Fill this in."},
        {"text", "text=abcde", "abcde", NULL},
        {"text", "text=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9", "ééééé", NULL},
        {"text", "text=abcdef", "abcdef", TOO_LONG},
        {"text", "text=a%0Ab", "a\nb", NOT_KEPT},
        {"text", "text=a%7Fb", "a\x7F" "b", NOT_KEPT},
        {"text", "text=a%1Fb", "a\x1F" "b", NOT_KEPT},
        {"text", "text=one&text=two", "one", NULL},
        {"long", "long=a%0D%0Ab%0Dc%0Ad", "a\nb\nc\nd", NULL},
        {"long", "long=%0D%0A%0D%0A", "\n\n", NULL},
        {"long", "long=1%0D%0A2%0D%0A3%0D%0A4%0D%0A5%0D%0A", "1\n2\n3\n4\n5\n", NULL}, /* 10 after all */
        {"long", "long=a%09b", "a\tb", NULL},
        {"long", "long=a%08b", "a\x08" "b", NOT_KEPT},
        {"long", "long=12345678901", "12345678901", TOO_LONG},
        {"time", "time=10%3A40", "10:40", NULL},
        {"time", "time=9.05", "9.05", NULL},
        {"time", "time=23%3A59", "23:59", NULL},
        {"time", "time=24%3A00", "24:00", BAD_TIME},
        {"time", "time=10%3A60", "10:60", BAD_TIME},
        {"time", "time=1040", "1040", BAD_TIME},
        {"time", "time=10%3A4", "10:4", BAD_TIME},
        {"time", "time=100%3A40", "100:40", BAD_TIME},
        {"ids", "ids=nothing", "", BAD_CHOICE},
        {"date", "date=2026-11-24", "2026-11-24", NULL},
        {"date", "date=+24-11-2026+", "24-11-2026", NULL},
        {"date", "date=24%2F11%2F2026", "24/11/2026", NULL},
        {"date", "date=24-11-26", "24-11-26", BAD_DATE},
        {"date", "date=2026-02-29", "2026-02-29", BAD_DATE},
        {"date", "date=morgen", "morgen", BAD_DATE},
        {"number", "number=9", "9", NULL},
        {"number", "number=-2", "-2", NULL},
        {"number", "number=+9", "9", NULL}, /* a plus is a space */
        {"number", "number=10", "10", "This number is too small or too large."},
        {"number", "number=-3", "-3", "This number is too small or too large."},
        {"number", "number=1.5", "1.5", "Type a whole number."},
        {"number", "number=0x1", "0x1", "Type a whole number."},
        {"number", "number=99999999999999999999", "99999999999999999999", "Type a whole number."},
        {"choice", "choice=l", "l", NULL},
        {"choice", "choice=L", "L", BAD_CHOICE},
        {"choice", "choice=large", "large", BAD_CHOICE},
        {"choice", "", "", NULL},
        {"check", "check=on", "on", NULL},
        {"check", "check=", "", NULL},
        {"id", "id=0000000000001", "0000000000001", NULL},
        {"id", "id=0000000000000", "0000000000000", BAD_CHOICE},
        {"id", "id=1", "1", BAD_CHOICE},
        {"id", "id=000000000000A", "000000000000A", BAD_CHOICE},
        {"password", "password=+a%0Ab+", " a\nb ", NULL},
        {"password", "password=1234567890123", "1234567890123", TOO_LONG},
        {"email", "email=+Tessa%40School.Example", "tessa@school.example", NULL},
        {"email", "email=tessa", "tessa", BAD_EMAIL},
        {"email", "email=%40school.example", "@school.example", BAD_EMAIL},
        {"email", "email=a%40b", "a@b", BAD_EMAIL},
        {"email", "email=a%40b.", "a@b.", BAD_EMAIL},
        {"email", "email=a%40b%40c.nl", "a@b@c.nl", BAD_EMAIL},
        {"email", "email=a+b%40c.nl", "a b@c.nl", BAD_EMAIL},
        {"email", "email=a%0Ab%40c.nl", "a\nb@c.nl", NOT_KEPT},
        {"hidden", "hidden=%2Fabcd", "/abcd", NULL},
        {"hidden", "hidden=%2Fabcde", "/abcde", TOO_LONG},
        {"hidden", "hidden=%2F%09", "/", NULL},
        {"hidden", "hidden=%2F%01a", "/\x01" "a", NOT_KEPT},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct form_values values = read_one(*state, cases[i].body);
        size_t at = form_index(&form, cases[i].name);
        const char *error = values.error[at] ? values.error[at] : "";
        if (!str_equal(values.text[at], cases[i].text) ||
            !str_equal(error, cases[i].error ? cases[i].error : ""))
            fail_msg("%s: \"%s\", %s", cases[i].body, values.text[at], error);
    }
}

static void values_come_with_their_type(void **state)
{
    struct form_values values =
        read_one(*state, "text=a&date=3.11.2016&number=-2&choice=l&check=x&id=0000000000010");
    assert_true(form_valid(&values));
    assert_string_equal(date_text(form_date(&values, "date")).s, "2016-11-03");
    assert_int_equal(form_number(&values, "number"), -2);
    assert_int_equal(form_number(&values, "choice"), 1);
    assert_true(form_checked(&values, "check"));
    assert_int_equal(form_number(&values, "id"), 32);
    assert_string_equal(form_text(&values, "hidden"), "");
    assert_false(form_checked(&(struct form_values){.form = &form}, "check"));
    values = read_one(*state, "text=abcdef");
    assert_false(form_valid(&values));
    assert_string_equal(values.error_value[0], "5");
    form_set(&values, "text", "b");
    values.error[0] = NULL;
    form_error(&values, "date", "no");
    assert_false(form_valid(&values));
}

static void what_cannot_be_text_is_no_form(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        static const char *const bad[] = {"%00", "a%00b", "%FF", "%C3", "%ED%A0%80", "%C0%80", "%F5%80%80%80"};
        for (size_t j = 0; j < ARRAY_LEN(bad); j++) {
            struct form_values values;
            const char *body = arena_printf(*state, "text=a&%s=%s", fields[i].name, bad[j]);
            bool first = i == form_index(&form, "text"); /* the second of two is not looked at */
            enum status expected = fields[i].kind == FIELD_FILE || first ? OK : ERR_INVALID;
            assert_status(read_body(*state, URLENCODED, bytes_of(body), &values), expected);
        }
    }
    struct form_values values;
    assert_status(read_body(*state, URLENCODED, bytes_of("text=%00"), &values), ERR_INVALID);
    assert_status(read_body(*state, URLENCODED, bytes_of("x=%00&text=a"), &values), OK); /* not declared */
    assert_status(read_body(*state, "text/plain", bytes_of("text=a"), &values), ERR_INVALID);
}

static void files_are_bytes_with_a_limit(void **state)
{
    struct form_values values;
    static const char body[] = PART(DISPOSITION("text"), "a")
        PART(DISPOSITION("file") "; filename=\"x.csv\"", "\xFF\0\x01" "45678") END;
    assert_status(read_body(*state, MULTIPART, (struct bytes){(const uint8_t *)body, sizeof body - 1}, &values), OK);
    size_t at = form_index(&form, "file");
    assert_null(values.error[at]);
    assert_int_equal(values.file[at].len, 8);
    assert_memory_equal(values.file[at].data, "\xFF\0\x01", 3);
    assert_string_equal(values.file_name[at], "x.csv");
    assert_status(read_body(*state, MULTIPART,
                            bytes_of(PART(DISPOSITION("file") "; filename=\"x\"", "123456789") END), &values), OK);
    assert_string_equal(values.error[at], "This file is too large.");
    /* A file field without a file name, as who writes bodies by hand may send. */
    values = read_one(*state, "text=a&file=123");
    assert_string_equal(values.file_name[at], "");
    values = read_one(*state, "text=a");
    assert_string_equal(values.file_name[at], "");
    assert_int_equal(values.file[at].len, 0);
}

static void a_query_is_read_as_a_form(void **state)
{
    struct form_values values;
    struct http_request request = {.query = "text=a+b&weg=1", .content_type = "", .arena = *state};
    assert_status(form_read_query(&form, &request, *state, &values), OK);
    assert_string_equal(form_text(&values, "text"), "a b");
    assert_true(values.sent);
    request.query = "";
    assert_status(form_read_query(&form, &request, *state, &values), OK);
    assert_false(values.sent);
    request.query = "text=%00";
    assert_status(form_read_query(&form, &request, *state, &values), ERR_INVALID);
}

static void a_technical_field_is_read_raw_or_not_at_all(void **state)
{
    struct http_request request = {.content_type = URLENCODED, .query = "csrf=query", .arena = *state};
    request.body = bytes_of("a=1&csrf=tok&csrf=other");
    assert_string_equal(form_raw(&request, *state, "csrf"), "tok");
    assert_string_equal(form_raw(&request, *state, "none"), "");
    request.body = bytes_of("csrf=%00tok");
    assert_string_equal(form_raw(&request, *state, "csrf"), "");
    request.body = bytes_of("csrf=%zz");
    assert_string_equal(form_raw(&request, *state, "csrf"), "");
    request.body = bytes_of("");
    assert_string_equal(form_raw(&request, *state, "csrf"), "");
    request.content_type = MULTIPART;
    request.body = bytes_of(PART(DISPOSITION("csrf"), "tok") END);
    assert_string_equal(form_raw(&request, *state, "csrf"), "tok");
    request.body = bytes_of(PART(DISPOSITION("csrf") "; filename=\"f\"", "tok") END);
    assert_string_equal(form_raw(&request, *state, "csrf"), "");
}

static void memory_that_runs_out_is_said(void **state UNUSED)
{
    static const char *const types[] = {URLENCODED, MULTIPART};
    const char *const bodies[] = {"text=a&long=b%0D%0Ac&email=A%40B.nl&number=3",
                                  PART(DISPOSITION("text"), "a") PART(DISPOSITION("long"), "b") END};
    struct arena *small = arena_new(1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        for (size_t nth = 1;; nth++) {
            struct form_values values;
            arena_reset(small);
            arena_fail_at(small, nth);
            enum status st = read_body(small, types[i], bytes_of(bodies[i]), &values);
            if (st == OK && !arena_failed(small))
                break;
            assert_status(st, ERR_NOMEM);
            assert_true(nth < 60);
        }
    }
    arena_free(small);
}

/* --- routes ---------------------------------------------------------------------------------------- */

static enum status run_nothing(struct web *web UNUSED)
{
    return OK;
}

static const struct route first_table[] = {
    {HTTP_GET, "/", .run = run_nothing},
    {HTTP_GET, "/leerling/:pupil", .run = run_nothing},
    {HTTP_GET, "/leerling/nieuw", .run = run_nothing},
    {HTTP_POST, "/leerling/:pupil/observatie/:observation", .run = run_nothing},
    {0},
};
static const struct route second_table[] = {
    {HTTP_POST, "/leerling/:pupil", .run = run_nothing},
    {HTTP_GET, "/doc/*", .run = run_nothing},
    {0},
};
static const struct route *const tables[] = {first_table, second_table, NULL};

#define ONE "0000000000001"
#define TWO "0000000000002"

static void a_path_finds_its_route_or_none(void **state UNUSED)
{
    static const struct {
        enum http_method method;
        const char *path;
        const struct route *route;
        bool other;
        int64_t pupil, observation;
    } cases[] = {
        {HTTP_GET, "/", &first_table[0], false, 0, 0},
        {HTTP_HEAD, "/", &first_table[0], false, 0, 0},
        {HTTP_POST, "/", NULL, true, 0, 0},
        {HTTP_OTHER, "/", NULL, true, 0, 0},
        {HTTP_GET, "", NULL, false, 0, 0},
        {HTTP_GET, "//", NULL, false, 0, 0},
        {HTTP_GET, "/leerling", NULL, false, 0, 0},
        {HTTP_GET, "/leerling/", NULL, false, 0, 0},
        {HTTP_GET, "/Leerling/" ONE, NULL, false, 0, 0},
        {HTTP_GET, "/leerling/" ONE, &first_table[1], false, 1, 0},
        {HTTP_GET, "/leerling/" ONE "/", NULL, false, 0, 0},
        {HTTP_GET, "/leerling/0" ONE, NULL, false, 0, 0},
        {HTTP_GET, "/leerling/0000000000000", NULL, false, 0, 0},
        {HTTP_GET, "/leerling/000000000000A", NULL, false, 0, 0},
        {HTTP_GET, "/leerling/zzzzzzzzzzzzz", NULL, false, 0, 0}, /* past 63 bits */
        {HTTP_GET, "/leerling/nieuw", &first_table[2], false, 0, 0},
        {HTTP_GET, "/leerling/nieuw/", NULL, false, 0, 0},
        {HTTP_POST, "/leerling/" ONE, &second_table[0], true, 1, 0},
        {HTTP_POST, "/leerling/" ONE "/observatie/" TWO, &first_table[3], false, 1, 2},
        {HTTP_GET, "/leerling/" ONE "/observatie/" TWO, NULL, true, 0, 0},
        {HTTP_POST, "/leerling/" ONE "/observatie/" TWO "/meer", NULL, false, 0, 0},
        {HTTP_GET, "/doc/wat/dan/ook", &second_table[1], false, 0, 0},
        {HTTP_GET, "/doc/", &second_table[1], false, 0, 0},
        {HTTP_GET, "/doc", NULL, false, 0, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t ids[PARAM_COUNT] = {0};
        bool other = false;
        const struct route *found = route_find(tables, cases[i].method, cases[i].path, ids, &other);
        if (found != cases[i].route || (!found && other != cases[i].other))
            fail_msg("%s: %s, other %d", cases[i].path, found ? found->path : "none", other);
        assert_int_equal(ids[PARAM_PUPIL], cases[i].pupil);
        assert_int_equal(ids[PARAM_OBSERVATION], cases[i].observation);
    }
}

/* What the tables themselves promise: a right for each, a shape that can be found, no two alike. */
static void every_route_of_the_program_is_whole(void **state)
{
    for (const struct route *const *table = all_routes; *table; table++) {
        for (const struct route *route = *table; route->run; route++) {
            assert_int_not_equal(route->right, RIGHT_NOBODY);
            assert_true(route->method == HTTP_GET || route->method == HTTP_POST);
            assert_int_equal(route->path[0], '/');
            char *rest = arena_strdup(*state, route->path);
            const char *path = "";
            for (char *piece; (piece = str_split(&rest, '/')) != NULL;)
                path = arena_printf(*state, "%s%s%s", path, *path || *piece == '\0' ? "/" : "",
                                    *piece == ':' ? ONE : piece);
            path = path[0] == '/' && path[1] == '/' ? path + 1 : path;
            int64_t ids[PARAM_COUNT] = {0};
            bool other = false;
            if (route_find(all_routes, route->method, path, ids, &other) != route)
                fail_msg("%s is not found as %s", route->path, path);
        }
    }
}

#define ARENA_TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(urlencoded_bodies),
        ARENA_TEST(multipart_bodies),
        ARENA_TEST(sixty_four_parts_and_no_more),
        ARENA_TEST(every_kind_of_field_takes_and_refuses),
        ARENA_TEST(values_come_with_their_type),
        ARENA_TEST(what_cannot_be_text_is_no_form),
        ARENA_TEST(files_are_bytes_with_a_limit),
        ARENA_TEST(a_query_is_read_as_a_form),
        ARENA_TEST(a_technical_field_is_read_raw_or_not_at_all),
        ARENA_TEST(memory_that_runs_out_is_said),
        cmocka_unit_test(a_path_finds_its_route_or_none),
        ARENA_TEST(every_route_of_the_program_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
