/*
 * http: the only folder that knows libmicrohttpd. It turns bytes on a socket into a complete
 * `struct http_request` within limits, hands it to a worker thread of ours, and sends the
 * `struct http_response` that the worker filled. Knows the protocol; refuses to know routes,
 * sessions or pages.
 *
 * libmicrohttpd does input and output only (epoll, a few threads); a complete request is suspended,
 * queued for a worker, and resumed with its response. A worker may block (database, Argon2id)
 * without holding up other connections. Each worker has its own context, made by `worker_open`,
 * and its own arena. Requests that `is_quick` vouches for skip the queue; see README.md.
 *
 * What is refused before any handler sees it, and with which status, is listed in README.md.
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
struct http_exchange;
struct http_server;

#define HTTP_TARGET_MAX 2048             /* bytes of the request target */
#define HTTP_HEADERS_MAX ((size_t)16384) /* bytes of all header lines */
#define HTTP_BODY_MAX ((size_t)256 * 1024)
#define HTTP_UPLOAD_MAX ((size_t)52 * 1024 * 1024) /* where body_limit() says: rosters of 50 MB */
#define HTTP_RESPONSE_MAX ((size_t)256 * 1024 * 1024) /* of a body written by a handler */

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_field {
    const char *name;
    const char *value; /* no control characters: such a field is not sent and logged */
};

/*
 * Where http_header() and http_cookie() look. The server fills `exchange`; a test that calls a
 * handler without a server fills `fields`.
 */
struct http_state {
    struct http_exchange *exchange;
    const struct http_field *fields;
    size_t field_count;
};

/* A complete request. All strings are valid UTF-8 and live until the handler returns. */
struct http_request {
    uint64_t id; /* shown to people as "request …" and in the log; never 0, fits int64_t */
    enum http_method method;
    const char *path;  /* decoded, starts with '/', no "//", no "." or ".." segments */
    const char *query; /* raw, without '?'; "" if none; decodes to UTF-8 without controls */
    struct bytes body;
    const char *content_type; /* "" if none */
    const char *host;         /* the name asked for, after trusted X-Forwarded-Host; "" if none */
    const char *peer;         /* the client's address, after trusted X-Forwarded-For */
    bool secure;              /* over TLS, here or (trusted X-Forwarded-Proto) in front */
    const struct http_state *state; /* for the functions below; NULL: no headers at all */
    struct arena *arena;
};

/*
 * A request header by name (any case), NULL when absent or when its value is not valid UTF-8.
 * The first of several.
 */
const char *http_header(const struct http_request *request, const char *name);

/* A cookie's value (in the arena), NULL when absent or not valid UTF-8. The first of several. */
const char *http_cookie(const struct http_request *request, const char *name);

#define HTTP_EXTRA_HEADERS_MAX 16

/*
 * What to send. `body` is the worker's buffer: empty at first, and gone when the handler returns.
 * Static content (assets) in `constant` must live as long as the server and is not copied. HEAD,
 * 204 and 304 send no body; give 304 and HEAD the body that GET would have, so that its length is
 * told. A body that failed (buf_failed) is sent as 500, a failed arena as 503.
 */
struct http_response {
    int status;               /* 200 when untouched */
    const char *content_type; /* NULL: none is sent */
    struct buf *body;
    struct bytes constant; /* used instead of body when data != NULL */
    struct http_field fields[HTTP_EXTRA_HEADERS_MAX];
    size_t field_count;
    bool close;       /* end the connection after this response */
    bool stream;      /* set by http_event_stream() */
    uint64_t channel; /* of that stream */
};

/*
 * Adds a header; `name` is constant text, `value` is copied into the request's arena. Refused
 * (logged, without the value) past the maximum or when either has control characters.
 */
void http_add_header(struct http_response *response, const struct http_request *request,
                     const char *name, const char *value);

