#include "template.h"

#include "emit.h"
#include "markup.h"
#include "read.h"

enum block_kind { BLOCK_TEMPLATE, BLOCK_IF, BLOCK_FOR, BLOCK_SAME };

/* A statement that waits for its {% end %}. */
struct block {
    struct block *outer;
    enum block_kind kind;
    int line;
    bool has_else;
    struct place before; /* where it began */
    struct place after;  /* where its branches so far end */
    bool has_after;
    size_t outer_floor;
    size_t ids, attributes; /* how many were seen before it */
};

struct compiler {
    struct problems *problems;
    struct reader reader;
    struct markup markup;
    struct emit emit;
    struct block *block; /* the innermost, or NULL outside templates */
    struct seen templates;
};

static const char *const block_names[] = {
    [BLOCK_TEMPLATE] = "{% template %}",
    [BLOCK_IF] = "{% if %}",
    [BLOCK_FOR] = "{% for %}",
    [BLOCK_SAME] = "{% same %}",
};

/* --- code --- */

/* What no code in a template may be; tells, and answers false. */
static bool check_code(struct compiler *c, const struct piece *piece)
{
    if (piece->faulty)
        return false;
    struct slice sink = code_sink(piece->text);
    if (sink.len) {
        problem(c->problems, piece->line, "%.*s is for generated code only", SLICE(sink));
        return false;
    }
    if (piece->keyword != KEYWORD_FOR && code_count(piece->text, ";", CODE_ANY_DEPTH)) {
        problem(c->problems, piece->line, "a ';' in code that is one expression");
        return false;
    }
    return true;
}

/* ( … ) and nothing around it. */
static bool is_bracketed(struct slice code)
{
    return slice_starts(code, "(") && slice_ends(code, ")") && code_count(code, "(", 0) == 1;
}

static bool check_condition(struct compiler *c, const struct piece *piece)
{
    if (!check_code(c, piece))
        return false;
    if (piece->text.len == 0)
        problem(c->problems, piece->line, "an if without a condition");
    return piece->text.len != 0;
}

static bool check_loop(struct compiler *c, const struct piece *piece)
{
    if (!check_code(c, piece))
        return false;
    bool is_head = is_bracketed(piece->text) && code_count(piece->text, ";", 1) == 2 &&
                   code_count(piece->text, ";", CODE_ANY_DEPTH) == 2;
    if (!is_head)
        problem(c->problems, piece->line, "a loop is {%% for (start; condition; step) %%}");
    return is_head;
}

static bool check_declaration(struct compiler *c, const struct piece *piece)
{
    if (!check_code(c, piece))
        return false;
    bool is_one = code_count(piece->text, "=", 0) && !code_count(piece->text, ",", 0);
    if (!is_one)
        problem(c->problems, piece->line, "a let is one declaration with its value");
    return is_one;
}

/* name(…), for template and call. */
static bool check_name(struct compiler *c, const struct piece *piece, struct slice *ret_name,
                       struct slice *ret_args)
{
    if (!check_code(c, piece))
        return false;
    if (code_call(piece->text, ret_name, ret_args) && code_is_name(*ret_name)) {
        const char *sink = arena_printf(c->problems->arena, "html_%.*s", SLICE(*ret_name));
        if (!code_sink(slice_of(sink)).len)
            return true;
        problem(c->problems, piece->line, "%s is for generated code only", sink);
        return false;
    }
    problem(c->problems, piece->line, "a template's name and its (…) belong here");
    return false;
}

/* --- blocks --- */

static void open_block(struct compiler *c, enum block_kind kind, int line)
{
    struct markup *m = &c->markup;
    struct block *block = ARENA_NEW(c->problems->arena, struct block);
    if (!block)
        return; /* the arena stays failed and nothing is written */
    *block = (struct block){.outer = c->block,
                            .kind = kind,
                            .line = line,
                            .before = m->place,
                            .outer_floor = m->nesting.floor,
                            .ids = m->ids.count,
                            .attributes = m->attributes.count};
    c->block = block;
    m->nesting.floor = m->nesting.depth;
}

