#include "signin/signin_web.h"

#include "access/session.h"
#include "base/arena.h"
#include "base/str.h"
#include "school/school.h"
#include "signin/account.h"
#include "signin/limits.h"
#include "signin/password.h"
#include "signin/totp.h"
#include "staff/staff.h"
#include "web/web_fixture.h"

#define EMAIL "tessa@school.example"
#define PASSWORD "een lange blauwe fiets"
#define WRONG "Address and password do not fit together."
#define STEP_MS (TOTP_STEP_SECONDS * MS_SECOND)

/* --- helpers
 * --------------------------------------------------------------------------------------- */

/* Cheap to check; the sign-in makes a stronger hash of it in passing. */
static void set_password(struct page_fixture *f, enum page_role role, const char *password)
{
    struct password_cost cheap = {.passes = 1, .memory = 8192};
    char hash[PASSWORD_HASH_SIZE];
    assert_status(password_hash(&cheap, password, strlen(password), hash), OK);
    page_begin(f, PAGE_NOBODY);
    assert_status(account_set_password(&f->work, f->account[role], hash, (struct session_id){0}),
                  OK);
    page_commit(f);
}

static struct page_answer *sign_in(struct page_fixture *f, const char *email, const char *password)
{
    return page_post(f, PAGE_NOBODY, "/aanmelden", "email", email, "password", password, "naar", "",
                     NULL);
}

/* The value that an answer sets a cookie to, or NULL. */
static const char *cookie_of(struct page_fixture *f, const struct page_answer *answer,
                             const char *name)
{
    const char *start = arena_printf(f->arena, "%s=", name);
    for (size_t i = 0; i < answer->field_count; i++) {
        const char *value = answer->fields[i].value;
        if (str_equal(answer->fields[i].name, "Set-Cookie") && str_starts(value, start)) {
            value += strlen(start);
            return arena_strndup(f->arena, value, strcspn(value, ";"));
        }
    }
    return NULL;
}

/* From here on the teacher's browser has the session that the answer gave. */
static void take_session(struct page_fixture *f, const struct page_answer *answer)
{
    const char *token = cookie_of(f, answer, SESSION_COOKIE);
    assert_non_null(token);
    f->token[PAGE_TEACHER] = token;
}

/* What stands between two texts on the page. */
static const char *between(struct page_fixture *f, const struct page_answer *answer,
                           const char *before, const char *after)
{
    const char *at = strstr(answer->body, before);
    assert_non_null(at);
    at += strlen(before);
    const char *end = strstr(at, after);
    assert_non_null(end);
    return arena_strndup(f->arena, at, (size_t)(end - at));
}

static struct totp_secret secret_of(const char *text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    struct totp_secret secret;
    uint64_t bits = 0;
    assert_int_equal(strlen(text), 32);
    for (size_t i = 0; i < 32; i++) {
        bits = bits << 5 | (uint64_t)(strchr(digits, text[i]) - digits);
        if (i % 8 == 7)
            for (size_t j = 0; j < 5; j++)
                secret.bytes[i / 8 * 5 + j] = (uint8_t)(bits >> (32 - 8 * j));
    }
    return secret;
}

static const char *code_now(struct page_fixture *f, const struct totp_secret *secret)
{
    return page_path(f, "%06u", totp_code(secret, f->app.clock.at_ms / STEP_MS));
}

static struct page_answer *give_code(struct page_fixture *f, const char *code)
{
    return page_post(f, PAGE_TEACHER, "/aanmelden/code", "code", code, NULL);
}

static struct page_answer *prove(struct page_fixture *f, const char *secret, const char *target)
{
    struct totp_secret parsed = secret_of(secret);
    return page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", secret, "naar", target,
                     "code", code_now(f, &parsed), NULL);
}

/* The secret that the page for a first phone offers to half a session. */
static const char *offered(struct page_fixture *f)
{
    struct page_answer *page = page_get(f, PAGE_TEACHER, "/aanmelden/instellen");
    assert_page_status(page, 200);
    return between(f, page, "name=\"secret\" value=\"", "\"");
}

