#include "code.h"

/* What generated code alone may call: by hand they would skip the choice by position. */
static const char *const sinks[] = {
    "html_literal", "html_text",     "html_attr", "html_url",  "html_url_part",
    "html_int",     "html_uint",     "html_id",   "HTML_TEXT", "HTML_ATTR",
    "HTML_URL",     "HTML_URL_PART", "HTML_ID",   "html_same", "html_same_goes",
};

static bool is_word(char c)
{
    return is_letter(c) || is_digit(c) || c == '_';
}

void code_skip_space(struct code *code)
{
    while (code->at < code->end && is_space(*code->at)) {
        if (*code->at == '\n')
            code->line++;
        code->at++;
    }
}

static struct token take(struct code *code, enum token_kind kind, size_t len)
{
    struct token token = {.kind = kind, .text = {code->at, len}, .depth = code->depth};
    code->at += len;
    return token;
}

static struct token fault(struct code *code, const char *why)
{
    struct token token = take(code, TOKEN_FAULT, 1);
    token.fault = why;
    return token;
}

static struct token word(struct code *code)
{
    size_t len = 1;
    while (code->at + len < code->end && is_word(code->at[len]))
        len++;
    return take(code, TOKEN_WORD, len);
}

/* A preprocessing number: looser than C, as the preprocessor reads it. */
static struct token number(struct code *code)
{
    size_t len = 1;
    while (code->at + len < code->end) {
        char c = code->at[len], before = code->at[len - 1];
        bool exponent = (c == '+' || c == '-') &&
                        (before == 'e' || before == 'E' || before == 'p' || before == 'P');
        if (!is_word(c) && c != '.' && !exponent)
            break;
        len++;
    }
    return take(code, TOKEN_NUMBER, len);
}

static struct token string(struct code *code)
{
    char quote = *code->at;
    for (const char *c = code->at + 1; c < code->end && *c != '\n'; c++) {
        if (*c == quote)
            return take(code, TOKEN_STRING, (size_t)(c + 1 - code->at));
        if (*c == '\\' && c + 1 < code->end && c[1] != '\n')
            c++;
    }
    return fault(code, quote == '"' ? "a string that does not end on its line"
                                    : "a character constant that does not end on its line");
}

static struct token bracket(struct code *code)
{
    char c = *code->at;
    if (c == '(' || c == '[' || c == '{') {
        if (code->depth == CODE_DEPTH_MAX)
            return fault(code, "too many brackets inside each other");
        struct token token = take(code, TOKEN_OTHER, 1);
        code->open[code->depth++] = c;
        return token;
    }
    const char *opener = c == ')' ? "(" : c == ']' ? "[" : "{";
    if (code->depth == 0 || code->open[code->depth - 1] != *opener)
        return fault(code, c == ')'   ? "a ')' without its '('"
                           : c == ']' ? "a ']' without its '['"
                                      : "a '}' without its '{'");
    code->depth--;
    return take(code, TOKEN_OTHER, 1);
}

/* Two characters that mean something else in C than they seem to. */
static const char *trap(const struct code *code)
{
    static const struct {
        char pair[3];
        const char *why;
    } traps[] = {
        {"//", "a C comment in a template: use {# … #}"},
        {"/*", "a C comment in a template: use {# … #}"},
        {"<%", "a digraph: write the bracket itself"},
        {"%>", "a digraph: write the bracket itself"},
        {"<:", "a digraph: write the bracket itself"},
        {":>", "a digraph: write the bracket itself"},
        {"%:", "a digraph: write the sign itself"},
    };
    for (size_t i = 0; i < ARRAY_LEN(traps) && code->end - code->at >= 2; i++) {
        if (memcmp(code->at, traps[i].pair, 2) == 0)
            return traps[i].why;
    }
    return NULL;
}

struct token code_next(struct code *code)
{
    code_skip_space(code);
    if (code->at == code->end)
        return (struct token){.kind = TOKEN_END, .text = {code->at, 0}, .depth = code->depth};
    char c = *code->at;
    if (is_letter(c) || c == '_')
        return word(code);
    if (is_digit(c))
        return number(code);
    if (c == '"' || c == '\'')
        return string(code);
    if (strchr("()[]{}", c))
        return bracket(code);
    const char *why = trap(code);
    if (why)
        return fault(code, why);
    if (strchr("+-*/%&|^~!<>=?:.,;", c))
        return take(code, TOKEN_OTHER, 1);
    return fault(code, "a character that C code in a template cannot hold");
}

size_t code_count(struct slice text, const char *wanted, size_t depth)
{
    struct code code = code_of(text, 0);
    struct token t;
    size_t count = 0;
    while ((t = code_next(&code)).kind != TOKEN_END && t.kind != TOKEN_FAULT)
        count += (depth == CODE_ANY_DEPTH || t.depth == depth) && slice_is(t.text, wanted);
    return count;
}

struct slice code_sink(struct slice text)
{
    struct code code = code_of(text, 0);
    struct token t;
    while ((t = code_next(&code)).kind != TOKEN_END && t.kind != TOKEN_FAULT) {
        for (size_t i = 0; i < ARRAY_LEN(sinks); i++) {
            if (slice_is(t.text, sinks[i]))
                return t.text;
        }
    }
    return (struct slice){text.s, 0};
}

bool code_call(struct slice text, struct slice *ret_callee, struct slice *ret_args)
{
    struct code code = code_of(text, 0);
    const char *opened = NULL, *closed = NULL, *last = NULL;
    struct token t;
    while ((t = code_next(&code)).kind != TOKEN_END && t.kind != TOKEN_FAULT) {
        if (t.depth == 0 && slice_is(t.text, "("))
            opened = t.text.s;
        last = t.text.s;
    }
    if (last && *last == ')')
        closed = last;
    if (!opened || !closed)
        return false;
    struct slice callee = slice_trim((struct slice){text.s, (size_t)(opened - text.s)});
    if (callee.len == 0)
        return false;
    *ret_callee = callee;
    *ret_args = slice_trim((struct slice){opened + 1, (size_t)(closed - opened - 1)});
    return true;
}

bool code_filter(struct slice text, struct slice *ret_expression, struct slice *ret_filter)
{
    struct code code = code_of(text, 0);
    struct token before = {0}, bar = {0}, last = {0}, t;
    while ((t = code_next(&code)).kind != TOKEN_END && t.kind != TOKEN_FAULT) {
        before = bar;
        bar = last;
        last = t;
    }
    bool is_or = before.kind == TOKEN_OTHER && slice_is(before.text, "|");
    if (last.kind != TOKEN_WORD || last.depth || bar.kind != TOKEN_OTHER ||
        !slice_is(bar.text, "|") || is_or)
        return false;
    *ret_expression = slice_trim((struct slice){text.s, (size_t)(bar.text.s - text.s)});
    *ret_filter = last.text;
    return true;
}

bool code_is_name(struct slice text)
{
    if (text.len == 0 || is_digit(text.s[0]))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_word(text.s[i]))
            return false;
    }
    return true;
}
