/* Preparing: the pupil's letter and choice, colleagues after signing in, and what comes on paper.
 */
#include <ctype.h>

#include "access/session.h"
#include "answer/image_fixture.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "method/own.h"
#include "method/store.h"
#include "print/reader_fixture.h"
#include "web/web_fixture.h"

#define SECRET "iets wat niemand weet"

/* A conversation question hangs on what the pupil prepared, and everybody prepares. */
static const char trial[] =
    "method: proef\n"
    "version: 1\n"
    "title: {nl: Proef, en: Trial}\n"
    "purpose: {nl: Samen praten.}\n"
    "ages: [8-12]\n"
    "tiers: [1]\n"
    "about: pupil\n"
    "takes_part: [pupil, teacher, coordinator, guardian]\n"
    "topic: wellbeing\n"
    "preparations:\n"
    "  - who: pupil\n"
    "    letter: {nl: \"Hoi {name}, kom je op {day} naar {place}? Groet, {leader}\"}\n"
    "    phases: [{id: before, title: {nl: Vooraf}, questions: [\n"
    "      {id: prep, kind: text, ask: {nl: Wat wil je zeggen}},\n"
    "      {id: prep-join, kind: choice, ask: {nl: Doe je mee},\n"
    "       options: [{id: yes, label: {nl: Ja}}, {id: not, label: {nl: Liever niet}}]}]}]\n"
    "  - who: teacher\n"
    "    letter: {nl: \"Dag {name}, dit is de brief voor de leerkracht.\"}\n"
    "    phases: [{id: team, title: {nl: Team}, questions: [\n"
    "      {id: view, kind: text, ask: {nl: Wat zie ik}, voices: [teacher]}]}]\n"
    "  - who: coordinator\n"
    "    phases: [{id: arrange, title: {nl: Klaarzetten}, questions: [\n"
    "      {id: ready, kind: text, ask: {nl: Wat is geregeld}, voices: [teacher]}]}]\n"
    "  - who: guardian\n"
    "    phases: [{id: home, title: {nl: Thuis}, questions: [\n"
    "      {id: home-view, kind: text, ask: {nl: Hoe gaat het thuis}, voices: [guardian]}]}]\n"
    "phases:\n"
    "  - id: one\n"
    "    title: {nl: Een}\n"
    "    questions:\n"
    "      - {id: topic, kind: text, ask: {nl: Waar praten we over}, shows: prep}\n"
    "      - {id: instead, kind: text, ask: {nl: Wie zegt het voor jou},\n"
    "         when: {question: prep-join, is: [not]}}\n";

static void publish(struct page_fixture *f)
{
    struct method_version_id id;
    struct method_refusal refusal;
    struct work *work = page_begin(f, PAGE_COORDINATOR);
    assert_status(method_draft_take(work, trial, strlen(trial), NULL, &id, &refusal), OK);
    assert_status(method_draft_publish(work, id), OK);
    page_commit(f);
}

static const char *plan_of(struct page_fixture *f, const char *method)
{
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_id id = {work_new_id(work)};
    const struct conversation_draft draft = {.method_key = method,
                                             .pupil = f->pupil,
                                             .planned_on = date_add_days(PAGE_TODAY, 9),
                                             .planned_at = 640,
                                             .place = "de leeshoek",
                                             .aim = "Horen hoe het gaat."};
    assert_status(conversation_plan(work, id, &draft), OK);
    page_commit(f);
    return arena_strdup(f->arena, id_text(id.v).s);
}

static const char *plan(struct page_fixture *f)
{
    publish(f);
    return plan_of(f, "eigen-proef");
}

static struct conversation_id id_of(const char *talk)
{
    struct conversation_id id;
    assert_status(id_parse(talk, &id.v), OK);
    return id;
}

