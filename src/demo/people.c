#include "demo/people.h"

#include "base/arena.h"
#include "base/random.h"
#include "base/str.h"
#include "base/utf8.h"
#include "group/group.h"

/* Of a hundred. */
#define SIBLINGS 30     /* new pupils who have a brother or sister here */
#define OF_THEIR_OWN 85 /* call names from the family's background */
#define SECOND_NAMES 45
#define TWO_PARENTS 80
#define OTHER_FAMILY_NAME 70 /* second parents with a name of their own */
#define WITHOUT_AUTHORITY 14 /* second parents */
#define UNINFORMED 20        /* of those: nothing is told, with a reason */
#define A_YEAR_LONGER 4      /* pupils a year older than their group */
#define NEWCOMERS 5          /* pupils who came from another school this year */

#define SCHOOL_AGE 4

struct draw {
    const struct demo_spec *spec;
    int year;
    struct random *random;
    struct arena *arena;
    struct demo_people *people;
};

static bool chance(struct draw *draw, unsigned of_hundred)
{
    return random_below(draw->random, 100) < of_hundred;
}

static size_t pick(struct draw *draw, size_t count)
{
    return random_below(draw->random, (uint32_t)count);
}

int demo_level(int year_group)
{
    return year_group > 10 ? year_group - 2 : year_group;
}

const char *demo_email(struct arena *arena, const char *call, const char *family,
                       const char *domain)
{
    char *local =
        arena_printf(arena, "%s.%s", str_sort_key(arena, call), str_sort_key(arena, family));
    for (char *at = local; *at; at++)
        if (*at == ' ')
            *at = '-';
    return arena_printf(arena, "%s@%s", local, domain);
}

static enum demo_background draw_background(struct draw *draw)
{
    unsigned at = random_below(draw->random, 100);
    for (size_t i = 0; i < BACKGROUNDS; i++) {
        if (at < demo_names[i].per_hundred)
            return (enum demo_background)i;
        at -= demo_names[i].per_hundred;
    }
    return FROM_NETHERLANDS;
}

static const char *draw_call(struct draw *draw, enum demo_background background)
{
    if (!chance(draw, OF_THEIR_OWN))
        background = draw_background(draw);
    const struct demo_names *names = &demo_names[background];
    return names->calls[pick(draw, names->call_count)];
}

static const struct demo_family_name *draw_family_name(struct draw *draw,
                                                       enum demo_background background)
{
    const struct demo_names *names = &demo_names[background];
    return &names->families[pick(draw, names->family_count)];
}

