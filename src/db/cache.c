#include "db/cache.h"

#include <assert.h>
#include <stddef.h>

#include "db/db.h"

/* Queries lie in tables of equal structs, so the low bits of their addresses say little. */
static struct cached *set_of(struct cache *cache, const struct query *query)
{
    uint64_t mixed = (uint64_t)(uintptr_t)query * UINT64_C(0x9E3779B97F4A7C15);
    return cache->slots + (mixed >> 32) % CACHE_SETS * CACHE_WAYS;
}

struct cached *cache_find(struct cache *cache, const struct query *query)
{
    struct cached *set = set_of(cache, query);
    for (size_t i = 0; i < CACHE_WAYS; i++) {
        if (set[i].query == query && strcmp(set[i].sql, query->sql) == 0) {
            set[i].used = ++cache->clock;
            return &set[i];
        }
    }
    return NULL;
}

struct cached *cache_place(struct cache *cache, const struct query *query)
{
    struct cached *set = set_of(cache, query);
    struct cached *oldest = set;
    for (size_t i = 0; i < CACHE_WAYS; i++) {
        if (!set[i].query || set[i].query == query)
            return &set[i];
        if (set[i].used < oldest->used)
            oldest = &set[i];
    }
    return oldest;
}

bool cache_put(struct cache *cache, struct cached *slot, const struct query *query, void *compiled)
{
    assert(!slot->query);
    char *sql = strdup(query->sql);
    if (!sql)
        return false;
    *slot =
        (struct cached){.query = query, .sql = sql, .compiled = compiled, .used = ++cache->clock};
    return true;
}

void cache_clear(struct cached *slot)
{
    free(slot->sql);
    *slot = (struct cached){0};
}
