/*
 * text: what somebody typed or said, as sentences of tokens. Normalises (quotes, spaces, runs of
 * marks, accents, spellings in words/variants.txt), keeps for every token where it stands in the
 * original, and takes away what says nothing: speaker and time in front of a line, the name of who
 * is spoken to. Knows words (lexicon.h), not meaning.
 *
 * One pass over the bytes and a few over the tokens, all linear. Everything lives in the arena.
 */
#ifndef LANGUAGE_TEXT_H
#define LANGUAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "language/lexicon.h"

struct arena;

#define TEXT_MAX ((size_t)64 * 1024)

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_MARK };

enum token_flag {
    TOKEN_CAPITAL = 1,  /* begins with a capital */
    TOKEN_QUOTED = 2,   /* between quotation marks, within a turn that is more than the quotation */
    TOKEN_SPACED = 4,   /* white space before it */
    TOKEN_NEWLINE = 8,  /* a line break before it */
    TOKEN_UPPER = 16,   /* more than one letter, all capitals: an abbreviation */
    TOKEN_DERIVED = 32, /* in no list; its classes are those of its parts */
    TOKEN_FORM = 64,    /* a form of a verb that is in the lists; it has no number of its own */
};

/*
 * `key` is lower case without accents ("één" alone keeps them: it counts), NUL-terminated. A mark
 * is one of . ? ! , ; : " - ( ) + = % / * and '~' for an ellipsis, 'o' for any other.
 */
struct token {
    const char *key;
    struct lex_set set;
    uint32_t at, len; /* bytes in the original */
    uint16_t word;    /* lexicon number; 0: not in the lists */
    uint16_t key_len;
    uint8_t kind;
    uint8_t flags;
    char mark;
};

/* Tokens first … end-1, closing marks included. */
struct sentence {
    uint32_t first, end;
    uint32_t start; /* the first token behind "oké, maar nou …"; == end only when empty */
    char mark;      /* how it closes: ? ! . ~ or 0 */
    bool pupil;     /* a line of the pupil in a transcript: not judged */
};

struct text {
    const char *source;
    size_t len;
    struct token *tokens;
    size_t count;
    struct sentence *sentences;
    size_t sentence_count;
};

/*
 * Reads `len` bytes. ERR_LIMIT above TEXT_MAX, ERR_INVALID when it is not UTF-8 or has a NUL,
 * ERR_NOMEM. `source` must live as long as the result. An empty text has no sentences.
 */
NODISCARD enum status text_read(struct arena *arena, const char *source, size_t len,
                                struct text *ret_text);

static inline bool token_is(const struct token *token, unsigned class)
{
    return !(token->flags & TOKEN_QUOTED) && lex_has(token->set, class);
}

/* In the lists, itself or as a form of a verb. */
static inline bool token_known(const struct token *token)
{
    return token->word || token->flags & TOKEN_FORM;
}

static inline bool token_is_mark(const struct token *token, char mark)
{
    return token->kind == TOKEN_MARK && token->mark == mark;
}

/* The key is this word. For single words in code; frames are for the rest. */
bool token_reads(const struct token *token, const char *key);

#endif
