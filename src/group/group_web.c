#include "group/group_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "conversation/conversation.h"
#include "gen/group_html.h"
#include "plan/lookback.h"
#include "pupil/pupil.h"
#include "school/coverage.h"
#include "school/school.h"
#include "web/web.h"

#define DUE_DAYS 7        /* what is looked back on within a week stands on the start page */
#define CELEBRATE_DAYS 28 /* what was reached longer ago is history */

/* "Good morning", by the clock of the school. */
static const char *greeting(struct web *web)
{
    int hour = date_local(web->work.now_ms).hour;
    const char *text = hour < 12   ? N_("Good morning {0}")
                       : hour < 18 ? N_("Good afternoon {0}")
                                   : N_("Good evening {0}");
    size_t first = strcspn(web->me_name, " ");
    return trf(web->tr, web->arena, text, 1, arena_strndup(web->arena, web->me_name, first));
}

static const struct hearing *hearing_of(const struct hearing *list, size_t count,
                                        struct pupil_id pupil)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].pupil.v == pupil.v)
            return &list[i];
    return NULL;
}

static void fill_line(struct web *web, struct member_line *line, const struct group_member *member,
                      const struct hearing *heard, const int64_t fresh[2], bool may_open)
{
    *line = (struct member_line){
        .member = member,
        .state = "not-yet",
        .state_text = _("Not heard yet"),
        .when = _("not yet"),
        .new_observation = fresh[0],
        .new_talk = fresh[1],
        .may_open = may_open,
    };
    line->wants_talk = heard && heard->asked_at;
    if (heard && heard->next.v) {
        line->next = heard->next;
        line->state = "planned";
        line->state_text = _("Planned:");
        line->when = date_is_set(heard->next_on)
                         ? tr_date_short(web->tr, web->arena, heard->next_on)
                         : _("no day yet");
    }
    if (heard && heard->held) {
        line->is_heard = true;
        line->state = heard->next.v ? "heard planned" : "heard";
        line->state_text = _("Heard:");
        line->when = tr_date_short(web->tr, web->arena, heard->last_on);
    }
}

static enum status fill_members(struct web *web, struct group_id id, struct group_view *view)
{
    struct group_member *members = NULL;
    struct hearing *hearings = NULL;
    size_t count = 0, heard = 0;
    enum status st = group_members(&web->work, id, &members, &count);
    if (st == OK)
        st = conversation_hearings(&web->work, id, coverage_half_year(web->work.today), false,
                                   &hearings, &heard);
    if (st != OK)
        return st;
    view->members = ARENA_ARRAY(web->arena, struct member_line, count);
    int64_t *fresh = ARENA_ARRAY(web->arena, int64_t, 2 * count);
    if (!view->members || !fresh)
        return ERR_NOMEM;
    id_new_many(web->work.random, fresh, 2 * count);
    view->member_count = count;
    const struct actor_group *mine = actor_group(&web->actor, id);
    bool may_open =
        actor_has_role(&web->actor, ROLE_COORDINATOR) || (mine && mine->role == ROLE_TEACHER);
    for (size_t i = 0; i < count; i++) {
        fill_line(web, &view->members[i], &members[i],
                  hearing_of(hearings, heard, members[i].pupil), &fresh[2 * i], may_open);
        view->heard_count += view->members[i].is_heard;
        view->planned_count += view->members[i].next.v != 0;
    }
    view->may_teach = may_open;
    return OK;
}

/* The reader's own groups, when there are more than one, to switch between. */
static enum status fill_switch(struct web *web, struct group_view *view)
{
    struct group *groups = NULL;
    if (web->actor.group_count < 2)
        return OK;
    enum status st = group_of_actor(&web->work, &groups, &view->group_count);
    view->groups = groups;
    return st;
}

/* --- what comes back by itself
 * ---------------------------------------------------------------------- */

static const char *home_url(struct web *web, const struct lookback *item)
{
    static const char *const lists[] = {[LOOKBACK_GOAL] = "doelen",
                                        [LOOKBACK_AGREEMENT] = "afspraken",
                                        [LOOKBACK_PLAN] = "plan",
                                        [LOOKBACK_NEED] = "behoeften"};
    if (item->kind == LOOKBACK_CONVERSATION)
        return arena_printf(web->arena, "/gesprek/%s", id_text(item->thing).s);
    return item->pupil.v
               ? arena_printf(web->arena, "/leerling/%s/%s/%s", id_text(item->pupil.v).s,
                              lists[item->kind], id_text(item->thing).s)
               : arena_printf(web->arena, "/gesprek/%s/%s/%s", id_text(item->conversation.v).s,
                              lists[item->kind], id_text(item->thing).s);
}

static enum status fill_list(struct web *web, struct lookback_list list, struct home_list *ret)
{
    ret->lines = ARENA_ARRAY(web->arena, struct home_line, list.count);
    if (!ret->lines)
        return ERR_NOMEM;
    ret->count = list.count;
    for (size_t i = 0; i < list.count; i++) {
        const struct lookback *item = &list.items[i];
        int late = date_is_set(item->on) ? date_compare(item->on, web->work.today) : 1;
        ret->lines[i] = (struct home_line){
            .url = home_url(web, item),
            .call = *item->call ? item->call : _("The group"),
            .letters = item->letters,
            .colour = item->colour,
            .what = item->kind == LOOKBACK_CONVERSATION ? _("conversation") : item->what,
            .when = date_is_set(item->on)
                        ? tr_date_day(web->tr, web->arena, item->on, web->work.today)
                        : "",
            .is_late = late < 0,
            .is_today = late == 0};
    }
    return OK;
}

