/* The parts of a dossier that conversations left. Everything that was written, with every version.
 */
#include <jansson.h>

#include "access/work.h"
#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/export_talk_sql.h"
#include "i18n/tr.h"
#include "method/store.h"
#include "operate/dossier_parts.h"
#include "operate/json_text.h"

const char *const dossier_voices[6] = {"", "pupil", "teacher", "guardian", "other", "together"};

#define WORD(table, n) ((n) >= 0 && (size_t)(n) < ARRAY_LEN(table) ? (table)[n] : "")

enum status dossier_done(enum status st, json_t *value, json_t **ret_value)
{
    if (st == OK && !value)
        st = ERR_NOMEM;
    if (st == OK)
        *ret_value = value;
    else
        json_decref(value);
    return st;
}

enum status dossier_append(json_t *array, json_t *value)
{
    return json_array_append_new(array, value) == 0 ? OK : ERR_NOMEM;
}

json_t *dossier_value(const struct answer_value *value, const char *without)
{
    json_t *object = json_object();
    for (size_t i = 0; i < value->count; i++) {
        const char *name = *value->parts[i].name ? value->parts[i].name : "text";
        if (!without || !str_equal(name, without))
            (void)json_object_set_new(object, name, json_string(value->parts[i].text));
    }
    return object;
}

/* --- conversations ---------------------------------------------------------------------------- */

/* What is for its author's own eyes (a teacher's own listening) comes in no export. */
static bool is_private(const struct method *method, const char *question)
{
    const struct question *asked = method ? method_question(method, question) : NULL;
    const struct answer_kind *kind = asked ? answer_kind(asked->kind) : NULL;
    return kind && kind->is_private;
}

/* As it reads on a page; "" for what has no words. */
static const char *as_text(const struct writer *w, const struct question *asked,
                           const struct answer_value *value)
{
    const struct answer_kind *kind = answer_kind(asked ? asked->kind : "summary");
    const char *text =
        kind && kind->text ? kind->text(asked, value, tr_code(w->tr), w->tr, w->work->arena) : "";
    return str_trim(w->work->arena, text);
}

