#include "http/parse.h"

#include <strings.h>

#include "base/compiler.h"
#include "base/utf8.h"

#define HOST_MAX 255

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The byte at *at, percent-decoded; moves *at. -1 when a '%' is malformed. */
static int decoded_byte(const char **at)
{
    const char *p = *at;
    if (*p != '%') {
        *at += 1;
        return (unsigned char)*p;
    }
    int high = hex_digit(p[1]);
    int low = high < 0 ? -1 : hex_digit(p[2]);
    if (low < 0)
        return -1;
    *at += 3;
    return high << 4 | low;
}

static bool is_control(int byte)
{
    return byte < ' ' || byte == 0x7F;
}

/*
 * Decodes `text` up to its end or the first raw '?', in place. An encoded slash is refused:
 * whether it separates segments is a question on which a proxy in front and we could differ.
 */
static int decode_path(char *text, const char **ret_rest, size_t *ret_len)
{
    const char *from = text;
    char *to = text;
    while (*from && *from != '?') {
        bool encoded = *from == '%';
        int byte = decoded_byte(&from);
        if (byte < 0 || is_control(byte) || byte == '\\' || (encoded && byte == '/'))
            return 400;
        *to++ = (char)byte;
    }
    *ret_rest = from;
    *ret_len = (size_t)(to - text);
    return 0;
}

/* A path without "//" and without "." and ".." segments. */
static bool segments_good(const char *path, size_t len)
{
    size_t start = 1;
    for (size_t i = 1; i <= len; i++) {
        if (i < len && path[i] != '/')
            continue;
        size_t segment = i - start;
        if ((segment == 0 && i < len) || (segment == 1 && path[start] == '.') ||
            (segment == 2 && path[start] == '.' && path[start + 1] == '.'))
            return false;
        start = i + 1;
    }
    return true;
}

/* The decoded query is only looked at: forms decode it field by field. */
static bool query_good(const char *query)
{
    char sequence[4];
    size_t have = 0;
    while (*query) {
        int byte = decoded_byte(&query);
        if (byte < 0 || is_control(byte))
            return false;
        if (have && (byte & 0xC0) != 0x80)
            return false; /* the sequence before this byte was cut short */
        sequence[have++] = (char)byte;
        if (utf8_valid(sequence, have))
            have = 0;
        else if (have == sizeof sequence)
            return false;
    }
    return have == 0;
}

/* "http://host/path": moves the host to the front, where its NUL does not hurt the path. */
static char *take_authority(char *target, struct parse_target *ret_target)
{
    size_t scheme = strncasecmp(target, "http://", 7) == 0    ? 7
                    : strncasecmp(target, "https://", 8) == 0 ? 8
                                                              : 0;
    if (scheme == 0)
        return NULL;
    char *slash = strchr(target + scheme, '/');
    size_t len = slash ? (size_t)(slash - target) - scheme : 0;
    if (!slash || !parse_host_valid(target + scheme, len))
        return NULL;
    memmove(target, target + scheme, len);
    target[len] = '\0';
    ret_target->authority = target;
    return slash;
}

int parse_target(char *target, struct parse_target *ret_target)
{
    struct parse_target made = {0};
    for (const char *p = target; *p; p++)
        if (is_control((unsigned char)*p) || *p == ' ')
            return 400;
    char *path = target[0] == '/' ? target : take_authority(target, &made);
    if (!path)
        return 400;
    const char *rest = NULL;
    size_t len = 0;
    if (decode_path(path, &rest, &len) != 0)
        return 400;
    /* The decoded path is never longer than the raw one: `rest` was not written over. */
    made.query = *rest == '?' ? rest + 1 : rest;
    if (!query_good(made.query))
        return 400;
    path[len] = '\0';
    if (!utf8_valid(path, len) || !segments_good(path, len))
        return 400;
    made.path = path;
    *ret_target = made;
    return 0;
}

