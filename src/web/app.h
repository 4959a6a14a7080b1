/*
 * app: what is made once at the start and shared, read-only, by all workers. Filled by main.
 */
#ifndef WEB_APP_H
#define WEB_APP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "i18n/tr.h"
#include "web/route.h"

struct audit_spool;
struct http_server;
struct method_shelf;
struct paper_press;
struct password_gate;
struct ratelimit;
struct touches;
struct vault;
struct writer;

struct app {
    const char *database; /* for db_open in each worker */
    struct vault *vault;
    struct audit_spool *spool;
    struct tr *tr[LANG_COUNT];
    struct clock clock;
    const struct route *const *routes;
    struct password_gate *gate;
    struct ratelimit *limiter;
    struct touches *touches;
    struct writer *writer; /* NULL: every worker writes through its own connection */
    struct method_shelf *shelf;
    /* Set once it listens; NULL before, and in tests. For pushing events only. */
    struct http_server *_Atomic server;
    struct paper_press *press; /* for PDF pages */
    const char *state_directory;
    bool demo; /* the sign-in page shows the demo accounts */
};

/*
 * A worker thread's own: connection (opened at its first request; 503 while that fails), random
 * source. http.h's worker_open/close/handle/body_limit.
 */
enum status app_worker_open(void *app, unsigned number, void **ret_worker);
void app_worker_close(void *worker);
size_t app_body_limit(void *app, enum http_method method, const char *path);
/*
 * A read that only waits for SQLite is answered on the spot; all that may wait for a lock, a hash
 * or another machine goes through the queue.
 */
bool app_is_quick(void *app, enum http_method method, const char *path);
void app_handle(void *worker, const struct http_request *request, struct http_response *response);

#endif
