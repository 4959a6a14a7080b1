#include "goal/evidence_web.h"

#include "answer/attachment.h"
#include "answer/drawing.h"
#include "base/arena.h"
#include "base/str.h"
#include "goal/evidence.h"
#include "goal/goal_web.h"
#include "http/http.h"
#include "web/web.h"

#define LIST "doelen"

/* "a" and "a.text" are the fields of the drawing and of the words beside it
 * (answer/kind_drawing.html). */
static const struct field fields[] = {
    {.name = "fresh", .kind = FIELD_ID},
    {.name = "a", .kind = FIELD_HIDDEN, .max = DRAWING_TEXT_MAX},
    {.name = "a.text", .kind = FIELD_LONG, .max = EVIDENCE_TEXT_MAX},
    {.name = "file", .kind = FIELD_FILE, .max = HTTP_UPLOAD_MAX}, /* the limit is attachment.h's */
};
FORM(form, fields);

static const struct field away_fields[] = {
    {.name = "step", .kind = FIELD_ID, .required = true},
};
FORM(away_form, away_fields);

/* --- on the page of a goal
 * ---------------------------------------------------------------------------- */

static const char *path_of(struct web *web, const struct thing_spot *spot, struct goal_id goal)
{
    return arena_printf(web->arena, "%s/" LIST "/%s/bewijs", spot->base, id_text(goal.v).s);
}

static struct answer_view drawing_view(struct web *web, const struct thing_spot *spot,
                                       const char *strokes, const char *text, const char *id)
{
    static const struct question question = {.id = "bewijs", .kind = "drawing"};
    struct answer_part *parts = ARENA_ARRAY(web->arena, struct answer_part, 2);
    struct answer_value *value = ARENA_NEW(web->arena, struct answer_value);
    if (parts && value) {
        parts[0] = (struct answer_part){"", strokes};
        parts[1] = (struct answer_part){"text", text};
        *value = (struct answer_value){parts, 2};
    }
    return (struct answer_view){.question = &question,
                                .value = value,
                                .tr = web->tr,
                                .lang = tr_code(web->tr),
                                .band = spot->is_young  ? BAND_4_6
                                        : spot->is_self ? BAND_8_12
                                                        : BAND_ADULT,
                                .field_id = id};
}

enum status evidence_form(struct web *web, const struct thing_spot *spot, struct goal_id goal,
                          const struct evidence_form **ret)
{
    struct evidence_form *made = ARENA_NEW(web->arena, struct evidence_form);
    bool sent = web->form.form == &form;
    if (!made)
        return ERR_NOMEM;
    *made = (struct evidence_form){
        .url = path_of(web, spot, goal),
        .fresh = arena_strdup(web->arena, id_text(work_new_id(&web->work)).s),
        .drawing = drawing_view(web, spot, sent ? form_text(&web->form, "a") : "",
                                sent ? form_text(&web->form, "a.text") : "", "bewijs")};
    for (size_t i = 0; sent && i < form.count && !made->drawing.error; i++)
        if (web->form.error[i])
            made->drawing.error = trf(web->tr, web->arena, web->form.error[i], 1,
                                      web->form.error_value[i] ? web->form.error_value[i] : "");
    if (!made->drawing.value)
        return ERR_NOMEM;
    *ret = made;
    return OK;
}

void evidence_event(struct web *web, const struct thing_spot *spot, const struct goal_step *step,
                    struct thing_event *event)
{
    const char *path = path_of(web, spot, step->goal);
    event->is_evidence = true;
    if (*step->drawing) {
        struct answer_view *view = ARENA_NEW(web->arena, struct answer_view);
        if (view)
            *view = drawing_view(web, spot, step->drawing, step->text, "");
        event->drawing = view && view->value ? view : NULL;
    }
    if (step->attachment.v) {
        const char *url = arena_printf(web->arena, "%s/%s", path, id_text(step->attachment.v).s);
        event->photo_url = step->has_photo ? url : NULL;
        event->file_url = step->has_photo ? NULL : url;
    }
    bool mine = step->author_kind != ACTOR_PUPIL ||
                (web->actor.kind == ACTOR_PUPIL && web->actor.pupil.v == step->author);
    if (spot->may_write && mine && !spot->place.conversation.v) {
        event->away_url = arena_printf(web->arena, "%s/weg", path);
        event->away = arena_strdup(web->arena, id_text(step->id.v).s);
    }
}

