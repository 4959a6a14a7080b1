#include "conversation/plan_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/method_options_web.h"
#include "gen/plan_html.h"
#include "group/group.h"
#include "method/store.h"
#include "pupil/pupil.h"
#include "web/web.h"

#define NEW_IN_DAYS 7 /* the day that a new plan proposes */

#define MOMENT_FIELDS                                                                              \
    {.name = "day", .kind = FIELD_DATE, .label = N_("Day")},                                       \
        {.name = "time", .kind = FIELD_TIME, .label = N_("Time")},                                 \
        {.name = "minutes", .kind = FIELD_NUMBER, .min_value = 1, .max_value = 180,                \
         .label = N_("Minutes"), .hint = N_("Empty: as long as this kind usually takes.")},        \
        {.name = "place", .kind = FIELD_TEXT, .max = CONVERSATION_PLACE_MAX,                       \
         .label = N_("Place"), .hint = N_("Quiet, and next to each other.")}

static const struct field plan_fields[] = {
    {.name = "method", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX,
     .label = N_("Kind of conversation")},
    MOMENT_FIELDS,
    {.name = "aim", .kind = FIELD_TEXT, .max = CONVERSATION_AIM_MAX, .label = N_("What it is for"),
     .hint = N_("Stands in the invitation, so that the pupil knows beforehand.")},
    {.name = "follows", .kind = FIELD_ID},
    {.name = "pupil", .kind = FIELD_IDS, .label = N_("With whom")}, /* of a group */
};
const struct form plan_form = {.fields = plan_fields, .count = ARRAY_LEN(plan_fields)};

static const struct field follow_fields[] = {
    {.name = "vervolg", .kind = FIELD_ID},
};
FORM(follow_form, follow_fields);

static const struct field merge_fields[] = {
    {.name = "other", .kind = FIELD_ID, .required = true, .label = N_("The other one, which is cancelled"),
     .hint = N_("What was prepared for it goes along, when nothing was prepared for this one.")},
};
FORM(merge_form, merge_fields);

static const struct field move_fields[] = {MOMENT_FIELDS};
FORM(move_form, move_fields);

static const struct field cancel_fields[] = {
    {.name = "reason", .kind = FIELD_TEXT, .max = 200, .label = N_("Why it does not take place")},
};
FORM(cancel_form, cancel_fields);

static const struct field talk_fields[] = {
    {.name = "day", .kind = FIELD_DATE, .required = true, .label = N_("Day")},
    {.name = "note", .kind = FIELD_TEXT, .max = CONVERSATION_AIM_MAX,
     .label = N_("What it was about")},
    {.name = "back", .kind = FIELD_HIDDEN, .max = 20},
};
FORM(talk_form, talk_fields);

/* The band of the pupil's home group of this year; BAND_NONE when there is none. */
static enum status band_of(struct web *web, struct pupil_id pupil, enum band *ret_band)
{
    struct pupil_membership *groups = NULL;
    size_t count = 0;
    enum status st = group_of_pupil(&web->work, pupil, &groups, &count);
    *ret_band = BAND_NONE;
    for (size_t i = 0; st == OK && i < count && *ret_band == BAND_NONE; i++)
        if (groups[i].is_active_year && !date_is_set(groups[i].until_on))
            *ret_band = (enum band)groups[i].group.age_band;
    return st;
}

static enum status last_heard(struct web *web, struct pupil_id pupil, const char **ret_last)
{
    struct conversation *list = NULL;
    size_t count = 0;
    enum status st = conversation_of_pupil(&web->work, pupil, &list, &count);
    *ret_last = _("No conversation yet.");
    for (size_t i = 0; st == OK && i < count; i++) {
        if (date_is_set(list[i].held_on) && list[i].state >= CONVERSATION_CLOSED &&
            list[i].state != CONVERSATION_CANCELLED) {
            *ret_last = trf(web->tr, web->arena, "Last conversation: {0}.", 1,
                            tr_date_day(web->tr, web->arena, list[i].held_on, web->work.today));
            break;
        }
    }
    return st;
}

