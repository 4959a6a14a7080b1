#include "vault/opened.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "vault/secret.h"

#define PLACES 1024 /* a power of two; slots are given out in order, so a group's do not collide */

struct opened_key {
    int64_t school; /* 0: free */
    int64_t slot;
    uint8_t wrapped[VAULT_WRAPPED_BYTES];
    struct vault_key key;
};

struct opened {
    pthread_mutex_t lock;
    uint64_t epoch;
    struct opened_key *keys; /* PLACES of them */
};

struct opened *opened_new(void)
{
    struct opened *opened = calloc(1, sizeof *opened);
    if (!opened)
        return NULL;
    opened->keys = secret_alloc(PLACES * sizeof *opened->keys);
    if (opened->keys && pthread_mutex_init(&opened->lock, NULL) == 0)
        return opened;
    secret_free(opened->keys, PLACES * sizeof *opened->keys);
    free(opened);
    return NULL;
}

void opened_free(struct opened *opened)
{
    if (!opened)
        return;
    secret_free(opened->keys, PLACES * sizeof *opened->keys);
    (void)pthread_mutex_destroy(&opened->lock);
    free(opened);
}

static struct opened_key *place_of(const struct opened *opened, struct school_id school,
                                   int64_t slot)
{
    uint64_t mixed = (uint64_t)school.v * UINT64_C(0x9E3779B97F4A7C15) >> 32;
    return &opened->keys[(mixed + (uint64_t)slot) % PLACES];
}

bool opened_get(struct opened *opened, struct school_id school, int64_t slot,
                const uint8_t wrapped[VAULT_WRAPPED_BYTES], struct vault_key *ret_key,
                uint64_t *ret_epoch)
{
    const struct opened_key *place = place_of(opened, school, slot);
    (void)pthread_mutex_lock(&opened->lock);
    bool found = place->school == school.v && school.v && place->slot == slot &&
                 memcmp(place->wrapped, wrapped, VAULT_WRAPPED_BYTES) == 0;
    if (found)
        *ret_key = place->key;
    *ret_epoch = opened->epoch;
    (void)pthread_mutex_unlock(&opened->lock);
    return found;
}

void opened_put(struct opened *opened, uint64_t epoch, struct school_id school, int64_t slot,
                const uint8_t wrapped[VAULT_WRAPPED_BYTES], const struct vault_key *key)
{
    struct opened_key *place = place_of(opened, school, slot);
    (void)pthread_mutex_lock(&opened->lock);
    if (opened->epoch == epoch) {
        place->school = school.v;
        place->slot = slot;
        memcpy(place->wrapped, wrapped, VAULT_WRAPPED_BYTES);
        place->key = *key;
    }
    (void)pthread_mutex_unlock(&opened->lock);
}

void opened_wipe(struct opened *opened)
{
    (void)pthread_mutex_lock(&opened->lock);
    opened->epoch++;
    sodium_memzero(opened->keys, PLACES * sizeof *opened->keys);
    (void)pthread_mutex_unlock(&opened->lock);
}
