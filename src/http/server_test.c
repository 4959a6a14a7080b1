#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/log.h"
#include "http/testing.h"

#define H "Host: test\r\n"

static int start(void **state)
{
    struct http_config config = testing_config();
    *state = testing_start(&config);
    return 0;
}

static int stop(void **state)
{
    http_stop(*state, 1000);
    return 0;
}

static void answers_have_their_headers(void **state)
{
    static const char *const paths[] = {"/hello", "/quick/hello"};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct reply *reply = client_get(*state, paths[i]);
        assert_int_equal(reply->status, 200);
        assert_string_equal(reply->body, "hello");
        assert_string_equal(reply_header(reply, "Content-Length"), "5");
        assert_string_equal(reply_header(reply, "Content-Type"), "text/plain; charset=utf-8");
        assert_int_equal(strlen(reply_header(reply, "Date")),
                         strlen("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_string_equal(reply_header(reply, "Server"), "");
    }
    assert_int_equal(client_get(*state, "/page")->len, 20480);
    assert_int_equal(client_get(*state, "/quick/page")->len, 20480);
    assert_string_equal(client_get(*state, "/asset")->body, "constant content");
    assert_string_equal(client_get(*state, "/query?a=%41&b")->body, "a=%41&b");
    assert_string_equal(client_get(*state, "/query")->body, "");
}

static void answers_without_a_body(void **state)
{
    int fd = client_open(*state);
    for (int i = 0; i < 2; i++) { /* the second answer shows that the first had no body */
        client_send(fd, "HEAD /page HTTP/1.1\r\n" H "\r\n");
        struct reply *reply = client_read(fd, true);
        assert_int_equal(reply->status, 200);
        assert_string_equal(reply_header(reply, "Content-Length"), "20480");
        client_send(fd, "GET /nothing HTTP/1.1\r\n" H "\r\n");
        assert_int_equal(client_read(fd, false)->status, 204);
        client_send(fd, "GET /unchanged HTTP/1.1\r\n" H "\r\n");
        reply = client_read(fd, false);
        assert_int_equal(reply->status, 304);
        assert_string_equal(reply_header(reply, "Content-Length"), "16");
    }
    close(fd);
}

static void connections_are_kept(void **state)
{
    int fd = client_open(*state);
    for (int i = 0; i < 20; i++) {
        client_send(fd, i % 2 ? "GET /hello HTTP/1.1\r\n" H "\r\n"
                              : "GET /quick/hello HTTP/1.1\r\n" H "\r\n");
        assert_string_equal(client_read(fd, false)->body, "hello");
    }
    client_send(fd, "GET /close HTTP/1.1\r\n" H "\r\n");
    struct reply *reply = client_read(fd, false);
    assert_string_equal(reply_header(reply, "Connection"), "close");
    assert_true(client_wait_closed(fd, 2000) >= 0);
    close(fd);
    fd = client_open(*state);
    client_send(fd, "GET /hello HTTP/1.1\r\n" H "Connection: close\r\n\r\n");
    assert_int_equal(client_read(fd, false)->status, 200);
    assert_true(client_wait_closed(fd, 2000) >= 0);
    close(fd);
}

static void requests_in_one_packet_are_answered_in_order(void **state)
{
    int fd = client_open(*state);
    client_send(fd, "GET /slow HTTP/1.1\r\n" H "\r\nPOST /echo HTTP/1.1\r\n" H
                    "Content-Length: 2\r\n\r\nab"
                    "GET /quick/hello HTTP/1.1\r\n" H "\r\n");
    assert_string_equal(client_read(fd, false)->body, "slow");
    assert_string_equal(client_read(fd, false)->body, "ab");
    assert_string_equal(client_read(fd, false)->body, "hello");
    close(fd);
}

static void continue_is_said_before_the_body(void **state)
{
    int fd = client_open(*state);
    client_send(fd,
                "POST /echo HTTP/1.1\r\n" H "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assert_int_equal(client_read(fd, true)->status, 100);
    client_send(fd, "ab");
    assert_string_equal(client_read(fd, false)->body, "ab");
    client_send(fd,
                "POST /echo HTTP/1.1\r\n" H "Expect: 100-continue\r\nContent-Length: 5000\r\n\r\n");
    assert_int_equal(client_read(fd, false)->status, 413);
    close(fd);
}

static void other_methods_reach_the_handler(void **state)
{
    static const char *const methods[] = {"PUT",   "DELETE", "OPTIONS", "TRACE",
                                          "PATCH", "BREW",   "get"};
    for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
        char request[128];
        (void)snprintf(request, sizeof request, "%s /hello HTTP/1.1\r\n" H "\r\n", methods[i]);
        assert_int_equal(client_ask(*state, request)->status, 405);
    }
}

static void bad_headers_stay_inside(void **state)
{
    struct reply *reply = client_get(*state, "/evil");
    assert_int_equal(reply->status, 200);
    assert_string_equal(reply_header(reply, "X-Good"), "yes");
    assert_null(strstr(reply->head, "Evil"));
    assert_null(strstr(reply->head, "Set-Cookie"));
    assert_null(strstr(reply->head, "X Bad"));
    assert_string_equal(reply_header(reply, "Content-Length"), "0");
    size_t many = 0;
    for (const char *at = reply->head; (at = strstr(at, "X-Many")); at++)
        many++;
    assert_true(many > 0 && many < HTTP_EXTRA_HEADERS_MAX);
}

static void failed_answers_are_not_sent(void **state)
{
    assert_int_equal(client_get(*state, "/huge")->status, 500);
    struct reply *reply = client_get(*state, "/full");
    assert_int_equal(reply->status, 503);
    assert_string_equal(reply_header(reply, "Retry-After"), "2");
    assert_int_equal(client_get(*state, "/hello")->status, 200);
}

static void headers_and_cookies_are_found(void **state)
{
    struct http_server *server = *state;
    assert_string_equal(
        client_ask(server,
                   "GET /who HTTP/1.1\r\nHost: School.example:8080\r\nUser-agent: t\r\n\r\n")
            ->body,
        "127.0.0.1 School.example:8080 plain t");
    assert_string_equal(
        client_ask(server, "GET /who HTTP/1.1\r\n" H "User-Agent: \xFF\r\n\r\n")->body,
        "127.0.0.1 test plain -");
    assert_string_equal(client_ask(server, "GET http://other/who HTTP/1.1\r\n" H "\r\n")->body,
                        "127.0.0.1 other plain -");
    assert_string_equal(client_ask(server, "GET /who HTTP/1.0\r\n\r\n")->body,
                        "127.0.0.1  plain -");
    assert_string_equal(
        client_ask(server, "GET /cookie HTTP/1.1\r\n" H "Cookie: a=1; sid=x,y; b=2\r\n\r\n")->body,
        "x,y");
    assert_string_equal(
        client_ask(server, "GET /cookie HTTP/1.1\r\n" H "Cookie: a=1\r\nCookie: sid=z\r\n\r\n")
            ->body,
        "z");
    assert_string_equal(client_get(server, "/cookie")->body, "-");
}

static void requests_without_a_server(void **state UNUSED)
{
    static const struct http_field fields[] = {{"Cookie", "sid=abc"}, {"X-A", "b"}};
    const struct http_state fake = {.fields = fields, .field_count = ARRAY_LEN(fields)};
    struct http_request request = {.state = &fake};
    assert_string_equal(http_header(&request, "x-a"), "b");
    assert_null(http_header(&request, "X-B"));
    request.state = NULL;
    assert_null(http_header(&request, "X-A"));
    struct http_response response = {0};
    http_event_stream(&response, &request, 9);
    assert_true(response.stream && response.channel == 9);
}

#define FORWARDED                                                                                  \
    "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\nX-Forwarded-For: 10.1.1.1\r\n"                         \
    "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil, school.example\r\n"

static void strangers_cannot_forward(void **state)
{
    struct reply *reply = client_ask(*state, "GET /who HTTP/1.1\r\n" H FORWARDED "\r\n");
    assert_string_equal(reply->body, "127.0.0.1 test plain -");
}

static void trusted_proxies_are_believed(void **state UNUSED)
{
    static const char *const trusted[] = {"127.0.0.0/8", "10.0.0.0/8", NULL};
    struct http_config config = testing_config();
    config.trusted_proxies = trusted;
    struct http_server *server = testing_start(&config);
    assert_string_equal(client_ask(server, "GET /who HTTP/1.1\r\n" H FORWARDED "\r\n")->body,
                        "192.0.2.7 school.example secure -");
    assert_string_equal(client_ask(server, "GET /quick/who HTTP/1.1\r\n" H FORWARDED "\r\n")->body,
                        "192.0.2.7 school.example secure -");
    assert_string_equal(
        client_ask(server, "GET /who HTTP/1.1\r\n" H
                           "X-Forwarded-Proto: https, http\r\nX-Forwarded-Host: a b\r\n\r\n")
            ->body,
        "127.0.0.1 test plain -");
    /* So many that not all are read: then the last, which the proxy wrote, might be missing. */
    char request[2048];
    size_t n = (size_t)snprintf(request, sizeof request, "GET /who HTTP/1.1\r\n" H);
    for (int i = 0; i < 17; i++)
        n += (size_t)snprintf(request + n, sizeof request - n, "X-Forwarded-For: 6.6.6.6\r\n");
    (void)snprintf(request + n, sizeof request - n, "\r\n");
    assert_string_equal(client_ask(server, request)->body, "127.0.0.1 test plain -");
    http_stop(server, 0);
}

static void a_full_queue_says_so(void **state UNUSED)
{
    struct http_config config = testing_config();
    config.workers = 1;
    config.queue_max = 1;
    struct http_server *server = testing_start(&config);
    int fds[4];
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = client_open(server);
        client_send(fds[i], "GET /slow HTTP/1.1\r\n" H "\r\n");
        (void)usleep(50000);
    }
    /* One runs, one waits, two are sent away, at once and politely. */
    for (size_t i = ARRAY_LEN(fds); i-- > 0;) {
        struct reply *reply = client_read(fds[i], false);
        assert_int_equal(reply->status, i < 2 ? 200 : 503);
        if (i >= 2)
            assert_string_equal(reply_header(reply, "Retry-After"), "2");
    }
    /* What does not wait for a worker goes on. */
    client_send(fds[0], "GET /slow HTTP/1.1\r\n" H "\r\n");
    (void)usleep(50000);
    assert_string_equal(client_get(server, "/quick/hello")->body, "hello");
    assert_string_equal(client_read(fds[0], false)->body, "slow");
    struct http_stats stats = http_stats(server);
    assert_int_equal(stats.refused, 2);
    for (size_t i = 0; i < ARRAY_LEN(fds); i++)
        close(fds[i]);
    http_stop(server, 1000);
}

