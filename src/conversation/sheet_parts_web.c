/* The parts of one question: whose words, who may see them and who may write. */
#include "base/arena.h"
#include "base/str.h"
#include "conversation/sheet_layout_web.h"
#include "conversation/voice_web.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "staff/staff.h"
#include "web/web.h"

static const struct answer_value nothing = {NULL, 0};

/* --- who is who
 * ----------------------------------------------------------------------------------- */

static const char *who_speaks(const struct layout *l, enum voice voice)
{
    return voice_name(l->web->tr, voice, l->sheet->pupil_call, l->c->leader_name);
}

/* Everybody who takes part, once for the whole sheet. */
static void load_people(struct layout *l)
{
    if (l->has_people)
        return;
    enum status st = conversation_people(&l->web->work, l->c, &l->people, &l->people_count);
    if (st != OK)
        l->status = st;
    l->has_people = true;
}

static enum participant_kind kind_of(enum voice voice)
{
    return voice == VOICE_GUARDIAN  ? PARTICIPANT_GUARDIAN
           : voice == VOICE_TEACHER ? PARTICIPANT_STAFF
                                    : PARTICIPANT_EXTERNAL;
}

/* A colleague who is near without taking part has a name too. */
static const char *colleague_name(struct layout *l, int64_t person)
{
    struct staff staff;
    enum status st = staff_find(&l->web->work, (struct staff_id){person}, &staff);
    if (st != OK && st != ERR_NOT_FOUND)
        l->status = st;
    return st == OK ? person_full(l->web->arena, &staff.person) : who_speaks(l, VOICE_OTHER);
}

/* The name of who spoke apart: a guardian, an external, a colleague. */
static const char *guest_name(struct layout *l, enum voice voice, int64_t person)
{
    load_people(l);
    for (size_t i = 0; i < l->people_count; i++)
        if (l->people[i].kind == kind_of(voice) && l->people[i].person == person)
            return l->people[i].name;
    return voice == VOICE_TEACHER ? colleague_name(l, person) : who_speaks(l, voice);
}

static enum status about_pupil(struct layout *l, enum band *ret_band)
{
    struct web *web = l->web;
    struct pupil_head *about = ARENA_NEW(web->arena, struct pupil_head);
    if (!about)
        return ERR_NOMEM;
    enum status st = pupil_head(&web->work, l->c->pupil, web->work.now_ms, about);
    if (st != OK)
        return st;
    l->common.about = about;
    *ret_band = about->group.v ? (enum band)about->age_band : BAND_NONE;
    l->sheet->pupil_call = person_call(web->arena, &about->pupil.person);
    l->sheet->about = person_full(web->arena, &about->pupil.person);
    return OK;
}

static enum status about_group(struct layout *l, enum band *ret_band)
{
    struct group group;
    enum status st = group_find(&l->web->work, l->c->group, &group);
    if (st != OK)
        return st;
    load_people(l);
    *ret_band = (enum band)group.age_band;
    l->sheet->pupil_call = l->sheet->about = group.name;
    return l->status;
}

enum status layout_about(struct layout *l)
{
    if (l->is_bare &&
        !l->is_group) { /* nobody reads it: what one answer says does not hang on age or names */
        l->sheet->pupil_call = l->sheet->about = "";
        return OK;
    }
    enum band band = BAND_NONE;
    enum status st = l->is_group ? about_group(l, &band) : about_pupil(l, &band);
    if (st == OK)
        l->sheet->band = sheet_nearest_band(l->c->method, band);
    return st;
}

const char *layout_page_url(struct web *web, const struct conversation *c, const char *page)
{
    const char *place = web->actor.kind == ACTOR_PUPIL  ? "/ik/gesprek"
                        : actor_is_visitor(&web->actor) ? "/thuis/gesprek"
                                                        : "/gesprek";
    return arena_printf(web->arena, "%s/%s/%s", place, id_text(c->id.v).s, page);
}

/* --- one part
 * ------------------------------------------------------------------------------------- */

