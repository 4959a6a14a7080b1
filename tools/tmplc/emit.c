#include "emit.h"

#define LITERAL_MAX 3900 /* C promises 4095 characters in one string */
#define LINE_MAX_LEN 90

void emit_init(struct emit *emit, const char *file, size_t max)
{
    *emit = (struct emit){.file = file};
    buf_init(&emit->includes, max);
    buf_init(&emit->prototypes, max);
    buf_init(&emit->source, max);
    buf_init(&emit->literal, max);
}

void emit_free(struct emit *emit)
{
    buf_free(&emit->includes);
    buf_free(&emit->prototypes);
    buf_free(&emit->source);
    buf_free(&emit->literal);
}

bool emit_failed(const struct emit *emit)
{
    return buf_failed(&emit->includes) || buf_failed(&emit->prototypes) ||
           buf_failed(&emit->source) || buf_failed(&emit->literal);
}

static void add_slice(struct buf *buf, struct slice text)
{
    buf_add(buf, text.s, text.len);
}

static void indent(struct emit *emit)
{
    for (size_t i = 0; i < emit->depth; i++)
        buf_add_str(&emit->source, "    ");
}

/* One byte inside a C string. Two question marks would start a trigraph. */
static void add_escaped(struct buf *out, char c, bool after_question)
{
    if (c == '\n')
        buf_add_str(out, "\\n");
    else if (c == '\t')
        buf_add_str(out, "\\t");
    else if (c == '"' || c == '\\' || (c == '?' && after_question))
        buf_printf(out, "\\%c", c);
    else
        buf_add_char(out, c);
}

static void add_string(struct buf *out, struct slice text)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++)
        add_escaped(out, text.s[i], i && text.s[i - 1] == '?');
    buf_add_char(out, '"');
}

/* How much of `text` goes on one line of C: to its line end, or to a whole character. */
static size_t line_len(struct slice text, size_t most)
{
    if (most > text.len)
        most = text.len;
    const char *newline = memchr(text.s, '\n', most);
    if (newline)
        return (size_t)(newline + 1 - text.s);
    size_t len = most;
    while (len > 1 && len < text.len && ((unsigned char)text.s[len] & 0xc0) == 0x80)
        len--;
    return len;
}

/* As one call, at most LITERAL_MAX bytes; returns how many. */
static size_t write_literal(struct emit *emit, struct slice text)
{
    size_t done = 0;
    emit->uses_h = true;
    indent(emit);
    buf_add_str(&emit->source, "html_literal(h,");
    while (done < text.len && done < LITERAL_MAX) {
        struct slice rest = {text.s + done, text.len - done};
        size_t len = line_len(rest, LINE_MAX_LEN);
        if (done + len > LITERAL_MAX)
            break;
        if (done) {
            buf_add_char(&emit->source, '\n');
            indent(emit);
            buf_add_str(&emit->source, "            ");
        }
        buf_add_char(&emit->source, ' ');
        add_string(&emit->source, (struct slice){rest.s, len});
        done += len;
    }
    buf_printf(&emit->source, ", %zu);\n", done);
    return done;
}

static void flush(struct emit *emit)
{
    struct slice text = {emit->literal.data, emit->literal.len};
    while (text.len) {
        size_t done = write_literal(emit, text);
        text = (struct slice){text.s + done, text.len - done};
    }
    buf_reset(&emit->literal);
}

void emit_literal(struct emit *emit, struct slice text)
{
    add_slice(&emit->literal, text);
}

static void add_line(struct emit *emit, int line)
{
    buf_printf(&emit->source, "#line %d ", line);
    add_string(&emit->source, slice_of(emit->file));
    buf_add_char(&emit->source, '\n');
}

void emit_include(struct emit *emit, struct slice path)
{
    buf_add_str(&emit->includes, "#include ");
    add_slice(&emit->includes, path);
    buf_add_char(&emit->includes, '\n');
}

static void add_signature(struct buf *out, struct slice name, struct slice params)
{
    buf_add_str(out, "void html_");
    add_slice(out, name);
    buf_add_str(out, "(struct html *h");
    if (params.len) {
        buf_add_str(out, ", ");
        add_slice(out, params);
    }
    buf_add_char(out, ')');
}

