#include "signin/totp.h"

#include <assert.h>
#include <nettle/hmac.h>
#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/random.h"
#include "signin/crockford.h"

#define DIGITS 6
#define MODULUS 1000000U

struct totp_secret totp_secret_new(struct random *random)
{
    struct totp_secret secret = {.bytes = {0}};
    random_fill(random, secret.bytes, sizeof secret.bytes);
    return secret;
}

const char *totp_secret_text(struct arena *arena, const struct totp_secret *secret)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    static_assert(TOTP_SECRET_BYTES % 5 == 0, "whole groups of eight letters");
    char text[TOTP_SECRET_BYTES / 5 * 8];
    size_t len = 0;
    for (size_t i = 0; i < TOTP_SECRET_BYTES; i += 5) {
        uint64_t group = 0;
        for (size_t j = 0; j < 5; j++)
            group = group << 8 | secret->bytes[i + j];
        for (int shift = 35; shift >= 0; shift -= 5)
            text[len++] = alphabet[group >> shift & 31];
    }
    const char *copy = arena_strndup(arena, text, len);
    sodium_memzero(text, sizeof text);
    return copy;
}

/* RFC 3986: all but the unreserved characters as %XX. */
static const char *percent_encoded(struct arena *arena, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    char *to = arena_array(arena, strlen(text) + 1, 3);
    if (!to)
        return "";
    char *at = to;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            strchr("-._~", c)) {
            *at++ = (char)c;
        } else {
            *at++ = '%';
            *at++ = hex[c >> 4];
            *at++ = hex[c & 15];
        }
    }
    return to;
}

const char *totp_uri(struct arena *arena, const char *issuer, const char *account,
                     const struct totp_secret *secret)
{
    const char *by = percent_encoded(arena, issuer);
    return arena_printf(arena,
                        "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d"
                        "&period=%d",
                        by, percent_encoded(arena, account), totp_secret_text(arena, secret), by,
                        DIGITS, TOTP_STEP_SECONDS);
}

uint32_t totp_code(const struct totp_secret *secret, int64_t step)
{
    uint8_t moment[8];
    for (int i = 0; i < 8; i++)
        moment[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    struct hmac_sha1_ctx hmac;
    uint8_t digest[SHA1_DIGEST_SIZE];
    hmac_sha1_set_key(&hmac, sizeof secret->bytes, secret->bytes);
    hmac_sha1_update(&hmac, sizeof moment, moment);
    hmac_sha1_digest(&hmac, sizeof digest, digest);
    sodium_memzero(&hmac, sizeof hmac);
    const uint8_t *at = digest + (digest[sizeof digest - 1] & 15); /* RFC 4226 §5.3 */
    uint32_t number =
        (uint32_t)(at[0] & 0x7F) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    return number % MODULUS;
}

static enum status read_code(const char *typed, uint32_t *ret_code)
{
    uint32_t code = 0;
    int digits = 0;
    for (; *typed; typed++) {
        if (*typed == ' ')
            continue;
        if (*typed < '0' || *typed > '9' || digits == DIGITS)
            return ERR_INVALID;
        code = code * 10 + (uint32_t)(*typed - '0');
        digits++;
    }
    if (digits != DIGITS)
        return ERR_INVALID;
    *ret_code = code;
    return OK;
}

enum status totp_check(const struct totp_secret *secret, const char *typed, int64_t now_ms,
                       int64_t last_step, int64_t *ret_step)
{
    assert(secret && typed && ret_step);

    uint32_t code = 0;
    enum status st = read_code(typed, &code);
    if (st != OK)
        return st;
    int64_t now = now_ms / (TOTP_STEP_SECONDS * MS_SECOND);
    st = ERR_FORBIDDEN;
    for (int64_t step = now - 1; step <= now + 1; step++) {
        uint32_t right = totp_code(secret, step);
        if (sodium_memcmp(&right, &code, sizeof code) != 0)
            continue;
        if (step > last_step) {
            *ret_step = step;
            return OK;
        }
        st = ERR_CONFLICT;
    }
    return st;
}

void recovery_codes_new(struct random *random, struct recovery_code ret_codes[RECOVERY_CODES])
{
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        uint8_t digits[RECOVERY_CHARS];
        random_fill(random, digits, sizeof digits);
        for (size_t j = 0; j < RECOVERY_CHARS; j++)
            digits[j] &= 31;
        char *to = ret_codes[i].s;
        crockford_write(digits, RECOVERY_CHARS / 2, to);
        to[RECOVERY_CHARS / 2] = '-';
        crockford_write(digits + RECOVERY_CHARS / 2, RECOVERY_CHARS / 2,
                        to + RECOVERY_CHARS / 2 + 1);
    }
}

enum status recovery_code_hash(const uint8_t key[32], int64_t account, const char *typed,
                               uint8_t ret_hash[32])
{
    assert(key && typed && ret_hash);

    static const char label[] = "recovery code";
    uint8_t message[sizeof label + sizeof account + RECOVERY_CHARS];
    memcpy(message, label, sizeof label);
    memcpy(message + sizeof label, &account, sizeof account);
    enum status st = crockford_read(typed, RECOVERY_CHARS, message + sizeof label + sizeof account);
    if (st != OK)
        return st;
    (void)crypto_generichash(ret_hash, 32, message, sizeof message, key, 32);
    sodium_memzero(message, sizeof message);
    return OK;
}
