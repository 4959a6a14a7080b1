/* The pages of one conversation: what is kept, what is refused, and who sees what. */
#include "answer/image_fixture.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "method/own.h"
#include "method/store.h"
#include "print/photo_fixture.h"
#include "web/web_fixture.h"

/* A method with all that these tests need: a preparation, a condition, a photo, and what is for the teacher only. */
#define TRIAL(version, first)                                                                      \
    "method: proef\n"                                                                              \
    "version: " version "\n"                                                                       \
    "title: {nl: Proef, en: Trial}\n"                                                              \
    "purpose: {nl: Samen praten.}\n"                                                               \
    "ages: [8-12]\n"                                                                               \
    "tiers: [1]\n"                                                                                 \
    "about: pupil\n"                                                                               \
    "takes_part: [pupil, teacher]\n"                                                               \
    "topic: wellbeing\n"                                                                           \
    "preparations:\n"                                                                              \
    "  - who: pupil\n"                                                                             \
    "    days_before: 2\n"                                                                         \
    "    letter: {nl: Kom je?}\n"                                                                  \
    "    phases: [{id: before, title: {nl: Vooraf}, questions: [\n"                                \
    "      {id: prep, kind: file, ask: {nl: Wat neem je mee}}]}]\n"                                \
    "phases:\n"                                                                                    \
    "  - id: one\n"                                                                                \
    "    title: {nl: Een}\n"                                                                       \
    "    questions:\n"                                                                             \
    "      - {id: mood, kind: choice, ask: {nl: " first "}, voices: [pupil],\n"                    \
    "         options: [{id: fine, label: {nl: Fijn}}, {id: hard, label: {nl: Lastig}}]}\n"        \
    "      - {id: why, kind: text, most: 20, ask: {nl: Waardoor komt dat}, voices: [pupil],\n"     \
    "         when: {question: mood, is: [hard]}}\n"                                               \
    "      - {id: more, kind: text, ask: {nl: Wat nog meer}, voices: [pupil, teacher]}\n"          \
    "      - {id: photo, kind: file, ask: {nl: Laat eens zien}, voices: [pupil, together],\n"      \
    "         shows: prep}\n"                                                                      \
    "      - {id: ear, kind: listening, ask: {nl: Hoe luisterde ik}, voices: [teacher]}\n"

static const char trial[] = TRIAL("1", "Hoe is het"), trial_again[] = TRIAL("2", "Nieuwe woorden");

static void publish(struct page_fixture *f, const char *yaml)
{
    struct method_version_id id;
    struct method_refusal refusal;
    struct work *work = page_begin(f, PAGE_COORDINATOR);
    assert_status(method_draft_take(work, yaml, strlen(yaml), NULL, &id, &refusal), OK);
    assert_status(method_draft_publish(work, id), OK);
    page_commit(f);
}

/* Planned by the teacher of group 7, about Noor. */
static const char *plan(struct page_fixture *f)
{
    publish(f, trial);
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_id id = {work_new_id(work)};
    const struct conversation_draft draft = {.method_key = "eigen-proef", .pupil = f->pupil,
                                             .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(work, id, &draft), OK);
    assert_status(conversation_invite(work, id), OK);
    page_commit(f);
    return arena_strdup(f->arena, id_text(id.v).s);
}

static void step(struct page_fixture *f, const char *talk, const char *where)
{
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/%s", talk, where), NULL),
                       303);
}

static const char *begun(struct page_fixture *f)
{
    const char *talk = plan(f);
    step(f, talk, "begin");
    return talk;
}

static struct page_answer *answer(struct page_fixture *f, enum page_role role, const char *talk,
                                  const char *question, const char *voice, const char *version,
                                  const char *text)
{
    const char *own = role == PAGE_PUPIL ? "/ik" : "";
    return page_post(f, role, page_path(f, "%s/gesprek/%s/antwoord", own, talk), "q", question, "v",
                     voice, "version", version, "back",
                     page_path(f, "%s/gesprek/%s", own, talk), "a", text, NULL);
}

