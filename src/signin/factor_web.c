#include "signin/factor_web.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/str.h"
#include "http/http.h"
#include "signin/limits.h"
#include "signin/totp.h"
#include "vault/vault.h"
#include "web/app.h"
#include "web/web.h"

#define DEVICE_COOKIE "weerklank_d"
#define DEVICE_SECONDS (180 * 24 * 3600)

/* --- known devices: a cookie by which an owner is not locked out by what others do ------------ */

static const char *device_mac(struct web *web, struct account_id account, const char *random)
{
    uint8_t mac[32];
    const char *text = arena_printf(web->arena, "%s|%s", id_text(account.v).s, random);
    vault_blind_index(web->work.vault, "device", text, strlen(text), mac);
    char *hex = arena_alloc(web->arena, 65);
    return hex ? sodium_bin2hex(hex, 65, mac, sizeof mac) : "";
}

const char *factor_known_device(struct web *web, struct account_id account)
{
    const char *cookie = web_cookie(web, DEVICE_COOKIE);
    const char *dot = cookie ? strchr(cookie, '.') : NULL;
    if (!dot || account.v == 0)
        return NULL;
    const char *random = arena_strndup(web->arena, cookie, (size_t)(dot - cookie));
    const char *mac = device_mac(web, account, random);
    bool same = strlen(dot + 1) == strlen(mac) && sodium_memcmp(dot + 1, mac, strlen(mac)) == 0;
    return same ? random : NULL;
}

void factor_remember_device(struct web *web, struct account_id account)
{
    char random[SESSION_TOKEN_TEXT];
    session_new_token(web->work.random, random);
    web_set_cookie(web, DEVICE_COOKIE,
                   arena_printf(web->arena, "%s.%s", random, device_mac(web, account, random)),
                   DEVICE_SECONDS);
}

/* --- where to go ------------------------------------------------------------------------------ */

const char *factor_safe_target(const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_";
    bool ours = path[0] == '/' && path[1] != '/' && path[strspn(path, plain)] == '\0';
    return ours && !str_starts(path, "/aanmelden") ? path : "/";
}

const char *factor_page_to(struct web *web, const char *page, const char *target)
{
    const char *safe = factor_safe_target(target);
    return safe[1] ? arena_printf(web->arena, "%s?naar=%s", page, safe) : page;
}

/* --- the log ------------------------------------------------------------------------------------
 */

typedef enum status note(struct work *work, enum audit_action action, int64_t pupil,
                         int64_t subject);

static enum status note_at_places(struct web *web, struct account_id account,
                                  enum audit_action action, note *write)
{
    struct account_place *places = NULL;
    size_t count = 0;
    enum status st = account_places(&web->work, account, &places, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        struct actor there = {
            .kind = ACTOR_STAFF, .school = places[i].school, .staff = places[i].staff};
        struct work work = web->work;
        work.actor = &there;
        st = write(&work, action, 0, 0);
    }
    return st;
}

enum status factor_note_everywhere(struct web *web, struct account_id account,
                                   enum audit_action action)
{
    return note_at_places(web, account, action, audit_change);
}

enum status factor_note_refused(struct web *web, struct account_id account)
{
    return note_at_places(web, account, AUDIT_SIGN_IN_REFUSED, audit_seen);
}

/* --- codes --------------------------------------------------------------------------------------
 */

void factor_too_often(struct web *web, const char *field, int64_t wait_ms)
{
    size_t i = form_index(web->form.form, field);
    web->form.error[i] = N_("Too many tries. Wait {0} minutes and try again.");
    web->form.error_value[i] =
        arena_printf(web->arena, "%lld", (long long)(wait_ms / MS_MINUTE + 1));
}

/* What a guess at this account's codes counts for. */
static struct limit_try attempt_at(struct web *web, struct account_id account)
{
    struct limit_address address = limit_address(web->request->peer);
    return (struct limit_try){.kind = LIMIT_CODE,
                              .account = arena_strdup(web->arena, id_text(account.v).s),
                              .address = arena_strdup(web->arena, address.s),
                              .device = factor_known_device(web, account)};
}

enum status factor_may_try(struct web *web, struct account_id account, const char *field,
                           bool *ret_may)
{
    struct limit_try attempt = attempt_at(web, account);
    int64_t wait_ms = 0;
    enum limit_scope scope;
    enum status st = limit_begin(web->app->limiter, &attempt, web->work.now_ms, &wait_ms, &scope);
    if (st == ERR_LIMIT)
        factor_too_often(web, field, wait_ms);
    else if (st != OK)
        return st;
    *ret_may = st == OK;
    return OK;
}

void factor_succeeded(struct web *web, struct account_id account)
{
    struct limit_try attempt = attempt_at(web, account);
    limit_succeeded(web->app->limiter, &attempt, web->work.now_ms);
}

static enum status check_totp(struct web *web, struct account_id id, const char *typed)
{
    struct account account;
    struct totp_secret secret;
    int64_t step = 0;
    enum status st = account_find(&web->work, id, &account);
    if (st == OK)
        st = account_totp_secret(&web->work, id, secret.bytes);
    if (st == OK)
        st = totp_check(&secret, typed, web->work.now_ms, account.totp_step, &step);
    if (st == OK)
        st = account_use_totp_step(&web->work, id, step);
    sodium_memzero(&secret, sizeof secret);
    return st;
}

static enum status check_recovery(struct web *web, struct account_id id, const char *typed)
{
    struct vault_key key;
    uint8_t hash[32];
    vault_installation_key(web->work.vault, &key);
    enum status st = recovery_code_hash(key.key, id.v, typed, hash);
    vault_key_wipe(&key);
    return st == OK ? account_use_recovery(&web->work, id, hash) : st;
}

/* The message for a code that was not right, or NULL when `st` is no such thing. */
static const char *code_message(enum status st)
{
    if (st == ERR_CONFLICT)
        return N_("This code was used already. Wait for the next one.");
    if (st == ERR_FORBIDDEN || st == ERR_INVALID || st == ERR_NOT_FOUND)
        return N_("This code is not right. Look at the time of your phone too.");
    return NULL;
}

enum status factor_check(struct web *web, struct account_id account, const char *field,
                         bool *ret_right)
{
    const char *typed = form_text(&web->form, field);
    enum status st = check_totp(web, account, typed);
    if (st == ERR_INVALID)
        st = check_recovery(web, account, typed);
    const char *message = code_message(st);
    if (message) {
        form_error(&web->form, field, message);
        *ret_right = false;
        return factor_note_refused(web, account);
    }
    *ret_right = st == OK;
    return st;
}
