#include "agreement/agreement_web.h"

#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/thing_html.h"
#include "goal/thing_pages_web.h"
#include "guardian/guardian.h"
#include "pupil/pupil.h"
#include "staff/staff.h"
#include "web/web.h"

#define WHO_MAX 24 /* "1-" and an id */

static const struct field fields[] = {
    {.name = "what",
     .kind = FIELD_LONG,
     .required = true,
     .max = AGREEMENT_TEXT_MAX,
     .label = N_("What do we agree?"),
     .hint = N_("In the words of who does it: “I choose …”. What exactly, and how often?")},
    {.name = "who", .kind = FIELD_TEXT, .max = WHO_MAX, .label = N_("Who does it?")},
    {.name = "also", .kind = FIELD_IDS, .label = N_("Who does it as well?")},
    {.name = "how",
     .kind = FIELD_LONG,
     .max = AGREEMENT_TEXT_MAX,
     .label = N_("With what or whom, and where?")},
    {.name = "due_on", .kind = FIELD_DATE, .label = N_("By when?")},
    {.name = "look_on", .kind = FIELD_DATE, .label = N_("When do we look back?")},
    {.name = "look",
     .kind = FIELD_TEXT,
     .max = AGREEMENT_TEXT_MAX,
     .label = N_("How do we look back, and what do we notice then?")},
    {.name = "goal", .kind = FIELD_ID, .label = N_("Which goal does it belong to?")},
    THING_FORM_FIELDS,
};
FORM(form, fields);
enum { F_WHAT, F_WHO, F_ALSO, F_HOW, F_DUE, F_LOOK_ON, F_LOOK, F_GOAL };

static const char *const states[] = {
    [0] = "",
    [AGREEMENT_OPEN] = "",
    [AGREEMENT_KEPT] = N_("kept"),
    [AGREEMENT_CHANGED] = N_("goes on differently"),
    [AGREEMENT_DROPPED] = N_("dropped"),
};

/* --- who
 * ------------------------------------------------------------------------------------------ */

/* "2-ID": kind and person. */
static const char *who_value(struct web *web, enum agreement_who kind, int64_t who)
{
    return who ? arena_printf(web->arena, "%d-%s", (int)kind, id_text(who).s)
               : arena_printf(web->arena, "%d", (int)kind);
}

/* Everybody who may be chosen here; the first one is proposed. */
struct who_line {
    const char *value, *name;
    struct agreement_person person;
};
struct who_list {
    struct who_line *lines;
    size_t count;
};

static void add_who(struct web *web, struct who_list *list, enum agreement_who kind, int64_t who,
                    const char *name)
{
    list->lines[list->count++] = (struct who_line){who_value(web, kind, who), name, {kind, who}};
}

/* A pupil chooses from the own people; staff from all colleagues. */
static enum status read_who(struct web *web, const struct thing_spot *spot, const void **ret_own)
{
    struct guardian *guardians = NULL;
    struct staff *staff = NULL;
    struct conversation c = {.leader = {0}};
    size_t guardian_count = 0, staff_count = 0;
    enum status st = OK;
    if (!spot->is_self)
        st = staff_list(&web->work, false, &staff, &staff_count);
    if (st == OK && spot->place.pupil.v && !spot->is_self)
        st = guardian_of_pupil(&web->work, spot->place.pupil, &guardians, &guardian_count);
    if (st == ERR_NOT_FOUND) /* who takes part in the conversation only knows no family */
        st = OK;
    if (st == OK && spot->is_self && spot->place.conversation.v)
        st = conversation_open(&web->work, RIGHT_CONVERSATION_SELF, spot->place.conversation, &c);
    size_t most = staff_count + guardian_count + 5;
    struct who_list *list = ARENA_NEW(web->arena, struct who_list);
    struct who_line *lines = ARENA_ARRAY(web->arena, struct who_line, most);
    if (st != OK || !list || !lines)
        return st == OK ? ERR_NOMEM : st;
    list->lines = lines;
    if (spot->place.pupil.v)
        add_who(web, list, WHO_PUPIL, spot->place.pupil.v, spot->call);
    add_who(web, list, WHO_TOGETHER, 0, _("Together"));
    if (c.leader.v)
        add_who(web, list, WHO_STAFF, c.leader.v, c.leader_name);
    for (size_t i = 0; i < staff_count; i++) /* the reader before colleagues */
        if (staff[i].id.v == web->actor.staff.v)
            add_who(web, list, WHO_STAFF, staff[i].id.v, person_full(web->arena, &staff[i].person));
    for (size_t i = 0; i < guardian_count; i++)
        add_who(web, list, WHO_GUARDIAN, guardians[i].id.v,
                person_full(web->arena, &guardians[i].person));
    if (spot->place.pupil.v)
        add_who(web, list, WHO_GUARDIAN, 0, _("At home"));
    for (size_t i = 0; i < staff_count; i++)
        if (staff[i].id.v != web->actor.staff.v)
            add_who(web, list, WHO_STAFF, staff[i].id.v, person_full(web->arena, &staff[i].person));
    add_who(web, list, WHO_OTHER, 0, _("Somebody else"));
    *ret_own = list;
    return OK;
}

