#include "goal/goal_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/goal_road_html.h"
#include "gen/thing_html.h"
#include "goal/evidence_web.h"
#include "goal/goal.h"
#include "goal/goal_road_web.h"
#include "goal/thing_pages_web.h"
#include "web/web.h"

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
    {.name = "due_on",
     .kind = FIELD_DATE,
     .label = N_("By when do you want it?"),
     .hint = N_("The end of the period, for instance a holiday.")},
    {.name = "look_on", .kind = FIELD_DATE, .label = N_("When do we look back?")},
    {.name = "dot",
     .kind = FIELD_LONG,
     .max = GOAL_TEXT_MAX,
     .label = N_("And further away, what is the dot on the horizon?")},
    {.name = "score",
     .kind = FIELD_TEXT,
     .max = 100,
     .label = N_("Which mark or score do you want yourself?")},
    {.name = "takes",
     .kind = FIELD_LONG,
     .max = GOAL_TEXT_MAX,
     .label = N_("And what does it take to get there?")},
    {.name = "goal", .kind = FIELD_ID, .label = N_("Is it a part of a larger goal?")},
    THING_FORM_FIELDS,
};
FORM(form, fields);
enum { F_SOON, F_NOW, F_NOTICE, F_DUE, F_LOOK, F_DOT, F_SCORE, F_TAKES, F_GOAL };

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

/* --- the form
 * ------------------------------------------------------------------------------------- */

/* The youngest are asked one thing; a mark is asked of the older ones only. */
static unsigned hidden_fields(const struct thing_spot *spot, const struct thing *thing)
{
    const unsigned score = 1u << F_SCORE | 1u << F_TAKES;
    if (spot->is_young)
        return ~(1u << F_SOON);
    return spot->age_band <= AGE_7_9 && !(thing && *thing_said(thing, "score")) ? score : 0;
}

/* Questions that sharpen, for who writes a goal down alone; not on a screen that the pupil reads.
 * Who has no dossier of the pupil sharpens without the name. */
