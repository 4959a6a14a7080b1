#include "goal/thing_pages_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "goal/goal.h"
#include "web/web.h"

static bool has_field(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (str_equal(form->fields[i].name, name))
            return true;
    return false;
}

static bool may_see_all(struct web *web, const struct thing_spot *spot)
{
    const struct thing_place dossier = {spot->place.pupil, {0}};
    return spot->place.pupil.v && thing_may_read(&web->work, dossier) == OK;
}

/* All of the dossier for who may see it, else of this conversation. */
static enum status list_of(struct web *web, const struct thing_spot *spot,
                           const struct thing_rules *rules, struct thing **ret, size_t *ret_count)
{
    struct thing_place place = spot->place;
    if (may_see_all(web, spot))
        place.conversation = (struct conversation_id){0};
    return thing_list(&web->work, rules, place, ret, ret_count);
}

/* Once for all that a page draws. */
static enum status goals_of(struct web *web, const struct thing_spot *spot,
                            const struct thing **ret, size_t *ret_count)
{
    struct outcome_common *common = spot->common;
    if (!common->has_goals) {
        struct thing *goals = NULL;
        enum status st = list_of(web, spot, &goal_rules, &goals, &common->goal_count);
        if (st != OK)
            return st;
        common->goals = goals;
        common->has_goals = true;
    }
    *ret = common->goals;
    *ret_count = common->goal_count;
    return OK;
}

/* Of the subject of these pages. */
static enum status things_of(struct web *web, const struct thing_spot *spot,
                             const struct thing_pages *pages, const struct thing **ret,
                             size_t *ret_count)
{
    if (pages->rules->kind == THING_GOAL)
        return goals_of(web, spot, ret, ret_count);
    struct thing *things = NULL;
    enum status st = list_of(web, spot, pages->rules, &things, ret_count);
    if (st == OK)
        *ret = things;
    return st;
}

static enum status read_aids(struct web *web, const struct thing_spot *spot,
                             const struct thing_pages *pages, struct thing_aids *ret)
{
    const struct thing *goals = NULL;
    size_t count = 0;
    const void *own = NULL;
    enum status st = OK;
    if (spot->place.pupil.v) /* a group has no goals of its own */
        st = goals_of(web, spot, &goals, &count);
    if (st == OK && pages->read)
        st = pages->read(web, spot, &own);
    if (st == OK)
        *ret = (struct thing_aids){goals, count, own};
    return st;
}

/* --- forms
 * ---------------------------------------------------------------------------------------- */

static void fill_date(struct web *web, struct form_values *values, const char *name,
                      struct date day)
{
    if (has_field(values->form, name))
        form_set(values, name, arena_strdup(web->arena, date_text(day).s));
}

static void fill_values(struct web *web, const struct thing *thing, struct form_values *values)
{
    for (size_t i = 0; i < values->form->count; i++) {
        const struct field *field = &values->form->fields[i];
        if (field->kind == FIELD_TEXT || field->kind == FIELD_LONG)
            form_set(values, field->name, thing_said(thing, field->name));
    }
    fill_date(web, values, "due_on", thing->due_on);
    fill_date(web, values, "look_on", thing->look_on);
    if (thing->goal.v)
        form_set(values, "goal", arena_strdup(web->arena, id_text(thing->goal.v).s));
}

/* Open goals, and the one it is tied to; of a goal those that it can be a part of. */
static enum status offer_goals(struct web *web, const struct thing_aids *aids, enum thing_kind kind,
                               struct thing_id id, const struct thing *thing,
                               struct thing_form *made)
{
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, aids->goal_count + 1);
    if (!options)
        return ERR_NOMEM;
    made->goals = options;
    options[made->goal_count++] = (struct form_option){"", _("no goal")};
    for (size_t i = 0; i < aids->goal_count; i++) {
        const struct thing *goal = &aids->goals[i];
        bool tied = thing && thing->goal.v == goal->id.v;
        bool fits = kind != THING_GOAL || (goal->id.v != id.v && !goal->goal.v);
        if (tied || (goal->state == THING_OPEN && fits))
            options[made->goal_count++] =
                (struct form_option){arena_strdup(web->arena, id_text(goal->id.v).s),
                                     thing_headline(THING_GOAL, &goal->said)};
    }
    return OK;
}