static enum status show_plan(struct web *web, struct conversation_id id,
                             const struct form_values *values)
{
    struct plan_view *view = ARENA_NEW(web->arena, struct plan_view);
    struct pupil pupil;
    enum band band = BAND_NONE;
    if (!view)
        return ERR_NOMEM;
    *view = (struct plan_view){.form = values, .id = id, .pupil = web_pupil(web)};
    enum status st = pupil_find(&web->work, view->pupil, &pupil);
    if (st == OK)
        st = band_of(web, view->pupil, &band);
    if (st == OK)
        st = method_options(web, 1u << ABOUT_PUPIL | 1u << ABOUT_STAFF, band, &view->methods,
                            &view->method_count);
    if (st == OK)
        st = last_heard(web, view->pupil, &view->last);
    if (st != OK)
        return st;
    view->full = person_full(web->arena, &pupil.person);
    view->call = person_call(web->arena, &pupil.person);
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "Plan a conversation with {0}", 1, view->call),
                    html_plan_page, view);
}

/* A follow-up begins as what it follows: the same kind, as long, in the same place. */
static enum status fill_follow(struct web *web, struct conversation_id before,
                               struct form_values *values)
{
    struct conversation c;
    if (!before.v)
        return OK;
    enum status st = conversation_open(&web->work, RIGHT_CONVERSATION_READ, before, &c);
    if (st != OK)
        return st;
    form_set(values, "follows", arena_strdup(web->arena, id_text(before.v).s));
    if (c.is_informal) /* nothing of the plan was ever there */
        return OK;
    form_set(values, "method", c.method_key);
    form_set(values, "minutes", arena_printf(web->arena, "%d", c.minutes));
    form_set(values, "place", c.place);
    return OK;
}

struct date plan_next_day(const struct web *web)
{
    struct date day = date_add_days(web->work.today, NEW_IN_DAYS);
    while (date_weekday(day) > 5)
        day = date_add_days(day, 1);
    return day;
}

static enum status plan_page(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct conversation_id before = {form_number(&web->form, "vervolg")};
    if (!values)
        return ERR_NOMEM;
    web->form.form = NULL;
    form_begin(values, &plan_form);
    enum status st = fill_follow(web, before, values);
    if (st != OK)
        return st;
    form_set(values, "day", arena_strdup(web->arena, date_text(plan_next_day(web)).s));
    return show_plan(web, (struct conversation_id){work_new_id(&web->work)}, values);
}

bool plan_moment_of(struct form_values *form, struct date *ret_on, int *ret_at)
{
    bool has_time = form_text(form, "time")[0];
    *ret_on = form_date(form, "day");
    *ret_at = has_time ? (int)form_number(form, "time") : -1;
    if (has_time && !date_is_set(*ret_on))
        form_error(form, "day", N_("Choose a day for this time."));
    return form_valid(form);
}

static enum status plan_it(struct web *web)
{
    struct conversation_draft draft = {.method_key = form_text(&web->form, "method"),
                                       .pupil = web_pupil(web),
                                       .minutes = (int)form_number(&web->form, "minutes"),
                                       .place = form_text(&web->form, "place"),
                                       .aim = form_text(&web->form, "aim"),
                                       .follows = {form_number(&web->form, "follows")}};
    struct conversation_id id = web_conversation(web);
    if (!plan_moment_of(&web->form, &draft.planned_on, &draft.planned_at))
        return show_plan(web, id, &web->form);
    enum status st = conversation_plan(&web->work, id, &draft);
    if (st == ERR_INVALID) {
        form_error(&web->form, "day", N_("Choose a kind of conversation and a day within a year."));
        return show_plan(web, id, &web->form);
    }
    return st == OK ? web_redirect(web, "/gesprek/%s?ok=gepland", id_text(id.v).s) : st;
}

