/* The plan's pupils: who is who, what changes, who is gone. See plan.h; plan_moves.c has groups. */
#include "base/str.h"
#include "pupil/pupil.h"
#include "roster/plan_moves.h"

#define YEAR_DAYS 366

static struct bytes id_bytes(const int64_t *id)
{
    return (struct bytes){(const uint8_t *)id, sizeof *id};
}

static enum status load_known(struct planner *p, struct known_pupils *ret)
{
    struct known_pupils known = {0};
    struct pupil *left = NULL;
    size_t left_count = 0;
    struct arena *arena = p->work->arena;
    enum status st = pupil_list(p->work, false, &known.list, &known.here);
    if (st == OK)
        st = pupil_list(p->work, true, &left, &left_count);
    if (st != OK)
        return st;
    known.count = known.here + left_count;
    struct pupil *all = ARENA_ARRAY(arena, struct pupil, known.count);
    known.seen = ARENA_ARRAY(arena, bool, known.count);
    known.planned = ARENA_ARRAY(arena, size_t, known.count);
    if (!all || !known.seen || !known.planned)
        return ERR_NOMEM;
    for (size_t i = 0; i < known.count; i++)
        all[i] = i < known.here ? known.list[i] : left[i - known.here];
    known.list = all;
    st = match_new(arena, known.count, &known.by_index);
    if (st == OK)
        st = match_new(arena, known.count, &known.by_id);
    if (st == OK)
        st = match_new(arena, 2 * known.count, &known.by_name);
    if (st != OK)
        return st;
    for (size_t i = 0; i < known.count; i++) {
        struct name_keys keys = planner_name_keys(p, &all[i].person);
        match_add(&known.by_index, all[i].source, i);
        match_add(&known.by_id, id_bytes(&all[i].id.v), i);
        match_add_text(&known.by_name, keys.by_call, i);
        if (!str_equal(keys.by_call, keys.by_given))
            match_add_text(&known.by_name, keys.by_given, i);
    }
    match_sort(&known.by_index);
    match_sort(&known.by_id);
    match_sort(&known.by_name);
    *ret = known;
    return OK;
}

/* "Noor van der Linden, 2016-11-03, 5": what an administrator compares. */
static const char *describe(const struct planner *p, const struct person *person, int year_group)
{
    struct arena *arena = p->work->arena;
    const char *year = year_groups_text(arena, YEAR_BIT(year_group));
    return arena_printf(arena, "%s%s%s%s%s", person_full(arena, person),
                        date_is_set(person->birth) ? ", " : "", date_text(person->birth).s,
                        *year ? ", " : "", year);
}

static void suspect_pupil(struct planner *p, enum plan_doubt doubt, const struct plan_pupil *plan,
                          unsigned line)
{
    planner_suspect(p, (struct plan_suspect){.doubt = doubt,
                                             .kind = PLAN_PUPIL,
                                             .name = person_full(p->work->arena, &plan->as_new),
                                             .was = plan->was,
                                             .now = plan->now,
                                             .line = line});
}

/* A key can be a number that people know at school; that of OneRoster and SDS is not. */
static const char *number_of(const struct planner *p, const struct roster_id *id)
{
    bool known_to_people = p->roster->format == ROSTER_EDEXML || p->roster->format == ROSTER_CSV;
    return known_to_people && !id->unstable && strlen(id->key) <= NUMBER_MAX ? id->key : "";
}

static void draft_pupil(struct planner *p, const struct roster_pupil *said, struct plan_pupil *plan)
{
    bool cut = false;
    *plan = (struct plan_pupil){.state = PLAN_NEW,
                                .was = "",
                                .now = "",
                                .from = "",
                                .into = "",
                                .year_group = planner_year_group(said->year)};
    plan->as_new = planner_person(p, &said->name, &cut);
    plan->as_new.birth = said->born;
    plan->as_new.number = number_of(p, &said->id);
    plan->person = plan->as_new;
    plan->source_key = said->id.unstable ? NULL : planner_source_key(p, said->id.key);
    if (*said->location)
        for (size_t i = 0; i < p->roster->location_count; i++)
            if (str_equal(p->roster->locations[i].id.key, said->location))
                plan->location = i + 1;
    if (cut)
        suspect_pupil(p, PLAN_NAME_CUT, plan, said->id.line);
}