static enum status make_form(struct web *web, const struct thing_spot *spot,
                             const struct thing_pages *pages, const struct thing_aids *aids,
                             struct thing_id id, const struct thing *thing, struct thing_form **ret)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct thing_form *made = ARENA_NEW(web->arena, struct thing_form);
    if (!values || !made)
        return ERR_NOMEM;
    form_begin(values, pages->form);
    thing_form_common(web, spot, values, thing ? thing->version : 0);
    if (thing)
        fill_values(web, thing, values);
    if (pages->fill)
        pages->fill(web, spot, aids, thing, values);
    *made = (struct thing_form){
        .values = values,
        .action = arena_printf(web->arena, "%s/%s/%s", spot->base, pages->path, id_text(id.v).s),
        .prefix = arena_printf(web->arena, "%s%s", pages->prefix, id_text(id.v).s),
        .is_change = thing != NULL,
        .title = thing ? _("Change") : tr(web->tr, pages->add),
        .button = thing ? _("Keep") : tr(web->tr, pages->button),
        .hidden = pages->hidden(spot, thing)};
    enum status st = offer_goals(web, aids, pages->rules->kind, id, thing, made);
    if (made->goal_count < 2)
        made->hidden |= 1u << form_index(pages->form, "goal");
    if (pages->choices)
        pages->choices(web, spot, aids, made);
    if (st == OK)
        *ret = made;
    return st;
}

struct goal_id thing_goal_sent(const struct web *web)
{
    return (struct goal_id){form_number(&web->form, "goal")};
}

/* --- cards
 * ---------------------------------------------------------------------------------------- */

static void add_goal(struct web *web, const struct thing_aids *aids, const struct thing *thing,
                     struct thing_card *card)
{
    for (size_t i = 0; i < aids->goal_count; i++)
        if (thing->goal.v && aids->goals[i].id.v == thing->goal.v)
            thing_fact(card,
                       thing->kind == THING_GOAL ? _("Part of the goal") : _("Belongs to the goal"),
                       thing_headline(THING_GOAL, &aids->goals[i].said));
}

/* Where it can be gone on about: a conversation, for staff. */
static const char *talk_url(struct web *web, const struct thing_spot *spot,
                            const struct thing *thing)
{
    if (spot->is_self || spot->place.conversation.v || !thing->pupil.v)
        return NULL;
    const char *pupil = arena_strdup(web->arena, id_text(thing->pupil.v).s);
    return thing->conversation.v ? arena_printf(web->arena, "/leerling/%s/gesprek?vervolg=%s",
                                                pupil, id_text(thing->conversation.v).s)
                                 : arena_printf(web->arena, "/leerling/%s/gesprek", pupil);
}

static void add_acts(const struct thing_pages *pages, const struct thing *thing,
                     struct thing_card *card)
{
    bool good = pages->rules->good && thing->state == pages->rules->good;
    card->may_party = good && thing_party(thing) == PARTY_NONE;
    card->may_tell = pages->rules->good && !card->is_open && !thing->became.v;
}

static enum status make_card(struct web *web, const struct thing_spot *spot,
                             const struct thing_pages *pages, const struct thing_aids *aids,
                             const struct thing *thing, struct thing_card *card)
{
    bool good = pages->rules->good && thing->state == pages->rules->good;
    struct thing_form *change = NULL;
    *card =
        (struct thing_card){.id = arena_strdup(web->arena, id_text(thing->id.v).s),
                            .title = thing_headline(thing->kind, &thing->said),
                            .picture = pages->picture,
                            .state = tr(web->tr, pages->states[thing->state]),
                            .state_class = good ? "pill--ok" : "",
                            .state_icon = good              ? "circle-check"
                                          : thing->became.v ? "repeat"
                                                            : "minus",
                            .back = spot->back,
                            .fresh = arena_strdup(web->arena, id_text(work_new_id(&web->work)).s),
                            .party = thing_party_text(web, thing_party(thing)),
                            .outcome = thing_said(thing, "outcome"),
                            .next = thing_said(thing, "next"),
                            .lesson = thing_said(thing, THING_OWN_PART),
                            .is_open = thing->state == THING_OPEN};
    thing_voice(web, spot, thing->voice, card);
    if (!spot->place.conversation.v && (pages->has_own_page || !spot->is_self)) {
        card->url = arena_printf(web->arena, "%s/%s/%s", spot->base, pages->path, card->id);
        if (thing->became.v)
            card->became_url = arena_printf(web->arena, "%s/%s/%s", spot->base, pages->path,
                                            id_text(thing->became.v).s);
    }
    if (spot->may_write) {
        card->act_url = arena_printf(web->arena, "%s/%s/%s/doe", spot->base, pages->path, card->id);
        add_acts(pages, thing, card);
        if (thing->pupil.v && !thing->conversation.v && !spot->place.conversation.v &&
            !spot->is_young) /* chooses on the page of a conversation, with the teacher */
            card->share_url = arena_printf(web->arena, "%s/delen", spot->base);
    }
    enum status st = pages->card(web, spot, aids, thing, card);
    if (st != OK)
        return st;
    add_goal(web, aids, thing, card);
    if (pages->rules->good) {
        thing_fact(card, _("How it went"), card->outcome);
        thing_fact(card, _("What comes next"), card->next);
    }
    if (!card->is_open)
        card->talk_url = talk_url(web, spot, thing);
    bool may_form = spot->may_write && card->is_open &&
                    thing_may_change(&web->actor, thing->voice, thing->author_kind, thing->author);
    if (may_form && (!pages->may_form || pages->may_form(spot, thing))) {
        st = make_form(web, spot, pages, aids, thing->id, thing, &change);
        card->form = change;
    }
    return st;
}

