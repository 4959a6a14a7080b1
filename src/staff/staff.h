/*
 * staff: who works at the school, and in which functions this year. Functions give rights; a
 * roster file only suggests them (STANDARDS §0.3), an administrator gives them. Refuses to know
 * passwords (signin/).
 */
#ifndef STAFF_STAFF_H
#define STAFF_STAFF_H

#include <stdbool.h>
#include <stddef.h>

#include "access/actor.h"
#include "base/bytes.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "person/person.h"

struct work;

struct staff {
    struct staff_id id;
    struct person person;
    struct account_id account; /* none: cannot sign in yet */
    int colour;
    struct bytes source; /* school_source() of the roster key; empty: made by hand */
    struct date left_on;
};

struct staff_draft {
    struct person person;
    const char *source_key; /* from a roster, or NULL */
};

struct function_id {
    int64_t v;
};

struct staff_function {
    struct function_id id;
    struct staff_id staff;
    enum role role;
    struct school_year_id year;
    int starts_in;
    bool is_active_year;
    struct group_id group; /* TEACHER and SUPPORT only */
};

/*
 * Colleagues know each other: reading names and functions asks no right beyond being at the school.
 * Everything that changes them wants RIGHT_STRUCTURE; ERR_NOT_FOUND without it.
 */
NODISCARD enum status staff_add(struct work *work, const struct staff_draft *draft,
                                struct staff_id *ret_staff);
NODISCARD enum status staff_find(struct work *work, struct staff_id staff, struct staff *ret_staff);
NODISCARD enum status staff_change(struct work *work, struct staff_id staff,
                                   const struct person *person);
/* From now on known to rosters by this key. ERR_CONFLICT when somebody else has it. */
NODISCARD enum status staff_set_source(struct work *work, struct staff_id staff,
                                       const char *source_key);
/* Everybody who has not left (or who has), sorted by name. */
NODISCARD enum status staff_list(struct work *work, bool left, struct staff **ret,
                                 size_t *ret_count);

/*
 * Leaving ends this year's functions and sessions; the account keeps to other schools. ERR_INVALID
 * for a day after today; ERR_CONFLICT for the last administrator; ERR_NOT_FOUND.
 */
NODISCARD enum status staff_leave(struct work *work, struct staff_id staff, struct date left_on);
NODISCARD enum status staff_return(struct work *work, struct staff_id staff);

/*
 * Gives a function in a school year. TEACHER and SUPPORT want a group of that year; the others want
 * none (ERR_INVALID). Giving what is there already is OK. ERR_NOT_FOUND for unknown staff or group.
 */
NODISCARD enum status staff_give(struct work *work, struct staff_id staff, enum role role,
                                 struct school_year_id year, struct group_id group);
/*
 * ERR_CONFLICT when it would leave the active year without an administrator who can sign in;
 * ERR_NOT_FOUND.
 */
NODISCARD enum status staff_take(struct work *work, struct function_id function);
/* Whose function it is, and in which group (none: the school). ERR_NOT_FOUND. */
NODISCARD enum status staff_function_find(struct work *work, struct function_id function,
                                          struct staff_id *ret_staff, struct group_id *ret_group);
/* ERR_CONFLICT when the school would be without an administrator who can sign in, without them. */
NODISCARD enum status staff_can_be_missed(struct work *work, struct staff_id staff);
NODISCARD enum status staff_functions(struct work *work, struct staff_function **ret,
                                      size_t *ret_count);
NODISCARD enum status staff_functions_of(struct work *work, struct staff_id staff,
                                         struct staff_function **ret, size_t *ret_count);

/* The year change: gives everybody who has a whole-school function in `from` the same in `to`. */
NODISCARD enum status staff_carry_over(struct work *work, struct school_year_id from,
                                       struct school_year_id to);

/* What a roster said about somebody's role in a group; NULL takes it back. */
NODISCARD enum status staff_suggest(struct work *work, struct staff_id staff, struct group_id group,
                                    const char *said);
struct staff_suggestion {
    struct staff_id staff;
    struct group_id group;
    const char *said;
};
NODISCARD enum status staff_suggestions(struct work *work, struct staff_id staff,
                                        struct staff_suggestion **ret, size_t *ret_count);

/* Everybody's for the groups of a year, unsorted. */
NODISCARD enum status staff_suggestions_of_year(struct work *work, struct school_year_id year,
                                                struct staff_suggestion **ret, size_t *ret_count);

/* Ties a member of staff to the account that signs in as them. */
NODISCARD enum status staff_tie_account(struct work *work, struct staff_id staff,
                                        struct account_id account);

#endif
