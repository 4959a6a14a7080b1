/*
 * buf: a growing run of bytes with a maximum from birth (after curl's dynbuf). Used for page
 * bodies, file contents and wire formats. Owns heap memory; buf_free gives it back.
 *
 * Failure is sticky, as in the arena: past the maximum or out of memory nothing more is added and
 * buf_failed() says so. The bytes are always followed by a NUL that does not count.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

struct buf {
    char *data; /* "" while empty, never NULL after buf_init */
    size_t len;
    size_t size; /* 0 while data points at a constant */
    size_t max;
    bool failed;
};

void buf_init(struct buf *buf, size_t max);
void buf_free(struct buf *buf);

/* Forgets the content and the failure, keeps the memory. */
void buf_reset(struct buf *buf);

void buf_add(struct buf *buf, const void *data, size_t len);
/* `len` bytes that it holds at `from` already, a second time. */
void buf_add_again(struct buf *buf, size_t from, size_t len);
void buf_add_str(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *buf, const char *format, va_list args) PRINTF_LIKE(2, 0);

static inline bool buf_failed(const struct buf *buf)
{
    return buf->failed;
}

#endif
