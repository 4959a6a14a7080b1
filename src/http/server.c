#include "http/http.h"

#include <assert.h>
#include <microhttpd.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/log.h"
#include "base/random.h"
#include "http/conns.h"
#include "http/door.h"
#include "http/exchange.h"
#include "http/memory.h"
#include "http/proxy.h"
#include "http/stats.h"
#include "http/streams.h"
#include "http/threads.h"
#include "http/workers.h"

/*
 * Per connection, for headers, cookies and the head of the answer. It is zeroed between requests,
 * so all of it becomes resident: a thousand idle streams cost a thousand times this.
 */
#define CONNECTION_MEMORY ((size_t)24 * 1024)
#define STREAM_BLOCK 512      /* only used towards HTTP/1.0 clients; chunks have their own buffer */
#define BYTES_PER_SECOND 8192 /* slower bodies and answers are cut, after idle_seconds of grace */
#define HEADERS_SECONDS_MAX 10 /* for headers to arrive, beyond the time to begin with them */
#define STOP_POLL_US 5000
#define STOP_FLUSH_US 1000000 /* for answers given at the very end of the grace */
#define WORKERS_LEAST 4
#define RETRY_AFTER "2"
#define US_SECOND INT64_C(1000000)

/* libmicrohttpd 0.9.75 answers twice when it is strict; what it lacks then is judged in begin(). */
#define STRICT_SINCE 0x01000000

static const char tls_priorities[] =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE";

enum phase { SERVING, STOPPING, OUT_OF_GRACE };

struct http_server {
    struct http_config config;
    struct MHD_Daemon *daemon;
    struct door *door;
    struct threads *threads;
    struct conns conns;
    struct streams streams;
    struct pages pages;
    struct budget bodies;
    struct stats stats;
    struct proxy_list proxies;
    int64_t idle_us;
    int64_t headers_us;  /* from connecting, or the last answer, until the headers are in */
    atomic_bool running; /* the library has started */
    _Atomic enum phase phase;
    atomic_int entering;      /* connections given to the library, not yet seen in conns */
    _Atomic size_t exchanges; /* requests between first line and end of answer */
    _Atomic uint64_t next_id;
    struct workers workers;
    struct quick quick; /* the workers of the library's own threads */
};

static enum phase phase_of(struct http_server *server)
{
    return atomic_load_explicit(&server->phase, memory_order_relaxed);
}

/* Until when `bytes` may take that started to flow at `since_us`. */
static int64_t allowed_until(const struct http_server *server, int64_t since_us, uint64_t bytes)
{
    return since_us + server->idle_us + (int64_t)(bytes / BYTES_PER_SECOND) * US_SECOND;
}

/* ---- answers ---- */

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

/* Makes the answer of a request that no handler sees, or whose handler failed. */
static void refuse(struct http_exchange *exchange, int status, bool close)
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
    if (close || phase_of(server) != SERVING)
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
        refuse(exchange, 503, false);
        return;
    }
    if (buf_failed(response->body) || response->status < 200 || response->status > 599) {
        log_event(LOG_ERROR, "http_response_refused", "request=%llu status=%d too_large=%d",
                  (unsigned long long)exchange->id, response->status, buf_failed(response->body));
        refuse(exchange, 500, false);
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
    if (response->close || phase_of(exchange->server) != SERVING)
        add_header(made, "Connection", "close");
}

/* Gives the answer to the library. In the connection's thread. */
static enum MHD_Result send_answer(struct http_exchange *exchange)
{
    struct http_server *server = exchange->server;
    struct MHD_Response *made = exchange->response;
    if (!made)
        return MHD_NO; /* no memory even for a refusal: hang up */
    conn_until(exchange->conn, exchange->streaming
                                   ? CONN_NEVER
                                   : allowed_until(server, clock_ticks_us(), exchange->bytes));
    bool bodiless =
        exchange->method == HTTP_HEAD || exchange->status == 204 || exchange->status == 304;
    stats_answered(&server->stats, exchange->status, bodiless ? 0 : exchange->bytes);
    enum MHD_Result queued =
        MHD_queue_response(exchange->connection, (unsigned)exchange->status, made);
    MHD_destroy_response(made);
    exchange->response = NULL;
    return queued;
}