static enum status note_talk(struct web *web)
{
    struct pupil_id pupil = web_pupil(web);
    struct conversation_id id = web_conversation(web);
    enum status st = ERR_INVALID;
    if (form_valid(&web->form))
        st = conversation_note_informal(&web->work, id, pupil, form_date(&web->form, "day"),
                                        form_text(&web->form, "note"));
    if (st == ERR_INVALID && form_valid(&web->form))
        form_error(&web->form, "day", N_("Choose a day of this school year, up to today."));
    if (st == ERR_INVALID) {
        struct plan_view *view = ARENA_NEW(web->arena, struct plan_view);
        struct pupil found;
        if (!view)
            return ERR_NOMEM;
        st = pupil_find(&web->work, pupil, &found);
        *view = (struct plan_view){.form = &web->form, .id = id, .pupil = pupil};
        if (st != OK)
            return st;
        view->full = person_full(web->arena, &found.person);
        view->call = person_call(web->arena, &found.person);
        web->reply.page.nav = NAV_HOME;
        return web_page(web, trf(web->tr, web->arena, "Talked with {0}", 1, view->call),
                        html_talked_page, view);
    }
    if (st != OK)
        return st;
    if (web->autosave)
        return web_saved(web, 1);
    return str_equal(form_text(&web->form, "back"), "group")
               ? web_redirect(web, "/?ok=gesproken")
               : web_redirect(web, "/leerling/%s?ok=gesproken", id_text(pupil.v).s);
}

/* --- moving and cancelling -------------------------------------------------------------------------- */

/* What a conversation is about: a link and a name. */
static enum status about_of(struct web *web, const struct conversation *c, const char **ret_url,
                            const char **ret_name)
{
    if (c->pupil.v) {
        struct pupil pupil;
        enum status st = pupil_find(&web->work, c->pupil, &pupil);
        *ret_url = arena_printf(web->arena, "/leerling/%s", id_text(c->pupil.v).s);
        *ret_name = st == OK ? person_full(web->arena, &pupil.person) : "";
        return st;
    }
    struct group group;
    enum status st = group_find(&web->work, c->group, &group);
    *ret_url = arena_printf(web->arena, "/groep/%s", id_text(c->group.v).s);
    *ret_name = st == OK ? group.name : "";
    return st;
}

/* Other open conversations about the same pupil, for putting together. */
static enum status others_of(struct web *web, const struct conversation *c, struct move_view *view)
{
    struct conversation *list = NULL;
    size_t count = 0;
    if (!c->pupil.v)
        return OK;
    enum status st = conversation_of_pupil(&web->work, c->pupil, &list, &count);
    if (st == ERR_NOT_FOUND) /* who takes part only knows this one */
        return OK;
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, count);
    if (st == OK && !options)
        st = ERR_NOMEM;
    view->others = options;
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct method *method = NULL;
        if (list[i].id.v == c->id.v || !list[i].pupil.v || list[i].state >= CONVERSATION_UNDER_WAY)
            continue;
        st = method_by_version(&web->work, list[i].method_version, &method);
        if (st != OK)
            break;
        options[view->other_count++] = (struct form_option){
            arena_strdup(web->arena, id_text(list[i].id.v).s),
            arena_printf(web->arena, "%s, %s", method_say(&method->title, tr_code(web->tr)),
                         plan_moment(web, list[i].planned_on, list[i].planned_at))};
    }
    return st;
}

static enum status show_move(struct web *web, const struct form_values *move,
                             const struct form_values *cancel)
{
    struct form_values *merge = ARENA_NEW(web->arena, struct form_values);
    if (!merge)
        return ERR_NOMEM;
    form_begin(merge, &merge_form);
    struct move_view *view = ARENA_NEW(web->arena, struct move_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    if (!view || !c)
        return ERR_NOMEM;
    *view = (struct move_view){
        .form = move,
        .cancel_form = cancel,
        .merge_form = web->form.form == &merge_form ? &web->form : merge,
        .conversation = c};
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), c);
    if (st == OK)
        st = about_of(web, c, &view->about_url, &view->about);
    if (st == OK)
        st = others_of(web, c, view);
    if (st != OK)
        return st;
    view->title = method_say(&c->method->title, tr_code(web->tr));
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Move or cancel"), html_move_page, view);
}

static enum status fill_move(struct web *web, struct form_values *values)
{
    struct conversation c;
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), &c);
    if (st != OK)
        return st;
    form_begin(values, &move_form);
    form_set(values, "day", arena_strdup(web->arena, date_text(c.planned_on).s));
    if (c.planned_at >= 0)
        form_set(values, "time",
                 arena_printf(web->arena, "%02d:%02d", c.planned_at / 60, c.planned_at % 60));
    form_set(values, "minutes", arena_printf(web->arena, "%d", c.minutes));
    form_set(values, "place", c.place);
    return OK;
}

