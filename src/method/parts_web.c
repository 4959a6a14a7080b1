#include "method/parts_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/method_edit_html.h"
#include "method/cue.h"
#include "method/edit.h"
#include "web/web.h"

/* The words in exactly this language: what a form shows is what it keeps. */
static const char *in_lang(const struct method_text *text, const char *lang)
{
    for (size_t i = 0; i < text->count; i++)
        if (str_equal(text->wordings[i].lang, lang))
            return text->wordings[i].text;
    return "";
}

void parts_set_both(struct form_values *values, const char *nl, const char *en,
                    const struct method_text *text)
{
    form_set(values, nl, in_lang(text, "nl"));
    form_set(values, en, in_lang(text, "en"));
}

struct method_text parts_both(struct web *web, const struct method_text *from, const char *nl,
                              const char *en)
{
    return method_edit_text(from, form_text(&web->form, nl), form_text(&web->form, en), web->arena);
}

/* --- what differs, and what was typed
 * ------------------------------------------------------------- */

/* What the field is called on the page; NULL for what is no part of what was typed. */
static const char *label_of(struct web *web, const struct field *field)
{
    if (field->kind == FIELD_HIDDEN || !field->label)
        return NULL;
    if (*field->label)
        return tr(web->tr, field->label);
    for (const struct cue *cue = cues; cue->name; cue++)
        if (str_equal(field->name, method_cue_field(web->arena, cue->name)))
            return tr(web->tr, cue->title);
    return NULL;
}

static const char *shown(struct web *web, const struct form_values *values, size_t i)
{
    const struct field *field = &values->form->fields[i];
    if (field->kind == FIELD_CHECK)
        return values->number[i] ? _("yes") : _("no");
    for (const struct choice *c = field->choices; c && c->value; c++)
        if (str_equal(c->value, values->text[i]))
            return tr(web->tr, c->label);
    return values->text[i];
}

/* All that `values` says and `other` (NULL: an empty form) does not. */
static enum status list_values(struct web *web, const struct form_values *values,
                               const struct form_values *other, struct draft_view *view)
{
    size_t count = values->form->count;
    struct draft_value *list = ARENA_ARRAY(web->arena, struct draft_value, count);
    if (!list)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const char *label = label_of(web, &values->form->fields[i]);
        bool is_check = values->form->fields[i].kind == FIELD_CHECK;
        bool same = other ? str_equal(shown(web, values, i), shown(web, other, i))
                          : (is_check ? !values->number[i] : !*values->text[i]);
        if (label && !same)
            list[view->value_count++] = (struct draft_value){label, shown(web, values, i)};
    }
    view->values = list;
    return OK;
}

enum status parts_after_keep(struct web *web, struct draft_view *view, enum status kept,
                             const char *anchor, html_body *body, const struct form_values *now)
{
    if (kept == OK)
        return web_redirect(web, "/school/gespreksvormen/%s?ok=bewaard#%s",
                            id_text(view->draft->id.v).s, anchor);
    if (kept != ERR_CONFLICT && kept != ERR_INVALID)
        return kept;
    enum status st = OK;
    if (kept == ERR_CONFLICT) {
        /* The next press on Keep puts this part in place of theirs; they have seen it by then. */
        form_set(&web->form, "mark", view->draft->mark);
        st = list_values(web, now, &web->form, view);
    }
    if (st == OK)
        st = web_page(web, view->title, body, view);
    return st == OK && kept == ERR_CONFLICT ? web_problem(web, draft_conflict) : st;
}

enum status parts_gone(struct web *web, const struct draft_view *view)
{
    struct draft_view *gone = ARENA_NEW(web->arena, struct draft_view);
    if (!gone)
        return ERR_NOMEM;
    if (view)
        *gone = *view;
    gone->top = school_top(web, SCHOOL_TAB_METHODS);
    gone->title = _("This is not there any more");
    enum status st = list_values(web, &web->form, NULL, gone);
    if (st == OK)
        st = web_page(web, gone->title, html_draft_gone_page, gone);
    if (st == OK)
        web->reply.status = view ? 409 : 404;
    return st;
}
