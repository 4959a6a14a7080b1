/*
 * form: how a sentence asks. Finds the question in it (verb first, question word, "I wonder …"),
 * counts the questions, and sees whether it offers a choice or carries a "not". Looks at closed
 * classes of words and at the cues of the mirror's frames; knows nothing of labels.
 */
#ifndef LANGUAGE_FORM_H
#define LANGUAGE_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "language/pattern.h"
#include "language/text.h"

enum form_kind {
    FORM_STATEMENT,   /* also an imperative; with a question mark: a statement that asks */
    FORM_VERB_FIRST,  /* "Snap je het?" */
    FORM_WH,          /* "Wat doe je?", "Hoezo?" */
    FORM_INDIRECT_WH, /* "Ik ben benieuwd hoe …" */
    FORM_INDIRECT_IF, /* "Ik vraag me af of …" */
    FORM_INVITE,      /* "Vertel eens.", "Kun je uitleggen …?" */
};

#define FORM_NONE UINT32_MAX

struct form {
    enum form_kind kind;
    uint32_t at;      /* first token of the question */
    uint32_t wh;      /* its question word; FORM_NONE without */
    uint32_t verb;    /* its finite verb; FORM_NONE without */
    size_t questions; /* real ones in this sentence: 0, 1, or more when stacked */
    bool contrast;    /* "… en wat niet?": one question with two sides */
    bool choice;      /* answers to pick from */
    bool or_not;      /* "… of niet?" behind a verb-first question */
    bool negated;     /* a verb-first question with "niet", "geen", "nooit" */
    uint32_t mark;    /* the token that negates or chooses; FORM_NONE without */
};

/* The form of a sentence whose cues (mirror_book) are known. */
void form_read(const struct text *text, const struct sentence *sentence,
               const struct cue_hits *cues, struct form *ret_form);

/* Any token from `from` to before `to` that is of the class; FORM_NONE when there is none. */
uint32_t form_find(const struct text *text, uint32_t from, uint32_t to, unsigned class);

#endif
