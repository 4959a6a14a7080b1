/*
 * queryc: turns <subject>.sql into typed C functions, and refuses statements that could show one
 * school the data of another. tools/README.md describes the language; this header is the map of
 * the tool:
 *
 *   main.c    command line and files
 *   report.c  problems, all of a file in one run
 *   lex.c     SQL text -> tokens
 *   read.c    .sql file -> statements with their head lines
 *   schema.c  migrations -> an in-memory SQLite and the types it forgets
 *   types.c   names and declared types -> C types
 *   follow.c  the school rule and the rule for sealed columns: who is read where, tied to what
 *   select.c, with.c, from.c, write.c
 *             … its readers of SELECT, of WITH, of FROM and conditions, of INSERT, UPDATE, DELETE
 *   check.c   one statement against the schema: parameters, columns, kinds
 *   header.c, source.c  the generated files
 *   embed.c   migrations -> a C table
 *
 * Everything lives in one arena until the process ends. Out of memory ends the process: a build
 * tool has nobody to be gentle to.
 */
#ifndef QUERYC_QUERYC_H
#define QUERYC_QUERYC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/compiler.h"

struct arena;
struct buf;
struct sqlite3;

#define PARAMS_MAX 64
#define COLUMNS_MAX 128
#define ARMS_MAX 16

/* ---- report.c ---- */

struct problem {
    int line;
    const char *text;
};

struct report {
    struct arena *arena;
    const char *file;
    struct problem *problems;
    size_t count, room;
};

/* Remembers a problem. The same text on the same line counts once. */
void report_add(struct report *report, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Prints `file:line: message`, one line per problem, in the order of the file. */
void report_print(struct report *report, FILE *to);

/* Room for one more item in an arena array: returns the array, moved when it had to grow. */
void *grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size);
#define GROW(arena, items, count, room)                                                            \
    ((items) = grow((arena), (items), (count), &(room), sizeof *(items)))

/* Zeroed memory; ends the process when there is none. */
void *need(struct arena *arena, size_t size);

/* ---- lex.c ---- */

enum token_kind { TOK_WORD, TOK_NUMBER, TOK_STRING, TOK_PARAM, TOK_OP, TOK_END };

struct token {
    enum token_kind kind;
    const char *text; /* words in lower case, parameters without their colon */
    const char *at;   /* in the source */
    size_t len;
    int line;
};

struct lexer {
    struct arena *arena;
    struct report *report;
    const char *start, *at; /* NUL-terminated text */
    int line;
};

/*
 * The next token; TOK_END at the end of the text, and before a comment that is a head line of the
 * next statement. False, with the problem reported, when the text cannot be read any further.
 */
bool lex_next(struct lexer *lexer, struct token *ret_token);

/* Whether the line at `at` reads `-- name(`: the head of a statement. */
bool lex_is_head(const char *at);

static inline bool token_is(const struct token *token, const char *text)
{
    return token->kind != TOK_STRING && token->kind != TOK_PARAM && strcmp(token->text, text) == 0;
}

/* ---- types.c ---- */

enum type {
    TYPE_INT,
    TYPE_LONG,
    TYPE_BOOL,
    TYPE_TIME,
    TYPE_DATE,
    TYPE_TEXT,
    TYPE_BYTES,
    TYPE_SEALED,
    TYPE_ID
};

struct c_type {
    enum type type;
    const char *id; /* TYPE_ID: "pupil" for struct pupil_id */
};

static inline bool same_type(struct c_type a, struct c_type b)
{
    return a.type == b.type && (a.type != TYPE_ID || strcmp(a.id, b.id) == 0);
}

/* As written in front of a name, with the space or star: "struct pupil_id ", "const char *". */
const char *type_in_c(struct arena *arena, struct c_type type);

/* The id type "pupil" of "pupil", "group" of "teaching_group"; NULL when base/ids.h has none. */
const char *id_type_of_table(const char *table);

/* A type as written in a head line, without its '?'. */
bool type_of_param(const char *text, struct c_type *ret_type);

/* A result column that is an expression, by its alias alone. */
struct c_type type_of_alias(const char *alias);

/* A word that C or the generated code has taken. */
bool is_taken_word(const char *name);
bool is_sealed_name(const char *name);

/* ---- schema.c ---- */

struct schema_column {
    const char *name;
    const char *type; /* as the migration says: BIGINT, not what SQLite is told */
    bool not_null;
    const char *ref_table, *ref_column; /* the foreign key that this column is the last part of */
};

struct schema_table {
    const char *name;
    struct schema_column *columns;
    size_t count;
    bool has_school;
};

