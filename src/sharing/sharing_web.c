#include "sharing/sharing_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "badge/badge_web.h"
#include "conversation/live_web.h"
#include "conversation/plan_web.h"
#include "gen/home_html.h"
#include "gen/sharing_html.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "sharing/share_page_web.h"
#include "web/web.h"

static const struct field share_fields[] = {
    {.name = "why", .kind = FIELD_TEXT, .max = SHARING_WORDS_MAX, .label = N_("Why is it told?")},
    {.name = "when", .kind = FIELD_TEXT, .max = SHARING_WORDS_MAX, .label = N_("When?")},
    {.name = "how",
     .kind = FIELD_TEXT,
     .max = SHARING_WORDS_MAX,
     .label = N_("How, and who tells it?")},
    {.name = "together", .kind = FIELD_CHECK},
    {.name = "terug", .kind = FIELD_HIDDEN, .max = 160},
};
FORM(share_form, share_fields);

static const struct field exception_fields[] = {
    {.name = "what",
     .kind = FIELD_TEXT,
     .required = true,
     .max = SHARING_WORDS_MAX,
     .label = N_("What was told?")},
    {.name = "whom",
     .kind = FIELD_TEXT,
     .required = true,
     .max = SHARING_WORDS_MAX,
     .label = N_("To whom?")},
    {.name = "reason",
     .kind = FIELD_LONG,
     .required = true,
     .max = SHARING_WORDS_MAX,
     .label = N_("Why could it not wait?")},
    {.name = "told_on", .kind = FIELD_DATE, .label = N_("When was the pupil told?")},
};
FORM(exception_form, exception_fields);

static const struct field told_fields[] = {
    {.name = "id", .kind = FIELD_ID, .required = true},
};
FORM(told_form, told_fields);

static const struct field preview_fields[] = {
    {.name = "lezer", .kind = FIELD_ID},
};
FORM(preview_form, preview_fields);

/* --- safety first
 * ---------------------------------------------------------------------------------- */

/* The page on which it was chosen then. */
static const char *chosen_at(struct web *web, struct pupil_id pupil, struct conversation_id c)
{
    return c.v ? arena_printf(web->arena, "/gesprek/%s/delen", id_text(c.v).s)
               : arena_printf(web->arena, "/leerling/%s/delen", id_text(pupil.v).s);
}

enum status sharing_notes(struct web *web, struct pupil_id pupil, struct conversation_id c,
                          const char *told_url, struct share_note **ret, size_t *ret_count)
{
    struct sharing_exception *list = NULL;
    size_t count = 0;
    enum status st = sharing_exceptions(&web->work, pupil, c, &list, &count);
    struct share_note *notes = ARENA_ARRAY(web->arena, struct share_note, count);
    if (st == OK && !notes)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        bool told = date_is_set(list[i].told_on);
        bool here = told_url && list[i].conversation.v == c.v;
        notes[i] = (struct share_note){
            .what = list[i].what,
            .whom = list[i].whom,
            .why = list[i].why,
            .maker = list[i].maker,
            .when = tr_date_day(web->tr, web->arena, date_of(list[i].made_at), web->work.today),
            .told = told ? trf(web->tr, web->arena, "the pupil was told {0}", 1,
                               tr_date_day(web->tr, web->arena, list[i].told_on, web->work.today))
                         : _("the pupil was not told yet"),
            .id = list[i].id.v,
            .url = here || web->actor.kind == ACTOR_PUPIL
                       ? NULL
                       : chosen_at(web, pupil, list[i].conversation),
            .told_url = told || !here ? NULL : told_url};
    }
    if (st == OK) {
        *ret = notes;
        *ret_count = count;
    }
    return st;
}

/* --- the page
 * ------------------------------------------------------------------------------------------ */

static enum right right_of(const struct web *web)
{
    return web->actor.kind == ACTOR_PUPIL ? RIGHT_CONVERSATION_SELF : RIGHT_CONVERSATION_WRITE;
}

/* Of the conversation in the path, else of the pupil there, or of who is signed in. */
static enum status open_page(struct web *web, struct share_page *ret)
{
    struct conversation *c = NULL;
    struct pupil_id pupil = web->actor.kind == ACTOR_PUPIL ? web->actor.pupil : web_pupil(web);
    enum status st = OK;
    if (web_conversation(web).v) {
        c = ARENA_NEW(web->arena, struct conversation);
        if (!c)
            return ERR_NOMEM;
        st = conversation_open(&web->work, right_of(web), web_conversation(web), c);
        if (st != OK || !c->pupil.v) /* of a group: there is nobody to decide alone */
            return st == OK ? ERR_NOT_FOUND : st;
        pupil = c->pupil;
    }
    return share_page_load(web, c, pupil, ret);
}

