#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>

#include "base/compiler.h"
#include "base/log.h"
#include "base/random.h"
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

struct shape {
    const char *request;
    int status; /* 0: hung up on */
};

static void ask_all(const struct http_server *server, const struct shape *shapes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int fd = client_open(server);
        client_send(fd, shapes[i].request);
        int status = client_read(fd, false)->status;
        if (status != shapes[i].status)
            fail_msg("%d instead of %d for: %s", status, shapes[i].status, shapes[i].request);
        /* After a refusal nothing more is read: the rest may be anything. */
        if (status >= 400 && status != 404 && status != 405 && client_wait_closed(fd, 2000) < 0)
            fail_msg("left open after: %s", shapes[i].request);
        close(fd);
    }
    assert_int_equal(client_get(server, "/hello")->status, 200);
}

static void targets_are_judged(void **state)
{
    static const struct shape shapes[] = {
        {"GET /hello HTTP/1.1\r\n" H "\r\n", 200},
        {"GET /hello?q=%C3%A9 HTTP/1.1\r\n" H "\r\n", 200},
        {"GET /h%65llo HTTP/1.1\r\n" H "\r\n", 200},
        {"GET http://test/hello HTTP/1.1\r\n" H "\r\n", 200},
        {"GET /%FF HTTP/1.1\r\n" H "\r\n", 400},
        {"GET /\xC3 HTTP/1.1\r\n" H "\r\n", 400},
        {"GET /a%00b HTTP/1.1\r\n" H "\r\n", 400},
        {"GET /a%0d%0ab HTTP/1.1\r\n" H "\r\n", 400},
        {"GET /../etc/passwd HTTP/1.1\r\n" H "\r\n", 400},
        {"GET /a/%2e%2e/b HTTP/1.1\r\n" H "\r\n", 400},
        {"GET //evil.example/ HTTP/1.1\r\n" H "\r\n", 400},
        {"GET /a\\b HTTP/1.1\r\n" H "\r\n", 400},
        {"GET /x?a=%00 HTTP/1.1\r\n" H "\r\n", 400},
        {"GET /x?a=\x01 HTTP/1.1\r\n" H "\r\n", 400},
        {"GET /x?%FF HTTP/1.1\r\n" H "\r\n", 400},
        {"GET * HTTP/1.1\r\n" H "\r\n", 400},
        {"CONNECT test:443 HTTP/1.1\r\n" H "\r\n", 400},
    };
    ask_all(*state, shapes, ARRAY_LEN(shapes));
}

static void a_raw_nul_is_refused(void **state)
{
    static const char request[] = "GET /hello\0/../x HTTP/1.1\r\n" H "\r\n";
    int fd = client_open(*state);
    client_send_bytes(fd, request, sizeof request - 1);
    /* libmicrohttpd 1.0 hangs up by itself, without a word. */
    int status = client_read(fd, false)->status;
    assert_true(status == 400 || status == 0);
    assert_true(client_wait_closed(fd, 2000) >= 0);
    close(fd);
}