/* --- pages
 * ---------------------------------------------------------------------------------------- */

static enum status fill_section(struct web *web, const struct thing_spot *spot,
                                const struct thing_pages *pages, struct thing_section *ret)
{
    struct thing_aids aids;
    struct thing_form *fresh = NULL;
    const struct thing *things = NULL;
    size_t count = 0;
    enum status st = things_of(web, spot, pages, &things, &count);
    if (st == OK)
        st = read_aids(web, spot, pages, &aids);
    struct thing_card *cards = ARENA_ARRAY(web->arena, struct thing_card, count);
    if (st == OK && !cards)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = make_card(web, spot, pages, &aids, &things[i], &cards[i]);
    if (st == OK)
        st = make_form(web, spot, pages, &aids, (struct thing_id){work_new_id(&web->work)}, NULL,
                       &fresh);
    if (st == OK)
        *ret = (struct thing_section){
            .title = tr(web->tr, pages->many),
            .lead = spot->is_self || !pages->lead ? "" : tr(web->tr, pages->lead),
            .empty = tr(web->tr, spot->is_self ? pages->own_empty : pages->empty),
            .art = pages->picture,
            .key = pages->key,
            .cards = cards,
            .count = count,
            .form = fresh};
    return st;
}

enum status thing_pages_list(struct web *web)
{
    const struct thing_pages *pages = web->route->about;
    struct things_view *view = ARENA_NEW(web->arena, struct things_view);
    struct thing_spot spot;
    if (!view)
        return ERR_NOMEM;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = fill_section(web, &spot, pages, &view->sections[view->section_count++]);
    if (st == OK && pages->second && !spot.is_self)
        st = fill_section(web, &spot, pages->second, &view->sections[view->section_count++]);
    if (st != OK)
        return st;
    view->title = tr(web->tr, pages->own_many);
    view->is_young = spot.is_young;
    return things_page(web, view, pages->tab);
}

static enum status add_history(struct web *web, const struct thing_spot *spot,
                               const struct thing_pages *pages, struct thing_id id,
                               struct thing_view *view)
{
    struct thing_version *versions = NULL;
    enum status st = thing_versions(&web->work, pages->rules, id, &versions, &view->history_count);
    return st == OK ? thing_histories(web, spot, versions, view->history_count, pages->states,
                                      pages->rules->kind, &view->history)
                    : st;
}

static enum status fill_one(struct web *web, const struct thing_spot *spot,
                            const struct thing_pages *pages, const struct thing_aids *aids,
                            const struct thing *thing, struct thing_card *card,
                            struct thing_view *view)
{
    enum status st = make_card(web, spot, pages, aids, thing, card);
    if (st == OK && pages->page)
        st = pages->page(web, spot, aids, thing, view, card);
    if (st == OK && !spot->is_self)
        st = add_history(web, spot, pages, thing->id, view);
    return st;
}

/* The form as it came in, with what is wrong beside it, or with what stands meanwhile. */
static enum status add_sent(struct web *web, const struct thing_spot *spot,
                            const struct thing_pages *pages, const struct thing_aids *aids,
                            struct thing_id id, const char *theirs, struct thing_card *card)
{
    struct thing_form *change = NULL;
    enum status st = make_form(web, spot, pages, aids, id, NULL, &change);
    if (st != OK)
        return st;
    change->values = &web->form;
    change->is_open = true;
    change->theirs = theirs;
    card->form = change;
    return OK;
}

