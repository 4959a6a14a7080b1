/* Inviting a whole round: e-mail where an address is known, and one PDF with all letters. */
#include "visit/invite.h"

#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/form_paper_web.h"
#include "conversation/plan_web.h"
#include "gen/invite_html.h"
#include "group/group.h"
#include "method/store.h"
#include "school/school.h"
#include "visit/visit_web.h"
#include "web/app.h"
#include "web/web.h"

static const struct choice whose_choices[] = {
    {"all", N_("Everybody")},
    {"paper", N_("Parents without an e-mail address")},
    {NULL, NULL},
};
static const struct field round_invite_fields[] = {
    {.name = "again", .kind = FIELD_CHECK, .label = N_("Again to who has not prepared")},
};
FORM(round_invite_form, round_invite_fields);
static const struct field round_letter_fields[] = {
    {.name = "whose", .kind = FIELD_CHOICE, .choices = whose_choices, .label = N_("Whose letters")},
    {.name = "questions",
     .kind = FIELD_CHECK,
     .label = N_("With the questions, to fill in on paper")},
};
FORM(round_letter_form, round_letter_fields);

/* What every handler here begins with. */
struct inviting {
    struct round round;
    const struct method *method;
    struct conversation *talks; /* of the round */
    size_t talk_count;
    struct invitee *home;
    size_t home_count;
    struct group_member *members;
    size_t member_count;
    struct letter_paper *letters;
    size_t letter_count;
};

static enum status open_round(struct web *web, struct inviting *in)
{
    struct conversation_round_id id = {web->ids[PARAM_ROUND]};
    enum status st = round_find(&web->work, id, &in->round);
    if (st == OK && in->round.group.v != web_group(web).v)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = method_by_version(&web->work, in->round.method_version, &in->method);
    if (st == OK)
        st = round_conversations(&web->work, id, &in->talks, &in->talk_count);
    if (st == OK)
        st = invite_home_of_round(&web->work, &in->round, in->method, &in->home, &in->home_count);
    if (st == OK)
        st = group_members(&web->work, in->round.group, &in->members, &in->member_count);
    return st;
}

static const struct group_member *member_of(const struct inviting *in, struct pupil_id pupil)
{
    for (size_t i = 0; i < in->member_count; i++)
        if (in->members[i].pupil.v == pupil.v)
            return &in->members[i];
    return NULL;
}

static const struct conversation *talk_of(const struct inviting *in, struct conversation_id id)
{
    for (size_t i = 0; i < in->talk_count; i++)
        if (in->talks[i].id.v == id.v)
            return &in->talks[i];
    return NULL;
}

static bool is_to_come(const struct conversation *c)
{
    return c->state < CONVERSATION_UNDER_WAY;
}

/* --- the page
 * --------------------------------------------------------------------------------------- */

static void add_name(struct web *web, const char **names, const char *name)
{
    *names = arena_printf(web->arena, "%s%s%s", *names, **names ? ", " : "", name);
}

