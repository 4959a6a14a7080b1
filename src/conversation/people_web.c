#include "conversation/people_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "conversation/mail.h"
#include "gen/people_html.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "method/words_web.h"
#include "staff/staff.h"
#include "web/web.h"

static const struct choice kind_choices[] = {
    {"pupil", ""}, {"staff", ""}, {"guardian", ""}, {"external", ""}, {NULL, NULL}};
static const struct choice part_choices[] = {
    {"teacher", N_("teacher")}, {"coordinator", N_("coordinator")}, {NULL, NULL}};
#define ADD_FIELDS(wanted)                                                                         \
    {                                                                                              \
        {.name = "kind", .kind = FIELD_CHOICE, .required = true, .choices = kind_choices},         \
            {.name = "pupil", .kind = FIELD_ID, .required = (wanted), .label = N_("Who")},         \
            {.name = "staff", .kind = FIELD_ID, .required = (wanted), .label = N_("Who")},         \
            {.name = "part",                                                                       \
             .kind = FIELD_CHOICE,                                                                 \
             .required = (wanted),                                                                 \
             .choices = part_choices,                                                              \
             .label = N_("As")},                                                                   \
            {.name = "guardian", .kind = FIELD_ID, .required = (wanted), .label = N_("Who")},      \
            {.name = "name",                                                                       \
             .kind = FIELD_TEXT,                                                                   \
             .required = (wanted),                                                                 \
             .max = CONVERSATION_NAME_MAX,                                                         \
             .label = N_("Name, and from where")},                                                 \
            {.name = "address",                                                                    \
             .kind = FIELD_EMAIL,                                                                  \
             .max = MAIL_ADDRESS_MAX,                                                              \
             .label = N_("E-mail address"),                                                        \
             .hint = N_("The invitation goes there. Without one it goes on paper.")},              \
    }
/* One form is sent with one of these; each of the forms on the page wants its own. */
static const struct field add_fields[] = ADD_FIELDS(false);
static const struct field drawn_fields[] = ADD_FIELDS(true);
FORM(add_form, add_fields);
FORM(drawn_form, drawn_fields);

static const struct field off_fields[] = {
    {.name = "kind",
     .kind = FIELD_NUMBER,
     .required = true,
     .min_value = PARTICIPANT_STAFF,
     .max_value = PARTICIPANT_EXTERNAL},
    {.name = "person", .kind = FIELD_ID, .required = true},
};
FORM(off_form, off_fields);

/* --- the list
 * --------------------------------------------------------------------------------------- */

/* A pupil is named, and that says it. */
static const char *part_words(struct web *web, enum method_part part)
{
    static const struct {
        enum method_part part;
        const char *words;
    } words[] = {{PART_TEACHER, N_("colleague")},
                 {PART_COORDINATOR, N_("coordinator")},
                 {PART_GUARDIAN, N_("parent")},
                 {PART_EXTERNAL, N_("from outside the school")}};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (words[i].part == part)
            return tr(web->tr, words[i].words);
    return "";
}

const char *const *people_parts(struct web *web, const struct participant *people, size_t count)
{
    const char **list = ARENA_ARRAY(web->arena, const char *, count);
    for (size_t i = 0; list && i < count; i++)
        list[i] = part_words(web, people[i].part);
    return list;
}

/* The rule of conversation_remove_person(), in words. */
static const char *why_stays(struct web *web, const struct conversation *c,
                             const struct participant *who)
{
    if (who->kind == PARTICIPANT_PUPIL && who->person == c->pupil.v)
        return _("the conversation is about this pupil");
    return who->kind != PARTICIPANT_STAFF && who->has_said ? _("said something already: that stays")
                                                           : NULL;
}

