/*
 * pupil_admin_web: all pupils of the school for who keeps the structure: find, add and change them,
 * their groups, their guardians, leaving and coming back. Nothing of a dossier is on these pages.
 */
#ifndef PUPIL_PUPIL_ADMIN_WEB_H
#define PUPIL_PUPIL_ADMIN_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "group/group.h"
#include "guardian/guardian.h"
#include "pupil/pupil.h"
#include "school/school_top_web.h"
#include "web/form.h"
#include "web/route.h"

struct web;

extern const struct route pupil_admin_routes[];

enum pupil_which { PUPILS_HERE, PUPILS_LOOSE, PUPILS_LEFT };

struct pupil_line {
    const char *key; /* sorts */
    struct pupil_id id;
    const char *name, *groups, *year_group, *left;
};

struct pupil_list_view {
    struct school_top top;
    const struct form_values *search;
    enum pupil_which which;
    bool by_group;
    struct pupil_line *lines;
    size_t count, total;
    const char *sought; /* "" when nothing was sought */
};

struct pupil_detail_view {
    struct school_top top;
    struct pupil pupil;
    const char *name, *birth, *year_group, *enrolled, *left, *keep_until; /* NULL when not set */
    struct pupil_membership *groups;
    size_t group_count;
    struct guardian *guardians;
    size_t guardian_count;
    const struct form_values *move_form, *leave_form;
    const struct form_option *options;
    size_t option_count;
};

struct pupil_edit_view {
    struct school_top top;
    struct pupil_id pupil; /* none: a new one */
    const char *name;
    const struct form_values *form;
    const struct form_option *years, *groups;
    size_t year_count, group_count;
};

/* When a membership ended: its last day, or that of its school year when that is past; unset while
 * it lasts. */
struct date pupil_group_end(const struct pupil_membership *membership, struct date today);

/* Does every word that is sought stand in the name? Letter case and accents do not matter. */
bool pupil_name_fits(struct web *web, const struct person *person, const char *sought);

#endif