static void framing_is_judged(void **state)
{
    static const struct shape shapes[] = {
        {"POST /echo HTTP/1.1\r\n" H "Content-Length: 2\r\n\r\nab", 200},
        {"POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n", 200},
        {"GET /hello HTTP/1.1\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\n" H "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab", 400},
        {"POST /echo HTTP/1.1\r\n" H "Content-Length: 2\r\nContent-Length: 3\r\n\r\nab", 400},
        {"POST /echo HTTP/1.1\r\n" H
         "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"POST /echo HTTP/1.1\r\n" H
         "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"POST /echo HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\n" H "Content-Length : 2\r\n\r\nab", 400},
        {"POST /echo HTTP/1.1\r\n" H "Content-Length: x\r\n\r\nab", 400},
        {"POST /echo HTTP/1.1\r\n" H "Content-Length: -1\r\n\r\nab", 400},
        {"POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        {"POST /echo HTTP/1.1\r\n" H "Content-Length: 2\r\n 3\r\n\r\nab", 400},
        {"GET /hello HTTP/1.1\r\n" H "X-A: b\r\n\tc\r\n\r\n", 400},
        {"GET /hello HTTP/1.0\r\n\r\n", 200},
    };
    ask_all(*state, shapes, ARRAY_LEN(shapes));
}

static void unknown_encodings_are_refused(void **state)
{
    /* 501 is ours; libmicrohttpd 1.0 knows the shape itself and says 400. Neither reads on. */
    int fd = client_open(*state);
    client_send(fd,
                "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
    int status = client_read(fd, false)->status;
    assert_true(status == 501 || status == 400);
    assert_true(client_wait_closed(fd, 2000) >= 0);
    close(fd);
}

static void a_hidden_request_is_never_answered(void **state)
{
    /* Whoever reads the first length sees one request, whoever reads the second sees two. */
    int fd = client_open(*state);
    client_send(fd, "POST /echo HTTP/1.1\r\n" H
                    "Content-Length: 41\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "0\r\n\r\nGET /hello HTTP/1.1\r\n" H "\r\n");
    assert_int_equal(client_read(fd, false)->status, 400);
    assert_false(client_wait_for(fd, "hello", 500));
    close(fd);
}

static void long_targets_are_414(void **state)
{
    char request[4 * HTTP_TARGET_MAX];
    for (size_t len = HTTP_TARGET_MAX; len <= HTTP_TARGET_MAX + 1; len++) {
        size_t n = (size_t)snprintf(request, sizeof request, "GET /query?");
        while (n < 4 + len)
            request[n++] = 'a';
        (void)snprintf(request + n, sizeof request - n, " HTTP/1.1\r\n" H "\r\n");
        assert_int_equal(client_ask(*state, request)->status, len > HTTP_TARGET_MAX ? 414 : 200);
    }
    static char endless[64 * 1024];
    memset(endless, 'a', sizeof endless - 1);
    memcpy(endless, "GET /", 5);
    assert_int_equal(client_ask(*state, endless)->status, 414);
}

static void large_headers_are_431(void **state)
{
    static char request[3 * HTTP_HEADERS_MAX];
    for (int large = 0; large <= 1; large++) {
        size_t n = (size_t)snprintf(request, sizeof request, "GET /hello HTTP/1.1\r\n" H);
        size_t until = large ? HTTP_HEADERS_MAX + 500 : HTTP_HEADERS_MAX - 1500;
        for (int i = 0; n < until; i++)
            n += (size_t)snprintf(request + n, sizeof request - n, "X-Filler-%d: %0900d\r\n", i, 0);
        (void)snprintf(request + n, sizeof request - n, "\r\n");
        assert_int_equal(client_ask(*state, request)->status, large ? 431 : 200);
    }
    size_t n = (size_t)snprintf(request, sizeof request, "GET /hello HTTP/1.1\r\n" H "X-Endless: ");
    memset(request + n, 'a', sizeof request - n - 1);
    request[sizeof request - 1] = '\0';
    assert_int_equal(client_ask(*state, request)->status, 431);
}

static void bodies_have_a_limit(void **state)
{
    /* Known to be too long: refused before a byte of it was sent. */
    assert_int_equal(
        client_ask(*state, "POST /echo HTTP/1.1\r\n" H "Content-Length: 1001\r\n\r\n")->status,
        413);
    assert_int_equal(
        client_ask(*state, "GET /hello HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\n")->status, 413);
    assert_int_equal(
        client_ask(*state, "POST /upload HTTP/1.1\r\n" H "Content-Length: 4194305\r\n\r\n")->status,
        413);

    /* Not known: cut at the limit. */
    char request[4096];
    size_t n = (size_t)snprintf(request, sizeof request,
                                "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 2; i++)
        n += (size_t)snprintf(request + n, sizeof request - n, "1f4\r\n%0500d\r\n", i);
    (void)snprintf(request + n, sizeof request - n, "0\r\n\r\n");
    struct reply *reply = client_ask(*state, request);
    assert_int_equal(reply->status, 200);
    assert_int_equal(reply->len, 1000);
    (void)snprintf(request + n, sizeof request - n, "1\r\nx\r\n0\r\n\r\n");
    assert_int_equal(client_ask(*state, request)->status, 413);
}

static void an_endless_body_is_hung_up_on(void **state)
{
    int fd = client_open(*state);
    client_send(fd, "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n");
    static char chunk[65536 + 16];
    size_t n = (size_t)snprintf(chunk, sizeof chunk, "10000\r\n");
    memset(chunk + n, 'x', 65536);
    memcpy(chunk + n + 65536, "\r\n", 2);
    for (int i = 0; i < 64 && client_wait_closed(fd, 1) < 0; i++)
        client_send_bytes(fd, chunk, n + 65536 + 2);
    assert_true(client_wait_closed(fd, 2000) >= 0);
    close(fd);
}

static void large_uploads_arrive_whole(void **state)
{
    enum { LEN = 3 * 1024 * 1024 };
    char *body = malloc(LEN);
    assert_non_null(body);
    memset(body, 'r', LEN);
    body[LEN - 1] = 7;
    char want[32];
    (void)snprintf(want, sizeof want, "%d 7", LEN);
    for (int chunked = 0; chunked <= 1; chunked++) {
        int fd = client_open(*state);
        char head[128];
        (void)snprintf(head, sizeof head, "POST /upload HTTP/1.1\r\n" H "%s\r\n\r\n",
                       chunked ? "Transfer-Encoding: chunked" : "Content-Length: 3145728");
        client_send(fd, head);
        if (chunked)
            client_send(fd, "300000\r\n");
        client_send_bytes(fd, body, LEN);
        if (chunked)
            client_send(fd, "\r\n0\r\n\r\n");
        struct reply *reply = client_read(fd, false);
        assert_int_equal(reply->status, 200);
        assert_string_equal(reply->body, want);
        close(fd);
    }
    free(body);
}

static void bodies_share_a_budget(void **state UNUSED)
{
    struct http_config config = testing_config();
    config.bodies_max = (size_t)4 * 1024 * 1024;
    struct http_server *server = testing_start(&config);
    int first = client_open(server);
    client_send(first, "POST /upload HTTP/1.1\r\n" H "Content-Length: 3000000\r\n\r\nab");
    assert_false(client_wait_for(first, "\r\n", 100));
    struct reply *reply =
        client_ask(server, "POST /upload HTTP/1.1\r\n" H "Content-Length: 3000000\r\n\r\n");
    assert_int_equal(reply->status, 503);
    assert_string_equal(reply_header(reply, "Retry-After"), "2");
    /* Small ones have room of their own. */
    assert_int_equal(
        client_ask(server, "POST /echo HTTP/1.1\r\n" H "Content-Length: 2\r\n\r\nab")->status, 200);
    /* And the room comes back when the holder goes. */
    close(first);
    int status = 503;
    for (int i = 0; i < 50 && status == 503; i++) {
        (void)usleep(10000);
        int fd = client_open(server);
        client_send(fd, "POST /upload HTTP/1.1\r\n" H
                        "Expect: 100-continue\r\nContent-Length: 3000000\r\n\r\n");
        status = client_read(fd, false)->status;
        close(fd);
    }
    assert_int_equal(status, 100);
    http_stop(server, 0);
}

static void garbage_does_no_harm(void **state)
{
    static const char *const pieces[] = {
        "GET ",
        "POST ",
        "/",
        "/hello",
        " HTTP/1.1\r\n",
        " HTTP/1.0\r\n",
        "Host: x\r\n",
        "\r\n",
        "\r\n\r\n",
        "\n",
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "5\r\nabcde\r\n",
        "0\r\n\r\n",
        " folded\r\n",
        ":",
        "\t",
        "Cookie: a=\"b; c=\r\n",
        "Expect: 100-continue\r\n",
        "Connection: close\r\n",
        "%00",
        "?a&b=&&=",
    };
    struct random random = random_seeded(7);
    for (int round = 0; round < 400; round++) {
        char bytes[2048];
        size_t len = 0;
        for (uint32_t n = 1 + random_below(&random, 24); n > 0; n--) {
            const char *piece = pieces[random_below(&random, ARRAY_LEN(pieces))];
            memcpy(bytes + len, piece, strlen(piece));
            len += strlen(piece);
            if (random_below(&random, 8) == 0) {
                random_fill(&random, bytes + len, 16);
                len += 16;
            }
        }
        int fd = client_open(*state);
        client_send_bytes(fd, bytes, len);
        if (random_below(&random, 2))
            (void)client_wait_for(fd, "\r\n\r\n", 5);
        close(fd);
    }
    assert_int_equal(client_get(*state, "/hello")->status, 200);
}

static struct bytes refusal_page(void *context UNUSED, int status)
{
    static const uint8_t page[] = "<h1>Te groot</h1>";
    return status == 413 ? (struct bytes){page, sizeof page - 1} : (struct bytes){NULL, 0};
}

static void refusals_can_have_a_face(void **state UNUSED)
{
    struct http_config config = testing_config();
    config.refusal_page = refusal_page;
    struct http_server *server = testing_start(&config);
    struct reply *reply =
        client_ask(server, "POST /echo HTTP/1.1\r\n" H "Content-Length: 1001\r\n\r\n");
    assert_string_equal(reply->body, "<h1>Te groot</h1>");
    assert_string_equal(reply_header(reply, "Content-Type"), "text/html; charset=utf-8");
    reply = client_get(server, "/..");
    assert_int_equal(reply->status, 400);
    assert_string_equal(reply_header(reply, "Content-Type"), "text/plain; charset=utf-8");
    assert_true(reply->len > 0);
    http_stop(server, 0);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(targets_are_judged, start, stop),
        cmocka_unit_test_setup_teardown(a_raw_nul_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(framing_is_judged, start, stop),
        cmocka_unit_test_setup_teardown(unknown_encodings_are_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_hidden_request_is_never_answered, start, stop),
        cmocka_unit_test_setup_teardown(long_targets_are_414, start, stop),
        cmocka_unit_test_setup_teardown(large_headers_are_431, start, stop),
        cmocka_unit_test_setup_teardown(bodies_have_a_limit, start, stop),
        cmocka_unit_test_setup_teardown(an_endless_body_is_hung_up_on, start, stop),
        cmocka_unit_test_setup_teardown(large_uploads_arrive_whole, start, stop),
        cmocka_unit_test(bodies_share_a_budget),
        cmocka_unit_test_setup_teardown(garbage_does_no_harm, start, stop),
        cmocka_unit_test(refusals_can_have_a_face),
    };
    return cmocka_run_group_tests_name("http_limits", tests, NULL, NULL);
}
