#include "signin/enter_web.h"

#include "access/audit.h"
#include "access/session.h"
#include "http/http.h"
#include "signin/account.h"
#include "signin/factor_web.h"
#include "web/web.h"

/*
 * Half a session is looked at again: a new password or an administrator may have ended it after
 * this request was let in, and then what it proves counts for nothing.
 */
static enum status still_half(struct web *web, struct account_id account)
{
    const struct session *session = web->session;
    if (!session || session->step != SESSION_HALF || session->account.v != account.v)
        return OK;
    struct session again;
    enum status st = session_find(web->work.db, web->arena, web_cookie(web, SESSION_COOKIE),
                                  web->work.now_ms, &again);
    return st == ERR_NOT_FOUND ? ERR_FORBIDDEN : st;
}

static enum status begin_session(struct web *web, struct account_id account, enum session_step step,
                                 struct account_place place)
{
    struct session_start start = {.kind = SESSION_STAFF,
                                  .step = step,
                                  .account = account,
                                  .school = place.school,
                                  .person = place.staff.v};
    return web_begin_session(web, &start);
}

enum status enter_half(struct web *web, struct account_id account)
{
    return begin_session(web, account, SESSION_HALF, (struct account_place){0});
}

enum status enter(struct web *web, struct account_id account, const char *target,
                  const char **ret_next)
{
    struct account_place *places = NULL;
    size_t count = 0;
    enum status st = still_half(web, account);
    if (st == OK)
        st = account_places(&web->work, account, &places, &count);
    if (st != OK)
        return st;
    bool one = count == 1;
    st = begin_session(web, account, SESSION_FULL, one ? places[0] : (struct account_place){0});
    if (st == OK)
        st = factor_note_everywhere(web, account, AUDIT_SIGN_IN);
    if (st != OK)
        return st;
    factor_remember_device(web, account);
    *ret_next = one ? factor_safe_target(target) : factor_page_to(web, "/aanmelden/school", target);
    return OK;
}
