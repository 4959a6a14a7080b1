#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "queryc/queryc.h"

#define FILE_MAX ((size_t)4 * 1024 * 1024)
#define REF_DEPTH_MAX 8

/* ---- files ---- */

const char *file_read(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s:1: cannot be read\n", path);
        return NULL;
    }
    struct buf text;
    buf_init(&text, FILE_MAX);
    char part[16384];
    size_t len;
    while ((len = fread(part, 1, sizeof part, file)) > 0)
        buf_add(&text, part, len);
    bool good = !ferror(file) && !buf_failed(&text);
    fclose(file);

    const char *copy = NULL;
    if (!good)
        fprintf(stderr, "%s:1: cannot be read, or is larger than 4 MiB\n", path);
    else if (!utf8_valid(text.data, text.len))
        fprintf(stderr, "%s:1: is not valid UTF-8 text\n", path);
    else
        copy = arena_strndup(arena, text.data, text.len);
    buf_free(&text);
    return copy;
}

static int by_name(const void *a, const void *b)
{
    const struct migration_file *left = a, *right = b;
    return strcmp(left->name, right->name);
}

/* The number in front of "0001_start.sql"; 0 when this is no migration. */
static int migration_number(const char *name)
{
    size_t digits = strspn(name, "0123456789");
    if (digits != 4 || name[digits] != '_' || !str_ends(name, ".sql"))
        return 0;
    return (int)strtol(name, NULL, 10);
}

static bool read_texts(struct arena *arena, const char *dir, struct migration_file *files,
                       size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        files[i].path = arena_printf(arena, "%s/%s.sql", dir, files[i].name);
        files[i].sql = file_read(arena, files[i].path);
        good = good && files[i].sql;
        if (files[i].number != (int)i + 1) {
            fprintf(stderr,
                    "%s:1: migrations are numbered 0001, 0002 …, each once; this is "
                    "place %zu\n",
                    files[i].path, i + 1);
            good = false;
        }
    }
    return good;
}

bool migrations_read(struct arena *arena, const char *dir, struct migration_file **ret_files,
                     size_t *ret_count)
{
    DIR *folder = opendir(dir);
    if (!folder) {
        fprintf(stderr, "%s:1: this folder of migrations cannot be read\n", dir);
        return false;
    }
    struct migration_file *files = NULL;
    size_t count = 0, room = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        int number = migration_number(entry->d_name);
        if (number == 0)
            continue;
        GROW(arena, files, count, room);
        files[count++] = (struct migration_file){
            .number = number,
            .name = arena_strndup(arena, entry->d_name, strlen(entry->d_name) - 4)};
    }
    closedir(folder);
    if (count)
        qsort(files, count, sizeof *files, by_name);
    if (!read_texts(arena, dir, files, count))
        return false;
    *ret_files = files;
    *ret_count = count;
    return true;
}

/* ---- running the migrations ---- */

static bool word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The substitutions of db/migrate.h. Lines stay where they are. */
static const char *for_sqlite(struct arena *arena, const char *sql)
{
    static const struct {
        const char *from, *to;
    } words[] = {{"BIGINT", "INTEGER"},
                 {"BYTEA", "BLOB"},
                 {"/*STRICT*/", "STRICT"},
                 {"/*STRICT, WITHOUT ROWID*/", "STRICT, WITHOUT ROWID"}};

    struct buf text;
    buf_init(&text, 2 * FILE_MAX);
    const char *at = sql;
    while (*at) {
        size_t taken = 0;
        for (size_t i = 0; i < ARRAY_LEN(words) && !taken; i++) {
            size_t len = strlen(words[i].from);
            if (strncmp(at, words[i].from, len) != 0)
                continue;
            if (word_char(*at) && (word_char(at[len]) || (at > sql && word_char(at[-1]))))
                continue;
            buf_add_str(&text, words[i].to);
            taken = len;
        }
        if (!taken)
            buf_add_char(&text, *at);
        at += taken ? taken : 1;
    }
    const char *copy = arena_strndup(arena, text.data, text.len);
    buf_free(&text);
    return copy;
}

