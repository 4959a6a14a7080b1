/*
 * dossier_parts: what the writers of a dossier's parts share, and the parts that conversations
 * left. Inside this folder only; dossier_json.h is for others.
 */
#ifndef OPERATE_DOSSIER_PARTS_H
#define OPERATE_DOSSIER_PARTS_H

#include "answer/answer.h"
#include "operate/dossier_json.h"
#include "vault/vault.h"

/* While one dossier is written. */
struct writer {
    struct work *work;
    struct pupil_id pupil;     /* none: the dossier is a group's own */
    struct group_id group;     /* of that group, else none */
    struct dossier_id dossier; /* whose key seals what is written */
    enum dossier_scope scope;
    const struct staff_names *names;
    const struct tr *tr; /* how questions and answers read */
    struct vault_key key;
};

/* {"kind", "id", "name"}: the name of staff; of others their id says who it is. */
struct json_t *dossier_author(const struct writer *w, int kind, int64_t id);

NODISCARD enum status dossier_conversations(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_attachments(struct writer *w, struct json_t **ret_value);
/* dossier_things.c: what came out of them. */
NODISCARD enum status dossier_goals(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_needs(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_agreements(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_plans(struct writer *w, struct json_t **ret_value);
/* dossier_later.c: what was decided about telling, and the right to be heard. */
NODISCARD enum status dossier_sharing(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_opp(struct writer *w, struct json_t **ret_value);

/* Shared by those who write them. Takes over what was made, or frees it. */
NODISCARD enum status dossier_done(enum status st, struct json_t *value, struct json_t **ret_value);
NODISCARD enum status dossier_append(struct json_t *array, struct json_t *value);
/* The parts by their names; the one part of a simple value is "text". `without` is left out, NULL:
 * none. */
struct json_t *dossier_value(const struct answer_value *value, const char *without);
extern const char *const dossier_voices[6]; /* by enum voice */

#endif
