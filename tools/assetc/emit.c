#include "assetc.h"

#include "base/arena.h"
#include "base/str.h"

#define LINE_WIDTH 96

static bool is_plain(uint8_t c)
{
    return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?';
}

/* One byte as it stands between quotes; `next` decides how long an octal escape must be. */
static int emit_byte(FILE *out, uint8_t c, uint8_t next)
{
    if (is_plain(c))
        return fputc(c, out) == EOF ? 0 : 1;
    if (c == '\n')
        return fprintf(out, "\\n");
    if (c == '"' || c == '\\' || c == '?') /* \? because of trigraphs */
        return fprintf(out, "\\%c", c);
    return fprintf(out, next >= '0' && next <= '7' ? "\\%03o" : "\\%o", c);
}

/*
 * String literals compile some ten times faster than lists of numbers, and text stays readable in
 * them: a new line in the file is a new line in the C.
 */
static void emit_bytes(FILE *out, const char *symbol, size_t number, struct bytes bytes)
{
    if (!bytes.data)
        return;
    (void)fprintf(out, "static const uint8_t %s%zu[] =\n    \"", symbol, number);
    int width = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        width += emit_byte(out, bytes.data[i], i + 1 < bytes.len ? bytes.data[i + 1] : 0);
        if (i + 1 < bytes.len && (width >= LINE_WIDTH || bytes.data[i] == '\n')) {
            (void)fputs("\"\n    \"", out);
            width = 0;
        }
    }
    (void)fputs("\";\n", out);
}

void emit_header(FILE *out)
{
    (void)fputs(
        "/* Made by assetc from assets/: the files that browsers fetch, each under a URL that\n"
        "   changes with its content, so that they may be kept for ever. */\n"
        "#ifndef GEN_ASSETS_H\n#define GEN_ASSETS_H\n\n"
        "#include \"base/bytes.h\"\n\n"
        "struct asset {\n"
        "    const char *name; /* below assets/: \"style.css\" */\n"
        "    const char *url;  /* \"/a/style.<hash>.css\" */\n"
        "    const char *type; /* Content-Type */\n"
        "    const char *etag; /* strong, with quotes; a variant is another representation */\n"
        "    const char *etag_gzip, *etag_brotli;\n"
        "    struct bytes plain, gzip, brotli; /* a variant that does not pay has data NULL */\n"
        "};\n\n"
        "/* The asset with this path, or NULL. */\n"
        "const struct asset *asset_by_url(const char *path);\n\n"
        "/* The URL of a file below assets/. The test `asset_uses` finds names that do not exist;\n"
        "   such a name asserts here and answers \"/a/\", where there is nothing. */\n"
        "const char *asset_url(const char *name);\n\n"
        "/* All of them, sorted by URL. */\n"
        "const struct asset *asset_all(unsigned *ret_count);\n\n"
        "#endif\n",
        out);
}

static const char LOOKUP[] =
    "\nstatic int compare_url(const void *key, const void *item)\n"
    "{\n"
    "    return strcmp(key, ((const struct asset *)item)->url);\n"
    "}\n\n"
    "const struct asset *asset_by_url(const char *path)\n"
    "{\n"
    "    return bsearch(path, ASSETS, ARRAY_LEN(ASSETS), sizeof *ASSETS, compare_url);\n"
    "}\n\n"
    "static int compare_name(const void *key, const void *item)\n"
    "{\n"
    "    return strcmp(key, ASSETS[*(const uint16_t *)item].name);\n"
    "}\n\n"
    "const char *asset_url(const char *name)\n"
    "{\n"
    "    const uint16_t *found =\n"
    "        bsearch(name, BY_NAME, ARRAY_LEN(BY_NAME), sizeof *BY_NAME, compare_name);\n"
    "    assert(found);\n"
    "    return found ? ASSETS[*found].url : \"/a/\";\n"
    "}\n\n"
    "const struct asset *asset_all(unsigned *ret_count)\n"
    "{\n"
    "    *ret_count = ARRAY_LEN(ASSETS);\n"
    "    return ASSETS;\n"
    "}\n";

static void emit_variant(FILE *out, const char *field, const char *symbol, size_t number,
                         struct bytes bytes)
{
    if (bytes.data)
        (void)fprintf(out, ",\n     .%s = {%s%zu, %zu}", field, symbol, number, bytes.len);
}

