/*
 * http: the only folder that knows libmicrohttpd. It turns bytes on a socket into a complete
 * `struct http_request` within limits, hands it to a worker thread of ours, and sends the
 * `struct http_response` that the worker filled. Knows the protocol; refuses to know routes,
 * sessions or pages.
 *
 * libmicrohttpd does input and output only (epoll, one pool thread per core at most); a complete
 * request is suspended, queued for a worker, and resumed with its response. A worker may block
 * (database, Argon2id) without holding up other connections. Each worker has its own context,
 * made by `worker_open`, and its own arena.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/status.h"

struct arena;
struct http_server;

#define HTTP_TARGET_MAX 2048             /* bytes of the request target */
#define HTTP_HEADERS_MAX ((size_t)16384) /* bytes of all header lines */
#define HTTP_BODY_MAX ((size_t)256 * 1024)
#define HTTP_UPLOAD_MAX ((size_t)52 * 1024 * 1024) /* where body_limit() allows it: rosters of 50 MB */

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

/* A complete request. All strings are valid UTF-8 and live in the worker's arena. */
struct http_request {
    uint64_t id; /* shown to people as "request …" and in the log */
    enum http_method method;
    const char *path;  /* decoded, starts with '/', no "//", no "." or ".." segments */
    const char *query; /* raw, without '?'; "" if none */
    struct bytes body;
    const char *content_type; /* "" if none */
    const char *host;         /* the name asked for, after trusted X-Forwarded-Host */
    const char *peer;         /* the client's address, after trusted X-Forwarded-For */
    bool secure;              /* over TLS, here or (trusted X-Forwarded-Proto) in front */
    const void *state;        /* for http_header() */
    struct arena *arena;
};

/* A request header by name (any case), NULL when absent. The first of several. */
const char *http_header(const struct http_request *request, const char *name);

/* A cookie's value, NULL when absent. */
const char *http_cookie(const struct http_request *request, const char *name);

#define HTTP_EXTRA_HEADERS_MAX 16

struct http_field {
    const char *name;
    const char *value; /* no CR, LF or NUL: such a field is not sent and logged */
};

/*
 * What to send. `body` is the worker's buffer, reused between requests; static content (assets)
 * points at memory that lives as long as the server and is not copied.
 */
struct http_response {
    int status; /* 200 when untouched */
    const char *content_type;
    struct buf *body;
    struct bytes constant; /* used instead of body when data != NULL */
    struct http_field fields[HTTP_EXTRA_HEADERS_MAX];
    size_t field_count;
    bool close; /* end the connection after this response */
};

/* Adds a header; value is copied into the request's arena. Silently refused past the maximum (logged). */
void http_add_header(struct http_response *response, const struct http_request *request,
                     const char *name, const char *value);

struct http_config {
    const char *address; /* "127.0.0.1", "::1", "0.0.0.0" */
    uint16_t port;       /* 0: any free one; see http_port() */
    unsigned workers;    /* 0: number of cores, at least 2 */
    unsigned connections_max;          /* 0: 4096 */
    unsigned connections_per_address;  /* 0: no limit (a school sits behind one address) */
    unsigned idle_seconds;   /* 0: 30; slow or idle clients are cut */
    unsigned queue_max;      /* requests waiting for a worker before 503 with Retry-After; 0: 1024 */
    size_t arena_cap;        /* per request; 0: 128 MiB */
    const char *tls_certificate; /* PEM text, NULL: plain HTTP */
    const char *tls_key;
    const char *const *trusted_proxies; /* addresses or CIDR blocks, NULL-terminated; NULL: trust nobody's X-Forwarded-* */

    void *context;
    /* Called in each worker thread at start; its result goes to `handle`. */
    enum status (*worker_open)(void *context, unsigned number, void **ret_worker);
    void (*worker_close)(void *worker);
    /* How large a body this target may have, asked when the headers are in (before the body). */
    size_t (*body_limit)(void *context, enum http_method method, const char *path);
    /* Fills `response`. Called in a worker thread, one request at a time per worker. */
    void (*handle)(void *worker, const struct http_request *request, struct http_response *response);
};

NODISCARD enum status http_start(const struct http_config *config, struct http_server **ret_server);
uint16_t http_port(const struct http_server *server);

/*
 * Graceful stop: refuses new connections, lets running requests finish (at most `grace_ms`), then
 * closes. Frees the server.
 */
void http_stop(struct http_server *server, unsigned grace_ms);

/* Counters for /metrics; safe from any thread. */
struct http_stats {
    uint64_t connections, requests, responses_by_class[6], bytes_sent, queue_length, refused;
    uint64_t handle_us_total, handle_buckets[12]; /* cumulative buckets, upper bounds in http_stats_bounds_us */
};
extern const uint32_t http_stats_bounds_us[12];
struct http_stats http_stats(const struct http_server *server);

/*
 * Server-sent events: a response whose `handle` called http_event_stream() stays open; events are
 * pushed from any thread by channel number. A stream holds no worker.
 */
void http_event_stream(struct http_response *response, const struct http_request *request, uint64_t channel);
void http_event_push(struct http_server *server, uint64_t channel, const char *event, const char *data);

#endif
