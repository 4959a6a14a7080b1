#include "school/school_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/school_html.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "staff/staff.h"
#include "web/web.h"

#define BRIN_MAX 6

static const struct field fields[] = {
    {.name = "name",
     .kind = FIELD_TEXT,
     .required = true,
     .max = SCHOOL_NAME_MAX,
     .label = N_("Name of the school")},
    {.name = "brin",
     .kind = FIELD_TEXT,
     .max = BRIN_MAX,
     .label = N_("BRIN"),
     .hint = N_("Like 11ZZ, or 11ZZ03 with the location.")},
};
FORM(form, fields);

static const struct field location_fields[] = {
    {.name = "location",
     .kind = FIELD_TEXT,
     .required = true,
     .max = SCHOOL_NAME_MAX,
     .label = N_("Name of the location")},
};
FORM(location_form, location_fields);

static const struct field retention_fields[] = {
    {.name = "years",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = SCHOOL_RETENTION_MIN,
     .max_value = SCHOOL_RETENTION_MAX,
     .label = N_("Years after leaving"),
     .hint = N_("From 1 to 10. Two is usual; longer wants a reason.")},
    {.name = "sure", .kind = FIELD_CHECK, .label = N_("Yes, erase them for good")},
};
FORM(retention_form, retention_fields);

static const char *kind_text(enum school_kind kind)
{
    static const char *const names[] = {[SCHOOL_PRIMARY] = N_("primary school"),
                                        [SCHOOL_SECONDARY] = N_("secondary school"),
                                        [SCHOOL_SPECIAL] = N_("special education")};
    return names[kind];
}

/* Groups of the year that nobody teaches. */
static size_t without_teacher(const struct group *groups, size_t group_count,
                              const struct staff_function *functions, size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < group_count; i++) {
        bool taught = false;
        for (size_t j = 0; j < count; j++)
            taught |= functions[j].role == ROLE_TEACHER && functions[j].group.v == groups[i].id.v;
        found += !taught;
    }
    return found;
}

static void fill_tasks(struct web *web, struct school_view *view, size_t untaught, int starts_in)
{
    bool past = date_school_year(web->work.today) > starts_in;
    view->tasks[0] = (struct school_task){
        .url = "/school/inlezen",
        .title = _("Read in the roster"),
        .say = view->pupils ? _("Pupils are there. Read it in again when something changed.")
                            : _("There are no pupils yet."),
        .is_done = view->pupils > 0};
    view->tasks[1] = (struct school_task){
        .url = "/school/medewerkers",
        .title = _("Give functions"),
        .say = untaught       ? trf(web->tr, web->arena,
                                    trn(web->tr, "{0} group has no teacher yet.",
                                        "{0} groups have no teacher yet.", (int64_t)untaught),
                                    1, arena_printf(web->arena, "%zu", untaught))
               : view->groups ? _("Every group has a teacher.")
                              : _("First there must be groups."),
        .is_done = view->groups > 0 && untaught == 0};
    view->tasks[2] = (struct school_task){
        .url = "/school/jaren",
        .title = _("Change the school year"),
        .say = past ? _("A new school year has begun. Make it, and change to it.")
                    : _("This school year counts now."),
        .is_done = !past};
}

static enum status fill_year(struct web *web, struct school_view *view)
{
    struct school_year year;
    struct group *groups = NULL;
    struct staff_function *functions = NULL;
    size_t function_count = 0;
    enum status st = school_active_year(&web->work, &year);
    if (st == OK)
        st = group_list(&web->work, year.id, &groups, &view->groups);
    if (st == OK)
        st = staff_functions(&web->work, &functions, &function_count);
    if (st != OK)
        return st;
    view->year = school_year_text(web->arena, year.starts_in);
    fill_tasks(web, view, without_teacher(groups, view->groups, functions, function_count),
               year.starts_in);
    return OK;
}

