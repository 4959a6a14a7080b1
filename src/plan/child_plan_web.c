#include "plan/child_plan_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/child_plan_html.h"
#include "gen/thing_html.h"
#include "goal/thing_web.h"
#include "plan/child_plan.h"
#include "web/web.h"

#define LIST "plan"
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
    PART("notice", N_("How do we notice that it works?")),
    {.name = "with", .kind = FIELD_TEXT, .max = 200, .label = N_("Filled in with whom?")},
    {.name = "group-plan",
     .kind = FIELD_TEXT,
     .max = 200,
     .label = N_("Belongs to which group plan?")},
    {.name = "look_on", .kind = FIELD_DATE, .label = N_("When do we look back?")},
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
    F_NOTICE,
    F_WITH,
    F_GROUP,
    F_LOOK,
    F_LESSON
};

/* Outcome and what comes next are asked when it is looked back on. */
static const enum plan_part asked[] = {PLAN_CAN,       PLAN_SOON,      PLAN_DOING,  PLAN_TEACHER,
                                       PLAN_GUARDIANS, PLAN_MATERIALS, PLAN_NOTICE, PLAN_WITH,
                                       PLAN_GROUP,     PLAN_LESSON};

static const char *const states[] = {
    [0] = "", [PLAN_OPEN] = "", [PLAN_EVALUATED] = N_("looked back on")};

static unsigned hidden_fields(const struct thing_spot *spot)
{
    unsigned hidden = 0;
    if (spot->is_self || spot->is_shared)
        hidden |= 1u << F_LESSON | 1u << F_GROUP | 1u << F_WITH;
    if (spot->is_young)
        hidden |= 1u << F_HOME | 1u << F_MATERIALS | 1u << F_NOTICE | 1u << F_LOOK;
    return hidden;
}

static enum status make_form(struct web *web, const struct thing_spot *spot,
                             struct child_plan_id id, const struct child_plan *plan,
                             struct thing_form **ret)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct thing_form *made = ARENA_NEW(web->arena, struct thing_form);
    if (!values || !made)
        return ERR_NOMEM;
    form_begin(values, &form);
    thing_form_common(web, spot, values, plan ? plan->version : 0);
    for (size_t i = 0; plan && i < ARRAY_LEN(asked); i++)
        form_set(values, plan_part_name(asked[i]), plan->parts[asked[i]]);
    if (plan)
        form_set(values, "look_on", arena_strdup(web->arena, date_text(plan->look_on).s));
    *made = (struct thing_form){
        .values = values,
        .action = arena_printf(web->arena, "%s/" LIST "/%s", spot->base, id_text(id.v).s),
        .prefix = arena_printf(web->arena, "p%s", id_text(id.v).s),
        .is_change = plan != NULL,
        .title = plan ? _("Change") : _("New plan"),
        .button = _("Keep"),
        .hidden = hidden_fields(spot)};
    *ret = made;
    return OK;
}

