#include "demo/demo.h"

#include <assert.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/random.h"
#include "demo/extras.h"
#include "demo/world.h"

/*
 * Ids and choices come from the seed, everything secret from the source that the caller has. What
 * tells them apart is their size: choices are 4 bytes, ids 8; nonces, keys, marks and salts are
 * 16 and more.
 */
#define SECRET_FROM 16

struct demo_random {
    struct random random; /* first: what the rules see */
    struct random seeded;
    struct random *secret;
};

static_assert(offsetof(struct demo_random, random) == 0, "fill() finds the whole from its part");

static void fill(struct random *self, void *to, size_t len)
{
    struct demo_random *both = (struct demo_random *)self;
    random_fill(len < SECRET_FROM ? &both->seeded : both->secret, to, len);
}

/* Names are made with string helpers, which answer "" when memory is out: ask once, at the end. */
static enum status check_memory(enum status st, const struct work *work)
{
    return st == OK && arena_failed(work->arena) ? ERR_NOMEM : st;
}

/* A stream per school, so that one more pupil in the first does not change the second. */
static struct demo_random random_of(struct random *secret, uint64_t seed, uint64_t school)
{
    return (struct demo_random){.random = {.fill = fill},
                                .seeded = random_seeded(seed * UINT64_C(1000003) + school),
                                .secret = secret};
}

static struct demo_world world_of(struct work *work, struct demo_random *random,
                                  const struct demo_spec *spec, const char *password_hash)
{
    struct demo_world world = {.program = *work,
                               .program_actor = {.kind = ACTOR_PROGRAM},
                               .latest_ms = work->now_ms,
                               .today = work->today,
                               .spec = spec,
                               .password_hash = password_hash,
                               .year = date_school_year(work->today)};
    world.program.random = &random->random;
    return world;
}

static enum status make_school(struct work *work, uint64_t seed, enum demo_school which,
                               const char *password_hash, struct demo_schools *schools)
{
    struct demo_random random = random_of(work->random, seed, which);
    struct demo_world world = world_of(work, &random, &demo_specs[which], password_hash);
    world.program.actor = &world.program_actor;
    enum status st =
        demo_people_draw(world.spec, world.year, &random.random, work->arena, &world.people);
    if (st == OK)
        st = demo_open_school(&world, (struct date){(int16_t)(world.year - 1), 8, 1});
    if (st == OK)
        st = demo_play_story(&world);
    if (st == OK)
        st = demo_add_extras(&world);
    schools->school[which] = world.program_actor.school;
    if (world.people.showcase < world.people.count)
        schools->showcase = world.people.pupils[world.people.showcase].id;
    return check_memory(st, work);
}

enum status demo_make(struct work *work, uint64_t seed, const char *password_hash,
                      struct demo_schools *ret_schools)
{
    assert(work && password_hash && ret_schools);

    struct demo_schools schools = {0};
    enum status st = make_school(work, seed, DEMO_PRIMARY, password_hash, &schools);
    if (st == OK)
        st = make_school(work, seed, DEMO_SECONDARY, password_hash, &schools);
    if (st == OK)
        *ret_schools = schools;
    return st;
}

enum status demo_make_bench(struct work *work, uint64_t seed, unsigned number, unsigned talks,
                            const char *password_hash, struct school_id *ret_school)
{
    assert(work && number > 0 && password_hash && ret_school);

    struct demo_spec spec = demo_bench_spec;
    spec.name = arena_printf(work->arena, "Meetschool %u", number);
    spec.domain = arena_printf(work->arena, "school%u.example", number);
    struct demo_random random = random_of(work->random, seed, (uint64_t)DEMO_SCHOOLS + number);
    struct demo_world world = world_of(work, &random, &spec, password_hash);
    world.program.actor = &world.program_actor;
    world.bench_email = arena_printf(work->arena, "leerkracht@%s", spec.domain);
    if (talks)
        world.bench_coordinator_email = arena_printf(work->arena, "ib@%s", spec.domain);
    enum status st =
        demo_people_draw(&spec, world.year, &random.random, work->arena, &world.people);
    if (st == OK)
        st = demo_open_school(&world, date_add_days(world.today, -366));
    if (st == OK)
        st = demo_play_bench(&world, talks);
    st = check_memory(st, work);
    if (st == OK)
        *ret_school = world.program_actor.school;
    return st;
}
