#include "signin/testing.h"

#include <pthread.h>
#include <sodium.h>

#include "base/clock.h"
#include "signin/password.h"

static const char *const words[] = {"j.devries@deregenboog-almere.nl", "Basisschool De Regenboog",
                                    NULL, "Özgür Yıldırım"};

static enum password_flaw check(const char *password)
{
    return password_check(password, strlen(password), words, ARRAY_LEN(words));
}

struct judged {
    const char *password;
    enum password_flaw flaw;
};

static void each_rule_has_its_reason(void **state UNUSED)
{
    const struct judged table[] = {
        {"", PASSWORD_SHORT},
        {"elfTekens12", PASSWORD_SHORT},
        {"éééééééé12x", PASSWORD_SHORT}, /* characters count, not bytes */
        {"aaaaaaaaaaaaaaaa", PASSWORD_SIMPLE},
        {"abababababab", PASSWORD_SIMPLE},
        {"xkqxkqxkqxkqxkq", PASSWORD_SIMPLE},
        {"vK7#qvK7#qvK7#q", PASSWORD_SIMPLE},
        {"839201756402", PASSWORD_SIMPLE},
        {"06-12 34 56 78 ab", PASSWORD_SIMPLE},
        {"abcdefghijklmno", PASSWORD_SIMPLE},
        {"onmlkjihgfedcba", PASSWORD_SIMPLE},
        {"wachtwoord123", PASSWORD_COMMON},
        {"Wachtwoord2024!", PASSWORD_COMMON},
        {"W4chtw00rd2024!", PASSWORD_COMMON},
        {"!!Welkom2024!!!", PASSWORD_COMMON},
        {"We1kom01-2025", PASSWORD_COMMON},
        {"1234welkom1234", PASSWORD_COMMON},
        {"w.e.l.k.o.m.1.2", PASSWORD_COMMON},
        {"qwertyuiop12", PASSWORD_COMMON},
        {"P@$$w0rd12345", PASSWORD_COMMON},
        {"Zomer2024Winter", PASSWORD_COMMON},
        {"feyenoord1908!", PASSWORD_COMMON},
        {"Amsterdam-2026", PASSWORD_COMMON},
        {"zonnebloempjé1", PASSWORD_COMMON},
        {"Weerklank2026!", PASSWORD_PERSONAL},
        {"weerklankwelkom", PASSWORD_PERSONAL},
        {"DeRegenboog2026", PASSWORD_PERSONAL},
        {"d3r3g3nb00g!!!", PASSWORD_PERSONAL},
        {"jdevries123456", PASSWORD_PERSONAL},
        {"DeVries-1984!!", PASSWORD_PERSONAL},
        {"Yildirim123456", PASSWORD_PERSONAL},
        {"ÖZGÜR wachtwoord", PASSWORD_PERSONAL},
        {"de maan gaf twee ezels een fluit", PASSWORD_FINE},
        {"vK7#q2!pLm9zXw", PASSWORD_FINE},
        {"trapleuning kwadraat zeepsop", PASSWORD_FINE},
        {"зимний вечер у реки", PASSWORD_FINE},
        {"fietsbel99 onder het afdak", PASSWORD_FINE},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (check(table[i].password) != table[i].flaw)
            fail_msg("%s: %d, not %d", table[i].password, check(table[i].password), table[i].flaw);
}

static void length_and_text_are_checked_first(void **state UNUSED)
{
    char big[PASSWORD_MAX_BYTES + 1];
    struct random random = random_seeded(1);
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (char)('a' + random_below(&random, 26));
    assert_int_equal(password_check(big, PASSWORD_MAX_BYTES, NULL, 0), PASSWORD_FINE);
    assert_int_equal(password_check(big, PASSWORD_MAX_BYTES + 1, NULL, 0), PASSWORD_LONG);
    assert_int_equal(password_check("vK7#q2!pLm9\0zXw", 15, NULL, 0), PASSWORD_NOT_TEXT);
    assert_int_equal(password_check("vK7#q2!pLm9z\xC3", 13, NULL, 0), PASSWORD_NOT_TEXT);
    assert_int_equal(password_check("vK7#q2!pLm\xED\xA0\x80zXw", 16, NULL, 0), PASSWORD_NOT_TEXT);
}

static void any_bytes_are_survived(void **state UNUSED)
{
    struct random random = random_seeded(2);
    const char *hostile[40];
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++)
        hostile[i] = "x.yyyy@zzzz een heel lange naam met veel woorden erin en nog wat "
                     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    unsigned text = 0;
    for (int round = 0; round < 20000; round++) {
        char bytes[PASSWORD_MAX_BYTES];
        random_fill(&random, bytes, sizeof bytes);
        size_t len = random_below(&random, PASSWORD_MAX_BYTES + 1);
        for (size_t i = 0; i < len && round % 2; i++)
            bytes[i] &= 0x7F;
        text += password_check(bytes, len, hostile, ARRAY_LEN(hostile)) != PASSWORD_NOT_TEXT;
    }
    assert_true(text > 100);
}

static void the_list_is_in_order_and_folded(void **state UNUSED)
{
    assert_true(password_word_count >= 2000);
    for (size_t i = 0; i < password_word_count; i++) {
        const char *word = password_words[i];
        assert_true(strlen(word) >= 3 && strlen(word) < 64);
        assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz"), strlen(word));
        if (i && strcmp(password_words[i - 1], word) >= 0)
            fail_msg("%s stands before %s", password_words[i - 1], word);
    }
}

