#include <assert.h>

#include "access/access.h"
#include "base/arena.h"
#include "base/str.h"
#include "demo/world.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "signin/account.h"
#include "staff/staff.h"

/* A demo school's people and groups, made by the rules that pages and roster imports use. */

static struct date first_of_year(int year)
{
    return (struct date){(int16_t)year, 8, 1};
}

void demo_set_clock(struct demo_world *world, struct date day, int hour, int minute)
{
    int64_t moment = date_moment(day, hour, minute);
    world->program.now_ms = moment < world->latest_ms ? moment : world->latest_ms;
    world->program.today = date_of(world->program.now_ms);
}

struct work demo_work_of(const struct demo_world *world, const struct demo_staff *staff)
{
    struct work work = world->program;
    work.actor = &staff->actor;
    access_forget(&work); /* that was somebody else's */
    return work;
}

bool demo_has_group(const struct demo_staff *staff, enum demo_period period, int group)
{
    for (size_t i = 0; i < DEMO_STAFF_GROUPS; i++)
        if (group != DEMO_NONE && staff->groups[period][i] == group)
            return true;
    return false;
}

static bool role_has_groups(enum role role)
{
    return role == ROLE_TEACHER || role == ROLE_SUPPORT;
}

static int group_named(const struct demo_group_spec *groups, size_t count, const char *name)
{
    for (size_t i = 0; name && i < count; i++)
        if (str_equal(groups[i].name, name))
            return (int)i;
    return DEMO_NONE;
}

/* Who signs in had the group of the same name last year, else the pupils of now one class lower. */
static void place_account(const struct demo_spec *spec, const struct demo_account *account,
                          struct demo_staff *staff)
{
    for (int period = 0; period < DEMO_PERIODS; period++)
        for (size_t i = 0; i < DEMO_STAFF_GROUPS; i++)
            staff->groups[period][i] = DEMO_NONE;
    int now = group_named(spec->groups, spec->group_count, account->group);
    int before = group_named(spec->last_groups, spec->last_count, account->group);
    if (now != DEMO_NONE && before == DEMO_NONE)
        before = spec->groups[now].before[0];
    staff->groups[THIS_YEAR][0] = now;
    staff->groups[LAST_YEAR][0] = before;
}

static void cast_bench_teacher(struct demo_world *world)
{
    struct demo_staff *staff = &world->staff[world->staff_count++];
    *staff = (struct demo_staff){.call = "Lotte",
                                 .prefix = "",
                                 .family = "Leerkracht",
                                 .email = world->bench_email,
                                 .role = ROLE_TEACHER,
                                 .groups = {{DEMO_NONE, DEMO_NONE}, {DEMO_BENCH_GROUP, DEMO_NONE}},
                                 .has_account = true};
}

static void cast_bench_coordinator(struct demo_world *world)
{
    struct demo_staff *staff = &world->staff[world->staff_count++];
    *staff = (struct demo_staff){.call = "Inge",
                                 .prefix = "",
                                 .family = "Begeleider",
                                 .email = world->bench_coordinator_email,
                                 .role = ROLE_COORDINATOR,
                                 .groups = {{DEMO_NONE, DEMO_NONE}, {DEMO_NONE, DEMO_NONE}},
                                 .has_account = true};
}

static void cast_staff(struct demo_world *world)
{
    const struct demo_spec *spec = world->spec;
    if (world->bench_email)
        cast_bench_teacher(world);
    if (world->bench_coordinator_email)
        cast_bench_coordinator(world);
    for (size_t i = 0; i < demo_account_count; i++) {
        const struct demo_account *account = &demo_accounts[i];
        if (&demo_specs[account->school] != spec)
            continue;
        struct demo_staff *staff = &world->staff[world->staff_count++];
        *staff = (struct demo_staff){.call = account->call,
                                     .prefix = account->prefix,
                                     .family = account->family,
                                     .email = account->email,
                                     .role = (enum role)account->role,
                                     .has_account = true};
        place_account(spec, account, staff);
    }
    for (size_t i = 0; i < spec->staff_count; i++) {
        const struct demo_staff_spec *one = &spec->staff[i];
        struct demo_staff *staff = &world->staff[world->staff_count++];
        *staff = (struct demo_staff){.call = one->call,
                                     .prefix = one->prefix,
                                     .family = one->family,
                                     .role = one->role,
                                     .left = one->left,
                                     .is_new = one->is_new};
        memcpy(staff->groups[THIS_YEAR], one->now, sizeof one->now);
        memcpy(staff->groups[LAST_YEAR], one->before, sizeof one->before);
        staff->email = demo_email(world->program.arena, one->call, one->family, spec->domain);
    }
}