static void add_tips(struct web *web, const struct thing_spot *spot, const struct thing_aids *aids,
                     struct thing_form *made)
{
    struct target target = {.pupil = spot->place.pupil};
    (void)aids;
    if (spot->is_self || spot->is_shared || web->actor.kind != ACTOR_STAFF)
        return;
    made->tips = arena_printf(web->arena, "%s-soon", made->prefix);
    made->sharpen_url = "/doelslijper";
    if (target.pupil.v && access_check(&web->work, RIGHT_PUPIL_WRITE, target) == OK)
        made->sharpen_url =
            arena_printf(web->arena, "/leerling/%s/doelslijper", id_text(target.pupil.v).s);
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

static enum status keep(struct web *web, struct thing_spot *spot, const struct thing_aids *aids,
                        struct thing_id id, int version, struct thing *ret_now)
{
    const struct form_values *values = &web->form;
    const struct goal_id goal = {id.v};
    int kept = 0;
    (void)aids;
    struct goal_draft draft = {.conversation = spot->place.conversation,
                               .question = form_text(values, "question"),
                               .part_of = thing_goal_sent(web),
                               .due_on = form_date(values, "due_on"),
                               .look_on = form_date(values, "look_on"),
                               .words = {.now = form_text(values, "now"),
                                         .soon = form_text(values, "soon"),
                                         .notice = form_text(values, "notice"),
                                         .dot = form_text(values, "dot"),
                                         .score = form_text(values, "score"),
                                         .takes = form_text(values, "takes")}};
    draft.voice = voice_asked(web, spot);
    return version ? goal_change(&web->work, goal, version, &draft, &kept, ret_now)
                   : goal_set(&web->work, spot->place.pupil, goal, &draft);
}

/* --- the card
 * ------------------------------------------------------------------------------------- */

/* Steps, places and evidence of all goals of the page. */
struct goal_own {
    const struct goal_step *steps;
    size_t count;
};

static enum status read_steps(struct web *web, const struct thing_spot *spot, const void **ret_own)
{
    struct goal_own *own = ARENA_NEW(web->arena, struct goal_own);
    struct goal_step *steps = NULL;
    if (!own)
        return ERR_NOMEM;
    const struct thing_place dossier = {spot->place.pupil, {0}};
    struct conversation_id of = spot->place.conversation;
    if (thing_may_read(&web->work, dossier) == OK)
        of.v = 0; /* of all conversations */
    enum status st = goal_steps(&web->work, spot->place.pupil, of, &steps, &own->count);
    own->steps = steps;
    *ret_own = own;
    return st;
}

static void add_event(struct web *web, const struct thing_spot *spot, const struct goal_step *step,
                      struct thing_card *card)
{
    struct thing_event *e = &card->events[card->event_count++];
    bool is_done = date_is_set(step->done_on);
    *e = (struct thing_event){.when = thing_moment(web, step->made_at), .text = step->text};
    if (step->kind == STEP_NEXT) {
        e->what = _("Step:");
        e->icon = is_done ? "circle-check" : "footprints";
        e->when = thing_day(web, is_done ? step->done_on : step->due_on);
        e->is_done = is_done;
        e->step = arena_strdup(web->arena, id_text(step->id.v).s);
    } else if (step->kind == STEP_PROGRESS) {
        e->what = place_words(web, step->place);
        e->icon = "sprout";
    } else {
        e->what = _("Shown:");
        e->icon = "star";
        evidence_event(web, spot, step, e);
    }
}

static enum status add_events(struct web *web, const struct thing_spot *spot,
                              const struct goal_own *own, struct thing_id goal,
                              struct thing_card *card)
{
    int64_t placed_at = 0;
    card->events = ARENA_ARRAY(web->arena, struct thing_event, own->count);
    if (!card->events)
        return ERR_NOMEM;
    for (size_t i = 0; i < own->count; i++) {
        const struct goal_step *step = &own->steps[i];
        if (step->goal.v != goal.v)
            continue;
        add_event(web, spot, step, card);
        if (step->kind == STEP_PROGRESS && step->made_at >= placed_at) {
            placed_at = step->made_at;
            card->place = step->place;
        }
    }
    return OK;
}

static void add_acts(struct web *web, struct thing_card *card)
{
    card->asks_place = web->actor.kind == ACTOR_PUPIL;
    card->may_step = card->may_place = card->may_prove = card->is_open;
    if (card->is_open) {
        thing_act(card, "reached", _("It works!"), "circle-check");
        thing_act(card, "let-go", _("Let it go"), "minus");
    } else {
        thing_act(card, "open", _("Take it up again"), "undo-2");
    }
}

static enum status fill_card(struct web *web, const struct thing_spot *spot,
                             const struct thing_aids *aids, const struct thing *thing,
                             struct thing_card *card)
{
    const struct goal goal = goal_of_thing(thing);
    thing_fact(card, _("Now I can"), goal.words.now);
    thing_fact(card, _("We notice it by"), goal.words.notice);
    thing_fact(card, _("By when"), card->is_open ? thing_day(web, goal.due_on) : "");
    thing_fact(card, _("Dot on the horizon"), goal.words.dot);
    thing_fact(card, _("Own target"), goal.words.score);
    thing_fact(card, _("What it takes"), goal.words.takes);
    thing_fact(card, _("We look back"), card->is_open ? thing_day(web, goal.look_on) : "");
    enum status st = add_events(web, spot, aids->own, thing->id, card);
    card->picture = goal.state == GOAL_REACHED ? "g-7" : place_pictures[card->place];
    if (card->act_url)
        add_acts(web, card);
    return st;
}

/* --- on its own page: the way there, and what belongs to it
 * --------------------------------------- */

static enum status add_belongings(struct web *web, const struct thing_spot *spot,
                                  const struct thing *goal, struct thing_view *view)
{
    static const struct {
        const char *label, *path, *icon;
        bool has_own_page;
    } kinds[THING_KINDS_] = {
        [THING_GOAL] = {N_("Smaller goal"), "doelen", "target", true},
        [THING_NEED] = {N_("What helps"), "behoeften", "life-buoy", false},
        [THING_AGREEMENT] = {N_("Agreement"), "afspraken", "handshake", true},
        [THING_PLAN] = {N_("Plan"), "plan", "list-checks", true},
    };
    struct thing *things = NULL;
    size_t count = 0;
    enum status st =
        thing_list_of_goal(&web->work, &goal_rules, (struct goal_id){goal->id.v}, &things, &count);
    struct thing_belonging *list = ARENA_ARRAY(web->arena, struct thing_belonging, count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct thing *t = &things[i];
        bool has_page = kinds[t->kind].has_own_page || !spot->is_self;
        list[i] = (struct thing_belonging){
            .label = tr(web->tr, kinds[t->kind].label),
            .icon = kinds[t->kind].icon,
            .text = thing_headline(t->kind, &t->said),
            .url = has_page ? arena_printf(web->arena, "%s/%s/%s", spot->base, kinds[t->kind].path,
                                           id_text(t->id.v).s)
                            : NULL,
            .is_over = t->state != THING_OPEN};
    }
    view->belongings = list;
    view->belonging_count = count;
    return st;
}

static void leave_out(struct thing_card *card, const char *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < card->fact_count; i++)
        if (card->facts[i].text != text)
            card->facts[kept++] = card->facts[i];
    card->fact_count = kept;
}

