#include "visit/visit_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/plan_web.h"
#include "gen/visit_html.h"
#include "http/http.h"
#include "pupil/pupil.h"
#include "sharing/sharing.h"
#include "signin/limits.h"
#include "signin/qr.h"
#include "visit/invite.h"
#include "web/app.h"
#include "web/web.h"

/* The staff's side: making, listing and revoking links; and the landing page, where a link becomes
 * a session. */

static const struct choice purposes[] = {
    {"prepare", N_("Prepare, and read afterwards what is shared")},
    {"read", N_("Only read what is shared")},
    {NULL, NULL},
};
static const struct field link_fields[] = {
    {.name = "whom", .kind = FIELD_ID, .required = true, .label = N_("For whom")},
    {.name = "purpose",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = purposes,
     .label = N_("What for")},
    {.name = "days",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = 1,
     .max_value = VISIT_DAYS_MAX,
     .label = N_("How many days does it work?"),
     .hint = N_("After that it opens nothing. You can stop it before.")},
};
FORM(link_form, link_fields);

static const struct field token_fields[] = {
    {.name = "code",
     .kind = FIELD_TEXT,
     .required = true,
     .max = 40,
     .label = N_("Code in your letter"),
     .autocomplete = "off"},
};
FORM(token_form, token_fields);

const char *visit_base(struct web *web)
{
    return arena_printf(web->arena, "%s://%s", web->request->secure ? "https" : "http",
                        web->request->host);
}

/* --- whom a link can be for
 * ---------------------------------------------------------------------------- */

struct people {
    struct sharing_reader *list;
    size_t count;
};

/* Guardians and externals of the conversation; of a group's, externals only. */
static enum status who_may_come(struct web *web, const struct conversation *c, struct people *ret)
{
    struct participant *people = NULL;
    size_t count = 0;
    if (c->pupil.v)
        return sharing_readers(&web->work, c, &ret->list, &ret->count);
    enum status st = conversation_people(&web->work, c, &people, &count);
    ret->list = ARENA_ARRAY(web->arena, struct sharing_reader, count);
    if (st == OK && !ret->list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        if (people[i].kind == PARTICIPANT_EXTERNAL)
            ret->list[ret->count++] = (struct sharing_reader){
                .kind = READER_EXTERNAL, .person = people[i].person, .name = people[i].name};
    return st;
}

static const struct sharing_reader *person_in(const struct people *people, int64_t id)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->list[i].kind != READER_COLLEAGUE && people->list[i].person == id)
            return &people->list[i];
    return NULL;
}

static enum status fill_options(struct web *web, const struct people *people,
                                struct links_view *view)
{
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, people->count);
    if (!options)
        return ERR_NOMEM;
    for (size_t i = 0; i < people->count; i++)
        if (people->list[i].kind != READER_COLLEAGUE)
            options[view->people_count++] = (struct form_option){
                arena_strdup(web->arena, id_text(people->list[i].person).s), people->list[i].name};
    view->people = options;
    return OK;
}

static const char *purpose_text(struct web *web, enum visit_purpose purpose)
{
    return purpose == VISIT_PREPARE ? _("prepare and read") : _("read");
}

static const char *day_of(struct web *web, int64_t at_ms)
{
    return tr_date_day(web->tr, web->arena, date_of(at_ms), web->work.today);
}

static enum status fill_lines(struct web *web, const struct people *people, struct links_view *view)
{
    struct visit_link *links = NULL;
    enum status st = visit_list(&web->work, view->conversation->id, &links, &view->count);
    if (st != OK)
        return st;
    view->lines = ARENA_ARRAY(web->arena, struct link_line, view->count);
    if (!view->lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < view->count; i++) {
        const struct sharing_reader *who = person_in(people, links[i].person);
        view->lines[i] = (struct link_line){.id = links[i].id,
                                            .name = who ? who->name : _("somebody who has left"),
                                            .purpose = purpose_text(web, links[i].purpose),
                                            .made = day_of(web, links[i].made_at),
                                            .ends = day_of(web, links[i].ends_at),
                                            .is_live = links[i].is_live,
                                            .is_revoked = links[i].revoked_at != 0};
    }
    return OK;
}

static enum status about_of(struct web *web, const struct conversation *c, const char **ret_call)
{
    struct pupil pupil;
    *ret_call = "";
    if (!c->pupil.v)
        return OK;
    enum status st = pupil_find(&web->work, c->pupil, &pupil);
    if (st == OK)
        *ret_call = person_call(web->arena, &pupil.person);
    return st;
}

static enum status show_links(struct web *web, const struct conversation *c,
                              const struct form_values *form)
{
    struct links_view *view = ARENA_NEW(web->arena, struct links_view);
    struct form_values *empty = ARENA_NEW(web->arena, struct form_values);
    struct people people = {0};
    if (!view || !empty)
        return ERR_NOMEM;
    form_begin(empty, &link_form);
    form_set(empty, "purpose", "prepare");
    form_set(empty, "days", "21");
    *view = (struct links_view){.conversation = c,
                                .title = method_say(&c->method->title, tr_code(web->tr)),
                                .form = form ? form : empty};
    enum status st = who_may_come(web, c, &people);
    if (st == OK)
        st = fill_options(web, &people, view);
    if (st == OK)
        st = fill_lines(web, &people, view);
    if (st == OK)
        st = about_of(web, c, &view->call);
    if (st != OK)
        return st;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Links for parents and others"), html_links_page, view);
}

static enum status links_page(struct web *web)
{
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    if (!c)
        return ERR_NOMEM;
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), c);
    return st == OK ? show_links(web, c, NULL) : st;
}

