#include "school/year_web.h"

#include "base/arena.h"
#include "gen/year_html.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "staff/staff.h"
#include "web/web.h"

static const char no_administrator[] =
    N_("In that year nobody is administrator yet. First let the functions go along.");

static struct school_year_id asked_year(const struct web *web)
{
    return (struct school_year_id){web->ids[PARAM_YEAR]};
}

static enum status fill_line(struct web *web, const struct school_year *year,
                             const struct staff_function *functions, size_t count,
                             struct year_line *line)
{
    struct group *groups = NULL;
    *line =
        (struct year_line){.year = *year, .title = school_year_text(web->arena, year->starts_in)};
    for (size_t i = 0; i < count; i++)
        line->functions += functions[i].year.v == year->id.v && functions[i].group.v == 0;
    return group_list(&web->work, year->id, &groups, &line->groups);
}

static enum status show_years(struct web *web)
{
    struct years_view *view = ARENA_NEW(web->arena, struct years_view);
    struct school_year *years = NULL;
    struct staff_function *functions = NULL;
    size_t count = 0, function_count = 0;
    if (!view)
        return ERR_NOMEM;
    view->top = school_top(web, SCHOOL_TAB_YEARS);
    enum status st = school_years(&web->work, &years, &count);
    if (st == OK)
        st = staff_functions(&web->work, &functions, &function_count);
    view->years = ARENA_ARRAY(web->arena, struct year_line, count);
    if (st == OK && !view->years)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = fill_line(web, &years[i], functions, function_count, &view->years[i]);
    if (st != OK)
        return st;
    view->count = count;
    int next = count ? years[0].starts_in + 1 : date_school_year(web->work.today);
    view->next = school_year_text(web->arena, next);
    return web_page(web, _("School years"), html_years_page, view);
}

static enum status make_next(struct web *web)
{
    struct school_year *years = NULL;
    size_t count = 0;
    struct school_year_id made;
    enum status st = school_years(&web->work, &years, &count);
    if (st == OK)
        st = school_year_make(
            &web->work, count ? years[0].starts_in + 1 : date_school_year(web->work.today), &made);
    return st == OK ? web_redirect(web, "/school/jaren?ok=jaar-gemaakt") : st;
}

static enum status carry_over(struct web *web)
{
    struct school_year now, then;
    enum status st = school_year_find(&web->work, asked_year(web), &then);
    if (st == OK)
        st = school_active_year(&web->work, &now);
    if (st == OK)
        st = staff_carry_over(&web->work, now.id, then.id);
    return st == OK
               ? web_redirect(web, "/school/jaren/%s/wisselen?ok=meegenomen", id_text(then.id.v).s)
               : st;
}

/* --- what the change means ---------------------------------------------------------------------
 */

static bool is_taught(struct group_id group, const struct staff_function *functions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (functions[i].role == ROLE_TEACHER && functions[i].group.v == group.v)
            return true;
    return false;
}

static bool goes_along(const struct staff_function *function, struct school_year_id year,
                       const struct staff_function *functions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (functions[i].year.v == year.v && functions[i].staff.v == function->staff.v &&
            functions[i].role == function->role)
            return true;
    return false;
}

static enum status fill_functions(struct web *web, struct change_view *view)
{
    struct group *groups = NULL;
    struct staff_function *functions = NULL;
    size_t count = 0;
    enum status st = group_list(&web->work, view->year.id, &groups, &view->group_count);
    if (st == OK)
        st = staff_functions(&web->work, &functions, &count);
    view->untaught = ARENA_ARRAY(web->arena, const struct group *, view->group_count);
    if (st == OK && !view->untaught)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < view->group_count; i++)
        if (!is_taught(groups[i].id, functions, count))
            view->untaught[view->untaught_count++] = &groups[i];
    for (size_t i = 0; i < count; i++) {
        if (functions[i].group.v)
            continue;
        bool there = functions[i].year.v == view->year.id.v;
        view->functions += there;
        view->has_administrator |= there && functions[i].role == ROLE_ADMINISTRATOR;
        view->left_functions += functions[i].is_active_year &&
                                !goes_along(&functions[i], view->year.id, functions, count);
    }
    return OK;
}

static bool has_place(struct pupil_id pupil, const struct group_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (places[i].pupil.v == pupil.v)
            return true;
    return false;
}

static enum status fill_pupils(struct web *web, struct change_view *view)
{
    struct pupil *pupils = NULL;
    struct group_place *places = NULL;
    size_t place_count = 0;
    enum status st = pupil_list(&web->work, false, &pupils, &view->pupil_count);
    if (st == OK)
        st = group_places(&web->work, view->year.id, &places, &place_count);
    view->loose = ARENA_ARRAY(web->arena, const char *, view->pupil_count);
    if (st == OK && !view->loose)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < view->pupil_count; i++)
        if (!has_place(pupils[i].id, places, place_count))
            view->loose[view->loose_count++] = person_full(web->arena, &pupils[i].person);
    return OK;
}

static enum status show_change(struct web *web)
{
    struct change_view *view = ARENA_NEW(web->arena, struct change_view);
    struct school_year now;
    if (!view)
        return ERR_NOMEM;
    view->top = school_top(web, SCHOOL_TAB_YEARS);
    enum status st = school_year_find(&web->work, asked_year(web), &view->year);
    if (st == OK)
        st = school_active_year(&web->work, &now);
    if (st == OK)
        st = fill_functions(web, view);
    if (st == OK)
        st = fill_pupils(web, view);
    if (st != OK)
        return st;
    view->title = school_year_text(web->arena, view->year.starts_in);
    view->now_title = school_year_text(web->arena, now.starts_in);
    return web_page(web, trf(web->tr, web->arena, "Change to {0}", 1, view->title),
                    html_change_page, view);
}

static enum status change(struct web *web)
{
    enum status st = school_year_activate(&web->work, asked_year(web));
    if (st == ERR_CONFLICT) {
        st = show_change(web);
        return st == OK ? web_problem(web, no_administrator) : st;
    }
    return st == OK ? web_redirect(web, "/school/jaren?ok=gewisseld") : st;
}

const struct route year_routes[] = {
    {HTTP_GET, "/school/jaren", .right = RIGHT_SCHOOL_READ, .run = show_years},
    {HTTP_POST, "/school/jaren", .right = RIGHT_STRUCTURE, .run = make_next},
    {HTTP_POST, "/school/jaren/:year/meenemen", .right = RIGHT_STRUCTURE, .run = carry_over},
    {HTTP_GET, "/school/jaren/:year/wisselen", .right = RIGHT_STRUCTURE, .run = show_change},
    {HTTP_POST, "/school/jaren/:year/wisselen", .right = RIGHT_STRUCTURE, .run = change},
    {0},
};