/* From nothing to a whole session with a second factor; the page with the recovery codes. */
static struct page_answer *set_up(struct page_fixture *f, struct totp_secret *ret_secret)
{
    set_password(f, PAGE_TEACHER, PASSWORD);
    struct page_answer *answer = sign_in(f, EMAIL, PASSWORD);
    assert_page_goes_to(answer, "/aanmelden/instellen");
    take_session(f, answer);
    const char *secret = offered(f);
    *ret_secret = secret_of(secret);
    struct page_answer *codes = prove(f, secret, "");
    assert_page_status(codes, 200);
    take_session(f, codes);
    return codes;
}

static const char *another_session(struct page_fixture *f, enum page_role role,
                                   struct session_id *ret_id)
{
    struct session_start start = {.kind = SESSION_STAFF,
                                  .step = SESSION_FULL,
                                  .account = f->account[role],
                                  .school = f->school,
                                  .person = f->staff[role].v,
                                  .browser = BROWSER_FIREFOX};
    char token[SESSION_TOKEN_TEXT];
    page_begin(f, PAGE_NOBODY);
    assert_status(session_start(f->db, &f->random, f->work.now_ms, &start, token, ret_id), OK);
    page_commit(f);
    return arena_strdup(f->arena, token);
}

static void join_other_school(struct page_fixture *f)
{
    struct staff_draft draft = {.person = person_none()};
    struct staff_id there;
    page_begin(f, PAGE_STRANGER);
    draft.person.call = "Tessa";
    assert_status(staff_add(&f->work, &draft, &there), OK);
    assert_status(account_join_school(&f->work, f->account[PAGE_TEACHER], there), OK);
    page_commit(f);
}

/* --- address and password
 * ---------------------------------------------------------------------------- */

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
    set_password(f, PAGE_TEACHER, PASSWORD);
    set_password(f, PAGE_SUPPORT, PASSWORD);
    page_begin(f, PAGE_NOBODY);
    assert_status(account_disable(&f->work, f->account[PAGE_SUPPORT], true), OK);
    struct account_id invited;
    assert_status(account_make(&f->work, "nieuw@school.example", &invited), OK);
    assert_status(account_join_school(&f->work, invited, f->staff[PAGE_COORDINATOR]), OK);
    page_commit(f);
    const struct {
        const char *email, *password;
    } cases[] = {
        {EMAIL, "een lange rode fiets"},
        {"niemand@school.example", PASSWORD},
        {"sander@school.example", PASSWORD}, /* disabled, and right */
        {"nieuw@school.example", PASSWORD},  /* has no password yet */
        {"nieuw@school.example", "$argon2id$v=19$m=65536,t=2,p=1$"},
        {EMAIL, "een lange blauwe fiets "},
        {EMAIL, "Een lange blauwe fiets"},
    };
    const char *first = NULL;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page_answer *answer = sign_in(f, cases[i].email, cases[i].password);
        assert_page_status(answer, 422);
        assert_page_contains(answer, WRONG);
        assert_page_lacks(answer, PASSWORD);
        assert_null(cookie_of(f, answer, SESSION_COOKIE));
        const char *page = without_address(f, answer, cases[i].email);
        first = first ? first : page;
        assert_string_equal(page, first);
    }
    assert_int_equal(page_logged(f, AUDIT_SIGN_IN_REFUSED), 6); /* all but the unknown one */
}

static void a_password_of_few_letters_and_many_bytes_is_just_wrong(void **state)
{
    struct page_fixture *f = *state;
    set_password(f, PAGE_TEACHER, PASSWORD);
    char *longest = arena_alloc(f->arena, 4 * PASSWORD_MAX_BYTES + 1);
    for (size_t i = 0; i < PASSWORD_MAX_BYTES; i++)
        memcpy(longest + 4 * i, "🦊", 4);
    struct page_answer *answer = sign_in(f, EMAIL, longest);
    assert_page_status(answer, 422);
    assert_page_contains(answer, WRONG);
}

