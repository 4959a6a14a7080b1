#include "staff/staff.h"

#include "base/str.h"
#include "staff/staff_account.h"
#include "web/web_fixture.h"

static struct function_id function_of(struct work *work, struct staff_id staff)
{
    struct staff_function *list = NULL;
    size_t count = 0;
    assert_status(staff_functions_of(work, staff, &list, &count), OK);
    assert_true(count > 0);
    return list[0].id;
}

static struct staff_id somebody(struct work *work, const char *call, const char *email)
{
    struct staff_draft draft = {.person = person_none()};
    struct staff_id staff;
    draft.person.call = call;
    draft.person.email = email;
    assert_status(staff_add(work, &draft, &staff), OK);
    return staff;
}

static void the_last_administrator_stays(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct staff_id anna = f->staff[PAGE_ADMINISTRATOR];
    struct staff_id coen = f->staff[PAGE_COORDINATOR];
    struct group_id none = {0};
    assert_status(staff_take(work, function_of(work, anna)), ERR_CONFLICT);
    assert_status(staff_leave(work, anna, work->today), ERR_CONFLICT);
    assert_status(staff_block(work, anna, true), ERR_CONFLICT);
    /* Somebody who cannot sign in does not count. */
    struct staff_id paper = somebody(work, "Pia", "pia@school.example");
    assert_status(staff_give(work, paper, ROLE_ADMINISTRATOR, f->year, none), OK);
    assert_status(staff_take(work, function_of(work, anna)), ERR_CONFLICT);
    char token[ACCOUNT_TOKEN_TEXT] = "";
    assert_status(staff_invite(work, paper, token), OK); /* invited, no password yet */
    assert_status(staff_take(work, function_of(work, anna)), ERR_CONFLICT);
    assert_status(staff_give(work, coen, ROLE_ADMINISTRATOR, f->year, none), OK);
    assert_status(staff_take(work, function_of(work, anna)), OK);
    page_undo(f);
}

static void a_blocked_administrator_does_not_count(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct group_id none = {0};
    assert_status(staff_give(work, f->staff[PAGE_COORDINATOR], ROLE_ADMINISTRATOR, f->year, none),
                  OK);
    assert_status(staff_block(work, f->staff[PAGE_COORDINATOR], true), OK);
    assert_status(staff_take(work, function_of(work, f->staff[PAGE_ADMINISTRATOR])), ERR_CONFLICT);
    assert_status(staff_block(work, f->staff[PAGE_COORDINATOR], false), OK);
    assert_status(staff_take(work, function_of(work, f->staff[PAGE_ADMINISTRATOR])), OK);
    page_undo(f);
}

static void functions_want_a_group_of_their_year(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct staff_id coen = f->staff[PAGE_COORDINATOR];
    struct group_id none = {0};
    assert_status(staff_give(work, coen, ROLE_TEACHER, f->year, none), ERR_INVALID);
    assert_status(staff_give(work, coen, ROLE_PRINCIPAL, f->year, f->group), ERR_INVALID);
    assert_status(staff_give(work, coen, ROLE_TEACHER, f->year, f->strange_group), ERR_NOT_FOUND);
    assert_status(staff_give(work, coen, ROLE_TEACHER, f->year, f->group), OK);
    assert_status(staff_give(work, coen, ROLE_TEACHER, f->year, f->group), OK);
    struct staff_function *list = NULL;
    size_t count = 0;
    assert_status(staff_functions_of(work, coen, &list, &count), OK);
    assert_int_equal(count, 2);
    work->actor = &f->actor[PAGE_STRANGER];
    assert_status(staff_take(work, list[0].id), ERR_NOT_FOUND);
    page_undo(f);
}

