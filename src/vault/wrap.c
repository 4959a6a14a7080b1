#include "vault/wrap.h"

#include <assert.h>
#include <sodium.h>

#include "base/random.h"
#include "vault/secret.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define AAD_VERSION 1

static_assert(NONCE + VAULT_KEY_BYTES + TAG == VAULT_WRAPPED_BYTES, "wrapped key layout");

size_t aad_write(uint8_t to[AAD_MAX], struct vault_place place)
{
    size_t label = strlen(place.column);
    assert(label <= AAD_MAX - 17);
    to[0] = AAD_VERSION;
    put_le(to + 1, (uint64_t)place.school, 8);
    put_le(to + 9, (uint64_t)place.row, 8);
    memcpy(to + 17, place.column, label);
    return 17 + label;
}

void key_derive(const uint8_t key[VAULT_KEY_BYTES], const char *label, const void *more, size_t len,
                uint8_t ret_key[VAULT_KEY_BYTES])
{
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, key, VAULT_KEY_BYTES, VAULT_KEY_BYTES);
    (void)crypto_generichash_update(&state, (const uint8_t *)label, strlen(label) + 1);
    if (len)
        (void)crypto_generichash_update(&state, more, len);
    (void)crypto_generichash_final(&state, ret_key, VAULT_KEY_BYTES);
    sodium_memzero(&state, sizeof state);
}

void key_wrap(const uint8_t with[VAULT_KEY_BYTES], struct random *random, struct vault_place place,
              const uint8_t key[VAULT_KEY_BYTES], uint8_t ret_wrapped[VAULT_WRAPPED_BYTES])
{
    uint8_t aad[AAD_MAX];
    size_t aad_len = aad_write(aad, place);
    random_fill(random, ret_wrapped, NONCE);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(ret_wrapped + NONCE, NULL, key,
                                                     VAULT_KEY_BYTES, aad, aad_len, NULL,
                                                     ret_wrapped, with);
}

bool key_unwrap(const uint8_t with[VAULT_KEY_BYTES], struct vault_place place,
                const uint8_t wrapped[VAULT_WRAPPED_BYTES], uint8_t ret_key[VAULT_KEY_BYTES])
{
    uint8_t aad[AAD_MAX];
    size_t aad_len = aad_write(aad, place);
    uint8_t key[VAULT_KEY_BYTES];
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(key, NULL, NULL, wrapped + NONCE,
                                                   VAULT_WRAPPED_BYTES - NONCE, aad, aad_len,
                                                   wrapped, with) != 0)
        return false;
    memcpy(ret_key, key, sizeof key);
    sodium_memzero(key, sizeof key);
    return true;
}
