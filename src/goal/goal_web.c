#include "goal/goal_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/thing_html.h"
#include "goal/evidence_web.h"
#include "goal/goal.h"
#include "goal/thing_web.h"
#include "web/web.h"

#define LIST "doelen"

static const struct field fields[] = {
    {.name = "soon",
     .kind = FIELD_LONG,
     .required = true,
     .max = GOAL_TEXT_MAX,
     .label = N_("What do you want to be able to do?"),
     .hint = N_("As exactly as you can: what, how much, where.")},
    {.name = "now",
     .kind = FIELD_LONG,
     .max = GOAL_TEXT_MAX,
     .label = N_("What can you do already?")},
    {.name = "notice",
     .kind = FIELD_LONG,
     .max = GOAL_TEXT_MAX,
     .label = N_("How will we notice that it works?"),
     .hint = N_("What will you see, hear or do then?")},
    {.name = "dot",
     .kind = FIELD_LONG,
     .max = GOAL_TEXT_MAX,
     .label = N_("And further away, what is the dot on the horizon?")},
    {.name = "score",
     .kind = FIELD_TEXT,
     .max = 100,
     .label = N_("Which mark or score do you want yourself?")},
    {.name = "look_on", .kind = FIELD_DATE, .label = N_("When do we look back?")},
    THING_FORM_FIELDS,
};
FORM(form, fields);
enum { F_SOON, F_NOW, F_NOTICE, F_DOT, F_SCORE, F_LOOK };

static const char *const states[] = {
    [0] = "", [GOAL_OPEN] = "", [GOAL_REACHED] = N_("reached"), [GOAL_LET_GO] = N_("let go")};

static const char *const place_pictures[] = {"t-doel", "g-1", "g-2", "g-3", "g-5", "g-7"};

static const char *place_words(struct web *web, int place)
{
    static const char *const words[GOAL_PLACES + 1] = {
        "",
        N_("I do not know how yet"),
        N_("I practise often"),
        N_("It almost works"),
        N_("I can do it"),
        N_("I can do it and want harder, or help somebody")};
    return place >= 1 && place <= GOAL_PLACES ? tr(web->tr, words[place]) : "";
}

/* --- forms
 * ---------------------------------------------------------------------------------------- */

/* The youngest are asked one thing; children are not asked for marks. */
static unsigned hidden_fields(const struct thing_spot *spot)
{
    if (spot->is_young)
        return 1u << F_NOW | 1u << F_NOTICE | 1u << F_DOT | 1u << F_SCORE | 1u << F_LOOK;
    return 0;
}

/* Questions that sharpen, for who writes a goal down alone; not on a screen that the pupil reads.
 * Who has no dossier of the pupil sharpens without the name. */
static void add_tips(struct web *web, const struct thing_spot *spot, struct thing_form *made)
{
    struct target target = {.pupil = spot->place.pupil};
    if (spot->is_self || spot->is_shared || web->actor.kind != ACTOR_STAFF)
        return;
    made->tips = arena_printf(web->arena, "%s-soon", made->prefix);
    made->sharpen_url = "/doelslijper";
    if (target.pupil.v && access_check(&web->work, RIGHT_PUPIL_WRITE, target) == OK)
        made->sharpen_url =
            arena_printf(web->arena, "/leerling/%s/doelslijper", id_text(target.pupil.v).s);
}

static enum status make_form(struct web *web, const struct thing_spot *spot, struct goal_id id,
                             const struct goal *goal, struct thing_form **ret)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct thing_form *made = ARENA_NEW(web->arena, struct thing_form);
    if (!values || !made)
        return ERR_NOMEM;
    form_begin(values, &form);
    thing_form_common(web, spot, values, goal ? goal->version : 0);
    if (goal) {
        form_set(values, "soon", goal->words.soon);
        form_set(values, "now", goal->words.now);
        form_set(values, "notice", goal->words.notice);
        form_set(values, "dot", goal->words.dot);
        form_set(values, "score", goal->words.score);
        form_set(values, "look_on", arena_strdup(web->arena, date_text(goal->look_on).s));
    }
    *made = (struct thing_form){
        .values = values,
        .action = arena_printf(web->arena, "%s/" LIST "/%s", spot->base, id_text(id.v).s),
        .prefix = arena_printf(web->arena, "g%s", id_text(id.v).s),
        .is_change = goal != NULL,
        .title = goal ? _("Change") : _("New goal"),
        .button = _("Keep"),
        .hidden = hidden_fields(spot)};
    add_tips(web, spot, made);
    *ret = made;
    return OK;
}

