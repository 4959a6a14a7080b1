#include "conversation/calendar.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "conversation/ical.h"
#include "conversation/mail.h"
#include "staff/staff.h"
#include "web/web_fixture.h"

/*
 * A strict reader of what RFC 5545 asks: CRLF, lines of at most 75 octets, whole characters in every
 * line, properties that an event must have once. Fails the test at anything else.
 */

#define EVENTS 8
#define LINES 200

struct event {
    const char *uid, *stamp, *start, *start_type, *end, *summary, *status;
    int sequence, lines;
};

struct calendar {
    struct event events[EVENTS];
    size_t count;
};

static bool is_utf8_edge(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

/* Takes folds away; asserts the form of the lines on the way. Lines, each ended by NUL. */
static size_t unfold(struct arena *arena, const char *text, const char *lines[LINES])
{
    char *out = arena_alloc(arena, strlen(text) + 1);
    size_t count = 0;
    while (*text) {
        size_t len = strcspn(text, "\r\n");
        assert_true(len <= 75);
        assert_true(text[len] == '\r' && text[len + 1] == '\n');
        assert_true(is_utf8_edge(*text));
        bool goes_on = *text == ' ';
        assert_true(len > (goes_on ? 1u : 0u));
        assert_true(!goes_on || count);
        if (!goes_on) {
            assert_true(count < LINES);
            out += count ? 1 : 0;
            lines[count++] = out;
        }
        memcpy(out, text + goes_on, len - goes_on);
        out += len - goes_on;
        *out = '\0';
        text += len + 2;
    }
    return count;
}

/* The value when the line is this property; *ret_params is what stands between name and ':'. */
static const char *value_of(struct arena *arena, const char *line, const char *property,
                            const char **ret_params)
{
    size_t len = strlen(property);
    if (strncmp(line, property, len) != 0 || (line[len] != ':' && line[len] != ';'))
        return NULL;
    const char *colon = strchr(line, ':');
    assert_non_null(colon);
    *ret_params = arena_strndup(arena, line + len, (size_t)(colon - line) - len);
    return colon + 1;
}

static void take(const char **field, const char *value)
{
    assert_null(*field); /* at most once */
    *field = value;
}

static void read_line(struct arena *arena, struct event *event, const char *line)
{
    const char *params = "", *value = NULL, *sequence = NULL, *unused = NULL;
    event->lines++;
    if ((value = value_of(arena, line, "UID", &params)))
        take(&event->uid, value);
    else if ((value = value_of(arena, line, "DTSTAMP", &params)))
        take(&event->stamp, value);
    else if ((value = value_of(arena, line, "DTEND", &params)))
        take(&event->end, value);
    else if ((value = value_of(arena, line, "SUMMARY", &params)))
        take(&event->summary, value);
    else if ((value = value_of(arena, line, "STATUS", &params)))
        take(&event->status, value);
    else if ((sequence = value_of(arena, line, "SEQUENCE", &params)))
        event->sequence = (int)strtol(sequence, NULL, 10);
    else if ((value = value_of(arena, line, "DTSTART", &params))) {
        take(&event->start, value);
        event->start_type = params;
    } else if (!(value = value_of(arena, line, "LAST-MODIFIED", &unused)) &&
               !str_equal(line, "CLASS:PRIVATE"))
        fail_msg("an event says more than it may: %s", line);
}

static struct calendar parse(struct arena *arena, const char *text)
{
    const char *lines[LINES];
    struct calendar calendar = {.count = 0};
    struct event *event = NULL;
    size_t count = unfold(arena, text, lines);
    assert_true(count > 4);
    assert_string_equal(lines[0], "BEGIN:VCALENDAR");
    assert_string_equal(lines[1], "VERSION:2.0");
    assert_true(str_starts(lines[2], "PRODID:"));
    assert_string_equal(lines[count - 1], "END:VCALENDAR");
    for (size_t i = 3; i + 1 < count; i++) {
        if (str_equal(lines[i], "BEGIN:VEVENT")) {
            assert_null(event);
            assert_true(calendar.count < EVENTS);
            event = &calendar.events[calendar.count++];
            *event = (struct event){.sequence = -1};
        } else if (str_equal(lines[i], "END:VEVENT")) {
            assert_non_null(event);
            assert_true(event->uid && event->stamp && event->start && event->end);
            assert_true(event->summary && event->status && event->sequence >= 0);
            event = NULL;
        } else if (event) {
            read_line(arena, event, lines[i]);
        }
    }
    assert_null(event);
    return calendar;
}

/* --- the text ----------------------------------------------------------------------------------------- */

static void long_lines_are_folded_between_characters(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024 * 1024);
    struct buf text;
    const char *lines[LINES];
    assert_non_null(arena);
    buf_init(&text, 100000);
    char name[400] = "";
    for (size_t i = 0; i + 3 < sizeof name - 8; i += 3)
        memcpy(name + i, i % 2 ? "\u20ac" : "a\u00eb", 3);
    for (size_t skip = 0; skip < 2; skip++) /* another offset: another character at the edge */
        ical_text_line(&text, skip ? "X-SUMMARY" : "SUMMARY", name);
    size_t count = unfold(arena, text.data, lines);
    assert_int_equal(count, 2);
    assert_string_equal(lines[0] + strlen("SUMMARY:"), name);
    assert_string_equal(lines[1] + strlen("X-SUMMARY:"), name);
    buf_reset(&text);
    ical_text_line(&text, "SUMMARY", "a;b,c\\d\ne\r\x01");
    assert_string_equal(text.data, "SUMMARY:a\\;b\\,c\\\\d\\ne\r\n");
    buf_free(&text);
    arena_free(arena);
}

