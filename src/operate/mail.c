#include "conversation/mail.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "operate/cli.h"
#include "operate/commands.h"
#include "operate/smtp.h"
#include "school/school.h"

/*
 * mail: sends what waits, and puts tomorrow's reminders in the queue. A process of its own, started
 * by a timer: `serve` is closed in by a list of system calls in which no mail library fits, and a
 * slow mail server keeps no page waiting.
 */

#define LETTERS_MAX 500 /* per run */
#define PASSWORD_MAX 500

struct sending {
    struct cli *cli;
    const struct tr *tr;
    struct smtp *smtp;
    struct smtp_server server;
    struct mail *list;
    size_t count;
    const struct mail *one;
    size_t sent, later, refused, given_up, reminders;
    struct school *schools;
    size_t school_count;
};

static enum status list_due(struct work *work, void *context)
{
    struct sending *s = context;
    return mail_due(work, LETTERS_MAX, &s->list, &s->count);
}

static enum status claim(struct work *work, void *context)
{
    const struct sending *s = context;
    return mail_claim(work, s->one);
}

static enum status note_sent(struct work *work, void *context)
{
    const struct sending *s = context;
    return mail_went(work, s->one->id);
}

static enum status note_refused(struct work *work, void *context)
{
    const struct sending *s = context;
    return mail_drop(work, s->one->id);
}

static enum status sweep(struct work *work, void *context)
{
    struct sending *s = context;
    return mail_sweep(work, &s->given_up);
}

/* Takes it, tries it, keeps what came of it. *ret_broken: the others need not be tried. */
static enum status send_one(struct sending *s, bool *ret_broken)
{
    long code = 0;
    enum status st = cli_transaction(s->cli, true, claim, s);
    if (st != OK)
        return st == ERR_CONFLICT ? OK : st;
    const struct smtp_letter letter = {.id = s->one->id,
                                       .to = s->one->address,
                                       .subject = s->one->subject,
                                       .text = s->one->text,
                                       .at_ms = s->cli->work.now_ms};
    enum smtp_result result = smtp_send(s->smtp, &s->server, &letter, s->cli->arena, &code);
    const char *id = id_text(s->one->id).s;
    *ret_broken = result == SMTP_BROKEN;
    s->sent += result == SMTP_SENT;
    s->refused += result == SMTP_REFUSED;
    s->later += result == SMTP_LATER || result == SMTP_BROKEN;
    if (result != SMTP_SENT)
        log_event(LOG_WARN, result == SMTP_REFUSED ? "mail_refused" : "mail_later",
                  "letter=%s answer=%ld try=%d", id, code, s->one->tries + 1);
    if (result == SMTP_SENT)
        return cli_transaction(s->cli, true, note_sent, s);
    return result == SMTP_REFUSED ? cli_transaction(s->cli, true, note_refused, s) : OK;
}

static int send_all(struct sending *s)
{
    bool broken = false;
    enum status st = cli_transaction(s->cli, false, list_due, s);
    for (size_t i = 0; st == OK && !broken && i < s->count; i++) {
        s->one = &s->list[i];
        st = send_one(s, &broken);
    }
    if (st == OK)
        st = cli_transaction(s->cli, true, sweep, s);
    if (st != OK)
        return cli_refuse(s->cli, "sending stopped: %s", cli_reason(st));
    if (s->cli->json) {
        int code = cli_print_json(
            s->cli, json_pack("{s:I, s:I, s:I, s:I}", "sent", (json_int_t)s->sent, "later",
                              (json_int_t)s->later, "refused", (json_int_t)s->refused, "given_up",
                              (json_int_t)s->given_up));
        if (code != CLI_DONE || !broken)
            return code;
    } else {
        printf("sent: %zu, later: %zu, refused: %zu, given up: %zu\n", s->sent, s->later,
               s->refused, s->given_up);
    }
    return broken ? cli_refuse(s->cli, "the mail server does not take us: look at --smtp, its "
                                       "certificate, --smtp-user and the password")
                  : CLI_DONE;
}