/* As it came in, with what is wrong beside it. */
static void as_sent(struct web *web, struct thing_form *made)
{
    made->values = &web->form;
    made->is_open = true;
}

/* --- cards
 * ---------------------------------------------------------------------------------------- */

static enum status add_events(struct web *web, const struct thing_spot *spot,
                              const struct goal *goal,
                              const struct goal_step *steps, size_t count, struct thing_card *card)
{
    card->events = ARENA_ARRAY(web->arena, struct thing_event, count);
    if (!card->events)
        return ERR_NOMEM;
    int64_t placed_at = 0;
    for (size_t i = 0; i < count; i++) {
        const struct goal_step *s = &steps[i];
        if (s->goal.v != goal->id.v)
            continue;
        struct thing_event *e = &card->events[card->event_count++];
        *e = (struct thing_event){.when = thing_moment(web, s->made_at), .text = s->text};
        if (s->kind == STEP_NEXT) {
            e->what = _("Step:");
            e->icon = date_is_set(s->done_on) ? "circle-check" : "footprints";
            e->when = thing_day(web, date_is_set(s->done_on) ? s->done_on : s->due_on);
            e->is_done = date_is_set(s->done_on);
            e->step = arena_strdup(web->arena, id_text(s->id.v).s);
        } else if (s->kind == STEP_PROGRESS) {
            e->what = place_words(web, s->place);
            e->icon = "sprout";
            if (s->made_at >= placed_at) {
                placed_at = s->made_at;
                card->place = s->place;
            }
        } else {
            e->what = _("Shown:");
            e->icon = "star";
            evidence_event(web, spot, s, e);
        }
    }
    return OK;
}

static void add_acts(struct web *web, const struct goal *goal, struct thing_card *card)
{
    card->is_open = goal->state == GOAL_OPEN;
    card->asks_place = web->actor.kind == ACTOR_PUPIL;
    card->may_step = card->may_place = card->may_prove = card->is_open;
    card->may_party = goal->state == GOAL_REACHED && goal->party == PARTY_NONE;
    if (card->is_open) {
        thing_act(card, "reached", _("It works!"), "circle-check");
        thing_act(card, "let-go", _("Let it go"), "minus");
    } else {
        thing_act(card, "open", _("Take it up again"), "undo-2");
    }
}

static enum status make_card(struct web *web, const struct thing_spot *spot,
                             const struct goal *goal, const struct goal_step *steps,
                             size_t step_count, struct thing_card *card)
{
    struct thing_form *change = NULL;
    *card =
        (struct thing_card){.id = arena_strdup(web->arena, id_text(goal->id.v).s),
                            .title = goal->words.soon,
                            .state = tr(web->tr, states[goal->state]),
                            .state_class = goal->state == GOAL_REACHED ? "pill--ok" : "",
                            .state_icon = goal->state == GOAL_REACHED ? "circle-check" : "minus",
                            .back = spot->back,
                            .fresh = arena_strdup(web->arena, id_text(work_new_id(&web->work)).s),
                            .outcome = "",
                            .next = "",
                            .lesson = "",
                            .party = thing_party_text(web, goal->party)};
    thing_voice(web, spot, goal->voice, card);
    thing_fact(card, _("Now I can"), goal->words.now);
    thing_fact(card, _("We notice it by"), goal->words.notice);
    thing_fact(card, _("Dot on the horizon"), goal->words.dot);
    thing_fact(card, _("Own target"), goal->words.score);
    thing_fact(card, _("We look back"),
               goal->state == GOAL_OPEN ? thing_day(web, goal->look_on) : "");
    if (!spot->place.conversation.v)
        card->url = arena_printf(web->arena, "%s/" LIST "/%s", spot->base, card->id);
    enum status st = add_events(web, spot, goal, steps, step_count, card);
    card->picture = goal->state == GOAL_REACHED ? "g-7" : place_pictures[card->place];
    if (st != OK || !spot->may_write)
        return st;
    card->act_url = arena_printf(web->arena, "%s/" LIST "/%s/doe", spot->base, card->id);
    add_acts(web, goal, card);
    if (card->is_open &&
        thing_may_change(&web->actor, goal->voice, goal->author_kind, goal->author)) {
        st = make_form(web, spot, goal->id, goal, &change);
        card->form = change;
    }
    return st;
}

