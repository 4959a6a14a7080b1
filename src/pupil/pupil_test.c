#include "pupil/pupil.h"

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
        cmocka_unit_test(a_day_that_is_no_birthday_every_year_ends_on_the_day_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
