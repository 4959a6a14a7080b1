/*
 * world: one demo school while it is being played, day by day, from the first day of last year to
 * yesterday. structure.c makes people and groups in it through the rules of their subjects;
 * story.c lets staff write. Only they, demo.c and extras.c include this.
 */
#ifndef DEMO_WORLD_H
#define DEMO_WORLD_H

#include <stdbool.h>
#include <stddef.h>

#include "access/actor.h"
#include "access/work.h"
#include "demo/calendar.h"
#include "demo/people.h"
#include "demo/spec.h"

enum demo_period { LAST_YEAR, THIS_YEAR, DEMO_PERIODS };

struct demo_staff {
    const char *call, *prefix, *family, *email;
    enum role role;
    int groups[DEMO_PERIODS][DEMO_STAFF_GROUPS]; /* DEMO_NONE ends */
    bool has_account, left, is_new;
    struct staff_id id;
    struct account_id account;
    struct actor actor; /* as of the year that is played; kind NOBODY when not there */
};

struct demo_world {
    struct work program; /* the program acts: people and groups */
    struct actor program_actor;
    int64_t latest_ms; /* the real moment: nothing is played after it */
    struct date today;
    const struct demo_spec *spec;
    const char *password_hash;
    const char *bench_email;             /* who signs in to a bench school; else NULL */
    const char *bench_coordinator_email; /* the same, reads the whole school; NULL: none */
    int year;                            /* in which the present school year starts */
    enum demo_period period;
    struct location_id locations[DEMO_LOCATIONS_MAX];
    struct school_year_id years[DEMO_PERIODS];
    struct group_id groups[DEMO_PERIODS][DEMO_GROUPS_MAX];
    struct demo_staff *staff;
    size_t staff_count;
    struct demo_people people;
};

/* From now on it is this moment, or the real one when that comes first. */
void demo_set_clock(struct demo_world *world, struct date day, int hour, int minute);

/* The work of a member of staff at the world's present moment. */
struct work demo_work_of(const struct demo_world *world, const struct demo_staff *staff);

/* Whether this member of staff has the group of that index in the year. */
bool demo_has_group(const struct demo_staff *staff, enum demo_period period, int group);

/* Whether the school began last year, or (bench) in the present one. */
static inline bool demo_began_last_year(const struct demo_world *world)
{
    return world->spec->last_count > 0;
}

/* structure.c, in this order; enrol for who comes in the middle of last year. */
NODISCARD enum status demo_open_school(struct demo_world *world, struct date day);
NODISCARD enum status demo_enrol(struct demo_world *world, struct demo_pupil *pupil);
NODISCARD enum status demo_change_year(struct demo_world *world);

/* story.c: what everybody writes, from the first day to yesterday; changes the year on its way. */
NODISCARD enum status demo_play_story(struct demo_world *world);

/* The same for a bench: what demo.h says of each pupil, over the twelve months before today. */
NODISCARD enum status demo_play_bench(struct demo_world *world, unsigned talks);

#endif
