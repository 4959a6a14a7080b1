#include "pupil/timeline.h"

#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/str.h"
#include "goal/goal.h"
#include "observation/observation.h"
#include "web/web_fixture.h"

static void note(struct page_fixture *f, enum observation_kind kind, int days_ago, const char *body)
{
    struct observation_id id = {id_new(&f->random)};
    const struct observation_draft draft = {
        .kind = kind, .seen_on = date_add_days(f->work.today, -days_ago), .body = body};
    assert_status(observation_add(&f->work, f->pupil, id, &draft), OK);
}

static struct goal_id wish(struct page_fixture *f, const char *soon)
{
    struct goal_id goal = {id_new(&f->random)};
    const struct goal_draft draft = {
        .question = "",
        .voice = VOICE_PUPIL,
        .words = {.now = "", .soon = soon, .notice = "", .dot = "", .score = ""}};
    assert_status(goal_set(&f->work, f->pupil, goal, &draft), OK);
    return goal;
}

static void agree(struct page_fixture *f, const char *what)
{
    const struct agreement_draft draft = {.question = "",
                                          .who_kind = WHO_PUPIL,
                                          .who = f->pupil.v,
                                          .what = what,
                                          .who_name = "",
                                          .how = "",
                                          .look = ""};
    assert_status(
        agreement_make(&f->work, f->pupil, (struct agreement_id){id_new(&f->random)}, &draft), OK);
}

static struct conversation_id talk(struct page_fixture *f)
{
    struct conversation_id id = {id_new(&f->random)};
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    assert_status(conversation_plan(&f->work, id, &draft), OK);
    return id;
}

static struct timeline read_line(struct page_fixture *f, unsigned kinds, int page)
{
    struct timeline t;
    const struct timeline_wish asked = {kinds, page};
    assert_status(timeline_read(&f->work, f->pupil, &asked, &t), OK);
    return t;
}

static void everything_stands_on_it_by_its_day(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    note(f, OBSERVATION_WORRY, 3, "loopt vast bij delen");
    note(f, OBSERVATION_STRENGTH, 1, "hielp een ander");
    struct goal_id goal = wish(f, "rustig beginnen");
    agree(f, "ik kies eerst een taak");
    (void)talk(f);
    struct timeline t = read_line(f, 0, 1);
    assert_int_equal(t.count, 5);
    assert_int_equal(t.pages, 1);
    assert_int_equal(t.entries[0].kind, TIMELINE_TALK); /* before what came out of it */
    assert_non_null(t.entries[0].talk);
    assert_string_equal(t.entries[3].text, "hielp een ander");
    assert_string_equal(t.entries[3].author, "Tessa Mulder");
    assert_string_equal(t.entries[4].text, "loopt vast bij delen");
    static const size_t of_kind[TIMELINE_KINDS_] = {
        [TIMELINE_TALK] = 1, [TIMELINE_STRENGTH] = 1,  [TIMELINE_WORRY] = 1,
        [TIMELINE_GOAL] = 1, [TIMELINE_AGREEMENT] = 1,
    };
    assert_memory_equal(t.of_kind, of_kind, sizeof of_kind);
    t = read_line(f, 1u << TIMELINE_GOAL | 1u << TIMELINE_WORRY, 1);
    assert_int_equal(t.count, 2);
    assert_int_equal(t.entries[0].id, goal.v);
    assert_string_equal(t.entries[0].text, "rustig beginnen");
    assert_false(t.entries[0].is_over);
    assert_int_equal(t.entries[1].kind, TIMELINE_WORRY);
    assert_memory_equal(t.of_kind, of_kind, sizeof of_kind); /* whatever is asked for */
    assert_status(goal_end(&f->work, goal, GOAL_REACHED), OK);
    assert_true(read_line(f, 1u << TIMELINE_GOAL, 1).entries[0].is_over);
    page_undo(f);
}

