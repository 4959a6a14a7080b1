#include "signin/signin_fixture.h"

#include "base/arena.h"
#include "signin/account.h"
#include "signin/limits.h"
#include "signin/totp.h"

static void setting_up_leads_in_with_a_fresh_session(void **state)
{
    struct page_fixture *f = *state;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    const char *half = f->token[PAGE_TEACHER];
    struct page_answer *codes = signin_prove(f, signin_offered(f), "");
    assert_page_contains(codes, "Your recovery codes");
    assert_page_contains(codes, "href=\"/\"");
    assert_page_lacks(codes, "/aanmelden/code"); /* the code is not asked for again */
    assert_page_lacks(codes, "name=\"csrf\"");   /* a form here would carry the old session's */
    signin_take(f, codes);
    assert_string_not_equal(f->token[PAGE_TEACHER], half);
    assert_page_contains(page_get(f, PAGE_TEACHER, "/"), "Groep 7");
    assert_int_equal(page_logged(f, AUDIT_SIGN_IN), 1);
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 1);
    f->token[PAGE_TEACHER] = half;
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden");
}

/* Two who know the password, and one of them sets the phone up: the other stands outside. */
static void setting_up_ends_what_else_came_in_by_the_password(void **state)
{
    struct page_fixture *f = *state;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    const char *thief = f->token[PAGE_TEACHER];
    const char *theirs = signin_offered(f);
    struct totp_secret secret;
    (void)signin_set_up(f, &secret);
    f->token[PAGE_TEACHER] = thief;
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/aanmelden/instellen"),
                        "/aanmelden?naar=/aanmelden/instellen");
    assert_page_status(signin_prove(f, theirs, ""), 403);
    signin_take(f, signin_by_password(
                       f, SIGNIN_EMAIL,
                       SIGNIN_PASSWORD)); /* and by the password alone they do not get a phone in */
    assert_page_status(signin_prove(f, theirs, ""), 403);
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 1);
}

static void a_wrong_code_sets_nothing_up(void **state)
{
    struct page_fixture *f = *state;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    const char *secret = signin_offered(f);
    struct totp_secret parsed = signin_secret(secret);
    const char *wrong = page_path(
        f, "%06u", (totp_code(&parsed, f->app.clock.at_ms / SIGNIN_STEP_MS) + 1) % 1000000);
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", secret, "code", wrong, NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, secret); /* the same one again: it is in the app by now */
    assert_page_status(page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", "KORT", "code",
                                 "123456", NULL),
                       400);
    assert_page_goes_to(signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD),
                        "/aanmelden/instellen");
}

static void a_code_is_good_for_once(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    (void)signin_set_up(f, &secret);
    struct page_answer *answer = signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD);
    assert_page_goes_to(answer, "/aanmelden/code");
    signin_take(f, answer);
    answer = signin_give_code(
        f, signin_code_now(f, &secret)); /* the one that set it up, and let in by that */
    assert_page_status(answer, 422);
    assert_page_contains(answer, "This code was used already.");
    answer = signin_give_code(f, "000000x");
    assert_page_status(answer, 422);
    f->app.clock.at_ms += SIGNIN_STEP_MS;
    assert_page_goes_to(signin_give_code(f, signin_code_now(f, &secret)), "/");
    assert_int_equal(page_logged(f, AUDIT_SIGN_IN_REFUSED), 2);
}

static void half_a_session_does_not_replace_a_factor(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    (void)signin_set_up(f, &secret);
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/aanmelden/instellen"), "/aanmelden/code");
    struct totp_secret mine = {{0}};
    assert_page_status(page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret",
                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "code",
                                 signin_code_now(f, &mine), NULL),
                       403);
}

/* Where no present phone is asked for, somebody at an unlocked desk could hang theirs on the
 * account. */
static void who_is_in_has_no_way_back_to_the_first_phone(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    (void)signin_set_up(f, &secret);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/aanmelden/instellen"), "/account/tweede-stap");
    assert_page_goes_to(signin_prove(f, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ""),
                        "/account/tweede-stap");
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 1);
}

/* The page for a new phone; the secret on it. */
static const char *new_phone(struct page_fixture *f, struct page_answer **ret_page)
{
    *ret_page = page_get(f, PAGE_TEACHER, "/account/tweede-stap");
    assert_page_status(*ret_page, 200);
    return signin_between(f, *ret_page, "name=\"secret\" value=\"", "\"");
}

static struct page_answer *replace_phone(struct page_fixture *f, const char *secret,
                                         const char *now)
{
    struct totp_secret parsed = signin_secret(secret);
    return page_post(f, PAGE_TEACHER, "/account/tweede-stap", "secret", secret, "code",
                     signin_code_now(f, &parsed), "now", now, NULL);
}