static enum status fill_lines(struct web *web, struct people_view *view,
                              struct participant **ret_people)
{
    const struct conversation *c = view->head.conversation;
    struct participant *people = NULL;
    size_t count = 0;
    enum status st = conversation_people(&web->work, c, &people, &count);
    if (st == OK)
        st = conversation_people_said(&web->work, c, people, count);
    if (st != OK)
        return st;
    view->lines = ARENA_ARRAY(web->arena, struct person_line, count);
    if (!view->lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        view->lines[i] = (struct person_line){.who = &people[i],
                                              .part = part_words(web, people[i].part),
                                              .stays = why_stays(web, c, &people[i])};
    view->line_count = count;
    *ret_people = people;
    return OK;
}

/* --- whom to add
 * -------------------------------------------------------------------------------------- */

static bool is_listed(const struct people_view *view, enum participant_kind kind, int64_t person)
{
    for (size_t i = 0; i < view->line_count; i++)
        if (view->lines[i].who->kind == kind && view->lines[i].who->person == person)
            return true;
    return false;
}

static struct form_option option_of(struct web *web, int64_t id, const char *name)
{
    return (struct form_option){arena_strdup(web->arena, id_text(id).s), name};
}

static enum status fill_colleagues(struct web *web, struct people_view *view)
{
    struct staff *staff = NULL;
    size_t count = 0;
    enum status st = staff_list(&web->work, false, &staff, &count);
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, count);
    if (st == OK && !options)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        if (staff[i].id.v != view->head.conversation->leader.v &&
            !is_listed(view, PARTICIPANT_STAFF, staff[i].id.v))
            options[view->colleague_count++] =
                option_of(web, staff[i].id.v, person_full(web->arena, &staff[i].person));
    view->colleagues = options;
    return st;
}

static enum status fill_pupils(struct web *web, struct people_view *view)
{
    struct group_member *members = NULL;
    size_t count = 0;
    if (!view->head.conversation->group.v)
        return OK;
    enum status st = group_members(&web->work, view->head.conversation->group, &members, &count);
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, count);
    if (st == OK && !options)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        if (!is_listed(view, PARTICIPANT_PUPIL, members[i].pupil.v))
            options[view->pupil_count++] =
                option_of(web, members[i].pupil.v, person_full(web->arena, &members[i].person));
    view->pupils = options;
    return st;
}

static enum status fill_guardians(struct web *web, struct people_view *view)
{
    struct guardian *guardians = NULL;
    size_t count = 0;
    if (!view->head.conversation->pupil.v)
        return OK;
    enum status st =
        guardian_of_pupil(&web->work, view->head.conversation->pupil, &guardians, &count);
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, count);
    if (st == OK && !options)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        if (guardians[i].information != INFORMATION_NONE &&
            !is_listed(view, PARTICIPANT_GUARDIAN, guardians[i].id.v))
            options[view->guardian_count++] =
                option_of(web, guardians[i].id.v, person_full(web->arena, &guardians[i].person));
    view->guardians = options;
    return st;
}

/* The parts that this kind of conversation has for colleagues: a choice only when there are two. */
static enum status fill_parts(struct web *web, struct people_view *view)
{
    struct form_option *options =
        ARENA_ARRAY(web->arena, struct form_option, ARRAY_LEN(part_choices));
    if (!options)
        return ERR_NOMEM;
    for (size_t i = 0; part_choices[i].value; i++)
        options[view->part_count++] =
            (struct form_option){part_choices[i].value, tr(web->tr, part_choices[i].label)};
    const unsigned both = PART_TEACHER | PART_COORDINATOR;
    if ((view->head.conversation->method->takes_part & both) != both)
        view->part_count = 0;
    view->parts = options;
    return OK;
}

/* --- the page
 * ------------------------------------------------------------------------------------------- */

static enum status show(struct web *web, struct people_view *view, const struct form_values *form)
{
    struct participant *people = NULL;
    struct form_values *drawn = ARENA_NEW(web->arena, struct form_values);
    if (!drawn)
        return ERR_NOMEM;
    *drawn = *form;
    drawn->form = &drawn_form;
    view->form = drawn;
    enum status st = fill_lines(web, view, &people);
    if (st == OK)
        st = fill_colleagues(web, view);
    if (st == OK)
        st = fill_pupils(web, view);
    if (st == OK)
        st = fill_guardians(web, view);
    if (st == OK)
        st = fill_parts(web, view);
    if (st != OK)
        return st;
    view->expected = trf(web->tr, web->arena, "This kind of conversation is for: {0}.", 1,
                         method_takers_text(web, view->head.conversation->method));
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Who takes part"), html_people_page, view);
}