static void a_conversation_that_was_called_off_is_not_on_it(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct conversation_id id = talk(f);
    assert_int_equal(read_line(f, 0, 1).count, 1);
    assert_status(conversation_cancel(&f->work, id, ""), OK);
    assert_int_equal(read_line(f, 0, 1).count, 0);
    page_undo(f);
}

static void each_line_stands_on_one_page(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    for (int i = 0; i < 2 * TIMELINE_PAGE + 1; i++)
        note(f, i % 2 ? OBSERVATION_STRENGTH : OBSERVATION_WORRY, i,
             arena_printf(f->arena, "dag %d", i));
    int next = 0;
    for (int page = 1; page <= 3; page++) {
        struct timeline t = read_line(f, 0, page);
        assert_int_equal(t.page, page);
        assert_int_equal(t.pages, 3);
        for (size_t i = 0; i < t.count; i++, next++)
            assert_string_equal(t.entries[i].text, arena_printf(f->arena, "dag %d", next));
    }
    assert_int_equal(next, 2 * TIMELINE_PAGE + 1);
    assert_int_equal(read_line(f, 0, 9).page, 3); /* past the last one is the last one */
    assert_int_equal(read_line(f, 0, 0).count, 2 * TIMELINE_PAGE + 1);
    assert_int_equal(read_line(f, 1u << TIMELINE_STRENGTH, 1).pages, 1);
    page_undo(f);
}

static void it_is_for_who_reads_the_dossier(void **state)
{
    struct page_fixture *f = *state;
    static const enum page_role closed[] = {PAGE_SUPPORT,       PAGE_OTHER_TEACHER, PAGE_PRINCIPAL,
                                            PAGE_ADMINISTRATOR, PAGE_STRANGER,      PAGE_PUPIL};
    for (size_t i = 0; i < ARRAY_LEN(closed); i++) {
        struct timeline t;
        const struct timeline_wish all = {0};
        page_begin(f, closed[i]);
        assert_status(timeline_read(&f->work, f->pupil, &all, &t), ERR_NOT_FOUND);
        page_undo(f);
    }
}

static void the_address_says_what_is_shown(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    for (int i = 0; i <= TIMELINE_PAGE; i++)
        note(f, OBSERVATION_STRENGTH, i, arena_printf(f->arena, "goed op dag %d.", i));
    note(f, OBSERVATION_WORRY, 0, "een zorg");
    struct goal_id goal = wish(f, "rustig <i> beginnen");
    page_commit(f);
    const char *page = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, page);
    assert_page_contains(answer, "rustig &lt;i&gt; beginnen");
    assert_page_contains(answer, page_path(f, "%s/doelen/%s", page, id_text(goal.v).s));
    assert_page_contains(answer, "?blad=2\"");
    assert_page_lacks(answer, "goed op dag 40.");
    assert_page_contains(page_get(f, PAGE_TEACHER, page_path(f, "%s?blad=2", page)),
                         "goed op dag 40.");
    answer = page_get(f, PAGE_TEACHER, page_path(f, "%s?soort=doel&soort=zorg", page));
    assert_page_contains(answer, "een zorg");
    assert_page_contains(answer, "rustig &lt;i&gt; beginnen");
    assert_page_contains(answer, "value=\"doel\" checked");
    assert_page_lacks(answer, "goed op dag");
    answer = page_get(f, PAGE_TEACHER, page_path(f, "%s?soort=goed", page));
    assert_page_contains(answer, "?blad=2&amp;soort=goed");
    answer = page_get(f, PAGE_TEACHER, page_path(f, "%s?soort=niets&blad=-3", page));
    assert_page_contains(answer, "een zorg");
    answer = page_get(f, PAGE_TEACHER, page_path(f, "%s/print", page));
    assert_page_contains(answer, "goed op dag 40."); /* paper has no second page to ask for */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(everything_stands_on_it_by_its_day),
        page_each_engine(a_conversation_that_was_called_off_is_not_on_it),
        page_each_engine(each_line_stands_on_one_page),
        page_each_engine(it_is_for_who_reads_the_dossier),
        page_each_engine(the_address_says_what_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