static struct page_answer *form_of(struct page_fixture *f, const char *talk)
{
    return page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/invullen", talk));
}

/* --- keeping -------------------------------------------------------------------------------------- */

static void what_is_said_is_kept_and_read(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_goes_to(answer(f, PAGE_TEACHER, talk, "more", "1", "0", "Ik wil vaker voorlezen."),
                        page_path(f, "/gesprek/%s", talk));
    assert_page_contains(form_of(f, talk), "Ik wil vaker voorlezen.");
    step(f, talk, "sluiten");
    assert_page_contains(page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s", talk)),
                         "Ik wil vaker voorlezen.");
}

static void what_is_wrong_is_said_at_the_field(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_status(answer(f, PAGE_TEACHER, talk, "mood", "1", "0", "hard"), 303);
    struct page_answer *page =
        answer(f, PAGE_TEACHER, talk, "why", "1", "0", "Dit is langer dan twintig tekens.");
    assert_page_status(page, 422);
    assert_page_contains(page, "Dit is langer dan twintig tekens."); /* nothing typed is lost */
    assert_page_contains(page, "field--error");
    page = answer(f, PAGE_TEACHER, talk, "mood", "1", "1", "blue"); /* no option */
    assert_page_status(page, 422);
    page = page_post(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/antwoord", talk), "q", "more", "v",
                     "1", "version", "0", "a.tops", "van een andere soort", NULL);
    assert_page_status(page, 422);
    assert_page_lacks(form_of(f, talk), "van een andere soort");
}

static void what_is_not_asked_is_not_answered(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_status(answer(f, PAGE_TEACHER, talk, "nothing", "1", "0", "x"), 404);
    assert_page_status(answer(f, PAGE_TEACHER, talk, "more", "3", "0", "x"), 404); /* nor that voice */
    assert_page_status(answer(f, PAGE_TEACHER, talk, "prep", "1", "0", "x"), 404); /* the pupil's */
    assert_page_status(answer(f, PAGE_OTHER_TEACHER, talk, "more", "2", "0", "x"), 404);
    assert_page_status(answer(f, PAGE_STRANGER, talk, "more", "2", "0", "x"), 404);
    assert_page_status(answer(f, PAGE_PUPIL, talk, "more", "2", "0", "x"), 403); /* the teacher's voice */
}

static void a_closed_conversation_takes_nothing(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    step(f, talk, "sluiten");
    assert_page_status(answer(f, PAGE_TEACHER, talk, "more", "2", "0", "te laat"), 403);
    assert_page_status(answer(f, PAGE_PUPIL, talk, "more", "1", "0", "te laat"), 403);
    assert_page_lacks(page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s", talk)), "te laat");
}

static void a_planned_one_is_not_filled_in_by_the_teacher(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f);
    assert_page_status(answer(f, PAGE_TEACHER, talk, "more", "2", "0", "vooraf"), 403);
}

static void the_childs_own_words_stay_the_childs(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_status(answer(f, PAGE_PUPIL, talk, "more", "1", "0", "van Noor zelf"), 303);
    assert_page_status(answer(f, PAGE_TEACHER, talk, "more", "1", "1", "mooier gezegd"), 403);
    assert_page_contains(form_of(f, talk), "van Noor zelf");
}

