/*
 * TLS inside the program, for schools without a proxy. Certificates and the client come from the
 * openssl command; without it the tests are skipped, and say so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/log.h"
#include "http/testing.h"

struct tls {
    char folder[64];
    char certificate[8192], key[8192], other_key[8192];
};

static bool shell(const char *format, ...) PRINTF_LIKE(1, 2);

static bool shell(const char *format, ...)
{
    char command[1024];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(command, sizeof command, format, args);
    va_end(args);
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool read_text(const char *folder, const char *name, char *to, size_t size)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    size_t len = file ? fread(to, 1, size - 1, file) : 0;
    to[len] = '\0';
    return file && fclose(file) == 0 && len > 0;
}

static bool make_certificate(const char *folder, const char *name)
{
    return shell(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=localhost -keyout %s/%s.key -out %s/%s.pem >/dev/null 2>&1",
        folder, name, folder, name);
}

static int setup(void **state)
{
    struct tls *tls = calloc(1, sizeof *tls);
    assert_non_null(tls);
    (void)snprintf(tls->folder, sizeof tls->folder, "/tmp/http_tls_XXXXXX");
    assert_non_null(mkdtemp(tls->folder));
    *state = tls;
    bool made = make_certificate(tls->folder, "own") && make_certificate(tls->folder, "other") &&
                read_text(tls->folder, "own.pem", tls->certificate, sizeof tls->certificate) &&
                read_text(tls->folder, "own.key", tls->key, sizeof tls->key) &&
                read_text(tls->folder, "other.key", tls->other_key, sizeof tls->other_key);
    if (!made)
        tls->certificate[0] = '\0';
    return 0;
}

static int teardown(void **state)
{
    struct tls *tls = *state;
    bool removed = shell("rm -rf %s", tls->folder);
    free(tls);
    return removed ? 0 : -1;
}

static struct http_server *start_or_skip(const struct tls *tls)
{
    if (!tls->certificate[0]) {
        print_message("no openssl command here: TLS is not tested\n");
        skip();
    }
    struct http_config config = testing_config();
    config.tls_certificate = tls->certificate;
    config.tls_key = tls->key;
    return testing_start(&config);
}

/* What the server answers to `path` through openssl s_client with these options. */
static bool answers(const struct tls *tls, const struct http_server *server, const char *options,
                    const char *path, const char *wanted)
{
    return shell(
        "printf 'GET %s HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' | timeout 10 "
        "openssl s_client -quiet -connect 127.0.0.1:%u -CAfile %s/own.pem "
        "-verify_return_error %s 2>/dev/null | grep -q -a '%s'",
        path, http_port(server), tls->folder, options, wanted);
}

static void requests_come_through(void **state)
{
    struct tls *tls = *state;
    struct http_server *server = start_or_skip(tls);
    assert_true(answers(tls, server, "", "/who", "127.0.0.1 x secure"));
    assert_true(answers(tls, server, "-tls1_2", "/quick/who", "127.0.0.1 x secure"));
    assert_true(answers(tls, server, "", "/page", "xxxxxxxx"));
    http_stop(server, 1000);
}

static void old_protocols_do_not(void **state)
{
    struct tls *tls = *state;
    struct http_server *server = start_or_skip(tls);
    assert_false(answers(tls, server, "-tls1_1 -cipher DEFAULT@SECLEVEL=0", "/hello", "hello"));
    /* Plain HTTP to a TLS port is no request either. */
    assert_int_equal(client_get(server, "/hello")->status, 0);
    assert_true(answers(tls, server, "", "/hello", "hello"));
    http_stop(server, 1000);
}

static void wrong_keys_are_told(void **state)
{
    struct tls *tls = *state;
    http_stop(start_or_skip(tls), 0);
    struct http_server *server = NULL;
    struct http_config config = testing_config();
    config.tls_certificate = tls->certificate;
    config.tls_key = tls->other_key;
    assert_int_equal(http_start(&config, &server), ERR_INVALID);
    config.tls_key = NULL;
    assert_int_equal(http_start(&config, &server), ERR_INVALID);
    config.tls_key = tls->key;
    config.tls_certificate = "not a certificate";
    assert_int_equal(http_start(&config, &server), ERR_INVALID);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_come_through),
        cmocka_unit_test(old_protocols_do_not),
        cmocka_unit_test(wrong_keys_are_told),
    };
    return cmocka_run_group_tests_name("http_tls", tests, setup, teardown);
}
