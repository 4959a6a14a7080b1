/* The pupil's own pages: who read about me and who decided, and the hand "I want to talk". */
#include "badge/badge_web.h"
#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "gen/sharing_html.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "sharing/looked.h"
#include "sharing/sharing_web.h"
#include "sharing/wish.h"
#include "web/web.h"

#define DECIDED_MAX 50 /* lines on the page */

static enum status kid_frame(struct web *web, struct pupil *ret)
{
    struct pupil_membership *groups = NULL;
    size_t count = 0;
    enum status st = pupil_find(&web->work, web->actor.pupil, ret);
    if (st == OK)
        st = group_of_pupil(&web->work, ret->id, &groups, &count);
    if (st != OK)
        return st;
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = kid_class(count ? groups[0].group.age_band : AGE_7_9);
    return OK;
}

static const char *moment(struct web *web, int64_t at_ms)
{
    struct local_time at = date_local(at_ms);
    return trf(web->tr, web->arena, "{0} at {1}", 2,
               tr_date_day(web->tr, web->arena, at.date, web->work.today),
               tr_time(web->tr, web->arena, at));
}

static const char *reader_of(struct web *web, const struct looked *line)
{
    return *line->name ? line->name : tr(web->tr, audit_actor_words(line->actor_kind));
}

static bool is_reading(enum audit_action action)
{
    static const enum audit_action readings[] = {
        AUDIT_DOSSIER_SEEN, AUDIT_OBSERVATION_SEEN, AUDIT_CONVERSATION_SEEN, AUDIT_PUPIL_DATA_SEEN,
        AUDIT_SHARED_SEEN,  AUDIT_LOG_SEEN,         AUDIT_GROUP_SEEN,
    };
    for (size_t i = 0; i < ARRAY_LEN(readings); i++)
        if (action == readings[i])
            return true;
    return false;
}

/* Adds to the day's line of who did it, or begins one: a child reads names, not a ledger. */
static void add_line(struct web *web, struct looked_day *day, const struct looked *looked)
{
    const char *who = reader_of(web, looked);
    const char *what = tr(web->tr, audit_action_words(looked->action));
    bool wrote = !is_reading(looked->action);
    for (size_t i = 0; i < day->count; i++) {
        struct looked_line_self *line = &day->lines[i];
        if (!str_equal(line->who, who))
            continue;
        line->what = arena_printf(web->arena, "%s, %s", line->what, what);
        line->wrote |= wrote;
        return;
    }
    day->lines[day->count++] = (struct looked_line_self){.who = who, .what = what, .wrote = wrote};
}

static enum status fill_lines(struct web *web, struct looked_self_view *view)
{
    struct looked *list = NULL;
    size_t count = 0;
    enum status st = looked_at_self(&web->work, &list, &count);
    if (st != OK)
        return st;
    /* One run of lines for all days: what a day does not use, the next one has. */
    struct looked_line_self *lines = ARENA_ARRAY(web->arena, struct looked_line_self, count);
    view->days = ARENA_ARRAY(web->arena, struct looked_day, count);
    if (!lines || !view->days)
        return ERR_NOMEM;
    struct date day = {0};
    for (size_t i = 0; i < count; i++) {
        struct date this_day = date_of(list[i].at_ms);
        if (i == 0 || date_compare(day, this_day) != 0) {
            struct looked_day *last = view->day_count ? &view->days[view->day_count - 1] : NULL;
            view->days[view->day_count++] = (struct looked_day){
                .day = tr_date_day(web->tr, web->arena, this_day, web->work.today),
                .lines = last ? last->lines + last->count : lines};
            day = this_day;
        }
        add_line(web, &view->days[view->day_count - 1], &list[i]);
    }
    return OK;
}

static const char *kind_words(struct web *web, enum shared_kind kind)
{
    static const char *const words[] = {
        [SHARED_ANSWER] = N_("something you said"),
        [SHARED_GOAL] = N_("a goal"),
        [SHARED_NEED] = N_("what helps"),
        [SHARED_AGREEMENT] = N_("an agreement"),
        [SHARED_PLAN] = N_("a plan"),
        [SHARED_CONVERSATION] = N_("a whole conversation"),
    };
    return (unsigned)kind < ARRAY_LEN(words) && words[kind] ? tr(web->tr, words[kind]) : "";
}

static struct decided_line line_of(struct web *web, const struct sharing_decision *d)
{
    return (struct decided_line){
        .when = moment(web, d->made_at),
        .who = d->by == DECIDED_PUPIL      ? _("You decided")
               : d->by == DECIDED_TOGETHER ? _("You decided together with your teacher")
                                           : _("Your teacher decided"),
        .whom = d->reader_kind == READER_GUARDIAN   ? _("home")
                : d->reader_kind == READER_EXTERNAL ? _("somebody from outside")
                                                    : _("somebody at school"),
        .choice = d->choice == CHOICE_YES  ? _("may know")
                  : d->choice == CHOICE_NO ? _("not")
                                           : _("I tell it"),
        .icon = d->choice == CHOICE_YES  ? "eye"
                : d->choice == CHOICE_NO ? "eye-off"
                                         : "messages-square"};
}

