#include "web/respond.h"

#include "base/arena.h"
#include "base/buf.h"
#include "gen/layout_html.h"
#include "html/html.h"
#include "http/http.h"
#include "web/device.h"
#include "web/nav.h"
#include "web/notice.h"
#include "web/web.h"

static const struct http_field always[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
     "media-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
     "base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(self), microphone=(self), geolocation=()"},
};

/* What people read when something cannot be shown. `say` is a msgid. */
struct refusal {
    int code;
    const char *title, *say;
};

static const struct refusal refusals[] = {
    {400, N_("This request is not right"),
     N_("Something in this address or form was not as it should be. Go back and try again.")},
    {403, N_("This is not possible"),
     N_("This page was open too long or was sent from elsewhere. Go back, reload and try again.")},
    {404, N_("This page does not exist"),
     N_("Maybe the address is wrong, or it is not yours to see.")},
    {405, N_("This is not possible here"), N_("This page does not do that.")},
    {409, N_("Somebody else was just busy with this"), N_("Go back, reload and try again.")},
    {413, N_("This is too large"), N_("Choose a smaller file or a shorter text.")},
    {429, N_("Too often in a short time"), N_("Wait a few minutes and try again.")},
    {500, N_("Something went wrong with us"),
     N_("Nothing was changed. Try again; tell your administrator the number below if it stays.")},
    {503, N_("It does not work for a moment"),
     N_("Nothing was changed. What you typed is still in your screen: go back and try again in a minute.")},
};

static const struct refusal *refusal_of(int code)
{
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
        if (refusals[i].code == code)
            return &refusals[i];
    return &refusals[2];
}

static int code_of(enum status status)
{
    switch (status) {
    case ERR_INVALID: return 400;
    case ERR_NOT_FOUND:
    case ERR_ERASED: return 404;
    case ERR_FORBIDDEN: return 403;
    case ERR_CONFLICT: return 409;
    case ERR_LIMIT: return 413;
    case ERR_DB:
    case ERR_IO:
    case ERR_NOMEM: return 503;
    case ERR_CORRUPT:
    case OK: break;
    }
    return 500;
}

void respond_code(struct web *web, int code)
{
    const struct refusal *refusal = refusal_of(code);
    struct refusal_view *view = ARENA_NEW(web->arena, struct refusal_view);
    if (!view || web->autosave) {
        web->reply = (struct reply){.kind = REPLY_JSON, .status = code, .text = "{\"error\":true}"};
        return;
    }
    view->title = tr(web->tr, refusal->title);
    view->say = tr(web->tr, refusal->say);
    view->request = arena_printf(web->arena, "%llu", (unsigned long long)web->request->id);
    view->is_fault = code >= 500;
    web->reply = (struct reply){.kind = REPLY_PAGE, .status = code};
    web->reply.page.frame = web->session ? FRAME_STAFF : FRAME_PLAIN;
    web->reply.page.title = view->title;
    web->reply.page.body = html_refusal_page;
    if (web->actor.kind == ACTOR_PUPIL) {
        web->reply.page.frame = FRAME_KID;
        web->reply.page.body_class = "kid";
        web->reply.page.body = html_kid_refusal_page;
    }
    web->reply.page.view = view;
}

void respond_refusal(struct web *web, enum status status)
{
    respond_code(web, code_of(status));
}

static void render_page(struct web *web)
{
    struct page *page = &web->reply.page;
    page->look = web->look;
    if (!page->notice && !page->problem && web->reply.status == 200)
        page->notice = notice_of(web);
    page->csrf = web->csrf;
    page->device_key = device_key(web);
    page->path = web->request->path;
    page->me_name = web->me_name;
    page->me_initials = web->me_initials;
    page->me_colour = web->me_colour;
    page->signed_in = web->session != NULL;
    page->has_hand = web->session && web->actor.kind == ACTOR_PUPIL;
    nav_items(web, page);
    struct html h = {.out = web->response->body,
                     .arena = web->arena,
                     .tr = web->tr,
                     .today = web->work.today,
                     .page = page};
    html_layout(&h, page);
}

static void add_headers(struct web *web)
{
    for (size_t i = 0; i < ARRAY_LEN(always); i++)
        http_add_header(web->response, web->request, always[i].name, always[i].value);
    if (web->request->secure)
        http_add_header(web->response, web->request, "Strict-Transport-Security",
                        "max-age=31536000; includeSubDomains");
    if (!web->route || !(web->route->flags & ROUTE_CACHE))
        http_add_header(web->response, web->request, "Cache-Control", "no-store");
    if (web->reply.status == 503)
        http_add_header(web->response, web->request, "Retry-After", "5");
    if (web->reply.kind == REPLY_REDIRECT)
        http_add_header(web->response, web->request, "Location", web->reply.location);
    if (web->reply.file_name)
        http_add_header(web->response, web->request, "Content-Disposition",
                        arena_printf(web->arena, "attachment; filename=\"%s\"",
                                     web->reply.file_name));
}

void respond(struct web *web)
{
    struct http_response *response = web->response;
    if (web->reply.kind == REPLY_NONE)
        respond_code(web, 500);
    response->content_type = "text/html; charset=utf-8";
    switch (web->reply.kind) {
    case REPLY_PAGE:
        render_page(web);
        break;
    case REPLY_JSON:
        response->content_type = "application/json";
        buf_add_str(response->body, web->reply.text);
        break;
    case REPLY_TEXT:
        response->content_type = web->reply.content_type;
        buf_add_str(response->body, web->reply.text);
        break;
    case REPLY_BYTES:
        response->content_type = web->reply.content_type;
        buf_add(response->body, web->reply.bytes.data, web->reply.bytes.len);
        break;
    case REPLY_STREAM:
        response->content_type = "text/event-stream";
        break;
    case REPLY_REDIRECT:
    case REPLY_NONE:
        break;
    }
    if (buf_failed(response->body) || arena_failed(web->arena)) {
        /* Out of memory while drawing: say so in a line that needs none. */
        buf_reset(response->body);
        buf_add_str(response->body, "Even geen ruimte. Probeer het opnieuw.\n");
        response->content_type = "text/plain; charset=utf-8";
        web->reply.status = 503;
    }
    response->status = web->reply.status;
    add_headers(web);
}
