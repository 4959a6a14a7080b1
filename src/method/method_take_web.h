/*
 * method_take_web: a kind of conversation that comes in as a file. It becomes a draft; a draft that
 * stands in its place is replaced only after somebody saw what goes away and what comes.
 */
#ifndef METHOD_METHOD_TAKE_WEB_H
#define METHOD_METHOD_TAKE_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "method/own.h"
#include "school/school_top_web.h"
#include "web/form.h"
#include "web/route.h"

/* What is asked before a draft gives way to a file. */
struct method_instead_view {
    struct school_top top;
    const struct method_draft *draft; /* that would go */
    const char *title, *when;         /* of the draft: "kept today at 10.05" */
    const char *came;                 /* title in the file */
    const char *yaml;                 /* the file, to be sent along with the answer */
    const char *const *gone, *const
                                 *fresh; /* questions that only the draft has, and only the file */
    size_t gone_count, fresh_count;
    bool changed; /* the draft was changed after it was shown */
};

extern const struct form method_file_form;
extern const struct route method_take_routes[];

#endif
