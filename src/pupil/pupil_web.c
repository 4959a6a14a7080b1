#include "pupil/pupil_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/plan_web.h"
#include "gen/pupil_html.h"
#include "group/group.h"
#include "method/store.h"
#include "pupil/dossier_web.h"
#include "pupil/emergency_web.h"
#include "pupil/notes_web.h"
#include "school/school.h"
#include "staff/staff.h"
#include "web/web.h"

#define LOG_LINES 200

static const struct field undo_fields[] = {
    {.name = "weg", .kind = FIELD_ID},
};
FORM(undo_form, undo_fields);

static const char *age_text(struct web *web, struct date birth)
{
    if (!date_is_set(birth))
        return "";
    int age = date_age(birth, web->work.today);
    return trf(web->tr, web->arena, trn(web->tr, " · {0} year old", " · {0} years old", age), 1,
               arena_printf(web->arena, "%d", age));
}

static bool may(struct web *web, enum right right, struct pupil_id pupil)
{
    return access_check(&web->work, right, (struct target){.pupil = pupil}) == OK;
}

enum status dossier_head(struct web *web, enum dossier_tab tab, struct dossier_head *ret_head,
                         struct pupil_head *ret_pupil)
{
    int64_t since = web->work.now_ms - EMERGENCY_RECENT_DAYS * MS_DAY;
    enum status st = pupil_head(&web->work, web_pupil(web), since, ret_pupil);
    if (st != OK)
        return st;
    const struct pupil *pupil = &ret_pupil->pupil;
    struct target group = {.group = ret_pupil->group};
    *ret_head =
        (struct dossier_head){.pupil = pupil->id,
                              .full = person_full(web->arena, &pupil->person),
                              .call = person_call(web->arena, &pupil->person),
                              .letters = person_letters(web->arena, &pupil->person),
                              .group = ret_pupil->group,
                              .group_name = ret_pupil->group_name,
                              .symbol = ret_pupil->group.v && ret_pupil->age_band != AGE_12_18
                                            ? pupil_symbol_name(pupil->symbol)
                                            : NULL,
                              .colour = pupil->colour,
                              .has_left = date_is_set(pupil->left_on),
                              .may_read = may(web, RIGHT_PUPIL_READ, pupil->id),
                              .may_note = may(web, RIGHT_PUPIL_NOTE, pupil->id),
                              .may_group = access_check(&web->work, RIGHT_GROUP_READ, group) == OK,
                              .tab = tab};
    const char *where = ret_head->has_left  ? _("has left the school")
                        : ret_head->group.v ? ret_head->group_name
                                            : _("in no group");
    ret_head->line = arena_printf(web->arena, "%s%s", where, age_text(web, pupil->person.birth));
    return OK;
}

static const char *year_title(struct web *web, int starts_in)
{
    return trf(web->tr, web->arena, "School year {0}", 1,
               arena_printf(web->arena, "%d–%d", starts_in, starts_in + 1));
}

/* The day a conversation stands at: held, else planned, else on top of today. */
static struct date talk_day(struct web *web, const struct conversation *c)
{
    if (date_is_set(c->held_on))
        return c->held_on;
    return date_is_set(c->planned_on) ? c->planned_on : web->work.today;
}

static struct timeline_line observation_line(struct web *web, const struct observation *o)
{
    return (struct timeline_line){.observation = o,
                                  .day =
                                      tr_date_day(web->tr, web->arena, o->seen_on, web->work.today),
                                  .is_strength = o->kind == OBSERVATION_STRENGTH,
                                  .is_own = o->author.v == web->actor.staff.v};
}

static enum status talk_line(struct web *web, const struct conversation *c,
                             struct timeline_line *ret)
{
    const struct method *method = NULL;
    enum status st = method_by_version(&web->work, c->method_version, &method);
    if (st != OK)
        return st;
    *ret = (struct timeline_line){
        .conversation = c,
        .title = method_say(&method->title, tr_code(web->tr)),
        .state = plan_state_text(web, c->state),
        .day = date_is_set(c->held_on)
                   ? tr_date_day(web->tr, web->arena, c->held_on, web->work.today)
                   : plan_moment(web, c->planned_on, c->planned_at)};
    return OK;
}

