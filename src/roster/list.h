/* list: an array in the arena that grows while something is read or compared. */
#ifndef ROSTER_LIST_H
#define ROSTER_LIST_H

#include <stddef.h>

struct arena;

/* A growing array in the arena. It doubles, so the arrays left behind take at most as much. */
struct list {
    void *items;
    size_t count, room;
};

/* A zeroed item at the end; NULL when memory is out. Earlier items may move. */
void *list_add(struct arena *arena, struct list *list, size_t item_size);
#define LIST_ADD(arena, list, type) ((type *)list_add((arena), (list), sizeof(type)))

#endif
