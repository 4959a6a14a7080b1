/*
 * pdf_update: what cairo cannot put into a PDF, or only at a price: the document's language, words
 * for its pictures, and what lies under the text of its pages. Appends them as an incremental
 * update (ISO 32000-1, 7.5.6): the objects that change are written again behind the file, with a
 * table of their own that points back.
 */
#ifndef PRINT_PDF_UPDATE_H
#define PRINT_PDF_UPDATE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/status.h"

struct pdf_update {
    const char *language;     /* a tag like "nl" */
    const char *const *words; /* words[i] is for the i-th figure of the structure; NULL: none */
    size_t word_count;
    const struct bytes *under; /* of each page, operators as ink.h writes them; NULL: none */
    size_t page_count;
    const unsigned char *faded; /* of ink.h: the transparencies in them */
};

/*
 * ERR_INVALID (logged): a file of a form that cairo did not write until now; it is left as it is.
 * ERR_NOMEM when the buffer is full.
 */
NODISCARD enum status pdf_update(struct buf *pdf, const struct pdf_update *update);

#endif