/* One way through the block ends at `line`: it must end where it began, with nothing left open. */
static void end_branch(struct compiler *c, int line)
{
    struct block *block = c->block;
    struct markup *m = &c->markup;
    const char *what = block->kind == BLOCK_FOR    ? "loop"
                       : block->kind == BLOCK_SAME ? "same"
                                                   : "branch";

    if (m->place.at == POS_COMMENT)
        m->place.at = POS_TEXT; /* was told */
    if (!place_same(&m->place, &block->before)) {
        problem(c->problems, line, "this %s ends %s and began %s", what,
                place_name(m->arena, &m->place), place_name(m->arena, &block->before));
        m->place = block->before;
        m->nesting.depth = m->nesting.floor;
    }
    nesting_end(&m->nesting, arena_printf(m->arena, "in this %s", what));
}

/* Where the block's branches come together. */
static bool join(struct compiler *c, const struct place *place)
{
    struct block *block = c->block;
    bool fits = !block->has_after || place_join(&block->after, place);
    if (!block->has_after)
        block->after = *place;
    block->has_after = true;
    return fits;
}

static void join_branch(struct compiler *c, const struct place *place, int line)
{
    if (!join(c, place))
        problem(c->problems, line, "one way through ends %s, another %s",
                place_name(c->markup.arena, &c->block->after), place_name(c->markup.arena, place));
}

/* A body that ends stricter than it began would be read too kindly the second time. */
static void join_loop(struct compiler *c, int line)
{
    const struct block *block = c->block;
    bool fits = join(c, &c->markup.place) && join(c, &block->before);
    bool repeats =
        block->before.at != POS_VALUE || block->after.url.state == block->before.url.state;
    if (!fits || !repeats)
        problem(
            c->problems, line,
            "this loop adds to the first characters of the address in %.*s: write those before it",
            SLICE(block->before.attribute.name));
}

static void close_block(struct compiler *c, int line)
{
    struct block *block = c->block;
    struct markup *m = &c->markup;

    end_branch(c, line);
    if (block->kind == BLOCK_FOR) {
        join_loop(c, line);
        m->loops--;
    } else {
        join_branch(c, &m->place, line);
        if (!block->has_else && block->kind == BLOCK_IF)
            join_branch(c, &block->before, line);
    }
    m->place = block->after;
    m->nesting.floor = block->outer_floor;
    seen_show(&m->ids, block);
    seen_show(&m->attributes, block);
    emit_end(&c->emit);
    c->block = block->outer;
}

static void close_template(struct compiler *c, int line)
{
    markup_finish(&c->markup, line);
    emit_function_end(&c->emit);
    c->block = NULL;
}

/* The file or a new template begins while blocks are open. */
static void close_all(struct compiler *c, int line)
{
    while (c->block) {
        problem(c->problems, c->block->line, "this %s has no {%% end %%}",
                block_names[c->block->kind]);
        if (c->block->kind == BLOCK_TEMPLATE)
            close_template(c, line);
        else
            close_block(c, line);
    }
}

/* --- statements --- */

static void on_include(struct compiler *c, const struct piece *piece)
{
    if (!check_code(c, piece))
        return;
    struct code code = code_of(piece->text, 0);
    struct token path = code_next(&code);
    if (c->block)
        problem(c->problems, piece->line, "an include stands before the templates");
    else if (path.kind != TOKEN_STRING || path.text.s[0] != '"' ||
             code_next(&code).kind != TOKEN_END)
        problem(c->problems, piece->line, "an include names a header: {%% include \"x/y.h\" %%}");
    else
        emit_include(&c->emit, path.text);
}

static void on_template(struct compiler *c, const struct piece *piece)
{
    struct slice name = {"", 0}, params = {"", 0};
    close_all(c, piece->line);
    if (check_name(c, piece, &name, &params)) {
        int before = seen_before(&c->templates, c->problems->arena, name, piece->line);
        if (before)
            problem(c->problems, piece->line, "template %.*s a second time (first on line %d)",
                    SLICE(name), before);
    }
    if (slice_is(params, "void"))
        params.len = 0;
    markup_begin(&c->markup);
    emit_function(&c->emit, name, params, piece->line);
    open_block(c, BLOCK_TEMPLATE, piece->line);
}

/* Brackets of the author's own do: clang warns of two pairs. */
static void emit_condition(struct compiler *c, const char *head, const struct piece *piece)
{
    bool has_own = is_bracketed(piece->text);
    emit_statement(&c->emit, arena_printf(c->problems->arena, "%s%s", head, has_own ? "" : "("),
                   piece->text, has_own ? " {" : ") {", piece->line);
}