static const char *kept_text(struct web *web, const struct answer *answer)
{
    if (!answer)
        return "";
    struct local_time at = date_local(answer->changed_at);
    return trf(web->tr, web->arena, "Kept {0} at {1}", 2,
               tr_date_day(web->tr, web->arena, at.date, web->work.today),
               tr_time(web->tr, web->arena, at));
}

/* In which voice a guardian or an external speaks. */
static enum voice visitor_voice(const struct actor *actor)
{
    return actor->kind == ACTOR_GUARDIAN ? VOICE_GUARDIAN : VOICE_OTHER;
}

/*
 * What a group says together is written down by who holds the conversation: from their own device
 * pupils write for themselves.
 */
static bool pupil_may_write(const struct layout *l, enum voice voice)
{
    return voice == VOICE_PUPIL || (voice == VOICE_TOGETHER && !l->is_group);
}

bool layout_may_write(const struct layout *l, enum voice voice, const struct answer *answer)
{
    const struct actor *actor = &l->web->actor;
    enum conversation_state state = l->c->state;
    bool open = l->sheet->use == SHEET_PREPARE ? state < CONVERSATION_CLOSED
                                               : state == CONVERSATION_UNDER_WAY;
    if (l->sheet->use == SHEET_READ || !open)
        return false;
    if (actor->kind == ACTOR_PUPIL)
        return pupil_may_write(l, voice);
    if (actor_is_visitor(actor)) /* own words, in the own preparation */
        return l->sheet->use == SHEET_PREPARE && voice == visitor_voice(actor);
    return !answer || answer->author_kind == ACTOR_STAFF || answer->author_kind == ACTOR_PROGRAM;
}

static bool for_adults(const struct layout *l)
{
    return l->sheet->use == SHEET_FILL || l->sheet->use == SHEET_READ ||
           (l->sheet->use == SHEET_PREPARE && l->web->actor.kind != ACTOR_PUPIL);
}

static const char *past_url(struct web *web, const struct conversation *c,
                            const struct question *question, const struct sheet_part *part)
{
    const char *person =
        part->person ? arena_printf(web->arena, "&wie=%s", id_text(part->person).s) : "";
    return arena_printf(web->arena, "/gesprek/%s/geschiedenis?vraag=%s&stem=%d%s",
                        id_text(c->id.v).s, question->id, (int)part->voice, person);
}

/* What a pupil of a group wrote on their own device is for them to tell: the screen that all see
 * says that it is there. */
static bool is_own_place(const struct layout *l, const struct answer *answer)
{
    return l->is_group && l->sheet->use == SHEET_SHARED && l->web->actor.kind != ACTOR_PUPIL &&
           answer && answer->key.person && answer->author_kind == ACTOR_PUPIL;
}

static void fill_part(struct layout *l, struct sheet_part *part, const struct question *question,
                      enum voice voice, int64_t person, const char *who)
{
    struct web *web = l->web;
    const struct answer *answer =
        answer_in(l->sheet->answers, l->sheet->answer_count, question->id, voice, person);
    bool hidden = is_own_place(l, answer);
    *part = (struct sheet_part){
        .voice = voice,
        .person = person,
        .voice_class = voice_class(voice),
        .who = who,
        .kind = answer_kind(question->kind) ? answer_kind(question->kind) : answer_kind("text"),
        .version = answer ? answer->version : 0,
        .may_write = layout_may_write(l, voice, answer),
        .is_own_place = hidden,
        .when = kept_text(web, answer),
        .anchor = person ? arena_printf(web->arena, "%s-%d-%s", question->id, (int)voice,
                                        id_text(person).s)
                         : arena_printf(web->arena, "%s-%d", question->id, (int)voice)};
    if (web->actor.kind == ACTOR_STAFF && !hidden && !l->sheet->of_one)
        part->past_url = past_url(web, l->c, question, part);
    part->view = (struct answer_view){
        .question = question,
        .value = answer && !hidden ? &answer->value : &nothing,
        .tr = web->tr,
        .lang = l->sheet->lang,
        .band = for_adults(l) ? BAND_ADULT : l->sheet->band,
        .field_id = arena_printf(web->arena, "a-%s", part->anchor),
        .upload_url = actor_is_visitor(&web->actor) ? NULL : layout_page_url(web, l->c, "bijlage")};
}