static void going_by_keeps_nothing_and_going_on_keeps_it(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    struct page_answer *page =
        page_get(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s?vraag=more", talk));
    assert_page_contains(page, "type=\"submit\" form=\"form-more-1\""); /* the arrow */
    assert_page_lacks(page, ">Keep<");
    assert_page_status(answer(f, PAGE_PUPIL, talk, "more", "1", "0", ""), 303);
    const char *past = page_path(f, "/gesprek/%s/geschiedenis?vraag=more&stem=1", talk);
    assert_page_status(page_get(f, PAGE_TEACHER, past), 404);
    assert_page_status(answer(f, PAGE_PUPIL, talk, "more", "1", "0", "toch iets"), 303);
    assert_page_status(answer(f, PAGE_PUPIL, talk, "more", "1", "1", ""), 303); /* taken back */
    assert_page_contains(page_get(f, PAGE_TEACHER, past), "Made empty.");
}

/* --- two at once ----------------------------------------------------------------------------------- */

static void two_texts_are_told_to_both_and_settled(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_status(answer(f, PAGE_TEACHER, talk, "more", "2", "0", "de eerste tekst"), 303);
    struct page_answer *page = answer(f, PAGE_COORDINATOR, talk, "more", "2", "0", "de tweede tekst");
    assert_page_status(page, 200);
    assert_page_contains(page, "Another text was kept meanwhile: “de eerste tekst");
    assert_page_contains(page, "de tweede tekst"); /* mine still stands in the field */
    page = form_of(f, talk);
    assert_page_contains(page, "beside it is kept: “de tweede tekst");
    const char *past = page_path(f, "/gesprek/%s/geschiedenis?vraag=more&stem=2", talk);
    page = page_get(f, PAGE_TEACHER, past);
    assert_page_contains(page, "de eerste tekst");
    assert_page_contains(page, "de tweede tekst");
    assert_page_contains(page, "written at the same time");
    assert_page_contains(page, "Coen");
    /* "This one", says the first by keeping it again. */
    assert_page_status(answer(f, PAGE_TEACHER, talk, "more", "2", "1", "de eerste tekst"), 303);
    assert_page_lacks(form_of(f, talk), "beside it is kept");
    assert_page_contains(page_get(f, PAGE_TEACHER, past), "de tweede tekst");
}

static void every_text_is_for_who_may_see_the_answer(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_status(answer(f, PAGE_TEACHER, talk, "more", "2", "0", "eerst zo"), 303);
    assert_page_status(answer(f, PAGE_TEACHER, talk, "more", "2", "1", "toen anders"), 303);
    const char *past = page_path(f, "/gesprek/%s/geschiedenis?vraag=more&stem=2", talk);
    assert_page_open_for(f, past, PAGE_BIT(PAGE_TEACHER) | PAGE_BIT(PAGE_COORDINATOR));
    struct page_answer *page = page_get(f, PAGE_COORDINATOR, past);
    assert_page_contains(page, "eerst zo");
    assert_page_contains(page, "this stands");
    const char *const nowhere[] = {"?vraag=more&stem=1", "?vraag=nothing&stem=2", "?vraag=more",
                                   "", "?vraag=more&stem=9", "?vraag=prep&stem=1"};
    for (size_t i = 0; i < ARRAY_LEN(nowhere); i++)
        assert_page_status(
            page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/geschiedenis%s", talk, nowhere[i])),
            404);
}

/* --- conditions ------------------------------------------------------------------------------------ */

static void a_question_comes_with_its_answer_and_stays_with_its_words(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_lacks(form_of(f, talk), "Waardoor komt dat");
    assert_page_status(answer(f, PAGE_PUPIL, talk, "mood", "1", "0", "hard"), 303);
    assert_page_contains(form_of(f, talk), "Waardoor komt dat");
    struct page_answer *page =
        page_get(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s?na=mood", talk)); /* is next by now */
    assert_page_contains(page, "Waardoor komt dat");
    assert_page_status(answer(f, PAGE_PUPIL, talk, "mood", "1", "1", "fine"), 303);
    assert_page_lacks(form_of(f, talk), "Waardoor komt dat");
    /* It was still open on a screen where somebody wrote in it. */
    assert_page_status(answer(f, PAGE_PUPIL, talk, "why", "1", "0", "door de drukte"), 303);
    assert_page_contains(form_of(f, talk), "door de drukte");
}

static void the_next_question_is_asked_for_when_it_is_needed(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    const char *here = page_path(f, "/gesprek/%s/samen", talk);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, here, "na", "mood", NULL),
                        page_path(f, "/gesprek/%s/samen?vraag=more", talk));
    assert_page_status(answer(f, PAGE_TEACHER, talk, "mood", "1", "0", "hard"), 303);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, here, "na", "mood", NULL),
                        page_path(f, "/gesprek/%s/samen?vraag=why", talk));
    assert_page_goes_to(page_post(f, PAGE_TEACHER, here, "na", "photo", NULL),
                        page_path(f, "/gesprek/%s/sluiten", talk)); /* "ear" is not on this screen */
}

