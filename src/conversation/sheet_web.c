#include "conversation/sheet_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "group/group.h"
#include "pupil/pupil.h"
#include "web/web.h"

/* While one sheet is laid out. */
struct layout {
    struct web *web;
    struct sheet *sheet;
    const struct conversation *c;
    struct participant *people; /* pupils of a group, each with a part of their own */
    size_t people_count;
    bool prepared_is_open; /* what the pupil prepared may be seen by this reader */
    const char *also; /* id of a question that stands on it whatever its condition says, or NULL */
    enum status status;
};

/* --- who is who ----------------------------------------------------------------------------------- */

static const char *voice_class(enum voice voice)
{
    static const char *const names[] = {
        [VOICE_NONE] = "",          [VOICE_PUPIL] = "child",       [VOICE_TEACHER] = "teacher",
        [VOICE_GUARDIAN] = "home",  [VOICE_OTHER] = "school",      [VOICE_TOGETHER] = "together",
    };
    return names[voice];
}

static const char *who_speaks(const struct layout *l, enum voice voice)
{
    struct web *web = l->web;
    switch (voice) {
    case VOICE_PUPIL:
        return l->sheet->pupil_call;
    case VOICE_TEACHER:
        return l->c->leader_name;
    case VOICE_GUARDIAN:
        return _("Parents");
    case VOICE_TOGETHER:
        return _("Together");
    case VOICE_OTHER:
        return _("Somebody else");
    case VOICE_NONE:
        break;
    }
    return "";
}

/* The name of a guardian or external who takes part; only asked for when one wrote something. */
static const char *visitor_name(struct layout *l, enum voice voice, int64_t person)
{
    enum participant_kind kind = voice == VOICE_GUARDIAN ? PARTICIPANT_GUARDIAN
                                                         : PARTICIPANT_EXTERNAL;
    struct participant *people = NULL;
    size_t count = 0;
    enum status st = conversation_people(&l->web->work, l->c, &people, &count);
    if (st != OK)
        l->status = st;
    for (size_t i = 0; st == OK && i < count; i++)
        if (people[i].kind == kind && people[i].person == person)
            return people[i].name;
    return who_speaks(l, voice);
}

static enum status fill_about(struct layout *l)
{
    struct web *web = l->web;
    enum band band = BAND_NONE;
    enum status st;
    if (l->c->pupil.v) {
        struct pupil pupil;
        struct pupil_membership *groups = NULL;
        size_t count = 0;
        st = pupil_find(&web->work, l->c->pupil, &pupil);
        if (st == OK)
            st = group_of_pupil(&web->work, l->c->pupil, &groups, &count);
        if (st != OK)
            return st;
        for (size_t i = 0; i < count && band == BAND_NONE; i++)
            if (groups[i].is_active_year && !date_is_set(groups[i].until_on))
                band = (enum band)groups[i].group.age_band;
        l->sheet->pupil_call = person_call(web->arena, &pupil.person);
        l->sheet->about = person_full(web->arena, &pupil.person);
    } else {
        struct group group;
        st = group_find(&web->work, l->c->group, &group);
        if (st == OK)
            st = conversation_people(&web->work, l->c, &l->people, &l->people_count);
        if (st != OK)
            return st;
        band = (enum band)group.age_band;
        l->sheet->pupil_call = l->sheet->about = group.name;
    }
    l->sheet->band = sheet_nearest_band(l->c->method, band);
    return OK;
}

/* A page of this conversation for this reader. */
static const char *page_url(struct web *web, const struct conversation *c, const char *page)
{
    const char *place = web->actor.kind == ACTOR_PUPIL     ? "/ik/gesprek"
                        : actor_is_visitor(&web->actor) ? "/thuis/gesprek"
                                                        : "/gesprek";
    return arena_printf(web->arena, "%s/%s/%s", place, id_text(c->id.v).s, page);
}

/* --- one part ------------------------------------------------------------------------------------- */

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

