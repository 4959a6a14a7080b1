#include "queryc/follow.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

/* ---- the columns of a result ---- */

/* "count(*) n": legal SQL, but easily a forgotten comma. */
static bool has_bare_alias(const struct follower *f, struct range range)
{
    static const char *const ends[] = {"end", "null", "isnull", "notnull", "true", "false"};
    static const char *const operators[] = {
        "and",    "or",   "not",  "is",   "like", "in",       "between", "collate", "from",
        "escape", "then", "else", "case", "glob", "distinct", "all",     "exists",  "when"};
    if (range.to < range.from + 2 || f->tokens[range.to - 1].kind != TOK_WORD)
        return false;
    const struct token *last = &f->tokens[range.to - 1], *before = last - 1;
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (str_equal(last->text, ends[i]))
            return false;
    if (before->kind == TOK_OP)
        return str_equal(before->text, ")");
    for (size_t i = 0; i < ARRAY_LEN(operators); i++)
        if (token_is(before, operators[i]))
            return false;
    return true;
}

static bool is_star(const struct follower *f, struct range range)
{
    return word_at(f, range, range.to - 1, "*") &&
           (range.to == range.from + 1 || word_at(f, range, range.to - 2, "."));
}

static void follow_value(struct follower *f, const struct level *level, struct range range,
                         struct output *output, enum use use)
{
    const char *column = NULL;
    if (is_column(f, range, &column)) {
        output->plain = true;
        if (!output->name)
            output->name = column;
        output->sealed = is_sealed_name(column);
        output->school = str_equal(column, "school") && is_tied_school(f, level, range);
    } else if (is_enclosed(f, range) && opens_query(f, range, range.from)) {
        enum use inner = output->name && is_sealed_name(output->name) && use != USE_VALUE
                             ? USE_SEALED
                             : USE_VALUE;
        const struct relation *query = follow_query(f, inside(range), level, level->env, inner);
        output->sealed = query->count > 0 && query->outputs[0].sealed;
    } else {
        output->school = is_param(f, range, "school");
        output->fits_sealed = fits_sealed(f, range);
        scan_expression(f, level, range);
    }
}

static void check_sealed_output(struct follower *f, const struct output *output, enum use use)
{
    if (!output->sealed)
        return;
    if (use == USE_VALUE)
        report_add(f->report, output->line,
                   "a sealed column cannot be compared, ordered by, or used in an expression");
    else if (use == USE_RESULT && output->name && !is_sealed_name(output->name))
        report_add(f->report, output->line, SEALED_NAME, output->name);
}

static void follow_output(struct follower *f, const struct level *level, struct range range,
                          enum use use, struct relation *relation)
{
    struct output output = {.line = f->tokens[range.from].line};
    if (range.from == range.to) {
        lose(f, range.from, "a column is missing here");
        return;
    }
    if (is_star(f, range)) {
        report_add(f->report, output.line, "name the columns: * changes with the schema");
        f->followed->star = true;
        return;
    }
    if (range.to >= range.from + 3 && word_at(f, range, range.to - 2, "as")) {
        output.name = f->tokens[range.to - 1].text;
        range.to -= 2;
    } else if (has_bare_alias(f, range)) {
        report_add(f->report, f->tokens[range.to - 1].line, "write AS before the alias %s",
                   f->tokens[range.to - 1].text);
        output.name = f->tokens[range.to - 1].text;
        range.to -= 1;
    }
    follow_value(f, level, range, &output, use);
    check_sealed_output(f, &output, use);
    GROW(f->arena, relation->outputs, relation->count, relation->room);
    relation->outputs[relation->count++] = output;
}

struct relation *follow_outputs(struct follower *f, const struct level *level, struct range range,
                                enum use use)
{
    struct relation *relation = need(f->arena, sizeof *relation);
    size_t at = range.from;
    do {
        size_t end = item_end(f, range, at);
        follow_output(f, level, (struct range){at, end}, use, relation);
        at = end + 1;
    } while (at <= range.to && !f->lost);
    return relation;
}

/* ---- SELECT ---- */

/* GROUP BY or ORDER BY. A position ("ORDER BY 2") would hide which column is meant. */
static void scan_terms(struct follower *f, const struct level *level, struct range range)
{
    for (size_t at = range.from; at < range.to;) {
        size_t end = item_end(f, range, at);
        bool alone =
            end == at + 1 || word_at(f, range, at + 1, "asc") || word_at(f, range, at + 1, "desc");
        if (f->tokens[at].kind == TOK_NUMBER && alone)
            report_add(f->report, f->tokens[at].line, "order or group by a name, not a position");
        scan_expression(f, level, (struct range){at, end});
        at = end + 1;
    }
}

/* The clauses of a SELECT in their order; `at` is where each keyword stands. */
enum clause { FROM, WHERE, GROUP, HAVING, WINDOW, ORDER, LIMIT, CLAUSES };
static const char *const clause_words[CLAUSES] = {"from",   "where", "group", "having",
                                                  "window", "order", "limit"};

/* What stands behind a clause's keyword; empty when the clause is absent. */
static struct range clause_body(const size_t at[CLAUSES + 1], enum clause clause, size_t to)
{
    if (at[clause] == to)
        return (struct range){to, to};
    size_t end = to;
    for (size_t next = clause + 1; next < CLAUSES; next++)
        if (at[next] < end)
            end = at[next];
    size_t words = clause == GROUP || clause == ORDER ? 2 : 1;
    return (struct range){at[clause] + words < end ? at[clause] + words : end, end};
}