static void add_line(struct web *web, struct dossier_view *view, struct timeline_line *line,
                     struct date day)
{
    int year = date_school_year(day);
    if (view->year_count == 0 || year != view->years[view->year_count - 1].starts_in)
        view->years[view->year_count++] = (struct timeline_year){
            .title = year_title(web, year), .starts_in = year, .lines = line};
    view->years[view->year_count - 1].count++;
    view->talks += line->conversation != NULL;
    view->strengths += line->is_strength;
    view->worries += line->observation && !line->is_strength;
}

/*
 * Observations come newest first, conversations by their day: laid together by day, and into
 * school years as they then stand. What was called off stands in the log, not here.
 */
static enum status fill_years(struct web *web, const struct observation *list, size_t count,
                              const struct conversation *talks, size_t talk_count,
                              struct dossier_view *view)
{
    size_t most = count + talk_count, filled = 0, t = 0;
    struct timeline_line *lines = ARENA_ARRAY(web->arena, struct timeline_line, most);
    view->years = ARENA_ARRAY(web->arena, struct timeline_year, most);
    if (!lines || !view->years)
        return ERR_NOMEM;
    for (size_t i = 0; i < count || t < talk_count;) {
        struct timeline_line *line = &lines[filled];
        if (t < talk_count && talks[t].state == CONVERSATION_CANCELLED) {
            t++;
            continue;
        }
        struct date day = t < talk_count ? talk_day(web, &talks[t]) : (struct date){0};
        if (t < talk_count && (i == count || date_compare(day, list[i].seen_on) >= 0)) {
            enum status st = talk_line(web, &talks[t++], line);
            if (st != OK)
                return st;
        } else {
            day = list[i].seen_on;
            *line = observation_line(web, &list[i++]);
        }
        add_line(web, view, line, day);
        filled++;
    }
    return OK;
}

static enum status fill_dossier(struct web *web, struct dossier_view *view,
                                enum audit_action action)
{
    struct pupil_head head;
    struct observation *list = NULL;
    struct conversation *talks = NULL;
    size_t count = 0, talk_count = 0;
    enum status st = dossier_head(web, TAB_TIMELINE, &view->head, &head);
    if (st != OK)
        return st;
    struct pupil_id pupil = head.pupil.id;
    st = observation_of_pupil(&web->work, pupil, &list, &count);
    if (st == OK)
        st = conversation_of_pupil(&web->work, pupil, &talks, &talk_count);
    if (st == OK)
        st = fill_years(web, list, count, talks, talk_count, view);
    if (st == OK && head.emergencies > 0)
        st = emergency_lines(web, pupil, true, &view->emergencies, &view->emergency_count);
    if (st != OK)
        return st;
    if (head.exceptions > 0)
        st = sharing_notes(web, pupil, (struct conversation_id){0}, NULL, &view->exceptions,
                           &view->exception_count);
    if (st != OK && st != ERR_NOT_FOUND) /* who only supports reads no conversations */
        return st;
    view->retention_years = head.retention_years;
    if (view->head.has_left)
        view->keep_until = tr_date_full(web->tr, web->arena,
                                        pupil_keep_until(head.pupil.left_on, head.retention_years));
    return audit_seen(&web->work, action, pupil.v, 0);
}

static enum status dossier_page(struct web *web)
{
    struct dossier_view *view = ARENA_NEW(web->arena, struct dossier_view);
    if (!view)
        return ERR_NOMEM;
    enum status st = fill_dossier(web, view, AUDIT_DOSSIER_SEEN);
    if (st == OK)
        st = observation_new_form(web, view->head.pupil, "dossier", &view->form);
    if (st != OK)
        return st;
    view->removed = (struct observation_id){form_number(&web->form, "weg")};
    view->may_write = !view->head.has_left && view->head.may_note;
    view->may_give = may(web, RIGHT_DOSSIER_EXPORT, view->head.pupil);
    web->form.form = NULL;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, view->head.full, html_dossier_page, view);
}

