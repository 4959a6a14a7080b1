/* The plan's staff. See plan.h. */
#include "base/str.h"
#include "pupil/pupil.h"
#include "roster/plan_inside.h"
#include "staff/staff.h"

/* The school's staff while they are matched: those who are here first. */
struct known_staff {
    struct staff *list;
    size_t count, here;
    bool *seen, *administrator;
    struct match by_index, by_email, by_name, by_id;
    struct staff_suggestion *suggestions;
    size_t suggestion_count;
};

static enum status index_staff(struct planner *p, struct known_staff *known)
{
    struct arena *arena = p->work->arena;
    enum status st = match_new(arena, known->count, &known->by_index);
    if (st == OK)
        st = match_new(arena, known->count, &known->by_email);
    if (st == OK)
        st = match_new(arena, 2 * known->count, &known->by_name);
    if (st == OK)
        st = match_new(arena, known->count, &known->by_id);
    if (st != OK)
        return st;
    for (size_t i = 0; i < known->count; i++) {
        const struct staff *staff = &known->list[i];
        struct name_keys keys = planner_name_keys(p, &staff->person);
        match_add(&known->by_index, staff->source, i);
        match_add_text(&known->by_email, str_lower_ascii(arena, staff->person.email), i);
        match_add_text(&known->by_name, keys.by_call, i);
        if (!str_equal(keys.by_call, keys.by_given))
            match_add_text(&known->by_name, keys.by_given, i);
        match_add(&known->by_id, (struct bytes){(const uint8_t *)&staff->id.v, sizeof staff->id.v},
                  i);
    }
    match_sort(&known->by_index);
    match_sort(&known->by_email);
    match_sort(&known->by_name);
    match_sort(&known->by_id);
    return OK;
}

/* An administrator is never taken away by a file: somebody must be able to put it right. */
static enum status mark_administrators(struct planner *p, struct known_staff *known)
{
    struct staff_function *functions = NULL;
    size_t count = 0;
    enum status st = staff_functions(p->work, &functions, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        size_t at = match_one(&known->by_id, (struct bytes){(const uint8_t *)&functions[i].staff.v,
                                                            sizeof functions[i].staff.v});
        if (at != MATCH_NONE && functions[i].role == ROLE_ADMINISTRATOR &&
            functions[i].is_active_year)
            known->administrator[at] = true;
    }
    return st;
}

static enum status load_staff(struct planner *p, struct known_staff *ret)
{
    struct known_staff known = {0};
    struct staff *here = NULL, *left = NULL;
    size_t left_count = 0;
    enum status st = staff_list(p->work, false, &here, &known.here);
    if (st == OK)
        st = staff_list(p->work, true, &left, &left_count);
    if (st != OK)
        return st;
    known.count = known.here + left_count;
    known.list = ARENA_ARRAY(p->work->arena, struct staff, known.count);
    known.seen = ARENA_ARRAY(p->work->arena, bool, known.count);
    known.administrator = ARENA_ARRAY(p->work->arena, bool, known.count);
    if (!known.list || !known.seen || !known.administrator)
        return ERR_NOMEM;
    for (size_t i = 0; i < known.count; i++)
        known.list[i] = i < known.here ? here[i] : left[i - known.here];
    st = index_staff(p, &known);
    if (st == OK)
        st = mark_administrators(p, &known);
    if (st == OK && p->plan->year.v)
        st = staff_suggestions_of_year(p->work, p->plan->year, &known.suggestions,
                                       &known.suggestion_count);
    *ret = known;
    return st;
}

static void suspect_staff(struct planner *p, enum plan_doubt doubt, const struct person *person,
                          const char *was, const char *now, unsigned line)
{
    planner_suspect(p, (struct plan_suspect){.doubt = doubt,
                                             .kind = PLAN_STAFF,
                                             .name = person_full(p->work->arena, person),
                                             .was = was,
                                             .now = now,
                                             .line = line});
}

/* "Ellen Bos, e.bos@school.example" */
static const char *describe(const struct planner *p, const struct person *person)
{
    struct arena *arena = p->work->arena;
    return arena_printf(arena, "%s%s%s", person_full(arena, person), *person->email ? ", " : "",
                        person->email);
}

static void draft_staff(struct planner *p, const struct roster_staff *said, struct plan_staff *plan)
{
    bool cut = false;
    *plan = (struct plan_staff){.state = PLAN_NEW, .was = "", .now = ""};
    plan->as_new = planner_person(p, &said->name, &cut);
    plan->as_new.email = planner_cut(p, said->email, PERSON_NAME_MAX, &cut);
    plan->person = plan->as_new;
    if (!person_valid(&plan->person)) /* a file of pupils only knows the address */
        plan->person.family = planner_cut(p, said->name.display, PERSON_NAME_MAX, &cut);
    plan->source_key = said->id.unstable ? NULL : planner_source_key(p, said->id.key);
    if (!person_valid(&plan->person))
        plan->state = PLAN_SKIPPED;
    if (cut)
        suspect_staff(p, PLAN_NAME_CUT, &plan->person, "", "", said->id.line);
}

