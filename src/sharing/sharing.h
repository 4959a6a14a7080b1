/*
 * sharing: what may be told to whom, why, when and how (H6, R5), decided with the pupil per thing and
 * reader. Keeps every decision; the newest stands; it starts at no. Whatever is shown to a guardian or an
 * external goes through sharing_may_see() here. Also: that safety went first, with the reason and when
 * the pupil was told. The rule itself: sharing/rule.h. Refuses to know pages and links.
 */
#ifndef SHARING_SHARING_H
#define SHARING_SHARING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "conversation/conversation.h"
#include "sharing/rule.h"

struct agreement;
struct child_plan;
struct goal;
struct need;
struct work;

#define SHARING_WORDS_MAX 400 /* characters of why, when and how, each */
#define SHARING_TALKS_MAX 40  /* conversations that a guardian's page looks through */

/* One thing that can be shared. */
struct shared_thing {
    enum shared_kind kind;
    int64_t id;           /* its own; of an answer and a whole conversation: the conversation's */
    const char *question; /* of an answer, else "" */
    enum voice voice;     /* of an answer, else VOICE_NONE */
    struct conversation_id conversation; /* none: it came up in no conversation */
    int author_kind; /* of an answer: who wrote it */
    int64_t author;
    /* What it says; one of them, none for a whole conversation. */
    const struct question *asked; /* of an answer; NULL: the summary of a phase */
    const struct phase *phase;    /* of a summary */
    const struct answer_value *value;
    const struct goal *goal;
    const struct need *need;
    const struct agreement *agreement;
    const struct child_plan *plan;
};

/* Somebody who might read. */
struct sharing_reader {
    enum reader_kind kind;
    int64_t person;     /* staff or guardian id; of an external as participant; 0: whoever is at home */
    bool is_everybody;  /* the only guardian: what is decided counts for all guardians */
    bool takes_part;    /* a colleague who holds the conversation or takes part */
    enum guardian_information information;
    const char *name;
};

/* One decision, as it was taken. */
struct sharing_decision {
    struct sharing_id id;
    enum shared_kind kind;
    int64_t thing;
    const char *question;
    enum voice voice;
    enum reader_kind reader_kind;
    int64_t reader;
    enum sharing_choice choice;
    enum decided_by by;
    int64_t decided_by; /* staff or pupil id */
    int64_t made_at;
    struct date ends_on;
    const char *why, *when, *how;
};

/* All decisions about one pupil, newest first, and what else the rule wants to know. */
struct sharing_book {
    struct pupil_id pupil;
    const char *call;
    int age; /* AGE_UNKNOWN without a birth date */
    struct date today;
    struct sharing_decision *decisions;
    size_t count;
};

/*
 * Opens it, for staff and the pupil as goal/thing.h says for `conversation`, and for who came by a link
 * about this pupil. ERR_NOT_FOUND for others.
 */
NODISCARD enum status sharing_open(struct work *work, struct pupil_id pupil,
                                   struct conversation_id conversation, struct sharing_book *ret);

/* May this reader see it, and why? THE one question that every page for guardians and externals asks. */
struct sharing_verdict sharing_may_see(const struct sharing_book *book,
                                       const struct shared_thing *thing,
                                       const struct sharing_reader *reader);
/* What was decided for exactly this thing and reader, or NULL. */
const struct sharing_decision *sharing_standing(const struct sharing_book *book,
                                                const struct shared_thing *thing,
                                                const struct sharing_reader *reader);

/*
 * Who might read something of this conversation: who takes part first, then home, then externals. One
 * guardian who is told everything is "everybody"; of several each stands alone; who is told nothing is not
 * among them. Opened conversation, of one pupil.
 */
NODISCARD enum status sharing_readers(struct work *work, const struct conversation *c,
                                      struct sharing_reader **ret, size_t *ret_count);
/* Of what came up in no conversation: those at home. For who may open the book. */
NODISCARD enum status sharing_readers_home(struct work *work, struct pupil_id pupil,
                                           struct sharing_reader **ret, size_t *ret_count);
