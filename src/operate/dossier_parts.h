/*
 * dossier_parts: what the writers of a dossier's parts share, and the parts that conversations
 * left. Inside this folder only; dossier_json.h is for others.
 */
#ifndef OPERATE_DOSSIER_PARTS_H
#define OPERATE_DOSSIER_PARTS_H

#include "operate/dossier_json.h"
#include "vault/vault.h"

/* While one dossier is written. */
struct writer {
    struct work *work;
    struct pupil_id pupil;
    enum dossier_scope scope;
    const struct staff_names *names;
    struct vault_key key;
};

/* {"kind", "id", "name"}: the name of staff; of others their id says who it is. */
struct json_t *dossier_author(const struct writer *w, int kind, int64_t id);

NODISCARD enum status dossier_conversations(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_attachments(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_goals(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_needs(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_agreements(struct writer *w, struct json_t **ret_value);
NODISCARD enum status dossier_plans(struct writer *w, struct json_t **ret_value);

#endif
