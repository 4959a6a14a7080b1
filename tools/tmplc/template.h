/*
 * template: one template file to one header and one source. The statements and how they nest.
 */
#ifndef TMPLC_TEMPLATE_H
#define TMPLC_TEMPLATE_H

#include "base/status.h"
#include "problem.h"
#include "slice.h"

/* Bytes of one file; the largest of the product is a few hundredths of it. */
#define TEMPLATE_MAX ((size_t)1024 * 1024)

/*
 * Compiles `text`, which was read from `file` (a name for messages and #line). `header_name` is how
 * the source includes the header. Adds to `ret_header` and `ret_source`. ERR_INVALID when
 * `problems` holds why; ERR_NOMEM.
 */
NODISCARD enum status template_compile(const char *file, struct slice text, const char *header_name,
                                       struct problems *problems, struct buf *ret_header,
                                       struct buf *ret_source);

#endif
