/* The goal sharpener: from a remark to a goal, question by question. All of it travels in the form.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "gen/mirror_html.h"
#include "language/sharpen_talk.h"
#include "mirror/mirror_web.h"
#include "pupil/pupil.h"
#include "web/app.h"
#include "web/web.h"

#define REMARK_MAX 1000 /* characters: of four bytes at most, under SHARPEN_MAX */
#define ANSWER_MAX 120  /* the same for SHARPEN_ANSWER_MAX */
#define ALL_STEPS ((1 << SHARPEN_STEP_COUNT) - 1)

#define ANSWER(name_)                                                                              \
    {                                                                                              \
        .name = (name_), .kind = FIELD_TEXT, .max = ANSWER_MAX                                     \
    }

/* asked: a bit per step that was asked. step: the one that is answered now. */
static const struct field talk_fields[] = {
    {.name = "remark",
     .kind = FIELD_LONG,
     .required = true,
     .max = REMARK_MAX,
     .label = N_("What do you see, or what worries you?"),
     .hint = N_("A few words are enough, the way you would say it to a colleague.")},
    ANSWER("action"),
    ANSWER("task"),
    ANSWER("example"),
    ANSWER("amount"),
    ANSWER("where"),
    ANSWER("when"),
    {.name = "asked", .kind = FIELD_NUMBER, .min_value = 0, .max_value = ALL_STEPS, .max = 3},
    {.name = "step", .kind = FIELD_HIDDEN, .max = 10},
    {.name = "skip", .kind = FIELD_CHECK, .max = 1},
    {.name = "undo", .kind = FIELD_CHECK, .max = 1},
};
FORM(talk_form, talk_fields);

static const struct field goal_fields[] = {
    {.name = "text", .kind = FIELD_LONG, .required = true, .max = REMARK_MAX, .label = N_("Goal")},
};
FORM(goal_form, goal_fields);

/* --- what was answered so far ----------------------------------------------------------------- */

static int64_t last_bit_off(int64_t asked)
{
    for (int bit = SHARPEN_STEP_COUNT - 1; bit >= 0; bit--)
        if (asked >> bit & 1)
            return asked & ~((int64_t)1 << bit);
    return 0;
}

/* Fills the talk from the form; *ret_asked: with the step that was answered just now. */
static void read_talk(struct web *web, struct sharpen_talk *talk, int64_t *ret_asked)
{
    int64_t asked = form_number(&web->form, "asked");
    const char *step = form_text(&web->form, "step");
    bool undo = form_checked(&web->form, "undo");
    talk->remark = form_text(&web->form, "remark");
    if (undo)
        asked = last_bit_off(asked);
    for (int i = 0; i < SHARPEN_STEP_COUNT; i++) {
        const char *name = sharpen_step_name((enum sharpen_step)i);
        bool now = !undo && str_equal(step, name);
        if (now)
            asked |= (int64_t)1 << i;
        if (asked >> i & 1)
            talk->answers[i] =
                now && form_checked(&web->form, "skip") ? "" : form_text(&web->form, name);
    }
    *ret_asked = asked;
}

static void fill_steps(struct web *web, const struct sharpen_talk *talk,
                       const struct sharpen_next *next, struct sharpen_view *view)
{
    struct sharpen_step_line *lines =
        ARENA_ARRAY(web->arena, struct sharpen_step_line, SHARPEN_STEP_COUNT);
    for (int i = 0; lines && i < SHARPEN_STEP_COUNT; i++) {
        bool now = !next->done && (int)next->step == i;
        if (!talk->answers[i] || now)
            continue;
        lines[view->step_count++] = (struct sharpen_step_line){
            .name = sharpen_step_name((enum sharpen_step)i), .answer = talk->answers[i]};
    }
    view->steps = lines;
}

static void fill_parts(struct web *web, const bool *has, struct sharpen_view *view)
{
    static const char *const icons[SHARPEN_FLAG_COUNT] = {[SHARPEN_VERB] = "eye",
                                                          [SHARPEN_CRITERION] = "check",
                                                          [SHARPEN_CONTEXT] = "school",
                                                          [SHARPEN_TIME] = "calendar"};
    for (int i = 0; i < SHARPEN_FLAG_COUNT; i++) {
        view->parts[i] = (struct sharpen_part_line){
            .words = tr(web->tr, sharpen_part_question((enum sharpen_flag)i)),
            .icon = icons[i],
            .has = has[i]};
        view->part_count += has[i];
    }
}

/* The words of the remark that made it this kind. */
static void fill_remark(struct web *web, const struct sharpen *remark, const char *text,
                        struct sharpen_view *view)
{
    struct mirror_span spans[SHARPEN_SPANS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < remark->span_count; i++)
        if (!remark->spans[i].is_flag)
            spans[count++] = (struct mirror_span){remark->spans[i].at, remark->spans[i].len};
    view->pieces = mirror_pieces(web, text, spans, count, &view->piece_count);
    view->explanation = tr(web->tr, sharpen_explanation(remark->label));
}

