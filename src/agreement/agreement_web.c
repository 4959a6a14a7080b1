#include "agreement/agreement_web.h"

#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/str.h"
#include "gen/thing_html.h"
#include "goal/thing_web.h"
#include "guardian/guardian.h"
#include "pupil/pupil.h"
#include "staff/staff.h"
#include "web/web.h"

#define LIST "afspraken"
#define WHO_MAX 24 /* "1-" and an id */

static const struct field fields[] = {
    {.name = "what",
     .kind = FIELD_LONG,
     .required = true,
     .max = AGREEMENT_TEXT_MAX,
     .label = N_("What do we agree?"),
     .hint = N_("In the words of who does it: “I choose …”. What exactly, and how often?")},
    {.name = "who", .kind = FIELD_TEXT, .max = WHO_MAX, .label = N_("Who does it?")},
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
    THING_FORM_FIELDS,
};
FORM(form, fields);
enum { F_WHAT, F_WHO, F_HOW, F_DUE, F_LOOK_ON, F_LOOK };

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
struct who_list {
    struct form_option *options;
    const char **names;
    size_t count;
};

static void add_who(struct web *web, struct who_list *list, enum agreement_who kind, int64_t who,
                    const char *name)
{
    list->names[list->count] = name;
    list->options[list->count++] = (struct form_option){who_value(web, kind, who), name};
}

/* A pupil chooses from the own people; staff from all colleagues. */
static enum status read_who(struct web *web, const struct thing_spot *spot, struct who_list *ret)
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
    struct who_list list = {ARENA_ARRAY(web->arena, struct form_option, most),
                            ARENA_ARRAY(web->arena, const char *, most), 0};
    if (st == OK && (!list.options || !list.names))
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    if (spot->place.pupil.v)
        add_who(web, &list, WHO_PUPIL, spot->place.pupil.v, spot->call);
    add_who(web, &list, WHO_TOGETHER, 0, _("Together"));
    if (c.leader.v)
        add_who(web, &list, WHO_STAFF, c.leader.v, c.leader_name);
    for (size_t i = 0; i < staff_count; i++) /* the reader before colleagues */
        if (staff[i].id.v == web->actor.staff.v)
            add_who(web, &list, WHO_STAFF, staff[i].id.v,
                    person_full(web->arena, &staff[i].person));
    for (size_t i = 0; i < guardian_count; i++)
        add_who(web, &list, WHO_GUARDIAN, guardians[i].id.v,
                person_full(web->arena, &guardians[i].person));
    if (spot->place.pupil.v)
        add_who(web, &list, WHO_GUARDIAN, 0, _("At home"));
    for (size_t i = 0; i < staff_count; i++)
        if (staff[i].id.v != web->actor.staff.v)
            add_who(web, &list, WHO_STAFF, staff[i].id.v,
                    person_full(web->arena, &staff[i].person));
    add_who(web, &list, WHO_OTHER, 0, _("Somebody else"));
    *ret = list;
    return OK;
}

/* What was chosen: only what was offered. */
static bool parse_who(const struct who_list *list, const char *value, struct agreement_draft *draft)
{
    for (size_t i = 0; i < list->count; i++) {
        if (!str_equal(list->options[i].value, value))
            continue;
        int64_t who = 0;
        draft->who_kind = (enum agreement_who)(value[0] - '0');
        if (value[1] == '-' && id_parse(value + 2, &who) != OK)
            return false;
        draft->who = who;
        draft->who_name = list->names[i];
        return true;
    }
    return false;
}

/* --- forms
 * ---------------------------------------------------------------------------------------- */

static enum status make_form(struct web *web, const struct thing_spot *spot, struct agreement_id id,
                             const struct agreement *a, const struct who_list *who,
                             struct thing_form **ret)
{
    struct form_values *values = ARENA_NEW(web->arena, struct form_values);
    struct thing_form *made = ARENA_NEW(web->arena, struct thing_form);
    if (!values || !made)
        return ERR_NOMEM;
    form_begin(values, &form);
    thing_form_common(web, spot, values, a ? a->version : 0);
    form_set(values, "who", a ? who_value(web, a->who_kind, a->who) : who->options[0].value);
    if (a) {
        form_set(values, "what", a->what);
        form_set(values, "how", a->how);
        form_set(values, "look", a->look);
        form_set(values, "due_on", arena_strdup(web->arena, date_text(a->due_on).s));
        form_set(values, "look_on", arena_strdup(web->arena, date_text(a->look_on).s));
    }
    *made = (struct thing_form){
        .values = values,
        .action = arena_printf(web->arena, "%s/" LIST "/%s", spot->base, id_text(id.v).s),
        .prefix = arena_printf(web->arena, "a%s", id_text(id.v).s),
        .is_change = a != NULL,
        .title = a ? _("Change") : _("New agreement"),
        .button = a ? _("Keep") : _("Agree"),
        .hidden = spot->is_young ? 1u << F_HOW | 1u << F_DUE | 1u << F_LOOK_ON | 1u << F_LOOK : 0,
        .who = who->options,
        .who_count = who->count};
    *ret = made;
    return OK;
}