/* ---- running a request ---- */

static void run(struct worker *worker, struct http_exchange *exchange)
{
    struct http_response response;
    worker_run(worker, exchange, &response);
    answer(worker, exchange, &response);
    worker_reset(worker);
}

static void run_task(void *context, struct task *task)
{
    struct http_exchange *exchange = (struct http_exchange *)task;
    if (phase_of(exchange->server) == OUT_OF_GRACE)
        refuse(exchange, 503, true);
    else
        run(context, exchange);
    /* From here on the connection's thread may free the exchange. */
    MHD_resume_connection(exchange->connection);
}

static enum status open_hook(void *context, unsigned number, void **ret_worker)
{
    struct http_server *server = context;
    struct worker *worker = NULL;
    enum status st = worker_new(&server->workers, number, &worker);
    if (st == OK)
        *ret_worker = worker;
    return st;
}

static void close_hook(void *worker)
{
    worker_free(worker);
}

/* ---- reading a request ---- */

static struct conn *conn_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* The library would decode in place; parse_target() does it, and refuses what it must. */
static size_t leave_encoded(void *context UNUSED, struct MHD_Connection *connection UNUSED,
                            char *text)
{
    return strlen(text);
}

/* The first line of a request is in. What it returns comes back as *state in on_request(). */
static void *on_line(void *context, const char *target, struct MHD_Connection *connection)
{
    struct http_server *server = context;
    size_t len = target ? strlen(target) : 0;
    size_t kept = len > HTTP_TARGET_MAX ? 0 : len;
    struct http_exchange *exchange = malloc(sizeof *exchange + kept + 1);
    if (!exchange)
        return NULL;
    *exchange = (struct http_exchange){
        .server = server,
        .connection = connection,
        .conn = conn_of(connection),
        .id = atomic_fetch_add_explicit(&server->next_id, 1, memory_order_relaxed) & INT64_MAX,
        .secure = server->config.tls_certificate != NULL,
        .host = "",
        .line = (uintptr_t)target,
        .line_len = len,
    };
    if (kept)
        memcpy(exchange->text, target, kept);
    exchange->text[kept] = '\0';
    exchange->refusal =
        len > HTTP_TARGET_MAX ? 414 : parse_target(exchange->text, &exchange->target);
    atomic_fetch_add(&server->exchanges, 1);
    return exchange;
}

static void on_completed(void *context, struct MHD_Connection *connection UNUSED, void **state,
                         enum MHD_RequestTerminationCode why UNUSED)
{
    struct http_server *server = context;
    struct http_exchange *exchange = *state;
    if (!exchange)
        return;
    if (exchange->conn)
        conn_until(exchange->conn, clock_ticks_us() + server->headers_us);
    if (exchange->response)
        MHD_destroy_response(exchange->response);
    streams_close(exchange->stream);
    upload_done(&exchange->upload);
    free(exchange);
    *state = NULL;
    atomic_fetch_sub(&server->exchanges, 1);
}

/*
 * A continued line ("folded", obsolete since 2014) is a way to say something else to a proxy than
 * to us. libmicrohttpd before 1.0 glues it to the name and moves that behind the value; nothing
 * else does.
 */
static bool was_folded(const char *name, const char *value)
{
    return MHD_VERSION < STRICT_SINCE && (uintptr_t)value < (uintptr_t)name;
}

static enum MHD_Result add_to_framing(void *context, enum MHD_ValueKind kind UNUSED,
                                      const char *name, const char *value)
{
    struct parse_framing *framing = context;
    parse_framing_field(framing, name, value ? value : "");
    if (value && was_folded(name, value))
        framing->bad_name = true;
    return MHD_YES;
}

