#include "method/method_edit_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/method_edit_html.h"
#include "method/edit.h"
#include "web/app.h"
#include "web/web.h"

#define DESK METHOD_DESK

const char draft_conflict[] = N_(
    "Somebody else changed this kind of conversation just now. What you see is how it is now; what you "
    "typed is still here.");
static const char unseen[] = N_(
    "Somebody else changed this kind of conversation just now. Look at it as it is now, and choose again.");
const char draft_depends[] = N_(
    "That cannot be: a question further on is only asked after this one, or shows its answer. Change "
    "that question first.");

static const struct field key_fields[] = {
    {.name = "key", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX},
};
FORM(key_form, key_fields);

static const struct field mark_fields[] = {
    {.name = "mark", .kind = FIELD_HIDDEN, .max = METHOD_MARK_MAX},
};
FORM(mark_form, mark_fields);

static const struct field new_fields[] = {
    {.name = "title", .kind = FIELD_TEXT, .required = true, .max = 120, .label = N_("Name in Dutch")},
};
FORM(new_form, new_fields);

/* --- which there are
 * --------------------------------------------------------------------------------- */

static const char *refusal_text(struct web *web, const struct method_problem *problem)
{
    const char *what =
        trf(web->tr, web->arena, problem->message, 1, problem->about ? problem->about : "");
    if (!problem->line)
        return what;
    return trf(web->tr, web->arena, "line {0}: {1}", 2,
               arena_printf(web->arena, "%d", problem->line), what);
}

static enum status fill_refusals(struct web *web, const struct method_refusal *refusal,
                                 struct method_desk_view *view)
{
    view->refusals = ARENA_ARRAY(web->arena, const char *, refusal->count);
    for (size_t i = 0; view->refusals && i < refusal->count; i++)
        view->refusals[view->refusal_count++] = refusal_text(web, &refusal->problems[i]);
    return view->refusals ? OK : ERR_NOMEM;
}

static enum status fill_own(struct web *web, struct method_desk_view *view)
{
    struct method_line *lines = NULL;
    enum status st = method_own_list(&web->work, &lines, &view->own_count);
    if (st != OK)
        return st;
    view->own = ARENA_ARRAY(web->arena, struct desk_line, view->own_count);
    for (size_t i = 0; view->own && i < view->own_count; i++)
        view->own[i] = (struct desk_line){
            .line = &lines[i],
            .title = method_say(&lines[i].method->title, tr_code(web->tr)),
            .when = school_moment(web, lines[i].published_at ? lines[i].published_at
                                                             : lines[i].made_at)};
    return view->own ? OK : ERR_NOMEM;
}

static enum status fill_shipped(struct web *web, struct method_desk_view *view)
{
    struct method_line *lines = NULL;
    size_t count = 0, shipped = 0;
    enum status st = method_list(&web->work, &lines, &count);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        if (!lines[i].is_own)
            lines[shipped++] = lines[i];
    view->shipped = method_cards(web, lines, shipped);
    view->shipped_count = shipped;
    return view->shipped ? OK : ERR_NOMEM;
}

enum status method_desk_show(struct web *web, const struct form_values *upload,
                             const struct form_values *fresh, const struct method_refusal *refusal)
{
    struct method_desk_view *view = ARENA_NEW(web->arena, struct method_desk_view);
    struct form_values *empty = ARENA_ARRAY(web->arena, struct form_values, 2);
    if (!view || !empty)
        return ERR_NOMEM;
    form_begin(&empty[0], &method_file_form);
    form_begin(&empty[1], &new_form);
    *view = (struct method_desk_view){.top = school_top(web, SCHOOL_TAB_METHODS),
                                      .upload = upload ? upload : &empty[0],
                                      .fresh = fresh ? fresh : &empty[1]};
    enum status st = refusal ? fill_refusals(web, refusal, view) : OK;
    if (st == OK)
        st = fill_own(web, view);
    if (st == OK)
        st = fill_shipped(web, view);
    return st == OK ? web_page(web, _("Kinds of conversation"), html_method_desk_page, view) : st;
}

static enum status show_desk(struct web *web)
{
    return method_desk_show(web, NULL, NULL, NULL);
}

