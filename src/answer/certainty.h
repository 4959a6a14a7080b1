/*
 * certainty: rows that the pupil marks before anything is checked, and what was found afterwards
 * (D17). Parts of row N: "N.item", "N.mark" (sure, doubt, wrong), "N.right" (yes, no).
 */
#ifndef ANSWER_CERTAINTY_H
#define ANSWER_CERTAINTY_H

#include "answer/kind.h"

#define CERTAINTY_ROWS_MAX 40

struct certainty_word {
    const char *value;
    const char *icon;
    const char *label; /* msgid */
};
/* Ended by a NULL value. */
extern const struct certainty_word certainty_marks[];
extern const struct certainty_word certainty_found[];

struct certainty_row {
    const char *item, *mark, *right; /* "" when not said */
};

/* Row 1 … of a value. */
struct certainty_row certainty_row_of(const struct answer_value *value, int row,
                                      struct arena *arena);
bool certainty_row_empty(struct certainty_row row);
/* What the two together are worth talking about. */
bool certainty_sure_but_wrong(struct certainty_row row);
bool certainty_doubted_but_right(struct certainty_row row);
/* The item, else "row N". */
const char *certainty_name(struct certainty_row row, int number, const struct tr *t,
                           struct arena *arena);
/* Joined with ", ": the rows of which `is` holds. */
const char *certainty_names(const struct question *question, const struct answer_value *value,
                            bool (*is)(struct certainty_row row), const struct tr *t,
                            struct arena *arena);
/* The label of a value, "" when it is none. */
const char *certainty_label(const struct certainty_word *words, const char *value,
                            const struct tr *t);
/* "3.mark" */
const char *certainty_part(int row, const char *what, struct arena *arena);

#endif