static void a_slow_handler_holds_up_nobody(void **state)
{
    int slow = client_open(*state);
    int64_t began = clock_ticks_us();
    client_send(slow, "GET /slow HTTP/1.1\r\n" H "\r\n");
    for (int i = 0; i < 10; i++)
        assert_string_equal(client_get(*state, "/hello")->body, "hello");
    assert_true(clock_ticks_us() - began < SLOW_MS * 1000);
    assert_string_equal(client_read(slow, false)->body, "slow");
    close(slow);
}

struct stopping {
    struct http_server *server;
    unsigned grace_ms;
    atomic_bool stopped;
};

static void *stop_main(void *context)
{
    struct stopping *stopping = context;
    http_stop(stopping->server, stopping->grace_ms);
    atomic_store(&stopping->stopped, true);
    return NULL;
}

static void stopping_is_graceful(void **state UNUSED)
{
    struct http_config config = testing_config();
    config.workers = 1;
    struct stopping stopping = {.server = testing_start(&config), .grace_ms = 5000};
    uint16_t port = http_port(stopping.server);
    int running = client_open(stopping.server);
    int waiting = client_open(stopping.server);
    int idle = client_open(stopping.server);
    client_send(running, "GET /slow HTTP/1.1\r\n" H "\r\n");
    (void)usleep(50000);
    client_send(waiting, "GET /slow HTTP/1.1\r\n" H "\r\n");
    (void)usleep(50000);

    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, stop_main, &stopping), 0);
    (void)usleep(100000);
    assert_int_equal(client_open_port(port), -1);
    assert_false(atomic_load(&stopping.stopped));
    struct reply *reply = client_read(running, false);
    assert_string_equal(reply->body, "slow");
    assert_string_equal(reply_header(reply, "Connection"), "close");
    assert_string_equal(client_read(waiting, false)->body, "slow");
    pthread_join(thread, NULL);
    assert_int_equal(client_wait_closed(idle, 1000) >= 0, true);
    close(running);
    close(waiting);
    close(idle);
}

