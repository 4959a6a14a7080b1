#include "db/db_fixture.h"

#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "conversation/mail.h"
#include "i18n/tr.h"
#include "operate/commands.h"
#include "operate/smtp.h"
#include "operate/testing.h"

/* The queue, and letters to a mail server of a page of code that answers as it is told. */

#define LINK "https://school.example/thuis#geheim"
#define TO "karin@thuis.example"

enum mood { TAKES, GREYLISTS, KNOWS_NOBODY, SHUT, REFUSES_TEXT };

struct sink {
    int listener, port;
    pthread_t thread;
    atomic_int mood;
    atomic_int letters; /* taken whole */
    struct smtp *smtp;
    char text[8192]; /* of the last one, and the commands before it */
};

static void say(int fd, const char *line)
{
    (void)!write(fd, line, strlen(line));
}

static const char *answer_to(struct sink *sink, const char *line)
{
    enum mood mood = (enum mood)atomic_load(&sink->mood);
    if (strncasecmp(line, "EHLO", 4) == 0 || strncasecmp(line, "HELO", 4) == 0)
        return "250 sink\r\n";
    if (strncasecmp(line, "RCPT", 4) == 0)
        return mood == GREYLISTS      ? "450 4.2.0 later\r\n"
               : mood == KNOWS_NOBODY ? "550 5.1.1 nobody\r\n"
                                      : "250 ok\r\n";
    if (strncasecmp(line, "DATA", 4) == 0)
        return "354 go on\r\n";
    if (strncasecmp(line, "QUIT", 4) == 0)
        return "221 bye\r\n";
    return strncasecmp(line, "STARTTLS", 8) == 0 ? "454 no TLS\r\n" : "250 ok\r\n";
}

static void talk_to(struct sink *sink, int fd)
{
    FILE *in = fdopen(dup(fd), "r");
    char line[1200];
    bool text = false, shut = atomic_load(&sink->mood) == SHUT;
    sink->text[0] = '\0';
    say(fd, shut ? "554 not today\r\n" : "220 sink\r\n");
    while (!shut && in && fgets(line, sizeof line, in)) {
        size_t at = strlen(sink->text);
        (void)snprintf(sink->text + at, sizeof sink->text - at, "%s", line);
        if (text && !str_equal(line, ".\r\n"))
            continue;
        if (text) {
            text = false;
            bool takes = atomic_load(&sink->mood) != REFUSES_TEXT;
            atomic_fetch_add(&sink->letters, takes);
            say(fd, takes ? "250 taken\r\n" : "554 5.6.0 not this\r\n");
            continue;
        }
        text = strncasecmp(line, "DATA", 4) == 0;
        say(fd, answer_to(sink, line));
    }
    if (in)
        (void)fclose(in);
}

static void *sink_run(void *context)
{
    struct sink *sink = context;
    for (;;) {
        int fd = accept(sink->listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        talk_to(sink, fd);
        (void)close(fd);
    }
}

static void sink_open(struct sink *sink)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    *sink = (struct sink){.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    assert_true(sink->listener >= 0);
    assert_int_equal(bind(sink->listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(sink->listener, 4), 0);
    assert_int_equal(getsockname(sink->listener, (struct sockaddr *)&at, &len), 0);
    sink->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&sink->thread, NULL, sink_run, sink), 0);
}

static void sink_close(struct sink *sink)
{
    (void)shutdown(sink->listener, SHUT_RDWR);
    (void)pthread_join(sink->thread, NULL);
    (void)close(sink->listener);
}

/* --- the wire
 * --------------------------------------------------------------------------------------- */

