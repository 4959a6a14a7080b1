#include "web/web.h"

#include <stdarg.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/random.h"
#include "db/db.h"
#include "http/http.h"
#include "web/app.h"
#include "access/access.h"
#include "access/session.h"

enum status web_page(struct web *web, const char *title, html_body *body, const void *view)
{
    bool wrong = web->form.form && web->form.sent && !form_valid(&web->form);
    web->reply.kind = REPLY_PAGE;
    web->reply.status = wrong ? 422 : 200;
    web->reply.page.title = title;
    web->reply.page.body = body;
    web->reply.page.view = view;
    web->reply.page.form = web->form.form ? &web->form : NULL;
    return OK;
}

enum status web_problem(struct web *web, const char *message)
{
    web->reply.status = 409;
    web->reply.page.problem = tr(web->tr, message);
    return OK;
}

const char *web_printed_by(struct web *web)
{
    struct local_time now = date_local(web->work.now_ms);
    return trf(web->tr, web->arena, "Printed by {0} on {1} at {2}", 3, web->me_name,
               tr_date_full(web->tr, web->arena, now.date), tr_time(web->tr, web->arena, now));
}

enum status web_redirect(struct web *web, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    web->reply.location = arena_vprintf(web->arena, format, args);
    va_end(args);
    web->reply.kind = REPLY_REDIRECT;
    web->reply.status = 303;
    return arena_failed(web->arena) ? ERR_NOMEM : OK;
}

enum status web_json(struct web *web, int status, const char *json)
{
    web->reply.kind = REPLY_JSON;
    web->reply.status = status;
    web->reply.text = json;
    return OK;
}

enum status web_saved(struct web *web, int version)
{
    struct local_time now = date_local(web->work.now_ms);
    return web_json(web, 200,
                    arena_printf(web->arena, "{\"saved_at\":\"%s\",\"version\":%d}",
                                 tr_time(web->tr, web->arena, now), version));
}

const char *web_json_quoted(struct arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) * 6 + 1);
    size_t used = 0;
    for (const char *p = text; out && *p; p++) {
        if (*p == '"' || *p == '\\' || (unsigned char)*p < ' ')
            used += (size_t)snprintf(out + used, 7, "\\u%04x", (unsigned char)*p);
        else
            out[used++] = *p;
    }
    return out ? out : "";
}

enum status web_refused(struct web *web, const char *text)
{
    return web_json(
        web, 422,
        arena_printf(web->arena, "{\"error\":\"%s\"}", web_json_quoted(web->arena, text)));
}

enum status web_conflict(struct web *web, int status, int version, const char *theirs)
{
    return web_json(web, status,
                    arena_printf(web->arena, "{\"conflict\":true,\"version\":%d,\"theirs\":\"%s\"}",
                                 version, web_json_quoted(web->arena, theirs)));
}

enum status web_stream(struct web *web, uint64_t channel)
{
    web->reply.kind = REPLY_STREAM;
    web->reply.status = 200;
    http_event_stream(web->response, web->request, channel);
    return OK;
}

enum status web_bytes(struct web *web, const char *content_type, const char *file_name,
                      struct bytes data)
{
    web->reply.kind = REPLY_BYTES;
    web->reply.status = 200;
    web->reply.content_type = content_type;
    web->reply.file_name = file_name;
    web->reply.bytes = data;
    return OK;
}

#define TRIES_MAX 12
/* Times the number of the try, and up to twice that: writers fall out of step. */
#define WAIT_MS 3

bool web_try_again(struct web *web, int tries)
{
    if (tries >= TRIES_MAX)
        return false;
    db_stand_in_line(web->work.db);
    uint32_t wait_us = (uint32_t)(WAIT_MS * 1000 * tries);
    usleep(wait_us + random_below(web->work.random, wait_us));
    return true;
}

enum status web_write(struct web *web, enum status (*run)(struct web *web, void *context),
                      void *context)
{
    struct db *db = web->work.db;
    const struct http_response response = *web->response;
    const struct reply reply = web->reply;
    db_choose_line(db, web->actor.school.v);
    for (int tries = 1;; tries++) {
        enum status st = db_begin(db, DB_WRITE);
        if (st == OK)
            st = run(web, context);
        if (arena_failed(web->arena)) /* some text may be "" that was not: keep nothing of it */
            st = ERR_NOMEM;
        bool keep = st == OK && web->reply.status < 400;
        if (keep)
            st = db_commit(db);
        db_rollback(db);
        if (st != ERR_CONFLICT || !web_try_again(web, tries)) {
            db_leave_line(db);
            return st;
        }
        *web->response = response;
        web->reply = reply;
        access_forget(&web->work);
    }
}

/* __Host-: bound to this host and TLS, cannot be set by a neighbour (RFC 6265bis 4.1.3). */
static const char *cookie_name(const struct web *web, const char *name)
{
    return web->request->secure ? arena_printf(web->arena, "__Host-%s", name) : name;
}

void web_set_cookie(struct web *web, const char *name, const char *value, int64_t max_age_seconds)
{
    const char *age = max_age_seconds < 0
                          ? ""
                          : arena_printf(web->arena, "; Max-Age=%lld", (long long)max_age_seconds);
    http_add_header(web->response, web->request, "Set-Cookie",
                    arena_printf(web->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
                                 cookie_name(web, name), value,
                                 web->request->secure ? "; Secure" : "", age));
}

enum status web_begin_session(struct web *web, const struct session_start *start)
{
    struct session_start whole = *start;
    char token[SESSION_TOKEN_TEXT];
    struct session_id id;
    whole.browser = browser_of(http_header(web->request, "User-Agent"));
    enum status st = web->session ? session_end(web->work.db, web->session->id) : OK;
    if (st == OK)
        st = session_start(web->work.db, web->work.random, web->work.now_ms, &whole, token, &id);
    if (st == OK)
        web_set_cookie(web, SESSION_COOKIE, token, -1);
    return st;
}

const char *web_cookie(const struct web *web, const char *name)
{
    return http_cookie(web->request, cookie_name(web, name));
}
