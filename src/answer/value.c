/*
 * The value of an answer: named parts, and the bytes that are sealed. Packed, a value has one form:
 * parts with a text only, in the order of their names, so that the same value is the same bytes.
 *
 *   format (1 byte, 1) then per part: name NUL text NUL
 */
#include "answer/answer.h"

#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"

#define FORMAT 1

const char *answer_part(const struct answer_value *value, const char *name)
{
    for (size_t i = 0; i < value->count; i++)
        if (str_equal(value->parts[i].name, name))
            return value->parts[i].text;
    return "";
}

bool answer_is_empty(const struct answer_value *value)
{
    for (size_t i = 0; i < value->count; i++)
        if (value->parts[i].text[0])
            return false;
    return true;
}

bool answer_part_name_valid(const char *name)
{
    size_t len = strlen(name);
    if (len > ANSWER_PART_NAME_MAX)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = name[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
            return false;
    }
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct answer_part *)a)->name, ((const struct answer_part *)b)->name);
}

/* Parts with a text, sorted. ERR_INVALID for a name twice, or none, or a broken text. */
static enum status in_order(const struct answer_value *value, struct arena *arena,
                            struct answer_part **ret_parts, size_t *ret_count)
{
    struct answer_part *parts = ARENA_ARRAY(arena, struct answer_part, value->count);
    if (!parts)
        return ERR_NOMEM;
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++) {
        const struct answer_part *part = &value->parts[i];
        if (!answer_part_name_valid(part->name) || !utf8_valid(part->text, strlen(part->text)))
            return ERR_INVALID;
        if (part->text[0])
            parts[count++] = *part;
    }
    if (count)
        qsort(parts, count, sizeof *parts, by_name);
    for (size_t i = 1; i < count; i++)
        if (str_equal(parts[i - 1].name, parts[i].name))
            return ERR_INVALID;
    *ret_parts = parts;
    *ret_count = count;
    return OK;
}

enum status answer_pack(const struct answer_value *value, struct arena *arena,
                        struct bytes *ret_bytes)
{
    assert(value && arena && ret_bytes);

    if (value->count > ANSWER_PARTS_MAX)
        return ERR_LIMIT;
    struct answer_part *parts = NULL;
    size_t count = 0;
    enum status st = in_order(value, arena, &parts, &count);
    if (st != OK)
        return st;
    size_t len = 1;
    for (size_t i = 0; i < count; i++)
        len += strlen(parts[i].name) + 1 + strlen(parts[i].text) + 1;
    if (len > ANSWER_BYTES_MAX)
        return ERR_LIMIT;
    uint8_t *bytes = arena_alloc(arena, len);
    if (!bytes)
        return ERR_NOMEM;
    size_t at = 0;
    bytes[at++] = FORMAT;
    for (size_t i = 0; i < count; i++) {
        const char *both[] = {parts[i].name, parts[i].text};
        for (size_t n = 0; n < ARRAY_LEN(both); n++) {
            size_t size = strlen(both[n]) + 1;
            memcpy(bytes + at, both[n], size);
            at += size;
        }
    }
    *ret_bytes = (struct bytes){bytes, len};
    return OK;
}

/* The next text up to its NUL, or NULL when there is none. */
static const char *next_text(struct bytes *rest)
{
    const uint8_t *end = rest->len ? memchr(rest->data, 0, rest->len) : NULL;
    if (!end)
        return NULL;
    const char *text = (const char *)rest->data;
    rest->len -= (size_t)(end - rest->data) + 1;
    rest->data = end + 1;
    return text;
}

static bool follows(const struct answer_part *before, const struct answer_part *part)
{
    return answer_part_name_valid(part->name) && part->text[0] &&
           utf8_valid(part->text, strlen(part->text)) &&
           (!before || strcmp(before->name, part->name) < 0);
}

enum status answer_unpack(struct bytes bytes, struct arena *arena, struct answer_value *ret_value)
{
    assert(arena && ret_value);

    if (bytes.len == 0 || bytes.len > ANSWER_BYTES_MAX || bytes.data[0] != FORMAT)
        return ERR_CORRUPT;
    const uint8_t *copy = arena_memdup(arena, bytes.data, bytes.len);
    struct answer_part *parts = ARENA_ARRAY(arena, struct answer_part, ANSWER_PARTS_MAX);
    if (!copy || !parts)
        return ERR_NOMEM;
    struct bytes rest = {copy + 1, bytes.len - 1};
    size_t count = 0;
    while (rest.len) {
        if (count == ANSWER_PARTS_MAX)
            return ERR_CORRUPT;
        struct answer_part *part = &parts[count];
        part->name = next_text(&rest);
        part->text = part->name ? next_text(&rest) : NULL;
        if (!part->text || !follows(count ? part - 1 : NULL, part))
            return ERR_CORRUPT;
        count++;
    }
    *ret_value = (struct answer_value){parts, count};
    return OK;
}
