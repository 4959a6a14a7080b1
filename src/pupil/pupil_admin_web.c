#include "pupil/pupil_admin_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/pupil_admin_html.h"
#include "pupil/pupil_edit_web.h"
#include "web/web.h"

static const struct choice whichs[] = {
    {"hier", N_("Here")},
    {"zonder-groep", N_("In no group")},
    {"vertrokken", N_("Left")},
    {NULL, NULL},
};
static const struct choice orders[] = {
    {"naam", N_("By name")}, {"groep", N_("By group")}, {NULL, NULL}};

/* A name is never part of a URL: proxies and browsers keep those. Hence searching is a POST. */
static const struct field search_fields[] = {
    {.name = "zoek", .kind = FIELD_TEXT, .max = PERSON_NAME_MAX, .label = N_("Search by name")},
    {.name = "welke", .kind = FIELD_CHOICE, .choices = whichs, .label = N_("Show")},
    {.name = "volgorde", .kind = FIELD_CHOICE, .choices = orders, .label = N_("Order")},
};
FORM(search_form, search_fields);

static const struct field list_fields[] = {
    {.name = "welke", .kind = FIELD_CHOICE, .choices = whichs},
    {.name = "volgorde", .kind = FIELD_CHOICE, .choices = orders},
};
FORM(list_form, list_fields);

static const struct field move_fields[] = {
    {.name = "group",
     .kind = FIELD_ID,
     .required = true,
     .label = N_("Put in a group"),
     .hint = N_("A pupil leaves the home group of now for a new one.")},
};
FORM(move_form, move_fields);

static const struct field leave_fields[] = {
    {.name = "left_on",
     .kind = FIELD_DATE,
     .required = true,
     .label = N_("Last day at school"),
     .hint = N_("Groups and sign-ins of this pupil end. The dossier is kept until its end date.")},
};
FORM(leave_form, leave_fields);

/* --- the list ----------------------------------------------------------------------------------
 */

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct pupil_line *)a)->key, ((const struct pupil_line *)b)->key);
}

/* Names of the groups somebody is in, home groups first as the places come. */
static const char *groups_of(struct web *web, struct pupil_id pupil, const struct group *groups,
                             size_t group_count, const struct group_place *places, size_t count)
{
    const char *names = "";
    for (size_t i = 0; i < count; i++)
        for (size_t g = 0; places[i].pupil.v == pupil.v && g < group_count; g++)
            if (groups[g].id.v == places[i].group.v)
                names =
                    arena_printf(web->arena, "%s%s%s", names, *names ? ", " : "", groups[g].name);
    return names;
}

struct places {
    struct group *groups;
    struct group_place *places;
    size_t group_count, count;
};

static enum status load_places(struct web *web, struct places *ret)
{
    struct school_year year;
    enum status st = school_active_year(&web->work, &year);
    if (st == OK)
        st = group_list(&web->work, year.id, &ret->groups, &ret->group_count);
    return st == OK ? group_places(&web->work, year.id, &ret->places, &ret->count) : st;
}

bool pupil_name_fits(struct web *web, const struct person *person, const char *sought)
{
    const char *name =
        str_sort_key(web->arena, arena_printf(web->arena, "%s %s", person_full(web->arena, person),
                                              person->given));
    char *rest = arena_strdup(web->arena, str_sort_key(web->arena, sought));
    for (char *word; (word = str_split(&rest, ' ')) != NULL;)
        if (!strstr(name, word))
            return false;
    return true;
}

static void fill_line(struct web *web, const struct pupil_list_view *view,
                      const struct pupil *pupil, const char *groups, struct pupil_line *line)
{
    const char *key = person_sort_key(web->arena, &pupil->person);
    *line = (struct pupil_line){
        .key = view->by_group ? arena_printf(web->arena, "%s\x1f%s",
                                             *groups ? str_sort_key(web->arena, groups) : "~", key)
                              : key,
        .id = pupil->id,
        .name = person_full(web->arena, &pupil->person),
        .groups = groups,
        .year_group = school_year_group_text(web, pupil->year_group),
        .left =
            date_is_set(pupil->left_on) ? tr_date_full(web->tr, web->arena, pupil->left_on) : NULL};
}

