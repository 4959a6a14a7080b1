/*
 * web: one request on its way through the program, and the few things a handler may do: read its
 * ids and fields, call rules with `web->work`, and choose a reply. Handlers hold no SQL, no HTML
 * and no string building.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "access/work.h"
#include "base/bytes.h"
#include "base/status.h"
#include "html/html.h"
#include "i18n/tr.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"

struct app;
struct http_request;
struct http_response;
struct session;

enum reply_kind { REPLY_NONE, REPLY_PAGE, REPLY_REDIRECT, REPLY_JSON, REPLY_BYTES, REPLY_TEXT, REPLY_STREAM };

struct reply {
    enum reply_kind kind;
    int status; /* 200 for a page, 303 for a redirect unless set */
    struct page page;
    const char *location;
    const char *text;         /* JSON or plain text */
    struct bytes bytes;       /* in the arena */
    const char *content_type;
    const char *file_name;    /* sent as an attachment when set */
};

struct session_start;

struct web {
    const struct app *app;
    const struct route *route;
    const struct http_request *request;
    struct http_response *response;
    struct arena *arena;
    struct work work; /* db, vault, actor …: what the rules take */
    struct actor actor;
    struct session *session; /* NULL: not signed in */
    int64_t ids[PARAM_COUNT];
    struct form_values form;
    const struct tr *tr;
    const char *csrf; /* for the forms of this page */
    bool autosave;    /* the script asks for JSON instead of a redirect */
    struct look look;
    const char *me_name, *me_initials; /* of the signed-in member of staff, for the bar */
    int me_colour;
    struct reply reply;
    uint64_t statements; /* asked of the database, for the log */
    uint64_t push_channel; /* its listeners are told after the commit (http_event_push); 0: nobody */
};

static inline struct group_id web_group(const struct web *web)
{
    return (struct group_id){web->ids[PARAM_GROUP]};
}
static inline struct pupil_id web_pupil(const struct web *web)
{
    return (struct pupil_id){web->ids[PARAM_PUPIL]};
}
static inline struct conversation_id web_conversation(const struct web *web)
{
    return (struct conversation_id){web->ids[PARAM_CONVERSATION]};
}
static inline struct staff_id web_staff(const struct web *web)
{
    return (struct staff_id){web->ids[PARAM_STAFF]};
}

/*
 * A page: `body` is a generated template html_x(struct html *, const void *view); title is a
 * translated text. Sets 422 by itself when the form has errors.
 */
enum status web_page(struct web *web, const char *title, html_body *body, const void *view);

/* 303 to a path of ours; printf into the arena. `%s` arguments must be ids or constants. */
enum status web_redirect(struct web *web, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * The page stays as it is, with a line on top about what could not be done (msgid), as status 409:
 * nothing is committed. After web_page.
 */
enum status web_problem(struct web *web, const char *message);

/* Autosave's answer: when, and which version now stands. */
enum status web_saved(struct web *web, int version);
/* Autosave: the field's message, translated (422). */
enum status web_refused(struct web *web, const char *text);
/*
 * Autosave: another text stands. Status 409 rolls back; 200 keeps what the handler wrote (where both
 * texts are kept).
 */
enum status web_conflict(struct web *web, int status, int version, const char *theirs);
/* The response is an event stream of `channel`, open until somebody hangs up. */
enum status web_stream(struct web *web, uint64_t channel);
/* A JSON text (already valid) with a status. */
enum status web_json(struct web *web, int status, const char *json);
/* For between the quotes of a JSON string: quotes, backslash and controls escaped; in the arena. */
const char *web_json_quoted(struct arena *arena, const char *text);
/* A file to look at or keep; `data` lives in the arena. */
enum status web_bytes(struct web *web, const char *content_type, const char *file_name,
                      struct bytes data);

/* "Printed by … on … at …", for the foot of a page on paper. */
const char *web_printed_by(struct web *web);

/*
 * For handlers that begin their own transaction (ROUTE_OWN_TRANSACTION): begin for writing, run, commit
 * when it answers OK and the reply is under 400. What PostgreSQL refuses to serialise is run
 * again, with the headers and reply of the lost try taken back.
 */
enum status web_write(struct web *web, enum status (*run)(struct web *web, void *context),
                      void *context);

/*
 * Before the n-th try of something that others of the school did at once: takes a place among those who
 * try again (db_leave_line() after the last try), and waits a moment; false after the last.
 */
bool web_try_again(struct web *web, int tries);

/* Adds a cookie: HttpOnly, SameSite=Lax, and Secure with the __Host- prefix over TLS. Age 0 deletes; -1: until the browser closes. */
void web_set_cookie(struct web *web, const char *name, const char *value, int64_t max_age_seconds);
const char *web_cookie(const struct web *web, const char *name);

/*
 * Signs somebody in, in the open WRITE transaction: ends the session the browser has, starts this
 * one and gives the browser its cookie. `start->browser` is filled in here.
 */
NODISCARD enum status web_begin_session(struct web *web, const struct session_start *start);

/* Translation of a constant / variable text in the reader's language. */
#define _(text) tr(web->tr, text)

#endif
