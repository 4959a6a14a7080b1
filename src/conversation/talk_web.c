#include "conversation/talk_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/live_web.h"
#include "conversation/people_web.h"
#include "conversation/plan_web.h"
#include "gen/talk_html.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "visit/visit_web.h"
#include "web/web.h"

#define REOPEN_MS MS_DAY /* as conversation_reopen() */

static const struct field at_fields[] = {
    {.name = "vraag", .kind = FIELD_TEXT, .max = ANSWER_QUESTION_MAX},
    {.name = "na", .kind = FIELD_TEXT, .max = ANSWER_QUESTION_MAX}, /* the one after this one */
    {.name = "wie", .kind = FIELD_ID}, /* of a group: the pupil whose part of the form it is */
};
FORM(at_form, at_fields);

static const struct field close_fields[] = {
    {.name = "look_on", .kind = FIELD_DATE, .label = N_("When do we look back?"),
     .hint = N_("On that day it comes back on your start page.")},
};
FORM(close_form, close_fields);

/* --- what stands on top ------------------------------------------------------------------------- */

/* Who takes part in this one conversation has no dossier and no group to go to. */
static enum status about_of(struct web *web, const struct conversation *c, struct talk_head *head)
{
    struct pupil pupil;
    struct group group;
    enum right right = c->pupil.v ? RIGHT_PUPIL_READ : RIGHT_GROUP_READ;
    const struct target about = {.pupil = c->pupil, .group = c->group};
    bool may_go = access_check(&web->work, right, about) == OK;
    head->about = head->call = head->about_url = "";
    if (may_go)
        head->about_url = arena_printf(web->arena, c->pupil.v ? "/leerling/%s" : "/groep/%s",
                                       id_text(c->pupil.v ? c->pupil.v : c->group.v).s);
    if (c->pupil.v) {
        enum status st = pupil_find(&web->work, c->pupil, &pupil);
        if (st == OK) {
            head->about = person_full(web->arena, &pupil.person);
            head->call = person_call(web->arena, &pupil.person);
        }
        return st;
    }
    enum status st = group_find(&web->work, c->group, &group);
    if (st == OK)
        head->about = head->call = group.name;
    return st;
}

enum status talk_head(struct web *web, enum right right, struct conversation *ret,
                      struct talk_head *ret_head)
{
    enum status st = conversation_open(&web->work, right, web_conversation(web), ret);
    if (st != OK)
        return st;
    *ret_head = (struct talk_head){.conversation = ret,
                                   .title = method_say(&ret->method->title, tr_code(web->tr)),
                                   .state_text = plan_state_text(web, ret->state),
                                   .is_open = ret->state < CONVERSATION_UNDER_WAY,
                                   .is_under_way = ret->state == CONVERSATION_UNDER_WAY,
                                   .is_closed = ret->state == CONVERSATION_CLOSED ||
                                                ret->state == CONVERSATION_EVALUATED,
                                   .is_about_them = ret->method->about == ABOUT_STAFF};
    ret_head->moment = date_is_set(ret->held_on)
                           ? tr_date_day(web->tr, web->arena, ret->held_on, web->work.today)
                           : plan_moment(web, ret->planned_on, ret->planned_at);
    st = about_of(web, ret, ret_head);
    ret_head->heading =
        trf(web->tr, web->arena, ret_head->is_about_them ? N_("{0} about {1}") : N_("{0} with {1}"),
            2, ret_head->title, ret_head->call);
    return st;
}

static enum status seen(struct web *web, const struct conversation *c)
{
    return audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, c->pupil.v, c->id.v);
}

/* --- one conversation ----------------------------------------------------------------------------- */

/* Of a group each pupil prepares for themself. */
static const char *group_preparation(struct web *web, const struct talk_view *view)
{
    size_t pupils = 0, prepared = 0;
    for (size_t i = 0; i < view->people_count; i++) {
        pupils += view->people[i].kind == PARTICIPANT_PUPIL;
        prepared += view->people[i].kind == PARTICIPANT_PUPIL && view->people[i].prepared_at;
    }
    return trf(web->tr, web->arena,
               "{0} of {1} prepared. Before the conversation you read what they allow you to read.",
               2, arena_printf(web->arena, "%zu", prepared),
               arena_printf(web->arena, "%zu", pupils));
}

