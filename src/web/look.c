#include "web/look.h"

#include "access/session.h"
#include "base/arena.h"
#include "base/str.h"
#include "db/db.h"
#include "gen/layout_html.h"
#include "http/http.h"
#include "web/web.h"

#define COOKIE "weerklank_look"
#define YEAR_SECONDS (365 * 24 * 3600)

static const char *const theme_words[] = {[THEME_AUTO] = "auto",
                                          [THEME_LIGHT] = "light",
                                          [THEME_DARK] = "dark",
                                          [THEME_CONTRAST] = "contrast"};

/* The n-th word of the cookie, "" when absent. */
static const char *word_of(const struct web *web, int position)
{
    const char *cookie = web_cookie(web, COOKIE);
    char *rest = cookie ? arena_strdup(web->arena, cookie) : NULL;
    char *word = NULL;
    do
        word = str_split(&rest, '.');
    while (word && position--);
    return word ? word : "";
}

struct look look_of(const struct web *web)
{
    struct look look = {.wide_reading = str_equal(word_of(web, 1), "wide")};
    const char *theme = word_of(web, 0);
    for (size_t i = 0; i < ARRAY_LEN(theme_words); i++)
        if (str_equal(theme, theme_words[i]))
            look.theme = (enum theme)i;
    return look;
}

enum lang look_language(const struct web *web)
{
    const char *word = word_of(web, 2);
    if (*word)
        return str_equal(word, "en") ? LANG_EN : LANG_NL;
    const char *accept = http_header(web->request, "Accept-Language");
    return accept && (str_starts(accept, "en")) ? LANG_EN : LANG_NL;
}

bool look_language_chosen(const struct web *web)
{
    return *word_of(web, 2) != '\0';
}

static const struct choice themes[] = {{"auto", N_("As the device")},
                                       {"light", N_("Light")},
                                       {"dark", N_("Dark")},
                                       {"contrast", N_("High contrast")},
                                       {NULL, NULL}};
static const struct choice readings[] = {
    {"normal", N_("Normal")}, {"wide", N_("More space")}, {NULL, NULL}};
static const struct choice languages[] = {{"nl", "Nederlands"}, {"en", "English"}, {NULL, NULL}};

static const struct field fields[] = {
    {.name = "theme",
     .kind = FIELD_CHOICE,
     .choices = themes,
     .label = N_("Colours"),
     .required = true},
    {.name = "reading",
     .kind = FIELD_CHOICE,
     .choices = readings,
     .label = N_("Letters"),
     .required = true},
    {.name = "language",
     .kind = FIELD_CHOICE,
     .choices = languages,
     .label = N_("Language"),
     .required = true},
    {.name = "back", .kind = FIELD_HIDDEN, .max = 200},
};
FORM(look_form, fields);

/* Only a path of ours: "/x", never "//elsewhere" or a scheme. */
static const char *safe_back(const char *path)
{
    bool ours = path[0] == '/' && path[1] != '/' && path[1] != '\\' && !strchr(path, '\\');
    return ours ? path : "/";
}

/* The language goes along to the reader's other devices. */
static enum status keep_language(struct web *web)
{
    enum lang lang = str_equal(form_text(&web->form, "language"), "en") ? LANG_EN : LANG_NL;
    struct db *db = web->work.db;
    if (!web->session || web->session->lang == lang)
        return OK;
    enum status st = db_begin(db, DB_WRITE);
    if (st == OK)
        st = session_set_language(db, web->session, lang);
    if (st == OK)
        st = db_commit(db);
    db_rollback(db);
    return st;
}

static enum status change_look(struct web *web)
{
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = keep_language(web);
    if (st != OK)
        return st;
    web_set_cookie(web, COOKIE,
                   arena_printf(web->arena, "%s.%s.%s", form_text(&web->form, "theme"),
                                form_text(&web->form, "reading"),
                                form_text(&web->form, "language")),
                   YEAR_SECONDS);
    return web_redirect(web, "%s", safe_back(form_text(&web->form, "back")));
}

static enum status show_look(struct web *web)
{
    const char *referer = http_header(web->request, "Referer");
    const char *site = arena_printf(web->arena, "%s://%s", web->request->secure ? "https" : "http",
                                    web->request->host);
    const char *back = referer && str_starts(referer, site) ? referer + strlen(site) : "/";
    struct form_values *form = ARENA_NEW(web->arena, struct form_values);
    if (!form)
        return ERR_NOMEM;
    *form = (struct form_values){.form = &look_form};
    for (size_t i = 0; i < look_form.count; i++)
        form->text[i] = "";
    form_set(form, "theme", theme_words[web->look.theme]);
    form_set(form, "reading", web->look.wide_reading ? "wide" : "normal");
    form_set(form, "language", tr_code(web->tr));
    form_set(form, "back", safe_back(str_starts(back, "/weergave") ? "/" : back));
    web->reply.page.frame = web->session ? FRAME_STAFF : FRAME_PLAIN;
    return web_page(web, _("Colours, letters and language"), html_look_page, form);
}

static enum status show_help(struct web *web)
{
    web->reply.page.frame = web->session ? FRAME_STAFF : FRAME_PLAIN;
    return web_page(web, _("Help"), html_help_page, NULL);
}

const struct route look_routes[] = {
    {HTTP_GET, "/weergave", .right = RIGHT_ANYONE, .run = show_look},
    {HTTP_GET, "/hulp", .right = RIGHT_ANYONE, .run = show_help},
    /* For most a cookie and nothing else: no writer need wait for it. */
    {HTTP_POST, "/weergave", .right = RIGHT_ANYONE, .flags = ROUTE_OWN_TRANSACTION,
     .form = &look_form, .run = change_look},
    {0},
};