static enum status make_card(struct web *web, const struct thing_spot *spot,
                             const struct child_plan *plan, struct thing_card *card)
{
    struct thing_form *change = NULL;
    enum status st = OK;
    bool staff_alone = !spot->is_self && !spot->is_shared;
    const char *soon = plan->parts[PLAN_SOON];
    *card = (struct thing_card){.id = arena_strdup(web->arena, id_text(plan->id.v).s),
                                .title = *soon                      ? soon
                                         : *plan->parts[PLAN_DOING] ? plan->parts[PLAN_DOING]
                                                                    : plan->parts[PLAN_CAN],
                                .picture = "t-doel",
                                .state = tr(web->tr, states[plan->state]),
                                .state_class = "pill--ok",
                                .state_icon = "history",
                                .back = spot->back,
                                .fresh = "",
                                .party = "",
                                .outcome = plan->parts[PLAN_OUTCOME],
                                .next = plan->parts[PLAN_NEXT],
                                /* without a field for it, it is left as it stands */
                                .lesson = plan->parts[PLAN_LESSON],
                                .may_lesson = staff_alone,
                                .is_open = plan->state == PLAN_OPEN};
    if (spot->is_shared)
        card->lesson = "";
    thing_voice(web, spot, VOICE_TOGETHER, card);
    thing_fact(card, _("This I can already"), plan->parts[PLAN_CAN]);
    thing_fact(card, _("This I do"), *soon ? plan->parts[PLAN_DOING] : "");
    thing_fact(card, _("My teacher"), plan->parts[PLAN_TEACHER]);
    thing_fact(card, _("At home"), plan->parts[PLAN_GUARDIANS]);
    thing_fact(card, _("This helps as well"), plan->parts[PLAN_MATERIALS]);
    thing_fact(card, _("How we notice"), plan->parts[PLAN_NOTICE]);
    thing_fact(card, _("We look back"), card->is_open ? thing_day(web, plan->look_on) : "");
    thing_fact(card, _("How it went"), plan->parts[PLAN_OUTCOME]);
    thing_fact(card, _("What comes next"), plan->parts[PLAN_NEXT]);
    if (!spot->place.conversation.v)
        card->url = arena_printf(web->arena, "%s/" LIST "/%s", spot->base, card->id);
    if (!spot->may_write)
        return OK;
    card->act_url = arena_printf(web->arena, "%s/" LIST "/%s/doe", spot->base, card->id);
    /* On the shared screen the lesson has no field, so looking back is done on the plan's own page.
     */
    card->may_evaluate = card->is_open && !spot->is_shared && !spot->is_young;
    if (!card->is_open)
        thing_act(card, "open", _("Take it up again"), "undo-2");
    if (card->is_open && !(spot->is_shared && !spot->is_self && *plan->parts[PLAN_LESSON]) &&
        thing_may_change(&web->actor, VOICE_TOGETHER, plan->author_kind, plan->author)) {
        st = make_form(web, spot, plan->id, plan, &change);
        card->form = change;
    }
    return st;
}

/* --- pages
 * ---------------------------------------------------------------------------------------- */

static enum status list_page(struct web *web)
{
    struct things_view *view = ARENA_NEW(web->arena, struct things_view);
    struct thing_form *fresh = NULL;
    struct thing_spot spot;
    struct child_plan *list = NULL;
    size_t count = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = child_plan_of_pupil(&web->work, spot.place.pupil, (struct conversation_id){0}, &list,
                                 &count);
    struct thing_card *cards = ARENA_ARRAY(web->arena, struct thing_card, count);
    if (st == OK && !cards)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = make_card(web, &spot, &list[i], &cards[i]);
    if (st == OK)
        st = make_form(web, &spot, (struct child_plan_id){work_new_id(&web->work)}, NULL, &fresh);
    if (st != OK)
        return st;
    view->sections[0] =
        (struct thing_section){.title = _("Plan"),
                               .lead = "",
                               .empty = spot.is_self ? _("You have no plan yet.")
                                                     : _("No plan yet. It is filled in together."),
                               .art = "t-doel",
                               .key = "plans",
                               .cards = cards,
                               .count = count,
                               .form = fresh};
    view->section_count = 1;
    view->title = _("My plan");
    view->is_young = spot.is_young;
    return things_page(web, view, TAB_PLAN);
}

static enum status make_sheet(struct web *web, const struct thing_spot *spot,
                              const struct child_plan *plan, const struct plan_sheet **ret)
{
    struct plan_sheet *sheet = ARENA_NEW(web->arena, struct plan_sheet);
    if (!sheet)
        return ERR_NOMEM;
    *sheet = (struct plan_sheet){
        .plan = plan,
        .title = trf(web->tr, web->arena, "Plan of {0}", 1, spot->call),
        .made = trf(web->tr, web->arena, "Made {0}", 1, thing_day(web, plan->from_on)),
        .look_on = thing_day(web, plan->look_on),
        .evaluated_on = thing_day(web, plan->evaluated_on),
        .has_lesson = !spot->is_self && *plan->parts[PLAN_LESSON]};
    *ret = sheet;
    return OK;
}

