/*
 * Two promises of queryc, tried on thousands of damaged forms of the statements of ok/, and of
 * those in reject/ that would mix up schools:
 *
 *   It never crashes, whatever it reads (built with AddressSanitizer where the compiler has it).
 *   What it accepts keeps schools apart: on a database with one school and on one with a second
 *   school beside it, every accepted statement returns and leaves the same rows for the first, and
 *   leaves the second as it was.
 *
 *   fuzz MIGRATIONS ROUNDS FILE.sql…
 *
 * The damage is the same in every run. A statement that breaks a promise is printed.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "queryc/queryc.h"

#define ARENA_MAX ((size_t)256 * 1024 * 1024)
#define TEXT_MAX ((size_t)1024 * 1024)
#define SCHOOLS 2
#define ROWS 6

struct fuzz {
    struct arena *arena; /* for one round */
    const struct schema *schema;
    sqlite3 *alone, *beside; /* the first school alone, and with the second beside it */
    uint64_t state;
    size_t accepted, compared, rows;
};

/* xorshift64*: good enough, and the same everywhere. */
static uint32_t random_below(struct fuzz *fuzz, uint32_t below)
{
    fuzz->state ^= fuzz->state >> 12;
    fuzz->state ^= fuzz->state << 25;
    fuzz->state ^= fuzz->state >> 27;
    return (uint32_t)((fuzz->state * UINT64_C(2685821657736338717)) >> 33) % below;
}

static void stop(const char *what, const char *detail)
{
    fprintf(stderr, "fuzz: %s: %s\n", what, detail);
    exit(1);
}

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        stop(sql, message);
}

/* ---- two databases ---- */

static void fill_school(sqlite3 *db, int school)
{
    char sql[4096];
    run(db, school == 1 ? "INSERT INTO board VALUES (1, 'b');"
                          "INSERT INTO school VALUES (1, 1, 'one', '00AA'), (2, 1, 'two', '00BB');"
                          "INSERT INTO word VALUES (1, 'one', NULL, NULL, NULL),"
                          "  (2, 'two', NULL, NULL, NULL)"
                        : "SELECT 1");
    for (int id = 1; id <= ROWS; id++) {
        /* The same ids in both schools, so that a forgotten school finds what it should not. */
        snprintf(sql, sizeof sql,
                 "INSERT INTO teaching_group VALUES (%d, %d, 'g%d-%d', %d, %s);"
                 "INSERT INTO pupil VALUES (%d, %d, %d, x'%02x%02x', NULL, %d, %s);"
                 "INSERT INTO guardian VALUES (%d, %d, %d, x'aa%02x%02x');"
                 "INSERT INTO observation VALUES (%d, %d, %d, %d, 't%d-%d', NULL, '2024-01-0%d',"
                 "  x'bb%02x%02x', %d, %s, %d, NULL);"
                 "INSERT INTO dossier_key VALUES (%d, %d, x'cc%02x', %d);"
                 "INSERT INTO dossier_seal VALUES (%d, %d, '%c%d');",
                 school, id, school, id, id % 3 + 1, id > 1 ? "1" : "NULL", school, id, id % 3 + 1,
                 school, id, (id + school) % 2, id % 2 ? "NULL" : "'2024-07-01'", school, id, id,
                 school, id, school, id, (id + school) % ROWS + 1, id % 3, school, id, id, school,
                 id, id * 10 + school, id % 2 ? "NULL" : "7", school * 100 + id, school, id, school,
                 id * 5 + school, school, id, school == 1 ? 'a' : 'b', id);
        run(db, sql);
    }
}

static sqlite3 *fill(struct arena *arena, const struct migration_file *files, size_t count,
                     int schools)
{
    struct schema schema;
    if (!schema_open(arena, files, count, &schema))
        stop("the migrations", "do not run");
    for (int school = 1; school <= schools; school++)
        fill_school(schema.db, school);
    return schema.db;
}

/* ---- what a statement does to them ---- */

/* The first school and its first rows; a school under another name than :school is the second. */
static int number_for(const struct param *param)
{
    bool other = param->type.type == TYPE_ID && str_equal(param->type.id, "school") &&
                 !str_equal(param->name, "school");
    return other ? 2 : 1;
}

static void bind(sqlite3_stmt *stmt, const struct statement *st)
{
    for (size_t i = 0; i < st->param_count; i++) {
        char name[24];
        snprintf(name, sizeof name, "$%zu", i + 1);
        int at = sqlite3_bind_parameter_index(stmt, name);
        switch (st->params[i].type.type) {
        case TYPE_INT:
        case TYPE_LONG:
        case TYPE_BOOL:
        case TYPE_ID:
            sqlite3_bind_int(stmt, at, number_for(&st->params[i]));
            break;
        case TYPE_TIME:
            sqlite3_bind_int(stmt, at, 25);
            break;
        case TYPE_DATE:
            sqlite3_bind_text(stmt, at, "2024-01-03", -1, SQLITE_STATIC);
            break;
        case TYPE_TEXT:
            sqlite3_bind_text(stmt, at, "b1", -1, SQLITE_STATIC); /* a token of the other school */
            break;
        case TYPE_BYTES:
        case TYPE_SEALED:
            sqlite3_bind_blob(stmt, at, "ff", 2, SQLITE_STATIC);
            break;
        }
    }
}

