#include "web/app.h"

#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "db/db.h"
#include "db/relay.h"
#include "http/http.h"
#include "person/person.h"
#include "web/assets_web.h"
#include "web/look.h"
#include "web/respond.h"
#include "access/session.h"
#include "web/touch.h"
#include "web/web.h"
#include "web/writer.h"

/*
 * The life of a request: route → transaction for reading: session → CSRF and origin → right →
 * declared fields → (a POST: that one ends, one for writing begins) handler → commit only on OK →
 * render → headers → access log. ARCHITECTURE.md tells it in words.
 *
 * Only who came through all of that gets to the one place where SQLite lets writers wait for each
 * other: a stranger's POST cannot stand in it. What was found out on the way in holds for the
 * request; that a right was taken away in the same moment reads as the request having come first.
 */

#define VISITOR_COOKIE "weerklank_v"

struct worker {
    const struct app *app;
    struct db *db; /* NULL until the first request: a connection holds a quarter of a megabyte */
    struct random random;
};

enum status app_worker_open(void *app, unsigned number UNUSED, void **ret_worker)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return ERR_NOMEM;
    worker->app = app;
    worker->random = random_system();
    *ret_worker = worker;
    return OK;
}

void app_worker_close(void *context)
{
    struct worker *worker = context;
    if (worker && worker->db)
        db_close(worker->db);
    free(worker);
}

size_t app_body_limit(void *context, enum http_method method, const char *path)
{
    const struct app *app = context;
    int64_t ids[PARAM_COUNT];
    bool other;
    const struct route *route = route_find(app->routes, method, path, ids, &other);
    return route && (route->flags & ROUTE_UPLOAD) ? HTTP_UPLOAD_MAX : HTTP_BODY_MAX;
}

bool app_is_quick(void *context, enum http_method method, const char *path)
{
    const struct app *app = context;
    int64_t ids[PARAM_COUNT];
    bool other;
    if (method != HTTP_GET && method != HTTP_HEAD)
        return false;
    if (str_starts(path, "/a/"))
        return true;
    const struct route *route = route_find(app->routes, method, path, ids, &other);
    return str_starts(app->database, "sqlite:") &&
           (!route || !(route->flags & (ROUTE_OWN_TRANSACTION | ROUTE_SLOW)));
}

static enum actor_kind actor_of_session(enum session_kind kind)
{
    switch (kind) {
    case SESSION_STAFF:
        return ACTOR_STAFF;
    case SESSION_BADGE:
    case SESSION_PICTURE:
        return ACTOR_PUPIL;
    case SESSION_GUARDIAN:
        return ACTOR_GUARDIAN;
    case SESSION_EXTERNAL:
        return ACTOR_EXTERNAL;
    }
    return ACTOR_NOBODY;
}

/* Who is it? A session that does not lead to a person any more is no session. */
static enum status identify(struct web *web)
{
    const char *token = web_cookie(web, SESSION_COOKIE);
    if (!token)
        return OK;
    struct session *session = ARENA_NEW(web->arena, struct session);
    if (!session)
        return ERR_NOMEM;
    enum status st = session_find(web->work.db, web->arena, token, web->work.now_ms, session);
    if (st == ERR_NOT_FOUND)
        return OK;
    if (st != OK)
        return st;
    struct actor *actor = &web->actor;
    *actor = (struct actor){.kind = actor_of_session(session->kind),
                            .account = session->account,
                            .school = session->school,
                            .is_weak = session->kind == SESSION_PICTURE};
    if (actor_is_visitor(actor)) {
        st = actor_load_visitor(&web->work, actor, session->visit);
    } else if (session->kind != SESSION_STAFF) {
        actor->pupil = (struct pupil_id){session->person};
        st = actor_load_pupil(&web->work, actor);
    } else if (session->step == SESSION_FULL && session->school.v) {
        actor->staff = (struct staff_id){session->person};
        struct actor_self self = {.person = person_none()}; /* no page, no name on it */
        st = actor_load_staff(&web->work, actor, web->autosave ? NULL : &self);
        web->me_name = person_full(web->arena, &self.person);
        web->me_initials = person_letters(web->arena, &self.person);
        web->me_colour = self.colour;
    }
    if (st == OK) {
        web->session = session;
        if (!look_language_chosen(web))
            web->tr = web->app->tr[session->lang];
    } else if (st == ERR_NOT_FOUND) {
        *actor = (struct actor){0};
        st = OK;
    }
    return st;
}

