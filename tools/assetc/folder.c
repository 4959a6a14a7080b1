#include "assetc.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/str.h"

static const struct type TYPES[] = {
    {"css", "text/css; charset=utf-8", .text = true},
    {"js", "text/javascript; charset=utf-8", .text = true},
    {"json", "application/json", .text = true},
    {"svg", "image/svg+xml", .text = true},
    {"txt", "text/plain; charset=utf-8", .text = true},
    {"yaml", "application/yaml", .text = true},
    {"webmanifest", "application/manifest+json", .text = true},
    {"ico", "image/x-icon"},
    {"wav", "audio/wav"},
    {"jpg", "image/jpeg", .packed = true},
    {"mp3", "audio/mpeg", .packed = true},
    {"ogg", "audio/ogg", .packed = true},
    {"png", "image/png", .packed = true},
    {"webp", "image/webp", .packed = true},
    {"woff2", "font/woff2", .packed = true},
};

bool refuse(const char *path, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (line)
        (void)fprintf(stderr, "%s:%d: ", path, line);
    else
        (void)fprintf(stderr, "%s: ", path);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
    return false;
}

static const struct type *type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < ARRAY_LEN(TYPES); i++)
        if (str_equal(dot + 1, TYPES[i].ending))
            return &TYPES[i];
    return NULL;
}

static bool read_open_file(struct arena *arena, FILE *in, const char *path, struct bytes *ret_bytes)
{
    struct stat info;
    if (fstat(fileno(in), &info) != 0)
        return refuse(path, 0, "%s", strerror(errno));
    if (info.st_size < 0 || (size_t)info.st_size > FILE_SIZE_MAX)
        return refuse(path, 0, "larger than %zu bytes", FILE_SIZE_MAX);
    size_t len = (size_t)info.st_size;
    uint8_t *data = arena_alloc(arena, len + 1);
    if (!data)
        return refuse(path, 0, "out of memory");
    if (fread(data, 1, len, in) != len)
        return refuse(path, 0, "cannot be read to its end");
    *ret_bytes = (struct bytes){data, len};
    return true;
}

bool read_file(struct arena *arena, const char *path, struct bytes *ret_bytes)
{
    FILE *in = fopen(path, "rb");
    if (!in)
        return refuse(path, 0, "%s", strerror(errno));
    bool ok = read_open_file(arena, in, path, ret_bytes);
    (void)fclose(in);
    return ok;
}

/* The old array stays in the arena: a few hundred pointers at most. */
static bool grow(struct arena *arena, void **items, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return true;
    size_t larger = *room ? *room * 2 : 32;
    void *copy = arena_array(arena, larger, size);
    if (!copy)
        return false;
    if (count)
        memcpy(copy, *items, count * size);
    *items = copy;
    *room = larger;
    return true;
}

static bool is_embedded(const char *name)
{
    return name[0] != '.' && !str_ends(name, ".md") && !str_equal(name, "meson.build");
}

static bool add_file(struct folder *folder, const char *path, const char *name)
{
    const struct type *type = type_of(name);
    if (!type)
        return refuse(path, 0, "no content type is known for this ending (TYPES in folder.c)");
    void *items = folder->files;
    if (!grow(folder->arena, &items, &folder->room, folder->count, sizeof *folder->files))
        return refuse(path, 0, "out of memory");
    folder->files = items;
    struct file *file = &folder->files[folder->count++];
    *file = (struct file){.name = name, .path = path, .type = type};
    return read_file(folder->arena, path, &file->plain);
}

static bool add_entries(struct folder *folder, const char *path, const char *prefix);

static bool add_entry(struct folder *folder, const char *path, const char *prefix,
                      const char *entry)
{
    const char *below = arena_printf(folder->arena, "%s/%s", path, entry);
    const char *name = arena_printf(folder->arena, "%s%s", prefix, entry);
    struct stat info;
    if (stat(below, &info) != 0)
        return refuse(below, 0, "%s", strerror(errno));
    if (S_ISDIR(info.st_mode))
        return add_entries(folder, below, arena_printf(folder->arena, "%s/", name));
    return add_file(folder, below, name);
}

static bool add_entries(struct folder *folder, const char *path, const char *prefix)
{
    void *items = folder->paths;
    if (!grow(folder->arena, &items, &folder->path_room, folder->path_count, sizeof(char *)))
        return refuse(path, 0, "out of memory");
    folder->paths = items;
    folder->paths[folder->path_count++] = path;

    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0)
        return refuse(path, 0, "%s", strerror(errno));
    bool ok = true;
    for (int i = 0; i < count; i++) {
        if (ok && is_embedded(entries[i]->d_name))
            ok = add_entry(folder, path, prefix, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

bool folder_read(struct arena *arena, const char *path, struct folder *ret_folder)
{
    *ret_folder = (struct folder){.arena = arena};
    if (!add_entries(ret_folder, path, ""))
        return false;
    if (ret_folder->count == 0)
        return refuse(path, 0, "no files to embed");
    qsort(ret_folder->files, ret_folder->count, sizeof *ret_folder->files, by_name);
    return true;
}

struct file *folder_find(const struct folder *folder, const char *name, size_t len)
{
    for (size_t i = 0; i < folder->count; i++) {
        const char *candidate = folder->files[i].name;
        if (strlen(candidate) == len && memcmp(candidate, name, len) == 0)
            return &folder->files[i];
    }
    return NULL;
}