static bool goes(const struct roster_pupil *said)
{
    return said->left || said->id.deleted;
}

/* As the file says, but not before they came and not after today. */
static struct date leaving_day(const struct planner *p, const struct pupil *pupil, struct date said)
{
    struct date day = p->work->today;
    if (date_is_set(said) && date_compare(said, day) < 0)
        day = said;
    return date_compare(day, pupil->enrolled_on) < 0 ? pupil->enrolled_on : day;
}

static bool born_apart(struct date a, struct date b)
{
    if (!date_is_set(a) || !date_is_set(b))
        return false;
    int32_t days = date_to_days(a) - date_to_days(b);
    return days > YEAR_DAYS || days < -YEAR_DAYS;
}

/* What is to change about somebody who is found. */
static void compare_pupil(struct planner *p, const struct pupil *known, bool is_left,
                          struct plan_pupil *plan)
{
    if (plan->year_group == YEAR_GROUP_UNKNOWN || p->plan->ahead)
        plan->year_group = known->year_group;
    plan->person = planner_merge(&known->person, &plan->as_new);
    plan->changes_profile = !planner_same_person(&plan->person, &known->person) ||
                            plan->year_group != known->year_group;
    plan->changes_location =
        plan->location && p->plan->locations[plan->location - 1].id.v != known->location.v;
    if (plan->location && !plan->changes_location)
        plan->location = 0;
    plan->returns = is_left;
    bool changes = plan->changes_profile || plan->changes_location || plan->returns;
    plan->state = changes ? PLAN_CHANGED : PLAN_SAME;
    if (changes) {
        plan->was = describe(p, &known->person, known->year_group);
        plan->now = describe(p, &plan->person, plan->year_group);
    }
}

/* What is strange about a change that is made all the same. */
static void judge_changes(struct planner *p, const struct roster_pupil *said,
                          const struct pupil *known, const struct plan_pupil *plan)
{
    if (born_apart(known->person.birth, plan->person.birth))
        suspect_pupil(p, PLAN_BORN_MOVED, plan, said->id.line);
    if (plan->year_group >= 0 && known->year_group < YEAR_GROUP_SPECIAL &&
        plan->year_group < known->year_group)
        suspect_pupil(p, PLAN_YEAR_BACK, plan, said->id.line);
}

/* Both the name and the birth date are somebody else's. */
static bool is_somebody_else(const struct planner *p, const struct person *said,
                             const struct person *known)
{
    if (!date_is_set(said->birth) || !date_is_set(known->birth) ||
        date_compare(said->birth, known->birth) == 0)
        return false;
    struct name_keys a = planner_name_keys(p, said);
    struct name_keys b = planner_name_keys(p, known);
    bool alike = str_equal(a.by_call, b.by_call) ||
                 (*a.by_given && str_equal(a.by_given, b.by_given)) ||
                 str_equal(a.by_call, b.by_given) || str_equal(a.by_given, b.by_call);
    return !alike && !str_equal(str_sort_key(p->work->arena, said->family),
                                str_sort_key(p->work->arena, known->family));
}

/* The entry is this pupil. `sure`: by key, or by a name under an unstable key. */
static void bind(struct planner *p, struct known_pupils *known, size_t entry, size_t at, bool sure)
{
    const struct roster_pupil *said = &p->roster->pupils[entry];
    struct plan_pupil *plan = &p->plan->pupils[entry];
    const struct pupil *pupil = &known->list[at];
    bool is_left = at >= known->here;
    known->seen[at] = true;
    known->planned[at] = entry + 1;
    plan->id = pupil->id;
    if (sure && goes(said)) {
        plan->state = is_left ? PLAN_SAME : PLAN_LEFT;
        plan->person = pupil->person;
        plan->left_on = leaving_day(p, pupil, said->left_on);
        return;
    }
    bool reused = sure && !said->id.unstable && is_somebody_else(p, &plan->as_new, &pupil->person);
    compare_pupil(p, pupil, is_left, plan);
    if (sure && !reused) {
        judge_changes(p, said, pupil, plan);
        return;
    }
    plan->state = PLAN_HELD;
    plan->only_same = reused;
    plan->was = describe(p, &pupil->person, pupil->year_group);
    plan->now = describe(p, &plan->as_new, plan->year_group);
    suspect_pupil(p, reused ? PLAN_KEY_REUSED : PLAN_SAME_PERSON, plan, said->id.line);
}

