/*
 * parts_web: what the forms of a draft's parts share: words in two languages, and what happens
 * after keeping, also when somebody else was first: nothing that was typed or kept is lost unseen.
 */
#ifndef METHOD_PARTS_WEB_H
#define METHOD_PARTS_WEB_H

#include "method/method_edit_web.h"
#include "web/page.h"

#define PART_TITLE_MAX 120
#define PART_MARK_MAX 16

/* Puts Dutch and English words into two fields, and takes them out; other languages stay. */
void parts_set_both(struct form_values *values, const char *nl, const char *en,
                    const struct method_text *text);
struct method_text parts_both(struct web *web, const struct method_text *from, const char *nl,
                              const char *en);

/*
 * After draft_keep(): back to the draft at `anchor`, or the form again with what stands in the way.
 * When somebody else kept the draft meanwhile, what stands now (`now`, the form of it) and differs
 * from what was typed is shown beside; keeping again puts this part in place of that.
 */
enum status parts_after_keep(struct web *web, struct draft_view *view, enum status kept,
                             const char *anchor, html_body *body, const struct form_values *now);

/*
 * What was typed about a part, or in a draft, that is not there any more: a page with all of it, to
 * be copied. `view` NULL: the draft itself is gone (404), else 409.
 */
enum status parts_gone(struct web *web, const struct draft_view *view);

#endif
