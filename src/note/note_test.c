#include "note/note.h"

#include "access/access.h"
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "web/web_fixture.h"

#define TODAY PAGE_TODAY
static const struct date tomorrow = {2026, 11, 25};
static const struct date last_day = {2027, 7, 31};

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    access_forget(&f->work);
    return &f->work;
}

static struct working_note_id add(struct page_fixture *f, struct pupil_id pupil, const char *body,
                                  struct date ends_on)
{
    struct working_note_id id;
    assert_status(note_add(&f->work, pupil, body, ends_on, &id), OK);
    return id;
}

static size_t listed(struct page_fixture *f, struct pupil_id pupil)
{
    struct note *notes = NULL;
    size_t count = 0;
    assert_status(note_list(&f->work, pupil, &notes, &count), OK);
    return count;
}

static void it_ends_after_a_month_or_with_the_school_year(void **state UNUSED)
{
    static const struct {
        struct date today, default_end, latest;
    } cases[] = {
        {{2026, 11, 24}, {2026, 12, 24}, {2027, 7, 31}}, {{2026, 8, 1}, {2026, 8, 31}, {2027, 7, 31}},
        {{2027, 7, 1}, {2027, 7, 31}, {2027, 7, 31}},    {{2027, 7, 2}, {2027, 7, 31}, {2027, 7, 31}},
        {{2027, 7, 31}, {2027, 7, 31}, {2027, 7, 31}},   {{2028, 1, 31}, {2028, 3, 1}, {2028, 7, 31}},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_string_equal(date_text(note_default_end(cases[i].today)).s,
                            date_text(cases[i].default_end).s);
        assert_string_equal(date_text(note_latest_end(cases[i].today)).s,
                            date_text(cases[i].latest).s);
    }
}

static void what_was_kept_is_found_by_its_author(void **state)
{
    struct page_fixture *f = *state;
    struct note note;
    page_begin(f, PAGE_TEACHER);
    struct working_note_id id = add(f, f->pupil, "vraag naar <oma> 🙂", tomorrow);
    assert_status(note_find(&f->work, id, &note), OK);
    assert_string_equal(note.body, "vraag naar <oma> 🙂");
    assert_int_equal(note.pupil.v, f->pupil.v);
    assert_string_equal(date_text(note.ends_on).s, "2026-11-25");
    f->work.now_ms += 1000;
    assert_status(note_change(&f->work, id, "anders", last_day), OK);
    assert_status(note_find(&f->work, id, &note), OK);
    assert_string_equal(note.body, "anders");
    assert_int_equal(note.changed_at - note.made_at, 1000);
    assert_status(note_remove(&f->work, id), OK);
    assert_status(note_remove(&f->work, id), ERR_NOT_FOUND);
    assert_status(note_find(&f->work, id, &note), ERR_NOT_FOUND);
    page_undo(f);
}

static void nobody_else_finds_it(void **state)
{
    struct page_fixture *f = *state;
    struct note note;
    page_begin(f, PAGE_TEACHER);
    struct working_note_id id = add(f, f->pupil, "alleen voor mij", tomorrow);
    for (int role = PAGE_NOBODY; role < PAGE_ROLES; role++) {
        if (role == PAGE_TEACHER)
            continue;
        as(f, (enum page_role)role);
        assert_status(note_find(&f->work, id, &note), ERR_NOT_FOUND);
        assert_status(note_change(&f->work, id, "van mij", tomorrow), ERR_NOT_FOUND);
        assert_status(note_remove(&f->work, id), ERR_NOT_FOUND);
        if (f->work.actor->kind == ACTOR_STAFF)
            assert_int_equal(listed(f, (struct pupil_id){0}), 0);
    }
    as(f, PAGE_TEACHER);
    assert_status(note_find(&f->work, id, &note), OK);
    page_undo(f);
}

static void who_may_keep_one_about_whom(void **state)
{
    struct page_fixture *f = *state;
    struct pupil_id nobody = {0};
    const struct {
        enum page_role role;
        struct pupil_id pupil;
        enum status expected;
    } cases[] = {
        {PAGE_TEACHER, nobody, OK},
        {PAGE_TEACHER, f->other_pupil, ERR_NOT_FOUND},
        {PAGE_TEACHER, f->strange_pupil, ERR_NOT_FOUND},
        {PAGE_SUPPORT, f->pupil, OK},
        {PAGE_COORDINATOR, f->other_pupil, OK},
        {PAGE_PRINCIPAL, nobody, OK},
        {PAGE_PRINCIPAL, f->pupil, ERR_NOT_FOUND},
        {PAGE_ADMINISTRATOR, f->pupil, ERR_NOT_FOUND},
        {PAGE_PUPIL, f->pupil, ERR_NOT_FOUND},
        {PAGE_PUPIL, nobody, ERR_NOT_FOUND},
        {PAGE_NOBODY, nobody, ERR_NOT_FOUND},
    };
    page_begin(f, PAGE_TEACHER);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct working_note_id id;
        assert_status(note_add(as(f, cases[i].role), cases[i].pupil, "x", tomorrow, &id),
                      cases[i].expected);
    }
    page_undo(f);
}

