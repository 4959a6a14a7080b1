/*
 * account: how a member of staff signs in: e-mail address, password, second factor, recovery
 * codes, invitations, and the list of own sessions. An account belongs to the installation: one
 * person may work at several schools. Knows what is stored; refuses to know forms, hashing costs
 * (password.h) and rates (ratelimit.h). Addresses are found by blind index and stored sealed.
 */
#ifndef SIGNIN_ACCOUNT_H
#define SIGNIN_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"
#include "i18n/tr.h"
#include "access/session.h"

struct work;

#define ACCOUNT_TOKEN_TEXT SESSION_TOKEN_TEXT
#define ACCOUNT_TOTP_BYTES 20 /* RFC 4226 4: 160 bits */
#define INVITATION_MS (7 * MS_DAY)
#define RESET_MS MS_DAY

enum invitation_purpose { INVITATION_FIRST = 1, INVITATION_RESET = 2 };

struct account {
    struct account_id id;
    const char *password_hash; /* NULL: no password set yet */
    bool has_second_factor;
    bool is_disabled;
    int64_t totp_step; /* last time step used: codes are for once */
    enum lang lang;
};

/* By address (any case). ERR_NOT_FOUND. */
NODISCARD enum status account_find_login(struct work *work, const char *email, struct account *ret);
NODISCARD enum status account_find(struct work *work, struct account_id id, struct account *ret);
/* The same from a row that the caller read: `sealed` is account.login_sealed. */
NODISCARD enum status account_address(struct work *work, struct account_id id, struct sealed sealed,
                                      const char **ret_email);
/* The address itself, for the account page and TOTP's label. */
NODISCARD enum status account_email(struct work *work, struct account_id id,
                                    const char **ret_email);

/* ERR_CONFLICT when the address has an account already; ERR_INVALID when it is none. */
NODISCARD enum status account_make(struct work *work, const char *email, struct account_id *ret);
/*
 * Removes the accounts that are nobody at any school, with all that hangs on them, in the open
 * WRITE transaction that took a school away. *ret_count of them.
 */
NODISCARD enum status account_remove_homeless(struct work *work, size_t *ret_count);
/* Says at which school an account is somebody, and ties the staff row. Idempotent. */
NODISCARD enum status account_join_school(struct work *work, struct account_id account,
                                          struct staff_id staff);

/* Stores the hash, ends all sessions of the account but `keep` (none: all). */
NODISCARD enum status account_set_password(struct work *work, struct account_id id,
                                           const char *hash, struct session_id keep);
/* Only stores a stronger hash of the same password. */
NODISCARD enum status account_rehash(struct work *work, struct account_id id, const char *hash);

NODISCARD enum status account_totp_secret(struct work *work, struct account_id id,
                                          uint8_t ret_secret[ACCOUNT_TOTP_BYTES]);
/*
 * Stores another second factor with the last time step that was used of it, and ends all sessions
 * of the account but `keep`: who is in by what came before proves it anew.
 */
NODISCARD enum status account_set_totp(struct work *work, struct account_id id,
                                       const uint8_t secret[ACCOUNT_TOTP_BYTES], int64_t step,
                                       struct session_id keep);
/*
 * Takes the second factor and the recovery codes away, and ends all sessions: a phone that is gone
 * may hold one, and a whole session without a factor would let anybody set up theirs.
 */
NODISCARD enum status account_clear_totp(struct work *work, struct account_id id);
/* ERR_CONFLICT when that step (or a later one) was used already. */
NODISCARD enum status account_use_totp_step(struct work *work, struct account_id id, int64_t step);

/* Recovery codes as hashes (totp.h makes them); setting replaces all. Using: ERR_NOT_FOUND when
 * unknown or used. */
NODISCARD enum status account_set_recovery(struct work *work, struct account_id id,
                                           const uint8_t (*hashes)[32], size_t count);
NODISCARD enum status account_use_recovery(struct work *work, struct account_id id,
                                           const uint8_t hash[32]);
NODISCARD enum status account_recovery_left(struct work *work, struct account_id id, int *ret_left);

/* A link by which the person sets a password. The token is shown once; its hash is stored. Ends
 * earlier links. */
NODISCARD enum status account_invite(struct work *work, struct account_id id,
                                     enum invitation_purpose purpose,
                                     char ret_token[ACCOUNT_TOKEN_TEXT]);
/* ERR_NOT_FOUND when unknown, used or past. */
NODISCARD enum status account_invitation(struct work *work, const char *token,
                                         struct account_id *ret_account,
                                         enum invitation_purpose *ret_purpose);
NODISCARD enum status account_invitation_use(struct work *work, const char *token);

/* The schools where the account is somebody who has not left. */
struct account_place {
    struct school_id school;
    struct staff_id staff;
    const char *school_name;
};
NODISCARD enum status account_places(struct work *work, struct account_id id,
                                     struct account_place **ret, size_t *ret_count);

/* Is the account somebody at another school than work's, too? Then no one school may lock or reset
 * it. */
NODISCARD enum status account_is_elsewhere(struct work *work, struct account_id id, bool *ret_is);
/* Is somebody of work's school (who has not left) signed in with it already? */
NODISCARD enum status account_is_here(struct work *work, struct account_id id, bool *ret_is);

struct account_session {
    struct session_id id;
    enum browser browser;
    int64_t made_at, seen_at;
};
NODISCARD enum status account_sessions(struct work *work, struct account_id id,
                                       struct account_session **ret, size_t *ret_count);
/* Ends one session of this account. ERR_NOT_FOUND for somebody else's. */
NODISCARD enum status account_end_session(struct work *work, struct account_id id,
                                          struct session_id session);
/* After the second factor: the half session becomes a whole one (a new token is the caller's duty).
 */
NODISCARD enum status account_choose_school(struct work *work, struct session_id session,
                                            struct account_place place);

/* No more signing in, all sessions ended. */
NODISCARD enum status account_disable(struct work *work, struct account_id id, bool disabled);

/* Deletes past sessions, used invitations and closed class devices of the installation. */
NODISCARD enum status account_sweep(struct work *work);

#endif
