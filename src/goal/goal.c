#include "goal/goal.h"

#include <assert.h>

#include "access/work.h"
#include "answer/file.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/goal_sql.h"

#define STEP_BODY "goal_step.body"

static const char *const wanted[] = {"soon", NULL};

const struct thing_rules goal_rules = {.kind = THING_GOAL,
                                       .wanted = wanted,
                                       .text_max = GOAL_TEXT_MAX,
                                       .list_max = GOALS_MAX,
                                       .states = GOAL_LET_GO,
                                       .good = GOAL_REACHED,
                                       .has_speaker = true,
                                       .made = AUDIT_GOAL_SET,
                                       .changed = AUDIT_GOAL_CHANGED,
                                       .ended = AUDIT_GOAL_ENDED};

struct goal goal_of_thing(const struct thing *thing)
{
    return (struct goal){.id = {thing->id.v},
                         .pupil = thing->pupil,
                         .conversation = thing->conversation,
                         .question = thing->question,
                         .part_of = thing->goal,
                         .voice = thing->voice,
                         .state = (enum goal_state)thing->state,
                         .from_on = thing->from_on,
                         .due_on = thing->due_on,
                         .look_on = thing->look_on,
                         .ended_on = thing->ended_on,
                         .celebrated_at = thing->celebrated_at,
                         .party = thing_party(thing),
                         .version = thing->version,
                         .author_kind = thing->author_kind,
                         .author = thing->author,
                         .made_at = thing->made_at,
                         .changed_at = thing->changed_at,
                         .words = {.now = thing_said(thing, "now"),
                                   .soon = thing_said(thing, "soon"),
                                   .notice = thing_said(thing, "notice"),
                                   .dot = thing_said(thing, "dot"),
                                   .score = thing_said(thing, "score"),
                                   .takes = thing_said(thing, "takes"),
                                   .outcome = thing_said(thing, "outcome"),
                                   .next = thing_said(thing, "next")}};
}

enum { DRAFT_PARTS = 6 };

static struct thing_draft as_thing(const struct goal_draft *draft, enum voice voice,
                                   struct answer_part parts[DRAFT_PARTS])
{
    const struct goal_words *words = &draft->words;
    const struct answer_part said[DRAFT_PARTS] = {
        {"now", words->now}, {"soon", words->soon},   {"notice", words->notice},
        {"dot", words->dot}, {"score", words->score}, {"takes", words->takes},
    };
    memcpy(parts, said, sizeof(said));
    return (struct thing_draft){.conversation = draft->conversation,
                                .question = draft->question,
                                .goal = draft->part_of,
                                .voice = voice,
                                .due_on = draft->due_on,
                                .look_on = draft->look_on,
                                .parts = parts,
                                .part_count = DRAFT_PARTS};
}

enum status goal_set(struct work *work, struct pupil_id pupil, struct goal_id id,
                     const struct goal_draft *draft)
{
    struct answer_part parts[DRAFT_PARTS];
    const struct thing_draft d = as_thing(draft, draft->voice, parts);
    return thing_make(work, &goal_rules, pupil, (struct thing_id){id.v}, &d);
}

enum status goal_change(struct work *work, struct goal_id id, int base_version,
                        const struct goal_draft *draft, int *ret_version, struct thing *ret_now)
{
    struct answer_part parts[DRAFT_PARTS];
    const struct thing_draft d = as_thing(draft, VOICE_NONE, parts);
    return thing_change(work, &goal_rules, (struct thing_id){id.v}, base_version, &d, ret_version,
                        ret_now);
}

enum status goal_end(struct work *work, struct goal_id id, enum goal_state state)
{
    return thing_end(work, &goal_rules, (struct thing_id){id.v}, (int)state, NULL, 0);
}

enum status goal_of_pupil(struct work *work, struct pupil_id pupil,
                          struct conversation_id conversation, struct goal **ret, size_t *ret_count)
{
    struct thing *things = NULL;
    size_t count = 0;
    enum status st =
        thing_list(work, &goal_rules, (struct thing_place){pupil, conversation}, &things, &count);
    struct goal *list = ARENA_ARRAY(work->arena, struct goal, count);
    if (st != OK || !list)
        return st == OK ? ERR_NOMEM : st;
    for (size_t i = 0; i < count; i++)
        list[i] = goal_of_thing(&things[i]);
    *ret = list;
    *ret_count = count;
    return OK;
}

/* --- steps
 * ---------------------------------------------------------------------------------------- */

