#include "answer/image.h"

#include "base/arena.h"
#include "base/compiler.h"

/* A file that is read from the front, and the copy that grows behind it. */
struct strip {
    const uint8_t *in;
    size_t len, at;
    uint8_t *out;
    size_t out_len;
    bool has_up; /* the segment that says which way is up is written, once */
};

static size_t left(const struct strip *s)
{
    return s->len - s->at;
}

static bool starts(struct bytes file, size_t at, const void *what, size_t len)
{
    return file.len >= at && file.len - at >= len && memcmp(file.data + at, what, len) == 0;
}

static const uint8_t png_start[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

enum image_type image_type_of(struct bytes file)
{
    if (starts(file, 0, "\xFF\xD8\xFF", 3))
        return IMAGE_JPEG;
    if (starts(file, 0, png_start, sizeof png_start))
        return IMAGE_PNG;
    return starts(file, 0, "RIFF", 4) && starts(file, 8, "WEBP", 4) ? IMAGE_WEBP : IMAGE_NONE;
}

static void keep(struct strip *s, const void *data, size_t len)
{
    memcpy(s->out + s->out_len, data, len);
    s->out_len += len;
}

/* --- JPEG (ITU-T T.81)
 * ---------------------------------------------------------------------------- */

enum {
    JPEG_SOI = 0xD8,
    JPEG_EOI = 0xD9,
    JPEG_SOS = 0xDA,
    JPEG_APP0 = 0xE0,
    JPEG_APP1 = 0xE1,
    JPEG_APP2 = 0xE2,
    JPEG_APP14 = 0xEE,
    JPEG_APP15 = 0xEF,
    JPEG_COM = 0xFE,
};

/* An Exif segment that says which way is up (TIFF tag 0x0112) and nothing else. */
#define UP_AT 29
static const uint8_t exif_up[36] = {
    0xFF, JPEG_APP1, 0,    34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
    0,    1,         0x01, 0x12, 0,   3,   0,   0,   0, 1, 0,   1,   0, 0,  0, 0, 0, 0};

static unsigned number16(const uint8_t *at, bool big)
{
    return big ? (unsigned)at[0] << 8 | at[1] : (unsigned)at[1] << 8 | at[0];
}

static size_t number32(const uint8_t *at, bool big)
{
    return big ? (size_t)number16(at, true) << 16 | number16(at + 2, true)
               : (size_t)number16(at + 2, false) << 16 | number16(at, false);
}

/* Which way is up, 1 to 8, of the TIFF data in an Exif segment; 1 (as it is) when it does not say.
 */
static unsigned up_of(const uint8_t *tiff, size_t len)
{
    if (len < 8 || (memcmp(tiff, "II*\0", 4) != 0 && memcmp(tiff, "MM\0*", 4) != 0))
        return 1;
    bool big = tiff[0] == 'M';
    size_t at = number32(tiff + 4, big);
    if (at > len || len - at < 2)
        return 1;
    size_t entries = number16(tiff + at, big);
    at += 2;
    for (size_t i = 0; i < entries && len - at >= 12; i++, at += 12) {
        unsigned up = number16(tiff + at + 8, big);
        if (number16(tiff + at, big) == 0x0112 && number16(tiff + at + 2, big) == 3)
            return up >= 1 && up <= 8 ? up : 1;
    }
    return 1;
}

/* A segment from its 0xFF to its end. What is not pixels or tables goes, but for three kinds. */
static void keep_segment(struct strip *s, const uint8_t *segment, size_t len)
{
    struct bytes data = {segment + 4, len - 4};
    uint8_t marker = segment[1];
    bool is_meta = (marker >= JPEG_APP0 && marker <= JPEG_APP15) || marker == JPEG_COM;
    bool wanted = !is_meta || (marker == JPEG_APP0 && starts(data, 0, "JFIF", 5)) ||
                  (marker == JPEG_APP2 && starts(data, 0, "ICC_PROFILE", 12)) ||
                  (marker == JPEG_APP14 && starts(data, 0, "Adobe", 5));
    if (wanted) {
        keep(s, segment, len);
        return;
    }
    if (s->has_up || marker != JPEG_APP1 || !starts(data, 0, "Exif\0\0", 6))
        return;
    unsigned up = up_of(data.data + 6, data.len - 6);
    if (up > 1) {
        s->has_up = true;
        keep(s, exif_up, sizeof exif_up);
        s->out[s->out_len - sizeof exif_up + UP_AT] = (uint8_t)up;
    }
}

/* The pixels behind a SOS header: up to the next marker that is none of theirs. */
static bool keep_scan(struct strip *s)
{
    size_t from = s->at;
    while (left(s) >= 2) {
        uint8_t next = s->in[s->at + 1];
        bool inside = s->in[s->at] != 0xFF || next == 0 || (next >= 0xD0 && next <= 0xD7);
        if (!inside && next != 0xFF) {
            keep(s, s->in + from, s->at - from);
            return true;
        }
        s->at += s->in[s->at] == 0xFF && next != 0xFF ? 2 : 1;
    }
    return false;
}

static bool is_frame(uint8_t marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static enum status strip_jpeg(struct strip *s)
{
    bool has_frame = false;
    bool has_scan = false;
    keep(s, s->in, 2);
    s->at = 2;
    while (left(s) >= 2) {
        if (s->in[s->at] != 0xFF)
            return ERR_INVALID;
        uint8_t marker = s->in[s->at + 1];
        if (marker == 0xFF) { /* fill */
            s->at++;
            continue;
        }
        if (marker == JPEG_EOI) {
            keep(s, s->in + s->at, 2); /* what follows is a second picture, or a film */
            return has_frame && has_scan ? OK : ERR_INVALID;
        }
        if (marker < 0xC0 || (marker >= 0xD0 && marker <= JPEG_SOI) || left(s) < 4)
            return ERR_INVALID;
        size_t len = 2 + (size_t)number16(s->in + s->at + 2, true);
        if (len < 4 || len > left(s))
            return ERR_INVALID;
        keep_segment(s, s->in + s->at, len);
        s->at += len;
        has_frame |= is_frame(marker);
        if (marker == JPEG_SOS && !keep_scan(s))
            return ERR_INVALID;
        has_scan |= marker == JPEG_SOS;
    }
    return ERR_INVALID;
}

/* The segments up to the first that holds pixels. */
int image_up(struct bytes file)
{
    if (image_type_of(file) != IMAGE_JPEG)
        return 1;
    for (size_t at = 2; file.len - at >= 4 && file.data[at] == 0xFF;) {
        uint8_t marker = file.data[at + 1];
        size_t len = 2 + (size_t)number16(file.data + at + 2, true);
        if (len < 4 || len > file.len - at || marker == JPEG_SOS)
            return 1;
        if (marker == JPEG_APP1 && len > 10 && starts(file, at + 4, "Exif\0\0", 6))
            return (int)up_of(file.data + at + 10, len - 10);
        at += len;
    }
    return 1;
}

/* --- PNG (ISO/IEC 15948)
 * -------------------------------------------------------------------------- */

static bool png_wanted(const uint8_t *type)
{
    static const char wanted[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
                                     "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"};
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
        if (memcmp(type, wanted[i], 4) == 0)
            return true;
    return false;
}

static enum status strip_png(struct strip *s)
{
    bool has_pixels = false;
    keep(s, s->in, sizeof png_start);
    s->at = sizeof png_start;
    for (size_t number = 0; left(s) >= 12; number++) {
        const uint8_t *chunk = s->in + s->at;
        const uint8_t *type = chunk + 4;
        size_t len = number32(chunk, true);
        bool is_head = memcmp(type, "IHDR", 4) == 0;
        if (len > left(s) - 12 || is_head != (number == 0) || (is_head && len != 13))
            return ERR_INVALID;
        bool is_critical = (type[0] & 0x20) == 0;
        if (png_wanted(type))
            keep(s, chunk, len + 12);
        else if (is_critical)
            return ERR_INVALID;
        has_pixels |= memcmp(type, "IDAT", 4) == 0;
        if (memcmp(type, "IEND", 4) == 0)
            return has_pixels ? OK : ERR_INVALID;
        s->at += len + 12;
    }
    return ERR_INVALID;
}

/* --- WebP (RFC 9649)
 * ------------------------------------------------------------------------------ */

#define WEBP_HEAD 12
#define WEBP_FLAGS_META (0x08u | 0x04u) /* Exif, XMP, in the flags of VP8X */

static bool webp_wanted(const uint8_t *type)
{
    static const char wanted[][5] = {"VP8 ", "VP8L", "VP8X", "ALPH", "ICCP", "ANIM", "ANMF"};
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
        if (memcmp(type, wanted[i], 4) == 0)
            return true;
    return false;
}

static enum status strip_webp(struct strip *s)
{
    size_t size = number32(s->in + 4, false);
    if (size < 4 || size > s->len - 8)
        return ERR_INVALID;
    s->len = size + 8;
    keep(s, s->in, WEBP_HEAD);
    s->at = WEBP_HEAD;
    bool has_pixels = false;
    while (left(s) >= 8) {
        const uint8_t *chunk = s->in + s->at;
        size_t len = number32(chunk + 4, false);
        if (len > left(s) - 8)
            return ERR_INVALID;
        size_t padded = len + (len & 1);
        if (padded > left(s) - 8)
            return ERR_INVALID;
        if (webp_wanted(chunk)) {
            keep(s, chunk, 8 + padded);
            if (memcmp(chunk, "VP8X", 4) == 0 && len > 0)
                s->out[s->out_len - padded] &= (uint8_t)~WEBP_FLAGS_META;
        }
        has_pixels |= memcmp(chunk, "VP8 ", 4) == 0 || memcmp(chunk, "VP8L", 4) == 0 ||
                      memcmp(chunk, "ANMF", 4) == 0;
        s->at += 8 + padded;
    }
    if (!has_pixels || left(s))
        return ERR_INVALID;
    for (int i = 0; i < 4; i++)
        s->out[4 + i] = (uint8_t)((s->out_len - 8) >> (8 * i));
    return OK;
}

enum status image_strip(struct bytes file, struct arena *arena, struct bytes *ret_clean)
{
    struct strip s = {.in = file.data, .len = file.len};
    enum image_type type = image_type_of(file);
    if (type == IMAGE_NONE)
        return ERR_INVALID;
    s.out = arena_alloc(arena, file.len + sizeof exif_up);
    if (!s.out)
        return ERR_NOMEM;
    enum status st = type == IMAGE_JPEG  ? strip_jpeg(&s)
                     : type == IMAGE_PNG ? strip_png(&s)
                                         : strip_webp(&s);
    if (st == OK)
        *ret_clean = (struct bytes){s.out, s.out_len};
    return st;
}
