/*
 * score: how well an instrument labels sentences that people labelled before. Reads a table of
 * tab-separated columns with a header line ("id", "text", "label", "also" …), counts, and prints
 * accuracy, macro-F1, precision, recall and F1 per class, and who was taken for whom.
 * Knows labels only as a list of words; used by every instrument of this folder.
 */
#ifndef LANGUAGE_SCORE_H
#define LANGUAGE_SCORE_H

#include <stddef.h>
#include <stdio.h>

#include "base/status.h"

struct arena;

#define SCORE_LABELS_MAX 16

/* Cells in the arena, by row and column; a short row has "" where cells are missing. */
struct score_table {
    const char *const *names; /* of the columns */
    size_t column_count;
    const char *const *cells;
    size_t row_count;
};

/* ERR_INVALID without a header line, ERR_NOMEM. `text` is copied. */
NODISCARD enum status score_table_read(struct arena *arena, const char *text, size_t len,
                                       struct score_table *ret_table);

/* The number of a column; ERR_NOT_FOUND when the table has none of that name. */
NODISCARD enum status score_column(const struct score_table *table, const char *name,
                                   size_t *ret_column);

const char *score_cell(const struct score_table *table, size_t row, size_t column);

/* Counts of one run. Made zero by score_init. */
struct score {
    const char *const *labels;
    size_t label_count;
    size_t rows, right, lenient;
    size_t unknown; /* rows whose label is in no list; not counted */
    size_t taken[SCORE_LABELS_MAX][SCORE_LABELS_MAX]; /* [true][said] */
};

void score_init(struct score *score, const char *const *labels, size_t label_count);

/* One row: what people said, what else they allow ("a,b" or "-"), and what the instrument said. */
void score_add(struct score *score, const char *label, const char *also, size_t said);

/* Of one class, or over all; 0 where there is nothing to divide by. */
double score_precision(const struct score *score, size_t label);
double score_recall(const struct score *score, size_t label);
double score_f1(const struct score *score, size_t label);
double score_accuracy(const struct score *score);
double score_macro_f1(const struct score *score); /* over the classes that occur */

void score_print(const struct score *score, FILE *to);

#endif