static void the_address_is_read_as_people_type_it(void **state)
{
    struct page_fixture *f = *state;
    set_password(f, PAGE_TEACHER, PASSWORD);
    assert_page_goes_to(sign_in(f, "  Tessa@School.Example ", PASSWORD), "/aanmelden/instellen");
    assert_page_status(sign_in(f, "tessa", PASSWORD), 422);
    assert_page_contains(sign_in(f, "", ""), "Fill this in.");
}

static void too_many_tries_make_wait(void **state)
{
    struct page_fixture *f = *state;
    set_password(f, PAGE_TEACHER, PASSWORD);
    uint32_t burst = limit_rule(LIMIT_PASSWORD, LIMIT_PAIR)->burst;
    for (uint32_t i = 0; i < burst; i++)
        assert_page_contains(sign_in(f, EMAIL, "fout wachtwoord"), WRONG);
    struct page_answer *answer = sign_in(f, EMAIL, PASSWORD); /* the right one now waits too */
    assert_page_status(answer, 422);
    assert_page_contains(answer, "Too many tries.");
    assert_page_contains(sign_in(f, "niemand@school.example", PASSWORD), WRONG); /* others do not */
    f->app.clock.at_ms += limit_rule(LIMIT_PASSWORD, LIMIT_PAIR)->forget_ms;
    assert_page_goes_to(sign_in(f, EMAIL, PASSWORD), "/aanmelden/instellen");
}

/* --- half a session
 * ---------------------------------------------------------------------------------- */

static void half_a_session_opens_nothing_and_not_for_long(void **state)
{
    struct page_fixture *f = *state;
    set_password(f, PAGE_TEACHER, PASSWORD);
    take_session(f, sign_in(f, EMAIL, PASSWORD));
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

/* --- the second factor
 * --------------------------------------------------------------------------------- */

static void setting_up_leads_in_with_a_fresh_session(void **state)
{
    struct page_fixture *f = *state;
    set_password(f, PAGE_TEACHER, PASSWORD);
    take_session(f, sign_in(f, EMAIL, PASSWORD));
    const char *half = f->token[PAGE_TEACHER];
    struct page_answer *codes = prove(f, offered(f), "");
    assert_page_contains(codes, "Your recovery codes");
    assert_page_contains(codes, "href=\"/\"");
    assert_page_lacks(codes, "/aanmelden/code"); /* the code is not asked for again */
    assert_page_lacks(codes, "name=\"csrf\"");   /* a form here would carry the old session's */
    take_session(f, codes);
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
    set_password(f, PAGE_TEACHER, PASSWORD);
    take_session(f, sign_in(f, EMAIL, PASSWORD));
    const char *thief = f->token[PAGE_TEACHER];
    const char *theirs = offered(f);
    struct totp_secret secret;
    (void)set_up(f, &secret);
    f->token[PAGE_TEACHER] = thief;
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/aanmelden/instellen"),
                        "/aanmelden?naar=/aanmelden/instellen");
    assert_page_status(prove(f, theirs, ""), 403);
    take_session(
        f, sign_in(f, EMAIL, PASSWORD)); /* and by the password alone they do not get a phone in */
    assert_page_status(prove(f, theirs, ""), 403);
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 1);
}

static void a_wrong_code_sets_nothing_up(void **state)
{
    struct page_fixture *f = *state;
    set_password(f, PAGE_TEACHER, PASSWORD);
    take_session(f, sign_in(f, EMAIL, PASSWORD));
    const char *secret = offered(f);
    struct totp_secret parsed = secret_of(secret);
    const char *wrong =
        page_path(f, "%06u", (totp_code(&parsed, f->app.clock.at_ms / STEP_MS) + 1) % 1000000);
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", secret, "code", wrong, NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, secret); /* the same one again: it is in the app by now */
    assert_page_status(page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", "KORT", "code",
                                 "123456", NULL),
                       400);
    assert_page_goes_to(sign_in(f, EMAIL, PASSWORD), "/aanmelden/instellen");
}

