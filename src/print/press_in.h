/*
 * press_in: the inside of the press, for the files of this folder.
 */
#ifndef PRINT_PRESS_IN_H
#define PRINT_PRESS_IN_H

#include <pango/pango.h>

#include "print/art.h"
#include "print/press.h"

/*
 * Waits until the press is free, makes it ready if this is the first page, and keeps it until
 * press_leave(). ERR_NOMEM, ERR_IO (logged), ERR_INVALID (a picture that cannot be drawn, logged):
 * then it is not kept.
 */
NODISCARD enum status press_enter(struct paper_press *press);
void press_leave(struct paper_press *press);

/* Between enter and leave. */
PangoContext *press_context(struct paper_press *press);
const struct art *press_art(const struct paper_press *press);
/*
 * Whether what lies under the text may be laid under it by pdf_update. Not any more since
 * press_weaves_not(), when this machine's cairo writes files that pdf_update does not know: then
 * cairo draws everything.
 */
bool press_weaves(const struct paper_press *press);
void press_weaves_not(struct paper_press *press);

#endif