static enum smtp_result sent(struct sink *sink, enum mood mood, bool may_be_plain)
{
    struct arena *arena = arena_new((size_t)1024 * 1024);
    char url[64];
    long code = 0;
    atomic_store(&sink->mood, (int)mood);
    (void)snprintf(url, sizeof url, "smtp://127.0.0.1:%d", sink->port);
    struct smtp_server server = {
        .url = url, .from = "weerklank@school.example", .may_be_plain = may_be_plain};
    struct smtp_letter letter = {.id = 42,
                                 .to = TO,
                                 .subject = "Één gesprek",
                                 .text = "Goedendag,\n\n" LINK "\n",
                                 .at_ms = 1795000000000};
    enum smtp_result result = smtp_send(sink->smtp, &server, &letter, arena, &code);
    arena_free(arena);
    return result;
}

static void letters_go_or_wait_or_are_refused(void **state)
{
    (void)state;
    struct sink sink;
    sink_open(&sink);
    assert_status(smtp_open(&sink.smtp), OK);
    assert_int_equal(sent(&sink, GREYLISTS, true), SMTP_LATER);
    assert_int_equal(sent(&sink, KNOWS_NOBODY, true), SMTP_REFUSED);
    assert_int_equal(sent(&sink, REFUSES_TEXT, true), SMTP_REFUSED);
    assert_int_equal(sent(&sink, SHUT, true), SMTP_LATER);
    assert_int_equal(atomic_load(&sink.letters), 0);
    assert_int_equal(sent(&sink, TAKES, true), SMTP_SENT);
    assert_int_equal(atomic_load(&sink.letters), 1);
    assert_non_null(strstr(sink.text, "MAIL FROM:<weerklank@school.example>"));
    assert_non_null(strstr(sink.text, "RCPT TO:<" TO ">"));
    assert_non_null(strstr(sink.text, "Subject: =?UTF-8?B?w4nDqW4gZ2VzcHJlaw==?=\r\n"));
    assert_non_null(strstr(sink.text, "Auto-Submitted: auto-generated\r\n"));
    assert_null(strstr(sink.text, "geheim")); /* base64, read back below */
    assert_non_null(strstr(sink.text, "R29lZGVuZGFnLAoK"));
    int port = sink.port;
    sink_close(&sink);
    sink.port = port;
    assert_int_equal(sent(&sink, TAKES, true), SMTP_LATER); /* nobody is there */
    smtp_close(sink.smtp);
}

/* Not one word of a letter goes to a server elsewhere that offers no TLS. */
static void without_tls_nothing_goes(void **state)
{
    (void)state;
    struct sink sink;
    sink_open(&sink);
    assert_status(smtp_open(&sink.smtp), OK);
    assert_int_equal(sent(&sink, TAKES, false), SMTP_BROKEN);
    assert_int_equal(atomic_load(&sink.letters), 0);
    assert_null(strstr(sink.text, "karin"));
    sink_close(&sink);
    assert_true(smtp_is_loopback(sink.smtp, "smtp://127.0.0.1:25"));
    assert_true(smtp_is_loopback(sink.smtp, "smtp://localhost"));
    assert_true(smtp_is_loopback(sink.smtp, "smtp://[::1]:25"));
    assert_false(smtp_is_loopback(sink.smtp, "smtp://127.0.0.1.example:25"));
    assert_false(smtp_is_loopback(sink.smtp, "smtp://localhost@mail.example:25"));
    assert_false(smtp_is_loopback(sink.smtp, "smtps://mail.example"));
    assert_false(smtp_is_loopback(sink.smtp, "nonsense"));
    smtp_close(sink.smtp);
}

/* --- the queue
 * -------------------------------------------------------------------------------------- */

struct queue {
    struct house house;
    struct tr *tr[LANG_COUNT];
    struct mail *list;
    size_t count;
};

static void queue_open(struct queue *queue, void **state)
{
    house_open(&queue->house, fixture_db(state));
    assert_status(
        house_fill(&queue->house.cli, &(struct house_draft){1, "De Linde"}, &queue->house), OK);
    assert_status(tr_load_all(queue->tr), OK);
}

static void queue_close(struct queue *queue)
{
    tr_free_all(queue->tr);
    house_close(&queue->house);
}

