#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "queryc/queryc.h"

#define MEMORY_MAX ((size_t)512 * 1024 * 1024)
#define OUTPUT_MAX ((size_t)64 * 1024 * 1024)

static const char usage[] =
    "queryc: typed C functions from SQL, refused where they could mix up schools\n"
    "\n"
    "  queryc --migrations DIR --header OUT.h --source OUT.c [--depfile OUT.d] INPUT.sql\n"
    "  queryc --embed-migrations DIR --source OUT.c [--depfile OUT.d]\n"
    "  queryc --list DIR\n"
    "\n"
    "The first compiles a file of statements against the migrations; tools/README.md describes\n"
    "the language. The second makes the table `migrations` of db/migrate.h. The third lists the\n"
    "migrations in the order in which they run. The depfile, for ninja, names the migrations and\n"
    "their folder, so that a new one is noticed.\n"
    "\n"
    "Exit: 0 done, 1 problems (as file:line: message, nothing is written), 2 wrong usage.\n";

struct options {
    const char *migrations, *embed, *list;
    const char *header, *source, *depfile;
    const char *input;
    bool help;
};

static bool read_options(int argc, char **argv, struct options *options)
{
    const struct {
        const char *name;
        const char **value;
    } known[] = {
        {"--migrations", &options->migrations},
        {"--embed-migrations", &options->embed},
        {"--list", &options->list},
        {"--header", &options->header},
        {"--source", &options->source},
        {"--depfile", &options->depfile},
    };
    for (int i = 1; i < argc; i++) {
        size_t k = 0;
        while (k < ARRAY_LEN(known) && strcmp(known[k].name, argv[i]) != 0)
            k++;
        if (strcmp(argv[i], "--help") == 0)
            options->help = true;
        else if (k < ARRAY_LEN(known) && i + 1 < argc && !*known[k].value)
            *known[k].value = argv[++i];
        else if (*argv[i] != '-' && !options->input)
            options->input = argv[i];
        else
            return false;
    }
    bool compile = options->migrations && options->header && options->source && options->input &&
                   !options->embed && !options->list;
    bool embed = options->embed && options->source && !options->migrations && !options->header &&
                 !options->input && !options->list;
    bool list = options->list && argc == 3;
    return options->help || compile || embed || list;
}

/* Writes all of it or nothing: a half file would look newer than its source. */
static bool write_file(const char *path, const struct buf *text)
{
    FILE *file = fopen(path, "wb");
    bool good = file && !buf_failed(text) && fwrite(text->data, 1, text->len, file) == text->len;
    if (file && fclose(file) != 0)
        good = false;
    if (!good) {
        fprintf(stderr, "%s:1: cannot be written: %s\n", path, strerror(errno));
        remove(path);
    }
    return good;
}

/* Spaces and dollars are what make's own syntax takes. */
static void add_path(struct buf *to, const char *path)
{
    for (; *path; path++) {
        if (*path == ' ' || *path == '#')
            buf_add_char(to, '\\');
        else if (*path == '$')
            buf_add_char(to, '$');
        buf_add_char(to, *path);
    }
}

static bool write_depfile(const struct options *options, const char *dir,
                          const struct migration_file *files, size_t count)
{
    if (!options->depfile)
        return true;
    struct buf text;
    buf_init(&text, OUTPUT_MAX);
    add_path(&text, options->source);
    buf_add_str(&text, ": ");
    add_path(&text, dir);
    for (size_t i = 0; i < count; i++) {
        buf_add_str(&text, " \\\n  ");
        add_path(&text, files[i].path);
    }
    buf_add_char(&text, '\n');
    bool good = write_file(options->depfile, &text);
    buf_free(&text);
    return good;
}

static bool write_generated(struct arena *arena, const struct options *options,
                            const struct source *source)
{
    struct buf header, code;
    buf_init(&header, OUTPUT_MAX);
    buf_init(&code, OUTPUT_MAX);
    emit_header(&header, arena, source, options->header);
    emit_source(&code, arena, source, options->header);
    bool good = write_file(options->header, &header) && write_file(options->source, &code);
    buf_free(&header);
    buf_free(&code);
    return good;
}

static bool compile(struct arena *arena, const struct options *options)
{
    struct migration_file *files = NULL;
    size_t count = 0;
    const char *text = file_read(arena, options->input);
    if (!text || !migrations_read(arena, options->migrations, &files, &count))
        return false;

    struct report report = {.arena = arena, .file = options->input};
    struct schema schema;
    struct source source = {0};
    bool good = schema_open(arena, files, count, &schema);
    if (good) {
        source_read(arena, &report, options->input, text, &source);
        source_check(arena, &report, &schema, &source);
        report_print(&report, stderr);
        good = report.count == 0;
    }
    schema_close(&schema);
    return good && write_generated(arena, options, &source) &&
           write_depfile(options, options->migrations, files, count);
}

static bool embed(struct arena *arena, const struct options *options)
{
    struct migration_file *files = NULL;
    size_t count = 0;
    if (!migrations_read(arena, options->embed, &files, &count))
        return false;
    struct buf code;
    buf_init(&code, OUTPUT_MAX);
    emit_migrations(&code, files, count);
    bool good =
        write_file(options->source, &code) && write_depfile(options, options->embed, files, count);
    buf_free(&code);
    return good;
}

static bool list(struct arena *arena, const char *dir)
{
    struct migration_file *files = NULL;
    size_t count = 0;
    if (!migrations_read(arena, dir, &files, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        puts(files[i].path);
    return true;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    if (!read_options(argc, argv, &options)) {
        fputs(usage, stderr);
        return 2;
    }
    if (options.help) {
        fputs(usage, stdout);
        return 0;
    }
    struct arena *arena = arena_new(MEMORY_MAX);
    if (!arena) {
        fputs("queryc: out of memory\n", stderr);
        return 1;
    }
    bool good = options.list    ? list(arena, options.list)
                : options.embed ? embed(arena, &options)
                                : compile(arena, &options);
    arena_free(arena);
    return good ? 0 : 1;
}
