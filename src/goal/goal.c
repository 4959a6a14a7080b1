#include "goal/goal.h"

#include <assert.h>

#include "access/audit.h"
#include "access/work.h"
#include "answer/file.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/goal_sql.h"
#include "person/dossier.h"

#define BODY "goal.body"
#define VERSION_BODY "goal_version.body"
#define STEP_BODY "goal_step.body"

enum { PARTS = 6 };

static enum status pack(struct work *work, const struct goal_words *words, enum party party,
                        struct bytes *ret)
{
    const struct answer_part parts[PARTS] = {
        {"now", words->now}, {"soon", words->soon},   {"notice", words->notice},
        {"dot", words->dot}, {"score", words->score}, {"party", party_name(party)},
    };
    if (!thing_texts_fit(parts, PARTS, GOAL_TEXT_MAX))
        return ERR_INVALID;
    return thing_pack(work, parts, PARTS, ret);
}

static struct thing_place place_of(const struct sql_goal_row *row)
{
    return (struct thing_place){row->pupil, row->conversation};
}

/* --- a row and what it says
 * ----------------------------------------------------------------------- */

static enum status read_row(struct work *work, const struct sql_goal_row *row,
                            const struct vault_key *key, struct goal *ret)
{
    struct answer_value value;
    enum status st =
        thing_open_parts(work, key, BODY, row->id.v, row->version, row->body_sealed, &value);
    if (st != OK)
        return st;
    *ret = (struct goal){.id = row->id,
                         .pupil = row->pupil,
                         .conversation = row->conversation,
                         .question = row->question ? row->question : "",
                         .part_of = row->part_of,
                         .voice = (enum voice)row->voice,
                         .state = (enum goal_state)row->state,
                         .look_on = row->look_on,
                         .ended_on = row->ended_on,
                         .celebrated_at = row->celebrated_at,
                         .party = party_of(answer_part(&value, "party")),
                         .version = row->version,
                         .author_kind = row->author_kind,
                         .author = row->author,
                         .made_at = row->made_at,
                         .changed_at = row->changed_at,
                         .words = {.now = answer_part(&value, "now"),
                                   .soon = answer_part(&value, "soon"),
                                   .notice = answer_part(&value, "notice"),
                                   .dot = answer_part(&value, "dot"),
                                   .score = answer_part(&value, "score")}};
    return OK;
}

/* Reads, opens, and checks with `may`. */
static enum status find(struct work *work, struct goal_id id,
                        enum status (*may)(struct work *, struct thing_place),
                        struct sql_goal_row *ret_row, struct vault_key *ret_key, struct goal *ret)
{
    enum status st = sql_goal_row(work->db, work->arena, work_school(work), id, ret_row);
    if (st == OK)
        st = may(work, place_of(ret_row));
    if (st == OK)
        st = thing_key(work, ret_row->slot, ret_row->key_wrapped, ret_key);
    return st == OK ? read_row(work, ret_row, ret_key, ret) : st;
}

static enum status keep_version(struct work *work, const struct vault_key *key, struct goal_id id,
                                int version, enum goal_state state, struct bytes packed)
{
    struct sealed sealed;
    enum status st = thing_seal(work, key, VERSION_BODY, id.v, version, packed, &sealed);
    return st == OK ? sql_goal_version_insert(work->db, work_school(work), id, version,
                                              (int32_t)state, (int32_t)work->actor->kind,
                                              thing_author(work->actor), sealed, work->now_ms, NULL)
                    : st;
}

