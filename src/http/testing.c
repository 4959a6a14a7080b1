#include "http/testing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/str.h"

#define PATIENCE_MS 5000
#define PAGE_BYTES 20480
#define UPLOAD_LIMIT ((size_t)4 * 1024 * 1024)

static const uint8_t asset[] = "constant content";

static void who(const struct http_request *request, struct http_response *response)
{
    const char *agent = http_header(request, "user-AGENT");
    buf_printf(response->body, "%s %s %s %s", request->peer, request->host,
               request->secure ? "secure" : "plain", agent ? agent : "-");
}

static void evil(const struct http_request *request, struct http_response *response)
{
    http_add_header(response, request, "X-Good", "yes");
    http_add_header(response, request, "X-Evil", "a\r\nSet-Cookie: stolen=1");
    http_add_header(response, request, "Content-Length", "3");
    http_add_header(response, request, "X Bad", "x");
    for (int i = 0; i < 2 * HTTP_EXTRA_HEADERS_MAX; i++)
        http_add_header(response, request, "X-Many", "x");
    response->content_type = "text/plain\r\nX-Evil: 1";
}

static void respond(const struct http_request *request, struct http_response *response)
{
    const char *path = request->path;
    if (str_starts(path, "/quick/"))
        path += strlen("/quick");
    response->content_type = "text/plain; charset=utf-8";
    if (str_equal(path, "/hello"))
        buf_add_str(response->body, "hello");
    else if (str_equal(path, "/page"))
        for (int i = 0; i < PAGE_BYTES; i++)
            buf_add_char(response->body, 'x');
    else if (str_equal(path, "/who"))
        who(request, response);
    else if (str_equal(path, "/cookie"))
        buf_printf(response->body, "%s",
                   http_cookie(request, "sid") ? http_cookie(request, "sid") : "-");
    else if (str_equal(path, "/query"))
        buf_add_str(response->body, request->query);
    else if (str_equal(path, "/slow")) {
        (void)usleep(SLOW_MS * 1000);
        buf_add_str(response->body, "slow");
    } else if (str_equal(path, "/nothing"))
        response->status = 204;
    else if (str_equal(path, "/asset"))
        response->constant = (struct bytes){asset, sizeof asset - 1};
    else if (str_equal(path, "/unchanged")) {
        response->constant = (struct bytes){asset, sizeof asset - 1};
        response->status = 304;
    } else if (str_equal(path, "/close")) {
        response->close = true;
        buf_add_str(response->body, "bye");
    } else if (str_equal(path, "/evil"))
        evil(request, response);
    else if (str_equal(path, "/huge"))
        response->body->failed = true;
    else if (str_equal(path, "/full"))
        (void)arena_alloc(request->arena, SIZE_MAX / 2);
    else if (str_starts(path, "/stream/")) {
        http_event_stream(response, request, strtoull(path + 8, NULL, 10));
        buf_add_str(response->body, "data: welcome\n\n");
    } else if (str_equal(path, "/echo"))
        buf_add(response->body, request->body.data, request->body.len);
    else if (str_equal(path, "/upload"))
        buf_printf(response->body, "%zu %u", request->body.len,
                   request->body.len ? request->body.data[request->body.len - 1] : 0);
    else
        response->status = 404;
    if (request->method == HTTP_OTHER)
        response->status = 405;
}

static enum status worker_open(void *context UNUSED, unsigned number UNUSED, void **ret_worker)
{
    char *busy = calloc(1, 1);
    if (!busy)
        return ERR_NOMEM;
    *ret_worker = busy;
    return OK;
}

static void worker_close(void *worker)
{
    free(worker);
}

static void handle(void *worker, const struct http_request *request, struct http_response *response)
{
    char *busy = worker;
    if (*busy) /* one request at a time per worker: the sanitizers look at this as well */
        abort();
    *busy = 1;
    respond(request, response);
    *busy = 0;
}

static size_t body_limit(void *context UNUSED, enum http_method method, const char *path)
{
    return method != HTTP_POST ? 0 : str_equal(path, "/upload") ? UPLOAD_LIMIT : 1000;
}

static bool is_quick(void *context UNUSED, enum http_method method, const char *path)
{
    return method == HTTP_GET && str_starts(path, "/quick/");
}

struct http_config testing_config(void)
{
    return (struct http_config){
        .address = "127.0.0.1",
        .workers = 2,
        .io_threads = 2,
        .worker_open = worker_open,
        .worker_close = worker_close,
        .handle = handle,
        .body_limit = body_limit,
        .is_quick = is_quick,
    };
}

