#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "goal/goal.h"
#include "sharing/sharing.h"
#include "web/web_fixture.h"

static struct goal_id goal;

static const char *base_of(struct page_fixture *f, struct conversation_id id, const char *place)
{
    return page_path(f, "%s/%s", place, arena_strdup(f->arena, id_text(id.v).s));
}

static struct conversation_id talk_with_goal(struct page_fixture *f)
{
    struct conversation_id id = {id_new(&f->random)};
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    const struct goal_draft wish = {
        .conversation = id,
        .question = "",
        .voice = VOICE_PUPIL,
        .words = {.now = "", .soon = "rustig <b> beginnen", .notice = "", .dot = "", .score = ""}};
    goal = (struct goal_id){id_new(&f->random)};
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_plan(&f->work, id, &draft), OK);
    assert_status(conversation_start(&f->work, id), OK);
    assert_status(goal_set(&f->work, f->pupil, goal, &wish), OK);
    page_commit(f);
    return id;
}

/* The field of the goal's choice for home, as the page names it. */
static const char *field(struct page_fixture *f)
{
    return page_path(f, "a.2.%s.g%s", arena_strdup(f->arena, id_text(goal.v).s),
                     arena_strdup(f->arena, id_text(f->guardian.v).s));
}

static void what_is_chosen_is_what_home_sees(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = talk_with_goal(f);
    const char *page = page_path(f, "%s/delen", base_of(f, id, "/gesprek"));
    const char *home = page_path(f, "%s/thuis", page);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, page);
    assert_page_status(answer, 200);
    assert_page_contains(answer, page_path(f, "name=\"%s\" value=\"2\" checked", field(f)));
    assert_page_contains(answer, "rustig &lt;b&gt; beginnen");
    assert_page_lacks(page_get(f, PAGE_TEACHER, home), "rustig");
    assert_page_goes_to(page_post(f, PAGE_TEACHER, page, field(f), "1", "together", "1", "why",
                                  "dan helpen ze", NULL),
                        page_path(f, "%s?ok=bewaard", page));
    assert_page_contains(page_get(f, PAGE_TEACHER, page),
                         page_path(f, "name=\"%s\" value=\"1\" checked", field(f)));
    answer = page_get(f, PAGE_TEACHER, home);
    assert_page_contains(answer, "rustig &lt;b&gt; beginnen");
    assert_page_contains(answer, "Karin");
    /* Sent as it stands, with that one box: nobody decided anything again. */
    assert_page_status(page_post(f, PAGE_TEACHER, page, field(f), "1", NULL), 303);
    assert_int_equal(page_logged(f, AUDIT_SHARING_DECIDED), 1);
}

/* The field of everything else of the conversation. */
static const char *whole_field(struct page_fixture *f, struct conversation_id id)
{
    return page_path(f, "a.6.%s.g%s", arena_strdup(f->arena, id_text(id.v).s),
                     arena_strdup(f->arena, id_text(f->guardian.v).s));
}

/* How many decisions stand in the book of the pupil, and the newest choice about the goal. */
static size_t decided(struct page_fixture *f, struct conversation_id id,
                      enum sharing_choice *ret_goal, enum decided_by *ret_by)
{
    struct sharing_book book;
    page_begin(f, PAGE_TEACHER);
    assert_status(sharing_open(&f->work, f->pupil, id, &book), OK);
    page_undo(f);
    *ret_goal = CHOICE_NONE;
    for (size_t i = book.count; i-- > 0;) {
        if (book.decisions[i].kind != SHARED_GOAL)
            continue;
        *ret_goal = book.decisions[i].choice;
        *ret_by = book.decisions[i].by;
    }
    return book.count;
}

static void what_is_left_at_no_was_asked_and_answered(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = talk_with_goal(f);
    const char *own = page_path(f, "%s/delen", base_of(f, id, "/ik/gesprek"));
    const char *whole = whole_field(f, id);
    enum sharing_choice goal_choice = CHOICE_NONE;
    enum decided_by by = DECIDED_STAFF;
    assert_page_contains(page_get(f, PAGE_PUPIL, own), "is kept as your choice too");
    assert_page_status(page_post(f, PAGE_PUPIL, own, whole, "2", field(f), "2", NULL), 303);
    assert_int_equal(decided(f, id, &goal_choice, &by), 2);
    assert_int_equal(goal_choice, CHOICE_NO);
    assert_int_equal(by, DECIDED_PUPIL);
    assert_int_equal(page_logged(f, AUDIT_SHARING_DECIDED), 1); /* kept once */
    assert_page_status(page_post(f, PAGE_PUPIL, own, whole, "2", field(f), "2", NULL), 303);
    assert_int_equal(decided(f, id, &goal_choice, &by), 2); /* it was answered already */
    assert_page_contains(page_get(f, PAGE_PUPIL, "/ik/inzage"),
                         "<strong>a goal, a whole conversation</strong> → home: not");
    /* What the pupil left at no, staff alone do not open. */
    const char *staff = page_path(f, "%s/delen", base_of(f, id, "/gesprek"));
    assert_page_status(page_post(f, PAGE_TEACHER, staff, field(f), "1", NULL), 409);
}