static void a_code_is_good_for_once(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    (void)set_up(f, &secret);
    struct page_answer *answer = sign_in(f, EMAIL, PASSWORD);
    assert_page_goes_to(answer, "/aanmelden/code");
    take_session(f, answer);
    answer = give_code(f, code_now(f, &secret)); /* the one that set it up, and let in by that */
    assert_page_status(answer, 422);
    assert_page_contains(answer, "This code was used already.");
    answer = give_code(f, "000000x");
    assert_page_status(answer, 422);
    f->app.clock.at_ms += STEP_MS;
    assert_page_goes_to(give_code(f, code_now(f, &secret)), "/");
    assert_int_equal(page_logged(f, AUDIT_SIGN_IN_REFUSED), 2);
}

static void half_a_session_does_not_replace_a_factor(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    (void)set_up(f, &secret);
    take_session(f, sign_in(f, EMAIL, PASSWORD));
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/aanmelden/instellen"), "/aanmelden/code");
    struct totp_secret mine = {{0}};
    assert_page_status(page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret",
                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "code", code_now(f, &mine),
                                 NULL),
                       403);
}

/* Where no present phone is asked for, somebody at an unlocked desk could hang theirs on the
 * account. */
static void who_is_in_has_no_way_back_to_the_first_phone(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    (void)set_up(f, &secret);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/aanmelden/instellen"), "/account/tweede-stap");
    assert_page_goes_to(prove(f, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ""), "/account/tweede-stap");
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 1);
}

/* The page for a new phone; the secret on it. */
static const char *new_phone(struct page_fixture *f, struct page_answer **ret_page)
{
    *ret_page = page_get(f, PAGE_TEACHER, "/account/tweede-stap");
    assert_page_status(*ret_page, 200);
    return between(f, *ret_page, "name=\"secret\" value=\"", "\"");
}

static struct page_answer *replace_phone(struct page_fixture *f, const char *secret,
                                         const char *now)
{
    struct totp_secret parsed = secret_of(secret);
    return page_post(f, PAGE_TEACHER, "/account/tweede-stap", "secret", secret, "code",
                     code_now(f, &parsed), "now", now, NULL);
}

static void a_new_phone_wants_the_present_one(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret present, next;
    struct page_answer *page;
    struct session_id other;
    (void)set_up(f, &present);
    const char *elsewhere = another_session(f, PAGE_TEACHER, &other);
    const char *secret = new_phone(f, &page);
    assert_page_contains(page, "Code of your present phone");
    next = secret_of(secret);
    f->app.clock.at_ms += STEP_MS;
    const char *wrong[] = {"", "000000", code_now(f, &next), "aaaaa-aaaaa",
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
                                 "000000", "now", code_now(f, &present), NULL),
                       422);
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 1); /* the first one */
    assert_page_contains(replace_phone(f, secret, code_now(f, &present)), "Your recovery codes");
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 2);
    assert_page_status(page_get(f, PAGE_TEACHER, "/account"), 200);
    const char *here = f->token[PAGE_TEACHER];
    f->token[PAGE_TEACHER] = elsewhere;
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/account"), "/aanmelden?naar=/account");
    f->token[PAGE_TEACHER] = here;
    f->app.clock.at_ms += STEP_MS;
    take_session(f, sign_in(f, EMAIL, PASSWORD));
    assert_page_status(give_code(f, code_now(f, &present)), 422);
    assert_page_goes_to(give_code(f, code_now(f, &next)), "/");
}

