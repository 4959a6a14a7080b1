/* Preparing by staff, after signing in: their own part, and typing in what came on paper from
 * somebody else. */
#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/form_paper_web.h"
#include "conversation/talk_web.h"
#include "gen/prepare_html.h"
#include "web/web.h"

/* How the parts of a method stand in an address. */
static const struct part {
    const char *word;
    enum method_part who;
    const char *title; /* msgid */
    enum participant_kind kind;
} parts[] = {
    {"leerkracht", PART_TEACHER, N_("As the teacher"), PARTICIPANT_STAFF},
    {"ib", PART_COORDINATOR, N_("As the coordinator"), PARTICIPANT_STAFF},
    {"leerling", PART_PUPIL, N_("Preparation of the pupil, from paper"), PARTICIPANT_PUPIL},
    {"ouder", PART_GUARDIAN, N_("Preparation at home, from paper"), PARTICIPANT_GUARDIAN},
    {"extern", PART_EXTERNAL, N_("Preparation from outside the school, from paper"),
     PARTICIPANT_EXTERNAL},
};

static const struct choice part_choices[] = {
    {"leerkracht", ""}, {"ib", ""}, {"leerling", ""}, {"ouder", ""}, {"extern", ""}, {NULL, NULL},
};
static const struct field part_fields[] = {
    {.name = "als", .kind = FIELD_CHOICE, .choices = part_choices},
};
FORM(part_form, part_fields);

static bool is_own(const struct part *part)
{
    return part->kind == PARTICIPANT_STAFF;
}

static const struct part *part_of(enum method_part who)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (parts[i].who == who)
            return &parts[i];
    return NULL;
}

/* Which part the address says; without a word the actor's own: a coordinator gets things ready, if
 * that is asked. */
static const struct part *part_asked(struct web *web, const struct method *method)
{
    const char *word = form_text(&web->form, "als");
    bool coordinator = actor_has_role(&web->actor, ROLE_COORDINATOR);
    for (size_t i = 0; *word && i < ARRAY_LEN(parts); i++)
        if (str_equal(parts[i].word, word))
            return method_preparation_of(method, parts[i].who) ? &parts[i] : NULL;
    if (*word)
        return NULL;
    bool teacher = method_preparation_of(method, PART_TEACHER) != NULL;
    bool arranges = method_preparation_of(method, PART_COORDINATOR) != NULL;
    if (arranges && (coordinator || !teacher))
        return part_of(PART_COORDINATOR);
    return teacher ? part_of(PART_TEACHER) : NULL;
}

/* --- the page
 * --------------------------------------------------------------------------------------- */

static void fill_other(struct web *web, struct prepare_view *view, const struct part *part)
{
    enum method_part who = part->who == PART_TEACHER ? PART_COORDINATOR : PART_TEACHER;
    const struct part *other = part_of(who);
    if (!is_own(part) || !method_preparation_of(view->head.conversation->method, who))
        return;
    view->other = other->word;
    view->other_title = tr(web->tr, other->title);
}

static enum status find_prepared(struct web *web, struct prepare_view *view,
                                 const struct part *part)
{
    struct participant *people = NULL;
    size_t count = 0;
    enum status st = conversation_people(&web->work, view->head.conversation, &people, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (people[i].kind == part->kind &&
            (!is_own(part) || people[i].person == web->actor.staff.v))
            view->is_prepared |= people[i].prepared_at != 0;
    return st;
}

static enum status show(struct web *web, const struct talk_head *head, const struct sheet *sheet)
{
    struct prepare_view *view = ARENA_NEW(web->arena, struct prepare_view);
    const struct part *part = part_of(sheet->preparation->who);
    if (!view || !part)
        return ERR_NOMEM;
    *view = (struct prepare_view){.head = *head,
                                  .sheet = sheet,
                                  .title = tr(web->tr, part->title),
                                  .part = part->word,
                                  .is_paper = !is_own(part)};
    struct letter_paper letter = letter_of(web, head->conversation, head->conversation->method,
                                           part->who, web->me_name, BAND_ADULT);
    if (is_own(part))
        view->letter = letter_text(
            web->arena, method_say(&sheet->preparation->letter, tr_code(web->tr)), &letter);
    fill_other(web, view, part);
    enum status st = find_prepared(web, view, part);
    if (st != OK)
        return st;
    web->form.form = NULL;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "Prepare: {0}", 1, head->heading),
                    html_prepare_page, view);
}

enum status prepare_show_again(struct web *web, const struct talk_head *head,
                               const struct sheet *sheet)
{
    return show(web, head, sheet);
}

static enum status prepare_page(struct web *web)
{
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    struct talk_head head;
    if (!c || !sheet)
        return ERR_NOMEM;
    enum status st = talk_head(web, RIGHT_CONVERSATION_WRITE, c, &head);
    if (st != OK)
        return st;
    const struct part *part = part_asked(web, c->method);
    if (!part && !*form_text(&web->form, "als"))
        return web_redirect(web, "/gesprek/%s", id_text(c->id.v).s);
    if (!part || c->state >= CONVERSATION_CLOSED)
        return ERR_NOT_FOUND;
    st = sheet_make(web, c, SHEET_PREPARE, part->who, sheet);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, c->pupil.v, c->id.v);
    return st == OK ? show(web, &head, sheet) : st;
}

/* --- keeping
 * ---------------------------------------------------------------------------------------- */

/* Whose preparation asks this question; 0: nobody's. */
static enum method_part asked_of(const struct method *method, const char *question)
{
    const struct method_preparation *preparation = NULL;
    static const struct {
        const char *start;
        enum method_part who;
    } papers[] = {{METHOD_PAPER_PREFIX "pupil-", PART_PUPIL},
                  {METHOD_PAPER_PREFIX "home-", PART_GUARDIAN},
                  {METHOD_PAPER_PREFIX "other-", PART_EXTERNAL}};
    for (size_t i = 0; i < ARRAY_LEN(papers); i++)
        if (str_starts(question, papers[i].start))
            return papers[i].who;
    IGNORE(method_phase_of(method, question, &preparation) != NULL);
    return preparation ? preparation->who : 0;
}

enum status prepare_keep(struct web *web)
{
    struct conversation c;
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), &c);
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum method_part who = asked_of(c.method, form_text(&web->form, "q"));
    return who ? talk_save(web, RIGHT_CONVERSATION_WRITE, SHEET_PREPARE, who) : ERR_NOT_FOUND;
}

/* Ready: the actor's own part, or that of who wrote on the paper. */
static enum status ready(struct web *web)
{
    struct conversation c;
    enum status st =
        conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), &c);
    const struct part *part = st == OK ? part_asked(web, c.method) : NULL;
    if (st == OK && !part)
        st = ERR_NOT_FOUND;
    if (st == OK && part->who == PART_PUPIL && !sheet_preparation_is_open(&c))
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = conversation_people_prepared(&web->work, c.id, part->kind,
                                          is_own(part) ? web->actor.staff.v : 0);
    return st == OK ? web_redirect(web, "/gesprek/%s?ok=bewaard", id_text(c.id.v).s) : st;
}

const struct route prepare_routes[] = {
    {HTTP_GET, "/gesprek/:conversation/voorbereiden", .right = RIGHT_CONVERSATION_WRITE,
     .form = &part_form, .run = prepare_page},
    {HTTP_POST, "/gesprek/:conversation/voorbereiden", .right = RIGHT_CONVERSATION_WRITE,
     .form = &part_form, .run = ready},
    {0},
};
