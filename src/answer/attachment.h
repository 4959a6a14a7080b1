/*
 * attachment: a photo or file that belongs to a conversation, sealed with the dossier it is about.
 * What it is, is seen in its first bytes, never believed from its name; pictures are kept without
 * what the camera added about place and time (image.h), and no file name is kept. Knows no answers:
 * those name an attachment by its id (file.h). The caller checked the right on the conversation.
 */
#ifndef ANSWER_ATTACHMENT_H
#define ANSWER_ATTACHMENT_H

#include "answer/answer.h"
#include "base/bytes.h"

struct actor;

#define ATTACHMENT_BYTES_MAX ((size_t)10 * 1024 * 1024) /* of one */
#define ATTACHMENTS_MAX 40                              /* of one conversation */

/* The numbers are stored. */
enum attachment_kind { ATTACHMENT_IMAGE = 1, ATTACHMENT_OTHER = 2 };

struct attachment {
    struct attachment_id id;
    enum attachment_kind kind;
    const char *content_type; /* image/jpeg, image/png, image/webp, application/pdf */
    int size;                 /* bytes, as kept */
    int made_by_kind;         /* enum actor_kind */
    int64_t made_by;
    int64_t made_at;
};

/*
 * What would be kept of a file, and as what. ERR_INVALID for what is none of the four types or no
 * whole picture, ERR_LIMIT for more than ATTACHMENT_BYTES_MAX, ERR_NOMEM.
 */
NODISCARD enum status attachment_clean(struct bytes file, struct arena *arena,
                                       struct bytes *ret_clean, enum attachment_kind *ret_kind,
                                       const char **ret_content_type);

/* For the field: what is wrong, as a msgid, for ERR_INVALID and ERR_LIMIT of adding. */
const char *attachment_problem(enum status status);

/*
 * `seal` is that of the answer it comes in (answer_seal_for). Statuses of attachment_clean(); ERR_LIMIT also when
 * the conversation has ATTACHMENTS_MAX.
 */
NODISCARD enum status attachment_add(struct work *work, const struct answer_seal *seal,
                                     struct conversation_id conversation, struct bytes file,
                                     struct attachment *ret_attachment);

/*
 * Opened, with the key that it was sealed with; `seal` is that of the conversation. ERR_NOT_FOUND when there is none
 * of that id in this conversation, or no longer.
 */
NODISCARD enum status attachment_open(struct work *work, const struct answer_seal *seal,
                                      struct conversation_id conversation, struct attachment_id id,
                                      struct attachment *ret_attachment, struct bytes *ret_bytes);

/* Without opening them, oldest first. */
NODISCARD enum status attachment_list(struct work *work, struct conversation_id conversation,
                                      struct attachment **ret, size_t *ret_count);

/* Whether this actor added it. */
bool attachment_is_of(const struct attachment *attachment, const struct actor *actor);

/*
 * For good: the bytes are gone. ERR_NOT_FOUND as above; ERR_FORBIDDEN when a pupil added it and the
 * actor is somebody else.
 */
NODISCARD enum status attachment_remove(struct work *work, const struct answer_seal *seal,
                                        struct conversation_id conversation,
                                        struct attachment_id id);

/* The parts that carry it in an answer (file.h), written over those of `value`. */
NODISCARD enum status attachment_put(const struct answer_value *value,
                                     const struct attachment *attachment, struct arena *arena,
                                     struct answer_value *ret_value);

#endif
