/* The pupil's side: preparing, and taking part on an own device. One question at a time. */
#include "access/audit.h"
#include "badge/badge_web.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/form_paper_web.h"
#include "conversation/live_web.h"
#include "conversation/plan_web.h"
#include "conversation/talk_web.h"
#include "gen/self_html.h"
#include "method/store.h"
#include "pupil/pupil.h"
#include "web/web.h"

static const struct field at_fields[] = {
    {.name = "vraag", .kind = FIELD_TEXT, .max = ANSWER_QUESTION_MAX},
    {.name = "na", .kind = FIELD_TEXT, .max = ANSWER_QUESTION_MAX}, /* the one after this one */
};
FORM(at_form, at_fields);

static const struct choice read_choices[] = {
    {"yes", N_("My teacher may read it before")},
    {"no", N_("I tell it myself in the conversation")},
    {NULL, NULL},
};
static const struct field ready_fields[] = {
    {.name = "may_read", .kind = FIELD_CHOICE, .required = true, .choices = read_choices,
     .label = N_("What happens with it?")},
};
FORM(ready_form, ready_fields);

static bool is_preparing(const struct conversation *c)
{
    return c->state < CONVERSATION_UNDER_WAY &&
           method_preparation_of(c->method, PART_PUPIL) != NULL;
}

static enum status open_sheet(struct web *web, struct conversation *c, struct sheet *sheet)
{
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_SELF, web_conversation(web), c);
    if (st != OK)
        return st;
    if (is_preparing(c))
        return sheet_make(web, c, SHEET_PREPARE, PART_PUPIL, sheet);
    return sheet_make(web, c, c->state == CONVERSATION_UNDER_WAY ? SHEET_SHARED : SHEET_READ, 0,
                      sheet);
}

/* One field and one arrow: who goes on has kept it, with and without script. */
static const struct sheet_part *only_part(const struct sheet_question *question)
{
    const struct sheet_part *only = NULL;
    for (size_t i = 0; i < question->part_count; i++) {
        if (!question->parts[i].may_write)
            continue;
        if (only)
            return NULL;
        only = &question->parts[i];
    }
    return only;
}

static enum status fill_self(struct web *web, const struct conversation *c,
                             const struct sheet *sheet, struct self_view *view)
{
    struct pupil pupil;
    enum status st = pupil_find(&web->work, web->actor.pupil, &pupil);
    if (st != OK)
        return st;
    *view = (struct self_view){.conversation = c,
                               .sheet = sheet,
                               .title = method_say(&c->method->title, tr_code(web->tr)),
                               .call = person_call(web->arena, &pupil.person),
                               .symbol = pupil_symbol_name(pupil.symbol),
                               .colour = pupil.colour,
                               .is_young = sheet->band == BAND_4_6,
                               .is_preparing = is_preparing(c),
                               .csrf = web->csrf};
    return OK;
}

static enum status self_frame(struct web *web, const struct sheet *sheet, const char *title,
                              html_body *body, const struct self_view *view)
{
    web->form.form = NULL;
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = kid_class((enum age_band)sheet->band);
    return web_page(web, title, body, view);
}

static enum status show_self(struct web *web, const struct conversation *c,
                             const struct sheet *sheet, const struct sheet_question *question)
{
    struct self_view *view = ARENA_NEW(web->arena, struct self_view);
    if (!view)
        return ERR_NOMEM;
    enum status st = fill_self(web, c, sheet, view);
    if (st != OK)
        return st;
    view->question = question;
    if (!question)
        return self_frame(web, sheet, view->title, html_self_end_page, view);
    view->before = sheet_before(sheet, question->question->id);
    view->after = sheet_after(sheet, question->question->id);
    view->kept_by_next = only_part(question);
    view->number = 1;
    for (const struct sheet_question *q = sheet_after(sheet, ""); q && q != question;
         q = sheet_after(sheet, q->question->id))
        view->number++;
    return self_frame(web, sheet, question->words, html_self_question_page, view);
}

enum status self_show_again(struct web *web, const struct conversation *c,
                            const struct sheet *sheet, const struct sheet_question *question)
{
    return show_self(web, c, sheet, question);
}

/* The first page of preparing: the letter, as it stands on paper too (K3, K4). */
static enum status show_letter(struct web *web, const struct conversation *c,
                               const struct sheet *sheet)
{
    struct self_view *view = ARENA_NEW(web->arena, struct self_view);
    if (!view)
        return ERR_NOMEM;
    enum status st = fill_self(web, c, sheet, view);
    if (st != OK)
        return st;
    struct letter_paper letter = letter_of(web, c, c->method, PART_PUPIL, view->call, sheet->band);
    view->letter =
        letter_text(web->arena, method_say(&sheet->preparation->letter, tr_code(web->tr)), &letter);
    view->moment = plan_moment(web, c->planned_on, c->planned_at);
    view->after = sheet_after(sheet, "");
    return self_frame(web, sheet, view->title, html_self_letter_page, view);
}

