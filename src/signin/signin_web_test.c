#include "signin/signin_fixture.h"

#include "base/arena.h"
#include "base/str.h"
#include "school/school.h"
#include "signin/account.h"
#include "signin/limits.h"
#include "signin/password.h"
#include "staff/staff.h"

#define WRONG "Address and password do not fit together."

/* --- address and password -------------------------------------------------------------------- */

/* The page with the address that was typed taken out. */
static const char *without_address(struct page_fixture *f, const struct page_answer *answer,
                                   const char *email)
{
    const char *at = strstr(answer->body, email);
    assert_non_null(at);
    return page_path(f, "%.*s%s", (int)(at - answer->body), answer->body, at + strlen(email));
}

static void nobody_learns_which_accounts_exist(void **state)
{
    struct page_fixture *f = *state;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    signin_password(f, PAGE_SUPPORT, SIGNIN_PASSWORD);
    page_begin(f, PAGE_NOBODY);
    assert_status(account_disable(&f->work, f->account[PAGE_SUPPORT], true), OK);
    struct account_id invited;
    assert_status(account_make(&f->work, "nieuw@school.example", &invited), OK);
    assert_status(account_join_school(&f->work, invited, f->staff[PAGE_COORDINATOR]), OK);
    page_commit(f);
    const struct {
        const char *email, *password;
    } cases[] = {
        {SIGNIN_EMAIL, "een lange rode fiets"},
        {"niemand@school.example", SIGNIN_PASSWORD},
        {"sander@school.example", SIGNIN_PASSWORD}, /* disabled, and right */
        {"nieuw@school.example", SIGNIN_PASSWORD},  /* has no password yet */
        {"nieuw@school.example", "$argon2id$v=19$m=65536,t=2,p=1$"},
        {SIGNIN_EMAIL, "een lange blauwe fiets "},
        {SIGNIN_EMAIL, "Een lange blauwe fiets"},
    };
    const char *first = NULL;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page_answer *answer = signin_by_password(f, cases[i].email, cases[i].password);
        assert_page_status(answer, 422);
        assert_page_contains(answer, WRONG);
        assert_page_lacks(answer, SIGNIN_PASSWORD);
        assert_null(signin_cookie(f, answer, SESSION_COOKIE));
        const char *page = without_address(f, answer, cases[i].email);
        first = first ? first : page;
        assert_string_equal(page, first);
    }
    assert_int_equal(page_logged(f, AUDIT_SIGN_IN_REFUSED), 6); /* all but the unknown one */
}

static void a_password_of_few_letters_and_many_bytes_is_just_wrong(void **state)
{
    struct page_fixture *f = *state;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    char *longest = arena_alloc(f->arena, 4 * PASSWORD_MAX_BYTES + 1);
    for (size_t i = 0; i < PASSWORD_MAX_BYTES; i++)
        memcpy(longest + 4 * i, "🦊", 4);
    struct page_answer *answer = signin_by_password(f, SIGNIN_EMAIL, longest);
    assert_page_status(answer, 422);
    assert_page_contains(answer, WRONG);
}

static void the_address_is_read_as_people_type_it(void **state)
{
    struct page_fixture *f = *state;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    assert_page_goes_to(signin_by_password(f, "  Tessa@School.Example ", SIGNIN_PASSWORD),
                        "/aanmelden/instellen");
    assert_page_status(signin_by_password(f, "tessa", SIGNIN_PASSWORD), 422);
    assert_page_contains(signin_by_password(f, "", ""), "Fill this in.");
}

static void too_many_tries_make_wait(void **state)
{
    struct page_fixture *f = *state;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    uint32_t burst = limit_rule(LIMIT_PASSWORD, LIMIT_PAIR)->burst;
    for (uint32_t i = 0; i < burst; i++)
        assert_page_contains(signin_by_password(f, SIGNIN_EMAIL, "fout wachtwoord"), WRONG);
    struct page_answer *answer =
        signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD); /* the right one now waits too */
    assert_page_status(answer, 422);
    assert_page_contains(answer, "Too many tries.");
    assert_page_contains(signin_by_password(f, "niemand@school.example", SIGNIN_PASSWORD),
                         WRONG); /* others do not */
    f->app.clock.at_ms += limit_rule(LIMIT_PASSWORD, LIMIT_PAIR)->forget_ms;
    assert_page_goes_to(signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD),
                        "/aanmelden/instellen");
}

/* --- half a session -------------------------------------------------------------------------- */

static void half_a_session_opens_nothing_and_not_for_long(void **state)
{
    struct page_fixture *f = *state;
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    signin_take(f, signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD));
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden/code");
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/account"), "/aanmelden/code");
    assert_page_goes_to(
        page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)),
        "/aanmelden/code");
    f->app.clock.at_ms += 10 * MS_MINUTE - 1;
    assert_page_status(page_get(f, PAGE_TEACHER, "/aanmelden/instellen"), 200);
    f->app.clock.at_ms += 1;
    assert_page_status(page_get(f, PAGE_TEACHER, "/aanmelden/instellen"), 303);
    assert_int_equal(page_logged(f, AUDIT_SIGN_IN), 0);
}

/* --- where somebody was going ---------------------------------------------------------------- */

