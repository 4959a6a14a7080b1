/*
 * group_admin_web: the groups of a school year for who keeps the structure: make and change them,
 * who is in them, who has them. No dossiers; the principal sees numbers instead of names.
 */
#ifndef GROUP_GROUP_ADMIN_WEB_H
#define GROUP_GROUP_ADMIN_WEB_H

#include <stddef.h>

#include "group/group.h"
#include "school/school.h"
#include "school/school_top_web.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route group_admin_routes[];

struct group_line {
    const struct group *group;
    const char *years;
    const char *teachers; /* "Tessa Mulder, Sander Smit", or "" */
    int pupils;
    bool is_combination;
};

struct group_list_view {
    struct school_top top;
    struct school_year year;
    const char *title;
    const struct school_year *years; /* all of them, for the tabs; newest first */
    size_t year_count;
    struct group_line *lines;
    size_t count;
};

struct group_detail_view {
    struct school_top top;
    struct group group;
    struct school_year year;
    const char *title, *years, *band; /* title: of the year */
    const struct group_member *members;
    size_t member_count;
    const struct group_teacher *teachers;
    size_t teacher_count;
    const struct form_values *join_form, *staff_form;
    const struct form_option *pupils, *staff;
    size_t pupil_count, staff_count;
};

struct group_edit_view {
    struct school_top top;
    struct group_id group; /* none: a new one */
    struct school_year_id year;
    const char *title;
    enum school_kind school_kind;
    const struct form_values *form;
    int first_year, last_year; /* the checkboxes */
};

/* The name of the checkbox of a year group: "y7". For the template. */
const char *group_year_field(struct arena *arena, int year_group);

#endif
