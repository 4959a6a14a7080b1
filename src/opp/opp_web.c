#include "opp/opp_web.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/conversation.h"
#include "gen/opp_html.h"
#include "pupil/dossier_web.h"
#include "web/web.h"

static const struct choice kinds[] = {
    {"opgesteld", N_("Drawn up")},
    {"bijgesteld", N_("Adjusted")},
    {"geevalueerd", N_("Evaluated")},
    {NULL, NULL},
};
static const struct choice heards[] = {
    {"ja", N_("Yes, the pupil was heard")},
    {"nee", N_("No, and this is why")},
    {NULL, NULL},
};
static const struct choice ways[] = {
    {"gesprek", N_("In a conversation")},
    {"tekening", N_("With a drawing")},
    {"schrift", N_("In writing")},
    {"vertrouwd", N_("Through somebody the pupil trusts")},
    {NULL, NULL},
};

static const struct field fields[] = {
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = kinds,
     .label = N_("What happened with the OPP?")},
    {.name = "moment_on", .kind = FIELD_DATE, .required = true, .label = N_("On which day?")},
    {.name = "heard",
     .kind = FIELD_CHOICE,
     .required = true,
     .choices = heards,
     .label = N_("Was the pupil heard?")},
    {.name = "heard_on", .kind = FIELD_DATE, .label = N_("Heard on")},
    {.name = "way", .kind = FIELD_CHOICE, .choices = ways, .label = N_("How?")},
    {.name = "present", .kind = FIELD_TEXT, .max = OPP_TEXT_MAX, .label = N_("Who was there?")},
    {.name = "conversation",
     .kind = FIELD_ID,
     .label = N_("In which conversation was it said?"),
     .hint = N_("After keeping you can take over what the pupil said in it.")},
    {.name = "words",
     .kind = FIELD_LONG,
     .max = OPP_WORDS_MAX,
     .label = N_("In which words?"),
     .hint = N_("As the pupil said it.")},
    {.name = "done",
     .kind = FIELD_LONG,
     .max = OPP_TEXT_MAX,
     .label = N_("What was done with it in the OPP?")},
    {.name = "why",
     .kind = FIELD_LONG,
     .max = OPP_TEXT_MAX,
     .label = N_("Why that, and what not?")},
    {.name = "told_on", .kind = FIELD_DATE, .label = N_("The pupil was told this on")},
    {.name = "reason",
     .kind = FIELD_LONG,
     .max = OPP_TEXT_MAX,
     .label = N_("Why was the pupil not heard?")},
    {.name = "version", .kind = FIELD_NUMBER, .min_value = 0, .max_value = 1000000},
};
FORM(form, fields);

static const struct field list_fields[] = {
    {.name = "weg", .kind = FIELD_ID},
};
FORM(list_form, list_fields);

static const struct field take_fields[] = {
    {.name = "vraag", .kind = FIELD_TEXT, .required = true, .max = ANSWER_QUESTION_MAX},
};
FORM(take_form, take_fields);

/* --- the form
 * ------------------------------------------------------------------------------------------ */

static void set_day(struct web *web, struct form_values *values, const char *name, struct date on)
{
    form_set(values, name, arena_strdup(web->arena, date_text(on).s));
}

static void fill_form(struct web *web, struct form_values *values, const struct opp_moment *m)
{
    form_begin(values, &form);
    form_set(values, "version", arena_printf(web->arena, "%d", m ? m->version : 0));
    if (!m) {
        form_set(values, "kind", kinds[0].value);
        form_set(values, "heard", heards[0].value);
        form_set(values, "way", ways[0].value);
        set_day(web, values, "moment_on", web->work.today);
        set_day(web, values, "heard_on", web->work.today);
        return;
    }
    form_set(values, "kind", kinds[m->kind - OPP_DRAWN_UP].value);
    form_set(values, "heard", heards[m->heard - OPP_HEARD].value);
    form_set(values, "way", m->way ? ways[m->way - OPP_CONVERSATION].value : "");
    form_set(values, "conversation",
             m->conversation.v ? arena_strdup(web->arena, id_text(m->conversation.v).s) : "");
    set_day(web, values, "moment_on", m->moment_on);
    set_day(web, values, "heard_on", m->heard_on);
    set_day(web, values, "told_on", m->told_on);
    form_set(values, "words", m->words);
    form_set(values, "present", m->present);
    form_set(values, "done", m->done);
    form_set(values, "why", m->why);
    form_set(values, "reason", m->reason);
}

