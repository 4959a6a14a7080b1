#include "base/random.h"

#include <assert.h>
#include <sodium.h>

#include "base/compiler.h"

static void fill_system(struct random *self UNUSED, void *to, size_t len)
{
    randombytes_buf(to, len);
}

static void fill_seeded(struct random *self, void *to, size_t len)
{
    /* Every call gets a key of its own, so that sizes do not shift what later calls receive. */
    uint8_t key[randombytes_SEEDBYTES];
    uint64_t counter = self->counter++;
    crypto_generichash(key, sizeof key, (const uint8_t *)&counter, sizeof counter, self->seed,
                       sizeof self->seed);
    randombytes_buf_deterministic(to, len, key);
}

struct random random_system(void)
{
    return (struct random){.fill = fill_system};
}

struct random random_seeded(uint64_t seed)
{
    struct random random = {.fill = fill_seeded};
    crypto_generichash(random.seed, sizeof random.seed, (const uint8_t *)&seed, sizeof seed, NULL,
                       0);
    return random;
}

void random_fill(struct random *random, void *to, size_t len)
{
    random->fill(random, to, len);
}

uint32_t random_below(struct random *random, uint32_t below)
{
    assert(below > 0);
    /* Values under the threshold would make the low results likelier: draw again. */
    uint32_t threshold = (uint32_t)(-below) % below;
    for (;;) {
        uint32_t value;
        random->fill(random, &value, sizeof value);
        if (value >= threshold)
            return value % below;
    }
}
