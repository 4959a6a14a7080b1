/* Who gets a letter, by what way, and that an e-mail says that there is one and nothing else (R12).
 */
#include "visit/invite.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/str.h"
#include "conversation/mail.h"
#include "conversation/round.h"
#include "guardian/guardian.h"
#include "method/store.h"
#include "operate/smtp.h"
#include "operate/smtp_fixture.h"
#include "print/reader_fixture.h"
#include "web/web_fixture.h"

#define ADDRESS "karin@thuis.example"
#define RIA "ria@wijk.example"
#define AIM "Praten over het voorlezen."
#define PLACE "de leeshoek"

/* --- making
 * ---------------------------------------------------------------------------------------- */

static void give_address(struct page_fixture *f, const char *address)
{
    struct person karin = person_none();
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    karin.call = "Karin";
    karin.family = "Linden";
    karin.email = address;
    assert_status(guardian_rename(work, f->guardian, &karin), OK);
    page_commit(f);
}

/* Led by the teacher of group 7, about Noor. */
static struct conversation_id plan(struct page_fixture *f, const char *method)
{
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_id id = {work_new_id(work)};
    const struct conversation_draft draft = {.method_key = method,
                                             .pupil = f->pupil,
                                             .planned_on = date_add_days(PAGE_TODAY, 16),
                                             .planned_at = 640,
                                             .place = PLACE,
                                             .aim = AIM};
    assert_status(conversation_plan(work, id, &draft), OK);
    page_commit(f);
    return id;
}

static const char *text_of(struct page_fixture *f, int64_t id)
{
    return arena_strdup(f->arena, id_text(id).s);
}

static struct conversation_round_id plan_round(struct page_fixture *f)
{
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_round_id id = {work_new_id(work)};
    const struct round_draft draft = {.group = f->group,
                                      .method_key = "h3",
                                      .slots = {.from_on = date_add_days(PAGE_TODAY, 7),
                                                .until_on = date_add_days(PAGE_TODAY, 28),
                                                .weekdays = 1u << 2,
                                                .starts_at = 600,
                                                .per_day = 2,
                                                .minutes = 20},
                                      .place = PLACE,
                                      .aim = AIM,
                                      .pupils = &f->pupil,
                                      .pupil_count = 1};
    assert_status(round_plan(work, id, &draft), OK);
    page_commit(f);
    return id;
}

static void set_information(struct page_fixture *f, enum guardian_information information)
{
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct guardian_draft draft = {
        .person = person_none(), .information = information, .reason = ""};
    draft.person.call = "Karin";
    assert_status(guardian_change(work, f->pupil, f->guardian, &draft), OK);
    page_commit(f);
}

/* --- the post
 * -------------------------------------------------------------------------------------- */

/* What a mail server got, read as a mail program reads it. */
struct post {
    struct smtp_sink *sink;
    size_t count;
};

static void decode(const char *from, const char *to, char *out, size_t room)
{
    size_t len = 0;
    assert_int_equal(sodium_base642bin((unsigned char *)out, room - 1, from, (size_t)(to - from),
                                       "\r\n", &len, NULL, sodium_base64_VARIANT_ORIGINAL),
                     0);
    out[len] = '\0';
}

/* Everything that waits goes to a server that keeps it, over the wire. */
static struct post send_all(struct page_fixture *f, struct smtp_sink *sink)
{
    struct mail *list = NULL;
    size_t count = 0;
    char url[64];
    smtp_sink_open(sink);
    assert_status(smtp_open(&sink->smtp), OK);
    (void)snprintf(url, sizeof url, "smtp://127.0.0.1:%d", sink->port);
    const struct smtp_server server = {
        .url = url, .from = "weerklank@school.example", .may_be_plain = true};
    struct work *work = page_begin(f, PAGE_NOBODY);
    assert_status(mail_due(work, SMTP_SINK_LETTERS, &list, &count), OK);
    for (size_t i = 0; i < count; i++) {
        long code = 0;
        const struct smtp_letter letter = {.id = list[i].id,
                                           .to = list[i].address,
                                           .subject = list[i].subject,
                                           .text = list[i].text,
                                           .at_ms = work->now_ms};
        assert_int_equal(smtp_send(sink->smtp, &server, &letter, f->arena, &code), SMTP_SENT);
        assert_status(mail_went(work, list[i].id), OK);
    }
    page_commit(f);
    smtp_sink_close(sink);
    smtp_close(sink->smtp);
    assert_int_equal(atomic_load(&sink->letters), count);
    return (struct post){sink, count};
}

