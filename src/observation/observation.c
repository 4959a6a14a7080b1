#include "observation/observation.h"

#include <assert.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "gen/observation_sql.h"
#include "person/dossier.h"

#define VERSION_BODY "observation_version.body"

static bool draft_valid(const struct work *work, const struct observation_draft *draft)
{
    return (draft->kind == OBSERVATION_STRENGTH || draft->kind == OBSERVATION_WORRY) &&
           !str_is_blank(draft->body) && utf8_chars(draft->body) <= OBSERVATION_TEXT_MAX &&
           date_valid(draft->seen_on) && date_compare(draft->seen_on, work->today) <= 0;
}

/* The text as the present one and as one in the row of versions: two places, two seals. */
static enum status seal_body(struct work *work, const struct vault_key *key,
                             struct observation_id id, const char *text, struct sealed *ret_body,
                             struct sealed *ret_version)
{
    enum status st = dossier_seal_text(work, key, OBSERVATION_BODY, id.v, text, ret_body);
    return st == OK ? dossier_seal_text(work, key, VERSION_BODY, id.v, text, ret_version) : st;
}

enum status observation_add(struct work *work, struct pupil_id pupil, struct observation_id id,
                            const struct observation_draft *draft)
{
    assert(work && draft && id.v);

    if (!draft_valid(work, draft))
        return ERR_INVALID;
    enum status st = access_check(work, RIGHT_PUPIL_NOTE, (struct target){.pupil = pupil});
    if (st != OK)
        return st;

    struct school_id school = work_school(work);
    struct staff_id author = work->actor->staff;
    struct vault_key key;
    struct sealed body, version;
    st = dossier_open(work, pupil.v, &key);
    if (st == OK)
        st = seal_body(work, &key, id, draft->body, &body, &version);
    if (st == OK)
        st = sql_observation_insert(work->db, school, id, pupil, author, (int32_t)draft->kind,
                                    draft->seen_on, body, work->now_ms, NULL);
    if (st == OK)
        st = sql_observation_version_insert(work->db, school, id, 1, author, (int32_t)draft->kind,
                                            version, work->now_ms, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_OBSERVATION_ADDED, pupil.v, id.v);
    vault_key_wipe(&key);
    return st;
}

/* All but the author's name. */
static enum status open_text(struct work *work, const struct sql_observation_row *row,
                             const struct vault_key *key, struct observation *ret)
{
    *ret = (struct observation){.id = row->id,
                                .pupil = row->pupil,
                                .author = row->author,
                                .kind = (enum observation_kind)row->kind,
                                .seen_on = row->seen_on,
                                .version = row->version,
                                .made_at = row->made_at,
                                .changed_at = row->changed_at};
    return dossier_open_text(work, key, OBSERVATION_BODY, row->id.v, row->body_sealed, &ret->body);
}

static enum status open_author(struct work *work, const struct sql_observation_row *row,
                               const char **ret_name)
{
    struct person author;
    enum status st =
        person_open_with(work, PERSON_STAFF, work_school(work), row->author.v, row->author_slot,
                         row->author_key_wrapped, row->author_sealed, &author);
    if (st == OK)
        *ret_name = person_full(work->arena, &author);
    return st;
}

static enum status open_row(struct work *work, const struct sql_observation_row *row,
                            const struct vault_key *key, struct observation *ret)
{
    enum status st = open_text(work, row, key, ret);
    return st == OK ? open_author(work, row, &ret->author_name) : st;
}

static enum status open_key(struct work *work, const struct sql_observation_row *row,
                            struct vault_key *ret_key)
{
    enum status st = dossier_key(work, work_school(work), row->slot, row->key_wrapped, ret_key);
    return st == ERR_ERASED ? ERR_NOT_FOUND : st;
}

/* Readers of the dossier, and authors their own words. */
static enum status may_read(struct work *work, const struct sql_observation_row *row)
{
    bool own = work->actor->kind == ACTOR_STAFF && work->actor->staff.v == row->author.v;
    enum right right = own ? RIGHT_PUPIL_NOTE : RIGHT_PUPIL_READ;
    return access_check(work, right, (struct target){.pupil = row->pupil});
}

static enum status find_row(struct work *work, struct observation_id id,
                            struct sql_observation_row *ret_row)
{
    enum status st = sql_observation_row(work->db, work->arena, work_school(work), id, ret_row);
    return st == OK ? may_read(work, ret_row) : st;
}

/* A row that the actor wrote. What others wrote can be read, not changed. */
static enum status find_own(struct work *work, struct observation_id id,
                            struct sql_observation_row *ret_row)
{
    enum status st = find_row(work, id, ret_row);
    if (st == OK && ret_row->author.v != work->actor->staff.v)
        return ERR_FORBIDDEN;
    return st;
}

