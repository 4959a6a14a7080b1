#include "signin/signin_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/signin_html.h"
#include "signin/account.h"
#include "signin/enter_web.h"
#include "signin/factor_web.h"
#include "signin/qr.h"
#include "signin/totp.h"
#include "vault/vault.h"
#include "web/app.h"
#include "web/web.h"

/*
 * Setting up the second factor: the first one on the way in, where the code that proves it is also
 * the code that lets in, and another phone by somebody who is in. Two ways that never cross: half a
 * session reaches only the first, and a whole one only the second, which asks for the present
 * factor.
 */

#define SECRET_TEXT 32 /* 20 bytes in base 32 */

static const struct field factor_fields[] = {
    {.name = "code",
     .kind = FIELD_TEXT,
     .required = true,
     .max = 10,
     .label = N_("Code"),
     .autocomplete = "one-time-code"},
    {.name = "secret", .kind = FIELD_HIDDEN, .required = true, .max = SECRET_TEXT},
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(factor_form, factor_fields);

static const struct field renew_fields[] = {
    {.name = "now",
     .kind = FIELD_TEXT,
     .required = true,
     .max = 20,
     .label = N_("Code of your present phone"),
     .hint = N_("Is that phone gone? Then type one of your recovery codes."),
     .autocomplete = "off"},
    {.name = "code",
     .kind = FIELD_TEXT,
     .required = true,
     .max = 10,
     .label = N_("Code of the new phone"),
     .autocomplete = "one-time-code"},
    {.name = "secret", .kind = FIELD_HIDDEN, .required = true, .max = SECRET_TEXT},
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(renew_form, renew_fields);

static const struct field where_fields[] = {
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(where_form, where_fields);

/* Has the account a second factor already? */
static enum status has_factor(struct web *web, bool *ret_has)
{
    struct account account;
    enum status st = account_find(&web->work, web->session->account, &account);
    if (st == OK)
        *ret_has = account.has_second_factor;
    return st;
}

static bool is_in(const struct web *web)
{
    return web->session->step == SESSION_FULL;
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
                                 .is_in = is_in(web),
                                 .asks_present = asks_present};
    web->reply.page.frame = FRAME_PLAIN;
    return web_page(web, _("Set up the second step"), html_factor_page, view);
}

static enum status show_new(struct web *web, const struct form *form, bool asks_present)
{
    struct totp_secret secret = totp_secret_new(web->work.random);
    const char *target = form_text(&web->form, "naar");
    form_begin(&web->form, form);
    form_set(&web->form, "naar", target);
    return show_factor(web, &secret, asks_present);
}

static enum status first_page(struct web *web)
{
    bool has = false;
    if (is_in(web))
        return web_redirect(web, "/account/tweede-stap");
    enum status st = has_factor(web, &has);
    if (st == OK && has)
        return web_redirect(web, "%s",
                            factor_page_to(web, "/aanmelden/code", form_text(&web->form, "naar")));
    return st == OK ? show_new(web, &factor_form, false) : st;
}

static enum status renew_page(struct web *web)
{
    bool has = false;
    enum status st = has_factor(web, &has);
    return st == OK ? show_new(web, has ? &renew_form : &factor_form, has) : st;
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
    return st == OK
               ? account_set_recovery(&web->work, id, (const uint8_t(*)[32])hashes, RECOVERY_CODES)
               : st;
}

/*
 * The new phone is stored, and the page with fresh recovery codes is the answer. The step of the
 * code is marked as used: who looked over a shoulder does not come in by it.
 */
static enum status store_factor(struct web *web, const struct totp_secret *secret, int64_t step)
{
    struct account_id id = web->session->account;
    struct recovery_view *view = ARENA_NEW(web->arena, struct recovery_view);
    if (!view)
        return ERR_NOMEM;
    view->next = "/account";
    enum status st = account_set_totp(&web->work, id, secret->bytes, step, web->session->id);
    if (st == OK)
        st = new_recovery_codes(web, id, view);
    if (st == OK)
        st = factor_note_everywhere(web, id, AUDIT_SECOND_FACTOR_SET);
    if (st == OK && !is_in(web))
        st = enter(web, id, form_text(&web->form, "naar"), &view->next);
    if (st != OK)
        return st;
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

static enum status set_first(struct web *web)
{
    struct totp_secret secret;
    bool has = false;
    int64_t step = 0;
    if (is_in(web))
        return web_redirect(web, "/account/tweede-stap");
    enum status st = parse_secret(form_text(&web->form, "secret"), &secret);
    if (st == OK)
        st = has_factor(web, &has);
    if (st == OK && has) /* half a session does not replace one */
        st = ERR_FORBIDDEN;
    if (st == OK && form_valid(&web->form))
        st = check_new(web, &secret, &step);
    if (st != OK)
        return st;
    return form_valid(&web->form) ? store_factor(web, &secret, step)
                                  : show_factor(web, &secret, false);
}

static enum status renew(struct web *web)
{
    struct totp_secret secret;
    bool has = false;
    int64_t step = 0;
    enum status st = parse_secret(form_text(&web->form, "secret"), &secret);
    if (st == OK)
        st = has_factor(web, &has);
    if (st == OK && !has) /* the demo: there is no present phone */
        web->form.error[form_index(&renew_form, "now")] = NULL;
    if (st == OK && form_valid(&web->form))
        st = check_new(web, &secret, &step);
    if (st == OK && has && form_valid(&web->form))
        st = check_present(web, web->session->account);
    if (st != OK)
        return st;
    return form_valid(&web->form) ? store_factor(web, &secret, step)
                                  : show_factor(web, &secret, has);
}

const struct route set_up_routes[] = {
    {HTTP_GET, "/aanmelden/instellen", .right = RIGHT_ACCOUNT, .flags = ROUTE_BEFORE_SECOND_FACTOR,
     .form = &where_form, .run = first_page},
    {HTTP_POST, "/aanmelden/instellen", .right = RIGHT_ACCOUNT, .flags = ROUTE_BEFORE_SECOND_FACTOR,
     .form = &factor_form, .run = set_first},
    {HTTP_GET, "/account/tweede-stap", .right = RIGHT_ACCOUNT, .flags = ROUTE_WITHOUT_SCHOOL,
     .form = &where_form, .run = renew_page},
    {HTTP_POST, "/account/tweede-stap", .right = RIGHT_ACCOUNT, .flags = ROUTE_WITHOUT_SCHOOL,
     .form = &renew_form, .run = renew},
    {0},
};