/* Types one answer: the pupil in the own place, staff on their page of preparing. */
static struct page_answer *prepare(struct page_fixture *f, enum page_role role, const char *talk,
                                   const char *question, const char *voice, const char *version,
                                   const char *text)
{
    bool pupil = role == PAGE_PUPIL;
    return page_post(f, role, page_path(f, "%s/gesprek/%s/antwoord", pupil ? "/ik" : "", talk), "q",
                     question, "v", voice, "version", version, "back",
                     page_path(f, pupil ? "/ik/gesprek/%s" : "/gesprek/%s/voorbereiden", talk), "a",
                     text, NULL);
}

/* The same where the person speaks apart. */
static struct page_answer *prepare_as(struct page_fixture *f, enum page_role role, const char *talk,
                                      const char *question, const char *voice, int64_t person,
                                      const char *text)
{
    return page_post(f, role, page_path(f, "/gesprek/%s/antwoord", talk), "q", question, "v", voice,
                     "p", id_text(person).s, "version", "0", "back",
                     page_path(f, "/gesprek/%s/voorbereiden", talk), "a", text, NULL);
}

static struct page_answer *say(struct page_fixture *f, const char *talk, const char *may_read)
{
    return page_post(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s/klaar", talk), "may_read",
                     may_read, NULL);
}

static struct page_answer *of_talk(struct page_fixture *f, enum page_role role, const char *talk,
                                   const char *page)
{
    return page_get(f, role, page_path(f, "/gesprek/%s%s", talk, page));
}

/* --- the pupil
 * ----------------------------------------------------------------------------------------- */

static void preparing_begins_with_the_letter(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f);
    const char *own = page_path(f, "/ik/gesprek/%s", talk);
    struct page_answer *page = page_get(f, PAGE_PUPIL, own);
    assert_page_contains(page, "Hoi Noor, kom je op");
    assert_page_contains(page, "naar de leeshoek?");
    assert_page_contains(page, "Horen hoe het gaat."); /* what it is for */
    assert_page_lacks(page, "{");
    assert_page_lacks(page, "Wat wil je zeggen");
    assert_page_contains(page, page_path(f, "%s?vraag=prep", own));
    page = page_get(f, PAGE_PUPIL, page_path(f, "%s?vraag=prep", own));
    assert_page_contains(page, "Wat wil je zeggen");
    assert_page_contains(page, "Back to the letter");
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id_of(talk)), OK);
    page_commit(f);
    assert_page_lacks(page_get(f, PAGE_PUPIL, own), "Hoi Noor"); /* the talk itself is no letter */
}

/* Everywhere a teacher might look, before the conversation. */
static void assert_unread(struct page_fixture *f, const char *talk)
{
    static const enum page_role roles[] = {PAGE_TEACHER, PAGE_COORDINATOR};
    static const char *const pages[] = {"",        "/invullen", "/delen",        "/uitnodigen",
                                        "/papier", "/links",    "/voorbereiden", "/delen/thuis"};
    for (size_t r = 0; r < ARRAY_LEN(roles); r++) {
        for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
            struct page_answer *page = of_talk(f, roles[r], talk, pages[i]);
            assert_page_lacks(page, SECRET);
            assert_page_lacks(page, "Liever niet");
        }
        assert_page_status(of_talk(f, roles[r], talk, "/voorbereiden?als=leerling"), 404);
        assert_page_status(of_talk(f, roles[r], talk, "/geschiedenis?vraag=prep&stem=1"), 404);
        assert_page_status(of_talk(f, roles[r], talk, "/geschiedenis?vraag=prep-join&stem=1"), 404);
        assert_page_status(of_talk(f, roles[r], talk, "/vergelijk"), 404);
        static const char *const papers[] = {"/formulier.pdf", "/formulier.pdf?wat=voorbereiding",
                                             "/formulier.pdf?wat=leeg"};
        for (size_t i = 0; i < ARRAY_LEN(papers); i++) {
            struct page_answer *pdf = of_talk(f, roles[r], talk, papers[i]);
            assert_page_status(pdf, 200);
            const struct bytes file = {(const uint8_t *)pdf->body, pdf->len};
            assert_null(strstr(READER(f->arena, file, "pdftotext", "PDF", "-"), SECRET));
        }
        /* Nor by typing in their place: what stands is never sent back. */
        struct page_answer *typed = prepare(f, roles[r], talk, "prep", "1", "0", "van een ander");
        assert_page_status(typed, 404);
        assert_page_lacks(typed, SECRET);
        assert_page_lacks(
            page_get(f, roles[r], page_path(f, "/leerling/%s", id_text(f->pupil.v).s)), SECRET);
    }
    /* The stream says that something changed, never what: it has no body of its own. */
    assert_page_lacks(of_talk(f, PAGE_TEACHER, talk, "/live"), SECRET);
}

