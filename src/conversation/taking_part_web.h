/*
 * taking_part_web: the conversations that somebody else leads and in which the reader takes part,
 * on one page.
 */
#ifndef CONVERSATION_TAKING_PART_WEB_H
#define CONVERSATION_TAKING_PART_WEB_H

#include <stddef.h>

#include "web/route.h"

extern const struct route taking_part_routes[];

struct taking_part_line {
    const char *url, *title, *about, *when, *state, *leader;
};
struct taking_part_view {
    struct taking_part_line *open, *past;
    size_t open_count, past_count;
};

#endif
