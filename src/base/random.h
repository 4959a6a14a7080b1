/*
 * random: where random bytes come from, as a value that is passed in. The program uses
 * random_system(); demo data and tests use a seeded source that always gives the same bytes.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
    void (*fill)(struct random *self, void *to, size_t len);
    uint64_t counter; /* seeded sources: how many blocks were given */
    uint8_t seed[32];
};

/* The kernel's randomness (libsodium). Safe from any thread; holds no state. */
struct random random_system(void);

/* A repeatable source: the same seed gives the same bytes, whatever the sizes asked. Never for
 * secrets. */
struct random random_seeded(uint64_t seed);

void random_fill(struct random *random, void *to, size_t len);

/* Evenly spread over 0 … below-1; below must be > 0. */
uint32_t random_below(struct random *random, uint32_t below);

#endif
