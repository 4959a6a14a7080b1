/*
 * log_web: the school's log: who did and read what, newest first. Names of pupils are opened for
 * who may read dossiers; for the principal it is "a pupil". Looking at the log is logged.
 */
#ifndef SCHOOL_LOG_WEB_H
#define SCHOOL_LOG_WEB_H

#include <stddef.h>
#include <stdint.h>

#include "school/school_top_web.h"
#include "web/route.h"

extern const struct route log_routes[];

struct log_line {
    const char *when, *who, *what, *whom;
};

/* One way of looking at it. */
struct log_kind {
    const char *word;  /* in the URL */
    const char *label; /* msgid */
    int low, high;     /* actions */
};

struct log_view {
    struct school_top top;
    const struct log_kind *kinds, *kind; /* all of them, ended by word NULL; the present one */
    struct log_line *lines;
    size_t count;
    const char *older; /* where the next page starts, or NULL */
    bool is_first;
};

#endif