/* Who at school has this name and, as far as known, this birth date, and is not found yet. */
struct candidates {
    size_t found[2]; /* more are counted only */
    size_t count;
    bool strong; /* both birth dates are known and the same */
};

static void consider(const struct known_pupils *known, const char *key, struct date born,
                     bool strong, struct candidates *c)
{
    struct match_range range = match_find_text(&known->by_name, key);
    for (size_t i = 0; i < range.count; i++) {
        size_t at = known->by_name.places[range.first + i].position;
        struct date other = known->list[at].person.birth;
        bool both = date_is_set(born) && date_is_set(other);
        bool fits = strong ? both && date_compare(born, other) == 0 : !both;
        bool twice = c->count && c->found[0] == at;
        if (known->seen[at] || !fits || twice)
            continue;
        if (c->count < ARRAY_LEN(c->found))
            c->found[c->count] = at;
        c->count++;
    }
}

static struct candidates candidates_for(const struct planner *p, const struct known_pupils *known,
                                        const struct person *person)
{
    struct name_keys keys = planner_name_keys(p, person);
    struct candidates c = {.strong = true};
    for (int strong = 1; strong >= 0 && c.count == 0; strong--) {
        c.strong = strong;
        consider(known, keys.by_call, person->birth, strong, &c);
        if (!str_equal(keys.by_call, keys.by_given))
            consider(known, keys.by_given, person->birth, strong, &c);
    }
    return c;
}

static void find_by_name(struct planner *p, struct known_pupils *known, size_t entry)
{
    const struct roster_pupil *said = &p->roster->pupils[entry];
    struct plan_pupil *plan = &p->plan->pupils[entry];
    struct candidates c = candidates_for(p, known, &plan->as_new);
    bool sure = c.count == 1 && c.strong && said->id.unstable;
    if (goes(said) && !sure) {
        plan->state = PLAN_SKIPPED;
        p->plan->left_before++;
        return;
    }
    if (c.count == 0)
        return;
    if (c.count == 1) {
        bind(p, known, entry, c.found[0], sure);
        if (sure)
            suspect_pupil(p, PLAN_UNSTABLE_KEY, plan, said->id.line);
        return;
    }
    plan->state = PLAN_SKIPPED;
    for (size_t i = 0; i < ARRAY_LEN(c.found); i++)
        known->seen[c.found[i]] = true;
    suspect_pupil(p, PLAN_SEVERAL_PERSONS, plan, said->id.line);
}

static void find_twice(struct planner *p, const struct match *by_name)
{
    for (size_t i = 1; i < by_name->count; i++) {
        const struct match_place *a = &by_name->places[i - 1];
        const struct match_place *b = &by_name->places[i];
        bool same = a->key.len == b->key.len && memcmp(a->key.data, b->key.data, a->key.len) == 0;
        if (same && p->plan->pupils[b->position].state == PLAN_NEW)
            suspect_pupil(p, PLAN_TWICE_IN_FILE, &p->plan->pupils[b->position],
                          p->roster->pupils[b->position].id.line);
    }
}

/* Name and birth date as one key; "" without a birth date, which says too little. */
static const char *identity(const struct planner *p, const struct plan_pupil *plan)
{
    if (!date_is_set(plan->as_new.birth))
        return "";
    return arena_printf(p->work->arena, "%s %s", person_sort_key(p->work->arena, &plan->as_new),
                        date_text(plan->as_new.birth).s);
}