/* --- making a draft
 * ------------------------------------------------------------------------------------ */

enum status method_to_draft(struct web *web, enum status st, struct method_version_id id)
{
    return st == OK ? web_redirect(web, DESK "/%s", id_text(id.v).s) : st;
}

/* One question about anything: enough to be read, little to take away. */
static enum status make_new(struct web *web)
{
    struct method_version_id id = {0};
    struct method_refusal refusal = {.problems = NULL};
    if (!form_valid(&web->form))
        return method_desk_show(web, NULL, &web->form, NULL);
    const struct method_text none = {NULL, 0};
    const struct question question = {.id = "v",
                                      .kind = "text",
                                      .ask = draft_words(web, N_("What would you like to tell?")),
                                      .voices = {VOICE_PUPIL},
                                      .voice_count = 1,
                                      .may_skip = true};
    const struct phase phase = {.id = "f",
                                .title = draft_words(web, N_("New phase")),
                                .questions = &question,
                                .question_count = 1};
    const struct method start = {
        .title = method_edit_text(&none, form_text(&web->form, "title"), "", web->arena),
        .purpose = draft_words(web, N_("What this conversation is for")),
        .bands = 1u << BAND_8_12,
        .tiers = 1u << 1,
        .about = ABOUT_PUPIL,
        .takes_part = PART_PUPIL | PART_TEACHER,
        .minutes = 20,
        .topic = TOPIC_WELLBEING,
        .phases = &phase,
        .phase_count = 1,
        .closing = CLOSING_THANKS | CLOSING_OVERVIEW | CLOSING_AGREEMENTS | CLOSING_LOOK_BACK |
                   CLOSING_SHARING | CLOSING_PUPIL_VIEW,
        .lines = 4};
    enum status st = method_draft_new(&web->work, &start, &id, &refusal);
    return st == OK ? web_redirect(web, DESK "/%s/gegevens", id_text(id.v).s) : st;
}

static enum status copy(struct web *web)
{
    struct method_version_id id = {0};
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = method_draft_copy(&web->work, form_text(&web->form, "key"), &id);
    return method_to_draft(web, st, id);
}

static enum status go_on(struct web *web)
{
    struct method_version_id id = {0};
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = method_draft_next(&web->work, form_text(&web->form, "key"), &id);
    return method_to_draft(web, st, id);
}

static enum status withdraw(struct web *web)
{
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = method_withdraw(&web->work, form_text(&web->form, "key"));
    return st == OK ? web_redirect(web, DESK "?ok=vorm-ingetrokken") : st;
}

static enum status put_back(struct web *web)
{
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = method_put_back(&web->work, form_text(&web->form, "key"));
    return st == OK ? web_redirect(web, DESK "?ok=vorm-terug") : st;
}

/* --- one draft
 * ------------------------------------------------------------------------------------------- */

static struct method_version_id asked(const struct web *web)
{
    return (struct method_version_id){web->ids[PARAM_METHOD]};
}

enum status draft_view_make(struct web *web, struct draft_view **ret_view)
{
    struct draft_view *view = ARENA_NEW(web->arena, struct draft_view);
    struct method_draft *draft = ARENA_NEW(web->arena, struct method_draft);
    if (!view || !draft)
        return ERR_NOMEM;
    enum status st = method_draft_find(&web->work, asked(web), draft);
    if (st != OK)
        return st;
    const struct method *method = draft->method;
    const char **prepares = ARENA_ARRAY(web->arena, const char *, method->preparation_count);
    if (!prepares)
        return ERR_NOMEM;
    for (size_t i = 0; i < method->preparation_count; i++)
        prepares[i] = method_part_text(web, method->preparations[i].who);
    *view = (struct draft_view){.top = school_top(web, SCHOOL_TAB_METHODS),
                                .draft = draft,
                                .method = method,
                                .title = method_say(&method->title, tr_code(web->tr)),
                                .prepares = prepares};
    *ret_view = view;
    return OK;
}