static struct opp_draft draft_of(const struct form_values *values)
{
    bool way = *form_text(values, "way") != '\0';
    return (struct opp_draft){
        .conversation = {form_number(values, "conversation")},
        .kind = (enum opp_kind)(form_number(values, "kind") + OPP_DRAWN_UP),
        .moment_on = form_date(values, "moment_on"),
        .heard = (enum opp_heard)(form_number(values, "heard") + OPP_HEARD),
        .way = way ? (enum opp_way)(form_number(values, "way") + OPP_CONVERSATION) : OPP_NO_WAY,
        .heard_on = form_date(values, "heard_on"),
        .told_on = form_date(values, "told_on"),
        .words = form_text(values, "words"),
        .present = form_text(values, "present"),
        .done = form_text(values, "done"),
        .why = form_text(values, "why"),
        .reason = form_text(values, "reason")};
}

static bool is_ahead(const struct web *web, struct date on)
{
    return date_is_set(on) && date_compare(on, web->work.today) > 0;
}

/* What opp_save() would refuse, said at the field. */
static void check_form(struct web *web)
{
    struct form_values *values = &web->form;
    struct opp_draft d = draft_of(values);
    if (date_compare(d.moment_on, date_add_days(web->work.today, OPP_AHEAD_DAYS)) > 0)
        form_error(values, "moment_on", N_("Choose a day within a year."));
    if (d.heard == OPP_NOT_HEARD) {
        if (str_is_blank(d.reason))
            form_error(values, "reason", N_("Write down why the pupil was not heard."));
        return;
    }
    if (d.way == OPP_NO_WAY)
        form_error(values, "way", N_("Choose how the pupil was heard."));
    if (!date_is_set(d.heard_on) || is_ahead(web, d.heard_on))
        form_error(values, "heard_on", N_("Choose today or a day before."));
    if (is_ahead(web, d.told_on))
        form_error(values, "told_on", N_("Choose today or a day before."));
    if (str_is_blank(d.words) && !d.conversation.v)
        form_error(values, "words",
                   N_("Write down the pupil's words, or choose the conversation."));
}

static enum status talk_options(struct web *web, const struct opp_talks *talks,
                                struct opp_view *view)
{
    struct form_option *options = ARENA_ARRAY(web->arena, struct form_option, talks->count);
    size_t count = 0;
    if (!options)
        return ERR_NOMEM;
    for (size_t i = 0; i < talks->count; i++)
        if (talks->list[i].state != CONVERSATION_CANCELLED)
            options[count++] = (struct form_option){
                arena_strdup(web->arena, id_text(talks->list[i].id.v).s), talks->titles[i]};
    view->talks = options;
    view->talk_count = count;
    return OK;
}

/* --- the pages
 * ------------------------------------------------------------------------------------------------
 */

static enum status show_list(struct web *web, const struct form_values *values)
{
    struct opp_view *view = ARENA_NEW(web->arena, struct opp_view);
    struct form_values *fresh = ARENA_NEW(web->arena, struct form_values);
    struct opp_talks talks;
    struct pupil_head pupil;
    if (!view || !fresh)
        return ERR_NOMEM;
    enum status st = dossier_head(web, TAB_OPP, &view->head, &pupil);
    if (st == OK)
        st = opp_talks_read(web, &talks);
    if (st == OK)
        st = opp_lines_of(web, &talks, (struct opp_moment_id){0}, &view->lines, &view->count);
    if (st == OK)
        st = talk_options(web, &talks, view);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_OPP_SEEN, view->head.pupil.v, 0);
    if (st != OK)
        return st;
    fill_form(web, fresh, NULL);
    bool may_write =
        access_check(&web->work, RIGHT_PUPIL_WRITE, (struct target){.pupil = web_pupil(web)}) == OK;
    view->form = !may_write ? NULL : values ? values : fresh;
    struct opp_moment_id id = {values ? web->ids[PARAM_MOMENT] : work_new_id(&web->work)};
    view->action = arena_printf(web->arena, "%s/%s", opp_url(web), id_text(id.v).s);
    if (web->form.form == &list_form) {
        view->removed = (struct opp_moment_id){form_number(&web->form, "weg")};
        web->form.form = NULL;
    }
    web->reply.page.nav = NAV_HOME;
    return web_page(web, view->head.full, html_opp_page, view);
}