/* RFC 9110 §5.6.2. */
static bool is_token(const char *name)
{
    if (!*name)
        return false;
    for (; *name; name++) {
        unsigned char c = (unsigned char)*name;
        bool alnum = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!alnum && !strchr("!#$%&'*+-.^_`|~", c))
            return false;
    }
    return true;
}

static bool read_length(const char *value, uint64_t *ret_length)
{
    uint64_t length = 0;
    if (!*value)
        return false;
    for (; *value; value++) {
        if (*value < '0' || *value > '9' || length > UINT64_MAX / 10 - 9)
            return false;
        length = length * 10 + (uint64_t)(*value - '0');
    }
    *ret_length = length;
    return true;
}

void parse_framing_field(struct parse_framing *framing, const char *name, const char *value)
{
    if (!is_token(name)) {
        framing->bad_name = true;
        return;
    }
    switch (name[0] | 0x20) { /* most fields are none of these: one look is enough */
    case 'h':
        if (strcasecmp(name, "Host") == 0 && framing->hosts++ == 0)
            framing->host = value;
        break;
    case 'c':
        if (strcasecmp(name, "Content-Length") == 0) {
            framing->lengths++;
            if (!read_length(value, &framing->length))
                framing->bad_length = true;
        }
        break;
    case 't':
        if (strcasecmp(name, "Transfer-Encoding") == 0) {
            framing->encodings++;
            if (strcasecmp(value, "chunked") == 0)
                framing->chunked = true;
            else
                framing->other_encoding = true;
        }
        break;
    default:
        break;
    }
}

int parse_framing_verdict(const struct parse_framing *framing, bool http_1_1)
{
    if (framing->bad_name || framing->bad_length || framing->lengths > 1 || framing->hosts > 1 ||
        framing->encodings > 1)
        return 400;
    if (framing->hosts == 0 && http_1_1)
        return 400;
    if (framing->host && !parse_host_valid(framing->host, strlen(framing->host)))
        return 400;
    if (framing->encodings && (framing->lengths || !http_1_1))
        return 400;
    return framing->other_encoding ? 501 : 0;
}

bool parse_host_valid(const char *host, size_t len)
{
    if (len == 0 || len > HOST_MAX)
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)host[i];
        bool alnum = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!alnum && (c == 0 || !strchr(".-_:[]", c)))
            return false;
    }
    return true;
}

bool parse_field_valid(const char *name, const char *value)
{
    if (!is_token(name))
        return false;
    for (; *value; value++)
        if (is_control((unsigned char)*value) && *value != '\t')
            return false;
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static struct bytes trimmed(const char *text, size_t len)
{
    while (len && is_space(text[0])) {
        text++;
        len--;
    }
    while (len && is_space(text[len - 1]))
        len--;
    return (struct bytes){.data = (const uint8_t *)text, .len = len};
}

bool parse_cookie(const char *header, const char *name, struct bytes *ret_value)
{
    size_t name_len = strlen(name);
    while (*header) {
        size_t len = strcspn(header, ";");
        struct bytes pair = trimmed(header, len);
        const char *text = (const char *)pair.data;
        if (pair.len > name_len && text[name_len] == '=' && memcmp(text, name, name_len) == 0) {
            struct bytes value = trimmed(text + name_len + 1, pair.len - name_len - 1);
            if (value.len >= 2 && value.data[0] == '"' && value.data[value.len - 1] == '"')
                value = (struct bytes){value.data + 1, value.len - 2};
            if (!utf8_valid((const char *)value.data, value.len))
                return false;
            *ret_value = value;
            return true;
        }
        header += len + (header[len] == ';');
    }
    return false;
}

bool parse_last_item(const char *list, size_t *len, struct bytes *ret_item)
{
    while (*len) {
        size_t start = *len;
        while (start && list[start - 1] != ',')
            start--;
        struct bytes item = trimmed(list + start, *len - start);
        *len = start ? start - 1 : 0;
        if (item.len) {
            *ret_item = item;
            return true;
        }
    }
    return false;
}
