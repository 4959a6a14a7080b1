/*
 * Time: clients that are slow on purpose, event streams that stay open. Kept apart from
 * server_test.c because these tests wait for real seconds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/log.h"
#include "base/random.h"
#include "http/testing.h"

#define H "Host: test\r\n"
#define STREAMS 50

static int start(void **state)
{
    struct http_config config = testing_config();
    config.idle_seconds = 1;
    *state = testing_start(&config);
    return 0;
}

static int stop(void **state)
{
    http_stop(*state, 1000);
    return 0;
}

/* Sends `piece` every 200 ms until the server hangs up; how long that took, -1 after `most_ms`. */
static int drip(int fd, const char *piece, int most_ms)
{
    int64_t began = clock_ticks_us();
    for (int passed = 0; passed < most_ms; passed = (int)((clock_ticks_us() - began) / 1000)) {
        client_send(fd, piece);
        if (client_wait_closed(fd, 200) >= 0)
            return (int)((clock_ticks_us() - began) / 1000);
    }
    return -1;
}

static void silence_is_cut(void **state)
{
    int silent = client_open(*state);
    int kept = client_open(*state);
    client_send(kept, "GET /hello HTTP/1.1\r\n" H "\r\n");
    assert_int_equal(client_read(kept, false)->status, 200);
    int ms = client_wait_closed(silent, 4000);
    assert_true(ms > 500);
    assert_true(client_wait_closed(kept, 4000) >= 0);
    close(silent);
    close(kept);
}

static void headers_must_end(void **state)
{
    /* Never silent, so only the total counts: idle_seconds and as much again. */
    int fd = client_open(*state);
    client_send(fd, "GET /hello HTTP/1.1\r\n" H);
    int ms = drip(fd, "X-A: b\r\n", 8000);
    assert_true(ms > 1000 && ms < 5000);
    for (int i = 0; i < 100 && http_stats(*state).cut == 0; i++)
        (void)usleep(10000); /* it is counted after all of a round were cut */
    assert_true(http_stats(*state).cut >= 1);
    close(fd);

    fd = client_open(*state);
    ms = drip(fd, "G", 8000);
    assert_true(ms > 1000 && ms < 5000);
    close(fd);
}

static void bodies_must_flow(void **state)
{
    int fd = client_open(*state);
    client_send(fd, "POST /upload HTTP/1.1\r\n" H "Content-Length: 1000000\r\n\r\n");
    int ms = drip(fd, "slow", 8000);
    assert_true(ms > 500 && ms < 4000);
    close(fd);

    /* Longer than idle_seconds, but fast enough. */
    fd = client_open(*state);
    client_send(fd, "POST /upload HTTP/1.1\r\n" H "Content-Length: 100000\r\n\r\n");
    char piece[5000];
    memset(piece, 'x', sizeof piece);
    for (int i = 0; i < 20; i++) {
        client_send_bytes(fd, piece, sizeof piece);
        (void)usleep(150000);
    }
    assert_string_equal(client_read(fd, false)->body, "100000 120");
    close(fd);
}

static void waiting_for_a_worker_is_not_slow(void **state UNUSED)
{
    struct http_config config = testing_config();
    config.idle_seconds = 1;
    config.workers = 1;
    struct http_server *server = testing_start(&config);
    int fds[5];
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = client_open(server);
        client_send(fds[i], "GET /slow HTTP/1.1\r\n" H "\r\n");
    }
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        assert_string_equal(client_read(fds[i], false)->body, "slow");
        close(fds[i]);
    }
    http_stop(server, 0);
}

static int open_stream(struct http_server *server, int channel)
{
    char request[128];
    (void)snprintf(request, sizeof request, "GET /%sstream/%d HTTP/1.1\r\n" H "\r\n",
                   channel % 2 ? "quick/" : "", channel);
    int fd = client_open(server);
    client_send(fd, request);
    struct reply *reply = client_read(fd, true);
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply_header(reply, "Content-Type"), "text/event-stream");
    assert_true(client_wait_for(fd, "data: welcome\n\n", 2000));
    return fd;
}

static void wait_for_streams(struct http_server *server, uint64_t count)
{
    for (int i = 0; i < 500 && http_stats(server).streams != count; i++)
        (void)usleep(10000);
    assert_int_equal(http_stats(server).streams, count);
}

static void events_reach_their_channel(void **state)
{
    struct http_server *server = *state;
    int fds[STREAMS];
    for (int i = 0; i < STREAMS; i++)
        fds[i] = open_stream(server, i % 5);
    assert_int_equal(http_stats(server).streams, STREAMS);
    assert_string_equal(client_get(server, "/hello")->body, "hello"); /* they hold no worker */

    http_event_push(server, 3, "saved", "line 1\nline 2\r\nline 3");
    http_event_push(server, 4, NULL, "");
    http_event_push(server, 4, "bad\nname", "never");
    http_event_push(server, 99, "nobody", "listens");
    for (int i = 0; i < STREAMS; i++) {
        if (i % 5 == 3)
            assert_true(client_wait_for(
                fds[i], "event: saved\ndata: line 1\ndata: line 2\ndata: line 3\n\n", 2000));
        else if (i % 5 == 4)
            assert_true(client_wait_for(fds[i], "data: \n\n", 2000));
    }
    /* Channel 0 heard nothing but, after idle_seconds/2, that the server is there. */
    assert_true(client_wait_for(fds[0], ":\n\n", 3000));
    /* Whoever left is noticed by the next thing said. */
    for (int i = 0; i < STREAMS; i += 2)
        close(fds[i]);
    wait_for_streams(server, STREAMS / 2);
    http_event_push(server, 1, "still", "here");
    assert_true(client_wait_for(fds[1], "event: still\ndata: here\n\n", 2000));
    for (int i = 1; i < STREAMS; i += 2)
        close(fds[i]);
}