/* `next` over `row`: whose words they are changes only when the words do. */
static enum status write_next(struct work *work, const struct sql_goal_row *row,
                              const struct vault_key *key, const struct goal *next, bool new_words,
                              enum audit_action action)
{
    struct bytes packed;
    struct sealed sealed;
    size_t changed = 0;
    enum status st = pack(work, &next->words, next->party, &packed);
    if (st == OK)
        st = thing_seal(work, key, BODY, row->id.v, row->version + 1, packed, &sealed);
    if (st == OK)
        st = sql_goal_update(
            work->db, work_school(work), row->id, row->version, (int32_t)next->state, next->look_on,
            next->ended_on, next->celebrated_at,
            new_words ? (int32_t)work->actor->kind : row->author_kind,
            new_words ? thing_author(work->actor) : row->author, sealed, work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_CONFLICT;
    if (st == OK)
        st = keep_version(work, key, row->id, row->version + 1, next->state, packed);
    return st == OK ? audit_change(work, action, row->pupil.v, row->id.v) : st;
}

/* --- setting and changing
 * ------------------------------------------------------------------------- */

static bool says_the_same(struct work *work, const struct goal *goal,
                          const struct goal_draft *draft)
{
    struct bytes now, then;
    return pack(work, &goal->words, PARTY_NONE, &now) == OK &&
           pack(work, &draft->words, PARTY_NONE, &then) == OK && thing_same(now, then) &&
           date_compare(goal->look_on, draft->look_on) == 0;
}

static enum status check_part_of(struct work *work, struct pupil_id pupil, struct goal_id whole)
{
    struct sql_goal_row row;
    if (!whole.v)
        return OK;
    enum status st = sql_goal_row(work->db, work->arena, work_school(work), whole, &row);
    if (st == ERR_NOT_FOUND || (st == OK && row.pupil.v != pupil.v))
        return ERR_INVALID;
    return st;
}

/* The same form sent twice. */
static enum status set_again(struct work *work, struct pupil_id pupil, struct goal_id id,
                             const struct goal_draft *draft)
{
    struct sql_goal_row row;
    struct vault_key key = {{0}};
    struct goal goal;
    enum status st = find(work, id, thing_may_write, &row, &key, &goal);
    vault_key_wipe(&key);
    if (st != OK)
        return st;
    return goal.pupil.v == pupil.v && says_the_same(work, &goal, draft) ? OK : ERR_CONFLICT;
}

static enum status insert(struct work *work, struct pupil_id pupil, struct goal_id id,
                          const struct goal_draft *draft, struct bytes packed)
{
    struct vault_key key = {{0}};
    struct sealed sealed;
    bool asked = draft->question && *draft->question;
    enum status st = dossier_open(work, pupil.v, &key);
    if (st == OK)
        st = thing_seal(work, &key, BODY, id.v, 1, packed, &sealed);
    if (st == OK)
        st = sql_goal_insert(work->db, work_school(work), id, pupil, draft->conversation,
                             asked ? draft->question : NULL, draft->part_of, (int32_t)draft->voice,
                             draft->look_on, (int32_t)work->actor->kind, thing_author(work->actor),
                             sealed, work->now_ms, NULL);
    if (st == OK)
        st = keep_version(work, &key, id, 1, GOAL_OPEN, packed);
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_GOAL_SET, pupil.v, id.v) : st;
}

enum status goal_set(struct work *work, struct pupil_id pupil, struct goal_id id,
                     const struct goal_draft *draft)
{
    assert(work && draft && id.v);

    const struct thing_place place = {pupil, draft->conversation};
    struct sql_goal_row row;
    struct dossier_id dossier;
    struct bytes packed;
    enum status st = pupil.v ? thing_may_write(work, place) : ERR_INVALID;
    if (st == OK)
        st = thing_dossier(work, place, &dossier);
    if (st != OK)
        return st;
    if (!thing_may_speak(work->actor, draft->voice))
        return ERR_FORBIDDEN;
    st = sql_goal_row(work->db, work->arena, work_school(work), id, &row);
    if (st != ERR_NOT_FOUND)
        return st == OK ? set_again(work, pupil, id, draft) : st;
    if (!draft->words.soon || str_is_blank(draft->words.soon) ||
        !thing_day_ahead(work, draft->look_on))
        return ERR_INVALID;
    if (draft->question && strlen(draft->question) > THING_QUESTION_MAX)
        return ERR_INVALID;
    st = pack(work, &draft->words, PARTY_NONE, &packed);
    if (st == OK)
        st = check_part_of(work, pupil, draft->part_of);
    return st == OK ? insert(work, pupil, id, draft, packed) : st;
}

/* What a change asks beyond what stands. */
static enum status check_change(struct work *work, const struct goal *now,
                                const struct goal_draft *draft)
{
    if (!draft->words.soon || str_is_blank(draft->words.soon))
        return ERR_INVALID;
    bool moved = date_compare(now->look_on, draft->look_on) != 0;
    return moved && !thing_day_ahead(work, draft->look_on) ? ERR_INVALID : OK;
}

enum status goal_change(struct work *work, struct goal_id id, int base_version,
                        const struct goal_draft *draft, int *ret_version, struct goal *ret_now)
{
    assert(work && draft && ret_version && ret_now);

    struct sql_goal_row row;
    struct vault_key key = {{0}};
    struct goal now;
    enum status st = find(work, id, thing_may_write, &row, &key, &now);
    if (st == OK && says_the_same(work, &now, draft)) {
        *ret_version = now.version;
    } else if (st == OK && !thing_may_change(work->actor, now.voice, now.author_kind, now.author)) {
        st = ERR_FORBIDDEN;
    } else if (st == OK && now.version != base_version) {
        *ret_now = now;
        st = ERR_CONFLICT;
    } else if (st == OK) {
        struct goal next = now;
        next.words = draft->words;
        next.look_on = draft->look_on;
        st = check_change(work, &now, draft);
        if (st == OK)
            st = write_next(work, &row, &key, &next, true, AUDIT_GOAL_CHANGED);
        if (st == OK)
            *ret_version = now.version + 1;
    }
    vault_key_wipe(&key);
    return st;
}

