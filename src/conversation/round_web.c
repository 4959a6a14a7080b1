#include "access/audit.h"
#include "base/arena.h"
#include "base/str.h"
#include "conversation/group_talk_web.h"
#include "conversation/method_options_web.h"
#include "conversation/plan_web.h"
#include "gen/round_html.h"
#include "group/group.h"
#include "method/store.h"
#include "school/coverage.h"
#include "web/web.h"

static const struct field round_fields[] = {
    {.name = "method", .kind = FIELD_TEXT, .required = true, .max = METHOD_NAME_MAX,
     .label = N_("Kind of conversation")},
    {.name = "from", .kind = FIELD_DATE, .required = true, .label = N_("First day")},
    {.name = "until", .kind = FIELD_DATE, .required = true, .label = N_("Last day")},
    {.name = "monday", .kind = FIELD_CHECK, .label = N_("Monday")},
    {.name = "tuesday", .kind = FIELD_CHECK, .label = N_("Tuesday")},
    {.name = "wednesday", .kind = FIELD_CHECK, .label = N_("Wednesday")},
    {.name = "thursday", .kind = FIELD_CHECK, .label = N_("Thursday")},
    {.name = "friday", .kind = FIELD_CHECK, .label = N_("Friday")},
    {.name = "time", .kind = FIELD_TIME, .label = N_("First time of the day")},
    {.name = "per_day", .kind = FIELD_NUMBER, .required = true, .min_value = 1,
     .max_value = ROUND_PER_DAY_MAX, .label = N_("Conversations on a day")},
    {.name = "minutes", .kind = FIELD_NUMBER, .required = true, .min_value = 1, .max_value = 180,
     .label = N_("Minutes for each")},
    {.name = "place", .kind = FIELD_TEXT, .max = CONVERSATION_PLACE_MAX, .label = N_("Place")},
    {.name = "aim", .kind = FIELD_TEXT, .max = CONVERSATION_AIM_MAX, .label = N_("What it is for"),
     .hint = N_("Stands in the invitation, so that the pupil knows beforehand.")},
    {.name = "pupil", .kind = FIELD_IDS, .required = true, .label = N_("With whom")},
};
FORM(round_form, round_fields);

static const char *const day_fields[] = {"monday", "tuesday", "wednesday", "thursday", "friday"};

/* --- the list of whom to choose ------------------------------------------------------------------- */

static const struct hearing *hearing_of(const struct hearing *list, size_t count,
                                        struct pupil_id pupil)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].pupil.v == pupil.v)
            return &list[i];
    return NULL;
}

struct turn {
    const struct group_member *member;
    const struct hearing *hearing; /* NULL: never heard, nothing planned */
    size_t place;                  /* in the class list */
};

static struct date last_of(const struct turn *turn)
{
    return turn->hearing ? turn->hearing->last_on : (struct date){0};
}

/* Longest not heard first; who was never heard before all others (R1). */
static int by_last(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    int order = date_compare(last_of(x), last_of(y));
    return order ? order : x->place < y->place ? -1 : 1;
}

/* The day is enough beside a name; the time stands on the page of the round. */
static const char *next_day(struct web *web, const struct hearing *h)
{
    return date_is_set(h->next_on) ? tr_date_short(web->tr, web->arena, h->next_on)
                                   : _("no day yet");
}

static void fill_turn(struct web *web, const struct turn *turn, struct turn_line *line)
{
    const struct hearing *h = turn->hearing;
    struct date last = last_of(turn);
    *line = (struct turn_line){
        .pupil = turn->member->pupil,
        .call = turn->member->call,
        .letters = turn->member->letters,
        .colour = turn->member->colour,
        .last = date_is_set(last) ? tr_date_short(web->tr, web->arena, last) : _("not yet"),
        .next = h && h->next.v ? next_day(web, h) : NULL,
        .held = h ? h->held : 0};
}

static enum status fill_turns(struct web *web, struct talks_view *view)
{
    struct group_member *members = NULL;
    struct hearing *hearings = NULL;
    size_t count = 0, heard = 0;
    enum status st = group_members(&web->work, view->group, &members, &count);
    if (st == OK)
        st = conversation_hearings(&web->work, view->group, coverage_half_year(web->work.today), true,
                                   &hearings, &heard);
    if (st != OK)
        return st;
    struct turn *turns = ARENA_ARRAY(web->arena, struct turn, count);
    view->turns = ARENA_ARRAY(web->arena, struct turn_line, count);
    if (!turns || !view->turns)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        turns[i] = (struct turn){&members[i], hearing_of(hearings, heard, members[i].pupil), i};
    if (count)
        qsort(turns, count, sizeof *turns, by_last);
    for (size_t i = 0; i < count; i++) {
        struct turn_line *line = &view->turns[view->turn_count++];
        fill_turn(web, &turns[i], line);
        view->heard += line->held > 0;
        /* Before the form is sent: everybody who was not heard and has nothing planned. */
        line->is_chosen = view->form->sent
                              ? form_has_id(view->form, "pupil", line->pupil.v)
                              : line->held == 0 && !line->next;
    }
    return OK;
}

