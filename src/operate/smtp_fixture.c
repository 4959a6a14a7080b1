#include "operate/smtp_fixture.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/str.h"

static void say(int fd, const char *line)
{
    (void)!write(fd, line, strlen(line));
}

static const char *answer_to(struct smtp_sink *sink, const char *line)
{
    enum smtp_mood mood = (enum smtp_mood)atomic_load(&sink->mood);
    if (strncasecmp(line, "EHLO", 4) == 0 || strncasecmp(line, "HELO", 4) == 0)
        return "250 sink\r\n";
    if (strncasecmp(line, "RCPT", 4) == 0)
        return mood == SINK_GREYLISTS      ? "450 4.2.0 later\r\n"
               : mood == SINK_KNOWS_NOBODY ? "550 5.1.1 nobody\r\n"
                                           : "250 ok\r\n";
    if (strncasecmp(line, "DATA", 4) == 0)
        return "354 go on\r\n";
    if (strncasecmp(line, "QUIT", 4) == 0)
        return "221 bye\r\n";
    return strncasecmp(line, "STARTTLS", 8) == 0 ? "454 no TLS\r\n" : "250 ok\r\n";
}

static void talk_to(struct smtp_sink *sink, int fd)
{
    FILE *in = fdopen(dup(fd), "r");
    char line[1200];
    bool text = false, shut = atomic_load(&sink->mood) == SINK_SHUT;
    sink->text[0] = '\0';
    say(fd, shut ? "554 not today\r\n" : "220 sink\r\n");
    while (!shut && in && fgets(line, sizeof line, in)) {
        size_t at = strlen(sink->text);
        (void)snprintf(sink->text + at, sizeof sink->text - at, "%s", line);
        if (text && !str_equal(line, ".\r\n"))
            continue;
        if (text) {
            text = false;
            bool takes = atomic_load(&sink->mood) != SINK_REFUSES_TEXT;
            int before = atomic_fetch_add(&sink->letters, takes);
            if (takes && before < SMTP_SINK_LETTERS)
                memcpy(sink->kept[before], sink->text, sizeof sink->text);
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
    struct smtp_sink *sink = context;
    for (;;) {
        int fd = accept(sink->listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        talk_to(sink, fd);
        (void)close(fd);
    }
}

void smtp_sink_open(struct smtp_sink *sink)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    memset(sink, 0, sizeof *sink);
    sink->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(sink->listener >= 0);
    assert_int_equal(bind(sink->listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(sink->listener, 4), 0);
    assert_int_equal(getsockname(sink->listener, (struct sockaddr *)&at, &len), 0);
    sink->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&sink->thread, NULL, sink_run, sink), 0);
}

void smtp_sink_close(struct smtp_sink *sink)
{
    (void)shutdown(sink->listener, SHUT_RDWR);
    (void)pthread_join(sink->thread, NULL);
    (void)close(sink->listener);
}
