#include "roster/match.h"

#include <assert.h>

#include "base/arena.h"

static struct bytes bytes_of(const char *text)
{
    return (struct bytes){(const uint8_t *)text, strlen(text)};
}

static int compare(struct bytes a, struct bytes b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.data, b.data, len) : 0;
    if (order)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

static int by_key_then_position(const void *left, const void *right)
{
    const struct match_place *a = left;
    const struct match_place *b = right;
    int order = compare(a->key, b->key);
    if (order)
        return order;
    return a->position < b->position ? -1 : a->position > b->position;
}

enum status match_new(struct arena *arena, size_t room, struct match *ret_match)
{
    struct match_place *places = ARENA_ARRAY(arena, struct match_place, room);
    if (!places)
        return ERR_NOMEM;
    *ret_match = (struct match){.places = places, .room = room};
    return OK;
}

void match_add(struct match *match, struct bytes key, size_t position)
{
    if (key.len == 0)
        return;
    assert(match->count < match->room);
    match->places[match->count++] = (struct match_place){key, position};
}

void match_add_text(struct match *match, const char *key, size_t position)
{
    match_add(match, bytes_of(key), position);
}

void match_sort(struct match *match)
{
    if (match->count)
        qsort(match->places, match->count, sizeof *match->places, by_key_then_position);
}

/* Where the places with this key begin (`after` false) or end, or would. */
static size_t bound(const struct match *match, struct bytes key, bool after)
{
    size_t low = 0;
    size_t high = match->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(match->places[middle].key, key);
        if (order < 0 || (after && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct match_range match_find(const struct match *match, struct bytes key)
{
    if (key.len == 0)
        return (struct match_range){0, 0};
    size_t first = bound(match, key, false);
    return (struct match_range){first, bound(match, key, true) - first};
}

struct match_range match_find_text(const struct match *match, const char *key)
{
    return match_find(match, bytes_of(key));
}

size_t match_one(const struct match *match, struct bytes key)
{
    struct match_range range = match_find(match, key);
    return range.count ? match->places[range.first].position : MATCH_NONE;
}

size_t match_one_text(const struct match *match, const char *key)
{
    return match_one(match, bytes_of(key));
}