static struct work *begin(struct queue *queue)
{
    assert_status(db_begin(queue->house.cli.db, DB_WRITE), OK);
    return &queue->house.cli.work;
}

static size_t due(struct queue *queue)
{
    assert_status(mail_due(&queue->house.cli.work, 100, &queue->list, &queue->count), OK);
    return queue->count;
}

static const struct mail_draft invitation = {MAIL_INVITATION, TO, LINK, ""};

static void a_letter_says_that_and_nothing_else(void **state)
{
    struct queue queue;
    queue_open(&queue, state);
    struct work *work = begin(&queue);
    assert_status(mail_add(work, queue.tr[LANG_NL], 7, &invitation), OK);
    assert_status(mail_add(work, queue.tr[LANG_NL], 7, &invitation), OK); /* once */
    assert_int_equal(due(&queue), 1);
    assert_string_equal(queue.list[0].address, TO);
    assert_non_null(strstr(queue.list[0].text, LINK));
    assert_null(strstr(queue.list[0].text, HOUSE_NAME));
    struct mail_draft bad = invitation;
    static const char *const odd[] = {"",      "karin",           "@x",    "a@",
                                      "a@b@c", "a@b\r\nBcc: x@y", "a b@c", "<a@b>"};
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        bad.address = odd[i];
        assert_status(mail_add(work, queue.tr[LANG_NL], 8, &bad), ERR_INVALID);
    }
    bad = invitation;
    bad.link = "";
    assert_status(mail_add(work, queue.tr[LANG_NL], 8, &bad), ERR_INVALID);
    db_rollback(queue.house.cli.db);
    queue_close(&queue);
}

static void tries_come_further_apart_and_end(void **state)
{
    struct queue queue;
    size_t given_up = 0;
    queue_open(&queue, state);
    struct work *work = begin(&queue);
    assert_status(mail_add(work, queue.tr[LANG_NL], 7, &invitation), OK);
    for (int i = 0; i < MAIL_TRIES_MAX; i++) {
        assert_int_equal(due(&queue), 1);
        assert_int_equal(queue.list[0].tries, i);
        assert_status(mail_claim(work, &queue.list[0]), OK);
        assert_status(mail_claim(work, &queue.list[0]), ERR_CONFLICT); /* another process */
        assert_int_equal(due(&queue), 0);
        work->now_ms += mail_wait_ms(i + 1);
    }
    assert_int_equal(mail_wait_ms(1), 5 * MS_MINUTE);
    assert_int_equal(mail_wait_ms(2), 10 * MS_MINUTE);
    assert_int_equal(mail_wait_ms(MAIL_TRIES_MAX), 6 * MS_HOUR);
    assert_int_equal(due(&queue), 0);
    assert_status(mail_sweep(work, &given_up), OK);
    assert_int_equal(given_up, 1);
    /* What went is known for some days, without address and text. */
    assert_status(mail_add(work, queue.tr[LANG_NL], 8, &invitation), OK);
    assert_status(mail_went(work, 8), OK);
    assert_status(mail_add(work, queue.tr[LANG_NL], 8, &invitation), OK);
    assert_int_equal(due(&queue), 0);
    work->now_ms += 4 * MS_DAY;
    assert_status(mail_sweep(work, &given_up), OK);
    assert_int_equal(given_up, 0);
    assert_status(mail_add(work, queue.tr[LANG_NL], 8, &invitation), OK);
    assert_int_equal(due(&queue), 1);
    assert_status(mail_drop(work, 8), OK);
    assert_int_equal(due(&queue), 0);
    db_rollback(queue.house.cli.db);
    queue_close(&queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_go_or_wait_or_are_refused),
        cmocka_unit_test(without_tls_nothing_goes),
        fixture_each_engine_migrated(a_letter_says_that_and_nothing_else),
        fixture_each_engine_migrated(tries_come_further_apart_and_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