static enum status seen(struct web *web, const struct share_page *p)
{
    return p->c ? audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, p->pupil.v, p->c->id.v)
                : audit_seen(&web->work, AUDIT_DOSSIER_SEEN, p->pupil.v, p->pupil.v);
}

static struct conversation_id talk_of(const struct share_page *p)
{
    return (struct conversation_id){p->c ? p->c->id.v : 0};
}

static enum status kid_frame(struct web *web, const char **ret_symbol, int *ret_colour)
{
    struct pupil pupil;
    struct pupil_membership *groups = NULL;
    size_t count = 0;
    enum status st = pupil_find(&web->work, web->actor.pupil, &pupil);
    if (st == OK)
        st = group_of_pupil(&web->work, pupil.id, &groups, &count);
    if (st != OK)
        return st;
    *ret_symbol = pupil_symbol_name(pupil.symbol);
    *ret_colour = pupil.colour;
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = kid_class(count ? groups[0].group.age_band : AGE_7_9);
    return OK;
}

static enum status show_page(struct web *web, const struct share_page *p,
                             const struct form_values *words, const struct form_values *exception)
{
    struct share_view *view = ARENA_NEW(web->arena, struct share_view);
    struct form_values *empty = ARENA_ARRAY(web->arena, struct form_values, 2);
    if (!view || !empty)
        return ERR_NOMEM;
    form_begin(&empty[0], &share_form);
    form_begin(&empty[1], &exception_form);
    enum status st = share_page_fill(web, p, view);
    view->form = words ? words : &empty[0];
    view->exception_form = exception ? exception : &empty[1];
    if (st == OK && view->is_pupil)
        st = kid_frame(web, &view->symbol, &view->colour);
    else if (st == OK)
        st = sharing_notes(web, p->pupil, talk_of(p),
                           arena_printf(web->arena, "%s/delen/verteld", p->base), &view->notes,
                           &view->note_count);
    if (st != OK)
        return st;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Who may know what?"),
                    view->is_pupil ? html_share_pupil_page : html_share_staff_page, view);
}

static enum status share_page(struct web *web)
{
    struct share_page p = {0};
    enum status st = open_page(web, &p);
    if (st == OK)
        st = seen(web, &p);
    return st == OK ? show_page(web, &p, NULL, NULL) : st;
}

/* What was chosen in one cell; CHOICE_NONE when it was not on the page. */
static enum sharing_choice chosen(struct web *web, const struct answer_value *raw,
                                  const struct shared_thing *t, const struct sharing_reader *reader)
{
    const char *text = answer_part(raw, share_cell_part(web, t, reader));
    return str_equal(text, "1")   ? CHOICE_YES
           : str_equal(text, "2") ? CHOICE_NO
           : str_equal(text, "3") ? CHOICE_SELF
                                  : CHOICE_NONE;
}

/*
 * A "no" that nobody decided yet and that was left standing when the page was kept: it was asked,
 * and this is the answer. Where the whole conversation is opened, or left to the pupil to tell, in
 * the same breath, what was not chosen by itself goes along with it.
 */
static bool was_left_at_no(struct web *web, const struct share_page *p,
                           const struct answer_value *raw, const struct shared_thing *t,
                           const struct sharing_reader *reader)
{
    enum sharing_choice whole = p->whole ? chosen(web, raw, p->whole, reader) : CHOICE_NO;
    if (chosen(web, raw, t, reader) != CHOICE_NO || whole == CHOICE_YES || whole == CHOICE_SELF)
        return false;
    enum sharing_why why = sharing_may_see(&p->book, t, reader).why;
    return why == WHY_PUPIL_DECIDES ||
           (!sharing_is_fixed(why) && !sharing_standing(&p->book, t, reader));
}

