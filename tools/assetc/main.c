#include "assetc.h"

#include <errno.h>
#include <getopt.h>

#include "base/arena.h"
#include "base/str.h"

#define MEMORY_MAX ((size_t)256 * 1024 * 1024)

static const char USAGE[] =
    "assetc --header OUT.h --source OUT.c [--depfile D] FOLDER     files to gen/assets.[ch]\n"
    "assetc --header OUT.h --source OUT.c --embed SYMBOL FILE      one file to a struct bytes\n"
    "assetc --header OUT.h --source OUT.c [--depfile D] --texts SYMBOL FOLDER  texts by name\n"
    "assetc --uses SOURCES FOLDER                                  do the names in SOURCES exist?\n";

struct options {
    const char *header, *source, *depfile, *symbol, *texts, *uses, *input;
};

static bool read_options(int argc, char **argv, struct options *ret_options)
{
    static const struct option LONG[] = {
        {"header", required_argument, NULL, 'h'},
        {"source", required_argument, NULL, 's'},
        {"depfile", required_argument, NULL, 'd'},
        {"embed", required_argument, NULL, 'e'},
        {"texts", required_argument, NULL, 't'},
        {"uses", required_argument, NULL, 'u'},
        {NULL, 0, NULL, 0},
    };
    struct options o = {0};
    int c;
    while ((c = getopt_long(argc, argv, "", LONG, NULL)) != -1) {
        switch (c) {
        case 'h':
            o.header = optarg;
            break;
        case 's':
            o.source = optarg;
            break;
        case 'd':
            o.depfile = optarg;
            break;
        case 'e':
            o.symbol = optarg;
            break;
        case 't':
            o.texts = optarg;
            break;
        case 'u':
            o.uses = optarg;
            break;
        default:
            return false;
        }
    }
    bool writes = o.header && o.source;
    bool checks = o.uses && !o.symbol && !o.texts && !o.header && !o.source && !o.depfile;
    if (optind + 1 != argc || !(checks || (writes && !o.uses)) || (o.symbol && o.texts))
        return false;
    o.input = argv[optind];
    *ret_options = o;
    return true;
}

static FILE *create(const char *path)
{
    FILE *out = fopen(path, "w");
    if (!out)
        (void)refuse(path, 0, "%s", strerror(errno));
    return out;
}

/* A full disk shows at the latest when the file is closed. */
static bool finish(FILE *out, const char *path)
{
    bool broken = ferror(out) != 0;
    if (fclose(out) != 0 || broken)
        return refuse(path, 0, "cannot be written");
    return true;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool write_depfile(const struct options *o, const struct folder *folder)
{
    FILE *out = create(o->depfile);
    if (!out)
        return false;
    (void)fprintf(out, "%s:", o->source);
    for (size_t i = 0; i < folder->path_count; i++)
        (void)fprintf(out, " \\\n  %s", folder->paths[i]);
    for (size_t i = 0; i < folder->count; i++)
        (void)fprintf(out, " \\\n  %s", folder->files[i].path);
    (void)fputc('\n', out);
    return finish(out, o->depfile);
}

static bool write_assets(const struct options *o, const struct folder *folder)
{
    FILE *header = create(o->header);
    if (!header)
        return false;
    emit_header(header);
    if (!finish(header, o->header))
        return false;
    FILE *source = create(o->source);
    if (!source)
        return false;
    bool emitted = emit_source(source, base_name(o->header), folder);
    if (!finish(source, o->source) || !emitted)
        return false;
    return !o->depfile || write_depfile(o, folder);
}

static bool embed(struct arena *arena, const struct options *o)
{
    struct bytes bytes = {0};
    if (!read_file(arena, o->input, &bytes))
        return false;
    FILE *header = create(o->header);
    if (!header)
        return false;
    emit_embedded_header(header, o->symbol);
    if (!finish(header, o->header))
        return false;
    FILE *source = create(o->source);
    if (!source)
        return false;
    emit_embedded_source(source, o->symbol, base_name(o->header), bytes);
    return finish(source, o->source);
}

static bool write_texts(const struct options *o, const struct folder *folder)
{
    FILE *header = create(o->header);
    if (!header)
        return false;
    emit_texts_header(header, o->texts);
    if (!finish(header, o->header))
        return false;
    FILE *source = create(o->source);
    if (!source)
        return false;
    emit_texts_source(source, o->texts, base_name(o->header), folder);
    if (!finish(source, o->source))
        return false;
    return !o->depfile || write_depfile(o, folder);
}

static bool run(struct arena *arena, const struct options *o)
{
    if (o->symbol)
        return embed(arena, o);
    struct folder folder;
    if (!folder_read(arena, o->input, &folder))
        return false;
    if (o->uses)
        return uses_check(&folder, o->uses);
    if (o->texts)
        return write_texts(o, &folder);
    return pack_all(&folder) && write_assets(o, &folder);
}

int main(int argc, char **argv)
{
    struct options options;
    if (!read_options(argc, argv, &options)) {
        (void)fputs(USAGE, stderr);
        return 2;
    }
    struct arena *arena = arena_new(MEMORY_MAX);
    bool ok = arena && run(arena, &options);
    arena_free(arena);
    return ok ? 0 : 1;
}
