#include "school/school.h"

#include "access/access.h"
#include "base/arena.h"
#include "base/str.h"
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
    assert_status(coverage_of_year(work, f->year, since, &list, &count), ERR_NOT_FOUND);
    work->actor = &f->actor[PAGE_PRINCIPAL];
    assert_status(coverage_of_year(work, f->year, since, &list, &count), OK);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(list[i].pupils, 1);
        assert_int_equal(list[i].noted, list[i].group.v == f->group.v);
    }
    assert_status(coverage_of_year(work, f->year, (struct date){2026, 11, 21}, &list, &count), OK);
    assert_int_equal(list[0].noted + list[1].noted, 0);
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
        cmocka_unit_test(the_half_years_meet_in_february),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
