/*
 * rewrite: how else it could be asked, where that is safe. Templates with slots that are filled
 * from the words of the turn; nothing is invented. Each result is judged again and only offered
 * when it comes out open (a paraphrase: when it stays one). See README.md for when it refuses.
 */
#ifndef LANGUAGE_REWRITE_H
#define LANGUAGE_REWRITE_H

#include "language/decide.h"

/* Fills the rewrites of a verdict; none is a fine answer. ERR_NOMEM. */
NODISCARD enum status rewrite_turn(struct arena *arena, const struct text *text,
                                   const struct decided_turn *turn, struct mirror_verdict *verdict);

#endif
