#include "operate/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/audit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "db/db.h"
#include "db/relay.h"
#include "http/http.h"
#include "operate/cli.h"
#include "operate/housekeeping.h"
#include "operate/metrics.h"
#include "operate/sandbox.h"
#include "print/press.h"
#include "signin/password.h"
#include "signin/ratelimit.h"
#include "vault/vault.h"
#include "web/app.h"
#include "web/touch.h"
#include "web/writer.h"

/*
 * serve, as a story: options → keys → database → migrations → texts → listen → sandbox → wait for
 * the signal → finish what runs → close.
 */

#define PEM_MAX ((size_t)256 * 1024)
#define PROXIES_MAX 16
#define GRACE_MS 10000
#define HASHES_AT_ONCE 2 /* 64 MiB each */

struct serve {
    struct cli cli;
    struct app app;
    struct http_config http;
    const char *proxies[PROXIES_MAX + 1];
    struct http_server *server;
    struct housekeeping *housekeeping;
    struct metrics *metrics;
    int alone; /* the lock that says so; -1: none */
};

static const struct cli_option options[] = {
    {"--listen", "ADDRESS:PORT", "where people reach it (127.0.0.1:8600)"},
    {"--metrics", "ADDRESS:PORT", "loopback listener for /healthz and /metrics (off)"},
    {"--workers", "N", "threads that answer requests (cores, at least 4)"},
    {"--tls-certificate", "FILE", "PEM; without it a reverse proxy ends TLS"},
    {"--tls-key", "FILE", "PEM"},
    {"--trust-proxy", "LIST", "addresses or CIDR blocks whose X-Forwarded-* count"},
    {"--quiet", NULL, "log no line per request"},
    {"--no-sandbox", NULL, "without the system call filter, for debugging"},
    {NULL, NULL, NULL},
};

/* "127.0.0.1:8600", "[::1]:8600". */
static bool parse_address(struct arena *arena, const char *text, const char **ret_address,
                          uint16_t *ret_port)
{
    const char *colon = strrchr(text, ':');
    int64_t port = 0;
    if (!colon || str_to_int64(colon + 1, &port) != OK || port < 0 || port > 65535)
        return false;
    size_t len = (size_t)(colon - text);
    bool brackets = len > 2 && text[0] == '[' && text[len - 1] == ']';
    *ret_address = arena_strndup(arena, text + brackets, len - 2 * (size_t)brackets);
    *ret_port = (uint16_t)port;
    return len > 0;
}

static const char *read_pem(struct cli *cli, const char *path)
{
    FILE *file = path ? fopen(path, "re") : NULL;
    char *text = file ? arena_alloc(cli->arena, PEM_MAX + 1) : NULL;
    if (text)
        text[fread(text, 1, PEM_MAX, file)] = '\0';
    if (file)
        fclose(file);
    return text;
}

static int configure(struct serve *s)
{
    struct cli *cli = &s->cli;
    const char *listen = cli_value(cli, "--listen");
    s->http = (struct http_config){.context = &s->app,
                                   .worker_open = app_worker_open,
                                   .worker_close = app_worker_close,
                                   .body_limit = app_body_limit,
                                   .is_quick = app_is_quick,
                                   .handle = app_handle};
    if (!parse_address(cli->arena, listen ? listen : "127.0.0.1:8600", &s->http.address,
                       &s->http.port))
        return cli_refuse(cli, "--listen wants ADDRESS:PORT");
    int64_t workers = 0;
    const char *given = cli_value(cli, "--workers");
    if (given && (str_to_int64(given, &workers) != OK || workers < 1 || workers > 64))
        return cli_refuse(cli, "--workers wants a number from 1 to 64");
    s->http.workers = (unsigned)workers;
    if (cli_value(cli, "--tls-certificate")) {
        s->http.tls_certificate = read_pem(cli, cli_value(cli, "--tls-certificate"));
        s->http.tls_key = read_pem(cli, cli_value(cli, "--tls-key"));
        if (!s->http.tls_certificate || !s->http.tls_key)
            return cli_refuse(cli, "the certificate or key file cannot be read");
    }
    const char *trusted = cli_value(cli, "--trust-proxy");
    char *rest = trusted ? arena_strdup(cli->arena, trusted) : NULL;
    size_t count = 0;
    for (char *one; (one = str_split(&rest, ',')) != NULL;) {
        if (count == PROXIES_MAX)
            return cli_refuse(cli, "--trust-proxy takes at most %d", PROXIES_MAX);
        s->proxies[count++] = one;
    }
    s->http.trusted_proxies = s->proxies;
    if (cli_value(cli, "--quiet"))
        log_set_level(LOG_WARN);
    return CLI_DONE;
}

/*
 * On SQLite one process serves: two would not push to each other, and each would find the other's
 * writers in its way. The lock ends with the process, however that ends.
 */
static int be_alone(struct serve *s)
{
    struct cli *cli = &s->cli;
    if (!str_starts(cli->database, "sqlite:"))
        return CLI_DONE;
    const char *path = arena_printf(cli->arena, "%s/serve.lock", cli->state);
    s->alone = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (s->alone < 0)
        return cli_refuse(cli, "cannot make %s: %s", path, strerror(errno));
    if (flock(s->alone, LOCK_EX | LOCK_NB) == 0)
        return CLI_DONE;
    if (errno == EWOULDBLOCK)
        return cli_refuse(cli, "another serve runs on %s; on SQLite one does all the work",
                          cli->state);
    return cli_refuse(cli, "cannot lock %s: %s", path, strerror(errno));
}

