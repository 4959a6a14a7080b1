/*
 * match: whether a text has the words that somebody looks for, and a piece of it to show. Without
 * regard to case, accents and apostrophes, as base/str.h sorts: "zoe" finds "Zoë". A word that is
 * looked for is the beginning of a word of the text: "reken" finds "rekenen" and not "verrekend".
 * Pure; refuses to know whose text it is.
 */
#ifndef SEARCH_MATCH_H
#define SEARCH_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;

#define SEARCH_QUERY_MAX 100 /* characters */
#define SEARCH_WORDS_MAX 8   /* what is typed after the eighth word is not looked at */
#define SEARCH_LETTERS_MIN 2 /* of the longest word: one letter finds half of everything */
#define SEARCH_SNIPPET 180   /* characters of a piece, about */

struct search_words {
    const char *word[SEARCH_WORDS_MAX]; /* as base/str.h folds them, no two alike */
    size_t count;
};

/* Takes a query apart. ERR_INVALID when nothing is left, or no word is long enough; ERR_NOMEM. */
NODISCARD enum status search_words_read(struct arena *arena, const char *query,
                                        struct search_words *ret_words);

/* All words found: what search_match() answers then. */
unsigned search_all(const struct search_words *words);

/* Bit i is set when word i begins a word of the text. Reads the text once and copies nothing. */
unsigned search_match(const struct search_words *words, const char *text);

/* A piece of a text around the first word that is found, with what is found in pieces of its own.
 */
struct search_piece {
    const char *text;
    bool is_found;
};
struct search_snippet {
    struct search_piece *pieces;
    size_t count;
};

/* On one line. Where the text goes on before or behind it stands "…". An empty one when memory is
 * out. */
struct search_snippet search_snippet(struct arena *arena, const struct search_words *words,
                                     const char *text);

#endif
