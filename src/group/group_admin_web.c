#include "group/group_admin_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/group_admin_html.h"
#include "group/group_edit_web.h"
#include "pupil/pupil.h"
#include "staff/staff.h"
#include "web/web.h"

static const struct field list_fields[] = {{.name = "jaar", .kind = FIELD_ID}};
FORM(list_form, list_fields);

static const struct field join_fields[] = {
    {.name = "pupil",
     .kind = FIELD_ID,
     .required = true,
     .label = N_("Pupil"),
     .hint = N_("Whoever is in another group of this year moves. Whoever has none stands on top.")},
};
FORM(join_form, join_fields);

static const struct choice roles[] = {
    {"teacher", N_("teacher")},
    {"support", N_("support")},
    {NULL, NULL},
};
static const struct field staff_fields[] = {
    {.name = "staff", .kind = FIELD_ID, .required = true, .label = N_("Who")},
    {.name = "role",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = roles,
     .label = N_("As what"),
     .hint = N_("A teacher opens the dossiers of the group. Support sees names and notes.")},
};
FORM(staff_form, staff_fields);

/* --- the groups of a year ----------------------------------------------------------------------
 */

static enum status teacher_names(struct web *web, struct group_id group, const char **ret_names)
{
    struct group_teacher *teachers = NULL;
    size_t count = 0;
    const char *names = "";
    enum status st = group_teachers(&web->work, group, &teachers, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (teachers[i].role == ROLE_TEACHER)
            names = arena_printf(web->arena, "%s%s%s", names, *names ? ", " : "", teachers[i].full);
    if (st == OK)
        *ret_names = names;
    return st;
}

static enum status fill_lines(struct web *web, struct group_list_view *view)
{
    struct group *groups = NULL;
    struct group_count *counts = NULL;
    size_t counted = 0;
    enum status st = group_list(&web->work, view->year.id, &groups, &view->count);
    if (st == OK)
        st = group_counts(&web->work, view->year.id, &counts, &counted);
    view->lines = ARENA_ARRAY(web->arena, struct group_line, view->count);
    if (st == OK && !view->lines)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < view->count; i++) {
        struct group_line *line = &view->lines[i];
        unsigned years = groups[i].years;
        *line = (struct group_line){.group = &groups[i],
                                    .years = year_groups_text(web->arena, years),
                                    .is_combination = (years & (years - 1)) != 0};
        for (size_t j = 0; j < counted; j++)
            if (counts[j].group.v == groups[i].id.v)
                line->pupils = counts[j].pupils;
        st = teacher_names(web, groups[i].id, &line->teachers);
    }
    return st;
}

static enum status list(struct web *web)
{
    struct group_list_view *view = ARENA_NEW(web->arena, struct group_list_view);
    struct school_year *years = NULL;
    if (!view)
        return ERR_NOMEM;
    struct school_year_id asked = {form_number(&web->form, "jaar")};
    view->top = school_top(web, SCHOOL_TAB_GROUPS);
    enum status st = form_valid(&web->form) ? OK : ERR_NOT_FOUND;
    web->form.form = NULL;
    if (st == OK)
        st = asked.v ? school_year_find(&web->work, asked, &view->year)
                     : school_active_year(&web->work, &view->year);
    if (st == OK)
        st = school_years(&web->work, &years, &view->year_count);
    if (st == OK)
        st = fill_lines(web, view);
    if (st != OK)
        return st;
    view->years = years;
    view->title = school_year_text(web->arena, view->year.starts_in);
    return web_page(web, _("Groups"), html_group_list_page, view);
}

/* --- one group ---------------------------------------------------------------------------------
 */

static bool is_in(struct pupil_id pupil, const struct group_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (places[i].pupil.v == pupil.v)
            return true;
    return false;
}

struct candidate {
    const char *key, *value, *label;
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct candidate *)a)->key, ((const struct candidate *)b)->key);
}