static int prepare_app(struct serve *s)
{
    struct cli *cli = &s->cli;
    struct stat demo;
    s->app =
        (struct app){.database = cli->database,
                     .vault = cli->vault,
                     .clock = cli->clock,
                     .routes = all_routes,
                     .state_directory = cli->state,
                     .demo = stat(arena_printf(cli->arena, "%s/demo", cli->state), &demo) == 0};
    enum status st = tr_load_all(s->app.tr);
    if (st == OK)
        st = audit_spool_open(cli->state, &s->app.spool);
    if (st == OK)
        st = password_gate_new(HASHES_AT_ONCE, &s->app.gate);
    if (st == OK)
        st = ratelimit_new(RATELIMIT_PLACES, &cli->random, &s->app.limiter);
    if (st == OK)
        st = touches_new(&s->app.touches);
    if (st == OK)
        st = paper_press_open(&s->app.press);
    if (st == OK && str_starts(cli->database, "sqlite:"))
        st = writer_open(cli->database, &s->app.writer);
    s->app.shelf = cli->shelf;
    return st == OK ? CLI_DONE : cli_refuse(cli, "starting: %s", cli_reason(st));
}

/* Others on the same PostgreSQL hear what changed here, and this one hears of theirs. */
static enum status open_relay(struct serve *s)
{
    const struct relay_hooks hooks = {&s->app, app_heard, app_missed};
    if (str_starts(s->cli.database, "sqlite:"))
        return OK;
    return relay_open(s->cli.database, &hooks, &s->app.relay);
}

static int listen_and_watch(struct serve *s)
{
    struct cli *cli = &s->cli;
    enum status st = open_relay(s);
    if (st != OK)
        return cli_refuse(cli, "starting: %s", cli_reason(st));
    st = http_start(&s->http, &s->server);
    if (st != OK)
        return cli_refuse(cli, "cannot listen on %s port %u", s->http.address, s->http.port);
    s->app.server = s->server;
    const char *metrics = cli_value(cli, "--metrics");
    if (metrics) {
        const char *address = NULL;
        uint16_t port = 0;
        if (!parse_address(cli->arena, metrics, &address, &port))
            return cli_refuse(cli, "--metrics wants ADDRESS:PORT");
        st = metrics_start(address, port, &s->app, s->server, &s->metrics);
        if (st == ERR_INVALID)
            return cli_refuse(cli, "--metrics listens on a loopback address only");
    }
    if (st == OK)
        st = housekeeping_start(&s->app, &s->housekeeping);
    if (st == OK && !cli_value(cli, "--no-sandbox"))
        st = sandbox_enter();
    return st == OK ? CLI_DONE : cli_refuse(cli, "starting: %s", cli_reason(st));
}

static void wait_for_signal(const sigset_t *signals)
{
    int signal = 0;
    while (sigwait(signals, &signal) != 0)
        continue;
    log_event(LOG_INFO, "stopping", "signal=%d", signal);
}

static void stop(struct serve *s)
{
    metrics_stop(s->metrics);
    if (s->server)
        http_stop(s->server, GRACE_MS);
    relay_close(s->app.relay);
    housekeeping_stop(s->housekeeping); /* after the last request: its last readings go in */
    audit_spool_close(s->app.spool);
    password_gate_free(s->app.gate);
    ratelimit_free(s->app.limiter);
    touches_free(s->app.touches);
    paper_press_close(s->app.press);
    writer_close(s->app.writer);
    tr_free_all(s->app.tr);
    cli_close(&s->cli);
    if (s->alone >= 0)
        close(s->alone);
}

static int run_serve(const struct command *command, int argc, char **argv)
{
    struct serve s = {.alone = -1};
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &s.cli, &code))
        return code;
    /* Before any thread starts, so that all threads leave these to sigwait. */
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of that write, not our end */

    code = configure(&s);
    if (code == CLI_DONE)
        code = cli_open(&s.cli, false);
    if (code == CLI_DONE)
        code = be_alone(&s);
    if (code == CLI_DONE)
        code = operate_migrate(&s.cli);
    if (code == CLI_DONE)
        code = prepare_app(&s);
    if (code == CLI_DONE)
        code = listen_and_watch(&s);
    if (code == CLI_DONE) {
        log_event(LOG_INFO, "listening", "address=%s port=%u", s.http.address, http_port(s.server));
        wait_for_signal(&signals);
    }
    stop(&s);
    return code;
}

const struct command command_serve = {
    .name = "serve",
    .usage = "",
    .summary = "The web application.",
    .options = options,
    .run = run_serve,
};

static int run_version(const struct command *command, int argc, char **argv)
{
    struct cli cli;
    int code = CLI_DONE;
    if (!cli_parse(command, argc, argv, &cli, &code))
        return code;
    printf(cli.json ? "{\"version\":\"%s\"}\n" : "weerklank %s\n", WEERKLANK_VERSION);
    cli_close(&cli);
    return CLI_DONE;
}

const struct command command_version = {
    .name = "version",
    .usage = "",
    .summary = "Which version this is.",
    .run = run_version,
};
