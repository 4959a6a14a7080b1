/*
 * testing: a server with a few known handlers, and a client that sends exactly the bytes it is
 * told to. For the tests of this folder only.
 *
 * GET  /hello     "hello"                    /page    20 KB                 /nothing  204
 *      /who       peer, host, secure         /cookie  the cookie "sid"      /slow     after 400 ms
 *      /stream/N  the events of channel N    /evil    headers that must not get out
 *      /asset     constant content           /huge    a body that fails     /full     an arena that
 * fails POST /echo      the body                   /upload  its length, up to 4 MB Paths under
 * /quick/ are the same, run in the input/output thread.
 */
#ifndef HTTP_TESTING_H
#define HTTP_TESTING_H

#include "http/http.h"

#define SLOW_MS 400

/* The configuration of the test server: 127.0.0.1, any port, two workers; change what a test needs.
 */
struct http_config testing_config(void);

/* Starts it; fails the test when that fails. */
struct http_server *testing_start(const struct http_config *config);

struct reply {
    int status; /* 0: the connection ended, or nothing came in time */
    char head[4096];
    char body[128 * 1024];
    size_t len;
};

/* A connection; -1 when refused. */
int client_open(const struct http_server *server);
int client_open_port(uint16_t port);
void client_send(int fd, const char *text);
void client_send_bytes(int fd, const void *data, size_t len);

/* Reads one answer with its Content-Length; `head_only` for HEAD. Waits at most 5 s. */
struct reply *client_read(int fd, bool head_only);

/* Sends and reads on a connection of its own. The reply is overwritten by the next one. */
struct reply *client_ask(const struct http_server *server, const char *request);

/* "GET path" with a Host on a connection of its own. */
struct reply *client_get(const struct http_server *server, const char *path);

/* The value of a header in reply->head, "" when absent. Overwritten by the next call. */
const char *reply_header(const struct reply *reply, const char *name);

/* Reads what comes until `needle` was seen or `ms` passed; true when seen. */
bool client_wait_for(int fd, const char *needle, int ms);

/* Milliseconds until the other side closes; -1 when it has not within `ms`. */
int client_wait_closed(int fd, int ms);

#endif
