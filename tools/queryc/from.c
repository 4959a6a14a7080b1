#include "queryc/follow.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

/* Words that end a table's name instead of being its alias. */
bool is_clause_word(const struct token *token)
{
    static const char *const words[] = {
        "where",   "group",  "having",  "window",    "order",   "limit",     "on",
        "using",   "join",   "inner",   "left",      "right",   "full",      "cross",
        "natural", "outer",  "set",     "returning", "union",   "intersect", "except",
        "values",  "select", "default", "from",      "indexed", "not"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (token_is(token, words[i]))
            return true;
    return false;
}

/* ---- places ---- */

static const struct output *output_named(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->count; i++)
        if (relation->outputs[i].name && str_equal(relation->outputs[i].name, name))
            return &relation->outputs[i];
    return NULL;
}

static void put_place(struct follower *f, struct level *level, struct place place)
{
    for (size_t i = 0; i < level->count; i++)
        if (str_equal(level->places[i].alias, place.alias))
            report_add(f->report, place.line, "two tables are called %s here: give one an alias",
                       place.alias);
    if (place.derived) {
        const struct output *school = output_named(place.derived, "school");
        place.has_school = school != NULL;
        place.tied = school && school->school;
    } else if (place.schema) {
        place.has_school = place.schema->has_school;
    }
    GROW(f->arena, level->places, level->count, level->room);
    level->places[level->count++] = place;
}

void add_place(struct follower *f, struct level *level, size_t at, const char *alias)
{
    const char *name = f->tokens[at].text;
    struct place place = {.alias = alias ? alias : name, .table = name, .line = f->tokens[at].line};
    for (const struct cte *cte = level->env; cte && !place.derived; cte = cte->next) {
        if (!str_equal(cte->name, name))
            continue;
        place.derived = cte->relation;
        if (cte->nameless && cte->relation->count == 0)
            report_add(f->report, place.line, "a CTE that reads itself lists its columns: %s(a, b)",
                       name);
    }
    if (!place.derived)
        place.schema = schema_table(f->schema, name);
    note_table(f, name);
    put_place(f, level, place);
}

/* [AS] alias at *at, moved behind it; NULL when there is none. */
static const char *read_alias(const struct follower *f, struct range range, size_t *at)
{
    size_t i = *at;
    bool as = word_at(f, range, i, "as");
    if (as)
        i++;
    if (i >= range.to || f->tokens[i].kind != TOK_WORD || (!as && is_clause_word(&f->tokens[i])))
        return NULL;
    *at = i + 1;
    return f->tokens[i].text;
}

static size_t follow_joins(struct follower *f, struct level *level, struct range range);

static size_t read_subquery(struct follower *f, struct level *level, struct range range)
{
    size_t at = f->match[range.from] + 1;
    int line = f->tokens[range.from].line;
    /* A subquery in FROM does not see its neighbours, only what is around the whole level. */
    const struct relation *query = follow_query(f, (struct range){range.from + 1, at - 1},
                                                level->outer, level->env, USE_RESULT);
    const char *alias = read_alias(f, range, &at);
    if (!alias)
        report_add(f->report, line, "a query in FROM needs an alias");
    put_place(f, level,
              (struct place){
                  .alias = alias ? alias : "", .table = "(query)", .derived = query, .line = line});
    return at;
}

/* One table, subquery or parenthesised join; returns where it ends. */
static size_t read_source(struct follower *f, struct level *level, struct range range)
{
    size_t at = range.from;
    if (opens_query(f, range, at))
        return read_subquery(f, level, range);
    if (word_at(f, range, at, "(")) {
        struct range within = {at + 1, f->match[at]};
        if (follow_joins(f, level, within) != within.to)
            lose(f, at, "what is in these parentheses?");
        return f->match[at] + 1;
    }
    if (at >= range.to || f->tokens[at].kind != TOK_WORD || is_clause_word(&f->tokens[at])) {
        lose(f, at, "expected a table here");
        return range.to;
    }
    if (word_at(f, range, at + 1, ".") || word_at(f, range, at + 1, "(")) {
        lose(f, at, "a table is named by its name alone, and functions are no tables here");
        return range.to;
    }
    size_t name = at++;
    const char *alias = read_alias(f, range, &at);
    add_place(f, level, name, alias);
    return at;
}