static void on_if(struct compiler *c, const struct piece *piece)
{
    (void)markup_statement(&c->markup, piece->line);
    if (check_condition(c, piece))
        emit_condition(c, "if ", piece);
    else
        emit_statement(&c->emit, "if (0)", (struct slice){"", 0}, " {", piece->line);
    open_block(c, BLOCK_IF, piece->line);
}

static void on_else(struct compiler *c, const struct piece *piece)
{
    struct block *block = c->block;
    struct markup *m = &c->markup;
    bool is_last = piece->keyword == KEYWORD_ELSE;
    if (block->kind != BLOCK_IF) {
        problem(c->problems, piece->line, "an else without its if");
        return;
    }
    if (block->has_else)
        problem(c->problems, piece->line, "an else behind the last else (of the if on line %d)",
                block->line);
    if (is_last && piece->text.len)
        problem(c->problems, piece->line, "an else has no condition: else if");
    (void)markup_statement(m, piece->line);
    end_branch(c, piece->line);
    join_branch(c, &m->place, piece->line);
    m->place = block->before;
    seen_hide(&m->ids, block->ids, block);
    seen_hide(&m->attributes, block->attributes, block);
    block->has_else = block->has_else || is_last;
    if (is_last)
        emit_statement(&c->emit, "} else", (struct slice){"", 0}, " {", piece->line);
    else if (check_condition(c, piece))
        emit_condition(c, "} else if ", piece);
}

static void on_for(struct compiler *c, const struct piece *piece)
{
    struct markup *m = &c->markup;
    (void)markup_statement(m, piece->line);
    if (m->place.at == POS_SPACE || m->place.at == POS_AFTER)
        problem(c->problems, piece->line, "a loop between attributes would repeat them");
    bool good = check_loop(c, piece);
    emit_statement(&c->emit, "for ", good ? piece->text : slice_of("(;;)"), " {", piece->line);
    open_block(c, BLOCK_FOR, piece->line);
    m->loops++;
    m->place.blank = false; /* the body also follows itself */
}

/* Written the first time on a page, copied after that. */
static void on_same(struct compiler *c, const struct piece *piece)
{
    (void)markup_statement(&c->markup, piece->line);
    if (piece->text.len)
        problem(c->problems, piece->line, "a same stands alone: {%% same %%}");
    for (const struct block *outer = c->block; outer; outer = outer->outer) {
        if (outer->kind == BLOCK_SAME)
            problem(c->problems, piece->line, "a same inside the same of line %d", outer->line);
    }
    if (c->markup.place.at != POS_TEXT)
        problem(c->problems, piece->line, "a same stands between tags, not inside one");
    emit_same(&c->emit);
    open_block(c, BLOCK_SAME, piece->line);
}

static void on_let(struct compiler *c, const struct piece *piece)
{
    if (!markup_statement(&c->markup, piece->line) || !check_declaration(c, piece))
        return;
    struct code code = code_of(piece->text, 0);
    bool is_const = slice_is(code_next(&code).text, "const");
    emit_statement(&c->emit, is_const ? "" : "const ", piece->text, ";", piece->line);
}

static void on_call(struct compiler *c, const struct piece *piece)
{
    struct slice callee, args;
    bool fits = markup_call(&c->markup, piece->line);
    if (piece->keyword == KEYWORD_CALL) {
        if (check_name(c, piece, &callee, &args) && fits)
            emit_call(&c->emit, "html_", callee, args, piece->line);
        return;
    }
    if (!check_code(c, piece))
        return;
    if (!code_call(piece->text, &callee, &args))
        problem(c->problems, piece->line, "a run is {%% run function(arguments) %%}");
    else if (fits)
        emit_call(&c->emit, "", callee, args, piece->line);
}

static void on_end(struct compiler *c, const struct piece *piece)
{
    if (piece->text.len)
        problem(c->problems, piece->line, "an end stands alone: {%% end %%}");
    if (c->block->kind == BLOCK_TEMPLATE) {
        close_template(c, piece->line);
        return;
    }
    (void)markup_statement(&c->markup, piece->line);
    close_block(c, piece->line);
}