/* Those that `wanted` picks, in their order. */
static enum status make_cards(struct web *web, const struct thing_spot *spot,
                              const struct goal *goals, size_t count,
                              bool (*wanted)(const struct thing_spot *, const struct goal *),
                              struct conversation_id of, const struct thing_card **ret,
                              size_t *ret_count)
{
    struct goal_step *steps = NULL;
    size_t step_count = 0, kept = 0;
    struct thing_card *cards = ARENA_ARRAY(web->arena, struct thing_card, count);
    enum status st = cards ? OK : ERR_NOMEM;
    if (st == OK)
        st = goal_steps(&web->work, spot->place.pupil, of, &steps, &step_count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (wanted(spot, &goals[i]))
            st = make_card(web, spot, &goals[i], steps, step_count, &cards[kept++]);
    if (st == OK) {
        *ret = cards;
        *ret_count = kept;
    }
    return st;
}

static bool any(const struct thing_spot *spot, const struct goal *goal)
{
    return spot && goal;
}

static bool of_this_question(const struct thing_spot *spot, const struct goal *goal)
{
    return goal->conversation.v == spot->place.conversation.v &&
           str_equal(goal->question, spot->question);
}

static bool open_from_before(const struct thing_spot *spot, const struct goal *goal)
{
    return goal->state == GOAL_OPEN && goal->conversation.v != spot->place.conversation.v;
}

/* --- pages
 * ---------------------------------------------------------------------------------------- */

static enum status list_page(struct web *web)
{
    struct things_view *view = ARENA_NEW(web->arena, struct things_view);
    struct thing_form *fresh = NULL;
    struct thing_spot spot;
    struct goal *goals = NULL;
    size_t count = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = goal_of_pupil(&web->work, spot.place.pupil, (struct conversation_id){0}, &goals,
                           &count);
    struct thing_section *section = &view->sections[0];
    if (st == OK)
        st = make_cards(web, &spot, goals, count, any, (struct conversation_id){0}, &section->cards,
                        &section->count);
    if (st == OK)
        st = make_form(web, &spot, (struct goal_id){work_new_id(&web->work)}, NULL, &fresh);
    if (st == OK && !spot.is_self)
        st = need_section(web, &spot, &view->sections[1]);
    if (st != OK)
        return st;
    section->title = _("Goals");
    section->lead = "";
    section->key = "goals";
    section->art = "t-doel";
    section->empty = spot.is_self
                         ? _("You have no goal yet. What do you want to learn?")
                         : _("No goals yet. A goal is set together, in a conversation or here.");
    section->form = fresh;
    view->section_count = spot.is_self ? 1 : 2;
    view->title = _("My goals");
    view->is_young = spot.is_young;
    return things_page(web, view, TAB_GOALS);
}

static enum status add_history(struct web *web, const struct thing_spot *spot, struct goal_id id,
                               struct thing_view *view)
{
    struct thing_version *versions = NULL;
    size_t count = 0;
    enum status st = goal_versions(&web->work, id, &versions, &count);
    if (st == OK)
        st = thing_histories(web, spot, versions, count, states, "soon", &view->history);
    view->history_count = count;
    return st;
}

/* The page of one; `sent` shows the form as it came in, `theirs` what stands meanwhile. */
static enum status show(struct web *web, struct goal_id id, bool sent, const char *theirs)
{
    struct thing_view *view = ARENA_NEW(web->arena, struct thing_view);
    struct thing_card *card = ARENA_NEW(web->arena, struct thing_card);
    struct thing_form *change = NULL;
    struct thing_spot spot;
    struct goal_step *steps = NULL;
    struct goal goal;
    size_t count = 0;
    if (!view || !card)
        return ERR_NOMEM;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = goal_find(&web->work, id, &goal);
    bool is_new = st == ERR_NOT_FOUND && sent;
    if (st == OK && goal.pupil.v != spot.place.pupil.v)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = goal_steps(&web->work, goal.pupil, goal.conversation, &steps, &count);
    if (st == OK)
        st = make_card(web, &spot, &goal, steps, count, card);
    if (st == OK && !spot.is_self)
        st = add_history(web, &spot, id, view);
    if (is_new) {
        *card = (struct thing_card){.id = "", .title = "", .party = "", .picture = "t-doel"};
        st = OK;
    }
    if (st == OK && sent) {
        st = make_form(web, &spot, id, NULL, &change);
        if (st == OK) {
            as_sent(web, change);
            change->theirs = theirs;
            card->form = change;
        }
    }
    if (st != OK)
        return st;
    if (!sent)
        card->url = NULL;
    if (*card->id && card->may_prove) {
        st = evidence_form(web, &spot, id, &card->evidence);
        if (st != OK)
            return st;
    }
    view->card = card;
    view->list = _("Goals");
    view->list_url = LIST;
    view->title = _("Goal");
    return thing_page(web, &spot, view);
}

enum status goal_show(struct web *web, struct goal_id id)
{
    return show(web, id, false, NULL);
}

static enum status goal_page(struct web *web)
{
    return show(web, (struct goal_id){web->ids[PARAM_GOAL]}, false, NULL);
}

/* --- keeping
 * -------------------------------------------------------------------------------------- */

static struct goal_draft draft_of(struct web *web, const struct thing_spot *spot)
{
    const struct form_values *values = &web->form;
    return (struct goal_draft){.conversation = spot->place.conversation,
                               .question = form_text(values, "question"),
                               .look_on = form_date(values, "look_on"),
                               .words = {.now = form_text(values, "now"),
                                         .soon = form_text(values, "soon"),
                                         .notice = form_text(values, "notice"),
                                         .dot = form_text(values, "dot"),
                                         .score = form_text(values, "score")}};
}

/* Whose goal it is: by the first voice of the question, and what stands. */
static enum voice voice_asked(struct web *web, struct thing_spot *spot)
{
    struct conversation c;
    const struct question *question = NULL;
    if (spot->place.conversation.v &&
        conversation_open(&web->work,
                          spot->is_self ? RIGHT_CONVERSATION_SELF : RIGHT_CONVERSATION_READ,
                          spot->place.conversation, &c) == OK)
        question = method_question(c.method, form_text(&web->form, "question"));
    spot->voice = question ? question->voices[0] : VOICE_NONE;
    return thing_voice_of(web, spot);
}

static enum status save(struct web *web)
{
    struct goal_id id = {web->ids[PARAM_GOAL]};
    struct thing_spot spot;
    struct goal now = {.id = {0}};
    int version = thing_version_sent(web), kept = 0;
    enum status st = thing_spot(web, &spot);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, id, true, NULL);
    struct goal_draft draft = draft_of(web, &spot);
    draft.voice = voice_asked(web, &spot);
    st = version ? goal_change(&web->work, id, version, &draft, &kept, &now)
                 : goal_set(&web->work, spot.place.pupil, id, &draft);
    if (st == ERR_INVALID) {
        form_error(&web->form, "look_on", N_("Choose today or a day after."));
        return show(web, id, true, NULL);
    }
    if (st == ERR_CONFLICT && now.id.v) {
        form_set(&web->form, "version", arena_printf(web->arena, "%d", now.version));
        return show(web, id, true, now.words.soon);
    }
    return st == OK ? thing_go_back(web, &spot, LIST, version ? id.v : 0) : st;
}