/* --- who sees what --------------------------------------------------------------------------------- */

static void a_preparation_is_the_pupils_until_allowed(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f);
    const char *page = page_path(f, "/gesprek/%s", talk);
    const char *past = page_path(f, "/gesprek/%s/geschiedenis?vraag=prep&stem=1", talk);
    assert_page_status(page_post(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s/antwoord", talk), "q",
                                 "prep", "v", "1", "version", "0", "a.text", "mijn geheim", NULL),
                       303);
    assert_page_lacks(page_get(f, PAGE_TEACHER, page), "mijn geheim");
    assert_page_status(page_get(f, PAGE_TEACHER, past), 404);
    assert_page_goes_to(page_post(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s/klaar", talk),
                                  "may_read", "no", NULL),
                        "/ik");
    assert_page_lacks(page_get(f, PAGE_TEACHER, page), "mijn geheim");
    assert_page_goes_to(page_post(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s/klaar", talk),
                                  "may_read", "yes", NULL),
                        "/ik");
    assert_page_contains(page_get(f, PAGE_TEACHER, page), "mijn geheim");
    assert_page_status(page_get(f, PAGE_TEACHER, past), 200);
}

static void a_cancelled_one_opens_no_preparation(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f);
    assert_page_status(page_post(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s/antwoord", talk), "q",
                                 "prep", "v", "1", "version", "0", "a.text", "mijn geheim", NULL),
                       303);
    step(f, talk, "afzeggen");
    assert_page_lacks(page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s", talk)), "mijn geheim");
}