static enum status fill_one(struct web *web, const struct thing_spot *spot,
                            const struct child_plan *plan, struct thing_card *card,
                            struct thing_view *view)
{
    struct thing_version *versions = NULL;
    const struct plan_sheet *sheet = NULL;
    enum status st = make_card(web, spot, plan, card);
    if (st == OK)
        st = make_sheet(web, spot, plan, &sheet);
    if (st == OK && !spot->is_self)
        st = child_plan_versions(&web->work, plan->id, &versions, &view->history_count);
    if (st == OK && !spot->is_self)
        st = thing_histories(web, spot, versions, view->history_count, states, "soon",
                             &view->history);
    view->sheet = sheet;
    view->draw_sheet = html_child_plan_sheet;
    card->fact_count = 0; /* the sheet says it */
    if (sheet && sheet->has_lesson)
        thing_fact(card, _("Teacher only: how this changes my teaching"), plan->parts[PLAN_LESSON]);
    return st;
}

static enum status show(struct web *web, struct child_plan_id id, bool sent, const char *theirs)
{
    struct thing_view *view = ARENA_NEW(web->arena, struct thing_view);
    struct thing_card *card = ARENA_NEW(web->arena, struct thing_card);
    struct child_plan *plan = ARENA_NEW(web->arena, struct child_plan);
    struct thing_form *change = NULL;
    struct thing_spot spot;
    if (!view || !card || !plan)
        return ERR_NOMEM;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = child_plan_find(&web->work, id, plan);
    bool is_new = st == ERR_NOT_FOUND && sent;
    if (st == OK && plan->pupil.v != spot.place.pupil.v)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = fill_one(web, &spot, plan, card, view);
    if (is_new) {
        *card = (struct thing_card){.id = "", .title = "", .party = "", .picture = "t-doel"};
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
    view->list = _("Plan");
    view->list_url = LIST;
    view->title = trf(web->tr, web->arena, "Plan of {0}", 1, spot.call);
    return thing_page(web, &spot, view);
}

static enum status plan_page(struct web *web)
{
    return show(web, (struct child_plan_id){web->ids[PARAM_PLAN]}, false, NULL);
}

/* --- keeping
 * -------------------------------------------------------------------------------------- */

static enum status save(struct web *web)
{
    struct child_plan_id id = {web->ids[PARAM_PLAN]};
    struct child_plan now = {.id = {0}};
    struct thing_spot spot;
    int version = thing_version_sent(web), kept = 0;
    enum status st = thing_spot(web, &spot);
    if (st != OK)
        return st;
    struct child_plan_draft draft = {.conversation = spot.place.conversation,
                                     .question = form_text(&web->form, "question"),
                                     .look_on = form_date(&web->form, "look_on")};
    for (size_t i = 0; i < ARRAY_LEN(asked); i++)
        draft.parts[asked[i]] = form_text(&web->form, plan_part_name(asked[i]));
    if (str_is_blank(draft.parts[PLAN_CAN]) && str_is_blank(draft.parts[PLAN_SOON]) &&
        str_is_blank(draft.parts[PLAN_DOING]))
        form_error(&web->form, "soon", N_("Write down what you want, or what you do."));
    if (!form_valid(&web->form))
        return show(web, id, true, NULL);
    st = version ? child_plan_change(&web->work, id, version, &draft, &kept, &now)
                 : child_plan_make(&web->work, spot.place.pupil, id, &draft);
    if (st == ERR_INVALID) {
        form_error(&web->form, "look_on", N_("Choose today or a day after."));
        return show(web, id, true, NULL);
    }
    if (st == ERR_CONFLICT && now.id.v) {
        form_set(&web->form, "version", arena_printf(web->arena, "%d", now.version));
        return show(web, id, true, now.parts[PLAN_SOON]);
    }
    return st == OK ? thing_go_back(web, &spot, LIST, id.v) : st;
}

static enum status act(struct web *web)
{
    struct child_plan_id id = {web->ids[PARAM_PLAN]};
    const char *what = form_text(&web->form, "do");
    struct thing_spot spot;
    struct child_plan plan;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = child_plan_find(&web->work, id, &plan);
    if (st == OK && plan.pupil.v != spot.place.pupil.v)
        st = ERR_NOT_FOUND;
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, id, false, NULL);
    if (str_equal(what, "evaluate"))
        st = child_plan_evaluate(&web->work, id, form_text(&web->form, "text"),
                                 form_text(&web->form, "next"), form_text(&web->form, "lesson"));
    else if (str_equal(what, "open"))
        st = child_plan_reopen(&web->work, id);
    else
        st = ERR_INVALID;
    if (st == ERR_INVALID) {
        st = show(web, id, false, NULL);
        return st == OK ? web_problem(web, N_("That could not be kept. Look at it once more."))
                        : st;
    }
    return st == OK ? thing_go_back(web, &spot, LIST, id.v) : st;
}

