/*
 * factor_web: what the pages of signing in and those of the own account both do: ask for a code of
 * the second factor, count guesses, and note in the logs of all schools of an account what happened
 * to it. Knows requests and forms; refuses to know which page asks.
 */
#ifndef SIGNIN_FACTOR_WEB_H
#define SIGNIN_FACTOR_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "access/audit.h"
#include "signin/account.h"

struct web;

/* The random part of this browser's known-device cookie when it is this account's, else NULL. */
const char *factor_known_device(struct web *web, struct account_id account);
/* Makes this browser known to the account: what others try elsewhere no longer keeps it out. */
void factor_remember_device(struct web *web, struct account_id account);

/*
 * Where somebody was going when they were sent to sign in, as a form or link brought it:
 * "/leerling/…", a path of this site in plain characters, so that it may stand in a query as it is.
 * Anything else is "/".
 */
const char *factor_safe_target(const char *path);
/* A page of the sign-in that takes the target along: "/aanmelden/code?naar=/groep/…"; `page` when
 * it is "/". */
const char *factor_page_to(struct web *web, const char *page, const char *target);

/* Says at `field` how long to wait after too many tries. */
void factor_too_often(struct web *web, const char *field, int64_t wait_ms);

/*
 * Is what stands in `field` a code of the account's second factor, or one of its recovery codes?
 * *ret_right: it is, and it is used up with the transaction's commit. Not right: the field has its
 * message and the guess is noted. In the caller's transaction, after factor_may_try().
 */
NODISCARD enum status factor_check(struct web *web, struct account_id account, const char *field,
                                   bool *ret_right);
/* Counts a guess before it is looked at. *ret_may false: the field says how long to wait. */
NODISCARD enum status factor_may_try(struct web *web, struct account_id account, const char *field,
                                     bool *ret_may);
/* The guess was right: the count forgets it. */
void factor_succeeded(struct web *web, struct account_id account);

/*
 * Notes a change at every school where the account is somebody, in the open WRITE transaction. The
 * actor of the line is the person as known there: also while nobody is signed in (a link).
 */
NODISCARD enum status factor_note_everywhere(struct web *web, struct account_id account,
                                             enum audit_action action);
/*
 * A guess that was wrong, noted at every school of the account: its administrators can see that
 * somebody tried. Through the spool: a write that the disk waits for would tell a stranger with a
 * clock which accounts exist, and let them keep the database busy.
 */
NODISCARD enum status factor_note_refused(struct web *web, struct account_id account);

#endif
