/* The checks that need the whole set: keys, references, who has left. See build.h. */
#include <assert.h>

#include "base/str.h"
#include "base/utf8.h"
#include "i18n/tr.h"
#include "roster/build.h"
#include "roster/names.h"

static int by_key_then_position(const void *left, const void *right)
{
    const struct key_place *a = left;
    const struct key_place *b = right;
    int order = strcmp(a->key, b->key);
    if (order)
        return order;
    return a->position < b->position ? -1 : a->position > b->position;
}

static const struct roster_id *id_at(const struct list *list, size_t item_size, size_t i)
{
    return (const struct roster_id *)(const void *)((const char *)list->items + i * item_size);
}

void key_index_make(struct arena *arena, const struct list *list, size_t item_size,
                    struct key_index *ret_index)
{
    *ret_index = (struct key_index){0};
    struct key_place *places = ARENA_ARRAY(arena, struct key_place, list->count);
    if (!places)
        return;
    for (size_t i = 0; i < list->count; i++)
        places[i] = (struct key_place){id_at(list, item_size, i)->key, i};
    if (list->count)
        qsort(places, list->count, sizeof *places, by_key_then_position);
    *ret_index = (struct key_index){places, list->count};
}

size_t key_index_place(const struct key_index *index, const char *key)
{
    size_t low = 0;
    size_t high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(index->places[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t key_index_find(const struct key_index *index, const char *key)
{
    size_t place = key_index_place(index, key);
    if (place < index->count && str_equal(index->places[place].key, key))
        return index->places[place].position;
    return SIZE_MAX;
}

/* One kind of entries, for the checks that are the same for all. */
struct kind {
    struct list *list;
    size_t item_size;
    struct roster_at at; /* of its keys */
};

static void check_duplicates(struct roster_build *b, const struct kind *kind,
                             const struct key_index *index)
{
    size_t first = 0;
    for (size_t i = 1; i < index->count; i++) {
        if (!str_equal(index->places[i].key, index->places[first].key)) {
            first = i;
            continue;
        }
        if (!*index->places[i].key)
            continue; /* missing, which is a problem of its own */
        size_t earlier = index->places[first].position;
        struct roster_at at = kind->at;
        at.line = id_at(kind->list, kind->item_size, index->places[i].position)->line;
        build_problem(b, ROSTER_KEY_TWICE, at,
                      build_number(b, id_at(kind->list, kind->item_size, earlier)->line));
    }
}

static void check_keys(struct roster_build *b, const struct kind *kind)
{
    for (size_t i = 0; i < kind->list->count; i++) {
        struct roster_id *id =
            (struct roster_id *)(void *)((char *)kind->list->items + i * kind->item_size);
        struct roster_at at = kind->at;
        at.line = id->line;
        id->unstable = id->key[0] == '#';
        if (!*id->key)
            build_problem(b, ROSTER_KEY_MISSING, at, NULL);
        else if (strlen(id->key) > ROSTER_KEY_MAX && utf8_chars(id->key) > ROSTER_KEY_MAX)
            build_problem(b, ROSTER_KEY_LONG, at, build_number(b, ROSTER_KEY_MAX));
    }
}

/*
 * A national number as key may not be stored. Of arbitrary nine-digit numbers one in eleven passes
 * the test too, so a school that has those may say so; but when most of them pass, they are
 * national numbers whatever anybody says.
 */
static void check_national(struct roster_build *b, const struct kind *kind)
{
    size_t nine = 0;
    size_t passing = 0;
    for (size_t i = 0; i < kind->list->count; i++) {
        const char *key = id_at(kind->list, kind->item_size, i)->key;
        nine += is_nine_digits(key);
        passing += is_national_number(key);
    }
    bool believed = b->options->own_nine_digit_keys && passing * 2 <= nine;
    for (size_t i = 0; passing && i < kind->list->count; i++) {
        const struct roster_id *id = id_at(kind->list, kind->item_size, i);
        if (!is_national_number(id->key))
            continue;
        struct roster_at at = kind->at;
        at.line = id->line;
        build_problem(b, believed ? ROSTER_KEY_NINE_DIGITS : ROSTER_KEY_NATIONAL, at, NULL);
    }
}

static size_t count_unstable(const struct kind *kind)
{
    size_t count = 0;
    for (size_t i = 0; i < kind->list->count; i++)
        count += id_at(kind->list, kind->item_size, i)->unstable;
    return count;
}

/* The index's own copy of the key, or "" with a warning when a full set lacks the entry. */
static const char *resolve(struct roster_build *b, const struct key_index *index, const char *key,
                           enum roster_message message, struct roster_at at)
{
    if (!*key || key_index_find(index, key) != SIZE_MAX)
        return key;
    build_problem(b, message, at, NULL);
    return "";
}

static bool holds(const struct list *keys, size_t count, const char *key)
{
    const char *const *at = keys->items;
    for (size_t i = 0; i < count; i++)
        if (str_equal(at[i], key))
            return true;
    return false;
}

/* Drops from a list of group keys what is not in the file, the home group and repetitions. */
static void resolve_groups(struct roster_build *b, const struct key_index *groups,
                           struct pupil_draft *draft, struct roster_at at)
{
    const char **keys = draft->other_groups.items;
    size_t kept = 0;
    for (size_t i = 0; i < draft->other_groups.count; i++) {
        const char *key = resolve(b, groups, keys[i], ROSTER_GROUP_DANGLING, at);
        if (*key && !str_equal(key, draft->pupil.home_group) &&
            !holds(&draft->other_groups, kept, key))
            keys[kept++] = key;
    }
    draft->other_groups.count = kept;
}

static struct roster_at on_line(struct roster_at at, unsigned line, const char *column_name)
{
    at.line = line;
    at.column = 0;
    at.column_name = column_name;
    return at;
}

/* A pupil's own year wins; without one the home group's holds, unless that is a combination. */
static void inherit_year(const struct key_index *index, const struct list *groups,
                         struct roster_pupil *pupil)
{
    if (pupil->year != ROSTER_YEAR_UNKNOWN || *pupil->year_text || !*pupil->home_group)
        return;
    const struct roster_group *group = groups->items;
    group += key_index_find(index, pupil->home_group);
    if (group->year != ROSTER_YEAR_COMBINED)
        pupil->year = group->year;
}

static void resolve_references(struct roster_build *b)
{
    struct key_index groups;
    struct key_index locations;
    key_index_make(b->arena, &b->groups, sizeof(struct roster_group), &groups);
    key_index_make(b->arena, &b->locations, sizeof(struct roster_location), &locations);
    if (arena_failed(b->arena))
        return;

    struct pupil_draft *pupils = b->pupils.items;
    for (size_t i = 0; i < b->pupils.count; i++) {
        struct roster_pupil *pupil = &pupils[i].pupil;
        struct roster_at at = on_line(b->pupil_at, pupil->id.line, N_("group"));
        pupil->home_group = resolve(b, &groups, pupil->home_group, ROSTER_GROUP_DANGLING, at);
        resolve_groups(b, &groups, &pupils[i], at);
        inherit_year(&groups, &b->groups, pupil);
        at.column_name = N_("location");
        pupil->location = resolve(b, &locations, pupil->location, ROSTER_LOCATION_DANGLING, at);
    }
    struct roster_group *group = b->groups.items;
    for (size_t i = 0; i < b->groups.count; i++)
        group[i].location = resolve(b, &locations, group[i].location, ROSTER_LOCATION_DANGLING,
                                    on_line(b->group_at, group[i].id.line, N_("location")));
    if (!(b->set.covers & ROSTER_COVERS_GROUPS))
        return; /* a staff file names groups that other files define */
    struct staff_draft *staff = b->staff.items;
    for (size_t i = 0; i < b->staff.count; i++) {
        struct roster_staff_group *links = staff[i].groups.items;
        size_t kept = 0;
        for (size_t k = 0; k < staff[i].groups.count; k++) {
            const char *key = resolve(b, &groups, links[k].group, ROSTER_GROUP_DANGLING,
                                      on_line(b->staff_at, staff[i].staff.id.line, N_("group")));
            if (*key)
                links[kept++] = links[k];
        }
        staff[i].groups.count = kept;
    }
}

static void check_pupils(struct roster_build *b)
{
    struct date reference = b->set.reference;
    struct pupil_draft *drafts = b->pupils.items;
    for (size_t i = 0; i < b->pupils.count; i++) {
        struct roster_pupil *pupil = &drafts[i].pupil;
        bool day_passed = date_is_set(pupil->left_on) && date_is_set(reference) &&
                          date_compare(pupil->left_on, reference) <= 0;
        pupil->left = day_passed || pupil->year == ROSTER_YEAR_LEFT;
        bool unborn = date_is_set(reference) && date_compare(pupil->born, reference) > 0;
        if (date_is_set(pupil->born) && (unborn || pupil->born.year < 1920))
            build_problem(b, ROSTER_BORN_UNLIKELY,
                          on_line(b->pupil_at, pupil->id.line, N_("birth date")), NULL);
    }
}

/* Lists become plain arrays: the drafts' growing lists go in as pointer and count. */
static void hand_over(struct roster_build *b)
{
    struct roster *set = &b->set;
    struct roster_pupil *pupils = ARENA_ARRAY(b->arena, struct roster_pupil, b->pupils.count);
    struct roster_staff *staff = ARENA_ARRAY(b->arena, struct roster_staff, b->staff.count);
    struct roster_guardian *guardians =
        ARENA_ARRAY(b->arena, struct roster_guardian, b->guardians.count);
    if (!pupils || !staff || !guardians)
        return;
    const struct pupil_draft *p = b->pupils.items;
    for (size_t i = 0; i < b->pupils.count; i++) {
        pupils[i] = p[i].pupil;
        pupils[i].other_groups = p[i].other_groups.items;
        pupils[i].other_group_count = p[i].other_groups.count;
    }
    const struct staff_draft *s = b->staff.items;
    for (size_t i = 0; i < b->staff.count; i++) {
        staff[i] = s[i].staff;
        staff[i].groups = s[i].groups.items;
        staff[i].group_count = s[i].groups.count;
    }
    const struct guardian_draft *g = b->guardians.items;
    for (size_t i = 0; i < b->guardians.count; i++) {
        guardians[i] = g[i].guardian;
        guardians[i].pupils = g[i].pupils.items;
        guardians[i].pupil_count = g[i].pupils.count;
    }
    set->pupils = pupils;
    set->pupil_count = b->pupils.count;
    set->staff = staff;
    set->staff_count = b->staff.count;
    set->guardians = guardians;
    set->guardian_count = b->guardians.count;
    set->groups = b->groups.items;
    set->group_count = b->groups.count;
    set->locations = b->locations.items;
    set->location_count = b->locations.count;
    set->memberships = b->memberships.items;
    set->membership_count = b->memberships.count;
    set->removed = b->removed.items;
    set->removed_count = b->removed.count;
}

static void check_set(struct roster_build *b)
{
    const struct kind kinds[] = {
        {&b->locations, sizeof(struct roster_location), b->location_at},
        {&b->groups, sizeof(struct roster_group), b->group_at},
        {&b->pupils, sizeof(struct pupil_draft), b->pupil_at},
        {&b->staff, sizeof(struct staff_draft), b->staff_at},
        {&b->guardians, sizeof(struct guardian_draft), b->guardian_at},
    };
    size_t unstable = 0;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct key_index index;
        check_keys(b, &kinds[i]);
        key_index_make(b->arena, kinds[i].list, kinds[i].item_size, &index);
        check_duplicates(b, &kinds[i], &index);
        check_national(b, &kinds[i]);
        unstable += count_unstable(&kinds[i]);
    }
    struct roster_at whole = {"", 0, 0, ""};
    if (unstable)
        build_problem(b, ROSTER_KEY_UNSTABLE, whole, build_number(b, unstable));
    if (b->shifted_years)
        build_problem(b, ROSTER_YEAR_SHIFTED, whole, build_number(b, b->shifted_years));
    if (b->unmapped_grades)
        build_problem(b, ROSTER_GRADE_UNMAPPED, whole, build_number(b, b->unmapped_grades));
    check_pupils(b);
    if (!b->set.delta)
        resolve_references(b);
}

enum status build_finish(struct roster_build *b, struct roster *ret)
{
    /* A file that stopped being readable half-way gives no useful findings about the whole. */
    if (b->set.error_count == 0 || !b->unreadable)
        check_set(b);
    if (b->set.delta)
        b->set.covers = 0;
    if (b->set.error_count == 0)
        hand_over(b);
    b->set.problems = b->problems.items;
    b->set.problem_count = b->problems.count;
    b->set.dropped = b->dropped.items;
    b->set.dropped_count = b->dropped.count;
    if (arena_failed(b->arena))
        return ERR_NOMEM;
    *ret = b->set;
    return OK;
}
