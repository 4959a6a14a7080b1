#include "markup.h"

void seen_hide(struct seen *seen, size_t from, const void *by)
{
    for (size_t i = from; i < seen->count; i++) {
        if (!seen->list[i].hidden_by)
            seen->list[i].hidden_by = by;
    }
}

void seen_show(struct seen *seen, const void *by)
{
    for (size_t i = 0; i < seen->count; i++) {
        if (seen->list[i].hidden_by == by)
            seen->list[i].hidden_by = NULL;
    }
}

int seen_before(struct seen *seen, struct arena *arena, struct slice name, int line)
{
    for (size_t i = 0; i < seen->count; i++) {
        if (!seen->list[i].hidden_by && slice_equal(seen->list[i].name, name))
            return seen->list[i].line;
    }
    if (seen->count == seen->size) {
        size_t size = seen->size ? seen->size * 2 : 16;
        struct seen_name *list = ARENA_ARRAY(arena, struct seen_name, size);
        if (!list)
            return 0; /* the arena stays failed and nothing is written */
        if (seen->count)
            memcpy(list, seen->list, seen->count * sizeof *list);
        seen->list = list;
        seen->size = size;
    }
    seen->list[seen->count] = (struct seen_name){.name = name, .line = line};
    seen->count++;
    return 0;
}
