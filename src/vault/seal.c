/* Values sealed with a dossier's key: version, nonce, ciphertext, tag. See vault.h. */
#include <assert.h>
#include <sodium.h>

#include "base/arena.h"
#include "base/random.h"
#include "vault/wrap.h"

#define VERSION 1
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

static_assert(1 + NONCE + TAG == VAULT_OVERHEAD, "sealed value layout");

void vault_key_wipe(struct vault_key *key)
{
    sodium_memzero(key, sizeof *key);
}

enum status vault_seal(const struct vault_key *key, struct random *random, struct arena *arena,
                       struct vault_place place, const void *data, size_t len,
                       struct sealed *ret_sealed)
{
    assert(key && place.column && (data || len == 0));

    if (len > SIZE_MAX - VAULT_OVERHEAD)
        return ERR_NOMEM;
    uint8_t *sealed = arena_alloc(arena, len + VAULT_OVERHEAD);
    if (!sealed)
        return ERR_NOMEM;
    uint8_t aad[AAD_MAX];
    size_t aad_len = aad_write(aad, place);
    sealed[0] = VERSION;
    random_fill(random, sealed + 1, NONCE);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + 1 + NONCE, NULL, data, len, aad,
                                                     aad_len, NULL, sealed + 1, key->key);
    *ret_sealed = (struct sealed){.data = sealed, .len = len + VAULT_OVERHEAD};
    return OK;
}

enum status vault_open_bytes(const struct vault_key *key, struct arena *arena,
                             struct vault_place place, struct sealed sealed,
                             struct bytes *ret_bytes)
{
    assert(key && place.column);

    if (sealed.len == 0) {
        *ret_bytes = (struct bytes){.data = (const uint8_t *)"", .len = 0};
        return OK;
    }
    if (sealed.len < VAULT_OVERHEAD || sealed.data[0] != VERSION)
        return ERR_CORRUPT;
    size_t len = sealed.len - VAULT_OVERHEAD;
    uint8_t *plain = arena_alloc(arena, len + 1);
    if (!plain)
        return ERR_NOMEM;
    uint8_t aad[AAD_MAX];
    size_t aad_len = aad_write(aad, place);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, sealed.data + 1 + NONCE,
                                                   len + TAG, aad, aad_len, sealed.data + 1,
                                                   key->key) != 0)
        return ERR_CORRUPT;
    plain[len] = '\0';
    *ret_bytes = (struct bytes){.data = plain, .len = len};
    return OK;
}

enum status vault_open(const struct vault_key *key, struct arena *arena, struct vault_place place,
                       struct sealed sealed, const char **ret_text)
{
    struct bytes bytes;
    enum status st = vault_open_bytes(key, arena, place, sealed, &bytes);
    if (st != OK)
        return st;
    /* Text has no NUL inside: a value sealed as bytes must not be read as a shorter text. */
    if (strlen((const char *)bytes.data) != bytes.len)
        return ERR_CORRUPT;
    *ret_text = (const char *)bytes.data;
    return OK;
}
