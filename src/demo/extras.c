#include "demo/extras.h"

#include <stddef.h>

#include "demo/circle.h"
#include "demo/talks.h"
#include "demo/world.h"

/* In the order in which they are added; later ones may build on earlier ones. Ended by NULL. */
static enum status (*const extras[])(struct demo_world *world) = {
    demo_plan_talks,
    demo_hold_circle,
    NULL,
};

enum status demo_add_extras(struct demo_world *world)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && extras[i]; i++)
        st = extras[i](world);
    return st;
}
