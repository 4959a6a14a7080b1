/*
 * row: a conversation between the database and the struct: its details sealed and opened. For this
 * folder only.
 */
#ifndef CONVERSATION_ROW_H
#define CONVERSATION_ROW_H

#include "conversation/conversation.h"
#include "gen/conversation_sql.h"

/*
 * What a list opens once and not per row: the key of the dossier and the name of the leader that
 * came last. Zero at first.
 */
struct row_keys {
    int64_t dossier;
    struct vault_key key;
    int64_t leader;
    const char *leader_name;
};
void row_keys_wipe(struct row_keys *keys);

/* `keys` may be NULL. Sets ret->seal; ERR_NOT_FOUND when the dossier was erased. */
NODISCARD enum status conversation_read_row(struct work *work,
                                            const struct sql_conversation_row *row,
                                            struct row_keys *keys, struct conversation *ret);

/* Without its texts and the name of the leader, which stay sealed: they read "". */
NODISCARD enum status conversation_read_bare(struct work *work,
                                             const struct sql_conversation_row *row,
                                             struct conversation *ret);

/* All rows of a list. */
NODISCARD enum status conversation_read_list(struct work *work,
                                             const struct sql_conversation_row *rows, size_t count,
                                             struct conversation **ret, size_t *ret_count);

/* place, aim, left_out and note; NULL counts as "". */
NODISCARD enum status conversation_seal_details(struct work *work, const struct vault_key *key,
                                                const struct conversation *c,
                                                struct sealed *ret_sealed);

/* What all conversations that are planned at once have in common. */
struct plan_pin {
    struct method_version_id version;
    const struct method *method;
};

/* Pins the method of the draft. ERR_INVALID for an unknown one, or one about something else. */
NODISCARD enum status conversation_pin(struct work *work, const struct conversation_draft *draft,
                                       struct plan_pin *ret);

/*
 * Plans one of which all was checked but its texts and its moment (ERR_INVALID): rights, pupils,
 * what it follows, that the id is fresh. `seal` is that of its dossier.
 */
NODISCARD enum status conversation_plan_pinned(struct work *work, struct conversation_id id,
                                               const struct conversation_draft *draft,
                                               const struct plan_pin *pin,
                                               const struct answer_seal *seal);

#endif