/* Everybody who is not in this group, those without any group of the year first. */
static enum status fill_candidates(struct web *web, struct group_detail_view *view)
{
    struct pupil *pupils = NULL;
    struct group_place *places = NULL;
    size_t count = 0, place_count = 0, used = 0;
    enum status st = pupil_list(&web->work, false, &pupils, &count);
    if (st == OK)
        st = group_places(&web->work, view->year.id, &places, &place_count);
    struct candidate *found = ARENA_ARRAY(web->arena, struct candidate, count);
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, count);
    if (st == OK && (!found || !options))
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++) {
        bool here = false;
        for (size_t m = 0; m < view->member_count; m++)
            here |= view->members[m].pupil.v == pupils[i].id.v;
        if (here)
            continue;
        bool loose = !is_in(pupils[i].id, places, place_count);
        const char *name = person_full(web->arena, &pupils[i].person);
        found[used++] = (struct candidate){
            .key = arena_printf(web->arena, "%d%s", !loose,
                                person_sort_key(web->arena, &pupils[i].person)),
            .value = arena_strdup(web->arena, id_text(pupils[i].id.v).s),
            .label = loose ? trf(web->tr, web->arena, "{0} (in no group)", 1, name) : name};
    }
    qsort(found, used, sizeof *found, by_key);
    for (size_t i = 0; i < used; i++)
        options[i] = (struct form_option){found[i].value, found[i].label};
    view->pupils = options;
    view->pupil_count = used;
    return OK;
}

static enum status fill_staff(struct web *web, struct group_detail_view *view)
{
    struct staff *staff = NULL;
    size_t count = 0;
    enum status st = staff_list(&web->work, false, &staff, &count);
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, count);
    if (st == OK && !options)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){arena_strdup(web->arena, id_text(staff[i].id.v).s),
                                          person_full(web->arena, &staff[i].person)};
    view->staff = options;
    view->staff_count = count;
    return OK;
}

/* Who may know names gets them; the principal gets their number. */
static enum status fill_pupils(struct web *web, struct group_detail_view *view)
{
    struct group_member *members = NULL;
    struct group_count *counts = NULL;
    size_t count = 0;
    enum status st = group_members(&web->work, view->group.id, &members, &view->member_count);
    view->members = members;
    if (st != ERR_NOT_FOUND)
        return st;
    st = group_counts(&web->work, view->group.year, &counts, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (counts[i].group.v == view->group.id.v)
            view->member_count = (size_t)counts[i].pupils;
    return st;
}

static enum status fill_people(struct web *web, struct group_detail_view *view)
{
    struct group_teacher *teachers = NULL;
    enum status st = fill_pupils(web, view);
    if (st == OK)
        st = group_teachers(&web->work, view->group.id, &teachers, &view->teacher_count);
    view->teachers = teachers;
    if (st == OK && view->top.may_change)
        st = fill_candidates(web, view);
    return st == OK && view->top.may_change ? fill_staff(web, view) : st;
}

static enum status show(struct web *web, const struct form *sent)
{
    struct group_detail_view *view = ARENA_NEW(web->arena, struct group_detail_view);
    struct form_values *join = ARENA_NEW(web->arena, struct form_values);
    struct form_values *staff = ARENA_NEW(web->arena, struct form_values);
    if (!view || !join || !staff)
        return ERR_NOMEM;
    view->top = school_top(web, SCHOOL_TAB_GROUPS);
    enum status st = group_find(&web->work, web_group(web), &view->group);
    if (st == OK)
        st = school_year_find(&web->work, view->group.year, &view->year);
    if (st == OK)
        st = fill_people(web, view);
    if (st != OK)
        return st;
    form_begin(join, &join_form);
    form_begin(staff, &staff_form);
    form_set(staff, "role", "teacher");
    view->join_form = sent == &join_form ? &web->form : join;
    view->staff_form = sent == &staff_form ? &web->form : staff;
    view->title = school_year_text(web->arena, view->year.starts_in);
    view->years = year_groups_text(web->arena, view->group.years);
    view->band = tr(web->tr, group_band_text(view->group.age_band));
    return web_page(web, view->group.name, html_group_detail_page, view);
}

static enum status detail(struct web *web)
{
    return show(web, NULL);
}

static enum status back(struct web *web, enum status st, const char *word)
{
    return st == OK
               ? web_redirect(web, "/school/groepen/%s?ok=%s", id_text(web_group(web).v).s, word)
               : st;
}

static enum status join(struct web *web)
{
    struct group group;
    struct school_year year;
    struct pupil pupil;
    enum status st = group_find(&web->work, web_group(web), &group);
    if (st == OK)
        st = school_year_find(&web->work, group.year, &year);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, &join_form);
    struct pupil_id id = {form_number(&web->form, "pupil")};
    st = pupil_find(&web->work, id, &pupil);
    if (st == ERR_NOT_FOUND || (st == OK && date_is_set(pupil.left_on))) {
        form_error(&web->form, "pupil", N_("Choose one of the possibilities."));
        return show(web, &join_form);
    }
    if (st == OK)
        st = group_move(&web->work, group.id, id, school_year_first_day(web, &year));
    return back(web, st, "in-groep");
}

