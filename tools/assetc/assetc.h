/*
 * assetc: turns a folder of files into C. The pieces, in the order in which main() uses them:
 * folder.c reads the files, css.c rewrites references between them, pack.c hashes and compresses,
 * emit.c writes the C, uses.c checks that sources name assets that exist.
 *
 * Everything lives in one arena until the program ends. A mistake in the input is reported once on
 * stderr as `file:line: message`; the functions then answer false and main() ends with 1.
 */
#ifndef ASSETC_H
#define ASSETC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/bytes.h"
#include "base/compiler.h"

struct arena;
struct buf;

#define FILE_SIZE_MAX ((size_t)8 * 1024 * 1024)

enum packing { PACKING_TODO, PACKING_BUSY, PACKING_DONE };

struct type {
    const char *ending;
    const char *type;
    bool text;   /* compression pays, brotli is told that it is text */
    bool packed; /* compressed by its own format */
};

struct file {
    const char *name; /* below the folder: "fonts/x.woff2" */
    const char *path; /* as it can be opened and as messages name it */
    const struct type *type;
    enum packing state;
    const char *url; /* the rest is set when state is PACKING_DONE */
    const char *hash;
    struct bytes plain, gzip, brotli;
};

struct folder {
    struct arena *arena;
    struct file *files; /* sorted by name */
    size_t count, room;
    const char **paths; /* folders seen, so that a new file makes the build look again */
    size_t path_count, path_room;
};

/* Reports `path:line: message`; line 0 leaves the number out. Always false. */
bool refuse(const char *path, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Reads a whole file into the arena, NUL behind it. */
bool read_file(struct arena *arena, const char *path, struct bytes *ret_bytes);

/* Reads all files below `path`, but *.md, meson.build and hidden ones. */
bool folder_read(struct arena *arena, const char *path, struct folder *ret_folder);
/* NULL when there is none of that name. */
struct file *folder_find(const struct folder *folder, const char *name, size_t len);

/* Replaces every url(…) by the hashed name, packing what it refers to first. */
bool css_rewrite(struct folder *folder, struct file *file);

/* Hash, URL and compressed variants of one file (and of what it refers to), or of all. */
bool pack_file(struct folder *folder, struct file *file);
bool pack_all(struct folder *folder);

void emit_header(FILE *out);
/* `header` is what the source includes: the header lies beside it. */
bool emit_source(FILE *out, const char *header, const struct folder *folder);
/* --embed: one file as a `const struct bytes`. */
void emit_embedded_header(FILE *out, const char *symbol);
void emit_embedded_source(FILE *out, const char *symbol, const char *header, struct bytes bytes);

/* --texts: all files of a folder, by name without ending, in the order of their names. */
void emit_texts_header(FILE *out, const char *symbol);
void emit_texts_source(FILE *out, const char *symbol, const char *header,
                       const struct folder *folder);

/* Finds asset_url("…") and sprite references in *.c, *.h and *.html below `path`. */
bool uses_check(const struct folder *assets, const char *path);

#endif
