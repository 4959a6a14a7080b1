#include "base/str.h"
#include "gen/thing_html.h"
#include "goal/goal_web.h"
#include "goal/need.h"
#include "goal/thing_pages_web.h"
#include "web/web.h"

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
    {.name = "look_on", .kind = FIELD_DATE, .label = N_("When do we see whether it still helps?")},
    {.name = "goal", .kind = FIELD_ID, .label = N_("Which goal does it belong to?")},
    THING_FORM_FIELDS,
};
FORM(form, fields);
enum { F_WHAT, F_KIND, F_VOICE, F_LOOK, F_GOAL };

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

/* Whose words they are is said once; a pupil speaks for the self. */
static unsigned hidden_fields(const struct thing_spot *spot, const struct thing *thing)
{
    unsigned hidden = spot->is_self || thing ? 1u << F_VOICE : 0;
    return spot->is_young ? hidden | 1u << F_LOOK | 1u << F_GOAL : hidden;
}

static void fill(struct web *web, const struct thing_spot *spot, const struct thing_aids *aids,
                 const struct thing *thing, struct form_values *values)
{
    (void)aids;
    form_set(values, "voice", voice_word(thing ? thing->voice : thing_voice_of(web, spot)));
    if (thing)
        form_set(values, "kind", need_kind_name((enum need_kind)thing->sort));
}

static enum status fill_card(struct web *web, const struct thing_spot *spot,
                             const struct thing_aids *aids, const struct thing *thing,
                             struct thing_card *card)
{
    (void)spot;
    (void)aids;
    card->picture = pictures[thing->sort];
    card->state_icon = "check";
    thing_fact(card, _("About"), tr(web->tr, kinds[thing->sort - NEED_TASK].label));
    thing_fact(card, _("We look again"), card->is_open ? thing_day(web, thing->look_on) : "");
    if (!card->act_url)
        return OK;
    if (card->is_open)
        thing_act(card, "over", _("No longer needed"), "check");
    else
        thing_act(card, "open", _("Needed again"), "undo-2");
    return OK;
}

static enum status keep(struct web *web, struct thing_spot *spot, const struct thing_aids *aids,
                        struct thing_id id, int version, struct thing *ret_now)
{
    const struct need_id need = {id.v};
    int kept = 0;
    (void)aids;
    const struct need_draft draft = {.conversation = spot->place.conversation,
                                     .question = form_text(&web->form, "question"),
                                     .goal = thing_goal_sent(web),
                                     .kind = kind_of(form_text(&web->form, "kind")),
                                     .voice = voice_sent(web),
                                     .review_on = form_date(&web->form, "look_on"),
                                     .what = form_text(&web->form, "what")};
    return version ? need_change(&web->work, need, version, &draft, &kept, ret_now)
                   : need_set(&web->work, spot->place.pupil, need, &draft);
}

static enum status over(struct web *web, const struct thing_spot *spot, const struct thing *thing)
{
    (void)spot;
    return thing_end(&web->work, &need_rules, thing->id, NEED_OVER, NULL, 0);
}

static const struct thing_deed deeds[] = {{"over", over}, {NULL, NULL}};

const struct thing_pages need_pages = {
    .rules = &need_rules,
    .param = PARAM_NEED,
    .form = &form,
    .tab = TAB_GOALS,
    .path = "behoeften",
    .list_path = "doelen",
    .prefix = "n",
    .states = states,
    .picture = "t-hulp",
    .key = "need",
    .one = N_("What helps"),
    .many = N_("What helps"),
    .own_many = N_("What helps"),
    .add = N_("New need"),
    .button = N_("Keep"),
    .lead = N_("The pupil's own solutions first, then what others add."),
    .empty = N_("Nothing yet. Ask outright: what do you need?"),
    .own_empty = N_("Nothing yet. Ask outright: what do you need?"),
    .fill = fill,
    .hidden = hidden_fields,
    .card = fill_card,
    .keep = keep,
    .deeds = deeds,
};

static enum status load(struct web *web, const struct outcome_place *place, const void **ret_view,
                        bool *ret_any)
{
    return thing_pages_block(web, &need_pages, place, ret_view, ret_any);
}

const struct outcome_block need_block = {.outcome = OUTCOME_NEED,
                                         .name = "need",
                                         .load = load,
                                         .edit = html_thing_block_edit,
                                         .read = html_thing_block_read,
                                         .text = thing_block_text};

const struct route need_routes[] = {
    {HTTP_GET, "/leerling/:pupil/behoeften/:need", .right = RIGHT_PUPIL_READ,
     .run = thing_pages_one, .about = &need_pages},
    {HTTP_POST, "/leerling/:pupil/behoeften/:need", .right = RIGHT_PUPIL_WRITE, .form = &form,
     .run = thing_pages_save, .about = &need_pages},
    {HTTP_POST, "/leerling/:pupil/behoeften/:need/doe", .right = RIGHT_PUPIL_WRITE,
     .form = &thing_act_form, .run = thing_pages_act, .about = &need_pages},
    {HTTP_POST, "/gesprek/:conversation/behoeften/:need", .right = RIGHT_CONVERSATION_WRITE,
     .form = &form, .run = thing_pages_save, .about = &need_pages},
    {HTTP_POST, "/gesprek/:conversation/behoeften/:need/doe", .right = RIGHT_CONVERSATION_WRITE,
     .form = &thing_act_form, .run = thing_pages_act, .about = &need_pages},
    {HTTP_POST, "/ik/gesprek/:conversation/behoeften/:need", .right = RIGHT_CONVERSATION_SELF,
     .form = &form, .run = thing_pages_save, .about = &need_pages},
    {HTTP_POST, "/ik/gesprek/:conversation/behoeften/:need/doe", .right = RIGHT_CONVERSATION_SELF,
     .form = &thing_act_form, .run = thing_pages_act, .about = &need_pages},
    {0},
};
