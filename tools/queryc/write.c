#include "queryc/follow.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

#define SEALED_VALUE "%s takes a sealed parameter, a sealed column or NULL"

static const struct param *param_named(const struct statement *st, const char *name)
{
    for (size_t i = 0; i < st->param_count; i++)
        if (str_equal(st->params[i].name, name))
            return &st->params[i];
    return NULL;
}

/* ---- values ---- */

bool fits_sealed(const struct follower *f, struct range range)
{
    if (range.to != range.from + 1)
        return false;
    const struct token *token = &f->tokens[range.from];
    const struct param *param =
        token->kind == TOK_PARAM ? param_named(f->statement, token->text) : NULL;
    /* A parameter that is not declared is another problem, and reported as that. */
    return token->kind == TOK_PARAM ? !param || param->type.type == TYPE_SEALED
                                    : token_is(token, "null");
}

static void follow_sealed_value(struct follower *f, const struct level *level, struct range range,
                                const char *column)
{
    const char *from = NULL;
    if (fits_sealed(f, range) || (is_column(f, range, &from) && is_sealed_name(from)))
        return;
    if (is_enclosed(f, range) && opens_query(f, range, range.from)) {
        const struct relation *query =
            follow_query(f, inside(range), level, level->env, USE_SEALED);
        if (query->count == 1 && query->outputs[0].sealed)
            return;
    }
    report_add(f->report, f->tokens[range.from].line, SEALED_VALUE, column);
}

/* A value for a column, in INSERT or SET. */
static void follow_assigned(struct follower *f, const struct level *level, struct range range,
                            const char *column)
{
    if (is_sealed_name(column))
        follow_sealed_value(f, level, range, column);
    else
        scan_expression(f, level, range);
}

/* SET a = …, b = …; the school of a row never changes. */
static void follow_set(struct follower *f, const struct level *level, struct range range)
{
    for (size_t at = range.from; at < range.to && !f->lost;) {
        size_t end = item_end(f, range, at);
        if (f->tokens[at].kind != TOK_WORD || !word_at(f, range, at + 1, "=")) {
            lose(f, at, "SET takes one column at a time: a = …, b = …");
            return;
        }
        const char *column = f->tokens[at].text;
        if (str_equal(column, "school"))
            report_add(f->report, f->tokens[at].line,
                       "a row stays with its school: school cannot "
                       "be set");
        follow_assigned(f, level, (struct range){at + 2, end}, column);
        at = end + 1;
    }
}

/* ---- the table that is written to ---- */

/* Reads `table [AS alias]` as the first place of the level; returns where it ends. */
static size_t read_target(struct follower *f, struct level *level, struct range range)
{
    size_t at = range.from;
    if (at >= range.to || f->tokens[at].kind != TOK_WORD || word_at(f, range, at, "or") ||
        word_at(f, range, at + 1, ".")) {
        lose(f, at, "expected the name of a table here");
        return range.to;
    }
    size_t name = at++;
    const char *alias = NULL;
    bool as = word_at(f, range, at, "as");
    if (as)
        at++;
    if (at < range.to && f->tokens[at].kind == TOK_WORD && (as || !is_clause_word(&f->tokens[at])))
        alias = f->tokens[at++].text;
    /* A CTE cannot be written to, so its name means a table here. */
    const struct cte *env = level->env;
    level->env = NULL;
    add_place(f, level, name, alias);
    level->env = env;
    return at;
}

/*
 * SQLite 3.40 takes RETURNING x IS NULL for a constant when the table's first column is NOT NULL,
 * whatever x is. The caller can see for itself whether x is there.
 */
static void refuse_null_tests(struct follower *f, struct range range)
{
    for (size_t at = range.from; at < range.to; at++)
        if ((word_at(f, range, at, "is") || word_at(f, range, at, "isnull") ||
             word_at(f, range, at, "notnull")) &&
            f->tokens[at].kind == TOK_WORD)
            report_add(f->report, f->tokens[at].line,
                       "SQLite gets IS wrong in RETURNING: return "
                       "the column itself");
}

static struct relation *follow_returning(struct follower *f, const struct level *level,
                                         struct range range, size_t at)
{
    if (at == range.to)
        return need(f->arena, sizeof(struct relation));
    refuse_null_tests(f, (struct range){at, range.to});
    return follow_outputs(f, level, (struct range){at + 1, range.to}, USE_RESULT);
}

