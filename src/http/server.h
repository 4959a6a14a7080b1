/*
 * server: what the files of http/ share of the running server. Internal to http/: server.c makes
 * it, starts and stops it; intake.c and send.c work with it, in the threads of libmicrohttpd.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <stdatomic.h>

#include "http/conns.h"
#include "http/door.h"
#include "http/http.h"
#include "http/memory.h"
#include "http/proxy.h"
#include "http/stats.h"
#include "http/streams.h"
#include "http/threads.h"
#include "http/workers.h"

struct MHD_Daemon;

/* libmicrohttpd 0.9.75 answers twice when it is strict; what it lacks then is judged in intake.c.
 */
#define STRICT_SINCE 0x01000000

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

static inline enum phase server_phase(struct http_server *server)
{
    return atomic_load_explicit(&server->phase, memory_order_relaxed);
}

/* Until when `bytes` may take that started to flow at `since_us`: slower ones are cut. */
int64_t server_allowed_until(const struct http_server *server, int64_t since_us, uint64_t bytes);

#endif