static enum status fill_teachers(struct web *web, struct invite_round_view *view)
{
    struct invitee *teachers = NULL;
    size_t count = 0;
    view->teachers = view->teachers_without = "";
    enum status st = invite_teachers(&web->work, view->group, &teachers, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        add_name(web, *teachers[i].address ? &view->teachers : &view->teachers_without,
                 teachers[i].name);
    return st;
}

static struct invite_home_line home_line(struct web *web, const struct inviting *in,
                                         const struct invitee *who)
{
    const struct group_member *member = member_of(in, who->pupil);
    return (struct invite_home_line){
        .name = who->name,
        .pupil = member ? member->call : "",
        .state = who->invited_at ? trf(web->tr, web->arena, "invited {0}", 1,
                                       tr_date_day(web->tr, web->arena, date_of(who->invited_at),
                                                   web->work.today))
                                 : "",
        .is_prepared = who->prepared_at != 0};
}

static enum status fill_home(struct web *web, const struct inviting *in,
                             struct invite_round_view *view)
{
    view->mail = ARENA_ARRAY(web->arena, struct invite_home_line, in->home_count);
    view->paper = ARENA_ARRAY(web->arena, struct invite_home_line, in->home_count);
    view->on_request = ARENA_ARRAY(web->arena, struct invite_home_line, in->home_count);
    if (!view->mail || !view->paper || !view->on_request)
        return ERR_NOMEM;
    for (size_t i = 0; i < in->home_count; i++) {
        const struct invitee *who = &in->home[i];
        struct invite_home_line line = home_line(web, in, who);
        view->waiting += *who->address && who->invited_at && !who->prepared_at;
        if (who->is_on_request)
            view->on_request[view->on_request_count++] = line;
        else if (*who->address)
            view->mail[view->mail_count++] = line;
        else
            view->paper[view->paper_count++] = line;
    }
    return OK;
}

static enum status round_invite_page(struct web *web)
{
    struct invite_round_view *view = ARENA_NEW(web->arena, struct invite_round_view);
    struct inviting in = {.talks = NULL};
    struct group group;
    if (!view)
        return ERR_NOMEM;
    *view = (struct invite_round_view){.group = web_group(web), .id = {web->ids[PARAM_ROUND]}};
    enum status st = open_round(web, &in);
    if (st == OK)
        st = group_find(&web->work, view->group, &group);
    if (st == OK)
        st = fill_home(web, &in, view);
    if (st == OK)
        st = fill_teachers(web, view);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_GROUP_SEEN, 0, view->group.v);
    if (st != OK)
        return st;
    for (size_t i = 0; i < in.talk_count; i++) {
        view->pupils += is_to_come(&in.talks[i]);
        view->may_invite |= in.talks[i].state == CONVERSATION_PLANNED;
    }
    view->has_letters = view->pupils && in.method->preparation_count;
    view->group_name = group.name;
    view->title = method_say(&in.method->title, tr_code(web->tr));
    view->weeks = trf(web->tr, web->arena, "{0} to {1}", 2,
                      tr_date_short(web->tr, web->arena, in.round.from_on),
                      tr_date_short(web->tr, web->arena, in.round.until_on));
    web->reply.page.nav = NAV_HOME;
    return web_page(web, _("Invitations"), html_invite_round_page, view);
}

/* --- sending
 * ---------------------------------------------------------------------------------------- */

static enum status mail_home(struct web *web, const struct inviting *in, const struct invite_by *by,
                             bool again)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < in->home_count; i++) {
        const struct invitee *who = &in->home[i];
        const struct conversation *c = talk_of(in, who->conversation);
        bool due =
            again ? who->invited_at && !who->prepared_at : !who->invited_at && !who->is_on_request;
        if (c && due && *who->address)
            st = invite_mail(&web->work, by, c, who);
    }
    return st;
}

static enum status mail_teachers(struct web *web, const struct invite_by *by)
{
    struct invitee *teachers = NULL;
    size_t count = 0;
    enum status st = invite_teachers(&web->work, web_group(web), &teachers, &count);
    for (size_t i = 0; st == OK && i < count; i++)
        if (*teachers[i].address)
            st = invite_mail_round(&web->work, by, &teachers[i]);
    return st;
}

static enum status invite_round(struct web *web)
{
    struct inviting in = {.talks = NULL};
    const struct invite_by by = {.tr = web->app->tr[LANG_NL], .base = visit_base(web)};
    bool again = form_checked(&web->form, "again"), is_new = false;
    enum status st = open_round(web, &in);
    for (size_t i = 0; st == OK && i < in.talk_count; i++)
        is_new |= in.talks[i].state == CONVERSATION_PLANNED;
    if (st == OK)
        st = round_invite(&web->work, in.round.id);
    if (st == OK)
        st = mail_home(web, &in, &by, again);
    if (st == OK && is_new)
        st = mail_teachers(web, &by);
    if (st != OK)
        return st;
    return web_redirect(web, "/groep/%s/ronde/%s%s?ok=uitgenodigd", id_text(in.round.group.v).s,
                        id_text(in.round.id.v).s, in.home_count ? "/uitnodigen" : "");
}

