#include "signin/signin_web.h"

#include <sodium.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "gen/signin_html.h"
#include "http/http.h"
#include "signin/account.h"
#include "signin/factor_web.h"
#include "signin/password.h"
#include "signin/qr.h"
#include "signin/totp.h"
#include "vault/vault.h"
#include "web/app.h"
#include "web/web.h"

/*
 * What people do with their own account: set a password by invitation or by themselves, look at
 * their sessions and end them.
 */

static const struct field password_fields[] = {
    {.name = "old",
     .kind = FIELD_PASSWORD,
     .required = true,
     .max = PASSWORD_MAX_BYTES,
     .label = N_("Present password"),
     .autocomplete = "current-password"},
    {.name = "password",
     .kind = FIELD_PASSWORD,
     .required = true,
     .max = PASSWORD_MAX_BYTES,
     .label = N_("New password"),
     .hint = N_("At least 12 characters."),
     .autocomplete = "new-password"},
};
FORM(password_form, password_fields);

static const struct field invitation_fields[] = {
    {.name = "token", .kind = FIELD_HIDDEN, .required = true, .max = SESSION_TOKEN_TEXT},
    {.name = "password",
     .kind = FIELD_PASSWORD,
     .required = true,
     .max = PASSWORD_MAX_BYTES,
     .label = N_("New password"),
     .hint = N_("At least 12 characters."),
     .autocomplete = "new-password"},
};
FORM(invitation_form, invitation_fields);

static const struct field link_fields[] = {
    {.name = "code", .kind = FIELD_HIDDEN, .max = SESSION_TOKEN_TEXT},
};
FORM(link_form, link_fields);

static const char *flaw_message(enum password_flaw flaw)
{
    static const char *const messages[] = {
        [PASSWORD_FINE] = NULL,
        [PASSWORD_NOT_TEXT] = N_("This holds characters that cannot be kept."),
        [PASSWORD_SHORT] = N_("Use at least 12 characters."),
        [PASSWORD_LONG] = N_("This is too long."),
        [PASSWORD_SIMPLE] = N_("This is too easy to guess: too much of the same."),
        [PASSWORD_COMMON] = N_("Many people use this. Choose other words."),
        [PASSWORD_PERSONAL] = N_("Do not use your name, address or school."),
    };
    return messages[flaw];
}

static enum password_flaw check(struct web *web, const char *password, const char *email)
{
    const char *const known[] = {email, web->me_name, "weerklank"};
    return password_check(password, strlen(password), known, ARRAY_LEN(known));
}

static enum status hash_password(struct web *web, const char *password, const char **ret_hash)
{
    char *hash = arena_alloc(web->arena, PASSWORD_HASH_SIZE);
    struct password_cost cost = password_cost_default(web->app->gate);
    enum status st = hash ? password_hash(&cost, password, strlen(password), hash) : ERR_NOMEM;
    *ret_hash = hash;
    return st == ERR_LIMIT ? ERR_DB : st;
}

/* --- invitation ------------------------------------------------------------------------------- */

static enum status show_invitation(struct web *web, const char *email, bool is_first)
{
    struct invitation_view *view = ARENA_NEW(web->arena, struct invitation_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct invitation_view){.form = &web->form, .email = email, .is_first = is_first};
    web->reply.page.frame = FRAME_PLAIN;
    return web_page(web, is_first ? _("Welcome to Weerklank") : _("Choose a new password"),
                    html_invitation_page, view);
}

static enum status find_invitation(struct web *web, const char *token, struct account_id *ret_id,
                                   enum invitation_purpose *ret_purpose, const char **ret_email)
{
    enum status st = account_invitation(&web->work, token, ret_id, ret_purpose);
    return st == OK ? account_email(&web->work, *ret_id, ret_email) : st;
}

static enum status invitation_page(struct web *web)
{
    const char *token = form_text(&web->form, "code");
    struct account_id id;
    enum invitation_purpose purpose;
    const char *email = "";
    enum status st = find_invitation(web, token, &id, &purpose, &email);
    if (st != OK)
        return st;
    web->form = (struct form_values){.form = &invitation_form};
    web->form.text[0] = token;
    web->form.text[1] = "";
    return show_invitation(web, email, purpose == INVITATION_FIRST);
}

struct new_password {
    const char *token; /* of the invitation, or NULL */
    struct account_id id;
    const char *hash;
};

static enum status store_password(struct web *web, void *context)
{
    const struct new_password *new = context;
    enum status st = new->token ? account_invitation_use(&web->work, new->token) : OK;
    struct session_id keep = web->session ? web->session->id : (struct session_id){0};
    if (st == OK)
        st = account_set_password(&web->work, new->id, new->hash, keep);
    return st == OK ? factor_note_everywhere(web, new->id, AUDIT_PASSWORD_SET) : st;
}

static enum status accept_invitation(struct web *web)
{
    const char *token = form_text(&web->form, "token");
    const char *password = form_text(&web->form, "password");
    struct account_id id;
    enum invitation_purpose purpose;
    const char *email = "";
    enum status st = db_begin(web->work.db, DB_READ);
    if (st == OK)
        st = find_invitation(web, token, &id, &purpose, &email);
    db_rollback(web->work.db);
    if (st != OK)
        return st;
    const char *message = flaw_message(check(web, password, email));
    if (form_valid(&web->form) && message)
        form_error(&web->form, "password", message);
    if (!form_valid(&web->form))
        return show_invitation(web, email, purpose == INVITATION_FIRST);
    struct new_password new = {.token = token, .id = id};
    st = hash_password(web, password, &new.hash);
    if (st == OK)
        st = web_write(web, store_password, &new);
    return st == OK ? web_redirect(web, "/aanmelden") : st;
}

/* --- the account page ------------------------------------------------------------------------- */