static enum status match_pupils(struct planner *p, struct known_pupils *known)
{
    const struct roster *roster = p->roster;
    struct match by_name;
    enum status st = match_new(p->work->arena, roster->pupil_count, &p->pupil_by_key);
    if (st == OK)
        st = match_new(p->work->arena, roster->pupil_count, &by_name);
    bool *found = ARENA_ARRAY(p->work->arena, bool, roster->pupil_count);
    if (st == OK && !found)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < roster->pupil_count; i++) {
        const struct roster_pupil *said = &roster->pupils[i];
        draft_pupil(p, said, &p->plan->pupils[i]);
        match_add_text(&p->pupil_by_key, said->id.key, i);
        match_add_text(&by_name, identity(p, &p->plan->pupils[i]), i);
        size_t at = said->id.unstable
                        ? MATCH_NONE
                        : match_one(&known->by_index, planner_index(p, "pupil", said->id.key));
        found[i] = at != MATCH_NONE;
        if (found[i])
            bind(p, known, i, at, true);
    }
    match_sort(&p->pupil_by_key);
    match_sort(&by_name);
    for (size_t i = 0; i < roster->pupil_count; i++)
        if (!found[i])
            find_by_name(p, known, i);
    find_twice(p, &by_name);
    return OK;
}

size_t planner_known_pupil(struct planner *p, struct known_pupils *known, size_t at)
{
    if (known->planned[at] == 0) {
        struct plan_pupil *plan = &p->plan->pupils[p->plan->pupil_count++];
        *plan = (struct plan_pupil){.state = PLAN_SAME,
                                    .id = known->list[at].id,
                                    .person = known->list[at].person,
                                    .as_new = known->list[at].person,
                                    .year_group = known->list[at].year_group,
                                    .was = "",
                                    .now = "",
                                    .from = "",
                                    .into = ""};
        known->planned[at] = p->plan->pupil_count;
    }
    return known->planned[at] - 1;
}

static void leave(struct planner *p, struct known_pupils *known, size_t at)
{
    struct plan_pupil *plan = &p->plan->pupils[planner_known_pupil(p, known, at)];
    plan->state = PLAN_LEFT;
    plan->left_on = p->work->today;
}

/* Who is here and not in a file that should have everybody. */
static void judge_absent(struct planner *p, struct known_pupils *known)
{
    for (size_t i = 0; i < known->here; i++) {
        if (known->seen[i])
            continue;
        if (!p->plan->ahead) {
            leave(p, known, i);
            continue;
        }
        const struct pupil *pupil = &known->list[i];
        planner_suspect(
            p, (struct plan_suspect){.doubt = PLAN_NOT_NEXT_YEAR,
                                     .kind = PLAN_PUPIL,
                                     .name = person_full(p->work->arena, &pupil->person),
                                     .was = describe(p, &pupil->person, pupil->year_group)});
    }
}

/* Delta: persons to delete, of whom the file does not say what they are. */
static void take_removed(struct planner *p, struct known_pupils *known)
{
    for (size_t i = 0; i < p->roster->removed_count; i++) {
        size_t at =
            match_one(&known->by_index, planner_index(p, "pupil", p->roster->removed[i].key));
        if (at != MATCH_NONE && at < known->here)
            leave(p, known, at);
    }
}

enum status plan_pupils(struct planner *p)
{
    struct known_pupils known;
    enum status st = load_known(p, &known);
    if (st != OK)
        return st;
    p->plan->pupils =
        ARENA_ARRAY(p->work->arena, struct plan_pupil, p->roster->pupil_count + known.count);
    if (!p->plan->pupils)
        return ERR_NOMEM;
    p->plan->pupil_count = p->roster->pupil_count;
    p->plan->pupils_here = known.here;
    st = match_pupils(p, &known);
    if (st != OK)
        return st;
    if (p->roster->covers & ROSTER_COVERS_PUPILS)
        judge_absent(p, &known);
    take_removed(p, &known);
    return plan_moves(p, &known);
}