static enum status print_page(struct web *web)
{
    struct dossier_view *view = ARENA_NEW(web->arena, struct dossier_view);
    if (!view)
        return ERR_NOMEM;
    enum status st = fill_dossier(web, view, AUDIT_DOSSIER_PRINTED);
    if (st != OK)
        return st;
    view->printed_by = web_printed_by(web);
    web->reply.page.frame = FRAME_PAPER;
    web->reply.page.back = arena_printf(web->arena, "/leerling/%s", id_text(view->head.pupil.v).s);
    return web_page(web, view->head.full, html_dossier_print, view);
}

/* --- who looked --------------------------------------------------------------------------------
 */

static const char *name_of(struct web *web, const struct staff *staff, size_t count,
                           const struct audit_line *line)
{
    if (line->actor_kind == ACTOR_PUPIL)
        return _("the pupil");
    for (size_t i = 0; line->actor_kind == ACTOR_STAFF && i < count; i++)
        if (staff[i].id.v == line->actor)
            return person_full(web->arena, &staff[i].person);
    return tr(web->tr, audit_actor_words(line->actor_kind));
}

static enum status looked_page(struct web *web)
{
    struct looked_view *view = ARENA_NEW(web->arena, struct looked_view);
    struct pupil_head about;
    struct audit_line *lines = NULL;
    struct staff *staff = NULL;
    size_t count = 0, staff_count = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = dossier_head(web, TAB_LOOKED, &view->head, &about);
    if (st == OK)
        st = audit_of_pupil(&web->work, about.pupil.id, LOG_LINES, &lines, &count);
    if (st == OK)
        st = staff_list(&web->work, false, &staff, &staff_count);
    if (st == OK)
        st =
            emergency_lines(web, about.pupil.id, false, &view->emergencies, &view->emergency_count);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_LOG_SEEN, about.pupil.id.v, 0);
    view->lines = ARENA_ARRAY(web->arena, struct looked_line, count);
    if (st == OK && !view->lines)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    view->count = count;
    for (size_t i = 0; i < count; i++) {
        struct local_time at = date_local(lines[i].at_ms);
        view->lines[i] = (struct looked_line){
            .when = trf(web->tr, web->arena, "{0} at {1}", 2,
                        tr_date_day(web->tr, web->arena, at.date, web->work.today),
                        tr_time(web->tr, web->arena, at)),
            .who = name_of(web, staff, staff_count, &lines[i]),
            .what = tr(web->tr, audit_action_words(lines[i].action))};
    }
    web->reply.page.nav = NAV_HOME;
    return web_page(web, view->head.full, html_looked_page, view);
}

const struct route pupil_routes[] = {
    {HTTP_GET, "/leerling/:pupil", .right = RIGHT_PUPIL_READ, .form = &undo_form,
     .run = dossier_page},
    {HTTP_GET, "/leerling/:pupil/print", .right = RIGHT_PUPIL_READ, .run = print_page},
    {HTTP_GET, "/leerling/:pupil/inzage", .right = RIGHT_PUPIL_READ, .run = looked_page},
    {HTTP_GET, "/leerling/:pupil/notities", .right = RIGHT_PUPIL_NOTE, .run = notes_page},
    {HTTP_POST, "/leerling/:pupil/notities", .right = RIGHT_PUPIL_NOTE, .form = &notes_form,
     .run = notes_add},
    {HTTP_POST, "/leerling/:pupil/notities/:note", .right = RIGHT_PUPIL_NOTE, .form = &notes_form,
     .run = notes_change},
    {HTTP_POST, "/leerling/:pupil/notities/:note/weg", .right = RIGHT_PUPIL_NOTE,
     .run = notes_remove},
    {0},
};
