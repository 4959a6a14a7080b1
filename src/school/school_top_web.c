#include "school/school_top_web.h"

#include "base/arena.h"
#include "web/web.h"

static bool may(struct web *web, enum right right)
{
    return access_check(&web->work, right, (struct target){{0}, {0}}) == OK;
}

struct school_top school_top(struct web *web, enum school_tab tab)
{
    web->reply.page.nav = NAV_SCHOOL;
    return (struct school_top){.tab = tab,
                               .may_change = may(web, RIGHT_STRUCTURE),
                               .may_people = may(web, RIGHT_SCHOOL_PEOPLE),
                               .may_methods = may(web, RIGHT_METHODS),
                               .may_coverage = may(web, RIGHT_COVERAGE),
                               .may_log = may(web, RIGHT_AUDIT),
                               .may_emergency = may(web, RIGHT_EMERGENCY) &&
                                                !actor_has_role(&web->actor, ROLE_COORDINATOR)};
}

const char *school_year_text(struct arena *arena, int starts_in)
{
    return arena_printf(arena, "%d–%d", starts_in, starts_in + 1);
}

const char *school_moment(struct web *web, int64_t at_ms)
{
    struct local_time local = date_local(at_ms);
    return trf(web->tr, web->arena, "{0} at {1}", 2,
               tr_date_day(web->tr, web->arena, local.date, web->work.today),
               tr_time(web->tr, web->arena, local));
}

struct date school_year_first_day(struct web *web, const struct school_year *year)
{
    struct date start = {(int16_t)year->starts_in, 8, 1};
    return date_compare(start, web->work.today) > 0 ? start : web->work.today;
}

enum status school_group_options(struct web *web, struct school_year_id year,
                                 struct form_option **ret, size_t *ret_count)
{
    struct group *groups = NULL;
    size_t count = 0;
    enum status st = group_list(&web->work, year, &groups, &count);
    if (st != OK)
        return st;
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, count);
    if (!options)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){arena_strdup(web->arena, id_text(groups[i].id.v).s),
                                          groups[i].name};
    *ret = options;
    *ret_count = count;
    return OK;
}

const char *school_year_group_text(struct web *web, int year_group)
{
    if (year_group == YEAR_GROUP_SPECIAL)
        return _("special education");
    if (year_group < 0)
        return _("unknown");
    bool secondary = year_group > 10;
    return trf(web->tr, web->arena, secondary ? N_("year {0}") : N_("group {0}"), 1,
               arena_printf(web->arena, "%d", secondary ? year_group - 10 : year_group));
}

enum status school_year_group_options(struct web *web, enum school_kind kind,
                                      struct form_option **ret, size_t *ret_count)
{
    static const struct {
        int from, to;
    } ranges[] = {[SCHOOL_PRIMARY] = {1, 8},
                  [SCHOOL_SECONDARY] = {11, 16},
                  [SCHOOL_SPECIAL] = {YEAR_GROUP_SPECIAL, YEAR_GROUP_SPECIAL}};
    int from = ranges[kind].from, to = ranges[kind].to;
    struct form_option *options =
        ARENA_ARRAY(web->arena, struct form_option, (size_t)(to - from + 2));
    size_t count = 0;
    if (!options)
        return ERR_NOMEM;
    for (int year = from; year <= to; year++)
        options[count++] = (struct form_option){arena_printf(web->arena, "%d", year),
                                                school_year_group_text(web, year)};
    options[count++] = (struct form_option){"-1", _("unknown")};
    *ret = options;
    *ret_count = count;
    return OK;
}
