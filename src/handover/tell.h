/*
 * tell: what of a conversation may go to the school's pupil-tracking system, as one pure function
 * (R5, R6). There the whole team reads it, parents often through a portal, and nobody can take it
 * back; so it is stricter than what a colleague may read here. Knows no pages.
 *
 *   never     what another parent or an external wrote in their own place
 *   always    an agreement that somebody of the school carries out: who has to do it must know it
 *   closed    what somebody may not know (no, or "I tell it myself") goes to nobody by this way
 *   answers   what was said goes along only where somebody outside the conversation may know it
 *   else      goals, needs, agreements and plans: the team works with them; from 16 a plan wants
 * the pupil's yes
 */
#ifndef HANDOVER_TELL_H
#define HANDOVER_TELL_H

#include "sharing/sharing.h"

enum tell_why { TELL_YES, TELL_OTHERS_WORDS, TELL_CLOSED, TELL_NOT_OPENED };

/* `readers` as sharing_readers() gives them. */
enum tell_why tell_of(const struct sharing_book *book, const struct shared_thing *thing,
                      const struct sharing_reader *readers, size_t count);

#endif
