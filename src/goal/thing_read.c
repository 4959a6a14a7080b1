#include "goal/thing_life.h"

#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/thing_sql.h"

const char *thing_said(const struct thing *thing, const char *part)
{
    return answer_part(&thing->said, part);
}

enum party thing_party(const struct thing *thing)
{
    return party_of(thing_said(thing, THING_PARTY_PART));
}

static bool is_staff(const struct work *work)
{
    return work->actor->kind == ACTOR_STAFF;
}

static enum status hide_own_part(struct work *work, struct answer_value *value)
{
    if (is_staff(work))
        return OK;
    struct answer_part *others = ARENA_ARRAY(work->arena, struct answer_part, value->count);
    size_t kept = 0;
    if (!others)
        return ERR_NOMEM;
    for (size_t i = 0; i < value->count; i++)
        if (!str_equal(value->parts[i].name, THING_OWN_PART))
            others[kept++] = value->parts[i];
    *value = (struct answer_value){others, kept};
    return OK;
}

/* --- rows
 * ---------------------------------------------------------------------------------------- */

static enum status read_row(struct work *work, const struct sql_thing_row *row,
                            const struct vault_key *key, struct thing *ret)
{
    struct answer_value said;
    enum status st =
        thing_open_parts(work, key, THING_BODY, row->id.v, row->version, row->body_sealed, &said);
    if (st == OK)
        *ret = (struct thing){.id = row->id,
                              .kind = (enum thing_kind)row->kind,
                              .pupil = row->pupil,
                              .conversation = row->conversation,
                              .question = row->question ? row->question : "",
                              .goal = {row->of_goal.v},
                              .became = row->became,
                              .sort = row->sort,
                              .who = row->who,
                              .voice = (enum voice)row->voice,
                              .state = row->state,
                              .from_on = row->from_on,
                              .due_on = row->due_on,
                              .look_on = row->look_on,
                              .ended_on = row->ended_on,
                              .celebrated_at = row->celebrated_at,
                              .version = row->version,
                              .author_kind = row->author_kind,
                              .author = row->author,
                              .made_at = row->made_at,
                              .changed_at = row->changed_at,
                              .said = said};
    return st;
}

enum status thing_find_key(struct work *work, const struct thing_rules *rules, struct thing_id id,
                           enum status (*may)(struct work *, struct thing_place),
                           struct vault_key *ret_key, struct thing *ret)
{
    struct sql_thing_row row;
    enum status st = sql_thing_row(work->db, work->arena, work_school(work), id, &row);
    if (st == OK && row.kind != (int32_t)rules->kind)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = may(work, (struct thing_place){row.pupil, row.conversation});
    if (st == OK)
        st = thing_key(work, row.slot, row.key_wrapped, ret_key);
    return st == OK ? read_row(work, &row, ret_key, ret) : st;
}

enum status thing_find(struct work *work, const struct thing_rules *rules, struct thing_id id,
                       struct thing *ret)
{
    struct vault_key key = {{0}};
    struct thing thing;
    enum status st = thing_find_key(work, rules, id, thing_may_read, &key, &thing);
    vault_key_wipe(&key);
    if (st == OK)
        st = hide_own_part(work, &thing.said);
    if (st == OK)
        *ret = thing;
    return st;
}

/* Rows of one dossier: one key. */
static enum status read_rows(struct work *work, const struct sql_thing_row *rows, size_t count,
                             struct thing **ret, size_t *ret_count)
{
    struct vault_key key = {{0}};
    enum status st = OK;
    struct thing *list = ARENA_ARRAY(work->arena, struct thing, count);
    if (!list)
        return ERR_NOMEM;
    if (count)
        st = thing_key(work, rows[0].slot, rows[0].key_wrapped, &key);
    for (size_t i = 0; st == OK && i < count; i++) {
        st = read_row(work, &rows[i], &key, &list[i]);
        if (st == OK)
            st = hide_own_part(work, &list[i].said);
    }
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}

enum status thing_list(struct work *work, const struct thing_rules *rules, struct thing_place place,
                       struct thing **ret, size_t *ret_count)
{
    struct sql_thing_row *rows = NULL;
    struct dossier_id dossier = {place.pupil.v};
    size_t count = 0;
    enum status st = thing_may_read(work, place);
    if (st == OK && !place.pupil.v)
        st = thing_dossier(work, place, &dossier);
    if (st == OK)
        st = sql_thing_rows(work->db, work->arena, work_school(work), dossier, (int32_t)rules->kind,
                            place.conversation.v, (int32_t)rules->list_max, &rows, &count);
    return st == OK ? read_rows(work, rows, count, ret, ret_count) : st;
}

enum status thing_list_of_group(struct work *work, const struct thing_rules *rules,
                                struct conversation_id conversation, struct thing **ret,
                                size_t *ret_count)
{
    const struct thing_place place = {{0}, conversation};
    struct sql_thing_row *rows = NULL;
    struct dossier_id dossier;
    size_t count = 0, open = 0;
    enum status st = thing_may_read(work, place);
    if (st == OK)
        st = thing_dossier(work, place, &dossier);
    if (st == OK)
        st = sql_thing_rows(work->db, work->arena, work_school(work), dossier, (int32_t)rules->kind,
                            0, (int32_t)rules->list_max, &rows, &count);
    while (st == OK && open < count && rows[open].state == THING_OPEN) /* these come first */
        open++;
    return st == OK ? read_rows(work, rows, open, ret, ret_count) : st;
}

enum status thing_list_of_goal(struct work *work, const struct thing_rules *rules,
                               struct goal_id goal, struct thing **ret, size_t *ret_count)
{
    struct sql_thing_row *rows = NULL;
    struct thing whole;
    size_t count = 0, kept = 0;
    enum status st = thing_find(work, rules, (struct thing_id){goal.v}, &whole);
    if (st == OK)
        st = sql_thing_rows_of_goal(work->db, work->arena, work_school(work), goal,
                                    THINGS_OF_GOAL_MAX, &rows, &count);
    if (st != OK)
        return st;
    /* Who reads the goal in a conversation only reads the rest of that conversation. */
    bool all = thing_may_read(work, (struct thing_place){whole.pupil, {0}}) == OK;
    for (size_t i = 0; i < count; i++)
        if (all || rows[i].conversation.v == whole.conversation.v)
            rows[kept++] = rows[i];
    return read_rows(work, rows, kept, ret, ret_count);
}

enum status thing_versions(struct work *work, const struct thing_rules *rules, struct thing_id id,
                           struct thing_version **ret, size_t *ret_count)
{
    struct sql_thing_version_rows *rows = NULL;
    struct vault_key key = {{0}};
    struct thing thing;
    size_t count = 0;
    if (!is_staff(work))
        return ERR_NOT_FOUND;
    enum status st = thing_find_key(work, rules, id, thing_may_read, &key, &thing);
    if (st == OK)
        st = sql_thing_version_rows(work->db, work->arena, work_school(work), id, &rows, &count);
    struct thing_version *list = ARENA_ARRAY(work->arena, struct thing_version, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        list[i] = (struct thing_version){rows[i].version, rows[i].state,   rows[i].author_kind,
                                         rows[i].author,  rows[i].made_at, {NULL, 0}};
        st = thing_open_parts(work, &key, THING_VERSION_BODY, id.v, rows[i].version,
                              rows[i].body_sealed, &list[i].value);
    }
    vault_key_wipe(&key);
    if (st == OK) {
        *ret = list;
        *ret_count = count;
    }
    return st;
}
