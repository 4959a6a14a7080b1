#include "plan/child_plan_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/child_plan_html.h"
#include "gen/thing_html.h"
#include "goal/thing_pages_web.h"
#include "plan/child_plan.h"
#include "web/web.h"

#define PART(name_, label_)                                                                        \
    {                                                                                              \
        .name = (name_), .kind = FIELD_LONG, .max = CHILD_PLAN_TEXT_MAX, .label = (label_)         \
    }

static const struct field fields[] = {
    PART("can", N_("What can I do already?")),
    PART("soon", N_("What do I want to be able to do soon?")),
    PART("doing", N_("What do I do myself?")),
    PART("teacher", N_("How does my teacher help?")),
    PART("guardians", N_("How do they help at home?")),
    PART("materials", N_("What else helps: things, a place, other people?")),
    PART("hard", N_("What is still hard?")),
    PART("well", N_("What do I feel well with?")),
    PART("notice", N_("How do we notice that it works?")),
    {.name = "due_on", .kind = FIELD_DATE, .label = N_("By when? (the end of the period)")},
    {.name = "look_on", .kind = FIELD_DATE, .label = N_("When do we look back?")},
    {.name = "lookers", .kind = FIELD_TEXT, .max = 200, .label = N_("Who looks back?")},
    {.name = "with", .kind = FIELD_TEXT, .max = 200, .label = N_("Filled in with whom?")},
    {.name = "goal", .kind = FIELD_ID, .label = N_("Which goal does it belong to?")},
    {.name = "group-plan",
     .kind = FIELD_TEXT,
     .max = 200,
     .label = N_("Belongs to which group plan?")},
    {.name = "group-plan-day", .kind = FIELD_DATE, .label = N_("Of which day is that group plan?")},
    {.name = "lesson",
     .kind = FIELD_LONG,
     .max = CHILD_PLAN_TEXT_MAX,
     .label = N_("How does this change my teaching?"),
     .hint = N_("For staff only: on no paper and no page of the pupil.")},
    THING_FORM_FIELDS,
};
FORM(form, fields);
enum {
    F_CAN,
    F_SOON,
    F_DOING,
    F_TEACHER,
    F_HOME,
    F_MATERIALS,
    F_HARD,
    F_WELL,
    F_NOTICE,
    F_DUE,
    F_LOOK,
    F_LOOKERS,
    F_WITH,
    F_GOAL,
    F_GROUP,
    F_GROUP_DAY,
    F_LESSON
};

static const char *const states[] = {
    [0] = "", [PLAN_OPEN] = "", [PLAN_EVALUATED] = N_("looked back on")};

static bool is_staff_alone(const struct thing_spot *spot)
{
    return !spot->is_self && !spot->is_shared;
}

/* --- the form
 * ------------------------------------------------------------------------------------- */

static unsigned hidden_fields(const struct thing_spot *spot, const struct thing *thing)
{
    (void)thing;
    if (spot->is_young)
        return ~(1u << F_CAN | 1u << F_SOON | 1u << F_DOING | 1u << F_TEACHER);
    return is_staff_alone(spot) ? 0
                                : 1u << F_LESSON | 1u << F_GROUP | 1u << F_GROUP_DAY | 1u << F_WITH;
}

static void fill(struct web *web, const struct thing_spot *spot, const struct thing_aids *aids,
                 const struct thing *thing, struct form_values *values)
{
    (void)web;
    (void)spot;
    (void)aids;
    if (thing)
        form_set(values, "group-plan-day", thing_said(thing, "group-plan-day"));
}

static enum status keep(struct web *web, struct thing_spot *spot, const struct thing_aids *aids,
                        struct thing_id id, int version, struct thing *ret_now)
{
    const struct child_plan_id plan = {id.v};
    int kept = 0;
    (void)aids;
    struct child_plan_draft draft = {.conversation = spot->place.conversation,
                                     .question = form_text(&web->form, "question"),
                                     .goal = thing_goal_sent(web),
                                     .due_on = form_date(&web->form, "due_on"),
                                     .look_on = form_date(&web->form, "look_on")};
    for (int i = 0; i < PLAN_PARTS_; i++)
        if (i != PLAN_OUTCOME && i != PLAN_NEXT)
            draft.parts[i] = form_text(&web->form, plan_part_name((enum plan_part)i));
    struct date day = form_date(&web->form, "group-plan-day"); /* as people type it */
    draft.parts[PLAN_GROUP_DAY] = arena_strdup(web->arena, date_text(day).s);
    if (str_is_blank(draft.parts[PLAN_CAN]) && str_is_blank(draft.parts[PLAN_SOON]) &&
        str_is_blank(draft.parts[PLAN_DOING])) {
        form_error(&web->form, "soon", N_("Write down what you want, or what you do."));
        return ERR_INVALID;
    }
    return version ? child_plan_change(&web->work, plan, version, &draft, &kept, ret_now)
                   : child_plan_make(&web->work, spot->place.pupil, plan, &draft);
}