static enum status add_step(struct web *web, struct goal_id id, enum goal_step_kind kind)
{
    const struct goal_step step = {
        .id = {form_number(&web->form, "fresh")},
        .kind = kind,
        .place = kind == STEP_PROGRESS ? (int)form_number(&web->form, "place") : 0,
        .due_on = kind == STEP_NEXT ? form_date(&web->form, "day") : (struct date){0},
        .text = form_text(&web->form, "text")};
    return step.id.v ? goal_step_add(&web->work, id, &step) : ERR_INVALID;
}

/* A step of this goal, whatever id was sent. */
static enum status set_done(struct web *web, struct goal_id id, bool done)
{
    struct goal goal;
    struct goal_step *steps = NULL;
    size_t count = 0;
    enum status st = goal_find(&web->work, id, &goal);
    if (st == OK)
        st = goal_steps(&web->work, goal.pupil, goal.conversation, &steps, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (steps[i].goal.v == id.v && steps[i].id.v == form_number(&web->form, "step"))
            return goal_step_done(&web->work, steps[i].id, done);
    return st == OK ? ERR_INVALID : st;
}

static enum status act(struct web *web)
{
    struct goal_id id = {web->ids[PARAM_GOAL]};
    const char *what = form_text(&web->form, "do");
    struct thing_spot spot;
    struct goal goal;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = goal_find(&web->work, id, &goal);
    if (st == OK && goal.pupil.v != spot.place.pupil.v)
        st = ERR_NOT_FOUND;
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, id, false, NULL);
    if (str_equal(what, "reached"))
        st = goal_end(&web->work, id, GOAL_REACHED);
    else if (str_equal(what, "let-go"))
        st = goal_end(&web->work, id, GOAL_LET_GO);
    else if (str_equal(what, "open"))
        st = goal_end(&web->work, id, GOAL_OPEN);
    else if (str_equal(what, "party"))
        st = goal_celebrate(&web->work, id, party_of(form_text(&web->form, "party")));
    else if (str_equal(what, "place"))
        st = add_step(web, id, STEP_PROGRESS);
    else if (str_equal(what, "step"))
        st = add_step(web, id, STEP_NEXT);
    else if (str_equal(what, "proof"))
        st = add_step(web, id, STEP_EVIDENCE);
    else if (str_equal(what, "done") || str_equal(what, "undone"))
        st = set_done(web, id, str_equal(what, "done"));
    else
        st = ERR_INVALID;
    if (st == ERR_INVALID) {
        st = show(web, id, false, NULL);
        return st == OK ? web_problem(web, N_("That could not be kept. Look at it once more."))
                        : st;
    }
    return st == OK ? thing_go_back(web, &spot, LIST, id.v) : st;
}

