#include "web/nav.h"

#include "base/arena.h"
#include "web/web.h"

#define ITEMS_MAX 6

void nav_items(struct web *web, struct page *page)
{
    struct nav_item *items = ARENA_ARRAY(web->arena, struct nav_item, ITEMS_MAX);
    size_t count = 0;
    const struct actor *actor = &web->actor;
    if (!items || actor->kind != ACTOR_STAFF || actor->staff.v == 0)
        return;
    bool teaches = actor->group_count > 0;
    items[count++] = (struct nav_item){NAV_HOME, "/", "users",
                                       teaches ? _("My group") : _("Start")};
    items[count++] = (struct nav_item){NAV_METHODS, "/gespreksvormen", "messages-square",
                                       _("Kinds of conversation")};
    struct target nothing = {{0}, {0}};
    if (access_check(&web->work, RIGHT_SCHOOL_READ, nothing) == OK)
        items[count++] = (struct nav_item){NAV_SCHOOL, "/school", "building", _("School")};
    page->nav_items = items;
    page->nav_count = count;
}