/* What stands between the keyword at `at` and the next of the clauses behind it. */
static struct range body(size_t at, size_t end, size_t to)
{
    if (at == to)
        return (struct range){to, to};
    return (struct range){at + 1 < end ? at + 1 : end, end};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* ---- UPDATE and DELETE ---- */

struct relation *follow_update(struct follower *f, struct range range, const struct cte *env)
{
    struct level level = {.env = env};
    size_t at = read_target(f, &level, (struct range){range.from + 1, range.to});
    if (!f->lost && !word_at(f, range, at, "set"))
        lose(f, at, "expected SET here");
    if (f->lost)
        return need(f->arena, sizeof(struct relation));

    size_t returning = find_clause(f, range, "returning");
    struct range rest = {at, returning};
    size_t where = find_clause(f, rest, "where");
    size_t from = find_clause(f, (struct range){at, where}, "from");
    if (from < where)
        follow_from(f, &level, body(from, where, returning));
    if (f->lost)
        return need(f->arena, sizeof(struct relation));
    settle_level(f, &level, body(where, returning, returning));
    follow_set(f, &level, (struct range){at + 1, least(from, where)});
    return follow_returning(f, &level, range, returning);
}

struct relation *follow_delete(struct follower *f, struct range range, const struct cte *env)
{
    struct level level = {.env = env};
    if (!word_at(f, range, range.from + 1, "from"))
        lose(f, range.from, "expected DELETE FROM here");
    size_t at =
        f->lost ? range.to : read_target(f, &level, (struct range){range.from + 2, range.to});
    size_t returning = find_clause(f, range, "returning");
    if (!f->lost && at < returning && !word_at(f, range, at, "where"))
        lose(f, at, "expected WHERE here");
    if (f->lost)
        return need(f->arena, sizeof(struct relation));
    settle_level(f, &level,
                 at < returning ? (struct range){at + 1, returning} : (struct range){at, at});
    return follow_returning(f, &level, range, returning);
}

/* ---- INSERT ---- */

struct insert {
    const char **columns;
    size_t count;
    size_t school; /* place of the column school in the list; count when absent */
    bool tied;     /* the inserted school is :school, or the table has none */
};

/* (a, b, c) */
static void read_columns(struct follower *f, struct range range, struct insert *insert)
{
    insert->columns = need(f->arena, (range.to - range.from + 1) * sizeof *insert->columns);
    for (size_t at = range.from; at < range.to; at += 2) {
        if (f->tokens[at].kind != TOK_WORD ||
            (at + 1 < range.to && !word_at(f, range, at + 1, ","))) {
            lose(f, at, "expected a list of columns");
            return;
        }
        insert->columns[insert->count++] = f->tokens[at].text;
    }
    insert->school = insert->count;
    for (size_t i = 0; i < insert->count; i++)
        if (str_equal(insert->columns[i], "school"))
            insert->school = i;
}

/* One (…, …) of VALUES. */
static void follow_row(struct follower *f, const struct level *level, struct range range,
                       struct insert *insert)
{
    size_t column = 0;
    for (size_t at = range.from; at < range.to && !f->lost; column++) {
        size_t end = item_end(f, range, at);
        struct range value = {at, end};
        if (value.from == value.to) {
            lose(f, at, "a value is missing here");
            return;
        }
        if (column == insert->school && !is_param(f, value, "school"))
            insert->tied = false;
        follow_assigned(f, level, value, column < insert->count ? insert->columns[column] : "");
        at = end + 1;
    }
    if (column <= insert->school && insert->school < insert->count)
        insert->tied = false;
}

static void follow_rows(struct follower *f, const struct level *level, struct range range,
                        struct insert *insert)
{
    for (size_t at = range.from; at < range.to && !f->lost;) {
        if (!word_at(f, range, at, "(")) {
            lose(f, at, "expected a row of values in parentheses");
            return;
        }
        follow_row(f, level, (struct range){at + 1, f->match[at]}, insert);
        at = f->match[at] + 1;
        if (at < range.to && !word_at(f, range, at, ","))
            lose(f, at, "expected ',' between rows");
        at++;
    }
}

/* INSERT … SELECT: every column of the query has to fit the one it goes to. */
static void check_selected(struct follower *f, const struct relation *query, struct insert *insert)
{
    if (insert->school < insert->count)
        insert->tied = insert->school < query->count && query->outputs[insert->school].school;
    for (size_t i = 0; i < query->count && i < insert->count; i++) {
        const struct output *from = &query->outputs[i];
        bool sealed = is_sealed_name(insert->columns[i]);
        if (from->sealed && !sealed)
            report_add(f->report, from->line, SEALED_NAME, insert->columns[i]);
        else if (sealed && !from->sealed && !from->fits_sealed)
            report_add(f->report, from->line, SEALED_VALUE, insert->columns[i]);
    }
}

static bool lists_school(const struct follower *f, struct range range)
{
    for (size_t at = range.from; at < range.to; at = item_end(f, range, at) + 1)
        if (word_at(f, range, at, "school") && item_end(f, range, at) == at + 1)
            return true;
    return false;
}

/*
 * DO UPDATE changes a row that was there already. It is of :school when the conflict is about the
 * school too (`same_school`); else the WHERE has to say so.
 */
static void follow_do_update(struct follower *f, const struct level *level, struct range range,
                             bool tied, bool same_school)
{
    struct level both = {.env = level->env};
    struct place written = level->places[0];
    written.tied = tied && same_school;
    const struct place pair[] = {
        written,
        {.alias = "excluded", .table = "excluded", .has_school = written.has_school, .tied = tied},
    };
    for (size_t i = 0; i < ARRAY_LEN(pair); i++) {
        GROW(f->arena, both.places, both.count, both.room);
        both.places[both.count++] = pair[i];
    }
    size_t where = find_clause(f, range, "where");
    settle_level(f, &both, body(where, range.to, range.to));
    follow_set(f, &both, (struct range){range.from, where});
}

/* ON CONFLICT [(columns) [WHERE …]] DO NOTHING, or DO UPDATE SET … [WHERE …] */
static void follow_conflict(struct follower *f, const struct level *level, struct range range,
                            bool tied)
{
    size_t at = range.from + 2, act = find_clause(f, range, "do");
    bool same_school = false;
    if (word_at(f, range, at, "(")) {
        same_school = lists_school(f, (struct range){at + 1, f->match[at]});
        if (at < act)
            scan_expression(f, level, (struct range){at, act});
    }
    if (word_at(f, range, act + 1, "nothing") && act + 2 == range.to)
        return;
    if (word_at(f, range, act + 1, "update") && word_at(f, range, act + 2, "set"))
        follow_do_update(f, level, (struct range){act + 3, range.to}, tied, same_school);
    else
        lose(f, range.from, "expected ON CONFLICT (columns) DO NOTHING or DO UPDATE SET");
}

/* The rows that are inserted: VALUES or a query. */
static void follow_inserted(struct follower *f, const struct level *level, struct range range,
                            struct insert *insert)
{
    struct level values = {.env = level->env};
    if (word_at(f, range, range.from, "values"))
        follow_rows(f, &values, (struct range){range.from + 1, range.to}, insert);
    else
        check_selected(f, follow_query(f, range, NULL, level->env, USE_RESULT), insert);
}

struct relation *follow_insert(struct follower *f, struct range range, const struct cte *env)
{
    struct level level = {.env = env};
    struct insert insert = {.tied = true};
    struct relation *none = need(f->arena, sizeof *none);
    if (!word_at(f, range, range.from + 1, "into")) {
        lose(f, range.from, "expected INSERT INTO here");
        return none;
    }
    size_t at = read_target(f, &level, (struct range){range.from + 2, range.to});
    if (f->lost)
        return none;
    if (!word_at(f, range, at, "(")) {
        report_add(f->report, f->tokens[at].line, "INSERT lists its columns");
        f->lost = true;
        return none;
    }
    read_columns(f, (struct range){at + 1, f->match[at]}, &insert);
    if (f->lost)
        return none;
    at = f->match[at] + 1;
    size_t returning = find_clause(f, (struct range){at, range.to}, "returning");
    size_t conflict = find_clause(f, (struct range){at, returning}, "on");
    follow_inserted(f, &level, (struct range){at, conflict}, &insert);
    if (level.places[0].has_school && (!insert.tied || insert.school == insert.count))
        report_add(f->report, level.places[0].line,
                   "INSERT INTO %s: its column school must get :school", level.places[0].table);
    level.places[0].tied = true;
    if (!f->lost && conflict < returning)
        follow_conflict(f, &level, (struct range){conflict, returning}, insert.tied);
    return f->lost ? none : follow_returning(f, &level, range, returning);
}
