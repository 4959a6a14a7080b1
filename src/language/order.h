/*
 * order: Dutch word order and inflection, as far as rewrites need them: a main clause with its verb
 * in front to a clause with its verb at the end ("ruim je niet op" -> "je niet opruimt"), and back
 * ("wat je deed" -> "wat deed je"), and "op te letten". Copies words of the turn; leaves out those
 * that only colour ("nou", "toch", "weer"). Knows nothing of labels.
 */
#ifndef LANGUAGE_ORDER_H
#define LANGUAGE_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "language/text.h"

struct buf;

/* Words `from` to before `to` as they were written, without colouring words and marks, a space
 * between; a capital that only opened the sentence is made small. */
void order_copy(struct buf *to_buf, const struct text *text, uint32_t from, uint32_t to);

/* True when the words can fill a slot as they are: 1 to 8 of them, no "niet", no comparison, no
 * question word, nothing quoted, no mark between. */
bool order_is_topic(const struct text *text, uint32_t from, uint32_t to);

/* True when they are one pronoun: het, dat, die, dit, er. */
bool order_is_pronoun(const struct text *text, uint32_t from, uint32_t to);

/*
 * The clause of a verb-first question with its verb at the end, behind "dat": tokens `verb` (the
 * finite verb) to before `to`, the subject right behind it. False when it cannot be done safely.
 */
bool order_verb_last(struct buf *to_buf, const struct text *text, uint32_t verb, uint32_t to);

/* The other way: tokens behind the question word `wh` to before `to`: "je toen deed" becomes "deed
 * je toen". False when it cannot be done safely. */
bool order_verb_first(struct buf *to_buf, const struct text *text, uint32_t wh, uint32_t to);

/* "beter opletten" -> "beter op te letten". False when the last word is no infinitive. */
bool order_to_infinitive(struct buf *to_buf, const struct text *text, uint32_t from, uint32_t to);

#endif