static struct password_cost cheap(struct password_gate *gate)
{
    return (struct password_cost){.passes = crypto_pwhash_OPSLIMIT_MIN,
                                  .memory = crypto_pwhash_MEMLIMIT_MIN,
                                  .gate = gate,
                                  .wait_ms = 20};
}

static void a_password_verifies(void **state UNUSED)
{
    struct password_cost cost = cheap(NULL);
    char hash[PASSWORD_HASH_SIZE];
    char other[PASSWORD_HASH_SIZE];
    bool rehash = true;
    assert_status(password_hash(&cost, "correct", 7, hash), OK);
    assert_status(password_hash(&cost, "correct", 7, other), OK);
    assert_string_not_equal(hash, other);
    assert_int_equal(strncmp(hash, "$argon2id$", 10), 0);
    assert_status(password_verify(&cost, hash, "correct", 7, &rehash), OK);
    assert_false(rehash);
    assert_status(password_verify(&cost, hash, "Correct", 7, &rehash), ERR_FORBIDDEN);
    assert_status(password_verify(&cost, hash, "correc", 6, &rehash), ERR_FORBIDDEN);
    assert_status(password_verify(&cost, NULL, "correct", 7, &rehash), ERR_FORBIDDEN);
    assert_status(password_verify(&cost, "no hash", "correct", 7, &rehash), ERR_CORRUPT);
    cost.passes++;
    assert_status(password_verify(&cost, hash, "correct", 7, &rehash), OK);
    assert_true(rehash);

    char big[PASSWORD_MAX_BYTES + 1] = {0};
    assert_status(password_hash(&cost, big, sizeof big, hash), ERR_LIMIT);
    assert_status(password_verify(&cost, hash, big, sizeof big, &rehash), ERR_LIMIT);
    cost.memory = 1; /* refused by the library */
    assert_status(password_hash(&cost, "correct", 7, hash), ERR_NOMEM);
}

static void the_default_cost_is_what_we_promise(void **state UNUSED)
{
    struct password_cost cost = password_cost_default(NULL);
    char hash[PASSWORD_HASH_SIZE];
    int64_t start = clock_ticks_us();
    assert_status(password_hash(&cost, "correct", 7, hash), OK);
    int64_t hashed = clock_ticks_us();
    bool rehash = false;
    assert_status(password_verify(&cost, NULL, "correct", 7, &rehash), ERR_FORBIDDEN);
    int64_t end = clock_ticks_us();
    assert_non_null(strstr(hash, "m=65536,t=2,p=1"));
    print_message("# a hash %.0f ms, an unknown account %.0f ms\n", (double)(hashed - start) / 1000,
                  (double)(end - hashed) / 1000);
}

static void the_gate_counts(void **state UNUSED)
{
    struct password_gate *gate = NULL;
    assert_status(password_gate_new(2, &gate), OK);
    struct password_cost cost = cheap(gate);
    char hash[PASSWORD_HASH_SIZE];
    assert_status(password_gate_enter(gate, 0), OK);
    assert_status(password_hash(&cost, "correct", 7, hash), OK); /* goes in and out again */
    assert_status(password_gate_enter(gate, 0), OK);
    assert_status(password_gate_enter(gate, 0), ERR_LIMIT);
    int64_t start = clock_ticks_us();
    assert_status(password_hash(&cost, "correct", 7, hash), ERR_LIMIT);
    assert_true(clock_ticks_us() - start >= 20 * 1000);
    bool rehash;
    assert_status(password_verify(&cost, NULL, "correct", 7, &rehash), ERR_LIMIT);
    password_gate_leave(gate);
    assert_status(password_verify(&cost, hash, "correct", 7, &rehash), OK);
    password_gate_leave(gate);
    password_gate_free(gate);
    password_gate_free(NULL);
}

static void *enter_and_leave(void *arg)
{
    struct password_gate *gate = arg;
    enum status st = password_gate_enter(gate, 10000);
    if (st == OK)
        password_gate_leave(gate);
    return st == OK ? gate : NULL;
}

static void who_waits_gets_in(void **state UNUSED)
{
    struct password_gate *gate = NULL;
    assert_status(password_gate_new(1, &gate), OK);
    assert_status(password_gate_enter(gate, 0), OK);
    pthread_t threads[4];
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, enter_and_leave, gate), 0);
    password_gate_leave(gate);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
        void *entered = NULL;
        assert_int_equal(pthread_join(threads[i], &entered), 0);
        assert_ptr_equal(entered, gate);
    }
    password_gate_free(gate);
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_has_its_reason),
        cmocka_unit_test(length_and_text_are_checked_first),
        cmocka_unit_test(any_bytes_are_survived),
        cmocka_unit_test(the_list_is_in_order_and_folded),
        cmocka_unit_test(a_password_verifies),
        cmocka_unit_test(the_default_cost_is_what_we_promise),
        cmocka_unit_test(the_gate_counts),
        cmocka_unit_test(who_waits_gets_in),
    };
    return cmocka_run_group_tests_name("password", tests, NULL, NULL);
}
