/*
 * code: the C inside {{ }} and {% %}. Reads it as tokens, just enough to find its end with strings,
 * characters and brackets inside, and to refuse what would break out of the place it is copied to:
 * comments, `#`, line continuations, digraphs, unbalanced brackets. Knows nothing of types: gcc
 * does.
 */
#ifndef TMPLC_CODE_H
#define TMPLC_CODE_H

#include "slice.h"

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_NUMBER, TOKEN_STRING, TOKEN_OTHER, TOKEN_FAULT };

struct token {
    enum token_kind kind;
    struct slice text;
    size_t depth;      /* brackets around it; a bracket counts as outside itself */
    const char *fault; /* TOKEN_FAULT: why */
};

#define CODE_DEPTH_MAX 64

/* A plain value; start with {.at = …, .end = …, .line = …}. */
struct code {
    const char *at, *end;
    int line;
    size_t depth;
    char open[CODE_DEPTH_MAX]; /* the brackets that are open */
};

static inline struct code code_of(struct slice text, int line)
{
    return (struct code){.at = text.s, .end = text.s + text.len, .line = line};
}

/* The next token; TOKEN_END at the end; after a TOKEN_FAULT reading on makes no sense. */
struct token code_next(struct code *code);

/* Moves over white space, counting lines. */
void code_skip_space(struct code *code);

#define CODE_ANY_DEPTH ((size_t)-1)

/* How many tokens `text` stand inside `depth` brackets. Signs are tokens of one character. */
size_t code_count(struct slice code, const char *text, size_t depth);

/* The name of a sink that the code calls by hand, or an empty slice. */
struct slice code_sink(struct slice code);

/* Splits `name(args)`: false unless the code is an expression that ends in one bracket pair. */
bool code_call(struct slice code, struct slice *ret_callee, struct slice *ret_args);

/* Splits `expression|filter` at the last bare `|` before a final word; false when there is none. */
bool code_filter(struct slice code, struct slice *ret_expression, struct slice *ret_filter);

/* One C identifier and nothing else. */
bool code_is_name(struct slice code);

#endif