/* The page of one; `sent` shows the form as it came in, `theirs` what stands meanwhile. */
static enum status show(struct web *web, const struct thing_pages *pages, struct thing_id id,
                        bool sent, const char *theirs)
{
    struct thing_view *view = ARENA_NEW(web->arena, struct thing_view);
    struct thing_card *card = ARENA_NEW(web->arena, struct thing_card);
    struct thing_aids aids;
    struct thing_spot spot;
    struct thing thing;
    if (!view || !card)
        return ERR_NOMEM;
    *card = (struct thing_card){.id = "", .title = "", .party = "", .picture = pages->picture};
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = read_aids(web, &spot, pages, &aids);
    if (st != OK)
        return st;
    st = thing_find(&web->work, pages->rules, id, &thing);
    if (st == OK && thing.pupil.v != spot.place.pupil.v)
        return ERR_NOT_FOUND;
    if (st == OK)
        st = fill_one(web, &spot, pages, &aids, &thing, card, view);
    else if (st == ERR_NOT_FOUND && sent) /* a new one */
        st = OK;
    if (st == OK && sent)
        st = add_sent(web, &spot, pages, &aids, id, theirs, card);
    if (st != OK)
        return st;
    card->url = NULL;
    view->card = card;
    view->list = tr(web->tr, pages->many);
    view->list_url = pages->list_path;
    view->title = trf(web->tr, web->arena, pages->one, 1, spot.call);
    return thing_page(web, &spot, view);
}

enum status thing_pages_show(struct web *web, const struct thing_pages *pages)
{
    return show(web, pages, (struct thing_id){web->ids[pages->param]}, false, NULL);
}

enum status thing_pages_one(struct web *web)
{
    return thing_pages_show(web, web->route->about);
}

/* --- keeping
 * -------------------------------------------------------------------------------------- */

/* A rule refused it: mostly a day that has passed. */
static void mark_what_is_wrong(struct web *web, const struct form *form)
{
    static const char *const days[] = {"due_on", "look_on"};
    for (size_t i = 0; i < ARRAY_LEN(days); i++) {
        bool asked = has_field(form, days[i]);
        struct date day = asked ? form_date(&web->form, days[i]) : (struct date){0};
        if (asked && !thing_day_ahead(&web->work, day)) {
            form_error(&web->form, days[i], N_("Choose today or a day after."));
            return;
        }
    }
    form_error(&web->form, form->fields[0].name,
               N_("That could not be kept. Look at it once more."));
}

enum status thing_pages_save(struct web *web)
{
    const struct thing_pages *pages = web->route->about;
    struct thing_id id = {web->ids[pages->param]};
    struct thing_spot spot;
    struct thing_aids aids;
    struct thing now = {.id = {0}};
    int version = thing_version_sent(web);
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = read_aids(web, &spot, pages, &aids);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, pages, id, true, NULL);
    st = pages->keep(web, &spot, &aids, id, version, &now);
    if (st == ERR_INVALID) {
        if (form_valid(&web->form))
            mark_what_is_wrong(web, pages->form);
        return show(web, pages, id, true, NULL);
    }
    if (st == ERR_CONFLICT && now.id.v) {
        form_set(&web->form, "version", arena_printf(web->arena, "%d", now.version));
        return show(web, pages, id, true, thing_headline(now.kind, &now.said));
    }
    bool to_page = pages->opens_new || (version && pages->has_own_page);
    return st == OK ? thing_go_back(web, &spot, to_page ? pages->path : pages->list_path,
                                    to_page ? id.v : 0)
                    : st;
}

static enum status take_up(struct web *web, const struct thing_pages *pages,
                           const struct thing *thing)
{
    return thing_end(&web->work, pages->rules, thing->id, THING_OPEN, NULL, 0);
}

static enum status tell(struct web *web, const struct thing_pages *pages, const struct thing *thing)
{
    const struct answer_part words[] = {{"outcome", form_text(&web->form, "text")},
                                        {"next", form_text(&web->form, "next")}};
    return thing->state == THING_OPEN ? ERR_INVALID
                                      : thing_end(&web->work, pages->rules, thing->id, thing->state,
                                                  words, ARRAY_LEN(words));
}

