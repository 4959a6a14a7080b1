#include "search/search_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "gen/search_html.h"
#include "pupil/dossier_web.h"
#include "web/web.h"

#define SKIP_MAX 100000

static const struct choice kinds[] = {
    {"", N_("Everything")},
    {"gesprek", N_("Conversations")},
    {"observatie", N_("Observations")},
    {"doel", N_("Goals and plans")},
    {"afspraak", N_("Agreements")},
    {"notitie", N_("My notes")},
    {NULL, NULL},
};

/* By position in `kinds`. */
static const unsigned kind_bits[] = {
    0,
    1u << FOUND_ANSWER | 1u << FOUND_TALK | 1u << FOUND_OPP,
    1u << FOUND_OBSERVATION,
    1u << FOUND_GOAL | 1u << FOUND_STEP | 1u << FOUND_NEED | 1u << FOUND_PLAN,
    1u << FOUND_AGREEMENT | 1u << FOUND_CHECK,
    1u << FOUND_NOTE,
};

static const struct field fields[] = {
    {.name = "q",
     .kind = FIELD_TEXT,
     .required = true,
     .max = SEARCH_QUERY_MAX,
     .label = N_("What are you looking for?"),
     .autocomplete = "off"},
    {.name = "soort", .kind = FIELD_CHOICE, .choices = kinds, .label = N_("Where?")},
    {.name = "vanaf", .kind = FIELD_NUMBER, .min_value = 0, .max_value = SKIP_MAX},
};
FORM(form, fields);

/* --- one place -------------------------------------------------------------------------------- */

static const struct {
    const char *icon, *label;
} looks[FOUND_KINDS_] = {
    [FOUND_OBSERVATION] = {"eye", N_("Observation")},
    [FOUND_ANSWER] = {"quote", N_("Conversation")},
    [FOUND_TALK] = {"messages-square", N_("Conversation")},
    [FOUND_GOAL] = {"target", N_("Goal")},
    [FOUND_STEP] = {"footprints", N_("Step to a goal")},
    [FOUND_NEED] = {"life-buoy", N_("What helps")},
    [FOUND_AGREEMENT] = {"handshake", N_("Agreement")},
    [FOUND_CHECK] = {"history", N_("A look at an agreement")},
    [FOUND_PLAN] = {"list-checks", N_("Plan")},
    [FOUND_OPP] = {"ear", N_("Right to be heard")},
    [FOUND_NOTE] = {"lock", N_("My note")},
};

static const char *talk_url(struct web *web, const struct found *found)
{
    return arena_printf(web->arena, "/gesprek/%s", id_text(found->conversation.v).s);
}

static const char *in_dossier(struct web *web, const struct found_about *about, const char *page,
                              int64_t thing)
{
    return arena_printf(web->arena, "/leerling/%s/%s/%s", id_text(about->pupil.v).s, page,
                        id_text(thing).s);
}

/* Where a thing stands: on its own page; for who has no more than the conversation, there. */
static const char *place_of(struct web *web, const struct found_about *about,
                            const struct found *found)
{
    static const char *const pages[FOUND_KINDS_] = {
        [FOUND_OBSERVATION] = "observatie",
        [FOUND_GOAL] = "doelen",
        [FOUND_STEP] = "doelen",
        [FOUND_NEED] = "behoeften",
        [FOUND_AGREEMENT] = "afspraken",
        [FOUND_CHECK] = "afspraken",
        [FOUND_PLAN] = "plan",
        [FOUND_OPP] = "hoorrecht",
    };
    const char *dossier = arena_printf(web->arena, "/leerling/%s", id_text(about->pupil.v).s);
    if (found->kind == FOUND_ANSWER || found->kind == FOUND_TALK)
        return talk_url(web, found);
    if (found->kind == FOUND_NOTE)
        return about->may_open || about->may_note ? arena_printf(web->arena, "%s/notities", dossier)
                                                  : NULL;
    if (about->may_write || (found->kind == FOUND_OBSERVATION && about->may_note))
        return in_dossier(web, about, pages[found->kind], found->thing);
    return found->conversation.v ? talk_url(web, found) : about->may_open ? dossier : NULL;
}

