#include "conversation/sheet_web.h"

#include "base/arena.h"
#include "base/str.h"
#include "conversation/sheet_layout_web.h"
#include "web/web.h"

/* --- one question
 * --------------------------------------------------------------------------------- */

/* Before the pupil opens the preparation, not even what hangs on an answer in it tells anything. */
static bool is_secret(const struct layout *l, const char *question)
{
    const struct method_preparation *preparation = NULL;
    IGNORE(method_phase_of(l->c->method, question, &preparation) != NULL);
    return preparation && preparation->who == PART_PUPIL && !l->prepared_is_open &&
           l->web->actor.kind != ACTOR_PUPIL;
}

/* A condition is met by an option that any voice chose. What was said under it stays, also when it
 * is met no more. */
static bool is_met(const struct layout *l, const struct question *question)
{
    if (!question->when_question || (l->also && str_equal(question->id, l->also)))
        return true;
    if (is_secret(l, question->when_question))
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
    if (l->is_bare || actor_is_visitor(&web->actor) || l->sheet->of_one)
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
        .common = &l->common,
        .question = out->question,
        .back = arena_printf(web->arena, "%s/%s%s?vraag=%s#q-%s", page, id_text(l->c->id.v).s,
                             web->actor.kind == ACTOR_PUPIL  ? ""
                             : l->sheet->use == SHEET_SHARED ? "/samen"
                                                             : "/invullen",
                             out->question->id, out->question->id),
        .is_shared = l->sheet->use == SHEET_SHARED || web->actor.kind == ACTOR_PUPIL,
        .voice = out->question->voices[0],
        .may_write = layout_may_write(l, out->question->voices[0], NULL)};
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
        layout_parts(l, out, question);
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
    if (actor_is_visitor(&l->web->actor) || l->sheet->of_one)
        return;
    if (preparation && !own && l->is_group && l->sheet->use == SHEET_SHARED)
        return; /* what one pupil of a group prepared is not for all to read */
    if (preparation && preparation->who == PART_PUPIL && !own && !l->is_group &&
        !l->prepared_is_open)
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

/* What an adult keeps to themself is asked of who leads, and on no screen that a pupil reads too.
 */
static bool is_on_sheet(const struct layout *l, const struct question *question)
{
    const struct actor *actor = &l->web->actor;
    const struct answer_kind *kind = answer_kind(question->kind);
    bool leads = actor->kind == ACTOR_STAFF && actor->staff.v == l->c->leader.v;
    bool hidden = kind && kind->is_private && (l->sheet->use == SHEET_SHARED || !leads);
    return !hidden && layout_asks(l, question) && is_met(l, question);
}

/* Of a bare sheet the one question is all that is looked at. */
static bool is_meant(const struct layout *l, const char *question)
{
    return !l->is_bare || str_equal(question, l->also);
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
    *question = (struct question){.id = arena_printf(arena, METHOD_SUMMARY_PREFIX "%s", phase->id),
                                  .kind = "summary",
                                  .ask = {words, 1},
                                  .voices = {VOICE_TOGETHER},
                                  .voice_count = 1,
                                  .may_skip = true};
    return question;
}

/* --- phases
 * --------------------------------------------------------------------------------------- */

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
        titles[i] =
            cue ? tr(web->tr, cue->title) : method_say(&phase->cues[i].text, l->sheet->lang);
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
    out->questions = ARENA_ARRAY(l->web->arena, struct sheet_question,
                                 l->is_bare ? 1 : phase->question_count + 1);
    if (!out->questions) {
        l->status = ERR_NOMEM;
        return;
    }
    if (l->sheet->use != SHEET_PREPARE && l->web->actor.kind == ACTOR_STAFF && !l->is_bare)
        fill_cues(l, out, phase);
    for (size_t i = 0; i < phase->question_count && l->status == OK; i++) {
        if (!is_meant(l, phase->questions[i].id) || !is_on_sheet(l, &phase->questions[i]))
            continue;
        struct sheet_question *question = &out->questions[out->question_count++];
        fill_question(l, question, &phase->questions[i]);
        if (!l->is_bare)
            fill_shown(l, question);
    }
    bool of_pupil = l->whose && l->whose->pupil.v; /* the whole group says whether that is it */
    const struct question *summary =
        phase->has_summary && l->sheet->use != SHEET_PREPARE && !of_pupil
            ? summary_question(l, phase)
            : NULL;
    if (summary && is_meant(l, summary->id)) {
        struct sheet_question *question = &out->questions[out->question_count++];
        fill_question(l, question, summary);
        question->summary_of = phase;
    }
    for (size_t i = 0; i < out->question_count; i++)
        out->answered += out->questions[i].is_answered;
    l->sheet->question_count += out->question_count;
    l->sheet->answered += out->answered;
}