static const char *method_title(struct web *web, const struct method_line *lines, size_t count,
                                const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(lines[i].method->key, key))
            return method_say(&lines[i].method->title, tr_code(web->tr));
    return key; /* withdrawn since */
}

static const char *weeks_text(struct web *web, const struct round *round)
{
    return trf(web->tr, web->arena, "{0} to {1}", 2,
               tr_date_short(web->tr, web->arena, round->from_on),
               tr_date_short(web->tr, web->arena, round->until_on));
}

static enum status fill_rounds(struct web *web, struct talks_view *view)
{
    struct method_line *lines = NULL;
    struct round *rounds = NULL;
    size_t count = 0;
    enum status st = method_list(&web->work, &lines, &count);
    if (st == OK)
        st = round_of_group(&web->work, view->group, &rounds, &view->round_count);
    if (st != OK)
        return st;
    const char **titles = ARENA_ARRAY(web->arena, const char *, view->round_count);
    if (!titles)
        return ERR_NOMEM;
    for (size_t i = 0; i < view->round_count; i++)
        titles[i] = arena_printf(web->arena, "%s, %s",
                                 method_title(web, lines, count, rounds[i].method_key),
                                 weeks_text(web, &rounds[i]));
    view->rounds = rounds;
    view->round_titles = titles;
    return OK;
}

static enum status show_talks(struct web *web, struct conversation_round_id id,
                              const struct form_values *form)
{
    struct talks_view *view = ARENA_NEW(web->arena, struct talks_view);
    struct group group;
    if (!view)
        return ERR_NOMEM;
    *view = (struct talks_view){.group = web_group(web), .form = form, .id = id};
    enum status st = group_find(&web->work, view->group, &group);
    if (st == OK)
        st = fill_turns(web, view);
    if (st == OK)
        st = fill_rounds(web, view);
    if (st == OK)
        st = group_talk_lines(web, view->group, &view->together, &view->together_count);
    if (st == OK)
        st = method_options(web, 1u << ABOUT_PUPIL, (enum band)group.age_band, &view->methods,
                            &view->method_count);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_GROUP_SEEN, 0, view->group.v);
    if (st != OK)
        return st;
    view->group_name = group.name;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, trf(web->tr, web->arena, "Conversations of {0}", 1, group.name),
                    html_talks_page, view);
}

/* From next Monday on, four weeks of three mornings: a start that can be sent as it is. */
static enum status talks_page(struct web *web)
{
    struct form_values *form = ARENA_NEW(web->arena, struct form_values);
    if (!form)
        return ERR_NOMEM;
    form_begin(form, &round_form);
    struct date monday = date_add_days(web->work.today, 8 - date_weekday(web->work.today));
    form_set(form, "from", arena_strdup(web->arena, date_text(monday).s));
    form_set(form, "until", arena_strdup(web->arena, date_text(date_add_days(monday, 25)).s));
    for (size_t i = 0; i < ARRAY_LEN(day_fields); i++)
        form_check(form, day_fields[i], i % 2 == 0);
    form_set(form, "time", "10:30");
    form_set(form, "per_day", "3");
    form_set(form, "minutes", "15");
    return show_talks(web, (struct conversation_round_id){work_new_id(&web->work)}, form);
}

static struct round_slots slots_of(const struct form_values *form)
{
    struct round_slots slots = {.from_on = form_date(form, "from"),
                                .until_on = form_date(form, "until"),
                                .starts_at = form_text(form, "time")[0]
                                                 ? (int)form_number(form, "time")
                                                 : -1,
                                .per_day = (int)form_number(form, "per_day"),
                                .minutes = (int)form_number(form, "minutes")};
    for (size_t i = 0; i < ARRAY_LEN(day_fields); i++)
        if (form_checked(form, day_fields[i]))
            slots.weekdays |= 1u << (i + 1);
    return slots;
}

/* What a round needs besides single fields: days, an end after the start, and room for all. */
static void check_slots(struct web *web, const struct round_slots *slots, size_t pupils)
{
    size_t room = 0;
    if (!slots->weekdays)
        form_error(&web->form, "monday", N_("Choose at least one day of the week."));
    else if (round_room(slots, &room) != OK)
        form_error(&web->form, "until", N_("Choose a last day after the first, within twelve weeks."));
    else if (room < pupils) {
        size_t i = form_index(web->form.form, "per_day");
        web->form.error[i] = N_("There is room for {0}. Choose more days, or more on a day.");
        web->form.error_value[i] = arena_printf(web->arena, "%zu", room);
    }
}