/* --- cards
 * ---------------------------------------------------------------------------------------- */

static enum voice voice_of(enum agreement_who who)
{
    return who == WHO_STAFF      ? VOICE_TEACHER
           : who == WHO_PUPIL    ? VOICE_PUPIL
           : who == WHO_GUARDIAN ? VOICE_GUARDIAN
           : who == WHO_OTHER    ? VOICE_OTHER
                                 : VOICE_TOGETHER;
}

static void add_acts(struct web *web, const struct agreement *a, struct thing_card *card)
{
    bool theirs = web->actor.kind == ACTOR_PUPIL && /* what an adult promised */
                  !thing_may_change(&web->actor, voice_of(a->who_kind), a->author_kind, a->author);
    card->may_check = card->is_open;
    card->may_replace = card->is_open && !theirs;
    card->may_party = a->state == AGREEMENT_KEPT && a->party == PARTY_NONE;
    if (card->is_open) {
        thing_act(card, "kept", _("Kept"), "circle-check");
        if (!theirs)
            thing_act(card, "dropped", _("Drop it"), "minus");
    } else if (a->state != AGREEMENT_CHANGED) {
        thing_act(card, "open", _("Open again"), "undo-2");
    }
}

static const char *when_due(struct web *web, const struct agreement *a)
{
    if (!date_is_set(a->due_on) || a->state != AGREEMENT_OPEN)
        return "";
    const char *day = thing_day(web, a->due_on);
    return date_compare(a->due_on, web->work.today) < 0
               ? trf(web->tr, web->arena, "was {0}", 1, day)
               : day;
}

static enum status make_card(struct web *web, const struct thing_spot *spot,
                             const struct agreement *a, const struct who_list *who,
                             struct thing_card *card)
{
    static const char *const art[] = {"t-samen", "t-hulp",  "t-zelf",
                                      "p-thuis", "t-samen", "t-samen"};
    struct thing_form *change = NULL;
    enum status st = OK;
    bool kept = a->state == AGREEMENT_KEPT;
    *card =
        (struct thing_card){.id = arena_strdup(web->arena, id_text(a->id.v).s),
                            .title = a->what,
                            .picture = art[a->who_kind],
                            .state = tr(web->tr, states[a->state]),
                            .state_class = kept ? "pill--ok" : "",
                            .state_icon = kept                            ? "circle-check"
                                          : a->state == AGREEMENT_CHANGED ? "repeat"
                                                                          : "minus",
                            .back = spot->back,
                            .fresh = arena_strdup(web->arena, id_text(work_new_id(&web->work)).s),
                            .party = thing_party_text(web, a->party),
                            .outcome = "",
                            .next = "",
                            .lesson = "",
                            .is_open = a->state == AGREEMENT_OPEN};
    thing_voice(web, spot, voice_of(a->who_kind), card);
    if (*a->who_name)
        card->who = a->who_name;
    thing_fact(card, _("How"), a->how);
    thing_fact(card, _("By when"), when_due(web, a));
    thing_fact(card, _("We look back"), card->is_open ? thing_day(web, a->look_on) : "");
    thing_fact(card, _("What we notice"), a->look);
    if (!spot->place.conversation.v)
        card->url = arena_printf(web->arena, "%s/" LIST "/%s", spot->base, card->id);
    if (!spot->may_write)
        return OK;
    card->act_url = arena_printf(web->arena, "%s/" LIST "/%s/doe", spot->base, card->id);
    add_acts(web, a, card);
    if (card->is_open &&
        thing_may_change(&web->actor, voice_of(a->who_kind), a->author_kind, a->author)) {
        st = make_form(web, spot, a->id, a, who, &change);
        card->form = change;
    }
    return st;
}

