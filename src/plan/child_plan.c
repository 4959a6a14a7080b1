#include "plan/child_plan.h"

#include <assert.h>

#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/child_plan_sql.h"
#include "person/dossier.h"

#define BODY "child_plan.body"
#define VERSION_BODY "child_plan_version.body"

static const char *const part_names[PLAN_PARTS_] = {
    [PLAN_CAN] = "can",         [PLAN_SOON] = "soon",           [PLAN_DOING] = "doing",
    [PLAN_TEACHER] = "teacher", [PLAN_GUARDIANS] = "guardians", [PLAN_MATERIALS] = "materials",
    [PLAN_NOTICE] = "notice",   [PLAN_WITH] = "with",           [PLAN_GROUP] = "group-plan",
    [PLAN_OUTCOME] = "outcome", [PLAN_NEXT] = "next",           [PLAN_LESSON] = "lesson",
};

const char *plan_part_name(enum plan_part part)
{
    return (unsigned)part < PLAN_PARTS_ ? part_names[part] : "";
}

static bool is_staff(const struct work *work)
{
    return work->actor->kind == ACTOR_STAFF;
}

static enum status pack(struct work *work, const char *const parts[PLAN_PARTS_], struct bytes *ret)
{
    struct answer_part list[PLAN_PARTS_];
    for (int i = 0; i < PLAN_PARTS_; i++)
        list[i] = (struct answer_part){part_names[i], parts[i]};
    if (!thing_texts_fit(list, PLAN_PARTS_, CHILD_PLAN_TEXT_MAX))
        return ERR_INVALID;
    return thing_pack(work, list, PLAN_PARTS_, ret);
}

/* --- a row and what it says
 * ----------------------------------------------------------------------- */

static enum status read_row(struct work *work, const struct sql_child_plan_row *row,
                            const struct vault_key *key, struct child_plan *ret)
{
    struct answer_value value;
    enum status st =
        thing_open_parts(work, key, BODY, row->id.v, row->version, row->body_sealed, &value);
    if (st != OK)
        return st;
    *ret = (struct child_plan){.id = row->id,
                               .pupil = row->pupil,
                               .conversation = row->conversation,
                               .question = row->question ? row->question : "",
                               .goal = row->goal,
                               .state = (enum plan_state)row->state,
                               .from_on = row->from_on,
                               .look_on = row->look_on,
                               .evaluated_on = row->evaluated_on,
                               .version = row->version,
                               .author_kind = row->author_kind,
                               .author = row->author,
                               .made_at = row->made_at,
                               .changed_at = row->changed_at};
    for (int i = 0; i < PLAN_PARTS_; i++)
        ret->parts[i] = answer_part(&value, part_names[i]);
    return OK;
}

/* With the teacher's own part: for the rules. What is handed out goes through hide_lesson(). */
static enum status find(struct work *work, struct child_plan_id id,
                        enum status (*may)(struct work *, struct thing_place),
                        struct sql_child_plan_row *ret_row, struct vault_key *ret_key,
                        struct child_plan *ret)
{
    enum status st = sql_child_plan_row(work->db, work->arena, work_school(work), id, ret_row);
    if (st == OK)
        st = may(work, (struct thing_place){ret_row->pupil, ret_row->conversation});
    if (st == OK)
        st = thing_key(work, ret_row->slot, ret_row->key_wrapped, ret_key);
    return st == OK ? read_row(work, ret_row, ret_key, ret) : st;
}

static void hide_lesson(const struct work *work, struct child_plan *plan)
{
    if (!is_staff(work))
        plan->parts[PLAN_LESSON] = "";
}

static enum status keep_version(struct work *work, const struct vault_key *key,
                                struct child_plan_id id, int version, enum plan_state state,
                                struct bytes packed)
{
    struct sealed sealed;
    enum status st = thing_seal(work, key, VERSION_BODY, id.v, version, packed, &sealed);
    return st == OK ? sql_child_plan_version_insert(work->db, work_school(work), id, version,
                                                    (int32_t)state, (int32_t)work->actor->kind,
                                                    thing_author(work->actor), sealed, work->now_ms,
                                                    NULL)
                    : st;
}

