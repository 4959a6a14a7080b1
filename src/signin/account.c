#include "signin/account.h"

#include <sodium.h>

#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "base/random.h"
#include "base/str.h"
#include "gen/account_sql.h"
#include "school/school.h"
#include "staff/staff.h"
#include "vault/vault.h"

#define EMAIL_MAX 254 /* RFC 5321 4.5.3.1.3 */

static void index_of(struct work *work, const char *email, uint8_t index[32])
{
    const char *key = str_lower_ascii(work->arena, str_trim(work->arena, email));
    vault_blind_index(work->vault, "login", key, strlen(key), index);
}

static struct bytes token_hash(const char *token, uint8_t hash[32])
{
    crypto_generichash(hash, 32, (const uint8_t *)token, strlen(token), NULL, 0);
    return (struct bytes){hash, 32};
}

static void account_of_row(const struct sql_account_of_login *row, struct account *ret)
{
    *ret = (struct account){.id = row->id,
                            .password_hash = row->password_hash,
                            .has_second_factor = row->totp_sealed.len > 0,
                            .is_disabled = row->disabled_at != 0,
                            .totp_step = row->totp_step,
                            .lang = row->language == 1 ? LANG_EN : LANG_NL};
}

enum status account_find_login(struct work *work, const char *email, struct account *ret)
{
    uint8_t index[32];
    struct sql_account_of_login row;
    index_of(work, email, index);
    enum status st =
        sql_account_of_login(work->db, work->arena, (struct bytes){index, sizeof index}, &row);
    if (st == OK)
        account_of_row(&row, ret);
    return st;
}

enum status account_find(struct work *work, struct account_id id, struct account *ret)
{
    struct sql_account_of_login row;
    enum status st = sql_account_row(work->db, work->arena, id, &row);
    if (st == OK)
        account_of_row(&row, ret);
    return st;
}

/* What belongs to an account is sealed with the installation's key. */
static enum status seal_own(struct work *work, const char *column, struct account_id id,
                            const void *data, size_t len, struct sealed *ret)
{
    struct vault_key key;
    vault_installation_key(work->vault, &key);
    struct vault_place place = {.column = column, .row = id.v};
    enum status st = vault_seal(&key, work->random, work->arena, place, data, len, ret);
    vault_key_wipe(&key);
    return st;
}

static enum status open_own(struct work *work, const char *column, struct account_id id,
                            struct sealed sealed, struct bytes *ret)
{
    struct vault_key key;
    vault_installation_key(work->vault, &key);
    struct vault_place place = {.column = column, .row = id.v};
    enum status st = vault_open_bytes(&key, work->arena, place, sealed, ret);
    vault_key_wipe(&key);
    return st;
}

enum status account_address(struct work *work, struct account_id id, struct sealed sealed,
                            const char **ret_email)
{
    struct bytes text;
    enum status st = open_own(work, "account.login", id, sealed, &text);
    if (st == OK)
        *ret_email = arena_strndup(work->arena, (const char *)text.data, text.len);
    return st;
}

enum status account_email(struct work *work, struct account_id id, const char **ret_email)
{
    struct sql_account_login row;
    enum status st = sql_account_login(work->db, work->arena, id, &row);
    return st == OK ? account_address(work, id, row.login_sealed, ret_email) : st;
}

enum status account_make(struct work *work, const char *email, struct account_id *ret)
{
    const char *clean = str_trim(work->arena, email);
    if (strlen(clean) > EMAIL_MAX || !strchr(clean, '@'))
        return ERR_INVALID;
    uint8_t index[32];
    struct account existing;
    enum status st = account_find_login(work, clean, &existing);
    if (st != ERR_NOT_FOUND)
        return st == OK ? ERR_CONFLICT : st;
    index_of(work, clean, index);
    struct account_id id = {work_new_id(work)};
    struct sealed sealed;
    st = seal_own(work, "account.login", id, clean, strlen(clean), &sealed);
    if (st == OK)
        st = sql_account_add(work->db, id, (struct bytes){index, sizeof index}, sealed,
                             work->now_ms, NULL);
    if (st == OK)
        *ret = id;
    return st;
}

enum status account_join_school(struct work *work, struct account_id account, struct staff_id staff)
{
    enum status st = sql_account_school_add(work->db, account, work_school(work), NULL);
    return st == OK ? staff_tie_account(work, staff, account) : st;
}

enum status account_remove_homeless(struct work *work, size_t *ret_count)
{
    enum status st = sql_account_homeless_recovery(work->db, NULL);
    if (st == OK)
        st = sql_account_homeless_invitation(work->db, NULL);
    if (st == OK)
        st = sql_account_homeless_session(work->db, NULL);
    return st == OK ? sql_account_homeless(work->db, ret_count) : st;
}

