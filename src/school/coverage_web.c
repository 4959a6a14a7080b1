#include "school/coverage_web.h"

#include "base/arena.h"
#include "gen/coverage_html.h"
#include "web/web.h"

static const struct field target_fields[] = {
    {.name = "times",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = 0,
     .max_value = COVERAGE_TARGET_MAX,
     .label = N_("Conversations with every pupil, per half-year"),
     .hint = N_("0: no target. Short talks count too.")},
};
FORM(target_form, target_fields);

static void add(struct coverage *sum, const struct coverage *line)
{
    sum->pupils += line->pupils;
    sum->noted += line->noted;
    sum->heard += line->heard;
    sum->only_informal += line->only_informal;
    sum->only_in_group += line->only_in_group;
    sum->reached += line->reached;
}

static enum status fill(struct web *web, struct coverage_view *view, struct date since)
{
    struct school_year year;
    struct group *groups = NULL;
    struct coverage *counts = NULL;
    size_t counted = 0;
    enum status st = school_active_year(&web->work, &year);
    if (st == OK)
        st = group_list(&web->work, year.id, &groups, &view->count);
    if (st == OK)
        st = coverage_target(&web->work, &view->target);
    if (st == OK)
        st = coverage_of_year(&web->work, year.id, since, view->target, &counts, &counted);
    if (st != OK)
        return st;
    view->lines = ARENA_ARRAY(web->arena, struct coverage_line, view->count);
    if (!view->lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < view->count; i++) {
        view->lines[i].name = groups[i].name;
        for (size_t j = 0; j < counted; j++)
            if (counts[j].group.v == groups[i].id.v)
                view->lines[i].count = counts[j];
        add(&view->sum, &view->lines[i].count);
    }
    return OK;
}

static enum status page(struct web *web)
{
    struct coverage_view *view = ARENA_NEW(web->arena, struct coverage_view);
    if (!view)
        return ERR_NOMEM;
    view->top = school_top(web, SCHOOL_TAB_COVERAGE);
    struct date since = coverage_half_year(web->work.today);
    enum status st = fill(web, view, since);
    if (st != OK)
        return st;
    view->since = tr_date_full(web->tr, web->arena, since);
    return web_page(web, _("Coverage"), html_coverage_page, view);
}

static enum status show_target(struct web *web, const struct form_values *form)
{
    struct target_view *view = ARENA_NEW(web->arena, struct target_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct target_view){.top = school_top(web, SCHOOL_TAB_COVERAGE), .form = form};
    return web_page(web, _("How often every pupil is heard"), html_coverage_target_page, view);
}

static enum status target_page(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    int target = 0;
    if (!values)
        return ERR_NOMEM;
    enum status st = coverage_target(&web->work, &target);
    if (st != OK)
        return st;
    form_begin(values, &target_form);
    form_set(values, "times", arena_printf(web->arena, "%d", target));
    return show_target(web, values);
}

static enum status set_target(struct web *web)
{
    if (!form_valid(&web->form))
        return show_target(web, &web->form);
    enum status st = coverage_set_target(&web->work, (int)form_number(&web->form, "times"));
    return st == OK ? web_redirect(web, "/school/doel?ok=bewaard") : st;
}

const struct route coverage_routes[] = {
    {HTTP_GET, "/school/inzage", .right = RIGHT_COVERAGE, .run = page},
    {HTTP_GET, "/school/doel", .right = RIGHT_HEARING_TARGET, .run = target_page},
    {HTTP_POST, "/school/doel", .right = RIGHT_HEARING_TARGET, .form = &target_form,
     .run = set_target},
    {0},
};