static enum status fill_phases(struct layout *l, const struct phase *phases, size_t count)
{
    l->sheet->phases =
        ARENA_ARRAY(l->web->arena, struct sheet_phase, count + 1); /* and the paper's */
    if (!l->sheet->phases)
        return ERR_NOMEM;
    for (size_t i = 0; i < count && l->status == OK; i++)
        fill_phase(l, &l->sheet->phases[l->sheet->phase_count++], &phases[i]);
    return l->status;
}

/* --- photos of paper
 * ------------------------------------------------------------------------------ */

/* Whose paper, and in whose voice the photo of it stands. */
static const struct paper_part {
    enum method_part who; /* 0: the conversation itself */
    const char *name;
    enum voice voice;
} paper_parts[] = {
    {0, "talk", VOICE_TOGETHER},
    {PART_PUPIL, "pupil", VOICE_PUPIL},
    {PART_GUARDIAN, "home", VOICE_GUARDIAN},
    {PART_EXTERNAL, "other", VOICE_OTHER},
};

static const struct question *paper_question(struct layout *l, const struct paper_part *part, int n)
{
    struct web *web = l->web;
    struct question *question = ARENA_NEW(web->arena, struct question);
    struct method_wording *words = ARENA_NEW(web->arena, struct method_wording);
    if (!question || !words) {
        l->status = ERR_NOMEM;
        return NULL;
    }
    *words = (struct method_wording){l->sheet->lang,
                                     trf(web->tr, web->arena, "Photo of the paper, side {0}", 1,
                                         arena_printf(web->arena, "%d", n))};
    *question = (struct question){
        .id = arena_printf(web->arena, METHOD_PAPER_PREFIX "%s-%d", part->name, n),
        .kind = "file",
        .ask = {words, 1},
        .voices = {part->voice},
        .voice_count = 1,
        .may_skip = true};
    return question;
}

/* Staff add them, one side after the other; afterwards everybody who reads the form sees them with
 * it. */
static void fill_paper(struct layout *l, const struct paper_part *part)
{
    static const struct phase paper = {.id = "paper"};
    struct sheet_phase *out = &l->sheet->phases[l->sheet->phase_count];
    bool writes = l->sheet->use == SHEET_FILL || l->sheet->use == SHEET_PREPARE;
    *out = (struct sheet_phase){
        .phase = &paper, .is_paper = true, .title = tr(l->web->tr, N_("On paper")), .purpose = ""};
    out->questions = ARENA_ARRAY(l->web->arena, struct sheet_question, SHEET_PAPER_MOST);
    if (!out->questions)
        l->status = ERR_NOMEM;
    for (int n = 1; l->status == OK && n <= SHEET_PAPER_MOST; n++) {
        const struct question *question = paper_question(l, part, n);
        if (!question)
            return;
        struct sheet_question *side = &out->questions[out->question_count];
        fill_question(l, side, question);
        if (!side->is_answered && !writes)
            break;
        out->question_count++;
        out->answered += side->is_answered;
        if (!side->is_answered)
            break;
    }
    if (out->question_count)
        l->sheet->phase_count++;
    l->sheet->answered += out->answered;
}

static void add_paper(struct layout *l, enum method_part who)
{
    enum sheet_use use = l->sheet->use;
    bool staff = l->web->actor.kind == ACTOR_STAFF;
    if (use == SHEET_SHARED || actor_is_visitor(&l->web->actor) || (!staff && use != SHEET_READ))
        return;
    for (size_t i = 0; i < ARRAY_LEN(paper_parts); i++)
        if (paper_parts[i].who == who)
            fill_paper(l, &paper_parts[i]);
}

/* --- what is asked for
 * ----------------------------------------------------------------------------- */

/* What one pupil asks for holds nothing that another pupil of the group said. */
static void leave_out_others(struct answer *answers, size_t *count, struct pupil_id pupil)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (answers[i].key.voice != VOICE_PUPIL || answers[i].key.person == pupil.v)
            answers[kept++] = answers[i];
    *count = kept;
}

