#include "badge/badge_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/talk_web.h"
#include "db/db.h"
#include "gen/badge_html.h"
#include "http/http.h"
#include "print/paper.h"
#include "pupil/pupil.h"
#include "signin/limits.h"
#include "signin/qr.h"
#include "web/app.h"
#include "web/web.h"

/*
 * The teacher's side, and the badge's landing page. A badge's token stands in the fragment of the
 * link ("/pas#…"): fragments are sent to no server and stand in no log; the script fills the field.
 */

static const struct choice whose[] = {
    {"missing", N_("Only who has none yet")},
    {"all", N_("Everybody (old badges stop working)")},
    {NULL, NULL},
};
static const struct field sheet_fields[] = {
    {.name = "whose",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = whose,
     .label = N_("For whom")},
    {.name = "pdf", .kind = FIELD_CHECK, .label = N_("As a PDF file")},
};
FORM(sheet_form, sheet_fields);

static const struct field card_fields[] = {
    {.name = "code",
     .kind = FIELD_TEXT,
     .required = true,
     .max = 40,
     .label = N_("Code on your badge"),
     .autocomplete = "off"},
};
FORM(card_form, card_fields);

/* The group of the path, and how each of its pupils signs in, in the same order. */
struct whole_group {
    struct group group;
    struct group_member *members;
    struct pupil_signin *signins;
    size_t count;
};

static enum status load_group(struct web *web, struct whole_group *ret)
{
    size_t same = 0;
    enum status st = group_find(&web->work, web_group(web), &ret->group);
    if (st == OK)
        st = group_members(&web->work, ret->group.id, &ret->members, &ret->count);
    return st == OK ? pupil_signin_list(&web->work, ret->group.id, &ret->signins, &same) : st;
}

static enum status badges_page(struct web *web)
{
    struct badges_view *view = ARENA_NEW(web->arena, struct badges_view);
    struct whole_group of = {.count = 0};
    if (!view)
        return ERR_NOMEM;
    enum status st = load_group(web, &of);
    view->lines = ARENA_ARRAY(web->arena, struct badge_line, of.count);
    if (st == OK && !view->lines)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    view->group = of.group.id;
    view->group_name = of.group.name;
    view->count = of.count;
    for (size_t i = 0; i < of.count; i++) {
        struct badge_line *line = &view->lines[i];
        *line = (struct badge_line){.member = &of.members[i], .signin = &of.signins[i]};
        line->made = tr_date_short(web->tr, web->arena, date_of(of.signins[i].badge_made_at));
        for (size_t p = 0; of.signins[i].has_code && p < PICTURE_CODE; p++) {
            enum picture picture = of.signins[i].code.at[p];
            line->pictures[p] = arena_printf(web->arena, "c-%s", picture_name(picture));
            line->labels[p] = tr(web->tr, picture_label(picture));
        }
        view->without_badge += !of.signins[i].has_badge;
        view->without_code += !of.signins[i].has_code;
    }
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "Badges of {0}", 1, of.group.name),
                    html_badges_page, view);
}

const char *kid_class(enum age_band band)
{
    switch (band) {
    case AGE_4_6:
        return "kid kid--young";
    case AGE_7_9:
        return "kid";
    case AGE_8_12:
    case AGE_12_18:
        break;
    }
    return "kid kid--older";
}

static enum status make_card(struct web *web, struct group_id group,
                             const struct group_member *member, struct badge_card *ret)
{
    struct badge_token token;
    struct qr qr;
    const char *link = "";
    enum status st = badge_renew(&web->work, group, member->pupil, &token);
    if (st == OK) {
        link = arena_printf(web->arena, "%s://%s/pas#%s", web->request->secure ? "https" : "http",
                            web->request->host, token.s);
        st = qr_encode(web->arena, link, QR_FOR_PAPER, &qr);
    }
    if (st == OK)
        *ret = (struct badge_card){.name = member->call,
                                   .link = link,
                                   .symbol = pupil_symbol_name(member->symbol),
                                   .qr_path = qr.d,
                                   .qr_size = qr.size,
                                   .code = badge_token_readable(web->arena, &token)};
    return st;
}