static enum status move_page(struct web *web)
{
    struct form_values *move = ARENA_NEW(web->arena, struct form_values);
    struct form_values *cancel = ARENA_NEW(web->arena, struct form_values);
    if (!move || !cancel)
        return ERR_NOMEM;
    form_begin(cancel, &cancel_form);
    enum status st = fill_move(web, move);
    return st == OK ? show_move(web, move, cancel) : st;
}

static enum status move_it(struct web *web)
{
    struct form_values *cancel = ARENA_NEW(web->arena, struct form_values);
    struct conversation_moment moment = {.minutes = (int)form_number(&web->form, "minutes"),
                                         .place = form_text(&web->form, "place")};
    if (!cancel)
        return ERR_NOMEM;
    form_begin(cancel, &cancel_form);
    if (form_valid(&web->form) && !moment.minutes)
        form_error(&web->form, "minutes", N_("Fill this in."));
    if (!plan_moment_of(&web->form, &moment.planned_on, &moment.planned_at))
        return show_move(web, &web->form, cancel);
    enum status st = conversation_move(&web->work, web_conversation(web), &moment);
    if (st == ERR_INVALID) {
        form_error(&web->form, "day", N_("Choose a day within a year."));
        return show_move(web, &web->form, cancel);
    }
    return st == OK ? web_redirect(web, "/gesprek/%s?ok=verzet",
                                   id_text(web_conversation(web).v).s)
                    : st;
}

static enum status cancel_it(struct web *web)
{
    struct form_values *move = ARENA_NEW(web->arena, struct form_values);
    if (!move)
        return ERR_NOMEM;
    if (!form_valid(&web->form)) {
        enum status filled = fill_move(web, move);
        return filled == OK ? show_move(web, move, &web->form) : filled;
    }
    enum status st =
        conversation_cancel(&web->work, web_conversation(web), form_text(&web->form, "reason"));
    return st == OK ? web_redirect(web, "/gesprek/%s?ok=afgezegd",
                                   id_text(web_conversation(web).v).s)
                    : st;
}

static enum status merge_it(struct web *web)
{
    struct conversation_id other = {form_number(&web->form, "other")};
    enum status st = ERR_INVALID;
    if (form_valid(&web->form))
        st = conversation_merge(&web->work, web_conversation(web), other,
                                _("Put together with another conversation."));
    if (st == ERR_INVALID || st == ERR_NOT_FOUND) {
        if (form_valid(&web->form))
            form_error(&web->form, "other", N_("Choose a planned conversation about the same pupil."));
        return move_page(web);
    }
    return st == OK ? web_redirect(web, "/gesprek/%s?ok=samengevoegd",
                                   id_text(web_conversation(web).v).s)
                    : st;
}

const struct route plan_routes[] = {
    {HTTP_GET, "/leerling/:pupil/gesprek", .right = RIGHT_PUPIL_WRITE, .form = &follow_form,
     .run = plan_page},
    {HTTP_POST, "/leerling/:pupil/gesprek/:conversation", .right = RIGHT_PUPIL_WRITE,
     .form = &plan_form, .run = plan_it},
    {HTTP_POST, "/leerling/:pupil/praatje/:conversation", .right = RIGHT_PUPIL_WRITE,
     .form = &talk_form, .run = note_talk},
    {HTTP_GET, "/gesprek/:conversation/verzetten", .right = RIGHT_CONVERSATION_WRITE,
     .run = move_page},
    {HTTP_POST, "/gesprek/:conversation/verzetten", .right = RIGHT_CONVERSATION_WRITE,
     .form = &move_form, .run = move_it},
    {HTTP_POST, "/gesprek/:conversation/afzeggen", .right = RIGHT_CONVERSATION_WRITE,
     .form = &cancel_form, .run = cancel_it},
    {HTTP_POST, "/gesprek/:conversation/samenvoegen", .right = RIGHT_CONVERSATION_WRITE,
     .form = &merge_form, .run = merge_it},
    {0},
};