/* A damaged recursion may never end: after some time it counts as an error. */
static int give_up(void *context)
{
    int *left = context;
    return --*left < 0;
}

/* All rows as text; false when it ends in an error, as a broken constraint. */
static bool dump(sqlite3 *db, const char *sql, const struct statement *st, struct buf *to,
                 size_t *rows)
{
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        return false;
    if (st)
        bind(stmt, st);
    int rc, left = 2000;
    sqlite3_progress_handler(db, 1000, give_up, &left);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        ++*rows;
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            buf_add(to, sqlite3_column_blob(stmt, i), (size_t)sqlite3_column_bytes(stmt, i));
            buf_add_str(to, sqlite3_column_type(stmt, i) == SQLITE_NULL ? "NULL|" : "|");
        }
        buf_add_char(to, '\n');
    }
    sqlite3_progress_handler(db, 0, NULL, NULL);
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE;
}

static void dump_school(struct fuzz *fuzz, sqlite3 *db, int school, struct buf *to)
{
    size_t rows = 0;
    for (size_t i = 0; i < fuzz->schema->count; i++) {
        const struct schema_table *table = &fuzz->schema->tables[i];
        if (!table->has_school)
            continue;
        dump(db,
             arena_printf(fuzz->arena, "SELECT * FROM %s WHERE school = %d ORDER BY 1, 2",
                          table->name, school),
             NULL, to, &rows);
    }
}

/* What the first school sees and keeps, and what becomes of the second. */
struct outcome {
    struct buf rows, first, second;
    bool good;
};

static struct outcome observe(struct fuzz *fuzz, sqlite3 *db, const struct statement *st)
{
    struct outcome outcome;
    buf_init(&outcome.rows, TEXT_MAX);
    buf_init(&outcome.first, TEXT_MAX);
    buf_init(&outcome.second, TEXT_MAX);
    run(db, "SAVEPOINT s");
    outcome.good = dump(db, st->sql, st, &outcome.rows, &fuzz->rows);
    dump_school(fuzz, db, 1, &outcome.first);
    dump_school(fuzz, db, 2, &outcome.second);
    run(db, "ROLLBACK TO s");
    run(db, "RELEASE s");
    return outcome;
}

static void forget(struct outcome *outcome)
{
    buf_free(&outcome->rows);
    buf_free(&outcome->first);
    buf_free(&outcome->second);
}

