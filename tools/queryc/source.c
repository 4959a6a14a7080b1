#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "queryc/queryc.h"

/* Past this length C promises nothing for a literal; gcc and clang take them much longer. */
#define LITERAL_MAX 4095

/* ---- helpers that the generated file carries along, each only where it is used ---- */

static const char help_int32[] =
    "static bool get_int32(const struct db_rows *rows, unsigned column, int32_t *ret_value)\n"
    "{\n"
    "    int64_t value = db_get_int(rows, column);\n"
    "    if (value < INT32_MIN || value > INT32_MAX)\n"
    "        return false;\n"
    "    *ret_value = (int32_t)value;\n"
    "    return true;\n"
    "}\n\n";

static const char help_date[] =
    "static bool get_date(const struct db_rows *rows, unsigned column, struct date *ret_date)\n"
    "{\n"
    "    if (!db_is_null(rows, column))\n"
    "        return date_parse(db_get_text(rows, column), ret_date) == OK;\n"
    "    *ret_date = (struct date){0};\n"
    "    return true;\n"
    "}\n\n";

static const char help_text[] =
    "static const char *get_text(struct arena *arena, const struct db_rows *rows, "
    "unsigned column)\n"
    "{\n"
    "    return db_is_null(rows, column) ? NULL : arena_strdup(arena, db_get_text(rows, column));\n"
    "}\n\n";

/* Twice, for two types that are the same on purpose: %s is bytes or sealed. */
static const char help_blob[] =
    "static struct %s get_%s(struct arena *arena, const struct db_rows *rows, unsigned column)\n"
    "{\n"
    "    if (db_is_null(rows, column))\n"
    "        return (struct %s){0};\n"
    "    struct bytes from = db_get_blob(rows, column);\n"
    "    const uint8_t *data = from.len ? arena_memdup(arena, from.data, from.len)\n"
    "                                   : (const uint8_t *)\"\";\n"
    "    return (struct %s){data, from.len};\n"
    "}\n\n";

static const char help_grown[] =
    "/* A wider copy of an array; NULL when the arena refuses. */\n"
    "static void *grown(struct arena *arena, const void *items, size_t count, size_t *room,\n"
    "                   size_t size)\n"
    "{\n"
    "    size_t wider = *room ? *room * 2 : 8;\n"
    "    void *copy = arena_array(arena, wider, size);\n"
    "    if (!copy)\n"
    "        return NULL;\n"
    "    if (count)\n"
    "        memcpy(copy, items, count * size);\n"
    "    *room = wider;\n"
    "    return copy;\n"
    "}\n\n";

static bool returns(const struct source *source, enum type type)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct statement *st = source->items[i].statement;
        for (size_t k = 0; st && k < st->column_count; k++)
            if (st->columns[k].type.type == type)
                return true;
    }
    return false;
}

static bool has_kind(const struct source *source, enum kind kind)
{
    for (size_t i = 0; i < source->count; i++)
        if (source->items[i].statement && source->items[i].statement->kind == kind)
            return true;
    return false;
}

static void emit_helpers(struct buf *to, const struct source *source)
{
    if (returns(source, TYPE_INT))
        buf_add_str(to, help_int32);
    if (returns(source, TYPE_DATE))
        buf_add_str(to, help_date);
    if (returns(source, TYPE_TEXT))
        buf_add_str(to, help_text);
    if (returns(source, TYPE_BYTES))
        buf_printf(to, help_blob, "bytes", "bytes", "bytes", "bytes");
    if (returns(source, TYPE_SEALED))
        buf_printf(to, help_blob, "sealed", "sealed", "sealed", "sealed");
    if (has_kind(source, KIND_MANY))
        buf_add_str(to, help_grown);
}

/* ---- the statement's text ---- */

/* The blanks that all lines after the first have in common. */
static size_t common_indent(const char *sql)
{
    size_t common = SIZE_MAX;
    for (const char *line = strchr(sql, '\n'); line; line = strchr(line + 1, '\n')) {
        size_t indent = strspn(line + 1, " ");
        if (line[1 + indent] != '\n' && indent < common)
            common = indent;
    }
    return common == SIZE_MAX ? 0 : common;
}