static const char *preparation_state(struct web *web, const struct talk_view *view)
{
    const struct conversation *c = view->head.conversation;
    if (!method_preparation_of(c->method, PART_PUPIL))
        return "";
    const char *call = view->head.call;
    if (c->group.v)
        return group_preparation(web, view);
    if (c->state == CONVERSATION_PLANNED)
        return trf(web->tr, web->arena, "{0} has no invitation yet.", 1, call);
    if (c->state == CONVERSATION_INVITED)
        return trf(web->tr, web->arena, "{0} is invited and has not prepared yet. That is fine too.",
                   1, call);
    if (c->may_read == MAY_READ_YES)
        return trf(web->tr, web->arena, "{0} prepared, and you may read it before.", 1, call);
    return trf(web->tr, web->arena, "{0} prepared, and tells you in the conversation.", 1, call);
}

/* To compare with (H7: against one's own earlier place). */
static enum status fill_earlier(struct web *web, struct talk_view *view)
{
    if (!view->head.is_closed)
        return OK;
    enum status st = talk_earlier(web, view->head.conversation, &view->earlier);
    if (st == OK && view->earlier)
        view->earlier_when =
            tr_date_day(web->tr, web->arena, view->earlier->held_on, web->work.today);
    return st;
}

/* What everybody prepared, the pupil first. Adults who work in the conversation read each other's
 * before. */
static enum status fill_prepared(struct web *web, const struct conversation *c,
                                 struct talk_view *view)
{
    static const struct {
        enum method_part who;
        const char *title;
    } parts[] = {
        {PART_PUPIL, N_("What the pupil prepared")},
        {PART_GUARDIAN, N_("What they prepared at home")},
        {PART_TEACHER, N_("What the teacher prepared")},
        {PART_COORDINATOR, N_("What the coordinator prepared")},
        {PART_EXTERNAL, N_("What was prepared from outside the school")},
    };
    enum status st = OK;
    for (size_t i = 0; st == OK && i < ARRAY_LEN(parts); i++) {
        struct prepared_part *part = &view->prepared[view->prepared_count];
        const struct method_preparation *of = method_preparation_of(c->method, parts[i].who);
        if (!of)
            continue;
        view->may_prepare |= parts[i].who == PART_TEACHER || parts[i].who == PART_COORDINATOR;
        st = sheet_preparation(web, c, parts[i].who, &part->sheet);
        part->title = tr(web->tr, parts[i].title);
        view->prepared_count += st == OK && part->sheet;
    }
    return st;
}

static enum status fill_talk(struct web *web, struct talk_view *view, struct conversation *c)
{
    enum status st = talk_head(web, RIGHT_CONVERSATION_READ, c, &view->head);
    struct participant *people = NULL;
    if (st == OK)
        st = conversation_people(&web->work, c, &people, &view->people_count);
    if (st == OK)
        st = fill_prepared(web, c, view);
    if (st == OK && view->head.is_closed) {
        struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
        st = sheet ? sheet_make(web, c, SHEET_READ, 0, sheet) : ERR_NOMEM;
        view->sheet = sheet;
    }
    if (st == OK)
        st = fill_earlier(web, view);
    if (st != OK)
        return st;
    view->people = people;
    view->people_parts = people_parts(web, people, view->people_count);
    view->may_invite = c->state < CONVERSATION_CLOSED &&
                       conversation_may_invite(&web->work, c) == OK;
    return view->people_parts ? OK : ERR_NOMEM;
}

