#include "goal/evidence.h"

#include <assert.h>

#include "access/actor.h"
#include "access/audit.h"
#include "access/work.h"
#include "answer/attachment.h"
#include "answer/drawing.h"
#include "answer/file.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/evidence_sql.h"
#include "goal/goal.h"

#define STEP_BODY "goal_step.body"
#define FILE_BODY "attachment.body"

/* The goal and its dossier's key, for who may. The caller wipes the key. */
static enum status open_goal(struct work *work, struct goal_id goal,
                             enum status (*may)(struct work *, struct thing_place),
                             struct sql_evidence_goal *ret_row, struct vault_key *ret_key)
{
    if (actor_is_visitor(work->actor))
        return ERR_NOT_FOUND;
    enum status st = sql_evidence_goal(work->db, work->arena, work_school(work), goal, ret_row);
    if (st == OK)
        st = may(work, (struct thing_place){ret_row->pupil, ret_row->conversation});
    return st == OK ? thing_key(work, ret_row->slot, ret_row->key_wrapped, ret_key) : st;
}

/* --- bringing
 * ----------------------------------------------------------------------------------------- */

/* One way to write a drawing; "" for a sheet without strokes. */
static enum status clean_drawing(struct work *work, const char *text, const char **ret_clean)
{
    struct drawing drawing;
    enum status st = drawing_read(text, work->arena, &drawing);
    if (st == OK)
        *ret_clean = drawing.count ? drawing_write(&drawing, work->arena) : "";
    return st;
}

/* ERR_CONFLICT when the id is another goal's; *ret_there when it is this goal's. */
static enum status look_for(struct work *work, struct goal_id goal, struct goal_step_id id,
                            bool *ret_there)
{
    struct sql_evidence_row row;
    enum status st = sql_evidence_row(work->db, work->arena, work_school(work), id, &row);
    *ret_there = st == OK;
    if (st == ERR_NOT_FOUND)
        return OK;
    return st == OK && row.goal.v != goal.v ? ERR_CONFLICT : st;
}

static enum status has_room(struct work *work, struct goal_id goal)
{
    struct sql_evidence_count all;
    enum status st = sql_evidence_count(work->db, work->arena, work_school(work), goal, &all);
    return st == OK && all.number >= EVIDENCE_MAX ? ERR_LIMIT : st;
}

static enum status add_file(struct work *work, const struct vault_key *key, struct pupil_id pupil,
                            struct bytes file, struct attachment_id *ret_id,
                            enum attachment_kind *ret_kind)
{
    struct attachment_id id = {work_new_id(work)};
    const struct vault_place place = {FILE_BODY, work_school(work).v, id.v};
    const char *type = NULL;
    struct bytes clean;
    struct sealed sealed;
    enum status st = attachment_clean(file, work->arena, &clean, ret_kind, &type);
    if (st == OK)
        st = vault_seal(key, work->random, work->arena, place, clean.data, clean.len, &sealed);
    if (st == OK)
        st = sql_evidence_file_insert(work->db, work_school(work), id, (struct dossier_id){pupil.v},
                                      (int32_t)*ret_kind, type, (int32_t)clean.len, sealed,
                                      (int32_t)work->actor->kind, actor_person(work->actor),
                                      work->now_ms, NULL);
    if (st == OK)
        *ret_id = id;
    return st;
}

static enum status insert(struct work *work, const struct vault_key *key, struct pupil_id pupil,
                          struct goal_id goal, struct goal_step_id id,
                          const struct evidence_draft *draft, const char *drawing)
{
    struct attachment_id file = {0};
    enum attachment_kind kind = ATTACHMENT_OTHER;
    struct bytes packed;
    struct sealed sealed;
    enum status st = draft->file.len ? add_file(work, key, pupil, draft->file, &file, &kind) : OK;
    const char *file_kind = !file.v ? "" : kind == ATTACHMENT_IMAGE ? "image" : "other";
    const struct answer_part parts[] = {
        {"", draft->text}, {GOAL_STEP_DRAWING, drawing}, {FILE_KIND_PART, file_kind}};
    if (st == OK)
        st = thing_pack(work, parts, ARRAY_LEN(parts), &packed);
    if (st == OK)
        st = thing_seal(work, key, STEP_BODY, id.v, 1, packed, &sealed);
    if (st == OK)
        st = sql_evidence_insert(work->db, work_school(work), id, goal, file,
                                 (int32_t)work->actor->kind, actor_person(work->actor), sealed,
                                 work->now_ms, NULL);
    if (st == OK && file.v)
        st = audit_change(work, AUDIT_ATTACHMENT_ADDED, pupil.v, file.v);
    return st == OK ? audit_change(work, AUDIT_GOAL_CHANGED, pupil.v, goal.v) : st;
}