static void grace_has_an_end(void **state UNUSED)
{
    struct http_config config = testing_config();
    config.workers = 1;
    struct http_server *server = testing_start(&config);
    int fds[4];
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = client_open(server);
        client_send(fds[i], "GET /slow HTTP/1.1\r\n" H "\r\n");
        (void)usleep(30000);
    }
    int64_t began = clock_ticks_us();
    http_stop(server, 50);
    assert_true(clock_ticks_us() - began < 3 * SLOW_MS * 1000);
    /* Whoever ran was let finish; whoever waited got an answer as well. */
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        assert_int_equal(client_read(fds[i], false)->status, i == 0 ? 200 : 503);
        close(fds[i]);
    }
}

struct crowd {
    uint16_t port;
    atomic_bool leave;
};

/* Asks, on one connection after the other, for what workers and what input/output threads answer.
 */
static void *crowd_main(void *context)
{
    struct crowd *crowd = context;
    char answer[4096];
    while (!atomic_load(&crowd->leave)) {
        int fd = client_open_port(crowd->port);
        if (fd < 0)
            break;
        for (int i = 0; i < 50 && !atomic_load(&crowd->leave); i++) {
            client_send(fd, i % 3 ? "GET /hello HTTP/1.1\r\n" H "\r\n"
                                  : "GET /quick/hello HTTP/1.1\r\n" H "\r\n");
            if (recv(fd, answer, sizeof answer, 0) <= 0)
                break;
        }
        close(fd);
    }
    return NULL;
}

