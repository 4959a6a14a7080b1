/* The parts of a dossier that came out of conversations: goals, needs, agreements and plans, with
 * every version. */
#include <jansson.h>

#include "access/work.h"
#include "base/arena.h"
#include "gen/export_things_sql.h"
#include "goal/need.h"
#include "operate/dossier_parts.h"
#include "operate/json_text.h"

#define WORD(table, n) ((n) >= 0 && (size_t)(n) < ARRAY_LEN(table) ? (table)[n] : "")

static const char *const states[THING_KINDS_][5] = {
    [THING_GOAL] = {"", "open", "reached", "let_go", ""},
    [THING_NEED] = {"", "open", "over", "", ""},
    [THING_AGREEMENT] = {"", "open", "kept", "changed", "dropped"},
    [THING_PLAN] = {"", "open", "evaluated", "", ""},
};

/* All of one kind, with what hangs on them. */
struct lot {
    enum thing_kind kind;
    struct sql_export_things *rows;
    struct sql_export_thing_versions *versions;
    size_t count, version_count;
};

static enum status read_lot(struct writer *w, enum thing_kind kind, struct lot *ret)
{
    struct work *work = w->work;
    const struct dossier_id dossier = w->dossier;
    struct lot lot = {.kind = kind};
    enum status st = sql_export_things(work->db, work->arena, work_school(work), dossier,
                                       (int32_t)kind, &lot.rows, &lot.count);
    if (st == OK)
        st = sql_export_thing_versions(work->db, work->arena, work_school(work), dossier,
                                       (int32_t)kind, &lot.versions, &lot.version_count);
    if (st == OK)
        *ret = lot;
    return st;
}

/* What an access request leaves out: the teacher's own part. */
static enum status versions_of(struct writer *w, const struct lot *lot, struct thing_id thing,
                               json_t **ret)
{
    const char *without = w->scope == DOSSIER_FOR_PERSON ? THING_OWN_PART : NULL;
    json_t *array = json_array();
    enum status st = OK;
    for (size_t i = 0; st == OK && i < lot->version_count; i++) {
        const struct sql_export_thing_versions *row = &lot->versions[i];
        struct answer_value value;
        if (row->thing.v != thing.v)
            continue;
        st = thing_open_parts(w->work, &w->key, THING_VERSION_BODY, thing.v, row->version,
                              row->body_sealed, &value);
        if (st == OK)
            st = dossier_append(array,
                                json_pack("{s:i, s:s, s:o, s:o, s:o}", "version", row->version,
                                          "state", WORD(states[lot->kind], row->state), "by",
                                          dossier_author(w, row->author_kind, row->author), "at",
                                          json_at(w->work->arena, row->made_at), "parts",
                                          dossier_value(&value, without)));
    }
    return dossier_done(st, array, ret);
}

static json_t *common(struct writer *w, const struct lot *lot, const struct sql_export_things *row)
{
    return json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id", json_id(row->id.v),
                     "conversation", json_id(row->conversation.v), "state",
                     WORD(states[lot->kind], row->state), "from_on", json_day(row->from_on),
                     "due_on", json_day(row->due_on), "look_on", json_day(row->look_on), "ended_on",
                     json_day(row->ended_on), "goal", json_id(row->of_goal.v), "became",
                     json_id(row->became.v), "made_at", json_at(w->work->arena, row->made_at));
}

/* `add` puts in what the kind has more. */
static enum status write_lot(struct writer *w, enum thing_kind kind,
                             enum status (*add)(struct writer *w, const void *aid,
                                                const struct sql_export_things *row,
                                                json_t *object),
                             const void *aid, json_t **ret_value)
{
    struct lot lot;
    json_t *array = json_array();
    enum status st = read_lot(w, kind, &lot);
    for (size_t i = 0; st == OK && i < lot.count; i++) {
        json_t *texts = NULL, *object = common(w, &lot, &lot.rows[i]);
        st = object ? add(w, aid, &lot.rows[i], object) : ERR_NOMEM;
        if (st == OK)
            st = versions_of(w, &lot, lot.rows[i].id, &texts);
        if (st == OK && json_object_set_new(object, "versions", texts) != 0)
            st = ERR_NOMEM;
        if (st == OK)
            st = dossier_append(array, object);
        else
            json_decref(object);
    }
    return dossier_done(st, array, ret_value);
}

static enum status set(json_t *object, const char *name, json_t *value)
{
    return json_object_set_new(object, name, value) == 0 ? OK : ERR_NOMEM;
}

/* --- goals ------------------------------------------------------------------------------------ */

struct goal_aid {
    struct sql_export_goal_steps *steps;
    size_t count;
};