/* The rules of answer_save(), so that nobody is shown a field that would be refused. */
static bool may_write(const struct layout *l, enum voice voice, const struct answer *answer)
{
    const struct actor *actor = &l->web->actor;
    enum conversation_state state = l->c->state;
    bool open = l->sheet->use == SHEET_PREPARE ? state < CONVERSATION_CLOSED
                                               : state == CONVERSATION_UNDER_WAY;
    if (l->sheet->use == SHEET_READ || !open)
        return false;
    if (actor->kind == ACTOR_PUPIL)
        return voice == VOICE_PUPIL || voice == VOICE_TOGETHER;
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

static void fill_part(struct layout *l, struct sheet_part *part, const struct question *question,
                      enum voice voice, int64_t person, const char *who)
{
    struct web *web = l->web;
    const struct answer *answer =
        answer_in(l->sheet->answers, l->sheet->answer_count, question->id, voice, person);
    static const struct answer_value nothing = {NULL, 0};
    *part = (struct sheet_part){
        .voice = voice,
        .person = person,
        .voice_class = voice_class(voice),
        .who = who,
        .kind = answer_kind(question->kind) ? answer_kind(question->kind) : answer_kind("text"),
        .version = answer ? answer->version : 0,
        .may_write = may_write(l, voice, answer),
        .when = kept_text(web, answer),
        .anchor = person ? arena_printf(web->arena, "%s-%d-%s", question->id, (int)voice,
                                        id_text(person).s)
                         : arena_printf(web->arena, "%s-%d", question->id, (int)voice)};
    if (l->web->actor.kind == ACTOR_STAFF)
        part->past_url = past_url(web, l->c, question, part);
    part->view = (struct answer_view){.question = question,
                                      .value = answer ? &answer->value : &nothing,
                                      .tr = web->tr,
                                      .lang = l->sheet->lang,
                                      .band = for_adults(l) ? BAND_ADULT : l->sheet->band,
                                      .field_id = arena_printf(web->arena, "a-%s", part->anchor),
                                      .upload_url = actor_is_visitor(&web->actor)
                                                        ? NULL
                                                        : page_url(web, l->c, "bijlage")};
}

/* A pupil never sees on the own device what another one answered (UX §7). */
static bool is_shown(const struct layout *l, const struct participant *who)
{
    const struct actor *actor = &l->web->actor;
    return who->kind == PARTICIPANT_PUPIL &&
           (actor->kind != ACTOR_PUPIL || who->person == actor->pupil.v);
}

/* Both who wrote at the same time see that there are two texts. */
static void fill_beside(struct layout *l, struct sheet_part *part, const struct question *question)
{
    const struct answer *beside = answer_in(l->sheet->beside, l->sheet->beside_count, question->id,
                                            part->voice, part->person);
    if (!beside)
        return;
    part->beside_version = beside->version;
    part->beside = part->kind->text(question, &beside->value, l->sheet->lang, l->web->tr,
                                    l->web->arena);
}

/* What one guardian or external wrote stands apart: each has an own part, and reads no other's. */
static void fill_visitors(struct layout *l, struct sheet_question *out,
                          const struct question *question, enum voice voice)
{
    const struct actor *actor = &l->web->actor;
    if (actor_is_visitor(actor)) {
        if (voice == visitor_voice(actor))
            fill_part(l, &out->parts[out->part_count++], question, voice,
                      actor->kind == ACTOR_GUARDIAN ? actor->guardian.v : actor->external,
                      tr(l->web->tr, N_("You")));
        return;
    }
    if (actor->kind == ACTOR_PUPIL || l->sheet->use == SHEET_SHARED) {
        fill_part(l, &out->parts[out->part_count++], question, voice, 0, who_speaks(l, voice));
        return;
    }
    fill_part(l, &out->parts[out->part_count++], question, voice, 0, who_speaks(l, voice));
    for (size_t i = 0; i < l->sheet->answer_count; i++) {
        const struct answer *answer = &l->sheet->answers[i];
        if (answer->key.voice == voice && answer->key.person &&
            str_equal(answer->key.question, question->id))
            fill_part(l, &out->parts[out->part_count++], question, voice, answer->key.person,
                      visitor_name(l, voice, answer->key.person));
    }
}

/* In a group every pupil has a part of their own; elsewhere a voice is one part. */
static void fill_parts(struct layout *l, struct sheet_question *out, const struct question *question)
{
    size_t most = question->voice_count + l->people_count + l->sheet->answer_count;
    out->parts = ARENA_ARRAY(l->web->arena, struct sheet_part, most);
    if (!out->parts) {
        l->status = ERR_NOMEM;
        return;
    }
    for (size_t i = 0; i < question->voice_count; i++) {
        enum voice voice = question->voices[i];
        if (voice == VOICE_PUPIL && l->c->group.v) {
            for (size_t p = 0; p < l->people_count; p++)
                if (is_shown(l, &l->people[p]))
                    fill_part(l, &out->parts[out->part_count++], question, voice,
                              l->people[p].person, l->people[p].name);
            continue;
        }
        if (voice == VOICE_GUARDIAN || voice == VOICE_OTHER)
            fill_visitors(l, out, question, voice);
        else if (!actor_is_visitor(&l->web->actor)) /* who came by a link reads through sharing/ */
            fill_part(l, &out->parts[out->part_count++], question, voice, 0, who_speaks(l, voice));
    }
    for (size_t i = 0; i < out->part_count; i++) {
        fill_beside(l, &out->parts[i], question);
        out->is_answered |= !answer_is_empty(out->parts[i].view.value);
    }
}

/* --- one question --------------------------------------------------------------------------------- */

/* A condition is met by an option that any voice chose. What was said under it stays, also when it is met no more. */
static bool is_met(const struct layout *l, const struct question *question)
{
    if (!question->when_question || (l->also && str_equal(question->id, l->also)))
        return true;
    for (size_t i = 0; i < l->sheet->answer_count; i++) {
        const struct answer *answer = &l->sheet->answers[i];
        if (str_equal(answer->key.question, question->id) && !answer_is_empty(&answer->value))
            return true;
        if (!str_equal(answer->key.question, question->when_question))
            continue;
        for (size_t w = 0; w < question->when_count; w++)
            if (answer_chose(&answer->value, question->when_is[w]))
                return true;
    }
    return false;
}

static const char *const *texts_of(struct layout *l, const struct method_text *texts, size_t count)
{
    const char **list = ARENA_ARRAY(l->web->arena, const char *, count);
    for (size_t i = 0; list && i < count; i++)
        list[i] = method_say(&texts[i], l->sheet->lang);
    if (!list)
        l->status = ERR_NOMEM;
    return list;
}

/* FNV-1a: whether a screen shows the same, and nothing that anybody could want to forge. */
static uint32_t mark_of(const char *text)
{
    uint32_t mark = 2166136261u;
    for (; *text; text++)
        mark = (mark ^ (unsigned char)*text) * 16777619u;
    return mark;
}

static void load_outcome(struct layout *l, struct sheet_question *out, enum outcome outcome)
{
    struct web *web = l->web;
    if (actor_is_visitor(&web->actor))
        return; /* what came out of the talk they read on their own page, as far as it is shared */
    out->outcome = outcome_block(outcome);
    if (!out->outcome)
        return;
    const char *page = web->actor.kind == ACTOR_PUPIL ? "/ik/gesprek" : "/gesprek";
    struct outcome_place *place = ARENA_NEW(web->arena, struct outcome_place);
    if (!place) {
        l->status = ERR_NOMEM;
        return;
    }
    *place = (struct outcome_place){
        .conversation = l->c,
        .question = out->question,
        .back = arena_printf(web->arena, "%s/%s%s?vraag=%s#q-%s", page, id_text(l->c->id.v).s,
                             web->actor.kind == ACTOR_PUPIL ? ""
                             : l->sheet->use == SHEET_SHARED ? "/samen" : "/invullen",
                             out->question->id, out->question->id),
        .is_shared = l->sheet->use == SHEET_SHARED || web->actor.kind == ACTOR_PUPIL,
        .voice = out->question->voices[0],
        .may_write = may_write(l, out->question->voices[0], NULL)};
    enum status st = out->outcome->load(web, place, &out->outcome_view, &out->is_answered);
    if (st != OK)
        l->status = st;
    else if (out->outcome->text)
        out->outcome_mark = mark_of(out->outcome->text(web, out->outcome_view));
}

static void fill_question(struct layout *l, struct sheet_question *out,
                          const struct question *question)
{
    const struct answer_kind *kind = answer_kind(question->kind);
    *out = (struct sheet_question){.question = question};
    out->words = question_words(question, l->sheet->band, l->sheet->lang);
    out->help = method_say(&question->help, l->sheet->lang);
    out->follow_ups = texts_of(l, question->follow_ups, question->follow_up_count);
    out->follow_up_count = question->follow_up_count;
    if (kind && kind->outcome != OUTCOME_NONE)
        load_outcome(l, out, kind->outcome);
    else
        fill_parts(l, out, question);
}

/* What the pupil prepared, or an earlier question of the same talk, beside this one. */
static void fill_shown(struct layout *l, struct sheet_question *out)
{
    const char *id = out->question->shows;
    const struct question *earlier = id ? method_question(l->c->method, id) : NULL;
    const struct method_preparation *preparation = NULL;
    if (!earlier)
        return;
    IGNORE(method_phase_of(l->c->method, id, &preparation) != NULL);
    bool own = l->web->actor.kind == ACTOR_PUPIL;
    if (actor_is_visitor(&l->web->actor))
        return;
    if (preparation && preparation->who == PART_PUPIL && !own && !l->prepared_is_open)
        return;
    if (preparation && preparation->who != PART_PUPIL && (own || l->sheet->use == SHEET_SHARED))
        return; /* what parents or colleagues wrote for the adults does not stand on this screen */
    struct sheet_question *shown = ARENA_NEW(l->web->arena, struct sheet_question);
    if (!shown) {
        l->status = ERR_NOMEM;
        return;
    }
    fill_question(l, shown, earlier);
    if (shown->is_answered)
        out->shows = shown;
}

/* On the shared screen stands nothing that an adult keeps to themself. */
static bool is_on_sheet(const struct layout *l, const struct question *question)
{
    const struct answer_kind *kind = answer_kind(question->kind);
    bool hidden = kind && kind->is_private &&
                  (l->sheet->use == SHEET_SHARED || l->web->actor.kind != ACTOR_STAFF);
    return !hidden && is_met(l, question);
}

static const struct question *summary_question(struct layout *l, const struct phase *phase)
{
    struct arena *arena = l->web->arena;
    struct question *question = ARENA_NEW(arena, struct question);
    struct method_wording *words = ARENA_NEW(arena, struct method_wording);
    if (!question || !words) {
        l->status = ERR_NOMEM;
        return NULL;
    }
    *words = (struct method_wording){l->sheet->lang,
                                     tr(l->web->tr, N_("In short: did I get it right?"))};
    *question = (struct question){
        .id = arena_printf(arena, METHOD_SUMMARY_PREFIX "%s", phase->id),
        .kind = "summary",
        .ask = {words, 1},
        .voices = {VOICE_TOGETHER},
        .voice_count = 1,
        .may_skip = true};
    return question;
}

/* --- phases --------------------------------------------------------------------------------------- */

static void fill_cues(struct layout *l, struct sheet_phase *out, const struct phase *phase)
{
    struct web *web = l->web;
    const char **titles = ARENA_ARRAY(web->arena, const char *, phase->cue_count);
    const char **texts = ARENA_ARRAY(web->arena, const char *, phase->cue_count);
    if (!titles || !texts) {
        l->status = ERR_NOMEM;
        return;
    }
    for (size_t i = 0; i < phase->cue_count; i++) {
        const struct cue *cue = phase->cues[i].name ? cue_find(phase->cues[i].name) : NULL;
        titles[i] = cue ? tr(web->tr, cue->title) : method_say(&phase->cues[i].text, l->sheet->lang);
        texts[i] = cue ? tr(web->tr, cue->explain) : "";
    }
    out->cue_titles = titles;
    out->cue_texts = texts;
    out->cue_count = phase->cue_count;
}

static void fill_phase(struct layout *l, struct sheet_phase *out, const struct phase *phase)
{
    *out = (struct sheet_phase){.phase = phase,
                                .title = method_say(&phase->title, l->sheet->lang),
                                .purpose = method_say(&phase->purpose, l->sheet->lang)};
    out->questions =
        ARENA_ARRAY(l->web->arena, struct sheet_question, phase->question_count + 1);
    if (!out->questions) {
        l->status = ERR_NOMEM;
        return;
    }
    if (l->sheet->use != SHEET_PREPARE && l->web->actor.kind == ACTOR_STAFF)
        fill_cues(l, out, phase);
    for (size_t i = 0; i < phase->question_count && l->status == OK; i++) {
        if (!is_on_sheet(l, &phase->questions[i]))
            continue;
        struct sheet_question *question = &out->questions[out->question_count++];
        fill_question(l, question, &phase->questions[i]);
        fill_shown(l, question);
    }
    const struct question *summary = phase->has_summary && l->sheet->use != SHEET_PREPARE
                                         ? summary_question(l, phase)
                                         : NULL;
    if (summary) {
        struct sheet_question *question = &out->questions[out->question_count++];
        fill_question(l, question, summary);
        question->is_summary = true;
    }
    for (size_t i = 0; i < out->question_count; i++)
        out->answered += out->questions[i].is_answered;
    l->sheet->question_count += out->question_count;
    l->sheet->answered += out->answered;
}

static enum status fill_phases(struct layout *l, const struct phase *phases, size_t count)
{
    l->sheet->phases = ARENA_ARRAY(l->web->arena, struct sheet_phase, count);
    if (!l->sheet->phases)
        return ERR_NOMEM;
    for (size_t i = 0; i < count && l->status == OK; i++)
        fill_phase(l, &l->sheet->phases[l->sheet->phase_count++], &phases[i]);
    return l->status;
}

enum status sheet_make(struct web *web, const struct conversation *c, enum sheet_use use,
                       enum method_part who, struct sheet *ret)
{
    return sheet_make_with(web, c, use, who, NULL, ret);
}

enum status sheet_make_with(struct web *web, const struct conversation *c, enum sheet_use use,
                            enum method_part who, const char *question, struct sheet *ret)
{
    *ret = (struct sheet){.conversation = c,
                          .use = use,
                          .lang = tr_code(web->tr),
                          .post_url = page_url(web, c, "antwoord")};
    struct layout layout = {.web = web,
                            .sheet = ret,
                            .c = c,
                            .also = question,
                            .prepared_is_open = sheet_preparation_is_open(c)};
    struct answer *answers = NULL;
    const struct phase *phases = c->method->phases;
    size_t count = c->method->phase_count;
    if (use == SHEET_PREPARE || who) {
        ret->preparation = method_preparation_of(c->method, who);
        if (!ret->preparation)
            return ERR_NOT_FOUND;
        phases = ret->preparation->phases;
        count = ret->preparation->phase_count;
    }
    struct answer *beside = NULL;
    enum status st = fill_about(&layout);
    if (st == OK)
        st = answer_all(&web->work, &c->seal, c->id, &answers, &ret->answer_count);
    if (st == OK && use != SHEET_READ)
        st = answer_beside(&web->work, &c->seal, c->id, &beside, &ret->beside_count);
    ret->answers = answers;
    ret->beside = beside;
    return st == OK ? fill_phases(&layout, phases, count) : st;
}

enum status sheet_preparation(struct web *web, const struct conversation *c, enum method_part who,
                              const struct sheet **ret)
{
    bool own = web->actor.kind == ACTOR_PUPIL;
    *ret = NULL;
    if (!method_preparation_of(c->method, who) ||
        (who == PART_PUPIL && !own && !sheet_preparation_is_open(c)))
        return OK;
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    if (!sheet)
        return ERR_NOMEM;
    enum status st = sheet_make(web, c, SHEET_READ, who, sheet);
    if (st == OK && sheet->answered)
        *ret = sheet;
    return st;
}

bool sheet_has_mirror(const struct sheet *sheet, const struct sheet_part *part)
{
    bool adult = part->voice == VOICE_TEACHER || part->voice == VOICE_OTHER;
    return adult && sheet->use != SHEET_SHARED && sheet->use != SHEET_READ &&
           str_equal(part->kind->name, "text");
}

/* --- finding one's way ------------------------------------------------------------------------------ */

struct sheet_question *sheet_find(const struct sheet *sheet, const char *question,
                                  struct sheet_phase **ret_phase)
{
    for (size_t p = 0; p < sheet->phase_count; p++) {
        struct sheet_phase *phase = &sheet->phases[p];
        for (size_t i = 0; i < phase->question_count; i++) {
            if (!str_equal(phase->questions[i].question->id, question))
                continue;
            if (ret_phase)
                *ret_phase = phase;
            return &phase->questions[i];
        }
    }
    return NULL;
}

struct sheet_part *sheet_part(const struct sheet_question *question, enum voice voice,
                              int64_t person)
{
    for (size_t i = 0; i < question->part_count; i++)
        if (question->parts[i].voice == voice && question->parts[i].person == person)
            return &question->parts[i];
    return NULL;
}

const struct sheet_question *sheet_before(const struct sheet *sheet, const char *question)
{
    const struct sheet_question *last = NULL;
    for (size_t p = 0; p < sheet->phase_count; p++) {
        for (size_t i = 0; i < sheet->phases[p].question_count; i++) {
            if (str_equal(sheet->phases[p].questions[i].question->id, question))
                return last;
            last = &sheet->phases[p].questions[i];
        }
    }
    return NULL;
}

const struct sheet_question *sheet_after(const struct sheet *sheet, const char *question)
{
    bool found = !sheet_find(sheet, question, NULL);
    for (size_t p = 0; p < sheet->phase_count; p++) {
        for (size_t i = 0; i < sheet->phases[p].question_count; i++) {
            if (found)
                return &sheet->phases[p].questions[i];
            found = str_equal(sheet->phases[p].questions[i].question->id, question);
        }
    }
    return NULL;
}