static void what_the_pupil_keeps_for_the_talk_nobody_reads_before(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f);
    assert_page_status(prepare(f, PAGE_PUPIL, talk, "prep", "1", "0", SECRET), 303);
    assert_page_status(prepare(f, PAGE_PUPIL, talk, "prep-join", "1", "0", "not"), 303);
    assert_unread(f, talk); /* undecided yet */
    assert_page_goes_to(say(f, talk, "no"), "/ik");
    assert_unread(f, talk);
    assert_page_goes_to(say(f, talk, "yes"), "/ik");
    assert_page_contains(of_talk(f, PAGE_TEACHER, talk, ""), SECRET);
    assert_page_goes_to(say(f, talk, "no"), "/ik"); /* and back: it is closed again */
    assert_unread(f, talk);
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id_of(talk)), OK);
    page_commit(f);
    assert_page_contains(of_talk(f, PAGE_TEACHER, talk, "/invullen"), SECRET); /* now it is told */
}

/* A question that comes with one answer and not with the other tells which it was. */
static void what_hangs_on_a_closed_answer_tells_nothing(void **state)
{
    struct page_fixture *f = *state;
    const char *one = plan(f), *other = plan_of(f, "eigen-proef");
    assert_page_status(prepare(f, PAGE_PUPIL, one, "prep-join", "1", "0", "not"), 303);
    assert_page_status(prepare(f, PAGE_PUPIL, other, "prep-join", "1", "0", "yes"), 303);
    assert_page_contains(of_talk(f, PAGE_TEACHER, one, "/invullen"), "Wie zegt het voor jou");
    assert_page_contains(of_talk(f, PAGE_TEACHER, other, "/invullen"), "Wie zegt het voor jou");
    assert_page_goes_to(say(f, other, "yes"), "/ik");
    assert_page_lacks(of_talk(f, PAGE_TEACHER, other, "/invullen"), "Wie zegt het voor jou");
    assert_page_goes_to(say(f, one, "yes"), "/ik");
    assert_page_contains(of_talk(f, PAGE_TEACHER, one, "/invullen"), "Wie zegt het voor jou");
}

/* Put together: the words bring the choice with them that was made about them. */
static void two_that_become_one_open_nothing(void **state)
{
    struct page_fixture *f = *state;
    const char *open = plan(f), *closed = plan_of(f, "eigen-proef");
    assert_page_goes_to(say(f, open, "yes"), "/ik"); /* about nothing: it was left empty */
    assert_page_status(prepare(f, PAGE_PUPIL, closed, "prep", "1", "0", SECRET), 303);
    assert_page_goes_to(say(f, closed, "no"), "/ik");
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/samenvoegen", open),
                                 "other", closed, NULL),
                       303);
    assert_unread(f, open);
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id_of(open)), OK);
    page_commit(f);
    assert_page_contains(of_talk(f, PAGE_TEACHER, open, "/invullen"), SECRET);
}

