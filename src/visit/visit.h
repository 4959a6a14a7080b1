/*
 * visit: links by which a guardian or an external comes in, without an account: for preparing a conversation
 * and for reading what was shared. A link is 128 random bits in the fragment of its address
 * (docs/decisions/0004), stored hashed, shown once, ends by itself and can be revoked; the session
 * that it gives lives no longer than the link (access/actor.h). Knows links; what a visitor sees is
 * sharing/'s to say.
 */
#ifndef VISIT_VISIT_H
#define VISIT_VISIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/actor.h"
#include "access/session.h"
#include "base/ids.h"
#include "base/status.h"
#include "signin/badge.h"

struct conversation;
struct work;

#define VISIT_DAYS_MAX 90
#define VISIT_LINKS_MAX 60 /* of one conversation, revoked ones too */

/* The numbers are stored. */
enum visit_kind { VISIT_OF_GUARDIAN = 3, VISIT_OF_EXTERNAL = 4 };
enum visit_purpose { VISIT_PREPARE = 1, VISIT_READ = 2 };

struct visit_link {
    int64_t id;
    enum visit_kind kind;
    int64_t person;
    enum visit_purpose purpose;
    int64_t made_at, ends_at, revoked_at;
    bool is_live;
};

struct visit_draft {
    enum visit_kind kind;
    int64_t person; /* guardian of the conversation's pupil, or an external who takes part */
    enum visit_purpose purpose;
    int days; /* 1 … VISIT_DAYS_MAX */
};

/*
 * Makes one. Wants RIGHT_CONVERSATION_WRITE. ERR_INVALID for somebody who is neither, a guardian who is told
 * nothing, another purpose or number of days; ERR_LIMIT past VISIT_LINKS_MAX. The token is shown now and
 * never again.
 */
NODISCARD enum status visit_make(struct work *work, struct conversation_id conversation,
                                 const struct visit_draft *draft, struct badge_token *ret_token,
                                 struct visit_link *ret_link);
/*
 * The same for who opened the conversation for writing and read from invite.h that the person may
 * come. Who prepares takes part from now on.
 */
NODISCARD enum status visit_add(struct work *work, const struct conversation *c,
                                const struct visit_draft *draft, struct badge_token *ret_token,
                                struct visit_link *ret_link);
/* Newest first. Wants RIGHT_CONVERSATION_READ. */
NODISCARD enum status visit_list(struct work *work, struct conversation_id conversation,
                                 struct visit_link **ret, size_t *ret_count);
/* From now on it opens nothing, and who is in by it is out. ERR_NOT_FOUND for a link of another conversation. */
NODISCARD enum status visit_revoke(struct work *work, struct conversation_id conversation,
                                   int64_t link);

/*
 * Whom a token lets in. Nobody is signed in yet: the caller starts a session of `kind` for `link`.
 * ERR_NOT_FOUND for unknown, revoked and ended ones, and when the person may not come any more.
 */
struct visit_owner {
    struct school_id school;
    enum session_kind kind;
    int64_t person;
    int64_t link;
    struct actor actor; /* as the next request will find it */
};
NODISCARD enum status visit_find(struct work *work, const char *token, struct visit_owner *ret);

/* The visitor says that the preparation is done. Wants a link for preparing, before the talk was closed. */
NODISCARD enum status visit_prepared(struct work *work, struct conversation_id conversation);

#endif