/* --- in a conversation
 * ---------------------------------------------------------------------------- */

static bool may_see_all(struct web *web, const struct thing_spot *spot)
{
    const struct thing_place dossier = {spot->place.pupil, {0}};
    return thing_may_read(&web->work, dossier) == OK;
}

static enum status load(struct web *web, const struct outcome_place *place, const void **ret_view,
                        bool *ret_any)
{
    struct thing_block *block = ARENA_NEW(web->arena, struct thing_block);
    struct thing_form *fresh = NULL;
    struct thing_spot spot;
    struct goal *goals = NULL;
    size_t count = 0;
    if (!block)
        return ERR_NOMEM;
    *ret_view = block;
    enum status st = thing_spot_of(web, place, &spot);
    if (st != OK || !spot.place.pupil.v) /* a group has no goals of its own */
        return st;
    struct conversation_id of =
        may_see_all(web, &spot) ? (struct conversation_id){0} : spot.place.conversation;
    st = goal_of_pupil(&web->work, spot.place.pupil, of, &goals, &count);
    if (st == OK)
        st = make_cards(web, &spot, goals, count, of_this_question, of, &block->cards,
                        &block->count);
    if (st == OK && place->may_write)
        st = make_cards(web, &spot, goals, count, open_from_before, of, &block->earlier,
                        &block->earlier_count);
    if (st == OK && place->may_write)
        st = make_form(web, &spot, (struct goal_id){work_new_id(&web->work)}, NULL, &fresh);
    block->key = "goal";
    block->form = fresh;
    block->is_self = spot.is_self;
    block->is_young = spot.is_young;
    *ret_any = block->count > 0;
    return st;
}

const struct outcome_block goal_block = {.outcome = OUTCOME_GOAL,
                                         .name = "goal",
                                         .load = load,
                                         .edit = html_thing_block_edit,
                                         .read = html_thing_block_read,
                                         .text = thing_block_text};

const struct route goal_routes[] = {
    {HTTP_GET, "/leerling/:pupil/doelen", .right = RIGHT_PUPIL_READ, .run = list_page},
    {HTTP_GET, "/leerling/:pupil/doelen/:goal", .right = RIGHT_PUPIL_READ, .run = goal_page},
    {HTTP_POST, "/leerling/:pupil/doelen/:goal", .right = RIGHT_PUPIL_WRITE, .form = &form,
     .run = save},
    {HTTP_POST, "/leerling/:pupil/doelen/:goal/doe", .right = RIGHT_PUPIL_WRITE,
     .form = &thing_act_form, .run = act},
    {HTTP_POST, "/gesprek/:conversation/doelen/:goal", .right = RIGHT_CONVERSATION_WRITE,
     .form = &form, .run = save},
    {HTTP_POST, "/gesprek/:conversation/doelen/:goal/doe", .right = RIGHT_CONVERSATION_WRITE,
     .form = &thing_act_form, .run = act},
    {HTTP_GET, "/ik/doelen", .right = RIGHT_PUPIL_SELF, .run = list_page},
    {HTTP_GET, "/ik/doelen/:goal", .right = RIGHT_PUPIL_SELF, .run = goal_page},
    {HTTP_POST, "/ik/doelen/:goal", .right = RIGHT_PUPIL_SELF, .form = &form, .run = save},
    {HTTP_POST, "/ik/doelen/:goal/doe", .right = RIGHT_PUPIL_SELF, .form = &thing_act_form,
     .run = act},
    {HTTP_POST, "/ik/gesprek/:conversation/doelen/:goal", .right = RIGHT_CONVERSATION_SELF,
     .form = &form, .run = save},
    {HTTP_POST, "/ik/gesprek/:conversation/doelen/:goal/doe", .right = RIGHT_CONVERSATION_SELF,
     .form = &thing_act_form, .run = act},
    {0},
};
