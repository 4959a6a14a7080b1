#include "signin/signin_fixture.h"

#include "base/arena.h"
#include "signin/account.h"

/* --- invitation ------------------------------------------------------------------------------ */

static const char *invite(struct page_fixture *f, enum invitation_purpose purpose)
{
    char token[ACCOUNT_TOKEN_TEXT];
    page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(account_invite(&f->work, f->account[PAGE_TEACHER], purpose, token), OK);
    page_commit(f);
    return arena_strdup(f->arena, token);
}

static struct page_answer *open_link(struct page_fixture *f, const char *token)
{
    return page_get(f, PAGE_NOBODY, page_path(f, "/uitnodiging?code=%s", token));
}

static struct page_answer *choose(struct page_fixture *f, const char *token, const char *password)
{
    return page_post(f, PAGE_NOBODY, "/uitnodiging", "token", token, "password", password, NULL);
}

static void a_password_has_rules_with_words(void **state)
{
    struct page_fixture *f = *state;
    const char *token = invite(f, INVITATION_FIRST);
    static const char *const refused[] = {
        "kort",          "elf letters",    "aaaaaaaaaaaaaa",    "123456789012",
        "wachtwoord123", "weerklank2026!", "tessa tessa tessa", ""};
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        struct page_answer *answer = choose(f, token, refused[i]);
        if (answer->status != 422)
            fail_msg("\"%s\": %d", refused[i], answer->status);
        assert_page_contains(answer, "id=\"e-password\"");
        assert_page_contains(answer, token); /* the form is still the form */
    }
    assert_page_goes_to(choose(f, token, SIGNIN_PASSWORD), "/aanmelden");
    assert_page_goes_to(signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD),
                        "/aanmelden/instellen");
}

static void an_invitation_is_good_once_and_a_week(void **state)
{
    struct page_fixture *f = *state;
    assert_page_status(open_link(f, "x"), 404);
    const char *old = invite(f, INVITATION_FIRST);
    const char *token = invite(f, INVITATION_FIRST); /* ends the one before */
    assert_page_status(open_link(f, old), 404);
    f->app.clock.at_ms += INVITATION_MS - 1;
    struct page_answer *page = open_link(f, token);
    assert_page_status(page, 200);
    assert_page_contains(page, "Welcome to Weerklank");
    assert_page_contains(page, SIGNIN_EMAIL);
    f->app.clock.at_ms += 1;
    assert_page_status(open_link(f, token), 404);
    assert_page_status(choose(f, token, SIGNIN_PASSWORD), 404);
    token = invite(f, INVITATION_RESET);
    f->app.clock.at_ms += RESET_MS - 1;
    assert_page_contains(open_link(f, token), "Choose a new password");
    assert_page_goes_to(choose(f, token, SIGNIN_PASSWORD), "/aanmelden");
    assert_page_status(open_link(f, token), 404);
    assert_page_status(choose(f, token, "een lange groene fiets"), 404);
    assert_page_goes_to(signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD),
                        "/aanmelden/instellen");
}

static void a_new_password_ends_all_sessions(void **state)
{
    struct page_fixture *f = *state;
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200);
    assert_page_goes_to(choose(f, invite(f, INVITATION_RESET), SIGNIN_PASSWORD), "/aanmelden");
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden");
}

/* Half a session from before sets no phone up: whoever had the old password, it was not the owner's
 * link. */
static void a_password_by_link_ends_half_sessions_too(void **state)
{
    struct page_fixture *f = *state;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    const char *secret = signin_offered(f);
    assert_page_goes_to(choose(f, invite(f, INVITATION_RESET), "een lange groene fiets"),
                        "/aanmelden");
    assert_page_status(signin_prove(f, secret, ""), 403);
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 0);
    /* An invited colleague: the link, the password, the phone, in. */
    struct page_answer *answer = signin_by_password(f, SIGNIN_EMAIL, "een lange groene fiets");
    assert_page_goes_to(answer, "/aanmelden/instellen");
    signin_take(f, answer);
    signin_take(f, signin_prove(f, signin_offered(f), ""));
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "Groep 7");
}