static enum status fill_page(struct web *web, const struct thing_spot *spot,
                             const struct thing_aids *aids, const struct thing *thing,
                             struct thing_view *view, struct thing_card *card)
{
    const struct goal_own *own = aids->own;
    const struct goal goal = goal_of_thing(thing);
    const struct goal_road *road = NULL;
    enum status st = add_belongings(web, spot, thing, view);
    if (st == OK)
        st = goal_road(web, &goal, own->steps, own->count, card->title, &road);
    if (st == OK && road) {
        leave_out(card, goal.words.now); /* the picture says it */
        leave_out(card, goal.words.dot);
        view->picture = road;
        view->draw_picture = html_goal_road;
    }
    if (st == OK && card->may_prove)
        st = evidence_form(web, spot, (struct goal_id){thing->id.v}, &card->evidence);
    return st;
}

/* --- what is done with it
 * ------------------------------------------------------------------------- */

static enum status reached(struct web *web, const struct thing_spot *spot,
                           const struct thing *thing)
{
    (void)spot;
    return goal_end(&web->work, (struct goal_id){thing->id.v}, GOAL_REACHED);
}

static enum status let_go(struct web *web, const struct thing_spot *spot, const struct thing *thing)
{
    (void)spot;
    return goal_end(&web->work, (struct goal_id){thing->id.v}, GOAL_LET_GO);
}

static enum status add_step(struct web *web, const struct thing *thing, enum goal_step_kind kind)
{
    const struct goal_step step = {
        .id = {form_number(&web->form, "fresh")},
        .kind = kind,
        .place = kind == STEP_PROGRESS ? (int)form_number(&web->form, "place") : 0,
        .due_on = kind == STEP_NEXT ? form_date(&web->form, "day") : (struct date){0},
        .text = form_text(&web->form, "text")};
    return step.id.v ? goal_step_add(&web->work, (struct goal_id){thing->id.v}, &step)
                     : ERR_INVALID;
}

static enum status place(struct web *web, const struct thing_spot *spot, const struct thing *thing)
{
    (void)spot;
    return add_step(web, thing, STEP_PROGRESS);
}

static enum status next_step(struct web *web, const struct thing_spot *spot,
                             const struct thing *thing)
{
    (void)spot;
    return add_step(web, thing, STEP_NEXT);
}

static enum status proof(struct web *web, const struct thing_spot *spot, const struct thing *thing)
{
    (void)spot;
    return add_step(web, thing, STEP_EVIDENCE);
}

