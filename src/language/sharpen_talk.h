/*
 * sharpen_talk: from a vague remark to a concrete goal, one question at a time (L5). A pure
 * function: the remark and the answers so far go in; what to ask next and the goal as it stands
 * come out. It remembers nothing, so a page can show it anew after every answer, and going back is
 * leaving out an answer. Nothing is a must: a question that is skipped is not asked again, and the
 * goal keeps its "…" there.
 */
#ifndef LANGUAGE_SHARPEN_TALK_H
#define LANGUAGE_SHARPEN_TALK_H

#include "language/sharpen.h"

/* In the order they are asked. */
enum sharpen_step {
    SHARPEN_ASK_ACTION,  /* what the pupil will do: "rekent sommen uit" */
    SHARPEN_ASK_TASK,    /* at which task or operation: "aftreksommen over het tiental" */
    SHARPEN_ASK_EXAMPLE, /* one example: "34 − 19" */
    SHARPEN_ASK_AMOUNT,  /* how much, how long, how well: "8 van de 10 goed" */
    SHARPEN_ASK_WHERE,   /* where, when, with what or whom: "met de getallenlijn" */
    SHARPEN_ASK_WHEN,    /* by when: "voor de kerstvakantie" */
};
#define SHARPEN_STEP_COUNT 6
/* Bytes of one answer. */
#define SHARPEN_ANSWER_MAX ((size_t)512)

struct sharpen_talk {
    const char *remark; /* never NULL */
    const char *pupil;  /* first name for the goal; NULL or blank: "de leerling" */
    const char *answers[SHARPEN_STEP_COUNT]; /* NULL: not asked yet; blank: skipped */
};

struct sharpen_next {
    struct sharpen remark;        /* what the remark itself is */
    bool done;                    /* nothing is left to ask; step and question mean nothing */
    bool concrete;                /* all four parts are there */
    bool has[SHARPEN_FLAG_COUNT]; /* of remark and answers together */
    enum sharpen_step step;
    const char *question; /* for tr() */
    const char *tip;      /* for tr(): the answer to this step was not understood; else NULL */
    const char *goal;     /* Dutch, with "…" where something is missing */
};

/* ERR_LIMIT above SHARPEN_MAX or SHARPEN_ANSWER_MAX, ERR_INVALID when something is not UTF-8,
 * ERR_NOMEM. */
NODISCARD enum status sharpen_talk_next(struct arena *arena, const struct sharpen_talk *talk,
                                        struct sharpen_next *ret_next);

/* "action", "task" … for forms and files. */
const char *sharpen_step_name(enum sharpen_step step);

#endif
