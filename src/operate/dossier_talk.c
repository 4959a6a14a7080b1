/* The parts of a dossier that conversations left. Everything that was written, with every version.
 */
#include <jansson.h>

#include "access/work.h"
#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/export_talk_sql.h"
#include "i18n/tr.h"
#include "goal/need.h"
#include "goal/thing.h"
#include "method/store.h"
#include "operate/dossier_parts.h"
#include "operate/json_text.h"

const char *const dossier_voices[6] = {"", "pupil", "teacher", "guardian", "other", "together"};
static const char *const goal_states[] = {"", "open", "reached", "let_go"};
static const char *const need_states[] = {"", "open", "over"};
static const char *const agreement_states[] = {"", "open", "kept", "changed", "dropped"};
static const char *const plan_states[] = {"", "open", "evaluated"};

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

/* --- versions of things
 * --------------------------------------------------------------------------- */

/* What is left out of an access request: the teacher's own part of a plan. */
static const char *kept_back(const struct writer *w, const char *column)
{
    bool own_part = str_equal(column, "child_plan_version.body") && w->scope == DOSSIER_FOR_PERSON;
    return own_part ? "lesson" : NULL;
}

static enum status versions_of(struct writer *w, const char *column, int64_t thing,
                               const struct sql_export_goal_versions *rows, size_t count,
                               const char *const *states, size_t state_count, json_t **ret)
{
    json_t *array = json_array();
    enum status st = OK;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct answer_value value;
        if (rows[i].thing != thing)
            continue;
        st = thing_open_parts(w->work, &w->key, column, thing, rows[i].version, rows[i].body_sealed,
                              &value);
        if (st == OK)
            st = dossier_append(array,
                        json_pack("{s:i, s:s, s:o, s:o, s:o}", "version", rows[i].version, "state",
                                  (size_t)rows[i].state < state_count ? states[rows[i].state] : "",
                                  "by", dossier_author(w, rows[i].author_kind, rows[i].author),
                                  "at", json_at(w->work->arena, rows[i].made_at), "parts",
                                  dossier_value(&value, kept_back(w, column))));
    }
    return dossier_done(st, array, ret);
}

/* --- goals
 * ---------------------------------------------------------------------------------------- */

static enum status goal_steps_of(struct writer *w, struct goal_id goal,
                                 const struct sql_export_goal_steps *rows, size_t count,
                                 json_t **ret)
{
    static const char *const kinds[] = {"", "step", "progress", "evidence"};
    json_t *array = json_array();
    enum status st = OK;
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct sql_export_goal_steps *row = &rows[i];
        struct answer_value value;
        if (row->goal.v != goal.v)
            continue;
        st = thing_open_parts(w->work, &w->key, "goal_step.body", row->id.v, 1, row->body_sealed,
                              &value);
        if (st == OK)
            st = dossier_append(array, json_pack("{s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:s}", "kind",
                                         WORD(kinds, row->kind), "place", row->place, "due_on",
                                         json_day(row->due_on), "done_on", json_day(row->done_on),
                                         "attachment", json_id(row->attachment.v), "by",
                                         dossier_author(w, row->author_kind, row->author), "at",
                                         json_at(w->work->arena, row->made_at), "text",
                                         answer_part(&value, "")));
    }
    return dossier_done(st, array, ret);
}

enum status dossier_goals(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct sql_export_goals *rows = NULL;
    struct sql_export_goal_versions *versions = NULL;
    struct sql_export_goal_steps *steps = NULL;
    size_t count = 0, version_count = 0, step_count = 0;
    enum status st =
        sql_export_goals(work->db, work->arena, work_school(work), w->pupil, &rows, &count);
    if (st == OK)
        st = sql_export_goal_versions(work->db, work->arena, work_school(work), w->pupil, &versions,
                                      &version_count);
    if (st == OK)
        st = sql_export_goal_steps(work->db, work->arena, work_school(work), w->pupil, &steps,
                                   &step_count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        json_t *texts = NULL, *on_the_way = NULL;
        st = versions_of(w, "goal_version.body", rows[i].id.v, versions, version_count, goal_states,
                         ARRAY_LEN(goal_states), &texts);
        if (st == OK)
            st = goal_steps_of(w, rows[i].id, steps, step_count, &on_the_way);
        if (st != OK) {
            json_decref(texts);
            break;
        }
        st = dossier_append(array,
                    json_pack("{s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "id",
                              json_id(rows[i].id.v), "conversation",
                              json_id(rows[i].conversation.v), "part_of",
                              json_id(rows[i].part_of.v), "voice", WORD(dossier_voices, rows[i].voice),
                              "state", WORD(goal_states, rows[i].state), "look_on",
                              json_day(rows[i].look_on), "ended_on", json_day(rows[i].ended_on),
                              "celebrated_at", json_at(work->arena, rows[i].celebrated_at), "steps",
                              on_the_way, "versions", texts));
    }
    return dossier_done(st, array, ret_value);
}

/* --- needs
 * ---------------------------------------------------------------------------------------- */