/* Who does not read hears the question, and what can be chosen. */
static void what_can_be_chosen_is_heard_too(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan_of(f, "k13");
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id_of(talk)), OK);
    page_commit(f);
    struct page_answer *page =
        page_get(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s?vraag=playing-outside", talk));
    assert_page_status(page, 200);
    assert_page_contains(page, "data-say=\"How do you find playing outside? nice. ordinary. hard. I");
    assert_page_contains(of_talk(f, PAGE_TEACHER, talk, "/samen?vraag=playing-outside"),
                         "data-say=\"How do you find playing outside? nice. ordinary. hard. I");
}

/* The youngest, on the device of the class: a name and three pictures open what is to be prepared.
 */
static void pictures_are_enough_to_prepare(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan_of(f, "k13"), *own = page_path(f, "/ik/gesprek/%s", talk);
    struct session_start start = {.kind = SESSION_PICTURE,
                                  .step = SESSION_FULL,
                                  .school = f->school,
                                  .person = f->pupil.v,
                                  .browser = browser_of("")};
    char token[SESSION_TOKEN_TEXT];
    struct session_id session;
    struct work *work = page_begin(f, PAGE_NOBODY);
    assert_status(session_start(work->db, work->random, work->now_ms, &start, token, &session), OK);
    page_commit(f);
    f->token[PAGE_PUPIL] = token;
    assert_page_contains(page_get(f, PAGE_PUPIL, "/ik"), own);
    assert_page_contains(page_get(f, PAGE_PUPIL, own), "We talk about the first weeks in class.");
    struct page_answer *page = page_get(f, PAGE_PUPIL, page_path(f, "%s?vraag=prep-drawing", own));
    assert_page_status(page, 200);
    assert_page_contains(page, "data-say="); /* heard instead of read */
    assert_page_status(page_post(f, PAGE_PUPIL, page_path(f, "%s/antwoord", own), "q",
                                 "prep-drawing", "v", "1", "version", "0", "a.text", "een vis",
                                 NULL),
                       303);
    assert_page_contains(page_get(f, PAGE_PUPIL, page_path(f, "%s?vraag=klaar", own)), "een vis");
    assert_page_goes_to(say(f, talk, "yes"), "/ik");
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id_of(talk)), OK);
    assert_status(conversation_close(&f->work, id_of(talk), "", (struct date){0}), OK);
    page_commit(f);
    assert_page_status(page_get(f, PAGE_PUPIL, own),
                       404); /* once closed, a weak sign-in sees it no more */
}

/* What the pupil brings stands first: in every kind of conversation that asks for it. */
static void own_topics_stand_first(void **state)
{
    struct page_fixture *f = *state;
    struct method_line *lines = NULL;
    size_t count = 0, asked = 0;
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(method_list(work, &lines, &count), OK);
    for (size_t i = 0; i < count; i++) {
        const struct method *method = lines[i].method;
        if (!method_question(method, "prep-topic"))
            continue;
        asked++;
        const struct question *first =
            NULL; /* that the pupil answers; after what kind of talk it is (H5) */
        for (size_t p = 0; p < method->phase_count && !first; p++)
            for (size_t q = 0; q < method->phases[p].question_count && !first; q++)
                for (size_t v = 0; v < method->phases[p].questions[q].voice_count; v++)
                    if (method->phases[p].questions[q].voices[v] == VOICE_PUPIL &&
                        !str_equal(method->phases[p].questions[q].id, "understood"))
                        first = &method->phases[p].questions[q];
        if (!first || !first->shows || !str_equal(first->shows, "prep-topic"))
            fail_msg("%s asks %s first", method->key, first ? first->id : "nothing");
    }
    page_undo(f);
    assert_true(asked >= 6);
}

/* --- colleagues
 * ---------------------------------------------------------------------------------------- */