enum status evidence_add(struct work *work, struct goal_id goal, struct goal_step_id id,
                         const struct evidence_draft *draft)
{
    assert(work && draft && draft->text && draft->drawing);

    struct sql_evidence_goal row;
    struct vault_key key = {{0}};
    const char *drawing = "";
    bool there = false;
    if (!id.v || utf8_chars(draft->text) > EVIDENCE_TEXT_MAX)
        return ERR_INVALID;
    enum status st = clean_drawing(work, draft->drawing, &drawing);
    if (st == OK && str_is_blank(draft->text) && !*drawing && !draft->file.len)
        st = ERR_INVALID;
    if (st == OK)
        st = open_goal(work, goal, thing_may_write, &row, &key);
    if (st == OK)
        st = look_for(work, goal, id, &there);
    if (st == OK && !there)
        st = has_room(work, goal);
    if (st == OK && !there)
        st = insert(work, &key, row.pupil, goal, id, draft, drawing);
    vault_key_wipe(&key);
    return st;
}

/* --- seeing and taking away
 * --------------------------------------------------------------------------- */

enum status evidence_open(struct work *work, struct goal_id goal, struct attachment_id file,
                          const char **ret_content_type, struct bytes *ret_bytes)
{
    assert(work && ret_content_type && ret_bytes);

    struct sql_evidence_goal row;
    struct sql_evidence_file found;
    struct vault_key key = {{0}};
    const struct vault_place place = {FILE_BODY, work_school(work).v, file.v};
    struct bytes bytes = {NULL, 0};
    enum status st = open_goal(work, goal, thing_may_read, &row, &key);
    if (st == OK)
        st = sql_evidence_file(work->db, work->arena, work_school(work), goal, file, &found);
    if (st == OK)
        st = vault_open_bytes(&key, work->arena, place, found.body_sealed, &bytes);
    vault_key_wipe(&key);
    if (st == OK)
        st = audit_seen(work, AUDIT_ATTACHMENT_SEEN, row.pupil.v, file.v);
    if (st != OK)
        return st;
    *ret_content_type = found.content_type;
    *ret_bytes = bytes;
    return OK;
}

static enum status remove_file(struct work *work, const struct vault_key *key,
                               struct pupil_id pupil, struct attachment_id file)
{
    const struct vault_place place = {FILE_BODY, work_school(work).v, file.v};
    struct sealed nothing;
    enum status st = vault_seal(key, work->random, work->arena, place, "", 0, &nothing);
    if (st == OK)
        st = sql_evidence_file_remove(work->db, work_school(work), file, nothing, work->now_ms,
                                      NULL);
    return st == OK ? audit_change(work, AUDIT_ATTACHMENT_REMOVED, pupil.v, file.v) : st;
}

enum status evidence_remove(struct work *work, struct goal_id goal, struct goal_step_id id)
{
    assert(work);

    struct sql_evidence_goal row;
    struct sql_evidence_row step;
    struct vault_key key = {{0}};
    struct bytes packed;
    struct sealed nothing;
    enum status st = open_goal(work, goal, thing_may_write, &row, &key);
    if (st == OK)
        st = sql_evidence_row(work->db, work->arena, work_school(work), id, &step);
    if (st == OK && (step.goal.v != goal.v || step.kind != STEP_EVIDENCE || step.removed_at))
        st = ERR_NOT_FOUND;
    if (st == OK && step.author_kind == ACTOR_PUPIL &&
        (work->actor->kind != ACTOR_PUPIL || work->actor->pupil.v != step.author))
        st = ERR_FORBIDDEN;
    if (st == OK)
        st = thing_pack(work, NULL, 0, &packed);
    if (st == OK)
        st = thing_seal(work, &key, STEP_BODY, id.v, 1, packed, &nothing);
    if (st == OK)
        st = sql_evidence_remove(work->db, work_school(work), id, nothing, work->now_ms, NULL);
    if (st == OK && step.attachment.v)
        st = remove_file(work, &key, row.pupil, step.attachment);
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_GOAL_CHANGED, row.pupil.v, goal.v) : st;
}
