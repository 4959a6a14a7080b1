#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "opp/opp.h"
#include "print/reader_fixture.h"
#include "web/web_fixture.h"

static const char *url(struct page_fixture *f, struct opp_moment_id id, const char *rest)
{
    const char *pupil = arena_strdup(f->arena, id_text(f->pupil.v).s);
    if (!id.v)
        return page_path(f, "/leerling/%s/hoorrecht%s", pupil, rest);
    return page_path(f, "/leerling/%s/hoorrecht/%s%s", pupil, id_text(id.v).s, rest);
}

static const struct opp_moment_id none;

static struct opp_moment_id add(struct page_fixture *f, struct conversation_id talk,
                                const char *words, struct date on)
{
    struct opp_moment_id id = {id_new(&f->random)};
    const struct opp_draft draft = {.kind = OPP_ADJUSTED,
                                    .moment_on = on,
                                    .heard = OPP_HEARD,
                                    .way = OPP_CONVERSATION,
                                    .heard_on = on,
                                    .conversation = talk,
                                    .words = words,
                                    .done = "Opgenomen bij de doelen.",
                                    .why = "Het past bij het plan."};
    struct opp_moment now;
    int version = 0;
    page_begin(f, PAGE_TEACHER);
    assert_status(opp_save(&f->work, f->pupil, id, 0, &draft, &version, &now), OK);
    page_commit(f);
    return id;
}

static void noted_by_the_form_and_shown(void **state)
{
    struct page_fixture *f = *state;
    struct opp_moment_id id = {id_new(&f->random)};
    assert_page_contains(page_get(f, PAGE_TEACHER, url(f, none, "")),
                         "No moment of the OPP was noted for Noor.");
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, url(f, id, ""), "kind", "opgesteld", "moment_on", "2026-11-20",
                  "heard", "ja", "way", "gesprek", "heard_on", "2026-11-18", "words", "", "done",
                  "", "version", "0", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "words, or choose the conversation.");
    answer = page_post(f, PAGE_TEACHER, url(f, id, ""), "kind", "opgesteld", "moment_on",
                       "2026-11-20", "heard", "ja", "way", "gesprek", "heard_on", "2026-11-18",
                       "words", "met <een> maatje", "version", "0", NULL);
    assert_page_goes_to(answer, page_path(f, "%s?ok=bewaard", url(f, id, "")));
    answer = page_get(f, PAGE_TEACHER, url(f, none, ""));
    assert_page_contains(answer, "Drawn up on");
    assert_page_contains(answer, "met &lt;een&gt; maatje");
    assert_page_contains(answer, "The pupil was not told yet.");
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_OPP_ADDED), 1);
    assert_true(page_logged(f, AUDIT_OPP_SEEN) >= 2);
}

static void not_heard_wants_a_reason(void **state)
{
    struct page_fixture *f = *state;
    struct opp_moment_id id = {id_new(&f->random)};
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, url(f, id, ""), "kind", "geevalueerd", "moment_on", "2026-11-20",
                  "heard", "nee", "version", "0", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "Write down why the pupil was not heard.");
    assert_page_status(page_post(f, PAGE_TEACHER, url(f, id, ""), "kind", "geevalueerd",
                                 "moment_on", "2026-11-20", "heard", "nee", "reason", "Ziek.",
                                 "version", "0", NULL),
                       303);
    assert_page_contains(page_get(f, PAGE_TEACHER, url(f, none, "")), "not heard, with a reason");
}

static struct conversation_id talk(struct page_fixture *f)
{
    struct conversation_id id = {id_new(&f->random)};
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    const struct answer_part part = {"", "Ik leer beter als het stil is."};
    const struct answer_value value = {&part, 1};
    struct conversation c;
    struct answer now;
    int version = 0;
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_plan(&f->work, id, &draft), OK);
    assert_status(conversation_start(&f->work, id), OK);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_WRITE, id, &c), OK);
    const struct answer_key key = {.conversation = id, .question = "how", .voice = VOICE_PUPIL};
    assert_status(answer_save(&f->work, &c.seal, &key, 0, &value, &version, &now), OK);
    page_commit(f);
    return id;
}

