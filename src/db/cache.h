/*
 * cache: the prepared statements of one connection, found by the address of their query. Bounded:
 * a new one takes the place of the least recently used among the few that share its set, as in the
 * cache of a processor. Knows nothing of engines: `compiled` belongs to the driver.
 *
 * The text is compared too, because a query made at run time (copy, tests) can lie where an earlier
 * one lay.
 */
#ifndef DB_CACHE_H
#define DB_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"

struct query;

#define CACHE_SETS 32 /* a power of two */
#define CACHE_WAYS 4
#define CACHE_SLOTS (CACHE_SETS * CACHE_WAYS)

struct cached {
    const struct query *query; /* NULL: the slot is free */
    char *sql;
    void *compiled;
    uint64_t used;
};

struct cache {
    struct cached slots[CACHE_SLOTS];
    uint64_t clock;
};

/* The slot that holds `query`; NULL when there is none. */
struct cached *cache_find(struct cache *cache, const struct query *query);

/* The slot `query` should take. The driver drops what it holds (query != NULL) before cache_put. */
struct cached *cache_place(struct cache *cache, const struct query *query);

/* Fills a free slot. False when memory is out; the slot stays free and `compiled` the caller's. */
NODISCARD bool cache_put(struct cache *cache, struct cached *slot, const struct query *query,
                         void *compiled);

/* Frees the slot. What `compiled` points at is the driver's to drop. */
void cache_clear(struct cached *slot);

#endif
