/*
 * staff_account: how somebody of the staff gets in: an account by invitation, a lost second factor,
 * a blocked account. What an administrator of the school may do to it. An account belongs to the
 * installation and may open other schools too; then this school's administrator may only tie it,
 * or a school could take over what opens another.
 */
#ifndef STAFF_STAFF_ACCOUNT_H
#define STAFF_STAFF_ACCOUNT_H

#include <stdbool.h>

#include "base/ids.h"
#include "base/status.h"
#include "signin/account.h"

struct work;

enum staff_access {
    STAFF_ACCESS_NONE,    /* no account */
    STAFF_ACCESS_INVITED, /* an account without a password yet */
    STAFF_ACCESS_OPEN,
    STAFF_ACCESS_BLOCKED,
};

struct staff_account {
    enum staff_access access;
    const char *email; /* with which they sign in; "" without account */
    bool has_second_factor;
    bool is_elsewhere; /* opens another school as well */
};

/* ERR_NOT_FOUND for an unknown member of staff. */
NODISCARD enum status staff_account_find(struct work *work, struct staff_id staff,
                                         struct staff_account *ret_account);

/* Only how it stands, for lists. An account of none: STAFF_ACCESS_NONE. */
NODISCARD enum status staff_access_of(struct work *work, struct account_id account,
                                      enum staff_access *ret_access);

/*
 * Makes the account of the member's e-mail address when there is none, and a link with which they
 * choose a password: the first one, or a new one. ret_token is "" when the address had an account
 * already that belongs to somebody elsewhere: it is tied, and from now on opens this school as
 * well, with its own password. ERR_INVALID without an address; ERR_CONFLICT when a colleague uses
 * that address; ERR_FORBIDDEN when the account opens other schools too, is blocked, or the member
 * has left.
 */
NODISCARD enum status staff_invite(struct work *work, struct staff_id staff,
                                   char ret_token[ACCOUNT_TOKEN_TEXT]);

/* They set up a new one when they sign in. ERR_FORBIDDEN as above; ERR_NOT_FOUND without account.
 */
NODISCARD enum status staff_reset_second_factor(struct work *work, struct staff_id staff);

/*
 * Blocks the account (ends its sessions) or opens it again. ERR_CONFLICT for the last
 * administrator; ERR_FORBIDDEN and ERR_NOT_FOUND as above.
 */
NODISCARD enum status staff_block(struct work *work, struct staff_id staff, bool blocked);

#endif
