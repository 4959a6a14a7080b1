/* Tests of ratelimit and of the policy in limits. */
#include "signin/testing.h"

#include <sodium.h>

#include "signin/limits.h"

#define NOW (INT64_C(1780000000) * 1000)

static struct ratelimit *table(size_t places)
{
    struct random random = random_seeded(6);
    struct ratelimit *limit = NULL;
    assert_status(ratelimit_new(places, &random, &limit), OK);
    return limit;
}

static const struct rate_rule three_a_minute = {3, 20000};

static struct rate_key key(const char *name)
{
    return (struct rate_key){.rule = &three_a_minute, .what = "test", .first = name};
}

static int64_t take(struct ratelimit *limit, const char *name, int64_t now)
{
    struct rate_key one = key(name);
    return ratelimit_take(limit, &one, 1, now, NULL);
}

static void a_burst_then_one_at_a_time(void **state UNUSED)
{
    struct ratelimit *limit = table(64);
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(limit, "a", NOW), 0);
    assert_int_equal(take(limit, "a", NOW), 20000);
    assert_int_equal(take(limit, "a", NOW + 5000), 15000); /* refused ones do not count */
    assert_int_equal(take(limit, "b", NOW), 0);
    assert_int_equal(take(limit, "a", NOW + 20000), 0);
    assert_int_equal(take(limit, "a", NOW + 20000), 20000);
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(limit, "a", NOW + 200000), 0);
    assert_true(take(limit, "a", NOW + 200000) > 0);
    ratelimit_give_back(limit, key("a"), NOW + 200000);
    assert_int_equal(take(limit, "a", NOW + 200000), 0);
    ratelimit_forget(limit, key("a"));
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(limit, "a", NOW + 200000), 0);
    /* The clock is set back by a year: nobody waits longer than a rule says. */
    assert_int_equal(take(limit, "a", NOW - 365 * MS_DAY), 20000);
    ratelimit_free(limit);
    ratelimit_free(NULL);
}

static void several_keys_count_together_or_not_at_all(void **state UNUSED)
{
    struct ratelimit *limit = table(64);
    static const struct rate_rule none = {0, 0};
    static const struct rate_rule one = {1, 60000};
    const struct rate_key keys[] = {key("a"),
                                    {.rule = &one, .what = "one", .first = "a"},
                                    {.rule = &none, .what = "none", .first = "a"}};
    size_t which = 99;
    assert_int_equal(ratelimit_take(limit, keys, 3, NOW, &which), 0);
    assert_int_equal(ratelimit_take(limit, keys, 3, NOW, &which), 60000);
    assert_int_equal(which, 1);
    assert_int_equal(take(limit, "a", NOW), 0); /* the refused one was not counted here */
    assert_int_equal(take(limit, "a", NOW), 0);
    assert_true(take(limit, "a", NOW) > 0);
    ratelimit_free(limit);
}

static void parts_of_a_key_do_not_run_together(void **state UNUSED)
{
    struct ratelimit *limit = table(64);
    static const struct rate_rule one = {1, 60000};
    const struct rate_key keys[] = {
        {.rule = &one, .what = "w", .first = "ab", .second = "c"},
        {.rule = &one, .what = "w", .first = "a", .second = "bc"},
        {.rule = &one, .what = "wa", .first = "b", .second = "c"},
        {.rule = &one, .what = "w", .first = "abc", .second = NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        assert_int_equal(ratelimit_take(limit, keys + i, 1, NOW, NULL), 0);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        assert_int_equal(ratelimit_take(limit, keys + i, 1, NOW, NULL), 60000);
    ratelimit_free(limit);
}

static void a_flood_of_fresh_keys_does_not_free_a_slowed_one(void **state UNUSED)
{
    struct ratelimit *limit = table(256);
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(limit, "slowed", NOW), 0);
    for (int i = 0; i < 20000; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "fresh%d", i);
        assert_int_equal(take(limit, name, NOW + 1), 0);
    }
    assert_true(take(limit, "slowed", NOW + 2) > 0);
    ratelimit_free(limit);
}

static enum status try_at(struct ratelimit *limit, enum limit_kind kind, const char *account,
                          const char *address, const char *device, int64_t now, int64_t *wait)
{
    const struct limit_try attempt = {kind, account, address, device};
    enum limit_scope scope;
    return limit_begin(limit, &attempt, now, wait, &scope);
}

#define TEACHER "noor@school.nl"
#define SCHOOL "192.0.2.1"

