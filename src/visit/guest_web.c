/* The pages of a guardian or an external: what is shared with them, and their preparation. */
#include "access/audit.h"
#include "access/session.h"
#include "base/arena.h"
#include "conversation/form_paper_web.h"
#include "conversation/plan_web.h"
#include "conversation/talk_web.h"
#include "gen/home_html.h"
#include "gen/visit_html.h"
#include "sharing/home_web.h"
#include "visit/visit_web.h"
#include "web/web.h"

static enum method_part part_of(const struct web *web)
{
    return web->actor.kind == ACTOR_GUARDIAN ? PART_GUARDIAN : PART_EXTERNAL;
}

static int64_t self_of(const struct web *web)
{
    return web->actor.kind == ACTOR_GUARDIAN ? web->actor.guardian.v : web->actor.external;
}

/* Is there something to prepare by this link, in a conversation that is still open? */
static bool may_prepare(const struct web *web, const struct conversation *c)
{
    return web->actor.may_prepare && c->id.v == web->actor.visit.v &&
           c->state < CONVERSATION_CLOSED && method_preparation_of(c->method, part_of(web));
}

/* As whom the visitor stands among the people: the name in the letter, and whether the preparation
 * is done. */
static enum status find_self(struct web *web, const struct conversation *c, const char **ret_name,
                             bool *ret_prepared)
{
    struct participant *people = NULL;
    size_t count = 0;
    enum status st = conversation_people(&web->work, c, &people, &count);
    enum participant_kind kind = web->actor.kind == ACTOR_GUARDIAN ? PARTICIPANT_GUARDIAN
                                                                   : PARTICIPANT_EXTERNAL;
    for (size_t i = 0; st == OK && i < count; i++) {
        if (people[i].kind != kind || people[i].person != self_of(web))
            continue;
        *ret_name = people[i].name;
        *ret_prepared = people[i].prepared_at != 0;
    }
    return st;
}

static enum status fill_preparation(struct web *web, struct home_view *view)
{
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    if (!c)
        return ERR_NOMEM;
    enum status st = conversation_open(&web->work, RIGHT_VISIT_CONVERSATION, web->actor.visit, c);
    if (st != OK || !may_prepare(web, c))
        return st;
    view->prepare_url = arena_printf(web->arena, "/thuis/gesprek/%s", id_text(c->id.v).s);
    view->prepare_title = arena_printf(web->arena, "%s · %s",
                                       method_say(&c->method->title, tr_code(web->tr)),
                                       plan_moment(web, c->planned_on, c->planned_at));
    const char *name = "";
    return find_self(web, c, &name, &view->is_prepared);
}

static enum status home(struct web *web)
{
    struct home_view *view = ARENA_NEW(web->arena, struct home_view);
    struct sharing_book book;
    struct sharing_reader self;
    if (!view)
        return ERR_NOMEM;
    view->call = "";
    enum status st = fill_preparation(web, view);
    if (st == OK && web->actor.about.v) {
        st = sharing_open(&web->work, web->actor.about, web->actor.visit, &book);
        if (st == OK)
            st = sharing_reader_self(&web->work, &self);
        if (st == OK)
            st = home_fill(web, &book, &self, RIGHT_VISIT_CONVERSATION, (struct conversation_id){0},
                           view);
    }
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_SHARED_SEEN, web->actor.about.v, web->actor.visit.v);
    if (st != OK)
        return st;
    web->reply.page.frame = FRAME_PLAIN;
    return web_page(web, _("Shared with you"), html_home_page, view);
}

static enum status leave(struct web *web)
{
    enum status st = session_end(web->work.db, web->session->id);
    if (st != OK)
        return st;
    web_set_cookie(web, SESSION_COOKIE, "", 0);
    return web_redirect(web, "/bezoek");
}

/* --- preparing ------------------------------------------------------------------------------------------ */

static enum status show_sheet(struct web *web, const struct conversation *c,
                              const struct sheet *sheet)
{
    struct guest_view *view = ARENA_NEW(web->arena, struct guest_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct guest_view){.conversation = c,
                                .sheet = sheet,
                                .title = method_say(&c->method->title, tr_code(web->tr)),
                                .call = c->pupil.v ? sheet->pupil_call : "",
                                .moment = plan_moment(web, c->planned_on, c->planned_at)};
    const char *name = "";
    enum status st = find_self(web, c, &name, &view->is_prepared);
    if (st != OK)
        return st;
    struct letter_paper letter =
        letter_of(web, c, c->method, sheet->preparation->who, name, BAND_ADULT);
    view->letter =
        letter_text(web->arena, method_say(&sheet->preparation->letter, tr_code(web->tr)), &letter);
    web->form.form = NULL;
    web->reply.page.frame = FRAME_PLAIN;
    return web_page(web, view->title, html_guest_page, view);
}

enum status guest_show_again(struct web *web, const struct conversation *c,
                             const struct sheet *sheet)
{
    return show_sheet(web, c, sheet);
}

static enum status open_sheet(struct web *web, struct conversation *c, struct sheet *sheet)
{
    enum status st =
        conversation_open(&web->work, RIGHT_VISIT_CONVERSATION, web_conversation(web), c);
    if (st == OK && !may_prepare(web, c))
        st = ERR_NOT_FOUND;
    return st == OK ? sheet_make(web, c, SHEET_PREPARE, part_of(web), sheet) : st;
}

static enum status guest_page(struct web *web)
{
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    if (!c || !sheet)
        return ERR_NOMEM;
    enum status st = open_sheet(web, c, sheet);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_SHARED_SEEN, c->pupil.v, c->id.v);
    return st == OK ? show_sheet(web, c, sheet) : st;
}

static enum status keep_answer(struct web *web)
{
    struct conversation c;
    enum status st =
        conversation_open(&web->work, RIGHT_VISIT_CONVERSATION, web_conversation(web), &c);
    if (st == OK && !may_prepare(web, &c))
        st = ERR_NOT_FOUND;
    return st == OK ? talk_save(web, RIGHT_VISIT_CONVERSATION, SHEET_PREPARE, part_of(web)) : st;
}

static enum status ready(struct web *web)
{
    enum status st = visit_prepared(&web->work, web_conversation(web));
    return st == OK ? web_redirect(web, "/thuis?ok=bewaard") : st;
}

const struct route guest_routes[] = {
    {HTTP_GET, "/thuis", .right = RIGHT_VISIT, .run = home},
    {HTTP_POST, "/thuis/klaar", .right = RIGHT_VISIT, .run = leave},
    {HTTP_GET, "/thuis/gesprek/:conversation", .right = RIGHT_VISIT_CONVERSATION,
     .run = guest_page},
    {HTTP_POST, "/thuis/gesprek/:conversation/antwoord", .right = RIGHT_VISIT_CONVERSATION,
     .form = &talk_answer_form, .run = keep_answer},
    {HTTP_POST, "/thuis/gesprek/:conversation/klaar", .right = RIGHT_VISIT_CONVERSATION,
     .run = ready},
    {0},
};