static enum http_method method_of(const char *method)
{
    static const struct {
        const char *name;
        enum http_method method;
    } known[] = {{"GET", HTTP_GET}, {"HEAD", HTTP_HEAD}, {"POST", HTTP_POST}};
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(known[i].name, method) == 0)
            return known[i].method;
    return HTTP_OTHER;
}

/*
 * libmicrohttpd before 1.0 takes a NUL in the target for its end. The version stands behind the
 * target, so a target that seems shorter than the place it takes was cut. (1.0 refuses it itself.)
 */
static bool line_was_cut(const struct http_exchange *exchange, const char *version)
{
    return MHD_VERSION < STRICT_SINCE &&
           (uintptr_t)version != exchange->line + exchange->line_len + 1;
}

static bool headers_too_large(struct http_exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info && info->header_size > HTTP_HEADERS_MAX + exchange->line_len;
}

/* All that can be refused before the body: 0, or the status. */
static int judge(struct http_exchange *exchange, const char *version)
{
    struct http_server *server = exchange->server;
    if (exchange->refusal)
        return exchange->refusal;
    if (line_was_cut(exchange, version))
        return 400;
    if (headers_too_large(exchange))
        return 431;
    struct parse_framing framing = {0};
    (void)MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, add_to_framing,
                                    &framing);
    int refusal = parse_framing_verdict(&framing, strcmp(version, "HTTP/1.0") != 0);
    if (refusal)
        return refusal;
    if (exchange->target.authority)
        exchange->host = exchange->target.authority;
    else if (framing.host)
        exchange->host = framing.host;
    if (!framing.chunked && framing.length == 0)
        return 0;
    size_t limit = HTTP_BODY_MAX;
    if (server->config.body_limit)
        limit = server->config.body_limit(server->config.context, exchange->method,
                                          exchange->target.path);
    return upload_begin(&exchange->upload, &server->bodies,
                        framing.chunked ? UPLOAD_UNKNOWN : framing.length, limit);
}

/* The headers are in. An answer given here makes the library close: no body will be read. */
static enum MHD_Result begin(struct http_exchange *exchange, const char *method,
                             const char *version)
{
    struct http_server *server = exchange->server;
    exchange->begun = true;
    exchange->method = method_of(method);
    stats_add(&server->stats.requests, 1);
    exchange->upload_since_us = clock_ticks_us();
    conn_until(exchange->conn, allowed_until(server, exchange->upload_since_us, 0));
    int refusal = judge(exchange, version);
    if (!refusal)
        return MHD_YES;
    stats_add(&server->stats.refused, 1);
    refuse(exchange, refusal, true);
    return send_answer(exchange);
}

static enum MHD_Result receive(struct http_exchange *exchange, const char *data, size_t *len)
{
    bool more = upload_add(&exchange->upload, data, *len);
    *len = 0;
    size_t received = exchange->upload.len + exchange->upload.drained;
    conn_until(exchange->conn,
               allowed_until(exchange->server, exchange->upload_since_us, received));
    return more ? MHD_YES : MHD_NO;
}

/* The request is complete. */
static enum MHD_Result complete(struct http_exchange *exchange)
{
    struct http_server *server = exchange->server;
    if (exchange->upload.refusal) {
        stats_add(&server->stats.refused, 1);
        refuse(exchange, exchange->upload.refusal, true);
        return send_answer(exchange);
    }
    conn_until(exchange->conn, CONN_NEVER);
    if (server->config.is_quick &&
        server->config.is_quick(server->config.context, exchange->method, exchange->target.path)) {
        struct worker *worker = quick_worker(&server->quick);
        if (worker) {
            run(worker, exchange);
            return send_answer(exchange);
        }
    }
    /* First asleep, then into the queue: a worker may wake it before we have left this function. */
    MHD_suspend_connection(exchange->connection);
    if (!threads_push(server->threads, &exchange->task)) {
        stats_add(&server->stats.refused, 1);
        refuse(exchange, 503, false);
        MHD_resume_connection(exchange->connection);
    }
    return MHD_YES;
}

