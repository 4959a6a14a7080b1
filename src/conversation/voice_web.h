/*
 * voice_web: how a screen or a paper says whose words something is. Knows the words and the colours
 * of the voices; refuses to know who the people are: their names come from the caller.
 */
#ifndef CONVERSATION_VOICE_WEB_H
#define CONVERSATION_VOICE_WEB_H

#include "method/method.h"

struct tr;

/* "child", "teacher", "home", "school", "together", or "": what follows "voice--" in the style
 * sheet. */
const char *voice_class(enum voice voice);

/*
 * Who speaks, in the language of the page: `pupil` and `leader` by the name given, the others by a
 * word ("Parents"). "" for VOICE_NONE.
 */
const char *voice_name(const struct tr *catalogue, enum voice voice, const char *pupil,
                       const char *leader);

#endif
