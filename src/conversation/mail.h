/*
 * mail: letters that wait to be sent. A letter says that there is something, never what about or about
 * whom (R12): an appointment is itself sensitive, and mail is read on many screens. No tracking, no
 * pictures, text only. Knows the queue and what letters say; refuses to know servers (operate/smtp.h).
 *
 * Address and text are sealed with the installation's key while they wait, and emptied when they went.
 */
#ifndef CONVERSATION_MAIL_H
#define CONVERSATION_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct tr;
struct work;

#define MAIL_ADDRESS_MAX 254
#define MAIL_LINK_MAX 300
#define MAIL_TRIES_MAX 12 /* over two days, then it is given up */

enum mail_kind {
    MAIL_INVITATION = 1, /* a guardian or an external may prepare or read: with a link */
    MAIL_TOMORROW = 2,   /* the own conversation is tomorrow, at a time */
    MAIL_ROUND = 3,      /* a round of conversations was planned for an own group */
    MAIL_COLLEAGUE = 4,  /* a colleague may prepare one, after signing in: with its address */
};

/* Whether a letter could be sent there at all. */
bool mail_address_valid(const char *address);

/*
 * Puts a letter in the queue, in an open WRITE transaction, in the language of `tr`. `link` stands
 * in an invitation, whole ("https://…"), with the token that the caller made, and in
 * MAIL_COLLEAGUE; `when`
 * ("10.40", "" no time) in MAIL_TOMORROW. The others ignore them. `id`: the same number again is
 * one letter. ERR_INVALID for what is no address (line ends, no '@', too long) and where a link is
 * missing. The caller checked the right.
 */
struct mail_draft {
    enum mail_kind kind;
    const char *address, *link, *when;
};
NODISCARD enum status mail_add(struct work *work, const struct tr *tr, int64_t id,
                               const struct mail_draft *draft);

/* One letter for each conversation of tomorrow to who leads it; again on the same day adds nothing. The
 * program's own, at work's school. */
NODISCARD enum status mail_remind(struct work *work, const struct tr *tr, size_t *ret_added);

struct mail {
    int64_t id;
    const char *address, *subject, *text;
    int tries;
    int64_t send_at;
};

/* Letters whose time has come, of all schools, oldest first. The program's own. */
NODISCARD enum status mail_due(struct work *work, size_t most, struct mail **ret, size_t *ret_count);

/*
 * Before a try: counts it and says when the next one would be, so that a crash never sends in a
 * circle. ERR_CONFLICT when another process took it.
 */
NODISCARD enum status mail_claim(struct work *work, const struct mail *mail);
/* It went. */
NODISCARD enum status mail_went(struct work *work, int64_t id);
/* It will never go. */
NODISCARD enum status mail_drop(struct work *work, int64_t id);

/* Takes away what went days ago and what was tried too often. */
NODISCARD enum status mail_sweep(struct work *work, size_t *ret_given_up);

/* How long to wait after so many tries: 5 minutes, twice that each time, at most 6 hours. */
int64_t mail_wait_ms(int tries);

#endif