static void emit_sql(struct buf *to, const char *sql)
{
    size_t drop = common_indent(sql);
    bool first = true;
    while (*sql) {
        size_t len = strcspn(sql, "\n");
        const char *next = sql[len] ? sql + len + 1 : sql + len;
        size_t indent = strspn(sql, " ");
        if (indent < len) {
            size_t skip = first ? 0 : drop < indent ? drop : indent;
            /* With the break in front, the lines below begin where they did in the file. */
            if (!first)
                buf_add_str(to, "\n           ");
            emit_literal(to, sql + skip, len - skip);
            if (strspn(next, " \n") != strlen(next)) {
                to->len--; /* the closing quote */
                buf_add_str(to, "\\n\"");
            }
            first = false;
        }
        sql = next;
    }
}

static void emit_query(struct buf *to, const struct statement *st)
{
    buf_printf(to,
               "static const struct query query_%s = {\n    .name = \"%s\",\n    .sql = ", st->name,
               st->name);
    emit_sql(to, st->sql);
    buf_printf(to, ",\n    .params = %zu,\n    .columns = %zu,\n    .writes = %s,\n};\n\n",
               st->param_count, st->column_count, st->writes ? "true" : "false");
}

/* ---- rows ---- */

static bool row_needs_arena(const struct statement *st)
{
    for (size_t i = 0; i < st->column_count; i++) {
        enum type type = st->columns[i].type.type;
        if (type == TYPE_TEXT || type == TYPE_BYTES || type == TYPE_SEALED)
            return true;
    }
    return false;
}

/* The value of a column that cannot be wrong; NULL for those that are checked while reading. */
static const char *reader_of(enum type type)
{
    switch (type) {
    case TYPE_INT:
    case TYPE_DATE:
        return NULL;
    case TYPE_LONG:
    case TYPE_TIME:
        return "db_get_int(rows, %zu)";
    case TYPE_BOOL:
        return "db_get_int(rows, %zu) != 0";
    case TYPE_TEXT:
        return "get_text(arena, rows, %zu)";
    case TYPE_BYTES:
        return "get_bytes(arena, rows, %zu)";
    case TYPE_SEALED:
        return "get_sealed(arena, rows, %zu)";
    case TYPE_ID:
        return "{db_get_int(rows, %zu)}";
    }
    return NULL;
}

static void emit_plain_columns(struct buf *to, const struct statement *st)
{
    bool any = false;
    for (size_t i = 0; i < st->column_count; i++)
        any = any || reader_of(st->columns[i].type.type);
    if (!any) {
        buf_printf(to, "    struct sql_%s row = {0};\n", st->name);
        return;
    }
    buf_printf(to, "    struct sql_%s row = {\n", st->name);
    for (size_t i = 0; i < st->column_count; i++) {
        const char *reader = reader_of(st->columns[i].type.type);
        if (!reader)
            continue;
        buf_printf(to, "        .%s = ", st->columns[i].name);
        buf_printf(to, reader, i);
        buf_add_str(to, ",\n");
    }
    buf_add_str(to, "    };\n");
}

static void emit_read(struct buf *to, const struct statement *st)
{
    bool arena = row_needs_arena(st);
    buf_printf(to, "static enum status read_%s(%sconst struct db_rows *rows,\n", st->name,
               arena ? "struct arena *arena, " : "");
    buf_printf(to, "%*sstruct sql_%s *ret_row)\n{\n", (int)strlen(st->name) + 25, "", st->name);
    emit_plain_columns(to, st);
    for (size_t i = 0; i < st->column_count; i++) {
        enum type type = st->columns[i].type.type;
        if (!reader_of(type))
            buf_printf(to, "    if (!get_%s(rows, %zu, &row.%s))\n        return ERR_CORRUPT;\n",
                       type == TYPE_INT ? "int32" : "date", i, st->columns[i].name);
    }
    if (arena)
        buf_add_str(to, "    if (arena_failed(arena))\n        return ERR_NOMEM;\n");
    buf_add_str(to, "    *ret_row = row;\n    return OK;\n}\n\n");
}

