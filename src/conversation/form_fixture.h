/*
 * form_fixture: an answer to every question of a method, in every voice that is asked, as the kind itself takes it: for
 * tests of whole forms and for bench/paper.c.
 */
#ifndef CONVERSATION_FORM_FIXTURE_H
#define CONVERSATION_FORM_FIXTURE_H

#include "answer/answer.h"

struct arena;

/* What stands in answers that are words. */
#define FORM_FIXTURE_WORDS "Zo zei ik het"

/*
 * Of the conversation and of its preparations. NULL when a question takes none of the values tried; *ret_missing
 * is its id then. Questions that are answered by things (goals …) have none.
 */
struct answer *form_fixture_answers(struct arena *arena, const struct method *method,
                                    size_t *ret_count, const char **ret_missing);

#endif
