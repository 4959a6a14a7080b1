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
 * What people do with their own account: set a password by invitation or by themselves, set up the
 * second factor, look at their sessions and end them.
 */

#define SECRET_TEXT 32 /* 20 bytes in base 32 */

static const struct field password_fields[] = {
    {.name = "old", .kind = FIELD_PASSWORD, .required = true, .max = PASSWORD_MAX_BYTES,
     .label = N_("Present password"), .autocomplete = "current-password"},
    {.name = "password", .kind = FIELD_PASSWORD, .required = true, .max = PASSWORD_MAX_BYTES,
     .label = N_("New password"), .hint = N_("At least 12 characters."),
     .autocomplete = "new-password"},
};
FORM(password_form, password_fields);

static const struct field invitation_fields[] = {
    {.name = "token", .kind = FIELD_HIDDEN, .required = true, .max = SESSION_TOKEN_TEXT},
    {.name = "password", .kind = FIELD_PASSWORD, .required = true, .max = PASSWORD_MAX_BYTES,
     .label = N_("New password"), .hint = N_("At least 12 characters."),
     .autocomplete = "new-password"},
};
FORM(invitation_form, invitation_fields);

static const struct field link_fields[] = {
    {.name = "code", .kind = FIELD_HIDDEN, .max = SESSION_TOKEN_TEXT},
};
FORM(link_form, link_fields);