static enum MHD_Result on_request(void *context UNUSED, struct MHD_Connection *connection UNUSED,
                                  const char *url UNUSED, const char *method, const char *version,
                                  const char *data, size_t *len, void **state)
{
    struct http_exchange *exchange = *state;
    if (!exchange || !exchange->conn)
        return MHD_NO; /* memory was out: hang up */
    if (!exchange->begun)
        return begin(exchange, method, version);
    if (*len)
        return receive(exchange, data, len);
    if (exchange->status)
        return send_answer(exchange);
    return complete(exchange);
}

/* ---- connections ---- */

static void on_connection(void *context, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode what)
{
    struct http_server *server = context;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        conns_remove(&server->conns, *state);
        *state = NULL;
        return;
    }
    /* One answer at a time: libmicrohttpd 1.0 writes the next one over it. */
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    int fd = info ? info->connect_fd : -1;
    info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (fd >= 0 && info)
        *state = conns_add(&server->conns, fd, proxy_address_of(info->client_addr),
                           clock_ticks_us() + server->headers_us);
    atomic_fetch_sub(&server->entering, 1);
}

static void enter_hook(void *context, int fd, const struct sockaddr *address, socklen_t len)
{
    struct http_server *server = context;
    atomic_fetch_add(&server->entering, 1);
    if (MHD_add_connection(server->daemon, fd, address, len) != MHD_YES)
        atomic_fetch_sub(&server->entering, 1); /* it closed fd; too many from one address */
}

static bool has_room_hook(void *context)
{
    struct http_server *server = context;
    int entering = atomic_load(&server->entering);
    size_t count = conns_count(&server->conns) + (entering > 0 ? (size_t)entering : 0);
    return count < server->config.connections_max;
}

static void tick_hook(void *context, int64_t now_us)
{
    struct http_server *server = context;
    /* Connections that the library dropped for want of memory are not announced: start anew. */
    atomic_store(&server->entering, 0);
    stats_add(&server->stats.cut, conns_cut(&server->conns, now_us));
    streams_beat(&server->streams, now_us - server->idle_us / 2);
}

static void sleep_hook(void *connection)
{
    MHD_suspend_connection(connection);
}

static void wake_hook(void *connection)
{
    MHD_resume_connection(connection);
}

/* ---- start and stop ---- */

/* While starting the library says what is wrong; later it tells about clients' mistakes. */
static void PRINTF_LIKE(2, 0) on_message(void *context, const char *format, va_list args)
{
    struct http_server *server = context;
    char text[256];
    (void)vsnprintf(text, sizeof text, format, args);
    text[strcspn(text, "\n")] = '\0';
    log_event(atomic_load(&server->running) ? LOG_DEBUG : LOG_ERROR, "http_library", "%s", text);
}

static struct http_config with_defaults(const struct http_config *given)
{
    struct http_config config = *given;
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned cores = online < 1 ? 1 : online > 64 ? 64 : (unsigned)online;
    if (config.workers == 0) /* they wait, for a disk or a password's hash, more than they work */
        config.workers = cores < WORKERS_LEAST ? WORKERS_LEAST : cores;
    if (config.io_threads == 0) /* one moves 1 GB/s; more are for running quick requests */
        config.io_threads = !config.is_quick ? 1 : cores > 4 ? 4 : cores;
    if (config.connections_max == 0)
        config.connections_max = 4096;
    if (config.idle_seconds == 0)
        config.idle_seconds = 30;
    if (config.queue_max == 0)
        config.queue_max = 1024;
    if (config.arena_cap == 0)
        config.arena_cap = (size_t)128 * 1024 * 1024;
    if (config.bodies_max == 0)
        config.bodies_max = (size_t)256 * 1024 * 1024;
    return config;
}

