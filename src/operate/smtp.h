/*
 * smtp: one letter to one address, over SMTP (libcurl, loaded by smtp_open only). TLS with a
 * checked certificate, always, but for a server on this machine. Knows the wire; refuses to know
 * where letters come from.
 */
#ifndef OPERATE_SMTP_H
#define OPERATE_SMTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct smtp;

struct smtp_server {
    const char *url;             /* "smtps://mail.example:465", "smtp://mail.example:587" */
    const char *user, *password; /* NULL: without signing in */
    const char *from;            /* our address */
    bool may_be_plain;           /* smtp_is_loopback(): without TLS when the server has none */
};

struct smtp_letter {
    int64_t id; /* of the Message-ID: a second try is the same message */
    const char *to, *subject, *text;
    int64_t at_ms;
};

enum smtp_result {
    SMTP_SENT,
    SMTP_LATER,   /* busy, greylisted, not there: try again */
    SMTP_REFUSED, /* this letter or address never */
    SMTP_BROKEN,  /* settings, certificate or password: nothing will go */
};

/* One per process, before threads; the caller closes it. ERR_NOT_FOUND without libcurl, ERR_INVALID
 * when it does not start. */
NODISCARD enum status smtp_open(struct smtp **ret);
void smtp_close(struct smtp *smtp);

/* Is the host of the URL this machine? False for a URL that is none. */
bool smtp_is_loopback(const struct smtp *smtp, const char *url);

/* *ret_code: the server's last answer, 0 when it gave none. Waits half a minute at most. */
enum smtp_result smtp_send(const struct smtp *smtp, const struct smtp_server *server,
                           const struct smtp_letter *letter, struct arena *arena, long *ret_code);

/* The message as it goes (RFC 5322, 2047, 2045). NULL without memory. */
const char *smtp_message(const struct smtp_server *server, const struct smtp_letter *letter,
                         struct arena *arena);

#endif
