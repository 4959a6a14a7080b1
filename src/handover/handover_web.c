#include "handover/handover_web.h"

#include "access/audit.h"
#include "access/work.h"
#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "conversation/voice_web.h"
#include "gen/handover_html.h"
#include "gen/handover_sql.h"
#include "goal/goal.h"
#include "handover/names.h"
#include "handover/tell.h"
#include "person/person.h"
#include "web/web.h"

#define TEXT_MAX ((size_t)256 * 1024)
#define ROWS_MIN 8
#define ROWS_MAX 30

static const struct choice lengths[] = {
    {"kort", N_("Short")},
    {"volledig", N_("Complete")},
    {NULL, NULL},
};
static const struct field fields[] = {
    {.name = "lengte", .kind = FIELD_CHOICE, .choices = lengths, .label = N_("How long?")},
    {.name = "doelen", .kind = FIELD_CHECK, .label = N_("Goals")},
    {.name = "behoeften", .kind = FIELD_CHECK, .label = N_("What helps")},
    {.name = "afspraken", .kind = FIELD_CHECK, .label = N_("Agreements")},
    {.name = "plan", .kind = FIELD_CHECK, .label = N_("Plan")},
    {.name = "verteld",
     .kind = FIELD_CHECK,
     .label = N_("What was said, as far as it may be known")},
    {.name = "toon", .kind = FIELD_HIDDEN, .max = 1}, /* the form was sent: unticked means no */
};
FORM(form, fields);

/* While one text is written. */
struct script {
    struct web *web;
    const struct conversation *c;
    const struct sharing_book *book;
    struct shared_thing *things;
    size_t count;
    struct names names;
    bool complete;
    struct buf text;
    size_t closed, taken;
};

/* --- names of others
 * ------------------------------------------------------------------------------------ */

static enum status read_names(struct script *s, const struct sharing_reader *readers, size_t count)
{
    struct work *work = &s->web->work;
    struct sql_handover_pupils *rows = NULL;
    size_t pupils = 0, others = 0;
    enum status st = sql_handover_pupils(work->db, work->arena, work_school(work), &rows, &pupils);
    struct other_name *list = ARENA_ARRAY(work->arena, struct other_name, pupils);
    const char **kept = ARENA_ARRAY(work->arena, const char *, count + 1);
    if (st == OK && (!list || !kept))
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < pupils; i++) {
        struct person who;
        st = person_open_with(work, PERSON_PUPIL, work_school(work), rows[i].id.v, rows[i].slot,
                              rows[i].key_wrapped, rows[i].profile_sealed, &who);
        if (st == OK && rows[i].id.v != s->c->pupil.v)
            list[others++] = (struct other_name){
                person_call(work->arena, &who),
                *who.prefix ? arena_printf(work->arena, "%s %s", who.prefix, who.family)
                            : who.family};
    }
    if (st != OK)
        return st;
    kept[0] = s->book->call;
    for (size_t i = 0; i < count; i++)
        kept[i + 1] = readers[i].name;
    s->names = (struct names){list, others, kept, count + 1, tr(s->web->tr, N_("[another pupil]"))};
    return OK;
}

/* --- the text
 * ------------------------------------------------------------------------------------------- */

static const char *clean(struct script *s, const char *text)
{
    return names_without(s->web->arena, &s->names, text, &s->taken);
}

static void add_heading(struct script *s, const char *title, bool *opened)
{
    if (!*opened)
        buf_printf(&s->text, "\n%s\n", title);
    *opened = true;
}

/* Lines under the first one, each behind its label. */
static void add_detail(struct script *s, const char *label, const char *text)
{
    if (s->complete && *text)
        buf_printf(&s->text, "  %s: %s\n", label, clean(s, text));
}

static void add_details(struct script *s, const struct shared_thing *t)
{
    struct web *web = s->web;
    if (t->kind == SHARED_GOAL) {
        add_detail(s, _("Now"), t->goal->words.now);
        add_detail(s, _("How we notice"), t->goal->words.notice);
        add_detail(s, _("Further away"), t->goal->words.dot);
    } else if (t->kind == SHARED_AGREEMENT) {
        add_detail(s, _("How"), t->agreement->how);
        add_detail(s, _("Looking back"), t->agreement->look);
    }
}

/* "- Noor: eerst de som lezen (look back: 3 March 2026)" */
static void add_thing(struct script *s, const struct shared_thing *t)
{
    struct home_thing line = home_line(s->web, s->book->call, t);
    bool plan = t->kind == SHARED_PLAN;
    const char *text = plan && !s->complete ? home_thing_text(s->web, t) : line.text;
    if (plan && s->complete)
        buf_printf(&s->text, "%s\n", clean(s, text));
    else if (t->kind == SHARED_AGREEMENT && *line.who)
        buf_printf(&s->text, "- %s: %s", line.who, clean(s, text));
    else
        buf_printf(&s->text, "- %s", clean(s, text));
    if (*line.day)
        buf_printf(&s->text, plan && s->complete ? "%s" : " (%s)", line.day);
    buf_add_char(&s->text, '\n');
    add_details(s, t);
}

static void add_kind(struct script *s, enum shared_kind kind, const char *title)
{
    bool opened = false;
    for (size_t i = 0; i < s->count; i++) {
        if (s->things[i].kind != kind)
            continue;
        add_heading(s, title, &opened);
        add_thing(s, &s->things[i]);
    }
}