static enum status write_next(struct work *work, const struct sql_child_plan_row *row,
                              const struct vault_key *key, const struct child_plan *next,
                              bool new_words, enum audit_action action)
{
    struct bytes packed;
    struct sealed sealed;
    size_t changed = 0;
    enum status st = pack(work, next->parts, &packed);
    if (st == OK)
        st = thing_seal(work, key, BODY, row->id.v, row->version + 1, packed, &sealed);
    if (st == OK)
        st = sql_child_plan_update(
            work->db, work_school(work), row->id, row->version, (int32_t)next->state, next->look_on,
            next->evaluated_on, new_words ? (int32_t)work->actor->kind : row->author_kind,
            new_words ? thing_author(work->actor) : row->author, sealed, work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_CONFLICT;
    if (st == OK)
        st = keep_version(work, key, row->id, row->version + 1, next->state, packed);
    return st == OK ? audit_change(work, action, row->pupil.v, row->id.v) : st;
}

/* --- making and changing
 * -------------------------------------------------------------------------- */

static const char *said(const char *text)
{
    return text ? text : "";
}

/* What the draft makes of a plan: outcome and next come by evaluating, the lesson from staff alone.
 */
static void take_draft(const struct work *work, const struct child_plan_draft *draft,
                       struct child_plan *plan)
{
    for (int i = 0; i < PLAN_PARTS_; i++) {
        bool by_evaluating = i == PLAN_OUTCOME || i == PLAN_NEXT;
        bool not_theirs = i == PLAN_LESSON && !is_staff(work);
        if (!by_evaluating && !not_theirs)
            plan->parts[i] = said(draft->parts[i]);
    }
    plan->look_on = draft->look_on;
}

static bool says_something(const struct child_plan *plan)
{
    return !str_is_blank(plan->parts[PLAN_CAN]) || !str_is_blank(plan->parts[PLAN_SOON]) ||
           !str_is_blank(plan->parts[PLAN_DOING]);
}

static bool is_same(const struct child_plan *a, const struct child_plan *b)
{
    for (int i = 0; i < PLAN_PARTS_; i++)
        if (!str_equal(a->parts[i], b->parts[i]))
            return false;
    return date_compare(a->look_on, b->look_on) == 0;
}

static bool only_lesson_differs(const struct child_plan *a, const struct child_plan *b)
{
    struct child_plan c = *b;
    c.parts[PLAN_LESSON] = a->parts[PLAN_LESSON];
    return is_same(a, &c);
}

static enum status check_goal(struct work *work, struct pupil_id pupil, struct goal_id goal)
{
    struct sql_child_plan_goal row;
    if (!goal.v)
        return OK;
    enum status st = sql_child_plan_goal(work->db, work->arena, work_school(work), goal, &row);
    if (st == ERR_NOT_FOUND || (st == OK && row.pupil.v != pupil.v))
        return ERR_INVALID;
    return st;
}

static enum status make_again(struct work *work, struct pupil_id pupil, struct child_plan_id id,
                              const struct child_plan_draft *draft)
{
    struct sql_child_plan_row row;
    struct vault_key key = {{0}};
    struct child_plan now;
    enum status st = find(work, id, thing_may_write, &row, &key, &now);
    vault_key_wipe(&key);
    if (st != OK)
        return st;
    struct child_plan next = now;
    take_draft(work, draft, &next);
    return now.pupil.v == pupil.v && is_same(&now, &next) ? OK : ERR_CONFLICT;
}

static enum status insert(struct work *work, const struct child_plan *plan,
                          const struct child_plan_draft *draft)
{
    struct vault_key key = {{0}};
    struct sealed sealed;
    struct bytes packed;
    bool asked = draft->question && *draft->question;
    enum status st = pack(work, plan->parts, &packed);
    if (st == OK)
        st = dossier_open(work, plan->pupil.v, &key);
    if (st == OK)
        st = thing_seal(work, &key, BODY, plan->id.v, 1, packed, &sealed);
    if (st == OK)
        st = sql_child_plan_insert(work->db, work_school(work), plan->id, plan->pupil,
                                   draft->conversation, asked ? draft->question : NULL, draft->goal,
                                   work->today, draft->look_on, (int32_t)work->actor->kind,
                                   thing_author(work->actor), sealed, work->now_ms, NULL);
    if (st == OK)
        st = keep_version(work, &key, plan->id, 1, PLAN_OPEN, packed);
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_PLAN_MADE, plan->pupil.v, plan->id.v) : st;
}

