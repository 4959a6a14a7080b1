#include "staff/staff_account.h"

#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/str.h"
#include "staff/staff.h"

static enum staff_access access_of(const struct account *account)
{
    if (account->is_disabled)
        return STAFF_ACCESS_BLOCKED;
    return account->password_hash ? STAFF_ACCESS_OPEN : STAFF_ACCESS_INVITED;
}

enum status staff_access_of(struct work *work, struct account_id account,
                            enum staff_access *ret_access)
{
    struct account found;
    if (account.v == 0) {
        *ret_access = STAFF_ACCESS_NONE;
        return OK;
    }
    enum status st = account_find(work, account, &found);
    if (st == OK)
        *ret_access = access_of(&found);
    return st;
}

enum status staff_account_find(struct work *work, struct staff_id staff,
                               struct staff_account *ret_account)
{
    struct staff found;
    struct account account;
    enum status st = staff_find(work, staff, &found);
    if (st != OK)
        return st;
    *ret_account = (struct staff_account){.access = STAFF_ACCESS_NONE, .email = ""};
    if (found.account.v == 0)
        return OK;
    st = account_find(work, found.account, &account);
    if (st == OK)
        st = account_email(work, found.account, &ret_account->email);
    if (st == OK)
        st = account_is_elsewhere(work, found.account, &ret_account->is_elsewhere);
    if (st != OK)
        return st;
    ret_account->has_second_factor = account.has_second_factor;
    ret_account->access = access_of(&account);
    return OK;
}

/* The member and the account that this school alone may change. */
static enum status find_own(struct work *work, struct staff_id staff, struct staff *ret_staff)
{
    bool elsewhere = false;
    enum status st = staff_find(work, staff, ret_staff);
    if (st == OK && ret_staff->account.v == 0)
        return ERR_NOT_FOUND;
    if (st == OK && date_is_set(ret_staff->left_on))
        return ERR_FORBIDDEN;
    if (st == OK)
        st = account_is_elsewhere(work, ret_staff->account, &elsewhere);
    return st == OK && elsewhere ? ERR_FORBIDDEN : st;
}

/*
 * The first time: a new account, or one that exists already. Who has a password keeps it: then no
 * link is made.
 */
static enum status take_account(struct work *work, const struct staff *staff,
                                struct account_id *ret_account, bool *ret_wants_link)
{
    struct account known;
    bool taken = false, elsewhere = false;
    const char *email = staff->person.email;
    if (str_is_blank(email))
        return ERR_INVALID;
    enum status st = account_find_login(work, email, &known);
    if (st == ERR_NOT_FOUND) {
        *ret_wants_link = true;
        st = account_make(work, email, ret_account);
    } else if (st == OK) {
        *ret_account = known.id;
        st = account_is_here(work, known.id, &taken);
        if (st == OK)
            st = account_is_elsewhere(work, known.id, &elsewhere);
        if (st == OK && taken)
            return ERR_CONFLICT;
        *ret_wants_link = !known.password_hash && !elsewhere;
    }
    return st == OK ? account_join_school(work, *ret_account, staff->id) : st;
}

static enum status make_link(struct work *work, struct account_id id,
                             char ret_token[ACCOUNT_TOKEN_TEXT])
{
    struct account account;
    bool elsewhere = false;
    enum status st = account_find(work, id, &account);
    if (st == OK)
        st = account_is_elsewhere(work, id, &elsewhere);
    if (st == OK && (elsewhere || account.is_disabled))
        return ERR_FORBIDDEN;
    return st == OK ? account_invite(work, id,
                                     account.password_hash ? INVITATION_RESET : INVITATION_FIRST,
                                     ret_token)
                    : st;
}

enum status staff_invite(struct work *work, struct staff_id staff,
                         char ret_token[ACCOUNT_TOKEN_TEXT])
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    assert(work && ret_token);

    struct staff found;
    char token[ACCOUNT_TOKEN_TEXT] = "";
    enum status st = staff_find(work, staff, &found);
    if (st == OK && date_is_set(found.left_on))
        return ERR_FORBIDDEN;
    bool wants_link = true;
    if (st == OK && found.account.v == 0)
        st = take_account(work, &found, &found.account, &wants_link);
    if (st == OK && wants_link)
        st = make_link(work, found.account, token);
    if (st == OK)
        st = audit_change(work, AUDIT_ACCOUNT_INVITED, 0, staff.v);
    if (st == OK)
        memcpy(ret_token, token, sizeof token);
    return st;
}

enum status staff_reset_second_factor(struct work *work, struct staff_id staff)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct staff found;
    enum status st = find_own(work, staff, &found);
    if (st == OK)
        st = account_clear_totp(work, found.account);
    return st == OK ? audit_change(work, AUDIT_SECOND_FACTOR_RESET, 0, staff.v) : st;
}

enum status staff_block(struct work *work, struct staff_id staff, bool blocked)
{
    enum status may = access_check_school(work, RIGHT_STRUCTURE);
    if (may != OK)
        return may;
    struct staff found;
    enum status st = find_own(work, staff, &found);
    if (st == OK && blocked)
        st = staff_can_be_missed(work, staff);
    if (st == OK)
        st = account_disable(work, found.account, blocked);
    enum audit_action action = blocked ? AUDIT_ACCOUNT_DISABLED : AUDIT_ACCOUNT_ENABLED;
    return st == OK ? audit_change(work, action, 0, staff.v) : st;
}
