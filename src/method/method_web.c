#include "method/method_web.h"

#include "access/work.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/method_html.h"
#include "web/web.h"

static const struct field name_fields[] = {
    {.name = "naam", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX},
};
FORM(name_form, name_fields);

static bool may_change(struct web *web)
{
    return access_check(&web->work, RIGHT_METHODS, (struct target){.group = {0}}) == OK;
}

static const char *tags_text(struct web *web, const struct method *method)
{
    const char *list = "";
    for (size_t i = 0; i < method->source_tag_count; i++)
        list = arena_printf(web->arena, "%s%s%s", list, i ? ", " : "", method->source_tags[i]);
    return list;
}

static int by_title(const void *a, const void *b)
{
    return strcmp(((const struct method_card *)a)->title, ((const struct method_card *)b)->title);
}

struct method_card *method_cards(struct web *web, const struct method_line *lines, size_t count)
{
    const char *lang = tr_code(web->tr);
    struct method_card *cards = ARENA_ARRAY(web->arena, struct method_card, count);
    for (size_t i = 0; cards && i < count; i++) {
        const struct method *method = lines[i].method;
        cards[i] = (struct method_card){.line = &lines[i],
                                        .title = method_say(&method->title, lang),
                                        .purpose = method_say(&method->purpose, lang),
                                        .ages = method_ages_text(web, method),
                                        .tiers = method_tiers_text(web, method),
                                        .tags = tags_text(web, method)};
    }
    if (cards && count)
        qsort(cards, count, sizeof *cards, by_title);
    return cards;
}

static enum status show_list(struct web *web)
{
    static const struct {
        enum method_about about;
        const char *id, *heading;
    } shelves[METHOD_SHELVES] = {{ABOUT_PUPIL, "leerling", N_("With one pupil")},
                                 {ABOUT_PUPILS, "leerlingen", N_("With a few pupils")},
                                 {ABOUT_GROUP, "groep", N_("With a whole group")},
                                 {ABOUT_STAFF, "volwassenen", N_("Adults about a pupil")}};
    struct method_list_view *view = ARENA_NEW(web->arena, struct method_list_view);
    struct method_line *lines = NULL;
    size_t count = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = method_list(&web->work, &lines, &count);
    struct method_card *cards = st == OK ? method_cards(web, lines, count) : NULL;
    if (!cards)
        return st == OK ? ERR_NOMEM : st;
    for (size_t s = 0; s < METHOD_SHELVES; s++) {
        struct method_shelf_view *shelf = &view->shelves[s];
        *shelf =
            (struct method_shelf_view){.id = shelves[s].id,
                                       .heading = tr(web->tr, shelves[s].heading),
                                       .cards = ARENA_ARRAY(web->arena, struct method_card, count)};
        if (!shelf->cards)
            return ERR_NOMEM;
        for (size_t i = 0; i < count; i++)
            if (cards[i].line->method->about == shelves[s].about)
                shelf->cards[shelf->count++] = cards[i];
    }
    view->may_change = may_change(web);
    web->reply.page.nav = NAV_METHODS;
    return web_page(web, _("Kinds of conversation"), html_method_list_page, view);
}

static const char *const *preparers(struct web *web, const struct method *method)
{
    const char **list = ARENA_ARRAY(web->arena, const char *, method->preparation_count);
    for (size_t i = 0; list && i < method->preparation_count; i++)
        list[i] = method_part_text(web, method->preparations[i].who);
    return list;
}

static enum status show_one(struct web *web)
{
    struct method_view *view = ARENA_NEW(web->arena, struct method_view);
    struct method_line *line = ARENA_NEW(web->arena, struct method_line);
    if (!view || !line)
        return ERR_NOMEM;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = method_current(&web->work, form_text(&web->form, "naam"), line);
    if (st != OK)
        return st;
    const struct method *method = line->method;
    *view = (struct method_view){.line = line,
                                 .method = method,
                                 .ages = method_ages_text(web, method),
                                 .tiers = method_tiers_text(web, method),
                                 .takers = method_takers_text(web, method),
                                 .topic = method_topic_text(web, method->topic),
                                 .tags = tags_text(web, method),
                                 .minutes = trf(web->tr, web->arena, "about {0} minutes", 1,
                                                arena_printf(web->arena, "%d", method->minutes)),
                                 .prepares = preparers(web, method),
                                 .may_change = may_change(web)};
    if (!view->prepares)
        return ERR_NOMEM;
    web->reply.page.nav = NAV_METHODS;
    return web_page(web, method_say(&method->title, tr_code(web->tr)), html_method_page, view);
}

static enum status send_file(struct web *web)
{
    const char *key = form_text(&web->form, "naam");
    struct bytes yaml;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = method_yaml(&web->work, key, &yaml);
    return st == OK
               ? web_bytes(web, "application/yaml", arena_printf(web->arena, "%s.yaml", key), yaml)
               : st;
}

const struct route method_routes[] = {
    {HTTP_GET, "/gespreksvormen", .right = RIGHT_STAFF, .run = show_list},
    {HTTP_GET, "/gespreksvormen/vorm", .right = RIGHT_STAFF, .form = &name_form, .run = show_one},
    {HTTP_GET, "/gespreksvormen/bestand", .right = RIGHT_STAFF, .form = &name_form,
     .run = send_file},
    {0},
};
