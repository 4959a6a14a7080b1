/*
 * method_web: the kinds of conversation of a school, to look at, for all staff: a list, and a page
 * per kind with its phases, questions and cues (R16: what is used can be read). Changing them is
 * method_edit_web.
 */
#ifndef METHOD_METHOD_WEB_H
#define METHOD_METHOD_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "html/html.h"
#include "method/cue.h"
#include "method/store.h"
#include "method/words_web.h"
#include "web/route.h"

struct web;

/* One kind in a list. */
struct method_card {
    const struct method_line *line;
    const char *title, *purpose, *ages, *tiers, *tags;
};

/* Kinds with the same `about`. */
struct method_shelf_view {
    const char *id, *heading;
    struct method_card *cards;
    size_t count;
};

#define METHOD_SHELVES 4
struct method_list_view {
    struct method_shelf_view shelves[METHOD_SHELVES];
    bool may_change;
};

struct method_view {
    const struct method_line *line;
    const struct method *method;
    const char *ages, *tiers, *takers, *topic, *tags, *minutes;
    const char *const *prepares; /* who, per preparation */
    bool may_change;
};

/* Cards of lines, in order of their titles. NULL without memory. */
struct method_card *method_cards(struct web *web, const struct method_line *lines, size_t count);

extern const struct route method_routes[];

#endif
