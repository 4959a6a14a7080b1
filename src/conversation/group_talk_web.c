#include "conversation/group_talk_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/method_options_web.h"
#include "conversation/plan_web.h"
#include "gen/group_talk_html.h"
#include "group/group.h"
#include "method/store.h"
#include "pupil/pupil.h"
#include "web/web.h"

/* --- the list
 * ----------------------------------------------------------------------------------------- */

static enum status fill_line(struct web *web, const struct conversation *c,
                             struct group_talk_line *ret)
{
    const struct method *method = NULL;
    enum status st = method_by_version(&web->work, c->method_version, &method);
    if (st != OK)
        return st;
    *ret = (struct group_talk_line){
        .id = c->id,
        .title = method_say(&method->title, tr_code(web->tr)),
        .when = date_is_set(c->held_on)
                    ? tr_date_day(web->tr, web->arena, c->held_on, web->work.today)
                    : plan_moment(web, c->planned_on, c->planned_at),
        .state_text = plan_state_text(web, c->state),
        .is_held = c->state == CONVERSATION_CLOSED || c->state == CONVERSATION_EVALUATED,
        .is_off = c->state == CONVERSATION_CANCELLED};
    return OK;
}

enum status group_talk_lines(struct web *web, struct group_id group, struct group_talk_line **ret,
                             size_t *ret_count)
{
    struct conversation *list = NULL;
    size_t count = 0, filled = 0;
    enum status st = conversation_of_group(&web->work, group, &list, &count);
    if (st != OK)
        return st;
    struct group_talk_line *lines = ARENA_ARRAY(web->arena, struct group_talk_line, count);
    if (!lines)
        return ERR_NOMEM;
    for (int off = 0; off < 2; off++)
        for (size_t i = 0; st == OK && i < count; i++)
            if ((list[i].state == CONVERSATION_CANCELLED) == (off == 1))
                st = fill_line(web, &list[i], &lines[filled++]);
    if (st == OK) {
        *ret = lines;
        *ret_count = filled;
    }
    return st;
}

/* --- planning
 * ------------------------------------------------------------------------------------------- */

static enum status show_plan(struct web *web, struct conversation_id id,
                             const struct form_values *form)
{
    struct group_plan_view *view = ARENA_NEW(web->arena, struct group_plan_view);
    struct group_member *members = NULL;
    struct group group;
    if (!view)
        return ERR_NOMEM;
    *view = (struct group_plan_view){.group = web_group(web), .id = id, .form = form};
    enum status st = group_find(&web->work, view->group, &group);
    if (st == OK)
        st = group_members(&web->work, view->group, &members, &view->member_count);
    if (st == OK)
        st = method_options(web, 1u << ABOUT_GROUP | 1u << ABOUT_PUPILS, (enum band)group.age_band,
                            &view->methods, &view->method_count);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_GROUP_SEEN, 0, view->group.v);
    if (st != OK)
        return st;
    view->members = members;
    view->group_name = group.name;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "A conversation with {0}", 1, group.name),
                    html_group_plan_page, view);
}

static enum status plan_page(struct web *web)
{
    struct form_values *form = ARENA_NEW(web->arena, struct form_values);
    if (!form)
        return ERR_NOMEM;
    form_begin(form, &plan_form);
    form_set(form, "day", arena_strdup(web->arena, date_text(plan_next_day(web)).s));
    return show_plan(web, (struct conversation_id){work_new_id(&web->work)}, form);
}

static enum status plan_it(struct web *web)
{
    struct form_values *form = &web->form;
    struct conversation_id id = web_conversation(web);
    size_t count = 0;
    const int64_t *ids = form_ids(form, "pupil", &count);
    struct conversation_draft draft = {.method_key = form_text(form, "method"),
                                       .group = web_group(web),
                                       .minutes = (int)form_number(form, "minutes"),
                                       .place = form_text(form, "place"),
                                       .aim = form_text(form, "aim"),
                                       .pupil_count = count};
    if (count == 0 && form_valid(form))
        form_error(form, "pupil", N_("Choose at least one pupil."));
    if (!plan_moment_of(form, &draft.planned_on, &draft.planned_at))
        return show_plan(web, id, form);
    struct pupil_id *pupils = ARENA_ARRAY(web->arena, struct pupil_id, count);
    if (!pupils)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        pupils[i] = (struct pupil_id){ids[i]};
    draft.pupils = pupils;
    enum status st = conversation_plan(&web->work, id, &draft);
    if (st == ERR_INVALID) {
        form_error(
            form, "method",
            N_("Choose a kind of conversation, pupils of this group and a day within a year."));
        return show_plan(web, id, form);
    }
    return st == OK ? web_redirect(web, "/gesprek/%s?ok=gepland", id_text(id.v).s) : st;
}

/* --- what one pupil said
 * ---------------------------------------------------------------------------------- */

/* As far as it is that pupil's, and may be read: before it began only when the pupil said so (P6).
 */
static enum status fill_preparation(struct web *web, struct group_part_view *view,
                                    const struct conversation *c)
{
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    if (!sheet)
        return ERR_NOMEM;
    if (!method_preparation_of(c->method, PART_PUPIL))
        return OK;
    enum status st = sheet_make_part(web, c, view->pupil, PART_PUPIL, sheet);
    if (st == OK && sheet->answered)
        view->preparation = sheet;
    return st;
}

static enum status part_page(struct web *web)
{
    struct group_part_view *view = ARENA_NEW(web->arena, struct group_part_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    struct pupil pupil;
    if (!view || !c || !sheet)
        return ERR_NOMEM;
    *view = (struct group_part_view){.conversation = c, .sheet = sheet, .pupil = web_pupil(web)};
    enum status st = conversation_open_part(&web->work, web_conversation(web), view->pupil, c);
    if (st == OK)
        st = pupil_find(&web->work, view->pupil, &pupil);
    if (st == OK)
        st = sheet_make_part(web, c, view->pupil, 0, sheet);
    if (st == OK)
        st = fill_preparation(web, view, c);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, view->pupil.v, c->id.v);
    if (st != OK)
        return st;
    view->full = person_full(web->arena, &pupil.person);
    view->call = person_call(web->arena, &pupil.person);
    view->title = method_say(&c->method->title, tr_code(web->tr));
    view->moment = date_is_set(c->held_on)
                       ? tr_date_day(web->tr, web->arena, c->held_on, web->work.today)
                       : plan_moment(web, c->planned_on, c->planned_at);
    view->may_open = access_check(&web->work, RIGHT_CONVERSATION_READ,
                                  (struct target){.conversation = c->id}) == OK;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "{0}: what {1} said", 2, view->title, view->call),
                    html_group_part_page, view);
}

const struct route group_talk_routes[] = {
    {HTTP_GET, "/groep/:group/gesprek", .right = RIGHT_GROUP_TEACH, .run = plan_page},
    {HTTP_POST, "/groep/:group/gesprek/:conversation", .right = RIGHT_GROUP_TEACH,
     .form = &plan_form, .run = plan_it},
    {HTTP_GET, "/leerling/:pupil/groepsgesprek/:conversation", .right = RIGHT_PUPIL_READ,
     .run = part_page},
    {0},
};