/* The reader that a visitor is: guardian or external. ERR_NOT_FOUND for other actors. */
NODISCARD enum status sharing_reader_self(struct work *work, struct sharing_reader *ret);

/*
 * What came out of an opened conversation, in the order of its method, and then goals, needs,
 * agreements and plans. Without what its author keeps apart (private kinds), and for staff without what the
 * pupil did not open yet. With a reader: only what that reader may see. Who came by a link gets only
 * that, as themself: ERR_NOT_FOUND otherwise.
 */
NODISCARD enum status sharing_things(struct work *work, const struct conversation *c,
                                     const struct sharing_book *book,
                                     const struct sharing_reader *reader,
                                     struct shared_thing **ret, size_t *ret_count);
/*
 * Goals, needs, agreements and plans of the book's pupil that came up in no conversation. Nobody but staff, the
 * pupil and who is at home asks for them: an external stands in one conversation.
 */
NODISCARD enum status sharing_loose(struct work *work, const struct sharing_book *book,
                                    const struct sharing_reader *reader, struct shared_thing **ret,
                                    size_t *ret_count);
/* The conversation as a whole. */
struct shared_thing sharing_whole(const struct conversation *c);

/* Ids of the conversations that may hold something, newest first, for who may open the book. */
NODISCARD enum status sharing_talks(struct work *work, const struct sharing_book *book,
                                    struct conversation_id **ret, size_t *ret_count);

struct sharing_draft {
    enum sharing_choice choice;
    bool with_pupil;      /* staff: the pupil sat there and chose it */
    struct date ends_on;  /* the last day on which it counts; may be unset */
    const char *why, *when, *how;
};
/* One decision: about a thing of sharing_things(), sharing_loose() or sharing_whole(), for a reader of
 * sharing_readers() or sharing_readers_home(). */
struct sharing_wish {
    const struct shared_thing *thing;
    const struct sharing_reader *reader;
    struct sharing_draft draft;
};
/*
 * Decides, all of one conversation or of none (`conversation` 0): all of them or none, with one line in the log. The same
 * choice by the same side again makes no new row. ERR_INVALID for no choice or long words; ERR_NOT_FOUND for
 * who may not write in the conversation, or of a loose thing the dossier, and for a thing of another conversation;
 * ERR_FORBIDDEN for what is always or never open, for a yes that by
 * age only the pupil gives, and for staff who alone say yes where the pupil said something else: that is
 * what sharing_exception_add() is for.
 */
NODISCARD enum status sharing_decide(struct work *work, struct sharing_book *book,
                                         struct conversation_id conversation,
                                         const struct sharing_wish *wishes, size_t count);

/* Safety first: what was shared with whom without the pupil's yes, and why. */
struct sharing_exception {
    struct sharing_exception_id id;
    struct conversation_id conversation;
    const char *maker;
    const char *what, *whom, *why;
    struct date told_on; /* the pupil was told; unset: not yet */
    int64_t made_at;
};
struct sharing_exception_draft {
    const char *what, *whom, *why;
    struct date told_on;
};
/* Staff who may write in the conversation, or without one the dossier. ERR_INVALID without what, whom and why, or told after today. */
NODISCARD enum status sharing_exception_add(struct work *work, struct pupil_id pupil,
                                            struct conversation_id conversation,
                                            struct sharing_exception_id id,
                                            const struct sharing_exception_draft *draft);
/* The pupil was told, today or before. Once it stands it stays. */
NODISCARD enum status sharing_exception_told(struct work *work, struct pupil_id pupil,
                                             struct conversation_id conversation,
                                             struct sharing_exception_id id, struct date told_on);
/* Newest first. A pupil reads those that the pupil was told of. */
NODISCARD enum status sharing_exceptions(struct work *work, struct pupil_id pupil,
                                         struct conversation_id conversation,
                                         struct sharing_exception **ret, size_t *ret_count);

#endif
