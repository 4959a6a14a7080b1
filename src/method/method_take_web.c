#include "method/method_take_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "gen/method_edit_html.h"
#include "method/method_edit_web.h"
#include "method/writer.h"
#include "web/web.h"

static const struct field file_fields[] = {
    {.name = "file",
     .kind = FIELD_FILE,
     .required = true,
     .max = METHOD_FILE_MAX,
     .label = N_("File")},
};
const struct form method_file_form = {.fields = file_fields, .count = ARRAY_LEN(file_fields)};

/* The file comes back with the answer: nothing is kept of it before. */
static const struct field instead_fields[] = {
    {.name = "text", .kind = FIELD_LONG, .required = true, .max = METHOD_FILE_MAX},
    {.name = "mark", .kind = FIELD_HIDDEN, .required = true, .max = METHOD_MARK_MAX},
};
FORM(instead_form, instead_fields);

/* --- what goes and what comes
 * --------------------------------------------------------------------- */

struct words {
    const char **list;
    size_t count;
};

static void add_phases(struct words *to, const struct phase *phases, size_t count, const char *lang)
{
    for (size_t p = 0; p < count; p++)
        for (size_t i = 0; i < phases[p].question_count; i++)
            to->list[to->count++] = method_say(&phases[p].questions[i].ask, lang);
}

/* The words of all questions, those of preparations first. */
static struct words words_of(struct arena *arena, const struct method *method, const char *lang)
{
    struct words all = {ARENA_ARRAY(arena, const char *, METHOD_QUESTIONS_MAX), 0};
    for (size_t i = 0; all.list && i < method->preparation_count; i++)
        add_phases(&all, method->preparations[i].phases, method->preparations[i].phase_count, lang);
    if (all.list)
        add_phases(&all, method->phases, method->phase_count, lang);
    return all;
}

static bool has_words(const struct words *in, const char *words)
{
    for (size_t i = 0; i < in->count; i++)
        if (str_equal(in->list[i], words))
            return true;
    return false;
}

static struct words only_in(struct arena *arena, const struct words *one, const struct words *other)
{
    struct words only = {ARENA_ARRAY(arena, const char *, one->count), 0};
    for (size_t i = 0; only.list && i < one->count; i++)
        if (!has_words(other, one->list[i]))
            only.list[only.count++] = one->list[i];
    return only;
}

static enum status fill_questions(struct web *web, const struct method_refusal *refusal,
                                  struct method_instead_view *view)
{
    const char *lang = tr_code(web->tr);
    struct words now = words_of(web->arena, refusal->standing.method, lang);
    struct words came = words_of(web->arena, refusal->came, lang);
    if (!now.list || !came.list)
        return ERR_NOMEM;
    struct words gone = only_in(web->arena, &now, &came);
    struct words fresh = only_in(web->arena, &came, &now);
    if (!gone.list || !fresh.list)
        return ERR_NOMEM;
    view->gone = gone.list;
    view->gone_count = gone.count;
    view->fresh = fresh.list;
    view->fresh_count = fresh.count;
    return OK;
}

/* --- asking
 * --------------------------------------------------------------------------------------- */

static enum status ask(struct web *web, const struct method_refusal *refusal, bool changed)
{
    struct method_instead_view *view = ARENA_NEW(web->arena, struct method_instead_view);
    size_t len = 0;
    if (!view)
        return ERR_NOMEM;
    *view = (struct method_instead_view){
        .top = school_top(web, SCHOOL_TAB_METHODS),
        .draft = &refusal->standing,
        .title = method_say(&refusal->standing.method->title, tr_code(web->tr)),
        .when = school_moment(web, refusal->standing.changed_at),
        .came = method_say(&refusal->came->title, tr_code(web->tr)),
        .changed = changed};
    enum status st = method_write(refusal->came, web->arena, &view->yaml, &len);
    if (st == OK)
        st = fill_questions(web, refusal, view);
    if (st != OK)
        return st;
    web->form.form = NULL;
    st = web_page(web, view->title, html_method_instead_page, view);
    web->reply.status = 409; /* nothing is kept yet */
    return st;
}

static enum status refuse(struct web *web, const struct method_refusal *refusal)
{
    struct form_values *upload = ARENA_NEW(web->arena, struct form_values);
    if (!upload)
        return ERR_NOMEM;
    form_begin(upload, &method_file_form);
    upload->sent = true;
    form_error(upload, "file", N_("This file cannot be used as it is. Below stands why."));
    web->form = *upload;
    return method_desk_show(web, &web->form, NULL, refusal);
}

/* `seen`: the mark of the draft that somebody agreed to replace, NULL none. */
static enum status take(struct web *web, const char *yaml, size_t len, const char *seen)
{
    struct method_version_id id = {0};
    struct method_refusal *refusal = ARENA_NEW(web->arena, struct method_refusal);
    if (!refusal)
        return ERR_NOMEM;
    enum status st = method_draft_take(&web->work, yaml, len, seen, &id, refusal);
    if (st == ERR_CONFLICT)
        return ask(web, refusal, seen != NULL);
    return st == ERR_INVALID ? refuse(web, refusal) : method_to_draft(web, st, id);
}

static enum status take_file(struct web *web)
{
    if (!form_valid(&web->form))
        return method_desk_show(web, &web->form, NULL, NULL);
    struct bytes file = web->form.file[form_index(&method_file_form, "file")];
    return take(web, (const char *)file.data, file.len, NULL);
}

static enum status take_instead(struct web *web)
{
    if (!form_valid(&web->form))
        return ERR_INVALID;
    const char *yaml = form_text(&web->form, "text");
    return take(web, yaml, strlen(yaml), form_text(&web->form, "mark"));
}

#define MAY .right = RIGHT_METHODS, .flags = ROUTE_UPLOAD

const struct route method_take_routes[] = {
    {HTTP_POST, METHOD_DESK "/inlezen", MAY, .form = &method_file_form, .run = take_file},
    {HTTP_POST, METHOD_DESK "/vervangen", MAY, .form = &instead_form, .run = take_instead},
    {0},
};
