#include "read.h"

#include "base/utf8.h"

static const struct {
    const char *name;
    enum keyword keyword;
} keywords[] = {
    {"include", KEYWORD_INCLUDE}, {"template", KEYWORD_TEMPLATE}, {"if", KEYWORD_IF},
    {"else", KEYWORD_ELSE},       {"for", KEYWORD_FOR},           {"let", KEYWORD_LET},
    {"call", KEYWORD_CALL},       {"run", KEYWORD_RUN},           {"end", KEYWORD_END},
    {"same", KEYWORD_SAME},
};

static bool line_is_clean(struct problems *problems, struct slice line, int number)
{
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.s[i];
        if (c == '\r') {
            problem(problems, number, "a carriage return: save the file with Unix line ends");
            return false;
        }
        if ((c < ' ' && c != '\t') || c == 0x7f) {
            problem(problems, number, "a control character (0x%02x)", c);
            return false;
        }
    }
    if (!utf8_valid(line.s, line.len)) {
        problem(problems, number, "this is not UTF-8");
        return false;
    }
    return true;
}

bool read_check(struct problems *problems, struct slice file)
{
    bool clean = true;
    int number = 1;
    const char *end = file.s + file.len;
    for (const char *at = file.s; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct slice line = {at, (size_t)((stop ? stop : end) - at)};
        clean = line_is_clean(problems, line, number) && clean;
        at += line.len + 1;
    }
    return clean;
}

static bool at_pair(const struct reader *reader, const char *at, const char *pair)
{
    return reader->end - at >= 2 && memcmp(at, pair, 2) == 0;
}

static void move_to(struct reader *reader, const char *to)
{
    for (; reader->at < to; reader->at++) {
        if (*reader->at == '\n')
            reader->line++;
    }
}

/* The first place from `at` on where one of the pairs stands, or the end. */
static const char *find_pair(const struct reader *reader, const char *at, const char *const pairs[],
                             size_t count)
{
    for (; at < reader->end; at++) {
        for (size_t i = 0; i < count; i++) {
            if (at_pair(reader, at, pairs[i]))
                return at;
        }
    }
    return reader->end;
}

static void skip_comment(struct reader *reader)
{
    static const char *const close[] = {"#}"};
    int line = reader->line;
    const char *stop = find_pair(reader, reader->at + 2, close, ARRAY_LEN(close));
    if (stop == reader->end)
        problem(reader->problems, line, "this {# has no #}");
    move_to(reader, stop == reader->end ? stop : stop + 2);
}

static struct piece literal(struct reader *reader)
{
    static const char *const opens[] = {"{{", "{%", "{#"};
    static const char *const closes[] = {"}}", "%}", "#}"};

    struct piece piece = {.kind = PIECE_LITERAL, .line = reader->line};
    const char *stop = find_pair(reader, reader->at, opens, ARRAY_LEN(opens));
    piece.text = (struct slice){reader->at, (size_t)(stop - reader->at)};
    struct reader inside = {reader->problems, reader->at, stop, reader->line};
    for (;;) {
        const char *stray = find_pair(&inside, inside.at, closes, ARRAY_LEN(closes));
        move_to(&inside, stray);
        if (stray == stop)
            break;
        problem(reader->problems, inside.line, "%.2s closes nothing", stray);
        move_to(&inside, stray + 2);
    }
    move_to(reader, stop);
    return piece;
}

/* After broken code: on behind the next closer, unless something new opens before it. */
static void recover(struct reader *reader, const char *closer)
{
    const char *const marks[] = {closer, "{{", "{%", "{#"};
    const char *stop = find_pair(reader, reader->at, marks, ARRAY_LEN(marks));
    move_to(reader, at_pair(reader, stop, closer) ? stop + 2 : stop);
}

/* The code from here to `closer`, which is passed. */
static struct slice code_until(struct reader *reader, const char *closer, bool *ret_faulty)
{
    const char *opener = closer[0] == '%' ? "{%" : "{{";
    int line = reader->line;
    struct code code = {.at = reader->at, .end = reader->end, .line = reader->line};
    for (;;) {
        code_skip_space(&code);
        if (code.depth == 0 && at_pair(reader, code.at, closer)) {
            struct slice text = {reader->at, (size_t)(code.at - reader->at)};
            move_to(reader, code.at + 2);
            *ret_faulty = false;
            return slice_trim(text);
        }
        struct token token = code_next(&code);
        if (token.kind == TOKEN_FAULT)
            problem(reader->problems, code.line, "%s", token.fault);
        if (token.kind == TOKEN_END)
            problem(reader->problems, line, "this %s has no %s", opener, closer);
        if (token.kind == TOKEN_FAULT || token.kind == TOKEN_END) {
            move_to(reader, token.kind == TOKEN_END ? reader->at : token.text.s);
            recover(reader, closer);
            *ret_faulty = true;
            return (struct slice){"", 0};
        }
    }
}

/* Takes the first word off the code; moves the line when that passes one. */
static struct slice take_word(struct piece *piece)
{
    struct code code = code_of(piece->text, piece->line);
    struct token token = code_next(&code);
    if (token.kind != TOKEN_WORD)
        return (struct slice){"", 0};
    code_skip_space(&code);
    piece->text = (struct slice){code.at, (size_t)(code.end - code.at)};
    piece->line = code.line;
    return token.text;
}

static void read_keyword(struct reader *reader, struct piece *piece)
{
    int line = piece->line;
    struct slice word = take_word(piece);
    for (size_t i = 0; i < ARRAY_LEN(keywords); i++) {
        if (slice_is(word, keywords[i].name))
            piece->keyword = keywords[i].keyword;
    }
    if (piece->keyword == KEYWORD_UNKNOWN && !piece->faulty)
        problem(reader->problems, line, "\"%.*s\" is not a statement", SLICE(word));
    if (piece->keyword != KEYWORD_ELSE)
        return;
    struct piece rest = *piece;
    if (slice_is(take_word(&rest), "if")) {
        *piece = rest;
        piece->keyword = KEYWORD_ELSE_IF;
    }
}

static struct piece expression(struct reader *reader)
{
    struct piece piece = {.kind = PIECE_EXPRESSION};
    move_to(reader, reader->at + 2);
    struct code code = {.at = reader->at, .end = reader->end, .line = reader->line};
    code_skip_space(&code);
    piece.line = code.line;
    piece.text = code_until(reader, "}}", &piece.faulty);
    if (piece.text.len == 0 && !piece.faulty) {
        problem(reader->problems, piece.line, "an empty {{ }}");
        piece.faulty = true;
    }
    return piece;
}

static struct piece statement(struct reader *reader)
{
    struct piece piece = {.kind = PIECE_STATEMENT};
    move_to(reader, reader->at + 2);
    struct code code = {.at = reader->at, .end = reader->end, .line = reader->line};
    code_skip_space(&code);
    piece.line = code.line;
    /* Kept for a broken statement too, so that its {% end %} finds it. */
    struct piece head = {.line = code.line, .text = {code.at, (size_t)(code.end - code.at)}};
    piece.text = code_until(reader, "%}", &piece.faulty);
    if (piece.faulty)
        piece.text = take_word(&head);
    read_keyword(reader, &piece);
    return piece;
}

struct piece read_piece(struct reader *reader)
{
    while (at_pair(reader, reader->at, "{#"))
        skip_comment(reader);
    if (reader->at == reader->end)
        return (struct piece){.kind = PIECE_END, .line = reader->line};
    if (at_pair(reader, reader->at, "{{"))
        return expression(reader);
    if (at_pair(reader, reader->at, "{%"))
        return statement(reader);
    return literal(reader);
}
