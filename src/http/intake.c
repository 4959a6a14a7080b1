#include "http/intake.h"

#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "http/exchange.h"
#include "http/send.h"
#include "http/server.h"

static struct conn *conn_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

size_t intake_leave_encoded(void *context UNUSED, struct MHD_Connection *connection UNUSED,
                            char *text)
{
    return strlen(text);
}

void *intake_line(void *context, const char *target, struct MHD_Connection *connection)
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

void intake_completed(void *context, struct MHD_Connection *connection UNUSED, void **state,
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

static enum MHD_Result sent(struct http_exchange *exchange)
{
    return send_answer(exchange) ? MHD_YES : MHD_NO;
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
    conn_until(exchange->conn, server_allowed_until(server, exchange->upload_since_us, 0));
    int refusal = judge(exchange, version);
    if (!refusal)
        return MHD_YES;
    stats_add(&server->stats.refused, 1);
    send_refusal(exchange, refusal, true);
    return sent(exchange);
}

static enum MHD_Result receive(struct http_exchange *exchange, const char *data, size_t *len)
{
    bool more = upload_add(&exchange->upload, data, *len);
    *len = 0;
    size_t received = exchange->upload.len + exchange->upload.drained;
    conn_until(exchange->conn,
               server_allowed_until(exchange->server, exchange->upload_since_us, received));
    return more ? MHD_YES : MHD_NO;
}

/* The request is complete. */
static enum MHD_Result complete(struct http_exchange *exchange)
{
    struct http_server *server = exchange->server;
    if (exchange->upload.refusal) {
        stats_add(&server->stats.refused, 1);
        send_refusal(exchange, exchange->upload.refusal, true);
        return sent(exchange);
    }
    conn_until(exchange->conn, CONN_NEVER);
    if (server->config.is_quick &&
        server->config.is_quick(server->config.context, exchange->method, exchange->target.path)) {
        struct worker *worker = quick_worker(&server->quick);
        if (worker) {
            send_run(worker, exchange);
            return sent(exchange);
        }
    }
    /* First asleep, then into the queue: a worker may wake it before we have left this function. */
    MHD_suspend_connection(exchange->connection);
    if (!threads_push(server->threads, &exchange->task)) {
        stats_add(&server->stats.refused, 1);
        send_refusal(exchange, 503, false);
        MHD_resume_connection(exchange->connection);
    }
    return MHD_YES;
}

enum MHD_Result intake_request(void *context UNUSED, struct MHD_Connection *connection UNUSED,
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
        return sent(exchange);
    return complete(exchange);
}
