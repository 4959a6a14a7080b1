/*
 * round: one kind of conversation with all pupils of a group, in some weeks (R1). Planning a round gives
 * every chosen pupil a conversation with a day and a time, in the order given. It is finished by holding
 * them, never by relabelling: how far it is, is counted from the conversations.
 */
#ifndef CONVERSATION_ROUND_H
#define CONVERSATION_ROUND_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "conversation/conversation.h"

struct work;

#define ROUND_WEEKS_MAX 12
#define ROUND_PER_DAY_MAX 20
#define ROUNDS_MAX 50 /* of one group that a list shows */

/* When there is room: on these days, from this time on, so many after each other. */
struct round_slots {
    struct date from_on, until_on;
    unsigned weekdays; /* bit n set for ISO weekday n, 1 = Monday */
    int starts_at;     /* minutes since midnight; -1: days without a time */
    int per_day;       /* 1 … ROUND_PER_DAY_MAX */
    int minutes;
};

struct round_draft {
    struct group_id group;
    const char *method_key;
    struct round_slots slots;
    const char *place, *aim;
    const struct pupil_id *pupils; /* in the order in which they get their turn */
    size_t pupil_count;
};

/*
 * How many pupils the slots have room for, and where the n-th (from 0) stands. Pure. round_slot answers
 * ERR_LIMIT past the end, ERR_INVALID for slots that are none (no days, a span of more than
 * ROUND_WEEKS_MAX weeks, an end before the start, a day that would end after midnight).
 */
NODISCARD enum status round_room(const struct round_slots *slots, size_t *ret_room);
NODISCARD enum status round_slot(const struct round_slots *slots, size_t n, struct date *ret_on,
                                 int *ret_at);

/*
 * Plans the round and its conversations in one transaction. Wants RIGHT_GROUP_TEACH; the actor leads.
 * ERR_INVALID for slots without enough room, no pupils, a pupil twice or of another group, an unknown method or one for a group,
 * or no day within a year. The same id again is OK and plans nothing more.
 */
NODISCARD enum status round_plan(struct work *work, struct conversation_round_id id,
                                 const struct round_draft *draft);

struct round {
    struct conversation_round_id id;
    struct group_id group;
    struct method_version_id method_version;
    const char *method_key;
    struct staff_id leader;
    struct date from_on, until_on;
    int minutes;
    int64_t closed_at;
    int planned; /* conversations that are not cancelled */
    int held;
};

/* Of a group, newest first. Wants RIGHT_GROUP_TEACH. */
NODISCARD enum status round_of_group(struct work *work, struct group_id group, struct round **ret,
                                     size_t *ret_count);
NODISCARD enum status round_find(struct work *work, struct conversation_round_id id,
                                 struct round *ret);

/* Its conversations in the order of their day. Texts opened; without methods. */
NODISCARD enum status round_conversations(struct work *work, struct conversation_round_id id,
                                          struct conversation **ret, size_t *ret_count);

/* Letters are out for all that are planned. */
NODISCARD enum status round_invite(struct work *work, struct conversation_round_id id);

#endif