/* The loop of `many`, once for each struct that has one. */
static void emit_collect(struct buf *to, const struct statement *st)
{
    const char *name = st->name;
    buf_printf(to, "static enum status collect_%s(struct arena *arena, struct db_rows *rows,\n",
               name);
    int indent = (int)strlen(name) + 28;
    buf_printf(to, "%*sstruct sql_%s **ret_rows,\n%*ssize_t *ret_count)\n{\n", indent, "", name,
               indent, "");
    buf_printf(to, "    struct sql_%s *list = NULL;\n", name);
    buf_add_str(to, "    size_t count = 0, room = 0;\n"
                    "    for (;;) {\n"
                    "        bool more = false;\n"
                    "        enum status st = db_next(rows, &more);\n"
                    "        if (st != OK)\n"
                    "            return st;\n"
                    "        if (!more)\n"
                    "            break;\n"
                    "        if (count == room)\n"
                    "            list = grown(arena, list, count, &room, sizeof *list);\n"
                    "        if (!list)\n"
                    "            return ERR_NOMEM;\n");
    buf_printf(to, "        st = read_%s(%srows, &list[count]);\n", name,
               row_needs_arena(st) ? "arena, " : "");
    buf_add_str(to, "        if (st != OK)\n"
                    "            return st;\n"
                    "        count++;\n"
                    "    }\n"
                    "    *ret_rows = list;\n"
                    "    *ret_count = count;\n"
                    "    return OK;\n"
                    "}\n\n");
}

static bool row_is_collected(const struct source *source, const struct statement *row)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct statement *st = source->items[i].statement;
        if (st && st->kind == KIND_MANY && st->row == row)
            return true;
    }
    return false;
}

/* ---- functions ---- */

static void emit_refusal(struct buf *to, const struct param *param)
{
    const char *name = param->name;
    if (param->type.type == TYPE_DATE && param->nullable) {
        buf_printf(to, "    if (date_is_set(%s) && !date_valid(%s))\n", name, name);
    } else if (param->nullable || param->type.type <= TYPE_BOOL) {
        return;
    } else {
        switch (param->type.type) {
        case TYPE_DATE:
            buf_printf(to, "    if (!date_valid(%s))\n", name);
            break;
        case TYPE_TEXT:
            buf_printf(to, "    if (!%s)\n", name);
            break;
        case TYPE_BYTES:
        case TYPE_SEALED:
            buf_printf(to, "    if (!%s.data)\n", name);
            break;
        case TYPE_ID:
            buf_printf(to, "    if (!%s.v)\n", name);
            break;
        case TYPE_INT:
        case TYPE_LONG:
        case TYPE_BOOL:
        case TYPE_TIME:
            buf_printf(to, "    if (!%s)\n", name);
            break;
        }
    }
    buf_add_str(to, "        return ERR_INVALID;\n");
}

static void emit_arg(struct buf *to, const struct param *param)
{
    const char *name = param->name;
    bool null = param->nullable;
    switch (param->type.type) {
    case TYPE_INT:
    case TYPE_LONG:
    case TYPE_BOOL:
        buf_printf(to, "db_int(%s)", name);
        break;
    case TYPE_TIME:
        buf_printf(to, null ? "%s ? db_int(%s) : db_null()" : "db_int(%s)", name, name);
        break;
    case TYPE_ID:
        buf_printf(to, null ? "%s.v ? db_int(%s.v) : db_null()" : "db_int(%s.v)", name, name);
        break;
    case TYPE_TEXT:
        buf_printf(to, "db_text(%s)", name);
        break;
    case TYPE_DATE:
        if (null)
            buf_printf(to, "date_is_set(%s) ? ", name);
        buf_printf(to, "db_text(text_of_%s.s)%s", name, null ? " : db_null()" : "");
        break;
    case TYPE_BYTES:
    case TYPE_SEALED:
        if (null)
            buf_printf(to, "%s.data ? ", name);
        buf_printf(to, "db_blob(%s.data, %s.len)%s", name, name, null ? " : db_null()" : "");
        break;
    }
}

static void emit_args(struct buf *to, const struct statement *st)
{
    for (size_t i = 0; i < st->param_count; i++)
        emit_refusal(to, &st->params[i]);
    for (size_t i = 0; i < st->param_count; i++)
        if (st->params[i].type.type == TYPE_DATE)
            buf_printf(to, "    const struct date_text text_of_%s = date_text(%s);\n",
                       st->params[i].name, st->params[i].name);
    if (st->param_count == 0)
        return;
    buf_add_str(to, "    const struct db_value args[] = {\n");
    for (size_t i = 0; i < st->param_count; i++) {
        buf_add_str(to, "        ");
        emit_arg(to, &st->params[i]);
        buf_add_str(to, ",\n");
    }
    buf_add_str(to, "    };\n");
}