void emit_function(struct emit *emit, struct slice name, struct slice params, int line)
{
    add_signature(&emit->prototypes, name, params);
    buf_add_str(&emit->prototypes, ";\n");
    buf_add_char(&emit->source, '\n');
    add_line(emit, line);
    add_signature(&emit->source, name, params);
    buf_add_str(&emit->source, "\n{\n");
    emit->depth = 1;
    emit->uses_h = false;
}

void emit_function_end(struct emit *emit)
{
    flush(emit);
    if (!emit->uses_h)
        buf_add_str(&emit->source, "    (void)h;\n");
    buf_add_str(&emit->source, "}\n");
    emit->depth = 0;
}

void emit_expression(struct emit *emit, enum sink sink, struct slice code, int line)
{
    static const char *const names[] = {
        [SINK_TEXT] = "HTML_TEXT", [SINK_ATTR] = "HTML_ATTR",         [SINK_URL] = "HTML_URL",
        [SINK_ID] = "HTML_ID",     [SINK_URL_PART] = "HTML_URL_PART",
    };
    if (sink == SINK_NONE)
        return;
    flush(emit);
    emit->uses_h = true;
    add_line(emit, line);
    indent(emit);
    buf_printf(&emit->source, "%s(h, ", names[sink]);
    add_slice(&emit->source, code);
    buf_add_str(&emit->source, ");\n");
}

void emit_statement(struct emit *emit, const char *head, struct slice code, const char *tail,
                    int line)
{
    flush(emit);
    if (head[0] == '}' && emit->depth)
        emit->depth--;
    if (code.len)
        add_line(emit, line);
    indent(emit);
    buf_add_str(&emit->source, head);
    add_slice(&emit->source, code);
    buf_printf(&emit->source, "%s\n", tail);
    if (slice_ends(slice_of(tail), "{"))
        emit->depth++;
}

void emit_call(struct emit *emit, const char *prefix, struct slice callee, struct slice args,
               int line)
{
    flush(emit);
    emit->uses_h = true;
    add_line(emit, line);
    indent(emit);
    buf_add_str(&emit->source, prefix);
    add_slice(&emit->source, callee);
    buf_add_str(&emit->source, "(h");
    if (args.len) {
        buf_add_str(&emit->source, ", ");
        add_slice(&emit->source, args);
    }
    buf_add_str(&emit->source, ");\n");
}

void emit_same(struct emit *emit)
{
    flush(emit);
    emit->uses_h = true;
    indent(emit);
    buf_add_str(&emit->source, "for (struct html_same same_ = html_same(h, ");
    add_string(&emit->source, slice_of(emit->file)); /* a name of its own: the file and a number */
    buf_printf(&emit->source, " \" %u\"); html_same_goes(h, &same_);) {\n", ++emit->sames);
    emit->depth++;
}

void emit_end(struct emit *emit)
{
    emit_statement(emit, "}", (struct slice){"", 0}, "", 0);
}

/* "group_html.h" -> GEN_GROUP_HTML_H */
static void add_guard(struct buf *out, const char *header_name)
{
    buf_add_str(out, "GEN_");
    for (const char *c = header_name; *c; c++) {
        if (*c >= 'a' && *c <= 'z')
            buf_add_char(out, (char)(*c - 'a' + 'A'));
        else
            buf_add(out, is_letter(*c) || is_digit(*c) ? c : "_", 1);
    }
}

void emit_finish(struct emit *emit, const char *header_name, struct buf *header, struct buf *source)
{
    buf_printf(header, "/* Made by tmplc from %s: change that. */\n#ifndef ", emit->file);
    add_guard(header, header_name);
    buf_add_str(header, "\n#define ");
    add_guard(header, header_name);
    buf_add_str(header, "\n\n#include \"html/html.h\"\n");
    buf_add(header, emit->includes.data, emit->includes.len);
    buf_add_char(header, '\n');
    buf_add(header, emit->prototypes.data, emit->prototypes.len);
    buf_add_str(header, "\n#endif\n");

    buf_printf(source,
               "/* Made by tmplc from %s: change that. */\n"
               "#include \"%s\"\n\n"
               "#include \"i18n/tr.h\"\n\n"
               "/* A constant text in the reader's language; xgettext looks for this name. */\n"
               "#ifndef _\n"
               "#define _(text) tr(h->tr, text)\n"
               "#endif\n",
               emit->file, header_name);
    buf_add(source, emit->source.data, emit->source.len);
}
