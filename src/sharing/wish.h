/*
 * wish: "I want to talk", the hand on every page of a child (UX §7). It needs no reason and holds
 * none; it goes to the own teacher, and ends when there was a talk or when it is put away.
 */
#ifndef SHARING_WISH_H
#define SHARING_WISH_H

#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"

struct work;

/* The signed-in pupil puts up a hand; a hand that is up stays as it is. Also after a weak sign-in.
 */
NODISCARD enum status wish_raise(struct work *work);
/* Since when the own hand is up; 0: it is not. */
NODISCARD enum status wish_of_self(struct work *work, int64_t *ret_at);
/* Down again, by the pupil. */
NODISCARD enum status wish_lower(struct work *work);
/* Put away by staff who may write the dossier: talked about, or not needed any more. */
NODISCARD enum status wish_put_away(struct work *work, struct pupil_id pupil);
/* A conversation with this pupil began or was held: for conversation/, which checked the right. */
NODISCARD enum status wish_talked(struct work *work, struct pupil_id pupil);

/* Which hands are up in a group: conversation_hearings(). */

#endif