static enum status list_page(struct web *web)
{
    return show_list(web, NULL);
}

static enum status show_one(struct web *web, const struct form_values *values, const char *theirs)
{
    struct opp_view *view = ARENA_NEW(web->arena, struct opp_view);
    struct form_values *kept = ARENA_NEW(web->arena, struct form_values);
    struct opp_moment_id id = {web->ids[PARAM_MOMENT]};
    struct opp_talks talks;
    struct pupil_head pupil;
    if (!view || !kept)
        return ERR_NOMEM;
    enum status st = dossier_head(web, TAB_OPP, &view->head, &pupil);
    if (st == OK)
        st = opp_talks_read(web, &talks);
    if (st == OK)
        st = opp_lines_of(web, &talks, id, &view->lines, &view->count);
    if (st == OK)
        st = talk_options(web, &talks, view);
    if (st == OK)
        st = opp_said_read(web, view->lines[0].moment, &view->said, &view->said_count);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_OPP_SEEN, view->head.pupil.v, id.v);
    if (st != OK)
        return st;
    view->line = &view->lines[0];
    fill_form(web, kept, view->line->moment);
    view->form = values ? values : kept;
    if (access_check(&web->work, RIGHT_PUPIL_WRITE, (struct target){.pupil = web_pupil(web)}) != OK)
        view->form = NULL;
    view->action = view->line->url;
    view->take_url = arena_printf(web->arena, "%s/overnemen", view->line->url);
    view->theirs = theirs;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, view->head.full, html_opp_page, view);
}

static enum status one_page(struct web *web)
{
    return show_one(web, NULL, NULL);
}

/* --- acts
 * -----------------------------------------------------------------------------------------------------
 */

static enum status show_sent(struct web *web, const char *theirs)
{
    struct opp_moment found;
    enum status st = opp_find(&web->work, (struct opp_moment_id){web->ids[PARAM_MOMENT]}, &found);
    if (st == ERR_NOT_FOUND) /* a new one */
        return show_list(web, &web->form);
    return st == OK ? show_one(web, &web->form, theirs) : st;
}

static enum status save(struct web *web)
{
    struct opp_moment_id id = {web->ids[PARAM_MOMENT]};
    struct opp_moment now = {.id = {0}};
    int version = 0;
    if (form_valid(&web->form))
        check_form(web);
    if (!form_valid(&web->form))
        return show_sent(web, NULL);
    struct opp_draft draft = draft_of(&web->form);
    enum status st = opp_save(&web->work, web_pupil(web), id,
                              (int)form_number(&web->form, "version"), &draft, &version, &now);
    if (st == ERR_CONFLICT && now.id.v) {
        form_set(&web->form, "version", arena_printf(web->arena, "%d", now.version));
        st = show_sent(web, *now.words ? now.words : now.reason);
        web->reply.status = 409;
        return st;
    }
    if (st == ERR_INVALID) { /* a conversation of somebody else */
        form_error(&web->form, "conversation", N_("Choose one of the list."));
        return show_sent(web, NULL);
    }
    return st == OK ? web_redirect(web, "%s/%s?ok=bewaard", opp_url(web), id_text(id.v).s) : st;
}