/* Nginx would hold events back until it has a page full, and any cache would keep them. */
static void a_stream_passes_through_what_stands_between(void **state)
{
    struct http_server *server = *state;
    int fd = client_open(server);
    client_send(fd,
                "GET /stream/1 HTTP/1.1\r\n" H "Last-Event-ID: 7\r\n\r\n"); /* nothing to resume */
    struct reply *reply = client_read(fd, true);
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply_header(reply, "X-Accel-Buffering"), "no");
    assert_string_equal(reply_header(reply, "Cache-Control"), "no-store");
    assert_string_equal(reply_header(reply, "Content-Length"), "");
    assert_true(client_wait_for(fd, "data: welcome\n\n", 2000));
    close(fd);
}

static void who_missed_something_is_told_on_every_channel(void **state)
{
    struct http_server *server = *state;
    int fds[STREAMS];
    for (int i = 0; i < STREAMS; i++)
        fds[i] = open_stream(server, i);
    http_event_push_all(server, "bad\nname", "never");
    http_event_push_all(server, "changed", "");
    for (int i = 0; i < STREAMS; i++) {
        assert_true(client_wait_for(fds[i], "event: changed\ndata: \n\n", 2000));
        close(fds[i]);
    }
}

static void streams_end_with_the_server(void **state UNUSED)
{
    struct http_config config = testing_config();
    struct http_server *server = testing_start(&config);
    int fds[6];
    for (int i = 0; i < 6; i++)
        fds[i] = open_stream(server, i);
    int64_t began = clock_ticks_us();
    http_stop(server, 5000);
    assert_true(clock_ticks_us() - began < 2000000);
    for (int i = 0; i < 6; i++) {
        assert_true(client_wait_closed(fds[i], 1000) >= 0);
        close(fds[i]);
    }
}

static void head_opens_no_stream(void **state)
{
    int fd = client_open(*state);
    client_send(fd, "HEAD /stream/1 HTTP/1.1\r\n" H "\r\n");
    assert_int_equal(client_read(fd, true)->status, 200);
    wait_for_streams(*state, 0);
    close(fd);
}

static void a_client_that_does_not_read_is_dropped(void **state)
{
    struct http_server *server = *state;
    int fd = open_stream(server, 2);
    static char text[16 * 1024];
    memset(text, 'x', sizeof text - 1);
    for (int i = 0; i < 2000 && http_stats(server).streams; i++) {
        http_event_push(server, 2, "much", text);
        if (i % 16 == 0)
            (void)usleep(1000);
    }
    wait_for_streams(server, 0);
    close(fd);
}

/* Streams come, hear something or not, and go, while others push: for the sanitizers. */
static void *push_main(void *context)
{
    struct http_server *server = context;
    for (int i = 0; i < 1000; i++) {
        http_event_push(server, (uint64_t)(i % 4), "tick", "x");
        (void)usleep(500);
    }
    return NULL;
}

static void streams_come_and_go(void **state)
{
    struct http_server *server = *state;
    pthread_t threads[2];
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, push_main, server), 0);
    struct random random = random_seeded(3);
    int fds[16] = {0};
    for (int i = 0; i < 300; i++) {
        size_t slot = random_below(&random, ARRAY_LEN(fds));
        if (fds[slot] > 0)
            close(fds[slot]);
        fds[slot] = client_open(server);
        char request[128];
        (void)snprintf(request, sizeof request, "GET /%sstream/%d HTTP/1.1\r\n" H "\r\n",
                       i % 2 ? "quick/" : "", i % 4);
        client_send(fds[slot], request);
        if (random_below(&random, 2))
            (void)client_wait_for(fds[slot], "tick", 50);
    }
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < ARRAY_LEN(fds); i++)
        close(fds[i]);
    wait_for_streams(server, 0);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(silence_is_cut, start, stop),
        cmocka_unit_test_setup_teardown(headers_must_end, start, stop),
        cmocka_unit_test_setup_teardown(bodies_must_flow, start, stop),
        cmocka_unit_test(waiting_for_a_worker_is_not_slow),
        cmocka_unit_test_setup_teardown(events_reach_their_channel, start, stop),
        cmocka_unit_test_setup_teardown(a_stream_passes_through_what_stands_between, start, stop),
        cmocka_unit_test_setup_teardown(who_missed_something_is_told_on_every_channel, start, stop),
        cmocka_unit_test(streams_end_with_the_server),
        cmocka_unit_test_setup_teardown(head_opens_no_stream, start, stop),
        cmocka_unit_test_setup_teardown(a_client_that_does_not_read_is_dropped, start, stop),
        cmocka_unit_test_setup_teardown(streams_come_and_go, start, stop),
    };
    return cmocka_run_group_tests_name("http_slow", tests, NULL, NULL);
}