enum status goal_end(struct work *work, struct goal_id id, enum goal_state state)
{
    struct sql_goal_row row;
    struct vault_key key = {{0}};
    struct goal goal;
    if (state < GOAL_OPEN || state > GOAL_LET_GO)
        return ERR_INVALID;
    enum status st = find(work, id, thing_may_write, &row, &key, &goal);
    if (st == OK && goal.state != state) {
        goal.state = state;
        goal.ended_on = state == GOAL_OPEN ? (struct date){0} : work->today;
        goal.celebrated_at = 0;
        goal.party = PARTY_NONE;
        st = write_next(work, &row, &key, &goal, false, AUDIT_GOAL_ENDED);
    }
    vault_key_wipe(&key);
    return st;
}

enum status goal_celebrate(struct work *work, struct goal_id id, enum party party)
{
    struct sql_goal_row row;
    struct vault_key key = {{0}};
    struct goal goal;
    if (party <= PARTY_NONE || party >= PARTY_COUNT_)
        return ERR_INVALID;
    enum status st = find(work, id, thing_may_write, &row, &key, &goal);
    if (st == OK && goal.state != GOAL_REACHED)
        st = ERR_INVALID;
    if (st == OK && goal.party != party) {
        goal.party = party;
        goal.celebrated_at = work->now_ms;
        st = write_next(work, &row, &key, &goal, false, AUDIT_GOAL_CHANGED);
    }
    vault_key_wipe(&key);
    return st;
}

/* --- reading
 * -------------------------------------------------------------------------------------- */

enum status goal_find(struct work *work, struct goal_id id, struct goal *ret)
{
    struct sql_goal_row row;
    struct vault_key key = {{0}};
    enum status st = find(work, id, thing_may_read, &row, &key, ret);
    vault_key_wipe(&key);
    return st;
}

enum status goal_versions(struct work *work, struct goal_id id, struct thing_version **ret,
                          size_t *ret_count)
{
    struct sql_goal_row row;
    struct sql_goal_version_rows *rows = NULL;
    struct vault_key key = {{0}};
    struct goal goal;
    size_t count = 0;
    enum status st = find(work, id, thing_may_read, &row, &key, &goal);
    if (st == OK)
        st = sql_goal_version_rows(work->db, work->arena, work_school(work), id, &rows, &count);
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

enum status goal_of_pupil(struct work *work, struct pupil_id pupil,
                          struct conversation_id conversation, struct goal **ret, size_t *ret_count)
{
    struct sql_goal_row *rows = NULL;
    struct vault_key key = {{0}};
    size_t count = 0;
    enum status st = thing_may_read(work, (struct thing_place){pupil, conversation});
    if (st == OK && conversation.v)
        st = sql_goal_rows_of_conversation(work->db, work->arena, work_school(work), pupil,
                                           conversation, GOALS_MAX, &rows, &count);
    else if (st == OK)
        st = sql_goal_rows_of_pupil(work->db, work->arena, work_school(work), pupil, GOALS_MAX,
                                    &rows, &count);
    if (st != OK)
        return st;
    struct goal *list = ARENA_ARRAY(work->arena, struct goal, count);
    if (!list)
        return ERR_NOMEM;
    if (count) /* one pupil, one key */
        st = thing_key(work, rows[0].slot, rows[0].key_wrapped, &key);
    for (size_t i = 0; st == OK && i < count; i++)
        st = read_row(work, &rows[i], &key, &list[i]);
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
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

    struct sql_goal_row row;
    struct sql_goal_step_row there;
    struct vault_key key = {{0}};
    struct goal goal;
    struct sealed sealed;
    struct bytes packed;
    if (!step_valid(work, step))
        return ERR_INVALID;
    const struct answer_part part = {"", step->text};
    enum status st = find(work, id, thing_may_write, &row, &key, &goal);
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
                                  thing_author(work->actor), sealed, work->now_ms, NULL);
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_GOAL_CHANGED, row.pupil.v, id.v) : st;
}

enum status goal_step_done(struct work *work, struct goal_step_id step, bool done)
{
    struct sql_goal_step_row there;
    struct sql_goal_row row;
    enum status st = sql_goal_step_row(work->db, work->arena, work_school(work), step, &there);
    if (st == OK)
        st = sql_goal_row(work->db, work->arena, work_school(work), there.goal, &row);
    if (st == OK)
        st = thing_may_write(work, place_of(&row));
    if (st != OK)
        return st;
    if (there.kind != STEP_NEXT)
        return ERR_INVALID;
    if (date_is_set(there.done_on) == done)
        return OK;
    st = sql_goal_step_set_done(work->db, work_school(work), step,
                                done ? work->today : (struct date){0}, NULL);
    return st == OK ? audit_change(work, AUDIT_GOAL_CHANGED, row.pupil.v, row.id.v) : st;
}

static enum status read_step(struct work *work, const struct sql_goal_step_rows *row,
                             const struct vault_key *key, struct goal_step *ret)
{
    struct answer_value value;
    enum status st = thing_open_parts(work, key, STEP_BODY, row->id.v, 1, row->body_sealed, &value);
    if (st == OK)
        *ret = (struct goal_step){.id = row->id,
                                  .goal = row->goal,
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
        st = sql_goal_step_rows(work->db, work->arena, work_school(work), pupil, &rows, &count);
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
