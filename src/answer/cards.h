/*
 * cards: theme cards that were picked and laid out in an order (K11). The part of a card is its
 * place, "1" for the first; a card that was left has none.
 */
#ifndef ANSWER_CARDS_H
#define ANSWER_CARDS_H

#include "answer/kind.h"

/* The picked cards, first place first. None when the arena is full. */
struct cards_row {
    const struct question_option *const *card;
    size_t count;
};
struct cards_row cards_in_order(const struct question *question, const struct answer_value *value,
                                struct arena *arena);

#endif
