#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "goal/goal.h"
#include "plan/child_plan.h"
#include "web/web_fixture.h"

static const char *id_for(struct page_fixture *f)
{
    return arena_strdup(f->arena, id_text(id_new(&f->random)).s);
}

static const char *pupil_path(struct page_fixture *f, const char *rest)
{
    return page_path(f, "/leerling/%s%s", id_text(f->pupil.v).s, rest);
}

static void a_goal_is_set_on_the_dossier_and_seen_by_the_pupil(void **state)
{
    struct page_fixture *f = *state;
    const char *id = id_for(f);
    const char *path = page_path(f, "/leerling/%s/doelen/%s", id_text(f->pupil.v).s, id);
    assert_page_contains(page_get(f, PAGE_TEACHER, pupil_path(f, "/doelen")), "New goal");
    struct page_answer *answer = page_post(f, PAGE_TEACHER, path, "soon", "Voorlezen <in de kring>",
                                           "look_on", "2026-12-10", NULL);
    assert_page_goes_to(answer, pupil_path(f, "/doelen"));
    answer = page_get(f, PAGE_TEACHER, pupil_path(f, "/doelen"));
    assert_page_contains(answer, "Voorlezen &lt;in de kring&gt;");
    assert_page_contains(page_get(f, PAGE_PUPIL, "/ik/doelen"), "Voorlezen");
    assert_page_contains(page_get(f, PAGE_PUPIL, page_path(f, "/ik/doelen/%s", id)),
                         "How far am I?");
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, path), 404);
}

/* Questions that sharpen stand under the goal of who writes it down, never before the pupil. */
static void a_goal_can_be_sharpened_where_it_is_written(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *answer = page_get(f, PAGE_TEACHER, pupil_path(f, "/doelen"));
    assert_page_contains(answer, "data-mirror-url=\"/doelslijper/vragen\"");
    assert_page_contains(answer,
                         page_path(f, "href=\"/leerling/%s/doelslijper\"", id_text(f->pupil.v).s));
    answer = page_get(f, PAGE_PUPIL, "/ik/doelen");
    assert_page_status(answer, 200);
    assert_page_lacks(answer, "doelslijper");
}

static void what_is_wrong_is_said_and_nothing_is_lost(void **state)
{
    struct page_fixture *f = *state;
    const char *path = page_path(f, "/leerling/%s/doelen/%s", id_text(f->pupil.v).s, id_for(f));
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, path, "soon", "Voorlezen", "look_on", "2026-11-01", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "Choose today or a day after.");
    assert_page_contains(answer, "Voorlezen");
    assert_page_status(page_get(f, PAGE_TEACHER, path), 404); /* nothing was kept */
}

static void two_writers_both_keep_their_text(void **state)
{
    struct page_fixture *f = *state;
    const char *path = page_path(f, "/leerling/%s/doelen/%s", id_text(f->pupil.v).s, id_for(f));
    assert_page_status(page_post(f, PAGE_TEACHER, path, "soon", "eerste", NULL), 303);
    assert_page_status(page_post(f, PAGE_COORDINATOR, path, "soon", "tweede", "version", "1", NULL),
                       303);
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, path, "soon", "derde", "version", "1", NULL);
    assert_page_status(answer, 409);
    assert_page_contains(answer, "tweede");
    assert_page_contains(answer, "derde");
    assert_page_contains(answer, "name=\"version\" value=\"2\"");
}

static void the_way_back_leads_nowhere_else(void **state)
{
    struct page_fixture *f = *state;
    const char *path = page_path(f, "/leerling/%s/doelen/%s", id_text(f->pupil.v).s, id_for(f));
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, path, "soon", "lezen", "back", "//evil.example/", NULL);
    assert_page_goes_to(answer, pupil_path(f, "/doelen"));
}

