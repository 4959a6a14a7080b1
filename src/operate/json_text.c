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