static void emit_asset(FILE *out, const struct file *file, size_t number)
{
    (void)fprintf(out, "    {.name = \"%s\",\n     .url = \"%s\",\n     .type = \"%s\"", file->name,
                  file->url, file->type->type);
    (void)fprintf(out, ",\n     .etag = \"\\\"%s\\\"\"", file->hash);
    (void)fprintf(out, ",\n     .etag_gzip = \"\\\"%s-gz\\\"\"", file->hash);
    (void)fprintf(out, ",\n     .etag_brotli = \"\\\"%s-br\\\"\"", file->hash);
    emit_variant(out, "plain", "PLAIN_", number, file->plain);
    emit_variant(out, "gzip", "GZIP_", number, file->gzip);
    emit_variant(out, "brotli", "BROTLI_", number, file->brotli);
    (void)fputs("},\n", out);
}

static int by_url(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->url, ((const struct file *)b)->url);
}

static void emit_prologue(FILE *out, const char *header)
{
    /* ISO C only promises literals of 4095 bytes; gcc and clang know no limit. */
    (void)fprintf(out,
                  "/* Made by assetc. */\n#include \"%s\"\n\n#include <assert.h>\n\n"
                  "#include \"base/compiler.h\"\n\n"
                  "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n",
                  header);
}

bool emit_source(FILE *out, const char *header, const struct folder *folder)
{
    struct file *sorted =
        arena_memdup(folder->arena, folder->files, folder->count * sizeof *folder->files);
    if (!sorted)
        return refuse("assetc", 0, "out of memory");
    qsort(sorted, folder->count, sizeof *sorted, by_url);

    emit_prologue(out, header);
    for (size_t i = 0; i < folder->count; i++) {
        (void)fprintf(out, "/* %s */\n", sorted[i].name);
        emit_bytes(out, "PLAIN_", i, sorted[i].plain);
        emit_bytes(out, "GZIP_", i, sorted[i].gzip);
        emit_bytes(out, "BROTLI_", i, sorted[i].brotli);
    }
    (void)fputs("\nstatic const struct asset ASSETS[] = {\n", out);
    for (size_t i = 0; i < folder->count; i++)
        emit_asset(out, &sorted[i], i);
    (void)fputs("};\n\n/* Indexes into ASSETS, sorted by name. */\n"
                "static const uint16_t BY_NAME[] = {",
                out);
    for (size_t i = 0; i < folder->count; i++)
        for (size_t j = 0; j < folder->count; j++)
            if (str_equal(sorted[j].name, folder->files[i].name))
                (void)fprintf(out, "%s%zu", i ? ", " : "", j);
    (void)fputs("};\n", out);
    (void)fputs(LOOKUP, out);
    return true;
}

void emit_embedded_header(FILE *out, const char *symbol)
{
    (void)fprintf(out,
                  "/* Made by assetc. */\n#include \"base/bytes.h\"\n\n"
                  "extern const struct bytes %s;\n",
                  symbol);
}

void emit_embedded_source(FILE *out, const char *symbol, const char *header, struct bytes bytes)
{
    emit_prologue(out, header);
    emit_bytes(out, "BYTES_", 0, bytes);
    (void)fprintf(out, "\nconst struct bytes %s = {BYTES_0, %zu};\n", symbol, bytes.len);
}

void emit_texts_header(FILE *out, const char *symbol)
{
    (void)fprintf(out,
                  "/* Made by assetc: the files of a folder, in the order of their names. */\n"
                  "#ifndef GEN_TEXTS_%s\n#define GEN_TEXTS_%s\n\n"
                  "#include \"base/bytes.h\"\n\n"
                  "struct embedded_text {\n"
                  "    const char *name;  /* of the file, without its ending */\n"
                  "    struct bytes text; /* a NUL follows that does not count */\n"
                  "};\n\n"
                  "/* Ended by name NULL. */\n"
                  "extern const struct embedded_text %s[];\n\n#endif\n",
                  symbol, symbol, symbol);
}

void emit_texts_source(FILE *out, const char *symbol, const char *header,
                       const struct folder *folder)
{
    emit_prologue(out, header);
    for (size_t i = 0; i < folder->count; i++)
        emit_bytes(out, "TEXT_", i, folder->files[i].plain);
    (void)fprintf(out, "\nconst struct embedded_text %s[] = {\n", symbol);
    for (size_t i = 0; i < folder->count; i++) {
        const char *name = folder->files[i].name;
        const char *dot = strrchr(name, '.');
        (void)fprintf(out, "    {\"%.*s\", {TEXT_%zu, %zu}},\n",
                      (int)(dot ? dot - name : (ptrdiff_t)strlen(name)), name, i,
                      folder->files[i].plain.len);
    }
    (void)fputs("    {NULL, {NULL, 0}},\n};\n", out);
}
