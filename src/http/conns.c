#include "http/conns.h"

#include <sys/socket.h>

#include "base/compiler.h"

void conns_init(struct conns *conns)
{
    *conns = (struct conns){0};
    pthread_mutex_init(&conns->lock, NULL);
}

void conns_done(struct conns *conns)
{
    pthread_mutex_destroy(&conns->lock);
}

struct conn *conns_add(struct conns *conns, int fd, struct proxy_address address, int64_t cut_at_us)
{
    struct conn *conn = malloc(sizeof *conn);
    if (!conn)
        return NULL;
    *conn = (struct conn){.fd = fd, .address = address, .cut_at_us = cut_at_us};
    pthread_mutex_lock(&conns->lock);
    conn->next = conns->first;
    if (conn->next)
        conn->next->previous = conn;
    conns->first = conn;
    conns->count++;
    pthread_mutex_unlock(&conns->lock);
    return conn;
}

void conns_remove(struct conns *conns, struct conn *conn)
{
    if (!conn)
        return;
    pthread_mutex_lock(&conns->lock);
    if (conn->previous)
        conn->previous->next = conn->next;
    else
        conns->first = conn->next;
    if (conn->next)
        conn->next->previous = conn->previous;
    conns->count--;
    pthread_mutex_unlock(&conns->lock);
    free(conn);
}

size_t conns_count(struct conns *conns)
{
    pthread_mutex_lock(&conns->lock);
    size_t count = conns->count;
    pthread_mutex_unlock(&conns->lock);
    return count;
}

size_t conns_cut(struct conns *conns, int64_t now_us)
{
    size_t cut = 0;
    /* Under the lock a connection cannot leave the list, so its fd is still its own. */
    pthread_mutex_lock(&conns->lock);
    for (struct conn *c = conns->first; c; c = c->next) {
        if (atomic_load_explicit(&c->cut_at_us, memory_order_relaxed) > now_us)
            continue;
        (void)shutdown(c->fd, SHUT_RDWR);
        conn_until(c, CONN_NEVER);
        cut++;
    }
    pthread_mutex_unlock(&conns->lock);
    return cut;
}
