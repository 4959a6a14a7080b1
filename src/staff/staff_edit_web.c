#include "staff/staff_edit_web.h"

#include "base/arena.h"
#include "gen/staff_html.h"
#include "person/name_fields_web.h"
#include "staff/staff_web.h"
#include "web/web.h"

static const struct field fields[] = {
    NAME_FIELDS,
    {.name = "email",
     .kind = FIELD_EMAIL,
     .max = 254,
     .label = N_("E-mail address"),
     .hint = N_("Needed to sign in.")},
};
const struct form staff_edit_form = {.fields = fields, .count = ARRAY_LEN(fields)};

static enum status show(struct web *web, struct staff_id staff, const char *name,
                        const struct form_values *values)
{
    struct staff_edit_view *view = ARENA_NEW(web->arena, struct staff_edit_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct staff_edit_view){
        .top = school_top(web, SCHOOL_TAB_STAFF), .staff = staff, .name = name, .form = values};
    return web_page(web, staff.v ? name : _("Add member of staff"), html_staff_edit_page, view);
}

static struct person person_of(const struct form_values *values, struct person base)
{
    base = name_fields_read(values, base);
    base.email = form_text(values, "email");
    return base;
}

enum status staff_new(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    if (!values)
        return ERR_NOMEM;
    form_begin(values, &staff_edit_form);
    return show(web, (struct staff_id){0}, "", values);
}

enum status staff_make(struct web *web)
{
    struct staff_draft draft = {.person = person_of(&web->form, person_none())};
    struct staff_id id;
    name_fields_check(&web->form, &draft.person);
    if (!form_valid(&web->form))
        return show(web, (struct staff_id){0}, "", &web->form);
    enum status st = staff_add(&web->work, &draft, &id);
    return st == OK ? web_redirect(web, "/school/medewerkers/%s?ok=toegevoegd", id_text(id.v).s)
                    : st;
}

enum status staff_edit(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct staff staff;
    if (!values)
        return ERR_NOMEM;
    enum status st = staff_find(&web->work, web_staff(web), &staff);
    if (st != OK)
        return st;
    form_begin(values, &staff_edit_form);
    name_fields_fill(values, &staff.person);
    form_set(values, "email", staff.person.email);
    return show(web, staff.id, person_full(web->arena, &staff.person), values);
}

enum status staff_keep(struct web *web)
{
    struct staff staff;
    enum status st = staff_find(&web->work, web_staff(web), &staff);
    if (st != OK)
        return st;
    struct person person = person_of(&web->form, staff.person);
    name_fields_check(&web->form, &person);
    if (!form_valid(&web->form))
        return show(web, staff.id, person_full(web->arena, &staff.person), &web->form);
    st = staff_change(&web->work, staff.id, &person);
    return st == OK ? web_redirect(web, "/school/medewerkers/%s?ok=bewaard", id_text(staff.id.v).s)
                    : st;
}