enum status observation_find(struct work *work, struct observation_id id,
                             struct observation *ret_observation)
{
    struct sql_observation_row row;
    struct vault_key key = {{0}};
    enum status st = find_row(work, id, &row);
    if (st == OK && row.removed_at)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = open_key(work, &row, &key);
    if (st == OK)
        st = open_row(work, &row, &key, ret_observation);
    vault_key_wipe(&key);
    return st;
}

static bool is_same(const struct observation *now, const struct observation_draft *draft)
{
    return now->kind == draft->kind && date_compare(now->seen_on, draft->seen_on) == 0 &&
           str_equal(now->body, draft->body);
}

static enum status write_version(struct work *work, const struct sql_observation_row *row,
                                 const struct vault_key *key, const struct observation_draft *draft)
{
    struct school_id school = work_school(work);
    struct sealed body, version;
    size_t changed = 0;
    enum status st = seal_body(work, key, row->id, draft->body, &body, &version);
    if (st == OK)
        st = sql_observation_update(work->db, school, row->id, row->version, (int32_t)draft->kind,
                                    draft->seen_on, body, work->now_ms, &changed);
    if (st == OK && changed == 0)
        st = ERR_CONFLICT;
    if (st == OK)
        st = sql_observation_version_insert(work->db, school, row->id, row->version + 1,
                                            work->actor->staff, (int32_t)draft->kind, version,
                                            work->now_ms, NULL);
    return st == OK ? audit_change(work, AUDIT_OBSERVATION_CHANGED, row->pupil.v, row->id.v) : st;
}

enum status observation_change(struct work *work, struct observation_id id, int base_version,
                               const struct observation_draft *draft, int *ret_version,
                               struct observation *ret_now)
{
    assert(work && draft && ret_version && ret_now);

    if (!draft_valid(work, draft))
        return ERR_INVALID;
    struct sql_observation_row row;
    struct observation now;
    struct vault_key key = {{0}};
    enum status st = find_own(work, id, &row);
    if (st == OK && row.removed_at)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = open_key(work, &row, &key);
    if (st == OK)
        st = open_row(work, &row, &key, &now);
    if (st == OK && is_same(&now, draft)) {
        *ret_version = row.version;
    } else if (st == OK && row.version != base_version) {
        *ret_now = now;
        st = ERR_CONFLICT;
    } else if (st == OK) {
        st = write_version(work, &row, &key, draft);
        if (st == OK)
            *ret_version = row.version + 1;
    }
    vault_key_wipe(&key);
    return st;
}

enum status observation_save(struct work *work, struct pupil_id pupil, struct observation_id id,
                             int base_version, const struct observation_draft *draft,
                             int *ret_version, struct observation *ret_now)
{
    struct sql_observation_row row;
    enum status st = sql_observation_row(work->db, work->arena, work_school(work), id, &row);
    if (st == ERR_NOT_FOUND && base_version == 0) {
        st = observation_add(work, pupil, id, draft);
        if (st == OK)
            *ret_version = 1;
        return st;
    }
    if (st == OK && row.pupil.v != pupil.v)
        return ERR_NOT_FOUND;
    return st == OK ? observation_change(work, id, base_version, draft, ret_version, ret_now) : st;
}

static enum status set_removed(struct work *work, struct observation_id id, int64_t removed_at,
                               enum audit_action action)
{
    struct sql_observation_row row;
    enum status st = find_own(work, id, &row);
    if (st == OK)
        st = sql_observation_set_removed(work->db, work_school(work), id, removed_at, work->now_ms,
                                         NULL);
    return st == OK ? audit_change(work, action, row.pupil.v, id.v) : st;
}

enum status observation_remove(struct work *work, struct observation_id id)
{
    return set_removed(work, id, work->now_ms, AUDIT_OBSERVATION_REMOVED);
}

enum status observation_restore(struct work *work, struct observation_id id)
{
    return set_removed(work, id, 0, AUDIT_OBSERVATION_CHANGED);
}

enum status observation_versions(struct work *work, struct observation_id id,
                                 struct observation_version **ret, size_t *ret_count)
{
    struct sql_observation_row row;
    struct vault_key key = {{0}};
    struct sql_observation_version_rows *rows = NULL;
    size_t count = 0;
    enum status st = find_row(work, id, &row);
    if (st == OK)
        st = sql_observation_version_rows(work->db, work->arena, work_school(work), id, &rows,
                                          &count);
    if (st == OK)
        st = open_key(work, &row, &key);
    if (st != OK)
        return st;
    struct observation_version *list = ARENA_ARRAY(work->arena, struct observation_version, count);
    if (!list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        list[i] = (struct observation_version){.version = rows[i].version,
                                               .kind = (enum observation_kind)rows[i].kind,
                                               .made_at = rows[i].made_at};
        st = dossier_open_text(work, &key, VERSION_BODY, id.v, rows[i].body_sealed, &list[i].body);
    }
    vault_key_wipe(&key);
    if (st != OK)
        return st;
    *ret = list;
    *ret_count = count;
    return OK;
}