enum status account_set_password(struct work *work, struct account_id id, const char *hash,
                                 struct session_id keep)
{
    enum status st = sql_account_password(work->db, id, hash, NULL);
    if (st == OK)
        st = sql_account_session_end_others(work->db, id, keep, NULL);
    return st == OK ? sql_account_invitation_clear(work->db, id, NULL) : st;
}

enum status account_rehash(struct work *work, struct account_id id, const char *hash)
{
    return sql_account_password(work->db, id, hash, NULL);
}

enum status account_totp_secret(struct work *work, struct account_id id,
                                uint8_t ret_secret[ACCOUNT_TOTP_BYTES])
{
    struct sql_account_of_login row;
    struct bytes secret;
    enum status st = sql_account_row(work->db, work->arena, id, &row);
    if (st == OK && row.totp_sealed.len == 0)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = open_own(work, "account.totp", id, row.totp_sealed, &secret);
    if (st == OK && secret.len != ACCOUNT_TOTP_BYTES)
        st = ERR_CORRUPT;
    if (st == OK)
        memcpy(ret_secret, secret.data, ACCOUNT_TOTP_BYTES);
    return st;
}

enum status account_set_totp(struct work *work, struct account_id id,
                             const uint8_t secret[ACCOUNT_TOTP_BYTES], int64_t step,
                             struct session_id keep)
{
    struct sealed sealed;
    enum status st = seal_own(work, "account.totp", id, secret, ACCOUNT_TOTP_BYTES, &sealed);
    if (st == OK)
        st = sql_account_totp(work->db, id, sealed, step, NULL);
    return st == OK ? sql_account_session_end_others(work->db, id, keep, NULL) : st;
}

enum status account_clear_totp(struct work *work, struct account_id id)
{
    enum status st = sql_account_totp(work->db, id, (struct sealed){NULL, 0}, 0, NULL);
    if (st == OK)
        st = sql_account_recovery_clear(work->db, id, NULL);
    return st == OK ? sql_account_session_end_others(work->db, id, (struct session_id){0}, NULL)
                    : st;
}

enum status account_use_totp_step(struct work *work, struct account_id id, int64_t step)
{
    size_t changed = 0;
    enum status st = sql_account_totp_step(work->db, id, step, &changed);
    return st == OK && changed == 0 ? ERR_CONFLICT : st;
}

enum status account_set_recovery(struct work *work, struct account_id id,
                                 const uint8_t (*hashes)[32], size_t count)
{
    enum status st = sql_account_recovery_clear(work->db, id, NULL);
    for (size_t i = 0; st == OK && i < count; i++)
        st = sql_account_recovery_add(work->db, id, (struct bytes){hashes[i], 32}, NULL);
    return st;
}

enum status account_use_recovery(struct work *work, struct account_id id, const uint8_t hash[32])
{
    size_t changed = 0;
    enum status st =
        sql_account_recovery_use(work->db, id, (struct bytes){hash, 32}, work->now_ms, &changed);
    return st == OK && changed == 0 ? ERR_NOT_FOUND : st;
}

enum status account_recovery_left(struct work *work, struct account_id id, int *ret_left)
{
    struct sql_account_recovery_count row;
    enum status st = sql_account_recovery_count(work->db, work->arena, id, &row);
    if (st == OK)
        *ret_left = (int)row.unused;
    return st;
}

enum status account_invite(struct work *work, struct account_id id, enum invitation_purpose purpose,
                           char ret_token[ACCOUNT_TOKEN_TEXT])
{
    char token[ACCOUNT_TOKEN_TEXT];
    uint8_t hash[32];
    session_new_token(work->random, token);
    int64_t lives = purpose == INVITATION_FIRST ? INVITATION_MS : RESET_MS;
    enum status st = sql_account_invitation_clear(work->db, id, NULL);
    if (st == OK)
        st = sql_account_invitation_add(work->db, token_hash(token, hash), id, (int32_t)purpose,
                                        work->now_ms, work->now_ms + lives, NULL);
    if (st == OK)
        memcpy(ret_token, token, sizeof token);
    return st;
}

enum status account_invitation(struct work *work, const char *token, struct account_id *ret_account,
                               enum invitation_purpose *ret_purpose)
{
    uint8_t hash[32];
    struct sql_account_invitation_row row;
    enum status st = sql_account_invitation_row(work->db, work->arena, token_hash(token, hash),
                                                work->now_ms, &row);
    if (st == OK) {
        *ret_account = row.account;
        *ret_purpose = (enum invitation_purpose)row.purpose;
    }
    return st;
}

