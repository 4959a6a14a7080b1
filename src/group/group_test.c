#include "group/group.h"

#include "base/arena.h"
#include "base/str.h"
#include "school/school.h"
#include "web/web_fixture.h"

#define TODAY PAGE_TODAY
static const struct date yesterday = {2026, 11, 23};

static size_t member_count(struct work *work, struct group_id group)
{
    struct group_member *members = NULL;
    size_t count = 0;
    assert_status(group_members(work, group, &members, &count), OK);
    return count;
}

static size_t memberships(struct work *work, struct pupil_id pupil)
{
    struct pupil_membership *list = NULL;
    size_t count = 0;
    assert_status(group_of_pupil(work, pupil, &list, &count), OK);
    return count;
}

static void joining_and_leaving_is_kept_as_history(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(group_join(work, f->group, f->loose_pupil, yesterday), OK);
    assert_status(group_join(work, f->group, f->loose_pupil, TODAY), OK); /* is in it already */
    assert_int_equal(memberships(work, f->loose_pupil), 1);
    assert_int_equal(member_count(work, f->group), 2);
    assert_status(group_leave(work, f->group, f->loose_pupil, TODAY), OK);
    assert_status(group_leave(work, f->group, f->loose_pupil, TODAY), OK); /* is out already */
    assert_int_equal(member_count(work, f->group), 1);
    assert_int_equal(memberships(work, f->loose_pupil), 1);
    page_commit(f);
    assert_true(page_logged(f, AUDIT_STRUCTURE_CHANGED) > 0);
}

static void coming_back_on_the_same_day_continues(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(group_leave(work, f->group, f->pupil, TODAY), OK);
    assert_status(group_join(work, f->group, f->pupil, TODAY), OK);
    struct pupil_membership *list = NULL;
    size_t count = 0;
    assert_status(group_of_pupil(work, f->pupil, &list, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(date_compare(list[0].from_on, (struct date){2026, 8, 24}), 0);
    assert_false(date_is_set(list[0].until_on));
    /* In, out and in again, all today. */
    assert_status(group_join(work, f->group, f->loose_pupil, TODAY), OK);
    assert_status(group_leave(work, f->group, f->loose_pupil, TODAY), OK);
    assert_status(group_join(work, f->group, f->loose_pupil, TODAY), OK);
    assert_int_equal(memberships(work, f->loose_pupil), 1);
    assert_int_equal(member_count(work, f->group), 2);
    page_undo(f);
}

static void coming_back_later_is_a_new_membership(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(group_leave(work, f->group, f->pupil, yesterday), OK);
    assert_status(group_join(work, f->group, f->pupil, TODAY), OK);
    assert_int_equal(memberships(work, f->pupil), 2);
    assert_int_equal(member_count(work, f->group), 1);
    page_undo(f);
}

static void a_move_leaves_the_home_group_of_that_year_only(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct school_year_id next;
    struct group_id art, later;
    assert_status(school_year_make(work, 2027, &next), OK);
    struct group_draft other = {
        .year = f->year, .kind = GROUP_OTHER, .years = YEAR_BIT(7), .name = "Plusklas"};
    struct group_draft home = {
        .year = next, .kind = GROUP_HOME, .years = YEAR_BIT(8), .name = "Groep 8"};
    assert_status(group_add(work, &other, &art), OK);
    assert_status(group_add(work, &home, &later), OK);
    assert_status(group_move(work, art, f->pupil, TODAY), OK);
    assert_status(group_move(work, later, f->pupil, TODAY), OK);
    assert_int_equal(member_count(work, f->group),
                     1); /* an other group, another year: still here */
    assert_status(group_move(work, f->other_group, f->pupil, TODAY), OK);
    assert_int_equal(member_count(work, f->group), 0);
    assert_int_equal(member_count(work, f->other_group), 2);
    assert_int_equal(member_count(work, art), 1);
    assert_int_equal(member_count(work, later), 1);
    page_undo(f);
}

static void a_combination_group_has_more_years(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct group group;
    assert_status(group_find(work, f->other_group, &group), OK);
    assert_string_equal(year_groups_text(work->arena, group.years), "1/2");
    assert_int_equal(group.age_band, AGE_4_6);
    assert_status(group_change(work, f->other_group, "Kikkers", YEAR_BIT(2) | YEAR_BIT(3), AGE_7_9),
                  OK);
    assert_status(group_find(work, f->other_group, &group), OK);
    assert_string_equal(year_groups_text(work->arena, group.years), "2/3");
    assert_string_equal(group.name, "Kikkers");
    assert_int_equal(group.age_band, AGE_7_9);
    assert_string_equal(year_groups_text(work->arena, YEAR_BIT(11) | YEAR_BIT(12)), "1/2");
    assert_string_equal(year_groups_text(work->arena, YEAR_BIT(YEAR_GROUP_SPECIAL)), "sbo");
    assert_status(group_change(work, f->other_group, " ", YEAR_BIT(2), AGE_4_6), ERR_INVALID);
    assert_status(group_set_kind(work, f->other_group, GROUP_OTHER), OK);
    assert_status(group_find(work, f->other_group, &group), OK);
    assert_int_equal(group.kind, GROUP_OTHER);
    assert_status(group_set_kind(work, f->strange_group, GROUP_OTHER), ERR_NOT_FOUND);
    page_undo(f);
}

static void a_group_goes_only_while_it_was_never_used(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct group_draft draft = {
        .year = f->year, .kind = GROUP_HOME, .years = YEAR_BIT(3), .name = "Fout"};
    struct group_id mistake;
    assert_status(group_add(work, &draft, &mistake), OK);
    assert_status(group_remove(work, f->group), ERR_CONFLICT);
    assert_status(group_remove(work, mistake), OK);
    assert_status(group_remove(work, mistake), ERR_NOT_FOUND);
    assert_status(group_remove(work, f->strange_group), ERR_NOT_FOUND);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(joining_and_leaving_is_kept_as_history),
        page_each_engine(coming_back_on_the_same_day_continues),
        page_each_engine(coming_back_later_is_a_new_membership),
        page_each_engine(a_move_leaves_the_home_group_of_that_year_only),
        page_each_engine(a_combination_group_has_more_years),
        page_each_engine(a_group_goes_only_while_it_was_never_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
