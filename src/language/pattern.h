/*
 * pattern: finds frames ("je moet … beter", "als ik jou was") in a sentence of tokens. Frames are
 * lines in src/language/frames, grouped under the cue that they are; wordc makes tables of
 * them. One matcher, no regular expressions; knows nothing of what a cue means.
 *
 * A frame begins with a word or a class, so each token tries only the frames that can start with
 * it. Gaps are at most 8 words and at most 3 in a frame: the time is linear in the text.
 * Words between quotation marks match no word or class, only a gap or `_`.
 */
#ifndef LANGUAGE_PATTERN_H
#define LANGUAGE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "language/lexicon.h"

struct sentence;
struct text;

enum pattern_item_kind {
    ITEM_ONE,        /* a token that is one of the alternatives */
    ITEM_MAYBE,      /* the same, or nothing */
    ITEM_NOT,        /* the next token is none of the alternatives; takes nothing */
    ITEM_ANY,        /* one word or number */
    ITEM_GAP,        /* 0 to count words or numbers */
    ITEM_COMMAGAP,   /* the same, commas allowed */
    ITEM_START,      /* the first word that matters of the sentence */
    ITEM_END,        /* nothing but closing marks follows */
    ITEM_CLAUSE_END, /* that, or a comma, colon, semicolon or dash */
};

struct pattern_item {
    uint16_t first; /* in alts */
    uint8_t count;  /* of alts; of words for a gap */
    uint8_t kind;
};

struct pattern {
    uint16_t first;
    uint8_t count;
    uint8_t cue;
    uint8_t veto; /* 1: takes away hits of the cue that overlap */
    uint8_t need; /* an item that must be somewhere in the sentence; 0: none */
};

/* Which frames a word or class may start: a part of `lists`. */
struct pattern_trigger {
    uint16_t of;
    uint16_t first;
    uint16_t count;  /* frames */
    uint16_t vetoes; /* behind them: frames that take away */
};

/* The frames of one instrument, made by wordc. An alternative is a word's number, 0x8000 | class,
 * 0x4000 | mark, or 0x4000 for any number. */
struct pattern_book {
    const struct pattern *patterns;
    const struct pattern_item *items;
    const uint16_t *alts;
    const uint16_t *lists;
    const struct pattern_trigger *words; /* sorted */
    size_t word_count;
    const struct pattern_trigger *classes; /* by class */
    struct pattern_trigger marks;
    struct lex_set leading; /* the classes that start a frame */
    const char *const *cue_names;
    size_t cue_count;
    size_t pattern_count;
};

#define CUE_HITS_MAX 32

struct cue_hit {
    uint32_t first, last; /* tokens, inclusive */
    uint8_t cue;
};

/* What was found in one sentence. */
struct cue_hits {
    uint64_t set; /* bit per cue */
    struct cue_hit hits[CUE_HITS_MAX];
    size_t count;
};

#define CUE(cue) ((uint64_t)1 << (cue))

/* All frames of the book in one sentence. Past CUE_HITS_MAX hits the rest is not looked for. */
void pattern_match(const struct pattern_book *book, const struct text *text,
                   const struct sentence *sentence, struct cue_hits *ret_hits);

/* The first hit of a cue; NULL when there is none. */
const struct cue_hit *pattern_hit(const struct cue_hits *hits, unsigned cue);

#endif
