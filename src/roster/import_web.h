/*
 * import_web: /school/inlezen, where an administrator reads in a roster: choose a file, see what it
 * would change (and tell how to read it, when that is not clear), carry it out. The file waits
 * sealed in between (staged.h); it is read and compared anew each time, and only what was shown is
 * carried out.
 */
#ifndef ROSTER_IMPORT_WEB_H
#define ROSTER_IMPORT_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "roster/apply.h"
#include "roster/plan.h"
#include "roster/staged.h"
#include "school/school_top_web.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route import_routes[];

/* More people than this are counted, not listed. */
#define IMPORT_LINES_MAX 300

struct upload_view {
    struct school_top top;
    const struct form_values *form;
};

struct import_line {
    const char *name, *was, *now; /* "" where there is nothing to say */
};

struct import_list {
    const char *kind;  /* "new", "changed" …: for the look */
    const char *title; /* translated */
    const struct import_line *lines;
    size_t count, shown;
};
#define IMPORT_LISTS 7

struct import_problem {
    bool is_error;
    const char *place, *column, *text; /* "users.csv, line 12" */
};

/* A column of a CSV file: what it is called there, and what it is. */
struct import_column {
    const char *name;   /* of the field of the form */
    const char *header; /* as in the file */
    const char *number; /* "3" */
};

struct import_view {
    struct school_top top;
    struct roster_import_id id;
    const char *format, *year, *year_note; /* year_note: "" when it is the active one */
    bool is_readable, has_changes, many_leave, other_school, differs;
    const char *held_text; /* "" when nobody is held */
    struct import_list lists[IMPORT_LISTS];
    const struct import_problem *problems;
    size_t problem_count, problem_more;
    const char *dropped; /* names of fields, "" when none */
    const char *left_before;
    const char *digest;
    const struct form_values *apply, *settings;
    const struct import_column *columns;
    size_t column_count;
    bool open_settings;
};

struct import_done_view {
    struct school_top top;
    struct staged_result result;
};

#endif
