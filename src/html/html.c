#include "html/html.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

/* What a byte needs, in each of the sinks. */
enum {
    IN_TEXT = 1, /* escaped between tags */
    IN_ATTR = 2, /* escaped in attributes */
    PLAIN = 4,   /* unreserved in a URL (RFC 3986 2.3) */
    CONTROL = 8, /* refused in a URL */
};

/* One letter each, so that the table shows its shape. Bytes above 127 are harmless in text. */
enum { o = 0, C = CONTROL, T = IN_TEXT | IN_ATTR, A = IN_ATTR, P = PLAIN };

static const unsigned char class_of[256] = {
    o, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, /* control characters */
    C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, /* control characters */
    o, o, A, o, o, o, T, A, o, o, o, o, o, P, P, o, /* !"#$%&'()*+,-./ */
    P, P, P, P, P, P, P, P, P, P, o, o, T, o, T, o, /* 0-9 :;<=>? */
    o, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, /* @ A-O */
    P, P, P, P, P, P, P, P, P, P, P, o, o, o, o, P, /* P-Z [\]^_ */
    o, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, /* ` a-o */
    P, P, P, P, P, P, P, P, P, P, P, o, o, o, P, C, /* p-z {|}~ */
};

void html_literal(struct html *h, const char *literal, size_t len)
{
    buf_add(h->out, literal, len);
}

static const struct html_kept *kept_find(const struct html *h, const char *name)
{
    for (unsigned i = 0; i < h->kept_count; i++)
        if (h->kept[i].name == name)
            return &h->kept[i];
    return NULL;
}

struct html_same html_same(struct html *h, const char *name)
{
    return (struct html_same){.name = name, .from = h->out->len};
}

/* What the body wrote just now. */
static void same_end(struct html *h, const struct html_same *same)
{
    const struct html_kept *known = kept_find(h, same->name);
    size_t len = h->out->len - same->from;
    if (buf_failed(h->out))
        return;
    if (!known && h->kept_count < HTML_KEPT)
        h->kept[h->kept_count++] = (struct html_kept){same->name, same->from, len};
    /* Else it says something of its own, and another's would be shown in its place. */
    assert(!known || (known->len == len &&
                      memcmp(h->out->data + known->from, h->out->data + same->from, len) == 0));
}

bool html_same_goes(struct html *h, struct html_same *same)
{
    if (same->runs) {
        same_end(h, same);
        return false;
    }
    const struct html_kept *known = SELF_CHECKED ? NULL : kept_find(h, same->name);
    if (known) {
        buf_add_again(h->out, known->from, known->len);
        return false;
    }
    same->runs = true;
    return true;
}

static void add_reference(struct buf *out, char c)
{
    switch (c) {
    case '&':
        buf_add(out, "&amp;", 5);
        break;
    case '<':
        buf_add(out, "&lt;", 4);
        break;
    case '>':
        buf_add(out, "&gt;", 4);
        break;
    case '"':
        buf_add(out, "&#34;", 5);
        break;
    default:
        buf_add(out, "&#39;", 5);
        break;
    }
}

/* What the bytes of a text need, taken together. A page asks this of tens of thousands of bytes:
 * four at a time. */
static unsigned classes_of(const char *text, size_t len)
{
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *end = at + len;
    unsigned seen = 0;
    for (; end - at >= 4; at += 4)
        seen |= class_of[at[0]] | class_of[at[1]] | class_of[at[2]] | class_of[at[3]];
    for (; at < end; at++)
        seen |= class_of[*at];
    return seen;
}

/* Most texts need nothing; of the others, runs of harmless bytes are copied whole. */
static void add_escaped(struct buf *out, const char *text, unsigned escaped)
{
    size_t len = strlen(text);
    if (!(classes_of(text, len) & escaped)) {
        buf_add(out, text, len);
        return;
    }
    const char *run = text;
    const char *at = text;
    for (; *at; at++) {
        if (!(class_of[(unsigned char)*at] & escaped))
            continue;
        buf_add(out, run, (size_t)(at - run));
        add_reference(out, *at);
        run = at + 1;
    }
    buf_add(out, run, (size_t)(at - run));
}

void html_text(struct html *h, const char *text)
{
    if (text)
        add_escaped(h->out, text, IN_TEXT);
}

void html_attr(struct html *h, const char *text)
{
    if (text)
        add_escaped(h->out, text, IN_ATTR);
}

static bool url_may_stand(const char *url, unsigned classes)
{
    static const char *const schemes[] = {"https:", "mailto:", "tel:"};

    if (classes & CONTROL)
        return false;
    if (url[0] == '#' || url[0] == '?')
        return true;
    if (url[0] == '/')
        return url[1] != '/' && url[1] != '\\';
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
        if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
            return true;
    }
    return false;
}

void html_url(struct html *h, const char *url)
{
    size_t len = url ? strlen(url) : 0;
    unsigned classes = len ? classes_of(url, len) : 0;
    if (!len || !url_may_stand(url, classes))
        buf_add(h->out, "#", 1);
    else if (classes & IN_ATTR)
        html_attr(h, url);
    else
        buf_add(h->out, url, len);
}

static bool is_plain(const char *text, size_t len)
{
    unsigned plain = PLAIN;
    for (size_t i = 0; i < len; i++)
        plain &= class_of[(unsigned char)text[i]];
    return plain != 0;
}

void html_url_part(struct html *h, const char *part)
{
    static const char digits[] = "0123456789ABCDEF";

    if (!part)
        return;
    size_t len = strlen(part);
    if (is_plain(part, len)) {
        buf_add(h->out, part, len);
        return;
    }
    const char *run = part;
    const char *at = part;
    for (; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (class_of[c] & PLAIN)
            continue;
        buf_add(h->out, run, (size_t)(at - run));
        buf_add(h->out, (const char[]){'%', digits[c >> 4], digits[c & 15]}, 3);
        run = at + 1;
    }
    buf_add(h->out, run, (size_t)(at - run));
}

static void add_digits(struct buf *out, uint64_t value, bool negative)
{
    char digits[21]; /* 2^64 has 20, and a minus */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    if (negative)
        digits[--at] = '-';
    buf_add(out, digits + at, sizeof digits - at);
}

void html_int(struct html *h, int64_t value)
{
    /* Negated as unsigned: INT64_MIN has no positive counterpart. */
    add_digits(h->out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, value < 0);
}

void html_uint(struct html *h, uint64_t value)
{
    add_digits(h->out, value, false);
}

void html_id(struct html *h, int64_t id)
{
    struct id_text text = id_text(id);
    buf_add(h->out, text.s, ID_TEXT_LEN);
}