static const char *past_of(struct web *web, const struct found *found)
{
    const char *person =
        found->person ? arena_printf(web->arena, "&wie=%s", id_text(found->person).s) : "";
    return arena_printf(web->arena, "%s/geschiedenis?vraag=%s&stem=%d%s", talk_url(web, found),
                        found->question, (int)found->voice, person);
}

static struct found_line line_of(struct web *web, const struct found_about *about,
                                 const struct found *found)
{
    return (struct found_line){.icon = looks[found->kind].icon,
                               .label = tr(web->tr, looks[found->kind].label),
                               .asked = found->asked ? found->asked : "",
                               .day = tr_date_day(web->tr, web->arena, found->day, web->work.today),
                               .url = place_of(web, about, found),
                               .past_url = found->kind == FOUND_ANSWER ? past_of(web, found) : NULL,
                               .snippet = &found->snippet};
}

/* --- whom it is about ------------------------------------------------------------------------- */

static const char *url_of(struct web *web, const struct found_about *about)
{
    if (about->group.v)
        return about->may_open ? arena_printf(web->arena, "/groep/%s", id_text(about->group.v).s)
                               : NULL;
    if (!about->pupil.v)
        return NULL;
    const char *id = arena_strdup(web->arena, id_text(about->pupil.v).s);
    if (about->may_open)
        return arena_printf(web->arena, "/leerling/%s", id);
    if (about->may_note)
        return arena_printf(web->arena, "/leerling/%s/notities", id);
    return actor_has_role(&web->actor, ROLE_ADMINISTRATOR)
               ? arena_printf(web->arena, "/school/leerlingen/%s", id)
               : NULL;
}

static const char *places(struct web *web, size_t count)
{
    return trf(web->tr, web->arena, trn(web->tr, "{0} place", "{0} places", (int)count), 1,
               arena_printf(web->arena, "%zu", count));
}

static enum status fill_card(struct web *web, const struct found_about *about, bool of_one,
                             struct found_card *ret)
{
    struct found_line *lines = ARENA_ARRAY(web->arena, struct found_line, about->count);
    bool nobody = !about->pupil.v && !about->group.v;
    if (!lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < about->count; i++)
        lines[i] = line_of(web, about, &about->list[i]);
    *ret = (struct found_card){.about = about,
                               .url = url_of(web, about),
                               .title = nobody ? _("My notes") : about->name,
                               .count = about->total      ? places(web, about->total)
                                        : about->has_left ? _("has left the school")
                                                          : "",
                               .lines = lines,
                               .line_count = about->count,
                               .left = about->total - about->count};
    if (ret->left && !of_one && about->pupil.v && about->may_open)
        ret->left_url = arena_printf(web->arena, "/leerling/%s/zoeken", id_text(about->pupil.v).s);
    return OK;
}

/* What is shown of a dossier was read: of each one line in the log, the actor's own notes aside. */
static enum status note_reading(struct web *web, const struct found_about *about)
{
    bool others = false;
    for (size_t i = 0; i < about->count; i++)
        others |= about->list[i].kind != FOUND_NOTE;
    if (!others)
        return OK;
    return audit_seen(&web->work, AUDIT_DOSSIER_SEARCHED, about->pupil.v, about->group.v);
}

static enum status fill_found(struct web *web, const struct search_request *request,
                              const struct search_result *result, struct search_view *view)
{
    enum status st = OK;
    view->cards = ARENA_ARRAY(web->arena, struct found_card, result->count);
    if (!view->cards)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < result->count; i++) {
        st = fill_card(web, &result->abouts[i], request->only.v != 0, &view->cards[i]);
        if (st == OK)
            st = note_reading(web, &result->abouts[i]);
    }
    view->card_count = result->count;
    view->is_asked = true;
    size_t shown = request->skip + result->count;
    view->next = shown < result->about_total ? shown : 0;
    if (result->about_total == 0)
        view->summary = _("Nothing was found.");
    else if (result->total == 0)
        view->summary = trf(web->tr, web->arena,
                            trn(web->tr, "{0} name", "{0} names", (int64_t)result->about_total), 1,
                            arena_printf(web->arena, "%zu", result->about_total));
    else if (request->only.v || result->about_total == 1)
        view->summary = places(web, result->total);
    else
        view->summary =
            trf(web->tr, web->arena, "{0} in {1} dossiers", 2, places(web, result->total),
                arena_printf(web->arena, "%zu", result->about_total));
    return st;
}