static struct page_answer *sign_in_to(struct page_fixture *f, const char *target)
{
    return page_post(f, PAGE_NOBODY, "/aanmelden", "email", SIGNIN_EMAIL, "password",
                     SIGNIN_PASSWORD, "naar", target, NULL);
}

/* The `naar` that a page's form carries. */
static const char *carried(struct page_fixture *f, const struct page_answer *page)
{
    return signin_between(f, page, "name=\"naar\" value=\"", "\"");
}

static void where_somebody_was_going_is_kept_through_every_step(void **state)
{
    struct page_fixture *f = *state;
    const char *dossier = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    assert_string_equal(
        carried(f, page_get(f, PAGE_NOBODY, page_path(f, "/aanmelden?naar=%s", dossier))), dossier);
    /* The first time: setting up comes between. */
    struct page_answer *answer = sign_in_to(f, dossier);
    assert_page_goes_to(answer, page_path(f, "/aanmelden/instellen?naar=%s", dossier));
    signin_take(f, answer);
    struct page_answer *page = page_get(f, PAGE_TEACHER, answer->location);
    assert_string_equal(carried(f, page), dossier);
    const char *text = signin_between(f, page, "name=\"secret\" value=\"", "\"");
    struct totp_secret secret = signin_secret(text);
    page = page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", text, "naar", dossier,
                     "code", "12", NULL);
    assert_page_status(page, 422);
    assert_string_equal(carried(f, page), dossier);
    page = page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", text, "naar", dossier,
                     "code", signin_code_now(f, &secret), NULL);
    assert_page_contains(page, page_path(f, "href=\"%s\"", dossier));
    signin_take(f, page);
    assert_page_status(page_get(f, PAGE_TEACHER, dossier), 200);
    /* And every time after. */
    f->app.clock.at_ms += SIGNIN_STEP_MS;
    signin_take(f, sign_in_to(f, dossier));
    page = page_get(f, PAGE_TEACHER, page_path(f, "/aanmelden/code?naar=%s", dossier));
    assert_string_equal(carried(f, page), dossier);
    page = page_post(f, PAGE_TEACHER, "/aanmelden/code", "code", "000000", "naar", dossier, NULL);
    assert_page_status(page, 422);
    assert_string_equal(carried(f, page), dossier);
    signin_join_other(f);
    answer = page_post(f, PAGE_TEACHER, "/aanmelden/code", "code", signin_code_now(f, &secret),
                       "naar", dossier, NULL);
    assert_page_goes_to(answer, page_path(f, "/aanmelden/school?naar=%s", dossier));
    signin_take(f, answer);
    assert_string_equal(carried(f, page_get(f, PAGE_TEACHER, answer->location)), dossier);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, "/aanmelden/school", "school",
                                  id_text(f->school.v).s, "naar", dossier, NULL),
                        dossier);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, page_path(f, "/aanmelden?naar=%s", dossier)),
                        dossier);
}

static void the_way_on_stays_on_this_site(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    (void)signin_set_up(f, &secret);
    static const char *const elsewhere[] = {
        "//evil.example", "https://evil.example", "/\\evil.example", "/%2f%2fevil", "/groep?x=%0d",
        "/a\"b",          "/aanmelden/code",      "javascript:x",    "/x/../y"};
    for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++) {
        f->app.clock.at_ms += SIGNIN_STEP_MS;
        struct page_answer *answer = sign_in_to(f, elsewhere[i]);
        assert_page_goes_to(answer, "/aanmelden/code");
        signin_take(f, answer);
        answer = page_post(f, PAGE_TEACHER, "/aanmelden/code", "code", signin_code_now(f, &secret),
                           "naar", elsewhere[i], NULL);
        assert_page_goes_to(answer, "/");
    }
}

/* --- more than one school -------------------------------------------------------------------- */

static void who_works_at_two_schools_chooses(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    signin_join_other(f);
    assert_page_contains(signin_set_up(f, &secret), "href=\"/aanmelden/school\"");
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden/school");
    assert_page_status(page_get(f, PAGE_TEACHER, "/account"), 200);
    struct page_answer *answer = page_get(f, PAGE_TEACHER, "/aanmelden/school");
    assert_page_contains(answer, "De Regenboog");
    assert_page_contains(answer, "De Verte");
    assert_page_status(page_post(f, PAGE_TEACHER, "/aanmelden/school", "school",
                                 id_text(id_new(&f->random)).s, NULL),
                       404);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, "/aanmelden/school", "school",
                                  id_text(f->other_school.v).s, NULL),
                        "/");
    assert_page_status(
        page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)), 404);
    assert_page_goes_to(
        page_post(f, PAGE_TEACHER, "/aanmelden/school", "school", id_text(f->school.v).s, NULL),
        "/");
    assert_page_status(
        page_get(f, PAGE_TEACHER, page_path(f, "/leerling/%s", id_text(f->pupil.v).s)), 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(nobody_learns_which_accounts_exist),
        page_each_engine(a_password_of_few_letters_and_many_bytes_is_just_wrong),
        page_each_engine(the_address_is_read_as_people_type_it),
        page_each_engine(too_many_tries_make_wait),
        page_each_engine(half_a_session_opens_nothing_and_not_for_long),
        page_each_engine(where_somebody_was_going_is_kept_through_every_step),
        page_each_engine(the_way_on_stays_on_this_site),
        page_each_engine(who_works_at_two_schools_chooses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
