/*
 * group: teaching groups of a school year (groep, klas), who is in them and who teaches them.
 * Combination groups simply have more than one year. A group lives one school year: next year's
 * "4A" is a new group (STANDARDS 1.3). Knows membership; refuses to know dossiers.
 */
#ifndef GROUP_GROUP_H
#define GROUP_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "person/person.h"

struct arena;
struct tr;
struct work;

#define GROUP_NAME_MAX 64 /* characters; EDEXML's largest */
#define GROUP_MEMBERS_MAX 200
#define GROUPS_MAX 500 /* of one school and year that a page lists */

enum group_kind { GROUP_HOME = 1, GROUP_OTHER = 2 };

/* UX §2; set by the year, changeable by the school. */
enum age_band { AGE_4_6 = 1, AGE_7_9 = 2, AGE_8_12 = 3, AGE_12_18 = 4 };

/*
 * A year group (jaargroep, leerjaar) as one number: 0-8 primary, 11-16 secondary years 1-6, 20
 * special education, -1 unknown. A group's years are a set of them.
 */
#define YEAR_GROUP_UNKNOWN (-1)
#define YEAR_GROUP_SPECIAL 20
#define YEAR_BIT(year_group) ((year_group) < 0 ? 0u : 1u << (year_group))

enum age_band age_band_of_years(unsigned years);
/* "3/4", "2 vo", "sbo" … in the arena; "" when unknown. */
const char *year_groups_text(struct arena *arena, unsigned years);

struct group {
    struct group_id id;
    struct school_year_id year;
    enum group_kind kind;
    unsigned years;
    enum age_band age_band;
    const char *name;
    struct bytes source; /* school_source() of its roster key; empty: made by hand */
};

/* One pupil in a group, named, sorted by call name as a class list is. */
struct group_member {
    struct pupil_id pupil;
    struct person person;
    const char *call; /* made unique in the group: "Daan B." when there are two */
    const char *letters;
    int year_group, symbol, colour;
    int64_t slot; /* with key_wrapped, what opens the dossier (person/dossier.h) */
    struct bytes key_wrapped;
};

struct group_draft {
    struct school_year_id year;
    enum group_kind kind;
    unsigned years;
    const char *name;
    const char *source_key; /* from a roster, or NULL */
    struct location_id location;
};

/*
 * What a group is called, and how many are in it, is known to the whole school: reading that asks
 * no right. Who is in it does. Everything that changes groups wants RIGHT_STRUCTURE; ERR_NOT_FOUND
 * without it.
 */

/* The name of a group out of a row of another subject's statement, which checked the right. */
NODISCARD enum status group_name_open(struct work *work, struct group_id group,
                                      struct sealed sealed, const char **ret_name);

/* ERR_INVALID for a blank or long name. */
NODISCARD enum status group_add(struct work *work, const struct group_draft *draft,
                                struct group_id *ret_group);
/* ERR_INVALID as group_add; ERR_NOT_FOUND. */
NODISCARD enum status group_change(struct work *work, struct group_id group, const char *name,
                                   unsigned years, enum age_band age_band);
/* Home group or other group. ERR_NOT_FOUND. */
NODISCARD enum status group_set_kind(struct work *work, struct group_id group,
                                     enum group_kind kind);
NODISCARD enum status group_find(struct work *work, struct group_id group, struct group *ret_group);

/*
 * The groups that the signed-in member of staff has this year, in the order of their functions (the first is their start).
 * One statement, none when there are none.
 */
NODISCARD enum status group_of_actor(struct work *work, struct group **ret_groups,
                                     size_t *ret_count);

/* The groups of a year, home groups first, by year and name. */
NODISCARD enum status group_list(struct work *work, struct school_year_id year,
                                 struct group **ret_groups, size_t *ret_count);
/* All of them, however many, unsorted: for a roster. */
NODISCARD enum status group_list_all(struct work *work, struct school_year_id year,
                                     struct group **ret_groups, size_t *ret_count);
/* From now on known to rosters by this key. ERR_CONFLICT when another group of its year has it. */
NODISCARD enum status group_set_source(struct work *work, struct group_id group,
                                       const char *source_key);

/* Who is in which group of a year now, by pupil, without names. */
struct group_place {
    struct pupil_id pupil;
    struct group_id group;
};
NODISCARD enum status group_places(struct work *work, struct school_year_id year,
                                   struct group_place **ret_places, size_t *ret_count);

/* How many pupils are in each group of a year. */
struct group_count {
    struct group_id group;
    int pupils;
};
NODISCARD enum status group_counts(struct work *work, struct school_year_id year,
                                   struct group_count **ret_counts, size_t *ret_count);

/* By call name. Wants RIGHT_GROUP_NAMES. */
NODISCARD enum status group_members(struct work *work, struct group_id group,
                                    struct group_member **ret_members, size_t *ret_count);

/*
 * Whether all of these are in the group now, and none twice: ERR_INVALID when not, and for an empty list or
 * more than GROUP_MEMBERS_MAX. As group_members().
 */
NODISCARD enum status group_has_members(struct work *work, struct group_id group,
                                        const struct pupil_id *pupils, size_t count);

/* The groups a pupil is or was in, newest year first. Wants RIGHT_PUPIL_NAME. */
struct pupil_membership {
    struct group group;
    int starts_in;
    bool is_active_year;
    struct date from_on, until_on;
};
NODISCARD enum status group_of_pupil(struct work *work, struct pupil_id pupil,
                                     struct pupil_membership **ret, size_t *ret_count);

/*
 * Takes away a group that was made by mistake. ERR_CONFLICT when somebody is or was in it, or has
 * a function for it: what was, stays known.
 */
NODISCARD enum status group_remove(struct work *work, struct group_id group);

/*
 * In and out. join is idempotent, leave of who is not in it is OK; both are logged when they
 * changed something. Coming back on the day of leaving continues the membership.
 */
NODISCARD enum status group_join(struct work *work, struct group_id group, struct pupil_id pupil,
                                 struct date from_on);
NODISCARD enum status group_leave(struct work *work, struct group_id group, struct pupil_id pupil,
                                  struct date until_on);
/* join, and leave the other home groups of that year. For an other group the same as join. */
NODISCARD enum status group_move(struct work *work, struct group_id group, struct pupil_id pupil,
                                 struct date on);
/* Ends all memberships of a pupil who leaves the school. */
NODISCARD enum status group_leave_all(struct work *work, struct pupil_id pupil,
                                      struct date until_on);

/* Who has this group this year: names for headings and badges. */
struct group_teacher {
    struct staff_id staff;
    const char *full, *call;
    int role; /* ROLE_TEACHER or ROLE_SUPPORT */
    struct staff_function_ref {
        int64_t id;
    } function;
};
NODISCARD enum status group_teachers(struct work *work, struct group_id group,
                                     struct group_teacher **ret, size_t *ret_count);

#endif