struct schema {
    struct sqlite3 *db; /* migrated as db/migrate.h does it for SQLite */
    struct schema_table *tables;
    size_t count;
};

struct migration_file {
    int number;
    const char *name; /* without .sql */
    const char *path;
    const char *sql;
};

/* The numbered *.sql of a folder, in order; false with the problems printed. */
bool migrations_read(struct arena *arena, const char *dir, struct migration_file **ret_files,
                     size_t *ret_count);

/* Problems in migrations are printed at once. schema_close() in both cases. */
bool schema_open(struct arena *arena, const struct migration_file *files, size_t count,
                 struct schema *ret_schema);
void schema_close(struct schema *schema);

const struct schema_table *schema_table(const struct schema *schema, const char *name);
const struct schema_column *schema_column(const struct schema_table *table, const char *name);

/* The C type of a column. On false *ret_why says what is wrong with it. */
bool schema_type(struct arena *arena, const struct schema *schema, const struct schema_table *table,
                 const struct schema_column *column, struct c_type *ret_type, const char **ret_why);

/* ---- read.c ---- */

enum kind { KIND_ONE, KIND_MANY, KIND_EXEC };

struct param {
    const char *name;
    struct c_type type;
    bool nullable;
    bool used;
    int line;
};

struct column {
    const char *name;
    struct c_type type;
    bool nullable; /* may be NULL as far as the schema and the joins tell */
};

struct statement {
    const char *name;
    int line; /* of the head */
    const char **comment;
    size_t comment_count;
    struct param *params;
    size_t param_count;
    enum kind kind;
    const char *as;       /* the statement whose row struct it shares, or NULL */
    struct token *tokens; /* closed by one TOK_END */
    size_t token_count;   /* without it */
    bool broken;          /* the head was refused: its parameters are not known */

    /* Filled in by check.c. */
    const char *sql; /* with $n, without comments, line breaks kept */
    struct column *columns;
    size_t column_count;
    bool writes;
    const struct statement *row; /* whose struct it fills: itself, or what `as` names */
};

/* What the header shows, in the order of the file: a statement, or a comment that stands alone. */
struct item {
    struct statement *statement;
    const char **comment;
    size_t comment_count;
};

struct source {
    const char *path;
    const char *stem;
    struct item *items;
    size_t count, room;
};

/* Reads what can be read; problems go to the report. */
void source_read(struct arena *arena, struct report *report, const char *path, const char *text,
                 struct source *ret_source);

/* ---- follow.c ---- */

#define SEALED_NAME "%s holds a sealed column: its name must end in _sealed"

/* A result column as it is written. */
struct output {
    const char *name; /* alias or column name; NULL for an expression without alias */
    bool plain;       /* nothing but a column */
    int line;
    bool sealed;      /* a *_sealed column, or a subquery of one */
    bool fits_sealed; /* NULL or a sealed parameter */
    bool school;      /* holds nothing but :school (or NULL of an outer join) */
};

struct followed {
    struct output *outputs; /* of the first arm, or of RETURNING */
    size_t output_count;
    const char **tables; /* every name the statement reads or writes, also of its CTEs */
    size_t table_count, table_room;
    bool star;                 /* a * was refused, so columns are missing */
    bool outer_join;           /* columns that are NOT NULL may be NULL all the same */
    size_t first;              /* the token behind WITH … */
    size_t arms[ARMS_MAX + 1]; /* where the SELECTs of a UNION begin, and the end */
    size_t arm_count;
};

/* Applies the school rule and the sealed rule. False when the statement was not understood. */
bool follow_statement(struct arena *arena, struct report *report, const struct schema *schema,
                      const struct statement *statement, struct followed *ret_followed);

/* ---- check.c, header.c, source.c, embed.c ---- */

void source_check(struct arena *arena, struct report *report, const struct schema *schema,
                  struct source *source);

/* The prototype of a statement's function behind `before`, without semicolon or brace. */
void emit_prototype(struct buf *to, struct arena *arena, const struct statement *statement,
                    const char *before);

void emit_header(struct buf *to, struct arena *arena, const struct source *source,
                 const char *header_path);
void emit_source(struct buf *to, struct arena *arena, const struct source *source,
                 const char *header_path);
void emit_migrations(struct buf *to, const struct migration_file *files, size_t count);

/* A C string literal of `len` bytes, quotes included. */
void emit_literal(struct buf *to, const char *text, size_t len);

/* All of a text file, UTF-8 without NUL; NULL with a message on stderr. */
const char *file_read(struct arena *arena, const char *path);

#endif
