#include "http/send.h"

#include <microhttpd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/log.h"
#include "http/exchange.h"
#include "http/server.h"

#define STREAM_BLOCK 512 /* only used towards HTTP/1.0 clients; chunks have their own buffer */
#define RETRY_AFTER "2"

static void page_free_callback(void *page)
{
    page_give(page);
}

static ssize_t stream_callback(void *context, uint64_t position UNUSED, char *to, size_t max)
{
    ptrdiff_t taken = streams_read(context, to, max, clock_ticks_us());
    if (taken == STREAM_END)
        return MHD_CONTENT_READER_END_OF_STREAM;
    return taken == STREAM_ASLEEP ? 0 : taken;
}

static void stream_free_callback(void *stream)
{
    streams_close(stream);
}

static void add_header(struct MHD_Response *made, const char *name, const char *value)
{
    if (!parse_field_valid(name, value) || MHD_add_response_header(made, name, value) != MHD_YES)
        log_event(LOG_ERROR, "http_header_refused", "reason=not_allowed");
}

static struct MHD_Response *constant_response(struct bytes bytes)
{
    /* The library's interface lacks the const; it does not write. */
    return MHD_create_response_from_buffer(bytes.len, (void *)(uintptr_t)bytes.data,
                                           MHD_RESPMEM_PERSISTENT);
}

void send_refusal(struct http_exchange *exchange, int status, bool close)
{
    struct http_server *server = exchange->server;
    struct bytes page = {0};
    if (server->config.refusal_page)
        page = server->config.refusal_page(server->config.context, status);
    const char *type = "text/html; charset=utf-8";
    if (!page.data) {
        const char *reason = MHD_get_reason_phrase_for((unsigned)status);
        page = (struct bytes){(const uint8_t *)reason, strlen(reason)};
        type = "text/plain; charset=utf-8";
    }
    struct MHD_Response *made = constant_response(page);
    exchange->response = made;
    exchange->status = status;
    exchange->bytes = page.len;
    if (!made)
        return;
    add_header(made, "Content-Type", type);
    add_header(made, "Cache-Control", "no-store");
    add_header(made, "X-Content-Type-Options", "nosniff");
    if (status == 503)
        add_header(made, "Retry-After", RETRY_AFTER);
    if (close || server_phase(server) != SERVING)
        add_header(made, "Connection", "close");
}

static struct MHD_Response *stream_response(struct http_exchange *exchange,
                                            const struct http_response *response)
{
    struct stream *stream = exchange->stream;
    stream_begin_with(stream, response->body->data, response->body->len);
    struct MHD_Response *made = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, STREAM_BLOCK, stream_callback, stream, stream_free_callback);
    if (!made)
        streams_close(stream);
    exchange->streaming = made != NULL;
    exchange->stream = NULL; /* it is the response's from here on, or gone */
    if (made) {
        add_header(made, "Content-Type", "text/event-stream");
        add_header(made, "Cache-Control", "no-store");
        add_header(made, "X-Accel-Buffering", "no"); /* nginx: pass events on at once */
    }
    return made;
}

/* The written page travels with the answer and comes back when that is sent. */
static struct MHD_Response *page_response(struct worker *worker)
{
    struct page *page = worker_take_page(worker);
    if (!page)
        return NULL;
    struct MHD_Response *made = MHD_create_response_from_buffer_with_free_callback_cls(
        page->buf.len, page->buf.data, page_free_callback, page);
    if (!made)
        page_give(page);
    return made;
}

static struct MHD_Response *made_of(struct worker *worker, struct http_exchange *exchange,
                                    const struct http_response *response)
{
    if (exchange->stream)
        return stream_response(exchange, response);
    struct bytes constant = response->constant;
    exchange->bytes = constant.data ? constant.len : response->body->len;
    if (constant.data)
        return constant_response(constant);
    if (response->body->len)
        return page_response(worker);
    return constant_response((struct bytes){(const uint8_t *)"", 0});
}

/* Turns what the handler filled in into the exchange's answer. */
static void answer(struct worker *worker, struct http_exchange *exchange,
                   const struct http_response *response)
{
    if (worker_failed(worker) || exchange->stream_failed) {
        send_refusal(exchange, 503, false);
        return;
    }
    if (buf_failed(response->body) || response->status < 200 || response->status > 599) {
        log_event(LOG_ERROR, "http_response_refused", "request=%llu status=%d too_large=%d",
                  (unsigned long long)exchange->id, response->status, buf_failed(response->body));
        send_refusal(exchange, 500, false);
        return;
    }
    exchange->status = response->status;
    struct MHD_Response *made = made_of(worker, exchange, response);
    exchange->response = made;
    if (!made)
        return;
    if (response->content_type && !exchange->streaming)
        add_header(made, "Content-Type", response->content_type);
    for (size_t i = 0; i < response->field_count; i++)
        add_header(made, response->fields[i].name, response->fields[i].value);
    if (response->close || server_phase(exchange->server) != SERVING)
        add_header(made, "Connection", "close");
}

void send_run(struct worker *worker, struct http_exchange *exchange)
{
    struct http_response response;
    worker_run(worker, exchange, &response);
    answer(worker, exchange, &response);
    worker_reset(worker);
}

bool send_answer(struct http_exchange *exchange)
{
    struct http_server *server = exchange->server;
    struct MHD_Response *made = exchange->response;
    if (!made)
        return false; /* no memory even for a refusal: hang up */
    conn_until(exchange->conn, exchange->streaming ? CONN_NEVER
                                                   : server_allowed_until(server, clock_ticks_us(),
                                                                          exchange->bytes));
    bool bodiless =
        exchange->method == HTTP_HEAD || exchange->status == 204 || exchange->status == 304;
    stats_answered(&server->stats, exchange->status, bodiless ? 0 : exchange->bytes);
    enum MHD_Result queued =
        MHD_queue_response(exchange->connection, (unsigned)exchange->status, made);
    MHD_destroy_response(made);
    exchange->response = NULL;
    return queued == MHD_YES;
}
