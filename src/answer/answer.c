#include "answer/answer.h"

#include <assert.h>

#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/answer_sql.h"
#include "person/dossier.h"

#define BODY "answer.body"
#define VERSION_BODY "answer_version.body"

/* --- sealing -------------------------------------------------------------------------------------
 */

/*
 * A seal names column, school and conversation. The rest of the key stands in front of the value,
 * inside the seal, and is compared when it is opened: a text moved to another question, voice,
 * person or version does not open either.
 */
static const char *label_of(struct arena *arena, const struct answer_key *key, int version)
{
    return arena_printf(arena, "%s/%d/%s/%d\n", key->question, (int)key->voice,
                        id_text(key->person).s, version);
}

enum status answer_seal_for(struct work *work, const struct answer_seal *seal, enum voice voice,
                            int64_t person, struct answer_seal *ret)
{
    assert(work && seal && ret);

    struct answer_seal own = {.dossier = person, .pupil = {person}};
    if (voice != VOICE_PUPIL || !person || seal->pupil.v || person == seal->dossier) {
        *ret = *seal;
        return OK;
    }
    enum status st = dossier_open(work, person, &own.key);
    if (st == OK)
        *ret = own;
    return st == ERR_ERASED ? ERR_NOT_FOUND : st;
}

/* The seal of a row that was read with its dossier: no statement. */
static enum status seal_of_row(struct work *work, const struct answer_seal *seal, int64_t dossier,
                               int64_t slot, struct bytes key_wrapped, struct answer_seal *ret)
{
    struct answer_seal other = {.dossier = dossier};
    if (dossier == seal->dossier) {
        *ret = *seal;
        return OK;
    }
    enum status st = dossier_key(work, work_school(work), slot, key_wrapped, &other.key);
    if (st == OK)
        *ret = other;
    return st;
}

static struct vault_place place_of(const struct work *work, const struct answer_key *key,
                                   const char *column)
{
    return (struct vault_place){column, work_school(work).v, key->conversation.v};
}

static enum status seal_value(struct work *work, const struct answer_seal *seal,
                              const struct answer_key *key, const char *column, int version,
                              struct bytes value, struct sealed *ret_sealed)
{
    const char *label = label_of(work->arena, key, version);
    size_t label_len = strlen(label);
    uint8_t *text = arena_alloc(work->arena, label_len + value.len);
    if (!text || arena_failed(work->arena))
        return ERR_NOMEM;
    memcpy(text, label, label_len);
    memcpy(text + label_len, value.data, value.len);
    return vault_seal(&seal->key, work->random, work->arena, place_of(work, key, column), text,
                      label_len + value.len, ret_sealed);
}

static enum status open_bytes(struct work *work, const struct answer_seal *seal,
                              const struct answer_key *key, const char *column, int version,
                              struct sealed sealed, struct bytes *ret_bytes)
{
    struct bytes text;
    enum status st =
        vault_open_bytes(&seal->key, work->arena, place_of(work, key, column), sealed, &text);
    if (st != OK)
        return st;
    const char *label = label_of(work->arena, key, version);
    size_t label_len = strlen(label);
    if (arena_failed(work->arena))
        return ERR_NOMEM;
    if (text.len < label_len || memcmp(text.data, label, label_len) != 0)
        return ERR_CORRUPT;
    *ret_bytes = (struct bytes){text.data + label_len, text.len - label_len};
    return OK;
}

static enum status open_value(struct work *work, const struct answer_seal *seal,
                              const struct answer_key *key, const char *column, int version,
                              struct sealed sealed, struct answer_value *ret_value)
{
    struct bytes bytes;
    enum status st = open_bytes(work, seal, key, column, version, sealed, &bytes);
    return st == OK ? answer_unpack(bytes, work->arena, ret_value) : st;
}

/* --- saving --------------------------------------------------------------------------------------
 */

/* One save under way. */
struct save {
    struct work *work;
    const struct answer_seal *seal;
    const struct answer_key *key;
    struct bytes value; /* packed */
    int author_kind;
    int64_t author;
};

static bool key_valid(const struct answer_key *key)
{
    size_t len = strlen(key->question);
    return key->conversation.v && len >= 1 && len <= ANSWER_QUESTION_MAX &&
           key->voice >= VOICE_PUPIL && key->voice <= VOICE_TOGETHER && key->person >= 0;
}

/* A child and a parent speak for themselves only; staff also writes down what others say. */
static bool may_speak(const struct actor *actor, enum voice voice)
{
    if (actor->kind == ACTOR_PUPIL)
        return voice == VOICE_PUPIL || voice == VOICE_TOGETHER;
    if (actor->kind == ACTOR_EXTERNAL)
        return voice == VOICE_OTHER || voice == VOICE_TOGETHER;
    return actor->kind != ACTOR_GUARDIAN || voice == VOICE_GUARDIAN || voice == VOICE_TOGETHER;
}