/* --- the card and the sheet
 * ----------------------------------------------------------------------- */

static enum status fill_card(struct web *web, const struct thing_spot *spot,
                             const struct thing_aids *aids, const struct thing *thing,
                             struct thing_card *card)
{
    const struct child_plan plan = child_plan_of_thing(thing);
    const struct {
        const char *label;
        enum plan_part part;
    } facts[] = {
        {_("This I can already"), PLAN_CAN},       {_("This I do"), PLAN_DOING},
        {_("My teacher"), PLAN_TEACHER},           {_("At home"), PLAN_GUARDIANS},
        {_("This helps as well"), PLAN_MATERIALS}, {_("How we notice"), PLAN_NOTICE},
        {_("How it went"), PLAN_OUTCOME},          {_("What comes next"), PLAN_NEXT},
    };
    (void)aids;
    card->state_class = "pill--ok";
    card->state_icon = "history";
    card->may_lesson = is_staff_alone(spot);
    if (spot->is_shared) /* without a field for it, it is left as it stands */
        card->lesson = "";
    for (size_t i = 0; i < ARRAY_LEN(facts); i++)
        if (plan.parts[facts[i].part] != card->title)
            thing_fact(card, facts[i].label, plan.parts[facts[i].part]);
    thing_fact(card, _("We look back"), card->is_open ? thing_day(web, plan.look_on) : "");
    if (!card->act_url)
        return OK;
    /* On the shared screen the lesson has no field: looking back is done on the plan's own page. */
    card->may_evaluate = card->is_open && !spot->is_shared && !spot->is_young;
    if (!card->is_open)
        thing_act(card, "open", _("Take it up again"), "undo-2");
    return OK;
}

static bool may_form(const struct thing_spot *spot, const struct thing *thing)
{
    return !(spot->is_shared && !spot->is_self && *thing_said(thing, THING_OWN_PART));
}

static const char *with_day(struct web *web, const char *text, struct date day)
{
    return date_is_set(day) ? arena_printf(web->arena, "%s%s%s", text, *text ? ", " : "",
                                           tr_date_full(web->tr, web->arena, day))
                            : text;
}

static enum status make_sheet(struct web *web, const struct thing_spot *spot,
                              const struct thing_aids *aids, const struct thing *thing,
                              const struct plan_sheet **ret)
{
    struct plan_sheet *sheet = ARENA_NEW(web->arena, struct plan_sheet);
    struct child_plan *plan = ARENA_NEW(web->arena, struct child_plan);
    struct date group_day = {0};
    if (!sheet || !plan)
        return ERR_NOMEM;
    *plan = child_plan_of_thing(thing);
    if (*plan->parts[PLAN_GROUP_DAY] && date_parse(plan->parts[PLAN_GROUP_DAY], &group_day) != OK)
        return ERR_CORRUPT;
    *sheet = (struct plan_sheet){
        .plan = plan,
        .title = trf(web->tr, web->arena, "Plan of {0}", 1, spot->call),
        .made = trf(web->tr, web->arena, "Made {0}", 1, thing_day(web, plan->from_on)),
        .group_plan = with_day(web, plan->parts[PLAN_GROUP], group_day),
        .goal = "",
        .due_on = thing_day(web, plan->due_on),
        .look_on = thing_day(web, plan->look_on),
        .evaluated_on = thing_day(web, plan->evaluated_on)};
    for (size_t i = 0; i < aids->goal_count; i++)
        if (thing->goal.v && aids->goals[i].id.v == thing->goal.v)
            sheet->goal = thing_headline(THING_GOAL, &aids->goals[i].said);
    *ret = sheet;
    return OK;
}

