/*
 * totp: the second factor of staff: six digits of an authenticator app (RFC 6238: HMAC-SHA-1, 30
 * seconds), and recovery codes for who lost the telephone. Pure functions; the caller keeps the
 * secret sealed, the last time step used, and the hashes of the recovery codes.
 */
#ifndef SIGNIN_TOTP_H
#define SIGNIN_TOTP_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct random;

#define TOTP_SECRET_BYTES 20 /* as long as the hash: RFC 4226 §4 */
#define TOTP_STEP_SECONDS 30
#define RECOVERY_CODES 10
#define RECOVERY_CHARS 10 /* 50 bits */

struct totp_secret {
    uint8_t bytes[TOTP_SECRET_BYTES];
};

/* As it is shown: "k7r2m-9xq4d". */
struct recovery_code {
    char s[RECOVERY_CHARS + 2];
};

struct totp_secret totp_secret_new(struct random *random);

/* The secret in base 32 (RFC 4648, no padding), for typing it into an app. In the arena. */
const char *totp_secret_text(struct arena *arena, const struct totp_secret *secret);

/* otpauth://totp/<issuer>:<account>?secret=…&issuer=…, for the QR code. In the arena. */
const char *totp_uri(struct arena *arena, const char *issuer, const char *account,
                     const struct totp_secret *secret);

/* The code of a time step (seconds since 1970 / 30), 0 … 999999. */
uint32_t totp_code(const struct totp_secret *secret, int64_t step);

/*
 * Checks what was typed (six digits; spaces are skipped) against the step of `now_ms`, the one
 * before and the one after. OK gives the step that it belongs to: store it and pass it as
 * `last_step` (0 at first) next time. ERR_INVALID when it is not six digits, ERR_CONFLICT when it
 * is right but not newer than last_step (used before: wait for the next one), else ERR_FORBIDDEN.
 */
NODISCARD enum status totp_check(const struct totp_secret *secret, const char *typed,
                                 int64_t now_ms, int64_t last_step, int64_t *ret_step);

/* Ten fresh codes, each good for one sign-in. */
void recovery_codes_new(struct random *random, struct recovery_code ret_codes[RECOVERY_CODES]);

/*
 * What is stored of a code: BLAKE2b-256 with `key` (the vault's installation key) of account and
 * code. Keyed, because fifty bits under a bare hash could be found from a stolen database. Reads
 * what people type: either case, o for 0, i and l for 1, dashes and spaces. ERR_INVALID for
 * anything that is not a code.
 */
NODISCARD enum status recovery_code_hash(const uint8_t key[32], int64_t account, const char *typed,
                                         uint8_t ret_hash[32]);

#endif
