/*
 * erase: takes away everything that conversations left of one pupil: the rows of answers, goals,
 * needs, agreements, plans, sharing decisions, drawings and the conversations themselves, and the pupil's part in
 * conversations of a group. Called by pupil_erase(), which destroys the key too.
 */
#ifndef CONVERSATION_ERASE_H
#define CONVERSATION_ERASE_H

#include "base/ids.h"
#include "base/status.h"

struct work;

/* In the open WRITE transaction. OK when there was nothing. */
NODISCARD enum status conversation_erase_pupil(struct work *work, struct pupil_id pupil);

#endif
