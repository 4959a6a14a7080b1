/*
 * follow: the parts that read a statement's shape, shared by follow.c, select.c, with.c, from.c and
 * write.c only.
 *
 * A statement is read as nested levels. Each SELECT (and each UPDATE, DELETE, INSERT) is a level
 * with the places where it names a table, another query, or a CTE. Conditions that must hold for
 * every row become edges: "if this place holds only rows of :school, so does that one". A place
 * of a table with a `school` column that no chain of edges from :school reaches is refused.
 *
 * "Tied" means: the column school is :school, or NULL because an outer join found nothing. That
 * makes edges one-way where a join is outer: ON says nothing about the rows that are kept anyway.
 */
#ifndef QUERYC_FOLLOW_H
#define QUERYC_FOLLOW_H

#include "queryc/queryc.h"

#define DEPTH_MAX 40

/* Tokens from … to-1 of the statement. */
struct range {
    size_t from, to;
};

/* The result of a query: what a subquery or CTE offers to the level around it. */
struct relation {
    struct output *outputs;
    size_t count, room;
};

struct cte {
    const char *name;
    struct relation *relation;
    bool nameless; /* being read, and its columns are not listed */
    const struct cte *next;
};

struct place {
    const char *alias, *table;
    const struct schema_table *schema; /* NULL: a subquery, a CTE, or unknown to the schema */
    const struct relation *derived;    /* of a subquery or CTE */
    bool has_school;
    bool tied;
    bool passed_over; /* an ON named its school, but cannot tie it */
    int line;
};

#define FROM_PARAM SIZE_MAX
struct edge {
    size_t from, to; /* places; FROM_PARAM: :school, or a tied place of a level around */
};

/* A condition of a join, which can tie places lo … hi-1. */
struct on {
    struct range range;
    size_t lo, hi;
};

struct level {
    const struct level *outer; /* where names are looked for next */
    const struct cte *env;
    struct place *places;
    size_t count, room;
    struct edge *edges;
    size_t edge_count, edge_room;
    struct on *ons;
    size_t on_count, on_room;
};

struct follower {
    struct arena *arena;
    struct report *report;
    const struct schema *schema;
    const struct statement *statement;
    const struct token *tokens;
    size_t *match; /* of "(" the place of its ")"; else 0 */
    struct followed *followed;
    size_t main; /* where the statement begins behind its WITH */
    size_t depth;
    bool lost; /* a shape that is not known here: said once, and everything stops */
};

/* What the columns of a query are for, which decides whether they may be sealed. */
enum use {
    USE_RESULT, /* for the caller or for another query: sealed under a sealed name */
    USE_VALUE,  /* a value in an expression: never sealed */
    USE_SEALED, /* the whole of a value that goes under a sealed name */
};

/* ---- follow.c ---- */

/* Says that the statement cannot be followed at token `at`. */
void lose(struct follower *f, size_t at, const char *why);

bool word_at(const struct follower *f, struct range range, size_t at, const char *word);

/* The first `word` of the range outside parentheses and CASE; range.to when there is none. */
size_t find_clause(const struct follower *f, struct range range, const char *word);

/* The end of the list item that starts at `at`: a comma outside parentheses, or range.to. */
size_t item_end(const struct follower *f, struct range range, size_t at);

/* Whether a parenthesis at `at` opens a query. */
bool opens_query(const struct follower *f, struct range range, size_t at);
/* Whether the range is one pair of parentheses around something. */
bool is_enclosed(const struct follower *f, struct range range);
static inline struct range inside(struct range range)
{
    return (struct range){range.from + 1, range.to - 1};
}

/* Reads an expression for its subqueries, and refuses sealed columns in it. */
void scan_expression(struct follower *f, const struct level *level, struct range range);

void note_table(struct follower *f, const char *name);

/*
 * Once all places are there: adds the edges of the ON conditions and of WHERE (may be empty),
 * decides which places are tied, refuses the others, and reads the subqueries of the conditions.
 */
void settle_level(struct follower *f, struct level *level, struct range where);

/* Whether the range is the column school of a tied place, or :school itself. */
bool is_tied_school(const struct follower *f, const struct level *level, struct range range);

bool is_param(const struct follower *f, struct range range, const char *name);
/* A column alone: "body" or "o.body". *ret_column gets its name. */
bool is_column(const struct follower *f, struct range range, const char **ret_column);

/* ---- select.c ---- */

/* Reads a query: [WITH …] SELECT …, VALUES … and what UNION puts together. */
struct relation *follow_query(struct follower *f, struct range range, const struct level *outer,
                              const struct cte *env, enum use use);

/* Reads the columns of SELECT or RETURNING. */
struct relation *follow_outputs(struct follower *f, const struct level *level, struct range range,
                                enum use use);

/* ---- with.c ---- */

/* Reads WITH; moves range->from behind it. */
const struct cte *follow_with(struct follower *f, struct range *range, const struct level *outer,
                              const struct cte *env);

/* ---- from.c ---- */

/* Adds the places of a FROM clause, and remembers its ON conditions. */
void follow_from(struct follower *f, struct level *level, struct range range);

/* Adds one place: a table or CTE by name. */
void add_place(struct follower *f, struct level *level, size_t at, const char *alias);

/* Adds the edges of a condition that holds for every row, to places lo … hi-1. */
void add_condition(struct follower *f, struct level *level, struct range range, size_t lo,
                   size_t hi);

/* The place of this level or one around that `school` or `alias.school` means; NULL for none. */
const struct place *school_place(const struct follower *f, const struct level *level,
                                 struct range range, const struct level **ret_level);

bool is_clause_word(const struct token *token);

/* ---- write.c ---- */

/* NULL or a parameter that is sealed: what a sealed column may become without being read. */
bool fits_sealed(const struct follower *f, struct range range);

struct relation *follow_insert(struct follower *f, struct range range, const struct cte *env);
struct relation *follow_update(struct follower *f, struct range range, const struct cte *env);
struct relation *follow_delete(struct follower *f, struct range range, const struct cte *env);

#endif
