/*
 * workers: what a thread needs to run handlers (its arena, its page, the application's context),
 * and running one. Knows requests and responses; not the library that carries them.
 */
#ifndef HTTP_WORKERS_H
#define HTTP_WORKERS_H

#include <pthread.h>
#include <stdbool.h>

#include "http/exchange.h"
#include "http/http.h"
#include "http/memory.h"
#include "http/proxy.h"
#include "http/stats.h"

/* What all workers of a server share. */
struct workers {
    const struct http_config *config;
    const struct proxy_list *proxies;
    struct pages *pages;
    struct stats *stats;
};

struct worker {
    struct worker *next;
    const struct workers *shared;
    void *context; /* what worker_open made */
    struct arena *arena;
    struct page *page;
};

/* ERR_NOMEM, or what worker_open answers. */
NODISCARD enum status worker_new(const struct workers *shared, unsigned number,
                                 struct worker **ret_worker);
void worker_free(struct worker *worker);

/*
 * Runs the handler. *response is valid until worker_reset(). The body of the request is freed
 * already: large uploads do not wait for slow readers of answers.
 */
void worker_run(struct worker *worker, struct http_exchange *exchange,
                struct http_response *response);
void worker_reset(struct worker *worker);

/* True when memory ran out while the handler ran, so that its answer may have holes. */
bool worker_failed(const struct worker *worker);

/*
 * The page that was written, to go out with the answer; the worker takes a fresh one. NULL when
 * there is none.
 */
struct page *worker_take_page(struct worker *worker);

/* Workers of threads that are not ours, one per thread, made at first use. */
struct quick {
    const struct workers *shared;
    pthread_key_t key;
    pthread_mutex_t lock;
    struct worker *first;
    unsigned next_number;
};

NODISCARD enum status quick_init(struct quick *quick, const struct workers *shared);

/* Frees all; their threads must have ended. */
void quick_done(struct quick *quick);

/* The calling thread's worker; NULL when it cannot be had. */
struct worker *quick_worker(struct quick *quick);

#endif