static void words_are_taken_over_from_the_conversation(void **state)
{
    struct page_fixture *f = *state;
    struct opp_moment_id id = add(f, talk(f), "", PAGE_TODAY);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, url(f, id, ""));
    assert_page_contains(answer, "Ik leer beter als het stil is.");
    assert_page_contains(answer, "Take over these words");
    assert_page_status(
        page_post(f, PAGE_TEACHER, url(f, id, "/overnemen"), "vraag", "better", NULL), 404);
    for (int i = 0; i < 2; i++) /* the second time nothing is added */
        assert_page_status(
            page_post(f, PAGE_TEACHER, url(f, id, "/overnemen"), "vraag", "how", NULL), 303);
    answer = page_get(f, PAGE_TEACHER, url(f, id, ""));
    assert_page_lacks(answer, "Take over these words");
    struct opp_moment m;
    page_begin(f, PAGE_TEACHER);
    assert_status(opp_find(&f->work, id, &m), OK);
    assert_string_equal(m.words, "Ik leer beter als het stil is.");
    assert_int_equal(m.version, 2);
    page_undo(f);
}

static void taken_off_and_back(void **state)
{
    struct page_fixture *f = *state;
    struct opp_moment_id id = add(f, (struct conversation_id){0}, "maatje", PAGE_TODAY);
    struct page_answer *answer = page_post(f, PAGE_TEACHER, url(f, id, "/weg"), NULL);
    assert_page_status(answer, 303);
    answer = page_get(f, PAGE_TEACHER, answer->location);
    assert_page_lacks(answer, "maatje");
    assert_page_contains(answer, url(f, id, "/terug"));
    assert_page_goes_to(page_post(f, PAGE_TEACHER, url(f, id, "/terug"), NULL), url(f, id, ""));
    assert_page_contains(page_get(f, PAGE_TEACHER, url(f, none, "")), "maatje");
}

static struct bytes pdf_of(struct page_answer *answer)
{
    assert_page_status(answer, 200);
    assert_string_equal(answer->content_type, "application/pdf");
    return (struct bytes){(const uint8_t *)answer->body, answer->len};
}

static size_t pages(struct page_fixture *f, struct bytes pdf)
{
    size_t count = 0, pages = 0;
    reader_words(f->arena, pdf, &count, &pages);
    return pages;
}

/* Whatever was noted: one page, and the words of the moment on it. */
static void it_prints_on_one_page(void **state)
{
    struct page_fixture *f = *state;
    assert_int_equal(pages(f, pdf_of(page_get(f, PAGE_TEACHER, url(f, none, ".pdf")))), 1);
    struct opp_moment_id first =
        add(f, (struct conversation_id){0}, "alleen met een maatje", (struct date){2025, 10, 1});
    struct bytes pdf = pdf_of(page_get(f, PAGE_TEACHER, url(f, none, ".pdf")));
    assert_int_equal(pages(f, pdf), 1);
    assert_non_null(
        strstr(READER(f->arena, pdf, "pdftotext", "PDF", "-"), "alleen met een maatje"));
    char most[OPP_WORDS_MAX + 1];
    for (size_t i = 0; i < OPP_WORDS_MAX; i++)
        most[i] = i % 7 == 6 ? ' ' : 'w';
    most[OPP_WORDS_MAX - 1] = 'w';
    most[OPP_WORDS_MAX] = '\0';
    for (int8_t i = 1; i <= 12; i++)
        add(f, (struct conversation_id){0}, most, (struct date){2026, 10, i});
    pdf = pdf_of(page_get(f, PAGE_TEACHER, url(f, none, ".pdf")));
    assert_int_equal(pages(f, pdf), 1);
    assert_null(strstr(READER(f->arena, pdf, "pdftotext", "PDF", "-"),
                       "alleen met een maatje")); /* has its own page */
    pdf = pdf_of(page_get(f, PAGE_TEACHER, url(f, first, "/blad.pdf")));
    assert_int_equal(pages(f, pdf), 1);
    assert_non_null(
        strstr(READER(f->arena, pdf, "pdftotext", "PDF", "-"), "alleen met een maatje"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(noted_by_the_form_and_shown),
        page_each_engine(not_heard_wants_a_reason),
        page_each_engine(words_are_taken_over_from_the_conversation),
        page_each_engine(taken_off_and_back),
        page_each_engine(it_prints_on_one_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
