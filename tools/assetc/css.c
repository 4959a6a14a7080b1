#include "assetc.h"

#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* Where the rewriter stands in a style sheet. Text ends at a NUL, so one byte ahead may be read. */
struct css {
    struct folder *folder;
    struct file *file;
    const char *at;
    int line;
    struct buf *out;
};

/* Copies one byte, counting lines. */
static void copy(struct css *css)
{
    if (*css->at == '\n')
        css->line++;
    buf_add_char(css->out, *css->at++);
}

static void copy_comment(struct css *css)
{
    copy(css);
    copy(css);
    while (*css->at && !(css->at[0] == '*' && css->at[1] == '/'))
        copy(css);
    if (*css->at) {
        copy(css);
        copy(css);
    }
}

static void copy_string(struct css *css)
{
    char quote = *css->at;
    copy(css);
    while (*css->at && *css->at != quote) {
        if (*css->at == '\\' && css->at[1])
            copy(css);
        copy(css);
    }
    if (*css->at)
        copy(css);
}

/* "fonts/../x.svg" below "css/style.css" is "css/x.svg"; NULL when it leaves the folder. */
static const char *resolve(struct arena *arena, const char *from, const char *reference, size_t len)
{
    const char *slash = strrchr(from, '/');
    size_t base = slash ? (size_t)(slash - from) + 1 : 0;
    char *rest = arena_printf(arena, "%.*s%.*s", (int)base, from, (int)len, reference);
    const char *name = "";
    while (rest) {
        const char *part = str_split(&rest, '/');
        if (str_equal(part, ".") || str_equal(part, ""))
            continue;
        if (!str_equal(part, "..")) {
            name = *name ? arena_printf(arena, "%s/%s", name, part) : part;
            continue;
        }
        if (!*name)
            return NULL;
        const char *up = strrchr(name, '/');
        name = up ? arena_strndup(arena, name, (size_t)(up - name)) : "";
    }
    return name;
}

/* Writes what stands for a reference: itself when it points into the page, else the hashed name. */
static bool write_reference(struct css *css, const char *text, size_t len)
{
    const char *path = css->file->path;
    if (len == 0)
        return refuse(path, css->line, "an empty url()");
    if (*text == '#' || (len > 5 && strncasecmp(text, "data:", 5) == 0)) {
        buf_add(css->out, text, len);
        return true;
    }
    if (*text == '/' || memchr(text, ':', len))
        return refuse(path, css->line, "url(%.*s) must be a file of this folder", (int)len, text);

    size_t name_len = strcspn(text, "#?\"') \t\n");
    if (name_len > len)
        name_len = len;
    const char *name = resolve(css->folder->arena, css->file->name, text, name_len);
    struct file *target = name ? folder_find(css->folder, name, strlen(name)) : NULL;
    if (!target)
        return refuse(path, css->line, "url(%.*s): there is no such file", (int)len, text);
    if (target->state == PACKING_BUSY)
        return refuse(path, css->line, "url(%.*s) refers back to this file", (int)len, text);
    if (!pack_file(css->folder, target))
        return false;
    /* All assets share one URL folder, so the last part is the whole relative address. */
    buf_add_str(css->out, strrchr(target->url, '/') + 1);
    buf_add(css->out, text + name_len, len - name_len);
    return true;
}

static bool copy_url(struct css *css)
{
    while (*css->at != '(')
        copy(css);
    copy(css);
    while (*css->at == ' ' || *css->at == '\t' || *css->at == '\n')
        copy(css);
    char quote = '\0';
    if (*css->at == '"' || *css->at == '\'') {
        quote = *css->at;
        copy(css);
    }
    const char *text = css->at;
    size_t len = strcspn(text, quote == '"' ? "\"\n" : quote ? "'\n" : ") \t\n");
    if (!text[len] || text[len] == '\n')
        return refuse(css->file->path, css->line, "url( is not closed on its line");
    css->at = text + len;
    if (!write_reference(css, text, len))
        return false;
    if (quote)
        copy(css);
    return true;
}

static bool is_name_char(char c)
{
    return c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

static bool rewrite(struct css *css)
{
    char before = '\0';
    while (*css->at) {
        if (css->at[0] == '/' && css->at[1] == '*') {
            copy_comment(css);
        } else if (*css->at == '"' || *css->at == '\'') {
            copy_string(css);
        } else if (strncasecmp(css->at, "@import", 7) == 0) {
            /* It would cost the browser another round trip before it can draw. */
            return refuse(css->file->path, css->line, "@import is not used here: one style sheet");
        } else if (!is_name_char(before) && strncasecmp(css->at, "url(", 4) == 0) {
            if (!copy_url(css))
                return false;
        } else {
            copy(css);
        }
        before = css->at[-1];
    }
    return true;
}

bool css_rewrite(struct folder *folder, struct file *file)
{
    const char *text = (const char *)file->plain.data;
    if (strlen(text) != file->plain.len)
        return refuse(file->path, 0, "a style sheet holds no NUL byte");
    struct buf out;
    buf_init(&out, FILE_SIZE_MAX);
    struct css css = {.folder = folder, .file = file, .at = text, .line = 1, .out = &out};
    bool ok = rewrite(&css);
    if (ok && buf_failed(&out))
        ok = refuse(file->path, 0, "out of memory");
    if (ok) {
        size_t len = out.len;
        file->plain = (struct bytes){(uint8_t *)arena_strndup(folder->arena, out.data, len), len};
    }
    buf_free(&out);
    return ok;
}
