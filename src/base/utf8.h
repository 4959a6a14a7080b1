/*
 * utf8: the shape of text. Everything that enters the program is checked here once (HTTP, imports,
 * command line); inside, `const char *` is valid UTF-8 without NUL.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Valid UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF) without NUL. */
bool utf8_valid(const char *text, size_t len);

/* Number of code points; `text` is valid. */
size_t utf8_chars(const char *text);

/* Reads one code point and moves *at past it. Invalid bytes read as U+FFFD, one byte each. 0 at the
 * end. */
uint32_t utf8_next(const char **at);

/* Writes a code point; returns the number of bytes (1-4), 0 if it is not a Unicode scalar value. */
size_t utf8_put(uint32_t code, char to[4]);

#endif