/* --- keeping, taking away, looking
 * -------------------------------------------------------------------- */

static struct goal_id asked(const struct web *web)
{
    return (struct goal_id){web->ids[PARAM_GOAL]};
}

/* At the drawing, whatever it was: there is one place for what is wrong. */
static const char *problem(const struct evidence_draft *draft, enum status st)
{
    if (draft->file.len)
        return attachment_problem(st);
    return st == ERR_LIMIT ? N_("This drawing is larger than fits here. Take a stroke back.")
                           : N_("Add a photo or a drawing, or write what you showed.");
}

static enum status add(struct web *web)
{
    struct thing_spot spot;
    const struct evidence_draft draft = {form_text(&web->form, "a.text"),
                                         form_text(&web->form, "a"),
                                         web->form.file[form_index(&form, "file")]};
    const struct goal_step_id id = {form_number(&web->form, "fresh")};
    enum status st = thing_spot(web, &spot);
    if (st != OK)
        return st;
    st = form_valid(&web->form) ? evidence_add(&web->work, asked(web), id, &draft) : ERR_INVALID;
    if (st == OK)
        return web_redirect(web, "%s/" LIST "/%s?ok=bewaard", spot.base, id_text(asked(web).v).s);
    if (st != ERR_INVALID && st != ERR_LIMIT)
        return st;
    if (form_valid(&web->form))
        form_error(&web->form, "a.text", problem(&draft, st));
    return goal_show(web);
}

static enum status take_away(struct web *web)
{
    struct thing_spot spot;
    enum status st = thing_spot(web, &spot);
    if (st == OK && !form_valid(&web->form))
        st = ERR_INVALID;
    if (st == OK)
        st = evidence_remove(&web->work, asked(web),
                             (struct goal_step_id){form_number(&web->form, "step")});
    return st == OK ? web_redirect(web, "%s/" LIST "/%s?ok=weggehaald", spot.base,
                                   id_text(asked(web).v).s)
                    : st;
}

static enum status look(struct web *web)
{
    const char *type = NULL;
    struct bytes bytes;
    enum status st = evidence_open(
        &web->work, asked(web), (struct attachment_id){web->ids[PARAM_ATTACHMENT]}, &type, &bytes);
    if (st != OK)
        return st;
    return web_bytes(web, type, str_starts(type, "image/") ? NULL : "bewijs.pdf", bytes);
}

#define ONE "/" LIST "/:goal/bewijs"

const struct route evidence_routes[] = {
    {HTTP_POST, "/leerling/:pupil" ONE, .right = RIGHT_PUPIL_WRITE, .flags = ROUTE_UPLOAD,
     .form = &form, .run = add},
    {HTTP_POST, "/leerling/:pupil" ONE "/weg", .right = RIGHT_PUPIL_WRITE, .form = &away_form,
     .run = take_away},
    {HTTP_GET, "/leerling/:pupil" ONE "/:attachment", .right = RIGHT_PUPIL_READ, .run = look},
    {HTTP_GET, "/gesprek/:conversation" ONE "/:attachment", .right = RIGHT_CONVERSATION_READ,
     .run = look},
    {HTTP_POST, "/ik" ONE, .right = RIGHT_PUPIL_SELF, .flags = ROUTE_UPLOAD, .form = &form,
     .run = add},
    {HTTP_POST, "/ik" ONE "/weg", .right = RIGHT_PUPIL_SELF, .form = &away_form, .run = take_away},
    {HTTP_GET, "/ik" ONE "/:attachment", .right = RIGHT_PUPIL_SELF, .run = look},
    {HTTP_GET, "/ik/gesprek/:conversation" ONE "/:attachment", .right = RIGHT_CONVERSATION_SELF,
     .run = look},
    {0},
};