static enum status fill_list(struct web *web, struct pupil_list_view *view)
{
    struct pupil *pupils = NULL;
    struct places places = {0};
    enum status st = pupil_list(&web->work, view->which == PUPILS_LEFT, &pupils, &view->total);
    if (st == OK)
        st = load_places(web, &places);
    view->lines = ARENA_ARRAY(web->arena, struct pupil_line, view->total);
    if (st == OK && !view->lines)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < view->total; i++) {
        const char *groups = groups_of(web, pupils[i].id, places.groups, places.group_count,
                                       places.places, places.count);
        bool wanted = view->which != PUPILS_LOOSE || !*groups;
        if (wanted && (!*view->sought || pupil_name_fits(web, &pupils[i].person, view->sought)))
            fill_line(web, view, &pupils[i], groups, &view->lines[view->count++]);
    }
    qsort(view->lines, view->count, sizeof *view->lines, by_key);
    return OK;
}

static enum status list(struct web *web)
{
    struct pupil_list_view *view = ARENA_NEW(web->arena, struct pupil_list_view);
    struct form_values *search = ARENA_NEW(web->arena, struct form_values);
    if (!view || !search)
        return ERR_NOMEM;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    view->top = school_top(web, SCHOOL_TAB_PUPILS);
    view->sought = web->form.form == &search_form ? form_text(&web->form, "zoek") : "";
    view->which = (enum pupil_which)form_number(&web->form, "welke");
    view->by_group = form_number(&web->form, "volgorde") == 1;
    form_begin(search, &search_form);
    form_set(search, "zoek", view->sought);
    form_set(search, "welke", whichs[view->which].value);
    form_set(search, "volgorde", orders[view->by_group].value);
    view->search = search;
    web->form.form = NULL;
    enum status st = fill_list(web, view);
    return st == OK ? web_page(web, _("Pupils"), html_pupil_list_page, view) : st;
}

/* --- one pupil ---------------------------------------------------------------------------------
 */

static const char *day_or_null(struct web *web, struct date day)
{
    return date_is_set(day) ? tr_date_full(web->tr, web->arena, day) : NULL;
}

static enum status fill_texts(struct web *web, struct pupil_detail_view *view)
{
    struct school school;
    enum status st = school_find(&web->work, &school);
    if (st != OK)
        return st;
    const struct pupil *pupil = &view->pupil;
    view->name = person_full(web->arena, &pupil->person);
    view->birth = day_or_null(web, pupil->person.birth);
    view->year_group = school_year_group_text(web, pupil->year_group);
    view->enrolled = day_or_null(web, pupil->enrolled_on);
    view->left = day_or_null(web, pupil->left_on);
    view->keep_until = day_or_null(web, pupil_keep_until(pupil->left_on, school.retention_years));
    return OK;
}

struct date pupil_group_end(const struct pupil_membership *membership, struct date today)
{
    struct date last = {(int16_t)(membership->starts_in + 1), 7, 31};
    bool past = !membership->is_active_year && date_compare(last, today) < 0;
    return date_is_set(membership->until_on) || !past ? membership->until_on : last;
}

static enum status fill_options(struct web *web, struct pupil_detail_view *view)
{
    struct school_year year;
    struct form_option *options = NULL;
    enum status st = school_active_year(&web->work, &year);
    if (st == OK)
        st = school_group_options(web, year.id, &options, &view->option_count);
    view->options = options;
    return st;
}

static enum status show(struct web *web, const struct form *sent)
{
    struct pupil_detail_view *view = ARENA_NEW(web->arena, struct pupil_detail_view);
    struct form_values *move = ARENA_NEW(web->arena, struct form_values);
    struct form_values *leave = ARENA_NEW(web->arena, struct form_values);
    if (!view || !move || !leave)
        return ERR_NOMEM;
    view->top = school_top(web, SCHOOL_TAB_PUPILS);
    enum status st = pupil_find(&web->work, web_pupil(web), &view->pupil);
    if (st == OK)
        st = fill_texts(web, view);
    if (st == OK)
        st = group_of_pupil(&web->work, view->pupil.id, &view->groups, &view->group_count);
    if (st == OK)
        st = guardian_of_pupil(&web->work, view->pupil.id, &view->guardians, &view->guardian_count);
    if (st == OK)
        st = fill_options(web, view);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_PUPIL_DATA_SEEN, view->pupil.id.v, 0);
    if (st != OK)
        return st;
    form_begin(move, &move_form);
    form_begin(leave, &leave_form);
    form_set(leave, "left_on", arena_strdup(web->arena, date_text(web->work.today).s));
    view->move_form = sent == &move_form ? &web->form : move;
    view->leave_form = sent == &leave_form ? &web->form : leave;
    return web_page(web, view->name, html_pupil_detail_page, view);
}

