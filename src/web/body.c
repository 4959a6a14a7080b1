#include "web/body.h"

#include <strings.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

#define BOUNDARY_MAX 70 /* RFC 2046 5.1.1 */

const struct body_part *body_find(const struct body_part *parts, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(parts[i].name, name))
            return &parts[i];
    return NULL;
}

static int hex_value(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Decodes %XX and '+'; the result is NUL-terminated and may hold NULs (refused later). */
static enum status decode(struct arena *arena, const uint8_t *from, size_t len,
                          struct bytes *ret_value)
{
    uint8_t *to = arena_alloc(arena, len + 1);
    if (!to)
        return ERR_NOMEM;
    size_t used = 0;
    for (size_t i = 0; i < len; i++) {
        if (from[i] == '+') {
            to[used++] = ' ';
        } else if (from[i] == '%') {
            if (len - i < 3)
                return ERR_INVALID;
            int high = hex_value(from[i + 1]);
            int low = hex_value(from[i + 2]);
            if (high < 0 || low < 0)
                return ERR_INVALID;
            to[used++] = (uint8_t)(high << 4 | low);
            i += 2;
        } else {
            to[used++] = from[i];
        }
    }
    *ret_value = (struct bytes){to, used};
    return OK;
}

static enum status add_pair(struct arena *arena, const uint8_t *pair, size_t len,
                            struct body_part *part)
{
    const uint8_t *equals = memchr(pair, '=', len);
    size_t name_len = equals ? (size_t)(equals - pair) : len;
    struct bytes name;
    enum status st = decode(arena, pair, name_len, &name);
    if (st != OK)
        return st;
    if (!utf8_valid((const char *)name.data, name.len))
        return ERR_INVALID;
    part->name = (const char *)name.data;
    if (!equals)
        return decode(arena, pair, 0, &part->value);
    return decode(arena, equals + 1, len - name_len - 1, &part->value);
}

static enum status parse_urlencoded(struct bytes body, struct arena *arena,
                                    struct body_part *parts, size_t *count)
{
    size_t at = 0;
    while (at < body.len) {
        const uint8_t *amp = memchr(body.data + at, '&', body.len - at);
        size_t len = amp ? (size_t)(amp - body.data) - at : body.len - at;
        if (len) {
            if (*count == BODY_PARTS_MAX)
                return ERR_LIMIT;
            enum status st = add_pair(arena, body.data + at, len, &parts[*count]);
            if (st != OK)
                return st;
            (*count)++;
        }
        at += len + 1;
    }
    return OK;
}

/* A quoted parameter (name="…") of a Content-Disposition line, or NULL. */
static const char *parameter(struct arena *arena, const char *line, const char *name)
{
    const char *at = line;
    size_t len = strlen(name);
    while ((at = strstr(at, name)) != NULL) {
        bool starts = at > line && (at[-1] == ' ' || at[-1] == ';');
        if (starts && at[len] == '=' && at[len + 1] == '"') {
            const char *end = strchr(at + len + 2, '"');
            return end ? arena_strndup(arena, at + len + 2, (size_t)(end - at) - len - 2) : NULL;
        }
        at += len;
    }
    return NULL;
}

static const uint8_t *find(const uint8_t *in, size_t len, const char *what, size_t what_len)
{
    return what_len > len ? NULL : memmem(in, len, what, what_len);
}

/* One part: header lines, empty line, content. */
static enum status add_part(struct arena *arena, const uint8_t *data, size_t len,
                            struct body_part *part)
{
    const uint8_t *content = find(data, len, "\r\n\r\n", 4);
    if (!content)
        return ERR_INVALID;
    size_t head_len = (size_t)(content - data);
    if (!utf8_valid((const char *)data, head_len))
        return ERR_INVALID;
    char *head = arena_strndup(arena, (const char *)data, head_len);
    part->name = NULL;
    for (char *line; (line = str_split(&head, '\n')) != NULL;) {
        if (strncasecmp(line, "Content-Disposition:", 20) != 0)
            continue;
        part->name = parameter(arena, line, "name");
        part->file_name = parameter(arena, line, "filename");
    }
    if (!part->name)
        return ERR_INVALID;
    part->value = (struct bytes){content + 4, len - head_len - 4};
    return OK;
}

static const char *boundary_of(struct arena *arena, const char *content_type)
{
    const char *at = strstr(content_type, "boundary=");
    if (!at)
        return NULL;
    at += strlen("boundary=");
    bool quoted = *at == '"';
    at += quoted;
    size_t len = strcspn(at, quoted ? "\"" : "; \t");
    return len == 0 || len > BOUNDARY_MAX ? NULL
                                          : arena_printf(arena, "\r\n--%.*s", (int)len, at);
}

static enum status parse_multipart(const char *content_type, struct bytes body,
                                   struct arena *arena, struct body_part *parts, size_t *count)
{
    const char *delimiter = boundary_of(arena, content_type);
    if (!delimiter || arena_failed(arena)) /* out of memory: an empty one would fit anywhere */
        return ERR_INVALID;
    size_t delimiter_len = strlen(delimiter);
    /* The first delimiter has no line end before it. */
    if (body.len < delimiter_len || memcmp(body.data, delimiter + 2, delimiter_len - 2) != 0)
        return ERR_INVALID;
    size_t at = delimiter_len - 2;
    while (body.len - at >= 2 && memcmp(body.data + at, "\r\n", 2) == 0) {
        at += 2;
        const uint8_t *end = find(body.data + at, body.len - at, delimiter, delimiter_len);
        if (!end)
            return ERR_INVALID;
        if (*count == BODY_PARTS_MAX)
            return ERR_LIMIT;
        size_t len = (size_t)(end - body.data) - at;
        enum status st = add_part(arena, body.data + at, len, &parts[*count]);
        if (st != OK)
            return st;
        (*count)++;
        at += len + delimiter_len;
    }
    return body.len - at >= 2 && memcmp(body.data + at, "--", 2) == 0 ? OK : ERR_INVALID;
}

enum status body_parse(const char *content_type, struct bytes body, struct arena *arena,
                       struct body_part **ret_parts, size_t *ret_count)
{
    struct body_part *parts = ARENA_ARRAY(arena, struct body_part, BODY_PARTS_MAX);
    if (!parts)
        return ERR_NOMEM;
    size_t count = 0;
    enum status st = ERR_INVALID;
    if (body.len == 0)
        st = OK;
    else if (strncasecmp(content_type, "application/x-www-form-urlencoded", 33) == 0)
        st = parse_urlencoded(body, arena, parts, &count);
    else if (strncasecmp(content_type, "multipart/form-data", 19) == 0)
        st = parse_multipart(content_type, body, arena, parts, &count);
    if (arena_failed(arena)) /* what was cut short looks broken, and is not */
        return ERR_NOMEM;
    if (st != OK)
        return st;
    *ret_parts = parts;
    *ret_count = count;
    return OK;
}
