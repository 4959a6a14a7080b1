/*
 * visit_web: the links of a conversation for its staff, and the pages of who comes by one: landing, what was
 * shared, preparing.
 */
#ifndef VISIT_VISIT_WEB_H
#define VISIT_VISIT_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/sheet_web.h"
#include "visit/visit.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route visit_routes[];
extern const struct route guest_routes[];

struct link_line {
    int64_t id;
    const char *name, *purpose, *made, *ends;
    bool is_live, is_revoked;
};
struct links_view {
    const struct conversation *conversation;
    const char *title, *call;
    const struct form_values *form;
    const struct form_option *people;
    size_t people_count;
    struct link_line *lines;
    size_t count;
};

/* Shown once, to print or to scan. */
struct link_sheet_view {
    const char *name, *call, *purpose, *ends;
    const char *link, *code;
    const char *qr_path;
    int qr_size;
};

/* A visitor prepares: one page with all questions. */
struct guest_view {
    const struct conversation *conversation;
    const struct sheet *sheet;
    const char *title, *call, *letter, *moment;
    bool is_prepared, is_open;
};

/* The page of a preparation as it was sent, with what is wrong beside it: for conversation/'s talk_save(). */
NODISCARD enum status guest_show_again(struct web *web, const struct conversation *c,
                                       const struct sheet *sheet);

#endif
