/*
 * faces: the equal faces of a scale, for whoever draws or names them. Number 1 is the hardest, as
 * in a method's `options`; shown, the row begins at the other end. Never a measurement (UX §7): no
 * colours, no average, "I don't know" beside them.
 */
#ifndef ANSWER_FACES_H
#define ANSWER_FACES_H

#include "answer/kind.h"

#define FACES_UNKNOWN "unknown"
#define FACES_UNKNOWN_LABEL N_("I don't know")
#define FACES_UNKNOWN_PICTURE "f-weetniet"

/* 3 or 5. */
int faces_count(const struct question *question);
/* Of face 1 … count: what is stored, its symbol in art.svg, and its words (the question's, else our
 * own). */
const char *faces_value(const struct question *question, int face, struct arena *arena);
const char *faces_picture(const struct question *question, int face);
const char *faces_label(const struct question *question, int face, const char *lang,
                        const struct tr *t);
/* The face of a stored text, 0 when it is none (or "unknown"). */
int faces_of(const struct question *question, const char *text);

#endif
