#include "signin/signin_fixture.h"

#include "base/arena.h"
#include "base/str.h"
#include "school/school.h"
#include "signin/account.h"
#include "signin/password.h"
#include "staff/staff.h"

/* Cheap to check; the sign-in makes a stronger hash of it in passing. */
void signin_password(struct page_fixture *f, enum page_role role, const char *password)
{
    struct password_cost cheap = {.passes = 1, .memory = 8192};
    char hash[PASSWORD_HASH_SIZE];
    assert_status(password_hash(&cheap, password, strlen(password), hash), OK);
    page_begin(f, PAGE_NOBODY);
    assert_status(account_set_password(&f->work, f->account[role], hash, (struct session_id){0}),
                  OK);
    page_commit(f);
}

struct page_answer *signin_by_password(struct page_fixture *f, const char *email,
                                       const char *password)
{
    return page_post(f, PAGE_NOBODY, "/aanmelden", "email", email, "password", password, "naar", "",
                     NULL);
}

/* The value that an answer sets a cookie to, or NULL. */
const char *signin_cookie(struct page_fixture *f, const struct page_answer *answer,
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
void signin_take(struct page_fixture *f, const struct page_answer *answer)
{
    const char *token = signin_cookie(f, answer, SESSION_COOKIE);
    assert_non_null(token);
    f->token[PAGE_TEACHER] = token;
}

/* What stands between two texts on the page. */
const char *signin_between(struct page_fixture *f, const struct page_answer *answer,
                           const char *before, const char *after)
{
    const char *at = strstr(answer->body, before);
    assert_non_null(at);
    at += strlen(before);
    const char *end = strstr(at, after);
    assert_non_null(end);
    return arena_strndup(f->arena, at, (size_t)(end - at));
}

struct totp_secret signin_secret(const char *text)
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

const char *signin_code_now(struct page_fixture *f, const struct totp_secret *secret)
{
    return page_path(f, "%06u", totp_code(secret, f->app.clock.at_ms / SIGNIN_STEP_MS));
}

struct page_answer *signin_give_code(struct page_fixture *f, const char *code)
{
    return page_post(f, PAGE_TEACHER, "/aanmelden/code", "code", code, NULL);
}

struct page_answer *signin_prove(struct page_fixture *f, const char *secret, const char *target)
{
    struct totp_secret parsed = signin_secret(secret);
    return page_post(f, PAGE_TEACHER, "/aanmelden/instellen", "secret", secret, "naar", target,
                     "code", signin_code_now(f, &parsed), NULL);
}

/* The secret that the page for a first phone offers to half a session. */
const char *signin_offered(struct page_fixture *f)
{
    struct page_answer *page = page_get(f, PAGE_TEACHER, "/aanmelden/instellen");
    assert_page_status(page, 200);
    return signin_between(f, page, "name=\"secret\" value=\"", "\"");
}

/* From nothing to a whole session with a second factor; the page with the recovery codes. */
struct page_answer *signin_set_up(struct page_fixture *f, struct totp_secret *ret_secret)
{
    signin_password(f, PAGE_TEACHER, SIGNIN_PASSWORD);
    struct page_answer *answer = signin_by_password(f, SIGNIN_EMAIL, SIGNIN_PASSWORD);
    assert_page_goes_to(answer, "/aanmelden/instellen");
    signin_take(f, answer);
    const char *secret = signin_offered(f);
    *ret_secret = signin_secret(secret);
    struct page_answer *codes = signin_prove(f, secret, "");
    assert_page_status(codes, 200);
    signin_take(f, codes);
    return codes;
}

const char *signin_another_session(struct page_fixture *f, enum page_role role,
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

void signin_join_other(struct page_fixture *f)
{
    struct staff_draft draft = {.person = person_none()};
    struct staff_id there;
    page_begin(f, PAGE_STRANGER);
    draft.person.call = "Tessa";
    assert_status(staff_add(&f->work, &draft, &there), OK);
    assert_status(account_join_school(&f->work, f->account[PAGE_TEACHER], there), OK);
    page_commit(f);
}