enum status account_invitation_use(struct work *work, const char *token)
{
    uint8_t hash[32];
    size_t changed = 0;
    enum status st =
        sql_account_invitation_used(work->db, token_hash(token, hash), work->now_ms, &changed);
    return st == OK && changed == 0 ? ERR_NOT_FOUND : st;
}

/* The name of a school that the actor need not be at: loads its key for the moment. */
static enum status place_at(struct work *work, struct account_id id, struct school_id school,
                            struct account_place *ret, bool *ret_here)
{
    struct sql_account_staff *rows = NULL;
    size_t count = 0;
    *ret_here = false;
    enum status st = sql_account_staff(work->db, work->arena, school, id, &rows, &count);
    if (st != OK || count == 0)
        return st;
    struct actor there = {.kind = ACTOR_STAFF, .school = school};
    struct work at_school = *work;
    at_school.actor = &there;
    struct school found;
    st = school_find(&at_school, &found);
    if (st == OK) {
        *ret = (struct account_place){school, rows[0].id, found.name};
        *ret_here = true;
    }
    return st;
}

enum status account_places(struct work *work, struct account_id id, struct account_place **ret,
                           size_t *ret_count)
{
    struct sql_account_school_rows *rows = NULL;
    size_t count = 0;
    enum status st = sql_account_school_rows(work->db, work->arena, id, &rows, &count);
    if (st != OK)
        return st;
    struct account_place *places = ARENA_ARRAY(work->arena, struct account_place, count);
    if (!places)
        return ERR_NOMEM;
    size_t here = 0;
    for (size_t i = 0; st == OK && i < count; i++) {
        bool is_here = false;
        st = place_at(work, id, rows[i].at_school, &places[here], &is_here);
        here += is_here;
    }
    if (st != OK)
        return st;
    *ret = places;
    *ret_count = here;
    return OK;
}

enum status account_is_here(struct work *work, struct account_id id, bool *ret_is)
{
    struct sql_account_staff *rows = NULL;
    size_t count = 0;
    enum status st = sql_account_staff(work->db, work->arena, work_school(work), id, &rows, &count);
    if (st == OK)
        *ret_is = count > 0;
    return st;
}

enum status account_is_elsewhere(struct work *work, struct account_id id, bool *ret_is)
{
    struct sql_account_school_rows *places = NULL;
    size_t count = 0;
    bool found = false;
    enum status st = sql_account_school_rows(work->db, work->arena, id, &places, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (places[i].at_school.v == work_school(work).v)
            continue;
        struct actor there = {.kind = ACTOR_STAFF, .school = places[i].at_school};
        struct work at_school = *work;
        bool is_there = false;
        at_school.actor = &there;
        st = account_is_here(&at_school, id, &is_there);
        found |= is_there;
    }
    if (st == OK)
        *ret_is = found;
    return st;
}

enum status account_sessions(struct work *work, struct account_id id, struct account_session **ret,
                             size_t *ret_count)
{
    struct sql_account_session_rows *rows = NULL;
    size_t count = 0;
    enum status st =
        sql_account_session_rows(work->db, work->arena, id, work->now_ms, &rows, &count);
    if (st != OK)
        return st;
    struct account_session *list = ARENA_ARRAY(work->arena, struct account_session, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct account_session){.id = rows[i].id,
                                           .browser = (enum browser)rows[i].browser,
                                           .made_at = rows[i].made_at,
                                           .seen_at = rows[i].seen_at};
    *ret = list;
    *ret_count = count;
    return OK;
}

enum status account_end_session(struct work *work, struct account_id id, struct session_id session)
{
    size_t changed = 0;
    enum status st = sql_account_session_end(work->db, id, session, &changed);
    return st == OK && changed == 0 ? ERR_NOT_FOUND : st;
}

enum status account_choose_school(struct work *work, struct session_id session,
                                  struct account_place place)
{
    return sql_account_session_school(work->db, session, place.school, place.staff.v, NULL);
}

enum status account_disable(struct work *work, struct account_id id, bool disabled)
{
    enum status st = sql_account_set_disabled(work->db, id, disabled ? work->now_ms : 0, NULL);
    if (st == OK && disabled)
        st = sql_account_session_end_others(work->db, id, (struct session_id){0}, NULL);
    return st;
}

enum status account_sweep(struct work *work)
{
    enum status st = sql_account_sweep_sessions(work->db, work->now_ms, NULL);
    if (st == OK)
        st = sql_account_sweep_invitations(work->db, work->now_ms, NULL);
    return st == OK ? sql_account_sweep_devices(work->db, work->now_ms, NULL) : st;
}