/* Decided in one breath: by the same one, for the same readers, in the same way. */
static bool same_breath(const struct decided_line *a, const struct decided_line *b)
{
    return str_equal(a->when, b->when) && str_equal(a->who, b->who) &&
           str_equal(a->whom, b->whom) && str_equal(a->choice, b->choice);
}

/* "a goal, something you said (3)" */
static const char *what_of(struct web *web, const struct decided_line *line)
{
    const char *text = "";
    for (int kind = SHARED_ANSWER; kind < SHARED_KINDS_; kind++) {
        const char *words = kind_words(web, (enum shared_kind)kind);
        const char *comma = *text ? ", " : "";
        if (line->kinds[kind] == 1)
            text = arena_printf(web->arena, "%s%s%s", text, comma, words);
        else if (line->kinds[kind] > 1)
            text = arena_printf(web->arena, "%s%s%s (%d)", text, comma, words, line->kinds[kind]);
    }
    return text;
}

/* One page of choices that is kept gives one line per choice and reader, not one per box. */
static void add_decided(struct web *web, struct looked_self_view *view,
                        const struct sharing_decision *d)
{
    struct decided_line line = line_of(web, d);
    for (size_t i = view->decided_count; i-- > 0;) {
        struct decided_line *have = &view->decided[i];
        if (!str_equal(have->when, line.when))
            break;
        if (same_breath(have, &line)) {
            have->kinds[d->kind]++;
            return;
        }
    }
    line.kinds[d->kind] = 1;
    if (view->decided_count < DECIDED_MAX)
        view->decided[view->decided_count++] = line;
}

static enum status fill_decided(struct web *web, struct looked_self_view *view)
{
    struct sharing_book book;
    enum status st = sharing_open(&web->work, web->actor.pupil, (struct conversation_id){0}, &book);
    if (st != OK)
        return st;
    view->decided = ARENA_ARRAY(web->arena, struct decided_line, DECIDED_MAX);
    if (!view->decided)
        return ERR_NOMEM;
    for (size_t i = 0; i < book.count; i++)
        add_decided(web, view, &book.decisions[i]);
    for (size_t i = 0; i < view->decided_count; i++)
        view->decided[i].what = what_of(web, &view->decided[i]);
    return OK;
}

static enum status looked_page(struct web *web)
{
    struct looked_self_view *view = ARENA_NEW(web->arena, struct looked_self_view);
    struct pupil pupil;
    if (!view)
        return ERR_NOMEM;
    enum status st = fill_lines(web, view);
    if (st == OK)
        st = fill_decided(web, view);
    if (st == OK)
        st = sharing_notes(web, web->actor.pupil, (struct conversation_id){0}, NULL, &view->notes,
                           &view->note_count);
    if (st == OK)
        st = kid_frame(web, &pupil);
    if (st != OK)
        return st;
    view->call = person_call(web->arena, &pupil.person);
    view->symbol = pupil_symbol_name(pupil.symbol);
    view->colour = pupil.colour;
    return web_page(web, _("Who read about you?"), html_looked_self_page, view);
}

/* --- the hand
 * ------------------------------------------------------------------------------------------ */

static enum status wish_page(struct web *web)
{
    struct wish_view *view = ARENA_NEW(web->arena, struct wish_view);
    struct pupil pupil;
    int64_t at = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = wish_of_self(&web->work, &at);
    if (st == OK)
        st = kid_frame(web, &pupil);
    if (st != OK)
        return st;
    *view = (struct wish_view){.symbol = pupil_symbol_name(pupil.symbol),
                               .colour = pupil.colour,
                               .since = at ? moment(web, at) : NULL};
    return web_page(web, _("I want to talk"), html_wish_page, view);
}

static enum status raise_hand(struct web *web)
{
    enum status st = wish_raise(&web->work);
    return st == OK ? web_redirect(web, "/ik/praten") : st;
}

static enum status lower_hand(struct web *web)
{
    enum status st = wish_lower(&web->work);
    return st == OK ? web_redirect(web, "/ik") : st;
}

/* By the teacher, from the page of the group. */
static enum status put_away(struct web *web)
{
    struct pupil_membership *groups = NULL;
    size_t count = 0;
    enum status st = wish_put_away(&web->work, web_pupil(web));
    if (st == OK)
        st = group_of_pupil(&web->work, web_pupil(web), &groups, &count);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        if (groups[i].is_active_year && !date_is_set(groups[i].until_on))
            return web_redirect(web, "/groep/%s", id_text(groups[i].group.id.v).s);
    return web_redirect(web, "/leerling/%s", id_text(web_pupil(web).v).s);
}

const struct route looked_routes[] = {
    {HTTP_GET, "/ik/inzage", .right = RIGHT_PUPIL_SELF, .run = looked_page},
    {HTTP_GET, "/ik/praten", .right = RIGHT_PUPIL_SELF, .run = wish_page},
    {HTTP_POST, "/ik/praten", .right = RIGHT_PUPIL_SELF, .run = raise_hand},
    {HTTP_POST, "/ik/praten/weg", .right = RIGHT_PUPIL_SELF, .run = lower_hand},
    {HTTP_POST, "/leerling/:pupil/praten/weg", .right = RIGHT_PUPIL_WRITE, .run = put_away},
    {0},
};