static void the_child_chooses_how_to_celebrate(void **state)
{
    struct page_fixture *f = *state;
    const char *id = id_for(f), *own = page_path(f, "/ik/doelen/%s", id);
    assert_page_status(page_post(f, PAGE_PUPIL, own, "soon", "durven", NULL), 303);
    const char *act = page_path(f, "/ik/doelen/%s/doe", id);
    assert_page_goes_to(page_post(f, PAGE_PUPIL, act, "do", "reached", NULL), own);
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "Something to celebrate");
    assert_page_contains(page_get(f, PAGE_PUPIL, own), "How do you want to celebrate it?");
    assert_page_goes_to(page_post(f, PAGE_PUPIL, act, "do", "party", "party", "quiet", NULL), own);
    assert_page_contains(page_get(f, PAGE_PUPIL, own), "quietly, for myself");
    assert_page_lacks(page_get(f, PAGE_TEACHER, "/"), "Something to celebrate");
    /* The child's words are not the teacher's to change. */
    const char *theirs = page_path(f, "/leerling/%s/doelen/%s", id_text(f->pupil.v).s, id);
    assert_page_status(
        page_post(f, PAGE_TEACHER, theirs, "soon", "moet durven", "version", "3", NULL), 403);
}

static void a_promise_comes_back_on_the_start_page(void **state)
{
    struct page_fixture *f = *state;
    const char *id = id_for(f);
    const char *who = page_path(f, "1-%s", id_text(f->staff[PAGE_TEACHER].v).s);
    const char *path = page_path(f, "/leerling/%s/afspraken/%s", id_text(f->pupil.v).s, id);
    assert_page_status(page_post(f, PAGE_TEACHER, path, "what", "Ik kom langs", "who", "9-x", NULL),
                       422);
    assert_page_status(page_post(f, PAGE_TEACHER, path, "what", "Ik kom langs", "who", who,
                                 "look_on", "2026-11-24", NULL),
                       303);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, "/");
    assert_page_contains(answer, "What did I promise?");
    assert_page_contains(answer, "Ik kom langs");
    assert_page_lacks(page_get(f, PAGE_OTHER_TEACHER, "/"), "Ik kom langs");
    assert_page_lacks(page_get(f, PAGE_COORDINATOR, "/"), "Ik kom langs"); /* counts only */
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "%s/doe", path), "do", "kept", NULL),
                       303);
    assert_page_lacks(page_get(f, PAGE_TEACHER, pupil_path(f, "/afspraken")), "value=\"kept\"");
}

static void the_teachers_part_of_a_plan_is_on_no_page_of_the_pupil(void **state)
{
    struct page_fixture *f = *state;
    const char *id = id_for(f);
    const char *path = page_path(f, "/leerling/%s/plan/%s", id_text(f->pupil.v).s, id);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, path, "soon", "op tijd beginnen", "lesson",
                                  "de weektaak samen openen", NULL),
                        path);
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "de weektaak samen openen");
    struct page_answer *own = page_get(f, PAGE_PUPIL, page_path(f, "/ik/plan/%s", id));
    assert_page_contains(own, "op tijd beginnen");
    assert_page_lacks(own, "de weektaak");
    assert_page_lacks(page_get(f, PAGE_PUPIL, "/ik/plan"), "de weektaak");
    /* Looking back from the pupil's side leaves it where it is. */
    assert_page_status(page_post(f, PAGE_PUPIL, page_path(f, "/ik/plan/%s/doe", id), "do",
                                 "evaluate", "text", "het lukt", "lesson", "iets", NULL),
                       303);
    assert_page_contains(page_get(f, PAGE_TEACHER, path), "de weektaak samen openen");
}

