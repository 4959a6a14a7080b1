/*
 * handover_web: what came out of one conversation, for use elsewhere (R6: typed once): a text for
 * the school's pupil-tracking system, and one A4 for the pupil or for home. Both show no more than
 * the sharing decisions allow.
 */
#ifndef HANDOVER_HANDOVER_WEB_H
#define HANDOVER_HANDOVER_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "conversation/talk_web.h"
#include "sharing/home_web.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route handover_routes[];
extern const struct form handover_sheet_form;

struct handover_view {
    struct talk_head head;
    const struct form_values *form;
    const char *text;
    int rows;
    size_t closed; /* things that stay out because of what was chosen */
    size_t names;  /* of other pupils, taken out */
};

/* Handlers in sheet_paper_web.c. */
enum status handover_sheet(struct web *web);
enum status handover_sheet_self(struct web *web);

#endif
