/*
 * shape: how a sentence asks. Finds the question in it (verb first, question word, "I wonder …"),
 * counts the questions, and sees whether it offers a choice or carries a "not". Looks at closed
 * classes of words and at the cues of the mirror's frames; knows nothing of labels.
 */
#ifndef LANGUAGE_SHAPE_H
#define LANGUAGE_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "language/pattern.h"
#include "language/text.h"

enum shape_kind {
    SHAPE_STATEMENT,   /* also an imperative; with a question mark: a statement that asks */
    SHAPE_VERB_FIRST,  /* "Snap je het?" */
    SHAPE_WH,          /* "Wat doe je?", "Hoezo?" */
    SHAPE_INDIRECT_WH, /* "Ik ben benieuwd hoe …" */
    SHAPE_INDIRECT_IF, /* "Ik vraag me af of …" */
    SHAPE_INVITE,      /* "Vertel eens.", "Kun je uitleggen …?" */
};

#define SHAPE_NONE UINT32_MAX

struct shape {
    enum shape_kind kind;
    uint32_t at;      /* first token of the question */
    uint32_t wh;      /* its question word; SHAPE_NONE without */
    uint32_t verb;    /* its finite verb; SHAPE_NONE without */
    size_t questions; /* real ones in this sentence: 0, 1, or more when stacked */
    bool contrast;    /* "… en wat niet?": one question with two sides */
    bool choice;      /* answers to pick from */
    bool either;      /* the other answer is a clause of its own: "… of doe je het zelf?" */
    bool or_not;      /* "… of niet?" behind a verb-first question */
    bool negated;     /* a verb-first question with "niet", "geen", "nooit" */
    uint32_t next;    /* where a second question begins; SHAPE_NONE without */
    uint32_t mark;    /* the token that negates or chooses; SHAPE_NONE without */
};

/* The form of a sentence whose cues (mirror_book) are known. */
void shape_read(const struct text *text, const struct sentence *sentence,
                const struct cue_hits *cues, struct shape *ret_shape);

/* Any token from `from` to before `to` that is of the class; SHAPE_NONE when there is none. */
uint32_t shape_find(const struct text *text, uint32_t from, uint32_t to, unsigned class);

#endif
