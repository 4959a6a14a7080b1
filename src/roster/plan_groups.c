/* The plan's locations and groups. See plan.h. */
#include "base/str.h"
#include "roster/plan_inside.h"
#include "school/school.h"

int planner_year_group(enum roster_year year)
{
    if (year >= ROSTER_YEAR_0 && year <= ROSTER_YEAR_8)
        return (int)(year - ROSTER_YEAR_0);
    if (year >= ROSTER_YEAR_11 && year <= ROSTER_YEAR_16)
        return (int)(year - ROSTER_YEAR_11) + 11;
    if (year == ROSTER_YEAR_SPECIAL || year == ROSTER_YEAR_SPECIAL_SECONDARY)
        return YEAR_GROUP_SPECIAL;
    return YEAR_GROUP_UNKNOWN;
}

static enum status plan_locations(struct planner *p)
{
    const struct roster *roster = p->roster;
    struct location *known = NULL;
    size_t count = 0;
    struct match by_index;
    enum status st = location_list(p->work, &known, &count);
    if (st == OK)
        st = match_new(p->work->arena, count, &by_index);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        match_add(&by_index, known[i].source, i);
    match_sort(&by_index);
    struct plan_location *plan =
        ARENA_ARRAY(p->work->arena, struct plan_location, roster->location_count);
    if (!plan)
        return ERR_NOMEM;
    for (size_t i = 0; i < roster->location_count; i++) {
        const struct roster_location *said = &roster->locations[i];
        bool cut = false;
        const char *name =
            planner_cut(p, *said->name ? said->name : said->id.key, SCHOOL_NAME_MAX, &cut);
        size_t found = match_one(&by_index, planner_index(p, "location", said->id.key));
        plan[i] = (struct plan_location){.source_key = planner_source_key(p, said->id.key),
                                         .name = name,
                                         .take = found == MATCH_NONE};
        if (found != MATCH_NONE) {
            plan[i].id = known[found].id;
            plan[i].take = !str_equal(known[found].name, name);
        }
    }
    p->plan->locations = plan;
    p->plan->location_count = roster->location_count;
    return OK;
}

/* The years of a group: its own, else those of the pupils who have it as home group. */
static unsigned years_of(const struct roster_group *group, unsigned of_pupils)
{
    unsigned own = YEAR_BIT(planner_year_group(group->year));
    return own ? own : of_pupils;
}

/* By group of the file: the year groups of its pupils, as a set. */
static unsigned *pupil_years(const struct planner *p, const struct match *by_key)
{
    const struct roster *roster = p->roster;
    unsigned *years = ARENA_ARRAY(p->work->arena, unsigned, roster->group_count);
    for (size_t i = 0; years && i < roster->pupil_count; i++) {
        size_t group = match_one_text(by_key, roster->pupils[i].home_group);
        if (group != MATCH_NONE && !roster->pupils[i].left)
            years[group] |= YEAR_BIT(planner_year_group(roster->pupils[i].year));
    }
    return years;
}

/* What the school knows of the year's groups while they are matched. */
struct known_groups {
    struct group *list;
    size_t count;
    bool *seen;
    struct match by_index, by_name;
};

/* "1 5a": kind and folded name. */
static const char *name_key(const struct planner *p, enum group_kind kind, const char *name)
{
    return arena_printf(p->work->arena, "%d %s", (int)kind, str_sort_key(p->work->arena, name));
}

static enum status load_known(struct planner *p, struct known_groups *ret)
{
    struct known_groups known = {0};
    enum status st = OK;
    if (p->plan->year.v)
        st = group_list_all(p->work, p->plan->year, &known.list, &known.count);
    if (st == OK)
        st = match_new(p->work->arena, known.count, &known.by_index);
    if (st == OK)
        st = match_new(p->work->arena, known.count, &known.by_name);
    known.seen = ARENA_ARRAY(p->work->arena, bool, known.count);
    if (st == OK && !known.seen)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < known.count; i++) {
        match_add(&known.by_index, known.list[i].source, i);
        match_add_text(&known.by_name, name_key(p, known.list[i].kind, known.list[i].name), i);
    }
    match_sort(&known.by_index);
    match_sort(&known.by_name);
    *ret = known;
    return OK;
}

static enum group_kind kind_of(const struct roster_group *group)
{
    return group->kind == ROSTER_GROUP_HOME ? GROUP_HOME : GROUP_OTHER;
}

static void compare_group(struct plan_group *plan, const struct group *known)
{
    plan->id = known->id;
    plan->kind = known->kind;
    plan->state = PLAN_SAME;
    if (!plan->years)
        plan->years = known->years;
    /* The school may have chosen another age band than the years give: that stays. */
    bool own_band = known->age_band != age_band_of_years(known->years);
    plan->age_band = own_band ? known->age_band : age_band_of_years(plan->years);
    if (!str_equal(plan->name, known->name) || plan->years != known->years) {
        plan->state = PLAN_CHANGED;
        plan->was = known->name;
    }
}

/* What the file says of one group, before it is compared. */
static struct plan_group draft_group(struct planner *p, const struct roster_group *said,
                                     unsigned of_pupils, const struct match *locations)
{
    bool cut = false;
    const char *name = *said->name ? said->name : *said->subject ? said->subject : said->id.key;
    size_t location = match_one_text(locations, said->location);
    struct plan_group plan = {.state = PLAN_NEW,
                              .source_key =
                                  said->id.unstable ? NULL : planner_source_key(p, said->id.key),
                              .kind = kind_of(said),
                              .years = years_of(said, of_pupils),
                              .name = planner_cut(p, name, GROUP_NAME_MAX, &cut),
                              .was = "",
                              .location = location == MATCH_NONE ? 0 : location + 1};
    plan.age_band = age_band_of_years(plan.years);
    if (cut)
        planner_suspect(p, (struct plan_suspect){.doubt = PLAN_NAME_CUT,
                                                 .kind = PLAN_GROUP,
                                                 .name = plan.name,
                                                 .line = said->id.line});
    return plan;
}