static enum status talk_page(struct web *web)
{
    struct talk_view *view = ARENA_NEW(web->arena, struct talk_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    if (!view || !c)
        return ERR_NOMEM;
    enum status st = fill_talk(web, view, c);
    if (st == OK)
        st = seen(web, c);
    if (st != OK)
        return st;
    view->preparation_text = preparation_state(web, view);
    view->asks_others =
        c->method->takes_part & (PART_GUARDIAN | PART_COORDINATOR | PART_EXTERNAL) ||
        view->people_count > (c->pupil.v != 0);
    view->look_on = date_is_set(c->look_on)
                        ? tr_date_day(web->tr, web->arena, c->look_on, web->work.today)
                        : NULL;
    view->left_out = c->left_out;
    view->may_reopen = c->state == CONVERSATION_CLOSED && !c->is_informal &&
                       c->leader.v == web->actor.staff.v &&
                       web->work.now_ms - c->closed_at <= REOPEN_MS;
    view->may_evaluate = c->state == CONVERSATION_CLOSED && !c->is_informal;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, view->head.heading, html_talk_page, view);
}

/* --- the whole form ------------------------------------------------------------------------------- */

/* Who takes part from elsewhere has no dossier of the pupil: they sharpen without the name. */
static const char *sharpen_url(struct web *web, const struct conversation *c)
{
    struct target target = {.pupil = c->pupil};
    if (c->method->about != ABOUT_STAFF)
        return NULL;
    if (!c->pupil.v || access_check(&web->work, RIGHT_PUPIL_WRITE, target) != OK)
        return "/doelslijper";
    return arena_printf(web->arena, "/leerling/%s/doelslijper", id_text(c->pupil.v).s);
}

static size_t said_by(const struct sheet *sheet, int64_t pupil)
{
    size_t said = 0;
    for (size_t i = 0; i < sheet->answer_count; i++)
        said += sheet->answers[i].key.voice == VOICE_PUPIL &&
                sheet->answers[i].key.person == pupil &&
                !answer_is_empty(&sheet->answers[i].value);
    return said;
}

static const char *form_url(struct web *web, const struct conversation *c, struct pupil_id whose)
{
    return whose.v ? arena_printf(web->arena, "/gesprek/%s/invullen?wie=%s", id_text(c->id.v).s,
                                  id_text(whose.v).s)
                   : arena_printf(web->arena, "/gesprek/%s/invullen", id_text(c->id.v).s);
}

/* The group, and each pupil who takes part. */
static enum status fill_whose(struct web *web, const struct conversation *c,
                              const struct sheet *sheet, struct form_view *view)
{
    struct pupil_id here = sheet->whose ? sheet->whose->pupil : (struct pupil_id){0};
    view->url = form_url(web, c, here);
    if (!c->group.v)
        return OK;
    view->whose = ARENA_ARRAY(web->arena, struct whose_line, sheet->people_count + 1);
    if (!view->whose)
        return ERR_NOMEM;
    view->whose[view->whose_count++] = (struct whose_line){
        .name = _("Together"), .url = form_url(web, c, (struct pupil_id){0}), .is_here = !here.v};
    for (size_t i = 0; i < sheet->people_count; i++) {
        const struct participant *who = &sheet->people[i];
        if (who->kind == PARTICIPANT_PUPIL)
            view->whose[view->whose_count++] =
                (struct whose_line){.name = who->name,
                                    .url = form_url(web, c, (struct pupil_id){who->person}),
                                    .said = said_by(sheet, who->person),
                                    .is_here = who->person == here.v};
    }
    return OK;
}

static enum status show_form(struct web *web, const struct conversation *c,
                             const struct talk_head *head, const struct sheet *sheet)
{
    struct form_view *view = ARENA_NEW(web->arena, struct form_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct form_view){
        .head = *head, .sheet = sheet, .csrf = web->csrf, .sharpen_url = sharpen_url(web, c)};
    enum status st = fill_whose(web, c, sheet, view);
    if (st != OK)
        return st;
    web->form.form = NULL; /* the page has no summary of errors: they stand at their answer */
    web->reply.page.nav = NAV_HOME;
    return web_page(web, head->heading, html_form_page, view);
}

