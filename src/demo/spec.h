/*
 * spec: what each demo school looks like: its groups this year and last, how many pupils, who
 * works there. Only tables; accounts.h has the staff who can sign in.
 */
#ifndef DEMO_SPEC_H
#define DEMO_SPEC_H

#include <stddef.h>

#include "access/actor.h"
#include "demo/accounts.h"
#include "demo/names.h"
#include "school/school.h"

#define DEMO_GROUPS_MAX 10  /* of one school in one year */
#define DEMO_STAFF_GROUPS 2 /* of one member of staff in one year */
#define DEMO_LOCATIONS_MAX 2

/* No group: new to the school, or not in this year. */
#define DEMO_NONE (-1)

struct demo_group_spec {
    const char *name;
    int low, high;   /* year groups as group.h numbers them */
    unsigned pupils; /* present year; of last year only those who left then */
    unsigned location;
    int before[2]; /* where its pupils were last year, by turns: index in last year's groups */
};

struct demo_staff_spec {
    const char *call, *prefix, *family;
    enum role role;
    int now[DEMO_STAFF_GROUPS];    /* groups of this year; whole-school roles: DEMO_NONE */
    int before[DEMO_STAFF_GROUPS]; /* of last year */
    bool left;                     /* left when last year ended */
    bool is_new;                   /* came when this year began */
};

/* Somebody whose name is given instead of drawn. */
struct demo_fixed_name {
    const char *call, *prefix, *family;
    enum demo_background background;
};

struct demo_spec {
    const char *name, *domain; /* "regenboog.example" */
    enum school_kind kind;
    const char *locations[DEMO_LOCATIONS_MAX];
    const struct demo_group_spec *groups, *last_groups;
    size_t group_count, last_count;
    const struct demo_staff_spec *staff;
    size_t staff_count;
    int leavers; /* the group of last year whose pupils left the school, DEMO_NONE */
    int named;   /* the group whose pupils have the names below; the first is the showcase */
    const struct demo_fixed_name *fixed;
};

extern const struct demo_spec demo_specs[]; /* by enum demo_school */

/*
 * What all schools of a bench look like: 250 pupils, ten groups, no year before. Name and domain
 * are each school's own. Who signs in has the group of DEMO_BENCH_GROUP.
 */
#define DEMO_BENCH_GROUP 7
extern const struct demo_spec demo_bench_spec;

#endif
