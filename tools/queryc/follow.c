#include "queryc/follow.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

void lose(struct follower *f, size_t at, const char *why)
{
    if (!f->lost)
        report_add(f->report, f->tokens[at].line, "cannot follow this statement: %s", why);
    f->lost = true;
}

void note_table(struct follower *f, const char *name)
{
    struct followed *followed = f->followed;
    GROW(f->arena, followed->tables, followed->table_count, followed->table_room);
    followed->tables[followed->table_count++] = name;
}

/* ---- looking around ---- */

bool word_at(const struct follower *f, struct range range, size_t at, const char *word)
{
    return at >= range.from && at < range.to && token_is(&f->tokens[at], word);
}

/* FROM of "IS DISTINCT FROM", a column after a dot, and words that are clauses only with others. */
static bool starts_clause(const struct follower *f, struct range range, size_t at)
{
    if (word_at(f, range, at - 1, "."))
        return false;
    if (word_at(f, range, at, "from") && word_at(f, range, at - 1, "distinct"))
        return !word_at(f, range, at - 2, "is") && !word_at(f, range, at - 2, "not");
    if (word_at(f, range, at, "group") || word_at(f, range, at, "order"))
        return word_at(f, range, at + 1, "by");
    if (word_at(f, range, at, "window"))
        return word_at(f, range, at + 2, "as");
    if (word_at(f, range, at, "on"))
        return word_at(f, range, at + 1, "conflict");
    return true;
}

size_t find_clause(const struct follower *f, struct range range, const char *word)
{
    size_t cases = 0;
    for (size_t at = range.from; at < range.to; at++) {
        const struct token *token = &f->tokens[at];
        if (token_is(token, "("))
            at = f->match[at];
        else if (token_is(token, "case"))
            cases++;
        else if (token_is(token, "end") && cases > 0)
            cases--;
        else if (cases == 0 && token_is(token, word) && starts_clause(f, range, at))
            return at;
    }
    return range.to;
}

size_t item_end(const struct follower *f, struct range range, size_t at)
{
    for (; at < range.to && !token_is(&f->tokens[at], ","); at++)
        if (token_is(&f->tokens[at], "("))
            at = f->match[at];
    return at;
}

bool opens_query(const struct follower *f, struct range range, size_t at)
{
    return word_at(f, range, at, "(") &&
           (word_at(f, range, at + 1, "select") || word_at(f, range, at + 1, "with") ||
            word_at(f, range, at + 1, "values"));
}

bool is_enclosed(const struct follower *f, struct range range)
{
    return word_at(f, range, range.from, "(") && f->match[range.from] + 1 == range.to;
}

bool is_param(const struct follower *f, struct range range, const char *name)
{
    return range.to == range.from + 1 && f->tokens[range.from].kind == TOK_PARAM &&
           str_equal(f->tokens[range.from].text, name);
}

bool is_column(const struct follower *f, struct range range, const char **ret_column)
{
    static const char *const values[] = {"null", "true", "false", "current_date", "current_time",
                                         "current_timestamp"};
    size_t len = range.to - range.from;
    if (len != 1 && !(len == 3 && word_at(f, range, range.from + 1, ".")))
        return false;
    const struct token *first = &f->tokens[range.from], *last = &f->tokens[range.to - 1];
    if (first->kind != TOK_WORD || last->kind != TOK_WORD)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        if (str_equal(last->text, values[i]))
            return false;
    *ret_column = last->text;
    return true;
}

bool is_tied_school(const struct follower *f, const struct level *level, struct range range)
{
    if (is_param(f, range, "school"))
        return true;
    const struct level *found = NULL;
    const struct place *place = school_place(f, level, range, &found);
    return place && place->tied;
}

/* ---- levels ---- */

static void spread_ties(struct level *level)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < level->edge_count; i++) {
            struct edge edge = level->edges[i];
            bool holds = edge.from == FROM_PARAM || level->places[edge.from].tied;
            if (holds && !level->places[edge.to].tied)
                level->places[edge.to].tied = changed = true;
        }
    }
}

static void refuse_untied(struct follower *f, const struct level *level)
{
    for (size_t i = 0; i < level->count; i++) {
        const struct place *place = &level->places[i];
        if (place->tied || !place->schema || !place->has_school)
            continue;
        const char *as = str_equal(place->alias, place->table)
                             ? place->table
                             : arena_printf(f->arena, "%s %s", place->table, place->alias);
        report_add(f->report, place->line, "%s is not tied to :school; add %s.school = :school%s",
                   as, place->alias,
                   place->passed_over ? " (the ON of an outer join does not hold for all its rows)"
                                      : "");
    }
}

