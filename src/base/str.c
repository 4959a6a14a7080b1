#include "base/str.h"

#include <errno.h>

#include "base/arena.h"
#include "base/utf8.h"

bool str_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
    size_t len = strlen(text);
    size_t tail = strlen(suffix);
    return len >= tail && strcmp(text + len - tail, suffix) == 0;
}

static bool is_space(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || code == 0x200B ||
           code == 0xFEFF;
}

bool str_is_blank(const char *text)
{
    for (uint32_t code; (code = utf8_next(&text)) != 0;)
        if (!is_space(code))
            return false;
    return true;
}

const char *str_trim(struct arena *arena, const char *text)
{
    const char *start = text;
    for (const char *p = text; is_space(utf8_next(&p));)
        start = p;
    const char *end = start;
    for (const char *p = start; *p;)
        if (!is_space(utf8_next(&p)))
            end = p;
    return arena_strndup(arena, start, (size_t)(end - start));
}

const char *str_lower_ascii(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    for (char *p = copy; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + 32);
    return copy;
}

/* Latin letters with marks, U+00C0 … U+017F, as plain letters; "" keeps the code point. */
static const char *const plain_latin[] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  /* C0 */
    "d", "n", "o",  "o",  "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "ss", /* D0 */
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  /* E0 */
    "d", "n", "o",  "o",  "o", "o", "o",  " ", "o", "u", "u", "u", "u", "y", "th", "y",  /* F0 */
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",  /* 100 */
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",  /* 110 */
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",  /* 120 */
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",  /* 130 */
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",  /* 140 */
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",  /* 150 */
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",  /* 160 */
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s",  /* 170 */
};

/* Further letters with marks that names in our schools have: Romanian, Pinyin, Vietnamese. */
static const struct {
    uint16_t first, last;
    char plain;
} more_latin[] = {
    {0x1CD, 0x1CE, 'a'},   {0x1CF, 0x1D0, 'i'},   {0x1D1, 0x1D2, 'o'},   {0x1D3, 0x1DC, 'u'},
    {0x1E6, 0x1E7, 'g'},   {0x218, 0x219, 's'},   {0x21A, 0x21B, 't'},   {0x1EA0, 0x1EB7, 'a'},
    {0x1EB8, 0x1EC7, 'e'}, {0x1EC8, 0x1ECB, 'i'}, {0x1ECC, 0x1EE3, 'o'}, {0x1EE4, 0x1EF1, 'u'},
    {0x1EF2, 0x1EF9, 'y'},
};

static bool is_apostrophe(uint32_t code)
{
    return code == '\'' || code == '`' || code == 0x2018 || code == 0x2019 || code == 0x2BB ||
           code == 0x2BC;
}

/* U+FFFD, which stands for a broken byte, counts as punctuation: a key never outgrows its text. */
static bool is_punctuation(uint32_t code)
{
    return code < 0xC0 || (code >= 0x2000 && code <= 0x206F) || code == 0xFFFD || code == 0xFEFF;
}

size_t str_fold(uint32_t code, char to[4])
{
    if (code >= 'A' && code <= 'Z')
        code += 32;
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
        to[0] = (char)code;
        return 1;
    }
    bool is_combining_mark = code >= 0x300 && code <= 0x36F;
    if (is_combining_mark || is_apostrophe(code))
        return 0;
    if (code >= 0xC0 && code - 0xC0 < ARRAY_LEN(plain_latin)) {
        const char *plain = plain_latin[code - 0xC0];
        size_t len = strlen(plain);
        memcpy(to, plain, len);
        return len;
    }
    if (is_punctuation(code)) {
        to[0] = ' ';
        return 1;
    }
    for (size_t i = 0; i < ARRAY_LEN(more_latin); i++) {
        if (code >= more_latin[i].first && code <= more_latin[i].last) {
            to[0] = more_latin[i].plain;
            return 1;
        }
    }
    return utf8_put(code, to);
}

const char *str_sort_key(struct arena *arena, const char *text)
{
    /* No code point grows: foldings to two letters come from letters of two bytes. */
    char *key = arena_alloc(arena, strlen(text) + 1);
    if (!key)
        return "";
    size_t len = 0;
    for (uint32_t code; (code = utf8_next(&text)) != 0;) {
        char piece[4];
        size_t n = str_fold(code, piece);
        if (n == 1 && piece[0] == ' ' && (len == 0 || key[len - 1] == ' '))
            continue;
        memcpy(key + len, piece, n);
        len += n;
    }
    while (len && key[len - 1] == ' ')
        len--;
    key[len] = '\0';
    return key;
}

enum status str_to_int64(const char *text, int64_t *ret_value)
{
    const char *digits = text[0] == '-' ? text + 1 : text;
    if (*digits < '0' || *digits > '9')
        return ERR_INVALID;
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || *end)
        return ERR_INVALID;
    *ret_value = value;
    return OK;
}

char *str_split(char **rest, char separator)
{
    char *piece = *rest;
    if (!piece)
        return NULL;
    char *at = strchr(piece, separator);
    if (at)
        *at++ = '\0';
    *rest = at;
    return piece;
}
