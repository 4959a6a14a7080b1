/*
 * enter_web: the moment at which somebody is in: a session of their own with a fresh token, this
 * browser known to the account, and a line in the log of each of their schools. Every way in for
 * staff ends here: the password in the demo, the code, and setting up the second factor. Refuses to
 * know what proved who they are.
 */
#ifndef SIGNIN_ENTER_WEB_H
#define SIGNIN_ENTER_WEB_H

#include "base/ids.h"
#include "base/status.h"

struct web;

/*
 * Both in an open WRITE transaction. The session that the request came with ends: its token, which
 * somebody may have seen or chosen, opens nothing afterwards. The answer is a redirect or a page
 * without forms: web->csrf is of the session that ended.
 */

/* After the password: a session that opens only the pages of the second factor, and not for long.
 */
NODISCARD enum status enter_half(struct web *web, struct account_id account);

/*
 * A whole session. *ret_next: where to go: `target` when it is of this site (factor_safe_target),
 * by way of the choice of a school when there are more. ERR_FORBIDDEN when the half session that
 * led here has ended meanwhile.
 */
NODISCARD enum status enter(struct web *web, struct account_id account, const char *target,
                            const char **ret_next);

#endif
