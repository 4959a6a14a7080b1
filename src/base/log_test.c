#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

struct caught {
    int saved;
    int from;
};

/* Standard error goes into a pipe, which is large enough for the few lines of these tests. */
static struct caught catch_stderr(void)
{
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    struct caught caught = {.saved = dup(STDERR_FILENO), .from = ends[0]};
    assert_int_equal(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
    close(ends[1]);
    return caught;
}

static size_t release_stderr(struct caught caught, char *to, size_t size)
{
    dup2(caught.saved, STDERR_FILENO);
    close(caught.saved);
    size_t len = 0;
    for (ssize_t n; (n = read(caught.from, to + len, size - 1 - len)) > 0;)
        len += (size_t)n;
    to[len] = '\0';
    close(caught.from);
    return len;
}

static void an_event_is_one_line(void **state UNUSED)
{
    char text[4096];
    struct caught caught = catch_stderr();
    log_event(LOG_WARN, "import_refused", "file=%s lines=%d", "a\nb\r\t\033[31m\177c", 12);
    release_stderr(caught, text, sizeof text);
    assert_memory_equal(text, "<4>20", 5);
    assert_string_equal(text + strlen("<4>2026-09-01T08:15:02.113Z"),
                        " import_refused file=a?b???[31m?c lines=12\n");
    assert_int_equal(text[13], 'T');
    assert_int_equal(text[26], 'Z');
}

static void long_events_are_cut_and_still_end(void **state UNUSED)
{
    char value[3000];
    memset(value, 'x', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    char text[8192];
    struct caught caught = catch_stderr();
    log_event(LOG_ERROR, "long", "value=%s", value);
    log_event(LOG_ERROR, value, "rest=%d", 1);
    log_event(LOG_ERROR, "empty", "%s", "");
    size_t len = release_stderr(caught, text, sizeof text);
    int lines = 0;
    for (size_t i = 0; i < len; i++)
        lines += text[i] == '\n';
    assert_int_equal(lines, 3);
    assert_true(len <= 2 * 1024 + 60);
    assert_int_equal(text[len - 1], '\n');
}

static void the_level_decides(void **state UNUSED)
{
    char text[1024];
    struct caught caught = catch_stderr();
    log_event(LOG_DEBUG, "hidden", "n=%d", 1);
    log_set_level(LOG_DEBUG);
    log_event(LOG_DEBUG, "shown", "n=%d", 2);
    log_set_level(LOG_ERROR);
    log_event(LOG_WARN, "hidden", "n=%d", 3);
    log_event(LOG_ERROR, "shown", "n=%d", 4);
    log_set_level(LOG_INFO);
    release_stderr(caught, text, sizeof text);
    assert_null(strstr(text, "hidden"));
    assert_non_null(strstr(text, "<7>"));
    assert_non_null(strstr(text, "shown n=2\n<3>"));
    assert_non_null(strstr(text, "shown n=4\n"));
}

static void clocks_stand_still_or_are_shifted(void **state UNUSED)
{
    assert_true(clock_now((struct clock){.fixed = true, .at_ms = 42}) == 42);
    int64_t now = clock_now((struct clock){0});
    int64_t later = clock_now((struct clock){.at_ms = 3600000});
    assert_true(later - now >= 3600000 && later - now < 3660000);
    assert_true(now > INT64_C(1750000000000));
    int64_t ticks = clock_ticks_us();
    assert_true(clock_ticks_us() >= ticks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_one_line),
        cmocka_unit_test(long_events_are_cut_and_still_end),
        cmocka_unit_test(the_level_decides),
        cmocka_unit_test(clocks_stand_still_or_are_shifted),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
