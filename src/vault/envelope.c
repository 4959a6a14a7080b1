#include "vault/envelope.h"

#include <assert.h>
#include <sodium.h>

#include "base/random.h"
#include "vault/keyring.h"
#include "vault/secret.h"
#include "vault/wrap.h"

#define VERSION 1
#define HEAD 24
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

static const uint8_t magic[8] = {'W', 'K', 'E', 'Y', 'R', 'I', 'N', 'G'};
static const struct vault_place slot_place = {.column = "keyring.slot"};

void envelope_new(struct envelope *envelope, struct random *random,
                  const uint8_t master[VAULT_KEY_BYTES])
{
    envelope->slot_count = 0;
    random_fill(random, envelope->file_key, sizeof envelope->file_key);
    envelope_add(envelope, random, master);
}

void envelope_add(struct envelope *envelope, struct random *random,
                  const uint8_t master[VAULT_KEY_BYTES])
{
    assert(envelope->slot_count < ENVELOPE_SLOTS);
    uint8_t with[VAULT_KEY_BYTES];
    key_derive(master, "weerklank keyring", NULL, 0, with);
    key_wrap(with, random, slot_place, envelope->file_key, envelope->slots[envelope->slot_count++]);
    sodium_memzero(with, sizeof with);
}

static bool file_key_of(const struct envelope *envelope, const uint8_t master[VAULT_KEY_BYTES],
                        uint8_t ret_key[VAULT_KEY_BYTES])
{
    uint8_t with[VAULT_KEY_BYTES];
    key_derive(master, "weerklank keyring", NULL, 0, with);
    bool opened = false;
    for (uint32_t i = 0; i < envelope->slot_count && !opened; i++)
        opened = key_unwrap(with, slot_place, envelope->slots[i], ret_key);
    sodium_memzero(with, sizeof with);
    return opened;
}

bool envelope_admits(const struct envelope *envelope, const uint8_t master[VAULT_KEY_BYTES])
{
    uint8_t key[VAULT_KEY_BYTES];
    bool opened = file_key_of(envelope, master, key);
    sodium_memzero(key, sizeof key);
    return opened;
}

enum status envelope_seal(const struct envelope *envelope, struct random *random,
                          const struct keyring *ring, uint8_t **ret_file, size_t *ret_len)
{
    size_t slots = envelope->slot_count * sizeof envelope->slots[0];
    size_t body = keyring_bytes(ring);
    size_t len = HEAD + slots + NONCE + body + TAG;
    uint8_t *file = malloc(len);
    if (!file)
        return ERR_NOMEM;
    memcpy(file, magic, sizeof magic);
    put_le(file + 8, VERSION, 4);
    put_le(file + 12, envelope->slot_count, 4);
    put_le(file + 16, ring->generation, 8);
    memcpy(file + HEAD, envelope->slots, slots);
    uint8_t *nonce = file + HEAD + slots;
    random_fill(random, nonce, NONCE);
    keyring_write(ring, nonce + NONCE);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE, NULL, nonce + NONCE, body, file,
                                                     HEAD + slots, NULL, nonce, envelope->file_key);
    *ret_file = file;
    *ret_len = len;
    return OK;
}

enum status envelope_open(uint8_t *file, size_t len, const uint8_t master[VAULT_KEY_BYTES],
                          struct envelope *ret_envelope, struct keyring **ret_ring)
{
    if (len < HEAD || memcmp(file, magic, sizeof magic) != 0 || get_le(file + 8, 4) != VERSION)
        return ERR_CORRUPT;
    struct envelope found = {.slot_count = (uint32_t)get_le(file + 12, 4)};
    if (found.slot_count < 1 || found.slot_count > ENVELOPE_SLOTS)
        return ERR_CORRUPT;
    size_t slots = found.slot_count * sizeof found.slots[0];
    if (len < HEAD + slots + NONCE + TAG)
        return ERR_CORRUPT;
    memcpy(found.slots, file + HEAD, slots);
    uint8_t *nonce = file + HEAD + slots;
    size_t body = len - (HEAD + slots + NONCE + TAG);
    if (!file_key_of(&found, master, found.file_key))
        return ERR_CORRUPT;
    enum status st = ERR_CORRUPT;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(nonce + NONCE, NULL, NULL, nonce + NONCE,
                                                   body + TAG, file, HEAD + slots, nonce,
                                                   found.file_key) == 0)
        st = keyring_read((struct bytes){.data = nonce + NONCE, .len = body},
                          get_le(file + 16, 8), ret_ring);
    if (st == OK)
        *ret_envelope = found;
    sodium_memzero(&found, sizeof found);
    return st;
}