static bool takes_part(const struct sheet *sheet, struct pupil_id pupil)
{
    for (size_t i = 0; i < sheet->people_count; i++)
        if (sheet->people[i].kind == PARTICIPANT_PUPIL && sheet->people[i].person == pupil.v)
            return true;
    return false;
}

static enum status form_page(struct web *web)
{
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    struct sheet_whose *whose = ARENA_NEW(web->arena, struct sheet_whose);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct talk_head head;
    if (!sheet || !whose || !c)
        return ERR_NOMEM;
    whose->pupil.v = form_number(&web->form, "wie");
    enum status st = talk_head(web, RIGHT_CONVERSATION_WRITE, c, &head);
    if (st == OK)
        st = sheet_make_whose(web, c, whose, sheet);
    if (st == OK && whose->pupil.v && !takes_part(sheet, whose->pupil))
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = seen(web, c);
    return st == OK ? show_form(web, c, &head, sheet) : st;
}

/* --- together --------------------------------------------------------------------------------------- */

static const struct sheet_question *question_here(struct web *web, const struct conversation *c,
                                                  const struct sheet *sheet)
{
    const char *asked = form_text(&web->form, "vraag");
    const struct sheet_question *q = sheet_find(sheet, asked, NULL);
    if (!q)
        q = sheet_find(sheet, c->here, NULL);
    return q ? q : sheet_after(sheet, "");
}

static size_t number_of(const struct sheet *sheet, const struct sheet_question *question)
{
    size_t number = 1;
    for (const struct sheet_question *q = sheet_after(sheet, ""); q && q != question;
         q = sheet_after(sheet, q->question->id))
        number++;
    return number;
}

static enum status show_together(struct web *web, const struct talk_head *head,
                                 const struct sheet *sheet, const struct sheet_question *question)
{
    struct together_view *view = ARENA_NEW(web->arena, struct together_view);
    struct sheet_phase *phase = NULL;
    if (!view)
        return ERR_NOMEM;
    if (!question)
        return ERR_NOT_FOUND;
    IGNORE(sheet_find(sheet, question->question->id, &phase) != NULL);
    *view = (struct together_view){.head = *head,
                                   .sheet = sheet,
                                   .phase = phase,
                                   .question = question,
                                   .before = sheet_before(sheet, question->question->id),
                                   .after = sheet_after(sheet, question->question->id),
                                   .number = number_of(sheet, question),
                                   .minutes = head->conversation->minutes,
                                   .started_at = head->conversation->changed_at,
                                   .csrf = web->csrf};
    web->form.form = NULL;
    web->reply.page.frame = FRAME_TALK;
    web->reply.page.body_class = "talk";
    return web_page(web,
                    head->is_about_them
                        ? head->heading
                        : trf(web->tr, web->arena, "{0} and {1}", 2, head->call, web->me_name),
                    html_together_page, view);
}

static enum status together_page(struct web *web)
{
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct talk_head head;
    if (!sheet || !c)
        return ERR_NOMEM;
    enum status st = talk_head(web, RIGHT_CONVERSATION_WRITE, c, &head);
    if (st == OK && !head.is_under_way)
        return web_redirect(web, "/gesprek/%s", id_text(c->id.v).s);
    if (st == OK)
        st = sheet_make(web, c, SHEET_SHARED, 0, sheet);
    if (st == OK)
        st = seen(web, c);
    return st == OK ? show_together(web, &head, sheet, question_here(web, c, sheet)) : st;
}

/* The question after "na" as the sheet is by now: an answer may have brought one. "" at the end. */
static enum status next_question(struct web *web, const char **ret)
{
    struct conversation c;
    struct sheet sheet;
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), &c);
    if (st == OK)
        st = sheet_make(web, &c, SHEET_SHARED, 0, &sheet);
    if (st != OK)
        return st;
    const char *before = form_text(&web->form, "na");
    const struct sheet_question *next =
        sheet_find(&sheet, before, NULL) ? sheet_after(&sheet, before) : NULL;
    *ret = next ? next->question->id : "";
    return OK;
}

