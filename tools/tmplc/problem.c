#include "problem.h"

static bool told_before(const struct problems *problems, int line, const char *message)
{
    for (size_t i = 0; i < problems->count; i++) {
        if (problems->list[i].line == line && strcmp(problems->list[i].message, message) == 0)
            return true;
    }
    return false;
}

void problem(struct problems *problems, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *message = arena_vprintf(problems->arena, format, args);
    va_end(args);
    if (told_before(problems, line, message))
        return;

    if (problems->count == problems->size) {
        size_t size = problems->size ? problems->size * 2 : 16;
        struct problem *list = ARENA_ARRAY(problems->arena, struct problem, size);
        if (!list)
            return; /* the arena stays failed and compile() says so */
        if (problems->count)
            memcpy(list, problems->list, problems->count * sizeof *list);
        problems->list = list;
        problems->size = size;
    }
    problems->list[problems->count] = (struct problem){line, problems->count, message};
    problems->count++;
}

static int by_line(const void *a, const void *b)
{
    const struct problem *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->nth < y->nth ? -1 : 1;
}

void problems_print(struct problems *problems, const char *file, struct buf *out)
{
    if (problems->count)
        qsort(problems->list, problems->count, sizeof *problems->list, by_line);
    for (size_t i = 0; i < problems->count; i++)
        buf_printf(out, "%s:%d: %s\n", file, problems->list[i].line, problems->list[i].message);
}