/* A step of this goal, whatever id was sent. */
static enum status set_done(struct web *web, const struct thing *thing, bool done)
{
    struct goal_step *steps = NULL;
    size_t count = 0;
    enum status st = goal_steps(&web->work, thing->pupil, thing->conversation, &steps, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (steps[i].goal.v == thing->id.v && steps[i].id.v == form_number(&web->form, "step"))
            return goal_step_done(&web->work, steps[i].id, done);
    return st == OK ? ERR_INVALID : st;
}

static enum status done(struct web *web, const struct thing_spot *spot, const struct thing *thing)
{
    (void)spot;
    return set_done(web, thing, true);
}

static enum status undone(struct web *web, const struct thing_spot *spot, const struct thing *thing)
{
    (void)spot;
    return set_done(web, thing, false);
}

static const struct thing_deed deeds[] = {
    {"reached", reached}, {"let-go", let_go}, {"place", place},   {"step", next_step},
    {"proof", proof},     {"done", done},     {"undone", undone}, {NULL, NULL},
};

/* --- pages
 * ---------------------------------------------------------------------------------------- */

static const struct thing_pages pages = {
    .rules = &goal_rules,
    .param = PARAM_GOAL,
    .form = &form,
    .tab = TAB_GOALS,
    .path = "doelen",
    .list_path = "doelen",
    .prefix = "g",
    .states = states,
    .picture = "t-doel",
    .key = "goal",
    .one = N_("Goal"),
    .many = N_("Goals"),
    .own_many = N_("My goals"),
    .add = N_("New goal"),
    .button = N_("Keep"),
    .empty = N_("No goals yet. A goal is set together, in a conversation or here."),
    .own_empty = N_("You have no goal yet. What do you want to learn?"),
    .has_own_page = true,
    .read = read_steps,
    .hidden = hidden_fields,
    .choices = add_tips,
    .card = fill_card,
    .page = fill_page,
    .keep = keep,
    .deeds = deeds,
    .second = &need_pages,
};

enum status goal_show(struct web *web)
{
    return thing_pages_show(web, &pages);
}

static enum status load(struct web *web, const struct outcome_place *at, const void **ret_view,
                        bool *ret_any)
{
    return thing_pages_block(web, &pages, at, ret_view, ret_any);
}

const struct outcome_block goal_block = {.outcome = OUTCOME_GOAL,
                                         .name = "goal",
                                         .load = load,
                                         .edit = html_thing_block_edit,
                                         .read = html_thing_block_read,
                                         .text = thing_block_text};

const struct route goal_routes[] = {
    {HTTP_GET, "/leerling/:pupil/doelen", .right = RIGHT_PUPIL_READ, .run = thing_pages_list,
     .about = &pages},
    {HTTP_GET, "/leerling/:pupil/doelen/:goal", .right = RIGHT_PUPIL_READ, .run = thing_pages_one,
     .about = &pages},
    {HTTP_POST, "/leerling/:pupil/doelen/:goal", .right = RIGHT_PUPIL_WRITE, .form = &form,
     .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/leerling/:pupil/doelen/:goal/doe", .right = RIGHT_PUPIL_WRITE,
     .form = &thing_act_form, .run = thing_pages_act, .about = &pages},
    {HTTP_POST, "/gesprek/:conversation/doelen/:goal", .right = RIGHT_CONVERSATION_WRITE,
     .form = &form, .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/gesprek/:conversation/doelen/:goal/doe", .right = RIGHT_CONVERSATION_WRITE,
     .form = &thing_act_form, .run = thing_pages_act, .about = &pages},
    {HTTP_GET, "/ik/doelen", .right = RIGHT_PUPIL_SELF, .run = thing_pages_list, .about = &pages},
    {HTTP_GET, "/ik/doelen/:goal", .right = RIGHT_PUPIL_SELF, .run = thing_pages_one,
     .about = &pages},
    {HTTP_POST, "/ik/doelen/:goal", .right = RIGHT_PUPIL_SELF, .form = &form,
     .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/ik/doelen/:goal/doe", .right = RIGHT_PUPIL_SELF, .form = &thing_act_form,
     .run = thing_pages_act, .about = &pages},
    {HTTP_POST, "/ik/gesprek/:conversation/doelen/:goal", .right = RIGHT_CONVERSATION_SELF,
     .form = &form, .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/ik/gesprek/:conversation/doelen/:goal/doe", .right = RIGHT_CONVERSATION_SELF,
     .form = &thing_act_form, .run = thing_pages_act, .about = &pages},
    {0},
};
