/*
 * ratelimit: how often something was tried lately, per key, in memory. Knows keys and moments;
 * refuses to know what they mean (limits.h has the policy of sign-in) and what time it is.
 *
 * A rule allows `burst` tries at once; each try is forgotten after `forget_ms`, one after the
 * other. So when the burst is used up, one more try is allowed every forget_ms.
 *
 * The table has a fixed size. When a place is needed, the key that would be forgotten soonest goes;
 * an attacker who brings thousands of fresh keys pushes out other fresh keys, not the ones that are
 * being slowed. Keys are kept as a keyed hash: no address or name is in this memory, and
 * nobody can choose keys that fall together. A restart forgets everything.
 */
#ifndef SIGNIN_RATELIMIT_H
#define SIGNIN_RATELIMIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct random;
struct ratelimit;

/* burst 0: the rule does not apply. */
struct rate_rule {
    uint32_t burst;
    int64_t forget_ms;
};

/* One key under one rule. `what` is a constant that keeps rules apart. */
struct rate_key {
    const struct rate_rule *rule;
    const char *what;
    const char *first;
    const char *second; /* may be NULL */
};

#define RATELIMIT_PLACES 16384

/* `places` is rounded up to a multiple of 8 that is a power of two. Shared by threads. */
NODISCARD enum status ratelimit_new(size_t places, struct random *random,
                                    struct ratelimit **ret_limit);
void ratelimit_free(struct ratelimit *limit); /* NULL is fine */

/*
 * Counts one try for all `count` keys when every one of them allows it, and answers 0; otherwise
 * counts nothing and answers after how many milliseconds all will allow it. The index of the key
 * that says wait longest comes in *ret_which (may be NULL).
 */
int64_t ratelimit_take(struct ratelimit *limit, const struct rate_key *keys, size_t count,
                       int64_t now_ms, size_t *ret_which);

/* Takes one try back that turned out to be none. */
void ratelimit_give_back(struct ratelimit *limit, struct rate_key key, int64_t now_ms);

/* Forgets all tries of a key. */
void ratelimit_forget(struct ratelimit *limit, struct rate_key key);

#endif
