/*
 * import_view_web: makes of a roster and a plan what the preview page shows. Everything is copied
 * into the request's arena: the memory in which file and plan lie is given back before the page is
 * drawn.
 */
#ifndef ROSTER_IMPORT_VIEW_WEB_H
#define ROSTER_IMPORT_VIEW_WEB_H

#include "roster/import_web.h"

struct web;

/* ERR_NOMEM. `plan` NULL: the file cannot be compared. */
NODISCARD enum status import_view_fill(struct web *web, const struct roster *roster,
                                       const struct plan *plan, struct import_view *view);

#endif