static enum status plan_round(struct web *web)
{
    struct conversation_round_id id = {web->ids[PARAM_ROUND]};
    size_t count = 0;
    const int64_t *ids = form_ids(&web->form, "pupil", &count);
    struct round_slots slots = slots_of(&web->form);
    if (form_valid(&web->form))
        check_slots(web, &slots, count);
    if (!form_valid(&web->form))
        return show_talks(web, id, &web->form);
    struct pupil_id *pupils = ARENA_ARRAY(web->arena, struct pupil_id, count);
    if (!pupils)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        pupils[i] = (struct pupil_id){ids[i]};
    struct round_draft draft = {.group = web_group(web),
                                .method_key = form_text(&web->form, "method"),
                                .slots = slots,
                                .place = form_text(&web->form, "place"),
                                .aim = form_text(&web->form, "aim"),
                                .pupils = pupils,
                                .pupil_count = count};
    enum status st = round_plan(&web->work, id, &draft);
    if (st == ERR_INVALID) {
        form_error(&web->form, "method", N_("Choose a kind of conversation and days within a year."));
        return show_talks(web, id, &web->form);
    }
    return st == OK ? web_redirect(web, "/groep/%s/ronde/%s?ok=gepland",
                                   id_text(draft.group.v).s, id_text(id.v).s)
                    : st;
}

/* --- one round ------------------------------------------------------------------------------------ */

static const struct group_member *member_of(const struct group_member *members, size_t count,
                                            struct pupil_id pupil)
{
    for (size_t i = 0; i < count; i++)
        if (members[i].pupil.v == pupil.v)
            return &members[i];
    return NULL;
}

static enum status fill_lines(struct web *web, struct round_view *view)
{
    struct conversation *list = NULL;
    struct group_member *members = NULL;
    size_t count = 0, member_count = 0;
    enum status st = round_conversations(&web->work, view->id, &list, &count);
    if (st == OK)
        st = group_members(&web->work, view->group, &members, &member_count);
    if (st != OK)
        return st;
    view->lines = ARENA_ARRAY(web->arena, struct round_line, count);
    if (!view->lines)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const struct conversation *c = &list[i];
        const struct group_member *member = member_of(members, member_count, c->pupil);
        if (!member)
            continue; /* left the group since */
        bool held = c->state == CONVERSATION_CLOSED || c->state == CONVERSATION_EVALUATED;
        view->lines[view->line_count++] = (struct round_line){
            .id = c->id,
            .call = member->call,
            .letters = member->letters,
            .colour = member->colour,
            .when = held ? tr_date_day(web->tr, web->arena, c->held_on, web->work.today)
                         : plan_moment(web, c->planned_on, c->planned_at),
            .state_text = plan_state_text(web, c->state),
            .is_held = held,
            .may_move = c->state < CONVERSATION_UNDER_WAY};
        view->may_invite |= c->state == CONVERSATION_PLANNED;
    }
    return OK;
}

static enum status round_page(struct web *web)
{
    struct round_view *view = ARENA_NEW(web->arena, struct round_view);
    struct round round;
    struct group group;
    const struct method *method = NULL;
    if (!view)
        return ERR_NOMEM;
    *view = (struct round_view){.group = web_group(web), .id = {web->ids[PARAM_ROUND]}};
    enum status st = round_find(&web->work, view->id, &round);
    if (st == OK && round.group.v != view->group.v)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = group_find(&web->work, view->group, &group);
    if (st == OK)
        st = method_by_version(&web->work, round.method_version, &method);
    if (st == OK)
        st = fill_lines(web, view);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_GROUP_SEEN, 0, view->group.v);
    if (st != OK)
        return st;
    view->group_name = group.name;
    view->title = method_say(&method->title, tr_code(web->tr));
    view->weeks = weeks_text(web, &round);
    view->asks_home = method->takes_part & PART_GUARDIAN;
    view->held = round.held;
    view->planned = round.planned;
    web->reply.page.nav = NAV_HOME;
    return web_page(web, view->title, html_round_page, view);
}

const struct route round_routes[] = {
    {HTTP_GET, "/groep/:group/gesprekken", .right = RIGHT_GROUP_TEACH, .run = talks_page},
    {HTTP_POST, "/groep/:group/ronde/:round", .right = RIGHT_GROUP_TEACH, .form = &round_form,
     .run = plan_round},
    {HTTP_GET, "/groep/:group/ronde/:round", .right = RIGHT_GROUP_TEACH, .run = round_page},
    {0},
};
