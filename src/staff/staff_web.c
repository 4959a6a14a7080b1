#include "staff/staff_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/staff_html.h"
#include "group/group.h"
#include "http/http.h"
#include "staff/staff_edit_web.h"
#include "web/web.h"

static const char last_administrator[] =
    N_("This is the only administrator who can sign in. Make somebody else administrator first.");
static const char not_ours[] = N_("This account also opens another school, or it is blocked. Then "
                                  "one school cannot change it: ask whoever runs Weerklank.");

static const struct choice whichs[] = {
    {"hier", N_("Here")}, {"vertrokken", N_("Left")}, {NULL, NULL}};
static const struct field list_fields[] = {
    {.name = "welke", .kind = FIELD_CHOICE, .choices = whichs, .label = N_("Show")},
};
FORM(list_form, list_fields);

/* By position: enum role, from 1. */
static const struct choice roles[] = {
    {"teacher", N_("teacher")},     {"coordinator", N_("coordinator (IB)")},
    {"principal", N_("principal")}, {"administrator", N_("administrator")},
    {"support", N_("support")},     {NULL, NULL},
};
static const struct field give_fields[] = {
    {.name = "role",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = roles,
     .label = N_("Function")},
    {.name = "group",
     .kind = FIELD_ID,
     .label = N_("Of which group"),
     .hint = N_("Only for a teacher and for support.")},
};
FORM(give_form, give_fields);

static const struct field leave_fields[] = {
    {.name = "left_on",
     .kind = FIELD_DATE,
     .required = true,
     .label = N_("Last day at school"),
     .hint = N_("Functions of this year and all sign-ins at this school end.")},
};
FORM(leave_form, leave_fields);

const char *staff_role_text(enum role role)
{
    return roles[role - ROLE_TEACHER].label;
}

/* --- the list ----------------------------------------------------------------------------------
 */

static const char *group_name(const struct group *groups, size_t count, struct group_id id)
{
    for (size_t i = 0; i < count; i++)
        if (groups[i].id.v == id.v)
            return groups[i].name;
    return "";
}

/* "teacher Groep 7, coordinator (IB)", of the active year. */
static const char *functions_text(struct web *web, struct staff_id staff,
                                  const struct staff_function *functions, size_t count,
                                  const struct group *groups, size_t group_count)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        if (functions[i].staff.v != staff.v || !functions[i].is_active_year)
            continue;
        const char *group = group_name(groups, group_count, functions[i].group);
        text =
            arena_printf(web->arena, "%s%s%s%s%s", text, *text ? ", " : "",
                         tr(web->tr, staff_role_text(functions[i].role)), *group ? " " : "", group);
    }
    return text;
}

static enum status fill_list(struct web *web, struct staff_list_view *view)
{
    struct staff *staff = NULL;
    struct staff_function *functions = NULL;
    struct group *groups = NULL;
    struct school_year year;
    size_t function_count = 0, group_count = 0;
    enum status st = staff_list(&web->work, view->left, &staff, &view->count);
    if (st == OK)
        st = staff_functions(&web->work, &functions, &function_count);
    if (st == OK)
        st = school_active_year(&web->work, &year);
    if (st == OK)
        st = group_list(&web->work, year.id, &groups, &group_count);
    view->lines = ARENA_ARRAY(web->arena, struct staff_line, view->count);
    if (st == OK && !view->lines)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < view->count; i++) {
        enum staff_access access = STAFF_ACCESS_NONE;
        st = staff_access_of(&web->work, staff[i].account, &access);
        view->lines[i] =
            (struct staff_line){.id = staff[i].id,
                                .name = person_full(web->arena, &staff[i].person),
                                .functions = functions_text(web, staff[i].id, functions,
                                                            function_count, groups, group_count),
                                .left = date_is_set(staff[i].left_on)
                                            ? tr_date_full(web->tr, web->arena, staff[i].left_on)
                                            : NULL,
                                .access = access};
    }
    return st;
}

static enum status list(struct web *web)
{
    struct staff_list_view *view = ARENA_NEW(web->arena, struct staff_list_view);
    if (!view)
        return ERR_NOMEM;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    view->top = school_top(web, SCHOOL_TAB_STAFF);
    view->left = form_number(&web->form, "welke") == 1;
    web->form.form = NULL;
    enum status st = fill_list(web, view);
    return st == OK ? web_page(web, _("Staff"), html_staff_list_page, view) : st;
}

/* --- one member of staff ------------------------------------------------------------------------
 */