static struct relation *follow_list(struct follower *f, const struct level *level,
                                    struct range list, enum use use)
{
    bool distinct = word_at(f, list, list.from, "distinct");
    int line = f->tokens[list.from].line;
    if (distinct || word_at(f, list, list.from, "all"))
        list.from++;
    struct relation *relation = follow_outputs(f, level, list, use);
    for (size_t i = 0; distinct && i < relation->count; i++)
        if (relation->outputs[i].sealed)
            report_add(f->report, line, "DISTINCT would compare a sealed column");
    return relation;
}

static struct relation *follow_select(struct follower *f, struct range range,
                                      const struct level *outer, const struct cte *env,
                                      enum use use)
{
    struct level level = {.outer = outer, .env = env};
    size_t at[CLAUSES + 1];
    struct range rest = {range.from + 1, range.to};
    size_t list_end = range.to;
    for (size_t i = 0; i < CLAUSES; i++) {
        at[i] = find_clause(f, rest, clause_words[i]);
        if (at[i] < range.to) {
            rest.from = at[i] + 1;
            list_end = at[i] < list_end ? at[i] : list_end;
        }
    }

    struct range from = clause_body(at, FROM, range.to);
    if (from.from < from.to)
        follow_from(f, &level, from);
    if (f->lost)
        return need(f->arena, sizeof(struct relation));
    settle_level(f, &level, clause_body(at, WHERE, range.to));

    struct relation *relation =
        follow_list(f, &level, (struct range){range.from + 1, list_end}, use);
    scan_terms(f, &level, clause_body(at, GROUP, range.to));
    scan_expression(f, &level, clause_body(at, HAVING, range.to));
    scan_expression(f, &level, clause_body(at, WINDOW, range.to));
    scan_terms(f, &level, clause_body(at, ORDER, range.to));
    scan_expression(f, &level, clause_body(at, LIMIT, range.to));
    return relation;
}

static struct relation *follow_values(struct follower *f, struct range range,
                                      const struct level *outer, const struct cte *env)
{
    struct level level = {.outer = outer, .env = env};
    scan_expression(f, &level, (struct range){range.from + 1, range.to});
    return need(f->arena, sizeof(struct relation));
}

/* One arm of a UNION, or all of a query without one. */
static struct relation *follow_arm(struct follower *f, struct range range,
                                   const struct level *outer, const struct cte *env, enum use use)
{
    if (word_at(f, range, range.from, "select"))
        return follow_select(f, range, outer, env, use);
    if (word_at(f, range, range.from, "values"))
        return follow_values(f, range, outer, env);
    lose(f, range.from < range.to ? range.from : range.to, "expected SELECT or VALUES here");
    return need(f->arena, sizeof(struct relation));
}

static size_t next_arm(const struct follower *f, struct range range)
{
    static const char *const words[] = {"union", "intersect", "except"};
    size_t first = range.to;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        size_t at = find_clause(f, range, words[i]);
        first = at < first ? at : first;
    }
    return first;
}

/* Lays a further arm over the first: a column is what all arms make of it. */
static void merge_arm(struct follower *f, struct relation *first, const struct relation *arm,
                      bool compares, int line)
{
    for (size_t i = 0; i < first->count; i++) {
        struct output *to = &first->outputs[i];
        const struct output *from = i < arm->count ? &arm->outputs[i] : NULL;
        if (from && from->sealed && (!to->name || !is_sealed_name(to->name)))
            report_add(f->report, from->line,
                       "column %zu is sealed here: the first SELECT must "
                       "give it a name that ends in _sealed",
                       i + 1);
        to->sealed = to->sealed || (from && from->sealed);
        to->fits_sealed = to->fits_sealed && from && (from->fits_sealed || from->sealed);
        to->school = to->school && from && from->school;
        if (compares && to->sealed)
            report_add(f->report, line, "write UNION ALL: anything else compares sealed columns");
    }
}

static void note_arm(struct followed *followed, size_t from, size_t to)
{
    if (followed->arm_count == ARMS_MAX)
        return;
    followed->arms[followed->arm_count++] = from;
    followed->arms[followed->arm_count] = to;
}

struct relation *follow_query(struct follower *f, struct range range, const struct level *outer,
                              const struct cte *env, enum use use)
{
    struct relation *result = NULL;
    if (++f->depth > DEPTH_MAX)
        lose(f, range.from, "too many queries in each other");
    if (!f->lost && word_at(f, range, range.from, "with"))
        env = follow_with(f, &range, outer, env);

    bool compares = false, whole = range.from == f->main && range.to == f->statement->token_count;
    while (!f->lost) {
        size_t end = next_arm(f, range);
        if (whole)
            note_arm(f->followed, range.from, end);
        struct relation *arm = follow_arm(f, (struct range){range.from, end}, outer, env, use);
        if (result)
            merge_arm(f, result, arm, compares, f->tokens[range.from - 1].line);
        else
            result = arm;
        if (end == range.to)
            break;
        bool all = word_at(f, range, end + 1, "all");
        compares = !all;
        range.from = end + (all ? 2 : 1);
    }
    f->depth--;
    return result ? result : need(f->arena, sizeof *result);
}