/* The first line of the file. */
static const char *read_password(struct cli *cli, const char *path)
{
    char line[PASSWORD_MAX + 2] = "";
    FILE *file = fopen(path, "re");
    const char *read = file ? fgets(line, sizeof line, file) : NULL;
    if (file)
        (void)fclose(file);
    if (!read)
        return NULL;
    const char *password = arena_strndup(cli->arena, line, strcspn(line, "\r\n"));
    sodium_memzero(line, sizeof line);
    return password;
}

static int read_settings(struct cli *cli, const struct smtp *smtp, struct smtp_server *ret)
{
    const char *file = cli_value(cli, "--smtp-password-file");
    *ret = (struct smtp_server){.url = cli_value(cli, "--smtp"),
                                .user = cli_value(cli, "--smtp-user"),
                                .from = cli_value(cli, "--mail-from")};
    if (!ret->url || !ret->from)
        return cli_usage(cli, "wants --smtp and --mail-from");
    if (!str_starts(ret->url, "smtp://") && !str_starts(ret->url, "smtps://"))
        return cli_usage(cli, "--smtp is smtps://HOST:PORT or smtp://HOST:PORT");
    if (!strchr(ret->from, '@') || strpbrk(ret->from, "\r\n<> "))
        return cli_usage(cli, "--mail-from is an address");
    if ((ret->user != NULL) != (file != NULL))
        return cli_usage(cli, "--smtp-user and --smtp-password-file go together");
    ret->may_be_plain = smtp_is_loopback(smtp, ret->url);
    if (file)
        ret->password = read_password(cli, file);
    return file && !ret->password ? cli_refuse(cli, "cannot read the password file") : CLI_DONE;
}

static int verb_send(struct cli *cli)
{
    struct sending s = {.cli = cli};
    if (smtp_open(&s.smtp) != OK)
        return cli_refuse(cli, "the mail library (libcurl3-gnutls) is not there or does not start");
    int code = read_settings(cli, s.smtp, &s.server);
    if (code == CLI_DONE)
        code = send_all(&s);
    smtp_close(s.smtp);
    return code;
}

static enum status list_schools(struct work *work, void *context)
{
    struct sending *s = context;
    return school_list(work, &s->schools, &s->school_count);
}

static enum status remind(struct work *work, void *context)
{
    struct sending *s = context;
    size_t added = 0;
    enum status st = mail_remind(work, s->tr, &added);
    s->reminders += st == OK ? added : 0;
    return st;
}

static int verb_remind(struct cli *cli)
{
    struct tr *tr[LANG_COUNT];
    struct sending s = {.cli = cli};
    if (tr_load_all(tr) != OK)
        return cli_refuse(cli, "the translations do not load");
    s.tr = tr[LANG_NL];
    enum status st = cli_transaction(cli, false, list_schools, &s);
    for (size_t i = 0; st == OK && i < s.school_count; i++) {
        cli->actor.school = s.schools[i].id;
        st = cli_transaction(cli, true, remind, &s);
    }
    tr_free_all(tr);
    if (st != OK)
        return cli_refuse(cli, "reminding stopped: %s", cli_reason(st));
    if (cli->json)
        return cli_print_json(cli, json_pack("{s:I}", "tomorrow", (json_int_t)s.reminders));
    printf("conversations tomorrow: %zu\n", s.reminders);
    return CLI_DONE;
}

static const struct cli_verb verbs[] = {
    {"send", "--smtp URL --mail-from ADDRESS [--smtp-user USER --smtp-password-file FILE]",
     "sends what waits; what fails is tried again later", verb_send},
    {"remind", "", "puts a letter in the queue for each conversation of tomorrow", verb_remind},
    {NULL, NULL, NULL, NULL},
};

static const struct cli_option options[] = {
    {"--smtp", "URL", "smtps://HOST:465, or smtp://HOST:587, which then must offer TLS"},
    {"--smtp-user", "USER", "sign in as this user"},
    {"--smtp-password-file", "FILE", "with the password on its first line"},
    {"--mail-from", "ADDRESS", "from whom the letters are"},
    {NULL, NULL, NULL},
};

const struct command command_mail = {
    .name = "mail",
    .usage = "send|remind",
    .summary = "Sends waiting letters over SMTP. Run it every few minutes.",
    .options = options,
    .verbs = verbs,
    .run = cli_run_verb,
};
