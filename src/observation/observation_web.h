/*
 * observation_web: noting from the group page or the dossier, and the page of one observation
 * with its versions.
 */
#ifndef OBSERVATION_OBSERVATION_WEB_H
#define OBSERVATION_OBSERVATION_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "observation/observation.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route observation_routes[];

/* The form, filled; version 0 for a new one. Used by the pages of this subject and of the dossier.
 */
struct observation_form_view {
    const struct form_values *form;
    struct pupil_id pupil;
    struct observation_id id;
    const char *autosave_url;
    const char *back; /* "group", "dossier" */
};

struct version_line {
    int version;
    bool is_strength;
    const char *when, *body;
};

struct observation_view {
    struct pupil_id pupil;
    const char *pupil_name;
    const struct observation *observation;
    const char *seen_on, *kept_at;
    bool is_own;
    struct observation_form_view form;
    const char *theirs; /* the standing text when another version was kept meanwhile, else NULL */
    struct version_line *versions;
    size_t version_count;
    bool may_open_dossier;
};

/* An empty form for a new observation of this pupil, with a fresh id. ERR_NOMEM. */
enum status observation_new_form(struct web *web, struct pupil_id pupil, const char *back,
                                 struct observation_form_view *ret_view);

#endif
