#include "assetc.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/str.h"

/* How templates name a symbol of a sprite: by address, or with the templates icon and art. */
static const struct {
    const char *before; /* the name starts behind this */
    const char *prefix; /* of the symbol's id */
    const char *sprite;
} SPRITES[] = {
    {"}}#i-", "i-", "icons.svg"},
    {"}}#a-", "a-", "art.svg"},
    {" icon(\"", "i-", "icons.svg"},
    {" art(\"", "a-", "art.svg"},
};

static int line_of(const char *text, const char *at)
{
    int line = 1;
    for (const char *p = text; p < at; p++)
        line += *p == '\n';
    return line;
}

static bool check_names(const struct folder *assets, const char *path, const char *text)
{
    static const char CALL[] = "asset_url(\"";
    bool ok = true;
    const char *at = text;
    while ((at = strstr(at, CALL)) != NULL) {
        at += sizeof CALL - 1;
        size_t len = strcspn(at, "\"");
        if (!folder_find(assets, at, len))
            ok = refuse(path, line_of(text, at), "there is no asset \"%.*s\"", (int)len, at);
    }
    return ok;
}

static bool has_symbol(const struct folder *assets, size_t sprite, const char *name, size_t len)
{
    const char *file_name = SPRITES[sprite].sprite;
    const struct file *file = folder_find(assets, file_name, strlen(file_name));
    const char *symbol = arena_printf(assets->arena, "<symbol id=\"%s%.*s\"",
                                      SPRITES[sprite].prefix, (int)len, name);
    return file && strstr((const char *)file->plain.data, symbol) != NULL;
}

/* A symbol that does not exist shows as nothing at all: nobody would notice before a user does. */
static bool check_symbols(const struct folder *assets, const char *path, const char *text)
{
    bool ok = true;
    for (size_t i = 0; i < ARRAY_LEN(SPRITES); i++) {
        const char *at = text;
        while ((at = strstr(at, SPRITES[i].before)) != NULL) {
            at += strlen(SPRITES[i].before);
            size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-");
            bool computed = at[len] == '{';
            if (!computed && !has_symbol(assets, i, at, len))
                ok = refuse(path, line_of(text, at), "%s has no symbol \"%s%.*s\"",
                            SPRITES[i].sprite, SPRITES[i].prefix, (int)len, at);
        }
    }
    return ok;
}

static bool check_file(const struct folder *assets, const char *path)
{
    struct bytes bytes = {0};
    if (!read_file(assets->arena, path, &bytes))
        return false;
    const char *text = (const char *)bytes.data;
    bool names = check_names(assets, path, text);
    bool symbols = !str_ends(path, ".html") || check_symbols(assets, path, text);
    return names && symbols;
}

static bool is_source(const char *name)
{
    return str_ends(name, ".c") || str_ends(name, ".h") || str_ends(name, ".html");
}

static bool check_entry(const struct folder *assets, const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return refuse(path, 0, "%s", strerror(errno));
    if (S_ISDIR(info.st_mode))
        return uses_check(assets, path);
    return !is_source(path) || check_file(assets, path);
}

bool uses_check(const struct folder *assets, const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0)
        return refuse(path, 0, "%s", strerror(errno));
    bool ok = true;
    for (int i = 0; i < count; i++) {
        struct arena_mark mark = arena_mark(assets->arena);
        const char *name = entries[i]->d_name;
        if (name[0] != '.' &&
            !check_entry(assets, arena_printf(assets->arena, "%s/%s", path, name)))
            ok = false;
        arena_rewind(assets->arena, mark);
        free(entries[i]);
    }
    free(entries);
    return ok;
}