/* Headers, the subject in words, and the text in words. */
static const char *plain(struct page_fixture *f, const struct post *post, size_t n)
{
    const char *raw = post->sink->kept[n];
    const char *body = strstr(raw, "\r\n\r\n"), *end = strstr(raw, "\r\n.\r\n");
    const char *subject = strstr(raw, "Subject: ");
    char words[200], text[SMTP_SINK_TEXT];
    assert_true(raw && body && end && subject);
    subject += strlen("Subject: ");
    if (str_starts(subject, "=?UTF-8?B?"))
        decode(subject + 10, strstr(subject, "?="), words, sizeof words);
    else
        (void)snprintf(words, sizeof words, "%.*s", (int)strcspn(subject, "\r"), subject);
    decode(body + 4, end, text, sizeof text);
    return arena_printf(f->arena, "%.*s\n%s\n%s", (int)(body - raw), raw, words, text);
}

/* Not about whom, not what kind of talk, not where, when or what for, and nobody's name. Where it
 * goes is no secret. */
static void assert_says_nothing(struct page_fixture *f, const char *letter, const char *address)
{
    static const char *const secrets[] = {
        "Noor",     "Linden",    "Karin",        "Tessa",
        "Coen",     "Groep 7",   "Startgesprek", "Start conversation",
        "leeshoek", "voorlezen", "december",     "10.40",
        "10:40",    "Regenboog",
    };
    char *text = arena_strdup(f->arena, letter);
    for (char *at; (at = strstr(text, address)) != NULL;)
        memset(at, '.', strlen(address));
    for (size_t i = 0; i < ARRAY_LEN(secrets); i++)
        if (strcasestr(text, secrets[i]))
            fail_msg("\"%s\" stands in: %s", secrets[i], text);
}

/* No header but those that mail cannot do without. */
static void assert_headers_are_few(const char *raw)
{
    static const char *const known[] = {
        "EHLO ",
        "MAIL FROM:<weerklank@",
        "RCPT TO:<",
        "DATA\r",
        "Date: ",
        "From: Weerklank <",
        "To: <",
        "Subject: ",
        "Message-ID: <",
        "Auto-Submitted: ",
        "MIME-Version: ",
        "Content-Type: text/plain",
        "Content-Transfer-Encoding: ",
    };
    for (const char *line = raw; *line != '\r'; line = strchr(line, '\n') + 1) {
        bool found = false;
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            found |= str_starts(line, known[i]);
        if (!found)
            fail_msg("an unknown line: %.80s", line);
    }
}

static const char *letter_to(struct page_fixture *f, const struct post *post, const char *address)
{
    for (size_t i = 0; i < post->count; i++)
        if (strstr(post->sink->kept[i], arena_printf(f->arena, "RCPT TO:<%s>", address)))
            return plain(f, post, i);
    return NULL;
}

/* The token of a link in a text, without what stands around it. */
static const char *token_in(struct page_fixture *f, const char *text)
{
    const char *at = strstr(text, "/bezoek#");
    assert_non_null(at);
    return arena_strndup(f->arena, at + strlen("/bezoek#"), BADGE_CHARS);
}

static void come_in(struct page_fixture *f, const char *token)
{
    struct page_answer *answer = page_post(f, PAGE_NOBODY, "/bezoek", "code", token, NULL);
    assert_page_goes_to(answer, "/thuis");
    for (size_t i = 0; i < answer->field_count; i++)
        if (str_starts(answer->fields[i].value, SESSION_COOKIE "=")) {
            const char *value = answer->fields[i].value + strlen(SESSION_COOKIE "=");
            f->token[PAGE_PUPIL] = arena_strndup(f->arena, value, strcspn(value, ";"));
        }
}

