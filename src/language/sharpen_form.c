/*
 * A remark or a goal? Both sides are counted in points; the side with more wins, and nothing at all
 * is a remark. The points are coarse on purpose: 6 decides alone, 3 is a clear sign, 1 a hint.
 */
#include "language/sharpen_parts.h"

#include "base/compiler.h"
#include "gen/words.h"

#define SURE_BY 3
#define MOST_OF_A_KIND 2
#define LEAST_OF_A_GOAL 3

struct sides {
    int remark, goal;
};

/* What one frame says. */
static const struct {
    uint8_t cue;
    int8_t remark, goal;
} frame_points[] = {
    {SHARPEN_CUE_LABEL, 8, 0},     {SHARPEN_CUE_SCORE, 7, 0}, {SHARPEN_CUE_NEED, 8, 0},
    {SHARPEN_CUE_COMPLAINT, 6, 0}, {SHARPEN_CUE_WISH, 0, 6},  {SHARPEN_CUE_CRITERION, 0, 2},
    {SHARPEN_CUE_CONTEXT, 0, 1},   {SHARPEN_CUE_TIME, 0, 7},  {SHARPEN_CUE_UNAIDED, 0, 2},
    {SHARPEN_CUE_TRAIT, 3, 0},
};

/* What one word says where no frame of a goal holds it. */
static const struct {
    uint8_t class;
    int8_t remark, goal;
} word_points[] = {
    {LEX_GOAL_NEG, 4, 0},        {LEX_GOAL_WEAK, 5, 0},       {LEX_GOAL_OFTEN, 2, 0},
    {LEX_GOAL_MISDO, 4, 0},      {LEX_GOAL_PAST, 6, 0},       {LEX_GOAL_MORE, 0, 3},
    {LEX_GOAL_MODAL, 0, 2},      {LEX_GOAL_BEHAVE_ADJ, 3, 0}, {LEX_GOAL_TRAIT_NOUN, 1, 0},
    {LEX_GOAL_VAGUE_VERB, 0, 1}, {LEX_GOAL_BAD, 4, 0},        {LEX_GOAL_BAD_WORK, 4, 0},
};

/* In "als het moeilijk is" and "zonder fouten" a word of complaint complains of nothing. */
static bool is_set_apart(const struct goal_view *view, size_t s, uint32_t at)
{
    if (goal_in_hit(view, s, at,
                    CUE(SHARPEN_CUE_CRITERION) | CUE(SHARPEN_CUE_TIME) | CUE(SHARPEN_CUE_NEED)))
        return true;
    const struct sentence *sentence = &view->text.sentences[s];
    for (uint32_t i = at; i-- > sentence->first && at - i < 8;) {
        const struct token *token = &view->text.tokens[i];
        if (token->kind == TOKEN_MARK)
            return false;
        if (token_is(token, LEX_GOAL_APART))
            return true;
    }
    return false;
}

/* "door de klas" complains, "hooguit twee keer per les door de klas" is a goal. */
static bool is_excused(const struct goal_view *view, size_t s, const struct cue_hit *hit)
{
    bool complaint = hit->cue == SHARPEN_CUE_COMPLAINT || hit->cue == SHARPEN_CUE_TRAIT;
    return complaint && (view->bounded || is_set_apart(view, s, hit->first));
}

static void add_frames(const struct goal_view *view, size_t s, struct sides *sides)
{
    /* "41 van de 60 goed" beside a score, without a verb, is that score. */
    bool scored = view->hits[s].set & CUE(SHARPEN_CUE_SCORE) && view->verb_count == 0;
    for (size_t i = 0; i < ARRAY_LEN(frame_points); i++) {
        int found = 0;
        if (scored && frame_points[i].goal && frame_points[i].cue != SHARPEN_CUE_WISH)
            continue;
        for (size_t h = 0; h < view->hits[s].count; h++) {
            const struct cue_hit *hit = &view->hits[s].hits[h];
            found += hit->cue == frame_points[i].cue && !is_excused(view, s, hit);
        }
        int most = frame_points[i].remark + frame_points[i].goal > 2 ? 1 : MOST_OF_A_KIND;
        found = found > most ? most : found;
        sides->remark += found * frame_points[i].remark;
        sides->goal += found * frame_points[i].goal;
    }
}

static void add_words(const struct goal_view *view, size_t s, struct sides *sides)
{
    const struct sentence *sentence = &view->text.sentences[s];
    struct lex_set present = goal_present(view, sentence);
    for (size_t i = 0; i < ARRAY_LEN(word_points); i++) {
        int found = 0;
        if (!lex_has(present, word_points[i].class))
            continue;
        for (uint32_t at = sentence->first; at < sentence->end && found < MOST_OF_A_KIND; at++)
            found += goal_is(view, at, word_points[i].class) && !is_set_apart(view, s, at) &&
                     !(view->bounded && word_points[i].class == LEX_GOAL_MISDO);
        if (word_points[i].goal && found)
            found = 1;
        sides->remark += found * word_points[i].remark;
        sides->goal += found * word_points[i].goal;
    }
}

