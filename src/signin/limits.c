#include "signin/limits.h"

#include <arpa/inet.h>
#include <assert.h>

#include "base/date.h"

static const struct rate_rule rules[LIMIT_KINDS][LIMIT_SCOPES] = {
    [LIMIT_PASSWORD] = {[LIMIT_PAIR] = {5, 5 * MS_MINUTE},
                        [LIMIT_ADDRESS] = {100, 6 * MS_SECOND},
                        [LIMIT_ACCOUNT] = {20, 30 * MS_SECOND},
                        [LIMIT_DEVICE] = {10, MS_MINUTE}},
    [LIMIT_CODE] = {[LIMIT_PAIR] = {5, 5 * MS_MINUTE},
                    [LIMIT_ADDRESS] = {50, 30 * MS_SECOND},
                    [LIMIT_ACCOUNT] = {10, MS_MINUTE},
                    [LIMIT_DEVICE] = {10, MS_MINUTE}},
    [LIMIT_RESET] = {[LIMIT_PAIR] = {3, 10 * MS_MINUTE},
                     [LIMIT_ADDRESS] = {20, MS_MINUTE},
                     [LIMIT_ACCOUNT] = {5, MS_MINUTE}},
    /* Per class device: a morning's honest mistakes, not the nine that each pupil's lock would
       allow. */
    [LIMIT_PICTURES] = {[LIMIT_ADDRESS] = {200, 10 * MS_SECOND}, [LIMIT_ACCOUNT] = {30, MS_MINUTE}},
    [LIMIT_BADGE] = {[LIMIT_ADDRESS] = {120, MS_SECOND}},
    [LIMIT_CALENDAR] = {[LIMIT_ADDRESS] = {120, MS_SECOND}},
};

static const char *const names[LIMIT_KINDS][LIMIT_SCOPES] = {
    [LIMIT_PASSWORD] = {"password pair", "password address", "password account", "password device"},
    [LIMIT_CODE] = {"code pair", "code address", "code account", "code device"},
    [LIMIT_RESET] = {"reset pair", "reset address", "reset account", "reset device"},
    [LIMIT_PICTURES] = {"pictures pair", "pictures address", "pictures account", "pictures device"},
    [LIMIT_BADGE] = {"badge pair", "badge address", "badge account", "badge device"},
    [LIMIT_CALENDAR] = {"calendar pair", "calendar address", "calendar account", "calendar device"},
};

const struct rate_rule *limit_rule(enum limit_kind kind, enum limit_scope scope)
{
    assert(kind < LIMIT_KINDS && scope < LIMIT_SCOPES);
    return &rules[kind][scope];
}

static struct rate_key key_of(const struct limit_try *attempt, enum limit_scope scope)
{
    struct rate_key key = {.rule = limit_rule(attempt->kind, scope),
                           .what = names[attempt->kind][scope],
                           .first = attempt->account};
    if (scope == LIMIT_ADDRESS)
        key.first = attempt->address;
    else if (scope == LIMIT_PAIR)
        key.second = attempt->address;
    else if (scope == LIMIT_DEVICE)
        key.second = attempt->device;
    return key;
}

/* The scopes that a try answers to; their number. */
static size_t scopes_of(const struct limit_try *attempt, enum limit_scope scopes[LIMIT_SCOPES])
{
    if (attempt->device && limit_rule(attempt->kind, LIMIT_DEVICE)->burst) {
        scopes[0] = LIMIT_DEVICE;
        return 1;
    }
    scopes[0] = LIMIT_PAIR;
    scopes[1] = LIMIT_ADDRESS;
    scopes[2] = LIMIT_ACCOUNT;
    return 3;
}

enum status limit_begin(struct ratelimit *limit, const struct limit_try *attempt, int64_t now_ms,
                        int64_t *ret_wait_ms, enum limit_scope *ret_scope)
{
    assert(limit && attempt && attempt->account && attempt->address && ret_wait_ms && ret_scope);

    enum limit_scope scopes[LIMIT_SCOPES];
    struct rate_key keys[LIMIT_SCOPES];
    size_t count = scopes_of(attempt, scopes);
    for (size_t i = 0; i < count; i++)
        keys[i] = key_of(attempt, scopes[i]);
    size_t which = 0;
    int64_t wait = ratelimit_take(limit, keys, count, now_ms, &which);
    if (wait == 0)
        return OK;
    *ret_wait_ms = wait;
    *ret_scope = scopes[which];
    return ERR_LIMIT;
}

void limit_succeeded(struct ratelimit *limit, const struct limit_try *attempt, int64_t now_ms)
{
    assert(limit && attempt);

    enum limit_scope scopes[LIMIT_SCOPES];
    size_t count = scopes_of(attempt, scopes);
    for (size_t i = 0; i < count; i++) {
        struct rate_key key = key_of(attempt, scopes[i]);
        /* Address and account only get this try back: an account of one's own must not wash away
         * what one tried on those of others. */
        if (scopes[i] == LIMIT_PAIR || scopes[i] == LIMIT_DEVICE)
            ratelimit_forget(limit, key);
        else
            ratelimit_give_back(limit, key, now_ms);
    }
}

struct limit_address limit_address(const char *text)
{
    struct limit_address address = {"?"};
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, text, &v4) == 1) {
        (void)inet_ntop(AF_INET, &v4, address.s, sizeof address.s);
    } else if (inet_pton(AF_INET6, text, &v6) == 1) {
        if (IN6_IS_ADDR_V4MAPPED(&v6)) {
            memcpy(&v4, v6.s6_addr + 12, sizeof v4);
            (void)inet_ntop(AF_INET, &v4, address.s, sizeof address.s);
        } else {
            memset(v6.s6_addr + 8, 0, 8);
            (void)inet_ntop(AF_INET6, &v6, address.s, sizeof address.s);
        }
    }
    return address;
}
