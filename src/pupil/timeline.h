/*
 * timeline: everything of one pupil by its day, newest first: conversations, what was noted, goals,
 * needs, agreements and plans. Two statements, whatever the number; only what stands on the page
 * asked for is opened. Refuses to know how a line is drawn.
 */
#ifndef PUPIL_TIMELINE_H
#define PUPIL_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "conversation/conversation.h"
#include "method/method.h"

struct work;

#define TIMELINE_MAX 2500 /* of what is no conversation: CONVERSATIONS_MAX is their limit */
#define TIMELINE_PAGE 40  /* lines on one page */

enum timeline_kind {
    TIMELINE_TALK,
    TIMELINE_STRENGTH,
    TIMELINE_WORRY,
    TIMELINE_GOAL,
    TIMELINE_NEED,
    TIMELINE_AGREEMENT,
    TIMELINE_PLAN,
    TIMELINE_KINDS_,
};

struct timeline_entry {
    enum timeline_kind kind;
    int64_t id;
    struct date day;
    const struct conversation *talk; /* of TIMELINE_TALK, else NULL */
    const char *text;                /* of the others: what was noted, or their one line */
    enum voice voice;
    const char
        *author;  /* full name of the member of staff who wrote it; "" for others, and of a talk */
    bool is_over; /* of a goal, need, agreement or plan */
};

/* What is asked for. */
struct timeline_wish {
    unsigned kinds; /* a bit per timeline_kind; 0: all */
    int page;       /* from 1; past the last one is the last one; 0: everything at once */
};

struct timeline {
    struct timeline_entry *entries; /* of the page, newest first */
    size_t count;
    size_t of_kind[TIMELINE_KINDS_]; /* in the whole dossier, whatever is asked for */
    int page, pages;                 /* both at least 1 */
};

/*
 * Wants RIGHT_PUPIL_READ. What was called off stands in the log, not here; a conversation without a
 * day stands at today. ERR_NOT_FOUND as well for an erased dossier.
 */
NODISCARD enum status timeline_read(struct work *work, struct pupil_id pupil,
                                    const struct timeline_wish *wish, struct timeline *ret);

#endif