/* The token all forms of this browser carry; a visitor without a session gets a cookie for it. */
static void prepare_csrf(struct web *web)
{
    char csrf[SESSION_TOKEN_TEXT];
    const char *token =
        web->session ? web_cookie(web, SESSION_COOKIE) : web_cookie(web, VISITOR_COOKIE);
    char fresh[SESSION_TOKEN_TEXT];
    if (!token || strlen(token) != SESSION_TOKEN_TEXT - 1) {
        session_new_token(web->work.random, fresh);
        web_set_cookie(web, VISITOR_COOKIE, fresh, -1);
        token = fresh;
    }
    session_csrf(web->work.vault, token, csrf);
    web->csrf = arena_strdup(web->arena, csrf);
}

/* A browser says where a POST comes from; when it does, it must be this very site. */
static bool origin_fits(const struct web *web)
{
    const char *site = http_header(web->request, "Sec-Fetch-Site");
    if (site && !str_equal(site, "same-origin") && !str_equal(site, "none"))
        return false;
    const char *origin = http_header(web->request, "Origin");
    if (!origin)
        return true;
    return str_equal(origin,
                     arena_printf(web->arena, "%s://%s", web->request->secure ? "https" : "http",
                                  web->request->host));
}

static bool is_genuine_post(struct web *web)
{
    if (!origin_fits(web))
        return false;
    return session_csrf_equal(form_raw(web->request, web->arena, "csrf"), web->csrf);
}

/* Nobody signed in: show the way in, and come back here after it. */
static enum status send_to_sign_in(struct web *web)
{
    if (web->autosave || web->request->method == HTTP_POST)
        return ERR_FORBIDDEN;
    if (str_equal(web->request->path, "/"))
        return web_redirect(web, "/aanmelden");
    if (str_starts(web->request->path, "/thuis"))
        return web_redirect(web, "/bezoek"); /* no account: the link is the way in */
    return web_redirect(web, "/aanmelden?naar=%s", web->request->path);
}

/* Half-way in: the only pages are the second factor's and leaving. */
static enum status gate(struct web *web, bool *ret_open)
{
    *ret_open = false;
    if (web->route->right == RIGHT_ANYONE || web->route->right == RIGHT_CLASS_DEVICE) {
        *ret_open = true;
        return OK;
    }
    if (!web->session)
        return send_to_sign_in(web);
    bool staff = web->session->kind == SESSION_STAFF;
    if (staff && web->session->step == SESSION_HALF &&
        !(web->route->flags & ROUTE_BEFORE_SECOND_FACTOR))
        return web_redirect(web, "/aanmelden/code");
    if (staff && web->session->step == SESSION_FULL && web->session->school.v == 0 &&
        !(web->route->flags & ROUTE_WITHOUT_SCHOOL))
        return web_redirect(web, "/aanmelden/school");
    if (!staff && str_equal(web->route->path, "/"))
        return web_redirect(web,
                            actor_is_visitor(&web->actor) ? "/thuis" : "/ik"); /* their start */
    struct target target = {
        .group = web_group(web), .pupil = web_pupil(web), .conversation = web_conversation(web)};
    enum status st = access_check(&web->work, web->route->right, target);
    *ret_open = st == OK;
    return st;
}

static enum status read_form(struct web *web)
{
    if (!web->route->form)
        return OK;
    if (web->route->method == HTTP_POST)
        return form_read(web->route->form, web->request, web->arena, &web->form);
    return form_read_query(web->route->form, web->request, web->arena, &web->form);
}

static bool writes(const struct web *web)
{
    return web->route->method == HTTP_POST && !(web->route->flags & ROUTE_OWN_TRANSACTION);
}

/* Reads too: what they saw may be from before a rotation of keys. */
static bool may_repeat(const struct web *web)
{
    return !(web->route->flags & ROUTE_OWN_TRANSACTION);
}

/* Who is it, does it come from our own page, may they, and what did they send. In a READ
 * transaction. */
