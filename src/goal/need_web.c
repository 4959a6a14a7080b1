#include "base/arena.h"
#include "base/str.h"
#include "gen/thing_html.h"
#include "goal/goal_web.h"
#include "goal/need.h"
#include "goal/thing_web.h"
#include "web/web.h"

#define LIST "behoeften"

static const struct choice kinds[] = {
    {"task", N_("The task itself")},
    {"explanation", N_("Explanation")},
    {"feedback", N_("Feedback on my work")},
    {"material", N_("Things and materials")},
    {"peers", N_("Classmates")},
    {"teacher", N_("What my teacher does")},
    {"parents", N_("At home")},
    {"surroundings", N_("My place and the classroom")},
    {NULL, NULL},
};
static const struct choice voices[] = {
    {"pupil", N_("the pupil")},
    {"teacher", N_("the teacher")},
    {"guardian", N_("at home")},
    {"together", N_("together")},
    {NULL, NULL},
};
static const struct field fields[] = {
    {.name = "what",
     .kind = FIELD_LONG,
     .required = true,
     .max = NEED_TEXT_MAX,
     .label = N_("What helps?"),
     .hint = N_("First what the pupil thinks of, then what you add.")},
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = kinds,
     .label = N_("What is it about?")},
    {.name = "voice", .kind = FIELD_CHOICE, .choices = voices, .label = N_("Who says so?")},
    {.name = "review_on",
     .kind = FIELD_DATE,
     .label = N_("When do we see whether it still helps?")},
    THING_FORM_FIELDS,
};
FORM(form, fields);
enum { F_WHAT, F_KIND, F_VOICE, F_REVIEW };

static const char *const states[] = {
    [0] = "", [NEED_OPEN] = "", [NEED_OVER] = N_("no longer needed")};

static const char *const pictures[NEED_KINDS_] = {"t-hulp",   "t-leren",  "t-kennis",
                                                  "t-trots",  "t-talent", "t-samen",
                                                  "p-school", "p-thuis",  "p-kind"};

static enum need_kind kind_of(const char *name)
{
    for (int i = NEED_TASK; i < NEED_KINDS_; i++)
        if (str_equal(need_kind_name((enum need_kind)i), name))
            return (enum need_kind)i;
    return 0;
}

static const char *voice_word(enum voice voice)
{
    return voice == VOICE_PUPIL      ? "pupil"
           : voice == VOICE_TEACHER  ? "teacher"
           : voice == VOICE_GUARDIAN ? "guardian"
                                     : "together";
}

static enum voice voice_sent(const struct web *web)
{
    const char *word = form_text(&web->form, "voice");
    if (web->actor.kind == ACTOR_PUPIL)
        return VOICE_PUPIL;
    return str_equal(word, "pupil")      ? VOICE_PUPIL
           : str_equal(word, "teacher")  ? VOICE_TEACHER
           : str_equal(word, "guardian") ? VOICE_GUARDIAN
                                         : VOICE_TOGETHER;
}

static unsigned hidden_fields(const struct thing_spot *spot)
{
    unsigned hidden = spot->is_self ? 1u << F_VOICE : 0;
    return spot->is_young ? hidden | 1u << F_REVIEW : hidden;
}

static enum status make_form(struct web *web, const struct thing_spot *spot, struct need_id id,
                             const struct need *need, struct thing_form **ret)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct thing_form *made = ARENA_NEW(web->arena, struct thing_form);
    if (!values || !made)
        return ERR_NOMEM;
    form_begin(values, &form);
    thing_form_common(web, spot, values, need ? need->version : 0);
    form_set(values, "voice", voice_word(need ? need->voice : thing_voice_of(web, spot)));
    if (need) {
        form_set(values, "what", need->what);
        form_set(values, "kind", need_kind_name(need->kind));
        form_set(values, "review_on", arena_strdup(web->arena, date_text(need->review_on).s));
    }
    *made = (struct thing_form){
        .values = values,
        .action = arena_printf(web->arena, "%s/" LIST "/%s", spot->base, id_text(id.v).s),
        .prefix = arena_printf(web->arena, "n%s", id_text(id.v).s),
        .is_change = need != NULL,
        .title = need ? _("Change") : _("New need"),
        .button = _("Keep"),
        /* whose words they are is said once */
        .hidden = hidden_fields(spot) | (need ? 1u << F_VOICE : 0)};
    *ret = made;
    return OK;
}

