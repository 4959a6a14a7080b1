#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "queryc/queryc.h"

struct reader {
    struct arena *arena;
    struct report *report;
    const char *start, *at;
    int line;
    struct source *source;
    const char **comment; /* lines seen since the last statement */
    size_t comment_count, comment_room;
    struct statement *head; /* read, its SQL not yet */
};

/* The text of a head, with the `--` of its lines blanked. */
struct head {
    struct reader *reader;
    const char *at;
    int line;
};

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
}

static void head_skip(struct head *head)
{
    for (; blank(*head->at) || *head->at == '\n'; head->at++)
        if (*head->at == '\n')
            head->line++;
}

static bool head_take(struct head *head, char c)
{
    head_skip(head);
    if (*head->at != c)
        return false;
    head->at++;
    return true;
}

/* A word of lower case letters, digits and underscores; "" when something else stands there. */
static const char *head_word(struct head *head)
{
    head_skip(head);
    size_t len = strspn(head->at, "abcdefghijklmnopqrstuvwxyz_0123456789");
    const char *word = arena_strndup(head->reader->arena, head->at, len);
    head->at += len;
    return word;
}

static bool good_name(const char *name)
{
    return *name >= 'a' && *name <= 'z';
}

static bool refuse(struct head *head, struct statement *st, const char *what)
{
    report_add(head->reader->report, head->line, "%s", what);
    st->broken = true;
    return false;
}

static void read_param_type(struct head *head, struct statement *st, struct param *param)
{
    struct report *report = head->reader->report;
    const char *type = head_word(head);
    param->nullable = head_take(head, '?');
    if (!type_of_param(type, &param->type)) {
        st->broken = true;
        if (!*type)
            report_add(report, param->line, "parameter %s has no type", param->name);
        else if (str_ends(type, "_id"))
            report_add(report, param->line, "parameter %s: base/ids.h has no %s", param->name,
                       type);
        else
            report_add(report, param->line,
                       "parameter %s: '%s' is no type; there are int, long, bool, time, date, "
                       "text, bytes, sealed and <thing>_id",
                       param->name, type);
    } else if (param->nullable && param->type.type <= TYPE_BOOL) {
        report_add(report, param->line, "parameter %s: %s has no value for \"none\", so no '?'",
                   param->name, type);
    } else if (str_equal(param->name, "school") &&
               (param->nullable || !str_equal(type, "school_id"))) {
        report_add(report, param->line, "parameter school must be a school_id, and not NULL");
    }
}

static bool read_param(struct head *head, struct statement *st)
{
    struct param param = {.name = head_word(head), .line = head->line};
    if (!good_name(param.name))
        return refuse(head, st, "a parameter is written as: name type");
    if (is_taken_word(param.name))
        report_add(head->reader->report, param.line,
                   "parameter %s: C or the generated code uses this word, choose another",
                   param.name);
    for (size_t i = 0; i < st->param_count; i++)
        if (str_equal(st->params[i].name, param.name))
            return refuse(
                head, st,
                arena_printf(head->reader->arena, "parameter %s is declared twice", param.name));
    if (st->param_count == PARAMS_MAX)
        return refuse(head, st, "too many parameters");
    read_param_type(head, st, &param);
    st->params[st->param_count++] = param;
    return true;
}

static bool read_params(struct head *head, struct statement *st)
{
    if (!head_take(head, '('))
        return refuse(head, st, "a head line is written as: -- name(parameter type, …) kind");
    if (head_take(head, ')'))
        return true;
    do {
        if (!read_param(head, st))
            return false;
    } while (head_take(head, ','));
    if (head_take(head, ')'))
        return true;
    return refuse(head, st, "expected ',' or ')' between the parameters");
}

static bool read_kind(struct head *head, struct statement *st)
{
    const char *kind = head_word(head);
    if (str_equal(kind, "one"))
        st->kind = KIND_ONE;
    else if (str_equal(kind, "many"))
        st->kind = KIND_MANY;
    else if (str_equal(kind, "exec"))
        st->kind = KIND_EXEC;
    else
        return refuse(head, st, "the head line ends in one, many or exec");

    const char *as = head_word(head);
    if (str_equal(as, "as")) {
        st->as = head_word(head);
        if (!good_name(st->as) || st->kind == KIND_EXEC) {
            st->as = NULL;
            return refuse(head, st, "'as' names another statement whose rows these are like");
        }
    }
    head_skip(head);
    if (*head->at || (*as && !st->as))
        return refuse(head, st, "nothing may follow the kind but: as <statement>");
    return true;
}

static void parse_head(struct reader *reader, const char *text, struct statement *st)
{
    struct head head = {.reader = reader, .at = text, .line = st->line};
    st->name = head_word(&head);
    if (!good_name(st->name)) {
        refuse(&head, st, "a statement's name is in lower case letters, digits and _");
        return;
    }
    if (read_params(&head, st))
        read_kind(&head, st);
}

/* Moves past the current line. */
static void next_line(struct reader *reader)
{
    reader->at += strcspn(reader->at, "\n");
    if (*reader->at) {
        reader->at++;
        reader->line++;
    }
}

