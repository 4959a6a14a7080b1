/*
 * bytes: a run of bytes owned by somebody else. Plain value; data may be NULL when len is 0.
 * `struct sealed` is the same shape on purpose of another type: ciphertext from a *_sealed column.
 * No sink prints it; only vault_open() turns it into text.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>

struct bytes {
    const uint8_t *data;
    size_t len;
};

struct sealed {
    const uint8_t *data;
    size_t len;
};

#endif