/* --- one conversation
 * -------------------------------------------------------------------------------- */

static void an_email_says_that_and_the_letter_says_what(void **state)
{
    struct page_fixture *f = *state;
    struct smtp_sink *sink = calloc(1, sizeof *sink);
    give_address(f, ADDRESS);
    struct conversation_id id = plan(f, "h3");
    const char *talk = text_of(f, id.v), *karin = text_of(f, f->guardian.v);
    const char *coen = text_of(f, f->staff[PAGE_COORDINATOR].v);
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_STAFF,
                                          f->staff[PAGE_COORDINATOR].v, 0, ""),
                  OK);
    page_commit(f);
    const char *path = page_path(f, "/gesprek/%s/uitnodigen", talk);
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "not invited yet");
    assert_page_lacks(page_get(f, PAGE_TEACHER, path), ADDRESS); /* used, never shown */
    assert_page_goes_to(page_post(f, PAGE_TEACHER, path, "who", karin, "who", coen, NULL),
                        page_path(f, "%s?ok=uitgenodigd", path));
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "invited today at 10:05");
    struct post post = send_all(f, sink);
    assert_int_equal(post.count, 2);
    for (size_t i = 0; i < post.count; i++)
        assert_headers_are_few(sink->kept[i]);
    const char *to_coen = letter_to(f, &post, "coen@school.example");
    assert_non_null(to_coen);
    assert_says_nothing(f, to_coen, "coen@school.example");
    assert_null(strstr(to_coen, "/bezoek")); /* by account, not by link */
    assert_non_null(strstr(to_coen, page_path(f, "/gesprek/%s/voorbereiden", talk)));
    /* Behind the link stands the whole letter, with names and place filled in. */
    const char *to_karin = letter_to(f, &post, ADDRESS);
    assert_non_null(to_karin);
    assert_says_nothing(f, to_karin, ADDRESS);
    come_in(f, token_in(f, to_karin));
    struct page_answer *page = page_get(f, PAGE_PUPIL, page_path(f, "/thuis/gesprek/%s", talk));
    assert_page_status(page, 200);
    assert_page_contains(page, "Dear Karin Linden");
    assert_page_contains(page, PLACE);
    assert_page_lacks(page, "{name}");
    assert_page_lacks(page, "{leader}");
    assert_page_lacks(page, AIM); /* what it is for is said to the pupil and to staff */
    free(sink);
}

static void who_has_no_address_gets_paper(void **state)
{
    struct page_fixture *f = *state;
    struct mail *list = NULL;
    size_t count = 0;
    struct conversation_id id = plan(f, "h3");
    const char *talk = text_of(f, id.v), *karin = text_of(f, f->guardian.v);
    const char *path = page_path(f, "/gesprek/%s/uitnodigen", talk);
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "No e-mail address is known: on paper.");
    assert_page_status(page_post(f, PAGE_TEACHER, path, "who", karin, NULL), 303);
    assert_status(mail_due(page_begin(f, PAGE_NOBODY), 10, &list, &count), OK);
    page_undo(f);
    assert_int_equal(count, 0);
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "not invited yet"); /* nothing went */
    struct page_answer *pdf = page_post(
        f, PAGE_TEACHER, page_path(f, "/gesprek/%s/brieven.pdf", talk), "who", karin, NULL);
    assert_page_status(pdf, 200);
    assert_string_equal(pdf->content_type, "application/pdf");
    const struct bytes file = {(const uint8_t *)pdf->body, pdf->len};
    const char *words = READER(f->arena, file, "pdftotext", "-layout", "PDF", "-");
    assert_non_null(strstr(words, "Dear Karin Linden"));
    assert_non_null(strstr(words, PLACE));
    assert_null(strstr(words, "Hi Noor")); /* hers was not asked for */
    assert_null(strstr(words, AIM));
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "invited today at 10:05");
    /* The code on the sheet opens the letter: the last line of five groups of five, and one. */
    const char *code = NULL;
    char *rest = arena_strdup(f->arena, words);
    for (char *line; !code && (line = str_split(&rest, '\n')) != NULL;) {
        uint8_t hash[32];
        if (strlen(str_trim(f->arena, line)) == BADGE_CHARS + 5 &&
            badge_token_hash(line, hash) == OK)
            code = str_trim(f->arena, line);
    }
    assert_non_null(code);
    come_in(f, code);
    assert_page_status(page_get(f, PAGE_PUPIL, page_path(f, "/thuis/gesprek/%s", talk)), 200);
}