static enum status open_view(struct web *web, struct people_view **ret)
{
    struct people_view *view = ARENA_NEW(web->arena, struct people_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    if (!view || !c)
        return ERR_NOMEM;
    enum status st = talk_head(web, RIGHT_CONVERSATION_WRITE, c, &view->head);
    if (st == OK)
        st = conversation_may_invite(&web->work, c);
    if (st == OK)
        *ret = view;
    return st;
}

static enum status show_fresh(struct web *web, struct people_view *view)
{
    struct form_values *form = ARENA_NEW(web->arena, struct form_values);
    if (!form)
        return ERR_NOMEM;
    form_begin(form, &add_form);
    return show(web, view, form);
}

static enum status people_page(struct web *web)
{
    struct people_view *view = NULL;
    enum status st = open_view(web, &view);
    if (st != OK)
        return st;
    if (view->head.conversation->state >= CONVERSATION_CLOSED)
        return web_redirect(web, "/gesprek/%s", id_text(web_conversation(web).v).s);
    return show_fresh(web, view);
}

static enum status back(struct web *web)
{
    return web_redirect(web, "/gesprek/%s/deelnemers?ok=bewaard",
                        id_text(web_conversation(web).v).s);
}

/* What was chosen, by the kind of person: its field, who, and in which part. */
struct chosen {
    enum participant_kind kind;
    const char *field;
};

static struct chosen chosen_of(const struct form_values *form)
{
    static const struct chosen kinds[] = {{PARTICIPANT_PUPIL, "pupil"},
                                          {PARTICIPANT_STAFF, "staff"},
                                          {PARTICIPANT_GUARDIAN, "guardian"},
                                          {PARTICIPANT_EXTERNAL, "name"}};
    return kinds[form_number(form, "kind")];
}

static enum method_part part_of(const struct form_values *form)
{
    return str_equal(form_text(form, "part"), "coordinator") ? PART_COORDINATOR : 0;
}

static enum status add_person(struct web *web)
{
    struct people_view *view = NULL;
    enum status st = open_view(web, &view);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, view, &web->form);
    struct chosen chosen = chosen_of(&web->form);
    bool by_name = chosen.kind == PARTICIPANT_EXTERNAL;
    st = by_name ? conversation_add_external(&web->work, web_conversation(web),
                                             form_text(&web->form, "name"),
                                             form_text(&web->form, "address"))
                 : conversation_add_person(
                       &web->work, web_conversation(web), chosen.kind,
                       form_number(&web->form, chosen.field),
                       chosen.kind == PARTICIPANT_STAFF ? part_of(&web->form) : 0, "");
    if (st == ERR_INVALID && by_name && *form_text(&web->form, "name")) {
        form_error(&web->form, "address", N_("Type an e-mail address like name@school.nl."));
        return show(web, view, &web->form);
    }
    if (st == ERR_INVALID) {
        form_error(&web->form, chosen.field,
                   by_name ? N_("Fill this in.") : N_("Choose somebody from the list."));
        return show(web, view, &web->form);
    }
    return st == OK ? back(web) : st;
}

static enum status take_off(struct web *web)
{
    struct people_view *view = NULL;
    enum status st = open_view(web, &view);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    st = conversation_remove_person(&web->work, web_conversation(web),
                                    (enum participant_kind)form_number(&web->form, "kind"),
                                    form_number(&web->form, "person"));
    if (st == ERR_NOT_FOUND) /* somebody else took them off: that was the wish */
        return back(web);
    if (st != ERR_INVALID)
        return st == OK ? back(web) : st;
    st = show_fresh(web, view);
    return st == OK ? web_problem(web, N_("Who said something in this conversation stays on the "
                                          "list, and so does the pupil it is about."))
                    : st;
}

const struct route people_routes[] = {
    {HTTP_GET, "/gesprek/:conversation/deelnemers", .right = RIGHT_CONVERSATION_WRITE,
     .run = people_page},
    {HTTP_POST, "/gesprek/:conversation/deelnemers", .right = RIGHT_CONVERSATION_WRITE,
     .form = &add_form, .run = add_person},
    {HTTP_POST, "/gesprek/:conversation/deelnemers/weg", .right = RIGHT_CONVERSATION_WRITE,
     .form = &off_form, .run = take_off},
    {0},
};