static void the_shared_screen_shows_what_both_may_read(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_contains(form_of(f, talk), "Hoe luisterde ik");
    for (const char *const *q = (const char *const[]){"mood", "more", "photo", "ear", NULL}; *q; q++) {
        struct page_answer *page =
            page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/samen?vraag=%s", talk, *q));
        assert_page_status(page, 200);
        assert_page_lacks(page, "Hoe luisterde ik");
        assert_page_lacks(page, "Sem"); /* nobody else's name */
        assert_page_lacks(page_get(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s?vraag=%s", talk, *q)),
                          "Hoe luisterde ik");
    }
    assert_page_status(answer(f, PAGE_PUPIL, talk, "ear", "2", "0", "2"), 404);
}

static void a_running_conversation_keeps_its_words(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    publish(f, trial_again);
    assert_page_contains(form_of(f, talk), "Hoe is het");
    assert_page_lacks(form_of(f, talk), "Nieuwe woorden");
    assert_page_status(answer(f, PAGE_TEACHER, talk, "more", "2", "0", "gaat door"), 303);
}

/* --- beside the one before ------------------------------------------------------------------------- */

static void two_of_a_kind_lie_beside_each_other(void **state)
{
    struct page_fixture *f = *state;
    const char *first = begun(f);
    const char *path = page_path(f, "/gesprek/%s/vergelijk", first);
    assert_page_status(answer(f, PAGE_TEACHER, first, "more", "1", "0", "Ik durf niet voor te lezen"),
                       303);
    assert_page_status(answer(f, PAGE_TEACHER, first, "more", "2", "0", "woorden van de leerkracht"),
                       303);
    step(f, first, "sluiten");
    assert_page_status(page_get(f, PAGE_TEACHER, path), 404); /* there is none before */
    const char *second = begun(f);
    assert_page_status(answer(f, PAGE_TEACHER, second, "more", "1", "0", "Ik las voor aan Sem"), 303);
    path = page_path(f, "/gesprek/%s/vergelijk", second);
    assert_page_status(page_get(f, PAGE_TEACHER, path), 404); /* not closed yet */
    step(f, second, "sluiten");
    struct page_answer *page = page_get(f, PAGE_TEACHER, path);
    assert_page_contains(page, "Ik durf niet voor te lezen");
    assert_page_contains(page, "Ik las voor aan Sem");
    assert_page_lacks(page, "woorden van de leerkracht");
    assert_page_contains(page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s", second)), path);
    assert_page_open_for(f, path, PAGE_BIT(PAGE_TEACHER) | PAGE_BIT(PAGE_COORDINATOR));
}

/* --- photos --------------------------------------------------------------------------------------- */

#define EDGE "----weerklankproef"

static void part(struct buf *body, const char *name, const char *value)
{
    buf_printf(body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name,
               value);
}

static struct page_answer *upload(struct page_fixture *f, enum page_role role, const char *talk,
                                  const char *question, const char *voice, const char *version,
                                  struct bytes file)
{
    struct buf body;
    buf_init(&body, 16 << 20);
    part(&body, "csrf", page_csrf(f, role));
    part(&body, "q", question);
    part(&body, "v", voice);
    part(&body, "version", version);
    part(&body, "back", page_path(f, "/gesprek/%s/invullen", talk));
    part(&body, "a.text", "mijn tekening");
    buf_add_str(&body, "--" EDGE "\r\nContent-Disposition: form-data; name=\"file\"; "
                       "filename=\"IMG_1234.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
    buf_add(&body, (const char *)file.data, file.len);
    buf_add_str(&body, "\r\n--" EDGE "--\r\n");
    const char *own = role == PAGE_PUPIL ? "/ik" : "";
    struct page_answer *page =
        page_send(f, role, HTTP_POST, page_path(f, "%s/gesprek/%s/bijlage", own, talk),
                  "multipart/form-data; boundary=" EDGE,
                  (struct bytes){(const uint8_t *)body.data, body.len}, NULL, 0);
    buf_free(&body);
    return page;
}

/* The address of the first photo on a page, without "/ik". */
static const char *photo_on(struct page_fixture *f, struct page_answer *page)
{
    assert_page_contains(page, "<img src=\"");
    const char *at = strstr(strstr(page->body, "<img src=\""), "/gesprek/");
    return arena_strndup(f->arena, at, strcspn(at, "\""));
}

static void a_photo_is_seen_by_who_sees_the_answer(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = plan(f);
    struct bytes photo = fixture_jpeg(f->arena, true, 1);
    assert_page_goes_to(upload(f, PAGE_PUPIL, talk, "prep", "1", "0", photo),
                        page_path(f, "/ik/gesprek/%s?vraag=prep", talk));
    const char *at =
        photo_on(f, page_get(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s?vraag=prep", talk)));
    struct page_answer *seen = page_get(f, PAGE_PUPIL, page_path(f, "/ik%s", at));
    assert_page_status(seen, 200);
    assert_string_equal(seen->content_type, "image/jpeg");
    assert_string_equal(page_header(seen, "X-Content-Type-Options"), "nosniff");
    assert_null(page_header(seen, "Content-Disposition"));
    assert_null(memmem(seen->body, seen->len, FIXTURE_SECRET, strlen(FIXTURE_SECRET)));
    assert_page_status(page_get(f, PAGE_TEACHER, at), 404); /* not before the pupil says so */
    step(f, talk, "begin");
    assert_page_status(page_get(f, PAGE_TEACHER, at), 200);
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, at), 404);
    assert_page_status(page_get(f, PAGE_STRANGER, at), 404);
    const char *other = begun(f); /* nor by the address of another conversation */
    assert_page_status(
        page_get(f, PAGE_TEACHER, page_path(f, "/gesprek/%s%s", other, strstr(at, "/bijlage"))), 404);
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_ATTACHMENT_SEEN), 2);
}

static void a_photo_is_on_paper_too(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f), *path = page_path(f, "/gesprek/%s/formulier.pdf", talk);
    assert_page_status(upload(f, PAGE_TEACHER, talk, "photo", "5", "0",
                              fixture_photo_jpeg(f->arena, 1500, 900)),
                       303);
    struct page_answer *page = page_get(f, PAGE_TEACHER, path);
    assert_page_status(page, 200);
    assert_non_null(memmem(page->body, page->len, "/DCTDecode", 10));
    page = page_get(f, PAGE_TEACHER, page_path(f, "%s?wat=leeg", path));
    assert_null(memmem(page->body, page->len, "/DCTDecode", 10));
}