static enum status steps_of(struct writer *w, const struct goal_aid *aid, struct thing_id goal,
                            json_t **ret)
{
    static const char *const kinds[] = {"", "step", "progress", "evidence"};
    json_t *array = json_array();
    enum status st = OK;
    for (size_t i = 0; st == OK && i < aid->count; i++) {
        const struct sql_export_goal_steps *row = &aid->steps[i];
        struct answer_value value;
        if (row->goal.v != goal.v)
            continue;
        st = thing_open_parts(w->work, &w->key, "goal_step.body", row->id.v, 1, row->body_sealed,
                              &value);
        if (st == OK)
            st = dossier_append(array,
                                json_pack("{s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:s, s:s}", "kind",
                                          WORD(kinds, row->kind), "place", row->place, "due_on",
                                          json_day(row->due_on), "done_on", json_day(row->done_on),
                                          "attachment", json_id(row->attachment.v), "by",
                                          dossier_author(w, row->author_kind, row->author), "at",
                                          json_at(w->work->arena, row->made_at), "text",
                                          answer_part(&value, ""), "drawing",
                                          answer_part(&value, "drawing")));
    }
    return dossier_done(st, array, ret);
}

static enum status add_goal(struct writer *w, const void *aid, const struct sql_export_things *row,
                            json_t *object)
{
    json_t *steps = NULL;
    enum status st = steps_of(w, aid, row->id, &steps);
    if (st == OK)
        st = set(object, "steps", steps);
    if (st == OK)
        st = set(object, "voice", json_string(WORD(dossier_voices, row->voice)));
    return st == OK ? set(object, "celebrated_at", json_at(w->work->arena, row->celebrated_at))
                    : st;
}

enum status dossier_goals(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct goal_aid aid = {NULL, 0};
    enum status st = sql_export_goal_steps(work->db, work->arena, work_school(work), w->dossier,
                                           &aid.steps, &aid.count);
    return st == OK ? write_lot(w, THING_GOAL, add_goal, &aid, ret_value) : st;
}

/* --- needs ------------------------------------------------------------------------------------ */

static enum status add_need(struct writer *w, const void *aid, const struct sql_export_things *row,
                            json_t *object)
{
    (void)w;
    (void)aid;
    enum status st = set(object, "kind", json_string(need_kind_name((enum need_kind)row->sort)));
    return st == OK ? set(object, "voice", json_string(WORD(dossier_voices, row->voice))) : st;
}

enum status dossier_needs(struct writer *w, json_t **ret_value)
{
    return write_lot(w, THING_NEED, add_need, NULL, ret_value);
}

/* --- agreements ------------------------------------------------------------------------------- */

struct agreement_aid {
    struct sql_export_agreement_checks *checks;
    size_t count;
};

static enum status checks_of(struct writer *w, const struct agreement_aid *aid,
                             struct thing_id agreement, json_t **ret)
{
    static const char *const outcomes[] = {"", "well", "partly", "not_yet"};
    json_t *array = json_array();
    enum status st = OK;
    for (size_t i = 0; st == OK && i < aid->count; i++) {
        const struct sql_export_agreement_checks *row = &aid->checks[i];
        struct answer_value value;
        if (row->agreement.v != agreement.v)
            continue;
        st = thing_open_parts(w->work, &w->key, "agreement_check.body", row->id.v, 1,
                              row->body_sealed, &value);
        if (st == OK)
            st = dossier_append(array, json_pack("{s:s, s:o, s:o, s:s}", "outcome",
                                                 WORD(outcomes, row->outcome), "by",
                                                 dossier_author(w, row->author_kind, row->author),
                                                 "at", json_at(w->work->arena, row->made_at),
                                                 "text", answer_part(&value, "")));
    }
    return dossier_done(st, array, ret);
}

static enum status add_agreement(struct writer *w, const void *aid,
                                 const struct sql_export_things *row, json_t *object)
{
    static const char *const who[] = {"", "staff", "pupil", "guardian", "other", "together"};
    json_t *looks = NULL;
    enum status st = checks_of(w, aid, row->id, &looks);
    if (st == OK)
        st = set(object, "looks", looks);
    if (st == OK)
        st = set(object, "who", json_string(WORD(who, row->sort)));
    return st == OK ? set(object, "celebrated_at", json_at(w->work->arena, row->celebrated_at))
                    : st;
}

enum status dossier_agreements(struct writer *w, json_t **ret_value)
{
    struct work *work = w->work;
    struct agreement_aid aid = {NULL, 0};
    enum status st = sql_export_agreement_checks(work->db, work->arena, work_school(work),
                                                 w->dossier, &aid.checks, &aid.count);
    return st == OK ? write_lot(w, THING_AGREEMENT, add_agreement, &aid, ret_value) : st;
}

/* --- plans ------------------------------------------------------------------------------------ */

static enum status add_nothing(struct writer *w, const void *aid,
                               const struct sql_export_things *row, json_t *object)
{
    (void)w;
    (void)aid;
    (void)row;
    (void)object;
    return OK;
}

enum status dossier_plans(struct writer *w, json_t **ret_value)
{
    return write_lot(w, THING_PLAN, add_nothing, NULL, ret_value);
}
