#include "badge/pupil_signin.h"

#include <sodium.h>

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/random.h"
#include "gen/pupil_signin_sql.h"
#include "person/dossier.h"
#include "vault/vault.h"

#define CODE "picture_code.code"
#define IDLE_MS (30 * MS_MINUTE)
#define DAY_ENDS_HOUR 18

static enum status check_teacher(struct work *work, struct group_id group, struct pupil_id pupil)
{
    struct sql_pupil_in_group row;
    enum status st = access_check(work, RIGHT_GROUP_BADGES, (struct target){.group = group});
    if (st != OK || pupil.v == 0)
        return st;
    return sql_pupil_in_group(work->db, work->arena, work_school(work), group, pupil, &row);
}

static struct pupil_signin *line_of(struct pupil_signin *list, size_t count, struct pupil_id pupil)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].pupil.v == pupil.v)
            return &list[i];
    return NULL;
}

/* The code as stored: three bytes, one per picture. */
static enum status open_code(struct work *work, const struct sql_picture_rows_in_group *row,
                             struct picture_code *ret_code)
{
    struct vault_key key;
    struct bytes code;
    enum status st = dossier_key(work, work_school(work), row->slot, row->key_wrapped, &key);
    if (st != OK)
        return st;
    struct vault_place place = {
        .column = CODE, .school = work_school(work).v, .row = row->pupil.v};
    st = vault_open_bytes(&key, work->arena, place, row->code_sealed, &code);
    vault_key_wipe(&key);
    if (st == OK && code.len != PICTURE_CODE)
        st = ERR_CORRUPT;
    for (size_t i = 0; st == OK && i < PICTURE_CODE; i++)
        ret_code->at[i] = (enum picture)code.data[i];
    return st;
}

static enum status add_codes(struct work *work, struct group_id group, struct pupil_signin *list,
                             size_t count)
{
    struct sql_picture_rows_in_group *rows = NULL;
    size_t n = 0;
    enum status st =
        sql_picture_rows_in_group(work->db, work->arena, work_school(work), group, &rows, &n);
    for (size_t i = 0; st == OK && i < n; i++) {
        struct pupil_signin *line = line_of(list, count, rows[i].pupil);
        if (!line)
            continue;
        line->has_code = true;
        line->is_locked = rows[i].tries >= PICTURE_TRIES_MAX;
        st = open_code(work, &rows[i], &line->code);
    }
    return st;
}

static enum status add_badges(struct work *work, struct group_id group, struct pupil_signin *list,
                              size_t count)
{
    struct sql_badge_rows_in_group *badges = NULL;
    struct sql_pupil_sessions_in_group *sessions = NULL;
    size_t n = 0, m = 0;
    enum status st =
        sql_badge_rows_in_group(work->db, work->arena, work_school(work), group, &badges, &n);
    if (st == OK)
        st = sql_pupil_sessions_in_group(work->db, work->arena, work_school(work), group,
                                         work->now_ms, work->now_ms - IDLE_MS, &sessions, &m);
    for (size_t i = 0; st == OK && i < n; i++) {
        struct pupil_signin *line = line_of(list, count, badges[i].pupil);
        if (line) {
            line->has_badge = true;
            line->badge_made_at = badges[i].made_at;
        }
    }
    for (size_t i = 0; st == OK && i < m; i++) {
        struct pupil_signin *line = line_of(list, count, sessions[i].pupil);
        if (line)
            line->is_in = true;
    }
    return st;
}

