#include "conversation/taking_part_web.h"

#include "base/arena.h"
#include "conversation/conversation.h"
#include "conversation/plan_web.h"
#include "gen/taking_part_html.h"
#include "method/store.h"
#include "web/web.h"

static enum status fill_line(struct web *web, const struct taking_part *t,
                             struct taking_part_line *ret)
{
    const struct method *method = NULL;
    enum status st = method_by_version(&web->work, t->method_version, &method);
    if (st == OK)
        *ret = (struct taking_part_line){
            .url = arena_printf(web->arena, "/gesprek/%s", id_text(t->id.v).s),
            .title = method_say(&method->title, tr_code(web->tr)),
            .about = *t->call ? t->call : _("a group"),
            .when = date_is_set(t->held_on)
                        ? tr_date_day(web->tr, web->arena, t->held_on, web->work.today)
                        : plan_moment(web, t->planned_on, t->planned_at),
            .state = plan_state_text(web, t->state),
            .leader = t->leader};
    return st;
}

/* Open ones come first. */
static enum status fill(struct web *web, const struct taking_part *list, size_t count,
                        struct taking_part_view *view)
{
    struct taking_part_line *lines = ARENA_ARRAY(web->arena, struct taking_part_line, count);
    if (!lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        enum status st = fill_line(web, &list[i], &lines[i]);
        if (st != OK)
            return st;
        view->open_count += list[i].state < CONVERSATION_CLOSED;
    }
    view->open = lines;
    view->past = lines + view->open_count;
    view->past_count = count - view->open_count;
    return OK;
}

static enum status page(struct web *web)
{
    struct taking_part_view *view = ARENA_NEW(web->arena, struct taking_part_view);
    struct taking_part *list = NULL;
    size_t count = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = conversation_taking_part(&web->work, &list, &count);
    if (st == OK)
        st = fill(web, list, count, view);
    web->reply.page.nav = NAV_HOME;
    return st == OK ? web_page(web, _("Where I take part"), html_taking_part_page, view) : st;
}

const struct route taking_part_routes[] = {
    {HTTP_GET, "/meedoen", .right = RIGHT_STAFF, .run = page},
    {0},
};
