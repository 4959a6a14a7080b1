#include "handover/names.h"

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"

#define TEXT_MAX ((size_t)1 << 20)

/* Letters, and what stands inside a name: "Jan-Willem", "O'Neill". */
static bool is_inside(uint32_t code)
{
    char to[4];
    if (code == '-' || code == '\'' || code == 0x2019)
        return true;
    size_t n = str_fold(code, to);
    return n > 0 && to[0] != ' ';
}

static bool is_capital(uint32_t code)
{
    if (code >= 'A' && code <= 'Z')
        return true;
    if (code >= 0xC0 && code <= 0xDE)
        return code != 0xD7;
    /* Latin Extended: pairs of a large and a small letter, in two orders. */
    bool odd_first = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
    if (code >= 0x100 && code <= 0x17F)
        return odd_first ? code % 2 == 1 : code % 2 == 0;
    return code == 0x218 || code == 0x21A;
}

/* The key of a word, and the same without the s of a possessive. */
static bool same_name(struct arena *arena, const char *key, const char *name)
{
    const char *wanted = str_sort_key(arena, name);
    size_t len = strlen(wanted), have = strlen(key);
    if (!len || strncmp(key, wanted, len) != 0)
        return false;
    return have == len || (have == len + 1 && key[len] == 's');
}

static bool is_kept(struct arena *arena, const struct names *names, const char *key)
{
    for (size_t i = 0; i < names->kept_count; i++) {
        char *rest = arena_strdup(arena, str_sort_key(arena, names->kept[i]));
        for (char *word; (word = str_split(&rest, ' '));)
            if (*word && str_equal(key, word))
                return true;
    }
    return false;
}

/* How many bytes behind a call name are the family name of that child. */
static size_t family_after(const char *text, const char *family)
{
    size_t len = strlen(family);
    if (!len || *text != ' ' || strncmp(text + 1, family, len) != 0)
        return 0;
    const char *behind = text + 1 + len;
    bool goes_on = *behind && is_inside(utf8_next(&behind));
    return goes_on ? 0 : len + 1;
}

/* The length of the name that begins at `text`, a word with this key; 0: it is nobody's. */
static size_t name_at(struct arena *arena, const struct names *names, const char *key,
                      const char *after)
{
    bool found = false;
    size_t most = 0;
    for (size_t i = 0; i < names->count; i++) {
        if (!same_name(arena, key, names->others[i].call))
            continue;
        size_t family = family_after(after, names->others[i].family);
        most = family > most ? family : most;
        found = true;
    }
    return found ? most + 1 : 0;
}

static const char *word_end(const char *text)
{
    const char *end = text;
    for (const char *p = text; *p;) {
        if (!is_inside(utf8_next(&p)))
            break;
        end = p;
    }
    return end;
}

const char *names_without(struct arena *arena, const struct names *names, const char *text,
                          size_t *ret_taken)
{
    struct buf out;
    size_t taken = 0;
    buf_init(&out, TEXT_MAX);
    for (const char *p = text; *p;) {
        const char *next = p;
        uint32_t code = utf8_next(&next);
        const char *end = is_inside(code) ? word_end(p) : next;
        size_t behind = 0;
        if (is_capital(code)) {
            struct arena_mark mark = arena_mark(arena);
            const char *key = str_sort_key(arena, arena_strndup(arena, p, (size_t)(end - p)));
            if (!is_kept(arena, names, key))
                behind = name_at(arena, names, key, end);
            arena_rewind(arena, mark);
        }
        if (behind) {
            buf_add_str(&out, names->instead);
            end += behind - 1;
            taken++;
        } else {
            buf_add(&out, p, (size_t)(end - p));
        }
        p = end;
    }
    const char *copy = taken || buf_failed(&out) ? arena_strndup(arena, out.data, out.len) : text;
    buf_free(&out);
    *ret_taken += taken;
    return copy;
}
