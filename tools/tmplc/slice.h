/*
 * slice: a piece of the template's text, looked at and never copied. Not NUL-terminated.
 */
#ifndef TMPLC_SLICE_H
#define TMPLC_SLICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

struct slice {
    const char *s;
    size_t len;
};

/* For "%.*s" in messages; what is longer than a name can be is cut. */
#define SLICE(slice) (int)((slice).len < 60 ? (slice).len : 60), (slice).s

static inline struct slice slice_of(const char *text)
{
    return (struct slice){text, strlen(text)};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.len == b.len && memcmp(a.s, b.s, a.len) == 0;
}

static inline bool slice_is(struct slice a, const char *text)
{
    return slice_equal(a, slice_of(text));
}

static inline bool slice_starts(struct slice a, const char *prefix)
{
    size_t len = strlen(prefix);
    return a.len >= len && memcmp(a.s, prefix, len) == 0;
}

static inline bool slice_ends(struct slice a, const char *suffix)
{
    size_t len = strlen(suffix);
    return a.len >= len && memcmp(a.s + a.len - len, suffix, len) == 0;
}

/* ASCII only, whatever the locale. */
static inline bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline struct slice slice_trim(struct slice a)
{
    while (a.len && is_space(a.s[0]))
        a = (struct slice){a.s + 1, a.len - 1};
    while (a.len && is_space(a.s[a.len - 1]))
        a.len--;
    return a;
}

#endif
