#include "pupil/pupil_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/pupil_html.h"
#include "group/group.h"
#include "pupil/dossier_web.h"
#include "pupil/emergency_web.h"
#include "pupil/notes_web.h"
#include "school/school.h"
#include "staff/staff.h"
#include "web/web.h"

#define LOG_LINES 200

static const struct field dossier_fields[] = {
    {.name = "weg", .kind = FIELD_ID},
    TIMELINE_FIELDS,
};
FORM(dossier_form, dossier_fields);

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

static enum status fill_dossier(struct web *web, struct dossier_view *view,
                                enum audit_action action)
{
    struct pupil_head head;
    enum status st = dossier_head(web, TAB_TIMELINE, &view->head, &head);
    if (st != OK)
        return st;
    struct pupil_id pupil = head.pupil.id;
    st = timeline_fill(web, &view->head, action == AUDIT_DOSSIER_PRINTED, &view->line);
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
    {HTTP_GET, "/leerling/:pupil", .right = RIGHT_PUPIL_READ, .form = &dossier_form,
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
