#include "db/db_fixture.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"
#include "conversation/mail.h"
#include "i18n/tr.h"
#include "operate/commands.h"
#include "operate/smtp.h"
#include "operate/smtp_fixture.h"
#include "operate/testing.h"

/* The queue, and letters to a mail server of a page of code that answers as it is told. */

#define LINK "https://school.example/thuis#geheim"
#define TO "karin@thuis.example"

/* --- the wire --------------------------------------------------------------------------------- */

static enum smtp_result sent(struct smtp_sink *sink, enum smtp_mood mood, bool may_be_plain)
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
    struct smtp_sink sink;
    smtp_sink_open(&sink);
    assert_status(smtp_open(&sink.smtp), OK);
    assert_int_equal(sent(&sink, SINK_GREYLISTS, true), SMTP_LATER);
    assert_int_equal(sent(&sink, SINK_KNOWS_NOBODY, true), SMTP_REFUSED);
    assert_int_equal(sent(&sink, SINK_REFUSES_TEXT, true), SMTP_REFUSED);
    assert_int_equal(sent(&sink, SINK_SHUT, true), SMTP_LATER);
    assert_int_equal(atomic_load(&sink.letters), 0);
    assert_int_equal(sent(&sink, SINK_TAKES, true), SMTP_SENT);
    assert_int_equal(atomic_load(&sink.letters), 1);
    assert_non_null(strstr(sink.text, "MAIL FROM:<weerklank@school.example>"));
    assert_non_null(strstr(sink.text, "RCPT TO:<" TO ">"));
    assert_non_null(strstr(sink.text, "Subject: =?UTF-8?B?w4nDqW4gZ2VzcHJlaw==?=\r\n"));
    assert_non_null(strstr(sink.text, "Auto-Submitted: auto-generated\r\n"));
    assert_null(strstr(sink.text, "geheim")); /* base64, read back below */
    assert_non_null(strstr(sink.text, "R29lZGVuZGFnLAoK"));
    int port = sink.port;
    smtp_sink_close(&sink);
    sink.port = port;
    assert_int_equal(sent(&sink, SINK_TAKES, true), SMTP_LATER); /* nobody is there */
    smtp_close(sink.smtp);
}

/* Not one word of a letter goes to a server elsewhere that offers no TLS. */
static void without_tls_nothing_goes(void **state)
{
    (void)state;
    struct smtp_sink sink;
    smtp_sink_open(&sink);
    assert_status(smtp_open(&sink.smtp), OK);
    assert_int_equal(sent(&sink, SINK_TAKES, false), SMTP_BROKEN);
    assert_int_equal(atomic_load(&sink.letters), 0);
    assert_null(strstr(sink.text, "karin"));
    smtp_sink_close(&sink);
    assert_true(smtp_is_loopback(sink.smtp, "smtp://127.0.0.1:25"));
    assert_true(smtp_is_loopback(sink.smtp, "smtp://localhost"));
    assert_true(smtp_is_loopback(sink.smtp, "smtp://[::1]:25"));
    assert_false(smtp_is_loopback(sink.smtp, "smtp://127.0.0.1.example:25"));
    assert_false(smtp_is_loopback(sink.smtp, "smtp://localhost@mail.example:25"));
    assert_false(smtp_is_loopback(sink.smtp, "smtps://mail.example"));
    assert_false(smtp_is_loopback(sink.smtp, "nonsense"));
    smtp_close(sink.smtp);
}

/* --- the queue -------------------------------------------------------------------------------- */

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