static void colleagues_prepare_each_under_their_own_name(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f);
    struct page_answer *page = of_talk(f, PAGE_TEACHER, talk, "/voorbereiden");
    assert_page_contains(page, "dit is de brief voor de leerkracht.");
    assert_page_contains(page, "Wat zie ik");
    page = of_talk(f, PAGE_COORDINATOR, talk, "/voorbereiden"); /* gets things ready */
    assert_page_contains(page, "Wat is geregeld");
    assert_page_contains(page, "als=leerkracht");
    assert_page_status(prepare(f, PAGE_TEACHER, talk, "view", "2", "0", "Ik zie dat zij doorzet."),
                       303);
    assert_page_status(prepare_as(f, PAGE_COORDINATOR, talk, "view", "2",
                                  f->staff[PAGE_COORDINATOR].v, "Ik zie dat zij vragen stelt."),
                       303);
    /* Not under the name of a colleague. */
    assert_page_status(prepare_as(f, PAGE_COORDINATOR, talk, "view", "2", f->staff[PAGE_SUPPORT].v,
                                  "Namens een ander."),
                       404);
    assert_page_status(prepare(f, PAGE_COORDINATOR, talk, "view", "2", "1", "Over haar heen."),
                       404);
    page = of_talk(f, PAGE_TEACHER, talk, "");
    assert_page_contains(page, "Ik zie dat zij doorzet.");
    assert_page_contains(page, "Ik zie dat zij vragen stelt.");
    assert_page_contains(page, "Coen");
    assert_page_lacks(page, "Over haar heen.");
    assert_page_goes_to(
        page_post(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/voorbereiden", talk), NULL),
        page_path(f, "/gesprek/%s?ok=bewaard", talk));
    assert_page_status(of_talk(f, PAGE_OTHER_TEACHER, talk, "/voorbereiden"), 404);
    /* The pupil reads none of it, on no page of the conversation. */
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id_of(talk)), OK);
    page_commit(f);
    assert_page_lacks(page_get(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s?vraag=topic", talk)),
                      "doorzet");
    assert_page_lacks(of_talk(f, PAGE_TEACHER, talk, "/samen?vraag=topic"), "doorzet");
}

static void adults_talk_about_and_not_with(void **state)
{
    struct page_fixture *f = *state;
    const char *with = plan_of(f, "k12"), *about = plan_of(f, "l");
    assert_page_contains(of_talk(f, PAGE_TEACHER, with, ""), "<h1>Six questions with Noor</h1>");
    struct page_answer *page = of_talk(f, PAGE_TEACHER, about, "");
    assert_page_lacks(page, "with Noor</h1>");
    assert_page_contains(page, "about Noor</h1>");
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id_of(about)), OK);
    page_commit(f);
    static const char *const pages[] = {"/invullen", "/samen", "/sluiten"};
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        page = of_talk(f, PAGE_TEACHER, about, pages[i]);
        assert_page_lacks(page, "with Noor");
        assert_page_lacks(page, "Noor and Tessa");
        assert_page_lacks(page, "Thank you, Noor");
    }
}

/* --- paper
 * ---------------------------------------------------------------------------------------------- */

static void the_code_on_paper_leads_back(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f), *papers = page_path(f, "/gesprek/%s/papier", talk);
    char loud[64];
    size_t n = 0;
    for (size_t i = 0; talk[i]; i++) {
        if (i && i % 4 == 0)
            loud[n++] = i % 8 ? ' ' : '-';
        loud[n++] = talk[i] == '0' ? 'o' : talk[i] == '1' ? 'L' : (char)toupper(talk[i]);
    }
    loud[n] = '\0';
    assert_page_goes_to(page_post(f, PAGE_TEACHER, "/code", "code", talk, NULL), papers);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, "/code", "code", loud, NULL), papers);
    static const char *const wrong[] = {"", "0000000000000", "zzzzzzzzzzzzzzzz", "é", "niet deze"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_page_status(page_post(f, PAGE_TEACHER, "/code", "code", wrong[i], NULL), 422);
    struct page_answer *theirs = page_post(f, PAGE_OTHER_TEACHER, "/code", "code", talk, NULL);
    assert_page_status(theirs, 422); /* the same as what does not exist */
    assert_page_status(page_post(f, PAGE_STRANGER, "/code", "code", talk, NULL), 422);
    /* It stands on the form, as a code and as what a telephone reads. */
    struct page_answer *pdf = of_talk(f, PAGE_TEACHER, talk, "/formulier.pdf?wat=voorbereiding");
    const struct bytes file = {(const uint8_t *)pdf->body, pdf->len};
    assert_non_null(strstr(READER(f->arena, file, "pdftotext", "-layout", "PDF", "-"),
                           page_path(f, "%.4s %.4s %.5s", talk, talk + 4, talk + 8)));
}