/* The link is known only now, so the sheet to print is the answer itself. */
static enum status show_sheet(struct web *web, const struct conversation *c, const char *name,
                              const struct badge_token *token, const struct visit_link *link)
{
    struct link_sheet_view *view = ARENA_NEW(web->arena, struct link_sheet_view);
    struct qr qr;
    if (!view)
        return ERR_NOMEM;
    *view =
        (struct link_sheet_view){.name = name,
                                 .purpose = purpose_text(web, link->purpose),
                                 .ends = tr_date_full(web->tr, web->arena, date_of(link->ends_at)),
                                 .link = invite_link(&web->work, visit_base(web), token->s),
                                 .code = badge_token_readable(web->arena, token)};
    enum status st = about_of(web, c, &view->call);
    if (st == OK)
        st = qr_encode(web->arena, view->link, QR_FOR_PAPER, &qr);
    if (st != OK)
        return st;
    view->qr_path = qr.d;
    view->qr_size = qr.size;
    web->form.form = NULL;
    web->reply.page.frame = FRAME_PAPER;
    web->reply.page.back = arena_printf(web->arena, "/gesprek/%s/links", id_text(c->id.v).s);
    return web_page(web, trf(web->tr, web->arena, "Link for {0}", 1, name), html_link_sheet, view);
}

static enum status make_link(struct web *web)
{
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct people people = {0};
    struct badge_token token;
    struct visit_link link;
    if (!c)
        return ERR_NOMEM;
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), c);
    if (st == OK)
        st = who_may_come(web, c, &people);
    if (st != OK)
        return st;
    const struct sharing_reader *who = person_in(&people, form_number(&web->form, "whom"));
    if (!who && form_valid(&web->form))
        form_error(&web->form, "whom", N_("Choose somebody from the list."));
    if (!form_valid(&web->form))
        return show_links(web, c, &web->form);
    bool prepare = str_equal(form_text(&web->form, "purpose"), "prepare");
    const struct visit_draft draft = {.kind = (enum visit_kind)who->kind,
                                      .person = who->person,
                                      .purpose = prepare ? VISIT_PREPARE : VISIT_READ,
                                      .days = (int)form_number(&web->form, "days")};
    st = visit_make(&web->work, c->id, &draft, &token, &link);
    if (st == ERR_LIMIT) {
        form_error(&web->form, "whom", N_("There are too many links for this conversation."));
        return show_links(web, c, &web->form);
    }
    return st == OK ? show_sheet(web, c, who->name, &token, &link) : st;
}

static enum status revoke_link(struct web *web)
{
    struct conversation_id id = web_conversation(web);
    enum status st = visit_revoke(&web->work, id, web->ids[PARAM_LINK]);
    return st == OK ? web_redirect(web, "/gesprek/%s/links", id_text(id.v).s) : st;
}

/* --- the landing page
 * ------------------------------------------------------------------------------------ */

static enum status show_landing(struct web *web)
{
    web->reply.page.frame = FRAME_PLAIN;
    if (!web->form.form) {
        web->form = (struct form_values){.form = &token_form};
        web->form.text[0] = "";
    }
    return web_page(web, _("Welcome"), html_landing_page, &web->form);
}

static enum status refuse_link(struct web *web)
{
    form_error(&web->form, "code",
               N_("This link does not work any more. Ask the school for a new one."));
    return show_landing(web);
}

/* Replaces whoever was here, as a badge does. */
static enum status start_visit(struct web *web, struct visit_owner *owner)
{
    struct session_start start = {.kind = owner->kind,
                                  .step = SESSION_FULL,
                                  .school = owner->school,
                                  .person = owner->person,
                                  .visit = owner->link};
    struct work work = web->work;
    work.actor = &owner->actor;
    enum status st = web_begin_session(web, &start);
    if (st == OK)
        st = audit_change(&work, AUDIT_SIGN_IN, owner->actor.about.v, 0);
    if (st != OK)
        return st;
    return web_redirect(web, "/thuis");
}

static enum status take_link(struct web *web)
{
    struct limit_address address = limit_address(web->request->peer);
    struct limit_try attempt = {.kind = LIMIT_BADGE, .account = "", .address = address.s};
    struct visit_owner owner;
    int64_t wait_ms = 0;
    enum limit_scope scope;
    if (!form_valid(&web->form))
        return show_landing(web);
    enum status st = limit_begin(web->app->limiter, &attempt, web->work.now_ms, &wait_ms, &scope);
    if (st == OK)
        st = visit_find(&web->work, form_text(&web->form, "code"), &owner);
    if (st == ERR_LIMIT || st == ERR_NOT_FOUND)
        return refuse_link(web);
    if (st == OK)
        st = start_visit(web, &owner);
    if (st == OK)
        limit_succeeded(web->app->limiter, &attempt, web->work.now_ms);
    return st;
}

const struct route visit_routes[] = {
    {HTTP_GET, "/gesprek/:conversation/links", .right = RIGHT_CONVERSATION_WRITE,
     .run = links_page},
    {HTTP_POST, "/gesprek/:conversation/links", .right = RIGHT_CONVERSATION_WRITE,
     .form = &link_form, .run = make_link},
    {HTTP_POST, "/gesprek/:conversation/links/:link/weg", .right = RIGHT_CONVERSATION_WRITE,
     .run = revoke_link},
    {HTTP_GET, "/bezoek", .right = RIGHT_ANYONE, .run = show_landing},
    {HTTP_POST, "/bezoek", .right = RIGHT_ANYONE, .form = &token_form, .run = take_link},
    {0},
};