/* --- the pages -------------------------------------------------------------------------------- */

static enum status fill_head(struct web *web, struct search_view *view)
{
    struct dossier_head *head = ARENA_NEW(web->arena, struct dossier_head);
    struct pupil_head pupil;
    if (!web_pupil(web).v)
        return OK;
    view->head = head;
    view->action = arena_printf(web->arena, "/leerling/%s/zoeken", id_text(web_pupil(web).v).s);
    return head ? dossier_head(web, TAB_TIMELINE, head, &pupil) : ERR_NOMEM;
}

static enum status show(struct web *web, struct search_view *view)
{
    const struct actor *actor = &web->actor;
    view->form = &web->form;
    view->reads_nothing =
        !view->head && !actor->group_count && !actor_has_role(actor, ROLE_COORDINATOR);
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Search"), html_search_page, view);
}

static struct search_view *new_view(struct web *web)
{
    struct search_view *view = ARENA_NEW(web->arena, struct search_view);
    if (view)
        *view = (struct search_view){.action = "/zoeken", .summary = ""};
    return view;
}

static enum status empty_page(struct web *web)
{
    struct search_view *view = new_view(web);
    if (!view)
        return ERR_NOMEM;
    form_begin(&web->form, &form);
    enum status st = fill_head(web, view);
    return st == OK ? show(web, view) : st;
}

/* In the transaction. */
static enum status look_for(struct web *web, struct search_view *view)
{
    size_t kind = (size_t)form_number(&web->form, "soort");
    struct search_result result;
    const struct search_request request = {.query = form_text(&web->form, "q"),
                                           .only = web_pupil(web),
                                           .kinds =
                                               kind < ARRAY_LEN(kind_bits) ? kind_bits[kind] : 0,
                                           .skip = (size_t)form_number(&web->form, "vanaf"),
                                           .tr = web->tr};
    enum status st = fill_head(web, view);
    if (st != OK || !form_valid(&web->form))
        return st;
    st = search_run(&web->work, &request, &result);
    if (st == ERR_INVALID) {
        form_error(&web->form, "q", N_("Type a word of two letters or more."));
        return OK;
    }
    return st == OK ? fill_found(web, &request, &result, view) : st;
}

static enum status search_page(struct web *web)
{
    struct search_view *view = NULL;
    enum status st = ERR_CONFLICT;
    for (int tries = 1; st == ERR_CONFLICT; tries++) { /* keys change while we read: once more */
        view = new_view(web);
        st = view ? db_begin(web->work.db, DB_READ) : ERR_NOMEM;
        if (st == OK)
            st = look_for(web, view);
        db_rollback(web->work.db);
        if (st == ERR_CONFLICT && !web_try_again(web, tries))
            break;
    }
    return st == OK ? show(web, view) : st;
}

const struct route search_routes[] = {
    {HTTP_GET, "/zoeken", .right = RIGHT_STAFF, .run = empty_page},
    {HTTP_POST, "/zoeken", .right = RIGHT_STAFF, .flags = ROUTE_OWN_TRANSACTION, .form = &form,
     .run = search_page},
    {HTTP_GET, "/leerling/:pupil/zoeken", .right = RIGHT_PUPIL_READ, .run = empty_page},
    {HTTP_POST, "/leerling/:pupil/zoeken", .right = RIGHT_PUPIL_READ,
     .flags = ROUTE_OWN_TRANSACTION, .form = &form, .run = search_page},
    {0},
};
