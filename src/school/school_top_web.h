/*
 * school_top_web: what all pages of the school's structure show on top: the tabs that are the
 * reader's, and small answers that several of them need.
 */
#ifndef SCHOOL_SCHOOL_TOP_WEB_H
#define SCHOOL_SCHOOL_TOP_WEB_H

#include <stdbool.h>

#include "base/date.h"
#include "base/status.h"
#include "group/group.h"
#include "school/school.h"
#include "web/form.h"

struct web;

enum school_tab {
    SCHOOL_TAB_START,
    SCHOOL_TAB_GROUPS,
    SCHOOL_TAB_PUPILS,
    SCHOOL_TAB_STAFF,
    SCHOOL_TAB_YEARS,
    SCHOOL_TAB_METHODS,
    SCHOOL_TAB_COVERAGE,
    SCHOOL_TAB_LOG,
    SCHOOL_TAB_EMERGENCY,
};

struct school_top {
    enum school_tab tab;
    bool may_change;  /* RIGHT_STRUCTURE */
    bool may_people;  /* RIGHT_SCHOOL_PEOPLE: names of pupils */
    bool may_methods; /* RIGHT_METHODS: the school's own kinds of conversation */
    bool may_coverage, may_log;
    bool may_emergency; /* RIGHT_EMERGENCY, and dossiers are closed to the reader */
};

/* Also says to the menu that this page belongs to the school. */
struct school_top school_top(struct web *web, enum school_tab tab);

/* "2026–2027" */
const char *school_year_text(struct arena *arena, int starts_in);

/* "Tuesday 24 November 2026 at 10:05" in short: day and time. */
const char *school_moment(struct web *web, int64_t at_ms);

/* The first day somebody can be in a group of that year: today, or when the year starts. */
struct date school_year_first_day(struct web *web, const struct school_year *year);

/* Groups of a year as options, with their years: "Groep 7 · 7". */
enum status school_group_options(struct web *web, struct school_year_id year,
                                 struct form_option **ret, size_t *ret_count);

/* Year groups that a kind of school has, as numbers of pupil.year_group. */
enum status school_year_group_options(struct web *web, enum school_kind kind,
                                      struct form_option **ret, size_t *ret_count);
/* "group 5", "year 2", "special education", "unknown" */
const char *school_year_group_text(struct web *web, int year_group);

#endif
