#include "base/log.h"

#include <stdarg.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"

#define LINE_MAX_BYTES 1024

/* The one setting of the process that everything shares; written before threads start. */
static enum log_level threshold = LOG_INFO;

void log_set_level(enum log_level level)
{
    threshold = level;
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
    if (level > threshold)
        return;
    static const int syslog_level[] = {3, 4, 6, 7};
    int64_t now = clock_now((struct clock){0});
    struct date day = date_from_days((int32_t)(now / MS_DAY));
    int64_t in_day = now % MS_DAY;
    char line[LINE_MAX_BYTES];
    int len = snprintf(line, sizeof line, "<%d>%sT%02d:%02d:%02d.%03dZ %s ", syslog_level[level],
                       date_text(day).s, (int)(in_day / MS_HOUR), (int)(in_day / MS_MINUTE % 60),
                       (int)(in_day / MS_SECOND % 60), (int)(in_day % 1000), event);
    size_t used = len < 0 ? 0 : (size_t)len < sizeof line ? (size_t)len : sizeof line - 1;
    va_list args;
    va_start(args, format);
    len = vsnprintf(line + used, sizeof line - used, format, args);
    va_end(args);
    if (len > 0)
        used = used + (size_t)len < sizeof line - 1 ? used + (size_t)len : sizeof line - 2;
    for (size_t i = 0; i < used; i++)
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7F)
            line[i] = '?';
    line[used++] = '\n';
    /* One write: lines of several threads do not mix. A log that cannot be written stops nothing.
     */
    ssize_t written = write(STDERR_FILENO, line, used);
    (void)written;
}
