#include "pupil/notes_web.h"

#include "base/arena.h"
#include "gen/pupil_html.h"
#include "note/note.h"
#include "pupil/dossier_web.h"
#include "web/web.h"

static const struct field fields[] = {
    {.name = "body", .kind = FIELD_LONG, .required = true, .max = NOTE_TEXT_MAX,
     .label = N_("Note for yourself"), .hint = N_("Nobody else can read this, and it is in no export.")},
    {.name = "ends_on", .kind = FIELD_DATE, .required = true, .label = N_("Delete on")},
};
const struct form notes_form = {.fields = fields, .count = ARRAY_LEN(fields)};

static enum status fill_notes(struct web *web, struct notes_view *view)
{
    struct note *notes = NULL;
    size_t count = 0;
    enum status st = note_list(&web->work, view->head.pupil, &notes, &count);
    if (st != OK)
        return st;
    view->notes = ARENA_ARRAY(web->arena, struct note_line, count);
    if (!view->notes)
        return ERR_NOMEM;
    view->count = count;
    for (size_t i = 0; i < count; i++)
        view->notes[i] = (struct note_line){
            .id = notes[i].id.v,
            .body = notes[i].body,
            .ends = tr_date_full(web->tr, web->arena, notes[i].ends_on),
            .ends_iso = arena_strdup(web->arena, date_text(notes[i].ends_on).s),
            .kept = tr_date_day(web->tr, web->arena, date_of(notes[i].changed_at), web->work.today)};
    return OK;
}

enum status notes_page(struct web *web)
{
    struct notes_view *view = ARENA_NEW(web->arena, struct notes_view);
    struct pupil_head about;
    if (!view)
        return ERR_NOMEM;
    enum status st = dossier_head(web, TAB_NOTES, &view->head, &about);
    if (st == OK)
        st = fill_notes(web, view);
    if (st != OK)
        return st;
    if (!web->form.form) {
        web->form = (struct form_values){.form = &notes_form};
        web->form.text[0] = "";
        form_set(&web->form, "ends_on",
                 arena_strdup(web->arena, date_text(note_default_end(web->work.today)).s));
    }
    view->form = &web->form;
    view->latest = tr_date_full(web->tr, web->arena, note_latest_end(web->work.today));
    web->reply.page.nav = NAV_HOME;
    return web_page(web, view->head.full, html_notes_page, view);
}

/* The rule's refusal, next to the field it is about. */
static enum status refuse(struct web *web, enum status st)
{
    if (st != ERR_INVALID)
        return st;
    form_error(&web->form, "ends_on",
               N_("Choose a day from today until the end of the school year."));
    return notes_page(web);
}

enum status notes_add(struct web *web)
{
    struct working_note_id id;
    if (!form_valid(&web->form))
        return notes_page(web);
    enum status st = note_add(&web->work, web_pupil(web), form_text(&web->form, "body"),
                              form_date(&web->form, "ends_on"), &id);
    return st == OK ? web_redirect(web, "/leerling/%s/notities", id_text(web_pupil(web).v).s)
                    : refuse(web, st);
}

/* The note of this path: one about another pupil is not here. */
static enum status find_here(struct web *web, struct working_note_id id)
{
    struct note note;
    enum status st = note_find(&web->work, id, &note);
    return st == OK && note.pupil.v != web_pupil(web).v ? ERR_NOT_FOUND : st;
}

enum status notes_change(struct web *web)
{
    struct working_note_id id = {web->ids[PARAM_NOTE]};
    enum status st = find_here(web, id);
    if (st == OK && !form_valid(&web->form))
        return notes_page(web);
    if (st == OK)
        st = note_change(&web->work, id, form_text(&web->form, "body"),
                                 form_date(&web->form, "ends_on"));
    if (st == OK && web->autosave)
        return web_saved(web, 0);
    return st == OK ? web_redirect(web, "/leerling/%s/notities", id_text(web_pupil(web).v).s)
                    : refuse(web, st);
}

enum status notes_remove(struct web *web)
{
    struct working_note_id id = {web->ids[PARAM_NOTE]};
    enum status st = find_here(web, id);
    if (st == OK)
        st = note_remove(&web->work, id);
    return st == OK ? web_redirect(web, "/leerling/%s/notities", id_text(web_pupil(web).v).s) : st;
}