static void what_the_pupil_hands_in_to_be_read_is_typed_in(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f), *papers = page_path(f, "/gesprek/%s/papier", talk);
    const char *typing = page_path(f, "/gesprek/%s/voorbereiden?als=leerling", talk);
    assert_page_status(page_get(f, PAGE_TEACHER, typing), 404);
    assert_page_contains(page_get(f, PAGE_TEACHER, papers), "gave it to me to read before");
    assert_page_goes_to(page_post(f, PAGE_TEACHER, papers, "do", "voorbereiding", NULL), typing);
    assert_page_contains(page_get(f, PAGE_TEACHER, typing), "Type over what stands on the paper");
    assert_page_status(prepare(f, PAGE_TEACHER, talk, "prep", "1", "0", "Zo stond het er."), 303);
    assert_page_contains(of_talk(f, PAGE_TEACHER, talk, ""), "Zo stond het er.");
    struct page_answer *own =
        page_get(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s?vraag=prep", talk));
    assert_page_contains(own,
                         "Zo stond het er."); /* the pupil sees what was typed, and may change it */
}

static void paper_opens_nothing_that_was_typed_on_screen(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f), *papers = page_path(f, "/gesprek/%s/papier", talk);
    assert_page_status(prepare(f, PAGE_PUPIL, talk, "prep", "1", "0", SECRET), 303);
    struct page_answer *page = page_post(f, PAGE_TEACHER, papers, "do", "voorbereiding", NULL);
    assert_page_status(page, 409);
    assert_page_contains(page, "The pupil prepares on screen");
    assert_unread(f, talk);
    assert_page_goes_to(say(f, talk, "no"), "/ik");
    assert_page_status(page_post(f, PAGE_TEACHER, papers, "do", "voorbereiding", NULL), 409);
    assert_unread(f, talk);
}

static void a_talk_held_on_paper_has_the_day_it_was_held(void **state)
{
    struct page_fixture *f = *state;
    struct conversation c;
    const char *talk = plan(f), *papers = page_path(f, "/gesprek/%s/papier", talk);
    static const char *const wrong[] = {"2026-11-25", "2025-11-20", "x"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_page_status(
            page_post(f, PAGE_TEACHER, papers, "do", "gesprek", "day", wrong[i], NULL), 422);
    assert_page_goes_to(
        page_post(f, PAGE_TEACHER, papers, "do", "gesprek", "day", "2026-11-19", NULL),
        page_path(f, "/gesprek/%s/invullen", talk));
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_READ, id_of(talk), &c), OK);
    assert_int_equal(date_compare(c.held_on, (struct date){2026, 11, 19}), 0);
    page_undo(f);
}

#define EDGE "rand"