/* Who has no place in the school, and gave an address when they were asked. */
static void somebody_from_outside_is_invited_by_email(void **state)
{
    struct page_fixture *f = *state;
    struct smtp_sink *sink = calloc(1, sizeof *sink);
    struct conversation_id id = plan(f, "h12");
    const char *talk = text_of(f, id.v);
    const char *people_path = page_path(f, "/gesprek/%s/deelnemers", talk);
    const char *path = page_path(f, "/gesprek/%s/uitnodigen", talk);
    assert_page_status(page_post(f, PAGE_TEACHER, people_path, "kind", "external", "name",
                                 "Ria Prins", "address", "ria", NULL),
                       422);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, people_path, "kind", "external", "name",
                                  "Ria Prins", "address", RIA, NULL),
                        page_path(f, "%s?ok=bewaard", people_path));
    assert_page_lacks(page_get(f, PAGE_TEACHER, people_path), RIA); /* used, never shown */
    struct conversation c;
    struct participant *people = NULL;
    int64_t ria = 0;
    size_t count = 0;
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(conversation_open(work, RIGHT_CONVERSATION_READ, id, &c), OK);
    assert_status(conversation_people(work, &c, &people, &count), OK);
    for (size_t i = 0; i < count; i++)
        if (people[i].kind == PARTICIPANT_EXTERNAL) {
            ria = people[i].person;
            assert_string_equal(people[i].address, RIA);
        } else {
            assert_string_equal(people[i].address, "");
        }
    page_undo(f);
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "E-mail with a link to the letter.");
    assert_page_goes_to(page_post(f, PAGE_TEACHER, path, "who", text_of(f, ria), NULL),
                        page_path(f, "%s?ok=uitgenodigd", path));
    struct post post = send_all(f, sink);
    assert_int_equal(post.count, 1);
    const char *letter = letter_to(f, &post, RIA);
    assert_non_null(letter);
    assert_says_nothing(f, letter, RIA);
    come_in(f, token_in(f, letter));
    assert_page_contains(page_get(f, PAGE_PUPIL, page_path(f, "/thuis/gesprek/%s", talk)),
                         "Dear Ria Prins,");
    free(sink);
}

static void everybody_has_an_own_letter(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = plan(f, "h12");
    const char *talk = text_of(f, id.v);
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_STAFF,
                                          f->staff[PAGE_COORDINATOR].v, 0, ""),
                  OK);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_EXTERNAL, 0, 0, "Ria Prins"),
                  OK);
    page_commit(f);
    struct page_answer *pdf = page_post(
        f, PAGE_TEACHER, page_path(f, "/gesprek/%s/brieven.pdf", talk), "questions", "1", NULL);
    assert_page_status(pdf, 200);
    const struct bytes file = {(const uint8_t *)pdf->body, pdf->len};
    const char *words = READER(f->arena, file, "pdftotext", "-layout", "PDF", "-");
    static const char *const openings[] = {
        "Hi Noor,",
        "Hi Tessa,",
        "Hi Coen,",
        "Dear Karin Linden,",
        "Dear Ria Prins,",
        "Then fill in the circle of school",       /* the teacher's */
        "See to it that everybody comes prepared", /* the coordinator's */
        "Prepare only what belongs to the request" /* from outside */};
    for (size_t i = 0; i < ARRAY_LEN(openings); i++)
        if (!strstr(words, openings[i]))
            fail_msg("not on paper: %s", openings[i]);
    assert_non_null(
        strstr(words, "My teacher may read it before")); /* the pupil's choice, on paper too */
    assert_null(strstr(words, "{"));
    size_t count = 0, pages = 0;
    const struct reader_word *list = reader_words(f->arena, file, &count, &pages);
    reader_assert_tidy(list, count);
    assert_true(pages >= 5 + 3); /* letters, and the questions of who is no staff */
}