static enum status fill_page(struct web *web, const struct thing_spot *spot,
                             const struct thing_aids *aids, const struct thing *thing,
                             struct thing_view *view, struct thing_card *card)
{
    const struct plan_sheet *sheet = NULL;
    enum status st = make_sheet(web, spot, aids, thing, &sheet);
    view->sheet = sheet;
    view->draw_sheet = html_child_plan_sheet;
    card->fact_count = 0; /* the sheet says it */
    if (!spot->is_self)
        thing_fact(card, _("Teacher only: how this changes my teaching"),
                   thing_said(thing, THING_OWN_PART));
    return st;
}

static enum status evaluate(struct web *web, const struct thing_spot *spot,
                            const struct thing *thing)
{
    (void)spot;
    return child_plan_evaluate(&web->work, (struct child_plan_id){thing->id.v},
                               form_text(&web->form, "text"), form_text(&web->form, "next"),
                               form_text(&web->form, "lesson"));
}

static const struct thing_deed deeds[] = {{"evaluate", evaluate}, {NULL, NULL}};

/* --- pages
 * ---------------------------------------------------------------------------------------- */

static const struct thing_pages pages = {
    .rules = &child_plan_rules,
    .param = PARAM_PLAN,
    .form = &form,
    .tab = TAB_PLAN,
    .path = "plan",
    .list_path = "plan",
    .prefix = "p",
    .states = states,
    .picture = "t-doel",
    .key = "plan",
    .one = N_("Plan of {0}"),
    .many = N_("Plan"),
    .own_many = N_("My plan"),
    .add = N_("New plan"),
    .button = N_("Keep"),
    .empty = N_("No plan yet. It is filled in together."),
    .own_empty = N_("You have no plan yet."),
    .has_own_page = true,
    .opens_new = true,
    .fill = fill,
    .hidden = hidden_fields,
    .card = fill_card,
    .page = fill_page,
    .may_form = may_form,
    .keep = keep,
    .deeds = deeds,
};

static enum status load(struct web *web, const struct outcome_place *place, const void **ret_view,
                        bool *ret_any)
{
    return thing_pages_block(web, &pages, place, ret_view, ret_any);
}

const struct outcome_block child_plan_block = {.outcome = OUTCOME_PLAN,
                                               .name = "plan",
                                               .load = load,
                                               .edit = html_thing_block_edit,
                                               .read = html_thing_block_read,
                                               .text = thing_block_text};

const struct route child_plan_routes[] = {
    {HTTP_GET, "/leerling/:pupil/plan", .right = RIGHT_PUPIL_READ, .run = thing_pages_list,
     .about = &pages},
    {HTTP_GET, "/leerling/:pupil/plan/:plan", .right = RIGHT_PUPIL_READ, .run = thing_pages_one,
     .about = &pages},
    {HTTP_POST, "/leerling/:pupil/plan/:plan", .right = RIGHT_PUPIL_WRITE, .form = &form,
     .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/leerling/:pupil/plan/:plan/doe", .right = RIGHT_PUPIL_WRITE,
     .form = &thing_act_form, .run = thing_pages_act, .about = &pages},
    {HTTP_POST, "/gesprek/:conversation/plan/:plan", .right = RIGHT_CONVERSATION_WRITE,
     .form = &form, .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/gesprek/:conversation/plan/:plan/doe", .right = RIGHT_CONVERSATION_WRITE,
     .form = &thing_act_form, .run = thing_pages_act, .about = &pages},
    {HTTP_GET, "/ik/plan", .right = RIGHT_PUPIL_SELF, .run = thing_pages_list, .about = &pages},
    {HTTP_GET, "/ik/plan/:plan", .right = RIGHT_PUPIL_SELF, .run = thing_pages_one,
     .about = &pages},
    {HTTP_POST, "/ik/plan/:plan", .right = RIGHT_PUPIL_SELF, .form = &form, .run = thing_pages_save,
     .about = &pages},
    {HTTP_POST, "/ik/plan/:plan/doe", .right = RIGHT_PUPIL_SELF, .form = &thing_act_form,
     .run = thing_pages_act, .about = &pages},
    {HTTP_POST, "/ik/gesprek/:conversation/plan/:plan", .right = RIGHT_CONVERSATION_SELF,
     .form = &form, .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/ik/gesprek/:conversation/plan/:plan/doe", .right = RIGHT_CONVERSATION_SELF,
     .form = &thing_act_form, .run = thing_pages_act, .about = &pages},
    {0},
};