/* What somebody wrote in their own place, nobody else changes. */
static bool may_change(const struct save *save, const struct sql_answer_row *row)
{
    bool own_place = row->author_kind == ACTOR_PUPIL || row->author_kind == ACTOR_GUARDIAN ||
                     row->author_kind == ACTOR_EXTERNAL;
    return !own_place || (row->author_kind == save->author_kind && row->author == save->author);
}

static enum status keep_version(const struct save *save, int version, bool stood)
{
    struct work *work = save->work;
    const struct answer_key *key = save->key;
    struct sealed sealed;
    enum status st = seal_value(work, save->seal, key, VERSION_BODY, version, save->value, &sealed);
    if (st == OK)
        st = sql_answer_version_insert(work->db, work_school(work), key->conversation,
                                       key->question, (int32_t)key->voice, key->person, version,
                                       stood, (struct dossier_id){save->seal->dossier},
                                       save->author_kind, save->author, sealed, work->now_ms, NULL);
    return st == OK
               ? audit_change(work, AUDIT_ANSWER_SAVED, save->seal->pupil.v, key->conversation.v)
               : st;
}

static enum status write_first(const struct save *save, int *ret_version)
{
    struct work *work = save->work;
    const struct answer_key *key = save->key;
    struct sealed sealed;
    enum status st = seal_value(work, save->seal, key, BODY, 1, save->value, &sealed);
    if (st == OK)
        st = sql_answer_insert(work->db, work_school(work), key->conversation, key->question,
                               (int32_t)key->voice, key->person,
                               (struct dossier_id){save->seal->dossier}, save->author_kind,
                               save->author, sealed, work->now_ms, NULL);
    if (st == OK)
        st = keep_version(save, 1, true);
    if (st == OK)
        *ret_version = 1;
    return st;
}

