#include "group/group_edit_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/group_admin_html.h"
#include "group/group_admin_web.h"
#include "web/web.h"

static const struct choice kinds[] = {
    {"home", N_("home group")},
    {"other", N_("other group")},
    {NULL, NULL},
};
static const struct choice bands[] = {
    {"auto", N_("by the years")}, {"4", N_("4 to 6 years")},    {"7", N_("7 to 9 years")},
    {"8", N_("8 to 12 years")},   {"12", N_("12 to 18 years")}, {NULL, NULL},
};

#define YEAR(n, text)                                                                              \
    {                                                                                              \
        .name = "y" #n, .kind = FIELD_CHECK, .label = text                                         \
    }
static const struct field fields[] = {
    {.name = "name",
     .kind = FIELD_TEXT,
     .required = true,
     .max = GROUP_NAME_MAX,
     .label = N_("Name of the group")},
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = kinds,
     .label = N_("Kind"),
     .hint = N_("A pupil is in one home group, and in as many other groups as needed.")},
    {.name = "band",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = bands,
     .label = N_("Screens for"),
     .hint = N_("How pages for pupils look: pictures and speech, or more text.")},
    {.name = "year", .kind = FIELD_ID, .label = N_("School year")},
    /* Never sent: where a message about the boxes below has its place. */
    {.name = "years",
     .kind = FIELD_HIDDEN,
     .max = 1,
     .label = N_("Years in this group"),
     .hint = N_("More than one year makes it a combination group.")},
    YEAR(1, N_("group 1")),
    YEAR(2, N_("group 2")),
    YEAR(3, N_("group 3")),
    YEAR(4, N_("group 4")),
    YEAR(5, N_("group 5")),
    YEAR(6, N_("group 6")),
    YEAR(7, N_("group 7")),
    YEAR(8, N_("group 8")),
    YEAR(11, N_("year 1")),
    YEAR(12, N_("year 2")),
    YEAR(13, N_("year 3")),
    YEAR(14, N_("year 4")),
    YEAR(15, N_("year 5")),
    YEAR(16, N_("year 6")),
    YEAR(20, N_("special education")),
};
const struct form group_edit_form = {.fields = fields, .count = ARRAY_LEN(fields)};

static const int years_of_fields[] = {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 20};

const char *group_year_field(struct arena *arena, int year_group)
{
    return arena_printf(arena, "y%d", year_group);
}

const char *group_band_text(enum age_band band)
{
    static const char *const texts[] = {[AGE_4_6] = N_("4 to 6 years"),
                                        [AGE_7_9] = N_("7 to 9 years"),
                                        [AGE_8_12] = N_("8 to 12 years"),
                                        [AGE_12_18] = N_("12 to 18 years")};
    return texts[band];
}

static unsigned years_of(struct web *web)
{
    unsigned years = 0;
    for (size_t i = 0; i < ARRAY_LEN(years_of_fields); i++)
        if (form_checked(&web->form, group_year_field(web->arena, years_of_fields[i])))
            years |= YEAR_BIT(years_of_fields[i]);
    return years;
}

static enum age_band band_of(const struct form_values *values, unsigned years)
{
    static const enum age_band by_choice[] = {0, AGE_4_6, AGE_7_9, AGE_8_12, AGE_12_18};
    enum age_band chosen = by_choice[form_number(values, "band")];
    return chosen ? chosen : age_band_of_years(years);
}

/* The year groups that this kind of school has. */
static void fill_range(struct group_edit_view *view)
{
    static const struct {
        int from, to;
    } ranges[] = {[SCHOOL_PRIMARY] = {1, 8},
                  [SCHOOL_SECONDARY] = {11, 16},
                  [SCHOOL_SPECIAL] = {YEAR_GROUP_SPECIAL, YEAR_GROUP_SPECIAL}};
    view->first_year = ranges[view->school_kind].from;
    view->last_year = ranges[view->school_kind].to;
}

