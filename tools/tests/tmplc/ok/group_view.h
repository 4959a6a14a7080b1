/* What the templates of these tests show. */
#ifndef GROUP_VIEW_H
#define GROUP_VIEW_H

#include "base/ids.h"

struct pupil_view {
    struct pupil_id id;
    const char *name;
    const char *note; /* may be NULL */
};

struct group_view {
    struct group_id id;
    const char *name;
    const struct pupil_view *pupils;
    size_t pupil_count;
    const char *state;
    const char *url;
};

struct page_view {
    const char *lang, *title;
    void (*body)(struct html *h, const void *view);
    const void *view;
};

#endif
