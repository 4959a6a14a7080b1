/*
 * lexicon: which classes a Dutch word belongs to. The lists are in src/language/words, which a
 * teacher can read and correct; wordc makes sorted tables of them. Classes are in "gen/words.h"
 * (LEX_FIN, LEX_YOU …). Knows words one at a time; what stands beside a word is pattern.h.
 *
 * A word is asked for by its key (text.h): lower case, without accents. Constant, shared by
 * threads.
 */
#ifndef LANGUAGE_LEXICON_H
#define LANGUAGE_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of classes. Plain value. wordc knows how many words it has. */
struct lex_set {
    uint64_t bits[3];
};

/* One word of the table: where its text starts, and its set; or, from 0x8000 up, a variant. */
struct lex_row {
    uint32_t text;
    uint16_t set;
};

/* Another spelling: read as one or two words. A second of 0 is none. */
struct lex_variant {
    uint16_t words[2];
};

/* Made by wordc; lexicon.c is their only reader. */
extern const struct lex_row lex_rows[];
extern const size_t lex_row_count;
extern const uint16_t lex_slots[]; /* numbers of words by hash; 0: empty */
extern const uint32_t lex_slot_mask;
extern const struct lex_variant lex_variants[];
extern const struct lex_set lex_sets[];
extern const unsigned char lex_pool[];
extern const char *const lex_class_names[];

/* The number of a word, from 1; 0 when it is not in the lists. A variant has a number too. */
uint16_t lexicon_find(const char *key, size_t len);

/* What a variant stands for: one or two numbers; 0 words when it is no variant. */
size_t lexicon_variant(uint16_t word, uint16_t ret_words[2]);

/* The text and the classes of a number that lexicon_find or lexicon_variant gave. */
const char *lexicon_text(uint16_t word);
struct lex_set lexicon_set(uint16_t word);

/* What the shape of an unknown word makes likely: a participle, an infinitive. May be empty. */
struct lex_set lexicon_guess(const char *key, size_t len);

static inline bool lex_has(struct lex_set set, unsigned class)
{
    return (set.bits[class / 64] >> (class % 64)) & 1;
}

static inline void lex_put(struct lex_set *set, unsigned class)
{
    set->bits[class / 64] |= (uint64_t)1 << (class % 64);
}

#endif