enum status child_plan_make(struct work *work, struct pupil_id pupil, struct child_plan_id id,
                            const struct child_plan_draft *draft)
{
    assert(work && draft && id.v);

    const struct thing_place place = {pupil, draft->conversation};
    struct sql_child_plan_row row;
    struct dossier_id dossier;
    enum status st = pupil.v ? thing_may_write(work, place) : ERR_INVALID;
    if (st == OK)
        st = thing_dossier(work, place, &dossier);
    if (st != OK)
        return st;
    st = sql_child_plan_row(work->db, work->arena, work_school(work), id, &row);
    if (st != ERR_NOT_FOUND)
        return st == OK ? make_again(work, pupil, id, draft) : st;
    struct child_plan plan = {.id = id, .pupil = pupil};
    for (int i = 0; i < PLAN_PARTS_; i++)
        plan.parts[i] = "";
    take_draft(work, draft, &plan);
    if (!says_something(&plan) || !thing_day_ahead(work, draft->look_on) ||
        (draft->question && strlen(draft->question) > THING_QUESTION_MAX))
        return ERR_INVALID;
    st = check_goal(work, pupil, draft->goal);
    return st == OK ? insert(work, &plan, draft) : st;
}

enum status child_plan_change(struct work *work, struct child_plan_id id, int base_version,
                              const struct child_plan_draft *draft, int *ret_version,
                              struct child_plan *ret_now)
{
    assert(work && draft && ret_version && ret_now);

    struct sql_child_plan_row row;
    struct vault_key key = {{0}};
    struct child_plan now;
    enum status st = find(work, id, thing_may_write, &row, &key, &now);
    struct child_plan next = now;
    if (st == OK)
        take_draft(work, draft, &next);
    bool own_part = st == OK && only_lesson_differs(&now, &next);
    if (st == OK && is_same(&now, &next)) {
        *ret_version = now.version;
    } else if (st == OK && !own_part &&
               !thing_may_change(work->actor, VOICE_TOGETHER, now.author_kind, now.author)) {
        st = ERR_FORBIDDEN;
    } else if (st == OK && now.version != base_version) {
        hide_lesson(work, &now);
        *ret_now = now;
        st = ERR_CONFLICT;
    } else if (st == OK) {
        bool moved = date_compare(now.look_on, next.look_on) != 0;
        if (!says_something(&next) || (moved && !thing_day_ahead(work, next.look_on)))
            st = ERR_INVALID;
        if (st == OK)
            st = write_next(work, &row, &key, &next, !own_part, AUDIT_PLAN_CHANGED);
        if (st == OK)
            *ret_version = now.version + 1;
    }
    vault_key_wipe(&key);
    return st;
}