static bool same(const struct buf *a, const struct buf *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

/* Whether the second school can be noticed in, or is touched by, the statement. */
static bool mixes_schools(struct fuzz *fuzz, const struct statement *st)
{
    struct buf before;
    buf_init(&before, TEXT_MAX);
    dump_school(fuzz, fuzz->beside, 2, &before);
    struct outcome alone = observe(fuzz, fuzz->alone, st);
    struct outcome beside = observe(fuzz, fuzz->beside, st);
    bool mixed = !same(&before, &beside.second);
    /* A token is UNIQUE among all schools: that it is taken is what any school can notice. */
    bool may_notice = st->writes && strstr(st->sql, "token");
    if (alone.good && beside.good && !may_notice) {
        mixed = mixed || !same(&alone.rows, &beside.rows) || !same(&alone.first, &beside.first);
        fuzz->compared++;
    }
    forget(&alone);
    forget(&beside);
    buf_free(&before);
    return mixed;
}

/* ---- damage ---- */

static const char *const words[] = {
    "or",
    "and",
    "not",
    "left join",
    "right join",
    "full join",
    "join",
    "on",
    ",",
    "(",
    ")",
    "union all",
    "select",
    "exists (select 1 from pupil x)",
    "is null",
    "=",
    "<>",
    ":school",
    "1",
    "school",
    "where",
    "p",
    "o",
    "g",
    ".",
    "between 0 and",
    "case when",
    "end",
    "from pupil p",
    "in (1, 2)",
    "limit 3",
    "as school",
    "group by",
    "is distinct from",
    "with",
    "returning id",
    "on conflict do nothing",
    "p.school",
    "o.school",
    "coalesce(",
    "max(school)",
    "true",
};

/* Replaces, drops or doubles a few tokens of the statement. */
static void damage_tokens(struct fuzz *fuzz, const char *sql, struct buf *to)
{
    struct report report = {.arena = fuzz->arena};
    struct lexer lexer = {
        .arena = fuzz->arena, .report = &report, .start = sql, .at = sql, .line = 1};
    uint32_t rate = 30 + random_below(fuzz, 200);
    struct token token;
    while (lex_next(&lexer, &token) && token.kind != TOK_END) {
        uint32_t act = random_below(fuzz, rate);
        bool keep = act > 2 || token_is(&token, ";");
        if (act == 1 || act == 2)
            buf_printf(to, "%s ", words[random_below(fuzz, ARRAY_LEN(words))]);
        if (keep || act == 2)
            buf_printf(to, "%.*s ", (int)token.len, token.at);
    }
}

/* Any bytes, anywhere, also none: what a reader must survive. */
static void damage_bytes(struct fuzz *fuzz, const char *text, struct buf *to)
{
    static const char odd[] = "();,:'-*/\n\t \"?$[]ab_.=\\\x01";
    size_t len = strlen(text);
    if (random_below(fuzz, 3) == 0)
        len = random_below(fuzz, (uint32_t)len + 1);
    uint32_t rate = 3 + random_below(fuzz, 400);
    for (size_t i = 0; i < len; i++) {
        if (random_below(fuzz, rate) == 0)
            buf_add_char(to, odd[random_below(fuzz, sizeof odd - 1)]);
        if (random_below(fuzz, rate) != 0)
            buf_add_char(to, text[i]);
    }
}

/* ---- one round ---- */

static void emit_all(struct fuzz *fuzz, const struct source *source)
{
    struct buf header, code;
    buf_init(&header, TEXT_MAX * 16);
    buf_init(&code, TEXT_MAX * 16);
    emit_header(&header, fuzz->arena, source, "gen/fuzz_sql.h");
    emit_source(&code, fuzz->arena, source, "gen/fuzz_sql.h");
    if (buf_failed(&header) || buf_failed(&code) || header.len == 0 || code.len == 0)
        stop("the generated code", "is missing");
    buf_free(&header);
    buf_free(&code);
}

/* Compiles the text as queryc would; what is accepted must keep schools apart. */
static void try_text(struct fuzz *fuzz, const char *text)
{
    struct report report = {.arena = fuzz->arena, .file = "fuzz.sql"};
    struct source source;
    source_read(fuzz->arena, &report, "fuzz.sql", text, &source);
    source_check(fuzz->arena, &report, fuzz->schema, &source);
    if (report.count > 0)
        return;
    emit_all(fuzz, &source);
    for (size_t i = 0; i < source.count; i++) {
        const struct statement *st = source.items[i].statement;
        fuzz->accepted += st != NULL;
        if (st && mixes_schools(fuzz, st))
            stop("accepted, and mixes up schools", text);
    }
}

/* The heads and statements of a file, each as a text of its own. */
struct piece {
    const char *head, *sql;
};

static size_t cut(struct arena *arena, const char *text, struct piece *pieces, size_t room)
{
    size_t count = 0;
    const char *at = arena_printf(arena, "\n%s", text);
    while (count < room && (at = strstr(at, "\n-- ")) != NULL) {
        if (!lex_is_head(++at))
            continue;
        const char *close = strchr(at, ')');
        const char *head_end = close ? strchr(close, '\n') : NULL;
        const char *end = head_end ? strstr(head_end, ";\n") : NULL;
        if (!end)
            break;
        pieces[count].head = arena_strndup(arena, at, (size_t)(head_end + 1 - at));
        pieces[count++].sql = arena_strndup(arena, head_end + 1, (size_t)(end + 2 - head_end - 1));
        at = end;
    }
    return count;
}

static void fuzz_pieces(struct fuzz *fuzz, const struct piece *pieces, size_t count, size_t rounds)
{
    for (size_t i = 0; i < rounds; i++) {
        const struct piece *piece = &pieces[random_below(fuzz, (uint32_t)count)];
        struct buf text;
        buf_init(&text, TEXT_MAX);
        buf_add_str(&text, piece->head);
        damage_tokens(fuzz, piece->sql, &text);
        try_text(fuzz, text.data);
        buf_free(&text);
        arena_reset(fuzz->arena);
    }
}

/* Each alone, undamaged: what reject/ has in it stays refused, or shows what it does. */
static void try_pieces(struct fuzz *fuzz, const struct piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        try_text(fuzz, arena_printf(fuzz->arena, "%s%s", pieces[i].head, pieces[i].sql));
        arena_reset(fuzz->arena);
    }
}

static void fuzz_files(struct fuzz *fuzz, const char *const *texts, size_t count, size_t rounds)
{
    for (size_t i = 0; i < rounds; i++) {
        struct buf text;
        buf_init(&text, TEXT_MAX);
        damage_bytes(fuzz, texts[random_below(fuzz, (uint32_t)count)], &text);
        try_text(fuzz, text.data);
        buf_free(&text);
        arena_reset(fuzz->arena);
    }
}