enum status draft_keep(struct web *web, const struct draft_view *view, const char *mark,
                       const struct method *method, const char *field)
{
    struct method_refusal refusal = {.problems = NULL};
    enum status st = method_draft_save(&web->work, view->draft->id, mark, method, &refusal);
    if (st == ERR_INVALID && refusal.count) {
        form_error(&web->form, field, refusal.problems[0].message);
        web->form.error_value[form_index(web->form.form, field)] = refusal.problems[0].about;
    }
    return st;
}

static enum status show_draft(struct web *web)
{
    struct draft_view *view = NULL;
    enum status st = draft_view_make(web, &view);
    return st == OK ? web_page(web, view->title, html_draft_page, view) : st;
}

static enum status send_draft(struct web *web)
{
    struct draft_view *view = NULL;
    enum status st = draft_view_make(web, &view);
    return st == OK ? web_bytes(web, "application/yaml",
                                arena_printf(web->arena, "%s.yaml", view->method->key),
                                view->draft->yaml)
                    : st;
}

/* Nobody decides about words of somebody else that they have not seen. */
static enum status is_as_seen(struct web *web, bool *ret_same)
{
    struct draft_view *view = NULL;
    enum status st = draft_view_make(web, &view);
    if (st == OK)
        *ret_same = str_equal(form_text(&web->form, "mark"), view->draft->mark);
    return st;
}

static enum status publish(struct web *web)
{
    bool same = false;
    enum status st = is_as_seen(web, &same);
    if (st == OK && !same)
        return draft_show_problem(web, unseen);
    if (st == OK)
        st = method_draft_publish(&web->work, asked(web));
    return st == OK ? web_redirect(web, DESK "?ok=vorm-klaar") : st;
}

static enum status drop(struct web *web)
{
    bool same = false;
    enum status st = is_as_seen(web, &same);
    if (st == OK && !same)
        return draft_show_problem(web, unseen);
    if (st == OK)
        st = method_draft_drop(&web->work, asked(web));
    return st == OK ? web_redirect(web, DESK "?ok=weggehaald") : st;
}

/* --- order, adding, taking away
 * ---------------------------------------------------------------------------- */

enum deed { Q_UP, Q_DOWN, Q_REMOVE, Q_ADD, P_UP, P_DOWN, P_REMOVE, P_ADD };

/* In the order of enum deed: a choice's number is its position. */
static const struct choice deeds[] = {{"q-up", ""},     {"q-down", ""}, {"q-remove", ""},
                                      {"q-add", ""},    {"p-up", ""},   {"p-down", ""},
                                      {"p-remove", ""}, {"p-add", ""},  {NULL, NULL}};

static const struct field deed_fields[] = {
    {.name = "do", .kind = FIELD_CHOICE, .required = true, .choices = deeds},
    {.name = "what", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX},
    {.name = "mark", .kind = FIELD_HIDDEN, .required = true, .max = METHOD_MARK_MAX},
};
FORM(deed_form, deed_fields);

struct method_text draft_words(struct web *web, const char *msgid)
{
    const struct method_text none = {NULL, 0};
    return method_edit_text(&none, tr(web->app->tr[LANG_NL], msgid),
                            tr(web->app->tr[LANG_EN], msgid), web->arena);
}

static enum status add_question(struct web *web, const struct method *from, const char *phase,
                                const struct method **ret_method, const char **ret_at)
{
    struct question question = {.id = method_edit_free_id(from, "v", web->arena),
                                .kind = "text",
                                .ask = draft_words(web, N_("What would you like to tell?")),
                                .voices = {VOICE_PUPIL},
                                .voice_count = 1,
                                .may_skip = true};
    *ret_at = question.id;
    return method_edit_add_question(from, phase, &question, web->arena, ret_method);
}

static enum status add_phase(struct web *web, const struct method *from, const char *after,
                             const struct method **ret_method, const char **ret_at)
{
    struct phase phase = {.id = method_edit_free_id(from, "f", web->arena),
                          .title = draft_words(web, N_("New phase"))};
    *ret_at = phase.id;
    return method_edit_add_phase(from, after, &phase, web->arena, ret_method);
}