static enum status add_checks(struct web *web, struct agreement_id id, struct thing_card *card)
{
    struct agreement_check_in *checks = NULL;
    size_t count = 0;
    enum status st = agreement_checks(&web->work, id, &checks, &count);
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

/* --- pages
 * ---------------------------------------------------------------------------------------- */

static enum status list_page(struct web *web)
{
    struct things_view *view = ARENA_NEW(web->arena, struct things_view);
    struct thing_form *fresh = NULL;
    struct thing_spot spot;
    struct who_list who;
    struct agreement *list = NULL;
    size_t count = 0;
    if (!view)
        return ERR_NOMEM;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = agreement_of_pupil(&web->work, spot.place.pupil, (struct conversation_id){0}, &list,
                                &count);
    if (st == OK)
        st = read_who(web, &spot, &who);
    struct thing_card *cards = ARENA_ARRAY(web->arena, struct thing_card, count);
    if (st == OK && !cards)
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        st = make_card(web, &spot, &list[i], &who, &cards[i]);
    if (st == OK)
        st = make_form(web, &spot, (struct agreement_id){work_new_id(&web->work)}, NULL, &who,
                       &fresh);
    if (st != OK)
        return st;
    view->sections[0] = (struct thing_section){
        .title = _("Agreements"),
        .lead =
            spot.is_self ? "" : _("What grown-ups promise stands here too, and counts as much."),
        .empty = spot.is_self
                     ? _("There are no agreements yet.")
                     : _("No agreements yet. They come out of a conversation, or are made here."),
        .art = "t-samen",
        .key = "agreements",
        .cards = cards,
        .count = count,
        .form = fresh};
    view->section_count = 1;
    view->title = _("My agreements");
    view->is_young = spot.is_young;
    return things_page(web, view, TAB_AGREEMENTS);
}

static enum status fill_one(struct web *web, const struct thing_spot *spot,
                            const struct agreement *a, const struct who_list *who,
                            struct thing_card *card, struct thing_view *view)
{
    struct thing_version *versions = NULL;
    enum status st = make_card(web, spot, a, who, card);
    if (st == OK)
        st = add_checks(web, a->id, card);
    if (st == OK && !spot->is_self)
        st = agreement_versions(&web->work, a->id, &versions, &view->history_count);
    if (st == OK && !spot->is_self)
        st = thing_histories(web, spot, versions, view->history_count, states, "what",
                             &view->history);
    return st;
}

static enum status show(struct web *web, struct agreement_id id, bool sent, const char *theirs)
{
    struct thing_view *view = ARENA_NEW(web->arena, struct thing_view);
    struct thing_card *card = ARENA_NEW(web->arena, struct thing_card);
    struct thing_form *change = NULL;
    struct thing_spot spot;
    struct who_list who;
    struct agreement a;
    if (!view || !card)
        return ERR_NOMEM;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = read_who(web, &spot, &who);
    if (st == OK)
        st = agreement_find(&web->work, id, &a);
    bool is_new = st == ERR_NOT_FOUND && sent;
    if (st == OK && a.pupil.v != spot.place.pupil.v)
        st = ERR_NOT_FOUND;
    if (st == OK)
        st = fill_one(web, &spot, &a, &who, card, view);
    if (is_new) {
        *card = (struct thing_card){.id = "", .title = "", .party = "", .picture = "t-samen"};
        st = read_who(web, &spot, &who);
    }
    if (st == OK && sent) {
        st = make_form(web, &spot, id, NULL, &who, &change);
        if (st == OK) {
            change->values = &web->form;
            change->is_open = true;
            change->theirs = theirs;
            card->form = change;
        }
    }
    if (st != OK)
        return st;
    card->url = NULL;
    view->card = card;
    view->list = _("Agreements");
    view->list_url = LIST;
    view->title = _("Agreement");
    return thing_page(web, &spot, view);
}

static enum status agreement_page(struct web *web)
{
    return show(web, (struct agreement_id){web->ids[PARAM_AGREEMENT]}, false, NULL);
}

/* --- keeping
 * -------------------------------------------------------------------------------------- */

static enum status save(struct web *web)
{
    struct agreement_id id = {web->ids[PARAM_AGREEMENT]};
    struct thing_spot spot;
    struct who_list who;
    struct agreement now = {.id = {0}};
    int version = thing_version_sent(web), kept = 0;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = read_who(web, &spot, &who);
    if (st != OK)
        return st;
    struct agreement_draft draft = {.conversation = spot.place.conversation,
                                    .question = form_text(&web->form, "question"),
                                    .due_on = form_date(&web->form, "due_on"),
                                    .look_on = form_date(&web->form, "look_on"),
                                    .what = form_text(&web->form, "what"),
                                    .how = form_text(&web->form, "how"),
                                    .look = form_text(&web->form, "look")};
    if (!parse_who(&who, form_text(&web->form, "who"), &draft))
        form_error(&web->form, "who", N_("Choose who does it."));
    if (!form_valid(&web->form))
        return show(web, id, true, NULL);
    st = version ? agreement_change(&web->work, id, version, &draft, &kept, &now)
                 : agreement_make(&web->work, spot.place.pupil, id, &draft);
    if (st == ERR_INVALID) {
        form_error(&web->form, "look_on", N_("Choose today or a day after."));
        return show(web, id, true, NULL);
    }
    if (st == ERR_CONFLICT && now.id.v) {
        form_set(&web->form, "version", arena_printf(web->arena, "%d", now.version));
        return show(web, id, true, now.what);
    }
    return st == OK ? thing_go_back(web, &spot, LIST, version ? id.v : 0) : st;
}

/* The same people and the same way, other words and another day. */
static enum status replace(struct web *web, const struct thing_spot *spot,
                           const struct agreement *a)
{
    const struct agreement_draft draft = {
        .conversation = spot->place.conversation.v ? spot->place.conversation : a->conversation,
        .question = a->question,
        .goal = a->goal,
        .who_kind = a->who_kind,
        .who = a->who,
        .look_on = form_date(&web->form, "day"),
        .what = form_text(&web->form, "text"),
        .who_name = a->who_name,
        .how = a->how,
        .look = a->look};
    struct agreement_id fresh = {form_number(&web->form, "fresh")};
    return fresh.v ? agreement_replace(&web->work, a->id, fresh, &draft) : ERR_INVALID;
}

static enum status act(struct web *web)
{
    struct agreement_id id = {web->ids[PARAM_AGREEMENT]};
    const char *what = form_text(&web->form, "do");
    struct agreement_check_id check = {form_number(&web->form, "fresh")};
    struct thing_spot spot;
    struct agreement a;
    enum status st = thing_spot(web, &spot);
    if (st == OK)
        st = agreement_find(&web->work, id, &a);
    if (st == OK && a.pupil.v != spot.place.pupil.v)
        st = ERR_NOT_FOUND;
    if (st != OK)
        return st;
    if (!form_valid(&web->form))
        return show(web, id, false, NULL);
    if (str_equal(what, "kept"))
        st = agreement_end(&web->work, id, AGREEMENT_KEPT);
    else if (str_equal(what, "dropped"))
        st = agreement_end(&web->work, id, AGREEMENT_DROPPED);
    else if (str_equal(what, "open"))
        st = agreement_end(&web->work, id, AGREEMENT_OPEN);
    else if (str_equal(what, "party"))
        st = agreement_celebrate(&web->work, id, party_of(form_text(&web->form, "party")));
    else if (str_equal(what, "replace"))
        st = replace(web, &spot, &a);
    else if (str_equal(what, "check") && check.v)
        st = agreement_check_in(&web->work, id, check,
                                (enum check_outcome)form_number(&web->form, "place"),
                                form_text(&web->form, "text"));
    else
        st = ERR_INVALID;
    if (st == ERR_INVALID) {
        st = show(web, id, false, NULL);
        return st == OK ? web_problem(web, N_("That could not be kept. Look at it once more."))
                        : st;
    }
    return st == OK ? thing_go_back(web, &spot, LIST, id.v) : st;
}

/* --- in a conversation
 * ---------------------------------------------------------------------------- */

/* All of the dossier for who may see it, else of this conversation; of a group what is open. */
static enum status read_all(struct web *web, const struct thing_spot *spot, struct agreement **ret,
                            size_t *ret_count)
{
    const struct thing_place dossier = {spot->place.pupil, {0}};
    if (spot->place.pupil.v && thing_may_read(&web->work, dossier) == OK)
        return agreement_of_pupil(&web->work, spot->place.pupil, (struct conversation_id){0}, ret,
                                  ret_count);
    return agreement_of_pupil(&web->work, spot->place.pupil, spot->place.conversation, ret,
                              ret_count);
}

static enum status read_earlier(struct web *web, const struct thing_spot *spot,
                                struct agreement **list, size_t *count)
{
    return spot->place.pupil.v
               ? OK
               : agreement_of_group(&web->work, spot->place.conversation, list, count);
}

static enum status load(struct web *web, const struct outcome_place *place, const void **ret_view,
                        bool *ret_any)
{
    struct thing_block *block = ARENA_NEW(web->arena, struct thing_block);
    struct thing_form *fresh = NULL;
    struct thing_spot spot;
    struct who_list who = {NULL, NULL, 0};
    struct agreement *list = NULL, *before = NULL;
    size_t count = 0, before_count = 0;
    if (!block)
        return ERR_NOMEM;
    enum status st = thing_spot_of(web, place, &spot);
    if (st == OK)
        st = read_all(web, &spot, &list, &count);
    before = list;
    before_count = count;
    if (st == OK)
        st = read_earlier(web, &spot, &before, &before_count);
    if (st == OK && place->may_write)
        st = read_who(web, &spot, &who);
    struct thing_card *cards = ARENA_ARRAY(web->arena, struct thing_card, count);
    struct thing_card *earlier = ARENA_ARRAY(web->arena, struct thing_card, before_count);
    if (st == OK && (!cards || !earlier))
        st = ERR_NOMEM;
    for (size_t i = 0; st == OK && i < count; i++)
        if (list[i].conversation.v == place->conversation->id.v &&
            str_equal(list[i].question, spot.question))
            st = make_card(web, &spot, &list[i], &who, &cards[block->count++]);
    for (size_t i = 0; st == OK && place->may_write && i < before_count; i++)
        if (before[i].conversation.v != place->conversation->id.v &&
            before[i].state == AGREEMENT_OPEN)
            st = make_card(web, &spot, &before[i], &who, &earlier[block->earlier_count++]);
    if (st == OK && place->may_write)
        st = make_form(web, &spot, (struct agreement_id){work_new_id(&web->work)}, NULL, &who,
                       &fresh);
    block->key = "agreement";
    block->cards = cards;
    block->earlier = earlier;
    block->form = fresh;
    block->is_self = spot.is_self;
    block->is_young = spot.is_young;
    *ret_view = block;
    *ret_any = block->count > 0;
    return st;
}

const struct outcome_block agreement_block = {.outcome = OUTCOME_AGREEMENT,
                                              .name = "agreement",
                                              .load = load,
                                              .edit = html_thing_block_edit,
                                              .read = html_thing_block_read,
                                              .text = thing_block_text};

const struct route agreement_routes[] = {
    {HTTP_GET, "/leerling/:pupil/afspraken", .right = RIGHT_PUPIL_READ, .run = list_page},
    {HTTP_GET, "/leerling/:pupil/afspraken/:agreement", .right = RIGHT_PUPIL_READ,
     .run = agreement_page},
    {HTTP_POST, "/leerling/:pupil/afspraken/:agreement", .right = RIGHT_PUPIL_WRITE, .form = &form,
     .run = save},
    {HTTP_POST, "/leerling/:pupil/afspraken/:agreement/doe", .right = RIGHT_PUPIL_WRITE,
     .form = &thing_act_form, .run = act},
    {HTTP_GET, "/gesprek/:conversation/afspraken/:agreement", .right = RIGHT_CONVERSATION_READ,
     .run = agreement_page},
    {HTTP_POST, "/gesprek/:conversation/afspraken/:agreement", .right = RIGHT_CONVERSATION_WRITE,
     .form = &form, .run = save},
    {HTTP_POST, "/gesprek/:conversation/afspraken/:agreement/doe",
     .right = RIGHT_CONVERSATION_WRITE, .form = &thing_act_form, .run = act},
    {HTTP_GET, "/ik/afspraken", .right = RIGHT_PUPIL_SELF, .run = list_page},
    {HTTP_GET, "/ik/afspraken/:agreement", .right = RIGHT_PUPIL_SELF, .run = agreement_page},
    {HTTP_POST, "/ik/afspraken/:agreement", .right = RIGHT_PUPIL_SELF, .form = &form, .run = save},
    {HTTP_POST, "/ik/afspraken/:agreement/doe", .right = RIGHT_PUPIL_SELF, .form = &thing_act_form,
     .run = act},
    {HTTP_POST, "/ik/gesprek/:conversation/afspraken/:agreement", .right = RIGHT_CONVERSATION_SELF,
     .form = &form, .run = save},
    {HTTP_POST, "/ik/gesprek/:conversation/afspraken/:agreement/doe",
     .right = RIGHT_CONVERSATION_SELF, .form = &thing_act_form, .run = act},
    {0},
};
