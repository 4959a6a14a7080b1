/* Inviting to one conversation: whom a letter goes to, by e-mail or on paper. */
#include "visit/invite.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/form_paper_web.h"
#include "conversation/talk_web.h"
#include "gen/invite_html.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "visit/visit_web.h"
#include "web/app.h"
#include "web/web.h"

static const struct field who_fields[] = {
    {.name = "who", .kind = FIELD_IDS, .label = N_("Who gets a letter?")},
    {.name = "questions",
     .kind = FIELD_CHECK,
     .label = N_("With the questions, to fill in on paper")},
};
FORM(who_form, who_fields);

static bool is_open(const struct conversation *c)
{
    return c->state < CONVERSATION_UNDER_WAY;
}

/* --- the page
 * --------------------------------------------------------------------------------------- */

static const char *as_text(struct web *web, const struct invitee *who)
{
    switch (who->kind) {
    case PARTICIPANT_STAFF:
        return who->is_leader ? _("leads the conversation") : _("colleague");
    case PARTICIPANT_PUPIL:
        return _("pupil");
    case PARTICIPANT_GUARDIAN:
        return who->is_on_request ? _("parent, is told things on request") : _("parent");
    case PARTICIPANT_EXTERNAL:
        break;
    }
    return _("from outside the school");
}

static const char *way_text(struct web *web, const struct invitee *who)
{
    if (who->kind == PARTICIPANT_PUPIL)
        return _("Finds the letter in the own place: by badge, by pictures, or on paper.");
    if (who->kind == PARTICIPANT_STAFF)
        return *who->address ? _("E-mail, and the letter after signing in.")
                             : _("Has no account: on paper.");
    return *who->address ? _("E-mail with a link to the letter.")
                         : _("No e-mail address is known: on paper.");
}

static const char *state_text(struct web *web, const struct invitee *who)
{
    if (!who->invited_at)
        return "";
    struct local_time at = date_local(who->invited_at);
    return trf(web->tr, web->arena, "invited {0} at {1}", 2,
               tr_date_day(web->tr, web->arena, at.date, web->work.today),
               tr_time(web->tr, web->arena, at));
}

/* Whom one would write to now: not oneself, and nobody twice unless the letter is wrong by now. */
static bool is_proposed(const struct web *web, const struct invitee *who, bool stale)
{
    bool self = who->kind == PARTICIPANT_STAFF && who->person == web->actor.staff.v;
    return !self && !who->is_on_request && !who->prepared_at && (!who->invited_at || stale);
}

static enum status fill_lines(struct web *web, struct invite_view *view)
{
    struct invitee *people = NULL;
    int64_t moved_at = 0;
    enum status st = invite_people(&web->work, view->conversation, &people, &view->count);
    if (st == OK)
        st = invite_moved_at(&web->work, view->conversation->id, &moved_at);
    if (st != OK)
        return st;
    view->lines = ARENA_ARRAY(web->arena, struct invite_line, view->count);
    if (!view->lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < view->count; i++) {
        const struct invitee *who = &people[i];
        bool pupil = who->kind == PARTICIPANT_PUPIL;
        bool stale = who->invited_at && who->invited_at < moved_at && !pupil;
        view->lines[i] = (struct invite_line){.person = who->person,
                                              .name = who->name,
                                              .as = as_text(web, who),
                                              .way = way_text(web, who),
                                              .state = state_text(web, who),
                                              .is_prepared = who->prepared_at != 0,
                                              .is_stale = stale,
                                              .has_mail = *who->address != '\0',
                                              .has_letter = who->has_letter};
        view->lines[i].is_chosen = is_proposed(web, who, stale);
    }
    return OK;
}

/* The earliest day on which a letter of this method should be out, as it says itself. */
static const char *goes_out(struct web *web, const struct conversation *c)
{
    int days = 0;
    for (size_t i = 0; i < c->method->preparation_count; i++)
        if (c->method->preparations[i].days_before > days)
            days = c->method->preparations[i].days_before;
    return days && date_is_set(c->planned_on)
               ? tr_date_day(web->tr, web->arena, date_add_days(c->planned_on, -days),
                             web->work.today)
               : NULL;
}

static enum status invite_page(struct web *web)
{
    struct invite_view *view = ARENA_NEW(web->arena, struct invite_view);
    struct conversation *c = ARENA_NEW(web->arena, struct conversation);
    struct talk_head head;
    if (!view || !c)
        return ERR_NOMEM;
    enum status st = talk_head(web, RIGHT_CONVERSATION_WRITE, c, &head);
    if (st == OK && !is_open(c))
        return web_redirect(web, "/gesprek/%s", id_text(c->id.v).s);
    *view = (struct invite_view){.conversation = c};
    if (st == OK)
        st = fill_lines(web, view);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_CONVERSATION_SEEN, c->pupil.v, c->id.v);
    if (st != OK)
        return st;
    view->title = head.title;
    view->about = head.about;
    view->about_url = head.about_url;
    view->call = head.call;
    view->moment = head.moment;
    view->goes_out = goes_out(web, c);
    web->form.form = NULL;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Invitations"), html_invite_page, view);
}

/* --- sending
 * ---------------------------------------------------------------------------------------- */

static enum status send_to(struct web *web, const struct conversation *c)
{
    struct invitee *people = NULL;
    size_t count = 0;
    const struct invite_by by = {.tr = web->app->tr[LANG_NL], .base = visit_base(web)};
    enum status st = invite_people(&web->work, c, &people, &count);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (!*people[i].address || !form_has_id(&web->form, "who", people[i].person))
            continue; /* who has no address gets paper, and the page says so */
        st = invite_mail(&web->work, &by, c, &people[i]);
    }
    return st;
}