static void a_whole_that_opens_takes_along_what_was_left(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = talk_with_goal(f);
    const char *page = page_path(f, "%s/delen", base_of(f, id, "/gesprek"));
    enum sharing_choice goal_choice = CHOICE_NONE;
    enum decided_by by = DECIDED_STAFF;
    assert_page_status(page_post(f, PAGE_TEACHER, page, whole_field(f, id), "1", field(f), "2",
                                 "together", "1", "why", "dan helpen ze", NULL),
                       303);
    assert_int_equal(decided(f, id, &goal_choice, &by), 1);
    assert_int_equal(goal_choice, CHOICE_NONE);
    assert_page_contains(page_get(f, PAGE_TEACHER, page_path(f, "%s/thuis", page)), "rustig");
}

static void the_pupil_chooses_in_the_own_place(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = talk_with_goal(f);
    const char *own = page_path(f, "%s/delen", base_of(f, id, "/ik/gesprek"));
    const char *staff = page_path(f, "%s/delen", base_of(f, id, "/gesprek"));
    assert_page_contains(page_get(f, PAGE_PUPIL, own), "I want to talk");
    assert_page_status(page_post(f, PAGE_PUPIL, own, field(f), "3", NULL), 303);
    assert_page_contains(page_get(f, PAGE_PUPIL, own),
                         page_path(f, "name=\"%s\" value=\"3\" checked", field(f)));
    /* The teacher alone does not overrule it: the page stays, with a line about it. */
    struct page_answer *answer = page_post(f, PAGE_TEACHER, staff, field(f), "1", NULL);
    assert_page_status(answer, 409);
    assert_page_contains(answer, "Only the pupil can say yes to this.");
    assert_page_contains(page_get(f, PAGE_PUPIL, own),
                         page_path(f, "name=\"%s\" value=\"3\" checked", field(f)));
    assert_page_status(page_post(f, PAGE_TEACHER, staff, field(f), "1", "together", "1", NULL),
                       303);
    assert_page_contains(page_get(f, PAGE_PUPIL, own),
                         page_path(f, "name=\"%s\" value=\"1\" checked", field(f)));
    answer = page_get(f, PAGE_PUPIL, "/ik/inzage");
    assert_page_contains(answer, "You decided together with your teacher");
    assert_page_contains(answer, "You decided");
}

static void what_came_up_in_no_conversation_has_a_page(void **state)
{
    struct page_fixture *f = *state;
    const char *pupil = base_of(f, (struct conversation_id){f->pupil.v}, "/leerling");
    const char *page = page_path(f, "%s/delen", pupil), *home = page_path(f, "%s/thuis", page);
    const struct goal_draft wish = {
        .question = "",
        .voice = VOICE_PUPIL,
        .words = {.now = "", .soon = "zelf durven vragen", .notice = "", .dot = "", .score = ""}};
    (void)talk_with_goal(f); /* has a goal of its own, and a page of its own */
    goal = (struct goal_id){id_new(&f->random)};
    page_begin(f, PAGE_TEACHER);
    assert_status(goal_set(&f->work, f->pupil, goal, &wish), OK);
    page_commit(f);
    const char *own = page_path(f, "%s/doelen/%s", pupil, id_text(goal.v).s);
    assert_page_contains(page_get(f, PAGE_TEACHER, own), page);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, page);
    assert_page_contains(answer, "zelf durven vragen");
    assert_page_lacks(answer, "rustig");
    assert_page_status(page_post(f, PAGE_TEACHER, page, field(f), "2", NULL), 303);
    assert_page_lacks(page_get(f, PAGE_TEACHER, home), "zelf durven vragen");
    answer = page_get(f, PAGE_PUPIL, "/ik/delen");
    assert_page_contains(answer, "zelf durven vragen");
    assert_page_goes_to(page_post(f, PAGE_PUPIL, "/ik/delen", field(f), "1", NULL),
                        "/ik/delen?ok=bewaard");
    answer = page_get(f, PAGE_PUPIL, "/ik/delen/thuis");
    assert_page_contains(answer, "What goes on beside conversations");
    assert_page_contains(answer, "zelf durven vragen");
    assert_page_contains(page_get(f, PAGE_TEACHER, home), "zelf durven vragen");
    /* Safety first is written down here too, and told. */
    const char *safe = page_path(f, "%s/veiligheid", page);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, safe, "what", "dat het niet veilig is", "whom",
                                  "Veilig Thuis", "reason", "gevaar", "told_on", "", NULL),
                        page_path(f, "%s?ok=bewaard", page));
    assert_page_contains(page_get(f, PAGE_TEACHER, page), page_path(f, "%s/verteld", page));
    assert_page_contains(page_get(f, PAGE_TEACHER, pupil), page_path(f, "href=\"%s\"", page));
}