/* What was changed, and what was left at no; the words beside it belong to what was changed. */
static enum status decide_cells(struct web *web, struct share_page *p,
                                const struct answer_value *raw, const struct sharing_draft *draft)
{
    size_t count = 0;
    struct sharing_wish *wishes =
        ARENA_ARRAY(web->arena, struct sharing_wish, p->thing_count * p->reader_count);
    if (!wishes)
        return ERR_NOMEM;
    for (size_t r = 0; r < p->thing_count; r++) {
        for (size_t i = 0; i < p->reader_count; i++) {
            const struct shared_thing *t = &p->things[r];
            const struct sharing_reader *reader = &p->readers[i];
            enum sharing_choice now = share_choice(sharing_may_see(&p->book, t, reader));
            enum sharing_choice choice = chosen(web, raw, t, reader);
            struct sharing_wish wish = {.thing = t, .reader = reader, .draft = *draft};
            wish.draft.choice = choice;
            if (choice != CHOICE_NONE && choice != now)
                wishes[count++] = wish;
            else if (was_left_at_no(web, p, raw, t, reader))
                wishes[count++] = (struct sharing_wish){
                    .thing = t,
                    .reader = reader,
                    .draft = {.choice = CHOICE_NO, .with_pupil = draft->with_pupil}};
        }
    }
    return sharing_decide(&web->work, &p->book, talk_of(p), wishes, count);
}

static enum status back_to(struct web *web, const struct share_page *p)
{
    const char *back = form_text(&web->form, "terug");
    if (str_starts(back, p->base))
        return web_redirect(web, "%s", back);
    return web_redirect(web, "%s/delen?ok=bewaard", p->base);
}

static enum status share(struct web *web)
{
    struct share_page p = {0};
    struct answer_value raw;
    enum status st = open_page(web, &p);
    if (st == OK)
        st = answer_from_request(web->request, web->arena, &raw);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show_page(web, &p, &web->form, NULL);
    struct sharing_draft draft = {.with_pupil = form_checked(&web->form, "together"),
                                  .why = form_text(&web->form, "why"),
                                  .when = form_text(&web->form, "when"),
                                  .how = form_text(&web->form, "how")};
    st = decide_cells(web, &p, &raw, &draft);
    if (st == ERR_FORBIDDEN) {
        st = show_page(web, &p, &web->form, NULL);
        return st == OK
                   ? web_problem(
                         web, N_("Only the pupil can say yes to this. Choose it together, and tick "
                                 "that the pupil chooses."))
                   : st;
    }
    if (st == OK && p.c)
        live_changed(web, p.c->id);
    return st == OK ? back_to(web, &p) : st;
}

static enum status except(struct web *web)
{
    struct share_page p = {0};
    enum status st = open_page(web, &p);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show_page(web, &p, NULL, &web->form);
    const struct sharing_exception_draft draft = {.what = form_text(&web->form, "what"),
                                                  .whom = form_text(&web->form, "whom"),
                                                  .why = form_text(&web->form, "reason"),
                                                  .told_on = form_date(&web->form, "told_on")};
    st = sharing_exception_add(&web->work, p.pupil, talk_of(&p),
                               (struct sharing_exception_id){work_new_id(&web->work)}, &draft);
    if (st == ERR_INVALID) {
        form_error(&web->form, "told_on", N_("Choose today or a day before."));
        return show_page(web, &p, NULL, &web->form);
    }
    return st == OK ? web_redirect(web, "%s/delen?ok=bewaard", p.base) : st;
}

static enum status told(struct web *web)
{
    struct share_page p = {0};
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = open_page(web, &p);
    if (st == OK)
        st = sharing_exception_told(&web->work, p.pupil, talk_of(&p),
                                    (struct sharing_exception_id){form_number(&web->form, "id")},
                                    web->work.today);
    return st == OK ? web_redirect(web, "%s/delen?ok=bewaard", p.base) : st;
}

/* --- the preview: the real page, as this reader has it now
 * ------------------------------------------- */

static enum status preview(struct web *web)
{
    struct home_view *view = ARENA_NEW(web->arena, struct home_view);
    struct share_page p = {0};
    const struct sharing_reader *reader = NULL;
    if (!view)
        return ERR_NOMEM;
    enum status st = open_page(web, &p);
    int64_t asked = form_number(&web->form, "lezer");
    for (size_t i = 0; st == OK && i < p.reader_count; i++)
        if (p.readers[i].kind != READER_COLLEAGUE && (!asked || p.readers[i].person == asked) &&
            !reader)
            reader = &p.readers[i];
    if (st == OK && !reader)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = home_fill(web, &p.book, reader, right_of(web),
                       reader->kind == READER_EXTERNAL ? talk_of(&p) : (struct conversation_id){0},
                       view);
    if (st == OK)
        st = seen(web, &p);
    if (st != OK)
        return st;
    view->is_preview = true;
    view->reader = reader->name;
    view->back = arena_printf(web->arena, "%s/delen", p.base);
    web->form.form = NULL;
    web->reply.page.frame = FRAME_PLAIN;
    return web_page(web, _("This is how it looks at home"), html_home_page, view);
}

