/*
 * sharing_web: choosing with a pupil who may know what: the page, the same as a block of a form, the preview of
 * what a reader sees; and the pupil's own pages about who read and who decided.
 */
#ifndef SHARING_SHARING_WEB_H
#define SHARING_SHARING_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/outcomes_web.h"
#include "sharing/home_web.h"
#include "sharing/sharing.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route sharing_routes[];
extern const struct route looked_routes[];
extern const struct outcome_block sharing_block;

struct share_cell {
    const char *name;           /* of the radios; NULL: nothing to choose */
    enum sharing_choice choice; /* as it is now */
    bool sees;
    const char *why; /* one sentence */
    const char *label; /* "Home: what I told" */
};
struct share_row {
    const char *label, *small, *icon;
    const char *said;         /* of an answer: what it says, "" for other things */

    struct share_cell *cells; /* one per column */
};
struct share_column {
    struct sharing_reader reader;
    const char *name, *small, *icon;
    const char *tone;        /* "home", "school", "teacher": the colour of the voice */
    const char *preview_url; /* NULL: no page of their own */
    const char *paper_url;   /* of a guardian, once the talk is over: the same on one A4; else NULL */
    const char **sees; /* labels of what is open, for the peek */
    size_t sees_count;
};
struct share_note {
    const char *what, *whom, *why, *maker, *when, *told;
    const char *told_url; /* where it is said that the pupil was told; NULL: was told, or not from here */
    const char *url;      /* the page of the conversation that has it; NULL: this one, or a pupil reads */
    int64_t id;
};
struct share_view {
    const char *leader; /* of the conversation; NULL: of none */
    const char *call, *title;
    const char *post_url, *back, *here; /* `here`: where the form leads back to, "" for the page itself */
    bool is_pupil, may_write;
    bool needs_pupil;  /* by age the yes is the pupil's */
    bool any;          /* something was decided */
    struct share_column *columns;
    size_t column_count;
    struct share_row *rows;
    size_t row_count;
    const struct form_values *form; /* why, when, how; NULL in a block */
    const struct form_values *exception_form; /* NULL for a pupil */
    const char *exception_url;
    struct share_note *notes;
    size_t note_count;
    /* the frame for a child */
    const char *symbol;
    int colour;
};

/* Who read about me, and what was decided. */
struct looked_line_self { /* one person on one day */
    const char *who, *what; /* "Tessa Mulder", "read a conversation, wrote an observation" */
    bool wrote;             /* not only read */
};
struct looked_day {
    const char *day;
    struct looked_line_self *lines;
    size_t count;
};
struct decided_line { /* of what was decided at once, for the same readers, in the same way */
    const char *when, *who, *what, *whom, *choice, *icon;
    int kinds[SHARED_KINDS_]; /* how many things of each kind */
};
struct looked_self_view {
    const char *call, *symbol;
    int colour;
    struct looked_day *days; /* newest first */
    size_t day_count;
    struct decided_line *decided;
    size_t decided_count;
    struct share_note *notes;
    size_t note_count;
};

struct web;
/*
 * Where safety went first, of one pupil, newest first, as who reads may see it: for the conversation's own page
 * (`told_url`), the dossier and the pupil's own log (no conversation, NULL).
 */
NODISCARD enum status sharing_notes(struct web *web, struct pupil_id pupil,
                                    struct conversation_id conversation, const char *told_url,
                                    struct share_note **ret, size_t *ret_count);

struct wish_view {
    const char *symbol;
    int colour;
    const char *since; /* NULL: the hand is down */
};

#endif