static enum status take_out(struct web *web)
{
    struct group group;
    struct pupil pupil;
    enum status st = group_find(&web->work, web_group(web), &group);
    if (st == OK)
        st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st == OK)
        st = group_leave(&web->work, group.id, pupil.id, web->work.today);
    return back(web, st, "uit-groep");
}

static enum status give(struct web *web)
{
    struct group group;
    struct staff staff;
    enum status st = group_find(&web->work, web_group(web), &group);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, &staff_form);
    struct staff_id id = {form_number(&web->form, "staff")};
    st = staff_find(&web->work, id, &staff);
    if (st == ERR_NOT_FOUND || (st == OK && date_is_set(staff.left_on))) {
        form_error(&web->form, "staff", N_("Choose one of the possibilities."));
        return show(web, &staff_form);
    }
    bool support = str_equal(form_text(&web->form, "role"), "support");
    if (st == OK)
        st =
            staff_give(&web->work, id, support ? ROLE_SUPPORT : ROLE_TEACHER, group.year, group.id);
    return back(web, st, "functie-gegeven");
}

static enum status take(struct web *web)
{
    struct function_id function = {web->ids[PARAM_FUNCTION]};
    struct staff_id staff;
    struct group_id group;
    enum status st = staff_function_find(&web->work, function, &staff, &group);
    if (st == OK && group.v != web_group(web).v)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = staff_take(&web->work, function);
    return back(web, st, "functie-genomen");
}

static enum status remove_group(struct web *web)
{
    struct group group;
    enum status st = group_find(&web->work, web_group(web), &group);
    if (st == OK)
        st = group_remove(&web->work, group.id);
    if (st == ERR_CONFLICT) {
        st = show(web, NULL);
        return st == OK
                   ? web_problem(web, N_("Somebody is or was in this group, or has it. It stays."))
                   : st;
    }
    return st == OK
               ? web_redirect(web, "/school/groepen?jaar=%s&ok=weggehaald", id_text(group.year.v).s)
               : st;
}

const struct route group_admin_routes[] = {
    {HTTP_GET, "/school/groepen", .right = RIGHT_SCHOOL_READ, .form = &list_form, .run = list},
    {HTTP_GET, "/school/groepen/nieuw", .right = RIGHT_STRUCTURE, .form = &list_form,
     .run = group_new},
    {HTTP_POST, "/school/groepen", .right = RIGHT_STRUCTURE, .form = &group_edit_form,
     .run = group_make},
    {HTTP_GET, "/school/groepen/:group", .right = RIGHT_SCHOOL_READ, .run = detail},
    {HTTP_GET, "/school/groepen/:group/wijzig", .right = RIGHT_STRUCTURE, .run = group_edit},
    {HTTP_POST, "/school/groepen/:group/wijzig", .right = RIGHT_STRUCTURE, .form = &group_edit_form,
     .run = group_keep},
    {HTTP_POST, "/school/groepen/:group/weg", .right = RIGHT_STRUCTURE, .run = remove_group},
    {HTTP_POST, "/school/groepen/:group/erbij", .right = RIGHT_STRUCTURE, .form = &join_form,
     .run = join},
    {HTTP_POST, "/school/groepen/:group/leerling/:pupil/eruit", .right = RIGHT_STRUCTURE,
     .run = take_out},
    {HTTP_POST, "/school/groepen/:group/staf", .right = RIGHT_STRUCTURE, .form = &staff_form,
     .run = give},
    {HTTP_POST, "/school/groepen/:group/staf/:function/weg", .right = RIGHT_STRUCTURE, .run = take},
    {0},
};