static enum status make_card(struct web *web, const struct thing_spot *spot,
                             const struct need *need, struct thing_card *card)
{
    struct thing_form *change = NULL;
    enum status st = OK;
    *card = (struct thing_card){.id = arena_strdup(web->arena, id_text(need->id.v).s),
                                .title = need->what,
                                .picture = pictures[need->kind],
                                .state = tr(web->tr, states[need->state]),
                                .state_class = "",
                                .state_icon = "check",
                                .back = spot->back,
                                .fresh = "",
                                .party = "",
                                .outcome = "",
                                .next = "",
                                .lesson = "",
                                .is_open = need->state == NEED_OPEN};
    thing_voice(web, spot, need->voice, card);
    thing_fact(card, _("About"), tr(web->tr, kinds[need->kind - NEED_TASK].label));
    thing_fact(card, _("We look again"), card->is_open ? thing_day(web, need->review_on) : "");
    if (!spot->place.conversation.v && !spot->is_self)
        card->url = arena_printf(web->arena, "%s/" LIST "/%s", spot->base, card->id);
    if (!spot->may_write)
        return OK;
    card->act_url = arena_printf(web->arena, "%s/" LIST "/%s/doe", spot->base, card->id);
    if (card->is_open)
        thing_act(card, "over", _("No longer needed"), "check");
    else
        thing_act(card, "open", _("Needed again"), "undo-2");
    if (card->is_open &&
        thing_may_change(&web->actor, need->voice, need->author_kind, need->author)) {
        st = make_form(web, spot, need->id, need, &change);
        card->form = change;
    }
    return st;
}

enum status need_section(struct web *web, const struct thing_spot *spot, struct thing_section *ret)
{
    struct thing_form *fresh = NULL;
    struct need *needs = NULL;
    size_t count = 0;
    enum status st =
        need_of_pupil(&web->work, spot->place.pupil, (struct conversation_id){0}, &needs, &count);
    struct thing_card *cards = ARENA_ARRAY(web->arena, struct thing_card, count);
    if (st == OK && !cards)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = make_card(web, spot, &needs[i], &cards[i]);
    if (st == OK)
        st = make_form(web, spot, (struct need_id){work_new_id(&web->work)}, NULL, &fresh);
    if (st == OK)
        *ret = (struct thing_section){
            .title = _("What helps"),
            .lead = _("The pupil's own solutions first, then what others add."),
            .empty = _("Nothing yet. Ask outright: what do you need?"),
            .art = "t-hulp",
            .key = "needs",
            .cards = cards,
            .count = count,
            .form = fresh};
    return st;
}

static enum status show(struct web *web, struct need_id id, bool sent, const char *theirs)
{
    struct thing_view *view = ARENA_NEW(web->arena, struct thing_view);
    struct thing_card *card = ARENA_NEW(web->arena, struct thing_card);
    struct thing_version *versions = NULL;
    struct thing_form *change = NULL;
    struct thing_spot spot;
    struct need need;
    if (!view || !card)
        return ERR_NOMEM;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = need_find(&web->work, id, &need);
    bool is_new = st == ERR_NOT_FOUND && sent;
    if (st == OK && need.pupil.v != spot.place.pupil.v)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = make_card(web, &spot, &need, card);
    if (st == OK && !spot.is_self)
        st = need_versions(&web->work, id, &versions, &view->history_count);
    if (st == OK && !spot.is_self)
        st = thing_histories(web, &spot, versions, view->history_count, states, "what",
                             &view->history);
    if (is_new) {
        *card = (struct thing_card){.id = "", .title = "", .party = "", .picture = "t-hulp"};
        st = OK;
    }
    if (st == OK && sent) {
        st = make_form(web, &spot, id, NULL, &change);
        if (st == OK) {
            change->values = &web->form;
            change->is_open = true;
            change->theirs = theirs;
            card->form = change;
        }
    }
    if (st != OK)
        return st;
    card->url = NULL;
    view->card = card;
    view->list = _("Goals");
    view->list_url = "doelen";
    view->title = _("What helps");
    return thing_page(web, &spot, view);
}

static enum status need_page(struct web *web)
{
    return show(web, (struct need_id){web->ids[PARAM_NEED]}, false, NULL);
}