/* --- a block of a form
 * ------------------------------------------------------------------------------- */

static enum status load_block(struct web *web, const struct outcome_place *place,
                              const void **ret_view, bool *ret_any)
{
    struct share_view *view = ARENA_NEW(web->arena, struct share_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct share_page p = {0};
    if (!view || !c)
        return ERR_NOMEM;
    *c = *place->conversation;
    if (actor_is_visitor(&web->actor) || !c->pupil.v) {
        *view = (struct share_view){.call = "", .here = ""};
        *ret_view = view;
        return OK;
    }
    enum status st = share_page_load(web, c, c->pupil, &p);
    if (st == OK)
        st = share_page_fill(web, &p, view);
    if (st != OK)
        return st;
    view->here = place->back;
    view->may_write = place->may_write;
    *ret_view = view;
    *ret_any = view->any;
    return OK;
}

static const char *block_text(struct web *web, const void *view)
{
    const struct share_view *v = view;
    const char *text = "";
    for (size_t i = 0; i < v->column_count; i++)
        for (size_t n = 0; v->columns[i].preview_url && n < v->columns[i].sees_count; n++)
            text = arena_printf(web->arena, "%s%s: %s\n", text, v->columns[i].name,
                                v->columns[i].sees[n]);
    return text;
}

const struct outcome_block sharing_block = {.outcome = OUTCOME_SHARING,
                                            .name = "sharing",
                                            .load = load_block,
                                            .edit = html_share_block_edit,
                                            .read = html_share_block_read,
                                            .text = block_text};

const struct route sharing_routes[] = {
    {HTTP_GET, "/gesprek/:conversation/delen", .right = RIGHT_CONVERSATION_WRITE,
     .run = share_page},
    {HTTP_POST, "/gesprek/:conversation/delen", .right = RIGHT_CONVERSATION_WRITE,
     .form = &share_form, .run = share},
    {HTTP_GET, "/gesprek/:conversation/delen/thuis", .right = RIGHT_CONVERSATION_WRITE,
     .form = &preview_form, .run = preview},
    {HTTP_POST, "/gesprek/:conversation/delen/veiligheid", .right = RIGHT_CONVERSATION_WRITE,
     .form = &exception_form, .run = except},
    {HTTP_POST, "/gesprek/:conversation/delen/verteld", .right = RIGHT_CONVERSATION_WRITE,
     .form = &told_form, .run = told},
    {HTTP_GET, "/ik/gesprek/:conversation/delen", .right = RIGHT_CONVERSATION_SELF,
     .run = share_page},
    {HTTP_POST, "/ik/gesprek/:conversation/delen", .right = RIGHT_CONVERSATION_SELF,
     .form = &share_form, .run = share},
    {HTTP_GET, "/ik/gesprek/:conversation/delen/thuis", .right = RIGHT_CONVERSATION_SELF,
     .form = &preview_form, .run = preview},
    /* What came up in no conversation. */
    {HTTP_GET, "/leerling/:pupil/delen", .right = RIGHT_PUPIL_WRITE, .run = share_page},
    {HTTP_POST, "/leerling/:pupil/delen", .right = RIGHT_PUPIL_WRITE, .form = &share_form,
     .run = share},
    {HTTP_GET, "/leerling/:pupil/delen/thuis", .right = RIGHT_PUPIL_WRITE, .form = &preview_form,
     .run = preview},
    {HTTP_POST, "/leerling/:pupil/delen/veiligheid", .right = RIGHT_PUPIL_WRITE,
     .form = &exception_form, .run = except},
    {HTTP_POST, "/leerling/:pupil/delen/verteld", .right = RIGHT_PUPIL_WRITE, .form = &told_form,
     .run = told},
    {HTTP_GET, "/ik/delen", .right = RIGHT_PUPIL_SELF, .run = share_page},
    {HTTP_POST, "/ik/delen", .right = RIGHT_PUPIL_SELF, .form = &share_form, .run = share},
    {HTTP_GET, "/ik/delen/thuis", .right = RIGHT_PUPIL_SELF, .form = &preview_form, .run = preview},
    {0},
};
