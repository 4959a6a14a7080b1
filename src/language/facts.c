#include "language/facts.h"

#include <string.h>

#include "base/compiler.h"
#include "gen/words.h"

uint32_t facts_first(const struct cue_hits *cues, uint64_t set)
{
    uint32_t first = SHAPE_NONE;
    for (size_t i = 0; i < cues->count; i++)
        if ((set & CUE(cues->hits[i].cue)) && cues->hits[i].first < first)
            first = cues->hits[i].first;
    return first;
}

/* "te snel", "te laag": too much of something; not "te doen". */
static bool is_too(const struct token *token)
{
    if (token_is(token, LEX_TOO))
        return true;
    return token->kind == TOKEN_WORD && !token_is(token, LEX_INF) && !token_is(token, LEX_FIN) &&
           !token_is(token, LEX_PREP) && token->key_len > 2 &&
           memcmp(token->key + token->key_len - 2, "en", 2) != 0;
}

/* "Anne Frank", "Willem van Oranje", "Tweede Kamer": two capitals in a row. Who is talked about at
 * school is called by one name. */
static bool is_full_name(const struct text *text, const struct sentence *sentence, uint32_t at)
{
    const struct token *token = &text->tokens[at];
    uint32_t next = at + 1;
    if (at <= sentence->start || token->kind != TOKEN_WORD || !(token->flags & TOKEN_CAPITAL) ||
        token_is(token, LEX_NAME_TITLE))
        return false;
    while (next + 1 < sentence->end &&
           (token_reads(&text->tokens[next], "van") || token_reads(&text->tokens[next], "de") ||
            token_reads(&text->tokens[next], "der") || token_reads(&text->tokens[next], "den")))
        next++;
    return next < sentence->end && text->tokens[next].kind == TOKEN_WORD &&
           text->tokens[next].flags & TOKEN_CAPITAL;
}

/* Does it begin with the one addressed, or with something of theirs? */
static uint64_t opening_facts(const struct text *text, const struct sentence *sentence)
{
    const struct token *first = &text->tokens[sentence->start];
    if (sentence->end - sentence->start < 2)
        return 0;
    if (token_is(first, LEX_NAME_TITLE) || token_is(first, LEX_PERSON_NOUN) ||
        token_is(first, LEX_NAME) ||
        (token_is(first, LEX_ARTICLE) && token_is(first + 1, LEX_PERSON_NOUN)))
        return LEADS_THEM;
    /* "Je vraag zette ons aan het denken": a noun that could be a verb, and the verb. */
    if (sentence->end - sentence->start > 2 && token_is(first, LEX_YOUR) &&
        token_is(first + 1, LEX_STEM) && token_is(first + 2, LEX_FIN) &&
        !token_is(first + 2, LEX_INF) && !token_is(first + 2, LEX_PART))
        return LEADS_YOUR;
    if (token_is(first, LEX_YOU_SUBJECT) &&
        (token_is(first + 1, LEX_FIN) || token_is(first + 1, LEX_BE)))
        return LEADS_YOU;
    return token_is(first, LEX_YOUR) ? LEADS_YOUR : 0;
}

/* "In je maag", "door je aderen": the body of anybody. */
static bool is_anybodys(const struct text *text, const struct sentence *sentence, uint32_t at)
{
    return at > sentence->first && at + 1 < sentence->end && token_reads(&text->tokens[at], "je") &&
           token_is(&text->tokens[at - 1], LEX_PREP) && token_is(&text->tokens[at + 1], LEX_ORGAN);
}

/* Facts of single words. */
static uint64_t word_facts(const struct text *text, const struct sentence *sentence)
{
    static const struct {
        unsigned class;
        uint64_t fact;
    } table[] = {
        {LEX_YOU, YOU},
        {LEX_YOUR, YOU},
        {LEX_I, ME},
        {LEX_ME, ME},
        {LEX_CURRIC, LESSON},
        {LEX_DEICTIC, HERE},
        {LEX_SCHOOL_NOUN, HERE},
        {LEX_PERSON_NOUN, OTHERS},
        {LEX_NAME, NAMED},
        {LEX_EMOTION, FEELS},
        {LEX_FEELING_NOUN, FEELS},
        {LEX_TRAIT, NEGATIVE},
        {LEX_TRAIT_NOUN, NEGATIVE},
        {LEX_VERDICT, NEGATIVE},
        {LEX_PRAISE, PRAISING},
        {LEX_NEG, DENIED},
        {LEX_INDEFINITE, GENERIC},
        {LEX_PERSONAL, PERSONAL},
        {LEX_SCHOOL_NOUN, NOW},
        {LEX_TODAY, NOW},
        {LEX_NUMBER_WORD, COUNTED},
        {LEX_CONCRETE, CONCRETE},
        {LEX_SCHOOL_NOUN, CONCRETE},
        {LEX_PART, DONE},
        {LEX_ADJ_NEG, UNPLEASANT},
        {LEX_WORK_NOUN, WORK},
    };
    struct lex_set all = {{0}};
    uint64_t facts = 0;
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &text->tokens[i];
        if (token->flags & TOKEN_QUOTED) {
            facts |= QUOTING;
            continue;
        }
        if (is_anybodys(text, sentence, i))
            continue;
        for (size_t part = 0; part < ARRAY_LEN(all.bits); part++)
            all.bits[part] |= token->set.bits[part];
        if (token->kind == TOKEN_NUMBER)
            facts |= COUNTED;
        if (token->kind == TOKEN_WORD && !token_known(token))
            facts |= UNKNOWN;
        if (is_full_name(text, sentence, i))
            facts |= FULL_NAME;
        if (i > sentence->first && token_reads(token - 1, "te") && is_too(token))
            facts |= NEGATIVE;
    }
    for (size_t k = 0; k < ARRAY_LEN(table); k++)
        if (lex_has(all, table[k].class))
            facts |= table[k].fact;
    return facts | opening_facts(text, sentence);
}

