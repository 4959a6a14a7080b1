/*
 * smtp_fixture: a mail server of a page of code that answers as it is told and keeps what it got.
 * Tests only: list `smtp_fixture` beside the test in meson.build.
 */
#ifndef OPERATE_SMTP_FIXTURE_H
#define OPERATE_SMTP_FIXTURE_H

#include <pthread.h>
#include <stdatomic.h>

#define SMTP_SINK_LETTERS 40
#define SMTP_SINK_TEXT 8192

enum smtp_mood {
    SINK_TAKES,
    SINK_GREYLISTS,
    SINK_KNOWS_NOBODY,
    SINK_SHUT,
    SINK_REFUSES_TEXT,
};

struct smtp;

struct smtp_sink {
    int listener, port;
    struct smtp *smtp; /* the caller's, for sending to it */
    pthread_t thread;
    atomic_int mood;
    atomic_int letters;                           /* taken whole */
    char text[SMTP_SINK_TEXT];                    /* of the last one, and the commands before it */
    char kept[SMTP_SINK_LETTERS][SMTP_SINK_TEXT]; /* the same of each that was taken */
};

/* On a free port of this machine. Fails the test when it cannot. */
void smtp_sink_open(struct smtp_sink *sink);
void smtp_sink_close(struct smtp_sink *sink);

#endif