static void the_way_back_stays_in_the_conversation(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = talk_with_goal(f);
    const char *base = base_of(f, id, "/gesprek");
    const char *page = page_path(f, "%s/delen", base);
    const char *here = page_path(f, "%s/samen?vraag=x#q-x", base);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, page, "terug", here, NULL), here);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, page, "terug", "//evil.example", NULL),
                        page_path(f, "%s?ok=bewaard", page));
}

static void safety_is_told_and_then_read(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = talk_with_goal(f);
    const char *page = page_path(f, "%s/delen", base_of(f, id, "/gesprek"));
    const char *url = page_path(f, "%s/veiligheid", page);
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, url, "what", "dat het niet veilig is", "whom", "", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "dat het niet veilig is");
    assert_page_status(page_post(f, PAGE_TEACHER, url, "what", "dat het niet veilig is", "whom",
                                 "Veilig Thuis", "reason", "gevaar", "told_on", "2026-11-25", NULL),
                       422);
    assert_page_status(page_post(f, PAGE_TEACHER, url, "what", "dat het niet veilig is", "whom",
                                 "Veilig Thuis", "reason", "gevaar", "told_on", "", NULL),
                       303);
    assert_page_lacks(page_get(f, PAGE_PUPIL, "/ik/inzage"), "Veilig Thuis");
    answer = page_get(f, PAGE_TEACHER, page);
    const char *start = strstr(answer->body, "name=\"id\" value=\"");
    assert_non_null(start);
    const char *note = arena_strndup(f->arena, start + strlen("name=\"id\" value=\""), ID_TEXT_LEN);
    assert_page_status(
        page_post(f, PAGE_TEACHER, page_path(f, "%s/verteld", page), "id", note, NULL), 303);
    assert_page_contains(page_get(f, PAGE_PUPIL, "/ik/inzage"), "Veilig Thuis");
}

static void who_read_is_said_in_words(void **state)
{
    struct page_fixture *f = *state;
    const char *dossier = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    assert_page_status(page_get(f, PAGE_TEACHER, dossier), 200);
    assert_page_status(page_get(f, PAGE_TEACHER, dossier), 200);
    page_drain(f);
    struct page_answer *answer = page_get(f, PAGE_PUPIL, "/ik/inzage");
    assert_page_contains(answer, "Tessa Mulder");
    const char *first = strstr(answer->body, "looked at the dossier");
    assert_non_null(first);
    assert_null(strstr(first + 1, "looked at the dossier")); /* twice on a day is said once */
}

static void the_hand_stands_on_the_class_map(void **state)
{
    struct page_fixture *f = *state;
    const char *group = page_path(f, "/groep/%s", id_text(f->group.v).s);
    const char *away = page_path(f, "/leerling/%s/praten/weg", id_text(f->pupil.v).s);
    assert_page_lacks(page_get(f, PAGE_TEACHER, group), "wants to talk");
    assert_page_goes_to(page_post(f, PAGE_PUPIL, "/ik/praten", NULL), "/ik/praten");
    assert_page_contains(page_get(f, PAGE_PUPIL, "/ik/praten"), "Your teacher sees your hand");
    assert_page_contains(page_get(f, PAGE_TEACHER, group), "wants to talk");
    assert_page_lacks(page_get(f, PAGE_SUPPORT, group), "wants to talk");
    assert_page_goes_to(page_post(f, PAGE_TEACHER, away, NULL), group);
    assert_page_lacks(page_get(f, PAGE_TEACHER, group), "wants to talk");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(what_is_chosen_is_what_home_sees),
        page_each_engine(what_is_left_at_no_was_asked_and_answered),
        page_each_engine(a_whole_that_opens_takes_along_what_was_left),
        page_each_engine(the_pupil_chooses_in_the_own_place),
        page_each_engine(what_came_up_in_no_conversation_has_a_page),
        page_each_engine(the_way_back_stays_in_the_conversation),
        page_each_engine(safety_is_told_and_then_read),
        page_each_engine(who_read_is_said_in_words),
        page_each_engine(the_hand_stands_on_the_class_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