static int line_at(const char *text, const char *at)
{
    int line = 1;
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

static bool run_one(sqlite3 *db, const char *path, const char *text, const char **at)
{
    sqlite3_stmt *stmt = NULL;
    const char *from = *at;
    int rc = sqlite3_prepare_v2(db, from, -1, &stmt, at);
    int offset = rc == SQLITE_OK ? -1 : sqlite3_error_offset(db);
    if (rc == SQLITE_OK && stmt)
        while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
            ;
    bool good = rc == SQLITE_OK || rc == SQLITE_DONE;
    if (!good) {
        from += offset >= 0 ? offset : (int)strspn(from, " \t\r\n");
        fprintf(stderr, "%s:%d: %s\n", path, line_at(text, from), sqlite3_errmsg(db));
    }
    sqlite3_finalize(stmt);
    return good;
}

static bool run_all(sqlite3 *db, const char *path, const char *text)
{
    const char *at = text;
    while (*at)
        if (!run_one(db, path, text, &at))
            return false;
    return true;
}

static sqlite3 *open_memory(void)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
        SQLITE_OK) {
        fputs("queryc: cannot open SQLite in memory\n", stderr);
        exit(1);
    }
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    return db;
}

/* ---- what the schema says ---- */

static const char *column_text(struct arena *arena, sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text ? arena_strdup(arena, text) : NULL;
}

/* A question with one text parameter; ends the process when SQLite cannot answer. */
static sqlite3_stmt *ask(sqlite3 *db, const char *sql, const char *name)
{
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK ||
        (name && sqlite3_bind_text(stmt, 1, name, -1, SQLITE_TRANSIENT) != SQLITE_OK)) {
        fprintf(stderr, "queryc: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
    return stmt;
}

static void read_columns(struct arena *arena, sqlite3 *db, struct schema_table *table)
{
    size_t room = 0;
    sqlite3_stmt *stmt =
        ask(db, "SELECT lower(name), upper(type), \"notnull\" OR pk > 0 FROM pragma_table_info(?1)",
            table->name);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        GROW(arena, table->columns, table->count, room);
        struct schema_column column = {.name = column_text(arena, stmt, 0),
                                       .type = column_text(arena, stmt, 1),
                                       .not_null = sqlite3_column_int(stmt, 2) != 0};
        table->has_school = table->has_school || str_equal(column.name, "school");
        table->columns[table->count++] = column;
    }
    sqlite3_finalize(stmt);
}

/*
 * Of a composite key (school, pupil) the school says nothing new and the rest says what it is. A
 * column in two foreign keys takes the one that leads to an id.
 */
static void read_references(struct arena *arena, sqlite3 *db, struct schema_table *table)
{
    sqlite3_stmt *stmt =
        ask(db,
            "SELECT lower(\"from\"), lower(\"table\"), lower(coalesce(\"to\", 'id'))"
            "  FROM pragma_foreign_key_list(?1) WHERE lower(\"from\") <> 'school'",
            table->name);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *from = column_text(arena, stmt, 0), *to = column_text(arena, stmt, 2);
        for (size_t i = 0; i < table->count; i++) {
            struct schema_column *column = &table->columns[i];
            if (!str_equal(column->name, from) || (column->ref_table && !str_equal(to, "id")))
                continue;
            column->ref_table = column_text(arena, stmt, 1);
            column->ref_column = to;
        }
    }
    sqlite3_finalize(stmt);
}

static void read_tables(struct arena *arena, sqlite3 *db, struct schema *schema)
{
    size_t room = 0;
    sqlite3_stmt *stmt = ask(db,
                             "SELECT lower(name) FROM sqlite_schema WHERE type = 'table'"
                             "   AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
                             NULL);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        GROW(arena, schema->tables, schema->count, room);
        schema->tables[schema->count++] =
            (struct schema_table){.name = column_text(arena, stmt, 0)};
    }
    sqlite3_finalize(stmt);
    for (size_t i = 0; i < schema->count; i++) {
        read_columns(arena, db, &schema->tables[i]);
        read_references(arena, db, &schema->tables[i]);
    }
}

bool schema_open(struct arena *arena, const struct migration_file *files, size_t count,
                 struct schema *ret_schema)
{
    *ret_schema = (struct schema){.db = open_memory()};
    bool good = true;
    for (size_t i = 0; i < count && good; i++)
        good = run_all(ret_schema->db, files[i].path, for_sqlite(arena, files[i].sql));
    if (!good)
        return false;

    /* Once more as written, in a database that keeps BIGINT and BYTEA as the types' names. */
    sqlite3 *as_written = open_memory();
    for (size_t i = 0; i < count && good; i++)
        good = run_all(as_written, files[i].path, files[i].sql);
    if (good)
        read_tables(arena, as_written, ret_schema);
    sqlite3_close(as_written);
    return good;
}

