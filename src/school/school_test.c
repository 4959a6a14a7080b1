#include "school/school.h"

#include "access/access.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "group/group.h"
#include "observation/observation.h"
#include "school/coverage.h"
#include "staff/staff.h"
#include "web/web_fixture.h"

static void a_name_and_a_brin_are_checked(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct school school;
    const char *board = NULL;
    assert_status(school_change(work, "De Boom", "04AB02"), OK);
    assert_status(school_find(work, &school), OK);
    assert_string_equal(school.name, "De Boom");
    assert_string_equal(school.brin, "04AB02");
    assert_status(school_board_name(work, school.board, &board), OK);
    assert_string_equal(board, "Stichting Proef");
    assert_status(school_change(work, "  ", ""), ERR_INVALID);
    assert_status(school_change(work, "De Boom", "4ab"), ERR_INVALID);
    page_undo(f);
}

static void locations_are_added_and_renamed(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct location_id id;
    struct location *list = NULL;
    size_t count = 0;
    assert_status(location_add(work, "Noord", &id), OK);
    assert_status(location_rename(work, id, "Zuid"), OK);
    assert_status(location_list(work, &list, &count), OK);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].name, "Zuid");
    assert_status(location_add(work, "", &id), ERR_INVALID);
    work->actor = &f->actor[PAGE_STRANGER];
    assert_status(location_rename(work, id, "Onze"), ERR_NOT_FOUND);
    page_undo(f);
}

static void the_year_changes_and_changes_back(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct school_year_id next;
    struct school_year now;
    assert_status(school_year_make(work, 2027, &next), OK);
    assert_status(staff_carry_over(work, f->year, next), OK);
    assert_status(staff_carry_over(work, f->year, next), OK); /* twice is once */
    assert_status(school_year_activate(work, next), OK);
    assert_status(school_active_year(work, &now), OK);
    assert_int_equal(now.starts_in, 2027);
    page_commit(f);
    /* The teacher's group is of last year: closed. The coordinator goes on. */
    const char *dossier = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    assert_page_status(page_get(f, PAGE_TEACHER, dossier), 404);
    assert_page_status(page_get(f, PAGE_COORDINATOR, dossier), 200);
    assert_page_status(page_get(f, PAGE_ADMINISTRATOR, "/school"), 200);

    work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(school_year_activate(work, f->year), OK);
    page_commit(f);
    assert_page_status(page_get(f, PAGE_TEACHER, dossier), 200);
    assert_int_equal(page_logged(f, AUDIT_YEAR_ACTIVATED), 2);
}

static void no_year_without_an_administrator(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct school_year_id next;
    struct school_year now;
    assert_status(school_year_make(work, 2027, &next), OK);
    assert_status(school_year_activate(work, next), ERR_CONFLICT);
    assert_status(
        staff_give(work, f->staff[PAGE_COORDINATOR], ROLE_COORDINATOR, next, (struct group_id){0}),
        OK);
    assert_status(school_year_activate(work, next), ERR_CONFLICT);
    assert_status(school_active_year(work, &now), OK);
    assert_int_equal(now.id.v, f->year.v);
    assert_status(school_year_activate(work, f->strange_year), ERR_NOT_FOUND);
    page_undo(f);
}

static void coverage_counts_pupils_not_observations(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct observation_draft draft = {.kind = OBSERVATION_STRENGTH,
                                      .seen_on = {2026, 11, 20},
                                      .body = "Leest voor aan de kleuters."};
    for (int i = 0; i < 2; i++)
        assert_status(
            observation_add(work, f->pupil, (struct observation_id){work_new_id(work)}, &draft),
            OK);
    struct coverage *list = NULL;
    size_t count = 0;
    struct date since = coverage_half_year(PAGE_TODAY);
    assert_status(coverage_of_year(work, f->year, since, 1, &list, &count), ERR_NOT_FOUND);
    work->actor = &f->actor[PAGE_PRINCIPAL];
    assert_status(coverage_of_year(work, f->year, since, 1, &list, &count), OK);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(list[i].pupils, 1);
        assert_int_equal(list[i].noted, list[i].group.v == f->group.v);
    }
    assert_status(coverage_of_year(work, f->year, (struct date){2026, 11, 21}, 1, &list, &count),
                  OK);
    assert_int_equal(list[0].noted + list[1].noted, 0);
    page_undo(f);
}

static struct coverage covered(struct page_fixture *f, int target)
{
    struct coverage *list = NULL, found = {.pupils = -1};
    size_t count = 0;
    f->work.actor = &f->actor[PAGE_PRINCIPAL];
    assert_status(
        coverage_of_year(&f->work, f->year, coverage_half_year(PAGE_TODAY), target, &list, &count),
        OK);
    for (size_t i = 0; i < count; i++)
        if (list[i].group.v == f->group.v)
            found = list[i];
    f->work.actor = &f->actor[PAGE_TEACHER];
    return found;
}

