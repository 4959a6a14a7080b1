#include "conversation/calendar_web.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "conversation/calendar.h"
#include "gen/calendar_html.h"
#include "http/http.h"
#include "signin/limits.h"
#include "web/app.h"
#include "web/web.h"

#define FEED "/agenda/"
#define SUFFIX ".ics"

static enum status show(struct web *web, const char *link)
{
    struct calendar_view *view = ARENA_NEW(web->arena, struct calendar_view);
    int64_t made_at = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = calendar_since(&web->work, &made_at);
    if (st != OK)
        return st;
    view->link = link;
    view->since = made_at ? tr_date_full(web->tr, web->arena, date_of(made_at)) : NULL;
    web->reply.page.nav = NAV_ACCOUNT;
    return web_page(web, _("My calendar"), html_calendar_page, view);
}

static enum status page(struct web *web)
{
    return show(web, NULL);
}

/* No redirect: the link exists only in this answer. */
static enum status make(struct web *web)
{
    char token[SESSION_TOKEN_TEXT];
    enum status st = calendar_make(&web->work, token);
    if (st != OK)
        return st;
    return show(web, arena_printf(web->arena, "%s://%s" FEED "%s" SUFFIX,
                                  web->request->secure ? "https" : "http", web->request->host,
                                  token));
}

static enum status revoke(struct web *web)
{
    enum status st = calendar_revoke(&web->work);
    return st == OK ? web_redirect(web, "/account/agenda?ok=weggehaald") : st;
}

/* --- for the program that subscribes ------------------------------------------------------------- */

/* "TOKEN" of "/agenda/TOKEN.ics", or NULL. */
static const char *token_of(struct web *web)
{
    const char *name = web->request->path + strlen(FEED);
    size_t len = strlen(name);
    if (len != SESSION_TOKEN_TEXT - 1 + strlen(SUFFIX) || !str_ends(name, SUFFIX))
        return NULL;
    return arena_strndup(web->arena, name, SESSION_TOKEN_TEXT - 1);
}

static enum status write_feed(struct web *web, const char *token)
{
    struct buf text;
    buf_init(&text, CALENDAR_MAX_BYTES);
    enum status st = calendar_write(&web->work, web->tr, token, &text);
    const char *copy = st == OK ? arena_strndup(web->arena, text.data, text.len) : NULL;
    size_t len = text.len;
    buf_free(&text);
    if (st != OK)
        return st;
    if (!copy)
        return ERR_NOMEM;
    return web_bytes(web, "text/calendar; charset=utf-8", NULL,
                     (struct bytes){(const uint8_t *)copy, len});
}

static enum status feed(struct web *web)
{
    struct limit_address address = limit_address(web->request->peer);
    struct limit_try attempt = {.kind = LIMIT_CALENDAR, .account = "", .address = address.s};
    int64_t wait_ms = 0;
    enum limit_scope scope;
    const char *token = token_of(web);
    enum status st = limit_begin(web->app->limiter, &attempt, web->work.now_ms, &wait_ms, &scope);
    if (st == ERR_LIMIT) {
        st = web_bytes(web, "text/plain; charset=utf-8", NULL, (struct bytes){0});
        web->reply.status = 429;
        return st;
    }
    if (st == OK)
        st = token ? write_feed(web, token) : ERR_NOT_FOUND;
    if (st == OK)
        limit_succeeded(web->app->limiter, &attempt, web->work.now_ms);
    return st;
}

const struct route calendar_routes[] = {
    {HTTP_GET, "/account/agenda", .right = RIGHT_STAFF, .run = page},
    {HTTP_POST, "/account/agenda", .right = RIGHT_STAFF, .run = make},
    {HTTP_POST, "/account/agenda/weg", .right = RIGHT_STAFF, .run = revoke},
    {HTTP_GET, "/agenda/*", .right = RIGHT_ANYONE, .run = feed},
    {0},
};
