#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "queryc/queryc.h"

void *need(struct arena *arena, size_t size)
{
    void *memory = arena_alloc(arena, size);
    if (!memory) {
        fputs("queryc: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

void *grow(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    size_t more = *room ? *room * 2 : 8;
    void *moved = need(arena, more * size);
    if (count)
        memcpy(moved, items, count * size);
    *room = more;
    return moved;
}

void report_add(struct report *report, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(report->arena, format, args);
    va_end(args);

    for (size_t i = 0; i < report->count; i++)
        if (report->problems[i].line == line && strcmp(report->problems[i].text, text) == 0)
            return;
    GROW(report->arena, report->problems, report->count, report->room);
    report->problems[report->count++] = (struct problem){line, text};
}

/* By insertion: stable, and no file has many problems. */
static void sort_by_line(struct problem *problems, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct problem one = problems[i];
        size_t at = i;
        for (; at > 0 && problems[at - 1].line > one.line; at--)
            problems[at] = problems[at - 1];
        problems[at] = one;
    }
}

void report_print(struct report *report, FILE *to)
{
    sort_by_line(report->problems, report->count);
    for (size_t i = 0; i < report->count; i++)
        fprintf(to, "%s:%d: %s\n", report->file, report->problems[i].line,
                report->problems[i].text);
}
