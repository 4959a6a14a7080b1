#include "method/parts_web.h"

#include "base/arena.h"
#include "base/str.h"
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

enum status parts_after_keep(struct web *web, struct draft_view *view, enum status kept,
                             const char *anchor, html_body *body)
{
    if (kept == OK)
        return web_redirect(web, "/school/gespreksvormen/%s?ok=bewaard#%s",
                            id_text(view->draft->id.v).s, anchor);
    if (kept != ERR_CONFLICT && kept != ERR_INVALID)
        return kept;
    /* The next press on Keep puts this part in place of theirs; they have seen it by then. */
    if (kept == ERR_CONFLICT)
        form_set(&web->form, "mark", view->draft->mark);
    enum status st = web_page(web, view->title, body, view);
    return st == OK && kept == ERR_CONFLICT ? web_problem(web, draft_conflict) : st;
}
