/*
 * people: from the tables that OneRoster and SDS have in common (users, roles, classes, enrolments
 * …) to pupils, staff, groups and guardians. Works on what columns mean; which file calls them what
 * is the formats' own business.
 *
 * The order of the calls matters: roles and relations before users, so that of people who are not
 * to be read no value is ever taken over; classes and users before enrolments.
 */
#ifndef ROSTER_PEOPLE_H
#define ROSTER_PEOPLE_H

#include "roster/table.h"

struct people {
    struct roster_build *build;
    bool sds;         /* SDS: any role that is not pupil or guardian is staff; no status */
    bool roles_apart; /* roles stand in a file of their own */
    bool delta_file;  /* the file that is read now holds changes */
    bool status_warned;

    struct list roles;   /* struct role_row, id.key = the user */
    struct list courses; /* struct course_row */
    struct list agents;  /* struct agent_row */
    struct key_index by_role, by_course, by_group, by_pupil, by_staff, by_guardian;
    size_t schools, ended;
    const char *brin;
    struct date best_year_start; /* of the school year chosen so far */
    bool best_year_ahead;
};

/* Before the rows of a file. */
void people_start_file(struct people *p, bool delta);

/* Each takes one row. */
void people_org(struct people *p, const struct table *t);
void people_session(struct people *p, const struct table *t);
void people_course(struct people *p, const struct table *t);
void people_class(struct people *p, const struct table *t);
void people_role(struct people *p, const struct table *t);
void people_relation(struct people *p, const struct table *t);
void people_user(struct people *p, const struct table *t);
void people_enrolment(struct people *p, const struct table *t);
void people_demographic(struct people *p, const struct table *t);

/* Makes what was read so far findable; between two files. */
void people_index(struct people *p);

/* After the last file. */
void people_finish(struct people *p);

#endif
