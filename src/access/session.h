/*
 * session: who a browser is. A random 256-bit token in a cookie; the database holds its hash, so
 * a stolen database signs nobody in. Knows tokens and times; refuses to know passwords and badges
 * (that is signin/).
 *
 * Limits (ASVS V7): staff idle 60 minutes, absolute 12 hours; a half session that waits for the
 * second factor 10 minutes; pupils idle 30 minutes (STANDARDS §4), absolute 2 hours; guardians and
 * externals, who came by a link, the same.
 */
#ifndef ACCESS_SESSION_H
#define ACCESS_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "i18n/tr.h"

struct arena;
struct db;
struct random;
struct vault;

#define SESSION_COOKIE "weerklank"
#define SESSION_TOKEN_BYTES 32
#define SESSION_TOKEN_TEXT 44 /* base64url without padding, NUL included */

enum session_kind {
    SESSION_STAFF = 1,
    SESSION_BADGE = 2,
    SESSION_PICTURE = 3,
    SESSION_GUARDIAN = 4, /* by a link (visit/visit.h) */
    SESSION_EXTERNAL = 5,
};
enum session_step { SESSION_HALF = 1, SESSION_FULL = 2 };

struct session {
    struct session_id id;
    enum session_kind kind;
    enum session_step step;
    struct account_id account;
    struct school_id school;
    int64_t
        person; /* staff, pupil or guardian id at the school; of an external, in the conversation */
    int64_t
        visit; /* the link that a guardian or external came by: the session lives while it does */
    enum lang lang;
    int64_t made_at, seen_at, ends_at;
};

/* What a browser says it is, coarsely, for the list of own sessions. Stored as a number. */
enum browser { BROWSER_OTHER, BROWSER_FIREFOX, BROWSER_CHROME, BROWSER_SAFARI, BROWSER_EDGE };
enum browser browser_of(const char *user_agent); /* NULL is fine */

struct session_start {
    enum session_kind kind;
    enum session_step step;
    struct account_id account;
    struct school_id school;
    int64_t person;
    int64_t visit;
    enum browser browser;
};

/* In an open WRITE transaction. The token goes into the cookie and nowhere else. */
NODISCARD enum status session_start(struct db *db, struct random *random, int64_t now_ms,
                                    const struct session_start *start,
                                    char ret_token[SESSION_TOKEN_TEXT], struct session_id *ret_id);

/* The live session of a token; ERR_NOT_FOUND for unknown, ended, idle or disabled ones. One
 * statement. */
NODISCARD enum status session_find(struct db *db, struct arena *arena, const char *token,
                                   int64_t now_ms, struct session *ret_session);

/* Says that it was used now; worth a write once a minute (the caller looks at seen_at). */
NODISCARD enum status session_touch(struct db *db, struct session_id id, int64_t now_ms);
#define SESSION_TOUCH_MS (60 * MS_SECOND)

/* The language that whoever signed in reads, on every device that did not choose one itself. For a
 * session with an account; of others the device alone knows it. In an open WRITE transaction. */
NODISCARD enum status session_set_language(struct db *db, const struct session *session,
                                           enum lang lang);

NODISCARD enum status session_end(struct db *db, struct session_id id);

/* The token that forms of this session carry; also for people not signed in, from their cookie's
 * token. */
void session_csrf(struct vault *vault, const char *token, char ret_csrf[SESSION_TOKEN_TEXT]);
bool session_csrf_equal(const char *given, const char *expected);

/* A fresh token in cookie form, for people who are not signed in. */
void session_new_token(struct random *random, char ret_token[SESSION_TOKEN_TEXT]);

#endif