/* The last word of the clause, before a clause or phrase that hangs on it. */
static uint32_t last_word(const struct goal_view *view, const struct sentence *sentence)
{
    uint32_t at = sentence->end;
    while (at > sentence->first && view->text.tokens[at - 1].kind == TOKEN_MARK)
        at--;
    return at > sentence->first ? at - 1 : sentence->first;
}

/* "(dat de leerling) een rustig plekje zoekt": the finite verb closes its clause and did not open.
 */
static bool closes_with_verb(const struct goal_view *view, const struct sentence *sentence)
{
    for (size_t i = 0; i < view->verb_count; i++) {
        uint32_t at = view->verbs[i].at;
        if (at < sentence->first || at >= sentence->end)
            continue;
        if (at < sentence->first + 2 || goal_is(view, at, LEX_INF) ||
            !goal_is(view, at, LEX_THIRD_FORM))
            continue;
        const struct token *behind = &view->text.tokens[at + 1];
        bool closes = at == last_word(view, sentence) || token_is(behind, LEX_SUB) ||
                      token_reads(behind, "als") || behind->kind == TOKEN_MARK;
        bool earlier = false;
        for (uint32_t k = sentence->first; k < at; k++)
            earlier = earlier || (goal_is(view, k, LEX_THIRD_FORM) && !goal_is(view, k, LEX_INF)) ||
                      goal_is(view, k, LEX_GOAL_BE) || goal_is(view, k, LEX_GOAL_MODAL);
        if (closes && !earlier)
            return true;
    }
    return false;
}

/* "is onzeker", "Onzeker typje.": a trait as the predicate, or as all there is. */
static bool has_trait_predicate(const struct goal_view *view, size_t s)
{
    const struct sentence *sentence = &view->text.sentences[s];
    bool copula = !goal_has_finite(view, sentence);
    for (uint32_t at = sentence->first; at < sentence->end; at++) {
        copula = copula || goal_is(view, at, LEX_GOAL_BE);
        bool trait = goal_is(view, at, LEX_GOAL_TRAIT) || goal_is(view, at, LEX_EMOTION) ||
                     goal_is(view, at, LEX_TRAIT) || goal_is(view, at, LEX_TRAIT_NOUN);
        if (trait && copula && !is_set_apart(view, s, at))
            return true;
    }
    return false;
}

static bool has_goal_infinitive(const struct goal_view *view, const struct sentence *sentence)
{
    if (goal_has_finite(view, sentence))
        return false;
    for (uint32_t at = sentence->first; at < sentence->end; at++)
        if (goal_is(view, at, LEX_INF))
            return true;
    return false;
}

/* "is", "heeft" and no action. */
static bool has_state(const struct goal_view *view, const struct sentence *sentence)
{
    for (uint32_t at = sentence->first; at < sentence->end; at++)
        if (goal_is(view, at, LEX_GOAL_BE) || token_reads(&view->text.tokens[at], "heeft"))
            return true;
    return false;
}

static void add_shape(const struct goal_view *view, size_t s, struct sides *sides)
{
    const struct sentence *sentence = &view->text.sentences[s];
    bool acts = false;
    for (size_t i = 0; i < view->verb_count; i++)
        acts = acts || (view->verbs[i].at >= sentence->first && view->verbs[i].at < sentence->end);
    sides->goal += acts && !view->guessed ? 3 : 0;
    sides->goal += closes_with_verb(view, sentence) ? 6 : 0;
    sides->goal += has_goal_infinitive(view, sentence) ? 4 : 0;
    sides->remark += has_trait_predicate(view, s) ? 4 : 0;
    if (!acts && has_state(view, sentence))
        sides->remark += 2;
    if (token_reads(
            &view->text.tokens[sentence->start < sentence->end ? sentence->start : sentence->first],
            "is"))
        sides->remark += 1;
}

void goal_find_form(struct goal_view *view)
{
    struct sides sides = {0, 0};
    for (size_t s = 0; s < view->sentence_count; s++) {
        add_frames(view, s, &sides);
        add_words(view, s, &sides);
        add_shape(view, s, &sides);
    }
    view->is_goal = sides.goal > sides.remark && sides.goal >= LEAST_OF_A_GOAL;
    int apart = view->is_goal ? sides.goal - sides.remark : sides.remark - sides.goal;
    view->sure = apart >= SURE_BY;
}