static const struct field factor_fields[] = {
    {.name = "code", .kind = FIELD_TEXT, .required = true, .max = 10, .label = N_("Code"),
     .autocomplete = "one-time-code"},
    {.name = "secret", .kind = FIELD_HIDDEN, .required = true, .max = SECRET_TEXT},
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(factor_form, factor_fields);

static const struct field renew_fields[] = {
    {.name = "now", .kind = FIELD_TEXT, .required = true, .max = 20,
     .label = N_("Code of your present phone"),
     .hint = N_("Is that phone gone? Then type one of your recovery codes."), .autocomplete = "off"},
    {.name = "code", .kind = FIELD_TEXT, .required = true, .max = 10,
     .label = N_("Code of the new phone"), .autocomplete = "one-time-code"},
    {.name = "secret", .kind = FIELD_HIDDEN, .required = true, .max = SECRET_TEXT},
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(renew_form, renew_fields);

static const struct field where_fields[] = {
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(where_form, where_fields);

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

/* --- second factor ---------------------------------------------------------------------------- */

/* Does somebody who is in already replace a second factor? Then the present one is asked for. */
static enum status replaces(struct web *web, bool *ret_replaces)
{
    struct account account;
    enum status st = account_find(&web->work, web->session->account, &account);
    if (st == OK)
        *ret_replaces = account.has_second_factor;
    return st;
}

static enum status show_factor(struct web *web, const struct totp_secret *secret, bool asks_present)
{
    struct factor_view *view = ARENA_NEW(web->arena, struct factor_view);
    const char *email = "";
    struct qr qr;
    enum status st = view ? account_email(&web->work, web->session->account, &email) : ERR_NOMEM;
    if (st == OK)
        st = qr_encode(web->arena, totp_uri(web->arena, "Weerklank", email, secret), QR_FOR_SCREEN,
                       &qr);
    if (st != OK)
        return st;
    *view = (struct factor_view){.form = &web->form,
                                 .qr_path = qr.d,
                                 .qr_size = qr.size,
                                 .secret = totp_secret_text(web->arena, secret),
                                 .action = web->route->path,
                                 .target = factor_safe_target(form_text(&web->form, "naar")),
                                 .asks_present = asks_present};
    web->reply.page.frame = FRAME_PLAIN;
    return web_page(web, _("Set up the second step"), html_factor_page, view);
}

static enum status factor_page(struct web *web)
{
    bool asks_present = false;
    enum status st = replaces(web, &asks_present);
    if (st != OK)
        return st;
    bool half = web->session->step == SESSION_HALF;
    /* Half a session may set up a first factor, not replace one. */
    if (half && asks_present)
        return web_redirect(web, "/aanmelden/code");
    struct totp_secret secret = totp_secret_new(web->work.random);
    const char *target = form_text(&web->form, "naar");
    form_begin(&web->form, asks_present ? &renew_form : &factor_form);
    form_set(&web->form, "naar", target);
    return show_factor(web, &secret, asks_present);
}

static enum status new_recovery_codes(struct web *web, struct account_id id,
                                      struct recovery_view *view)
{
    struct recovery_code codes[RECOVERY_CODES];
    uint8_t hashes[RECOVERY_CODES][32];
    const char **texts = ARENA_ARRAY(web->arena, const char *, RECOVERY_CODES);
    struct vault_key key;
    if (!texts)
        return ERR_NOMEM;
    recovery_codes_new(web->work.random, codes);
    vault_installation_key(web->work.vault, &key);
    enum status st = OK;
    for (size_t i = 0; st == OK && i < RECOVERY_CODES; i++) {
        texts[i] = arena_strdup(web->arena, codes[i].s);
        st = recovery_code_hash(key.key, id.v, codes[i].s, hashes[i]);
    }
    vault_key_wipe(&key);
    view->codes = texts;
    view->count = RECOVERY_CODES;
    return st == OK ? account_set_recovery(&web->work, id, (const uint8_t(*)[32])hashes,
                                           RECOVERY_CODES)
                    : st;
}

/* The new phone is stored, and the page with fresh recovery codes is the answer. */
static enum status store_factor(struct web *web, const struct totp_secret *secret, int64_t step)
{
    struct account_id id = web->session->account;
    bool half = web->session->step == SESSION_HALF;
    struct recovery_view *view = ARENA_NEW(web->arena, struct recovery_view);
    if (!view)
        return ERR_NOMEM;
    /* After setting up during sign-in the session is still half: the code that proved it stays usable
     * once, to go on. */
    enum status st = account_set_totp(&web->work, id, secret->bytes, half ? step - 1 : step);
    if (st == OK)
        st = new_recovery_codes(web, id, view);
    if (st == OK)
        st = factor_note_everywhere(web, id, AUDIT_SECOND_FACTOR_SET);
    if (st != OK)
        return st;
    view->next = half ? factor_page_to(web, "/aanmelden/code", form_text(&web->form, "naar"))
                      : "/account";
    web->reply.page.frame = FRAME_PLAIN;
    web->form.form = NULL;
    return web_page(web, _("Your recovery codes"), html_recovery_page, view);
}

/* The secret as the page carried it: base 32 of exactly 20 bytes. */
static enum status parse_secret(const char *text, struct totp_secret *ret)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    if (strlen(text) != SECRET_TEXT)
        return ERR_INVALID;
    uint64_t bits = 0;
    int have = 0;
    size_t used = 0;
    for (size_t i = 0; i < SECRET_TEXT; i++) {
        const char *at = strchr(digits, text[i]);
        if (!at)
            return ERR_INVALID;
        bits = bits << 5 | (uint64_t)(at - digits);
        have += 5;
        if (have >= 8) {
            have -= 8;
            ret->bytes[used++] = (uint8_t)(bits >> have);
        }
    }
    return OK;
}

/* The code of the app that was just set up; wrong: the field has its message. */
static enum status check_new(struct web *web, const struct totp_secret *secret, int64_t *ret_step)
{
    enum status st =
        totp_check(secret, form_text(&web->form, "code"), web->work.now_ms, 0, ret_step);
    if (st != ERR_FORBIDDEN && st != ERR_INVALID)
        return st;
    form_error(&web->form, "code",
               N_("This code is not right. Look at the time of your phone too."));
    return OK;
}

/*
 * The present factor, before another one takes its place: an open session at an unlocked desk is
 * not enough to take an account over for good.
 */
static enum status check_present(struct web *web, struct account_id id)
{
    bool may = false, right = false;
    enum status st = factor_may_try(web, id, "now", &may);
    if (st == OK && may)
        st = factor_check(web, id, "now", &right);
    if (st == OK && right)
        factor_succeeded(web, id);
    return st;
}

static enum status set_factor(struct web *web)
{
    struct totp_secret secret;
    bool asks_present = false;
    int64_t step = 0;
    enum status st = parse_secret(form_text(&web->form, "secret"), &secret);
    if (st == OK)
        st = replaces(web, &asks_present);
    if (st == OK && asks_present && web->session->step == SESSION_HALF)
        st = ERR_FORBIDDEN;
    if (st == OK && !asks_present && web->form.form == &renew_form)
        web->form.error[form_index(&renew_form, "now")] = NULL;
    if (st == OK && form_valid(&web->form))
        st = check_new(web, &secret, &step);
    if (st == OK && asks_present && form_valid(&web->form))
        st = check_present(web, web->session->account);
    if (st != OK)
        return st;
    return form_valid(&web->form) ? store_factor(web, &secret, step)
                                  : show_factor(web, &secret, asks_present);
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
    {HTTP_GET, "/aanmelden/instellen", .right = RIGHT_ACCOUNT, .flags = ROUTE_BEFORE_SECOND_FACTOR,
     .form = &where_form, .run = factor_page},
    {HTTP_POST, "/aanmelden/instellen", .right = RIGHT_ACCOUNT,
     .flags = ROUTE_BEFORE_SECOND_FACTOR, .form = &factor_form, .run = set_factor},
    {HTTP_GET, "/account", .right = RIGHT_ACCOUNT, .flags = ROUTE_WITHOUT_SCHOOL,
     .run = show_account},
    {HTTP_POST, "/account/wachtwoord", .right = RIGHT_ACCOUNT,
     .flags = ROUTE_OWN_TRANSACTION | ROUTE_WITHOUT_SCHOOL, .form = &password_form,
     .run = change_password},
    {HTTP_GET, "/account/tweede-stap", .right = RIGHT_ACCOUNT, .flags = ROUTE_WITHOUT_SCHOOL,
     .form = &where_form, .run = factor_page},
    {HTTP_POST, "/account/tweede-stap", .right = RIGHT_ACCOUNT, .flags = ROUTE_WITHOUT_SCHOOL,
     .form = &renew_form, .run = set_factor},
    {HTTP_POST, "/account/sessie/:session/einde", .right = RIGHT_ACCOUNT,
     .flags = ROUTE_WITHOUT_SCHOOL, .run = end_session},
    {0},
};