static void stopping_in_a_crowd(void **state UNUSED)
{
    for (int round = 0; round < 30; round++) {
        struct http_config config = testing_config();
        config.queue_max = 4;
        struct http_server *server = testing_start(&config);
        struct crowd crowd = {.port = http_port(server)};
        pthread_t threads[8];
        for (size_t i = 0; i < ARRAY_LEN(threads); i++)
            assert_int_equal(pthread_create(&threads[i], NULL, crowd_main, &crowd), 0);
        (void)usleep(20000);
        http_stop(server, round % 2 ? 0 : 200);
        atomic_store(&crowd.leave, true);
        for (size_t i = 0; i < ARRAY_LEN(threads); i++)
            pthread_join(threads[i], NULL);
    }
}

static void connections_have_a_limit(void **state UNUSED)
{
    struct http_config config = testing_config();
    config.connections_max = 4;
    struct http_server *server = testing_start(&config);
    int fds[5];
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = client_open(server);
        client_send(fds[i], "GET /hello HTTP/1.1\r\n" H "\r\n");
        if (i < 4)
            assert_int_equal(client_read(fds[i], false)->status, 200);
    }
    assert_int_equal(http_stats(server).connections, 4);
    assert_false(client_wait_for(fds[4], "HTTP", 200)); /* waits in the kernel's queue … */
    close(fds[0]);
    assert_int_equal(client_read(fds[4], false)->status, 200); /* … until there is room */
    for (size_t i = 1; i < ARRAY_LEN(fds); i++)
        close(fds[i]);
    http_stop(server, 0);
}

static void one_address_can_be_limited(void **state UNUSED)
{
    struct http_config config = testing_config();
    config.connections_per_address = 2;
    struct http_server *server = testing_start(&config);
    int fds[3];
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = client_open(server);
        client_send(fds[i], "GET /hello HTTP/1.1\r\n" H "\r\n");
        assert_int_equal(client_read(fds[i], false)->status, i < 2 ? 200 : 0);
    }
    for (size_t i = 0; i < ARRAY_LEN(fds); i++)
        close(fds[i]);
    http_stop(server, 0);
}

