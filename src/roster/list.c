#include "roster/list.h"

#include "base/arena.h"

void *list_add(struct arena *arena, struct list *list, size_t item_size)
{
    if (list->count == list->room) {
        size_t room = list->room ? list->room * 2 : 4;
        void *items = arena_array(arena, room, item_size);
        if (!items)
            return NULL;
        if (list->count)
            memcpy(items, list->items, list->count * item_size);
        list->items = items;
        list->room = room;
    }
    return (char *)list->items + list->count++ * item_size;
}
