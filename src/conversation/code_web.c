/* Paper that comes back (R2): its code leads to the conversation, and there it is typed in or
 * photographed. */
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/talk_web.h"
#include "gen/code_html.h"
#include "signin/crockford.h"
#include "web/web.h"

static const struct field code_fields[] = {
    {.name = "code",
     .kind = FIELD_TEXT,
     .required = true,
     .max = 40,
     .label = N_("Code on the paper"),
     .hint = N_("It stands at the bottom of every page. Capitals and spaces do not matter."),
     .autocomplete = "off"},
};
FORM(code_form, code_fields);

static const struct choice do_choices[] = {{"voorbereiding", ""}, {"gesprek", ""}, {NULL, NULL}};
static const struct field paper_fields[] = {
    {.name = "do", .kind = FIELD_CHOICE, .required = true, .choices = do_choices},
    {.name = "day", .kind = FIELD_DATE, .label = N_("When was the conversation?")},
};
FORM(paper_form, paper_fields);

/* --- the code
 * --------------------------------------------------------------------------------------- */

static enum status show_code(struct web *web, const struct form_values *form)
{
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Type in from paper"), html_paper_code_page, form);
}

static enum status code_page(struct web *web)
{
    struct form_values *form = ARENA_NEW(web->arena, struct form_values);
    if (!form)
        return ERR_NOMEM;
    form_begin(form, &code_form);
    return show_code(web, form);
}

/* As people type it: capitals, spaces, dashes, o for 0, l for 1. */
static enum status read_code(const char *text, struct conversation_id *ret)
{
    uint8_t digits[ID_TEXT_LEN];
    struct id_text id;
    enum status st = crockford_read(text, ID_TEXT_LEN, digits);
    if (st != OK)
        return st;
    crockford_write(digits, ID_TEXT_LEN, id.s);
    return id_parse(id.s, &ret->v);
}

/* Somebody else's conversation and one that does not exist are answered alike. */
static enum status take_code(struct web *web)
{
    struct conversation_id id = {0};
    if (!form_valid(&web->form))
        return show_code(web, &web->form);
    enum status st = read_code(form_text(&web->form, "code"), &id);
    if (st == OK)
        st =
            access_check(&web->work, RIGHT_CONVERSATION_WRITE, (struct target){.conversation = id});
    if (st == ERR_INVALID || st == ERR_NOT_FOUND) {
        form_error(&web->form, "code",
                   N_("This code leads to no conversation of yours. Look at it once more."));
        return show_code(web, &web->form);
    }
    return st == OK ? web_redirect(web, "/gesprek/%s/papier", id_text(id.v).s) : st;
}

/* --- what to do with it
 * ------------------------------------------------------------------------------- */

static enum status show_paper(struct web *web, const struct form_values *form)
{
    struct paper_view *view = ARENA_NEW(web->arena, struct paper_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    if (!view || !c)
        return ERR_NOMEM;
    *view = (struct paper_view){.form = form};
    enum status st = talk_head(web, RIGHT_CONVERSATION_WRITE, c, &view->head);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, c->pupil.v, c->id.v);
    if (st != OK)
        return st;
    view->has_pupil = c->pupil.v && method_preparation_of(c->method, PART_PUPIL);
    view->is_pupil_open = sheet_preparation_is_open(c);
    view->pupil_tells = c->may_read == MAY_READ_FIRST_IN_TALK;
    view->has_home = method_preparation_of(c->method, PART_GUARDIAN) != NULL;
    view->has_others = method_preparation_of(c->method, PART_EXTERNAL) != NULL;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Type in from paper"), html_paper_back_page, view);
}

static enum status paper_page(struct web *web)
{
    struct form_values *form = ARENA_NEW(web->arena, struct form_values);
    if (!form)
        return ERR_NOMEM;
    form_begin(form, &paper_form);
    form_set(form, "day", arena_strdup(web->arena, date_text(web->work.today).s));
    return show_paper(web, form);
}

/* The pupil gave it, to be read before. */
static enum status take_preparation(struct web *web, struct conversation_id id)
{
    enum status st = conversation_prepared_on_paper(&web->work, id);
    if (st == ERR_FORBIDDEN) {
        st = show_paper(web, &web->form);
        return st == OK
                   ? web_problem(web,
                                 N_("The pupil prepares on screen, and says there who may read it. "
                                    "Type it in once the conversation has begun."))
                   : st;
    }
    return st == OK ? web_redirect(web, "/gesprek/%s/voorbereiden?als=leerling", id_text(id.v).s)
                    : st;
}

/* It was held on paper. */
static enum status take_talk(struct web *web, struct conversation_id id)
{
    struct date day = form_date(&web->form, "day");
    enum status st =
        conversation_start_on(&web->work, id, date_is_set(day) ? day : web->work.today);
    if (st == ERR_INVALID) {
        form_error(&web->form, "day", N_("Choose a day of this school year, up to today."));
        return show_paper(web, &web->form);
    }
    return st == OK ? web_redirect(web, "/gesprek/%s/invullen", id_text(id.v).s) : st;
}

static enum status take_paper(struct web *web)
{
    struct conversation_id id = web_conversation(web);
    if (!form_valid(&web->form))
        return show_paper(web, &web->form);
    return str_equal(form_text(&web->form, "do"), "voorbereiding") ? take_preparation(web, id)
                                                                   : take_talk(web, id);
}

const struct route code_routes[] = {
    {HTTP_GET, "/code", .right = RIGHT_STAFF, .run = code_page},
    {HTTP_POST, "/code", .right = RIGHT_STAFF, .form = &code_form, .run = take_code},
    {HTTP_GET, "/gesprek/:conversation/papier", .right = RIGHT_CONVERSATION_WRITE,
     .run = paper_page},
    {HTTP_POST, "/gesprek/:conversation/papier", .right = RIGHT_CONVERSATION_WRITE,
     .form = &paper_form, .run = take_paper},
    {0},
};