static void a_recovery_code_replaces_a_phone_that_is_gone(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret present;
    struct page_answer *page;
    struct page_answer *codes = set_up(f, &present);
    const char *code = between(f, codes, "<ul class=\"codes\"><li><code>", "</code>");
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
    (void)set_up(f, &present);
    const char *secret = new_phone(f, &page);
    f->app.clock.at_ms += STEP_MS;
    for (uint32_t i = 0; i < limit_rule(LIMIT_CODE, LIMIT_PAIR)->burst; i++)
        assert_page_contains(replace_phone(f, secret, page_path(f, "%06u", i)),
                             "This code is not right.");
    assert_page_contains(replace_phone(f, secret, code_now(f, &present)), "Too many tries.");
    assert_page_status(replace_phone(f, secret, code_now(f, &present)), 422);
}

/* Without one (the demo), the first is set up by whoever is in; taking one away ends who is in. */
static void a_first_phone_asks_for_no_other(void **state)
{
    struct page_fixture *f = *state;
    struct page_answer *page;
    const char *secret = new_phone(f, &page);
    assert_page_lacks(page, "Code of your present phone");
    struct totp_secret parsed = secret_of(secret);
    assert_page_contains(page_post(f, PAGE_TEACHER, "/account/tweede-stap", "secret", secret,
                                   "code", code_now(f, &parsed), NULL),
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
    (void)set_up(f, &secret);
    take_session(f, sign_in(f, EMAIL, PASSWORD));
    for (uint32_t i = 0; i < limit_rule(LIMIT_CODE, LIMIT_PAIR)->burst; i++)
        assert_page_contains(give_code(f, page_path(f, "%06u", i)), "This code is not right.");
    f->app.clock.at_ms += STEP_MS;
    assert_page_contains(give_code(f, code_now(f, &secret)), "Too many tries.");
}

static void a_recovery_code_lets_in_once(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    struct page_answer *codes = set_up(f, &secret);
    const char *code = between(f, codes, "<ul class=\"codes\"><li><code>", "</code>");
    assert_page_contains(page_get(f, PAGE_TEACHER, "/account"), "10 recovery codes left.");
    take_session(f, sign_in(f, EMAIL, PASSWORD));
    struct page_answer *answer = give_code(f, page_path(f, " %s ", code));
    assert_page_goes_to(answer, "/");
    take_session(f, answer);
    assert_page_contains(page_get(f, PAGE_TEACHER, "/account"), "9 recovery codes left.");
    take_session(f, sign_in(f, EMAIL, PASSWORD));
    assert_page_status(give_code(f, code), 422);
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden/code");
}

/* --- where somebody was going
 * --------------------------------------------------------------------------- */

static struct page_answer *sign_in_to(struct page_fixture *f, const char *target)
{
    return page_post(f, PAGE_NOBODY, "/aanmelden", "email", EMAIL, "password", PASSWORD, "naar",
                     target, NULL);
}

/* The `naar` that a page's form carries. */
static const char *carried(struct page_fixture *f, const struct page_answer *page)
{
    return between(f, page, "name=\"naar\" value=\"", "\"");
}

static void where_somebody_was_going_is_kept_through_every_step(void **state)
{
    struct page_fixture *f = *state;
    const char *dossier = page_path(f, "/leerling/%s", id_text(f->pupil.v).s);
    set_password(f, PAGE_TEACHER, PASSWORD);
    assert_string_equal(
        carried(f, page_get(f, PAGE_NOBODY, page_path(f, "/aanmelden?naar=%s", dossier))), dossier);
    /* The first time: setting up comes between. */
    struct page_answer *answer = sign_in_to(f, dossier);
    assert_page_goes_to(answer, page_path(f, "/aanmelden/instellen?naar=%s", dossier));
    take_session(f, answer);
    struct page_answer *page = page_get(f, PAGE_TEACHER, answer->location);
    assert_string_equal(carried(f, page), dossier);
    const char *text = between(f, page, "name=\"secret\" value=\"", "\"");
    struct totp_secret secret = secret_of(text);
    page = page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", text, "naar", dossier,
                     "code", "12", NULL);
    assert_page_status(page, 422);
    assert_string_equal(carried(f, page), dossier);
    page = page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", text, "naar", dossier,
                     "code", code_now(f, &secret), NULL);
    assert_page_contains(page, page_path(f, "href=\"%s\"", dossier));
    take_session(f, page);
    assert_page_status(page_get(f, PAGE_TEACHER, dossier), 200);
    /* And every time after. */
    f->app.clock.at_ms += STEP_MS;
    take_session(f, sign_in_to(f, dossier));
    page = page_get(f, PAGE_TEACHER, page_path(f, "/aanmelden/code?naar=%s", dossier));
    assert_string_equal(carried(f, page), dossier);
    page = page_post(f, PAGE_TEACHER, "/aanmelden/code", "code", "000000", "naar", dossier, NULL);
    assert_page_status(page, 422);
    assert_string_equal(carried(f, page), dossier);
    join_other_school(f);
    answer = page_post(f, PAGE_TEACHER, "/aanmelden/code", "code", code_now(f, &secret), "naar",
                       dossier, NULL);
    assert_page_goes_to(answer, page_path(f, "/aanmelden/school?naar=%s", dossier));
    take_session(f, answer);
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
    (void)set_up(f, &secret);
    static const char *const elsewhere[] = {
        "//evil.example", "https://evil.example", "/\\evil.example", "/%2f%2fevil", "/groep?x=%0d",
        "/a\"b",          "/aanmelden/code",      "javascript:x",    "/x/../y"};
    for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++) {
        f->app.clock.at_ms += STEP_MS;
        struct page_answer *answer = sign_in_to(f, elsewhere[i]);
        assert_page_goes_to(answer, "/aanmelden/code");
        take_session(f, answer);
        answer = page_post(f, PAGE_TEACHER, "/aanmelden/code", "code", code_now(f, &secret), "naar",
                           elsewhere[i], NULL);
        assert_page_goes_to(answer, "/");
    }
}

