/*
 * own: a school's own methods (R16). A method is changed as a draft, which nobody can plan with;
 * publishing makes it the next version, and from then on it never changes. Withdrawing takes all
 * versions off the list; conversations that were held with them keep them. Everything that comes
 * in, from a form or a file, goes through method_read(): what is kept can be read.
 *
 * Every function wants RIGHT_METHODS (the program itself may too) and answers ERR_NOT_FOUND without
 * it, and for ids and keys of another school. Methods hold nothing about anybody, so only making,
 * publishing, withdrawing and dropping are noted in the log, and not every word that is typed.
 */
#ifndef METHOD_OWN_H
#define METHOD_OWN_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/status.h"
#include "method/method.h"
#include "method/store.h"

struct work;

struct method_draft {
    struct method_version_id id;
    const struct method *method;
    struct bytes yaml;
    int64_t changed_at;
    const char *mark; /* other words, other mark: what an editor started from */
    bool is_first;    /* no version of it was ever published */
};

/* What is wrong, when something is not accepted. */
struct method_refusal {
    struct method_problem *problems;
    size_t count;
    struct method_draft standing; /* ERR_CONFLICT of method_draft_take(): the draft that would give way */
    const struct method *came;    /* and what the file says */
};

/*
 * All own methods by key: of each the newest that is published or withdrawn, and before it the
 * draft, if there is one.
 */
NODISCARD enum status method_own_list(struct work *work, struct method_line **ret,
                                      size_t *ret_count);

/* A new own method that begins as a copy of one that method_current() knows. */
NODISCARD enum status method_draft_copy(struct work *work, const char *key,
                                        struct method_version_id *ret_id);

/*
 * A draft made from nothing: `start` says what it begins with, and its key is made of its Dutch title. ERR_INVALID
 * with what is wrong.
 */
NODISCARD enum status method_draft_new(struct work *work, const struct method *start,
                                       struct method_version_id *ret_id,
                                       struct method_refusal *ret_refusal);

/* The draft of the next version of an own method: the one there is, else made from the newest. */
NODISCARD enum status method_draft_next(struct work *work, const char *key,
                                        struct method_version_id *ret_id);

/*
 * A draft from the text of a file, which may be anything. Its key gets METHOD_OWN_PREFIX in front
 * when it has not; of an own method that is there already it becomes the next version. A draft that
 * stands there gives way only when `seen` is its mark as it is now: else ERR_CONFLICT, with that
 * draft and what the file says (`seen` NULL: always). ERR_INVALID with what is wrong.
 */
NODISCARD enum status method_draft_take(struct work *work, const char *yaml, size_t len,
                                        const char *seen, struct method_version_id *ret_id,
                                        struct method_refusal *ret_refusal);

NODISCARD enum status method_draft_find(struct work *work, struct method_version_id id,
                                        struct method_draft *ret_draft);

/*
 * Keeps another text of a draft. ERR_CONFLICT when its mark is another by now: somebody else
 * changed it. ERR_INVALID with what is wrong. Key and version stay what they are.
 */
NODISCARD enum status method_draft_save(struct work *work, struct method_version_id id,
                                        const char *mark, const struct method *method,
                                        struct method_refusal *ret_refusal);

/* From now on it can be planned with, and never changes. */
NODISCARD enum status method_draft_publish(struct work *work, struct method_version_id id);
/* Throws a draft away. */
NODISCARD enum status method_draft_drop(struct work *work, struct method_version_id id);

/* Takes an own method off the list, and puts its newest version back on. */
NODISCARD enum status method_withdraw(struct work *work, const char *key);
NODISCARD enum status method_put_back(struct work *work, const char *key);

#endif
