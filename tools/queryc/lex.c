#include <string.h>

#include "base/arena.h"
#include "queryc/queryc.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool starts_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool in_word(char c)
{
    return starts_word(c) || is_digit(c);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

bool lex_is_head(const char *at)
{
    if (at[0] != '-' || at[1] != '-')
        return false;
    at += 2;
    while (*at == ' ' || *at == '\t')
        at++;
    if (!starts_word(*at))
        return false;
    while (in_word(*at))
        at++;
    return *at == '(';
}

static bool first_on_its_line(const struct lexer *lexer)
{
    const char *at = lexer->at;
    while (at > lexer->start && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at == lexer->start || at[-1] == '\n';
}

/* Passes a block comment. They nest in one engine and not in the other, so here they may not. */
static bool skip_block(struct lexer *lexer)
{
    int line = lexer->line;
    for (lexer->at += 2; *lexer->at; lexer->at++) {
        if (lexer->at[0] == '*' && lexer->at[1] == '/') {
            lexer->at += 2;
            return true;
        }
        if (lexer->at[0] == '/' && lexer->at[1] == '*')
            break;
        if (*lexer->at == '\n')
            lexer->line++;
    }
    report_add(lexer->report, line, "this comment has no end, or another comment in it");
    return false;
}

/* Moves to what is neither blank nor comment. *ret_end: the next statement's head was reached. */
static bool skip_blank(struct lexer *lexer, bool *ret_end)
{
    *ret_end = false;
    for (;;) {
        if (is_space(*lexer->at)) {
            if (*lexer->at++ == '\n')
                lexer->line++;
        } else if (lexer->at[0] == '-' && lexer->at[1] == '-') {
            if (first_on_its_line(lexer) && lex_is_head(lexer->at)) {
                *ret_end = true;
                return true;
            }
            lexer->at += strcspn(lexer->at, "\n");
        } else if (lexer->at[0] == '/' && lexer->at[1] == '*') {
            if (!skip_block(lexer))
                return false;
        } else {
            return true;
        }
    }
}

static bool read_string(struct lexer *lexer, struct token *token)
{
    const char *at = lexer->at + 1;
    for (; *at && *at != '\n'; at++) {
        if (*at != '\'')
            continue;
        if (at[1] != '\'') {
            token->kind = TOK_STRING;
            token->len = (size_t)(at + 1 - lexer->at);
            return true;
        }
        at++;
    }
    report_add(lexer->report, lexer->line, "this text has no closing quote on its line");
    return false;
}

/* Operators of more than one character, longest first. */
static const char *const long_ops[] = {"->>", "||", "<=", ">=", "<>", "!=", "==", "->", "<<", ">>"};

static bool read_op(struct lexer *lexer, struct token *token)
{
    const char *at = lexer->at;
    token->kind = TOK_OP;
    for (size_t i = 0; i < ARRAY_LEN(long_ops); i++) {
        token->len = strlen(long_ops[i]);
        if (strncmp(at, long_ops[i], token->len) == 0)
            return true;
    }
    token->len = 1;
    if (strchr("(),.;=<>+-*/%&|~", *at))
        return true;
    if (*at == '"' || *at == '`' || *at == '[')
        report_add(lexer->report, lexer->line, "names are not quoted here: choose another name");
    else if (*at == '?' || *at == '$' || *at == '@')
        report_add(lexer->report, lexer->line, "write parameters as :name");
    else if (*at == ':')
        report_add(lexer->report, lexer->line,
                   "':' without a name: casts are written CAST(… AS …)");
    else
        report_add(lexer->report, lexer->line, "this character has no place in SQL");
    return false;
}

static bool read_token(struct lexer *lexer, struct token *token)
{
    const char *at = lexer->at;
    if (starts_word(*at) || (*at == ':' && starts_word(at[1]))) {
        token->kind = *at == ':' ? TOK_PARAM : TOK_WORD;
        token->len = 1;
        while (in_word(at[token->len]))
            token->len++;
        return true;
    }
    if (is_digit(*at)) {
        token->kind = TOK_NUMBER;
        while (in_word(at[token->len]) || at[token->len] == '.')
            token->len++;
        return true;
    }
    return *at == '\'' ? read_string(lexer, token) : read_op(lexer, token);
}

static const char *token_text(struct arena *arena, const struct token *token)
{
    if (token->kind == TOK_PARAM)
        return arena_strndup(arena, token->at + 1, token->len - 1);
    char *text = arena_strndup(arena, token->at, token->len);
    if (token->kind == TOK_WORD)
        for (char *c = text; *c; c++)
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c - 'A' + 'a');
    return text;
}

bool lex_next(struct lexer *lexer, struct token *ret_token)
{
    bool end;
    if (!skip_blank(lexer, &end))
        return false;
    struct token token = {.kind = TOK_END, .text = "", .at = lexer->at, .line = lexer->line};
    if (!end && *lexer->at) {
        if (!read_token(lexer, &token))
            return false;
        token.text = token_text(lexer->arena, &token);
        lexer->at += token.len;
    }
    *ret_token = token;
    return true;
}