static const char *browser_text(enum browser browser)
{
    static const char *const names[] = {[BROWSER_OTHER] = N_("Unknown browser"),
                                        [BROWSER_FIREFOX] = "Firefox",
                                        [BROWSER_CHROME] = "Chrome",
                                        [BROWSER_SAFARI] = "Safari",
                                        [BROWSER_EDGE] = "Edge"};
    return (size_t)browser < ARRAY_LEN(names) ? names[browser] : names[BROWSER_OTHER];
}

static const char *moment_text(struct web *web, int64_t at_ms)
{
    struct local_time local = date_local(at_ms);
    return trf(web->tr, web->arena, "{0} at {1}", 2,
               tr_date_day(web->tr, web->arena, local.date, web->work.today),
               tr_time(web->tr, web->arena, local));
}

static enum status fill_sessions(struct web *web, struct account_view *view)
{
    struct account_session *sessions = NULL;
    size_t count = 0;
    enum status st = account_sessions(&web->work, web->session->account, &sessions, &count);
    if (st != OK)
        return st;
    view->sessions = ARENA_ARRAY(web->arena, struct session_line, count);
    if (!view->sessions)
        return ERR_NOMEM;
    view->session_count = count;
    for (size_t i = 0; i < count; i++)
        view->sessions[i] = (struct session_line){
            .session = &sessions[i],
            .browser = tr(web->tr, browser_text(sessions[i].browser)),
            .since = moment_text(web, sessions[i].made_at),
            .seen = moment_text(web, sessions[i].seen_at),
            .is_this = sessions[i].id.v == web->session->id.v,
        };
    return OK;
}

static enum status show_account(struct web *web)
{
    struct account_view *view = ARENA_NEW(web->arena, struct account_view);
    struct account account;
    if (!view)
        return ERR_NOMEM;
    if (!web->form.form) {
        web->form = (struct form_values){.form = &password_form};
        web->form.text[0] = web->form.text[1] = "";
    }
    view->password_form = &web->form;
    view->is_staff = web->actor.kind == ACTOR_STAFF && web->actor.staff.v;
    enum status st = account_find(&web->work, web->session->account, &account);
    if (st == OK)
        st = account_email(&web->work, account.id, &view->email);
    if (st == OK)
        st = account_recovery_left(&web->work, account.id, &view->recovery_left);
    if (st == OK)
        st = fill_sessions(web, view);
    if (st != OK)
        return st;
    view->has_second_factor = account.has_second_factor;
    view->is_at_school = access_check_school(&web->work, RIGHT_STAFF) == OK;
    web->reply.page.nav = NAV_ACCOUNT;
    return web_page(web, _("My account"), html_account_page, view);
}

static enum status show_account_in_transaction(struct web *web)
{
    enum status st = db_begin(web->work.db, DB_READ);
    if (st == OK)
        st = show_account(web);
    db_rollback(web->work.db);
    return st;
}

static enum status verify_own(struct web *web, struct account_id id, const char *password,
                              const char **ret_email)
{
    struct account account;
    enum status st = db_begin(web->work.db, DB_READ);
    if (st == OK)
        st = account_find(&web->work, id, &account);
    if (st == OK)
        st = account_email(&web->work, id, ret_email);
    db_rollback(web->work.db);
    if (st != OK)
        return st;
    struct password_cost cost = password_cost_default(web->app->gate);
    bool rehash = false;
    st = password_verify(&cost, account.password_hash, password, strlen(password), &rehash);
    return st == ERR_LIMIT ? ERR_DB : st;
}

static enum status change_password(struct web *web)
{
    if (!form_valid(&web->form))
        return show_account_in_transaction(web);
    struct account_id id = web->session->account;
    const char *email = "";
    const char *password = form_text(&web->form, "password");
    enum status st = verify_own(web, id, form_text(&web->form, "old"), &email);
    if (st == ERR_FORBIDDEN)
        form_error(&web->form, "old", N_("This is not your present password."));
    else if (st != OK)
        return st;
    const char *message = flaw_message(check(web, password, email));
    if (message)
        form_error(&web->form, "password", message);
    if (!form_valid(&web->form))
        return show_account_in_transaction(web);
    struct new_password new = {.id = id};
    st = hash_password(web, password, &new.hash);
    if (st == OK)
        st = web_write(web, store_password, &new);
    return st == OK ? web_redirect(web, "/account") : st;
}

static enum status end_session(struct web *web)
{
    struct session_id id = {web->ids[PARAM_SESSION]};
    enum status st = account_end_session(&web->work, web->session->account, id);
    if (st == OK && web->actor.school.v)
        st = audit_change(&web->work, AUDIT_SESSION_ENDED, 0, id.v);
    return st == OK ? web_redirect(web, "/account") : st;
}

const struct route account_routes[] = {
    {HTTP_GET, "/uitnodiging", .right = RIGHT_ANYONE, .form = &link_form, .run = invitation_page},
    {HTTP_POST, "/uitnodiging", .right = RIGHT_ANYONE, .flags = ROUTE_OWN_TRANSACTION,
     .form = &invitation_form, .run = accept_invitation},
    {HTTP_GET, "/account", .right = RIGHT_ACCOUNT, .flags = ROUTE_WITHOUT_SCHOOL,
     .run = show_account},
    {HTTP_POST, "/account/wachtwoord", .right = RIGHT_ACCOUNT,
     .flags = ROUTE_OWN_TRANSACTION | ROUTE_WITHOUT_SCHOOL, .form = &password_form,
     .run = change_password},
    {HTTP_POST, "/account/sessie/:session/einde", .right = RIGHT_ACCOUNT,
     .flags = ROUTE_WITHOUT_SCHOOL, .run = end_session},
    {0},
};