/* `sure`: by key; else it is held, or under an unstable key taken without touching the profile. */
static void bind(struct planner *p, struct known_staff *known, size_t entry, size_t at, bool sure)
{
    const struct roster_staff *said = &p->roster->staff[entry];
    struct plan_staff *plan = &p->plan->staff[entry];
    const struct staff *staff = &known->list[at];
    bool is_left = at >= known->here;
    known->seen[at] = true;
    plan->id = staff->id;
    struct person merged = planner_merge(&staff->person, &plan->as_new);
    plan->as_new = plan->person;
    plan->person = merged;
    plan->was = describe(p, &staff->person);
    plan->now = describe(p, sure ? &plan->person : &plan->as_new);
    if (said->id.deleted) {
        bool stays = is_left || !sure || known->administrator[at];
        plan->state = stays ? PLAN_SAME : PLAN_LEFT;
        if (known->administrator[at])
            suspect_staff(p, PLAN_ADMINISTRATOR, &staff->person, "", "", said->id.line);
        return;
    }
    if (said->id.unstable) {
        plan->person = staff->person;
        plan->returns = false;
        plan->state = PLAN_SAME;
        suspect_staff(p, PLAN_UNSTABLE_KEY, &staff->person, plan->was, plan->now, said->id.line);
        return;
    }
    plan->changes_profile = !planner_same_person(&plan->person, &staff->person);
    plan->returns = is_left;
    plan->state = plan->changes_profile || plan->returns ? PLAN_CHANGED : PLAN_SAME;
    if (sure)
        return;
    plan->state = PLAN_HELD;
    suspect_staff(p, PLAN_SAME_PERSON, &plan->as_new, plan->was, plan->now, said->id.line);
}

/* By address; else by a name that only one has. MATCH_NONE. */
static size_t find_by_name(const struct planner *p, const struct known_staff *known,
                           const struct person *person)
{
    struct match_range range =
        match_find_text(&known->by_email, str_lower_ascii(p->work->arena, person->email));
    for (size_t i = 0; i < range.count; i++)
        if (!known->seen[known->by_email.places[range.first + i].position])
            return known->by_email.places[range.first + i].position;
    struct name_keys keys = planner_name_keys(p, person);
    range = match_find_text(&known->by_name, keys.by_call);
    size_t found = MATCH_NONE;
    for (size_t i = 0; i < range.count; i++) {
        size_t at = known->by_name.places[range.first + i].position;
        if (known->seen[at] || at == found)
            continue;
        if (found != MATCH_NONE)
            return MATCH_NONE;
        found = at;
    }
    return found;
}

static void match_staff(struct planner *p, struct known_staff *known)
{
    const struct roster *roster = p->roster;
    for (size_t i = 0; i < roster->staff_count; i++) {
        const struct roster_staff *said = &roster->staff[i];
        draft_staff(p, said, &p->plan->staff[i]);
        size_t at = said->id.unstable
                        ? MATCH_NONE
                        : match_one(&known->by_index, planner_index(p, "staff", said->id.key));
        if (at != MATCH_NONE)
            bind(p, known, i, at, true);
    }
    for (size_t i = 0; i < roster->staff_count; i++) {
        struct plan_staff *plan = &p->plan->staff[i];
        if (plan->id.v || plan->state == PLAN_SKIPPED)
            continue;
        if (roster->staff[i].id.deleted) {
            plan->state = PLAN_SKIPPED;
            continue;
        }
        size_t at = find_by_name(p, known, &plan->person);
        if (at != MATCH_NONE)
            bind(p, known, i, at, false);
    }
}

static void leave(struct planner *p, struct known_staff *known, size_t at, unsigned line)
{
    const struct staff *staff = &known->list[at];
    if (known->administrator[at]) {
        suspect_staff(p, PLAN_ADMINISTRATOR, &staff->person, "", "", line);
        return;
    }
    p->plan->staff[p->plan->staff_count++] = (struct plan_staff){.state = PLAN_LEFT,
                                                                 .id = staff->id,
                                                                 .person = staff->person,
                                                                 .as_new = staff->person,
                                                                 .was = describe(p, &staff->person),
                                                                 .now = ""};
    known->seen[at] = true;
}

/* Who came from a roster and is not in it any more. Staff made by hand are nobody's business here.
 */
