#include "pupil/pupil.h"

#include "group/group.h"
#include "school/school.h"
#include "web/web_fixture.h"

static void leaving_and_coming_back(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct pupil pupil;
    assert_status(pupil_leave(work, f->pupil, (struct date){2026, 11, 25}), ERR_INVALID);
    assert_status(pupil_leave(work, f->pupil, (struct date){2024, 7, 31}), ERR_INVALID);
    assert_status(pupil_leave(work, f->pupil, (struct date){0}), ERR_INVALID);
    assert_status(pupil_leave(work, f->strange_pupil, work->today), ERR_NOT_FOUND);
    assert_status(pupil_leave(work, f->pupil, work->today), OK);
    page_commit(f);
    assert_page_goes_to(page_get(f, PAGE_PUPIL, "/"), "/aanmelden");
    work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(pupil_return(work, f->pupil), OK);
    assert_status(pupil_find(work, f->pupil, &pupil), OK);
    assert_false(date_is_set(pupil.left_on));
    assert_status(pupil_return(work, f->strange_pupil), ERR_NOT_FOUND);
    page_undo(f);
}

/* One row per pupil, whatever groups they are and were in. */
static void the_head_of_a_page_says_where_a_pupil_is_at_home(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct pupil_head head;
    struct group_id extra;
    struct school_year year;
    assert_status(school_active_year(work, &year), OK);
    struct group_draft draft = {
        .year = year.id, .kind = GROUP_OTHER, .years = 1U << 5, .name = "Plusklas"};
    assert_status(group_add(work, &draft, &extra), OK);
    assert_status(group_join(work, extra, f->pupil, work->today), OK);
    assert_status(pupil_head(work, f->pupil, 0, &head), OK);
    assert_int_equal(head.pupil.id.v, f->pupil.v);
    assert_string_equal(head.pupil.person.call, "Noor");
    assert_int_equal(head.group.v, f->group.v);
    assert_int_equal(head.retention_years, 2);
    assert_int_equal(head.emergencies, 0);
    assert_status(group_leave_all(work, f->pupil, work->today), OK);
    assert_status(pupil_head(work, f->pupil, 0, &head), OK);
    assert_int_equal(head.group.v, 0);
    assert_string_equal(head.group_name, "");
    assert_status(pupil_head(work, f->strange_pupil, 0, &head), ERR_NOT_FOUND);
    page_undo(f);
}

static void a_day_that_is_no_birthday_every_year_ends_on_the_day_before(void **state)
{
    (void)state;
    struct date until = pupil_keep_until((struct date){2028, 2, 29}, 2);
    assert_int_equal(date_compare(until, (struct date){2030, 2, 28}), 0);
    assert_false(date_is_set(pupil_keep_until((struct date){0}, 2)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(leaving_and_coming_back),
        page_each_engine(the_head_of_a_page_says_where_a_pupil_is_at_home),
        cmocka_unit_test(a_day_that_is_no_birthday_every_year_ends_on_the_day_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
