/*
 * plan_inside: what the parts of the plan share while it is made. Nobody outside plan*.c includes
 * it.
 */
#ifndef ROSTER_PLAN_INSIDE_H
#define ROSTER_PLAN_INSIDE_H

#include "access/work.h"
#include "base/arena.h"
#include "roster/list.h"
#include "roster/match.h"
#include "roster/plan.h"

/* A quarter: 1 in this many may leave without a question. */
#define LEAVING_PART 4
#define SAID_MAX 64   /* characters of a role as the file says it */
#define NUMBER_MAX 20 /* bytes of a key that can be somebody's number at school */

struct planner {
    struct work *work;
    const struct roster *roster;
    const struct plan_options *options;
    struct plan *plan;
    const char *system; /* "edexml": part of every key */
    struct list suspects;

    /* groups of the year: all but the first `roster->group_count` are only in the school */
    struct match group_by_key;   /* key in the file */
    struct match group_by_index; /* blind index, of those in the school */
    struct match group_by_id;
    bool *group_sourced; /* by position in plan->groups */

    struct match pupil_by_key; /* key in the file */
};

/* "edexml|00412" in the arena. */
const char *planner_source_key(const struct planner *p, const char *key);

/* The blind index of a key of the file; lives in the arena. Empty when memory is out. */
struct bytes planner_index(const struct planner *p, const char *object, const char *key);

void planner_suspect(struct planner *p, struct plan_suspect suspect);

/* A copy of at most `max` characters; *ret_cut is set when it is shorter than the text. */
const char *planner_cut(const struct planner *p, const char *text, size_t max, bool *ret_cut);

/* A person of the file: parts as they are kept. */
struct person planner_person(const struct planner *p, const struct roster_name *name,
                             bool *ret_cut);

/* What the file says over what is stored: an empty part says nothing. */
struct person planner_merge(const struct person *stored, const struct person *said);
bool planner_same_person(const struct person *a, const struct person *b);

/* The keys under which somebody is found by name; the second may be "" or the same. */
struct name_keys {
    const char *by_call, *by_given;
};
struct name_keys planner_name_keys(const struct planner *p, const struct person *person);

/* The position of a group by its key in the file, or by what the school knows; MATCH_NONE. */
size_t planner_group(const struct planner *p, const char *key);

NODISCARD enum status plan_groups(struct planner *p);
NODISCARD enum status plan_pupils(struct planner *p);
NODISCARD enum status plan_staff_of(struct planner *p);
NODISCARD enum status plan_guardians(struct planner *p);

/* The year group as the school stores it; YEAR_GROUP_UNKNOWN for what is none. */
int planner_year_group(enum roster_year year);

#endif