/* --- the link ----------------------------------------------------------------------------------------- */

/* The path of the link that a page shows. */
static const char *made_link(struct page_fixture *f, enum page_role role)
{
    struct page_answer *page = page_post(f, role, "/account/agenda", NULL);
    assert_page_status(page, 200);
    const char *at = strstr(page->body, "/agenda/");
    while (at && strncmp(at + strlen("/agenda/"), "weg", 3) != 0 && !strstr(at, ".ics"))
        at = strstr(at + 1, "/agenda/");
    assert_non_null(at);
    return arena_strndup(f->arena, at, strcspn(at, "\""));
}

static struct conversation_id planned(struct page_fixture *f, struct date on, int minute)
{
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_id id = {work_new_id(work)};
    struct conversation_draft draft = {.method_key = "k12",
                                       .pupil = f->pupil,
                                       .planned_on = on,
                                       .planned_at = minute,
                                       .minutes = 20,
                                       .place = "bij Noor thuis",
                                       .aim = "over het pesten"};
    assert_status(conversation_plan(work, id, &draft), OK);
    page_commit(f);
    return id;
}

static struct calendar fetched(struct page_fixture *f, const char *link)
{
    struct page_answer *answer = page_get(f, PAGE_NOBODY, link);
    assert_page_status(answer, 200);
    assert_string_equal(answer->content_type, "text/calendar; charset=utf-8");
    static const char *const never[] = {"Noor", "Linden", "pesten", "thuis", "Tessa", "k12", "LOCATION",
                                        "DESCRIPTION"};
    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        assert_page_lacks(answer, never[i]);
    return parse(f->arena, answer->body);
}

static void a_calendar_says_that_and_when_and_no_more(void **state)
{
    struct page_fixture *f = *state;
    const char *link = made_link(f, PAGE_TEACHER);
    assert_int_equal(fetched(f, link).count, 0);
    struct conversation_id winter = planned(f, (struct date){2026, 12, 3}, 10 * 60 + 40);
    (void)planned(f, (struct date){2027, 6, 3}, 10 * 60 + 40);
    (void)planned(f, (struct date){2027, 7, 1}, -1);
    struct calendar calendar = fetched(f, link);
    assert_int_equal(calendar.count, 3);
    assert_string_equal(calendar.events[0].start, "20270701");
    assert_string_equal(calendar.events[0].start_type, ";VALUE=DATE");
    assert_string_equal(calendar.events[0].end, "20270702");
    assert_string_equal(calendar.events[1].start, "20270603T084000Z"); /* summer: two hours */
    assert_string_equal(calendar.events[2].start, "20261203T094000Z");
    assert_string_equal(calendar.events[2].end, "20261203T100000Z");
    assert_string_equal(calendar.events[2].summary, "Conversation");
    assert_string_equal(calendar.events[2].status, "CONFIRMED");
    assert_null(strstr(calendar.events[2].uid, id_text(winter.v).s));
    assert_string_not_equal(calendar.events[1].uid, calendar.events[2].uid);

    struct conversation_moment later = {{2026, 12, 4}, 13 * 60, 30, "elders"};
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(conversation_move(work, winter, &later), OK);
    page_commit(f);
    struct event moved = fetched(f, link).events[2];
    assert_string_equal(moved.uid, calendar.events[2].uid);
    assert_string_equal(moved.start, "20261204T120000Z");
    assert_true(moved.sequence > calendar.events[2].sequence);
    work = page_begin(f, PAGE_TEACHER);
    assert_status(conversation_cancel(work, winter, "ziek"), OK);
    page_commit(f);
    struct event gone = fetched(f, link).events[2];
    assert_string_equal(gone.uid, moved.uid);
    assert_string_equal(gone.status, "CANCELLED");
    assert_true(gone.sequence > moved.sequence);
}