static enum status detail(struct web *web)
{
    return show(web, NULL);
}

static enum status back(struct web *web, enum status st, const char *word)
{
    return st == OK
               ? web_redirect(web, "/school/leerlingen/%s?ok=%s", id_text(web_pupil(web).v).s, word)
               : st;
}

static enum status move(struct web *web)
{
    struct pupil pupil;
    struct group group;
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st != OK)
        return st;
    struct group_id to = {form_number(&web->form, "group")};
    st = form_valid(&web->form) ? group_find(&web->work, to, &group) : OK;
    if (st == ERR_NOT_FOUND || (st == OK && date_is_set(pupil.left_on))) {
        form_error(&web->form, "group", N_("Choose one of the possibilities."));
        st = OK;
    }
    if (st == OK && !form_valid(&web->form))
        return show(web, &move_form);
    if (st == OK)
        st = group_move(&web->work, to, pupil.id, web->work.today);
    return back(web, st, "in-groep");
}

static enum status take_out(struct web *web)
{
    struct pupil pupil;
    struct group group;
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st == OK)
        st = group_find(&web->work, web_group(web), &group);
    if (st == OK)
        st = group_leave(&web->work, group.id, pupil.id, web->work.today);
    return back(web, st, "uit-groep");
}

static enum status leave(struct web *web)
{
    enum status st = OK;
    if (form_valid(&web->form)) {
        st = pupil_leave(&web->work, web_pupil(web), form_date(&web->form, "left_on"));
        if (st == ERR_INVALID) {
            form_error(&web->form, "left_on",
                       N_("Choose today or a day before, after the pupil came to school."));
            st = OK;
        }
    }
    if (st == OK && !form_valid(&web->form))
        return show(web, &leave_form);
    return back(web, st, "vertrokken");
}

static enum status come_back(struct web *web)
{
    return back(web, pupil_return(&web->work, web_pupil(web)), "terug");
}

const struct route pupil_admin_routes[] = {
    {HTTP_GET, "/school/leerlingen", .right = RIGHT_SCHOOL_PEOPLE, .form = &list_form, .run = list},
    {HTTP_POST, "/school/leerlingen/zoek", .right = RIGHT_SCHOOL_PEOPLE, .form = &search_form,
     .run = list},
    {HTTP_GET, "/school/leerlingen/nieuw", .right = RIGHT_STRUCTURE, .run = pupil_new},
    {HTTP_POST, "/school/leerlingen", .right = RIGHT_STRUCTURE, .form = &pupil_edit_form,
     .run = pupil_make},
    {HTTP_GET, "/school/leerlingen/:pupil", .right = RIGHT_SCHOOL_PEOPLE, .run = detail},
    {HTTP_GET, "/school/leerlingen/:pupil/wijzig", .right = RIGHT_STRUCTURE, .run = pupil_edit},
    {HTTP_POST, "/school/leerlingen/:pupil/wijzig", .right = RIGHT_STRUCTURE,
     .form = &pupil_edit_form, .run = pupil_keep},
    {HTTP_POST, "/school/leerlingen/:pupil/groep", .right = RIGHT_STRUCTURE, .form = &move_form,
     .run = move},
    {HTTP_POST, "/school/leerlingen/:pupil/groep/:group/eruit", .right = RIGHT_STRUCTURE,
     .run = take_out},
    {HTTP_POST, "/school/leerlingen/:pupil/vertrek", .right = RIGHT_STRUCTURE, .form = &leave_form,
     .run = leave},
    {HTTP_POST, "/school/leerlingen/:pupil/terug", .right = RIGHT_STRUCTURE, .run = come_back},
    {0},
};