void schema_close(struct schema *schema)
{
    sqlite3_close(schema->db);
}

const struct schema_table *schema_table(const struct schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->count; i++)
        if (str_equal(schema->tables[i].name, name))
            return &schema->tables[i];
    return NULL;
}

const struct schema_column *schema_column(const struct schema_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (str_equal(table->columns[i].name, name))
            return &table->columns[i];
    return NULL;
}

/* ---- types of columns ---- */

struct typed {
    bool good;
    struct c_type type;
    const char *why;
};

static struct typed of_type(enum type type)
{
    return (struct typed){.good = true, .type = {.type = type}};
}

static struct typed of_id(const char *id)
{
    return (struct typed){.good = true, .type = {.type = TYPE_ID, .id = id}};
}

/* Names that promise a type, and the declared type that keeps the promise. */
static const struct {
    const char *part;
    bool suffix;
    const char *declared;
    enum type type;
} by_column_name[] = {
    {"_sealed", true, "BYTEA", TYPE_SEALED}, {"_on", true, "TEXT", TYPE_DATE},
    {"_at", true, "BIGINT", TYPE_TIME},      {"is_", false, "INTEGER", TYPE_BOOL},
    {"has_", false, "INTEGER", TYPE_BOOL},   {"may_", false, "INTEGER", TYPE_BOOL},
};

static const struct {
    const char *declared;
    enum type type;
} by_declared_type[] = {
    {"INTEGER", TYPE_INT},
    {"BIGINT", TYPE_LONG},
    {"TEXT", TYPE_TEXT},
    {"BYTEA", TYPE_BYTES},
};

static struct typed by_name_or_type(struct arena *arena, const struct schema_table *table,
                                    const struct schema_column *column)
{
    for (size_t i = 0; i < ARRAY_LEN(by_column_name); i++) {
        const char *part = by_column_name[i].part;
        if (!(by_column_name[i].suffix ? str_ends(column->name, part)
                                       : str_starts(column->name, part)))
            continue;
        if (str_equal(column->type, by_column_name[i].declared))
            return of_type(by_column_name[i].type);
        return (struct typed){
            .why =
                arena_printf(arena, "column %s.%s has the name of %s, but is declared %s",
                             table->name, column->name, by_column_name[i].declared, column->type)};
    }
    for (size_t i = 0; i < ARRAY_LEN(by_declared_type); i++)
        if (str_equal(column->type, by_declared_type[i].declared))
            return of_type(by_declared_type[i].type);
    return (struct typed){
        .why = arena_printf(arena,
                            "column %s.%s: the type '%s' has no C type; there are INTEGER, "
                            "BIGINT, TEXT and BYTEA",
                            table->name, column->name, column->type)};
}

static struct typed column_type(struct arena *arena, const struct schema *schema,
                                const struct schema_table *table,
                                const struct schema_column *column, int depth)
{
    if (str_equal(column->name, "school"))
        return of_id("school");
    if (str_equal(column->name, "id") && id_type_of_table(table->name))
        return of_id(id_type_of_table(table->name));
    if (!column->ref_table)
        return by_name_or_type(arena, table, column);

    if (str_equal(column->ref_column, "id") && id_type_of_table(column->ref_table))
        return of_id(id_type_of_table(column->ref_table));
    if (str_equal(column->ref_column, "id"))
        return (struct typed){
            .why = arena_printf(arena,
                                "column %s.%s is the id of a %s, and base/ids.h has no "
                                "%s_id",
                                table->name, column->name, column->ref_table, column->ref_table)};
    const struct schema_table *other = schema_table(schema, column->ref_table);
    const struct schema_column *there = other ? schema_column(other, column->ref_column) : NULL;
    if (!there || depth == REF_DEPTH_MAX)
        return by_name_or_type(arena, table, column);
    return column_type(arena, schema, other, there, depth + 1);
}

bool schema_type(struct arena *arena, const struct schema *schema, const struct schema_table *table,
                 const struct schema_column *column, struct c_type *ret_type, const char **ret_why)
{
    struct typed typed = column_type(arena, schema, table, column, 0);
    if (typed.good)
        *ret_type = typed.type;
    else
        *ret_why = typed.why;
    return typed.good;
}