static void what_is_open_is_offered_in_the_next_conversation(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id c = {id_new(&f->random)};
    const struct conversation_draft talk = {
        .method_key = "k16", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_plan(&f->work, c, &talk), OK);
    assert_status(conversation_start(&f->work, c), OK);
    struct child_plan_draft plan = {.question = ""};
    plan.parts[PLAN_SOON] = "een plan";
    plan.parts[PLAN_LESSON] = "alleen voor mij";
    assert_status(
        child_plan_make(&f->work, f->pupil, (struct child_plan_id){id_new(&f->random)}, &plan), OK);
    page_commit(f);
    const char *earlier = page_path(f, "/leerling/%s/doelen/%s", id_text(f->pupil.v).s, id_for(f));
    assert_page_status(page_post(f, PAGE_TEACHER, earlier, "soon", "van de vorige keer", NULL),
                       303);
    const char *form = page_path(f, "/gesprek/%s/invullen", id_text(c.v).s);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, form);
    assert_page_contains(answer, "Still open");
    assert_page_contains(answer, "van de vorige keer");
    assert_page_lacks(answer, "alleen voor mij");
    const char *fresh = page_path(f, "/gesprek/%s/doelen/%s", id_text(c.v).s, id_for(f));
    assert_page_goes_to(page_post(f, PAGE_TEACHER, fresh, "soon", "van vandaag", "question", "goal",
                                  "back", form, NULL),
                        form);
    answer = page_get(f, PAGE_TEACHER, form);
    assert_page_contains(answer, "van vandaag");
    assert_page_contains(answer, "From this conversation");
    assert_page_status(page_post(f, PAGE_OTHER_TEACHER, fresh, "soon", "nee", NULL), 404);
}

static void a_need_that_is_open_is_offered_again(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id c = {id_new(&f->random)};
    const struct conversation_draft talk = {
        .method_key = "h5", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    const char *need = pupil_path(f, page_path(f, "/behoeften/%s", id_for(f)));
    assert_page_status(
        page_post(f, PAGE_TEACHER, need, "what", "nog altijd nodig", "kind", "peers", NULL), 303);
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_plan(&f->work, c, &talk), OK);
    assert_status(conversation_start(&f->work, c), OK);
    page_commit(f);
    const char *form = page_path(f, "/gesprek/%s/invullen", id_text(c.v).s);
    assert_page_contains(page_get(f, PAGE_TEACHER, form), "nog altijd nodig");
    assert_page_status(page_post(f, PAGE_TEACHER, page_path(f, "%s/doe", need), "do", "over", NULL),
                       303);
    assert_page_lacks(page_get(f, PAGE_TEACHER, form), "nog altijd nodig");
}

static void a_need_is_tied_to_a_goal_on_screen(void **state)
{
    struct page_fixture *f = *state;
    const char *goal = id_for(f), *need = id_for(f);
    const char *goal_page = pupil_path(f, page_path(f, "/doelen/%s", goal));
    const char *need_page = pupil_path(f, page_path(f, "/behoeften/%s", need));
    assert_page_status(page_post(f, PAGE_TEACHER, goal_page, "soon", "voorlezen in de kring", NULL),
                       303);
    assert_page_contains(page_get(f, PAGE_TEACHER, pupil_path(f, "/doelen")),
                         "Which goal does it belong to?");
    assert_page_status(page_post(f, PAGE_TEACHER, need_page, "what", "een maatje", "kind", "peers",
                                 "voice", "pupil", "goal", goal, NULL),
                       303);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, goal_page);
    assert_page_contains(answer, "What belongs to this goal");
    assert_page_contains(answer, need_page);
    assert_page_contains(page_get(f, PAGE_PUPIL, page_path(f, "/ik/doelen/%s", goal)),
                         "een maatje");
    assert_page_contains(page_get(f, PAGE_TEACHER, need_page), "Belongs to the goal");
    /* Another's goal ties nothing. */
    assert_page_status(page_post(f, PAGE_TEACHER, need_page, "what", "een maatje", "kind", "peers",
                                 "version", "1", "goal", need, NULL),
                       422);
}

