/*
 * method_edit_web: the school's own kinds of conversation: which there are, taking one over,
 * and a draft as a whole: order, publishing, throwing away. Reading in a file is in method_take_web,
 * forms of its parts are in method_parts_web. Every change is kept at once, in the draft; nobody plans with that.
 */
#ifndef METHOD_METHOD_EDIT_WEB_H
#define METHOD_METHOD_EDIT_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "answer/kind.h"
#include "method/method_web.h"
#include "method/own.h"
#include "school/school_top_web.h"
#include "web/form.h"
#include "web/route.h"

struct arena;
struct question_links;
struct web;

#define METHOD_DESK "/school/gespreksvormen"
#define METHOD_MARK_MAX 16 /* of method_draft.mark */

struct desk_line {
    const struct method_line *line;
    const char *title, *when; /* "kept today at 10.05" */
};

struct method_desk_view {
    struct school_top top;
    struct desk_line *own;
    size_t own_count;
    struct method_card *shipped;
    size_t shipped_count;
    const struct form_values *upload;
    const struct form_values *fresh; /* to make one from nothing */
    const char **refusals; /* "line 3: …", of the file that was not taken */
    size_t refusal_count;
};

/* The desk: forms as they were sent (NULL: empty), and what is wrong with a file that came (NULL: none). */
enum status method_desk_show(struct web *web, const struct form_values *upload,
                             const struct form_values *fresh, const struct method_refusal *refusal);

/* To the page of a draft that was made, when `st` is OK. */
enum status method_to_draft(struct web *web, enum status st, struct method_version_id id);

/* A field of a form in words. */
struct draft_value {
    const char *label, *text;
};

/* What every page of one draft shows. */
struct draft_view {
    struct school_top top;
    const struct method_draft *draft;
    const struct method *method;
    const char *title;
    const char *const *prepares;
    const struct form_values *form; /* of the part that is being changed */
    const char *who;                /* whose preparation */
    const struct phase *phase;
    const struct question *question; /* as typed: what the preview shows */
    const struct answer_kind *kind;  /* how it is answered; NULL: the page says it in words */
    struct answer_view answer;       /* an empty answer, to try */
    const struct question_links *links; /* to other questions */
    const struct draft_value *values; /* what stands now and differs; or what was typed and has no place */
    size_t value_count;
};

/* The draft of the address, and a view of it. ERR_NOT_FOUND when it is none of this school's. */
enum status draft_view_make(struct web *web, struct draft_view **ret_view);

/*
 * Keeps a changed draft. OK; ERR_CONFLICT when somebody else kept something since `mark`;
 * ERR_INVALID with the first thing that is wrong at field `field` of web->form.
 */
enum status draft_keep(struct web *web, const struct draft_view *view, const char *mark,
                       const struct method *method, const char *field);

/* msgids: somebody else was first; another question depends on it. */
extern const char draft_conflict[], draft_depends[];

/* The page of the whole draft with a line on top about what could not be done. */
enum status draft_show_problem(struct web *web, const char *message);

/* Words of the program in Dutch and English, to begin with. */
struct method_text draft_words(struct web *web, const char *msgid);

/* Who may prepare. */
extern const struct choice method_who_choices[];

/* The field of a cue in the form of a phase: "c-oen". */
const char *method_cue_field(struct arena *arena, const char *name);

extern const struct route method_edit_routes[];

#endif