/* Moves all screens to a question: without it, each screen goes its own way. */
static enum status show_here(struct web *web)
{
    struct conversation_id id = web_conversation(web);
    const char *question = form_text(&web->form, "vraag");
    if (!form_valid(&web->form))
        return ERR_INVALID;
    bool goes_on = *form_text(&web->form, "na") != '\0';
    enum status st = goes_on ? next_question(web, &question) : OK;
    if (st == OK && goes_on && !*question)
        return web_redirect(web, "/gesprek/%s/sluiten", id_text(id.v).s);
    if (st == OK)
        st = conversation_show(&web->work, id, question);
    live_changed(web, id);
    return st == OK ? web_redirect(web, "/gesprek/%s/samen?vraag=%s", id_text(id.v).s, question)
                    : st;
}

enum status talk_show_again(struct web *web, const struct conversation *c,
                            const struct sheet *sheet, const struct sheet_question *question)
{
    if (web->actor.kind == ACTOR_PUPIL)
        return self_show_again(web, c, sheet, question);
    if (actor_is_visitor(&web->actor))
        return guest_show_again(web, c, sheet);
    struct conversation *again = ARENA_NEW(web->arena, struct conversation);
    struct talk_head head;
    if (!again)
        return ERR_NOMEM;
    enum status st = talk_head(web, RIGHT_CONVERSATION_WRITE, again, &head);
    if (st != OK)
        return st;
    if (sheet->use == SHEET_PREPARE)
        return prepare_show_again(web, &head, sheet);
    return sheet->use == SHEET_SHARED ? show_together(web, &head, sheet, question)
                                      : show_form(web, c, &head, sheet);
}

/* The same part of the form, kept from the whole form, the shared screen, or a preparation of
 * staff. */
static enum status keep_answer(struct web *web)
{
    if (strstr(form_text(&web->form, "back"), "/voorbereiden"))
        return prepare_keep(web);
    return talk_save(web, RIGHT_CONVERSATION_WRITE,
                     strstr(form_text(&web->form, "back"), "/samen") ? SHEET_SHARED : SHEET_FILL,
                     0);
}

static enum status attachment(struct web *web)
{
    return talk_attachment(web, RIGHT_CONVERSATION_READ);
}

static enum status live(struct web *web)
{
    return live_stream(web, web_conversation(web));
}

/* --- steps ------------------------------------------------------------------------------------------ */

static enum status begin(struct web *web)
{
    struct conversation_id id = web_conversation(web);
    enum status st = conversation_start(&web->work, id);
    return st == OK ? web_redirect(web, "/gesprek/%s/samen", id_text(id.v).s) : st;
}

static enum status reopen(struct web *web)
{
    struct conversation_id id = web_conversation(web);
    enum status st = conversation_reopen(&web->work, id);
    return st == OK ? web_redirect(web, "/gesprek/%s", id_text(id.v).s) : st;
}

static enum status looked_back(struct web *web)
{
    struct conversation_id id = web_conversation(web);
    enum status st = conversation_evaluate(&web->work, id);
    return st == OK ? web_redirect(web, "/gesprek/%s?ok=bewaard", id_text(id.v).s) : st;
}

/* --- closing ------------------------------------------------------------------------------------------ */

/* What closing asks for (DOMAIN §3), by the method; each can be left out, and then that is kept. */
static const struct closing_item {
    enum method_closing bit;
    const char *name, *text;
    const char *kinds[3]; /* kinds of answer that do it; none: done by closing itself */
} closing_items[] = {
    {CLOSING_AGREEMENTS, "agreements", N_("What did we agree: who does what, and when?"),
     {"agreement", NULL}},
    {CLOSING_SHARING, "sharing", N_("Who may know what?"), {"sharing", NULL}},
    {CLOSING_PUPIL_VIEW, "pupil-view", N_("How was this conversation for the pupil?"),
     {"listened", "tops-tips", NULL}},
    {CLOSING_LISTENING, "listening", N_("How did I listen myself?"), {"listening", NULL}},
};