static enum status fill_functions(struct web *web, struct staff_detail_view *view)
{
    struct staff_function *functions = NULL;
    size_t count = 0;
    enum status st = staff_functions_of(&web->work, view->staff.id, &functions, &count);
    view->functions = ARENA_ARRAY(web->arena, struct function_line, count);
    if (st == OK && !view->functions)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct group group = {.name = _("the whole school")};
        if (functions[i].group.v)
            st = group_find(&web->work, functions[i].group, &group);
        view->functions[i] =
            (struct function_line){.id = functions[i].id,
                                   .role = tr(web->tr, staff_role_text(functions[i].role)),
                                   .where = group.name,
                                   .year = school_year_text(web->arena, functions[i].starts_in),
                                   .is_active_year = functions[i].is_active_year};
    }
    view->function_count = count;
    return st;
}

static enum status fill_suggestions(struct web *web, struct staff_detail_view *view)
{
    struct staff_suggestion *suggestions = NULL;
    size_t count = 0;
    enum status st = staff_suggestions(&web->work, view->staff.id, &suggestions, &count);
    view->suggestions = ARENA_ARRAY(web->arena, struct suggestion_line, count);
    if (st == OK && !view->suggestions)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct group group;
        st = group_find(&web->work, suggestions[i].group, &group);
        view->suggestions[i] = (struct suggestion_line){group.name, suggestions[i].said};
    }
    view->suggestion_count = count;
    return st;
}

static enum status fill_detail(struct web *web, struct staff_detail_view *view)
{
    struct school_year year;
    struct form_option *groups = NULL;
    enum status st = staff_find(&web->work, web_staff(web), &view->staff);
    if (st == OK)
        st = staff_account_find(&web->work, view->staff.id, &view->account);
    if (st == OK)
        st = fill_functions(web, view);
    if (st == OK)
        st = fill_suggestions(web, view);
    if (st == OK)
        st = school_active_year(&web->work, &year);
    if (st == OK)
        st = school_group_options(web, year.id, &groups, &view->group_count);
    view->groups = groups;
    return st;
}

static enum status show(struct web *web, const struct form *sent)
{
    struct staff_detail_view *view = ARENA_NEW(web->arena, struct staff_detail_view);
    struct form_values *give = ARENA_NEW(web->arena, struct form_values);
    struct form_values *leave = ARENA_NEW(web->arena, struct form_values);
    if (!view || !give || !leave)
        return ERR_NOMEM;
    view->top = school_top(web, SCHOOL_TAB_STAFF);
    enum status st = fill_detail(web, view);
    if (st != OK)
        return st;
    form_begin(give, &give_form);
    form_begin(leave, &leave_form);
    form_set(leave, "left_on", arena_strdup(web->arena, date_text(web->work.today).s));
    view->give_form = sent == &give_form ? &web->form : give;
    view->leave_form = sent == &leave_form ? &web->form : leave;
    view->name = person_full(web->arena, &view->staff.person);
    view->is_me = view->staff.id.v == web->actor.staff.v;
    if (date_is_set(view->staff.left_on))
        view->left = tr_date_full(web->tr, web->arena, view->staff.left_on);
    if (sent == NULL)
        web->form.form = NULL;
    return web_page(web, view->name, html_staff_detail_page, view);
}

static enum status detail(struct web *web)
{
    return show(web, NULL);
}

/* Back to the page with a notice; refusals that a person can understand stay on the page. */
static enum status back(struct web *web, enum status st, const char *word)
{
    if (st == OK)
        return web_redirect(web, "/school/medewerkers/%s?ok=%s", id_text(web_staff(web).v).s, word);
    if (st != ERR_CONFLICT && st != ERR_FORBIDDEN)
        return st;
    const char *why = st == ERR_CONFLICT ? last_administrator : not_ours;
    st = show(web, NULL);
    return st == OK ? web_problem(web, why) : st;
}

/* --- functions ----------------------------------------------------------------------------------
 */

static enum status give(struct web *web)
{
    struct staff staff;
    struct school_year year;
    enum status st = staff_find(&web->work, web_staff(web), &staff);
    if (st == OK)
        st = school_active_year(&web->work, &year);
    if (st != OK)
        return st;
    enum role role = (enum role)(form_number(&web->form, "role") + ROLE_TEACHER);
    struct group_id group = {form_number(&web->form, "group")};
    bool wants_group = role == ROLE_TEACHER || role == ROLE_SUPPORT;
    struct group found;
    bool known = group.v && group_find(&web->work, group, &found) == OK;
    if (form_valid(&web->form) && wants_group && (!known || found.year.v != year.id.v))
        form_error(&web->form, "group", N_("Choose the group too."));
    if (form_valid(&web->form) && date_is_set(staff.left_on))
        form_error(&web->form, "role", N_("Somebody who has left gets no function."));
    if (!form_valid(&web->form))
        return show(web, &give_form);
    st =
        staff_give(&web->work, staff.id, role, year.id, wants_group ? group : (struct group_id){0});
    return back(web, st, "functie-gegeven");
}

static enum status take(struct web *web)
{
    struct function_id function = {web->ids[PARAM_FUNCTION]};
    struct staff_id staff;
    struct group_id group;
    enum status st = staff_function_find(&web->work, function, &staff, &group);
    if (st == OK && staff.v != web_staff(web).v)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = staff_take(&web->work, function);
    return back(web, st, "functie-genomen");
}

