#include "mirror/practice.h"

#include "base/arena.h"
#include "web/web_fixture.h"

static struct practice_id fresh(struct page_fixture *f)
{
    return (struct practice_id){id_new(&f->random)};
}

static struct transcript_counts some(int open, int leading)
{
    struct transcript_counts counts = {{0}};
    counts.of[MIRROR_OPEN] = open;
    counts.of[MIRROR_LEADING] = leading;
    return counts;
}

static enum status keep(struct work *work, struct practice_id id, int open, int leading)
{
    struct transcript_counts counts = some(open, leading);
    return practice_keep(work, id, &counts);
}

static void counts_add_up_per_day(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct practice_day *days = NULL;
    size_t count = 9;
    assert_int_equal(practice_days(work, &days, &count), OK);
    assert_int_equal(count, 0);
    work->today = date_add_days(PAGE_TODAY, -7);
    assert_int_equal(keep(work, fresh(f), 3, 1), OK);
    work->today = PAGE_TODAY;
    assert_int_equal(keep(work, fresh(f), 5, 0), OK);
    assert_int_equal(keep(work, fresh(f), 1, 2), OK);
    assert_int_equal(practice_days(work, &days, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(date_compare(days[0].on, PAGE_TODAY), 0);
    assert_int_equal(days[0].counts.of[MIRROR_OPEN], 6);
    assert_int_equal(days[0].counts.of[MIRROR_LEADING], 2);
    assert_int_equal(days[1].counts.of[MIRROR_OPEN], 3);
    assert_int_equal(days[1].counts.of[MIRROR_LEADING], 1);
    page_commit(f);
}

static void the_same_try_counts_once(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct practice_id id = fresh(f);
    struct practice_day *days = NULL;
    size_t count = 0;
    assert_int_equal(keep(work, id, 3, 1), OK);
    assert_int_equal(keep(work, id, 30, 10), OK);
    assert_int_equal(practice_days(work, &days, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(days[0].counts.of[MIRROR_OPEN], 3);
    page_commit(f);
}

static void refuses_what_cannot_be_counted(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_TEACHER);
    assert_int_equal(keep(work, fresh(f), 0, 0), ERR_INVALID);
    assert_int_equal(keep(work, fresh(f), -1, 2), ERR_INVALID);
    assert_int_equal(keep(work, fresh(f), PRACTICE_COUNT_MAX + 1, 0), ERR_INVALID);
    assert_int_equal(keep(work, fresh(f), PRACTICE_COUNT_MAX, 0), OK);
    assert_int_equal(keep(work, (struct practice_id){0}, 1, 0), ERR_INVALID);
    page_undo(f);
}

/* Not the school leader, not the administrator, not a pupil: there is nothing for them here. */
static void nobody_else_sees_or_deletes_them(void **state)
{
    struct page_fixture *f = *state;
    struct practice_id id = fresh(f);
    struct practice_day *days = NULL;
    size_t count = 0;
    assert_int_equal(keep(page_begin(f, PAGE_TEACHER), id, 3, 1), OK);
    page_commit(f);
    static const enum page_role others[] = {PAGE_SUPPORT,   PAGE_OTHER_TEACHER, PAGE_COORDINATOR,
                                            PAGE_PRINCIPAL, PAGE_ADMINISTRATOR, PAGE_STRANGER};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct work *work = page_begin(f, others[i]);
        assert_int_equal(practice_days(work, &days, &count), OK);
        assert_int_equal(count, 0);
        assert_int_equal(practice_forget(work, (struct date){0}), ERR_NOT_FOUND);
        assert_int_equal(practice_forget(work, PAGE_TODAY), ERR_NOT_FOUND);
        page_commit(f);
    }
    struct work *work = page_begin(f, PAGE_PUPIL);
    assert_int_equal(practice_days(work, &days, &count), ERR_NOT_FOUND);
    assert_int_equal(keep(work, fresh(f), 1, 1), ERR_NOT_FOUND);
    page_undo(f);
    work = page_begin(f, PAGE_TEACHER);
    assert_int_equal(practice_days(work, &days, &count), OK);
    assert_int_equal(count, 1);
    page_undo(f);
}

static void deleted_by_day_and_all_at_once(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_TEACHER);
    struct practice_day *days = NULL;
    size_t count = 0;
    for (int back = 0; back < 3; back++) {
        work->today = date_add_days(PAGE_TODAY, -back);
        assert_int_equal(keep(work, fresh(f), 1 + back, 0), OK);
    }
    work->today = PAGE_TODAY;
    assert_int_equal(practice_forget(work, date_add_days(PAGE_TODAY, -1)), OK);
    assert_int_equal(practice_days(work, &days, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(days[1].counts.of[MIRROR_OPEN], 3);
    assert_int_equal(practice_forget(work, (struct date){0}), OK);
    assert_int_equal(practice_days(work, &days, &count), OK);
    assert_int_equal(count, 0);
    page_commit(f);
}

static void they_end_by_themselves(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_TEACHER);
    size_t gone = 9;
    work->today = date_add_days(PAGE_TODAY, -PRACTICE_KEEP_DAYS);
    assert_int_equal(keep(work, fresh(f), 1, 0), OK);
    work->today = PAGE_TODAY;
    assert_int_equal(practice_purge(work, &gone), OK);
    assert_int_equal(gone, 0);
    work->today = date_add_days(PAGE_TODAY, 1);
    assert_int_equal(practice_purge(work, &gone), OK);
    assert_int_equal(gone, 1);
    page_commit(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(counts_add_up_per_day),
        page_each_engine(the_same_try_counts_once),
        page_each_engine(refuses_what_cannot_be_counted),
        page_each_engine(nobody_else_sees_or_deletes_them),
        page_each_engine(deleted_by_day_and_all_at_once),
        page_each_engine(they_end_by_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