static enum status hire(struct demo_world *world, struct demo_staff *staff)
{
    struct work *work = &world->program;
    struct staff_draft draft = {.person = person_none()};
    draft.person.call = staff->call;
    draft.person.given = staff->call;
    draft.person.prefix = staff->prefix;
    draft.person.family = staff->family;
    draft.person.email = staff->email;
    enum status st = staff_add(work, &draft, &staff->id);
    if (st != OK || !staff->has_account)
        return st;
    st = account_make(work, staff->email, &staff->account);
    if (st == OK)
        st = account_join_school(work, staff->account, staff->id);
    if (st == OK)
        st = account_set_password(work, staff->account, world->password_hash,
                                  (struct session_id){0});
    return st;
}

static enum status give_functions(struct demo_world *world, const struct demo_staff *staff)
{
    struct work *work = &world->program;
    struct school_year_id year = world->years[world->period];
    if (!role_has_groups(staff->role))
        return staff_give(work, staff->id, staff->role, year, (struct group_id){0});
    enum status st = OK;
    for (size_t i = 0; st == OK && i < DEMO_STAFF_GROUPS; i++) {
        int group = staff->groups[world->period][i];
        if (group != DEMO_NONE)
            st =
                staff_give(work, staff->id, staff->role, year, world->groups[world->period][group]);
    }
    return st;
}

/* Gives this year's functions and takes everybody's rights anew, as a sign-in would. */
static enum status staff_the_year(struct demo_world *world)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < world->staff_count; i++)
        if (world->staff[i].id.v && !(world->period == THIS_YEAR && world->staff[i].left))
            st = give_functions(world, &world->staff[i]);
    for (size_t i = 0; st == OK && i < world->staff_count; i++) {
        struct demo_staff *staff = &world->staff[i];
        struct actor_self self;
        staff->actor = (struct actor){.kind = ACTOR_NOBODY};
        if (!staff->id.v || (world->period == THIS_YEAR && staff->left))
            continue;
        staff->actor = (struct actor){.kind = ACTOR_STAFF,
                                      .school = world->program_actor.school,
                                      .account = staff->account,
                                      .staff = staff->id};
        st = actor_load_staff(&world->program, &staff->actor, &self);
    }
    return st;
}

static enum status make_groups(struct demo_world *world)
{
    bool last = world->period == LAST_YEAR;
    const struct demo_group_spec *specs = last ? world->spec->last_groups : world->spec->groups;
    size_t count = last ? world->spec->last_count : world->spec->group_count;
    enum status st = OK;
    for (size_t i = 0; st == OK && i < count; i++) {
        unsigned years = 0;
        for (int year = specs[i].low; year <= specs[i].high; year++)
            years |= YEAR_BIT(year);
        struct group_draft draft = {.year = world->years[world->period],
                                    .kind = GROUP_HOME,
                                    .years = years,
                                    .name = specs[i].name,
                                    .location = world->locations[specs[i].location]};
        st = group_add(&world->program, &draft, &world->groups[world->period][i]);
    }
    return st;
}

static enum status give_guardians(struct demo_world *world, struct demo_pupil *pupil)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < pupil->family->parent_count; i++) {
        struct demo_parent *parent = &pupil->family->parents[i];
        st = parent->id.v ? guardian_tie(&world->program, pupil->id, parent->id, &parent->draft)
                          : guardian_add(&world->program, pupil->id, &parent->draft, &parent->id);
    }
    return st;
}

static int year_group_in(const struct demo_pupil *pupil, enum demo_period period)
{
    if (period == THIS_YEAR || pupil->group == DEMO_NONE || pupil->year_group == 1)
        return pupil->year_group; /* four-year-olds who came last year are still in group 1 */
    return pupil->year_group - 1;
}

static enum status join(struct demo_world *world, const struct demo_pupil *pupil)
{
    struct date from = first_of_year(world->period == LAST_YEAR ? world->year - 1 : world->year);
    if (date_compare(pupil->enrolled_on, from) > 0)
        from = pupil->enrolled_on;
    int group = world->period == LAST_YEAR ? pupil->before : pupil->group;
    return group_join(&world->program, world->groups[world->period][group], pupil->id, from);
}