static void add_part(struct layout *l, struct sheet_question *out, enum voice voice, int64_t person,
                     const char *who)
{
    fill_part(l, &out->parts[out->part_count++], out->question, voice, person, who);
}

/* Both who wrote at the same time see that there are two texts. */
static void fill_beside(struct layout *l, struct sheet_part *part, const struct question *question)
{
    const struct answer *beside = answer_in(l->sheet->beside, l->sheet->beside_count, question->id,
                                            part->voice, part->person);
    if (!beside || part->is_own_place)
        return;
    part->beside_version = beside->version;
    part->beside =
        part->kind->text(question, &beside->value, l->sheet->lang, l->web->tr, l->web->arena);
}

/* --- the voices of a question
 * ---------------------------------------------------------------------- */

/* Everybody who wrote in this voice and has no part yet, with their names. */
static void add_written(struct layout *l, struct sheet_question *out, enum voice voice)
{
    for (size_t i = 0; i < l->sheet->answer_count; i++) {
        const struct answer *answer = &l->sheet->answers[i];
        if (answer->key.voice == voice && str_equal(answer->key.question, out->question->id) &&
            !sheet_part(out, voice, answer->key.person))
            add_part(l, out, voice, answer->key.person, guest_name(l, voice, answer->key.person));
    }
}

/* What came on paper is typed in at the person who wrote it; at nobody's name when nobody is known.
 */
static void add_typed(struct layout *l, struct sheet_question *out, enum voice voice)
{
    size_t before = out->part_count;
    load_people(l);
    for (size_t i = 0; i < l->people_count; i++)
        if (l->people[i].kind == kind_of(voice))
            add_part(l, out, voice, l->people[i].person, l->people[i].name);
    if (out->part_count == before)
        add_part(l, out, voice, 0, who_speaks(l, voice));
    add_written(l, out, voice);
}

/* What one guardian or external wrote stands apart: each has an own part, and reads no other's. */
static void add_visitors(struct layout *l, struct sheet_question *out, enum voice voice)
{
    const struct actor *actor = &l->web->actor;
    if (actor_is_visitor(actor)) {
        if (voice == visitor_voice(actor))
            add_part(l, out, voice,
                     actor->kind == ACTOR_GUARDIAN ? actor->guardian.v : actor->external,
                     tr(l->web->tr, N_("You")));
        return;
    }
    if (actor->kind == ACTOR_STAFF && l->sheet->use == SHEET_PREPARE) {
        add_typed(l, out, voice);
        return;
    }
    add_part(l, out, voice, 0, who_speaks(l, voice));
    if (actor->kind == ACTOR_STAFF && l->sheet->use != SHEET_SHARED)
        add_written(l, out, voice);
}

/* Is this asked in a preparation of staff? There each colleague speaks apart, too. */
static bool is_of_staff(const struct layout *l, const struct question *question)
{
    const struct method_preparation *preparation = NULL;
    IGNORE(method_phase_of(l->c->method, question->id, &preparation) != NULL);
    return preparation &&
           (preparation->who == PART_TEACHER || preparation->who == PART_COORDINATOR);
}

static void add_colleagues(struct layout *l, struct sheet_question *out)
{
    const struct actor *actor = &l->web->actor;
    bool leads = actor->staff.v == l->c->leader.v;
    if (actor->kind != ACTOR_STAFF)
        return;
    if (l->sheet->use == SHEET_PREPARE) {
        add_part(l, out, VOICE_TEACHER, leads ? 0 : actor->staff.v, tr(l->web->tr, N_("You")));
        return;
    }
    add_part(l, out, VOICE_TEACHER, 0, who_speaks(l, VOICE_TEACHER));
    add_written(l, out, VOICE_TEACHER);
}

/*
 * The pupils of a group whose part this reader has on this sheet. A pupil never sees on the own
 * device what another one answered (UX §7); what was prepared staff see as far as that pupil allows
 * (P6).
 */
