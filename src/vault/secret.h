/*
 * secret: memory for keys. Whole pages, locked against swapping and left out of core dumps where
 * the system allows it (RLIMIT_MEMLOCK may not; then it is ordinary memory), wiped before it is
 * given back. Also the little-endian numbers of the vault's files.
 */
#ifndef VAULT_SECRET_H
#define VAULT_SECRET_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

/* Zeroed memory; NULL when there is none. Give it back with the same `size`. */
void *secret_alloc(size_t size);
void secret_free(void *memory, size_t size); /* NULL is fine */

static inline void put_le(uint8_t *to, uint64_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = (uint8_t)(value >> (8 * i));
}

static inline uint64_t get_le(const uint8_t *from, unsigned bytes)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < bytes; i++)
        value |= (uint64_t)from[i] << (8 * i);
    return value;
}

#endif