static bool does(const struct sheet_question *q, const struct closing_item *item)
{
    for (size_t k = 0; item->kinds[k]; k++)
        if (str_equal(q->question->kind, item->kinds[k]))
            return true;
    return false;
}

/* What stands at one item, and where it can still be done. */
static struct close_line closing_line(struct web *web, const struct sheet *sheet,
                                      const struct closing_item *item)
{
    const struct id_text id = id_text(sheet->conversation->id.v);
    struct close_line line = {.name = item->name, .text = tr(web->tr, item->text)};
    for (size_t p = 0; p < sheet->phase_count; p++) {
        for (size_t i = 0; i < sheet->phases[p].question_count; i++) {
            const struct sheet_question *q = &sheet->phases[p].questions[i];
            if (!does(q, item))
                continue;
            line.is_done |= q->is_answered;
            if (!line.url) /* how I listened myself stands on no screen that the pupil reads too */
                line.url = arena_printf(web->arena,
                                        item->bit == CLOSING_LISTENING ? "/gesprek/%s/invullen#q-%s"
                                                                       : "/gesprek/%s/samen?vraag=%s",
                                        id.s, q->question->id);
        }
    }
    return line;
}

/* Who may know is chosen on a page of its own, also where the form does not ask for it. */
static enum status fill_sharing(struct web *web, const struct conversation *c,
                                struct close_line *line)
{
    const struct outcome_block *block = outcome_block(OUTCOME_SHARING);
    struct outcome_place place = {.conversation = c, .back = ""};
    const void *view = NULL;
    if (!c->pupil.v || !block)
        return OK;
    line->url = arena_printf(web->arena, "/gesprek/%s/delen", id_text(c->id.v).s);
    return block->load(web, &place, &view, &line->is_done);
}

/* Who is on the list when it is closed counts as heard (R1): the last look at it. */
static const char *who_came(struct web *web, const struct sheet *sheet)
{
    const char *names = "";
    for (size_t i = 0; i < sheet->people_count; i++)
        if (sheet->people[i].kind == PARTICIPANT_PUPIL)
            names = arena_printf(web->arena, "%s%s%s", names, *names ? ", " : "",
                                 sheet->people[i].name);
    return *names ? names : _("Nobody yet.");
}

static enum status fill_closing(struct web *web, struct close_view *view)
{
    const struct method *method = view->head.conversation->method;
    if (view->head.conversation->group.v)
        view->who_came = who_came(web, view->sheet);
    view->lines = ARENA_ARRAY(web->arena, struct close_line, ARRAY_LEN(closing_items));
    const char **open = ARENA_ARRAY(web->arena, const char *, view->sheet->question_count);
    if (!view->lines || !open)
        return ERR_NOMEM;
    enum status st = OK;
    for (size_t i = 0; st == OK && i < ARRAY_LEN(closing_items); i++) {
        if (!(method->closing & closing_items[i].bit))
            continue;
        struct close_line *line = &view->lines[view->line_count++];
        *line = closing_line(web, view->sheet, &closing_items[i]);
        if (closing_items[i].bit == CLOSING_SHARING)
            st = fill_sharing(web, view->head.conversation, line);
    }
    for (size_t p = 0; p < view->sheet->phase_count; p++)
        for (size_t i = 0; i < view->sheet->phases[p].question_count; i++)
            if (!view->sheet->phases[p].is_paper &&
                !view->sheet->phases[p].questions[i].is_answered)
                open[view->open_count++] = view->sheet->phases[p].questions[i].words;
    view->open_questions = open;
    return st;
}

static enum status make_closing(struct web *web, struct close_view *view)
{
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    if (!c || !sheet)
        return ERR_NOMEM;
    enum status st = talk_head(web, RIGHT_CONVERSATION_WRITE, c, &view->head);
    if (st == OK)
        st = sheet_make(web, c, SHEET_FILL, 0, sheet);
    view->sheet = sheet;
    return st == OK ? fill_closing(web, view) : st;
}

static enum status show_closing(struct web *web, struct close_view *view)
{
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "Close: {0}", 1, view->head.heading),
                    html_close_page, view);
}