static size_t logged_at(struct page_fixture *f, struct school_id school, enum audit_action action)
{
    struct school_id own = f->school;
    f->school = school;
    size_t count = page_logged(f, action);
    f->school = own;
    return count;
}

static void a_password_is_in_the_log_of_every_school_of_the_account(void **state)
{
    struct page_fixture *f = *state;
    signin_join_other(f);
    assert_page_goes_to(choose(f, invite(f, INVITATION_FIRST), SIGNIN_PASSWORD), "/aanmelden");
    assert_int_equal(page_logged(f, AUDIT_PASSWORD_SET), 1);
    assert_int_equal(logged_at(f, f->other_school, AUDIT_PASSWORD_SET), 1);
    assert_page_goes_to(choose(f, invite(f, INVITATION_RESET), "een lange groene fiets"),
                        "/aanmelden");
    assert_int_equal(page_logged(f, AUDIT_PASSWORD_SET), 2);
    assert_int_equal(logged_at(f, f->other_school, AUDIT_PASSWORD_SET), 2);
}

/* --- the own account ------------------------------------------------------------------------- */

static void ones_own_password_wants_the_old_one(void **state)
{
    struct page_fixture *f = *state;
    struct session_id id;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    f->token[PAGE_TEACHER] = signin_another_session(f, PAGE_TEACHER, &id);
    const char *here = f->token[PAGE_TEACHER];
    const char *elsewhere = signin_another_session(f, PAGE_TEACHER, &id);
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, "/account/wachtwoord", "old", "iets anders dan dat", "password",
                  "een lange groene fiets", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "This is not your present password.");
    assert_page_lacks(answer, "een lange groene fiets");
    assert_page_status(page_post(f, PAGE_TEACHER, "/account/wachtwoord", "old", SIGNIN_PASSWORD,
                                 "password", "kort", NULL),
                       422);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, "/account/wachtwoord", "old", SIGNIN_PASSWORD,
                                  "password", "een lange groene fiets", NULL),
                        "/account");
    f->token[PAGE_TEACHER] = elsewhere;
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden");
    f->token[PAGE_TEACHER] = here;
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200);
    assert_int_equal(page_logged(f, AUDIT_PASSWORD_SET), 1);
    assert_page_goes_to(signin_by_password(f, SIGNIN_EMAIL, "een lange groene fiets"),
                        "/aanmelden/instellen");
}

static void sessions_are_listed_and_ended_by_their_owner(void **state)
{
    struct page_fixture *f = *state;
    struct session_id own, others;
    const char *elsewhere = signin_another_session(f, PAGE_TEACHER, &own);
    const char *colleague = signin_another_session(f, PAGE_SUPPORT, &others);
    struct page_answer *page = page_get(f, PAGE_TEACHER, "/account");
    assert_page_contains(page, "this device");
    assert_page_contains(page, "Firefox");
    assert_page_contains(page, id_text(own.v).s);
    assert_page_lacks(page, id_text(others.v).s);
    assert_page_status(page_post(f, PAGE_TEACHER,
                                 page_path(f, "/account/sessie/%s/einde", id_text(others.v).s),
                                 NULL),
                       404);
    assert_page_goes_to(page_post(f, PAGE_TEACHER,
                                  page_path(f, "/account/sessie/%s/einde", id_text(own.v).s), NULL),
                        "/account");
    f->token[PAGE_SUPPORT] = colleague;
    assert_page_status(page_get(f, PAGE_SUPPORT, "/"), 200);
    f->token[PAGE_TEACHER] = elsewhere;
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_password_has_rules_with_words),
        page_each_engine(an_invitation_is_good_once_and_a_week),
        page_each_engine(a_new_password_ends_all_sessions),
        page_each_engine(a_password_by_link_ends_half_sessions_too),
        page_each_engine(a_password_is_in_the_log_of_every_school_of_the_account),
        page_each_engine(ones_own_password_wants_the_old_one),
        page_each_engine(sessions_are_listed_and_ended_by_their_owner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