static enum status fill_talk(struct web *web, struct sharpen_view *view)
{
    struct sharpen_talk talk = {.pupil = view->call};
    struct sharpen_next next;
    read_talk(web, &talk, &view->asked);
    enum status st = sharpen_talk_next(web->arena, &talk, &next);
    if (st != OK)
        return st;
    view->is_started = true;
    view->is_done = next.done;
    view->is_concrete = next.concrete;
    view->goal = next.goal;
    view->agreed = tr(web->tr, sharpen_agreed_question());
    fill_remark(web, &next.remark, talk.remark, view);
    fill_parts(web, next.has, view);
    fill_steps(web, &talk, &next, view);
    if (next.done)
        return view->pieces && view->steps ? OK : ERR_NOMEM;
    view->step = sharpen_step_name(next.step);
    view->question = tr(web->tr, next.question);
    view->tip = next.tip ? tr(web->tr, next.tip) : NULL;
    view->answer = talk.answers[next.step] ? talk.answers[next.step] : "";
    return view->pieces && view->steps ? OK : ERR_NOMEM;
}

/* --- about whom ------------------------------------------------------------------------------- */

static bool may_set_goals(const struct web *web, const char *path)
{
    int64_t ids[PARAM_COUNT] = {0};
    bool other = false;
    return route_find(web->app->routes, HTTP_POST, path, ids, &other) != NULL;
}

static enum status fill_pupil(struct web *web, struct sharpen_view *view)
{
    struct pupil pupil;
    const char *id = arena_strdup(web->arena, id_text(web_pupil(web).v).s);
    enum status st = pupil_find(&web->work, web_pupil(web), &pupil);
    if (st != OK)
        return st;
    view->call = person_call(web->arena, &pupil.person);
    view->full = person_full(web->arena, &pupil.person);
    view->action = arena_printf(web->arena, "/leerling/%s/doelslijper", id);
    view->back = arena_printf(web->arena, "/leerling/%s", id);
    view->list_url = arena_printf(web->arena, "/leerling/%s/doelen", id);
    const char *url =
        arena_printf(web->arena, "/leerling/%s/doelen/%s", id, id_text(work_new_id(&web->work)).s);
    if (may_set_goals(web, url))
        view->goal_url = url;
    return OK;
}

/* These routes have no transaction (a POST would stand in line to write): the name is read in one.
 */
static enum status make_view(struct web *web, struct sharpen_view **ret)
{
    struct sharpen_view *view = ARENA_NEW(web->arena, struct sharpen_view);
    if (!view)
        return ERR_NOMEM;
    *view = (struct sharpen_view){
        .form = &web->form, .action = "/doelslijper", .answer_max = ANSWER_MAX};
    enum status st = OK;
    if (web_pupil(web).v) {
        st = db_begin(web->work.db, DB_READ);
        if (st == OK)
            st = fill_pupil(web, view);
        db_rollback(web->work.db);
    }
    *ret = view;
    return st;
}

static enum status show(struct web *web, struct sharpen_view *view)
{
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Sharpen a goal"), html_sharpen_page, view);
}

static enum status sharpen_begin(struct web *web)
{
    struct sharpen_view *view = NULL;
    form_begin(&web->form, &talk_form);
    enum status st = make_view(web, &view);
    return st == OK ? show(web, view) : st;
}

static enum status sharpen_go_on(struct web *web)
{
    struct sharpen_view *view = NULL;
    enum status st = make_view(web, &view);
    if (st == OK && form_valid(&web->form))
        st = fill_talk(web, view);
    return st == OK ? show(web, view) : st;
}

/* --- under a goal field ----------------------------------------------------------------------- */

static enum status tips(struct web *web)
{
    struct sharpen goal;
    if (!form_valid(&web->form))
        return web_refused(web, tr(web->tr, web->form.error[0]));
    const char *text = form_text(&web->form, "text");
    enum status st = sharpen_read(web->arena, text, strlen(text), &goal);
    if (st != OK)
        return st;
    bool done = goal.label == SHARPEN_SMART;
    struct mirror_say say = {.tone = done ? "room" : "narrow",
                             .icon = done ? "circle-check" : "circle-question-mark",
                             .name = done ? _("Sharp enough") : _("It can be sharper"),
                             .certainty = ""};
    if (done)
        say.remarks[say.remark_count++] = tr(web->tr, sharpen_agreed_question());
    for (int i = 0; !done && goal.is_goal && i < SHARPEN_FLAG_COUNT; i++)
        if (!goal.has[i] && say.remark_count < 2)
            say.remarks[say.remark_count++] =
                tr(web->tr, sharpen_part_question((enum sharpen_flag)i));
    if (!done && !goal.is_goal) {
        say.remarks[say.remark_count++] = tr(web->tr, sharpen_explanation(goal.label));
        say.remarks[say.remark_count++] = tr(web->tr, sharpen_questions(goal.label)[0]);
    }
    return mirror_json(web, &say);
}

const struct route sharpen_routes[] = {
    {HTTP_GET, "/doelslijper", .right = RIGHT_STAFF, .flags = ROUTE_OWN_TRANSACTION,
     .run = sharpen_begin},
    {HTTP_POST, "/doelslijper", .right = RIGHT_STAFF, .flags = ROUTE_OWN_TRANSACTION,
     .form = &talk_form, .run = sharpen_go_on},
    {HTTP_POST, "/doelslijper/vragen", .right = RIGHT_STAFF, .flags = ROUTE_OWN_TRANSACTION,
     .form = &goal_form, .run = tips},
    {HTTP_GET, "/leerling/:pupil/doelslijper", .right = RIGHT_PUPIL_WRITE,
     .flags = ROUTE_OWN_TRANSACTION, .run = sharpen_begin},
    {HTTP_POST, "/leerling/:pupil/doelslijper", .right = RIGHT_PUPIL_WRITE,
     .flags = ROUTE_OWN_TRANSACTION, .form = &talk_form, .run = sharpen_go_on},
    {0},
};
