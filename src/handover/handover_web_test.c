#include "access/audit.h"
#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "goal/goal.h"
#include "goal/need.h"
#include "print/reader_fixture.h"
#include "sharing/sharing.h"
#include "web/web_fixture.h"

struct talk {
    struct conversation_id id;
    struct goal_id goal;
    const char *base, *own;
};

static void agree(struct page_fixture *f, struct conversation_id talk, enum agreement_who kind,
                  int64_t who, const char *name, const char *what)
{
    const struct agreement_draft draft = {.conversation = talk,
                                          .question = "",
                                          .who_kind = kind,
                                          .who = who,
                                          .what = what,
                                          .who_name = name,
                                          .how = "elke dag om tien uur",
                                          .look = ""};
    assert_status(
        agreement_make(&f->work, f->pupil, (struct agreement_id){id_new(&f->random)}, &draft), OK);
}

static void outcomes(struct page_fixture *f, struct talk *t, const char *soon)
{
    const struct goal_draft goal = {
        .conversation = t->id,
        .question = "",
        .voice = VOICE_PUPIL,
        .words = {.now = "", .soon = soon, .notice = "de klok", .dot = "", .score = ""}};
    const struct need_draft need = {.conversation = t->id,
                                    .question = "",
                                    .kind = NEED_TEACHER,
                                    .voice = VOICE_PUPIL,
                                    .what = "iemand die het voordoet"};
    t->goal = (struct goal_id){id_new(&f->random)};
    assert_status(goal_set(&f->work, f->pupil, t->goal, &goal), OK);
    assert_status(need_set(&f->work, f->pupil, (struct need_id){id_new(&f->random)}, &need), OK);
    agree(f, t->id, WHO_PUPIL, f->pupil.v, "Noor", "ik vraag Sem Bakker om hulp");
    agree(f, t->id, WHO_STAFF, f->staff[PAGE_TEACHER].v, "Tessa Mulder", "ik leg het nog eens uit");
    agree(f, t->id, WHO_GUARDIAN, f->guardian.v, "Karin", "thuis lezen we samen");
}

/* A talk that is over, with a word of the pupil, a goal, a need and three agreements. */
static struct talk make_talk(struct page_fixture *f, const char *soon, bool close)
{
    struct talk t = {.id = {id_new(&f->random)}};
    struct conversation c;
    struct answer now;
    int version = 0;
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    const struct answer_part part = {"", "het is soms te druk"};
    const struct answer_value value = {&part, 1};
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_plan(&f->work, t.id, &draft), OK);
    assert_status(conversation_start(&f->work, t.id), OK);
    assert_status(conversation_open(&f->work, RIGHT_CONVERSATION_WRITE, t.id, &c), OK);
    const struct answer_key key = {.conversation = t.id, .question = "how", .voice = VOICE_PUPIL};
    assert_status(answer_save(&f->work, &c.seal, &key, 0, &value, &version, &now), OK);
    outcomes(f, &t, soon);
    if (close)
        assert_status(conversation_close(&f->work, t.id, "", (struct date){2026, 12, 8}), OK);
    page_commit(f);
    t.base = page_path(f, "/gesprek/%s", id_text(t.id.v).s);
    t.own = page_path(f, "/ik/gesprek/%s", id_text(t.id.v).s);
    return t;
}

/* The pupil chooses something about the goal, for home. */
static void decide(struct page_fixture *f, const struct talk *t, const char *choice)
{
    const char *field = page_path(f, "a.2.%s.g%s", arena_strdup(f->arena, id_text(t->goal.v).s),
                                  arena_strdup(f->arena, id_text(f->guardian.v).s));
    assert_page_status(
        page_post(f, PAGE_PUPIL, page_path(f, "%s/delen", t->own), field, choice, NULL), 303);
}

static const char *paper(struct page_fixture *f, enum page_role role, const char *path,
                         size_t *ret_pages)
{
    struct page_answer *answer = page_get(f, role, path);
    size_t words = 0;
    assert_page_status(answer, 200);
    assert_string_equal(answer->content_type, "application/pdf");
    const struct bytes pdf = {(const uint8_t *)answer->body, answer->len};
    reader_words(f->arena, pdf, &words, ret_pages);
    return READER(f->arena, pdf, "pdftotext", "-layout", "PDF", "-");
}

static void the_text_holds_what_may_be_told_on(void **state)
{
    struct page_fixture *f = *state;
    struct talk t = make_talk(f, "rustig <b> beginnen", true);
    const char *url = page_path(f, "%s/tekst", t.base);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, url);
    assert_page_status(answer, 200);
    assert_page_contains(answer, "- rustig &lt;b&gt; beginnen");
    assert_page_contains(answer, "iemand die het voordoet");
    assert_page_contains(answer, "Tessa Mulder: ik leg het nog eens uit");
    assert_page_contains(answer, "ik vraag [another pupil] om hulp");
    assert_page_contains(answer, "1 name of another pupil was taken out.");
    assert_page_lacks(answer, "Sem");
    assert_page_lacks(answer, "elke dag om tien uur"); /* short */
    assert_page_lacks(answer, "het is soms te druk");  /* nobody may know it yet */
    answer = page_get(f, PAGE_TEACHER,
                      page_path(f, "%s?toon=1&lengte=volledig&doelen=1&verteld=1", url));
    assert_page_contains(answer, "How we notice: de klok");
    assert_page_lacks(answer, "ik leg het nog eens uit"); /* not asked for */
    assert_page_lacks(answer, "het is soms te druk");
    decide(f, &t, "3"); /* "I tell it myself" */
    answer = page_get(f, PAGE_TEACHER, url);
    assert_page_lacks(answer, "rustig");
    assert_page_contains(answer, "1 thing stays out: Noor chose that it is not told on.");
    assert_page_contains(answer, "ik leg het nog eens uit");
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_TEXT_TAKEN), 3);
}