static void leaving_ends_functions_and_sessions(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    struct staff_id tessa = f->staff[PAGE_TEACHER];
    assert_status(staff_leave(work, tessa, (struct date){2026, 11, 25}), ERR_INVALID);
    assert_status(staff_leave(work, tessa, work->today), OK);
    page_commit(f);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden");
    work = page_begin(f, PAGE_ADMINISTRATOR);
    struct staff_function *list = NULL;
    size_t count = 1;
    assert_status(staff_functions_of(work, tessa, &list, &count), OK);
    assert_int_equal(count, 0);
    assert_status(staff_return(work, tessa), OK);
    struct staff found;
    assert_status(staff_find(work, tessa, &found), OK);
    assert_false(date_is_set(found.left_on));
    page_undo(f);
}

static void an_invitation_makes_an_account_once(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    char first[ACCOUNT_TOKEN_TEXT] = "", second[ACCOUNT_TOKEN_TEXT] = "";
    struct staff_account account;
    struct account_id id;
    enum invitation_purpose purpose;
    struct staff_id nobody = somebody(work, "Nora", "");
    assert_status(staff_invite(work, nobody, first), ERR_INVALID);
    struct staff_id vera = somebody(work, "Vera", "vera@school.example");
    assert_status(staff_invite(work, vera, first), OK);
    assert_status(staff_account_find(work, vera, &account), OK);
    assert_int_equal(account.access, STAFF_ACCESS_INVITED);
    assert_string_equal(account.email, "vera@school.example");
    assert_status(account_invitation(work, first, &id, &purpose), OK);
    assert_int_equal(purpose, INVITATION_FIRST);
    assert_status(staff_invite(work, vera, second), OK);
    assert_status(account_invitation(work, first, &id, &purpose), ERR_NOT_FOUND);
    assert_status(account_invitation(work, second, &id, &purpose), OK);
    /* A colleague's address, also in capitals, is not given out twice. */
    assert_status(staff_invite(work, somebody(work, "Vera", "VERA@school.example"), first),
                  ERR_CONFLICT);
    assert_status(staff_invite(work, f->staff[PAGE_TEACHER], first), OK);
    assert_status(account_invitation(work, first, &id, &purpose), OK);
    assert_int_equal(purpose, INVITATION_RESET);
    page_undo(f);
}

static void one_school_cannot_take_over_an_account_of_two(void **state)
{
    struct page_fixture *f = *state;
    struct work *work = page_begin(f, PAGE_ADMINISTRATOR);
    char token[ACCOUNT_TOKEN_TEXT] = "unchanged";
    struct staff_account account;
    struct staff_id stef = somebody(work, "Stef", "stef@elders.example");
    assert_status(staff_invite(work, stef, token), OK);
    assert_string_equal(token, ""); /* tied, and no link: the password is Stef's own */
    assert_status(staff_account_find(work, stef, &account), OK);
    assert_true(account.is_elsewhere);
    assert_int_equal(account.access, STAFF_ACCESS_OPEN);
    assert_status(staff_invite(work, stef, token), ERR_FORBIDDEN);
    assert_status(staff_reset_second_factor(work, stef), ERR_FORBIDDEN);
    assert_status(staff_block(work, stef, true), ERR_FORBIDDEN);
    /* Nor can the other school, now that it opens two. */
    work->actor = &f->actor[PAGE_STRANGER];
    assert_status(staff_block(work, f->staff[PAGE_STRANGER], true), ERR_FORBIDDEN);
    /* Once gone from the one, the other manages it again. */
    work->actor = &f->actor[PAGE_ADMINISTRATOR];
    assert_status(staff_leave(work, stef, work->today), OK);
    work->actor = &f->actor[PAGE_STRANGER];
    assert_status(staff_reset_second_factor(work, f->staff[PAGE_STRANGER]), OK);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(the_last_administrator_stays),
        page_each_engine(a_blocked_administrator_does_not_count),
        page_each_engine(functions_want_a_group_of_their_year),
        page_each_engine(leaving_ends_functions_and_sessions),
        page_each_engine(an_invitation_makes_an_account_once),
        page_each_engine(one_school_cannot_take_over_an_account_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