static bool step_valid(const struct work *work, const struct goal_step *step)
{
    bool is_said = step->text && !str_is_blank(step->text);
    if (step->text && utf8_chars(step->text) > GOAL_TEXT_MAX)
        return false;
    switch (step->kind) {
    case STEP_NEXT:
        return is_said && step->place == 0 && thing_day_ahead(work, step->due_on);
    case STEP_PROGRESS:
        return step->place >= 1 && step->place <= GOAL_PLACES && !date_is_set(step->due_on);
    case STEP_EVIDENCE:
        return is_said && step->place == 0 && !date_is_set(step->due_on);
    }
    return false;
}

enum status goal_step_add(struct work *work, struct goal_id id, const struct goal_step *step)
{
    assert(work && step && step->id.v);

    struct sql_goal_step_row there;
    struct vault_key key = {{0}};
    struct thing goal;
    struct sealed sealed;
    struct bytes packed;
    if (!step_valid(work, step))
        return ERR_INVALID;
    const struct answer_part part = {"", step->text};
    enum status st =
        thing_find_key(work, &goal_rules, (struct thing_id){id.v}, thing_may_write, &key, &goal);
    if (st == OK) {
        st = sql_goal_step_row(work->db, work->arena, work_school(work), step->id, &there);
        if (st != ERR_NOT_FOUND) {
            vault_key_wipe(&key);
            return st == OK && there.goal.v != id.v ? ERR_CONFLICT : st;
        }
        st = thing_pack(work, &part, 1, &packed);
    }
    if (st == OK)
        st = thing_seal(work, &key, STEP_BODY, step->id.v, 1, packed, &sealed);
    if (st == OK)
        st = sql_goal_step_insert(work->db, work_school(work), step->id, id, (int32_t)step->kind,
                                  step->place, step->due_on, (int32_t)work->actor->kind,
                                  actor_person(work->actor), sealed, work->now_ms, NULL);
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_GOAL_CHANGED, goal.pupil.v, id.v) : st;
}

enum status goal_step_done(struct work *work, struct goal_step_id step, bool done)
{
    struct sql_goal_step_row there;
    struct vault_key key = {{0}};
    struct thing goal;
    enum status st = sql_goal_step_row(work->db, work->arena, work_school(work), step, &there);
    if (st == OK)
        st = thing_find_key(work, &goal_rules, there.goal, thing_may_write, &key, &goal);
    vault_key_wipe(&key);
    if (st != OK)
        return st;
    if (there.kind != STEP_NEXT)
        return ERR_INVALID;
    if (date_is_set(there.done_on) == done)
        return OK;
    st = sql_goal_step_set_done(work->db, work_school(work), step,
                                done ? work->today : (struct date){0}, NULL);
    return st == OK ? audit_change(work, AUDIT_GOAL_CHANGED, goal.pupil.v, goal.id.v) : st;
}

static enum status read_step(struct work *work, const struct sql_goal_step_rows *row,
                             const struct vault_key *key, struct goal_step *ret)
{
    struct answer_value value;
    enum status st = thing_open_parts(work, key, STEP_BODY, row->id.v, 1, row->body_sealed, &value);
    if (st == OK)
        *ret = (struct goal_step){.id = row->id,
                                  .goal = {row->goal.v},
                                  .kind = (enum goal_step_kind)row->kind,
                                  .place = row->place,
                                  .due_on = row->due_on,
                                  .done_on = row->done_on,
                                  .attachment = row->attachment,
                                  .author_kind = row->author_kind,
                                  .author = row->author,
                                  .made_at = row->made_at,
                                  .has_photo = file_is_image(&value),
                                  .drawing = answer_part(&value, GOAL_STEP_DRAWING),
                                  .text = answer_part(&value, "")};
    return st;
}

enum status goal_steps(struct work *work, struct pupil_id pupil,
                       struct conversation_id conversation, struct goal_step **ret,
                       size_t *ret_count)
{
    struct sql_goal_step_rows *rows = NULL;
    struct vault_key key = {{0}};
    size_t count = 0, kept = 0;
    enum status st = thing_may_read(work, (struct thing_place){pupil, conversation});
    if (st == OK)
        st = sql_goal_step_rows(work->db, work->arena, work_school(work),
                                (struct dossier_id){pupil.v}, &rows, &count);
    if (st != OK)
        return st;
    struct goal_step *list = ARENA_ARRAY(work->arena, struct goal_step, count);
    if (!list)
        return ERR_NOMEM;
    if (count)
        st = thing_key(work, rows[0].slot, rows[0].key_wrapped, &key);
    for (size_t i = 0; st == OK && i < count; i++)
        if (!conversation.v || rows[i].conversation.v == conversation.v)
            st = read_step(work, &rows[i], &key, &list[kept++]);
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = kept;
    }
    return st;
}