/* --- the form
 * ------------------------------------------------------------------------------------- */

static unsigned hidden_fields(const struct thing_spot *spot, const struct thing *thing)
{
    (void)thing;
    return spot->is_young ? ~(1u << F_WHAT | 1u << F_WHO) : 0;
}

static void fill(struct web *web, const struct thing_spot *spot, const struct thing_aids *aids,
                 const struct thing *thing, struct form_values *values)
{
    const struct who_list *who = aids->own;
    (void)spot;
    if (!thing) {
        form_set(values, "who", who->count ? who->lines[0].value : "");
        return;
    }
    form_set(values, "who", who_value(web, (enum agreement_who)thing->sort, thing->who));
    const struct agreement a = agreement_of_thing(thing);
    size_t at = form_index(&form, "also");
    int64_t *ids = ARENA_ARRAY(web->arena, int64_t, a.other_count);
    for (size_t i = 0; ids && i < a.other_count; i++)
        ids[i] = a.others[i].id;
    values->ids[at] = ids;
    values->number[at] = ids ? (int64_t)a.other_count : 0;
}

/* One does it; others with a name of their own may do it as well. */
static void choices(struct web *web, const struct thing_spot *spot, const struct thing_aids *aids,
                    struct thing_form *made)
{
    (void)spot;
    const struct who_list *who = aids->own;
    struct form_option *one = ARENA_ARRAY(web->arena, struct form_option, who->count);
    struct form_option *more = ARENA_ARRAY(web->arena, struct form_option, who->count);
    if (!one || !more)
        return;
    made->who = one;
    made->also = more;
    for (size_t i = 0; i < who->count; i++) {
        const struct who_line *line = &who->lines[i];
        one[made->who_count++] = (struct form_option){line->value, line->name};
        if (line->person.id)
            more[made->also_count++] = (struct form_option){
                arena_strdup(web->arena, id_text(line->person.id).s), line->name};
    }
}

/* What was chosen: only what was offered, and nobody twice. */
static bool take_who(struct web *web, const struct who_list *list, struct agreement_draft *draft)
{
    const char *value = form_text(&web->form, "who");
    draft->who_name = NULL;
    for (size_t i = 0; i < list->count; i++) {
        if (!str_equal(list->lines[i].value, value))
            continue;
        draft->who_kind = list->lines[i].person.kind;
        draft->who = list->lines[i].person.id;
        draft->who_name = list->lines[i].name;
    }
    if (!draft->who_name)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        const struct who_line *line = &list->lines[i];
        bool chosen = line->person.id && form_has_id(&web->form, "also", line->person.id) &&
                      line->person.id != draft->who;
        if (!chosen)
            continue;
        if (draft->other_count == AGREEMENT_OTHERS_MAX)
            return false;
        draft->others[draft->other_count++] = line->person;
        draft->who_name = arena_printf(web->arena, "%s, %s", draft->who_name, line->name);
    }
    return true;
}

static enum status keep(struct web *web, struct thing_spot *spot, const struct thing_aids *aids,
                        struct thing_id id, int version, struct thing *ret_now)
{
    const struct agreement_id agreement = {id.v};
    int kept = 0;
    struct agreement_draft draft = {.conversation = spot->place.conversation,
                                    .question = form_text(&web->form, "question"),
                                    .goal = thing_goal_sent(web),
                                    .due_on = form_date(&web->form, "due_on"),
                                    .look_on = form_date(&web->form, "look_on"),
                                    .what = form_text(&web->form, "what"),
                                    .how = form_text(&web->form, "how"),
                                    .look = form_text(&web->form, "look")};
    if (!take_who(web, aids->own, &draft)) {
        form_error(&web->form, "who", N_("Choose who does it."));
        return ERR_INVALID;
    }
    return version ? agreement_change(&web->work, agreement, version, &draft, &kept, ret_now)
                   : agreement_make(&web->work, spot->place.pupil, agreement, &draft);
}

