#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "web/web_fixture.h"

static struct conversation_id plan(struct page_fixture *f)
{
    struct conversation_id id = {id_new(&f->random)};
    const struct conversation_draft draft = {
        .method_key = "k12", .pupil = f->pupil, .planned_at = -1, .place = "", .aim = ""};
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_plan(&f->work, id, &draft), OK);
    page_commit(f);
    return id;
}

static void ask(struct page_fixture *f, struct conversation_id id, enum page_role role)
{
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_add_person(&f->work, id, PARTICIPANT_STAFF, f->staff[role].v,
                                          PART_COORDINATOR, ""),
                  OK);
    page_commit(f);
}

static const char *link_to(struct page_fixture *f, struct conversation_id id)
{
    return page_path(f, "href=\"/gesprek/%s\"", id_text(id.v).s);
}

static void who_was_asked_finds_it_and_opens_that_one(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id asked = plan(f), other = plan(f);
    const char *page = page_path(f, "/gesprek/%s", id_text(asked.v).s);
    assert_page_contains(page_get(f, PAGE_SUPPORT, "/meedoen"), "Nobody asked you");
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, page), 404);
    ask(f, asked, PAGE_OTHER_TEACHER);
    struct page_answer *answer = page_get(f, PAGE_OTHER_TEACHER, "/meedoen");
    assert_page_contains(answer, link_to(f, asked));
    assert_page_contains(answer, "<strong>Noor</strong>");
    assert_page_lacks(answer, link_to(f, other));
    assert_page_status(page_get(f, PAGE_OTHER_TEACHER, page), 200);
    /* And not what else there is of that pupil. */
    assert_page_status(
        page_get(f, PAGE_OTHER_TEACHER, page_path(f, "/gesprek/%s", id_text(other.v).s)), 404);
    assert_page_status(
        page_get(f, PAGE_OTHER_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)), 404);
    assert_page_lacks(page_get(f, PAGE_TEACHER, "/meedoen"), link_to(f, asked)); /* leads it */
    assert_page_lacks(page_get(f, PAGE_STRANGER, "/meedoen"), link_to(f, asked));
}

static void who_left_it_does_not_find_it_any_more(void **state)
{
    struct page_fixture *f = *state;
    struct conversation_id id = plan(f);
    ask(f, id, PAGE_SUPPORT);
    assert_page_contains(page_get(f, PAGE_SUPPORT, "/meedoen"), link_to(f, id));
    page_begin(f, PAGE_TEACHER);
    assert_status(
        conversation_remove_person(&f->work, id, PARTICIPANT_STAFF, f->staff[PAGE_SUPPORT].v), OK);
    page_commit(f);
    assert_page_lacks(page_get(f, PAGE_SUPPORT, "/meedoen"), link_to(f, id));
    ask(f, id, PAGE_SUPPORT);
    page_begin(f, PAGE_TEACHER);
    assert_status(conversation_cancel(&f->work, id, ""), OK);
    page_commit(f);
    assert_page_lacks(page_get(f, PAGE_SUPPORT, "/meedoen"), link_to(f, id));
}

static void it_is_for_staff(void **state)
{
    struct page_fixture *f = *state;
    struct taking_part *list = NULL;
    size_t count = 0;
    page_begin(f, PAGE_PUPIL);
    assert_status(conversation_taking_part(&f->work, &list, &count), ERR_NOT_FOUND);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(who_was_asked_finds_it_and_opens_that_one),
        page_each_engine(who_left_it_does_not_find_it_any_more),
        page_each_engine(it_is_for_staff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