enum status pupil_signin_list(struct work *work, struct group_id group, struct pupil_signin **ret,
                              size_t *ret_count)
{
    struct group_member *members = NULL;
    size_t count = 0;
    enum status st = check_teacher(work, group, (struct pupil_id){0});
    if (st == OK)
        st = group_members(work, group, &members, &count);
    struct pupil_signin *list = ARENA_ARRAY(work->arena, struct pupil_signin, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        list[i].pupil = members[i].pupil;
    if (st == OK)
        st = add_codes(work, group, list, count);
    if (st == OK)
        st = add_badges(work, group, list, count);
    if (st != OK)
        return st;
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status badge_revoke(struct work *work, struct group_id group, struct pupil_id pupil)
{
    enum status st = check_teacher(work, group, pupil);
    if (st == OK)
        st = sql_badge_end(work->db, work_school(work), pupil.v, NULL);
    if (st == OK)
        st = sql_badge_end_sessions(work->db, work_school(work), pupil.v, SESSION_BADGE, NULL);
    return st == OK ? audit_change(work, AUDIT_BADGE_REVOKED, pupil.v, 0) : st;
}

enum status badge_renew(struct work *work, struct group_id group, struct pupil_id pupil,
                        struct badge_token *ret_token)
{
    struct badge_token token = badge_token_new(work->random);
    uint8_t hash[32];
    enum status st = badge_revoke(work, group, pupil);
    if (st == OK)
        st = badge_token_hash(token.s, hash);
    if (st == OK)
        st = sql_badge_add(work->db, (struct bytes){hash, sizeof hash}, work_school(work), pupil.v,
                           work->now_ms, NULL);
    if (st == OK)
        *ret_token = token;
    return st;
}

enum status picture_renew(struct work *work, struct group_id group, struct pupil_id pupil)
{
    struct school_id school = work_school(work);
    uint8_t salt[PICTURE_SALT], index[32], bytes[PICTURE_CODE];
    random_fill(work->random, salt, sizeof salt);
    struct picture_grid grid = picture_grid(salt);
    struct picture_code code = picture_code_new(work->random, &grid);
    picture_code_index(work->vault, pupil.v, salt, &code, index);
    for (size_t i = 0; i < PICTURE_CODE; i++)
        bytes[i] = (uint8_t)code.at[i];

    struct vault_key key;
    struct sealed sealed;
    struct vault_place place = {.column = CODE, .school = school.v, .row = pupil.v};
    enum status st = check_teacher(work, group, pupil);
    if (st == OK)
        st = dossier_open(work, pupil.v, &key);
    if (st == OK)
        st = vault_seal(&key, work->random, work->arena, place, bytes, sizeof bytes, &sealed);
    if (st == OK)
        st = sql_picture_delete(work->db, school, pupil, NULL);
    if (st == OK)
        st = sql_picture_add(work->db, school, pupil, (struct bytes){salt, sizeof salt},
                             (struct bytes){index, sizeof index}, sealed, work->now_ms, NULL);
    if (st == OK)
        st = sql_badge_end_sessions(work->db, school, pupil.v, SESSION_PICTURE, NULL);
    return st == OK ? audit_change(work, AUDIT_PICTURE_CODE_SET, pupil.v, 0) : st;
}

enum status picture_unlock(struct work *work, struct group_id group, struct pupil_id pupil)
{
    enum status st = check_teacher(work, group, pupil);
    if (st == OK)
        st = sql_picture_set_tries(work->db, work_school(work), pupil, 0, NULL);
    return st == OK ? audit_change(work, AUDIT_PICTURE_CODE_SET, pupil.v, 0) : st;
}

enum status badge_find(struct work *work, const char *token, struct badge_owner *ret)
{
    uint8_t hash[32];
    struct sql_badge_row row;
    if (badge_token_hash(token, hash) != OK)
        return ERR_NOT_FOUND;
    enum status st =
        sql_badge_row(work->db, work->arena, (struct bytes){hash, sizeof hash}, &row);
    if (st == OK)
        *ret = (struct badge_owner){.school = row.at_school, .pupil = {row.of_pupil}};
    return st;
}

/* --- class devices ---------------------------------------------------------------------------- */

static struct bytes token_hash(const char *token, uint8_t hash[32])
{
    crypto_generichash(hash, 32, (const uint8_t *)token, strlen(token), NULL, 0);
    return (struct bytes){hash, 32};
}

enum status class_device_open(struct work *work, struct group_id group,
                              char ret_token[SESSION_TOKEN_TEXT])
{
    char token[SESSION_TOKEN_TEXT];
    uint8_t hash[32];
    enum status st = check_teacher(work, group, (struct pupil_id){0});
    if (st != OK)
        return st;
    session_new_token(work->random, token);
    int64_t end_of_day = date_moment(work->today, DAY_ENDS_HOUR, 0);
    int64_t ends = end_of_day > work->now_ms + MS_HOUR ? end_of_day : work->now_ms + MS_HOUR;
    struct device_id id = {work_new_id(work)};
    st = sql_class_device_add(work->db, id, token_hash(token, hash), work_school(work), group.v,
                              work->actor->staff.v, work->now_ms, ends, NULL);
    if (st == OK)
        st = audit_change(work, AUDIT_CLASS_DEVICE_OPENED, 0, group.v);
    if (st == OK)
        memcpy(ret_token, token, sizeof token);
    return st;
}

/* Would who opened the device be let open it now? Its right is asked at each use, not only that morning. */
static enum status check_opener(struct work *work, const struct sql_class_device_row *row)
{
    struct actor opener = {
        .kind = ACTOR_STAFF, .school = row->at_school, .staff = {row->opened_by}};
    struct work as_opener = *work;
    as_opener.actor = &opener;
    enum status st = actor_load_staff(&as_opener, &opener, NULL);
    struct target group = {.group = {row->at_group}};
    return st == OK ? access_check(&as_opener, RIGHT_GROUP_BADGES, group) : st;
}

enum status class_device_find(struct work *work, const char *token, struct class_device *ret)
{
    uint8_t hash[32];
    struct sql_class_device_row row;
    enum status st = sql_class_device_row(work->db, work->arena, token_hash(token, hash),
                                          work->now_ms, &row);
    if (st == OK && !vault_school_known(work->vault, row.at_school))
        st = vault_school_load(work->vault, row.at_school, row.school_key_wrapped);
    if (st == OK)
        st = check_opener(work, &row);
    if (st == OK)
        *ret = (struct class_device){
            .id = row.device_number, .school = row.at_school, .group = {row.at_group}};
    return st;
}

enum status class_device_close(struct work *work, const char *token)
{
    uint8_t hash[32];
    return sql_class_device_end(work->db, token_hash(token, hash), NULL);
}

/* The pupil's row, when the pupil is in the device's group now. */
static enum status find_code(struct work *work, struct group_id group, struct pupil_id pupil,
                             struct sql_picture_row *ret_row)
{
    struct sql_pupil_in_group member;
    enum status st =
        sql_pupil_in_group(work->db, work->arena, work_school(work), group, pupil, &member);
    if (st == OK)
        st = sql_picture_row(work->db, work->arena, work_school(work), pupil, ret_row);
    if (st == OK && (ret_row->salt.len != PICTURE_SALT || ret_row->code_index.len != 32))
        st = ERR_CORRUPT;
    return st;
}

enum status picture_grid_of(struct work *work, struct group_id group, struct pupil_id pupil,
                            struct picture_grid *ret_grid)
{
    struct sql_picture_row row;
    enum status st = find_code(work, group, pupil, &row);
    if (st == OK)
        *ret_grid = picture_grid(row.salt.data);
    return st;
}

enum status picture_try(struct work *work, struct group_id group, struct pupil_id pupil,
                        const struct picture_code *code, int *ret_tries)
{
    struct sql_picture_row row;
    enum status st = find_code(work, group, pupil, &row);
    if (st != OK)
        return st;
    *ret_tries = row.tries;
    if (row.tries >= PICTURE_TRIES_MAX)
        return ERR_LIMIT;
    bool right =
        picture_code_check(work->vault, pupil.v, row.salt.data, code, row.code_index.data);
    int tries = right ? 0 : row.tries + 1;
    *ret_tries = tries;
    if (tries != row.tries)
        st = sql_picture_set_tries(work->db, work_school(work), pupil, tries, NULL);
    if (st != OK)
        return st;
    return right ? OK : ERR_FORBIDDEN;
}