static void a_letter_that_is_wrong_by_now_is_told(void **state)
{
    struct page_fixture *f = *state;
    give_address(f, ADDRESS);
    struct conversation_id id = plan(f, "h3");
    const char *talk = text_of(f, id.v);
    const char *path = page_path(f, "/gesprek/%s/uitnodigen", talk);
    assert_page_status(page_post(f, PAGE_TEACHER, path, "who", text_of(f, f->guardian.v), NULL),
                       303);
    assert_page_lacks(page_get(f, PAGE_TEACHER, path), "moved since");
    struct work *work = page_begin(f, PAGE_TEACHER);
    work->now_ms += MS_MINUTE;
    const struct conversation_moment moment = {date_add_days(PAGE_TODAY, 20), 600, 20, "de aula"};
    assert_status(conversation_move(work, id, &moment), OK);
    page_commit(f);
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "moved since: send again");
}

static void a_parent_who_asks_is_not_written_to_with_all_others(void **state)
{
    struct page_fixture *f = *state;
    struct mail *list = NULL;
    size_t count = 0;
    give_address(f, ADDRESS);
    set_information(f, INFORMATION_ON_REQUEST);
    struct conversation_round_id round = plan_round(f);
    const char *path =
        page_path(f, "/groep/%s/ronde/%s/uitnodigen", text_of(f, f->group.v), text_of(f, round.v));
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "Parents who are told things on request");
    assert_page_status(page_post(f, PAGE_TEACHER, path, NULL), 303);
    assert_status(mail_due(page_begin(f, PAGE_NOBODY), 10, &list, &count), OK);
    page_undo(f);
    for (size_t i = 0; i < count; i++)
        assert_string_not_equal(list[i].address, ADDRESS);
    /* Who is told nothing stands in no list at all. */
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct guardian_draft none = {
        .person = person_none(), .information = INFORMATION_NONE, .reason = "uitspraak"};
    none.person.call = "Karin";
    assert_status(guardian_change(work, f->pupil, f->guardian, &none), OK);
    page_commit(f);
    assert_page_lacks(page_get(f, PAGE_TEACHER, path), "Karin");
}

/* --- a round
 * ------------------------------------------------------------------------------------------ */

static void a_round_writes_to_homes_and_to_its_teachers(void **state)
{
    struct page_fixture *f = *state;
    struct smtp_sink *sink = calloc(1, sizeof *sink);
    give_address(f, ADDRESS);
    struct conversation_round_id round = plan_round(f);
    const char *base =
        page_path(f, "/groep/%s/ronde/%s", text_of(f, f->group.v), text_of(f, round.v));
    const char *path = page_path(f, "%s/uitnodigen", base);
    assert_page_contains(page_get(f, PAGE_TEACHER, base), path);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, path, NULL),
                        page_path(f, "%s?ok=uitgenodigd", path));
    struct post post = send_all(f, sink);
    assert_int_equal(post.count, 2);
    const char *to_karin = letter_to(f, &post, ADDRESS);
    const char *to_tessa = letter_to(f, &post, "tessa@school.example");
    assert_true(to_karin && to_tessa);
    assert_says_nothing(f, to_karin, ADDRESS);
    assert_says_nothing(f, to_tessa, "tessa@school.example");
    assert_non_null(strstr(to_tessa, "ronde"));
    come_in(f, token_in(f, to_karin));
    assert_page_contains(page_get(f, PAGE_PUPIL, "/thuis"), "Prepare");
    /* Again: only who has not prepared, and the team is not told twice. */
    assert_page_status(page_post(f, PAGE_TEACHER, path, NULL), 303);
    memset(sink, 0, sizeof *sink);
    assert_int_equal(send_all(f, sink).count, 0);
    assert_page_status(page_post(f, PAGE_TEACHER, path, "again", "1", NULL), 303);
    memset(sink, 0, sizeof *sink);
    post = send_all(f, sink);
    assert_int_equal(post.count, 1);
    come_in(f, token_in(f, letter_to(f, &post, ADDRESS)));
    const char *home = strstr(page_get(f, PAGE_PUPIL, "/thuis")->body, "/thuis/gesprek/");
    home = arena_strndup(f->arena, home, strlen("/thuis/gesprek/") + ID_TEXT_LEN);
    assert_page_status(page_post(f, PAGE_PUPIL, page_path(f, "%s/klaar", home), NULL), 303);
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "prepared");
    assert_page_status(page_post(f, PAGE_TEACHER, path, "again", "1", NULL), 303);
    memset(sink, 0, sizeof *sink);
    assert_int_equal(send_all(f, sink).count, 0);
    free(sink);
}