/* Where the talk stands, or where the pupil asked to be; without that preparing begins at the
 * letter, and "klaar" is the last page. */
static enum status self_page(struct web *web)
{
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    if (!c || !sheet)
        return ERR_NOMEM;
    enum status st = open_sheet(web, c, sheet);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, c->pupil.v, c->id.v);
    if (st != OK)
        return st;
    const char *asked = form_text(&web->form, "vraag");
    const char *before = form_text(&web->form, "na");
    const struct sheet_question *question = sheet_find(sheet, asked, NULL);
    if (is_preparing(c) && !*asked && !*before && sheet->preparation->letter.count)
        return show_letter(web, c, sheet);
    bool end = str_equal(asked, "klaar") || c->state > CONVERSATION_UNDER_WAY;
    if (sheet_find(sheet, before, NULL)) { /* by now: an answer may have brought a question */
        question = sheet_after(sheet, before);
        end = end || !question;
    }
    if (!question && !end)
        question = sheet_find(sheet, c->here, NULL);
    if (!question && !end)
        question = sheet_after(sheet, "");
    return show_self(web, c, sheet, question);
}

static enum status keep_answer(struct web *web)
{
    struct conversation c;
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_SELF, web_conversation(web), &c);
    if (st != OK)
        return st;
    return is_preparing(&c)
               ? talk_save(web, RIGHT_CONVERSATION_SELF, SHEET_PREPARE, PART_PUPIL)
               : talk_save(web, RIGHT_CONVERSATION_SELF, SHEET_SHARED, 0);
}

static enum status ready(struct web *web)
{
    struct conversation_id id = web_conversation(web);
    if (!form_valid(&web->form))
        return web_redirect(web, "/ik/gesprek/%s?vraag=klaar", id_text(id.v).s);
    bool yes = str_equal(form_text(&web->form, "may_read"), "yes");
    enum status st = conversation_prepared(&web->work, id,
                                           yes ? MAY_READ_YES : MAY_READ_FIRST_IN_TALK);
    return st == OK ? web_redirect(web, "/ik") : st;
}

static enum status attachment(struct web *web)
{
    return talk_attachment(web, RIGHT_CONVERSATION_SELF);
}

static enum status live(struct web *web)
{
    return live_stream(web, web_conversation(web));
}

enum status self_lines(struct web *web, struct self_line **ret, size_t *ret_count)
{
    struct conversation *list = NULL;
    size_t count = 0, kept = 0;
    enum status st = conversation_of_self(&web->work, &list, &count);
    if (st != OK)
        return st;
    struct self_line *lines = ARENA_ARRAY(web->arena, struct self_line, count);
    if (!lines)
        return ERR_NOMEM;
    for (size_t i = count; st == OK && i-- > 0;) { /* soonest first */
        const struct method *method = NULL;
        if (list[i].state > CONVERSATION_UNDER_WAY)
            continue;
        st = method_by_version(&web->work, list[i].method_version, &method);
        if (st != OK)
            break;
        lines[kept++] = (struct self_line){
            .url = arena_printf(web->arena, "/ik/gesprek/%s", id_text(list[i].id.v).s),
            .title = method_say(&method->title, tr_code(web->tr)),
            .moment = plan_moment(web, list[i].planned_on, list[i].planned_at),
            .leader = list[i].leader_name,
            .is_open = list[i].state == CONVERSATION_UNDER_WAY ||
                       method_preparation_of(method, PART_PUPIL) != NULL,
            .is_ready = list[i].state == CONVERSATION_PREPARED};
    }
    if (st == OK) {
        *ret = lines;
        *ret_count = kept;
    }
    return st;
}

const struct route self_routes[] = {
    {HTTP_GET, "/ik/gesprek/:conversation", .right = RIGHT_CONVERSATION_SELF, .form = &at_form,
     .run = self_page},
    {HTTP_POST, "/ik/gesprek/:conversation/antwoord", .right = RIGHT_CONVERSATION_SELF,
     .form = &talk_answer_form, .run = keep_answer},
    {HTTP_POST, "/ik/gesprek/:conversation/bijlage", .right = RIGHT_CONVERSATION_SELF,
     .flags = ROUTE_UPLOAD, .form = &talk_upload_form, .run = keep_answer},
    {HTTP_GET, "/ik/gesprek/:conversation/bijlage/:attachment", .right = RIGHT_CONVERSATION_SELF,
     .run = attachment},
    {HTTP_POST, "/ik/gesprek/:conversation/klaar", .right = RIGHT_CONVERSATION_SELF,
     .form = &ready_form, .run = ready},
    {HTTP_GET, "/ik/gesprek/:conversation/live", .right = RIGHT_CONVERSATION_SELF, .run = live},
    {0},
};
