#include "base/utf8.h"

/* Bytes of the sequence that starts with `lead`, 0 when no sequence starts so. */
static size_t sequence_len(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

/* Length of the valid sequence at p, 0 when there is none within `left` bytes. */
static size_t valid_sequence(const unsigned char *p, size_t left)
{
    size_t len = sequence_len(p[0]);
    if (len == 0 || len > left)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return len;
}

bool utf8_valid(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    const unsigned char *end = p + len;
    while (p < end) {
        if (*p == 0)
            return false;
        size_t n = valid_sequence(p, (size_t)(end - p));
        if (n == 0)
            return false;
        p += n;
    }
    return true;
}

size_t utf8_chars(const char *text)
{
    size_t count = 0;
    for (const char *p = text; *p; p++)
        count += ((unsigned char)*p & 0xC0) != 0x80;
    return count;
}

uint32_t utf8_next(const char **at)
{
    const unsigned char *p = (const unsigned char *)*at;
    if (*p < 0x80) {
        *at += *p != 0;
        return *p;
    }
    size_t have = 1;
    while (have < 4 && p[have])
        have++;
    size_t len = valid_sequence(p, have);
    if (len == 0) {
        *at += 1;
        return 0xFFFD;
    }
    *at += len;
    uint32_t code = p[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++)
        code = code << 6 | (p[i] & 0x3Fu);
    return code;
}

size_t utf8_put(uint32_t code, char to[4])
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0;
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        to[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    to[0] = (char)(lead[len] | code);
    return len;
}
