/*
 * guardian_web: the form of one guardian of one pupil: who it is, whether they have authority, and
 * what they may be told. Other guardians' data are never on it.
 */
#ifndef GUARDIAN_GUARDIAN_WEB_H
#define GUARDIAN_GUARDIAN_WEB_H

#include "guardian/guardian.h"
#include "school/school_top_web.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route guardian_routes[];
extern const struct route guardian_tie_routes[]; /* guardian_tie_web.c */

/* By position: enum guardian_information, less one. */
extern const struct choice guardian_informations[];

struct guardian_view {
    struct school_top top;
    struct pupil_id pupil;
    struct guardian_id guardian; /* none: a new one */
    const char *pupil_name;
    const struct form_values *form;
};

/* Somebody who is a guardian already becomes this pupil's too. */
struct guardian_tie_view {
    struct school_top top;
    struct pupil_id pupil;
    const char *pupil_name;
    const struct form_values *form;
    const struct form_option *found; /* whom the name fits */
    size_t found_count;
};

#endif