/* Far deeper than any statement is: the tool has to stop before its stack does. */
static void fuzz_depth(struct fuzz *fuzz)
{
    static const char *const openings[] = {"(",
                                           "(SELECT ",
                                           "EXISTS (SELECT 1 WHERE ",
                                           "CASE WHEN ",
                                           "SELECT 1 FROM (",
                                           "WITH a AS (",
                                           "NOT ",
                                           "-- a("};
    for (size_t i = 0; i < ARRAY_LEN(openings); i++) {
        struct buf text;
        buf_init(&text, TEXT_MAX);
        buf_add_str(&text, "-- a(school school_id) many\nSELECT id FROM pupil WHERE ");
        for (size_t k = 0; k < 20000; k++)
            buf_add_str(&text, openings[i]);
        buf_add_str(&text, "1");
        for (size_t k = 0; k < 20000; k++)
            buf_add_char(&text, ')');
        buf_add_str(&text, ";\n");
        try_text(fuzz, text.data);
        buf_free(&text);
        arena_reset(fuzz->arena);
    }
}

/* The comparison itself must be able to fail. */
static void check_comparison(struct fuzz *fuzz)
{
    static const char *const leaks[] = {
        "SELECT COUNT(*) FROM pupil",
        "SELECT p.id, o.title FROM pupil p JOIN observation o ON o.pupil = p.id WHERE p.school = 1",
        "UPDATE pupil SET is_active = 0",
        "DELETE FROM guardian WHERE id = 1",
        "UPDATE pupil SET left_on = (SELECT MAX(title) FROM observation) WHERE school = 1",
    };
    for (size_t i = 0; i < ARRAY_LEN(leaks); i++) {
        struct statement st = {.sql = leaks[i]};
        if (!mixes_schools(fuzz, &st))
            stop("the comparison missed", leaks[i]);
    }
    struct statement fine = {.sql = "SELECT id, name_sealed FROM pupil WHERE school = 1"};
    if (mixes_schools(fuzz, &fine))
        stop("the comparison refused", fine.sql);
}

static void fuzz_all(struct fuzz *fuzz, struct arena *kept, size_t rounds, char **paths,
                     size_t count)
{
    const char *texts[64];
    struct piece pieces[512];
    size_t piece_count = 0;
    for (size_t i = 0; i < count && i < ARRAY_LEN(texts); i++) {
        texts[i] = file_read(kept, paths[i]);
        if (!texts[i])
            exit(1);
        piece_count += cut(kept, texts[i], &pieces[piece_count], ARRAY_LEN(pieces) - piece_count);
        try_text(fuzz, texts[i]);
        arena_reset(fuzz->arena);
    }
    printf("1..4\n");
    check_comparison(fuzz);
    printf("ok 1 - the comparison of schools notices a leak\n");
    if (fuzz->accepted < 30 || fuzz->rows < 50)
        stop("the undamaged statements", "are refused, or return too little to prove anything");
    printf("ok 2 - %zu undamaged statements keep schools apart\n", fuzz->accepted);
    fuzz_depth(fuzz);
    fuzz_files(fuzz, texts, count, rounds / 4);
    printf("ok 3 - no damaged file crashes the tool\n");
    try_pieces(fuzz, pieces, piece_count);
    fuzz_pieces(fuzz, pieces, piece_count, rounds);
    if (rounds >= 1000 && fuzz->accepted < rounds / 20)
        stop("damaged statements", "hardly any was accepted: the test proves nothing");
    printf("ok 4 - %zu of %zu damaged statements were accepted, and keep schools apart\n",
           fuzz->accepted, rounds);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        stop("usage", "fuzz MIGRATIONS ROUNDS FILE.sql…");
    struct arena *kept = arena_new(ARENA_MAX);
    struct fuzz fuzz = {.arena = arena_new(ARENA_MAX), .state = UINT64_C(0x9e3779b97f4a7c15)};
    struct migration_file *files = NULL;
    size_t count = 0;
    struct schema schema;
    if (!kept || !fuzz.arena || !migrations_read(kept, argv[1], &files, &count) ||
        !schema_open(kept, files, count, &schema))
        return 1;
    fuzz.schema = &schema;
    fuzz.alone = fill(kept, files, count, 1);
    fuzz.beside = fill(kept, files, count, SCHOOLS);
    fuzz_all(&fuzz, kept, strtoul(argv[2], NULL, 10), argv + 3, (size_t)argc - 3);
    sqlite3_close(fuzz.alone);
    sqlite3_close(fuzz.beside);
    schema_close(&schema);
    arena_free(fuzz.arena);
    arena_free(kept);
    return 0;
}
