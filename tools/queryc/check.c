#include <sqlite3.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "queryc/queryc.h"

#define SQL_MAX ((size_t)1024 * 1024)

struct checker {
    struct arena *arena;
    struct report *report;
    const struct schema *schema;
    const char **touched; /* every table that SQLite reads or writes for the statement */
    size_t touched_count, touched_room;
    bool unusual; /* it does something that is neither reading nor writing a table */
};

/* ---- parameters ---- */

static int number_of(const struct statement *st, const char *param)
{
    for (size_t i = 0; i < st->param_count; i++)
        if (str_equal(st->params[i].name, param))
            return (int)i + 1;
    return 0;
}

static void check_params(struct checker *checker, struct statement *st)
{
    if (st->broken)
        return;
    for (size_t i = 0; i < st->token_count; i++) {
        if (st->tokens[i].kind != TOK_PARAM)
            continue;
        int number = number_of(st, st->tokens[i].text);
        if (number > 0)
            st->params[number - 1].used = true;
        else
            report_add(checker->report, st->tokens[i].line,
                       "parameter %s is not declared in the "
                       "head line",
                       st->tokens[i].text);
    }
    for (size_t i = 0; i < st->param_count; i++)
        if (!st->params[i].used)
            report_add(checker->report, st->params[i].line, "parameter %s is not used",
                       st->params[i].name);
}

/* ---- the text for the engines ---- */

static size_t indent_of(const char *start, const char *at)
{
    size_t indent = 0;
    while (at > start + indent && at[-1 - (ptrdiff_t)indent] != '\n')
        indent++;
    return indent;
}

/* What stood between two tokens: blanks and line breaks as they were, comments gone. */
static void add_gap(struct buf *to, const struct token *before, const struct token *token)
{
    const char *end = before->at + before->len;
    if (token->line == before->line) {
        size_t blanks = strspn(end, " \t");
        bool only_blanks = end + blanks >= token->at;
        for (size_t i = 0; i < (only_blanks ? (size_t)(token->at - end) : 1); i++)
            buf_add_char(to, ' ');
        return;
    }
    for (int line = before->line; line < token->line; line++)
        buf_add_char(to, '\n');
    for (size_t i = indent_of(end, token->at); i > 0; i--)
        buf_add_char(to, ' ');
}

/* Tokens from … to-1 with $n for parameters. Undeclared ones become NULL, to go on checking. */
static void add_sql(struct buf *to, const struct statement *st, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        const struct token *token = &st->tokens[i];
        if (i > from)
            add_gap(to, token - 1, token);
        if (token->kind != TOK_PARAM)
            buf_add(to, token->at, token->len);
        else if (number_of(st, token->text) > 0)
            buf_printf(to, "$%d", number_of(st, token->text));
        else
            buf_add_str(to, "NULL");
    }
}

/* The whole statement, or its WITH and one arm of its UNION. */
static const char *sql_text(struct arena *arena, const struct statement *st, size_t with,
                            size_t from, size_t to)
{
    struct buf sql;
    buf_init(&sql, SQL_MAX);
    add_sql(&sql, st, 0, with);
    if (with > 0 && with < to)
        buf_add_char(&sql, ' ');
    add_sql(&sql, st, from, to);
    const char *text = buf_failed(&sql) ? "" : arena_strndup(arena, sql.data, sql.len);
    buf_free(&sql);
    return text;
}

/* ---- what SQLite says of it ---- */

static int authorize(void *context, int action, const char *first, const char *second UNUSED,
                     const char *third UNUSED, const char *fourth UNUSED)
{
    struct checker *checker = context;
    switch (action) {
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        if (first && *first) {
            GROW(checker->arena, checker->touched, checker->touched_count, checker->touched_room);
            checker->touched[checker->touched_count++] = arena_strdup(checker->arena, first);
        }
        break;
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
        break;
    default:
        checker->unusual = true;
    }
    return SQLITE_OK;
}

/* Prepares the statement, with the tables it touches noted. NULL with the problem reported. */
static sqlite3_stmt *prepare(struct checker *checker, const struct statement *st)
{
    sqlite3 *db = checker->schema->db;
    sqlite3_stmt *stmt = NULL;
    sqlite3_set_authorizer(db, authorize, checker);
    int rc = sqlite3_prepare_v2(db, st->sql, -1, &stmt, NULL);
    if (rc != SQLITE_OK) {
        int line = st->tokens[0].line;
        for (int at = sqlite3_error_offset(db) - 1; at >= 0; at--)
            line += st->sql[at] == '\n';
        report_add(checker->report, line, "%s", sqlite3_errmsg(db));
    }
    sqlite3_set_authorizer(db, NULL, NULL);
    return stmt;
}

