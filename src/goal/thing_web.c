#include "goal/thing_web.h"

#include "access/audit.h"
#include "badge/badge_web.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "conversation/live_web.h"
#include "conversation/voice_web.h"
#include "gen/thing_html.h"
#include "gen/thing_sql.h"
#include "group/group.h"
#include "pupil/dossier_web.h"
#include "pupil/pupil.h"
#include "staff/staff.h"
#include "web/web.h"

static const struct field act_fields[] = {
    {.name = "do", .kind = FIELD_HIDDEN, .max = 20},
    {.name = "text", .kind = FIELD_LONG, .max = 1000, .label = N_("What happened?")},
    {.name = "next", .kind = FIELD_LONG, .max = 1000, .label = N_("What comes next?")},
    {.name = "lesson",
     .kind = FIELD_LONG,
     .max = 1000,
     .label = N_("How does this change my teaching?")},
    {.name = "place",
     .kind = FIELD_NUMBER,
     .min_value = 0,
     .max_value = 10,
     .label = N_("How far am I?")},
    {.name = "day", .kind = FIELD_DATE, .label = N_("When?")},
    {.name = "party", .kind = FIELD_HIDDEN, .max = 20},
    {.name = "step", .kind = FIELD_ID},
    {.name = "fresh", .kind = FIELD_ID},
    {.name = "back", .kind = FIELD_HIDDEN, .max = THING_BACK_MAX},
};
const struct form thing_act_form = {.fields = act_fields, .count = ARRAY_LEN(act_fields)};

/* --- where one looks from -----------------------------------------------------------------------
 */

static enum status read_about(struct web *web, struct thing_spot *spot)
{
    struct pupil_head *about = ARENA_NEW(web->arena, struct pupil_head);
    if (!about)
        return ERR_NOMEM;
    enum status st = pupil_head(&web->work, spot->place.pupil, web->work.now_ms, about);
    if (st == OK)
        spot->common->about = about;
    return st;
}

static enum status fill_pupil(struct web *web, struct thing_spot *spot)
{
    enum status st = spot->common->about ? OK : read_about(web, spot);
    if (st != OK)
        return st;
    const struct pupil_head *about = spot->common->about;
    spot->call = person_call(web->arena, &about->pupil.person);
    spot->age_band = about->group.v ? (enum age_band)about->age_band : AGE_7_9;
    spot->is_young = spot->is_self && spot->age_band == AGE_4_6;
    return OK;
}

enum status thing_spot(struct web *web, struct thing_spot *ret)
{
    struct thing_spot spot = {.back = "", .question = "", .may_write = true, .age_band = AGE_7_9};
    spot.common = ARENA_NEW(web->arena, struct outcome_common);
    if (!spot.common)
        return ERR_NOMEM;
    spot.is_self = web->actor.kind == ACTOR_PUPIL;
    spot.place.conversation = web_conversation(web);
    spot.place.pupil = spot.is_self ? web->actor.pupil : web_pupil(web);
    if (spot.place.conversation.v) {
        struct sql_thing_conversation row;
        enum status st = sql_thing_conversation(web->work.db, web->arena, work_school(&web->work),
                                                spot.place.conversation, &row);
        if (st != OK)
            return st;
        spot.place.pupil = row.pupil;
        spot.base = arena_printf(web->arena, "%s/gesprek/%s", spot.is_self ? "/ik" : "",
                                 id_text(spot.place.conversation.v).s);
    } else {
        spot.base = spot.is_self
                        ? "/ik"
                        : arena_printf(web->arena, "/leerling/%s", id_text(spot.place.pupil.v).s);
    }
    spot.call = "";
    enum status st = thing_may_read(&web->work, spot.place); /* pictures open no own place */
    if (st == OK && spot.place.pupil.v)
        st = fill_pupil(web, &spot);
    if (st == OK)
        *ret = spot;
    return st;
}