static void limits_are_kept_to_the_letter_and_the_day(void **state)
{
    struct page_fixture *f = *state;
    char *text = arena_alloc(f->arena, NOTE_TEXT_MAX + 2);
    struct working_note_id id;
    memset(text, 'a', NOTE_TEXT_MAX + 1);
    page_begin(f, PAGE_TEACHER);
    assert_status(note_add(&f->work, f->pupil, text, tomorrow, &id), ERR_INVALID);
    text[NOTE_TEXT_MAX] = '\0';
    assert_status(note_add(&f->work, f->pupil, text, tomorrow, &id), OK);
    assert_status(note_add(&f->work, f->pupil, " \n", tomorrow, &id), ERR_INVALID);
    assert_status(note_add(&f->work, f->pupil, "x", (struct date){2026, 11, 23}, &id), ERR_INVALID);
    assert_status(note_add(&f->work, f->pupil, "x", TODAY, &id), OK);
    assert_status(note_add(&f->work, f->pupil, "x", last_day, &id), OK);
    assert_status(note_add(&f->work, f->pupil, "x", (struct date){2027, 8, 1}, &id), ERR_INVALID);
    assert_status(note_add(&f->work, f->pupil, "x", (struct date){0}, &id), ERR_INVALID);
    assert_status(note_change(&f->work, id, "x", (struct date){2027, 8, 1}), ERR_INVALID);
    assert_status(note_change(&f->work, id, "", last_day), ERR_INVALID);
    page_undo(f);
}

static void a_list_is_about_one_pupil_or_all_newest_first(void **state)
{
    struct page_fixture *f = *state;
    struct note *notes = NULL;
    size_t count = 0;
    page_begin(f, PAGE_TEACHER);
    (void)add(f, f->pupil, "eerst", tomorrow);
    f->work.now_ms += 1;
    (void)add(f, (struct pupil_id){0}, "over niemand", tomorrow);
    f->work.now_ms += 1;
    (void)add(f, f->pupil, "laatst", tomorrow);
    assert_status(note_list(&f->work, f->pupil, &notes, &count), OK);
    assert_int_equal(count, 2);
    assert_string_equal(notes[0].body, "laatst");
    assert_string_equal(notes[1].body, "eerst");
    assert_int_equal(listed(f, (struct pupil_id){0}), 3);
    assert_int_equal(listed(f, f->other_pupil), 0);
    page_undo(f);
}

static void after_its_end_date_it_is_not_there_and_then_gone(void **state)
{
    struct page_fixture *f = *state;
    struct note note;
    size_t gone = 0;
    page_begin(f, PAGE_TEACHER);
    struct working_note_id today = add(f, f->pupil, "vandaag nog", TODAY);
    struct working_note_id later = add(f, f->pupil, "morgen nog", tomorrow);
    assert_status(note_purge(&f->work, &gone), OK);
    assert_int_equal(gone, 0);
    f->work.today = tomorrow;
    assert_status(note_find(&f->work, today, &note), ERR_NOT_FOUND);
    assert_status(note_change(&f->work, today, "toch", tomorrow), ERR_NOT_FOUND);
    assert_int_equal(listed(f, f->pupil), 1);
    as(f, PAGE_STRANGER);
    assert_status(note_purge(&f->work, &gone), OK);
    assert_int_equal(gone, 0); /* of that school */
    as(f, PAGE_TEACHER);
    assert_status(note_purge(&f->work, &gone), OK);
    assert_int_equal(gone, 1);
    f->work.today = TODAY;
    assert_status(note_find(&f->work, today, &note), ERR_NOT_FOUND);
    assert_status(note_find(&f->work, later, &note), OK);
    page_undo(f);
}

static void the_log_says_that_and_not_about_whom(void **state)
{
    struct page_fixture *f = *state;
    struct audit_line *lines = NULL;
    size_t count = 0;
    page_begin(f, PAGE_TEACHER);
    (void)add(f, f->pupil, "een", tomorrow);
    assert_status(audit_of_pupil(&f->work, f->pupil, 100, &lines, &count), OK);
    for (size_t i = 0; i < count; i++)
        assert_int_not_equal(lines[i].action, AUDIT_NOTE_KEPT);
    page_commit(f);
    assert_int_equal(page_logged(f, AUDIT_NOTE_KEPT), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_ends_after_a_month_or_with_the_school_year),
        page_each_engine(what_was_kept_is_found_by_its_author),
        page_each_engine(nobody_else_finds_it),
        page_each_engine(who_may_keep_one_about_whom),
        page_each_engine(limits_are_kept_to_the_letter_and_the_day),
        page_each_engine(a_list_is_about_one_pupil_or_all_newest_first),
        page_each_engine(after_its_end_date_it_is_not_there_and_then_gone),
        page_each_engine(the_log_says_that_and_not_about_whom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