/* A hundred thousand guesses from a thousand addresses, and as many from the school's own. */
static void attack(struct ratelimit *limit, int64_t now)
{
    int64_t wait;
    for (int i = 0; i < 1000; i++) {
        char address[24];
        (void)snprintf(address, sizeof address, "198.51.%d.%d", i / 250, i % 250);
        for (int j = 0; j < 100; j++)
            IGNORE(try_at(limit, LIMIT_PASSWORD, TEACHER, address, NULL, now, &wait));
        for (int j = 0; j < 100; j++)
            IGNORE(try_at(limit, LIMIT_PASSWORD, TEACHER, SCHOOL, NULL, now, &wait));
    }
}

static void an_attacker_cannot_lock_out_the_teacher(void **state UNUSED)
{
    struct ratelimit *limit = table(RATELIMIT_PLACES);
    attack(limit, NOW);
    int64_t wait = 0;
    /* At her own desk, also behind the address from which the attack comes. */
    for (int i = 0; i < 5; i++)
        assert_status(try_at(limit, LIMIT_PASSWORD, TEACHER, SCHOOL, "desk", NOW, &wait), OK);
    const struct limit_try desk = {LIMIT_PASSWORD, TEACHER, SCHOOL, "desk"};
    limit_succeeded(limit, &desk, NOW);
    assert_status(try_at(limit, LIMIT_CODE, TEACHER, SCHOOL, "desk", NOW, &wait), OK);
    /* At a new device elsewhere she waits for seconds, not for hours. */
    assert_status(try_at(limit, LIMIT_PASSWORD, TEACHER, "203.0.113.9", NULL, NOW, &wait),
                  ERR_LIMIT);
    assert_true(wait <= ACCOUNT_SPACING_MAX_MS);
    assert_status(try_at(limit, LIMIT_PASSWORD, TEACHER, "203.0.113.9", NULL, NOW + wait, &wait),
                  OK);
    /* A cookie that is not hers is no known device of hers; colleagues are not touched. */
    assert_status(try_at(limit, LIMIT_PASSWORD, "bas@school.nl", "203.0.113.9", NULL, NOW, &wait),
                  OK);
    ratelimit_free(limit);
}

static void a_network_of_machines_gets_few_guesses(void **state UNUSED)
{
    struct ratelimit *limit = table(RATELIMIT_PLACES);
    unsigned guesses = 0;
    for (int64_t second = 0; second < 3600; second++) {
        for (int i = 0; i < 20; i++) {
            char address[24];
            (void)snprintf(address, sizeof address, "198.%d.%d.%d", (int)(second / 200),
                           (int)(second % 200), i);
            int64_t wait;
            guesses += try_at(limit, LIMIT_PASSWORD, TEACHER, address, NULL, NOW + second * 1000,
                              &wait) == OK;
        }
    }
    assert_true(guesses <= 20 + 3600 / 30 + 1); /* of 72,000 */
    assert_true(guesses >= 100);
    ratelimit_free(limit);
}

static void one_address_guesses_one_person_five_times(void **state UNUSED)
{
    struct ratelimit *limit = table(RATELIMIT_PLACES);
    int64_t wait;
    unsigned guesses = 0;
    for (int i = 0; i < 50; i++)
        guesses += try_at(limit, LIMIT_PASSWORD, TEACHER, SCHOOL, NULL, NOW, &wait) == OK;
    assert_int_equal(guesses, 5);
    enum limit_scope scope = LIMIT_DEVICE;
    const struct limit_try attempt = {LIMIT_PASSWORD, TEACHER, SCHOOL, NULL};
    assert_status(limit_begin(limit, &attempt, NOW, &wait, &scope), ERR_LIMIT);
    assert_int_equal(scope, LIMIT_PAIR);
    ratelimit_free(limit);
}

static void a_school_behind_one_address_signs_in_at_nine(void **state UNUSED)
{
    struct ratelimit *limit = table(RATELIMIT_PLACES);
    for (int i = 0; i < 400; i++) {
        char account[24];
        (void)snprintf(account, sizeof account, "staff%d@school.nl", i);
        const struct limit_try attempt = {LIMIT_PASSWORD, account, SCHOOL, NULL};
        int64_t wait;
        enum limit_scope scope;
        assert_status(limit_begin(limit, &attempt, NOW + i, &wait, &scope), OK);
        limit_succeeded(limit, &attempt, NOW + i);
    }
    ratelimit_free(limit);
}

