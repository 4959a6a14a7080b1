#include "guardian/guardian_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/guardian_html.h"
#include "person/name_fields_web.h"
#include "pupil/pupil.h"
#include "web/web.h"

const struct choice guardian_informations[] = {
    {"full", N_("everything that parents hear")},
    {"request", N_("only when they ask")},
    {"none", N_("nothing")},
    {NULL, NULL},
};

static const struct field fields[] = {
    NAME_FIELDS,
    {.name = "email", .kind = FIELD_EMAIL, .max = 254, .label = N_("E-mail address")},
    {.name = "authority", .kind = FIELD_CHECK, .label = N_("Has authority over the pupil (gezag)")},
    {.name = "information",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = guardian_informations,
     .label = N_("What may this person hear?"),
     .hint = N_("A parent without authority hears what is important when they ask for it.")},
    {.name = "reason",
     .kind = FIELD_LONG,
     .max = GUARDIAN_REASON_MAX,
     .label = N_("Why nothing"),
     .hint = N_("Needed with “nothing”: for instance a judge's decision, with its date.")},
};
FORM(form, fields);

static const char *const words[] = {
    [INFORMATION_FULL] = "full", [INFORMATION_ON_REQUEST] = "request", [INFORMATION_NONE] = "none"};

static enum status show(struct web *web, struct guardian_id guardian,
                        const struct form_values *values)
{
    struct guardian_view *view = ARENA_NEW(web->arena, struct guardian_view);
    struct pupil pupil;
    if (!view)
        return ERR_NOMEM;
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st != OK)
        return st;
    *view = (struct guardian_view){.top = school_top(web, SCHOOL_TAB_PUPILS),
                                   .pupil = pupil.id,
                                   .guardian = guardian,
                                   .pupil_name = person_full(web->arena, &pupil.person),
                                   .form = values};
    return web_page(web, guardian.v ? _("Change guardian") : _("Add guardian"), html_guardian_page,
                    view);
}

static struct guardian_draft draft_of(const struct form_values *values, struct person base)
{
    base = name_fields_read(values, base);
    base.email = form_text(values, "email");
    return (struct guardian_draft){
        .person = base,
        .has_authority = form_checked(values, "authority"),
        .information = (enum guardian_information)(form_number(values, "information") + 1),
        .reason = form_text(values, "reason")};
}

static void check(struct web *web, const struct guardian_draft *draft)
{
    if (!form_valid(&web->form))
        return;
    name_fields_check(&web->form, &draft->person);
    if (draft->information == INFORMATION_NONE && str_is_blank(draft->reason))
        form_error(&web->form, "reason", N_("Write down why this person hears nothing."));
}

static enum status back(struct web *web, enum status st, const char *word)
{
    return st == OK
               ? web_redirect(web, "/school/leerlingen/%s?ok=%s", id_text(web_pupil(web).v).s, word)
               : st;
}

static enum status new_form(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    if (!values)
        return ERR_NOMEM;
    form_begin(values, &form);
    form_set(values, "information", words[INFORMATION_FULL]);
    form_check(values, "authority", true);
    return show(web, (struct guardian_id){0}, values);
}

static enum status add(struct web *web)
{
    struct pupil pupil;
    struct guardian_id id;
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st != OK)
        return st;
    struct guardian_draft draft = draft_of(&web->form, person_none());
    check(web, &draft);
    if (!form_valid(&web->form))
        return show(web, (struct guardian_id){0}, &web->form);
    return back(web, guardian_add(&web->work, pupil.id, &draft, &id), "toegevoegd");
}

static enum status find(struct web *web, struct guardian *ret)
{
    struct guardian_id id = {web->ids[PARAM_GUARDIAN]};
    struct pupil pupil;
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    return st == OK ? guardian_find(&web->work, pupil.id, id, ret) : st;
}

static enum status page(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct guardian found;
    if (!values)
        return ERR_NOMEM;
    enum status st = find(web, &found);
    if (st != OK)
        return st;
    form_begin(values, &form);
    name_fields_fill(values, &found.person);
    form_set(values, "email", found.person.email);
    form_check(values, "authority", found.has_authority);
    form_set(values, "information", words[found.information]);
    form_set(values, "reason", found.reason);
    return show(web, found.id, values);
}

static enum status keep(struct web *web)
{
    struct guardian found;
    enum status st = find(web, &found);
    if (st != OK)
        return st;
    struct guardian_draft draft = draft_of(&web->form, found.person);
    check(web, &draft);
    if (!form_valid(&web->form))
        return show(web, found.id, &web->form);
    return back(web, guardian_change(&web->work, web_pupil(web), found.id, &draft), "bewaard");
}

static enum status end(struct web *web)
{
    struct guardian found;
    enum status st = find(web, &found);
    if (st == OK)
        st = guardian_untie(&web->work, web_pupil(web), found.id);
    return back(web, st, "weggehaald");
}

const struct route guardian_routes[] = {
    {HTTP_GET, "/school/leerlingen/:pupil/verzorgers/nieuw", .right = RIGHT_STRUCTURE,
     .run = new_form},
    {HTTP_POST, "/school/leerlingen/:pupil/verzorgers", .right = RIGHT_STRUCTURE, .form = &form,
     .run = add},
    {HTTP_GET, "/school/leerlingen/:pupil/verzorgers/:guardian", .right = RIGHT_STRUCTURE,
     .run = page},
    {HTTP_POST, "/school/leerlingen/:pupil/verzorgers/:guardian", .right = RIGHT_STRUCTURE,
     .form = &form, .run = keep},
    {HTTP_POST, "/school/leerlingen/:pupil/verzorgers/:guardian/einde", .right = RIGHT_STRUCTURE,
     .run = end},
    {0},
};