/* `sent` is the form that came in with errors, or NULL. */
static enum status show(struct web *web, const struct form *sent)
{
    struct school_view *view = ARENA_NEW(web->arena, struct school_view);
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct form_values *location = ARENA_NEW(web->arena, struct form_values);
    struct form_values *retention = ARENA_NEW(web->arena, struct form_values);
    struct staff *staff = NULL;
    if (!view || !values || !location || !retention)
        return ERR_NOMEM;
    view->top = school_top(web, SCHOOL_TAB_START);
    enum status st = school_find(&web->work, &view->school);
    if (st == OK)
        st = school_board_name(&web->work, view->school.board, &view->board);
    if (st == OK)
        st = pupil_count(&web->work, &view->pupils);
    if (st == OK)
        st = staff_list(&web->work, false, &staff, &view->staff);
    if (st == OK)
        st = location_list(&web->work, &view->locations, &view->location_count);
    if (st == OK)
        st = fill_year(web, view);
    if (st != OK)
        return st;
    view->kind = tr(web->tr, kind_text(view->school.kind));
    form_begin(values, &form);
    form_set(values, "name", view->school.name);
    form_set(values, "brin", view->school.brin);
    form_begin(location, &location_form);
    form_begin(retention, &retention_form);
    form_set(retention, "years", arena_printf(web->arena, "%d", view->school.retention_years));
    view->retention_form = sent == &retention_form ? &web->form : retention;
    view->may_retention = access_check_school(&web->work, RIGHT_RETENTION) == OK;
    view->form = sent == &form ? &web->form : values;
    view->location_form = sent == &location_form ? &web->form : location;
    return web_page(web, _("School"), html_school_page, view);
}

static enum status page(struct web *web)
{
    return show(web, NULL);
}

static enum status change(struct web *web)
{
    if (form_valid(&web->form) && !school_brin_valid(form_text(&web->form, "brin")))
        form_error(&web->form, "brin", N_("A BRIN has two digits and two capitals, like 11ZZ."));
    if (!form_valid(&web->form))
        return show(web, &form);
    enum status st =
        school_change(&web->work, form_text(&web->form, "name"), form_text(&web->form, "brin"));
    return st == OK ? web_redirect(web, "/school?ok=bewaard") : st;
}

/* Shorter than before: what is past its day goes tonight, for good. That is asked, with the number.
 */
static enum status ask_if_many_go(struct web *web, int years)
{
    struct school school;
    struct pupil_id *due = NULL;
    size_t count = 0;
    enum status st = school_find(&web->work, &school);
    if (st != OK || years >= school.retention_years || form_checked(&web->form, "sure"))
        return st;
    st = pupil_left_before(&web->work, pupil_due_left_on(web->work.today, years), &due, &count);
    if (st == OK && count) {
        size_t i = form_index(&retention_form, "sure");
        web->form.error[i] = N_("Dossiers that are then erased tonight, for good: {0}.");
        web->form.error_value[i] = arena_printf(web->arena, "%zu", count);
    }
    return st;
}

static enum status change_retention(struct web *web)
{
    int years = (int)form_number(&web->form, "years");
    enum status st = form_valid(&web->form) ? ask_if_many_go(web, years) : OK;
    if (st == OK && !form_valid(&web->form))
        return show(web, &retention_form);
    if (st == OK)
        st = school_set_retention(&web->work, years);
    return st == OK ? web_redirect(web, "/school?ok=bewaard") : st;
}

static enum status add_location(struct web *web)
{
    struct location_id id;
    if (!form_valid(&web->form))
        return show(web, &location_form);
    enum status st = location_add(&web->work, form_text(&web->form, "location"), &id);
    return st == OK ? web_redirect(web, "/school?ok=toegevoegd") : st;
}

static enum status rename_location(struct web *web)
{
    struct location_id id = {web->ids[PARAM_LOCATION]};
    if (!form_valid(&web->form))
        return show(web, &location_form);
    enum status st = location_rename(&web->work, id, form_text(&web->form, "location"));
    return st == OK ? web_redirect(web, "/school?ok=bewaard") : st;
}

const struct route school_routes[] = {
    {HTTP_GET, "/school", .right = RIGHT_SCHOOL_READ, .run = page},
    {HTTP_POST, "/school/naam", .right = RIGHT_STRUCTURE, .form = &form, .run = change},
    {HTTP_POST, "/school/bewaren", .right = RIGHT_RETENTION, .form = &retention_form,
     .run = change_retention},
    {HTTP_POST, "/school/locaties", .right = RIGHT_STRUCTURE, .form = &location_form,
     .run = add_location},
    {HTTP_POST, "/school/locaties/:location", .right = RIGHT_STRUCTURE, .form = &location_form,
     .run = rename_location},
    {0},
};
