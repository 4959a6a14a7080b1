/*
 * stats: the counters behind http_stats(). Every one is on its own; a reader may see a request
 * counted and its bytes not yet.
 */
#ifndef HTTP_STATS_H
#define HTTP_STATS_H

#include <stdatomic.h>
#include <stdint.h>

#include "http/http.h"

struct stats {
    _Atomic uint64_t requests, responses_by_class[6], bytes_sent, refused, cut;
    _Atomic uint64_t handle_us_total, handle_buckets[12]; /* not cumulative here */
};

static inline void stats_add(_Atomic uint64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

void stats_answered(struct stats *stats, int status, uint64_t bytes);
void stats_handled(struct stats *stats, int64_t us);

/* Fills what is counted here; the gauges are the caller's. */
struct http_stats stats_read(const struct stats *stats);

#endif