static enum status close_page(struct web *web)
{
    struct close_view *view = ARENA_NEW(web->arena, struct close_view);
    struct form_values *form = ARENA_NEW(web->arena, struct form_values);
    if (!view || !form)
        return ERR_NOMEM;
    enum status st = make_closing(web, view);
    if (st == OK && !view->head.is_under_way)
        return web_redirect(web, "/gesprek/%s", id_text(view->head.conversation->id.v).s);
    if (st == OK)
        st = seen(web, view->head.conversation);
    if (st != OK)
        return st;
    form_begin(form, &close_form);
    if (view->head.conversation->method->closing & CLOSING_LOOK_BACK)
        form_set(form, "look_on",
                 arena_strdup(web->arena, date_text(date_add_days(web->work.today, 28)).s));
    view->form = form;
    return show_closing(web, view);
}

static enum status close_it(struct web *web)
{
    struct close_view *view = ARENA_NEW(web->arena, struct close_view);
    if (!view)
        return ERR_NOMEM;
    enum status st = make_closing(web, view);
    if (st != OK)
        return st;
    view->form = &web->form;
    struct date look_on = form_date(&web->form, "look_on");
    if (date_is_set(look_on) && date_compare(look_on, web->work.today) < 0)
        form_error(&web->form, "look_on", N_("Choose a day after today."));
    if (!form_valid(&web->form))
        return show_closing(web, view);
    const char *left_out = "";
    for (size_t i = 0; i < view->line_count; i++)
        if (!view->lines[i].is_done)
            left_out = arena_printf(web->arena, "%s%s%s", left_out, *left_out ? "\n" : "",
                                    view->lines[i].name);
    st = conversation_close(&web->work, web_conversation(web), left_out, look_on);
    return st == OK ? web_redirect(web, "/gesprek/%s?ok=afgesloten",
                                   id_text(web_conversation(web).v).s)
                    : st;
}

const struct route talk_routes[] = {
    {HTTP_GET, "/gesprek/:conversation", .right = RIGHT_CONVERSATION_READ, .run = talk_page},
    {HTTP_GET, "/gesprek/:conversation/invullen", .right = RIGHT_CONVERSATION_WRITE,
     .form = &at_form, .run = form_page},
    {HTTP_GET, "/gesprek/:conversation/samen", .right = RIGHT_CONVERSATION_WRITE, .form = &at_form,
     .run = together_page},
    {HTTP_POST, "/gesprek/:conversation/samen", .right = RIGHT_CONVERSATION_WRITE, .form = &at_form,
     .run = show_here},
    {HTTP_POST, "/gesprek/:conversation/antwoord", .right = RIGHT_CONVERSATION_WRITE,
     .form = &talk_answer_form, .run = keep_answer},
    {HTTP_POST, "/gesprek/:conversation/bijlage", .right = RIGHT_CONVERSATION_WRITE,
     .flags = ROUTE_UPLOAD, .form = &talk_upload_form, .run = keep_answer},
    {HTTP_GET, "/gesprek/:conversation/bijlage/:attachment", .right = RIGHT_CONVERSATION_READ,
     .run = attachment},
    {HTTP_GET, "/gesprek/:conversation/live", .right = RIGHT_CONVERSATION_READ, .run = live},
    {HTTP_POST, "/gesprek/:conversation/begin", .right = RIGHT_CONVERSATION_WRITE, .run = begin},
    {HTTP_POST, "/gesprek/:conversation/heropenen", .right = RIGHT_CONVERSATION_WRITE,
     .run = reopen},
    {HTTP_POST, "/gesprek/:conversation/teruggekeken", .right = RIGHT_CONVERSATION_WRITE,
     .run = looked_back},
    {HTTP_GET, "/gesprek/:conversation/sluiten", .right = RIGHT_CONVERSATION_WRITE,
     .run = close_page},
    {HTTP_POST, "/gesprek/:conversation/sluiten", .right = RIGHT_CONVERSATION_WRITE,
     .form = &close_form, .run = close_it},
    {0},
};