/* Who was not found by key: the one of this kind and name, if nobody else is it. */
static void match_by_name(struct planner *p, struct known_groups *known, struct plan_group *plan,
                          const struct roster_group *said)
{
    struct match_range range =
        match_find_text(&known->by_name, name_key(p, plan->kind, plan->name));
    for (size_t i = 0; i < range.count; i++) {
        size_t at = known->by_name.places[range.first + i].position;
        if (known->seen[at])
            continue;
        known->seen[at] = true;
        compare_group(plan, &known->list[at]);
        plan->take_source = plan->source_key != NULL;
        if (plan->take_source)
            planner_suspect(p, (struct plan_suspect){.doubt = PLAN_SAME_GROUP,
                                                     .kind = PLAN_GROUP,
                                                     .name = plan->name,
                                                     .line = said->id.line});
        return;
    }
}

static enum status index_groups(struct planner *p, const struct known_groups *known)
{
    struct plan *plan = p->plan;
    enum status st = match_new(p->work->arena, known->count, &p->group_by_id);
    if (st == OK)
        st = match_new(p->work->arena, known->count, &p->group_by_index);
    p->group_sourced = ARENA_ARRAY(p->work->arena, bool, plan->group_count);
    if (st == OK && !p->group_sourced)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < plan->group_count; i++)
        if (plan->groups[i].id.v)
            match_add(&p->group_by_id,
                      (struct bytes){(const uint8_t *)&plan->groups[i].id.v, sizeof(int64_t)}, i);
    match_sort(&p->group_by_id);
    for (size_t i = 0; i < known->count; i++) {
        const struct group *group = &known->list[i];
        size_t at = match_one(&p->group_by_id,
                              (struct bytes){(const uint8_t *)&group->id.v, sizeof(int64_t)});
        p->group_sourced[at] = group->source.len > 0;
        match_add(&p->group_by_index, group->source, at);
    }
    match_sort(&p->group_by_index);
    return OK;
}

size_t planner_group(const struct planner *p, const char *key)
{
    if (!*key)
        return MATCH_NONE;
    size_t found = match_one_text(&p->group_by_key, key);
    return found != MATCH_NONE ? found
                               : match_one(&p->group_by_index, planner_index(p, "group", key));
}

static void add_others(struct plan *plan, const struct known_groups *known)
{
    for (size_t i = 0; i < known->count; i++)
        if (!known->seen[i])
            plan->groups[plan->group_count++] =
                (struct plan_group){.state = PLAN_SAME,
                                    .id = known->list[i].id,
                                    .kind = known->list[i].kind,
                                    .years = known->list[i].years,
                                    .age_band = known->list[i].age_band,
                                    .name = known->list[i].name,
                                    .was = ""};
}

static enum status match_groups(struct planner *p, struct known_groups *known)
{
    const struct roster *roster = p->roster;
    struct plan *plan = p->plan;
    struct match locations;
    enum status st = match_new(p->work->arena, roster->location_count, &locations);
    const unsigned *years = st == OK ? pupil_years(p, &p->group_by_key) : NULL;
    if (!years)
        return ERR_NOMEM;
    for (size_t i = 0; i < roster->location_count; i++)
        match_add_text(&locations, roster->locations[i].id.key, i);
    match_sort(&locations);
    for (size_t i = 0; i < roster->group_count; i++) {
        const struct roster_group *said = &roster->groups[i];
        plan->groups[i] = draft_group(p, said, years[i], &locations);
        size_t found = said->id.unstable
                           ? MATCH_NONE
                           : match_one(&known->by_index, planner_index(p, "group", said->id.key));
        if (found == MATCH_NONE)
            continue;
        known->seen[found] = true;
        compare_group(&plan->groups[i], &known->list[found]);
    }
    for (size_t i = 0; i < roster->group_count; i++)
        if (plan->groups[i].state == PLAN_NEW)
            match_by_name(p, known, &plan->groups[i], &roster->groups[i]);
    /* A delta that takes away a group which nobody knows makes none. */
    for (size_t i = 0; i < roster->group_count; i++)
        if (plan->groups[i].state != PLAN_SAME && roster->groups[i].id.deleted)
            plan->groups[i].state = plan->groups[i].id.v ? PLAN_SAME : PLAN_SKIPPED;
    plan->group_count = roster->group_count;
    return OK;
}

enum status plan_groups(struct planner *p)
{
    const struct roster *roster = p->roster;
    struct known_groups known;
    enum status st = plan_locations(p);
    if (st == OK)
        st = load_known(p, &known);
    if (st == OK)
        st = match_new(p->work->arena, roster->group_count, &p->group_by_key);
    if (st != OK)
        return st;
    for (size_t i = 0; i < roster->group_count; i++)
        match_add_text(&p->group_by_key, roster->groups[i].id.key, i);
    match_sort(&p->group_by_key);
    p->plan->groups =
        ARENA_ARRAY(p->work->arena, struct plan_group, roster->group_count + known.count);
    if (!p->plan->groups)
        return ERR_NOMEM;
    st = match_groups(p, &known);
    if (st != OK)
        return st;
    add_others(p->plan, &known);
    return index_groups(p, &known);
}
