#include "answer/image_fixture.h"

#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"

static struct bytes taken(struct arena *arena, struct buf *buf)
{
    struct bytes bytes = {arena_memdup(arena, buf->data, buf->len), buf->len};
    buf_free(buf);
    return bytes;
}

static void add_16(struct buf *to, size_t n)
{
    buf_add_char(to, (char)(n >> 8));
    buf_add_char(to, (char)n);
}

static void add_32(struct buf *to, size_t n, bool big)
{
    for (int i = 0; i < 4; i++)
        buf_add_char(to, (char)(n >> (8 * (big ? 3 - i : i))));
}

static void add_segment(struct buf *to, int marker, const char *data, size_t len)
{
    buf_add_char(to, (char)0xFF);
    buf_add_char(to, (char)marker);
    add_16(to, len + 2);
    buf_add(to, data, len);
}

static void add_exif(struct buf *to, int up)
{
    struct buf exif;
    buf_init(&exif, 1024);
    buf_add(&exif, "Exif\0\0II*\0\x08\0\0\0\x02\0", 16);
    buf_add(&exif, "\x0E\x01\x02\0\x15\0\0\0\x26\0\0\0", 12); /* a description, further on */
    buf_add(&exif, "\x12\x01\x03\0\x01\0\0\0", 8);
    buf_add_char(&exif, (char)up);
    buf_add(&exif, "\0\0\0\0\0\0\0", 7);
    buf_add_str(&exif, FIXTURE_SECRET);
    add_segment(to, 0xE1, exif.data, exif.len);
    buf_free(&exif);
}

struct bytes fixture_jpeg(struct arena *arena, bool with_meta, int up)
{
    struct buf to;
    buf_init(&to, 4096);
    buf_add(&to, "\xFF\xD8", 2);
    add_segment(&to, 0xE0, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0", 14);
    if (with_meta) {
        add_exif(&to, up);
        static const char xmp[] = "http://ns.adobe.com/xap/1.0/\0" FIXTURE_SECRET;
        add_segment(&to, 0xE1, xmp, sizeof xmp);
        add_segment(&to, 0xE2, "MPF\0" FIXTURE_SECRET, 4 + strlen(FIXTURE_SECRET));
        add_segment(&to, 0xED, "Photoshop 3.0\0" FIXTURE_SECRET, 14 + strlen(FIXTURE_SECRET));
        add_segment(&to, 0xFE, FIXTURE_SECRET, strlen(FIXTURE_SECRET));
    }
    add_segment(&to, 0xE2, "ICC_PROFILE\0\x01\x01profile", 21);
    add_segment(&to, 0xEE, "Adobe\0\x64\0\0\0\0\x01", 12);
    add_segment(&to, 0xDB, "\0tables", 7);
    add_segment(&to, 0xC0, "\x08\0\x01\0\x01\x01\x01\x11\0", 9);
    add_segment(&to, 0xC4, "\0tables", 7);
    add_segment(&to, 0xDA, "\x01\x01\0\0?\0", 6);
    buf_add(&to, "\x12\xFF\0\x34\xFF\xD0\x56", 7);
    buf_add(&to, "\xFF\xD9", 2);
    if (with_meta)
        buf_add_str(&to, "ftypmp42" FIXTURE_SECRET);
    return taken(arena, &to);
}

static void add_chunk(struct buf *to, const char *type, const char *data, size_t len)
{
    add_32(to, len, true);
    size_t from = to->len;
    buf_add(to, type, 4);
    buf_add(to, data, len);
    add_32(to, crc32(0, (const Bytef *)to->data + from, (uInt)(len + 4)), true);
}

struct bytes fixture_png(struct arena *arena, bool with_meta)
{
    struct buf to;
    buf_init(&to, 4096);
    buf_add(&to, "\x89PNG\r\n\x1A\n", 8);
    add_chunk(&to, "IHDR", "\0\0\0\x01\0\0\0\x01\x08\0\0\0\0", 13);
    if (with_meta) {
        add_chunk(&to, "eXIf", FIXTURE_SECRET, strlen(FIXTURE_SECRET));
        add_chunk(&to, "tEXt", "Location\0" FIXTURE_SECRET, 9 + strlen(FIXTURE_SECRET));
        add_chunk(&to, "iTXt", FIXTURE_SECRET, strlen(FIXTURE_SECRET));
        add_chunk(&to, "tIME", "\x07\xEA\x0B\x16\x0A\x00\x00", 7);
        add_chunk(&to, "prVt", FIXTURE_SECRET, strlen(FIXTURE_SECRET));
    }
    add_chunk(&to, "gAMA", "\0\0\xB1\x8F", 4);
    add_chunk(&to, "IDAT", "\x78\x9C\x63\xF8\x0F\x00\x01\x01\x01\x00", 10);
    add_chunk(&to, "IEND", "", 0);
    if (with_meta)
        buf_add_str(&to, FIXTURE_SECRET);
    return taken(arena, &to);
}

static void add_riff(struct buf *to, const char *type, const char *data, size_t len)
{
    buf_add(to, type, 4);
    add_32(to, len, false);
    buf_add(to, data, len);
    if (len & 1)
        buf_add_char(to, '\0');
}

struct bytes fixture_webp(struct arena *arena, bool with_meta)
{
    struct buf chunks, to;
    buf_init(&chunks, 4096);
    buf_init(&to, 4096);
    add_riff(&chunks, "VP8X", with_meta ? "\x0C\0\0\0\0\0\0\0\0\0" : "\0\0\0\0\0\0\0\0\0\0", 10);
    add_riff(&chunks, "VP8L", "\x2F\0\0\0\0", 5);
    if (with_meta) {
        add_riff(&chunks, "EXIF", FIXTURE_SECRET, strlen(FIXTURE_SECRET));
        add_riff(&chunks, "XMP ", FIXTURE_SECRET, strlen(FIXTURE_SECRET));
    }
    buf_add_str(&to, "RIFF");
    add_32(&to, chunks.len + 4, false);
    buf_add_str(&to, "WEBP");
    buf_add(&to, chunks.data, chunks.len);
    buf_free(&chunks);
    return taken(arena, &to);
}
