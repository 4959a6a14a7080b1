/*
 * staff_web: who works at the school, in which functions, and who can sign in. What a roster said
 * about somebody's role is shown as a suggestion, never as a right.
 */
#ifndef STAFF_STAFF_WEB_H
#define STAFF_STAFF_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "school/school_top_web.h"
#include "staff/staff.h"
#include "staff/staff_account.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route staff_routes[];

struct staff_line {
    struct staff_id id;
    const char *name, *functions, *left; /* left: NULL while here */
    enum staff_access access;
};

struct staff_list_view {
    struct school_top top;
    bool left;
    struct staff_line *lines;
    size_t count;
};

struct function_line {
    struct function_id id;
    const char *role, *where, *year; /* where: the group, or "whole school" */
    bool is_active_year;
};

struct suggestion_line {
    const char *group, *said;
};

struct staff_detail_view {
    struct school_top top;
    struct staff staff;
    const char *name, *left;
    struct staff_account account;
    struct function_line *functions;
    size_t function_count;
    struct suggestion_line *suggestions;
    size_t suggestion_count;
    const struct form_values *give_form, *leave_form;
    const struct form_option *groups;
    size_t group_count;
    bool is_me;
};

struct staff_edit_view {
    struct school_top top;
    struct staff_id staff; /* none: a new one */
    const char *name;
    const struct form_values *form;
};

/* The link for the person, shown this once. */
struct staff_link_view {
    struct school_top top;
    struct staff_id staff;
    const char *name, *email, *link;
};

/* "teacher" … msgid. */
const char *staff_role_text(enum role role);

#endif
