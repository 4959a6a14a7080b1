/*
 * people: the pupils of a demo school and their families, drawn before anything is stored. Knows
 * names and ages; refuses to know the database and the rules that store them (structure.c).
 */
#ifndef DEMO_PEOPLE_H
#define DEMO_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ids.h"
#include "demo/spec.h"
#include "guardian/guardian.h"
#include "person/person.h"

#define DEMO_PARENTS_MAX 2
#define DEMO_CHILDREN_MAX 3

struct demo_parent {
    struct guardian_draft draft;
    struct guardian_id id; /* none until stored */
};

struct demo_family {
    enum demo_background background;
    const struct demo_family_name *name;
    struct demo_parent parents[DEMO_PARENTS_MAX];
    size_t parent_count;
    int levels[DEMO_CHILDREN_MAX]; /* how many years at school each child is */
    size_t child_count;
};

struct demo_pupil {
    struct person person;
    struct demo_family *family;
    int year_group; /* in the present year; of leavers in the last */
    int group;      /* of the present year, DEMO_NONE for who left */
    int before;     /* group of the year before, DEMO_NONE for who came this year */
    struct date enrolled_on;
    struct pupil_id id; /* none until stored */
};

struct demo_people {
    struct demo_pupil *pupils;
    size_t count;
    struct demo_family *families;
    size_t family_count;
    size_t showcase; /* index of the pupil whose dossier shows everything; count when none */
};

/*
 * Draws everybody of a school whose present year starts in `year`. Deterministic in `random`.
 * ERR_NOMEM.
 */
NODISCARD enum status demo_people_draw(const struct demo_spec *spec, int year,
                                       struct random *random, struct arena *arena,
                                       struct demo_people *ret_people);

/* "Agnieszka", "Nowicka", "x.example" -> "agnieszka.nowicka@x.example", in the arena. */
const char *demo_email(struct arena *arena, const char *call, const char *family,
                       const char *domain);

/* Secondary school goes on counting: 1 … 8, then 9 for its first year. */
int demo_level(int year_group);

#endif