static enum status show(struct web *web, struct group_id group, struct school_year_id year,
                        const struct form_values *values)
{
    struct group_edit_view *view = ARENA_NEW(web->arena, struct group_edit_view);
    struct school school;
    struct school_year found;
    if (!view)
        return ERR_NOMEM;
    enum status st = school_find(&web->work, &school);
    if (st == OK)
        st = school_year_find(&web->work, year, &found);
    if (st != OK)
        return st;
    *view = (struct group_edit_view){.top = school_top(web, SCHOOL_TAB_GROUPS),
                                     .group = group,
                                     .year = year,
                                     .title = school_year_text(web->arena, found.starts_in),
                                     .school_kind = school.kind,
                                     .form = values};
    fill_range(view);
    return web_page(web, group.v ? _("Change group") : _("Add group"), html_group_edit_page, view);
}

enum status group_new(struct web *web)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct school_year year;
    if (!values)
        return ERR_NOMEM;
    struct school_year_id asked = {form_number(&web->form, "jaar")};
    enum status st = asked.v ? school_year_find(&web->work, asked, &year)
                             : school_active_year(&web->work, &year);
    web->form.form = NULL;
    if (st != OK)
        return st;
    form_begin(values, &group_edit_form);
    form_set(values, "kind", "home");
    form_set(values, "band", "auto");
    return show(web, (struct group_id){0}, year.id, values);
}

/* What the fields alone cannot tell. */
static void check(struct web *web)
{
    if (form_valid(&web->form) && years_of(web) == 0)
        form_error(&web->form, "years", N_("Choose at least one year for this group."));
}

static enum group_kind kind_of(const struct form_values *values)
{
    return str_equal(form_text(values, "kind"), "other") ? GROUP_OTHER : GROUP_HOME;
}

enum status group_make(struct web *web)
{
    struct school_year_id year = {form_number(&web->form, "year")};
    check(web);
    if (!form_valid(&web->form))
        return show(web, (struct group_id){0}, year, &web->form);
    unsigned years = years_of(web);
    struct group_draft draft = {.year = year,
                                .kind = kind_of(&web->form),
                                .years = years,
                                .name = form_text(&web->form, "name")};
    struct school_year found;
    struct group_id group;
    enum status st = school_year_find(&web->work, year, &found);
    if (st == OK)
        st = group_add(&web->work, &draft, &group);
    if (st == OK && band_of(&web->form, years) != age_band_of_years(years))
        st = group_change(&web->work, group, draft.name, years, band_of(&web->form, years));
    return st == OK ? web_redirect(web, "/school/groepen/%s?ok=toegevoegd", id_text(group.v).s)
                    : st;
}

enum status group_edit(struct web *web)
{
    static const char *const band_words[] = {
        [AGE_4_6] = "4", [AGE_7_9] = "7", [AGE_8_12] = "8", [AGE_12_18] = "12"};
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct group group;
    if (!values)
        return ERR_NOMEM;
    enum status st = group_find(&web->work, web_group(web), &group);
    if (st != OK)
        return st;
    form_begin(values, &group_edit_form);
    form_set(values, "name", group.name);
    form_set(values, "kind", group.kind == GROUP_OTHER ? "other" : "home");
    form_set(values, "band",
             group.age_band == age_band_of_years(group.years) ? "auto"
                                                              : band_words[group.age_band]);
    for (size_t i = 0; i < ARRAY_LEN(years_of_fields); i++)
        form_check(values, group_year_field(web->arena, years_of_fields[i]),
                   (group.years & YEAR_BIT(years_of_fields[i])) != 0);
    return show(web, group.id, group.year, values);
}

enum status group_keep(struct web *web)
{
    struct group group;
    enum status st = group_find(&web->work, web_group(web), &group);
    if (st != OK)
        return st;
    check(web);
    if (!form_valid(&web->form))
        return show(web, group.id, group.year, &web->form);
    unsigned years = years_of(web);
    st = group_change(&web->work, group.id, form_text(&web->form, "name"), years,
                      band_of(&web->form, years));
    if (st == OK && kind_of(&web->form) != group.kind)
        st = group_set_kind(&web->work, group.id, kind_of(&web->form));
    return st == OK ? web_redirect(web, "/school/groepen/%s?ok=bewaard", id_text(group.id.v).s)
                    : st;
}
