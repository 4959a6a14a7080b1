/*
 * exchange: one request on its way through the server, from its first line to the last byte of the
 * answer. Internal to http/. It lives as long as libmicrohttpd knows the request; between being
 * queued and being answered only the worker touches it, before and after only the connection's
 * thread.
 */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/conns.h"
#include "http/http.h"
#include "http/memory.h"
#include "http/parse.h"
#include "http/streams.h"
#include "http/threads.h"

struct MHD_Connection;
struct MHD_Response;

struct http_exchange {
    struct task task; /* first: the queue hands it back */
    struct http_server *server;
    struct MHD_Connection *connection;
    struct conn *conn;
    uint64_t id;
    enum http_method method;
    bool begun;  /* the headers were judged */
    bool secure; /* TLS ends here */
    int refusal; /* status to refuse with, found while reading the first line */
    struct parse_target target;
    const char *host;
    uintptr_t line; /* where the library keeps the target; see line_was_cut() */
    size_t line_len;
    struct upload upload;
    int64_t upload_since_us;
    struct stream *stream;
    bool stream_failed;
    bool streaming; /* the answer is a stream */

    struct MHD_Response *response; /* the answer, once there is one */
    int status;
    uint64_t bytes;
    char text[]; /* the target, taken apart in place */
};

/*
 * The values of all request headers of that name, in order: writes at most `most`, answers how many
 * there are.
 */
size_t exchange_fields(struct http_exchange *exchange, const char *name, const char **values,
                       size_t most);

/* Opens the stream that the handler asked for. */
void exchange_stream(struct http_exchange *exchange, uint64_t channel);

/* The peer, host and secure of a request, by what trusted proxies say; texts go to its arena. */
void exchange_origin(struct http_exchange *exchange, const struct proxy_list *proxies,
                     struct http_request *request);

#endif