/* --- invitation
 * ------------------------------------------------------------------------------------------ */

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
    assert_page_goes_to(choose(f, token, PASSWORD), "/aanmelden");
    assert_page_goes_to(sign_in(f, EMAIL, PASSWORD), "/aanmelden/instellen");
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
    assert_page_contains(page, EMAIL);
    f->app.clock.at_ms += 1;
    assert_page_status(open_link(f, token), 404);
    assert_page_status(choose(f, token, PASSWORD), 404);
    token = invite(f, INVITATION_RESET);
    f->app.clock.at_ms += RESET_MS - 1;
    assert_page_contains(open_link(f, token), "Choose a new password");
    assert_page_goes_to(choose(f, token, PASSWORD), "/aanmelden");
    assert_page_status(open_link(f, token), 404);
    assert_page_status(choose(f, token, "een lange groene fiets"), 404);
    assert_page_goes_to(sign_in(f, EMAIL, PASSWORD), "/aanmelden/instellen");
}

static void a_new_password_ends_all_sessions(void **state)
{
    struct page_fixture *f = *state;
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200);
    assert_page_goes_to(choose(f, invite(f, INVITATION_RESET), PASSWORD), "/aanmelden");
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden");
}

/* Half a session from before sets no phone up: whoever had the old password, it was not the owner's
 * link. */