static struct page_answer *photograph(struct page_fixture *f, const char *talk,
                                      const char *question, const char *voice, const char *back)
{
    struct buf body;
    const struct bytes file = fixture_jpeg(f->arena, true, 1);
    const char *const fields[][2] = {{"csrf", page_csrf(f, PAGE_TEACHER)},
                                     {"q", question},
                                     {"v", voice},
                                     {"version", "0"},
                                     {"back", page_path(f, "/gesprek/%s/%s", talk, back)}};
    buf_init(&body, 1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        buf_printf(&body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n",
                   fields[i][0], fields[i][1]);
    buf_add_str(&body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"file\"; "
                       "filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
    buf_add(&body, (const char *)file.data, file.len);
    buf_add_str(&body, "\r\n--" EDGE "--\r\n");
    struct page_answer *page =
        page_send(f, PAGE_TEACHER, HTTP_POST, page_path(f, "/gesprek/%s/bijlage", talk),
                  "multipart/form-data; boundary=" EDGE,
                  (struct bytes){(const uint8_t *)body.data, body.len}, NULL, 0);
    buf_free(&body);
    return page;
}

static void a_photo_of_the_paper_is_enough(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f);
    /* Of the preparation only when it may be read. */
    assert_page_status(photograph(f, talk, "paper-pupil-1", "1", "voorbereiden?als=leerling"), 404);
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_prepared_on_paper(&f->work, id_of(talk)), OK);
    page_commit(f);
    assert_page_status(photograph(f, talk, "paper-pupil-1", "1", "voorbereiden?als=leerling"), 303);
    assert_page_contains(of_talk(f, PAGE_TEACHER, talk, ""), "Photo of the paper, side 1");
    /* Of the form: one side after the other, and never on the shared screen. */
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_start(&f->work, id_of(talk)), OK);
    page_commit(f);
    struct page_answer *form = of_talk(f, PAGE_TEACHER, talk, "/invullen");
    assert_page_contains(form, "Photo of the paper, side 1");
    assert_page_lacks(form, "Photo of the paper, side 2");
    assert_page_status(photograph(f, talk, "paper-talk-1", "5", "invullen"), 303);
    assert_page_status(photograph(f, talk, "paper-talk-3", "5", "invullen"), 404);
    form = of_talk(f, PAGE_TEACHER, talk, "/invullen");
    assert_page_contains(form, "Photo of the paper, side 2");
    assert_page_lacks(of_talk(f, PAGE_TEACHER, talk, "/samen"), "Photo of the paper");
    assert_page_lacks(of_talk(f, PAGE_TEACHER, talk, "/sluiten"), "Photo of the paper, side 2");
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/sluiten", talk), NULL),
                       303);
    struct page_answer *page = of_talk(f, PAGE_TEACHER, talk, "");
    assert_page_contains(page, "Photo of the paper, side 1");
    const char *at = strstr(page->body, "<img src=\"");
    assert_non_null(at);
    at = arena_strndup(f->arena, strstr(at, "/gesprek/"), strcspn(strstr(at, "/gesprek/"), "\""));
    assert_page_status(page_get(f, PAGE_TEACHER, at), 200);
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, at), 404);
    assert_page_contains(page_get(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s?vraag=klaar", talk)),
                         "Photo of the paper, side 1"); /* what was said together the pupil reads */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(preparing_begins_with_the_letter),
        page_each_engine(what_the_pupil_keeps_for_the_talk_nobody_reads_before),
        page_each_engine(what_hangs_on_a_closed_answer_tells_nothing),
        page_each_engine(two_that_become_one_open_nothing),
        page_each_engine(what_can_be_chosen_is_heard_too),
        page_each_engine(pictures_are_enough_to_prepare),
        page_each_engine(own_topics_stand_first),
        page_each_engine(colleagues_prepare_each_under_their_own_name),
        page_each_engine(adults_talk_about_and_not_with),
        page_each_engine(the_code_on_paper_leads_back),
        page_each_engine(what_the_pupil_hands_in_to_be_read_is_typed_in),
        page_each_engine(paper_opens_nothing_that_was_typed_on_screen),
        page_each_engine(a_talk_held_on_paper_has_the_day_it_was_held),
        page_each_engine(a_photo_of_the_paper_is_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