static void who_takes_part_sees_it_and_nobody_else(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = planned(f, (struct date){2026, 12, 3}, 600);
    const char *link = made_link(f, PAGE_OTHER_TEACHER);
    assert_int_equal(fetched(f, link).count, 0);
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(conversation_add_person(work, id, PARTICIPANT_STAFF,
                                          f->staff[PAGE_OTHER_TEACHER].v, 0, ""),
                  OK);
    page_commit(f);
    struct calendar theirs = fetched(f, link), own = fetched(f, made_link(f, PAGE_TEACHER));
    assert_int_equal(theirs.count, 1);
    assert_int_equal(own.count, 1);
    assert_string_not_equal(theirs.events[0].uid, own.events[0].uid);
    assert_int_equal(fetched(f, made_link(f, PAGE_STRANGER)).count, 0);
}

static void a_link_ends(void **state)
{
    struct page_fixture *f = *state;
    assert_page_contains(page_get(f, PAGE_TEACHER, "/account/agenda"), "There is no link yet.");
    const char *first = made_link(f, PAGE_TEACHER), *second = made_link(f, PAGE_TEACHER);
    assert_page_status(page_get(f, PAGE_NOBODY, first), 404);
    (void)fetched(f, second);
    struct page_answer *page = page_get(f, PAGE_TEACHER, "/account/agenda");
    assert_page_contains(page, "There is a link since");
    assert_page_lacks(page, ".ics"); /* shown once */
    assert_page_goes_to(page_post(f, PAGE_TEACHER, "/account/agenda/weg", NULL),
                        "/account/agenda?ok=weggehaald");
    assert_page_status(page_get(f, PAGE_NOBODY, second), 404);
    assert_int_equal(page_logged(f, AUDIT_CALENDAR_MADE), 2);
    assert_int_equal(page_logged(f, AUDIT_CALENDAR_ENDED), 2);

    const char *third = made_link(f, PAGE_TEACHER);
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(staff_leave(work, f->staff[PAGE_TEACHER], PAGE_TODAY), OK);
    page_commit(f);
    assert_page_status(page_get(f, PAGE_NOBODY, third), 404);
}

static void guessing_is_slowed_down(void **state)
{
    struct page_fixture *f = *state;
    const char *link = made_link(f, PAGE_TEACHER);
    assert_page_status(page_get(f, PAGE_NOBODY, "/agenda/x.ics"), 404);
    assert_page_status(page_get(f, PAGE_NOBODY, page_path(f, "%.40s", link)), 404);
    for (int i = 0; i < 200; i++) /* who has the key is not counted */
        assert_page_status(page_get(f, PAGE_NOBODY, link), 200);
    int status = 404;
    for (int i = 0; i < 200 && status == 404; i++)
        status = page_get(f, PAGE_NOBODY, "/agenda/x.ics")->status;
    assert_int_equal(status, 429);
}

/* --- the day before, by mail ------------------------------------------------------------------------- */

static size_t letters(struct page_fixture *f, struct mail **ret)
{
    size_t count = 0;
    f->work.now_ms += 1;
    assert_status(mail_due(&f->work, 10, ret, &count), OK);
    return count;
}

static void who_leads_hears_a_day_before_and_once(void **state)
{
    struct page_fixture *f = *state;
    struct mail *list = NULL;
    size_t added = 0;
    (void)planned(f, (struct date){2026, 11, 25}, 10 * 60 + 40);
    (void)planned(f, (struct date){2026, 11, 26}, 600); /* not yet */
    struct conversation_id off = planned(f, (struct date){2026, 11, 25}, 700);
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(conversation_cancel(work, off, "ziek"), OK);
    assert_status(mail_remind(work, f->app.tr[LANG_EN], &added), ERR_FORBIDDEN);
    page_commit(f);
    work = page_begin(f, PAGE_NOBODY);
    for (int again = 0; again < 2; again++) {
        assert_status(mail_remind(work, f->app.tr[LANG_EN], &added), OK);
        assert_int_equal(letters(f, &list), 1);
    }
    assert_string_equal(list[0].address, "tessa@school.example");
    assert_non_null(strstr(list[0].text, "Tomorrow at 10.40 you have a conversation."));
    assert_null(strstr(list[0].text, "Noor"));
    assert_null(strstr(list[0].text, "pesten"));
    assert_status(mail_went(work, list[0].id), OK);
    assert_status(mail_remind(work, f->app.tr[LANG_EN], &added), OK);
    assert_int_equal(letters(f, &list), 0);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_lines_are_folded_between_characters),
        page_each_engine(a_calendar_says_that_and_when_and_no_more),
        page_each_engine(who_takes_part_sees_it_and_nobody_else),
        page_each_engine(a_link_ends),
        page_each_engine(who_leads_hears_a_day_before_and_once),
        page_each_engine(guessing_is_slowed_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