static void refuse_sealed(struct follower *f, size_t at)
{
    report_add(f->report, f->tokens[at].line,
               "%s is sealed: it cannot be compared, ordered by, or used in an expression",
               f->tokens[at].text);
}

static void scan_word(struct follower *f, struct range range, size_t at)
{
    if (word_at(f, range, at, "in") && !word_at(f, range, at + 1, "("))
        report_add(f->report, f->tokens[at].line, "IN takes a list or query in parentheses");
    if (word_at(f, range, at + 1, ".") && word_at(f, range, at + 3, "."))
        report_add(f->report, f->tokens[at].line, "a column is named by table.column at most");
    if (!is_sealed_name(f->tokens[at].text))
        return;
    bool asks_presence = word_at(f, range, at + 1, "is") &&
                         (word_at(f, range, at + 2, "null") ||
                          (word_at(f, range, at + 2, "not") && word_at(f, range, at + 3, "null")));
    if (!asks_presence)
        refuse_sealed(f, at);
}

void scan_expression(struct follower *f, const struct level *level, struct range range)
{
    for (size_t at = range.from; at < range.to && !f->lost; at++) {
        if (opens_query(f, range, at)) {
            follow_query(f, (struct range){at + 1, f->match[at]}, level, level->env, USE_VALUE);
            at = f->match[at];
        } else if (f->tokens[at].kind == TOK_WORD) {
            scan_word(f, range, at);
        }
    }
}

void settle_level(struct follower *f, struct level *level, struct range where)
{
    for (size_t i = 0; i < level->on_count; i++)
        add_condition(f, level, level->ons[i].range, level->ons[i].lo, level->ons[i].hi);
    add_condition(f, level, where, 0, level->count);
    spread_ties(level);
    refuse_untied(f, level);

    for (size_t i = 0; i < level->on_count; i++)
        scan_expression(f, level, level->ons[i].range);
    scan_expression(f, level, where);
}

/* GROUP BY or ORDER BY. A position ("ORDER BY 2") would hide which column is meant. */
static void scan_terms(struct follower *f, const struct level *level, struct range range)
{
    for (size_t at = range.from; at < range.to;) {
        size_t end = item_end(f, range, at);
        bool alone = end == at + 1 || word_at(f, range, at + 1, "asc") ||
                     word_at(f, range, at + 1, "desc");
        if (f->tokens[at].kind == TOK_NUMBER && alone)
            report_add(f->report, f->tokens[at].line, "order or group by a name, not a position");
        scan_expression(f, level, (struct range){at, end});
        at = end + 1;
    }
}

/* ---- the columns of a result ---- */