static void the_page_for_home_holds_what_home_may_know(void **state)
{
    struct page_fixture *f = *state;
    struct talk t = make_talk(f, "rustig beginnen", true);
    const char *home = page_path(f, "%s/blad.pdf?lezer=%s", t.base, id_text(f->guardian.v).s);
    size_t pages = 0;
    const char *text = paper(f, PAGE_TEACHER, home, &pages);
    assert_int_equal(pages, 1);
    assert_non_null(strstr(text, "thuis lezen we samen")); /* who has to do it knows it */
    assert_null(strstr(text, "rustig"));
    assert_null(strstr(text, "voordoet"));
    assert_null(strstr(text, "ik leg"));
    assert_null(strstr(text, "druk"));
    decide(f, &t, "1");
    text = paper(f, PAGE_TEACHER, home, &pages);
    assert_non_null(strstr(text, "rustig beginnen"));
    assert_null(strstr(text, "voordoet"));
    assert_page_contains(page_get(f, PAGE_TEACHER, page_path(f, "%s/delen", t.base)), home);
    /* Nobody else has such a page. */
    assert_page_status(
        page_get(f, PAGE_TEACHER,
                 page_path(f, "%s/blad.pdf?lezer=%s", t.base, id_text(f->staff[PAGE_TEACHER].v).s)),
        404);
    page_drain(f);
    assert_int_equal(page_logged(f, AUDIT_SHEET_PRINTED), 2);
}

static void the_pupils_page_holds_all_that_came_out(void **state)
{
    struct page_fixture *f = *state;
    struct talk t = make_talk(f, "rustig beginnen", true);
    const struct {
        enum page_role role;
        const char *path;
    } ways[] = {{PAGE_TEACHER, page_path(f, "%s/blad.pdf", t.base)},
                {PAGE_PUPIL, page_path(f, "%s/blad.pdf", t.own)}};
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        size_t pages = 0;
        const char *text = paper(f, ways[i].role, ways[i].path, &pages);
        assert_int_equal(pages, 1);
        assert_non_null(strstr(text, "rustig beginnen"));
        assert_non_null(strstr(text, "voordoet"));
        assert_non_null(strstr(text, "ik leg het nog eens uit"));
        assert_null(strstr(text, "druk")); /* what came out of it, not what was said */
    }
    assert_page_contains(page_get(f, PAGE_PUPIL, t.own), page_path(f, "%s/blad.pdf", t.own));
    assert_page_contains(page_get(f, PAGE_TEACHER, t.base), page_path(f, "%s/blad.pdf", t.base));
    assert_page_contains(page_get(f, PAGE_TEACHER, t.base), page_path(f, "%s/tekst", t.base));
}

static void however_much_it_is_it_is_one_page(void **state)
{
    struct page_fixture *f = *state;
    char most[GOAL_TEXT_MAX + 1];
    for (size_t i = 0; i < GOAL_TEXT_MAX; i++)
        most[i] = i % 6 == 5 ? ' ' : 'w';
    most[GOAL_TEXT_MAX - 1] = 'w';
    most[GOAL_TEXT_MAX] = '\0';
    struct talk t = make_talk(f, most, false);
    size_t pages = 0;
    page_begin(f, PAGE_TEACHER);
    for (int i = 0; i < 12; i++) {
        struct talk more = {.id = t.id};
        outcomes(f, &more, most);
        agree(f, t.id, WHO_PUPIL, f->pupil.v, "Noor", most);
    }
    assert_status(conversation_close(&f->work, t.id, "", (struct date){0}), OK);
    page_commit(f);
    const char *text = paper(f, PAGE_TEACHER, page_path(f, "%s/blad.pdf", t.base), &pages);
    assert_int_equal(pages, 1);
    assert_non_null(strstr(text, "more."));
}

static void before_it_is_over_there_is_nothing_to_hand_over(void **state)
{
    struct page_fixture *f = *state;
    struct talk t = make_talk(f, "rustig beginnen", false);
    assert_page_status(page_get(f, PAGE_TEACHER, page_path(f, "%s/tekst", t.base)), 404);
    assert_page_status(page_get(f, PAGE_TEACHER, page_path(f, "%s/blad.pdf", t.base)), 404);
    assert_page_status(page_get(f, PAGE_PUPIL, page_path(f, "%s/blad.pdf", t.own)), 404);
}

static void who_may_hand_over(void **state)
{
    struct page_fixture *f = *state;
    struct talk t = make_talk(f, "rustig beginnen", true);
    unsigned may = PAGE_BIT(PAGE_TEACHER) | PAGE_BIT(PAGE_COORDINATOR);
    assert_page_open_for(f, page_path(f, "%s/tekst", t.base), may);
    assert_page_open_for(f, page_path(f, "%s/blad.pdf", t.base), may);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(the_text_holds_what_may_be_told_on),
        page_each_engine(the_page_for_home_holds_what_home_may_know),
        page_each_engine(the_pupils_page_holds_all_that_came_out),
        page_each_engine(however_much_it_is_it_is_one_page),
        page_each_engine(before_it_is_over_there_is_nothing_to_hand_over),
        page_each_engine(who_may_hand_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