enum status dossier_needs(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct sql_export_needs *rows = NULL;
    struct sql_export_goal_versions *versions = NULL;
    size_t count = 0, version_count = 0;
    enum status st =
        sql_export_needs(work->db, work->arena, work_school(work), w->pupil, &rows, &count);
    if (st == OK)
        st = sql_export_need_versions(work->db, work->arena, work_school(work), w->pupil, &versions,
                                      &version_count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        json_t *texts = NULL;
        st = versions_of(w, "need_version.body", rows[i].id.v, versions, version_count, need_states,
                         ARRAY_LEN(need_states), &texts);
        if (st == OK)
            st = dossier_append(array,
                        json_pack("{s:o, s:o, s:o, s:s, s:s, s:s, s:o, s:o}", "id",
                                  json_id(rows[i].id.v), "conversation",
                                  json_id(rows[i].conversation.v), "goal", json_id(rows[i].goal.v),
                                  "kind", need_kind_name((enum need_kind)rows[i].kind), "voice",
                                  WORD(dossier_voices, rows[i].voice), "state",
                                  WORD(need_states, rows[i].state), "review_on",
                                  json_day(rows[i].review_on), "versions", texts));
    }
    return dossier_done(st, array, ret_value);
}

/* --- agreements
 * ----------------------------------------------------------------------------------- */

static enum status checks_of(struct writer *w, struct agreement_id agreement,
                             const struct sql_export_agreement_checks *rows, size_t count,
                             json_t **ret)
{
    static const char *const outcomes[] = {"", "well", "partly", "not_yet"};
    json_t *array = json_array();
    enum status st = OK;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct answer_value value;
        if (rows[i].agreement.v != agreement.v)
            continue;
        st = thing_open_parts(w->work, &w->key, "agreement_check.body", rows[i].id.v, 1,
                              rows[i].body_sealed, &value);
        if (st == OK)
            st = dossier_append(array, json_pack("{s:s, s:o, s:o, s:s}", "outcome",
                                         WORD(outcomes, rows[i].outcome), "by",
                                         dossier_author(w, rows[i].author_kind, rows[i].author),
                                         "at", json_at(w->work->arena, rows[i].made_at), "text",
                                         answer_part(&value, "")));
    }
    return dossier_done(st, array, ret);
}

enum status dossier_agreements(struct writer *w, json_t **ret_value)
{
    static const char *const who[] = {"", "staff", "pupil", "guardian", "other", "together"};
    struct work *work = w->work;
    const struct dossier_id dossier = {w->pupil.v};
    struct sql_export_agreements *rows = NULL;
    struct sql_export_goal_versions *versions = NULL;
    struct sql_export_agreement_checks *checks = NULL;
    size_t count = 0, version_count = 0, check_count = 0;
    enum status st =
        sql_export_agreements(work->db, work->arena, work_school(work), dossier, &rows, &count);
    if (st == OK)
        st = sql_export_agreement_versions(work->db, work->arena, work_school(work), dossier,
                                           &versions, &version_count);
    if (st == OK)
        st = sql_export_agreement_checks(work->db, work->arena, work_school(work), dossier, &checks,
                                         &check_count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        json_t *texts = NULL, *looks = NULL;
        st = versions_of(w, "agreement_version.body", rows[i].id.v, versions, version_count,
                         agreement_states, ARRAY_LEN(agreement_states), &texts);
        if (st == OK)
            st = checks_of(w, rows[i].id, checks, check_count, &looks);
        if (st != OK) {
            json_decref(texts);
            break;
        }
        st = dossier_append(array, json_pack("{s:o, s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}",
                                     "id", json_id(rows[i].id.v), "conversation",
                                     json_id(rows[i].conversation.v), "goal",
                                     json_id(rows[i].goal.v), "became", json_id(rows[i].became.v),
                                     "who", WORD(who, rows[i].who_kind), "state",
                                     WORD(agreement_states, rows[i].state), "due_on",
                                     json_day(rows[i].due_on), "look_on", json_day(rows[i].look_on),
                                     "ended_on", json_day(rows[i].ended_on), "celebrated_at",
                                     json_at(work->arena, rows[i].celebrated_at), "looks", looks,
                                     "versions", texts));
    }
    return dossier_done(st, array, ret_value);
}

/* --- plans
 * ---------------------------------------------------------------------------------------- */

enum status dossier_plans(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct sql_export_plans *rows = NULL;
    struct sql_export_goal_versions *versions = NULL;
    size_t count = 0, version_count = 0;
    enum status st =
        sql_export_plans(work->db, work->arena, work_school(work), w->pupil, &rows, &count);
    if (st == OK)
        st = sql_export_plan_versions(work->db, work->arena, work_school(work), w->pupil, &versions,
                                      &version_count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        json_t *texts = NULL;
        st = versions_of(w, "child_plan_version.body", rows[i].id.v, versions, version_count,
                         plan_states, ARRAY_LEN(plan_states), &texts);
        if (st == OK)
            st = dossier_append(array,
                        json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o}", "id",
                                  json_id(rows[i].id.v), "conversation",
                                  json_id(rows[i].conversation.v), "goal", json_id(rows[i].goal.v),
                                  "state", WORD(plan_states, rows[i].state), "from_on",
                                  json_day(rows[i].from_on), "look_on", json_day(rows[i].look_on),
                                  "evaluated_on", json_day(rows[i].evaluated_on), "versions",
                                  texts));
    }
    return dossier_done(st, array, ret_value);
}