/* *ret_at: what the page goes to afterwards. */
static enum status do_deed(struct web *web, const struct method *from, enum deed deed,
                           const char *what, const struct method **ret, const char **ret_at)
{
    struct arena *arena = web->arena;
    *ret_at = what;
    switch (deed) {
    case Q_UP:
    case Q_DOWN:
        return method_edit_move_question(from, what, deed == Q_UP ? -1 : 1, arena, ret);
    case Q_REMOVE:
        return method_edit_remove_question(from, what, arena, ret);
    case Q_ADD:
        return add_question(web, from, what, ret, ret_at);
    case P_UP:
    case P_DOWN:
        return method_edit_move_phase(from, what, deed == P_UP ? -1 : 1, arena, ret);
    case P_REMOVE:
        if (method_phase(from, what) && method_phase(from, what)->question_count)
            return ERR_FORBIDDEN; /* one click does not throw ten questions away */
        return method_edit_remove_phase(from, what, arena, ret);
    case P_ADD:
        return add_phase(web, from, what, ret, ret_at);
    }
    return ERR_INVALID;
}

enum status draft_show_problem(struct web *web, const char *message)
{
    enum status st = show_draft(web);
    return st == OK ? web_problem(web, message) : st;
}

static enum status after_deed(struct web *web, struct method_version_id id, enum deed deed,
                              const char *at)
{
    if (deed == Q_ADD)
        return web_redirect(web, DESK "/%s/vraag?vraag=%s", id_text(id.v).s, at);
    if (deed == P_ADD)
        return web_redirect(web, DESK "/%s/fase?fase=%s", id_text(id.v).s, at);
    if (deed == Q_REMOVE || deed == P_REMOVE)
        return web_redirect(web, DESK "/%s?ok=weggehaald", id_text(id.v).s);
    return web_redirect(web, DESK "/%s#%s-%s", id_text(id.v).s, deed < P_UP ? "v" : "f", at);
}

static enum status change_order(struct web *web)
{
    struct draft_view *view = NULL;
    const struct method *changed = NULL;
    const char *at = NULL;
    enum status st = draft_view_make(web, &view);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum deed deed = (enum deed)form_number(&web->form, "do");
    st = do_deed(web, view->method, deed, form_text(&web->form, "what"), &changed, &at);
    if (st == ERR_FORBIDDEN)
        return draft_show_problem(web,
                                  N_("First take the questions out of this phase, or move them."));
    if (st == ERR_LIMIT)
        return draft_show_problem(web, N_("More does not fit: shorter is better to talk with."));
    if (st != OK)
        return st;
    if (method_edit_broken(changed))
        return draft_show_problem(web, draft_depends);
    st = draft_keep(web, view, form_text(&web->form, "mark"), changed, "do");
    if (st == ERR_CONFLICT)
        return draft_show_problem(web, draft_conflict);
    if (st == ERR_INVALID)
        return draft_show_problem(
            web, N_("That cannot be: a kind of conversation has at least one phase and "
                    "one question."));
    return st == OK ? after_deed(web, view->draft->id, deed, at) : st;
}

#define MAY .right = RIGHT_METHODS

const struct route method_edit_routes[] = {
    {HTTP_GET, DESK, MAY, .run = show_desk},
    {HTTP_POST, DESK "/nieuw", MAY, .form = &new_form, .run = make_new},
    {HTTP_POST, DESK "/kopie", MAY, .form = &key_form, .run = copy},
    {HTTP_POST, DESK "/verder", MAY, .form = &key_form, .run = go_on},
    {HTTP_POST, DESK "/intrekken", MAY, .form = &key_form, .run = withdraw},
    {HTTP_POST, DESK "/terugzetten", MAY, .form = &key_form, .run = put_back},
    {HTTP_GET, DESK "/:method", MAY, .run = show_draft},
    {HTTP_GET, DESK "/:method/bestand", MAY, .run = send_draft},
    {HTTP_POST, DESK "/:method/doe", MAY, .form = &deed_form, .run = change_order},
    {HTTP_POST, DESK "/:method/klaar", MAY, .form = &mark_form, .run = publish},
    {HTTP_POST, DESK "/:method/weg", MAY, .form = &mark_form, .run = drop},
    {0},
};