static void the_way_to_a_goal_is_drawn(void **state)
{
    struct page_fixture *f = *state;
    const char *goal = id_for(f);
    const char *page = pupil_path(f, page_path(f, "/doelen/%s", goal));
    const char *act = page_path(f, "%s/doe", page);
    assert_page_status(page_post(f, PAGE_TEACHER, page, "soon", "voorlezen", NULL), 303);
    assert_page_lacks(page_get(f, PAGE_TEACHER, page), "road__line"); /* nothing to draw yet */
    assert_page_status(page_post(f, PAGE_TEACHER, act, "do", "step", "fresh", id_for(f), "text",
                                 "twee zinnen <hardop>", "day", "2026-12-01", NULL),
                       303);
    struct page_answer *answer = page_get(f, PAGE_PUPIL, page_path(f, "/ik/doelen/%s", goal));
    assert_page_contains(answer, "road__line");
    assert_page_contains(answer, "The way to: voorlezen. 0 of 1 steps done.");
    assert_page_contains(answer, "twee zinnen &lt;hardop&gt;");
}

static void how_it_went_and_what_comes_next_are_kept(void **state)
{
    struct page_fixture *f = *state;
    const char *page = pupil_path(f, page_path(f, "/doelen/%s", id_for(f)));
    const char *act = page_path(f, "%s/doe", page);
    assert_page_status(page_post(f, PAGE_TEACHER, page, "soon", "voorlezen", NULL), 303);
    assert_page_status(page_post(f, PAGE_TEACHER, act, "do", "tell", "text", "te vroeg", NULL),
                       409);
    assert_page_status(page_post(f, PAGE_TEACHER, act, "do", "reached", NULL), 303);
    assert_page_status(page_post(f, PAGE_TEACHER, act, "do", "tell", "text", "het lukt elke dag",
                                 "next", "aan de kleuters voorlezen", NULL),
                       303);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, page);
    assert_page_contains(answer, "het lukt elke dag");
    assert_page_contains(answer, "aan de kleuters voorlezen");
    assert_page_contains(answer, pupil_path(f, "/gesprek"));
}

static void several_people_are_chosen_for_an_agreement(void **state)
{
    struct page_fixture *f = *state;
    const char *page = pupil_path(f, page_path(f, "/afspraken/%s", id_for(f)));
    const char *who = page_path(f, "2-%s", id_text(f->pupil.v).s);
    const char *also = arena_strdup(f->arena, id_text(f->staff[PAGE_TEACHER].v).s);
    assert_page_status(
        page_post(f, PAGE_TEACHER, page, "what", "samen lezen", "who", who, "also", also, NULL),
        303);
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "samen lezen");
    assert_page_contains(page_get(f, PAGE_TEACHER, page), "Noor, Tessa");
    /* Who was not offered is not taken. */
    const char *stranger = arena_strdup(f->arena, id_text(f->staff[PAGE_STRANGER].v).s);
    assert_page_status(page_post(f, PAGE_TEACHER, page, "what", "samen lezen", "who", who, "also",
                                 stranger, "version", "1", NULL),
                       303);
    assert_page_lacks(page_get(f, PAGE_TEACHER, page), "Stef");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_goal_is_set_on_the_dossier_and_seen_by_the_pupil),
        page_each_engine(a_goal_can_be_sharpened_where_it_is_written),
        page_each_engine(what_is_wrong_is_said_and_nothing_is_lost),
        page_each_engine(two_writers_both_keep_their_text),
        page_each_engine(the_way_back_leads_nowhere_else),
        page_each_engine(the_child_chooses_how_to_celebrate),
        page_each_engine(a_promise_comes_back_on_the_start_page),
        page_each_engine(the_teachers_part_of_a_plan_is_on_no_page_of_the_pupil),
        page_each_engine(what_is_open_is_offered_in_the_next_conversation),
        page_each_engine(a_need_that_is_open_is_offered_again),
        page_each_engine(a_need_is_tied_to_a_goal_on_screen),
        page_each_engine(the_way_to_a_goal_is_drawn),
        page_each_engine(how_it_went_and_what_comes_next_are_kept),
        page_each_engine(several_people_are_chosen_for_an_agreement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
