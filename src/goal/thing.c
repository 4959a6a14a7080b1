#include "goal/thing.h"

#include "access/access.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/thing_sql.h"
#include "person/dossier.h"

#define YEARS_AHEAD 5

/* --- rights
 * --------------------------------------------------------------------------------------- */

static enum status pupil_may(struct work *work, struct thing_place place)
{
    const struct actor *actor = work->actor;
    if (place.pupil.v && place.pupil.v != actor->pupil.v)
        return ERR_NOT_FOUND;
    if (place.pupil.v && !actor->is_weak)
        return OK;
    return place.conversation.v ? access_check(work, RIGHT_CONVERSATION_SELF,
                                               (struct target){.conversation = place.conversation})
                                : ERR_NOT_FOUND;
}

static enum status staff_may(struct work *work, struct thing_place place, enum right of_dossier,
                             enum right of_conversation)
{
    enum status st = ERR_NOT_FOUND;
    if (place.pupil.v)
        st = access_check(work, of_dossier, (struct target){.pupil = place.pupil});
    if (st == ERR_NOT_FOUND && place.conversation.v)
        st = access_check(work, of_conversation,
                          (struct target){.conversation = place.conversation});
    return st;
}

/* Which of it a visitor sees, sharing/ says. An external stands in one conversation, and in that alone. */
static enum status visitor_may(struct work *work, struct thing_place place)
{
    const struct actor *actor = work->actor;
    if (place.conversation.v != THING_OF_NO_TALK.v)
        return access_check(work, RIGHT_VISIT_CONVERSATION,
                            (struct target){.conversation = place.conversation});
    bool own_child = actor->kind == ACTOR_GUARDIAN && place.pupil.v &&
                     place.pupil.v == actor->about.v;
    return own_child ? access_check_school(work, RIGHT_VISIT) : ERR_NOT_FOUND;
}

enum status thing_may_read(struct work *work, struct thing_place place)
{
    if (actor_is_visitor(work->actor))
        return visitor_may(work, place);
    if (work->actor->kind == ACTOR_PROGRAM) /* `weerklank print` of one conversation */
        return place.conversation.v ? OK : ERR_NOT_FOUND;
    if (work->actor->kind == ACTOR_PUPIL)
        return pupil_may(work, place);
    return staff_may(work, place, RIGHT_PUPIL_READ, RIGHT_CONVERSATION_READ);
}

enum status thing_may_write(struct work *work, struct thing_place place)
{
    if (work->actor->kind == ACTOR_PUPIL)
        return pupil_may(work, place);
    return staff_may(work, place, RIGHT_PUPIL_WRITE, RIGHT_CONVERSATION_WRITE);
}

enum status thing_dossier(struct work *work, struct thing_place place,
                          struct dossier_id *ret_dossier)
{
    if (!place.conversation.v) {
        if (!place.pupil.v)
            return ERR_INVALID;
        *ret_dossier = (struct dossier_id){place.pupil.v};
        return OK;
    }
    struct sql_thing_conversation row;
    enum status st =
        sql_thing_conversation(work->db, work->arena, work_school(work), place.conversation, &row);
    if (st != OK)
        return st;
    bool fits = place.pupil.v ? row.pupil.v == place.pupil.v : row.teaching_group.v != 0;
    if (!fits)
        return ERR_INVALID;
    *ret_dossier = row.dossier;
    return OK;
}

bool thing_may_speak(const struct actor *actor, enum voice voice)
{
    if (voice < VOICE_PUPIL || voice > VOICE_TOGETHER)
        return false;
    return actor->kind != ACTOR_PUPIL || voice == VOICE_PUPIL || voice == VOICE_TOGETHER;
}

bool thing_may_change(const struct actor *actor, enum voice voice, int author_kind, int64_t author)
{
    if (actor->kind == ACTOR_PUPIL && author_kind != ACTOR_PUPIL)
        return voice == VOICE_PUPIL || voice == VOICE_TOGETHER;
    if (author_kind == ACTOR_PUPIL || author_kind == ACTOR_GUARDIAN)
        return author_kind == (int)actor->kind && author == actor_person(actor);
    return true;
}

/* --- input
 * ---------------------------------------------------------------------------------------- */

bool thing_texts_fit(const struct answer_part *parts, size_t count, size_t most)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].text && utf8_chars(parts[i].text) > most)
            return false;
    return true;
}