/* Joins the `--` lines of a head up to the one with its closing parenthesis. */
static const char *head_text(struct reader *reader)
{
    const char *text = "";
    for (;;) {
        const char *line = reader->at + 2;
        size_t len = strcspn(line, "\n");
        text = arena_printf(reader->arena, "%s%.*s\n", text, (int)len, line);
        bool closed = memchr(line, ')', len) != NULL;
        next_line(reader);
        const char *next = reader->at + strspn(reader->at, " \t");
        if (closed || strncmp(next, "--", 2) != 0)
            return text;
        reader->at = next;
    }
}

static void head_without_sql(struct reader *reader)
{
    if (reader->head)
        report_add(reader->report, reader->head->line, "no statement follows this head line");
    reader->head = NULL;
}

static void begin_statement(struct reader *reader)
{
    head_without_sql(reader);
    struct statement *st = need(reader->arena, sizeof *st);
    st->line = reader->line;
    st->params = need(reader->arena, PARAMS_MAX * sizeof *st->params);
    parse_head(reader, head_text(reader), st);
    reader->head = st;
}

static void add_item(struct reader *reader, struct item item)
{
    struct source *source = reader->source;
    item.comment = reader->comment;
    item.comment_count = reader->comment_count;
    reader->comment = NULL;
    reader->comment_count = reader->comment_room = 0;
    GROW(reader->arena, source->items, source->count, source->room);
    source->items[source->count++] = item;
}

static void add_comment(struct reader *reader)
{
    const char *line = reader->at + 2;
    if (*line == ' ')
        line++;
    size_t len = strcspn(line, "\n");
    while (len > 0 && blank(line[len - 1]))
        len--;
    GROW(reader->arena, reader->comment, reader->comment_count, reader->comment_room);
    reader->comment[reader->comment_count++] = arena_strndup(reader->arena, line, len);
    next_line(reader);
}

/* After something unreadable: on to the next head line, or to the end. */
static void skip_to_head(struct reader *reader)
{
    do
        next_line(reader);
    while (*reader->at && !lex_is_head(reader->at + strspn(reader->at, " \t")));
}

static bool starts_well(struct reader *reader, const struct statement *st)
{
    static const char *const starts[] = {"select", "with", "insert", "update", "delete"};
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        if (token_is(&st->tokens[0], starts[i]))
            return true;
    report_add(reader->report, st->tokens[0].line,
               "a statement is a SELECT, INSERT, UPDATE or DELETE, or WITH before one");
    return false;
}

/* Reads tokens up to and with the semicolon into `st`. False when reading cannot go on there. */
static bool read_tokens(struct reader *reader, struct statement *st)
{
    struct lexer lexer = {.arena = reader->arena,
                          .report = reader->report,
                          .start = reader->start,
                          .at = reader->at,
                          .line = reader->line};
    size_t room = 0;
    int first = reader->line;
    bool done = false;
    while (!done) {
        struct token token;
        bool readable = lex_next(&lexer, &token);
        reader->at = lexer.at;
        reader->line = lexer.line;
        if (!readable)
            return false;
        done = token.kind == TOK_END || token_is(&token, ";");
        if (token.kind == TOK_END)
            report_add(reader->report, first, "this statement has no ';' at its end");
        if (done)
            token = (struct token){.kind = TOK_END, .text = "", .at = token.at, .line = token.line};
        GROW(reader->arena, st->tokens, st->token_count, room);
        st->tokens[st->token_count++] = token;
    }
    st->token_count--;
    return true;
}

static void read_sql(struct reader *reader)
{
    struct statement *st = reader->head;
    if (!st) {
        report_add(reader->report, reader->line,
                   "a statement without a head line; write above it: -- name(parameters) kind");
        st = need(reader->arena, sizeof *st);
    }
    if (!read_tokens(reader, st)) {
        reader->head = NULL;
        reader->comment_count = 0;
        skip_to_head(reader);
        return;
    }
    if (reader->head && starts_well(reader, st))
        add_item(reader, (struct item){.statement = st});
    reader->head = NULL;
}

/* A blank line ends a comment that belongs to no statement. */
static void blank_line(struct reader *reader)
{
    if (reader->comment_count > 0 && !reader->head)
        add_item(reader, (struct item){0});
}

static void read_one(struct reader *reader)
{
    const char *at = reader->at + strspn(reader->at, " \t\r\f");
    reader->at = at;
    if (*at == '\n') {
        blank_line(reader);
        next_line(reader);
    } else if (lex_is_head(at)) {
        begin_statement(reader);
    } else if (at[0] == '-' && at[1] == '-') {
        add_comment(reader);
    } else if (*at) {
        read_sql(reader);
        reader->at += strspn(reader->at, " \t\r\f");
        if (*reader->at == '\n')
            next_line(reader);
    }
}

static const char *stem_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t len = str_ends(name, ".sql") ? strlen(name) - 4 : strlen(name);
    return arena_strndup(arena, name, len);
}

void source_read(struct arena *arena, struct report *report, const char *path, const char *text,
                 struct source *ret_source)
{
    *ret_source = (struct source){.path = path, .stem = stem_of(arena, path)};
    struct reader reader = {.arena = arena,
                            .report = report,
                            .start = text,
                            .at = text,
                            .line = 1,
                            .source = ret_source};
    while (*reader.at)
        read_one(&reader);
    head_without_sql(&reader);
    blank_line(&reader);
}