static void a_password_by_link_ends_half_sessions_too(void **state)
{
    struct page_fixture *f = *state;
    set_password(f, PAGE_TEACHER, PASSWORD);
    take_session(f, sign_in(f, EMAIL, PASSWORD));
    const char *secret = offered(f);
    assert_page_goes_to(choose(f, invite(f, INVITATION_RESET), "een lange groene fiets"),
                        "/aanmelden");
    assert_page_status(prove(f, secret, ""), 403);
    assert_int_equal(page_logged(f, AUDIT_SECOND_FACTOR_SET), 0);
    /* An invited colleague: the link, the password, the phone, in. */
    struct page_answer *answer = sign_in(f, EMAIL, "een lange groene fiets");
    assert_page_goes_to(answer, "/aanmelden/instellen");
    take_session(f, answer);
    take_session(f, prove(f, offered(f), ""));
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
    join_other_school(f);
    assert_page_goes_to(choose(f, invite(f, INVITATION_FIRST), PASSWORD), "/aanmelden");
    assert_int_equal(page_logged(f, AUDIT_PASSWORD_SET), 1);
    assert_int_equal(logged_at(f, f->other_school, AUDIT_PASSWORD_SET), 1);
    assert_page_goes_to(choose(f, invite(f, INVITATION_RESET), "een lange groene fiets"),
                        "/aanmelden");
    assert_int_equal(page_logged(f, AUDIT_PASSWORD_SET), 2);
    assert_int_equal(logged_at(f, f->other_school, AUDIT_PASSWORD_SET), 2);
}

/* --- the own account
 * -------------------------------------------------------------------------------------- */

static void ones_own_password_wants_the_old_one(void **state)
{
    struct page_fixture *f = *state;
    struct session_id id;
    set_password(f, PAGE_TEACHER, PASSWORD);
    f->token[PAGE_TEACHER] = another_session(f, PAGE_TEACHER, &id);
    const char *here = f->token[PAGE_TEACHER];
    const char *elsewhere = another_session(f, PAGE_TEACHER, &id);
    struct page_answer *answer =
        page_post(f, PAGE_TEACHER, "/account/wachtwoord", "old", "iets anders dan dat", "password",
                  "een lange groene fiets", NULL);
    assert_page_status(answer, 422);
    assert_page_contains(answer, "This is not your present password.");
    assert_page_lacks(answer, "een lange groene fiets");
    assert_page_status(page_post(f, PAGE_TEACHER, "/account/wachtwoord", "old", PASSWORD,
                                 "password", "kort", NULL),
                       422);
    assert_page_goes_to(page_post(f, PAGE_TEACHER, "/account/wachtwoord", "old", PASSWORD,
                                  "password", "een lange groene fiets", NULL),
                        "/account");
    f->token[PAGE_TEACHER] = elsewhere;
    assert_page_goes_to(page_get(f, PAGE_TEACHER, "/"), "/aanmelden");
    f->token[PAGE_TEACHER] = here;
    assert_page_status(page_get(f, PAGE_TEACHER, "/"), 200);
    assert_int_equal(page_logged(f, AUDIT_PASSWORD_SET), 1);
    assert_page_goes_to(sign_in(f, EMAIL, "een lange groene fiets"), "/aanmelden/instellen");
}

static void sessions_are_listed_and_ended_by_their_owner(void **state)
{
    struct page_fixture *f = *state;
    struct session_id own, others;
    const char *elsewhere = another_session(f, PAGE_TEACHER, &own);
    const char *colleague = another_session(f, PAGE_SUPPORT, &others);
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

/* --- more than one school
 * ------------------------------------------------------------------------------------ */

static void who_works_at_two_schools_chooses(void **state)
{
    struct page_fixture *f = *state;
    struct totp_secret secret;
    join_other_school(f);
    assert_page_contains(set_up(f, &secret), "href=\"/aanmelden/school\"");
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
        page_each_engine(where_somebody_was_going_is_kept_through_every_step),
        page_each_engine(the_way_on_stays_on_this_site),
        page_each_engine(a_password_has_rules_with_words),
        page_each_engine(an_invitation_is_good_once_and_a_week),
        page_each_engine(a_new_password_ends_all_sessions),
        page_each_engine(a_password_by_link_ends_half_sessions_too),
        page_each_engine(a_password_is_in_the_log_of_every_school_of_the_account),
        page_each_engine(ones_own_password_wants_the_old_one),
        page_each_engine(sessions_are_listed_and_ended_by_their_owner),
        page_each_engine(who_works_at_two_schools_chooses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