/* ---- joins ---- */

enum join { JOIN_NONE, JOIN_INNER, JOIN_LEFT, JOIN_RIGHT, JOIN_FULL };

static enum join read_join(struct follower *f, struct range range, size_t *at)
{
    static const struct {
        const char *word;
        enum join join;
    } words[] = {{"left", JOIN_LEFT},
                 {"right", JOIN_RIGHT},
                 {"full", JOIN_FULL},
                 {"inner", JOIN_INNER},
                 {"cross", JOIN_INNER}};

    if (word_at(f, range, *at, ",")) {
        (*at)++;
        return JOIN_INNER;
    }
    size_t i = *at;
    enum join join = JOIN_INNER;
    if (word_at(f, range, i, "natural"))
        lose(f, i, "NATURAL JOIN hides which columns meet; write ON");
    for (size_t k = 0; k < ARRAY_LEN(words); k++) {
        if (word_at(f, range, i, words[k].word)) {
            join = words[k].join;
            i++;
            break;
        }
    }
    if (word_at(f, range, i, "outer"))
        i++;
    if (!word_at(f, range, i, "join"))
        return JOIN_NONE;
    *at = i + 1;
    return join;
}

/* Where the condition of an ON ends: at the next join, comma or clause. */
static size_t on_end(const struct follower *f, struct range range, size_t at)
{
    static const char *const words[] = {"join",  "left",  "right",  "full",
                                        "inner", "cross", "natural"};
    for (; at < range.to; at++) {
        if (word_at(f, range, at, "("))
            at = f->match[at];
        else if (word_at(f, range, at, ","))
            return at;
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
            if (word_at(f, range, at, words[i]) && !word_at(f, range, at - 1, "."))
                return at;
    }
    return at;
}

/*
 * The places first … middle-1 stand left of this join, middle … count-1 right of it. ON filters
 * the pairs of an inner join; of an outer join only the side that may be missing.
 */
static size_t read_on(struct follower *f, struct level *level, struct range range, enum join join,
                      size_t first, size_t middle)
{
    if (word_at(f, range, range.from, "using")) {
        lose(f, range.from, "USING hides which columns meet; write ON");
        return range.to;
    }
    if (!word_at(f, range, range.from, "on"))
        return range.from;
    struct on on = {.range = {range.from + 1, on_end(f, range, range.from + 1)},
                    .lo = first,
                    .hi = level->count};
    if (join == JOIN_LEFT)
        on.lo = middle;
    else if (join == JOIN_RIGHT)
        on.hi = middle;
    else if (join == JOIN_FULL)
        on.hi = on.lo;
    GROW(f->arena, level->ons, level->on_count, level->on_room);
    level->ons[level->on_count++] = on;
    return on.range.to;
}

/* A chain of joins; returns where it ends. */
static size_t follow_joins(struct follower *f, struct level *level, struct range range)
{
    if (++f->depth > DEPTH_MAX)
        lose(f, range.from, "too many parentheses in each other");
    size_t first = level->count;
    size_t at = f->lost ? range.to : read_source(f, level, range);
    while (!f->lost && at < range.to) {
        enum join join = read_join(f, range, &at);
        if (join == JOIN_NONE)
            break;
        if (join != JOIN_INNER)
            f->followed->outer_join = true;
        size_t middle = level->count;
        at = read_source(f, level, (struct range){at, range.to});
        at = f->lost ? at : read_on(f, level, (struct range){at, range.to}, join, first, middle);
    }
    f->depth--;
    return at;
}