/* --- conversations
 * -------------------------------------------------------------------------------- */

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
    const char *text = kind && kind->text ? kind->text(asked, value, tr_code(w->tr), w->tr, w->work->arena) : "";
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
        st = dossier_append(array, json_pack("{s:i, s:b, s:s, s:o, s:o, s:o}", "version",
                                     versions[i].version, "stood", versions[i].stood, "text",
                                     as_text(w, asked, &versions[i].value), "by",
                                     dossier_author(w, versions[i].author_kind, versions[i].author),
                                     "at", json_at(w->work->arena, versions[i].made_at), "parts",
                                     dossier_value(&versions[i].value, NULL)));
    return dossier_done(st, array, ret);
}

static enum status answers_of(struct writer *w, struct conversation_id conversation,
                              const struct method *method, json_t **ret)
{
    const struct answer_seal seal = {.dossier = w->pupil.v, .key = w->key};
    struct answer *answers = NULL;
    size_t count = 0;
    json_t *array = json_array();
    enum status st = answer_all(w->work, &seal, conversation, &answers, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        json_t *texts = NULL;
        if (is_private(method, answers[i].key.question))
            continue;
        const struct question *asked = method_question(method, answers[i].key.question);
        st = answer_texts(w, &seal, &answers[i], asked, &texts);
        if (st == OK)
            st = dossier_append(array,
                        json_pack("{s:s, s:s, s:s, s:o, s:o}", "question",
                                  answers[i].key.question, "asked",
                                  asked ? question_words(asked, BAND_ADULT, tr_code(w->tr)) : "",
                                  "voice", WORD(dossier_voices, (int)answers[i].key.voice), "person",
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
        const char *name = "";
        if (rows[i].conversation.v != id.v)
            continue;
        st = open_line(w, "conversation_person.name", id, rows[i].name_sealed, &name);
        if (st == OK)
            st = dossier_append(array, json_pack("{s:s, s:o, s:s, s:o}", "kind", WORD(kinds, rows[i].kind),
                                         "id", json_id(rows[i].person), "name", name, "prepared_at",
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

static enum status add_conversation(struct writer *w, const struct sql_export_conversations *row,
                                    json_t *moments, json_t *people, json_t *array)
{
    static const char *const states[] = {"",          "planned", "invited",   "prepared",
                                         "under_way", "closed",  "evaluated", "cancelled"};
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
            row->method_key, "method_version",
            (json_int_t)row->method_version_number, "leader",
            dossier_author(w, ACTOR_STAFF, row->leader.v), "state", WORD(states, row->state),
            "informal", row->is_informal, "planned_on", json_day(row->planned_on), "minute",
            row->planned_minute, "held_on", json_day(row->held_on), "look_on",
            json_day(row->look_on), "made_at", json_at(arena, row->made_at), "closed_at",
            json_at(arena, row->closed_at), "details", details, "moments", moments, "people",
            people, "answers", answers));
}

enum status dossier_conversations(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct sql_export_conversations *rows = NULL;
    struct sql_export_moments *moments = NULL;
    struct sql_export_people *people = NULL;
    size_t count = 0, moment_count = 0, people_count = 0;
    enum status st =
        sql_export_conversations(work->db, work->arena, work_school(work), w->pupil, &rows, &count);
    if (st == OK)
        st = sql_export_moments(work->db, work->arena, work_school(work), w->pupil, &moments,
                                &moment_count);
    if (st == OK)
        st = sql_export_people(work->db, work->arena, work_school(work), w->pupil, &people,
                               &people_count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        json_t *when = NULL, *who = NULL;
        st = moments_of(w, rows[i].id, moments, moment_count, &when);
        if (st == OK)
            st = people_of(w, rows[i].id, people, people_count, &who);
        if (st == OK)
            st = add_conversation(w, &rows[i], when, who, array);
        else
            json_decref(when);
    }
    return dossier_done(st, array, ret_value);
}

/* --- attachments
 * ---------------------------------------------------------------------------------- */

enum status dossier_attachments(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct sql_export_attachments *rows = NULL;
    size_t count = 0;
    enum status st = sql_export_attachments(work->db, work->arena, work_school(work),
                                            (struct dossier_id){w->pupil.v}, &rows, &count);
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
            st = dossier_append(array, json_pack("{s:o, s:o, s:s, s:s, s:o, s:o, s:o}", "id",
                                         json_id(rows[i].id.v), "conversation",
                                         json_id(rows[i].conversation.v), "type",
                                         rows[i].content_type, "name", name, "by",
                                         dossier_author(w, rows[i].made_by_kind, rows[i].made_by),
                                         "at", json_at(work->arena, rows[i].made_at), "base64",
                                         json_base64(work->arena, bytes)));
    }
    return dossier_done(st, array, ret_value);
}