static void counters_count(void **state)
{
    struct http_server *server = *state;
    (void)client_get(server, "/hello");
    (void)client_get(server, "/missing");
    (void)client_get(server, "/..");
    (void)client_get(server, "/slow");
    (void)client_ask(server, "HEAD /page HTTP/1.1\r\n" H "Connection: close\r\n\r\n");
    struct http_stats stats = http_stats(server);
    assert_int_equal(stats.requests, 5);
    assert_int_equal(stats.responses_by_class[2], 3);
    assert_int_equal(stats.responses_by_class[4], 2);
    assert_int_equal(stats.refused, 1);
    assert_int_equal(stats.bytes_sent, 5 + 0 + strlen("Bad Request") + 4);
    assert_int_equal(stats.handle_buckets[11], 4);
    assert_int_equal(stats.handle_buckets[6], 3); /* up to 100 ms */
    assert_true(stats.handle_us_total >= SLOW_MS * 1000);
    assert_int_equal(http_stats_bounds_us[6], 100000);
}

static enum status refusing_open(void *context UNUSED, unsigned number, void **ret_worker)
{
    *ret_worker = NULL;
    return number == 1 ? ERR_DB : OK;
}

static void refusing_close(void *worker UNUSED)
{
}

static void a_bad_start_is_told(void **state)
{
    struct http_server *server = NULL;
    struct http_config config = testing_config();
    config.address = "school.example";
    assert_int_equal(http_start(&config, &server), ERR_INVALID);
    config = testing_config();
    config.port = http_port(*state);
    assert_int_equal(http_start(&config, &server), ERR_IO);
    config = testing_config();
    static const char *const nonsense[] = {"10.0.0.0/99", NULL};
    config.trusted_proxies = nonsense;
    assert_int_equal(http_start(&config, &server), ERR_INVALID);
    config = testing_config();
    config.worker_open = refusing_open;
    config.worker_close = refusing_close;
    assert_int_equal(http_start(&config, &server), ERR_DB);
    assert_null(server);
    http_stop(NULL, 0);
}

static void ipv6_is_served(void **state UNUSED)
{
    struct http_config config = testing_config();
    config.address = "::";
    struct http_server *server = NULL;
    if (http_start(&config, &server) != OK) {
        print_message("no IPv6 on this machine\n");
        skip();
    }
    /* A dual socket: IPv4 clients come in too, and have IPv4 names. */
    assert_string_equal(client_get(server, "/who")->body, "127.0.0.1 test plain -");
    http_stop(server, 0);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_have_their_headers, start, stop),
        cmocka_unit_test_setup_teardown(answers_without_a_body, start, stop),
        cmocka_unit_test_setup_teardown(connections_are_kept, start, stop),
        cmocka_unit_test_setup_teardown(requests_in_one_packet_are_answered_in_order, start, stop),
        cmocka_unit_test_setup_teardown(continue_is_said_before_the_body, start, stop),
        cmocka_unit_test_setup_teardown(other_methods_reach_the_handler, start, stop),
        cmocka_unit_test_setup_teardown(bad_headers_stay_inside, start, stop),
        cmocka_unit_test_setup_teardown(failed_answers_are_not_sent, start, stop),
        cmocka_unit_test_setup_teardown(headers_and_cookies_are_found, start, stop),
        cmocka_unit_test(requests_without_a_server),
        cmocka_unit_test_setup_teardown(strangers_cannot_forward, start, stop),
        cmocka_unit_test(trusted_proxies_are_believed),
        cmocka_unit_test(a_full_queue_says_so),
        cmocka_unit_test_setup_teardown(a_slow_handler_holds_up_nobody, start, stop),
        cmocka_unit_test(stopping_is_graceful),
        cmocka_unit_test(grace_has_an_end),
        cmocka_unit_test(stopping_in_a_crowd),
        cmocka_unit_test(connections_have_a_limit),
        cmocka_unit_test(one_address_can_be_limited),
        cmocka_unit_test_setup_teardown(counters_count, start, stop),
        cmocka_unit_test_setup_teardown(a_bad_start_is_told, start, stop),
        cmocka_unit_test(ipv6_is_served),
    };
    return cmocka_run_group_tests_name("http_server", tests, NULL, NULL);
}
