/*
 * signin_fixture: what the tests of the pages for signing in do again and again, in the browser of
 * one teacher. Tests only: list `signin_fixture` beside the test in meson.build.
 */
#ifndef SIGNIN_FIXTURE_H
#define SIGNIN_FIXTURE_H

#include "signin/totp.h"
#include "web/web_fixture.h"

#define SIGNIN_EMAIL "tessa@school.example" /* of PAGE_TEACHER */
#define SIGNIN_PASSWORD "een lange blauwe fiets"
#define SIGNIN_STEP_MS (TOTP_STEP_SECONDS * MS_SECOND)

/* Gives a role a password; cheap to check. */
void signin_password(struct page_fixture *f, enum page_role role, const char *password);
/* What the form with address and password answers. */
struct page_answer *signin_by_password(struct page_fixture *f, const char *email,
                                       const char *password);

/* The value that an answer sets a cookie to, or NULL. */
const char *signin_cookie(struct page_fixture *f, const struct page_answer *answer,
                          const char *name);
/* From here on the teacher's browser has the session that the answer gave. */
void signin_take(struct page_fixture *f, const struct page_answer *answer);
/* What stands between two texts on the page. */
const char *signin_between(struct page_fixture *f, const struct page_answer *answer,
                           const char *before, const char *after);

/* A secret as the page shows it, and the code of this moment. */
struct totp_secret signin_secret(const char *text);
const char *signin_code_now(struct page_fixture *f, const struct totp_secret *secret);

/* The secret that the page for a first phone offers to half a session; what the code of it answers.
 */
const char *signin_offered(struct page_fixture *f);
struct page_answer *signin_prove(struct page_fixture *f, const char *secret, const char *target);
/* What a code answers at the second step. */
struct page_answer *signin_give_code(struct page_fixture *f, const char *code);

/* From nothing to a whole session with a second factor; the page with the recovery codes. */
struct page_answer *signin_set_up(struct page_fixture *f, struct totp_secret *ret_secret);

/* The token of one more whole session of a role. */
const char *signin_another_session(struct page_fixture *f, enum page_role role,
                                   struct session_id *ret_id);
/* The teacher is somebody at the other school too. */
void signin_join_other(struct page_fixture *f);

#endif
