#include "guardian/guardian.h"

#include "web/web_fixture.h"

static struct guardian_draft draft_of(const char *call, enum guardian_information information,
                                      const char *reason)
{
    struct guardian_draft draft = {
        .person = person_none(), .information = information, .reason = reason};
    draft.person.call = call;
    return draft;
}

static void telling_nothing_needs_a_reason(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct guardian_draft silent = draft_of("Ruud", INFORMATION_NONE, " ");
    struct guardian_id id;
    struct guardian found;
    assert_status(guardian_add(work, f->pupil, &silent, &id), ERR_INVALID);
    assert_status(guardian_tie(work, f->other_pupil, f->guardian, &silent), ERR_INVALID);
    assert_status(guardian_change(work, f->pupil, f->guardian, &silent), ERR_INVALID);
    silent.reason = "Beschikking van 3 maart 2026";
    assert_status(guardian_add(work, f->pupil, &silent, &id), OK);
    assert_status(guardian_find(work, f->pupil, id, &found), OK);
    assert_string_equal(found.reason, "Beschikking van 3 maart 2026");
    /* The reason goes when it is no longer needed. */
    silent.information = INFORMATION_ON_REQUEST;
    assert_status(guardian_change(work, f->pupil, id, &silent), OK);
    assert_status(guardian_find(work, f->pupil, id, &found), OK);
    assert_string_equal(found.reason, "");
    assert_false(found.has_authority);
    page_undo(f);
}

static void brothers_and_sisters_share_a_guardian(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct guardian_draft draft = draft_of("Karin", INFORMATION_FULL, "");
    struct guardian found;
    assert_status(guardian_find(work, f->other_pupil, f->guardian, &found), ERR_NOT_FOUND);
    assert_status(guardian_tie(work, f->other_pupil, f->guardian, &draft), OK);
    assert_status(guardian_find(work, f->other_pupil, f->guardian, &found), OK);
    assert_string_equal(found.person.family, "Linden");
    assert_status(guardian_untie(work, f->other_pupil, f->guardian), OK);
    assert_status(guardian_untie(work, f->other_pupil, f->guardian), ERR_NOT_FOUND);
    assert_status(guardian_find(work, f->pupil, f->guardian, &found), OK);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(telling_nothing_needs_a_reason),
        page_each_engine(brothers_and_sisters_share_a_guardian),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