/* --- all letters, as one PDF
 * ------------------------------------------------------------------------------ */

static enum status add_letter(struct web *web, struct inviting *in, const struct conversation *c,
                              const struct invitee *who, enum band band, const char *school)
{
    struct letter_paper *letter = &in->letters[in->letter_count];
    enum status st = invite_letter(web, c, in->method, who, band, letter);
    if (st == OK) {
        letter->school = school;
        in->letter_count++;
    }
    return st;
}

static enum status add_pupil(struct web *web, struct inviting *in, const struct conversation *c,
                             enum band band, const char *school)
{
    const struct group_member *member = member_of(in, c->pupil);
    if (!member || !method_preparation_of(in->method, PART_PUPIL))
        return OK;
    const struct invitee who = {.conversation = c->id,
                                .pupil = c->pupil,
                                .kind = PARTICIPANT_PUPIL,
                                .person = c->pupil.v,
                                .part = PART_PUPIL,
                                .name = member->call,
                                .call = member->call,
                                .has_letter = true};
    return add_letter(web, in, c, &who, band, school);
}

/* A pupil's letter, and then those of the pupil's home: so they are handed out together. */
static enum status make_round_letters(struct web *web, void *context)
{
    struct inviting *in = context;
    struct group group;
    struct school school;
    bool paper_only = str_equal(form_text(&web->form, "whose"), "paper");
    *in = (struct inviting){.talks = NULL};
    enum status st = open_round(web, in);
    if (st == OK)
        st = round_invite(&web->work, in->round.id);
    if (st == OK)
        st = group_find(&web->work, in->round.group, &group);
    if (st == OK)
        st = school_find(&web->work, &school);
    if (st != OK)
        return st;
    enum band band = sheet_nearest_band(in->method, (enum band)group.age_band);
    in->letters = ARENA_ARRAY(web->arena, struct letter_paper, in->talk_count + in->home_count);
    if (!in->letters)
        return ERR_NOMEM;
    for (size_t i = 0; st == OK && i < in->talk_count; i++) {
        const struct conversation *c = &in->talks[i];
        if (!is_to_come(c))
            continue;
        if (!paper_only)
            st = add_pupil(web, in, c, band, school.name);
        for (size_t h = 0; st == OK && h < in->home_count; h++) {
            const struct invitee *who = &in->home[h];
            if (who->conversation.v == c->id.v && who->has_letter && !who->is_on_request &&
                !(paper_only && *who->address))
                st = add_letter(web, in, c, who, band, school.name);
        }
    }
    return st;
}

static enum status print_round_letters(struct web *web)
{
    struct inviting in = {.talks = NULL};
    if (!form_valid(&web->form))
        return ERR_INVALID;
    enum status st = web_write(web, make_round_letters, &in);
    if (st != OK)
        return st;
    return in.letter_count
               ? invite_print(web, in.letters, in.letter_count)
               : web_redirect(web, "/groep/%s/ronde/%s/uitnodigen", id_text(web_group(web).v).s,
                              id_text(web->ids[PARAM_ROUND]).s);
}

const struct route invite_round_routes[] = {
    {HTTP_GET, "/groep/:group/ronde/:round/uitnodigen", .right = RIGHT_GROUP_TEACH,
     .run = round_invite_page},
    {HTTP_POST, "/groep/:group/ronde/:round/uitnodigen", .right = RIGHT_GROUP_TEACH,
     .form = &round_invite_form, .run = invite_round},
    {HTTP_POST, "/groep/:group/ronde/:round/brieven.pdf", .right = RIGHT_GROUP_TEACH,
     .flags = ROUTE_OWN_TRANSACTION, .form = &round_letter_form, .run = print_round_letters},
    {0},
};
