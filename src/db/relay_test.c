/* Two relays on one PostgreSQL, as two processes have them. */
#include "db/db_fixture.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "db/relay.h"

#define PATIENCE_S 30
#define MANY 3000

struct ear {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t missed;
    uint64_t heard[MANY];
    size_t count;
    struct relay *relay;
};

static void on_heard(void *context, uint64_t number)
{
    struct ear *ear = context;
    pthread_mutex_lock(&ear->lock);
    if (ear->count < MANY)
        ear->heard[ear->count++] = number;
    pthread_cond_signal(&ear->changed);
    pthread_mutex_unlock(&ear->lock);
}

static void on_missed(void *context)
{
    struct ear *ear = context;
    pthread_mutex_lock(&ear->lock);
    ear->missed++;
    pthread_cond_signal(&ear->changed);
    pthread_mutex_unlock(&ear->lock);
}

static bool has_heard(const struct ear *ear, uint64_t number)
{
    for (size_t i = 0; i < ear->count; i++)
        if (ear->heard[i] == number)
            return true;
    return false;
}

/* Until it heard the number (0: any) or missed something `missed` times in all. */
static void wait_until(struct ear *ear, uint64_t number, size_t missed)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    pthread_mutex_lock(&ear->lock);
    int late = 0;
    while (!late && !has_heard(ear, number) && ear->missed < missed)
        late = pthread_cond_timedwait(&ear->changed, &ear->lock, &until);
    pthread_mutex_unlock(&ear->lock);
    assert_int_equal(late, 0);
}

static void open_ear(struct ear *ear, const char *url)
{
    *ear = (struct ear){0};
    pthread_mutex_init(&ear->lock, NULL);
    pthread_cond_init(&ear->changed, NULL);
    const struct relay_hooks hooks = {ear, on_heard, on_missed};
    assert_status(relay_open(url, &hooks, &ear->relay), OK);
    wait_until(ear, 0, 1); /* it listens */
}

static void close_ear(struct ear *ear)
{
    relay_close(ear->relay);
    pthread_mutex_destroy(&ear->lock);
    pthread_cond_destroy(&ear->changed);
}

static void others_hear_what_one_says(void **state)
{
    struct ear one, other;
    open_ear(&one, fixture_url(state));
    open_ear(&other, fixture_url(state));
    relay_say(one.relay, UINT64_MAX);
    relay_say(one.relay, 1);
    wait_until(&other, UINT64_MAX, 2);
    wait_until(&other, 1, 2);
    relay_say(other.relay, 2);
    wait_until(&one, 2, 2);
    assert_false(has_heard(&one, 1)); /* one's own words are no news */
    assert_int_equal(one.missed, 1);
    assert_int_equal(other.missed, 1);
    close_ear(&one);
    close_ear(&other);
}

static void the_same_said_later_is_heard_again(void **state)
{
    struct ear one, other;
    open_ear(&one, fixture_url(state));
    open_ear(&other, fixture_url(state));
    for (int i = 0; i < 20; i++) {
        relay_say(one.relay, 7);
        wait_until(&other, 7, 2);
        pthread_mutex_lock(&other.lock);
        other.count = 0; /* nothing else is said */
        pthread_mutex_unlock(&other.lock);
    }
    close_ear(&one);
    close_ear(&other);
}

/* More than it can hold: some are heard, and for all others it says that something was missed. */
static void much_at_once_is_heard_or_missed(void **state)
{
    struct ear one, other;
    open_ear(&one, fixture_url(state));
    open_ear(&other, fixture_url(state));
    for (uint64_t n = 1; n <= MANY; n++)
        relay_say(one.relay, n);
    relay_close(one.relay); /* what was said goes out first */
    one.relay = NULL;
    for (uint64_t n = 1; n <= MANY; n++)
        wait_until(&other, n, 2);
    close_ear(&one);
    close_ear(&other);
}

static void a_lost_server_is_found_again(void **state)
{
    struct ear one, other;
    char url[1024], cut[256]; /* by a name of their own: other tests use this server too */
    (void)snprintf(url, sizeof url, "%s&application_name=relay_%d", fixture_url(state), getpid());
    (void)snprintf(cut, sizeof cut,
                   "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                   " WHERE application_name = 'relay_%d'",
                   getpid());
    open_ear(&one, url);
    open_ear(&other, url);
    fixture_script(fixture_db(state), cut);
    relay_say(one.relay, 11);
    wait_until(&one, 0, 2);
    wait_until(&other, 0, 2);
    relay_say(one.relay, 12);
    wait_until(&other, 12, 3);
    close_ear(&one);
    close_ear(&other);
}

/* Who may use the database may say things too. */
static void nonsense_is_nothing(void **state)
{
    struct ear ear;
    open_ear(&ear, fixture_url(state));
    fixture_script(fixture_db(state), "NOTIFY weerklank, '';"
                                      "NOTIFY weerklank, 'Hallo';"
                                      "NOTIFY weerklank, '-5';"
                                      "NOTIFY weerklank, '00000000000000005';"
                                      "NOTIFY weerklank, '5;6';"
                                      "NOTIFY weerklank, 'fe 6 zes 7'");
    wait_until(&ear, 6, 2);
    fixture_script(fixture_db(state), "NOTIFY weerklank, '9 '");
    wait_until(&ear, 9, 2);
    assert_int_equal(ear.count, 3);
    assert_true(has_heard(&ear, 254));
    assert_int_equal(ear.missed, 1);
    close_ear(&ear);
}

/* It can be closed while it waits to ask a server again that is not there. */
static void an_absent_server_holds_nobody_up(void **state UNUSED)
{
    struct ear ear = {0};
    const struct relay_hooks hooks = {&ear, on_heard, on_missed};
    assert_status(relay_open("postgresql://127.0.0.1:1/none", &hooks, &ear.relay), OK);
    relay_say(ear.relay, 1);
    relay_close(ear.relay);
    assert_int_equal(ear.missed, 0);
    relay_say(NULL, 1);
    relay_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_postgres(others_hear_what_one_says),
        fixture_postgres(the_same_said_later_is_heard_again),
        fixture_postgres(much_at_once_is_heard_or_missed),
        fixture_postgres(a_lost_server_is_found_again),
        fixture_postgres(nonsense_is_nothing),
        cmocka_unit_test(an_absent_server_holds_nobody_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
