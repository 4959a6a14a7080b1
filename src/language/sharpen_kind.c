/*
 * vak, gedrag or eigenschap: the head of the sentence decides. Every word and frame that points
 * somewhere has a strength; the strongest is the head, the first of equals.
 */
#include "language/sharpen_parts.h"

#include "base/compiler.h"
#include "gen/words.h"

#define MANNER 3 /* the strength of a trait that says how something is done: "werkt slordig" */

static const struct {
    uint8_t cue, kind;
    int8_t strength;
} frame_heads[] = {
    {SHARPEN_CUE_TRAIT, SHARPEN_TRAIT, 9},
    {SHARPEN_CUE_BEHAVE, SHARPEN_BEHAVIOUR, 8},
    {SHARPEN_CUE_SUBJECT, SHARPEN_SUBJECT, 8},
};

static const struct {
    uint8_t class, kind;
    int8_t strength;
    int8_t beside; /* when it only says where: "bij rekenen" */
} word_heads[] = {
    {LEX_GOAL_MISDO, SHARPEN_BEHAVIOUR, 7, 7},
    {LEX_GOAL_BEHAVE_ADJ, SHARPEN_BEHAVIOUR, 6, 6},
    {LEX_GOAL_BEHAVE, SHARPEN_BEHAVIOUR, 6, 4},
    {LEX_GOAL_BEHAVE_TAIL, SHARPEN_BEHAVIOUR, 6, 4},
    {LEX_GOAL_TRAIT, SHARPEN_TRAIT, 6, 6},
    {LEX_GOAL_TRAIT_NOUN, SHARPEN_TRAIT, 6, 4},
    {LEX_GOAL_TRAIT_VERB, SHARPEN_TRAIT, 6, 6},
    {LEX_GOAL_TRAIT_TAIL, SHARPEN_TRAIT, 5, 4},
    {LEX_GOAL_SUBJECT, SHARPEN_SUBJECT, 6, 3},
    {LEX_GOAL_SUBJECT_TAIL, SHARPEN_SUBJECT, 5, 3},
    {LEX_GOAL_BAD, SHARPEN_BEHAVIOUR, 5, 4},
    {LEX_GOAL_BAD_WORK, SHARPEN_SUBJECT, 7, 6},
    {LEX_GOAL_SUBJECT_VERB, SHARPEN_SUBJECT, 5, 3},
    {LEX_GOAL_ATTEND, SHARPEN_BEHAVIOUR, 4, 2},
    /* lists of the question mirror: broader, and less sure here */
    {LEX_EMOTION, SHARPEN_TRAIT, 5, 4},
    {LEX_FEELING_NOUN, SHARPEN_TRAIT, 5, 4},
    {LEX_TRAIT, SHARPEN_TRAIT, 5, 3},
    {LEX_TRAIT_NOUN, SHARPEN_TRAIT, 5, 3},
    {LEX_CURRIC, SHARPEN_SUBJECT, 4, 2},
};

/* Stands behind "bij", "tijdens" …, with at most two words between. */
static bool is_beside(const struct goal_view *view, const struct sentence *sentence, uint32_t at)
{
    for (uint32_t n = 1; n <= 3 && at >= sentence->first + n; n++) {
        const struct token *token = &view->text.tokens[at - n];
        if (token->kind == TOKEN_MARK)
            return false;
        if (token_is(token, LEX_GOAL_BESIDE))
            return true;
    }
    return false;
}

/* A trait word beside a verb of doing is how it is done: "werkt slordig". */
static bool has_doing(const struct goal_view *view, const struct sentence *sentence)
{
    for (uint32_t at = sentence->first; at < sentence->end; at++) {
        bool doing = goal_is(view, at, LEX_GOAL_ATTEND) || goal_is(view, at, LEX_GOAL_SUBJECT_VERB);
        if (doing && goal_is(view, at, LEX_THIRD_FORM) && !goal_is(view, at, LEX_INF) &&
            !goal_is(view, at, LEX_GOAL_BE) && !goal_is(view, at, LEX_GOAL_JUDGED))
            return true;
    }
    return false;
}

static void consider(struct goal_head *head, enum sharpen_label kind, int strength, uint32_t first,
                     uint32_t last)
{
    if (strength > head->strength || (strength == head->strength && first < head->first))
        *head = (struct goal_head){kind, strength, first, last};
}

static void consider_words(const struct goal_view *view, size_t s, struct goal_head *head)
{
    const struct sentence *sentence = &view->text.sentences[s];
    struct lex_set present = goal_present(view, sentence);
    bool doing = has_doing(view, sentence);
    for (size_t i = 0; i < ARRAY_LEN(word_heads); i++) {
        unsigned class = word_heads[i].class;
        if (!lex_has(present, class))
            continue;
        for (uint32_t at = sentence->first; at < sentence->end; at++) {
            if (!goal_is(view, at, class) ||
                (class == LEX_GOAL_SUBJECT_TAIL && goal_is(view, at, LEX_GOAL_NOT_SUBJECT)))
                continue;
            bool beside =
                is_beside(view, sentence, at) ||
                (at > sentence->first && goal_in_hit(view, s, at, CUE(SHARPEN_CUE_CONTEXT)));
            int strength = beside ? word_heads[i].beside : word_heads[i].strength;
            if (doing && (class == LEX_GOAL_TRAIT || class == LEX_TRAIT))
                strength = MANNER;
            consider(head, (enum sharpen_label)word_heads[i].kind, strength, at, at);
        }
    }
}

struct goal_head goal_find_head(const struct goal_view *view)
{
    struct goal_head head = {SHARPEN_TRAIT, 0, 0, 0};
    for (size_t s = 0; s < view->sentence_count; s++) {
        const struct cue_hits *hits = &view->hits[s];
        for (size_t h = 0; h < hits->count; h++)
            for (size_t i = 0; i < ARRAY_LEN(frame_heads); i++)
                if (hits->hits[h].cue == frame_heads[i].cue)
                    consider(&head, (enum sharpen_label)frame_heads[i].kind,
                             frame_heads[i].strength, hits->hits[h].first, hits->hits[h].last);
        consider_words(view, s, &head);
    }
    return head;
}

bool goal_is_state(const struct goal_view *view)
{
    for (size_t at = 0; at < view->text.count; at++) {
        const struct token *token = &view->text.tokens[at];
        if (token_reads(token, "moeite"))
            return false;
        if (token_is(token, LEX_GOAL_BE))
            return true;
    }
    for (size_t s = 0; s < view->sentence_count; s++)
        if (goal_has_finite(view, &view->text.sentences[s]))
            return false;
    return true;
}