static void a_new_phone_wants_the_present_one(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret present, next;
    struct page_answer *page;
    struct session_id other;
    (void)signin_set_up(f, &present);
    const char *elsewhere = signin_another_session(f, PAGE_TEACHER, &other);
    const char *secret = new_phone(f, &page);
    assert_page_contains(page, "Code of your present phone");
    next = signin_secret(secret);
    f->app.clock.at_ms += SIGNIN_STEP_MS;
    const char *wrong[] = {"", "000000", signin_code_now(f, &next), "aaaaa-aaaaa",
                           "een lange blauwe fiets"};
    for (size_t i = 0; i < 4; i++) {
        struct page_answer *answer = replace_phone(f, secret, wrong[i]);
        assert_page_status(answer, 422);
        assert_page_contains(answer, "id=\"e-now\"");
        assert_page_contains(answer, secret);
    }
    assert_int_equal(page_logged(f, AUDIT_SIGN_IN_REFUSED), 3); /* all but the empty one */
    assert_page_status(replace_phone(f, secret, wrong[4]), 422);
    /* A wrong code of the new phone uses nothing up. */
    assert_page_status(page_post(f, PAGE_TEACHER, "/account/tweede-stap", "secret", secret, "code",
                                 "000000", "now", signin_code_now(f, &present), NULL),
                       422);
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 1); /* the first one */
    assert_page_contains(replace_phone(f, secret, signin_code_now(f, &present)),
                         "Your recovery codes");
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 2);
    assert_page_status(page_get(f, PAGE_TEACHER, "/account"), 200);
    const char *here = f->token[PAGE_TEACHER];
    f->token[PAGE_TEACHER] = elsewhere;
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/account"), "/aanmelden?naar=/account");
    f->token[PAGE_TEACHER] = here;
    f->app.clock.at_ms += SIGNIN_STEP_MS;
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    assert_page_status(signin_give_code(f, signin_code_now(f, &present)), 422);
    assert_page_goes_to(signin_give_code(f, signin_code_now(f, &next)), "/");
}

static void a_recovery_code_replaces_a_phone_that_is_gone(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret present;
    struct page_answer *page;
    struct page_answer *codes = signin_set_up(f, &present);
    const char *code = signin_between(f, codes, "<ul class=\"codes\"><li><code>", "</code>");
    const char *secret = new_phone(f, &page);
    assert_page_contains(replace_phone(f, secret, code), "Your recovery codes");
    const char *again = new_phone(f, &page);
    assert_page_status(replace_phone(f, again, code),
                       422); /* it was used, and there are new ones */
}

static void guessing_the_present_code_makes_wait(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret present;
    struct page_answer *page;
    (void)signin_set_up(f, &present);
    const char *secret = new_phone(f, &page);
    f->app.clock.at_ms += SIGNIN_STEP_MS;
    for (uint32_t i = 0; i < limit_rule(LIMIT_CODE, LIMIT_PAIR)->burst; i++)
        assert_page_contains(replace_phone(f, secret, page_path(f, "%06u", i)),
                             "This code is not right.");
    assert_page_contains(replace_phone(f, secret, signin_code_now(f, &present)), "Too many tries.");
    assert_page_status(replace_phone(f, secret, signin_code_now(f, &present)), 422);
}

/* Without one (the demo), the first is set up by whoever is in; taking one away ends who is in. */
static void a_first_phone_asks_for_no_other(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *page;
    const char *secret = new_phone(f, &page);
    assert_page_lacks(page, "Code of your present phone");
    struct totp_secret parsed = signin_secret(secret);
    assert_page_contains(page_post(f, PAGE_TEACHER, "/account/tweede-stap", "secret", secret,
                                   "code", signin_code_now(f, &parsed), NULL),
                         "Your recovery codes");
    page_begin(f, PAGE_ADMINISTRATOR);
    assert_status(account_clear_totp(&f->work, f->account[PAGE_TEACHER]), OK);
    page_commit(f);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/account/tweede-stap"),
                        "/aanmelden?naar=/account/tweede-stap");
}

static void guessing_codes_makes_wait(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    (void)signin_set_up(f, &secret);
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    for (uint32_t i = 0; i < limit_rule(LIMIT_CODE, LIMIT_PAIR)->burst; i++)
        assert_page_contains(signin_give_code(f, page_path(f, "%06u", i)),
                             "This code is not right.");
    f->app.clock.at_ms += SIGNIN_STEP_MS;
    assert_page_contains(signin_give_code(f, signin_code_now(f, &secret)), "Too many tries.");
}

static void a_recovery_code_lets_in_once(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    struct page_answer *codes = signin_set_up(f, &secret);
    const char *code = signin_between(f, codes, "<ul class=\"codes\"><li><code>", "</code>");
    assert_page_contains(page_get(f, PAGE_TEACHER, "/account"), "10 recovery codes left.");
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    struct page_answer *answer = signin_give_code(f, page_path(f, " %s ", code));
    assert_page_goes_to(answer, "/");
    signin_take(f, answer);
    assert_page_contains(page_get(f, PAGE_TEACHER, "/account"), "9 recovery codes left.");
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    assert_page_status(signin_give_code(f, code), 422);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden/code");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(setting_up_leads_in_with_a_fresh_session),
        page_each_engine(setting_up_ends_what_else_came_in_by_the_password),
        page_each_engine(who_is_in_has_no_way_back_to_the_first_phone),
        page_each_engine(a_wrong_code_sets_nothing_up),
        page_each_engine(a_code_is_good_for_once),
        page_each_engine(half_a_session_does_not_replace_a_factor),
        page_each_engine(guessing_codes_makes_wait),
        page_each_engine(a_new_phone_wants_the_present_one),
        page_each_engine(a_recovery_code_replaces_a_phone_that_is_gone),
        page_each_engine(guessing_the_present_code_makes_wait),
        page_each_engine(a_first_phone_asks_for_no_other),
        page_each_engine(a_recovery_code_lets_in_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