static enum status fill_home(struct web *web, struct group_view *view)
{
    struct lookback_home home = {0};
    struct date today = web->work.today;
    struct lookback_face *faces = ARENA_ARRAY(web->arena, struct lookback_face, view->member_count);
    if (!faces)
        return ERR_NOMEM;
    for (size_t i = 0; i < view->member_count; i++) {
        const struct group_member *member = view->members[i].member;
        faces[i] = (struct lookback_face){.dossier = member->pupil.v,
                                          .slot = member->slot,
                                          .key_wrapped = member->key_wrapped,
                                          .call = member->call,
                                          .letters = member->letters,
                                          .colour = member->colour};
    }
    enum status st =
        lookback_home(&web->work, faces, view->member_count, date_add_days(today, DUE_DAYS),
                      date_add_days(today, -CELEBRATE_DAYS), &home);
    if (st == OK)
        st = fill_list(web, home.promised, &view->promised);
    if (st == OK)
        st = fill_list(web, home.due, &view->due);
    if (st == OK)
        st = fill_list(web, home.celebrate, &view->celebrate);
    view->has_home = view->may_teach;
    return st;
}

/* The coordinator sees counts per group, never what. */
static enum status fill_due(struct web *web, struct start_view *view)
{
    struct lookback_count *counts = NULL;
    size_t count = 0;
    if (access_check(&web->work, RIGHT_COVERAGE, (struct target){{0}}) != OK)
        return OK;
    enum status st =
        lookback_counts(&web->work, date_add_days(web->work.today, DUE_DAYS), &counts, &count);
    int *due = ARENA_ARRAY(web->arena, int, view->group_count);
    if (st == OK && !due)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < view->group_count; i++)
        for (size_t j = 0; j < count; j++)
            if (counts[j].group.v == view->groups[i].id.v)
                due[i] = counts[j].due;
    view->due = due;
    return st;
}

static enum status show_group(struct web *web, struct group_id id, bool at_home)
{
    struct group_view *view = ARENA_NEW(web->arena, struct group_view);
    struct group *group = ARENA_NEW(web->arena, struct group);
    if (!view || !group)
        return ERR_NOMEM;
    struct group_teacher *teachers = NULL;
    enum status st = group_find(&web->work, id, group);
    if (st == OK)
        st = fill_members(web, id, view);
    if (st == OK && !at_home)
        st = group_teachers(&web->work, id, &teachers, &view->teacher_count);
    if (st == OK)
        st = fill_switch(web, view);
    if (st == OK && at_home)
        st = fill_home(web, view);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_GROUP_SEEN, 0, id.v);
    if (st != OK)
        return st;
    view->group = group;
    view->teachers = teachers;
    view->greeting = at_home ? greeting(web) : group->name;
    const char *day = tr_date_long(web->tr, web->arena, web->work.today);
    view->line = at_home ? arena_printf(web->arena, "%s · %s", group->name, day) : day;
    view->today = arena_strdup(web->arena, date_text(web->work.today).s);
    view->csrf = web->csrf;
    view->may_badges =
        access_check(&web->work, RIGHT_GROUP_BADGES, (struct target){.group = id}) == OK;
    view->may_note =
        actor_group(&web->actor, id) != NULL || actor_has_role(&web->actor, ROLE_COORDINATOR);
    web->reply.page.nav = NAV_HOME;
    return web_page(web, at_home ? _("My group") : group->name, html_group_page, view);
}

static enum status group_page(struct web *web)
{
    return show_group(web, web_group(web), false);
}

static enum status start_page(struct web *web)
{
    struct start_view *view = ARENA_NEW(web->arena, struct start_view);
    struct school_year year;
    struct group_count *counts = NULL;
    size_t counted = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = school_active_year(&web->work, &year);
    if (st == OK)
        st = group_list(&web->work, year.id, &view->groups, &view->group_count);
    if (st == OK)
        st = group_counts(&web->work, year.id, &counts, &counted);
    if (st != OK)
        return st;
    int *pupils = ARENA_ARRAY(web->arena, int, view->group_count);
    if (!pupils)
        return ERR_NOMEM;
    for (size_t i = 0; i < view->group_count; i++)
        for (size_t j = 0; j < counted; j++)
            if (counts[j].group.v == view->groups[i].id.v)
                pupils[i] = counts[j].pupils;
    st = fill_due(web, view);
    if (st != OK)
        return st;
    view->pupils = pupils;
    view->greeting = greeting(web);
    view->may_open = actor_has_role(&web->actor, ROLE_COORDINATOR);
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Start"), html_start_page, view);
}

/* Everybody's own start: a teacher their (first) group, others an overview without contents. */
static enum status home(struct web *web)
{
    if (web->actor.group_count > 0)
        return show_group(web, web->actor.groups[0].group, true);
    return start_page(web);
}

const struct route group_routes[] = {
    {HTTP_GET, "/", .right = RIGHT_STAFF, .run = home},
    {HTTP_GET, "/groep/:group", .right = RIGHT_GROUP_READ, .run = group_page},
    {0},
};
