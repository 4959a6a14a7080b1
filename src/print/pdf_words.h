/*
 * pdf_words: what cairo cannot put into a PDF and listeners need: the document's language, and
 * words for its pictures. Appends them as an incremental update (ISO 32000-1, 7.5.6): the objects
 * that change are written again behind the file, with a table of their own that points back.
 */
#ifndef PRINT_PDF_WORDS_H
#define PRINT_PDF_WORDS_H

#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

/*
 * `language` is a tag like "nl"; words[i] is for the i-th figure of the structure (NULL: none). A
 * file of a form that cairo did not write until now is left as it is (logged). ERR_NOMEM when the
 * buffer is full.
 */
NODISCARD enum status pdf_add_words(struct buf *pdf, const char *language, const char *const *words,
                                    size_t count);

#endif