static enum status admit(struct web *web, bool *ret_open)
{
    enum status st = identify(web);
    if (st == OK)
        prepare_csrf(web);
    if (st == OK && web->route->method == HTTP_POST && !is_genuine_post(web))
        st = ERR_FORBIDDEN;
    if (st == OK)
        st = gate(web, ret_open);
    return st == OK && *ret_open ? read_form(web) : st;
}

static enum status write_in_transaction(struct web *web)
{
    struct db *db = web->work.db;
    db_choose_line(db, web->actor.school.v);
    enum status st = db_begin(db, DB_WRITE);
    if (st == OK)
        st = web->route->run(web);
    if (arena_failed(web->arena)) /* some text may be "" that was not: keep nothing of it */
        st = ERR_NOMEM;
    if (st == OK && web->reply.status < 400)
        st = db_commit(db);
    db_rollback(db); /* nothing happens after a commit */
    if (st == ERR_LIMIT && db_was_full(db))
        st = ERR_IO; /* the disk is full: our trouble, not the size of what was sent */
    return st;
}

static enum status admit_in_transaction(struct web *web, bool *ret_open)
{
    struct db *db = web->work.db;
    enum status st = db_begin(db, DB_READ);
    if (st == OK)
        st = admit(web, ret_open);
    if (arena_failed(web->arena))
        st = ERR_NOMEM;
    db_rollback(db);
    return st;
}

/*
 * Through the one connection that writes. Who is not admitted yet is so in the same turn: what is
 * read for that is still at hand there, while each write empties what a worker's own connection
 * had read.
 */
static enum status run_by_writer(struct web *web, struct writer *writer, bool open)
{
    struct db *own = web->work.db;
    struct db *db = writer_take(writer);
    enum status st = OK;
    if (!db)
        return ERR_DB;
    web->work.db = db;
    uint64_t before = db_statements(db);
    if (!open)
        st = admit_in_transaction(web, &open);
    if (st == OK && open)
        st = write_in_transaction(web);
    web->statements += db_statements(db) - before;
    web->work.db = own;
    writer_give(writer);
    return st == OK && open && web->reply.status < 400 ? writer_flush(writer) : st;
}

/* A form made for the session that it comes with, as far as that is known without the database. */
static bool comes_from_session(struct web *web)
{
    char csrf[SESSION_TOKEN_TEXT];
    const char *token = web_cookie(web, SESSION_COOKIE);
    if (!token || strlen(token) != SESSION_TOKEN_TEXT - 1)
        return false;
    session_csrf(web->work.vault, token, csrf);
    return session_csrf_equal(form_raw(web->request, web->arena, "csrf"), csrf);
}

static enum status run_reading(struct web *web)
{
    struct db *db = web->work.db;
    bool open = false;
    enum status st = db_begin(db, DB_READ);
    if (st == OK)
        st = admit(web, &open);
    if (st == OK && open)
        st = web->route->run(web);
    if (arena_failed(web->arena))
        st = ERR_NOMEM;
    db_rollback(db);
    return st;
}

/* Nobody gets a turn, or the lock, without a token of ours. */
static enum status run_apart(struct web *web)
{
    struct writer *writer = web->app->writer;
    bool open = false;
    if (writer && writes(web) && comes_from_session(web))
        return run_by_writer(web, writer, false);
    enum status st = admit_in_transaction(web, &open);
    if (st != OK || !open)
        return st;
    if (writes(web))
        return writer ? run_by_writer(web, writer, true) : write_in_transaction(web);
    st = web->route->run(web);
    db_rollback(web->work.db);
    return st;
}

static enum status run_route(struct web *web)
{
    return web->route->method != HTTP_POST && may_repeat(web) ? run_reading(web) : run_apart(web);
}

static void tell_here(const struct app *app, uint64_t channel)
{
    struct http_server *server = app->server;
    if (server)
        http_event_push(server, channel, APP_EVENT_CHANGED, "");
}

void app_heard(void *app, uint64_t channel)
{
    tell_here(app, channel);
}

void app_missed(void *context)
{
    const struct app *app = context;
    struct http_server *server = app->server;
    if (server)
        http_event_push_all(server, APP_EVENT_CHANGED, "");
}

