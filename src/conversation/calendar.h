/*
 * calendar: the own calendar of a member of staff, for the program in which they keep their days
 * (R12). It says that there is a conversation, when and how long; never what about, with whom or
 * where. Opened by a secret link: whoever has it needs no sign-in, so it is stored hashed, shown
 * once, and ends when a new one is made, when it is taken back and when its owner leaves.
 */
#ifndef CONVERSATION_CALENDAR_H
#define CONVERSATION_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "access/session.h"
#include "base/status.h"

struct buf;
struct tr;
struct work;

/* How far a calendar looks back. */
#define CALENDAR_BACK_DAYS 60
#define CALENDAR_MAX_BYTES ((size_t)1024 * 1024)

/* Since when the actor has a link; 0: none. Wants RIGHT_STAFF, as the two below. */
NODISCARD enum status calendar_since(struct work *work, int64_t *ret_made_at);

/* A new link; an earlier one is worth nothing from now on. The token is shown once. */
NODISCARD enum status calendar_make(struct work *work, char ret_token[SESSION_TOKEN_TEXT]);
/* OK also when there is none. */
NODISCARD enum status calendar_revoke(struct work *work);

/*
 * The calendar of a token, by nobody who is signed in. ERR_NOT_FOUND for an unknown one and when its
 * owner has left.
 */
NODISCARD enum status calendar_write(struct work *work, const struct tr *tr, const char *token,
                                     struct buf *to);

#endif
