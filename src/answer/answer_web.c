/* Where the fields of a POST become the raw value of an answer. */
#include "answer/kind.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "http/http.h"
#include "web/body.h"

/* "a" is the part "", "a.tops" is "tops"; NULL for a field of the page itself. */
static const char *part_name(const char *field)
{
    if (field[0] != 'a')
        return NULL;
    if (!field[1])
        return "";
    return field[1] == '.' && field[2] ? field + 2 : NULL;
}

enum status answer_from_request(const struct http_request *request, struct arena *arena,
                                struct answer_value *ret_raw)
{
    struct body_part *fields = NULL;
    size_t field_count = 0;
    enum status st = body_parse(request->content_type, request->body, arena, &fields, &field_count);
    if (st != OK)
        return st == ERR_LIMIT ? ERR_INVALID : st;
    struct answer_part *parts = ARENA_ARRAY(arena, struct answer_part, ANSWER_PARTS_MAX);
    if (!parts)
        return ERR_NOMEM;
    size_t count = 0;
    for (size_t i = 0; i < field_count; i++) {
        const char *name = part_name(fields[i].name);
        if (!name || fields[i].file_name)
            continue;
        const char *text = (const char *)fields[i].value.data;
        if (count == ANSWER_PARTS_MAX || !answer_part_name_valid(name) ||
            !utf8_valid(text, fields[i].value.len))
            return ERR_INVALID;
        parts[count++] =
            (struct answer_part){name, arena_strndup(arena, text, fields[i].value.len)};
    }
    if (arena_failed(arena))
        return ERR_NOMEM;
    *ret_raw = (struct answer_value){parts, count};
    return OK;
}