struct http_config {
    const char *address;              /* numeric: "127.0.0.1", "::1", "0.0.0.0" */
    uint16_t port;                    /* 0: any free one; see http_port() */
    unsigned workers;                 /* 0: number of cores, at least 4 */
    unsigned io_threads;              /* 0: with is_quick the number of cores, at most 4; else 1 */
    unsigned connections_max;         /* 0: 4096; more wait in the kernel's queue */
    unsigned connections_per_address; /* 0: no limit (a school sits behind one address) */
    unsigned idle_seconds;            /* 0: 30; slow or idle clients are cut */
    unsigned queue_max; /* requests waiting for a worker before 503 with Retry-After; 0: 1024 */
    size_t arena_cap;   /* per request; 0: 128 MiB */
    size_t bodies_max;  /* bytes of request bodies held at once before 503; 0: 256 MiB */
    const char *tls_certificate; /* PEM text, NULL: plain HTTP */
    const char *tls_key;
    /* Addresses or CIDR blocks, NULL-terminated; NULL: trust nobody's X-Forwarded-*. */
    const char *const *trusted_proxies;

    void *context;
    /* Called in each worker thread at start; its result goes to `handle`. */
    enum status (*worker_open)(void *context, unsigned number, void **ret_worker);
    void (*worker_close)(void *worker);
    /*
     * How large a body this target may have, asked when the headers are in (before the body).
     * NULL: HTTP_BODY_MAX for all.
     */
    size_t (*body_limit)(void *context, enum http_method method, const char *path);
    /* Fills `response`. Called in a worker thread, one request at a time per worker. */
    void (*handle)(void *worker, const struct http_request *request,
                   struct http_response *response);
    /*
     * Optional. True for requests whose handler is so short and so sure not to block that it may
     * run in the input/output thread, with a worker of that thread's own (opened at its first such
     * request and closed by http_stop; numbered after the others).
     */
    bool (*is_quick)(void *context, enum http_method method, const char *path);
    /*
     * Optional. The HTML page for a request that is refused here, living as long as the server;
     * {NULL, 0}: a line of text.
     */
    struct bytes (*refusal_page)(void *context, int status);
};

/*
 * Starts serving. ERR_INVALID: address, proxy list, certificate or key is not one, or TLS is not in
 * the library; ERR_IO: the address is taken; ERR_NOMEM; or what worker_open answered. The config
 * is copied; the texts and the context must outlive the server.
 */
NODISCARD enum status http_start(const struct http_config *config, struct http_server **ret_server);
uint16_t http_port(const struct http_server *server);

/*
 * Graceful stop: refuses new connections, ends the event streams, lets running requests finish (at
 * most `grace_ms`), then closes. A handler still running after that is waited for (a thread cannot
 * be taken out of a transaction); requests still waiting are answered with 503. Frees the server.
 */
void http_stop(struct http_server *server, unsigned grace_ms);

/* Counters for /metrics; safe from any thread. connections and queue_length are of now. */
struct http_stats {
    uint64_t connections, requests, responses_by_class[6], bytes_sent, queue_length, refused;
    uint64_t handle_us_total;
    uint64_t handle_buckets[12]; /* cumulative, upper bounds in http_stats_bounds_us */
    uint64_t streams, cut;       /* event streams open now; connections cut for being slow */
};
extern const uint32_t http_stats_bounds_us[12];
struct http_stats http_stats(const struct http_server *server);

/*
 * Server-sent events: a response whose `handle` called http_event_stream() stays open; events are
 * pushed from any thread by channel number. A stream holds no worker. Events pushed from this call
 * on reach the client, after what the handler wrote to `body` (already in event format): call it
 * first, then read the state. A comment is sent every idle_seconds/2 of silence. A client more than
 * 64 KiB behind is hung up on, and comes back by itself.
 */
void http_event_stream(struct http_response *response, const struct http_request *request,
                       uint64_t channel);
void http_event_push(struct http_server *server, uint64_t channel, const char *event,
                     const char *data);
/* The same on every channel: when nobody knows which of them missed something. */
void http_event_push_all(struct http_server *server, const char *event, const char *data);

#endif
