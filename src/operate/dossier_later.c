/* Parts of a dossier: what was decided about telling, and how the pupil was heard about the OPP. */
#include <jansson.h>

#include "access/work.h"
#include "answer/answer.h"
#include "base/arena.h"
#include "gen/export_talk_sql.h"
#include "goal/thing.h"
#include "operate/dossier_parts.h"
#include "operate/json_text.h"

#define WORD(table, n) ((n) >= 0 && (size_t)(n) < ARRAY_LEN(table) ? (table)[n] : "")

/* --- sharing ---------------------------------------------------------------------------------- */

static enum status add_decision(struct writer *w, const struct sql_export_sharing *row,
                                json_t *array)
{
    static const char *const things[] = {"",          "answer", "goal",        "need",
                                         "agreement", "plan",   "conversation"};
    static const char *const readers[] = {"", "staff", "", "guardian", "external"};
    static const char *const choices[] = {"", "yes", "no", "pupil_tells"};
    static const char *const sides[] = {"", "staff", "pupil", "", "", "together"};
    struct answer_value words;
    enum status st =
        thing_open_parts(w->work, &w->key, "sharing.body", row->id.v, 1, row->body_sealed, &words);
    if (st != OK)
        return st;
    return dossier_append(
        array,
        json_pack("{s:s, s:o, s:s, s:s, s:s, s:o, s:s, s:s, s:o, s:o, s:o, s:o}", "thing",
                  WORD(things, row->thing_kind), "id", json_id(row->thing), "question",
                  row->question, "voice", WORD(dossier_voices, row->voice), "reader",
                  WORD(readers, row->reader_kind), "reader_id", json_id(row->reader), "decision",
                  WORD(choices, row->decision), "decided", WORD(sides, row->decided_kind), "by",
                  dossier_author(w, row->decided_kind == ACTOR_PUPIL ? ACTOR_PUPIL : ACTOR_STAFF,
                                 row->decided_by),
                  "at", json_at(w->work->arena, row->made_at), "ends_on", json_day(row->ends_on),
                  "words", dossier_value(&words, NULL)));
}

static enum status decisions_of(struct writer *w, json_t **ret)
{
    struct work *work = w->work;
    struct sql_export_sharing *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_export_sharing(work->db, work->arena, work_school(work), w->pupil, &rows, &count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++)
        st = add_decision(w, &rows[i], array);
    return dossier_done(st, array, ret);
}

static enum status exceptions_of(struct writer *w, json_t **ret)
{
    struct work *work = w->work;
    struct sql_export_sharing_exceptions *rows = NULL;
    size_t count = 0;
    enum status st = sql_export_sharing_exceptions(work->db, work->arena, work_school(work),
                                                   w->pupil, &rows, &count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        struct answer_value words;
        st = thing_open_parts(work, &w->key, "sharing_exception.body", rows[i].id.v, 1,
                              rows[i].body_sealed, &words);
        if (st == OK)
            st = dossier_append(array, json_pack("{s:o, s:o, s:o, s:o, s:o}", "conversation",
                                                 json_id(rows[i].conversation), "by",
                                                 dossier_author(w, ACTOR_STAFF, rows[i].made_by.v),
                                                 "at", json_at(work->arena, rows[i].made_at),
                                                 "told_on", json_day(rows[i].told_on), "words",
                                                 dossier_value(&words, NULL)));
    }
    return dossier_done(st, array, ret);
}

enum status dossier_sharing(struct writer *w, json_t **ret_value)
{
    json_t *decisions = NULL, *exceptions = NULL;
    enum status st = decisions_of(w, &decisions);
    if (st == OK)
        st = exceptions_of(w, &exceptions);
    if (st != OK) {
        json_decref(decisions);
        return st;
    }
    return dossier_done(
        OK, json_pack("{s:o, s:o}", "decisions", decisions, "exceptions", exceptions), ret_value);
}

/* --- the right to be heard -------------------------------------------------------------------- */

static enum status texts_of(struct writer *w, struct opp_moment_id moment,
                            const struct sql_export_opp_versions *rows, size_t count, json_t **ret)
{
    json_t *array = json_array();
    enum status st = OK;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct answer_value value;
        if (rows[i].opp_moment.v != moment.v)
            continue;
        st = thing_open_parts(w->work, &w->key, "opp_moment_version.body", moment.v,
                              rows[i].version, rows[i].body_sealed, &value);
        if (st == OK)
            st = dossier_append(array,
                                json_pack("{s:i, s:o, s:o, s:o}", "version", rows[i].version, "by",
                                          dossier_author(w, ACTOR_STAFF, rows[i].author), "at",
                                          json_at(w->work->arena, rows[i].made_at), "parts",
                                          dossier_value(&value, NULL)));
    }
    return dossier_done(st, array, ret);
}

enum status dossier_opp(struct writer *w, json_t **ret_value)
{
    static const char *const kinds[] = {"", "drawn_up", "adjusted", "evaluated"};
    static const char *const ways[] = {"", "conversation", "drawing", "writing", "trusted"};
    struct work *work = w->work;
    struct sql_export_opp *rows = NULL;
    struct sql_export_opp_versions *versions = NULL;
    size_t count = 0, version_count = 0;
    enum status st =
        sql_export_opp(work->db, work->arena, work_school(work), w->pupil, &rows, &count);
    if (st == OK)
        st = sql_export_opp_versions(work->db, work->arena, work_school(work), w->pupil, &versions,
                                     &version_count);
    json_t *array = json_array();
    for (size_t i = 0; st == OK && i < count; i++) {
        json_t *texts = NULL;
        st = texts_of(w, rows[i].id, versions, version_count, &texts);
        if (st == OK)
            st = dossier_append(
                array, json_pack("{s:o, s:o, s:s, s:o, s:b, s:s, s:o, s:o, s:o, s:o, s:o}", "id",
                                 json_id(rows[i].id.v), "conversation",
                                 json_id(rows[i].conversation.v), "kind", WORD(kinds, rows[i].kind),
                                 "moment_on", json_day(rows[i].moment_on), "heard",
                                 rows[i].heard == 1, "way", WORD(ways, rows[i].way), "heard_on",
                                 json_day(rows[i].heard_on), "told_on", json_day(rows[i].told_on),
                                 "made_at", json_at(work->arena, rows[i].made_at), "removed_at",
                                 json_at(work->arena, rows[i].removed_at), "versions", texts));
    }
    return dossier_done(st, array, ret_value);
}