static enum status server_new(const struct http_config *config, struct http_server **ret_server)
{
    struct http_server *server = calloc(1, sizeof *server);
    if (!server)
        return ERR_NOMEM;
    server->config = with_defaults(config);
    unsigned idle = server->config.idle_seconds;
    server->idle_us = idle * US_SECOND;
    server->headers_us =
        server->idle_us + (idle < HEADERS_SECONDS_MAX ? idle : HEADERS_SECONDS_MAX) * US_SECOND;
    server->bodies.max = server->config.bodies_max;
    struct random random = random_system();
    uint64_t first = 0;
    random_fill(&random, &first, sizeof first);
    atomic_store(&server->next_id, first >> 2 | 1); /* far from 0 and from the end of int64_t */
    conns_init(&server->conns);
    streams_init(&server->streams, sleep_hook, wake_hook);
    pages_init(&server->pages, HTTP_RESPONSE_MAX);
    server->workers =
        (struct workers){&server->config, &server->proxies, &server->pages, &server->stats};
    *ret_server = server;
    return quick_init(&server->quick, &server->workers);
}

/* Frees a server that is stopped or was only partly started. */
static void server_free(struct http_server *server)
{
    door_free(server->door);
    threads_end(server->threads);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    threads_free(server->threads); /* until here the library could bring another request */
    quick_done(&server->quick);
    proxy_list_done(&server->proxies);
    pages_done(&server->pages);
    streams_done(&server->streams);
    conns_done(&server->conns);
    free(server);
}

#define OPTIONS_MAX 20

/* A callback or a number as the library's option array wants it. */
static struct MHD_OptionItem option(enum MHD_OPTION name, intptr_t value, void *pointer)
{
    return (struct MHD_OptionItem){name, value, pointer};
}

static size_t fill_options(struct http_server *server, struct MHD_OptionItem *options)
{
    const struct http_config *config = &server->config;
    size_t n = 0;
    options[n++] = option(MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)on_message, server);
    options[n++] = option(MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_line, server);
    options[n++] = option(MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_encoded, server);
    options[n++] = option(MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, server);
    options[n++] = option(MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, server);
    options[n++] = option(MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)CONNECTION_MEMORY, NULL);
    options[n++] = option(MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)config->idle_seconds, NULL);
    options[n++] = option(MHD_OPTION_THREAD_STACK_SIZE, (intptr_t)THREAD_STACK, NULL);
    /* The door counts. This limit is shared out over the threads, and may not be the smaller one.
     */
    options[n++] = option(MHD_OPTION_CONNECTION_LIMIT,
                          (intptr_t)config->connections_max * config->io_threads + 64, NULL);
    if (config->connections_per_address)
        options[n++] = option(MHD_OPTION_PER_IP_CONNECTION_LIMIT,
                              (intptr_t)config->connections_per_address, NULL);
    if (MHD_VERSION >= STRICT_SINCE)
        options[n++] = option(MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL);
    if (config->io_threads > 1)
        options[n++] = option(MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)config->io_threads, NULL);
    if (config->tls_certificate) {
        options[n++] =
            option(MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)config->tls_certificate);
        options[n++] = option(MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)config->tls_key);
        options[n++] = option(MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities);
    }
    options[n++] = option(MHD_OPTION_END, 0, NULL);
    return n;
}

static enum status daemon_start(struct http_server *server)
{
    bool tls = server->config.tls_certificate != NULL;
    if (tls && (!server->config.tls_key || MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES))
        return ERR_INVALID;
    struct MHD_OptionItem options[OPTIONS_MAX];
    size_t count = fill_options(server, options);
    assert(count <= OPTIONS_MAX);
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME |
                     MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG | (tls ? MHD_USE_TLS : 0);
    server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, server, MHD_OPTION_ARRAY,
                                      options, MHD_OPTION_END);
    if (!server->daemon)
        return tls ? ERR_INVALID : ERR_NOMEM;
    atomic_store(&server->running, true);
    return OK;
}

