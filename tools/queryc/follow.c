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
    static const char *const values[] = {"null",         "true",         "false",
                                         "current_date", "current_time", "current_timestamp"};
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
    struct follower f = {.arena = arena,
                         .report = report,
                         .schema = schema,
                         .statement = statement,
                         .tokens = statement->tokens,
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
