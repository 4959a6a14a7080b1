/*
 * tmplc: compiles a template file to C. The syntax is in tools/README.md, how to write templates in
 * src/html/README.md.
 */
#include <errno.h>
#include <getopt.h>

#include "template.h"

enum { DONE = 0, REFUSED = 1, USAGE = 2 };

struct options {
    const char *header, *source, *input;
};

static const char usage[] = "usage: tmplc --header OUT.h --source OUT.c INPUT.html\n";

static int read_options(int argc, char *argv[], struct options *ret_options)
{
    static const struct option known[] = {
        {"header", required_argument, NULL, 'h'},
        {"source", required_argument, NULL, 's'},
        {"help", no_argument, NULL, '?'},
        {0},
    };
    struct options options = {0};
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (c == 'h')
            options.header = optarg;
        else if (c == 's')
            options.source = optarg;
        else
            return USAGE;
    }
    if (!options.header || !options.source || optind != argc - 1)
        return USAGE;
    options.input = argv[optind];
    *ret_options = options;
    return DONE;
}

static bool read_file(const char *path, struct buf *text)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    char block[16384];
    for (size_t len; (len = fread(block, 1, sizeof block, file)) > 0;)
        buf_add(text, block, len);
    bool good = !ferror(file);
    (void)fclose(file); /* only read */
    return good;
}

/* Whole or not at all: ninja would take half a file for a finished one. */
static bool write_file(const char *path, const struct buf *text)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool good = fwrite(text->data, 1, text->len, file) == text->len;
    good = fclose(file) == 0 && good;
    if (!good)
        (void)remove(path);
    return good;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int complain(const char *path, const char *why)
{
    (void)fprintf(stderr, "tmplc: %s: %s\n", path, why);
    return REFUSED;
}

static int compile(const struct options *options, struct buf *text, struct buf *header,
                   struct buf *source, struct problems *problems)
{
    if (!read_file(options->input, text))
        return complain(options->input, strerror(errno));
    if (buf_failed(text))
        return complain(options->input, "larger than a template may be (1 MiB)");

    enum status status = template_compile(options->input, (struct slice){text->data, text->len},
                                          base_name(options->header), problems, header, source);
    if (status == ERR_NOMEM)
        return complain(options->input, "out of memory");
    if (status != OK) {
        buf_reset(source);
        problems_print(problems, options->input, source);
        (void)fputs(source->data, stderr);
        return REFUSED;
    }
    if (!write_file(options->header, header))
        return complain(options->header, strerror(errno));
    if (!write_file(options->source, source)) {
        (void)remove(options->header);
        return complain(options->source, strerror(errno));
    }
    return DONE;
}

int main(int argc, char *argv[])
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        (void)fputs(usage, stdout);
        return DONE;
    }
    struct options options;
    if (read_options(argc, argv, &options) != DONE) {
        (void)fputs(usage, stderr);
        return USAGE;
    }
    struct buf text, header, source;
    buf_init(&text, TEMPLATE_MAX);
    buf_init(&header, 64 * TEMPLATE_MAX);
    buf_init(&source, 64 * TEMPLATE_MAX);
    struct problems problems = {.arena = arena_new(64 * TEMPLATE_MAX)};
    int code = problems.arena ? compile(&options, &text, &header, &source, &problems)
                              : complain(options.input, "out of memory");
    arena_free(problems.arena);
    buf_free(&text);
    buf_free(&header);
    buf_free(&source);
    return code;
}