enum status thing_spot_of(struct web *web, const struct outcome_place *place,
                          struct thing_spot *ret)
{
    struct thing_spot spot = {.place = {place->conversation->pupil, place->conversation->id},
                              .back = place->back,
                              .question = place->question->id,
                              .voice = place->voice,
                              .is_self = web->actor.kind == ACTOR_PUPIL,
                              .is_shared = place->is_shared,
                              .may_write = place->may_write,
                              .common = place->common,
                              .call = ""};
    if (!spot.common)
        spot.common = ARENA_NEW(web->arena, struct outcome_common);
    if (!spot.common)
        return ERR_NOMEM;
    spot.base = arena_printf(web->arena, "%s/gesprek/%s", spot.is_self ? "/ik" : "",
                             id_text(place->conversation->id.v).s);
    enum status st = spot.place.pupil.v ? fill_pupil(web, &spot) : OK;
    if (st == OK)
        *ret = spot;
    return st;
}

/* --- cards
 * ---------------------------------------------------------------------------------------- */

void thing_fact(struct thing_card *card, const char *label, const char *text)
{
    if (*text && card->fact_count < THING_FACTS_MAX)
        card->facts[card->fact_count++] = (struct thing_fact){label, text};
}

void thing_act(struct thing_card *card, const char *act, const char *label, const char *icon)
{
    if (card->act_count < THING_ACTS_MAX)
        card->acts[card->act_count++] = (struct thing_act){act, label, icon};
}

void thing_voice(struct web *web, const struct thing_spot *spot, enum voice voice,
                 struct thing_card *card)
{
    const char *pupil = *spot->call ? spot->call : _("The pupil");
    card->voice_class = voice_class(voice);
    card->who = voice_name(web->tr, voice, pupil, _("Teacher"));
}

const char *thing_day(struct web *web, struct date day)
{
    return date_is_set(day) ? tr_date_day(web->tr, web->arena, day, web->work.today) : "";
}

const char *thing_moment(struct web *web, int64_t at_ms)
{
    return tr_date_day(web->tr, web->arena, date_of(at_ms), web->work.today);
}

const char *thing_party_text(struct web *web, enum party party)
{
    switch (party) {
    case PARTY_CARD:
        return _("a card to take home");
    case PARTY_TELL:
        return _("telling somebody");
    case PARTY_CLASS:
        return _("something nice in class");
    case PARTY_QUIET:
        return _("quietly, for myself");
    case PARTY_NONE:
    case PARTY_COUNT_:
        break;
    }
    return "";
}

enum voice thing_voice_of(const struct web *web, const struct thing_spot *spot)
{
    bool own = web->actor.kind == ACTOR_PUPIL;
    if (spot->voice && (!own || spot->voice == VOICE_PUPIL || spot->voice == VOICE_TOGETHER))
        return spot->voice;
    return own ? VOICE_PUPIL : VOICE_TOGETHER;
}

/* --- forms
 * ---------------------------------------------------------------------------------------- */

void thing_form_common(struct web *web, const struct thing_spot *spot, struct form_values *values,
                       int version)
{
    form_set(values, "version", arena_printf(web->arena, "%d", version));
    form_set(values, "question", spot->question);
    form_set(values, "back", spot->back);
}

int thing_version_sent(const struct web *web)
{
    int64_t version = 0;
    return str_to_int64(form_text(&web->form, "version"), &version) == OK && version > 0 &&
                   version < INT32_MAX
               ? (int)version
               : 0;
}

bool thing_has_id(const struct thing_form *form, size_t i, const char *id)
{
    int64_t wanted = 0;
    return id_parse(id, &wanted) == OK &&
           form_has_id(form->values, form->values->form->fields[i].name, wanted);
}

enum status thing_go_back(struct web *web, const struct thing_spot *spot, const char *list,
                          int64_t id)
{
    const char *back = form_text(&web->form, "back");
    if (spot->place.conversation.v)
        live_changed(web, spot->place.conversation); /* it stands on the other screen too */
    if (str_starts(back, "/gesprek/") || str_starts(back, "/ik/") || str_starts(back, "/leerling/"))
        return web_redirect(web, "%s", back);
    if (spot->place.conversation.v)
        return web_redirect(web, "%s", spot->base);
    return id ? web_redirect(web, "%s/%s/%s", spot->base, list, id_text(id).s)
              : web_redirect(web, "%s/%s", spot->base, list);
}

