/*
 * match: finding entries by what identifies them: a blind index, an id, a name. Keys are bytes that
 * live elsewhere; several entries may share one. Sorted, not hashed: keys come from strangers.
 */
#ifndef ROSTER_MATCH_H
#define ROSTER_MATCH_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"

struct arena;

#define MATCH_NONE SIZE_MAX

struct match_place {
    struct bytes key;
    size_t position; /* the caller's: which entry */
};

struct match {
    struct match_place *places;
    size_t count, room;
};

/* Those with one key: places[first] … places[first + count - 1], by position. */
struct match_range {
    size_t first, count;
};

/* Room for `room` entries. ERR_NOMEM. */
NODISCARD enum status match_new(struct arena *arena, size_t room, struct match *ret_match);

/* An empty key is not added: nothing is found by it. */
void match_add(struct match *match, struct bytes key, size_t position);
void match_add_text(struct match *match, const char *key, size_t position);

/* Once, after the last one and before the first question. */
void match_sort(struct match *match);

struct match_range match_find(const struct match *match, struct bytes key);
struct match_range match_find_text(const struct match *match, const char *key);

/* The position of the first with this key; MATCH_NONE. */
size_t match_one(const struct match *match, struct bytes key);
size_t match_one_text(const struct match *match, const char *key);

#endif