#define ASSERT_HEARD(target, heard_, informal_, reached_)                                          \
    do {                                                                                           \
        struct coverage c_ = covered(f, target);                                                   \
        assert_int_equal(c_.pupils, 1);                                                            \
        assert_int_equal(c_.heard, heard_);                                                        \
        assert_int_equal(c_.only_informal, informal_);                                             \
        assert_int_equal(c_.reached, reached_);                                                    \
    } while (0)

/* Nothing that one does to the plan hears a pupil: only what was held and closed. */
static void nobody_is_heard_by_planning(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct conversation_draft draft = {.method_key = "k12",
                                       .pupil = f->pupil,
                                       .planned_on = PAGE_TODAY,
                                       .planned_at = -1,
                                       .place = "",
                                       .aim = ""};
    struct conversation_id id = {work_new_id(work)}, away = {work_new_id(work)};
    assert_status(conversation_plan(work, id, &draft), OK);
    assert_status(conversation_plan(work, away, &draft), OK);
    ASSERT_HEARD(1, 0, 0, 0);
    assert_status(conversation_cancel(work, away, "ziek"), OK);
    ASSERT_HEARD(1, 0, 0, 0);
    assert_status(conversation_invite(work, id), OK);
    assert_status(conversation_start(work, id), OK);
    ASSERT_HEARD(1, 0, 0, 0);
    assert_status(conversation_close(work, id, "", (struct date){0}), OK);
    ASSERT_HEARD(1, 1, 0, 1);
    ASSERT_HEARD(2, 1, 0, 0);
    assert_status(conversation_evaluate(work, id), OK);
    ASSERT_HEARD(1, 1, 0, 1);
    assert_status(conversation_cancel(work, id, "weg"), ERR_FORBIDDEN);
    page_undo(f);
}

static void talks_in_passing_count_and_are_told_apart(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_TEACHER);
    for (int i = 1; i <= 2; i++) {
        struct conversation_id id = {work_new_id(work)};
        assert_status(
            conversation_note_informal(work, id, f->pupil, (struct date){2026, 10, 6}, ""), OK);
        ASSERT_HEARD(2, 1, 1, i == 2);
    }
    ASSERT_HEARD(0, 1, 1, 1);
    page_undo(f);
}

static void the_school_sets_how_often_pupils_are_heard(void **state)
{
    struct page_fixture *f = *state;
    int target = -1;
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_status(coverage_target(work, &target), OK);
    assert_int_equal(target, COVERAGE_TARGET);
    assert_status(coverage_set_target(work, 2), ERR_NOT_FOUND);
    page_undo(f);
    struct page_answer *odd = page_post(f, PAGE_PRINCIPAL, "/school/doel", "times", "11", NULL);
    assert_page_status(odd, 422);
    assert_page_contains(odd, "value=\"11\"");
    assert_page_goes_to(page_post(f, PAGE_PRINCIPAL, "/school/doel", "times", "2", NULL),
                        "/school/doel?ok=bewaard");
    assert_page_contains(page_get(f, PAGE_ADMINISTRATOR, "/school/doel"), "value=\"2\"");
    assert_page_contains(page_get(f, PAGE_PRINCIPAL, "/school/inzage"),
                         "The school wants 2 conversations with every pupil each half-year.");
    assert_page_goes_to(page_post(f, PAGE_COORDINATOR, "/school/doel", "times", "0", NULL),
                        "/school/doel?ok=bewaard");
    struct page_answer *none = page_get(f, PAGE_PRINCIPAL, "/school/inzage");
    assert_page_contains(none, "The school has set no target.");
    assert_page_lacks(none, "Target reached");
    assert_page_lacks(none, "Noor");
    work = page_begin(f, PAGE_COORDINATOR);
    assert_status(coverage_set_target(work, COVERAGE_TARGET_MAX + 1), ERR_INVALID);
    assert_status(coverage_set_target(work, -1), ERR_INVALID);
    assert_status(coverage_target(work, &target), OK);
    assert_int_equal(target, 0);
    page_undo(f);
}

static void the_half_years_meet_in_february(void **state)
{
    (void)state;
    static const struct {
        struct date day, start;
    } cases[] = {{{2026, 8, 1}, {2026, 8, 1}},   {{2027, 1, 31}, {2026, 8, 1}},
                 {{2027, 2, 1}, {2027, 2, 1}},   {{2027, 7, 31}, {2027, 2, 1}},
                 {{2026, 12, 31}, {2026, 8, 1}}, {{2027, 8, 1}, {2027, 8, 1}}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(date_compare(coverage_half_year(cases[i].day), cases[i].start), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_name_and_a_brin_are_checked),
        page_each_engine(locations_are_added_and_renamed),
        page_each_engine(the_year_changes_and_changes_back),
        page_each_engine(no_year_without_an_administrator),
        page_each_engine(coverage_counts_pupils_not_observations),
        page_each_engine(nobody_is_heard_by_planning),
        page_each_engine(talks_in_passing_count_and_are_told_apart),
        page_each_engine(the_school_sets_how_often_pupils_are_heard),
        cmocka_unit_test(the_half_years_meet_in_february),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