/* The same sheet as a PDF. */
static enum status send_sheet(struct web *web, const struct sheet_view *view)
{
    const char *title = trf(web->tr, web->arena, "Badges of {0}", 1, view->group_name);
    struct paper_look look = {
        .tr = web->tr, .title = title, .letters = PAPER_ATKINSON, .made_ms = web->work.now_ms};
    struct paper_cut_card *cards = ARENA_ARRAY(web->arena, struct paper_cut_card, view->count);
    struct paper *paper = NULL;
    struct bytes pdf;
    enum status st = cards ? paper_open(web->arena, &look, &paper) : ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < view->count; i++)
        cards[i] = (struct paper_cut_card){.qr = view->cards[i].link,
                                           .symbol = view->cards[i].symbol,
                                           .title = view->cards[i].name,
                                           .code = view->cards[i].code};
    paper_title(paper, title,
                trf(web->tr, web->arena, "Made on {0}. Cut along the lines.", 1, view->made), NULL);
    if (view->count == 0)
        paper_text(paper, PAPER_PLAIN, _("Everybody has a badge already."));
    paper_cut_cards(paper, cards, view->count);
    st = paper_print(paper, web->app->press, &pdf);
    return st == OK ? web_bytes(web, "application/pdf", "pasjes.pdf", pdf) : st;
}

/* Prints new badges. The tokens are known only now, so the sheet is the answer itself. */
static enum status print_sheet(struct web *web)
{
    if (!form_valid(&web->form))
        return ERR_INVALID;
    bool all = str_equal(form_text(&web->form, "whose"), "all");
    struct sheet_view *view = ARENA_NEW(web->arena, struct sheet_view);
    struct whole_group of = {.count = 0};
    if (!view)
        return ERR_NOMEM;
    enum status st = load_group(web, &of);
    view->cards = ARENA_ARRAY(web->arena, struct badge_card, of.count);
    if (st == OK && !view->cards)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < of.count; i++)
        if (all || !of.signins[i].has_badge)
            st = make_card(web, of.group.id, &of.members[i], &view->cards[view->count++]);
    if (st == OK)
        st = audit_change(&web->work, AUDIT_BADGES_PRINTED, 0, of.group.id.v);
    if (st != OK)
        return st;
    view->group_name = of.group.name;
    view->made = tr_date_full(web->tr, web->arena, web->work.today);
    if (form_checked(&web->form, "pdf"))
        return send_sheet(web, view);
    web->form.form = NULL;
    web->reply.page.frame = FRAME_PAPER;
    web->reply.page.back = arena_printf(web->arena, "/groep/%s/pasjes", id_text(of.group.id.v).s);
    return web_page(web, trf(web->tr, web->arena, "Badges of {0}", 1, of.group.name),
                    html_badge_sheet, view);
}

static enum status back_to_badges(struct web *web)
{
    return web_redirect(web, "/groep/%s/pasjes", id_text(web_group(web).v).s);
}