static enum status start_parts(struct http_server *server)
{
    const struct threads_hooks workers = {server, open_hook, close_hook, run_task};
    const struct door_hooks door = {server, enter_hook, has_room_hook, tick_hook};
    const struct http_config *config = &server->config;
    enum status st = proxy_list_init(config->trusted_proxies, &server->proxies);
    if (st == OK)
        st = door_open(config->address, config->port, &server->door);
    if (st == OK)
        st = threads_start(config->workers, config->queue_max, &workers, &server->threads);
    if (st == OK)
        st = daemon_start(server);
    if (st == OK)
        st = door_start(server->door, &door);
    return st;
}

enum status http_start(const struct http_config *config, struct http_server **ret_server)
{
    assert(config && config->address && config->handle && ret_server);
    struct http_server *server = NULL;
    enum status st = server_new(config, &server);
    if (st == OK)
        st = start_parts(server);
    if (st == OK)
        *ret_server = server;
    else if (server)
        server_free(server);
    return st;
}

uint16_t http_port(const struct http_server *server)
{
    return door_port(server->door);
}

static void wait_for_exchanges(struct http_server *server, int64_t until_us)
{
    while (atomic_load(&server->exchanges) && clock_ticks_us() < until_us)
        (void)usleep(STOP_POLL_US);
}

void http_stop(struct http_server *server, unsigned grace_ms)
{
    if (!server)
        return;
    atomic_store(&server->phase, STOPPING);
    door_shut(server->door);
    streams_end(&server->streams);
    wait_for_exchanges(server, clock_ticks_us() + (int64_t)grace_ms * 1000);
    atomic_store(&server->phase, OUT_OF_GRACE);
    /* The library aborts on connections still suspended: every queued request must be answered. */
    threads_end(server->threads);
    wait_for_exchanges(server, clock_ticks_us() + STOP_FLUSH_US);
    server_free(server);
}

struct http_stats http_stats(const struct http_server *server)
{
    /* Counting takes the locks of what is counted; the server itself does not change. */
    struct http_server *counted = (struct http_server *)(uintptr_t)server;
    struct http_stats made = stats_read(&server->stats);
    made.connections = conns_count(&counted->conns);
    made.streams = streams_count(&counted->streams);
    made.queue_length = threads_waiting(counted->threads);
    return made;
}

/* ---- what the other files ask of the library ---- */

struct wanted_fields {
    const char *name;
    const char **values;
    size_t most, count;
};

static enum MHD_Result add_if_wanted(void *context, enum MHD_ValueKind kind UNUSED,
                                     const char *name, const char *value)
{
    struct wanted_fields *wanted = context;
    if (value && strcasecmp(name, wanted->name) == 0) {
        if (wanted->count < wanted->most)
            wanted->values[wanted->count] = value;
        wanted->count++;
    }
    return MHD_YES;
}

size_t exchange_fields(struct http_exchange *exchange, const char *name, const char **values,
                       size_t most)
{
    struct wanted_fields wanted = {name, values, most, 0};
    (void)MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, add_if_wanted, &wanted);
    return wanted.count;
}

void exchange_stream(struct http_exchange *exchange, uint64_t channel)
{
    exchange->stream =
        streams_open(&exchange->server->streams, channel, exchange->connection, clock_ticks_us());
    exchange->stream_failed = !exchange->stream;
}

void http_event_push(struct http_server *server, uint64_t channel, const char *event,
                     const char *data)
{
    streams_push(&server->streams, channel, event, data);
}

void http_event_push_all(struct http_server *server, const char *event, const char *data)
{
    streams_push_all(&server->streams, event, data);
}