enum status child_plan_evaluate(struct work *work, struct child_plan_id id, const char *outcome,
                                const char *next, const char *lesson)
{
    struct sql_child_plan_row row;
    struct vault_key key = {{0}};
    struct child_plan plan;
    if (!outcome || str_is_blank(outcome))
        return ERR_INVALID;
    enum status st = find(work, id, thing_may_write, &row, &key, &plan);
    if (st == OK) {
        struct child_plan now = plan;
        plan.parts[PLAN_OUTCOME] = outcome;
        plan.parts[PLAN_NEXT] = said(next);
        if (is_staff(work))
            plan.parts[PLAN_LESSON] = said(lesson);
        plan.state = PLAN_EVALUATED;
        plan.evaluated_on = work->today;
        if (now.state != PLAN_EVALUATED || !is_same(&now, &plan))
            st = write_next(work, &row, &key, &plan, false, AUDIT_PLAN_EVALUATED);
    }
    vault_key_wipe(&key);
    return st;
}

enum status child_plan_reopen(struct work *work, struct child_plan_id id)
{
    struct sql_child_plan_row row;
    struct vault_key key = {{0}};
    struct child_plan plan;
    enum status st = find(work, id, thing_may_write, &row, &key, &plan);
    if (st == OK && plan.state != PLAN_OPEN) {
        plan.state = PLAN_OPEN;
        plan.evaluated_on = (struct date){0};
        st = write_next(work, &row, &key, &plan, false, AUDIT_PLAN_CHANGED);
    }
    vault_key_wipe(&key);
    return st;
}

/* --- reading
 * -------------------------------------------------------------------------------------- */

enum status child_plan_find(struct work *work, struct child_plan_id id, struct child_plan *ret)
{
    struct sql_child_plan_row row;
    struct vault_key key = {{0}};
    enum status st = find(work, id, thing_may_read, &row, &key, ret);
    vault_key_wipe(&key);
    if (st == OK)
        hide_lesson(work, ret);
    return st;
}

enum status child_plan_versions(struct work *work, struct child_plan_id id,
                                struct thing_version **ret, size_t *ret_count)
{
    struct sql_child_plan_row row;
    struct sql_child_plan_version_rows *rows = NULL;
    struct vault_key key = {{0}};
    struct child_plan plan;
    size_t count = 0;
    if (!is_staff(work))
        return ERR_NOT_FOUND;
    enum status st = find(work, id, thing_may_read, &row, &key, &plan);
    if (st == OK)
        st = sql_child_plan_version_rows(work->db, work->arena, work_school(work), id, &rows,
                                         &count);
    struct thing_version *list = ARENA_ARRAY(work->arena, struct thing_version, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        list[i] = (struct thing_version){rows[i].version, rows[i].state,   rows[i].author_kind,
                                         rows[i].author,  rows[i].made_at, {NULL, 0}};
        st = thing_open_parts(work, &key, VERSION_BODY, id.v, rows[i].version, rows[i].body_sealed,
                              &list[i].value);
    }
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}

enum status child_plan_of_pupil(struct work *work, struct pupil_id pupil,
                                struct conversation_id conversation, struct child_plan **ret,
                                size_t *ret_count)
{
    struct sql_child_plan_row *rows = NULL;
    struct vault_key key = {{0}};
    size_t count = 0;
    enum status st = thing_may_read(work, (struct thing_place){pupil, conversation});
    if (st == OK && conversation.v)
        st = sql_child_plan_rows_of_conversation(work->db, work->arena, work_school(work), pupil,
                                                 conversation, CHILD_PLANS_MAX, &rows, &count);
    else if (st == OK)
        st = sql_child_plan_rows_of_pupil(work->db, work->arena, work_school(work), pupil,
                                          CHILD_PLANS_MAX, &rows, &count);
    if (st != OK)
        return st;
    struct child_plan *list = ARENA_ARRAY(work->arena, struct child_plan, count);
    if (!list)
        return ERR_NOMEM;
    if (count)
        st = thing_key(work, rows[0].slot, rows[0].key_wrapped, &key);
    for (size_t i = 0; st == OK && i < count; i++) {
        st = read_row(work, &rows[i], &key, &list[i]);
        if (st == OK)
            hide_lesson(work, &list[i]);
    }
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}