static bool was_followed(const struct followed *followed, const char *table)
{
    for (size_t i = 0; i < followed->table_count; i++)
        if (sqlite3_stricmp(followed->tables[i], table) == 0)
            return true;
    return false;
}

/* A second opinion on follow.c: whatever SQLite touches must be something that was seen there. */
static void check_touched(struct checker *checker, const struct statement *st,
                          const struct followed *followed)
{
    int line = st->tokens[0].line;
    if (checker->unusual)
        report_add(checker->report, line,
                   "cannot follow this statement: it does more than read "
                   "and write tables");
    for (size_t i = 0; i < checker->touched_count; i++)
        if (!was_followed(followed, checker->touched[i]))
            report_add(checker->report, line,
                       "cannot follow this statement: how does it come to "
                       "the table %s?",
                       checker->touched[i]);
}

/* ---- columns ---- */

static const struct schema_column *origin(const struct schema *schema, sqlite3_stmt *stmt, int i,
                                          const struct schema_table **ret_table)
{
    const char *table = sqlite3_column_table_name(stmt, i);
    const char *column = sqlite3_column_origin_name(stmt, i);
    if (!table || !column)
        return NULL;
    *ret_table = schema_table(schema, table);
    return *ret_table ? schema_column(*ret_table, column) : NULL;
}

static bool check_column_name(struct checker *checker, const struct statement *st,
                              const struct output *output)
{
    if (!output->name) {
        report_add(checker->report, output->line, "this expression needs a name: … AS <name>");
        return false;
    }
    if (is_taken_word(output->name))
        report_add(checker->report, output->line,
                   "column %s: C or the generated code uses this word, choose an alias",
                   output->name);
    for (size_t i = 0; i < st->column_count; i++)
        if (str_equal(st->columns[i].name, output->name))
            report_add(checker->report, output->line, "two columns are called %s", output->name);
    return true;
}

static void check_column(struct checker *checker, struct statement *st, sqlite3_stmt *stmt,
                         const struct followed *followed, size_t i)
{
    const struct output *output = &followed->outputs[i];
    if (!check_column_name(checker, st, output))
        return;
    const struct schema_table *table = NULL;
    const struct schema_column *from = origin(checker->schema, stmt, (int)i, &table);
    struct column column = {
        .name = output->name, .type = type_of_alias(output->name), .nullable = true};
    const char *why = NULL;
    if (from && !schema_type(checker->arena, checker->schema, table, from, &column.type, &why))
        report_add(checker->report, output->line, "%s", why);
    if (from && output->plain)
        column.nullable = !from->not_null || followed->outer_join;
    if (from && is_sealed_name(from->name) && !is_sealed_name(output->name))
        report_add(checker->report, output->line, SEALED_NAME, output->name);
    if (is_sealed_name(output->name) && !output->sealed && !output->fits_sealed)
        report_add(checker->report, output->line, "%s is named as sealed, and is not",
                   output->name);
    st->columns[st->column_count++] = column;
}