/* Others who look at the same thing are told once it is kept, and not before. */
static void push(struct web *web)
{
    if (!web->push_channel)
        return;
    tell_here(web->app, web->push_channel);
    relay_say(web->app->relay, web->push_channel);
}

static enum status run_request(struct web *web)
{
    uint64_t before = db_statements(web->work.db);
    enum status st = run_route(web);
    web->statements += db_statements(web->work.db) - before;
    if (st == ERR_LIMIT && db_was_full(web->work.db))
        st = ERR_IO;
    if (st == OK && web->reply.status < 400)
        push(web);
    return st;
}

/* Seen now: worth a write once a minute, which housekeeping does. */
static void touch_session(struct web *web)
{
    if (web->session && web->work.now_ms - web->session->seen_at >= SESSION_TOUCH_MS)
        touches_add(web->app->touches, web->session->id, web->work.now_ms);
}

static void prepare(struct web *web, struct worker *worker, const struct http_request *request,
                    struct http_response *response)
{
    int64_t now = clock_now(worker->app->clock);
    *web = (struct web){.app = worker->app,
                        .request = request,
                        .response = response,
                        .arena = request->arena,
                        .me_name = "",
                        .me_initials = "",
                        .csrf = ""};
    web->work = (struct work){.db = worker->db,
                              .arena = request->arena,
                              .vault = worker->app->vault,
                              .random = &worker->random,
                              .now_ms = now,
                              .today = date_of(now),
                              .actor = &web->actor,
                              .spool = worker->app->spool,
                              .request = request->id,
                              .shelf = worker->app->shelf};
    const char *requested = http_header(request, "X-Requested-With");
    web->autosave = requested && str_equal(requested, "autosave");
    web->tr = worker->app->tr[look_language(web)];
    web->look = look_of(web);
}

/* Whatever the lost try found out may have changed since. */
static void forget_try(struct web *web)
{
    web->session = NULL;
    web->actor = (struct actor){0};
    access_forget(&web->work);
    web->form = (struct form_values){0};
    web->push_channel = 0;
    web->reply = (struct reply){0};
}

static void handle(struct web *web)
{
    bool other_method = false;
    web->route = route_find(web->app->routes, web->request->method, web->request->path, web->ids,
                            &other_method);
    if (!web->route) {
        if (other_method) /* RFC 9110 15.5.6 */
            http_add_header(web->response, web->request, "Allow",
                            route_allows(web->app->routes, web->request->path));
        respond_code(web, other_method ? 405 : 404);
        return;
    }
    const struct http_response untouched = *web->response;
    for (int tries = 1;; tries++) {
        enum status st = run_request(web);
        if (st == ERR_CONFLICT && may_repeat(web) && web_try_again(web, tries)) {
            *web->response = untouched; /* headers of the lost try */
            forget_try(web);
            continue;
        }
        if (st != OK)
            respond_refusal(web, st);
        if (st == ERR_CORRUPT)
            log_event(LOG_ERROR, "corrupt", "request=%llu route=%s",
                      (unsigned long long)web->request->id, web->route->path);
        break;
    }
    db_leave_line(web->work.db);
    touch_session(web);
}

static const char *method_name(enum http_method method)
{
    static const char *const names[] = {
        [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST", [HTTP_OTHER] = "OTHER"};
    return names[method];
}

void app_handle(void *context, const struct http_request *request, struct http_response *response)
{
    struct worker *worker = context;
    if (assets_answer(request, response))
        return;
    struct web web;
    int64_t start = clock_ticks_us();
    enum status st = worker->db ? OK : db_open(worker->app->database, false, &worker->db);
    prepare(&web, worker, request, response);
    if (st == OK)
        handle(&web);
    else
        respond_refusal(
            &web, ERR_DB); /* also when its file is not found: the page is not what is missing */
    respond(&web);
    log_event(LOG_INFO, "request",
              "id=%llu method=%s route=%s status=%d us=%lld sql=%llu bytes=%zu",
              (unsigned long long)request->id, method_name(request->method),
              web.route ? web.route->path : "-", response->status,
              (long long)(clock_ticks_us() - start), (unsigned long long)web.statements,
              response->constant.data ? response->constant.len : response->body->len);
}
