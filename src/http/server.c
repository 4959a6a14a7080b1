#include "http/server.h"

#include <assert.h>
#include <microhttpd.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/log.h"
#include "base/random.h"
#include "http/exchange.h"
#include "http/intake.h"
#include "http/send.h"

/*
 * Per connection, for headers, cookies and the head of the answer. It is zeroed between requests,
 * so all of it becomes resident: a thousand idle streams cost a thousand times this.
 */
#define CONNECTION_MEMORY ((size_t)24 * 1024)
#define BYTES_PER_SECOND 8192  /* slower bodies and answers are cut, after idle_seconds of grace */
#define HEADERS_SECONDS_MAX 10 /* for headers to arrive, beyond the time to begin with them */
#define STOP_POLL_US 5000
#define STOP_FLUSH_US 1000000 /* for answers given at the very end of the grace */
#define WORKERS_LEAST 4
#define US_SECOND INT64_C(1000000)

static const char tls_priorities[] =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE";

int64_t server_allowed_until(const struct http_server *server, int64_t since_us, uint64_t bytes)
{
    return since_us + server->idle_us + (int64_t)(bytes / BYTES_PER_SECOND) * US_SECOND;
}

/* ---- workers ---- */

static void run_task(void *context, struct task *task)
{
    struct http_exchange *exchange = (struct http_exchange *)task;
    if (server_phase(exchange->server) == OUT_OF_GRACE)
        send_refusal(exchange, 503, true);
    else
        send_run(context, exchange);
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
    options[n++] = option(MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)intake_line, server);
    options[n++] = option(MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)intake_leave_encoded, server);
    options[n++] = option(MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)intake_completed, server);
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
    server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, intake_request, server,
                                      MHD_OPTION_ARRAY, options, MHD_OPTION_END);
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