void follow_from(struct follower *f, struct level *level, struct range range)
{
    size_t at = follow_joins(f, level, range);
    if (!f->lost && at != range.to)
        lose(f, at, "expected a join, or the end of FROM");
}

/* ---- conditions ---- */

const struct place *school_place(const struct follower *f, const struct level *level,
                                 struct range range, const struct level **ret_level)
{
    const char *column = NULL;
    if (!is_column(f, range, &column) || !str_equal(column, "school"))
        return NULL;
    const char *alias = range.to - range.from == 3 ? f->tokens[range.from].text : NULL;
    for (; level; level = level->outer) {
        const struct place *found = NULL;
        size_t count = 0;
        for (size_t i = 0; i < level->count; i++) {
            const struct place *place = &level->places[i];
            if (alias ? !str_equal(place->alias, alias) : !place->has_school)
                continue;
            found = place;
            count++;
        }
        if (count == 0)
            continue;
        *ret_level = level;
        return count == 1 && found->has_school ? found : NULL;
    }
    return NULL;
}

/* One side of an equality: a place of this level, or something that is :school for certain. */
struct side {
    bool certain;
    bool local;
    size_t place;
};

static struct side side_of(const struct follower *f, const struct level *level, struct range range)
{
    struct side side = {.certain = is_param(f, range, "school")};
    const struct level *found = NULL;
    const struct place *place = side.certain ? NULL : school_place(f, level, range, &found);
    if (place && found == level) {
        side.local = true;
        side.place = (size_t)(place - level->places);
    } else if (place) {
        side.certain = place->tied;
    }
    return side;
}

static void add_edge(struct follower *f, struct level *level, struct side from, struct side to,
                     size_t lo, size_t hi)
{
    if (!to.local || (!from.local && !from.certain))
        return;
    if (to.place < lo || to.place >= hi) {
        level->places[to.place].passed_over = true;
        return;
    }
    GROW(f->arena, level->edges, level->edge_count, level->edge_room);
    level->edges[level->edge_count++] =
        (struct edge){.from = from.certain ? FROM_PARAM : from.place, .to = to.place};
}

static void add_equality(struct follower *f, struct level *level, struct range range, size_t lo,
                         size_t hi)
{
    for (size_t at = range.from; at < range.to; at++) {
        if (!word_at(f, range, at, "="))
            continue;
        struct side left = side_of(f, level, (struct range){range.from, at});
        struct side right = side_of(f, level, (struct range){at + 1, range.to});
        add_edge(f, level, left, right, lo, hi);
        add_edge(f, level, right, left, lo, hi);
        return;
    }
}

/*
 * Reads what AND puts together, each part for itself. With an OR beside it nothing is certain, and
 * nothing is in a part of any other form than `school = school`.
 */
void add_condition(struct follower *f, struct level *level, struct range range, size_t lo,
                   size_t hi)
{
    while (is_enclosed(f, range) && !opens_query(f, range, range.from))
        range = inside(range);
    if (range.from >= range.to || find_clause(f, range, "or") != range.to)
        return;
    size_t from = range.from;
    bool between = false, parts = false;
    size_t cases = 0;
    for (size_t at = range.from; at < range.to; at++) {
        const struct token *token = &f->tokens[at];
        if (token_is(token, "("))
            at = f->match[at];
        else if (token_is(token, "case"))
            cases++;
        else if (token_is(token, "end") && cases > 0)
            cases--;
        else if (cases == 0 && token_is(token, "between"))
            between = true;
        else if (cases == 0 && token_is(token, "and") && between)
            between = false;
        else if (cases == 0 && token_is(token, "and")) {
            add_condition(f, level, (struct range){from, at}, lo, hi);
            from = at + 1;
            parts = true;
        }
    }
    if (parts)
        add_condition(f, level, (struct range){from, range.to}, lo, hi);
    else
        add_equality(f, level, range, lo, hi);
}
