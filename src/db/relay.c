#include "db/relay.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/log.h"
#include "db/postgres_connect.h"

/* A word is a number in hexadecimal; a line is words with a space between, or "*": anything. */
#define WORD_MAX 17
#define SAID_MAX 256 /* numbers in one NOTIFY, whose text has room for 8,000 bytes */
#define LINE_MAX ((size_t)SAID_MAX * WORD_MAX + 1)
#define ANYTHING "*"
#define RETRY_FIRST_MS 250
#define RETRY_LAST_MS 8000

struct numbers {
    uint64_t list[SAID_MAX];
    size_t count;
    bool too_many;
};

struct relay {
    const char *url;
    struct relay_hooks hooks;
    pthread_t thread;
    int bell; /* eventfd: something was said, or closing */
    atomic_bool closing;
    pthread_mutex_t lock;
    struct numbers said; /* under the lock */

    /* The thread's own. */
    struct libpq lib;
    PGconn *conn;
    struct numbers going; /* what is being told; kept until the server has it */
};

static void add(struct numbers *numbers, uint64_t number)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->list[i] == number)
            return;
    if (numbers->count == SAID_MAX)
        numbers->too_many = true;
    else
        numbers->list[numbers->count++] = number;
}

static void ring(struct relay *relay)
{
    const uint64_t one = 1;
    ssize_t written = write(relay->bell, &one, sizeof one);
    (void)written; /* only a full counter refuses, and then the bell rings already */
}

void relay_say(struct relay *relay, uint64_t number)
{
    if (!relay)
        return;
    pthread_mutex_lock(&relay->lock);
    bool first = relay->said.count == 0;
    add(&relay->said, number);
    pthread_mutex_unlock(&relay->lock);
    if (first)
        ring(relay);
}

/* --- saying
 * --------------------------------------------------------------------------------------- */

static bool execute(struct relay *relay, const char *sql, const char *line)
{
    PGresult *result = relay->lib.PQexecParams(relay->conn, sql, line ? 1 : 0, NULL,
                                               line ? &line : NULL, NULL, NULL, 0);
    ExecStatusType status = relay->lib.PQresultStatus(result);
    bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!done) {
        const char *state = relay->lib.PQresultErrorField(result, PG_DIAG_SQLSTATE);
        log_event(LOG_WARN, "relay_failed", "engine=postgresql sqlstate=%s", state ? state : "-");
    }
    relay->lib.PQclear(result);
    return done;
}

/*
 * What was said since goes apart from what is on its way: a number said again in between is about
 * something that happened after that was sent.
 */
static void take_said(struct relay *relay)
{
    pthread_mutex_lock(&relay->lock);
    relay->going = relay->said;
    relay->said.count = 0;
    relay->said.too_many = false;
    pthread_mutex_unlock(&relay->lock);
}

static void write_line(const struct numbers *numbers, char line[LINE_MAX])
{
    size_t used = 0;
    for (size_t i = 0; i < numbers->count; i++)
        used += (size_t)snprintf(line + used, LINE_MAX - used, "%s%" PRIx64, i ? " " : "",
                                 numbers->list[i]);
    if (numbers->too_many)
        (void)snprintf(line, LINE_MAX, ANYTHING);
}

/* False when the connection is lost; then it is told on the next one. */
static bool tell(struct relay *relay)
{
    char line[LINE_MAX];
    for (;;) {
        if (relay->going.count == 0)
            take_said(relay);
        if (relay->going.count == 0)
            return true;
        write_line(&relay->going, line);
        if (!execute(relay, "SELECT pg_notify('weerklank', $1)", line))
            return false;
        relay->going.count = 0;
    }
}

/* --- hearing
 * -------------------------------------------------------------------------------------- */

/* Anybody who may use the database can say things here: what is no line of ours is nothing. */
static void hear_line(const struct relay *relay, const char *line)
{
    if (strcmp(line, ANYTHING) == 0) {
        relay->hooks.missed(relay->hooks.context);
        return;
    }
    while (*line) {
        size_t len = strspn(line, "0123456789abcdef");
        if (len == 0 || len >= WORD_MAX || (line[len] && line[len] != ' '))
            return;
        relay->hooks.heard(relay->hooks.context, strtoull(line, NULL, 16));
        line += len + (line[len] == ' ');
    }
}

