#include "school/coverage_web.h"

#include "base/arena.h"
#include "gen/coverage_html.h"
#include "school/coverage.h"
#include "web/web.h"

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
        st = coverage_of_year(&web->work, year.id, since, &counts, &counted);
    if (st != OK)
        return st;
    view->lines = ARENA_ARRAY(web->arena, struct coverage_line, view->count);
    if (!view->lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < view->count; i++) {
        view->lines[i].group = &groups[i];
        for (size_t j = 0; j < counted; j++) {
            if (counts[j].group.v != groups[i].id.v)
                continue;
            view->lines[i].pupils = counts[j].pupils;
            view->lines[i].noted = counts[j].noted;
        }
        view->pupils += view->lines[i].pupils;
        view->noted += view->lines[i].noted;
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

const struct route coverage_routes[] = {
    {HTTP_GET, "/school/inzage", .right = RIGHT_COVERAGE, .run = page},
    {0},
};
