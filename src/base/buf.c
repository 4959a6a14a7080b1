#include "base/buf.h"

#include <assert.h>
#include <stdint.h>

#define FIRST_SIZE 256

void buf_init(struct buf *buf, size_t max)
{
    static char empty[1];
    *buf = (struct buf){.data = empty, .max = max};
}

void buf_free(struct buf *buf)
{
    if (buf->size)
        free(buf->data);
    buf_init(buf, buf->max);
}

void buf_reset(struct buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->size)
        buf->data[0] = '\0';
}

/* Room for `more` bytes and the NUL; false and failed when that may or can not be. */
static bool reserve(struct buf *buf, size_t more)
{
    if (buf->failed)
        return false;
    if (more > buf->max - buf->len || more > PTRDIFF_MAX - 1 - buf->len) {
        buf->failed = true;
        return false;
    }
    size_t need = buf->len + more + 1;
    if (need <= buf->size)
        return true;
    size_t size = buf->size ? buf->size : FIRST_SIZE;
    while (size < need)
        size = size > SIZE_MAX / 2 ? need : size * 2;
    if (size - 1 > buf->max)
        size = buf->max + 1;
    char *data = realloc(buf->size ? buf->data : NULL, size);
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->size = size;
    return true;
}

void buf_add(struct buf *buf, const void *data, size_t len)
{
    assert(buf);
    /* A page is thousands of small pieces: mostly there is room, which never reaches past `max`. */
    if ((buf->failed || len >= buf->size - buf->len) && !reserve(buf, len))
        return;
    if (len)
        memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void buf_add_again(struct buf *buf, size_t from, size_t len)
{
    assert(buf && from <= buf->len && len <= buf->len - from);
    if (!reserve(buf, len) || !len)
        return;
    memcpy(buf->data + buf->len, buf->data + from, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void buf_add_str(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0)
        buf->failed = true;
    else if (reserve(buf, (size_t)len)) {
        (void)vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}
