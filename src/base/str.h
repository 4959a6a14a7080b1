/*
 * str: small questions about text and small pieces of it. Text is valid UTF-8, NUL-terminated;
 * results live in the arena that is passed. No locale: letters are compared by Unicode rules that
 * fit Dutch names, in str_sort_key().
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;

static inline bool str_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);

/* Nothing but white space (ASCII, no-break space, zero-width space), or empty. */
bool str_is_blank(const char *text);

/* A copy without white space at both ends. */
const char *str_trim(struct arena *arena, const char *text);

/* ASCII letters lower-cased, everything else as it was. For e-mail addresses and tokens. */
const char *str_lower_ascii(struct arena *arena, const char *text);

/*
 * A key by which strcmp sorts and finds the way people expect: lower case, accents and
 * apostrophes away, "ij" as written, other punctuation as one space. "Özgür" -> "ozgur".
 */
const char *str_sort_key(struct arena *arena, const char *text);

/*
 * What that key has for one code point, in `to`; how many bytes. 0: it falls away (apostrophes,
 * loose accents); one space: it stands between words. For who reads a text word by word without a
 * copy.
 */
size_t str_fold(uint32_t code, char to[4]);

/* Whole decimal number, optional minus, nothing around it. ERR_INVALID otherwise or out of range.
 */
NODISCARD enum status str_to_int64(const char *text, int64_t *ret_value);

/* The next piece of *rest up to `separator`, in place: writes a NUL, moves *rest; NULL at the end.
 */
char *str_split(char **rest, char separator);

#endif