static enum status write_next(const struct save *save, const struct sql_answer_row *row,
                              int *ret_version)
{
    struct work *work = save->work;
    const struct answer_key *key = save->key;
    int next = (int)row->last_version + 1;
    size_t changed = 0;
    struct sealed sealed;
    enum status st = seal_value(work, save->seal, key, BODY, next, save->value, &sealed);
    if (st == OK)
        st = sql_answer_update(work->db, work_school(work), key->conversation, key->question,
                               (int32_t)key->voice, key->person, row->version, next,
                               save->author_kind, save->author, sealed, work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_CONFLICT;
    if (st == OK)
        st = keep_version(save, next, true);
    if (st == OK)
        *ret_version = next;
    return st;
}

static bool same_bytes(struct bytes a, struct bytes b)
{
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

/* Under which number this losing text of this writer is kept already; 0 when it is not. */
static enum status find_kept(const struct save *save, int *ret_version)
{
    struct work *work = save->work;
    const struct answer_key *key = save->key;
    struct sql_answer_version_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_answer_version_rows(work->db, work->arena, work_school(work), key->conversation,
                                key->question, (int32_t)key->voice, key->person, &rows, &count);
    int found = 0;
    for (size_t i = count; st == OK && !found && i-- > 0;) {
        if (rows[i].stood || rows[i].author_kind != save->author_kind ||
            rows[i].author != save->author)
            continue;
        struct bytes kept;
        st = open_bytes(work, save->seal, key, VERSION_BODY, rows[i].version, rows[i].body_sealed,
                        &kept);
        if (st == OK && same_bytes(kept, save->value))
            found = rows[i].version;
    }
    if (st == OK)
        *ret_version = found;
    return st;
}

/* A form that asks again and again keeps its losing text once. */
static enum status keep_loser(const struct save *save, const struct sql_answer_row *row,
                              int *ret_version)
{
    int kept = 0;
    enum status st = find_kept(save, &kept);
    if (st == OK && !kept) {
        kept = (int)row->last_version + 1;
        st = keep_version(save, kept, false);
    }
    if (st == OK)
        *ret_version = kept;
    return st == OK ? ERR_CONFLICT : st;
}

static enum status save_over(const struct save *save, const struct sql_answer_row *row,
                             int base_version, int *ret_version, struct answer *ret_now)
{
    struct work *work = save->work;
    struct bytes standing;
    enum status st =
        open_bytes(work, save->seal, save->key, BODY, row->version, row->body_sealed, &standing);
    if (st != OK)
        return st;
    bool settles = base_version == row->version && row->last_version > row->version &&
                   may_change(save, row); /* of two texts, the writer says: this one */
    if (same_bytes(standing, save->value) && !settles) {
        *ret_version = row->version;
        return OK;
    }
    if (!may_change(save, row))
        return ERR_FORBIDDEN;
    if (base_version == row->version)
        return write_next(save, row, ret_version);

    struct answer now = {.key = *save->key,
                         .version = row->version,
                         .author_kind = row->author_kind,
                         .author = row->author,
                         .made_at = row->made_at,
                         .changed_at = row->changed_at};
    st = answer_unpack(standing, work->arena, &now.value);
    if (st == OK)
        st = keep_loser(save, row, ret_version);
    if (st == ERR_CONFLICT && *ret_version)
        *ret_now = now;
    return st;
}

static enum status save_as(const struct save *save, int base_version, int *ret_version,
                           struct answer *ret_now)
{
    struct work *work = save->work;
    const struct answer_key *key = save->key;
    struct sql_answer_row row;
    enum status st = sql_answer_row(work->db, work->arena, work_school(work), key->conversation,
                                    key->question, (int32_t)key->voice, key->person, &row);
    if (st == ERR_NOT_FOUND)
        return base_version == 0 ? write_first(save, ret_version) : ERR_NOT_FOUND;
    return st == OK ? save_over(save, &row, base_version, ret_version, ret_now) : st;
}

enum status answer_save(struct work *work, const struct answer_seal *seal,
                        const struct answer_key *key, int base_version,
                        const struct answer_value *value, int *ret_version, struct answer *ret_now)
{
    assert(work && seal && key && value && ret_version && ret_now);

    *ret_version = 0;
    if (!key_valid(key))
        return ERR_INVALID;
    if (!may_speak(work->actor, key->voice))
        return ERR_FORBIDDEN;
    struct answer_seal own;
    struct save save = {.work = work,
                        .seal = &own,
                        .key = key,
                        .author_kind = (int)work->actor->kind,
                        .author = actor_person(work->actor)};
    enum status st = answer_pack(value, work->arena, &save.value);
    if (st == OK)
        st = answer_seal_for(work, seal, key->voice, key->person, &own);
    if (st != OK)
        return st;
    st = save_as(&save, base_version, ret_version, ret_now);
    vault_key_wipe(&own.key);
    return st;
}

/* --- reading -------------------------------------------------------------------------------------
 */

enum status answer_take_over(struct work *work, const struct answer_seal *seal,
                             const struct answer *from, struct conversation_id into)
{
    assert(work && seal && from && into.v);

    struct answer_key key = from->key;
    struct answer_seal own;
    struct bytes packed;
    struct sql_answer_row row;
    int version = 0;
    key.conversation = into;
    enum status st = answer_pack(&from->value, work->arena, &packed);
    if (st == OK)
        st = sql_answer_row(work->db, work->arena, work_school(work), into, key.question,
                            (int32_t)key.voice, key.person, &row);
    if (st != ERR_NOT_FOUND)
        return st == OK ? ERR_CONFLICT : st;
    st = answer_seal_for(work, seal, key.voice, key.person, &own);
    if (st != OK)
        return st;
    const struct save save = {.work = work,
                              .seal = &own,
                              .key = &key,
                              .value = packed,
                              .author_kind = from->author_kind,
                              .author = from->author};
    st = write_first(&save, &version);
    vault_key_wipe(&own.key);
    return st;
}

static enum status open_row(struct work *work, const struct answer_seal *seal,
                            struct conversation_id conversation, const char *column,
                            const struct sql_answer_rows *row, struct answer *ret)
{
    struct answer_seal own;
    struct answer answer = {.key = {.conversation = conversation,
                                    .question = row->question,
                                    .voice = (enum voice)row->voice,
                                    .person = row->person},
                            .version = row->version,
                            .author_kind = row->author_kind,
                            .author = row->author,
                            .made_at = row->made_at,
                            .changed_at = row->changed_at};
    enum status st = seal_of_row(work, seal, row->dossier.v, row->slot, row->key_wrapped, &own);
    if (st != OK)
        return st;
    st = open_value(work, &own, &answer.key, column, row->version, row->body_sealed, &answer.value);
    vault_key_wipe(&own.key);
    if (st == OK)
        *ret = answer;
    return st;
}

/* `column`: BODY, or VERSION_BODY of rows out of answer_version. */
static enum status open_rows(struct work *work, const struct answer_seal *seal,
                             struct conversation_id conversation, const char *column,
                             const struct sql_answer_rows *rows, size_t count, struct answer **ret,
                             size_t *ret_count)
{
    struct answer *answers = ARENA_ARRAY(work->arena, struct answer, count);
    size_t kept = 0;
    if (!answers)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        enum status st = open_row(work, seal, conversation, column, &rows[i], &answers[kept]);
        if (st != OK && st != ERR_ERASED)
            return st;
        kept += st == OK;
    }
    *ret = answers;
    *ret_count = kept;
    return OK;
}

enum status answer_open(struct work *work, const struct vault_key *key,
                        const struct answer_key *place, int version, struct sealed sealed,
                        struct answer_value *ret_value)
{
    struct answer_seal seal = {.key = *key};
    enum status st = open_value(work, &seal, place, BODY, version, sealed, ret_value);
    vault_key_wipe(&seal.key);
    return st;
}

enum status answer_all(struct work *work, const struct answer_seal *seal,
                       struct conversation_id conversation, struct answer **ret, size_t *ret_count)
{
    assert(work && seal && ret && ret_count);

    struct sql_answer_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_answer_rows(work->db, work->arena, work_school(work), conversation, &rows, &count);
    return st == OK ? open_rows(work, seal, conversation, BODY, rows, count, ret, ret_count) : st;
}

enum status answer_of_question(struct work *work, const struct answer_seal *seal,
                               struct conversation_id conversation, const char *question,
                               struct answer **ret, size_t *ret_count)
{
    assert(work && seal && question && ret && ret_count);

    struct sql_answer_rows *rows = NULL;
    size_t count = 0;
    enum status st = sql_answer_rows_of_question(work->db, work->arena, work_school(work),
                                                 conversation, question, &rows, &count);
    return st == OK ? open_rows(work, seal, conversation, BODY, rows, count, ret, ret_count) : st;
}

enum status answer_of_dossier(struct work *work, const struct answer_seal *seal,
                              struct conversation_id conversation, struct answer **ret,
                              size_t *ret_count)
{
    assert(work && seal && ret && ret_count);

    struct sql_answer_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_answer_rows_of_dossier(work->db, work->arena, work_school(work), conversation,
                                   (struct dossier_id){seal->dossier}, &rows, &count);
    return st == OK ? open_rows(work, seal, conversation, BODY, rows, count, ret, ret_count) : st;
}

enum status answer_speakers(struct work *work, struct conversation_id conversation,
                            struct answer_speaker **ret, size_t *ret_count)
{
    struct sql_answer_speaker_rows *rows = NULL;
    size_t count = 0;
    enum status st = sql_answer_speaker_rows(work->db, work->arena, work_school(work), conversation,
                                             &rows, &count);
    if (st != OK)
        return st;
    struct answer_speaker *list = ARENA_ARRAY(work->arena, struct answer_speaker, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct answer_speaker){rows[i].person, rows[i].author_kind, rows[i].author};
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status answer_beside(struct work *work, const struct answer_seal *seal,
                          struct conversation_id conversation, struct answer **ret,
                          size_t *ret_count)
{
    assert(work && seal && ret && ret_count);

    struct sql_answer_rows *rows = NULL;
    size_t count = 0;
    enum status st = sql_answer_beside_rows(work->db, work->arena, work_school(work), conversation,
                                            &rows, &count);
    return st == OK ? open_rows(work, seal, conversation, VERSION_BODY, rows, count, ret, ret_count)
                    : st;
}

const struct answer *answer_in(const struct answer *answers, size_t count, const char *question,
                               enum voice voice, int64_t person)
{
    for (size_t i = 0; i < count; i++) {
        const struct answer_key *key = &answers[i].key;
        if (key->voice == voice && key->person == person && str_equal(key->question, question))
            return &answers[i];
    }
    return NULL;
}

enum status answer_history(struct work *work, const struct answer_seal *seal,
                           const struct answer_key *key, struct answer_version **ret,
                           size_t *ret_count)
{
    assert(work && seal && key && ret && ret_count);

    struct sql_answer_version_rows *rows = NULL;
    struct answer_seal own;
    size_t count = 0;
    enum status st = answer_seal_for(work, seal, key->voice, key->person, &own);
    if (st == OK)
        st =
            sql_answer_version_rows(work->db, work->arena, work_school(work), key->conversation,
                                    key->question, (int32_t)key->voice, key->person, &rows, &count);
    if (st != OK)
        return st;
    struct answer_version *versions = ARENA_ARRAY(work->arena, struct answer_version, count);
    if (!versions)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        versions[i] = (struct answer_version){.version = rows[i].version,
                                              .stood = rows[i].stood != 0,
                                              .author_kind = rows[i].author_kind,
                                              .author = rows[i].author,
                                              .made_at = rows[i].made_at};
        st = open_value(work, &own, key, VERSION_BODY, rows[i].version, rows[i].body_sealed,
                        &versions[i].value);
    }
    vault_key_wipe(&own.key);
    if (st != OK)
        return st;
    *ret = versions;
    *ret_count = count;
    return OK;
}