static void add_answers(struct script *s, const char *title)
{
    const char *lang = tr_code(s->web->tr);
    bool opened = false;
    for (size_t i = 0; i < s->count; i++) {
        const struct shared_thing *t = &s->things[i];
        const struct answer_kind *kind = answer_kind(t->asked ? t->asked->kind : "summary");
        if (t->kind != SHARED_ANSWER || !kind || !kind->text)
            continue;
        const char *text = str_trim(
            s->web->arena, kind->text(t->asked, t->value, lang, s->web->tr, s->web->arena));
        if (!*text)
            continue;
        add_heading(s, title, &opened);
        if (s->complete && t->asked)
            buf_printf(&s->text, "%s\n", question_words(t->asked, BAND_ADULT, lang));
        const char *who = voice_name(s->web->tr, t->voice, s->book->call, s->c->leader_name);
        buf_printf(&s->text, "- %s: %s\n", who, clean(s, text));
    }
}

static void write_text(struct script *s, const struct talk_head *head)
{
    struct web *web = s->web;
    const struct form_values *values = &web->form;
    buf_printf(&s->text, "%s\n",
               trf(web->tr, web->arena, "{0}, {1}, with {2}", 3, head->title,
                   date_is_set(s->c->held_on) ? tr_date_full(web->tr, web->arena, s->c->held_on)
                                              : head->moment,
                   s->c->leader_name));
    if (form_checked(values, "doelen"))
        add_kind(s, SHARED_GOAL, _("Goals"));
    if (form_checked(values, "behoeften"))
        add_kind(s, SHARED_NEED, _("What helps"));
    if (form_checked(values, "afspraken"))
        add_kind(s, SHARED_AGREEMENT, _("Agreements"));
    if (form_checked(values, "plan"))
        add_kind(s, SHARED_PLAN, _("Plan"));
    if (form_checked(values, "verteld"))
        add_answers(s, _("Said in the conversation"));
    if (date_is_set(s->c->look_on))
        buf_printf(&s->text, "\n%s\n",
                   trf(web->tr, web->arena, "Look back: {0}", 1,
                       tr_date_full(web->tr, web->arena, s->c->look_on)));
}

/* --- the page
 * -------------------------------------------------------------------------------------------- */

/* What may go along, and how much may not. */
static enum status choose_things(struct script *s, struct sharing_book *book,
                                 const struct sharing_reader *readers, size_t reader_count)
{
    struct shared_thing *all = NULL;
    size_t count = 0;
    enum status st = sharing_things(&s->web->work, s->c, book, NULL, &all, &count);
    if (st != OK)
        return st;
    s->things = all;
    for (size_t i = 0; i < count; i++) {
        enum tell_why why = tell_of(book, &all[i], readers, reader_count);
        s->closed += why == TELL_CLOSED;
        if (why == TELL_YES)
            s->things[s->count++] = all[i];
    }
    return OK;
}

static enum status fill(struct web *web, const struct conversation *c, struct handover_view *view)
{
    struct script s = {.web = web, .c = c};
    struct sharing_book book;
    struct sharing_reader *readers = NULL;
    size_t reader_count = 0;
    enum status st = sharing_open(&web->work, c->pupil, c->id, &book);
    s.book = &book;
    s.complete = str_equal(form_text(&web->form, "lengte"), "volledig");
    if (st == OK)
        st = sharing_readers(&web->work, c, &readers, &reader_count);
    if (st == OK)
        st = choose_things(&s, &book, readers, reader_count);
    if (st == OK)
        st = read_names(&s, readers, reader_count);
    if (st != OK)
        return st;
    buf_init(&s.text, TEXT_MAX);
    write_text(&s, &view->head);
    st = buf_failed(&s.text) ? ERR_NOMEM : OK;
    view->text = arena_strndup(web->arena, s.text.data, s.text.len);
    buf_free(&s.text);
    view->closed = s.closed;
    view->names = s.taken;
    view->rows = 2;
    for (const char *p = view->text; *p; p++)
        view->rows += *p == '\n';
    view->rows = view->rows < ROWS_MIN ? ROWS_MIN : view->rows > ROWS_MAX ? ROWS_MAX : view->rows;
    return st;
}

static enum status text_page(struct web *web)
{
    static const char *const usual[] = {"doelen", "behoeften", "afspraken", "plan"};
    struct handover_view *view = ARENA_NEW(web->arena, struct handover_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    if (!view || !c)
        return ERR_NOMEM;
    enum status st = talk_head(web, RIGHT_CONVERSATION_WRITE, c, &view->head);
    if (st == OK && (!c->pupil.v || !view->head.is_closed))
        st = ERR_NOT_FOUND; /* of a group there is nobody to decide alone */
    if (st != OK)
        return st;
    if (!form_valid(&web->form) || !*form_text(&web->form, "toon")) {
        form_begin(&web->form, &form);
        form_set(&web->form, "lengte", lengths[0].value);
        for (size_t i = 0; i < ARRAY_LEN(usual); i++)
            form_check(&web->form, usual[i], true);
    }
    st = fill(web, c, view);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_TEXT_TAKEN, c->pupil.v, c->id.v);
    if (st != OK)
        return st;
    view->form = &web->form;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Text for the pupil-tracking system"), html_handover_page, view);
}

const struct route handover_routes[] = {
    {HTTP_GET, "/gesprek/:conversation/tekst", .right = RIGHT_CONVERSATION_WRITE, .form = &form,
     .run = text_page},
    {HTTP_GET, "/gesprek/:conversation/blad.pdf", .right = RIGHT_CONVERSATION_WRITE,
     .flags = ROUTE_SLOW, .form = &handover_sheet_form, .run = handover_sheet},
    {HTTP_GET, "/ik/gesprek/:conversation/blad.pdf", .right = RIGHT_CONVERSATION_SELF,
     .flags = ROUTE_SLOW, .run = handover_sheet_self},
    {0},
};