/* Of this pupil, and to be written in. */
static enum status find_here(struct web *web, struct opp_moment *ret)
{
    enum status st = opp_find(&web->work, (struct opp_moment_id){web->ids[PARAM_MOMENT]}, ret);
    return st == OK && ret->pupil.v != web_pupil(web).v ? ERR_NOT_FOUND : st;
}

static struct opp_draft draft_from(const struct opp_moment *m)
{
    return (struct opp_draft){.conversation = m->conversation,
                              .kind = m->kind,
                              .moment_on = m->moment_on,
                              .heard = m->heard,
                              .way = m->way,
                              .heard_on = m->heard_on,
                              .told_on = m->told_on,
                              .words = m->words,
                              .present = m->present,
                              .done = m->done,
                              .why = m->why,
                              .reason = m->reason};
}

/* Puts what the pupil said in the conversation among the words: typed once (R6). */
static enum status take_over(struct web *web)
{
    struct opp_moment m, now;
    struct opp_said *said = NULL;
    const struct opp_said *chosen = NULL;
    size_t count = 0;
    int version = 0;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = find_here(web, &m);
    if (st == OK)
        st = opp_said_read(web, &m, &said, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (str_equal(said[i].question, form_text(&web->form, "vraag")))
            chosen = &said[i];
    if (st == OK && !chosen)
        st = ERR_NOT_FOUND;
    if (st != OK)
        return st;
    struct opp_draft draft = draft_from(&m);
    if (!chosen->is_taken)
        draft.words =
            arena_printf(web->arena, "%s%s%s", m.words, *m.words ? "\n" : "", chosen->text);
    st = opp_save(&web->work, m.pupil, m.id, m.version, &draft, &version, &now);
    if (st == ERR_INVALID) {
        st = show_one(web, NULL, NULL);
        return st == OK ? web_problem(
                              web, N_("There is no room for more words. Make them shorter first."))
                        : st;
    }
    return st == OK ? web_redirect(web, "%s/%s?ok=bewaard#woorden", opp_url(web), id_text(m.id.v).s)
                    : st;
}

static enum status remove_it(struct web *web)
{
    struct opp_moment found;
    enum status st = find_here(web, &found);
    if (st == OK)
        st = opp_remove(&web->work, found.id, true);
    return st == OK ? web_redirect(web, "%s?weg=%s", opp_url(web), id_text(found.id.v).s) : st;
}

static enum status restore(struct web *web)
{
    struct opp_moment_id id = {web->ids[PARAM_MOMENT]};
    struct opp_moment found;
    enum status st = opp_remove(&web->work, id, false);
    if (st == OK)
        st = find_here(web, &found);
    return st == OK ? web_redirect(web, "%s/%s", opp_url(web), id_text(id.v).s) : st;
}

const struct route opp_routes[] = {
    {HTTP_GET, "/leerling/:pupil/hoorrecht", .right = RIGHT_PUPIL_READ, .form = &list_form,
     .run = list_page},
    {HTTP_GET, "/leerling/:pupil/hoorrecht.pdf", .right = RIGHT_PUPIL_READ, .flags = ROUTE_SLOW,
     .run = opp_paper_all},
    {HTTP_GET, "/leerling/:pupil/hoorrecht/:moment", .right = RIGHT_PUPIL_READ, .run = one_page},
    {HTTP_GET, "/leerling/:pupil/hoorrecht/:moment/blad.pdf", .right = RIGHT_PUPIL_READ,
     .flags = ROUTE_SLOW, .run = opp_paper_one},
    {HTTP_POST, "/leerling/:pupil/hoorrecht/:moment", .right = RIGHT_PUPIL_WRITE, .form = &form,
     .run = save},
    {HTTP_POST, "/leerling/:pupil/hoorrecht/:moment/overnemen", .right = RIGHT_PUPIL_WRITE,
     .form = &take_form, .run = take_over},
    {HTTP_POST, "/leerling/:pupil/hoorrecht/:moment/weg", .right = RIGHT_PUPIL_WRITE,
     .run = remove_it},
    {HTTP_POST, "/leerling/:pupil/hoorrecht/:moment/terug", .right = RIGHT_PUPIL_WRITE,
     .run = restore},
    {0},
};
