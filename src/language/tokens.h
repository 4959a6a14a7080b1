/*
 * tokens: bytes to words, numbers and marks; the first step of text.h, and only for it. Makes the
 * keys and looks every word up; knows nothing of sentences.
 */
#ifndef LANGUAGE_TOKENS_H
#define LANGUAGE_TOKENS_H

#include "language/text.h"

/* Fills text->tokens and count. As text_read. */
NODISCARD enum status tokens_read(struct arena *arena, const char *source, size_t len,
                                  struct text *text);

#endif
