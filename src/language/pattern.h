/*
 * pattern: finds frames ("je moet … beter", "als ik jou was") in a sentence of tokens. Frames are
 * lines in src/language/frames, grouped under the cue that they are; wordc makes tables of
 * them. One matcher, no regular expressions; knows nothing of what a cue means.
 *
 * A frame is tried where its rarest part stands, forward and back from there. Gaps are at most 8
 * words and at most 3 in a frame: the time is linear in the text.
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

/* The frames of a word, mark or number (an alternative, below): those from `first` in `lists` up to
 * those of the next. */
struct pattern_trigger {
    uint16_t alt;
    uint16_t first;
};

/*
 * The frames of one instrument, made by wordc (book_tables). A frame in `frames` is its cue (0x80:
 * it takes the cue away where it overlaps it); how many parts stand behind its trigger (four bits)
 * and how many before it; then those behind, and those before it from right to left. A frame is in
 * the list of each word and class that its trigger may be. An alternative is a word's number,
 * 0x8000 | class, 0x4000 | mark, or 0x4000 for any number.
 */
struct pattern_book {
    const uint8_t *frames;
    const uint16_t *alts;
    const uint16_t *set_at; /* in alts */
    const uint8_t *set_count;
    const uint16_t *lists;               /* of places in `frames` */
    const struct pattern_trigger *words; /* sorted, and one behind the last */
    size_t word_count;
    const uint16_t *classes; /* by class, in lists; and one behind the last */
    struct lex_set leading;  /* the classes that trigger a frame */
    const char *const *cue_names;
};

#define CUE_HITS_MAX 32

struct cue_hit {
    uint32_t first, last; /* tokens, inclusive */
    uint8_t cue;
};

/* What was found in one sentence, in the order of the text. */
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