/* Nobody chosen: it stands in the pupil's own place, and nothing is sent. */
static enum status send_invitations(struct web *web)
{
    struct conversation c;
    size_t chosen = 0;
    if (!form_valid(&web->form))
        return ERR_INVALID;
    (void)form_ids(&web->form, "who", &chosen);
    enum status st = conversation_invite(&web->work, web_conversation(web));
    if (st == OK)
        st = conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), &c);
    if (st == OK && chosen && !is_open(&c))
        st = ERR_FORBIDDEN;
    if (st == OK && chosen)
        st = send_to(web, &c);
    if (st == ERR_LIMIT) {
        st = invite_page(web);
        return st == OK ? web_problem(web, N_("There are too many links for this conversation. "
                                              "Stop those that nobody needs."))
                        : st;
    }
    return st == OK ? web_redirect(web, "/gesprek/%s%s?ok=uitgenodigd", id_text(c.id.v).s,
                                   chosen ? "/uitnodigen" : "")
                    : st;
}

/* --- letters on paper
 * ------------------------------------------------------------------------------------ */

struct letters {
    struct letter_paper *list;
    size_t count;
};

static enum status band_of_pupil(struct web *web, const struct conversation *c, enum band *ret)
{
    struct pupil_membership *groups = NULL;
    size_t count = 0;
    enum band band = BAND_NONE;
    enum status st = c->pupil.v ? group_of_pupil(&web->work, c->pupil, &groups, &count) : OK;
    for (size_t i = 0; st == OK && i < count && band == BAND_NONE; i++)
        if (groups[i].is_active_year && !date_is_set(groups[i].until_on))
            band = (enum band)groups[i].group.age_band;
    *ret = sheet_nearest_band(c->method, band);
    return st;
}

enum status invite_letter(struct web *web, const struct conversation *c,
                          const struct method *method, const struct invitee *who, enum band band,
                          struct letter_paper *ret)
{
    struct badge_token token;
    enum status st = invite_paper(&web->work, c, who, &token);
    if (st != OK)
        return st;
    *ret = letter_of(web, c, method, who->part, who->call, band);
    if (*token.s) {
        ret->how =
            trf(web->tr, web->arena,
                "You prepare with this code. Scan it with a telephone or tablet. Or go to {0} and "
                "type the code. It is for you alone.",
                1, arena_printf(web->arena, "%s/bezoek", visit_base(web)));
        ret->link = invite_link(&web->work, visit_base(web), token.s);
        ret->code = badge_token_readable(web->arena, &token);
    }
    ret->with_questions = form_checked(&web->form, "questions") && who->kind != PARTICIPANT_STAFF;
    ret->form_code = paper_code(web, c->id);
    ret->form_link = paper_link(web, c->id);
    return OK;
}

static enum status make_letters(struct web *web, void *context)
{
    struct letters *letters = context;
    struct conversation c;
    struct invitee *people = NULL;
    struct school school;
    struct pupil pupil;
    size_t count = 0, chosen = 0;
    enum band band = BAND_NONE;
    (void)form_ids(&web->form, "who", &chosen);
    enum status st = conversation_invite(&web->work, web_conversation(web));
    if (st == OK)
        st = conversation_open(&web->work, RIGHT_CONVERSATION_WRITE, web_conversation(web), &c);
    if (st == OK && !is_open(&c))
        st = ERR_FORBIDDEN;
    if (st == OK)
        st = invite_people(&web->work, &c, &people, &count);
    if (st == OK)
        st = band_of_pupil(web, &c, &band);
    if (st == OK)
        st = school_find(&web->work, &school);
    if (st == OK && c.pupil.v)
        st = pupil_find(&web->work, c.pupil, &pupil);
    if (st != OK)
        return st;
    *letters = (struct letters){.list = ARENA_ARRAY(web->arena, struct letter_paper, count)};
    if (!letters->list)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++) {
        struct invitee *who = &people[i];
        if (!who->has_letter || (chosen && !form_has_id(&web->form, "who", who->person)))
            continue;
        if (who->kind == PARTICIPANT_PUPIL && c.pupil.v)
            who->call = person_call(web->arena, &pupil.person);
        st = invite_letter(web, &c, c.method, who, band, &letters->list[letters->count]);
        letters->list[letters->count++].school = school.name;
    }
    return st;
}

enum status invite_print(struct web *web, const struct letter_paper *list, size_t count)
{
    struct bytes pdf;
    enum status st = letter_paper_print(list, count, web->app->press, web->arena, &pdf);
    return st == OK ? web_bytes(web, "application/pdf", "uitnodigingen.pdf", pdf) : st;
}

/* The links are made first and kept; setting the type keeps nobody else from writing. */
static enum status print_letters(struct web *web)
{
    struct letters letters = {0};
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = web_write(web, make_letters, &letters);
    if (st != OK)
        return st;
    return letters.count
               ? invite_print(web, letters.list, letters.count)
               : web_redirect(web, "/gesprek/%s/uitnodigen", id_text(web_conversation(web).v).s);
}

const struct route invite_routes[] = {
    {HTTP_GET, "/gesprek/:conversation/uitnodigen", .right = RIGHT_CONVERSATION_WRITE,
     .run = invite_page},
    {HTTP_POST, "/gesprek/:conversation/uitnodigen", .right = RIGHT_CONVERSATION_WRITE,
     .form = &who_form, .run = send_invitations},
    {HTTP_POST, "/gesprek/:conversation/brieven.pdf", .right = RIGHT_CONVERSATION_WRITE,
     .flags = ROUTE_OWN_TRANSACTION, .form = &who_form, .run = print_letters},
    {0},
};
