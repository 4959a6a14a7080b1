/*
 * conns: the open connections and until when each may take for what it is doing. The HTTP library
 * cuts a connection on which nothing happens; a client that sends one byte now and then keeps it
 * forever, so every phase (headers, body, answer) has a moment at which we cut it ourselves.
 */
#ifndef HTTP_CONNS_H
#define HTTP_CONNS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "http/proxy.h"

#define CONN_NEVER INT64_MAX

struct conn {
    struct conn *previous, *next;
    int fd;
    struct proxy_address address;
    _Atomic int64_t cut_at_us; /* clock_ticks_us(); set by whoever serves the connection */
};

struct conns {
    pthread_mutex_t lock;
    struct conn *first;
    size_t count;
};

void conns_init(struct conns *conns);
void conns_done(struct conns *conns);

/* A new connection; NULL when memory is out. Its fd must stay open until conns_remove(). */
struct conn *conns_add(struct conns *conns, int fd, struct proxy_address address,
                       int64_t cut_at_us);
void conns_remove(struct conns *conns, struct conn *conn);
size_t conns_count(struct conns *conns);

/* Shuts down what is past its moment, and says how many. Its owner sees the end of the stream. */
size_t conns_cut(struct conns *conns, int64_t now_us);

static inline void conn_until(struct conn *conn, int64_t cut_at_us)
{
    atomic_store_explicit(&conn->cut_at_us, cut_at_us, memory_order_relaxed);
}

#endif
