/*
 * limits: how many guesses each kind of sign-in allows, and to whom. Knows the policy; refuses to
 * know passwords and pages.
 *
 * Four scopes are counted, each with a limit of its own per kind of sign-in:
 *   pair      this account from this address: strict, for whoever guesses one person's password
 *   address   all accounts from this address: loose, for a school sits behind one address
 *   account   this account from anywhere: never a lock; beyond the burst guesses are only spaced,
 *             at most ACCOUNT_SPACING_MAX_MS apart, so that a network of machines gets nowhere
 *   device    this account from a browser that signed in to it before (its known-device cookie)
 *
 * A known device answers to the device scope alone. What others do to an account, from wherever,
 * and be it from the same school's address, therefore never keeps out its owner at the usual desk.
 * Who stole the cookie still meets the device limit, the password and the second factor.
 *
 * Picture codes are the exception: a class shares its tablets, so there is no known device, and one
 * of 720 codes would be found by patience. Ten wrong ones lock that one pupil's pictures,
 * everywhere: that count is kept with the code, and survives a restart (badge/pupil_signin.h). What
 * is counted here is who goes along all names of the class: the account of such a try is the opened
 * class device.
 */
#ifndef SIGNIN_LIMITS_H
#define SIGNIN_LIMITS_H

#include <stdint.h>

#include "base/status.h"
#include "signin/ratelimit.h"

enum limit_kind {
    LIMIT_PASSWORD, /* staff and guardians */
    LIMIT_CODE,     /* their second factor or recovery code */
    LIMIT_RESET,    /* asking for a mail with a link; every one counts */
    LIMIT_PICTURES, /* three pictures on a class device, of whichever pupil */
    LIMIT_BADGE,    /* a scanned card: 128 bits, guessing is hopeless; only against noise */
    LIMIT_CALENDAR, /* a calendar fetched by its secret link: 256 bits; only against noise */
    LIMIT_KINDS
};

enum limit_scope { LIMIT_PAIR, LIMIT_ADDRESS, LIMIT_ACCOUNT, LIMIT_DEVICE, LIMIT_SCOPES };

#define ACCOUNT_SPACING_MAX_MS INT64_C(60000)

/* The table, for the page that explains it and for tests. */
const struct rate_rule *limit_rule(enum limit_kind kind, enum limit_scope scope);

struct limit_try {
    enum limit_kind kind;
    const char
        *account; /* the normalised name or the id; pictures: of the class device; badge: "" */
    const char *address; /* of limit_address() */
    const char *device;  /* id of the known device of *this* account, verified; else NULL */
};

/*
 * Before the guess is looked at: counts it, so that guesses sent side by side count as well. OK, or
 * ERR_LIMIT with how long to wait and the scope that says so: tell people to wait when it is
 * minutes, let the page wait by itself when it is seconds.
 */
NODISCARD enum status limit_begin(struct ratelimit *limit, const struct limit_try *attempt,
                                  int64_t now_ms, int64_t *ret_wait_ms,
                                  enum limit_scope *ret_scope);

/* The guess was right: takes it back from all scopes and forgets pair and device. */
void limit_succeeded(struct ratelimit *limit, const struct limit_try *attempt, int64_t now_ms);

struct limit_address {
    char s[48];
};

/*
 * What counts as one address: an IPv4 address as it is, of IPv6 the first 64 bits, which is what
 * one household or school has. Anything else becomes "?", one address for all that is unreadable.
 */
struct limit_address limit_address(const char *text);

#endif
