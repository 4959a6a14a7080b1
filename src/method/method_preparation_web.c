#include "method/method_preparation_web.h"

#include "base/arena.h"
#include "gen/method_edit_html.h"
#include "method/edit.h"
#include "method/parts_web.h"
#include "web/web.h"

#define DESK "/school/gespreksvormen"

/* In the order of the choices. */
static const enum method_part parts[] = {PART_PUPIL, PART_GUARDIAN, PART_TEACHER, PART_COORDINATOR,
                                         PART_EXTERNAL};

const struct choice method_who_choices[] = {{"pupil", N_("Pupil")},
                                            {"guardian", N_("Parents")},
                                            {"teacher", N_("Teacher")},
                                            {"coordinator", N_("Coordinator")},
                                            {"external", N_("Somebody from outside")},
                                            {NULL, NULL}};

static const struct field who_fields[] = {
    {.name = "wie",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = method_who_choices,
     .label = N_("Who prepares")},
    {.name = "mark", .kind = FIELD_HIDDEN, .max = PART_MARK_MAX},
};
FORM(who_form, who_fields);

static const struct field fields[] = {
    {.name = "wie", .kind = FIELD_CHOICE, .required = true, .choices = method_who_choices},
    {.name = "mark", .kind = FIELD_HIDDEN, .max = PART_MARK_MAX},
    {.name = "days",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = 0,
     .max_value = 60,
     .label = N_("How many days before the conversation")},
    {.name = "letter_nl",
     .kind = FIELD_LONG,
     .max = 4000,
     .label = N_("The invitation in Dutch"),
     .hint = N_("Filled in by itself: {name}, {leader}, {day}, {time} and {place}.")},
    {.name = "letter_en",
     .kind = FIELD_LONG,
     .max = 4000,
     .label = N_("The invitation in English")},
};
FORM(form, fields);

static enum method_part asked_part(const struct web *web)
{
    return parts[form_number(&web->form, "wie")];
}

static const char *who_value(enum method_part who)
{
    size_t i = 0;
    while (parts[i] != who)
        i++;
    return method_who_choices[i].value;
}

/* The draft, and its preparation of the participant who is asked for. */
static enum status find(struct web *web, struct draft_view **ret_view,
                        const struct method_preparation **ret_preparation)
{
    enum status st = draft_view_make(web, ret_view);
    if (st != OK)
        return st;
    if (web->form.error[form_index(web->form.form, "wie")])
        return ERR_INVALID;
    *ret_preparation = method_preparation_of((*ret_view)->method, asked_part(web));
    (*ret_view)->form = &web->form;
    (*ret_view)->who = method_part_text(web, asked_part(web));
    return *ret_preparation ? OK : ERR_NOT_FOUND;
}

static void fill(struct web *web, const struct method_preparation *preparation, const char *mark,
                 struct form_values *values)
{
    form_begin(values, &form);
    form_set(values, "wie", who_value(preparation->who));
    form_set(values, "mark", mark);
    form_set(values, "days", arena_printf(web->arena, "%d", preparation->days_before));
    parts_set_both(values, "letter_nl", "letter_en", &preparation->letter);
}

static enum status show(struct web *web)
{
    struct draft_view *view = NULL;
    const struct method_preparation *preparation = NULL;
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    enum status st = values ? find(web, &view, &preparation) : ERR_NOMEM;
    if (st != OK)
        return st;
    fill(web, preparation, view->draft->mark, values);
    view->form = values;
    return web_page(web, view->title, html_draft_preparation_page, view);
}

static enum status keep(struct web *web)
{
    struct draft_view *view = NULL;
    const struct method_preparation *preparation = NULL;
    const struct method *changed = NULL;
    struct form_values *now = ARENA_NEW(web->arena, struct form_values);
    enum status st = now ? find(web, &view, &preparation) : ERR_NOMEM;
    if (st == ERR_NOT_FOUND)
        return parts_gone(web, view);
    if (st == OK)
        st = method_edit_set_preparation(
            view->method, preparation->who, (int)form_number(&web->form, "days"),
            parts_both(web, &preparation->letter, "letter_nl", "letter_en"), web->arena, &changed);
    if (st != OK)
        return st;
    st = form_valid(&web->form)
             ? draft_keep(web, view, form_text(&web->form, "mark"), changed, "letter_nl")
             : ERR_INVALID;
    fill(web, preparation, view->draft->mark, now);
    return parts_after_keep(web, view, st, "top", html_draft_preparation_page, now);
}

/* What a click on the page of the whole draft changes; a refusal stands on top of that page. */
static enum status keep_deed(struct web *web, struct draft_view *view, const struct method *changed,
                             const char *notice)
{
    enum status st = draft_keep(web, view, form_text(&web->form, "mark"), changed, "wie");
    if (st == OK)
        return web_redirect(web, DESK "/%s?ok=%s", id_text(view->draft->id.v).s, notice);
    return st == ERR_CONFLICT || st == ERR_INVALID
               ? draft_show_problem(web, st == ERR_CONFLICT ? draft_conflict : draft_depends)
               : st;
}

static enum status add(struct web *web)
{
    struct draft_view *view = NULL;
    const struct method *changed = NULL;
    enum status st = draft_view_make(web, &view);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    struct phase phase = {.id = method_edit_free_id(view->method, "f", web->arena),
                          .title = draft_words(web, N_("To think over"))};
    st = method_edit_add_preparation(view->method, asked_part(web), &phase, web->arena, &changed);
    if (st == ERR_CONFLICT)
        return draft_show_problem(web, N_("There is a preparation of that participant already."));
    return st == OK ? keep_deed(web, view, changed, "toegevoegd") : st;
}

static enum status take_out(struct web *web)
{
    struct draft_view *view = NULL;
    const struct method_preparation *preparation = NULL;
    const struct method *changed = NULL;
    enum status st = find(web, &view, &preparation);
    if (st == OK)
        st = method_edit_remove_preparation(view->method, preparation->who, web->arena, &changed);
    if (st != OK)
        return st;
    if (method_edit_broken(changed))
        return draft_show_problem(web, draft_depends);
    return keep_deed(web, view, changed, "weggehaald");
}

#define MAY .right = RIGHT_METHODS

const struct route method_preparation_routes[] = {
    {HTTP_GET, DESK "/:method/voorbereiding", MAY, .form = &who_form, .run = show},
    {HTTP_POST, DESK "/:method/voorbereiding", MAY, .form = &form, .run = keep},
    {HTTP_POST, DESK "/:method/voorbereiding/erbij", MAY, .form = &who_form, .run = add},
    {HTTP_POST, DESK "/:method/voorbereiding/weg", MAY, .form = &who_form, .run = take_out},
    {0},
};