static enum status answer_texts(struct writer *w, const struct answer_seal *seal,
                                const struct answer *answer, const struct question *asked,
                                json_t **ret)
{
    struct answer_version *versions = NULL;
    size_t count = 0;
    json_t *array = json_array();
    enum status st = answer_history(w->work, seal, &answer->key, &versions, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = dossier_append(
            array,
            json_pack("{s:i, s:b, s:s, s:o, s:o, s:o}", "version", versions[i].version, "stood",
                      versions[i].stood, "text", as_text(w, asked, &versions[i].value), "by",
                      dossier_author(w, versions[i].author_kind, versions[i].author), "at",
                      json_at(w->work->arena, versions[i].made_at), "parts",
                      dossier_value(&versions[i].value, NULL)));
    return dossier_done(st, array, ret);
}

static enum status answers_of(struct writer *w, struct conversation_id conversation,
                              const struct method *method, json_t **ret)
{
    const struct answer_seal seal = {.dossier = w->dossier.v, .key = w->key};
    struct answer *answers = NULL;
    size_t count = 0;
    json_t *array = json_array();
    enum status st = answer_of_dossier(w->work, &seal, conversation, &answers, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        json_t *texts = NULL;
        if (is_private(method, answers[i].key.question))
            continue;
        const struct question *asked = method_question(method, answers[i].key.question);
        st = answer_texts(w, &seal, &answers[i], asked, &texts);
        if (st == OK)
            st = dossier_append(
                array,
                json_pack("{s:s, s:s, s:s, s:o, s:o}", "question", answers[i].key.question, "asked",
                          asked ? question_words(asked, BAND_ADULT, tr_code(w->tr)) : "", "voice",
                          WORD(dossier_voices, (int)answers[i].key.voice), "person",
                          json_id(answers[i].key.person), "versions", texts));
    }
    return dossier_done(st, array, ret);
}

static enum status open_line(struct writer *w, const char *column, struct conversation_id id,
                             struct sealed sealed, const char **ret_text)
{
    const struct vault_place place = {column, work_school(w->work).v, id.v};
    return vault_open(&w->key, w->work->arena, place, sealed, ret_text);
}

static enum status moments_of(struct writer *w, struct conversation_id id,
                              const struct sql_export_moments *rows, size_t count, json_t **ret)
{
    json_t *array = json_array();
    enum status st = OK;
    for (size_t i = 0; st == OK && i < count; i++) {
        const char *reason = "";
        if (rows[i].conversation.v != id.v)
            continue;
        st = open_line(w, "conversation_moment.reason", id, rows[i].reason_sealed, &reason);
        if (st == OK)
            st = dossier_append(
                array, json_pack("{s:o, s:i, s:o, s:s}", "planned_on", json_day(rows[i].planned_on),
                                 "minute", rows[i].planned_minute, "at",
                                 json_at(w->work->arena, rows[i].made_at), "reason", reason));
    }
    return dossier_done(st, array, ret);
}

static enum status people_of(struct writer *w, struct conversation_id id,
                             const struct sql_export_people *rows, size_t count, json_t **ret)
{
    static const char *const kinds[] = {"", "staff", "pupil", "guardian", "external"};
    json_t *array = json_array();
    enum status st = OK;
    for (size_t i = 0; st == OK && i < count; i++) {
        const char *name = "", *address = "";
        if (rows[i].conversation.v != id.v)
            continue;
        st = open_line(w, "conversation_person.name", id, rows[i].name_sealed, &name);
        if (st == OK)
            st = open_line(w, "conversation_person.address", id, rows[i].address_sealed, &address);
        if (st == OK)
            st = dossier_append(
                array, json_pack("{s:s, s:o, s:s, s:s, s:o}", "kind", WORD(kinds, rows[i].kind),
                                 "id", json_id(rows[i].person), "name", name, "email", address,
                                 "prepared_at",
                                 json_at(w->work->arena, rows[i].prepared_at)));
    }
    return dossier_done(st, array, ret);
}

static enum status details_of(struct writer *w, const struct sql_export_conversations *row,
                              json_t **ret)
{
    const struct vault_place place = {"conversation.details", work_school(w->work).v, row->id.v};
    struct bytes packed;
    struct answer_value value;
    enum status st = vault_open_bytes(&w->key, w->work->arena, place, row->details_sealed, &packed);
    if (st == OK)
        st = answer_unpack(packed, w->work->arena, &value);
    return st == OK ? dossier_done(OK, dossier_value(&value, NULL), ret) : st;
}

static const char *const talk_states[] = {"",          "planned", "invited",   "prepared",
                                          "under_way", "closed",  "evaluated", "cancelled"};

static enum status add_conversation(struct writer *w, const struct sql_export_conversations *row,
                                    json_t *moments, json_t *people, json_t *array)
{
    struct arena *arena = w->work->arena;
    const struct method *method = NULL;
    json_t *details = NULL, *answers = NULL;
    enum status st = method_by_version(w->work, row->method_version, &method);
    if (st == OK)
        st = details_of(w, row, &details);
    if (st == OK)
        st = answers_of(w, row->id, method, &answers);
    if (st != OK) {
        json_decref(details);
        json_decref(moments);
        json_decref(people);
        return st;
    }
    return dossier_append(
        array,
        json_pack(
            "{s:o, s:s, s:s, s:I, s:o, s:s, s:b, s:o, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
            "id", json_id(row->id.v), "title", method_say(&method->title, tr_code(w->tr)), "method",
            row->method_key, "method_version", (json_int_t)row->method_version_number, "leader",
            dossier_author(w, ACTOR_STAFF, row->leader.v), "state", WORD(talk_states, row->state),
            "informal", row->is_informal, "planned_on", json_day(row->planned_on), "minute",
            row->planned_minute, "held_on", json_day(row->held_on), "look_on",
            json_day(row->look_on), "made_at", json_at(arena, row->made_at), "closed_at",
            json_at(arena, row->closed_at), "details", details, "moments", moments, "people",
            people, "answers", answers));
}

/* Of a group: what this pupil said in it. What the others said, and all together, is not this
 * pupil's. */
static enum status add_group_conversation(struct writer *w,
                                          const struct sql_export_group_conversations *row,
                                          json_t *array)
{
    struct arena *arena = w->work->arena;
    const struct method *method = NULL;
    json_t *answers = NULL;
    enum status st = method_by_version(w->work, row->method_version, &method);
    if (st == OK)
        st = answers_of(w, row->id, method, &answers);
    if (st != OK)
        return st;
    return dossier_append(
        array,
        json_pack("{s:o, s:s, s:I, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "id",
                  json_id(row->id.v), "method", row->method_key, "method_version",
                  (json_int_t)row->method_version_number, "group", json_id(row->teaching_group.v),
                  "leader", dossier_author(w, ACTOR_STAFF, row->leader.v), "state",
                  WORD(talk_states, row->state), "held_on", json_day(row->held_on), "prepared_at",
                  json_at(arena, row->prepared_at), "made_at", json_at(arena, row->made_at),
                  "closed_at", json_at(arena, row->closed_at), "answers", answers));
}

static enum status add_group_conversations(struct writer *w, json_t *array)
{
    struct work *work = w->work;
    struct sql_export_group_conversations *rows = NULL;
    size_t count = 0;
    enum status st = sql_export_group_conversations(work->db, work->arena, work_school(work),
                                                    w->pupil.v, &rows, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        st = add_group_conversation(w, &rows[i], array);
    return st;
}

/* Conversations with where they stood before, and who took part. */
struct talks {
    struct sql_export_conversations *rows;
    struct sql_export_moments *moments;
    struct sql_export_people *people;
    size_t count, moment_count, people_count;
};

static enum status read_talks(struct writer *w, struct talks *t)
{
    struct work *work = w->work;
    const struct school_id school = work_school(work);
    enum status st =
        sql_export_conversations(work->db, work->arena, school, w->pupil, &t->rows, &t->count);
    if (st == OK)
        st = sql_export_moments(work->db, work->arena, school, w->pupil, &t->moments,
                                &t->moment_count);
    if (st == OK)
        st = sql_export_people(work->db, work->arena, school, w->pupil, &t->people,
                               &t->people_count);
    return st;
}

static enum status read_talks_of_group(struct writer *w, struct talks *t)
{
    struct work *work = w->work;
    const struct school_id school = work_school(work);
    enum status st = sql_export_conversations_of_group(work->db, work->arena, school, w->group,
                                                       &t->rows, &t->count);
    if (st == OK)
        st = sql_export_moments_of_group(work->db, work->arena, school, w->group, &t->moments,
                                         &t->moment_count);
    if (st == OK)
        st = sql_export_people_of_group(work->db, work->arena, school, w->group, &t->people,
                                        &t->people_count);
    return st;
}

enum status dossier_conversations(struct writer *w, json_t **ret_value)
{
    struct talks t = {0};
    enum status st = w->pupil.v ? read_talks(w, &t) : read_talks_of_group(w, &t);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < t.count; i++) {
        json_t *when = NULL, *who = NULL;
        st = moments_of(w, t.rows[i].id, t.moments, t.moment_count, &when);
        if (st == OK)
            st = people_of(w, t.rows[i].id, t.people, t.people_count, &who);
        if (st == OK)
            st = add_conversation(w, &t.rows[i], when, who, array);
        else
            json_decref(when);
    }
    if (st == OK && w->pupil.v)
        st = add_group_conversations(w, array);
    return dossier_done(st, array, ret_value);
}

/* --- attachments ------------------------------------------------------------------------------ */

enum status dossier_attachments(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct sql_export_attachments *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_export_attachments(work->db, work->arena, work_school(work), w->dossier, &rows, &count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct vault_place body = {"attachment.body", work_school(work).v, rows[i].id.v};
        const struct vault_place label = {"attachment.name", work_school(work).v, rows[i].id.v};
        const char *name = "";
        struct bytes bytes;
        st = vault_open_bytes(&w->key, work->arena, body, rows[i].body_sealed, &bytes);
        if (st == OK)
            st = vault_open(&w->key, work->arena, label, rows[i].name_sealed, &name);
        if (st == OK)
            st = dossier_append(
                array, json_pack("{s:o, s:o, s:s, s:s, s:o, s:o, s:o}", "id", json_id(rows[i].id.v),
                                 "conversation", json_id(rows[i].conversation.v), "type",
                                 rows[i].content_type, "name", name, "by",
                                 dossier_author(w, rows[i].made_by_kind, rows[i].made_by), "at",
                                 json_at(work->arena, rows[i].made_at), "base64",
                                 json_base64(work->arena, bytes)));
    }
    return dossier_done(st, array, ret_value);
}
