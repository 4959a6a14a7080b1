/*
 * looked: who read and wrote about the signed-in pupil, from the log that nobody can rewrite (R5, R14).
 */
#ifndef SHARING_LOOKED_H
#define SHARING_LOOKED_H

#include <stddef.h>
#include <stdint.h>

#include "access/audit.h"
#include "base/status.h"

struct work;

#define LOOKED_MAX 200 /* lines of the log that are looked through */

struct looked {
    int64_t at_ms;
    int actor_kind;   /* enum actor_kind; 5: nobody signed in */
    const char *name; /* of staff; "" for all others and for who was erased */
    enum audit_action action;
};

/*
 * About the signed-in pupil, newest first, without what the pupil did, and what one did on one day said once.
 * Not after a weak sign-in: ERR_NOT_FOUND.
 */
NODISCARD enum status looked_at_self(struct work *work, struct looked **ret, size_t *ret_count);

#endif
