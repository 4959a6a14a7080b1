#include "pupil/pupil_edit_web.h"

#include "base/arena.h"
#include "gen/pupil_admin_html.h"
#include "person/name_fields_web.h"
#include "pupil/pupil_admin_web.h"
#include "web/web.h"

static const struct field fields[] = {
    NAME_FIELDS,
    {.name = "given", .kind = FIELD_TEXT, .max = PERSON_NAME_MAX, .label = N_("Given names")},
    {.name = "number",
     .kind = FIELD_TEXT,
     .max = 20,
     .label = N_("Number at school"),
     .hint = N_("Never the citizen service number (BSN).")},
    {.name = "birth", .kind = FIELD_DATE, .label = N_("Birth date")},
    {.name = "year_group",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = -1,
     .max_value = 20,
     .label = N_("Year")},
    {.name = "group", .kind = FIELD_ID, .label = N_("Group")},
};
const struct form pupil_edit_form = {.fields = fields, .count = ARRAY_LEN(fields)};

static enum status show(struct web *web, struct pupil_id pupil, const char *name,
                        const struct form_values *values)
{
    struct pupil_edit_view *view = ARENA_NEW(web->arena, struct pupil_edit_view);
    struct form_option *years = NULL, *groups = NULL;
    struct school school;
    struct school_year year;
    if (!view)
        return ERR_NOMEM;
    *view = (struct pupil_edit_view){
        .top = school_top(web, SCHOOL_TAB_PUPILS), .pupil = pupil, .name = name, .form = values};
    enum status st = school_find(&web->work, &school);
    if (st == OK)
        st = school_year_group_options(web, school.kind, &years, &view->year_count);
    if (st == OK)
        st = school_active_year(&web->work, &year);
    if (st == OK)
        st = school_group_options(web, year.id, &groups, &view->group_count);
    if (st != OK)
        return st;
    view->years = years;
    view->groups = groups;
    return web_page(web, pupil.v ? name : _("Add pupil"), html_pupil_edit_page, view);
}

/* `base`: what the form does not show stays as it was. */
static struct person person_of(const struct form_values *values, struct person base)
{
    base = name_fields_read(values, base);
    base.given = form_text(values, "given");
    base.number = form_text(values, "number");
    base.birth = form_date(values, "birth");
    return base;
}

static void check(struct web *web, const struct person *person)
{
    struct date birth = person->birth;
    if (!form_valid(&web->form))
        return;
    name_fields_check(&web->form, person);
    if (date_is_set(birth) && date_compare(birth, web->work.today) > 0)
        form_error(&web->form, "birth", N_("Choose a day before today."));
    int64_t year = form_number(&web->form, "year_group");
    if (year == 0 || year == 9 || year == 10 || (year > 16 && year < 20))
        form_error(&web->form, "year_group", N_("Choose one of the possibilities."));
}

enum status pupil_new(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    if (!values)
        return ERR_NOMEM;
    form_begin(values, &pupil_edit_form);
    return show(web, (struct pupil_id){0}, "", values);
}

enum status pupil_make(struct web *web)
{
    struct pupil_draft draft = {.person = person_of(&web->form, person_none()),
                                .year_group = (int)form_number(&web->form, "year_group"),
                                .enrolled_on = web->work.today};
    struct group_id group = {form_number(&web->form, "group")};
    struct group found;
    struct pupil_id pupil;
    check(web, &draft.person);
    if (!form_valid(&web->form))
        return show(web, (struct pupil_id){0}, "", &web->form);
    enum status st = group.v ? group_find(&web->work, group, &found) : OK;
    if (st == OK)
        st = pupil_add(&web->work, &draft, &pupil);
    if (st == OK && group.v)
        st = group_move(&web->work, group, pupil, web->work.today);
    return st == OK ? web_redirect(web, "/school/leerlingen/%s?ok=toegevoegd", id_text(pupil.v).s)
                    : st;
}

enum status pupil_edit(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct pupil pupil;
    if (!values)
        return ERR_NOMEM;
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st != OK)
        return st;
    form_begin(values, &pupil_edit_form);
    name_fields_fill(values, &pupil.person);
    form_set(values, "given", pupil.person.given);
    form_set(values, "number", pupil.person.number);
    form_set(values, "birth", arena_strdup(web->arena, date_text(pupil.person.birth).s));
    form_set(values, "year_group", arena_printf(web->arena, "%d", pupil.year_group));
    return show(web, pupil.id, person_full(web->arena, &pupil.person), values);
}

enum status pupil_keep(struct web *web)
{
    struct pupil pupil;
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st != OK)
        return st;
    struct person person = person_of(&web->form, pupil.person);
    check(web, &person);
    if (!form_valid(&web->form))
        return show(web, pupil.id, person_full(web->arena, &pupil.person), &web->form);
    st = pupil_change(&web->work, pupil.id, &person, (int)form_number(&web->form, "year_group"));
    return st == OK ? web_redirect(web, "/school/leerlingen/%s?ok=bewaard", id_text(pupil.id.v).s)
                    : st;
}
