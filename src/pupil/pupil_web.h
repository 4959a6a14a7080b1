/*
 * pupil_web: the dossier's pages: the time line, the print, who looked, and the reader's own
 * working notes on a page apart.
 */
#ifndef PUPIL_PUPIL_WEB_H
#define PUPIL_PUPIL_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/conversation.h"
#include "observation/observation_web.h"
#include "pupil/emergency_web.h"
#include "sharing/sharing_web.h"
#include "pupil/pupil.h"
#include "pupil/timeline_web.h"
#include "web/route.h"

extern const struct route pupil_routes[];

enum dossier_tab { TAB_TIMELINE, TAB_GOALS, TAB_AGREEMENTS, TAB_PLAN, TAB_LOOKED, TAB_NOTES, TAB_OPP };

/* What stands on top of every page of the dossier. */
struct dossier_head {
    struct pupil_id pupil;
    const char *full, *call, *letters;
    const char *line;       /* "Groep 7 · 10 jaar" */
    const char *group_name;
    struct group_id group;
    const char *symbol; /* the own sign, in art.svg; NULL for who is past twelve */
    int colour;
    bool has_left;
    bool may_read;  /* the dossier: who only supports keeps notes and sees no more */
    bool may_note;  /* not by emergency access: that reads */
    bool may_group; /* the group's page */
    enum dossier_tab tab;
};

struct dossier_view {
    struct dossier_head head;
    struct observation_form_view form;
    struct timeline_view line;
    const char *keep_until; /* NULL while the pupil is here */
    int retention_years;
    struct observation_id removed; /* just taken off: offer to undo */
    const char *printed_by;  /* print view: who and when */
    bool may_write;
    bool may_give; /* the whole dossier, on an access request */
    struct emergency_line *emergencies; /* of the last month */
    size_t emergency_count;
    struct share_note *exceptions; /* safety went first (sharing/sharing.h) */
    size_t exception_count;
};

struct looked_line {
    const char *when, *who, *what;
};

struct looked_view {
    struct dossier_head head;
    struct looked_line *lines;
    size_t count;
    struct emergency_line *emergencies; /* all there were */
    size_t emergency_count;
};

struct note_line {
    int64_t id;
    const char *body, *ends, *ends_iso, *kept;
};

struct notes_view {
    struct dossier_head head;
    const struct form_values *form;
    struct note_line *notes;
    size_t count;
    const char *latest;
};

#endif