/* --- history
 * -------------------------------------------------------------------------------------- */

static const char *author_name(struct web *web, const struct thing_spot *spot,
                               const struct staff *staff, size_t count,
                               const struct thing_version *version)
{
    if (version->author_kind == ACTOR_PUPIL)
        return *spot->call ? spot->call : _("the pupil");
    for (size_t i = 0; i < count; i++)
        if (version->author_kind == ACTOR_STAFF && staff[i].id.v == version->author)
            return person_full(web->arena, &staff[i].person);
    return _("somebody who has left");
}

enum status thing_histories(struct web *web, const struct thing_spot *spot,
                            const struct thing_version *versions, size_t count,
                            const char *const *states, enum thing_kind kind,
                            const struct thing_history **ret)
{
    struct thing_history *list = ARENA_ARRAY(web->arena, struct thing_history, count);
    struct staff *staff = NULL;
    size_t staff_count = 0;
    enum status st = staff_list(&web->work, false, &staff, &staff_count);
    if (st == OK && !list)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++) {
        const struct thing_version *v = &versions[count - 1 - i]; /* newest first */
        list[i] = (struct thing_history){.when = thing_moment(web, v->made_at),
                                         .who = author_name(web, spot, staff, staff_count, v),
                                         .state = tr(web->tr, states[v->state]),
                                         .text = thing_headline(kind, &v->value)};
    }
    *ret = list;
    return OK;
}

/* --- pages --------------------------------------------------------------------------------------
 */

static void kid_frame(struct web *web, enum age_band band)
{
    web->reply.page.frame = FRAME_KID;
    web->reply.page.body_class = kid_class(band);
}

enum status things_page(struct web *web, struct things_view *view, enum dossier_tab tab)
{
    struct pupil_head about;
    bool own = web->actor.kind == ACTOR_PUPIL;
    enum status st = own ? pupil_head(&web->work, web->actor.pupil, web->work.now_ms, &about)
                         : dossier_head(web, tab, &view->head, &about);
    if (st == OK)
        st = audit_seen(&web->work, AUDIT_DOSSIER_SEEN, about.pupil.id.v, 0);
    if (st != OK)
        return st;
    if (own)
        kid_frame(web, about.group.v ? (enum age_band)about.age_band : AGE_7_9);
    view->symbol = pupil_symbol_name(about.pupil.symbol);
    view->colour = about.pupil.colour;
    web->form.form = NULL;
    web->reply.page.nav = NAV_HOME;
    return own ? web_page(web, view->title, html_things_self_page, view)
               : web_page(web, view->head.full, html_things_page, view);
}

enum status thing_page(struct web *web, const struct thing_spot *spot, struct thing_view *view)
{
    bool in_talk = spot->place.conversation.v != 0;
    view->is_self = spot->is_self;
    view->is_young = spot->is_young;
    view->about = *spot->call ? spot->call : _("The group");
    view->about_url = spot->is_self && !in_talk ? "/ik" : spot->base;
    view->list_url =
        in_talk ? spot->base : arena_printf(web->arena, "%s/%s", spot->base, view->list_url);
    enum status st = audit_seen(&web->work, AUDIT_DOSSIER_SEEN, spot->place.pupil.v, 0);
    if (st != OK)
        return st;
    if (spot->is_self)
        kid_frame(web, spot->age_band);
    web->reply.page.nav = NAV_HOME;
    st = web_page(web, view->title, spot->is_self ? html_thing_self_page : html_thing_page, view);
    if (st == OK && view->card->form && view->card->form->theirs)
        web->reply.status = 409;
    return st;
}

const char *thing_block_text(struct web *web, const void *view)
{
    const struct thing_block *block = view;
    const char *text = "";
    for (size_t i = 0; i < block->count; i++) {
        const struct thing_card *card = &block->cards[i];
        text = arena_printf(web->arena, "%s%s%s%s\n", text, card->who, *card->who ? ": " : "",
                            card->title);
        for (size_t f = 0; f < card->fact_count; f++)
            text = arena_printf(web->arena, "%s  %s: %s\n", text, card->facts[f].label,
                                card->facts[f].text);
    }
    return text;
}