static bool is_shown(const struct layout *l, const struct participant *who)
{
    const struct actor *actor = &l->web->actor;
    if (who->kind != PARTICIPANT_PUPIL || actor_is_visitor(actor))
        return false;
    if (actor->kind == ACTOR_PUPIL)
        return who->person == actor->pupil.v;
    if (l->whose && l->whose->pupil.v != who->person)
        return false;
    bool prepared = l->sheet->preparation && l->sheet->preparation->who == PART_PUPIL;
    return !prepared || l->prepared_is_open || who->may_read == MAY_READ_YES;
}

static size_t said_by_pupils(const struct layout *l, const struct question *question)
{
    size_t said = 0;
    for (size_t i = 0; i < l->sheet->answer_count; i++) {
        const struct answer *answer = &l->sheet->answers[i];
        said += answer->key.voice == VOICE_PUPIL && str_equal(answer->key.question, question->id) &&
                !answer_is_empty(&answer->value);
    }
    return said;
}

static void add_pupils(struct layout *l, struct sheet_question *out)
{
    bool own = l->web->actor.kind == ACTOR_PUPIL;
    for (size_t i = 0; i < l->people_count; i++) {
        const struct participant *who = &l->people[i];
        if (is_shown(l, who))
            add_part(l, out, VOICE_PUPIL, who->person, own ? tr(l->web->tr, N_("You")) : who->name);
        out->pupil_count += who->kind == PARTICIPANT_PUPIL;
    }
    out->pupil_said = said_by_pupils(l, out->question);
    out->is_answered |= l->whose && !l->whose->pupil.v && out->pupil_said;
}

static bool has_voice(const struct question *question, enum voice voice)
{
    for (size_t i = 0; i < question->voice_count; i++)
        if (question->voices[i] == voice)
            return true;
    return false;
}

bool layout_asks(const struct layout *l, const struct question *question)
{
    if (!l->is_group)
        return true;
    bool pupils = has_voice(question, VOICE_PUPIL), all = has_voice(question, VOICE_TOGETHER);
    if (l->whose && l->whose->pupil.v)
        return pupils;
    bool on_screen = l->sheet->use == SHEET_SHARED || l->web->actor.kind == ACTOR_PUPIL;
    return !on_screen || pupils || all; /* what is the teacher's alone is filled in afterwards */
}

/* In a group the teacher's own words stand where adults read; of one pupil's part only that pupil's
 * are shown. */
static bool is_heard(const struct layout *l, enum voice voice)
{
    if (!l->is_group || voice == VOICE_TOGETHER)
        return !(l->whose && l->whose->pupil.v);
    return l->web->actor.kind != ACTOR_PUPIL && !(l->whose && l->whose->pupil.v);
}

void layout_parts(struct layout *l, struct sheet_question *out, const struct question *question)
{
    if (l->sheet->use == SHEET_PREPARE && l->web->actor.kind == ACTOR_STAFF)
        load_people(l);
    size_t most = question->voice_count * (l->people_count + 1) + l->sheet->answer_count;
    out->parts = ARENA_ARRAY(l->web->arena, struct sheet_part, most);
    if (!out->parts) {
        l->status = ERR_NOMEM;
        return;
    }
    for (size_t i = 0; i < question->voice_count; i++) {
        enum voice voice = question->voices[i];
        if (voice == VOICE_PUPIL && l->is_group)
            add_pupils(l, out);
        else if (!is_heard(l, voice))
            continue;
        else if (voice == VOICE_GUARDIAN || voice == VOICE_OTHER)
            add_visitors(l, out, voice);
        else if (voice == VOICE_TEACHER && is_of_staff(l, question))
            add_colleagues(l, out);
        else if (!actor_is_visitor(&l->web->actor)) /* who came by a link reads through sharing/ */
            add_part(l, out, voice, 0, who_speaks(l, voice));
    }
    for (size_t i = 0; i < out->part_count; i++) {
        fill_beside(l, &out->parts[i], question);
        out->is_answered |=
            !answer_is_empty(out->parts[i].view.value) || out->parts[i].is_own_place;
    }
}
