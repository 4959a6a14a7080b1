#include "http/workers.h"

#include <assert.h>

#include "base/arena.h"
#include "base/clock.h"

enum status worker_new(const struct workers *shared, unsigned number, struct worker **ret_worker)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return ERR_NOMEM;
    worker->shared = shared;
    worker->arena = arena_new(shared->config->arena_cap);
    worker->page = pages_take(shared->pages);
    enum status st = worker->arena && worker->page ? OK : ERR_NOMEM;
    if (st == OK && shared->config->worker_open)
        st = shared->config->worker_open(shared->config->context, number, &worker->context);
    if (st != OK) {
        page_give(worker->page);
        arena_free(worker->arena);
        free(worker);
        return st;
    }
    *ret_worker = worker;
    return OK;
}

void worker_free(struct worker *worker)
{
    if (worker->shared->config->worker_close)
        worker->shared->config->worker_close(worker->context);
    page_give(worker->page);
    arena_free(worker->arena);
    free(worker);
}

void worker_run(struct worker *worker, struct http_exchange *exchange,
                struct http_response *response)
{
    const struct workers *shared = worker->shared;
    const struct http_state state = {.exchange = exchange};
    struct http_request request = {
        .id = exchange->id,
        .method = exchange->method,
        .path = exchange->target.path,
        .query = exchange->target.query,
        .body = {exchange->upload.data, exchange->upload.len},
        .state = &state,
        .arena = worker->arena,
    };
    exchange_origin(exchange, shared->proxies, &request);
    const char *type = http_header(&request, "Content-Type");
    request.content_type = type ? type : "";

    *response = (struct http_response){.status = 200, .body = &worker->page->buf};
    int64_t began = clock_ticks_us();
    shared->config->handle(worker->context, &request, response);
    stats_handled(shared->stats, clock_ticks_us() - began);
    assert(response->body == &worker->page->buf);
    upload_done(&exchange->upload);
}

void worker_reset(struct worker *worker)
{
    buf_reset(&worker->page->buf);
    arena_reset(worker->arena);
}

bool worker_failed(const struct worker *worker)
{
    return arena_failed(worker->arena);
}

struct page *worker_take_page(struct worker *worker)
{
    struct page *written = worker->page;
    struct page *fresh = pages_take(worker->shared->pages);
    if (!fresh)
        return NULL;
    worker->page = fresh;
    return written;
}

enum status quick_init(struct quick *quick, const struct workers *shared)
{
    *quick = (struct quick){.shared = shared};
    if (pthread_key_create(&quick->key, NULL) != 0)
        return ERR_NOMEM;
    pthread_mutex_init(&quick->lock, NULL);
    return OK;
}

void quick_done(struct quick *quick)
{
    if (!quick->shared)
        return;
    while (quick->first) {
        struct worker *worker = quick->first;
        quick->first = worker->next;
        worker_free(worker);
    }
    pthread_mutex_destroy(&quick->lock);
    pthread_key_delete(quick->key);
}

struct worker *quick_worker(struct quick *quick)
{
    struct worker *worker = pthread_getspecific(quick->key);
    if (worker)
        return worker;
    pthread_mutex_lock(&quick->lock);
    unsigned number = quick->shared->config->workers + quick->next_number++;
    pthread_mutex_unlock(&quick->lock);
    if (worker_new(quick->shared, number, &worker) != OK)
        return NULL;
    if (pthread_setspecific(quick->key, worker) != 0) {
        worker_free(worker);
        return NULL;
    }
    pthread_mutex_lock(&quick->lock);
    worker->next = quick->first;
    quick->first = worker;
    pthread_mutex_unlock(&quick->lock);
    return worker;
}