/* Whom the question is about: the one addressed, another, or what was pointed at. */
static uint64_t subject_facts(const struct text *text, const struct sentence *sentence,
                              const struct shape *shape)
{
    uint32_t at = shape->verb + 1;
    if (shape->verb == SHAPE_NONE || at >= sentence->end)
        return 0;
    const struct token *token = &text->tokens[at];
    bool of_person = at + 1 < sentence->end && token_is(token + 1, LEX_PERSON_NOUN) &&
                     !token_is(token + 1, LEX_THIRD);
    bool possessive = token_reads(token, "je") || token_is(token, LEX_YOUR);
    if (token_is(token, LEX_PERSON_THIRD) || token_is(token, LEX_NAME) ||
        token_is(token, LEX_PERSON_NOUN) ||
        (of_person && (possessive || token_is(token, LEX_ARTICLE) || token_is(token, LEX_ME))))
        return OTHERS | THIRD;
    if (token->flags & TOKEN_CAPITAL && !token_known(token))
        return OTHERS | THIRD; /* a name that is in no list */
    if (token_is(token, LEX_YOU_SUBJECT))
        return ASKED;
    if (token_is(token, LEX_INDEFINITE))
        return ANY_OF;
    return token_is(token, LEX_THIRD) || token_is(token, LEX_DEICTIC) ? POINTING : 0;
}

static uint64_t shape_facts(const struct text *text, const struct sentence *sentence,
                            const struct shape *shape)
{
    static const uint64_t kinds[] = {
        [SHAPE_STATEMENT] = STATEMENT,  [SHAPE_VERB_FIRST] = VERB_FIRST, [SHAPE_WH] = WH,
        [SHAPE_INDIRECT_WH] = INDIRECT, [SHAPE_INDIRECT_IF] = WHETHER,   [SHAPE_INVITE] = INVITED};
    uint64_t facts = kinds[shape->kind];
    if (shape->questions)
        facts |= QUESTION;
    if (sentence->mark == '.' || sentence->mark == '!')
        facts |= UNASKED;
    if (shape->kind == SHAPE_WH && token_is(&text->tokens[shape->wh], LEX_WHY))
        facts |= WHY;
    if (shape->negated)
        facts |= NEGATED;
    if (shape->choice)
        facts |= OPTIONS;
    if (shape->either)
        facts |= EITHER;
    if (shape->or_not)
        facts |= OR_NOT;
    if (shape->wh != SHAPE_NONE && sentence->end - shape->wh <= 4)
        facts |= ALONE;
    facts |= subject_facts(text, sentence, shape);
    return facts;
}

static bool but_between(const struct text *text, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (token_reads(&text->tokens[i], "maar") || token_reads(&text->tokens[i], "alleen") ||
            (token_reads(&text->tokens[i], "en") && token_reads(&text->tokens[i + 1], "dat")))
            return true;
    return false;
}

/* Does a hit of this cue stand at the end, behind a comma? */
static bool closes_with(const struct text *text, const struct sentence *sentence,
                        const struct cue_hits *cues, unsigned cue)
{
    for (size_t i = 0; i < cues->count; i++) {
        const struct cue_hit *hit = &cues->hits[i];
        uint32_t end = hit->last + 1;
        while (end < sentence->end && text->tokens[end].kind == TOKEN_MARK)
            end++;
        if (hit->cue == cue && end == sentence->end && hit->first > sentence->first &&
            token_is_mark(&text->tokens[hit->first - 1], ','))
            return true;
    }
    return false;
}

/* Of two kinds of cues, the one that stands first: giving back before advising, praise before
 * filling in. "Ik snap dat je boos bent, maar je moet …" is advice all the same. */
static uint64_t order_facts(const struct text *text, const struct sentence *sentence,
                            const struct cue_hits *cues)
{
    uint64_t facts = 0;
    uint32_t para = facts_first(cues, CUE(MIRROR_CUE_PARA));
    uint32_t opinion = facts_first(cues, FACTS_OPINIONS);
    uint32_t praise = facts_first(cues, CUE(MIRROR_CUE_PRAISE));
    uint32_t assume = facts_first(cues, CUE(MIRROR_CUE_ASSUME));
    if (para != SHAPE_NONE && para <= opinion &&
        (opinion == SHAPE_NONE || !but_between(text, para, opinion)))
        facts |= GIVEN_BACK;
    if (para != SHAPE_NONE && !(cues->set & CUE(MIRROR_CUE_ADVICE)) &&
        (cues->set & CUE(MIRROR_CUE_CHECK) || closes_with(text, sentence, cues, MIRROR_CUE_PARA)))
        facts |= GIVEN_BACK; /* "…, begrijp ik dat goed?", "…, zeg je." */
    if (assume != SHAPE_NONE && (cues->set & CUE(MIRROR_CUE_ASSUME_MARK)))
        facts |= CERTAIN;
    if (praise != SHAPE_NONE && praise <= assume)
        facts |= PRAISED;
    return facts;
}

uint64_t facts_of(const struct text *text, const struct sentence *sentence,
                  const struct cue_hits *cues, const struct shape *shape)
{
    return word_facts(text, sentence) | shape_facts(text, sentence, shape) |
           order_facts(text, sentence, cues);
}