static enum status do_deed(struct web *web, const struct thing_pages *pages,
                           const struct thing_spot *spot, const struct thing *thing)
{
    const char *what = form_text(&web->form, "do");
    for (const struct thing_deed *deed = pages->deeds; deed->name; deed++)
        if (str_equal(deed->name, what))
            return deed->run(web, spot, thing);
    if (str_equal(what, "open"))
        return take_up(web, pages, thing);
    if (str_equal(what, "tell") && pages->rules->good)
        return tell(web, pages, thing);
    if (str_equal(what, "party"))
        return thing_celebrate(&web->work, pages->rules, thing->id,
                               party_of(form_text(&web->form, "party")));
    return ERR_INVALID;
}

enum status thing_pages_act(struct web *web)
{
    const struct thing_pages *pages = web->route->about;
    struct thing_id id = {web->ids[pages->param]};
    struct thing_spot spot;
    struct thing thing;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = thing_find(&web->work, pages->rules, id, &thing);
    if (st == OK && thing.pupil.v != spot.place.pupil.v)
        st = ERR_NOT_FOUND;
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, pages, id, false, NULL);
    st = do_deed(web, pages, &spot, &thing);
    if (st == ERR_INVALID) {
        st = show(web, pages, id, false, NULL);
        return st == OK ? web_problem(web, N_("That could not be kept. Look at it once more."))
                        : st;
    }
    bool to_page = pages->has_own_page;
    return st == OK ? thing_go_back(web, &spot, to_page ? pages->path : pages->list_path,
                                    to_page ? id.v : 0)
                    : st;
}

/* --- in a conversation
 * ---------------------------------------------------------------------------- */

static bool is_of_question(const struct thing_spot *spot, const struct thing *thing)
{
    return thing->conversation.v == spot->place.conversation.v &&
           str_equal(thing->question, spot->question);
}

static bool is_open_from_before(const struct thing_spot *spot, const struct thing *thing)
{
    return thing->state == THING_OPEN && thing->conversation.v != spot->place.conversation.v;
}

/* Cards of those that `wanted` picks, in their order. */
static enum status make_cards(struct web *web, const struct thing_spot *spot,
                              const struct thing_pages *pages, const struct thing_aids *aids,
                              const struct thing *things, size_t count,
                              bool (*wanted)(const struct thing_spot *, const struct thing *),
                              const struct thing_card **ret, size_t *ret_count)
{
    size_t kept = 0;
    struct thing_card *cards = ARENA_ARRAY(web->arena, struct thing_card, count);
    enum status st = cards ? OK : ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        if (wanted(spot, &things[i]))
            st = make_card(web, spot, pages, aids, &things[i], &cards[kept++]);
    if (st == OK) {
        *ret = cards;
        *ret_count = kept;
    }
    return st;
}

static enum status fill_block(struct web *web, const struct thing_spot *spot,
                              const struct thing_pages *pages, struct thing_block *block)
{
    struct thing_aids aids;
    struct thing_form *fresh = NULL;
    const struct thing *things = NULL, *before = NULL;
    struct thing *of_group = NULL;
    size_t count = 0, before_count = 0;
    enum status st = things_of(web, spot, pages, &things, &count);
    if (st == OK)
        st = read_aids(web, spot, pages, &aids);
    if (st == OK)
        st = make_cards(web, spot, pages, &aids, things, count, is_of_question, &block->cards,
                        &block->count);
    if (st != OK || !spot->may_write)
        return st;
    before = things;
    before_count = count;
    if (!spot->place.pupil.v) {
        st = thing_list_of_group(&web->work, pages->rules, spot->place.conversation, &of_group,
                                 &before_count);
        before = of_group;
    }
    if (st == OK)
        st = make_cards(web, spot, pages, &aids, before, before_count, is_open_from_before,
                        &block->earlier, &block->earlier_count);
    if (st == OK)
        st = make_form(web, spot, pages, &aids, (struct thing_id){work_new_id(&web->work)}, NULL,
                       &fresh);
    block->form = fresh;
    return st;
}

enum status thing_pages_block(struct web *web, const struct thing_pages *pages,
                              const struct outcome_place *place, const void **ret_view,
                              bool *ret_any)
{
    struct thing_block *block = ARENA_NEW(web->arena, struct thing_block);
    struct thing_spot spot;
    if (!block)
        return ERR_NOMEM;
    *ret_view = block;
    enum status st = thing_spot_of(web, place, &spot);
    if (st != OK || (!spot.place.pupil.v && !pages->rules->is_of_groups))
        return st;
    block->key = pages->key;
    block->is_self = spot.is_self;
    block->is_young = spot.is_young;
    st = fill_block(web, &spot, pages, block);
    *ret_any = block->count > 0;
    return st;
}