/* "Noor Amina" -> "NA". */
static const char *initials_of(struct arena *arena, const char *given)
{
    const char *initials = "";
    for (const char *at = given; *at;) {
        const char *letter = at;
        (void)utf8_next(&at);
        initials = arena_printf(arena, "%s%.*s", initials, (int)(at - letter), letter);
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return initials;
}

static void name_person(struct draw *draw, struct person *person, const char *call,
                        const struct demo_family_name *name, enum demo_background background)
{
    person->call = call;
    person->given = chance(draw, SECOND_NAMES)
                        ? arena_printf(draw->arena, "%s %s", call, draw_call(draw, background))
                        : call;
    person->initials = initials_of(draw->arena, person->given);
    person->prefix = name->prefix;
    person->family = name->family;
}

static void draw_parent(struct draw *draw, struct demo_family *family, bool second)
{
    const struct demo_family_name *name = family->name;
    if (second && chance(draw, OTHER_FAMILY_NAME))
        name = draw_family_name(draw, family->background);
    struct guardian_draft draft = {.person = person_none(),
                                   .has_authority = true,
                                   .information = INFORMATION_FULL,
                                   .reason = ""};
    name_person(draw, &draft.person, draw_call(draw, family->background), name, family->background);
    draft.person.email = demo_email(draw->arena, draft.person.call, name->family, "thuis.example");
    if (second && chance(draw, WITHOUT_AUTHORITY)) {
        draft.has_authority = false;
        draft.information = INFORMATION_ON_REQUEST;
        if (chance(draw, UNINFORMED)) {
            draft.information = INFORMATION_NONE;
            draft.reason = "De rechter heeft bepaald dat deze ouder geen informatie krijgt. "
                           "De beschikking ligt bij de directie.";
        }
    }
    family->parents[family->parent_count++].draft = draft;
}

static struct demo_family *new_family(struct draw *draw, enum demo_background background,
                                      const struct demo_family_name *name)
{
    struct demo_family *family = &draw->people->families[draw->people->family_count++];
    *family = (struct demo_family){.background = background, .name = name};
    draw_parent(draw, family, false);
    if (chance(draw, TWO_PARENTS))
        draw_parent(draw, family, true);
    return family;
}

/* A family of which a child can be `level` years at school; NULL when the one we look at cannot. */
static struct demo_family *family_with_room(struct draw *draw, int level)
{
    if (draw->people->family_count == 0)
        return NULL;
    struct demo_family *family = &draw->people->families[pick(draw, draw->people->family_count)];
    if (family->child_count == DEMO_CHILDREN_MAX)
        return NULL;
    for (size_t i = 0; i < family->child_count; i++)
        if (family->levels[i] - level < 2 && level - family->levels[i] < 2)
            return NULL;
    return family;
}

/* School counts from 1 October: group 3 is who turns six before that day (STANDARDS 1.3). */
static struct date draw_birth(struct draw *draw, int level, int year)
{
    struct date first = {(int16_t)(year - level - SCHOOL_AGE), 10, 1};
    uint32_t days = level == 1 ? 300 : 365; /* the youngest are four when the year begins */
    struct date birth = date_add_days(first, (int32_t)random_below(draw->random, days));
    if (level >= 3 && chance(draw, A_YEAR_LONGER))
        birth = date_add_days(birth, -365);
    return birth;
}

static bool name_taken(const struct demo_people *people, const struct person *person)
{
    for (size_t i = 0; i < people->count; i++)
        if (str_equal(people->pupils[i].person.call, person->call) &&
            str_equal(people->pupils[i].person.family, person->family))
            return true;
    return false;
}

static struct date birthday(struct date birth, int age)
{
    struct date day = {(int16_t)(birth.year + age), birth.month, birth.day};
    return date_valid(day) ? day : date_add_days((struct date){day.year, 2, 28}, 1);
}

static struct date year_start(int year)
{
    return (struct date){(int16_t)year, 8, 1};
}

/* When they came: on their fourth birthday, in the first year of secondary school, or this year. */
static struct date enrolment(const struct demo_pupil *pupil, int year)
{
    if (pupil->group != DEMO_NONE && pupil->before == DEMO_NONE)
        return year_start(year);
    if (pupil->year_group > 10)
        return year_start(year - (pupil->year_group - 11));
    return birthday(pupil->person.birth, SCHOOL_AGE);
}

static void draw_named(struct draw *draw, struct demo_pupil *pupil,
                       const struct demo_fixed_name *fixed)
{
    struct demo_family_name *name = ARENA_NEW(draw->arena, struct demo_family_name);
    if (!name)
        return;
    *name = (struct demo_family_name){fixed->prefix, fixed->family};
    pupil->family = new_family(draw, fixed->background, name);
    name_person(draw, &pupil->person, fixed->call, name, fixed->background);
}

static void draw_unnamed(struct draw *draw, struct demo_pupil *pupil, int level)
{
    pupil->family = chance(draw, SIBLINGS) ? family_with_room(draw, level) : NULL;
    if (!pupil->family) {
        enum demo_background background = draw_background(draw);
        pupil->family = new_family(draw, background, draw_family_name(draw, background));
    }
    do
        name_person(draw, &pupil->person, draw_call(draw, pupil->family->background),
                    pupil->family->name, pupil->family->background);
    while (name_taken(draw->people, &pupil->person));
}

/* One pupil of a group: `number` is the how manieth. */
static void draw_pupil(struct draw *draw, const struct demo_group_spec *group, int index,
                       unsigned number, bool leaves)
{
    struct demo_people *people = draw->people;
    struct demo_pupil pupil = {.person = person_none(), .group = leaves ? DEMO_NONE : index};
    int years = group->high - group->low + 1;
    pupil.year_group = group->low + (int)number % years;
    pupil.before = leaves ? index : group->before[number / (unsigned)years % 2];
    int level = demo_level(pupil.year_group);
    bool named = !leaves && draw->spec->named == index;
    if (named && number == 0)
        people->showcase = people->count;
    if (named)
        draw_named(draw, &pupil, &draw->spec->fixed[number]);
    else
        draw_unnamed(draw, &pupil, level);
    if (!pupil.family)
        return; /* out of memory: the arena knows */
    pupil.family->levels[pupil.family->child_count++] = level + leaves;
    if (!named && !leaves && level > 1 && chance(draw, NEWCOMERS))
        pupil.before = DEMO_NONE;
    int year = leaves ? draw->year - 1 : draw->year;
    pupil.person.birth = draw_birth(draw, level, year);
    pupil.person.number = arena_printf(draw->arena, "%05zu", 400 + people->count);
    pupil.enrolled_on = enrolment(&pupil, year);
    people->pupils[people->count++] = pupil;
}

enum status demo_people_draw(const struct demo_spec *spec, int year, struct random *random,
                             struct arena *arena, struct demo_people *ret_people)
{
    size_t count = spec->leavers == DEMO_NONE ? 0 : spec->last_groups[spec->leavers].pupils;
    for (size_t i = 0; i < spec->group_count; i++)
        count += spec->groups[i].pupils;
    struct demo_people people = {.pupils = ARENA_ARRAY(arena, struct demo_pupil, count),
                                 .families = ARENA_ARRAY(arena, struct demo_family, count),
                                 .showcase = count};
    if (!people.pupils || !people.families)
        return ERR_NOMEM;
    struct draw draw = {spec, year, random, arena, &people};
    if (spec->leavers != DEMO_NONE)
        for (unsigned i = 0; i < spec->last_groups[spec->leavers].pupils; i++)
            draw_pupil(&draw, &spec->last_groups[spec->leavers], spec->leavers, i, true);
    /* From the oldest down, so that brothers and sisters of the named group can follow. */
    for (size_t i = spec->group_count; i-- > 0;)
        for (unsigned n = 0; n < spec->groups[i].pupils; n++)
            draw_pupil(&draw, &spec->groups[i], (int)i, n, false);
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_people = people;
    return OK;
}