static void all_letters_of_a_round_are_one_file(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_round_id round = plan_round(f);
    const char *path =
        page_path(f, "/groep/%s/ronde/%s/brieven.pdf", text_of(f, f->group.v), text_of(f, round.v));
    struct page_answer *pdf = page_post(f, PAGE_TEACHER, path, "whose", "all", NULL);
    assert_page_status(pdf, 200);
    const struct bytes file = {(const uint8_t *)pdf->body, pdf->len};
    size_t count = 0, pages = 0;
    const struct reader_word *words = reader_words(f->arena, file, &count, &pages);
    assert_int_equal(pages, 2); /* Noor's and Karin's */
    reader_assert_tidy(words, count);
    assert_int_equal(reader_page_of(words, count, "Karin"), 2);
    pdf = page_post(f, PAGE_TEACHER, path, "whose", "paper", NULL);
    const struct bytes one = {(const uint8_t *)pdf->body, pdf->len};
    (void)reader_words(f->arena, one, &count, &pages);
    assert_int_equal(pages, 1); /* of Karin no address is known */
    give_address(f, ADDRESS);
    assert_page_status(page_post(f, PAGE_TEACHER, path, "whose", "paper", NULL),
                       303); /* none left */
    assert_page_status(page_post(f, PAGE_OTHER_TEACHER, path, "whose", "all", NULL), 404);
}

/* --- faults
 * ------------------------------------------------------------------------------------------- */

static void a_guardian_by_link_is_among_the_people(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = plan(f, "h3");
    struct conversation c;
    struct participant *people = NULL;
    struct badge_token token;
    struct visit_link link;
    size_t count = 0;
    const struct visit_draft draft = {VISIT_OF_GUARDIAN, f->guardian.v, VISIT_PREPARE, 7};
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(visit_make(work, id, &draft, &token, &link), OK);
    assert_status(conversation_open(work, RIGHT_CONVERSATION_READ, id, &c), OK);
    assert_status(conversation_people(work, &c, &people, &count), OK);
    page_commit(f);
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found |= people[i].kind == PARTICIPANT_GUARDIAN && people[i].person == f->guardian.v &&
                 people[i].invited_at == work->now_ms;
    assert_true(found);
    come_in(f, token.s);
    const char *done = page_path(f, "/thuis/gesprek/%s/klaar", text_of(f, id.v));
    assert_page_goes_to(page_post(f, PAGE_PUPIL, done, NULL), "/thuis?ok=bewaard");
    assert_page_contains(page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s", text_of(f, id.v))),
                         "Karin Linden");
    assert_page_contains(
        page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/uitnodigen", text_of(f, id.v))),
        "prepared");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(an_email_says_that_and_the_letter_says_what),
        page_each_engine(who_has_no_address_gets_paper),
        page_each_engine(somebody_from_outside_is_invited_by_email),
        page_each_engine(everybody_has_an_own_letter),
        page_each_engine(a_letter_that_is_wrong_by_now_is_told),
        page_each_engine(a_parent_who_asks_is_not_written_to_with_all_others),
        page_each_engine(a_round_writes_to_homes_and_to_its_teachers),
        page_each_engine(all_letters_of_a_round_are_one_file),
        page_each_engine(a_guardian_by_link_is_among_the_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
