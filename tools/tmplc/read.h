/*
 * read: cuts a template file into literals, {{ expressions }} and {% statements %}. Comments are
 * gone after this. Knows the statements' names, not what they may say or where they may stand.
 */
#ifndef TMPLC_READ_H
#define TMPLC_READ_H

#include "code.h"
#include "problem.h"

enum piece_kind { PIECE_END, PIECE_LITERAL, PIECE_EXPRESSION, PIECE_STATEMENT };

enum keyword {
    KEYWORD_UNKNOWN, /* told already */
    KEYWORD_INCLUDE,
    KEYWORD_TEMPLATE,
    KEYWORD_IF,
    KEYWORD_ELSE_IF,
    KEYWORD_ELSE,
    KEYWORD_FOR,
    KEYWORD_SAME,
    KEYWORD_LET,
    KEYWORD_CALL,
    KEYWORD_RUN,
    KEYWORD_END,
};

struct piece {
    enum piece_kind kind;
    enum keyword keyword; /* of a statement */
    struct slice text;    /* the literal; the code, without keyword and white space around it */
    int line;             /* where the text begins */
    bool faulty;          /* told already: the code must not be looked at */
};

struct reader {
    struct problems *problems;
    const char *at, *end;
    int line;
};

/* Tells of bytes that no template may hold (control characters, broken UTF-8). False if any. */
bool read_check(struct problems *problems, struct slice file);

struct piece read_piece(struct reader *reader);

#endif
