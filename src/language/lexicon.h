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

/* Another spelling: read as one or two words, by number. A second number of 0 is none. */
struct lex_variant {
    uint16_t words[2];
};

#define LEX_BLOCK 16
#define LEX_KEY_MAX 40 /* bytes */

/*
 * Made by wordc; lexicon.c is their only reader. The keys are sorted, in blocks: each keeps what it
 * does not share with the one before it (wordc, front_code). A word's kind is where its classes
 * stand in lex_sets, a count and then their numbers; or, from 0x8000 up, a variant.
 */
extern const size_t lex_word_count;
extern const uint16_t lex_kinds[];
extern const struct lex_variant lex_variants[];
extern const uint8_t lex_sets[];
extern const uint8_t lex_pool[];
extern const uint32_t lex_blocks[];
extern const char *const lex_class_names[];
extern const struct lex_set lex_carried; /* the classes that all forms of a verb have: ~lopen */

/* The number of a word, from 1; 0 when it is not in the lists. A variant has a number too.
 * O(log n) of the words. */
uint16_t lexicon_find(const char *key, size_t len);

/* What a variant stands for: one or two words; NULL when it is no variant. */
const struct lex_variant *lexicon_variant(uint16_t word);

/* The key of a number that lexicon_find or lexicon_variant gave, with a NUL; its length. */
size_t lexicon_key(uint16_t word, char ret_key[LEX_KEY_MAX + 1]);

/* The classes of such a number. */
struct lex_set lexicon_set(uint16_t word);

/* What the shape of an unknown word makes likely: a participle, an infinitive. May be empty. */
struct lex_set lexicon_guess(const char *key, size_t len);

static inline bool lex_has(struct lex_set set, unsigned class)
{
    return (set.bits[class / 64] >> (class % 64)) & 1;
}

static inline bool lex_any(struct lex_set set)
{
    return (set.bits[0] | set.bits[1] | set.bits[2]) != 0;
}

static inline void lex_put(struct lex_set *set, unsigned class)
{
    set->bits[class / 64] |= (uint64_t)1 << (class % 64);
}

#endif