static enum status make_codes(struct web *web)
{
    struct pupil_signin *signins = NULL;
    size_t count = 0;
    enum status st = pupil_signin_list(&web->work, web_group(web), &signins, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (!signins[i].has_code)
            st = picture_renew(&web->work, web_group(web), signins[i].pupil);
    return st == OK ? back_to_badges(web) : st;
}

static enum status revoke(struct web *web)
{
    enum status st = badge_revoke(&web->work, web_group(web), web_pupil(web));
    return st == OK ? back_to_badges(web) : st;
}

static enum status renew_code(struct web *web)
{
    enum status st = picture_renew(&web->work, web_group(web), web_pupil(web));
    return st == OK ? back_to_badges(web) : st;
}

static enum status unlock(struct web *web)
{
    enum status st = picture_unlock(&web->work, web_group(web), web_pupil(web));
    return st == OK ? back_to_badges(web) : st;
}

/* --- the badge's landing page ------------------------------------------------------------------
 */

static enum status show_card(struct web *web)
{
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = "kid";
    if (!web->form.form) {
        web->form = (struct form_values){.form = &card_form};
        web->form.text[0] = "";
    }
    return web_page(web, _("Your badge"), html_card_page, &web->form);
}

/* A pupil's session: replaces whoever was here (UX: another badge ends the session before). */
static enum status start_pupil_session(struct web *web, enum session_kind kind,
                                       struct badge_owner owner)
{
    struct session_start start = {
        .kind = kind, .step = SESSION_FULL, .school = owner.school, .person = owner.pupil.v};
    enum status st = web_begin_session(web, &start);
    struct actor there = {.kind = ACTOR_PUPIL, .school = owner.school, .pupil = owner.pupil};
    struct work work = web->work;
    work.actor = &there;
    if (st == OK)
        st = actor_load_pupil(&work, &there);
    if (st == OK)
        st = audit_change(&work, AUDIT_SIGN_IN, owner.pupil.v, 0);
    if (st != OK)
        return st;
    return web_redirect(web, "/ik");
}

static enum status refuse_card(struct web *web)
{
    form_error(&web->form, "code", N_("This badge does not work. Ask your teacher for a new one."));
    return show_card(web);
}

static enum status give_card(struct web *web)
{
    struct limit_address address = limit_address(web->request->peer);
    struct limit_try attempt = {.kind = LIMIT_BADGE, .account = "", .address = address.s};
    int64_t wait_ms = 0;
    enum limit_scope scope;
    struct badge_owner owner;
    if (!form_valid(&web->form))
        return show_card(web);
    enum status st = limit_begin(web->app->limiter, &attempt, web->work.now_ms, &wait_ms, &scope);
    if (st == ERR_LIMIT)
        return refuse_card(web);
    if (st == OK)
        st = badge_find(&web->work, form_text(&web->form, "code"), &owner);
    if (st == ERR_NOT_FOUND)
        return refuse_card(web);
    if (st == OK)
        st = start_pupil_session(web, SESSION_BADGE, owner);
    if (st == ERR_NOT_FOUND)
        return refuse_card(web); /* the pupil has left */
    if (st == OK)
        limit_succeeded(web->app->limiter, &attempt, web->work.now_ms);
    return st;
}

/* --- the pupil's own place ----------------------------------------------------------------------
 */

static const struct field sign_fields[] = {
    {.name = "symbol",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = 0,
     .max_value = PUPIL_SYMBOLS - 1},
};
FORM(sign_form, sign_fields);

/* What the drawing "c-zon" is called. */
static const char *symbol_label(struct web *web, const char *symbol)
{
    enum picture picture;
    return picture_parse(symbol + strlen("c-"), &picture) == OK
               ? tr(web->tr, picture_label(picture))
               : "";
}

static enum status own_page(struct web *web)
{
    struct own_view *view = ARENA_NEW(web->arena, struct own_view);
    struct pupil pupil;
    struct pupil_membership *groups = NULL;
    size_t count = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = pupil_find(&web->work, web->actor.pupil, &pupil);
    if (st == OK)
        st = group_of_pupil(&web->work, pupil.id, &groups, &count);
    if (st != OK)
        return st;
    *view = (struct own_view){.call = person_call(web->arena, &pupil.person),
                              .symbol = pupil_symbol_name(pupil.symbol),
                              .colour = pupil.colour,
                              .may_choose = !web->actor.is_weak,
                              .symbols = pupil_symbol_names,
                              .symbol_count = PUPIL_SYMBOLS};
    struct self_line *talks = NULL;
    st = self_lines(web, &talks, &view->talk_count);
    if (st != OK)
        return st;
    view->talks = talks;
    for (size_t i = 0; i < PUPIL_SYMBOLS; i++)
        view->labels[i] = symbol_label(web, pupil_symbol_names[i]);
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = kid_class(count ? groups[0].group.age_band : AGE_7_9);
    return web_page(web, trf(web->tr, web->arena, "Hi {0}", 1, view->call), html_own_page, view);
}

static enum status choose_sign(struct web *web)
{
    struct pupil pupil;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    if (web->actor.is_weak)
        return ERR_NOT_FOUND;
    enum status st = pupil_find(&web->work, web->actor.pupil, &pupil);
    if (st == OK)
        st = pupil_change_sign(&web->work, pupil.id, (int)form_number(&web->form, "symbol"),
                               pupil.colour);
    return st == OK ? web_redirect(web, "/ik") : st;
}

const struct route badge_routes[] = {
    {HTTP_GET, "/groep/:group/pasjes", .right = RIGHT_GROUP_BADGES, .run = badges_page},
    {HTTP_POST, "/groep/:group/pasjes", .right = RIGHT_GROUP_BADGES, .form = &sheet_form,
     .run = print_sheet},
    {HTTP_POST, "/groep/:group/plaatjes", .right = RIGHT_GROUP_BADGES, .run = make_codes},
    {HTTP_POST, "/groep/:group/pasjes/:pupil/weg", .right = RIGHT_GROUP_BADGES, .run = revoke},
    {HTTP_POST, "/groep/:group/plaatjes/:pupil", .right = RIGHT_GROUP_BADGES, .run = renew_code},
    {HTTP_POST, "/groep/:group/plaatjes/:pupil/open", .right = RIGHT_GROUP_BADGES, .run = unlock},
    {HTTP_GET, "/pas", .right = RIGHT_ANYONE, .run = show_card},
    {HTTP_POST, "/pas", .right = RIGHT_ANYONE, .form = &card_form, .run = give_card},
    {HTTP_GET, "/ik", .right = RIGHT_PUPIL_SELF, .run = own_page},
    {HTTP_POST, "/ik/teken", .right = RIGHT_PUPIL_SELF, .form = &sign_form, .run = choose_sign},
    {0},
};
