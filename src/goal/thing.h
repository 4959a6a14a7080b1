/*
 * thing: what goals, needs, agreements and child plans have in common: who may read and write one,
 * whose words are whose, how their parts are sealed, and how one is celebrated. How one is made,
 * changed and ended: goal/thing_life.h.
 *
 * Rights. Staff: who may write the pupil's dossier, or the conversation in which it stands. The
 * pupil: from the conversation while taking part, and everywhere else after a strong sign-in (no
 * picture code). What a pupil wrote from the own place only the pupil changes (DOMAIN §3); a pupil
 * changes own words, and what staff wrote down in the pupil's voice or for both together.
 * Who came by a link reads those of their conversation, and a guardian those of no conversation, through
 * sharing_things() and sharing_loose() only, which leave out what is not shared. The program reads those of one conversation, to print it.
 */
#ifndef GOAL_THING_H
#define GOAL_THING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/actor.h"
#include "answer/answer.h"
#include "base/bytes.h"
#include "base/date.h"
#include "base/ids.h"
#include "base/status.h"
#include "method/method.h"
#include "vault/vault.h"

struct work;

#define THING_QUESTION_MAX 60
/* The columns that are sealed, as thing_seal() names them. */
#define THING_BODY "thing.body"
#define THING_VERSION_BODY "thing_version.body"
/* The part that is for staff alone (K17): handed to nobody else, and written by nobody else. */
#define THING_OWN_PART "lesson"
#define THING_PARTY_PART "party" /* how it is celebrated */

/* The numbers are stored. */
enum thing_kind { THING_GOAL = 1, THING_NEED, THING_AGREEMENT, THING_PLAN, THING_KINDS_ };

/* About whom, and where it was said. One of the two may be none: a group's agreement has no pupil.
 */
struct thing_place {
    struct pupil_id pupil;
    struct conversation_id conversation;
};
/* As the conversation of a list: what came up in none of them. */
#define THING_OF_NO_TALK ((struct conversation_id){-1})

/* ERR_NOT_FOUND for who may not. */
NODISCARD enum status thing_may_read(struct work *work, struct thing_place place);
NODISCARD enum status thing_may_write(struct work *work, struct thing_place place);

/*
 * The conversation is about this pupil, or (without a pupil) about a group: else ERR_INVALID. Gives
 * the dossier whose key seals: the pupil's, or the group's own. No conversation: the pupil's.
 */
NODISCARD enum status thing_dossier(struct work *work, struct thing_place place,
                                    struct dossier_id *ret_dossier);

/* A pupil speaks with the own voice or together; staff write down every voice. */
bool thing_may_speak(const struct actor *actor, enum voice voice);
/* May these words, of this author and voice, be changed by the actor? */
bool thing_may_change(const struct actor *actor, enum voice voice, int author_kind, int64_t author);

/* Every text fits `most` characters; NULL counts as "". */
bool thing_texts_fit(const struct answer_part *parts, size_t count, size_t most);
/* A day that may be chosen: unset, or from today on within five years. */
bool thing_day_ahead(const struct work *work, struct date day);

/* The parts as one value with one form: two things say the same when their bytes are the same. */
NODISCARD enum status thing_pack(struct work *work, const struct answer_part *parts, size_t count,
                                 struct bytes *ret_bytes);
bool thing_same(struct bytes a, struct bytes b);

/*
 * Seals for column "table.body" at row `id`. The version stands inside the seal, so that a text
 * moved to another version does not open. thing_open gives the bytes that were packed,
 * thing_open_parts the value.
 */
NODISCARD enum status thing_seal(struct work *work, const struct vault_key *key, const char *column,
                                 int64_t id, int version, struct bytes packed,
                                 struct sealed *ret_sealed);
NODISCARD enum status thing_open(struct work *work, const struct vault_key *key, const char *column,
                                 int64_t id, int version, struct sealed sealed,
                                 struct bytes *ret_packed);
NODISCARD enum status thing_open_parts(struct work *work, const struct vault_key *key,
                                       const char *column, int64_t id, int version,
                                       struct sealed sealed, struct answer_value *ret_value);

/* The key of a row's dossier; an erased one is not found. */
NODISCARD enum status thing_key(struct work *work, int64_t slot, struct bytes key_wrapped,
                                struct vault_key *ret_key);

/* How somebody wants to celebrate: the child chooses, quietly too (K9). Kept inside the sealed
 * text. */
enum party { PARTY_NONE, PARTY_CARD, PARTY_TELL, PARTY_CLASS, PARTY_QUIET, PARTY_COUNT_ };
const char *party_name(enum party party); /* "card"; "" for none */
enum party party_of(const char *name);    /* PARTY_NONE for what is none */

/* The one line that says what it is: the goal, what is agreed … "" where nothing is said. */
const char *thing_headline(enum thing_kind kind, const struct answer_value *said);

#endif