/* --- the card
 * ------------------------------------------------------------------------------------- */

static void add_acts(struct web *web, const struct thing *thing, struct thing_card *card)
{
    bool theirs = web->actor.kind == ACTOR_PUPIL && /* what an adult promised */
                  !thing_may_change(&web->actor, thing->voice, thing->author_kind, thing->author);
    card->may_check = card->is_open;
    card->may_replace = card->is_open && !theirs;
    if (card->is_open) {
        thing_act(card, "kept", _("Kept"), "circle-check");
        if (!theirs)
            thing_act(card, "dropped", _("Drop it"), "minus");
    } else if (thing->state != AGREEMENT_CHANGED) {
        thing_act(card, "open", _("Open again"), "undo-2");
    }
}

static const char *when_due(struct web *web, const struct thing *thing)
{
    if (!date_is_set(thing->due_on) || thing->state != THING_OPEN)
        return "";
    const char *day = thing_day(web, thing->due_on);
    return date_compare(thing->due_on, web->work.today) < 0
               ? trf(web->tr, web->arena, "was {0}", 1, day)
               : day;
}

static enum status fill_card(struct web *web, const struct thing_spot *spot,
                             const struct thing_aids *aids, const struct thing *thing,
                             struct thing_card *card)
{
    static const char *const art[] = {"t-samen", "t-hulp",  "t-zelf",
                                      "p-thuis", "t-samen", "t-samen"};
    const struct agreement a = agreement_of_thing(thing);
    (void)spot;
    (void)aids;
    card->picture = art[a.who_kind];
    if (*a.who_name)
        card->who = a.who_name;
    thing_fact(card, _("How"), a.how);
    thing_fact(card, _("By when"), when_due(web, thing));
    thing_fact(card, _("We look back"), card->is_open ? thing_day(web, a.look_on) : "");
    thing_fact(card, _("What we notice"), a.look);
    if (card->act_url)
        add_acts(web, thing, card);
    return OK;
}

/* On its own page: how it went on the way. */
static enum status add_checks(struct web *web, const struct thing_spot *spot,
                              const struct thing_aids *aids, const struct thing *thing,
                              struct thing_view *view, struct thing_card *card)
{
    struct agreement_check_in *checks = NULL;
    size_t count = 0;
    (void)spot;
    (void)aids;
    (void)view;
    enum status st =
        agreement_checks(&web->work, (struct agreement_id){thing->id.v}, &checks, &count);
    card->events = ARENA_ARRAY(web->arena, struct thing_event, count);
    if (st == OK && !card->events)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        card->events[card->event_count++] =
            (struct thing_event){.when = thing_moment(web, checks[i].made_at),
                                 .what = checks[i].outcome == CHECK_WELL     ? _("It goes well")
                                         : checks[i].outcome == CHECK_PARTLY ? _("Partly")
                                                                             : _("Not yet"),
                                 .icon = checks[i].outcome == CHECK_WELL     ? "smile"
                                         : checks[i].outcome == CHECK_PARTLY ? "circle-dot"
                                                                             : "circle-dashed",
                                 .text = checks[i].text};
    return st;
}

/* --- what is done with it
 * ------------------------------------------------------------------------- */

static enum status kept(struct web *web, const struct thing_spot *spot, const struct thing *thing)
{
    (void)spot;
    return agreement_end(&web->work, (struct agreement_id){thing->id.v}, AGREEMENT_KEPT);
}

static enum status dropped(struct web *web, const struct thing_spot *spot,
                           const struct thing *thing)
{
    (void)spot;
    return agreement_end(&web->work, (struct agreement_id){thing->id.v}, AGREEMENT_DROPPED);
}

/* The same people and the same way, other words and another day. */
static enum status replace(struct web *web, const struct thing_spot *spot,
                           const struct thing *thing)
{
    const struct agreement a = agreement_of_thing(thing);
    struct agreement_draft draft = {
        .conversation = spot->place.conversation.v ? spot->place.conversation : a.conversation,
        .question = a.question,
        .goal = a.goal,
        .who_kind = a.who_kind,
        .who = a.who,
        .other_count = a.other_count,
        .look_on = form_date(&web->form, "day"),
        .what = form_text(&web->form, "text"),
        .who_name = a.who_name,
        .how = a.how,
        .look = a.look};
    memcpy(draft.others, a.others, sizeof(a.others));
    struct agreement_id fresh = {form_number(&web->form, "fresh")};
    return fresh.v ? agreement_replace(&web->work, a.id, fresh, &draft) : ERR_INVALID;
}