static enum status load_answers(struct layout *l)
{
    struct sheet *sheet = l->sheet;
    struct work *work = &l->web->work;
    const struct actor *actor = &l->web->actor;
    const struct answer_seal *seal = &l->c->seal;
    struct answer *answers = NULL, *beside = NULL;
    enum status st =
        l->is_bare
            ? answer_of_question(work, seal, l->c->id, l->also, &answers, &sheet->answer_count)
        : sheet->of_one ? answer_of_dossier(work, seal, l->c->id, &answers, &sheet->answer_count)
                        : answer_all(work, seal, l->c->id, &answers, &sheet->answer_count);
    if (st == OK && sheet->use != SHEET_READ && !l->is_bare)
        st = answer_beside(work, &l->c->seal, l->c->id, &beside, &sheet->beside_count);
    if (st == OK && l->is_group && actor->kind == ACTOR_PUPIL) {
        leave_out_others(answers, &sheet->answer_count, actor->pupil);
        leave_out_others(beside, &sheet->beside_count, actor->pupil);
    }
    sheet->answers = answers;
    sheet->beside = beside;
    return st;
}

/* What a sheet is asked for, besides who looks. */
struct asked {
    enum sheet_use use;
    enum method_part who;
    const char *also;
    const struct sheet_whose *whose;
    bool of_one;
};

static enum status make(struct web *web, const struct conversation *c, const struct asked *asked,
                        struct sheet *ret)
{
    *ret = (struct sheet){.conversation = c,
                          .use = asked->use,
                          .lang = tr_code(web->tr),
                          .of_one = asked->of_one,
                          .post_url = layout_page_url(web, c, "antwoord")};
    struct layout layout = {.web = web,
                            .sheet = ret,
                            .c = c,
                            .also = asked->also,
                            .is_bare = asked->also && web->autosave &&
                                       !str_starts(asked->also, METHOD_PAPER_PREFIX),
                            .is_group = c->group.v != 0,
                            .whose = c->group.v ? asked->whose : NULL,
                            .prepared_is_open = sheet_preparation_is_open(c)};
    const struct phase *phases = c->method->phases;
    size_t count = c->method->phase_count;
    if (asked->use == SHEET_PREPARE || asked->who) {
        ret->preparation = method_preparation_of(c->method, asked->who);
        bool of_pupil = asked->who == PART_PUPIL && !layout.is_group; /* of a group: is_shown() */
        if (!ret->preparation ||
            (of_pupil && web->actor.kind == ACTOR_STAFF && !layout.prepared_is_open))
            return ERR_NOT_FOUND;
        phases = ret->preparation->phases;
        count = ret->preparation->phase_count;
    }
    enum status st = layout_about(&layout);
    if (st == OK)
        st = load_answers(&layout);
    ret->whose = layout.whose;
    ret->people = layout.people;
    ret->people_count = layout.people_count;
    if (st == OK)
        st = fill_phases(&layout, phases, count);
    if (st == OK && !(layout.whose && layout.whose->pupil.v))
        add_paper(&layout, asked->who);
    return st == OK ? layout.status : st;
}

enum status sheet_make(struct web *web, const struct conversation *c, enum sheet_use use,
                       enum method_part who, struct sheet *ret)
{
    return make(web, c, &(struct asked){.use = use, .who = who}, ret);
}

enum status sheet_make_with(struct web *web, const struct conversation *c, enum sheet_use use,
                            enum method_part who, const char *question,
                            const struct sheet_whose *whose, struct sheet *ret)
{
    return make(web, c, &(struct asked){.use = use, .who = who, .also = question, .whose = whose},
                ret);
}

enum status sheet_make_whose(struct web *web, const struct conversation *c,
                             const struct sheet_whose *whose, struct sheet *ret)
{
    return make(web, c, &(struct asked){.use = SHEET_FILL, .whose = whose}, ret);
}

enum status sheet_make_part(struct web *web, const struct conversation *c, struct pupil_id pupil,
                            enum method_part who, struct sheet *ret)
{
    struct sheet_whose *whose = ARENA_NEW(web->arena, struct sheet_whose);
    if (!whose)
        return ERR_NOMEM;
    whose->pupil = pupil;
    return make(web, c,
                &(struct asked){.use = SHEET_READ, .who = who, .whose = whose, .of_one = true},
                ret);
}

enum status sheet_preparation(struct web *web, const struct conversation *c, enum method_part who,
                              const struct sheet **ret)
{
    bool own = web->actor.kind == ACTOR_PUPIL;
    *ret = NULL;
    /* Of a group, is_shown() asks per pupil. */
    if (!method_preparation_of(c->method, who) ||
        (who == PART_PUPIL ? !own && !c->group.v && !sheet_preparation_is_open(c)
                           : web->actor.kind != ACTOR_STAFF))
        return OK;
    struct sheet *sheet = ARENA_NEW(web->arena, struct sheet);
    if (!sheet)
        return ERR_NOMEM;
    enum status st = sheet_make(web, c, SHEET_READ, who, sheet);
    if (st == OK && sheet->answered)
        *ret = sheet;
    return st;
}