static void on_statement(struct compiler *c, const struct piece *piece)
{
    if (piece->keyword == KEYWORD_INCLUDE) {
        on_include(c, piece);
        return;
    }
    if (piece->keyword == KEYWORD_TEMPLATE) {
        on_template(c, piece);
        return;
    }
    if (!c->block) {
        if (piece->keyword != KEYWORD_UNKNOWN)
            problem(c->problems, piece->line, "a statement outside a template");
        return;
    }
    switch (piece->keyword) {
    case KEYWORD_IF:
        on_if(c, piece);
        break;
    case KEYWORD_ELSE_IF:
    case KEYWORD_ELSE:
        on_else(c, piece);
        break;
    case KEYWORD_FOR:
        on_for(c, piece);
        break;
    case KEYWORD_SAME:
        on_same(c, piece);
        break;
    case KEYWORD_LET:
        on_let(c, piece);
        break;
    case KEYWORD_CALL:
    case KEYWORD_RUN:
        on_call(c, piece);
        break;
    case KEYWORD_END:
        on_end(c, piece);
        break;
    case KEYWORD_UNKNOWN:
    case KEYWORD_INCLUDE:
    case KEYWORD_TEMPLATE:
        break;
    }
}

static void on_expression(struct compiler *c, const struct piece *piece)
{
    struct slice code = piece->text, filter = {"", 0};
    if (!c->block) {
        problem(c->problems, piece->line, "an expression outside a template");
        return;
    }
    bool good = check_code(c, piece);
    bool is_id = good && code_filter(piece->text, &code, &filter);
    if (is_id && !slice_is(filter, "id")) {
        problem(c->problems, piece->line, "unknown filter |%.*s: there is only |id", SLICE(filter));
        good = is_id = false;
    }
    if (good && code.len == 0) {
        problem(c->problems, piece->line, "an empty {{ }}");
        good = false;
    }
    if (good && code_count(code, ",", 0)) {
        problem(c->problems, piece->line, "a ',' outside brackets: {{ }} holds one expression");
        good = false;
    }
    if (good && !is_id && slice_ends(code, ".v"))
        problem(c->problems, piece->line, "an id prints as {{ %.*s|id }}", SLICE(code));
    enum sink sink = markup_expression(&c->markup, is_id, piece->line);
    if (good)
        emit_expression(&c->emit, sink, code, piece->line);
}

static void on_literal(struct compiler *c, const struct piece *piece)
{
    if (c->block) {
        markup_literal(&c->markup, piece->text, piece->line);
        return;
    }
    struct code blank = code_of(piece->text, piece->line);
    code_skip_space(&blank);
    if (blank.at != blank.end)
        problem(c->problems, blank.line, "text outside a template");
}

enum status template_compile(const char *file, struct slice text, const char *header_name,
                             struct problems *problems, struct buf *ret_header,
                             struct buf *ret_source)
{
    struct compiler c = {
        .problems = problems,
        .reader = {.problems = problems, .at = text.s, .end = text.s + text.len, .line = 1},
        .markup = {.arena = problems->arena,
                   .problems = problems,
                   .nesting = {.problems = problems}},
    };
    c.markup.emit = &c.emit;
    if (!read_check(problems, text))
        return arena_failed(problems->arena) ? ERR_NOMEM : ERR_INVALID;
    emit_init(&c.emit, file, 16 * TEMPLATE_MAX);

    struct piece piece;
    while ((piece = read_piece(&c.reader)).kind != PIECE_END) {
        if (piece.kind == PIECE_LITERAL)
            on_literal(&c, &piece);
        else if (piece.kind == PIECE_EXPRESSION)
            on_expression(&c, &piece);
        else
            on_statement(&c, &piece);
    }
    close_all(&c, piece.line);
    if (c.templates.count == 0 && problems->count == 0)
        problem(problems, 1, "no template in this file");

    emit_finish(&c.emit, header_name, ret_header, ret_source);
    bool failed = arena_failed(problems->arena) || emit_failed(&c.emit) || buf_failed(ret_header) ||
                  buf_failed(ret_source);
    emit_free(&c.emit);
    if (failed)
        return ERR_NOMEM;
    return problems->count ? ERR_INVALID : OK;
}