/* "count(*) n": legal SQL, but easily a forgotten comma. */
static bool has_bare_alias(const struct follower *f, struct range range)
{
    static const char *const ends[] = {"end", "null", "isnull", "notnull", "true", "false"};
    static const char *const operators[] = {"and", "or", "not", "is", "like", "in", "between",
                                            "collate", "from", "escape", "then", "else", "case",
                                            "glob", "distinct", "all", "exists", "when"};
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
                             ? USE_SEALED : USE_VALUE;
        const struct relation *query =
            follow_query(f, inside(range), level, level->env, inner);
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
            report_add(f->report, from->line, "column %zu is sealed here: the first SELECT must "
                       "give it a name that ends in _sealed", i + 1);
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
        struct relation *arm =
            follow_arm(f, (struct range){range.from, end}, outer, env, use);
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

/* ---- WITH ---- */

static struct relation *listed_columns(struct follower *f, struct range range)
{
    struct relation *relation = need(f->arena, sizeof *relation);
    for (size_t at = range.from; at < range.to; at += 2) {
        GROW(f->arena, relation->outputs, relation->count, relation->room);
        relation->outputs[relation->count++] = (struct output){
            .name = f->tokens[at].text, .line = f->tokens[at].line, .school = true};
    }
    return relation;
}

/* Gives the listed names to what the query made. True when less is tied than was assumed. */
static bool name_columns(struct follower *f, struct relation *listed, const struct relation *made)
{
    bool weaker = false;
    for (size_t i = 0; i < listed->count; i++) {
        struct output *to = &listed->outputs[i];
        const struct output *from = i < made->count ? &made->outputs[i] : NULL;
        weaker = weaker || (to->school && !(from && from->school));
        to->school = to->school && from && from->school;
        to->sealed = from && from->sealed;
        if (to->sealed && !is_sealed_name(to->name))
            report_add(f->report, to->line, SEALED_NAME, to->name);
    }
    return weaker;
}

/*
 * A CTE that reads itself may count on its own column school being tied, if that then follows:
 * what holds for the first rows and for each step holds for all. If not, it is read again without.
 */
static void follow_cte(struct follower *f, struct cte *cte, struct range body,
                       const struct level *outer)
{
    if (cte->nameless) {
        struct relation *made = follow_query(f, body, outer, cte, USE_RESULT);
        cte->relation = made;
        cte->nameless = false;
        return;
    }
    bool again = true;
    while (again && !f->lost)
        again = name_columns(f, cte->relation, follow_query(f, body, outer, cte, USE_RESULT));
}

/* name [(columns)] AS [[NOT] MATERIALIZED] (query): returns where it ends. */
static size_t read_cte(struct follower *f, struct range range, const struct level *outer,
                       struct cte *cte)
{
    size_t at = range.from;
    if (at >= range.to || f->tokens[at].kind != TOK_WORD) {
        lose(f, range.from, "expected the name of a CTE");
        return range.to;
    }
    cte->name = f->tokens[at++].text;
    if (schema_table(f->schema, cte->name))
        report_add(f->report, f->tokens[at - 1].line, "the CTE %s has the name of a table",
                   cte->name);
    note_table(f, cte->name);
    cte->nameless = !word_at(f, range, at, "(");
    cte->relation = need(f->arena, sizeof *cte->relation);
    if (!cte->nameless) {
        cte->relation = listed_columns(f, (struct range){at + 1, f->match[at]});
        at = f->match[at] + 1;
    }
    if (word_at(f, range, at, "as"))
        at++;
    if (word_at(f, range, at, "not"))
        at++;
    if (word_at(f, range, at, "materialized"))
        at++;
    if (!opens_query(f, range, at)) {
        lose(f, at < range.to ? at : range.from, "a CTE is written as: name AS (SELECT …)");
        return range.to;
    }
    follow_cte(f, cte, (struct range){at + 1, f->match[at]}, outer);
    return f->match[at] + 1;
}

const struct cte *follow_with(struct follower *f, struct range *range, const struct level *outer,
                              const struct cte *env)
{
    size_t at = range->from + 1;
    if (word_at(f, *range, at, "recursive"))
        at++;
    for (;;) {
        struct cte *cte = need(f->arena, sizeof *cte);
        cte->next = env;
        at = read_cte(f, (struct range){at, range->to}, outer, cte);
        env = cte;
        if (f->lost || !word_at(f, *range, at, ","))
            break;
        at++;
    }
    range->from = at;
    return env;
}

/* ---- a whole statement ---- */

/* Finds the partner of every parenthesis. */
static bool match_parentheses(struct follower *f, size_t count)
{
    size_t *open = need(f->arena, (count + 1) * sizeof *open);
    size_t depth = 0;
    f->match = need(f->arena, (count + 1) * sizeof *f->match);
    for (size_t at = 0; at < count; at++) {
        if (token_is(&f->tokens[at], "(")) {
            open[depth++] = at;
        } else if (token_is(&f->tokens[at], ")")) {
            if (depth == 0) {
                report_add(f->report, f->tokens[at].line, "this ')' closes nothing");
                return false;
            }
            f->match[open[--depth]] = at;
        }
    }
    if (depth > 0)
        report_add(f->report, f->tokens[open[depth - 1]].line, "this '(' is not closed");
    return depth == 0;
}

bool follow_statement(struct arena *arena, struct report *report, const struct schema *schema,
                      const struct statement *statement, struct followed *ret_followed)
{
    struct followed followed = {0};
    struct follower f = {.arena = arena, .report = report, .schema = schema,
                         .statement = statement, .tokens = statement->tokens,
                         .followed = &followed};
    if (!match_parentheses(&f, statement->token_count))
        return false;

    struct range range = {0, statement->token_count};
    const struct cte *env = NULL;
    if (word_at(&f, range, 0, "with"))
        env = follow_with(&f, &range, NULL, NULL);
    const struct relation *result = NULL;
    if (f.lost)
        return false;
    f.main = followed.first = range.from;
    if (word_at(&f, range, range.from, "insert"))
        result = follow_insert(&f, range, env);
    else if (word_at(&f, range, range.from, "update"))
        result = follow_update(&f, range, env);
    else if (word_at(&f, range, range.from, "delete"))
        result = follow_delete(&f, range, env);
    else
        result = follow_query(&f, range, NULL, env, USE_RESULT);
    followed.outputs = result->outputs;
    followed.output_count = result->count;
    *ret_followed = followed;
    return !f.lost;
}
