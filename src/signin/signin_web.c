#include "signin/signin_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"
#include "gen/signin_html.h"
#include "http/http.h"
#include "signin/account.h"
#include "signin/enter_web.h"
#include "signin/factor_web.h"
#include "signin/limits.h"
#include "signin/password.h"
#include "web/app.h"
#include "access/session.h"
#include "web/web.h"

/*
 * The way in for staff: address and password, then the second factor, then the school when there
 * are several. Every failure has the same answer, whether the account exists or not.
 */

#define EMAIL_MAX 254

static const struct field sign_in_fields[] = {
    {.name = "email",
     .kind = FIELD_EMAIL,
     .required = true,
     .max = EMAIL_MAX,
     .label = N_("E-mail address"),
     .autocomplete = "username"},
    {.name = "password",
     .kind = FIELD_PASSWORD,
     .required = true,
     .max = PASSWORD_MAX_BYTES,
     .label = N_("Password"),
     .autocomplete = "current-password"},
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(sign_in_form, sign_in_fields);

static const struct field where_fields[] = {
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(where_form, where_fields);

static const struct field code_fields[] = {
    {.name = "code",
     .kind = FIELD_TEXT,
     .required = true,
     .max = 20,
     .label = N_("Code"),
     .hint = N_("The six digits of your authenticator app, or a recovery code."),
     .autocomplete = "one-time-code"},
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(code_form, code_fields);

static const struct field school_fields[] = {
    {.name = "school", .kind = FIELD_ID, .required = true, .label = N_("School")},
    {.name = "naar", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(school_form, school_fields);

/* --- address and password --------------------------------------------------------------------- */

static enum status show_sign_in(struct web *web)
{
    web->reply.page.frame = FRAME_PLAIN;
    if (!web->form.form || web->form.form != &sign_in_form) {
        const char *target = web->form.form ? form_text(&web->form, "naar") : "";
        web->form = (struct form_values){.form = &sign_in_form};
        for (size_t i = 0; i < sign_in_form.count; i++)
            web->form.text[i] = "";
        form_set(&web->form, "naar", target);
    }
    struct sign_in_view *view = ARENA_NEW(web->arena, struct sign_in_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct sign_in_view){.form = &web->form, .demo = web->app->demo};
    return web_page(web, _("Sign in"), html_sign_in_page, view);
}

static enum status sign_in_page(struct web *web)
{
    if (web->session && web->session->kind == SESSION_STAFF && web->session->step == SESSION_FULL)
        return web_redirect(web, "%s", factor_safe_target(form_text(&web->form, "naar")));
    return show_sign_in(web);
}

struct attempt {
    struct account account;
    bool exists;
    struct limit_address address;
    struct limit_try limit;
    const char *new_hash; /* of the same password at today's cost, or NULL */
};

static enum status look_up(struct web *web, const char *email, struct attempt *ret)
{
    *ret = (struct attempt){.address = limit_address(web->request->peer)};
    enum status st = db_begin(web->work.db, DB_READ);
    if (st == OK)
        st = account_find_login(&web->work, email, &ret->account);
    db_rollback(web->work.db);
    ret->exists = st == OK;
    ret->limit = (struct limit_try){
        .kind = LIMIT_PASSWORD,
        .account = email,
        .address = ret->address.s,
        .device = ret->exists ? factor_known_device(web, ret->account.id) : NULL,
    };
    return st == ERR_NOT_FOUND ? OK : st;
}

static enum status refuse_password(struct web *web, const struct attempt *attempt)
{
    log_event(LOG_WARN, "sign_in_refused", "request=%llu", (unsigned long long)web->request->id);
    if (attempt->exists) {
        enum status st = db_begin(web->work.db, DB_READ);
        if (st == OK)
            st = factor_note_refused(web, attempt->account.id);
        db_rollback(web->work.db);
        if (st != OK)
            return st;
    }
    form_error(&web->form, "password", N_("Address and password do not fit together."));
    return show_sign_in(web);
}

static enum status go_in(struct web *web, struct account_id account, const char *target)
{
    const char *next = "/";
    enum status st = enter(web, account, target, &next);
    return st == OK ? web_redirect(web, "%s", next) : st;
}

static enum status let_in(struct web *web, void *context)
{
    const struct attempt *attempt = context;
    const struct account *account = &attempt->account;
    const char *target = form_text(&web->form, "naar");
    enum status st =
        attempt->new_hash ? account_rehash(&web->work, account->id, attempt->new_hash) : OK;
    if (st != OK)
        return st;
    if (!account->has_second_factor && web->app->demo)
        return go_in(web, account->id, target);
    st = enter_half(web, account->id);
    if (st != OK)
        return st;
    const char *next = account->has_second_factor ? "/aanmelden/code" : "/aanmelden/instellen";
    return web_redirect(web, "%s", factor_page_to(web, next, target));
}

static enum status sign_in(struct web *web)
{
    if (!form_valid(&web->form))
        return show_sign_in(web);
    const char *password = form_text(&web->form, "password");
    struct attempt attempt;
    enum status st = look_up(web, form_text(&web->form, "email"), &attempt);
    if (st != OK)
        return st;
    int64_t wait_ms = 0;
    enum limit_scope scope;
    st = limit_begin(web->app->limiter, &attempt.limit, web->work.now_ms, &wait_ms, &scope);
    if (st == ERR_LIMIT) {
        factor_too_often(web, "password", wait_ms);
        return show_sign_in(web);
    }
    struct password_cost cost = password_cost_default(web->app->gate);
    bool usable = attempt.exists && !attempt.account.is_disabled && attempt.account.password_hash;
    bool rehash = false;
    if (strlen(password) > PASSWORD_MAX_BYTES) /* few characters, many bytes: nobody's password */
        return refuse_password(web, &attempt);
    st = password_verify(&cost, usable ? attempt.account.password_hash : NULL, password,
                         strlen(password), &rehash);
    if (st == ERR_FORBIDDEN)
        return refuse_password(web, &attempt);
    char *hash = rehash ? arena_alloc(web->arena, PASSWORD_HASH_SIZE) : NULL;
    if (st == OK && hash)
        st = password_hash(&cost, password, strlen(password), hash);
    if (st != OK)
        return st == ERR_LIMIT ? ERR_DB : st; /* no room to hash now: try again in a moment */
    limit_succeeded(web->app->limiter, &attempt.limit, web->work.now_ms);
    attempt.new_hash = hash;
    return web_write(web, let_in, &attempt);
}

/* --- second factor ---------------------------------------------------------------------------- */

static enum status show_code(struct web *web)
{
    web->reply.page.frame = FRAME_PLAIN;
    if (web->form.form != &code_form) {
        const char *target = form_text(&web->form, "naar");
        form_begin(&web->form, &code_form);
        form_set(&web->form, "naar", factor_safe_target(target));
    }
    return web_page(web, _("Second step"), html_code_page, &web->form);
}

static enum status give_code(struct web *web)
{
    if (!form_valid(&web->form))
        return show_code(web);
    struct account_id id = web->session->account;
    bool may = false, right = false;
    enum status st = factor_may_try(web, id, "code", &may);
    if (st == OK && may)
        st = factor_check(web, id, "code", &right);
    if (st == OK && !right)
        return show_code(web);
    if (st != OK)
        return st;
    factor_succeeded(web, id);
    return go_in(web, id, form_text(&web->form, "naar"));
}

/* --- which school ----------------------------------------------------------------------------- */

static enum status school_page(struct web *web)
{
    struct school_choice_view *view = ARENA_NEW(web->arena, struct school_choice_view);
    if (!view)
        return ERR_NOMEM;
    enum status st = account_places(&web->work, web->session->account, &view->places, &view->count);
    if (st != OK)
        return st;
    view->target = factor_safe_target(form_text(&web->form, "naar"));
    web->form.form = NULL;
    web->reply.page.frame = FRAME_PLAIN;
    return web_page(web, _("Choose a school"), html_school_choice_page, view);
}

static enum status choose_school(struct web *web)
{
    struct account_place *places = NULL;
    size_t count = 0;
    enum status st = account_places(&web->work, web->session->account, &places, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (places[i].school.v == form_number(&web->form, "school")) {
            st = account_choose_school(&web->work, web->session->id, places[i]);
            const char *target = factor_safe_target(form_text(&web->form, "naar"));
            return st == OK ? web_redirect(web, "%s", target) : st;
        }
    }
    return st == OK ? ERR_NOT_FOUND : st;
}

static enum status sign_out(struct web *web)
{
    enum status st = session_end(web->work.db, web->session->id);
    if (st == OK && web->actor.school.v)
        st = audit_change(&web->work, AUDIT_SIGN_OUT, 0, 0);
    web_set_cookie(web, SESSION_COOKIE, "", 0);
    return st == OK ? web_redirect(web, "/aanmelden") : st;
}

static enum status pupil_sign_out(struct web *web)
{
    enum status st = session_end(web->work.db, web->session->id);
    web_set_cookie(web, SESSION_COOKIE, "", 0);
    return st == OK ? web_redirect(web, "/klas") : st;
}

const struct route signin_routes[] = {
    {HTTP_GET, "/aanmelden", .right = RIGHT_ANYONE, .form = &where_form, .run = sign_in_page},
    {HTTP_POST, "/aanmelden", .right = RIGHT_ANYONE, .flags = ROUTE_OWN_TRANSACTION,
     .form = &sign_in_form, .run = sign_in},
    {HTTP_GET, "/aanmelden/code", .right = RIGHT_ACCOUNT, .flags = ROUTE_BEFORE_SECOND_FACTOR,
     .form = &where_form, .run = show_code},
    {HTTP_POST, "/aanmelden/code", .right = RIGHT_ACCOUNT, .flags = ROUTE_BEFORE_SECOND_FACTOR,
     .form = &code_form, .run = give_code},
    {HTTP_GET, "/aanmelden/school", .right = RIGHT_ACCOUNT, .flags = ROUTE_WITHOUT_SCHOOL,
     .form = &where_form, .run = school_page},
    {HTTP_POST, "/aanmelden/school", .right = RIGHT_ACCOUNT, .flags = ROUTE_WITHOUT_SCHOOL,
     .form = &school_form, .run = choose_school},
    {HTTP_POST, "/afmelden", .right = RIGHT_ACCOUNT,
     .flags = ROUTE_BEFORE_SECOND_FACTOR | ROUTE_WITHOUT_SCHOOL, .run = sign_out},
    {HTTP_POST, "/klaar", .right = RIGHT_PUPIL_SELF, .run = pupil_sign_out},
    {0},
};