static enum status load(struct web *web, const struct outcome_place *place, const void **ret_view,
                        bool *ret_any)
{
    struct thing_block *block = ARENA_NEW(web->arena, struct thing_block);
    struct thing_form *fresh = NULL;
    struct thing_spot spot;
    struct child_plan *list = NULL;
    size_t count = 0;
    if (!block)
        return ERR_NOMEM;
    *ret_view = block;
    enum status st = thing_spot_of(web, place, &spot);
    if (st != OK || !spot.place.pupil.v)
        return st;
    const struct thing_place dossier = {spot.place.pupil, {0}};
    struct conversation_id of = thing_may_read(&web->work, dossier) == OK
                                    ? (struct conversation_id){0}
                                    : spot.place.conversation;
    st = child_plan_of_pupil(&web->work, spot.place.pupil, of, &list, &count);
    struct thing_card *cards = ARENA_ARRAY(web->arena, struct thing_card, count);
    struct thing_card *earlier = ARENA_ARRAY(web->arena, struct thing_card, count);
    if (st == OK && (!cards || !earlier))
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        bool here = list[i].conversation.v == spot.place.conversation.v;
        if (here && str_equal(list[i].question, spot.question))
            st = make_card(web, &spot, &list[i], &cards[block->count++]);
        else if (!here && place->may_write && list[i].state == PLAN_OPEN)
            st = make_card(web, &spot, &list[i], &earlier[block->earlier_count++]);
    }
    if (st == OK && place->may_write)
        st = make_form(web, &spot, (struct child_plan_id){work_new_id(&web->work)}, NULL, &fresh);
    block->key = "plan";
    block->cards = cards;
    block->earlier = earlier;
    block->form = fresh;
    block->is_self = spot.is_self;
    block->is_young = spot.is_young;
    *ret_any = block->count > 0;
    return st;
}

const struct outcome_block child_plan_block = {.outcome = OUTCOME_PLAN,
                                               .name = "plan",
                                               .load = load,
                                               .edit = html_thing_block_edit,
                                               .read = html_thing_block_read,
                                               .text = thing_block_text};

const struct route child_plan_routes[] = {
    {HTTP_GET, "/leerling/:pupil/plan", .right = RIGHT_PUPIL_READ, .run = list_page},
    {HTTP_GET, "/leerling/:pupil/plan/:plan", .right = RIGHT_PUPIL_READ, .run = plan_page},
    {HTTP_POST, "/leerling/:pupil/plan/:plan", .right = RIGHT_PUPIL_WRITE, .form = &form,
     .run = save},
    {HTTP_POST, "/leerling/:pupil/plan/:plan/doe", .right = RIGHT_PUPIL_WRITE,
     .form = &thing_act_form, .run = act},
    {HTTP_POST, "/gesprek/:conversation/plan/:plan", .right = RIGHT_CONVERSATION_WRITE,
     .form = &form, .run = save},
    {HTTP_POST, "/gesprek/:conversation/plan/:plan/doe", .right = RIGHT_CONVERSATION_WRITE,
     .form = &thing_act_form, .run = act},
    {HTTP_GET, "/ik/plan", .right = RIGHT_PUPIL_SELF, .run = list_page},
    {HTTP_GET, "/ik/plan/:plan", .right = RIGHT_PUPIL_SELF, .run = plan_page},
    {HTTP_POST, "/ik/plan/:plan", .right = RIGHT_PUPIL_SELF, .form = &form, .run = save},
    {HTTP_POST, "/ik/plan/:plan/doe", .right = RIGHT_PUPIL_SELF, .form = &thing_act_form,
     .run = act},
    {HTTP_POST, "/ik/gesprek/:conversation/plan/:plan", .right = RIGHT_CONVERSATION_SELF,
     .form = &form, .run = save},
    {HTTP_POST, "/ik/gesprek/:conversation/plan/:plan/doe", .right = RIGHT_CONVERSATION_SELF,
     .form = &thing_act_form, .run = act},
    {0},
};
