#include "goal/need.h"

#include <assert.h>

#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/need_sql.h"
#include "person/dossier.h"

#define BODY "need.body"
#define VERSION_BODY "need_version.body"

static const char *const kind_names[NEED_KINDS_] = {
    [NEED_TASK] = "task",         [NEED_EXPLANATION] = "explanation",
    [NEED_FEEDBACK] = "feedback", [NEED_MATERIAL] = "material",
    [NEED_PEERS] = "peers",       [NEED_TEACHER] = "teacher",
    [NEED_PARENTS] = "parents",   [NEED_SURROUNDINGS] = "surroundings",
};

const char *need_kind_name(enum need_kind kind)
{
    return kind >= NEED_TASK && kind < NEED_KINDS_ ? kind_names[kind] : "";
}

static enum status pack(struct work *work, enum need_kind kind, const char *what, struct bytes *ret)
{
    const struct answer_part parts[] = {{"kind", need_kind_name(kind)}, {"what", what}};
    if (!thing_texts_fit(parts, ARRAY_LEN(parts), NEED_TEXT_MAX))
        return ERR_INVALID;
    return thing_pack(work, parts, ARRAY_LEN(parts), ret);
}

static enum status read_row(struct work *work, const struct sql_need_row *row,
                            const struct vault_key *key, struct need *ret)
{
    struct answer_value value;
    enum status st =
        thing_open_parts(work, key, BODY, row->id.v, row->version, row->body_sealed, &value);
    if (st == OK)
        *ret = (struct need){.id = row->id,
                             .pupil = row->pupil,
                             .conversation = row->conversation,
                             .question = row->question ? row->question : "",
                             .goal = row->goal,
                             .kind = (enum need_kind)row->kind,
                             .voice = (enum voice)row->voice,
                             .state = (enum need_state)row->state,
                             .review_on = row->review_on,
                             .version = row->version,
                             .author_kind = row->author_kind,
                             .author = row->author,
                             .made_at = row->made_at,
                             .changed_at = row->changed_at,
                             .what = answer_part(&value, "what")};
    return st;
}

static enum status find(struct work *work, struct need_id id,
                        enum status (*may)(struct work *, struct thing_place),
                        struct sql_need_row *ret_row, struct vault_key *ret_key, struct need *ret)
{
    enum status st = sql_need_row(work->db, work->arena, work_school(work), id, ret_row);
    if (st == OK)
        st = may(work, (struct thing_place){ret_row->pupil, ret_row->conversation});
    if (st == OK)
        st = thing_key(work, ret_row->slot, ret_row->key_wrapped, ret_key);
    return st == OK ? read_row(work, ret_row, ret_key, ret) : st;
}

static enum status keep_version(struct work *work, const struct vault_key *key, struct need_id id,
                                int version, enum need_state state, struct bytes packed)
{
    struct sealed sealed;
    enum status st = thing_seal(work, key, VERSION_BODY, id.v, version, packed, &sealed);
    return st == OK ? sql_need_version_insert(work->db, work_school(work), id, version,
                                              (int32_t)state, (int32_t)work->actor->kind,
                                              thing_author(work->actor), sealed, work->now_ms, NULL)
                    : st;
}