static enum status save(struct web *web)
{
    struct need_id id = {web->ids[PARAM_NEED]};
    struct thing_spot spot;
    struct need now = {.id = {0}};
    int version = thing_version_sent(web), kept = 0;
    enum status st = thing_spot(web, &spot);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, id, true, NULL);
    const struct need_draft draft = {.conversation = spot.place.conversation,
                                     .question = form_text(&web->form, "question"),
                                     .kind = kind_of(form_text(&web->form, "kind")),
                                     .voice = voice_sent(web),
                                     .review_on = form_date(&web->form, "review_on"),
                                     .what = form_text(&web->form, "what")};
    st = version ? need_change(&web->work, id, version, &draft, &kept, &now)
                 : need_set(&web->work, spot.place.pupil, id, &draft);
    if (st == ERR_INVALID) {
        form_error(&web->form, "review_on", N_("Choose today or a day after."));
        return show(web, id, true, NULL);
    }
    if (st == ERR_CONFLICT && now.id.v) {
        form_set(&web->form, "version", arena_printf(web->arena, "%d", now.version));
        return show(web, id, true, now.what);
    }
    return st == OK ? thing_go_back(web, &spot, "doelen", 0) : st;
}

static enum status act(struct web *web)
{
    struct need_id id = {web->ids[PARAM_NEED]};
    struct thing_spot spot;
    struct need need;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = need_find(&web->work, id, &need);
    if (st == OK && need.pupil.v != spot.place.pupil.v)
        st = ERR_NOT_FOUND;
    if (st != OK)
        return st;
    bool over = str_equal(form_text(&web->form, "do"), "over");
    if (!over && !str_equal(form_text(&web->form, "do"), "open")) {
        st = show(web, id, false, NULL);
        return st == OK ? web_problem(web, N_("That could not be kept. Look at it once more."))
                        : st;
    }
    st = need_end(&web->work, id, over ? NEED_OVER : NEED_OPEN);
    return st == OK ? thing_go_back(web, &spot, "doelen", 0) : st;
}

static enum status load(struct web *web, const struct outcome_place *place, const void **ret_view,
                        bool *ret_any)
{
    struct thing_block *block = ARENA_NEW(web->arena, struct thing_block);
    struct thing_form *fresh = NULL;
    struct thing_spot spot;
    struct need *needs = NULL;
    size_t count = 0;
    if (!block)
        return ERR_NOMEM;
    *ret_view = block;
    enum status st = thing_spot_of(web, place, &spot);
    if (st != OK || !spot.place.pupil.v)
        return st;
    st = need_of_pupil(&web->work, spot.place.pupil, spot.place.conversation, &needs, &count);
    struct thing_card *cards = ARENA_ARRAY(web->arena, struct thing_card, count);
    if (st == OK && !cards)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        if (str_equal(needs[i].question, spot.question))
            st = make_card(web, &spot, &needs[i], &cards[block->count++]);
    if (st == OK && place->may_write)
        st = make_form(web, &spot, (struct need_id){work_new_id(&web->work)}, NULL, &fresh);
    block->key = "need";
    block->cards = cards;
    block->form = fresh;
    block->is_self = spot.is_self;
    block->is_young = spot.is_young;
    *ret_any = block->count > 0;
    return st;
}

const struct outcome_block need_block = {.outcome = OUTCOME_NEED,
                                         .name = "need",
                                         .load = load,
                                         .edit = html_thing_block_edit,
                                         .read = html_thing_block_read,
                                         .text = thing_block_text};

const struct route need_routes[] = {
    {HTTP_GET, "/leerling/:pupil/behoeften/:need", .right = RIGHT_PUPIL_READ, .run = need_page},
    {HTTP_POST, "/leerling/:pupil/behoeften/:need", .right = RIGHT_PUPIL_WRITE, .form = &form,
     .run = save},
    {HTTP_POST, "/leerling/:pupil/behoeften/:need/doe", .right = RIGHT_PUPIL_WRITE,
     .form = &thing_act_form, .run = act},
    {HTTP_POST, "/gesprek/:conversation/behoeften/:need", .right = RIGHT_CONVERSATION_WRITE,
     .form = &form, .run = save},
    {HTTP_POST, "/gesprek/:conversation/behoeften/:need/doe", .right = RIGHT_CONVERSATION_WRITE,
     .form = &thing_act_form, .run = act},
    {HTTP_POST, "/ik/gesprek/:conversation/behoeften/:need", .right = RIGHT_CONVERSATION_SELF,
     .form = &form, .run = save},
    {HTTP_POST, "/ik/gesprek/:conversation/behoeften/:need/doe", .right = RIGHT_CONVERSATION_SELF,
     .form = &thing_act_form, .run = act},
    {0},
};
