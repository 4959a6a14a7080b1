#include "operate/zip_store.h"

#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"

/* APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16: version 2.0, names in UTF-8, method 0. */
#define LOCAL 0x04034b50u
#define CENTRAL 0x02014b50u
#define END 0x06054b50u
#define VERSION 20
#define NAMES_UTF8 0x0800

static void put16(struct buf *buf, uint32_t value)
{
    buf_add_char(buf, (char)(value & 0xff));
    buf_add_char(buf, (char)(value >> 8 & 0xff));
}

static void put32(struct buf *buf, uint32_t value)
{
    put16(buf, value & 0xffff);
    put16(buf, value >> 16);
}

/* From the flags to the length of the extra field: the same in both headers. */
static void put_common(struct buf *buf, const struct zip_part *part, uint32_t crc, struct date day)
{
    put16(buf, VERSION);
    put16(buf, NAMES_UTF8);
    put16(buf, 0); /* stored */
    put16(buf, 0); /* midnight */
    put16(buf, (uint32_t)(day.year - 1980) << 9 | (uint32_t)day.month << 5 | (uint32_t)day.day);
    put32(buf, crc);
    put32(buf, (uint32_t)part->data.len);
    put32(buf, (uint32_t)part->data.len);
    put16(buf, (uint32_t)strlen(part->name));
    put16(buf, 0);
}

static uint32_t crc_of(struct bytes data)
{
    return data.len ? (uint32_t)crc32(0, data.data, (uInt)data.len) : 0;
}

static void put_parts(struct buf *buf, const struct zip_part *parts, size_t count, struct date day,
                      uint32_t *offsets)
{
    for (size_t i = 0; i < count; i++) {
        offsets[i] = (uint32_t)buf->len;
        put32(buf, LOCAL);
        put_common(buf, &parts[i], crc_of(parts[i].data), day);
        buf_add_str(buf, parts[i].name);
        buf_add(buf, parts[i].data.data, parts[i].data.len);
    }
}

static void put_directory(struct buf *buf, const struct zip_part *parts, size_t count,
                          struct date day, const uint32_t *offsets)
{
    uint32_t start = (uint32_t)buf->len;
    for (size_t i = 0; i < count; i++) {
        put32(buf, CENTRAL);
        put16(buf, VERSION);
        put_common(buf, &parts[i], crc_of(parts[i].data), day);
        put16(buf, 0); /* no comment */
        put16(buf, 0); /* on the first disk */
        put16(buf, 0);
        put32(buf, 0);
        put32(buf, offsets[i]);
        buf_add_str(buf, parts[i].name);
    }
    uint32_t size = (uint32_t)buf->len - start;
    put32(buf, END);
    put32(buf, 0); /* one disk */
    put16(buf, (uint32_t)count);
    put16(buf, (uint32_t)count);
    put32(buf, size);
    put32(buf, start);
    put16(buf, 0);
}

enum status zip_store(struct arena *arena, const struct zip_part *parts, size_t count,
                      struct date day, struct bytes *ret_zip)
{
    struct buf buf;
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += parts[i].data.len;
    if (count > ZIP_PARTS_MAX || total > ZIP_BYTES_MAX)
        return ERR_LIMIT;
    uint32_t *offsets = ARENA_ARRAY(arena, uint32_t, count);
    if (!offsets)
        return ERR_NOMEM;
    buf_init(&buf, 2 * ZIP_BYTES_MAX);
    put_parts(&buf, parts, count, day, offsets);
    put_directory(&buf, parts, count, day, offsets);
    void *copy = buf_failed(&buf) ? NULL : arena_memdup(arena, buf.data, buf.len);
    if (copy)
        *ret_zip = (struct bytes){copy, buf.len};
    buf_free(&buf);
    return copy ? OK : ERR_NOMEM;
}