/* What one said itself is known here. False when the connection is lost. */
static bool hear(struct relay *relay)
{
    bool there = relay->lib.PQconsumeInput(relay->conn) == 1;
    for (PGnotify *said = relay->lib.PQnotifies(relay->conn); said;
         said = relay->lib.PQnotifies(relay->conn)) {
        if (said->be_pid != relay->lib.PQbackendPID(relay->conn))
            hear_line(relay, said->extra);
        relay->lib.PQfreemem(said);
    }
    return there && relay->lib.PQstatus(relay->conn) == CONNECTION_OK;
}

/* --- the thread
 * ----------------------------------------------------------------------------------- */

static bool connect_and_listen(struct relay *relay)
{
    relay->lib.PQfinish(relay->conn);
    relay->conn = postgres_connect(&relay->lib, relay->url);
    if (!relay->conn || postgres_check(&relay->lib, relay->conn) != OK ||
        !execute(relay, "LISTEN weerklank", NULL))
        return false;
    log_event(LOG_INFO, "relay_listens", "engine=postgresql");
    relay->hooks.missed(relay->hooks.context); /* only now: nothing falls in between */
    return true;
}

static void hang_up(struct relay *relay)
{
    relay->lib.PQfinish(relay->conn);
    relay->conn = NULL;
}

/* Until something happens, at most `limit_ms` (-1: for ever). */
static void wait_for(struct relay *relay, int socket, int limit_ms)
{
    struct pollfd fds[2] = {{.fd = relay->bell, .events = POLLIN},
                            {.fd = socket, .events = POLLIN}}; /* -1: poll() skips it */
    (void)poll(fds, 2, limit_ms);
    uint64_t rings;
    if (read(relay->bell, &rings, sizeof rings) < 0 && errno != EAGAIN)
        log_event(LOG_ERROR, "relay_bell", "errno=%d", errno);
}

/* Before the next attempt to connect; what is said meanwhile does not bring that forward. */
static void wait_to_retry(struct relay *relay, int ms)
{
    int64_t until = clock_ticks_us() + (int64_t)ms * 1000;
    while (!atomic_load(&relay->closing)) {
        int64_t left = until - clock_ticks_us();
        if (left <= 0)
            return;
        wait_for(relay, -1, (int)(left / 1000) + 1);
    }
}

static void *relay_main(void *context)
{
    struct relay *relay = context;
    int retry_ms = RETRY_FIRST_MS;
    while (!atomic_load(&relay->closing)) {
        if (!relay->conn && !connect_and_listen(relay)) {
            hang_up(relay);
            wait_to_retry(relay, retry_ms);
            retry_ms = retry_ms * 2 < RETRY_LAST_MS ? retry_ms * 2 : RETRY_LAST_MS;
            continue;
        }
        retry_ms = RETRY_FIRST_MS;
        if (!tell(relay) || !hear(relay)) {
            hang_up(relay);
            continue;
        }
        wait_for(relay, relay->lib.PQsocket(relay->conn), -1);
    }
    if (relay->conn)
        (void)tell(relay);
    hang_up(relay);
    return NULL;
}

static void relay_free(struct relay *relay)
{
    if (relay->bell >= 0)
        close(relay->bell);
    pthread_mutex_destroy(&relay->lock);
    free(relay);
}

enum status relay_open(const char *url, const struct relay_hooks *hooks, struct relay **ret_relay)
{
    struct relay *relay = calloc(1, sizeof *relay);
    if (!relay)
        return ERR_NOMEM;
    relay->url = url;
    relay->hooks = *hooks;
    pthread_mutex_init(&relay->lock, NULL);
    relay->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    enum status st = relay->bell < 0 ? ERR_IO : libpq_load(&relay->lib);
    if (st == OK && pthread_create(&relay->thread, NULL, relay_main, relay) != 0)
        st = ERR_NOMEM;
    if (st != OK) {
        relay_free(relay);
        return st;
    }
    (void)pthread_setname_np(relay->thread, "db-relay");
    *ret_relay = relay;
    return OK;
}

void relay_close(struct relay *relay)
{
    if (!relay)
        return;
    atomic_store(&relay->closing, true);
    ring(relay);
    pthread_join(relay->thread, NULL);
    relay_free(relay);
}
