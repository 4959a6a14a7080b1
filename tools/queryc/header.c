#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "queryc/queryc.h"

#define WIDTH 100

void emit_literal(struct buf *to, const char *text, size_t len)
{
    buf_add_char(to, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n')
            buf_add_str(to, "\\n");
        else if (c == '"' || c == '\\')
            buf_printf(to, "\\%c", c);
        else if (c == '?') /* no trigraphs */
            buf_add_str(to, "\\?");
        else if (c < ' ' || c == 127)
            buf_printf(to, "\\%03o", c);
        else
            buf_add_char(to, (char)c);
    }
    buf_add_char(to, '"');
}

/* ---- prototypes ---- */

/* Adds one parameter, on a new line under the first when this one is full. */
static void add_param(struct buf *to, size_t *column, size_t indent, const char *text, bool last)
{
    size_t len = strlen(text);
    if (*column > indent && *column + 1 + len + 1 > WIDTH) {
        buf_printf(to, "\n%*s", (int)indent, "");
        *column = indent;
    } else if (*column > indent) {
        buf_add_char(to, ' ');
        ++*column;
    }
    buf_add_str(to, text);
    buf_add_str(to, last ? ")" : ",");
    *column += len + 1;
}

void emit_prototype(struct buf *to, struct arena *arena, const struct statement *st,
                    const char *before)
{
    const char *start = arena_printf(arena, "%senum status sql_%s(", before, st->name);
    size_t indent = strlen(start), column = indent;
    buf_add_str(to, start);
    add_param(to, &column, indent, "struct db *db", false);
    if (st->kind != KIND_EXEC)
        add_param(to, &column, indent, "struct arena *arena", false);
    for (size_t i = 0; i < st->param_count; i++)
        add_param(
            to, &column, indent,
            arena_printf(arena, "%s%s", type_in_c(arena, st->params[i].type), st->params[i].name),
            false);
    if (st->kind == KIND_EXEC) {
        add_param(to, &column, indent, "size_t *ret_changed", true);
        return;
    }
    const char *stars = st->kind == KIND_ONE ? "*ret_row" : "**ret_rows";
    add_param(to, &column, indent, arena_printf(arena, "struct sql_%s %s", st->row->name, stars),
              st->kind == KIND_ONE);
    if (st->kind == KIND_MANY)
        add_param(to, &column, indent, "size_t *ret_count", true);
}

/* ---- comments ---- */

/* A line of a comment, unable to end it or to begin another. */
static void add_comment_line(struct buf *to, const char *line)
{
    for (; *line; line++) {
        buf_add_char(to, *line);
        if ((line[0] == '*' && line[1] == '/') || (line[0] == '/' && line[1] == '*'))
            buf_add_char(to, ' ');
    }
}

static void emit_comment(struct buf *to, const struct item *item)
{
    if (item->comment_count == 0)
        return;
    if (item->comment_count == 1) {
        buf_add_str(to, "/* ");
        add_comment_line(to, item->comment[0]);
        buf_add_str(to, " */\n");
        return;
    }
    buf_add_str(to, "/*\n");
    for (size_t i = 0; i < item->comment_count; i++) {
        buf_add_str(to, *item->comment[i] ? " * " : " *");
        add_comment_line(to, item->comment[i]);
        buf_add_char(to, '\n');
    }
    buf_add_str(to, " */\n");
}

/* ---- the header ---- */

static void emit_struct(struct buf *to, struct arena *arena, const struct statement *st)
{
    buf_printf(to, "struct sql_%s {\n", st->name);
    for (size_t i = 0; i < st->column_count; i++) {
        const struct column *column = &st->columns[i];
        buf_printf(to, "    %s%s;%s\n", type_in_c(arena, column->type), column->name,
                   column->type.type == TYPE_TEXT && column->nullable ? " /* may be NULL */" : "");
    }
    buf_add_str(to, "};\n");
}

/* Line numbers start over at `line` of `file`: errors about what follows belong there. */
static void emit_line(struct buf *to, int line, const char *file)
{
    buf_printf(to, "#line %d ", line);
    emit_literal(to, file, strlen(file));
    buf_add_char(to, '\n');
}

static int lines_in(const struct buf *text)
{
    int lines = 0;
    for (size_t i = 0; i < text->len; i++)
        lines += text->data[i] == '\n';
    return lines;
}

static void emit_statement(struct buf *to, struct arena *arena, const struct source *source,
                           const struct item *item, const char *header_path)
{
    const struct statement *st = item->statement;
    if (st->kind != KIND_EXEC && st->row == st)
        emit_struct(to, arena, st);
    emit_line(to, st->line, source->path);
    emit_prototype(to, arena, st, "NODISCARD ");
    buf_add_str(to, ";\n");
    emit_line(to, lines_in(to) + 2, header_path);
}

/* Which of base/'s headers the declarations need. */
static bool uses(const struct source *source, enum type a, enum type b)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct statement *st = source->items[i].statement;
        for (size_t k = 0; st && k < st->param_count; k++)
            if (st->params[k].type.type == a || st->params[k].type.type == b)
                return true;
        for (size_t k = 0; st && k < st->column_count; k++)
            if (st->columns[k].type.type == a || st->columns[k].type.type == b)
                return true;
    }
    return false;
}

static const char *guard_of(struct arena *arena, const char *stem)
{
    char *guard = arena_printf(arena, "GEN_%s_SQL_H", stem);
    for (char *c = guard; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
        else if ((*c < 'A' || *c > 'Z') && (*c < '0' || *c > '9'))
            *c = '_';
    return guard;
}

void emit_header(struct buf *to, struct arena *arena, const struct source *source,
                 const char *header_path)
{
    const char *guard = guard_of(arena, source->stem);
    buf_printf(to, "/* Made by queryc from %s.sql: change it there. */\n", source->stem);
    buf_printf(to, "#ifndef %s\n#define %s\n\n", guard, guard);
    buf_add_str(to, "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n");
    if (uses(source, TYPE_BYTES, TYPE_SEALED))
        buf_add_str(to, "#include \"base/bytes.h\"\n");
    if (uses(source, TYPE_DATE, TYPE_DATE))
        buf_add_str(to, "#include \"base/date.h\"\n");
    if (uses(source, TYPE_ID, TYPE_ID))
        buf_add_str(to, "#include \"base/ids.h\"\n");
    buf_add_str(to, "#include \"base/status.h\"\n\n");
    buf_add_str(to, "struct arena;\nstruct db;\nstruct query;\n\n");
    for (size_t i = 0; i < source->count; i++) {
        emit_comment(to, &source->items[i]);
        if (source->items[i].statement)
            emit_statement(to, arena, source, &source->items[i], header_path);
        buf_add_char(to, '\n');
    }
    buf_add_str(to, "/* Every statement above; NULL at the end. */\n");
    buf_printf(to, "extern const struct query *const sql_%s_queries[];\n\n#endif\n", source->stem);
}
