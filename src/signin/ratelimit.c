#include "signin/ratelimit.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>

#include "base/random.h"

#define WAYS 8 /* places where a key may stand */

/*
 * All tries of a key as one moment: when the last of them is forgotten (the generic cell rate
 * algorithm). A key is at its limit when that lies burst × forget_ms ahead. 0: free.
 */
struct place {
    uint64_t key;
    int64_t until;
};

struct ratelimit {
    pthread_mutex_t mutex;
    uint8_t hash_key[crypto_generichash_KEYBYTES];
    size_t sets; /* a power of two */
    struct place places[];
};

enum status ratelimit_new(size_t places, struct random *random, struct ratelimit **ret_limit)
{
    size_t sets = 1;
    while (sets * WAYS < places)
        sets *= 2;
    struct ratelimit *limit = calloc(1, sizeof *limit + sets * WAYS * sizeof(struct place));
    if (!limit)
        return ERR_NOMEM;
    if (pthread_mutex_init(&limit->mutex, NULL) != 0) {
        free(limit);
        return ERR_NOMEM;
    }
    limit->sets = sets;
    random_fill(random, limit->hash_key, sizeof limit->hash_key);
    *ret_limit = limit;
    return OK;
}

void ratelimit_free(struct ratelimit *limit)
{
    if (!limit)
        return;
    (void)pthread_mutex_destroy(&limit->mutex);
    free(limit);
}

/* With the NUL of each part, so that parts do not run together. */
static uint64_t hash_of(const struct ratelimit *limit, struct rate_key key)
{
    uint8_t hash[crypto_generichash_BYTES_MIN];
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, limit->hash_key, sizeof limit->hash_key, sizeof hash);
    const char *const parts[] = {key.what, key.first, key.second ? key.second : ""};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        (void)crypto_generichash_update(&state, (const uint8_t *)parts[i], strlen(parts[i]) + 1);
    (void)crypto_generichash_final(&state, hash, sizeof hash);
    uint64_t number;
    memcpy(&number, hash, sizeof number);
    return number;
}

static struct place *find(struct ratelimit *limit, uint64_t key)
{
    struct place *set = limit->places + (key & (limit->sets - 1)) * WAYS;
    for (size_t i = 0; i < WAYS; i++)
        if (set[i].key == key && set[i].until)
            return set + i;
    return NULL;
}

/* The key's place, or the one that is free or would be soonest. */
static struct place *find_or_clear(struct ratelimit *limit, uint64_t key)
{
    struct place *found = find(limit, key);
    if (found)
        return found;
    struct place *set = limit->places + (key & (limit->sets - 1)) * WAYS;
    struct place *soonest = set;
    for (size_t i = 1; i < WAYS; i++)
        if (set[i].until < soonest->until)
            soonest = set + i;
    *soonest = (struct place){.key = key};
    return soonest;
}

static int64_t full(const struct rate_rule *rule)
{
    return (int64_t)rule->burst * rule->forget_ms;
}

/* From when on the tries so far weigh. A clock that was set back must not lengthen a wait. */
static int64_t weight_until(const struct place *place, const struct rate_rule *rule, int64_t now_ms)
{
    if (!place || place->until < now_ms)
        return now_ms;
    return place->until > now_ms + full(rule) ? now_ms + full(rule) : place->until;
}

int64_t ratelimit_take(struct ratelimit *limit, const struct rate_key *keys, size_t count,
                       int64_t now_ms, size_t *ret_which)
{
    assert(limit && (keys || count == 0));

    int64_t longest = 0;
    size_t which = 0;
    (void)pthread_mutex_lock(&limit->mutex);
    for (size_t i = 0; i < count; i++) {
        const struct rate_rule *rule = keys[i].rule;
        if (rule->burst == 0)
            continue;
        const struct place *place = find(limit, hash_of(limit, keys[i]));
        int64_t after = weight_until(place, rule, now_ms) + rule->forget_ms;
        int64_t wait = after - now_ms - full(rule);
        if (wait > longest) {
            longest = wait;
            which = i;
        }
    }
    for (size_t i = 0; i < count && longest == 0; i++) {
        if (keys[i].rule->burst == 0)
            continue;
        struct place *place = find_or_clear(limit, hash_of(limit, keys[i]));
        place->until = weight_until(place, keys[i].rule, now_ms) + keys[i].rule->forget_ms;
    }
    (void)pthread_mutex_unlock(&limit->mutex);
    if (longest && ret_which)
        *ret_which = which;
    return longest;
}

void ratelimit_give_back(struct ratelimit *limit, struct rate_key key, int64_t now_ms)
{
    (void)pthread_mutex_lock(&limit->mutex);
    struct place *place = find(limit, hash_of(limit, key));
    if (place) {
        place->until = weight_until(place, key.rule, now_ms) - key.rule->forget_ms;
        if (place->until <= now_ms)
            *place = (struct place){0};
    }
    (void)pthread_mutex_unlock(&limit->mutex);
}

void ratelimit_forget(struct ratelimit *limit, struct rate_key key)
{
    (void)pthread_mutex_lock(&limit->mutex);
    struct place *place = find(limit, hash_of(limit, key));
    if (place)
        *place = (struct place){0};
    (void)pthread_mutex_unlock(&limit->mutex);
}