enum status demo_enrol(struct demo_world *world, struct demo_pupil *pupil)
{
    const struct demo_spec *spec = world->spec;
    const struct demo_group_spec *group =
        pupil->group == DEMO_NONE ? &spec->last_groups[pupil->before] : &spec->groups[pupil->group];
    struct pupil_draft draft = {.person = pupil->person,
                                .year_group = year_group_in(pupil, world->period),
                                .location = world->locations[group->location],
                                .enrolled_on = pupil->enrolled_on};
    enum status st = pupil_add(&world->program, &draft, &pupil->id);
    if (st == OK)
        st = give_guardians(world, pupil);
    return st == OK ? join(world, pupil) : st;
}

static enum status make_locations(struct demo_world *world)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < DEMO_LOCATIONS_MAX && world->spec->locations[i]; i++)
        st = location_take(&world->program, arena_printf(world->program.arena, "demo-%zu", i),
                           world->spec->locations[i], &world->locations[i]);
    return st;
}

static enum status make_school(struct demo_world *world)
{
    struct school_draft draft = {.board_name = world->spec->name,
                                 .name = world->spec->name,
                                 .brin = "",
                                 .kind = world->spec->kind,
                                 .first_year = world->year - (world->period == LAST_YEAR)};
    struct school_year year;
    enum status st = school_make(&world->program, &draft, &world->program_actor.school);
    if (st == OK)
        st = school_active_year(&world->program, &year);
    if (st == OK)
        world->years[world->period] = year.id;
    return st == OK ? make_locations(world) : st;
}

enum status demo_open_school(struct demo_world *world, struct date day)
{
    world->staff = ARENA_ARRAY(world->program.arena, struct demo_staff,
                               world->spec->staff_count + demo_account_count + 2);
    if (!world->staff)
        return ERR_NOMEM;
    cast_staff(world);
    world->period = demo_began_last_year(world) ? LAST_YEAR : THIS_YEAR;
    demo_set_clock(world, day, 0, 5);
    enum status st = make_school(world);
    if (st == OK)
        st = make_groups(world);
    for (size_t i = 0; st == OK && i < world->staff_count; i++)
        if (world->period == THIS_YEAR || !world->staff[i].is_new)
            st = hire(world, &world->staff[i]);
    if (st == OK)
        st = staff_the_year(world);
    for (size_t i = 0; st == OK && i < world->people.count; i++) {
        struct demo_pupil *pupil = &world->people.pupils[i];
        bool here = world->period == THIS_YEAR ||
                    (pupil->before != DEMO_NONE && date_compare(pupil->enrolled_on, day) <= 0);
        if (here)
            st = demo_enrol(world, pupil);
    }
    return st;
}

static enum status move_up(struct demo_world *world, struct demo_pupil *pupil)
{
    struct work *work = &world->program;
    if (pupil->group == DEMO_NONE)
        return pupil_leave(work, pupil->id, (struct date){(int16_t)world->year, 7, 31});
    if (!pupil->id.v)
        return demo_enrol(world, pupil);
    enum status st = OK;
    if (year_group_in(pupil, LAST_YEAR) != pupil->year_group)
        st = pupil_change(work, pupil->id, &pupil->person, pupil->year_group);
    return st == OK ? join(world, pupil) : st;
}

enum status demo_change_year(struct demo_world *world)
{
    struct work *work = &world->program;
    assert(world->period == LAST_YEAR);
    demo_set_clock(world, first_of_year(world->year), 0, 5);
    world->period = THIS_YEAR;
    enum status st = school_year_make(work, world->year, &world->years[THIS_YEAR]);
    if (st == OK)
        st = make_groups(world);
    for (size_t i = 0; st == OK && i < world->staff_count; i++) {
        if (world->staff[i].is_new)
            st = hire(world, &world->staff[i]);
    }
    for (size_t i = 0; st == OK && i < world->people.count; i++)
        st = move_up(world, &world->people.pupils[i]);
    if (st == OK)
        st = staff_carry_over(work, world->years[LAST_YEAR], world->years[THIS_YEAR]);
    if (st == OK)
        st = school_year_activate(work, world->years[THIS_YEAR]);
    /* Only now: leaving ends the functions of the active year, those of last year stay known. */
    for (size_t i = 0; st == OK && i < world->staff_count; i++)
        if (world->staff[i].left)
            st = staff_leave(work, world->staff[i].id, (struct date){(int16_t)world->year, 7, 31});
    return st == OK ? staff_the_year(world) : st;
}