static enum status leave(struct web *web)
{
    enum status st = OK;
    if (form_valid(&web->form)) {
        st = staff_leave(&web->work, web_staff(web), form_date(&web->form, "left_on"));
        if (st == ERR_INVALID) {
            form_error(&web->form, "left_on", N_("Choose today or a day before."));
            st = OK;
        }
    }
    if (st == OK && !form_valid(&web->form))
        return show(web, &leave_form);
    return back(web, st, "vertrokken");
}

static enum status come_back(struct web *web)
{
    return back(web, staff_return(&web->work, web_staff(web)), "terug");
}

/* --- signing in ---------------------------------------------------------------------------------
 */

/* Shown this once and kept nowhere: no redirect, and no-store as every page has. */
static enum status show_link(struct web *web, const char *token)
{
    struct staff_link_view *view = ARENA_NEW(web->arena, struct staff_link_view);
    struct staff staff;
    struct staff_account account;
    if (!view)
        return ERR_NOMEM;
    enum status st = staff_find(&web->work, web_staff(web), &staff);
    if (st == OK)
        st = staff_account_find(&web->work, staff.id, &account);
    if (st != OK)
        return st;
    *view = (struct staff_link_view){.top = school_top(web, SCHOOL_TAB_STAFF),
                                     .staff = staff.id,
                                     .name = person_full(web->arena, &staff.person),
                                     .email = account.email,
                                     .link = arena_printf(web->arena, "%s://%s/uitnodiging?code=%s",
                                                          web->request->secure ? "https" : "http",
                                                          web->request->host, token)};
    return web_page(web, _("A link to sign in"), html_staff_link_page, view);
}

static enum status invite(struct web *web)
{
    char token[ACCOUNT_TOKEN_TEXT] = "";
    enum status st = staff_invite(&web->work, web_staff(web), token);
    if (st == OK && *token)
        return show_link(web, token);
    if (st != ERR_INVALID && st != ERR_CONFLICT)
        return back(web, st, "gekoppeld");
    const char *why = st == ERR_INVALID ? N_("First give this person an e-mail address.")
                                        : N_("A colleague signs in with this address already.");
    st = show(web, NULL);
    return st == OK ? web_problem(web, why) : st;
}

static enum status reset_factor(struct web *web)
{
    return back(web, staff_reset_second_factor(&web->work, web_staff(web)), "stap-weg");
}

static enum status block(struct web *web)
{
    return back(web, staff_block(&web->work, web_staff(web), true), "geblokkeerd");
}

static enum status unblock(struct web *web)
{
    return back(web, staff_block(&web->work, web_staff(web), false), "vrijgegeven");
}

const struct route staff_routes[] = {
    {HTTP_GET, "/school/medewerkers", .right = RIGHT_SCHOOL_READ, .form = &list_form, .run = list},
    {HTTP_GET, "/school/medewerkers/nieuw", .right = RIGHT_STRUCTURE, .run = staff_new},
    {HTTP_POST, "/school/medewerkers", .right = RIGHT_STRUCTURE, .form = &staff_edit_form,
     .run = staff_make},
    {HTTP_GET, "/school/medewerkers/:staff", .right = RIGHT_SCHOOL_READ, .run = detail},
    {HTTP_GET, "/school/medewerkers/:staff/wijzig", .right = RIGHT_STRUCTURE, .run = staff_edit},
    {HTTP_POST, "/school/medewerkers/:staff/wijzig", .right = RIGHT_STRUCTURE,
     .form = &staff_edit_form, .run = staff_keep},
    {HTTP_POST, "/school/medewerkers/:staff/functie", .right = RIGHT_STRUCTURE, .form = &give_form,
     .run = give},
    {HTTP_POST, "/school/medewerkers/:staff/functie/:function/weg", .right = RIGHT_STRUCTURE,
     .run = take},
    {HTTP_POST, "/school/medewerkers/:staff/vertrek", .right = RIGHT_STRUCTURE, .form = &leave_form,
     .run = leave},
    {HTTP_POST, "/school/medewerkers/:staff/terug", .right = RIGHT_STRUCTURE, .run = come_back},
    {HTTP_POST, "/school/medewerkers/:staff/uitnodigen", .right = RIGHT_STRUCTURE, .run = invite},
    {HTTP_POST, "/school/medewerkers/:staff/tweede-stap", .right = RIGHT_STRUCTURE,
     .run = reset_factor},
    {HTTP_POST, "/school/medewerkers/:staff/blokkeren", .right = RIGHT_STRUCTURE, .run = block},
    {HTTP_POST, "/school/medewerkers/:staff/vrijgeven", .right = RIGHT_STRUCTURE, .run = unblock},
    {0},
};
