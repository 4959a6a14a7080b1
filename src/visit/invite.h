/*
 * invite: who of a conversation gets a letter, by what way it goes, and that it went. Every part of
 * a method may have a letter of its own (method_preparation): the pupil finds it in the own place,
 * a colleague after signing in, a guardian or somebody from outside by a link (visit.h). An e-mail
 * says THAT there is something (conversation/mail.h); the letter itself is on paper or behind the
 * link. Knows people, ways and what went; refuses to know pages and what a letter looks like.
 *
 * Everything here is for who opened the conversation with RIGHT_CONVERSATION_WRITE, or the round
 * (round.h). Addresses are used and never shown: of one guardian nothing is told to another.
 */
#ifndef VISIT_INVITE_H
#define VISIT_INVITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"
#include "conversation/conversation.h"
#include "conversation/round.h"
#include "signin/badge.h"
#include "visit/visit.h"

struct tr;
struct work;

#define INVITE_DAYS_AFTER                                                                          \
    21 /* a link lives so long past the day of the conversation, to read what came of it */
#define INVITE_DAYS_LEAST 30

struct invitee {
    struct conversation_id conversation;
    struct pupil_id pupil; /* whom it is about; none: a group */
    enum participant_kind kind;
    int64_t person;
    enum method_part part; /* as whom: whose letter and whose preparation */
    const char *name;      /* "Karin Linden" */
    const char *call;      /* as a colleague or pupil is spoken to; of others the name */
    const char *address;   /* "" none, or none that mail can go to */
    bool has_letter;       /* the method has one for this part */
    bool is_leader;
    bool is_on_request; /* a parent who is told things when asking: never written to with all others
                         */
    int64_t invited_at, prepared_at; /* 0: not */
};

/*
 * Of an opened conversation: who leads, colleagues, pupils, guardians where the method asks them,
 * and those from outside, in that order.
 */
NODISCARD enum status invite_people(struct work *work, const struct conversation *c,
                                    struct invitee **ret, size_t *ret_count);

/* The guardians of a round's pupils, for conversations that have not begun. None where the method
 * asks none. */
NODISCARD enum status invite_home_of_round(struct work *work, const struct round *round,
                                           const struct method *method, struct invitee **ret,
                                           size_t *ret_count);
/* Who teaches the group of a round this year. */
NODISCARD enum status invite_teachers(struct work *work, struct group_id group,
                                      struct invitee **ret, size_t *ret_count);

/* Was it moved after this letter went out? Then the letter is wrong. */
NODISCARD enum status invite_moved_at(struct work *work, struct conversation_id id,
                                      int64_t *ret_at);

/* Where letters lead: "https://school.example". */
struct invite_by {
    const struct tr *tr; /* the language of e-mail */
    const char *base;
};

/*
 * One letter by e-mail: to a guardian or somebody from outside with a new link, to a colleague with
 * the address of the page. ERR_NOT_FOUND when there is no address: then it is paper. ERR_LIMIT past
 * VISIT_LINKS_MAX. Of a pupil nothing goes: see conversation_invite().
 */
NODISCARD enum status invite_mail(struct work *work, const struct invite_by *by,
                                  const struct conversation *c, const struct invitee *who);

/*
 * One letter on paper: notes that it went, and for who comes by a link makes one. *ret_token is ""
 * for others. ERR_LIMIT as above.
 */
NODISCARD enum status invite_paper(struct work *work, const struct conversation *c,
                                   const struct invitee *who, struct badge_token *ret_token);

/* That a round was planned, to one who teaches the group. ERR_NOT_FOUND without an address. */
NODISCARD enum status invite_mail_round(struct work *work, const struct invite_by *by,
                                        const struct invitee *who);

/* "https://…/bezoek#TOKEN" */
const char *invite_link(struct work *work, const char *base, const char *token);

#endif
