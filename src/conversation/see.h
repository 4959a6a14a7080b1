/*
 * see: which answers of one conversation a reader sees who has a right on that conversation. The
 * pages (conversation/sheet_web.h) and the search (search/search.h) ask here, so that nobody finds
 * what no page would show. Pure; refuses to know who has which right.
 */
#ifndef CONVERSATION_SEE_H
#define CONVERSATION_SEE_H

#include <stdbool.h>

#include "conversation/conversation.h"

struct actor;

/* Whether staff may read what the pupil prepared: the pupil said so, or the conversation began
 * (P6). */
bool conversation_preparation_is_open(const struct conversation *conversation);

/*
 * What the pupil prepared, what adults wrote for each other, what is for the author's own eyes,
 * what another pupil said. Of the conversation it looks at method, state and may_read; of the
 * answer at key and author. `people` are those of a conversation of a group, of whom each says for
 * themself who reads their preparation; without them (NULL, 0) it stays closed until it begins.
 */
bool conversation_may_see(const struct actor *actor, const struct conversation *conversation,
                          const struct participant *people, size_t people_count,
                          const struct answer *answer);

#endif