bool thing_day_ahead(const struct work *work, struct date day)
{
    if (!date_is_set(day))
        return true;
    return date_valid(day) && date_compare(day, work->today) >= 0 &&
           day.year <= work->today.year + YEARS_AHEAD;
}

/* --- sealing
 * -------------------------------------------------------------------------------------- */

enum status thing_pack(struct work *work, const struct answer_part *parts, size_t count,
                       struct bytes *ret_bytes)
{
    struct answer_part *said = ARENA_ARRAY(work->arena, struct answer_part, count);
    if (!said)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        said[i] = (struct answer_part){parts[i].name, parts[i].text ? parts[i].text : ""};
    const struct answer_value value = {said, count};
    return answer_pack(&value, work->arena, ret_bytes);
}

bool thing_same(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static struct vault_place place_of(const struct work *work, const char *column, int64_t id)
{
    return (struct vault_place){column, work_school(work).v, id};
}

enum status thing_seal(struct work *work, const struct vault_key *key, const char *column,
                       int64_t id, int version, struct bytes packed, struct sealed *ret_sealed)
{
    const char *label = arena_printf(work->arena, "%d\n", version);
    size_t label_len = strlen(label);
    uint8_t *text = arena_alloc(work->arena, label_len + packed.len);
    if (!text || arena_failed(work->arena))
        return ERR_NOMEM;
    memcpy(text, label, label_len);
    if (packed.len)
        memcpy(text + label_len, packed.data, packed.len);
    return vault_seal(key, work->random, work->arena, place_of(work, column, id), text,
                      label_len + packed.len, ret_sealed);
}

enum status thing_open(struct work *work, const struct vault_key *key, const char *column,
                       int64_t id, int version, struct sealed sealed, struct bytes *ret_packed)
{
    struct bytes text;
    enum status st = vault_open_bytes(key, work->arena, place_of(work, column, id), sealed, &text);
    if (st != OK)
        return st;
    const char *label = arena_printf(work->arena, "%d\n", version);
    size_t label_len = strlen(label);
    if (arena_failed(work->arena))
        return ERR_NOMEM;
    if (text.len < label_len || memcmp(text.data, label, label_len) != 0)
        return ERR_CORRUPT;
    *ret_packed = (struct bytes){text.data + label_len, text.len - label_len};
    return OK;
}

enum status thing_open_parts(struct work *work, const struct vault_key *key, const char *column,
                             int64_t id, int version, struct sealed sealed,
                             struct answer_value *ret_value)
{
    struct bytes packed;
    enum status st = thing_open(work, key, column, id, version, sealed, &packed);
    return st == OK ? answer_unpack(packed, work->arena, ret_value) : st;
}

enum status thing_key(struct work *work, int64_t slot, struct bytes key_wrapped,
                      struct vault_key *ret_key)
{
    enum status st = dossier_key(work, work_school(work), slot, key_wrapped, ret_key);
    return st == ERR_ERASED ? ERR_NOT_FOUND : st;
}

/* --- celebrating
 * ---------------------------------------------------------------------------------- */

static const char *const party_names[PARTY_COUNT_] = {
    [PARTY_NONE] = "",       [PARTY_CARD] = "card",   [PARTY_TELL] = "tell",
    [PARTY_CLASS] = "class", [PARTY_QUIET] = "quiet",
};

const char *party_name(enum party party)
{
    return (unsigned)party < PARTY_COUNT_ ? party_names[party] : "";
}

enum party party_of(const char *name)
{
    for (int i = PARTY_NONE + 1; i < PARTY_COUNT_; i++)
        if (str_equal(party_names[i], name))
            return (enum party)i;
    return PARTY_NONE;
}

const char *thing_headline(enum thing_kind kind, const struct answer_value *said)
{
    static const char *const parts[THING_KINDS_][4] = {
        [THING_GOAL] = {"soon", NULL},
        [THING_NEED] = {"what", NULL},
        [THING_AGREEMENT] = {"what", NULL},
        [THING_PLAN] = {"soon", "doing", "can", NULL},
    };
    const char *line = "";
    for (size_t i = 0; kind < THING_KINDS_ && !*line && parts[kind][i]; i++)
        line = answer_part(said, parts[kind][i]);
    return line;
}