static void what_is_no_photo_is_refused_at_the_field(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    struct bytes script = {(const uint8_t *)"<svg onload=x>", 14}, nothing = {NULL, 0};
    struct page_answer *page = upload(f, PAGE_TEACHER, talk, "photo", "5", "0", script);
    assert_page_status(page, 422);
    assert_page_contains(page, "Choose a photo (JPEG, PNG or WebP) or a PDF.");
    assert_page_contains(page, "mijn tekening");
    assert_page_status(upload(f, PAGE_TEACHER, talk, "photo", "5", "0", nothing), 422);
    page = upload(f, PAGE_TEACHER, talk, "more", "2", "0", fixture_png(f->arena, false));
    assert_page_status(page, 422); /* a question without room for one */
    assert_page_lacks(form_of(f, talk), "<img src=\"/gesprek/");
}

static void a_photo_of_another_answer_cannot_be_taken_along(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_status(
        upload(f, PAGE_TEACHER, talk, "photo", "5", "0", fixture_png(f->arena, false)), 303);
    const char *at = photo_on(f, form_of(f, talk));
    assert_page_status(page_post(f, PAGE_PUPIL, page_path(f, "/ik/gesprek/%s/antwoord", talk), "q",
                                 "photo", "v", "1", "version", "0", "a.file", strrchr(at, '/') + 1,
                                 "a.file-kind", "image", NULL),
                       422);
}

static void a_photo_that_is_taken_off_is_gone(void **state)
{
    struct page_fixture *f = *state;
    const char *talk = begun(f);
    assert_page_status(
        upload(f, PAGE_TEACHER, talk, "photo", "5", "0", fixture_png(f->arena, false)), 303);
    const char *at = photo_on(f, form_of(f, talk));
    assert_page_status(page_get(f, PAGE_TEACHER, at), 200);
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "/gesprek/%s/antwoord", talk), "q",
                                 "photo", "v", "5", "version", "1", "a.file", strrchr(at, '/') + 1,
                                 "a.file-kind", "image", "a.file-away", "1", "a.text",
                                 "mijn tekening", NULL),
                       303);
    assert_page_status(page_get(f, PAGE_TEACHER, at), 404);
    assert_page_contains(form_of(f, talk), "mijn tekening");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(what_is_said_is_kept_and_read),
        page_each_engine(what_is_wrong_is_said_at_the_field),
        page_each_engine(what_is_not_asked_is_not_answered),
        page_each_engine(a_closed_conversation_takes_nothing),
        page_each_engine(a_planned_one_is_not_filled_in_by_the_teacher),
        page_each_engine(the_childs_own_words_stay_the_childs),
        page_each_engine(going_by_keeps_nothing_and_going_on_keeps_it),
        page_each_engine(two_texts_are_told_to_both_and_settled),
        page_each_engine(every_text_is_for_who_may_see_the_answer),
        page_each_engine(a_question_comes_with_its_answer_and_stays_with_its_words),
        page_each_engine(the_next_question_is_asked_for_when_it_is_needed),
        page_each_engine(a_preparation_is_the_pupils_until_allowed),
        page_each_engine(a_cancelled_one_opens_no_preparation),
        page_each_engine(the_shared_screen_shows_what_both_may_read),
        page_each_engine(a_running_conversation_keeps_its_words),
        page_each_engine(two_of_a_kind_lie_beside_each_other),
        page_each_engine(a_photo_is_seen_by_who_sees_the_answer),
        page_each_engine(a_photo_is_on_paper_too),
        page_each_engine(what_is_no_photo_is_refused_at_the_field),
        page_each_engine(a_photo_of_another_answer_cannot_be_taken_along),
        page_each_engine(a_photo_that_is_taken_off_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
