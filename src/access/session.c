#include "access/session.h"

#include <assert.h>
#include <sodium.h>

#include "base/arena.h"
#include "base/random.h"
#include "gen/session_sql.h"
#include "vault/vault.h"

#define HASH_BYTES 32

static const struct limits {
    int64_t idle_ms, absolute_ms;
} limits[] = {
    [SESSION_STAFF] = {60 * MS_MINUTE, 12 * MS_HOUR},
    [SESSION_BADGE] = {30 * MS_MINUTE, 2 * MS_HOUR},
    [SESSION_PICTURE] = {30 * MS_MINUTE, 2 * MS_HOUR},
    [SESSION_GUARDIAN] = {30 * MS_MINUTE, 2 * MS_HOUR},
    [SESSION_EXTERNAL] = {30 * MS_MINUTE, 2 * MS_HOUR},
};
#define HALF_MS (10 * MS_MINUTE)

enum browser browser_of(const char *user_agent)
{
    /* Order matters: Edge says it is Chrome, Chrome says it is Safari. */
    static const struct {
        const char *mark;
        enum browser browser;
    } marks[] = {{"Edg", BROWSER_EDGE},
                 {"Firefox", BROWSER_FIREFOX},
                 {"Chrom", BROWSER_CHROME},
                 {"CriOS", BROWSER_CHROME},
                 {"Safari", BROWSER_SAFARI}};
    for (size_t i = 0; user_agent && i < ARRAY_LEN(marks); i++)
        if (strstr(user_agent, marks[i].mark))
            return marks[i].browser;
    return BROWSER_OTHER;
}

static void encode(const uint8_t *data, size_t len, char text[SESSION_TOKEN_TEXT])
{
    assert(len == SESSION_TOKEN_BYTES);
    sodium_bin2base64(text, SESSION_TOKEN_TEXT, data, len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void session_new_token(struct random *random, char ret_token[SESSION_TOKEN_TEXT])
{
    uint8_t raw[SESSION_TOKEN_BYTES];
    random_fill(random, raw, sizeof raw);
    encode(raw, sizeof raw, ret_token);
}

static struct bytes hash_of(const char *token, uint8_t hash[HASH_BYTES])
{
    crypto_generichash(hash, HASH_BYTES, (const uint8_t *)token, strlen(token), NULL, 0);
    return (struct bytes){hash, HASH_BYTES};
}

enum status session_start(struct db *db, struct random *random, int64_t now_ms,
                          const struct session_start *start, char ret_token[SESSION_TOKEN_TEXT],
                          struct session_id *ret_id)
{
    char token[SESSION_TOKEN_TEXT];
    uint8_t hash[HASH_BYTES];
    session_new_token(random, token);
    struct session_id id = {id_new(random)};
    int64_t lives = start->step == SESSION_HALF ? HALF_MS : limits[start->kind].absolute_ms;
    enum status st =
        sql_session_add(db, id, hash_of(token, hash), (int32_t)start->kind, (int32_t)start->step,
                        start->account, start->school, start->person, start->visit,
                        (int32_t)start->browser, now_ms, now_ms + lives, NULL);
    if (st != OK)
        return st;
    memcpy(ret_token, token, sizeof token);
    *ret_id = id;
    return OK;
}

enum status session_find(struct db *db, struct arena *arena, const char *token, int64_t now_ms,
                         struct session *ret_session)
{
    if (strlen(token) != SESSION_TOKEN_TEXT - 1)
        return ERR_NOT_FOUND;
    uint8_t hash[HASH_BYTES];
    struct sql_session_of_token row;
    enum status st = sql_session_of_token(db, arena, hash_of(token, hash), now_ms, &row);
    if (st != OK)
        return st;
    if (now_ms - row.seen_at >= limits[row.kind].idle_ms)
        return ERR_NOT_FOUND;
    *ret_session = (struct session){.id = row.id,
                                    .kind = (enum session_kind)row.kind,
                                    .step = (enum session_step)row.step,
                                    .account = row.account,
                                    .school = row.at_school,
                                    .person = row.person,
                                    .visit = row.visit,
                                    .lang = row.language == 1 ? LANG_EN : LANG_NL,
                                    .made_at = row.made_at,
                                    .seen_at = row.seen_at,
                                    .ends_at = row.ends_at};
    return OK;
}

enum status session_touch(struct db *db, struct session_id id, int64_t now_ms)
{
    return sql_session_seen(db, id, now_ms, NULL);
}

enum status session_set_language(struct db *db, const struct session *session, enum lang lang)
{
    return session->account.v
               ? sql_session_set_language(db, session->account, lang == LANG_EN, NULL)
               : OK;
}

enum status session_end(struct db *db, struct session_id id)
{
    return sql_session_delete(db, id, NULL);
}

void session_csrf(struct vault *vault, const char *token, char ret_csrf[SESSION_TOKEN_TEXT])
{
    uint8_t mac[SESSION_TOKEN_BYTES];
    vault_blind_index(vault, "csrf", token, strlen(token), mac);
    encode(mac, sizeof mac, ret_csrf);
}

bool session_csrf_equal(const char *given, const char *expected)
{
    return strlen(given) == SESSION_TOKEN_TEXT - 1 &&
           sodium_memcmp(given, expected, SESSION_TOKEN_TEXT - 1) == 0;
}
