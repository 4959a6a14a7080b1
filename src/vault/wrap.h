/*
 * wrap: deriving keys and wrapping one key with another; the primitives below vault.h. Knows
 * libsodium; refuses to know where keys come from.
 */
#ifndef VAULT_WRAP_H
#define VAULT_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vault/vault.h"

struct random;

#define AAD_MAX 128 /* version, two numbers and a label */

/* The associated data of everything sealed here; its length. `label` is a short constant. */
size_t aad_write(uint8_t to[AAD_MAX], struct vault_place place);

/* ret = BLAKE2b-256 with `key` of the label and `len` bytes of `more`: one key for one use. */
void key_derive(const uint8_t key[VAULT_KEY_BYTES], const char *label, const void *more, size_t len,
                uint8_t ret_key[VAULT_KEY_BYTES]);

/* nonce, sealed key, tag; bound to `place`. */
void key_wrap(const uint8_t with[VAULT_KEY_BYTES], struct random *random, struct vault_place place,
              const uint8_t key[VAULT_KEY_BYTES], uint8_t ret_wrapped[VAULT_WRAPPED_BYTES]);
NODISCARD bool key_unwrap(const uint8_t with[VAULT_KEY_BYTES], struct vault_place place,
                          const uint8_t wrapped[VAULT_WRAPPED_BYTES],
                          uint8_t ret_key[VAULT_KEY_BYTES]);

#endif
