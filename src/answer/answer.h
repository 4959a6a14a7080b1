/*
 * answer: what was said to one question, in one voice, with every text it ever had. Sealed with the
 * dossier of the pupil whose words they are, or with that of the conversation. A value is a list of named parts, the same for all kinds: the
 * kind (kind.h) says which parts there may be. The child's own words are never overwritten by an
 * adult (DOMAIN §3): what a pupil wrote from the own place only the pupil changes.
 */
#ifndef ANSWER_ANSWER_H
#define ANSWER_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/status.h"
#include "method/method.h"
#include "vault/vault.h"

struct arena;
struct work;

#define ANSWER_PARTS_MAX 128 /* 40 rows of three, and room */
#define ANSWER_PART_NAME_MAX 60
#define ANSWER_QUESTION_MAX 60                /* METHOD_SUMMARY_PREFIX and an id */
#define ANSWER_BYTES_MAX ((size_t)200 * 1024) /* packed: a drawing is the largest */

struct answer_part {
    const char *name; /* a-z, 0-9, '-', '.'; "" for the one part of a simple kind */
    const char *text;
};
struct answer_value {
    const struct answer_part *parts;
    size_t count;
};

/* The text of a part, "" when it is not there. */
const char *answer_part(const struct answer_value *value, const char *name);
bool answer_part_name_valid(const char *name);
/* No part has a text. */
bool answer_is_empty(const struct answer_value *value);

/*
 * To and from the bytes that are sealed: parts without a text fall away, the others are in the
 * order of their names, so that one value has one form. Packing: ERR_INVALID for a name twice or a
 * broken name or text, ERR_LIMIT past the limits above. Unpacking takes anything: ERR_CORRUPT for
 * what packing would not write.
 */
NODISCARD enum status answer_pack(const struct answer_value *value, struct arena *arena,
                                  struct bytes *ret_bytes);
NODISCARD enum status answer_unpack(struct bytes bytes, struct arena *arena,
                                    struct answer_value *ret_value);

/* Where an answer stands in its conversation. */
struct answer_key {
    struct conversation_id conversation;
    const char *question; /* id in the method, or "summary-PHASE" */
    enum voice voice;
    int64_t person; /* whose, where several speak in one voice (guardians, pupils of a group); 0 */
};

struct answer {
    struct answer_key key;
    int version;     /* 1 … */
    int author_kind; /* enum actor_kind */
    int64_t author;
    int64_t made_at, changed_at;
    struct answer_value value;
};

/*
 * Whose key seals, found out once per request by the caller (conversation_open() gives it): the
 * dossier that the conversation belongs to.
 */
struct answer_seal {
    int64_t dossier;       /* pupil id, or the group's own dossier */
    struct pupil_id pupil; /* whom the log names; none for a group's */
    struct vault_key key;
};

/*
 * The seal of one answer and of the files in it. In a conversation of a group the words of one pupil
 * (`person`, voice of the pupil) are of that pupil's dossier: erasing the pupil makes them unreadable,
 * in older backups too, and leaves those of the others as they are. All else is sealed as the
 * conversation is. Every function below finds the seal of an answer by itself; who adds a file asks
 * for it. ERR_NOT_FOUND when that dossier was erased. Wipe ret->key after use, as that of `seal`.
 */
NODISCARD enum status answer_seal_for(struct work *work, const struct answer_seal *seal,
                                      enum voice voice, int64_t person, struct answer_seal *ret);

/*
 * Saves a value that its kind has checked. `base_version` is what the writer started from (0:
 * nothing was there). The caller checked the right on the conversation; here is checked whose words
 * they are: ERR_FORBIDDEN when a pupil or guardian wrote it and the actor is somebody else, and
 * when one of them writes in another's voice. When another version stands by now, the new text is
 * KEPT as well (as a version that does not stand, once, however often it is sent) and ERR_CONFLICT
 * is answered with the standing one in *ret_now and the number under which the other was kept in
 * *ret_version: the caller commits. ERR_CONFLICT with *ret_version 0 is the database's: all is done
 * again. The same value again makes no version, but for settling which of two texts stands (below). An empty value is a version too. ERR_INVALID for a
 * key or value that cannot be, ERR_LIMIT, ERR_NOT_FOUND when the writer started from something and
 * nothing is there.
 */
NODISCARD enum status answer_save(struct work *work, const struct answer_seal *seal,
                                  const struct answer_key *key, int base_version,
                                  const struct answer_value *value, int *ret_version,
                                  struct answer *ret_now);

/*
 * All answers of a conversation, by question and voice. One statement. Those of a pupil who was erased
 * are left out: in a copy of before the erasure they stand, and do not open.
 */
NODISCARD enum status answer_all(struct work *work, const struct answer_seal *seal,
                                 struct conversation_id conversation, struct answer **ret,
                                 size_t *ret_count);

/* Those of them to one question: no other text is opened. One statement. */
NODISCARD enum status answer_of_question(struct work *work, const struct answer_seal *seal,
                                         struct conversation_id conversation, const char *question,
                                         struct answer **ret, size_t *ret_count);

/*
 * Those of them that the dossier of `seal` seals: of a conversation of a group, what one pupil said. No other
 * text is opened. One statement.
 */
NODISCARD enum status answer_of_dossier(struct work *work, const struct answer_seal *seal,
                                        struct conversation_id conversation, struct answer **ret,
                                        size_t *ret_count);

/* Under whose name something stands in a conversation (0: a voice's), and by whom it was written. One statement. */
struct answer_speaker {
    int64_t person;
    int author_kind; /* enum actor_kind */
    int64_t author;
};
NODISCARD enum status answer_speakers(struct work *work, struct conversation_id conversation,
                                      struct answer_speaker **ret, size_t *ret_count);

/*
 * What one row of `answer` says, for who read many of them in a statement of their own (search/): `key` of the dossier
 * that the row names. ERR_CORRUPT when it stands in another place than it was sealed for.
 */
NODISCARD enum status answer_open(struct work *work, const struct vault_key *key,
                                  const struct answer_key *place, int version, struct sealed sealed,
                                  struct answer_value *ret_value);

/*
 * The texts that were written at the same time as one that stands, and are kept beside it, newest first per
 * answer: until a next version stands. The same text kept again on top of what stands settles it
 * too. One statement.
 */
NODISCARD enum status answer_beside(struct work *work, const struct answer_seal *seal,
                                    struct conversation_id conversation, struct answer **ret,
                                    size_t *ret_count);

/*
 * Writes what stands in one conversation as the first text in another of the same dossier, by whom it
 * was said; the one it came from keeps it too. ERR_CONFLICT when something stands there. The caller
 * checked the right on both.
 */
NODISCARD enum status answer_take_over(struct work *work, const struct answer_seal *seal,
                                       const struct answer *from, struct conversation_id into);

/* In an array of answer_all(). NULL when there is none. */
const struct answer *answer_in(const struct answer *answers, size_t count, const char *question,
                               enum voice voice, int64_t person);

/* Every text one answer had, oldest first; `stood` false for the losing side of a conflict. */
struct answer_version {
    int version;
    bool stood;
    int author_kind;
    int64_t author;
    int64_t made_at;
    struct answer_value value;
};
NODISCARD enum status answer_history(struct work *work, const struct answer_seal *seal,
                                     const struct answer_key *key, struct answer_version **ret,
                                     size_t *ret_count);

#endif