static enum status check_in(struct web *web, const struct thing_spot *spot,
                            const struct thing *thing)
{
    struct agreement_check_id check = {form_number(&web->form, "fresh")};
    (void)spot;
    return check.v ? agreement_check_in(&web->work, (struct agreement_id){thing->id.v}, check,
                                        (enum check_outcome)form_number(&web->form, "place"),
                                        form_text(&web->form, "text"))
                   : ERR_INVALID;
}

static const struct thing_deed deeds[] = {
    {"kept", kept}, {"dropped", dropped}, {"replace", replace}, {"check", check_in}, {NULL, NULL},
};

/* --- pages
 * ---------------------------------------------------------------------------------------- */

static const struct thing_pages pages = {
    .rules = &agreement_rules,
    .param = PARAM_AGREEMENT,
    .form = &form,
    .tab = TAB_AGREEMENTS,
    .path = "afspraken",
    .list_path = "afspraken",
    .prefix = "a",
    .states = states,
    .picture = "t-samen",
    .key = "agreement",
    .one = N_("Agreement"),
    .many = N_("Agreements"),
    .own_many = N_("My agreements"),
    .add = N_("New agreement"),
    .button = N_("Agree"),
    .lead = N_("What grown-ups promise stands here too, and counts as much."),
    .empty = N_("No agreements yet. They come out of a conversation, or are made here."),
    .own_empty = N_("There are no agreements yet."),
    .has_own_page = true,
    .read = read_who,
    .fill = fill,
    .hidden = hidden_fields,
    .choices = choices,
    .card = fill_card,
    .page = add_checks,
    .keep = keep,
    .deeds = deeds,
};

static enum status load(struct web *web, const struct outcome_place *place, const void **ret_view,
                        bool *ret_any)
{
    return thing_pages_block(web, &pages, place, ret_view, ret_any);
}

const struct outcome_block agreement_block = {.outcome = OUTCOME_AGREEMENT,
                                              .name = "agreement",
                                              .load = load,
                                              .edit = html_thing_block_edit,
                                              .read = html_thing_block_read,
                                              .text = thing_block_text};

const struct route agreement_routes[] = {
    {HTTP_GET, "/leerling/:pupil/afspraken", .right = RIGHT_PUPIL_READ, .run = thing_pages_list,
     .about = &pages},
    {HTTP_GET, "/leerling/:pupil/afspraken/:agreement", .right = RIGHT_PUPIL_READ,
     .run = thing_pages_one, .about = &pages},
    {HTTP_POST, "/leerling/:pupil/afspraken/:agreement", .right = RIGHT_PUPIL_WRITE, .form = &form,
     .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/leerling/:pupil/afspraken/:agreement/doe", .right = RIGHT_PUPIL_WRITE,
     .form = &thing_act_form, .run = thing_pages_act, .about = &pages},
    {HTTP_GET, "/gesprek/:conversation/afspraken/:agreement", .right = RIGHT_CONVERSATION_READ,
     .run = thing_pages_one, .about = &pages},
    {HTTP_POST, "/gesprek/:conversation/afspraken/:agreement", .right = RIGHT_CONVERSATION_WRITE,
     .form = &form, .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/gesprek/:conversation/afspraken/:agreement/doe",
     .right = RIGHT_CONVERSATION_WRITE, .form = &thing_act_form, .run = thing_pages_act,
     .about = &pages},
    {HTTP_GET, "/ik/afspraken", .right = RIGHT_PUPIL_SELF, .run = thing_pages_list,
     .about = &pages},
    {HTTP_GET, "/ik/afspraken/:agreement", .right = RIGHT_PUPIL_SELF, .run = thing_pages_one,
     .about = &pages},
    {HTTP_POST, "/ik/afspraken/:agreement", .right = RIGHT_PUPIL_SELF, .form = &form,
     .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/ik/afspraken/:agreement/doe", .right = RIGHT_PUPIL_SELF, .form = &thing_act_form,
     .run = thing_pages_act, .about = &pages},
    {HTTP_POST, "/ik/gesprek/:conversation/afspraken/:agreement", .right = RIGHT_CONVERSATION_SELF,
     .form = &form, .run = thing_pages_save, .about = &pages},
    {HTTP_POST, "/ik/gesprek/:conversation/afspraken/:agreement/doe",
     .right = RIGHT_CONVERSATION_SELF, .form = &thing_act_form, .run = thing_pages_act,
     .about = &pages},
    {0},
};