static enum status write_next(struct work *work, const struct sql_need_row *row,
                              const struct vault_key *key, const struct need *next, bool new_words)
{
    struct bytes packed;
    struct sealed sealed;
    size_t changed = 0;
    enum status st = pack(work, next->kind, next->what, &packed);
    if (st == OK)
        st = thing_seal(work, key, BODY, row->id.v, row->version + 1, packed, &sealed);
    if (st == OK)
        st = sql_need_update(work->db, work_school(work), row->id, row->version,
                             (int32_t)next->kind, (int32_t)next->state, next->review_on,
                             new_words ? (int32_t)work->actor->kind : row->author_kind,
                             new_words ? thing_author(work->actor) : row->author, sealed,
                             work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_CONFLICT;
    if (st == OK)
        st = keep_version(work, key, row->id, row->version + 1, next->state, packed);
    return st == OK ? audit_change(work, AUDIT_NEED_CHANGED, row->pupil.v, row->id.v) : st;
}

static bool says_the_same(const struct need *need, const struct need_draft *draft)
{
    return need->kind == draft->kind && str_equal(need->what, draft->what ? draft->what : "") &&
           date_compare(need->review_on, draft->review_on) == 0;
}

static bool draft_valid(const struct need_draft *draft)
{
    return draft->what && !str_is_blank(draft->what) && draft->kind >= NEED_TASK &&
           draft->kind < NEED_KINDS_;
}

static enum status set_again(struct work *work, struct pupil_id pupil, struct need_id id,
                             const struct need_draft *draft)
{
    struct sql_need_row row;
    struct vault_key key = {{0}};
    struct need need;
    enum status st = find(work, id, thing_may_write, &row, &key, &need);
    vault_key_wipe(&key);
    if (st != OK)
        return st;
    return need.pupil.v == pupil.v && says_the_same(&need, draft) ? OK : ERR_CONFLICT;
}

static enum status check_goal(struct work *work, struct pupil_id pupil, struct goal_id goal)
{
    struct sql_need_goal row;
    if (!goal.v)
        return OK;
    enum status st = sql_need_goal(work->db, work->arena, work_school(work), goal, &row);
    if (st == ERR_NOT_FOUND || (st == OK && row.pupil.v != pupil.v))
        return ERR_INVALID;
    return st;
}

static enum status insert(struct work *work, struct pupil_id pupil, struct need_id id,
                          const struct need_draft *draft, struct bytes packed)
{
    struct vault_key key = {{0}};
    struct sealed sealed;
    bool asked = draft->question && *draft->question;
    enum status st = dossier_open(work, pupil.v, &key);
    if (st == OK)
        st = thing_seal(work, &key, BODY, id.v, 1, packed, &sealed);
    if (st == OK)
        st = sql_need_insert(work->db, work_school(work), id, pupil, draft->conversation,
                             asked ? draft->question : NULL, draft->goal, (int32_t)draft->kind,
                             (int32_t)draft->voice, draft->review_on, (int32_t)work->actor->kind,
                             thing_author(work->actor), sealed, work->now_ms, NULL);
    if (st == OK)
        st = keep_version(work, &key, id, 1, NEED_OPEN, packed);
    vault_key_wipe(&key);
    return st == OK ? audit_change(work, AUDIT_NEED_SET, pupil.v, id.v) : st;
}

enum status need_set(struct work *work, struct pupil_id pupil, struct need_id id,
                     const struct need_draft *draft)
{
    assert(work && draft && id.v);

    const struct thing_place place = {pupil, draft->conversation};
    struct sql_need_row row;
    struct dossier_id dossier;
    struct bytes packed;
    enum status st = pupil.v ? thing_may_write(work, place) : ERR_INVALID;
    if (st == OK)
        st = thing_dossier(work, place, &dossier);
    if (st != OK)
        return st;
    if (!thing_may_speak(work->actor, draft->voice))
        return ERR_FORBIDDEN;
    st = sql_need_row(work->db, work->arena, work_school(work), id, &row);
    if (st != ERR_NOT_FOUND)
        return st == OK ? set_again(work, pupil, id, draft) : st;
    if (!draft_valid(draft) || !thing_day_ahead(work, draft->review_on) ||
        (draft->question && strlen(draft->question) > THING_QUESTION_MAX))
        return ERR_INVALID;
    st = pack(work, draft->kind, draft->what, &packed);
    if (st == OK)
        st = check_goal(work, pupil, draft->goal);
    return st == OK ? insert(work, pupil, id, draft, packed) : st;
}

enum status need_change(struct work *work, struct need_id id, int base_version,
                        const struct need_draft *draft, int *ret_version, struct need *ret_now)
{
    assert(work && draft && ret_version && ret_now);

    struct sql_need_row row;
    struct vault_key key = {{0}};
    struct need now;
    enum status st = find(work, id, thing_may_write, &row, &key, &now);
    if (st == OK && says_the_same(&now, draft)) {
        *ret_version = now.version;
    } else if (st == OK && !thing_may_change(work->actor, now.voice, now.author_kind, now.author)) {
        st = ERR_FORBIDDEN;
    } else if (st == OK && now.version != base_version) {
        *ret_now = now;
        st = ERR_CONFLICT;
    } else if (st == OK) {
        bool moved = date_compare(now.review_on, draft->review_on) != 0;
        struct need next = now;
        next.kind = draft->kind;
        next.what = draft->what;
        next.review_on = draft->review_on;
        if (!draft_valid(draft) || (moved && !thing_day_ahead(work, draft->review_on)))
            st = ERR_INVALID;
        if (st == OK)
            st = write_next(work, &row, &key, &next, true);
        if (st == OK)
            *ret_version = now.version + 1;
    }
    vault_key_wipe(&key);
    return st;
}

enum status need_end(struct work *work, struct need_id id, enum need_state state)
{
    struct sql_need_row row;
    struct vault_key key = {{0}};
    struct need need;
    if (state != NEED_OPEN && state != NEED_OVER)
        return ERR_INVALID;
    enum status st = find(work, id, thing_may_write, &row, &key, &need);
    if (st == OK && need.state != state) {
        need.state = state;
        st = write_next(work, &row, &key, &need, false);
    }
    vault_key_wipe(&key);
    return st;
}

enum status need_find(struct work *work, struct need_id id, struct need *ret)
{
    struct sql_need_row row;
    struct vault_key key = {{0}};
    enum status st = find(work, id, thing_may_read, &row, &key, ret);
    vault_key_wipe(&key);
    return st;
}

enum status need_versions(struct work *work, struct need_id id, struct thing_version **ret,
                          size_t *ret_count)
{
    struct sql_need_row row;
    struct sql_need_version_rows *rows = NULL;
    struct vault_key key = {{0}};
    struct need need;
    size_t count = 0;
    enum status st = find(work, id, thing_may_read, &row, &key, &need);
    if (st == OK)
        st = sql_need_version_rows(work->db, work->arena, work_school(work), id, &rows, &count);
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

enum status need_of_pupil(struct work *work, struct pupil_id pupil,
                          struct conversation_id conversation, struct need **ret, size_t *ret_count)
{
    struct sql_need_row *rows = NULL;
    struct vault_key key = {{0}};
    size_t count = 0;
    enum status st = thing_may_read(work, (struct thing_place){pupil, conversation});
    if (st == OK && conversation.v)
        st = sql_need_rows_of_conversation(work->db, work->arena, work_school(work), pupil,
                                           conversation, NEEDS_MAX, &rows, &count);
    else if (st == OK)
        st = sql_need_rows_of_pupil(work->db, work->arena, work_school(work), pupil, NEEDS_MAX,
                                    &rows, &count);
    if (st != OK)
        return st;
    struct need *list = ARENA_ARRAY(work->arena, struct need, count);
    if (!list)
        return ERR_NOMEM;
    if (count)
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