/* The one row of `one`. A write is stepped to its end: only there its foreign keys are checked. */
static void emit_first(struct buf *to, const struct statement *st)
{
    bool arena = row_needs_arena(st->row);
    buf_printf(to, "static enum status first_%s(%sstruct db_rows *rows,\n", st->name,
               arena ? "struct arena *arena, " : "");
    buf_printf(to, "%*sstruct sql_%s *ret_row)\n{\n", (int)strlen(st->name) + 26, "",
               st->row->name);
    buf_add_str(to, "    bool more = false;\n"
                    "    enum status st = db_next(rows, &more);\n"
                    "    if (st != OK)\n"
                    "        return st;\n"
                    "    if (!more)\n"
                    "        return ERR_NOT_FOUND;\n");
    const char *pass = arena ? "arena, " : "";
    if (!st->writes) {
        buf_printf(to, "    return read_%s(%srows, ret_row);\n}\n\n", st->row->name, pass);
        return;
    }
    buf_printf(to, "    struct sql_%s row;\n    st = read_%s(%srows, &row);\n", st->row->name,
               st->row->name, pass);
    buf_add_str(to, "    while (st == OK && more) /* the engine checks foreign keys at the end */\n"
                    "        st = db_next(rows, &more);\n"
                    "    if (st == OK)\n"
                    "        *ret_row = row;\n"
                    "    return st;\n}\n\n");
}

static void emit_function(struct buf *to, struct arena *arena, const struct statement *st)
{
    if (st->kind == KIND_ONE)
        emit_first(to, st);
    const char *args = st->param_count ? "args" : "NULL";
    emit_prototype(to, arena, st, "");
    buf_add_str(to, "\n{\n");
    if (st->kind == KIND_ONE && !row_needs_arena(st->row))
        buf_add_str(to, "    (void)arena; /* nothing in the row needs it */\n");
    emit_args(to, st);
    if (st->kind == KIND_EXEC) {
        buf_printf(to, "    return db_exec(db, &query_%s, %s, ret_changed);\n}\n\n", st->name,
                   args);
        return;
    }
    buf_printf(to,
               "    struct db_rows rows;\n"
               "    enum status st = db_start(db, &query_%s, %s, &rows);\n"
               "    if (st != OK)\n"
               "        return st;\n",
               st->name, args);
    if (st->kind == KIND_ONE)
        buf_printf(to, "    st = first_%s(%s&rows, ret_row);\n", st->name,
                   row_needs_arena(st->row) ? "arena, " : "");
    else
        buf_printf(to, "    st = collect_%s(arena, &rows, ret_rows, ret_count);\n", st->row->name);
    buf_add_str(to, "    db_done(&rows);\n    return st;\n}\n\n");
}

/* ---- the file ---- */

static void emit_includes(struct buf *to, const struct source *source, const char *header_path)
{
    const char *slash = strrchr(header_path, '/');
    buf_printf(to, "/* Made by queryc from %s.sql: change it there. */\n", source->stem);
    buf_printf(to, "#include \"gen/%s\"\n\n", slash ? slash + 1 : header_path);
    if (has_kind(source, KIND_MANY))
        buf_add_str(to, "#include <string.h>\n\n");
    buf_add_str(to, "#include \"base/arena.h\"\n#include \"db/db.h\"\n\n");
    for (size_t i = 0; i < source->count; i++) {
        const struct statement *st = source->items[i].statement;
        if (st && strlen(st->sql) + 256 > LITERAL_MAX) {
            buf_add_str(to, "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n");
            return;
        }
    }
}

void emit_source(struct buf *to, struct arena *arena, const struct source *source,
                 const char *header_path)
{
    emit_includes(to, source, header_path);
    emit_helpers(to, source);
    for (size_t i = 0; i < source->count; i++) {
        const struct statement *st = source->items[i].statement;
        if (!st)
            continue;
        emit_query(to, st);
        if (st->kind != KIND_EXEC && st->row == st)
            emit_read(to, st);
        if (st->row == st && row_is_collected(source, st))
            emit_collect(to, st);
        emit_function(to, arena, st);
    }
    buf_printf(to, "const struct query *const sql_%s_queries[] = {\n", source->stem);
    for (size_t i = 0; i < source->count; i++)
        if (source->items[i].statement)
            buf_printf(to, "    &query_%s,\n", source->items[i].statement->name);
    buf_add_str(to, "    NULL,\n};\n");
}