static void success_washes_away_only_itself(void **state UNUSED)
{
    struct ratelimit *limit = table(RATELIMIT_PLACES);
    int64_t wait;
    unsigned guesses = 0;
    for (int i = 0; i < 500; i++) {
        char account[24];
        (void)snprintf(account, sizeof account, "victim%d", i);
        guesses += try_at(limit, LIMIT_PASSWORD, account, SCHOOL, NULL, NOW, &wait) == OK;
        const struct limit_try own = {LIMIT_PASSWORD, "attacker", SCHOOL, NULL};
        enum limit_scope scope;
        if (limit_begin(limit, &own, NOW, &wait, &scope) == OK)
            limit_succeeded(limit, &own, NOW);
    }
    assert_true(guesses <= limit_rule(LIMIT_PASSWORD, LIMIT_ADDRESS)->burst);
    assert_true(guesses >= 90);
    ratelimit_free(limit);
}

static void a_stolen_cookie_meets_a_limit(void **state UNUSED)
{
    struct ratelimit *limit = table(RATELIMIT_PLACES);
    int64_t wait;
    unsigned guesses = 0;
    for (int i = 0; i < 100; i++)
        guesses += try_at(limit, LIMIT_PASSWORD, TEACHER, SCHOOL, "stolen", NOW, &wait) == OK;
    assert_int_equal(guesses, limit_rule(LIMIT_PASSWORD, LIMIT_DEVICE)->burst);
    ratelimit_free(limit);
}

static void a_class_device_does_not_guess_its_way_along_the_class(void **state UNUSED)
{
    struct ratelimit *limit = table(RATELIMIT_PLACES);
    int64_t wait;
    unsigned guesses = 0;
    for (int i = 0; i < 28 * 9; i++)
        guesses += try_at(limit, LIMIT_PICTURES, "device", SCHOOL, NULL, NOW, &wait) == OK;
    assert_int_equal(guesses, limit_rule(LIMIT_PICTURES, LIMIT_ACCOUNT)->burst);
    assert_true(guesses < 28 * 9 / 5);
    assert_true(wait > 0 && wait <= ACCOUNT_SPACING_MAX_MS);
    /* The card works, and so does another device of the same school. */
    assert_status(try_at(limit, LIMIT_BADGE, "", SCHOOL, NULL, NOW, &wait), OK);
    assert_status(try_at(limit, LIMIT_PICTURES, "another", SCHOOL, NULL, NOW, &wait), OK);
    ratelimit_free(limit);
}

static void the_table_keeps_its_promises(void **state UNUSED)
{
    for (int kind = 0; kind < LIMIT_KINDS; kind++) {
        unsigned applied = 0;
        for (int scope = 0; scope < LIMIT_SCOPES; scope++) {
            const struct rate_rule *rule =
                limit_rule((enum limit_kind)kind, (enum limit_scope)scope);
            applied += rule->burst > 0;
            assert_int_equal(rule->burst > 0, rule->forget_ms > 0);
        }
        assert_true(applied > 0);
        /* Every kind is limited per address, so that no one machine can fill the day's log. */
        assert_true(limit_rule((enum limit_kind)kind, LIMIT_ADDRESS)->burst > 0);
        assert_true(limit_rule((enum limit_kind)kind, LIMIT_ACCOUNT)->forget_ms <=
                    ACCOUNT_SPACING_MAX_MS);
    }
}

static void an_address_is_a_household(void **state UNUSED)
{
    assert_string_equal(limit_address("192.0.2.7").s, "192.0.2.7");
    assert_string_equal(limit_address("::ffff:192.0.2.7").s, "192.0.2.7");
    assert_string_equal(limit_address("2001:db8:1:2:3:4:5:6").s, "2001:db8:1:2::");
    assert_string_equal(limit_address("2001:db8:1:2:ffff::1").s, "2001:db8:1:2::");
    assert_string_equal(limit_address("2001:db8:1:3::1").s, "2001:db8:1:3::");
    assert_string_equal(limit_address("not an address").s, "?");
    assert_string_equal(limit_address("").s, "?");
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_then_one_at_a_time),
        cmocka_unit_test(several_keys_count_together_or_not_at_all),
        cmocka_unit_test(parts_of_a_key_do_not_run_together),
        cmocka_unit_test(a_flood_of_fresh_keys_does_not_free_a_slowed_one),
        cmocka_unit_test(an_attacker_cannot_lock_out_the_teacher),
        cmocka_unit_test(a_network_of_machines_gets_few_guesses),
        cmocka_unit_test(one_address_guesses_one_person_five_times),
        cmocka_unit_test(a_school_behind_one_address_signs_in_at_nine),
        cmocka_unit_test(success_washes_away_only_itself),
        cmocka_unit_test(a_stolen_cookie_meets_a_limit),
        cmocka_unit_test(a_class_device_does_not_guess_its_way_along_the_class),
        cmocka_unit_test(the_table_keeps_its_promises),
        cmocka_unit_test(an_address_is_a_household),
    };
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