struct http_server *testing_start(const struct http_config *config)
{
    struct http_server *server = NULL;
    assert_int_equal(http_start(config, &server), OK);
    assert_true(http_port(server) > 0);
    return server;
}

int client_open_port(uint16_t port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_true(fd >= 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

int client_open(const struct http_server *server)
{
    int fd = client_open_port(http_port(server));
    assert_true(fd >= 0);
    return fd;
}

void client_send_bytes(int fd, const void *data, size_t len)
{
    const char *at = data;
    while (len) {
        ssize_t sent = send(fd, at, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return; /* the server hung up: what it answered tells the test */
        at += sent;
        len -= (size_t)sent;
    }
}

void client_send(int fd, const char *text)
{
    client_send_bytes(fd, text, strlen(text));
}

static bool readable(int fd, int ms)
{
    struct pollfd wanted = {.fd = fd, .events = POLLIN};
    return poll(&wanted, 1, ms) > 0;
}

/* One byte; false at the end of the connection or of the patience. */
static bool read_byte(int fd, char *to)
{
    return readable(fd, PATIENCE_MS) && recv(fd, to, 1, 0) == 1;
}

const char *reply_header(const struct reply *reply, const char *name)
{
    static char value[1024];
    size_t name_len = strlen(name);
    for (const char *line = reply->head; (line = strstr(line, "\r\n"));) {
        line += 2;
        if (strncasecmp(line, name, name_len) == 0 && line[name_len] == ':') {
            const char *from = line + name_len + 1 + strspn(line + name_len + 1, " ");
            (void)snprintf(value, sizeof value, "%.*s", (int)strcspn(from, "\r"), from);
            return value;
        }
    }
    return "";
}

struct reply *client_read(int fd, bool head_only)
{
    static struct reply reply;
    reply.status = 0;
    reply.len = 0;
    reply.body[0] = '\0';
    size_t head = 0;
    while (head + 1 < sizeof reply.head && read_byte(fd, &reply.head[head])) {
        reply.head[++head] = '\0';
        if (head >= 4 && memcmp(reply.head + head - 4, "\r\n\r\n", 4) == 0) {
            reply.status = (int)strtol(reply.head + strlen("HTTP/1.1 "), NULL, 10);
            break;
        }
    }
    reply.head[head] = '\0';
    size_t want = strtoul(reply_header(&reply, "Content-Length"), NULL, 10);
    if (head_only || reply.status == 304 || want >= sizeof reply.body)
        want = 0;
    while (reply.len < want) {
        ssize_t got =
            readable(fd, PATIENCE_MS) ? recv(fd, reply.body + reply.len, want - reply.len, 0) : 0;
        if (got <= 0) {
            reply.status = 0;
            break;
        }
        reply.len += (size_t)got;
    }
    reply.body[reply.len] = '\0';
    return &reply;
}

struct reply *client_ask(const struct http_server *server, const char *request)
{
    int fd = client_open(server);
    client_send(fd, request);
    struct reply *reply = client_read(fd, false);
    close(fd);
    return reply;
}

struct reply *client_get(const struct http_server *server, const char *path)
{
    char request[512];
    (void)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: test\r\n\r\n", path);
    return client_ask(server, request);
}

bool client_wait_for(int fd, const char *needle, int ms)
{
    char seen[8192];
    size_t len = 0;
    int64_t until = clock_ticks_us() + ms * 1000;
    for (;;) {
        int64_t left = (until - clock_ticks_us()) / 1000;
        if (left <= 0 || len + 1 >= sizeof seen || !readable(fd, (int)left))
            return false;
        ssize_t got = recv(fd, seen + len, 1, 0);
        if (got <= 0)
            return false;
        seen[++len] = '\0';
        size_t wanted = strlen(needle);
        if (len >= wanted && memcmp(seen + len - wanted, needle, wanted) == 0)
            return true;
    }
}

int client_wait_closed(int fd, int ms)
{
    int64_t began = clock_ticks_us();
    int64_t until = began + ms * 1000;
    char ignored[4096];
    for (;;) {
        int64_t left = (until - clock_ticks_us()) / 1000;
        if (left <= 0 || !readable(fd, (int)left))
            return -1;
        if (recv(fd, ignored, sizeof ignored, 0) <= 0)
            return (int)((clock_ticks_us() - began) / 1000);
    }
}