static void judge_absent(struct planner *p, struct known_staff *known)
{
    for (size_t i = 0; i < known->here; i++) {
        const struct staff *staff = &known->list[i];
        if (known->seen[i] || staff->source.len == 0)
            continue;
        if (p->plan->ahead)
            suspect_staff(p, PLAN_NOT_NEXT_YEAR, &staff->person, "", "", 0);
        else
            leave(p, known, i, 0);
    }
}

static void take_removed(struct planner *p, struct known_staff *known)
{
    for (size_t i = 0; i < p->roster->removed_count; i++) {
        const struct roster_id *id = &p->roster->removed[i];
        size_t at = match_one(&known->by_index, planner_index(p, "staff", id->key));
        if (at != MATCH_NONE && at < known->here && !known->seen[at])
            leave(p, known, at, id->line);
    }
}

/* What is stored as said of somebody in a group; NULL: nothing. */
static const char *stored_said(const struct known_staff *known, struct staff_id staff,
                               struct group_id group)
{
    for (size_t i = 0; staff.v && group.v && i < known->suggestion_count; i++)
        if (known->suggestions[i].staff.v == staff.v && known->suggestions[i].group.v == group.v)
            return known->suggestions[i].said;
    return NULL;
}

/* The file's roles in groups, cut to what is kept. */
static enum status say_all(struct planner *p, const struct roster_staff *said,
                           struct plan_staff *plan)
{
    struct plan_suggestion *all =
        ARENA_ARRAY(p->work->arena, struct plan_suggestion, said->group_count);
    if (!all)
        return ERR_NOMEM;
    for (size_t i = 0; i < said->group_count; i++) {
        bool cut = false;
        size_t group = planner_group(p, said->groups[i].group);
        const char *role = *said->groups[i].role ? said->groups[i].role : said->role;
        bool twice = false;
        for (size_t k = 0; k < plan->all_count; k++)
            twice |= all[k].group == group;
        if (group != MATCH_NONE && !twice && p->plan->groups[group].state != PLAN_SKIPPED)
            all[plan->all_count++] =
                (struct plan_suggestion){group, planner_cut(p, role, SAID_MAX, &cut)};
    }
    plan->all = all;
    return OK;
}

static bool says(const struct plan_staff *plan, struct group_id group, const struct plan *whole)
{
    for (size_t i = 0; i < plan->all_count; i++)
        if (whole->groups[plan->all[i].group].id.v == group.v)
            return true;
    return false;
}

/* Which suggestions differ from what is stored; those of groups that a full set leaves out go. */
static enum status compare_suggestions(struct planner *p, const struct known_staff *known,
                                       struct plan_staff *plan)
{
    size_t stored = 0;
    for (size_t i = 0; i < known->suggestion_count; i++)
        stored += known->suggestions[i].staff.v == plan->id.v;
    struct plan_suggestion *differ =
        ARENA_ARRAY(p->work->arena, struct plan_suggestion, plan->all_count + stored);
    if (!differ)
        return ERR_NOMEM;
    size_t count = 0;
    for (size_t i = 0; i < plan->all_count; i++) {
        const char *was = stored_said(known, plan->id, p->plan->groups[plan->all[i].group].id);
        if (!was || !str_equal(was, plan->all[i].said))
            differ[count++] = plan->all[i];
    }
    for (size_t i = 0; !p->roster->delta && i < known->suggestion_count; i++) {
        const struct staff_suggestion *s = &known->suggestions[i];
        size_t group = match_one(&p->group_by_id,
                                 (struct bytes){(const uint8_t *)&s->group.v, sizeof s->group.v});
        if (s->staff.v == plan->id.v && group != MATCH_NONE && !says(plan, s->group, p->plan))
            differ[count++] = (struct plan_suggestion){group, NULL};
    }
    plan->suggestions = differ;
    plan->suggestion_count = count;
    if (count && plan->state == PLAN_SAME)
        plan->state = PLAN_CHANGED;
    return OK;
}

enum status plan_staff_of(struct planner *p)
{
    struct known_staff known;
    enum status st = load_staff(p, &known);
    if (st != OK)
        return st;
    p->plan->staff =
        ARENA_ARRAY(p->work->arena, struct plan_staff, p->roster->staff_count + known.count);
    if (!p->plan->staff)
        return ERR_NOMEM;
    p->plan->staff_count = p->roster->staff_count;
    p->plan->staff_here = known.here;
    match_staff(p, &known);
    for (size_t i = 0; st == OK && i < p->roster->staff_count; i++) {
        struct plan_staff *plan = &p->plan->staff[i];
        if (plan->state == PLAN_SKIPPED || plan->state == PLAN_LEFT)
            continue;
        st = say_all(p, &p->roster->staff[i], plan);
        if (st == OK && plan->id.v)
            st = compare_suggestions(p, &known, plan);
    }
    if (p->roster->covers & ROSTER_COVERS_STAFF)
        judge_absent(p, &known);
    take_removed(p, &known);
    return st;
}