/* The further arms of a UNION must have the types of the first: a guardian's id is no pupil's. */
static void check_arm(struct checker *checker, struct statement *st,
                      const struct followed *followed, size_t arm)
{
    sqlite3_stmt *stmt = NULL;
    const char *sql =
        sql_text(checker->arena, st, followed->first, followed->arms[arm], followed->arms[arm + 1]);
    if (sqlite3_prepare_v2(checker->schema->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        return; /* as an arm of the whole it is fine: ORDER BY may name columns of the first */
    for (size_t i = 0; i < st->column_count; i++) {
        const struct schema_table *table = NULL;
        const struct schema_column *from = origin(checker->schema, stmt, (int)i, &table);
        struct c_type type;
        const char *why = NULL;
        if (from && schema_type(checker->arena, checker->schema, table, from, &type, &why) &&
            !same_type(type, st->columns[i].type))
            report_add(checker->report, st->tokens[followed->arms[arm]].line,
                       "column %s has another type in this SELECT than in the first",
                       st->columns[i].name);
    }
    sqlite3_finalize(stmt);
}

static void check_columns(struct checker *checker, struct statement *st, sqlite3_stmt *stmt,
                          const struct followed *followed)
{
    size_t count = (size_t)sqlite3_column_count(stmt);
    if (count > COLUMNS_MAX) {
        report_add(checker->report, st->tokens[0].line, "too many columns");
        return;
    }
    if (count != followed->output_count) {
        if (!followed->star)
            report_add(checker->report, st->tokens[0].line,
                       "cannot follow this statement: what are its columns?");
        return;
    }
    st->columns = need(checker->arena, (count + 1) * sizeof *st->columns);
    for (size_t i = 0; i < count; i++)
        check_column(checker, st, stmt, followed, i);
    for (size_t arm = 1; arm < followed->arm_count && st->column_count == count; arm++)
        check_arm(checker, st, followed, arm);
    if (st->broken)
        return;
    if (st->kind == KIND_EXEC && count > 0)
        report_add(checker->report, st->line, "%s returns rows: it is one or many, not exec",
                   st->name);
    if (st->kind != KIND_EXEC && count == 0)
        report_add(checker->report, st->line, "%s returns no rows: it is exec", st->name);
}

/* ---- rows that are shared ---- */

static bool same_columns(const struct statement *a, const struct statement *b)
{
    if (a->column_count != b->column_count)
        return false;
    for (size_t i = 0; i < a->column_count; i++)
        if (!str_equal(a->columns[i].name, b->columns[i].name) ||
            !same_type(a->columns[i].type, b->columns[i].type))
            return false;
    return true;
}

static struct statement *statement_before(const struct source *source, const struct statement *st,
                                          const char *name)
{
    for (size_t i = 0; i < source->count && source->items[i].statement != st; i++)
        if (source->items[i].statement && str_equal(source->items[i].statement->name, name))
            return source->items[i].statement;
    return NULL;
}

static void check_row(struct checker *checker, const struct source *source, struct statement *st)
{
    st->row = st;
    if (!st->as)
        return;
    const struct statement *other = statement_before(source, st, st->as);
    if (!other || other->kind == KIND_EXEC)
        report_add(checker->report, st->line, "no statement before this one has rows called %s",
                   st->as);
    else if (!other->row || !other->columns || !st->columns)
        return; /* one of them has problems of its own */
    else if (!same_columns(st, other))
        report_add(checker->report, st->line,
                   "the columns are not those of %s: same names and "
                   "types, in the same order",
                   st->as);
    else
        st->row = other->row;
}

/* ---- one statement ---- */

static void check_statement(struct checker *checker, const struct source *source,
                            struct statement *st)
{
    checker->touched_count = 0;
    checker->unusual = false;
    check_params(checker, st);
    st->sql = sql_text(checker->arena, st, 0, 0, st->token_count);
    sqlite3_stmt *stmt = prepare(checker, st);

    /* What SQLite cannot parse it explains better: then our not following is no news. */
    struct report ours = {.arena = checker->arena};
    struct followed followed = {0};
    bool good = follow_statement(checker->arena, &ours, checker->schema, st, &followed);
    for (size_t i = 0; (stmt || good) && i < ours.count; i++)
        report_add(checker->report, ours.problems[i].line, "%s", ours.problems[i].text);
    if (stmt && good) {
        check_touched(checker, st, &followed);
        check_columns(checker, st, stmt, &followed);
        st->writes = !sqlite3_stmt_readonly(stmt);
    }
    check_row(checker, source, st);
    sqlite3_finalize(stmt);
}

void source_check(struct arena *arena, struct report *report, const struct schema *schema,
                  struct source *source)
{
    struct checker checker = {.arena = arena, .report = report, .schema = schema};
    const char *table = arena_printf(arena, "%s_queries", source->stem);
    for (size_t i = 0; i < source->count; i++) {
        struct statement *st = source->items[i].statement;
        if (!st)
            continue;
        const struct statement *twin = statement_before(source, st, st->name);
        if (twin)
            report_add(report, st->line, "there is a statement %s already, on line %d", st->name,
                       twin->line);
        if (str_equal(st->name, table))
            report_add(report, st->line, "the table of all statements has the name %s", table);
        check_statement(&checker, source, st);
    }
}
