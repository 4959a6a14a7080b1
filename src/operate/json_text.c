#include "operate/json_text.h"

#include <jansson.h>

#include "base/arena.h"
#include "base/ids.h"

const char *json_moment(struct arena *arena, int64_t at_ms)
{
    struct local_time t = date_local(at_ms);
    return arena_printf(arena, "%sT%02d:%02d:%02d", date_text(t.date).s, t.hour, t.minute,
                        t.second);
}

json_t *json_id(int64_t id)
{
    return id ? json_string(id_text(id).s) : json_null();
}

json_t *json_day(struct date day)
{
    return date_is_set(day) ? json_string(date_text(day).s) : json_null();
}

json_t *json_at(struct arena *arena, int64_t at_ms)
{
    return at_ms ? json_string(json_moment(arena, at_ms)) : json_null();
}

json_t *json_base64(struct arena *arena, struct bytes bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t len = (bytes.len + 2) / 3 * 4;
    char *out = arena_alloc(arena, len + 1);
    if (!out)
        return NULL;
    char *p = out;
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t three = (uint32_t)bytes.data[i] << 16;
        if (left > 1)
            three |= (uint32_t)bytes.data[i + 1] << 8;
        if (left > 2)
            three |= bytes.data[i + 2];
        *p++ = digits[three >> 18];
        *p++ = digits[three >> 12 & 63];
        *p++ = left > 1 ? digits[three >> 6 & 63] : '=';
        *p++ = left > 2 ? digits[three & 63] : '=';
    }
    *p = '\0';
    return json_stringn(out, len);
}
