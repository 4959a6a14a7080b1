#include "language/sharpen_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "gen/words.h"
#include "language/derive.h"

#define TAIL_MIN 3   /* letters: "les" in "rekenles" */
#define PREFIX_MIN 2 /* letters before it */
#define PARTICLE_FAR 14
#define KEY_MAX 40

static struct lex_set set_of(const unsigned *classes, size_t count)
{
    struct lex_set set = {{0}};
    for (size_t i = 0; i < count; i++)
        lex_put(&set, classes[i]);
    return set;
}

static bool meets(struct lex_set a, struct lex_set b)
{
    uint64_t both = 0;
    for (size_t i = 0; i < ARRAY_LEN(a.bits); i++)
        both |= a.bits[i] & b.bits[i];
    return both != 0;
}

static void join(struct lex_set *set, struct lex_set more, struct lex_set only)
{
    for (size_t i = 0; i < ARRAY_LEN(set->bits); i++)
        set->bits[i] |= more.bits[i] & only.bits[i];
}

/* "rekenbasis": no list has it, nor its end; "reken" says enough. */
static void add_start(struct token *token)
{
    static const struct {
        unsigned start, class;
    } starts[] = {{LEX_GOAL_START_SUBJECT, LEX_GOAL_SUBJECT_TAIL},
                  {LEX_GOAL_START_BEHAVE, LEX_GOAL_BEHAVE_TAIL}};
    for (uint16_t cut = token->key_len - 1; cut > TAIL_MIN; cut--) {
        uint16_t word = lexicon_find(token->key, cut);
        for (size_t i = 0; word && i < ARRAY_LEN(starts); i++) {
            if (lex_has(lexicon_set(word), starts[i].start)) {
                lex_put(&token->set, starts[i].class);
                return;
            }
        }
    }
}

/* "rekenspelletje" is in no list; what it ends in says what it is. The longest tail counts. */
static void add_tail(struct token *token, struct lex_set known, struct lex_set tails)
{
    if (token->kind != TOKEN_WORD || token->key_len < TAIL_MIN + PREFIX_MIN ||
        token->key_len > KEY_MAX || meets(token->set, known))
        return;
    for (uint16_t cut = PREFIX_MIN; cut + TAIL_MIN <= token->key_len; cut++) {
        struct lex_set found = lexicon_classes(token->key + cut, (size_t)token->key_len - cut);
        if (meets(found, tails)) {
            join(&token->set, found, tails);
            return;
        }
    }
    add_start(token);
}

/* A particle stands alone at the end of its clause; elsewhere it is a preposition. */
static bool is_loose(const struct text *text, const struct sentence *sentence, uint32_t at)
{
    const struct token *token = &text->tokens[at];
    if (!token_is(token, LEX_GOAL_PARTICLE))
        return false;
    if (at + 1 == sentence->end)
        return true;
    const struct token *next = token + 1;
    return next->kind == TOKEN_MARK || token_is(next, LEX_CONJ) || token_is(next, LEX_SUB) ||
           token_is(next, LEX_PREP) || (next->kind == TOKEN_WORD && token_reads(next, "te"));
}

/* The classes of particle + verb; none when there is no such verb. */
static struct lex_set find_joined(const struct token *particle, const struct token *verb)
{
    char key[2 * KEY_MAX];
    if (verb->kind != TOKEN_WORD || verb->key_len < TAIL_MIN ||
        particle->key_len + verb->key_len >= sizeof key)
        return (struct lex_set){{0}};
    memcpy(key, particle->key, particle->key_len);
    memcpy(key + particle->key_len, verb->key, verb->key_len);
    return lexicon_classes(key, (size_t)particle->key_len + verb->key_len);
}

/* "ruimt … op", "op te ruimen": the verb gets the classes of opruimen. */
static void join_particle(struct text *text, const struct sentence *sentence, uint32_t at,
                          struct lex_set verbs)
{
    const struct token *particle = &text->tokens[at];
    if (at + 2 < sentence->end && token_reads(&text->tokens[at + 1], "te")) {
        join(&text->tokens[at + 2].set, find_joined(particle, &text->tokens[at + 2]), verbs);
        return;
    }
    for (uint32_t n = 1; n <= PARTICLE_FAR && at >= sentence->first + n; n++) {
        struct token *verb = &text->tokens[at - n];
        struct lex_set joined = find_joined(particle, verb);
        if (meets(joined, verbs)) {
            join(&verb->set, joined, verbs);
            return;
        }
    }
}

static void add_classes(struct text *text)
{
    static const unsigned known[] = {
        LEX_GOAL_LABEL, LEX_GOAL_SUBJECT,    LEX_GOAL_BEHAVE,     LEX_GOAL_BEHAVE_ADJ,
        LEX_GOAL_TRAIT, LEX_GOAL_TRAIT_NOUN, LEX_GOAL_PLACE,      LEX_GOAL_MOMENT,
        LEX_GOAL_AID,   LEX_GOAL_PERSON,     LEX_GOAL_HOLIDAY,    LEX_GOAL_PERIOD,
        LEX_GOAL_MONTH, LEX_GOAL_TEST,       LEX_GOAL_SCORE,      LEX_GOAL_NUMBER,
        LEX_GOAL_ACT,   LEX_GOAL_MISDO,      LEX_GOAL_FINE_OBJECT};
    /* Of a word in the lists these say that it is no compound noun. */
    static const unsigned small[] = {LEX_FIN,      LEX_INF,       LEX_PREP,     LEX_ARTICLE,
                                     LEX_NOT_VERB, LEX_NAME,      LEX_CONJ,     LEX_SUB,
                                     LEX_SOFT,     LEX_NEG,       LEX_GOAL_WHO, LEX_GOAL_OFTEN,
                                     LEX_ADVERB,   LEX_GOAL_WEAK, LEX_THIRD};
    static const unsigned tails[] = {
        LEX_GOAL_LABEL_TAIL,  LEX_GOAL_SCORE_TAIL,  LEX_GOAL_TRAIT_TAIL,  LEX_GOAL_SUBJECT_TAIL,
        LEX_GOAL_BEHAVE_TAIL, LEX_GOAL_PLACE_TAIL,  LEX_GOAL_MOMENT_TAIL, LEX_GOAL_AID_TAIL,
        LEX_GOAL_PERSON_TAIL, LEX_GOAL_HOLIDAY_TAIL};
    static const unsigned verbs[] = {
        LEX_GOAL_ACT,        LEX_GOAL_MISDO, LEX_GOAL_ATTEND, LEX_GOAL_SUBJECT_VERB,
        LEX_GOAL_VAGUE_VERB, LEX_THIRD_FORM, LEX_INF};
    struct lex_set known_set = set_of(known, ARRAY_LEN(known));
    struct lex_set tail_set = set_of(tails, ARRAY_LEN(tails));
    struct lex_set verb_set = set_of(verbs, ARRAY_LEN(verbs));
    struct lex_set small_set = set_of(small, ARRAY_LEN(small));
    for (size_t i = 0; i < text->count; i++)
        if (!token_known(&text->tokens[i]) || !meets(text->tokens[i].set, small_set))
            add_tail(&text->tokens[i], known_set, tail_set);
    for (size_t s = 0; s < text->sentence_count; s++)
        for (uint32_t at = text->sentences[s].first; at < text->sentences[s].end; at++)
            if (is_loose(text, &text->sentences[s], at))
                join_particle(text, &text->sentences[s], at, verb_set);
}

enum status goal_view_read(struct arena *arena, const char *text, size_t len,
                           struct goal_view *ret_view)
{
    *ret_view = (struct goal_view){0};
    enum status st = text_read(arena, text, len, &ret_view->text);
    if (st != OK)
        return st;
    add_classes(&ret_view->text);
    ret_view->sentence_count = ret_view->text.sentence_count;
    if (ret_view->sentence_count > GOAL_SENTENCES_MAX)
        ret_view->sentence_count = GOAL_SENTENCES_MAX;
    for (size_t i = 0; i < ret_view->sentence_count; i++)
        pattern_match(&sharpen_book, &ret_view->text, &ret_view->text.sentences[i],
                      &ret_view->hits[i]);
    return OK;
}

bool goal_in_hit(const struct goal_view *view, size_t sentence, uint32_t at, uint64_t cues)
{
    const struct cue_hits *hits = &view->hits[sentence];
    for (size_t i = 0; i < hits->count; i++)
        if (CUE(hits->hits[i].cue) & cues && at >= hits->hits[i].first && at <= hits->hits[i].last)
            return true;
    return false;
}

const struct cue_hit *goal_hit(const struct goal_view *view, unsigned cue)
{
    for (size_t i = 0; i < view->sentence_count; i++)
        if (view->hits[i].set & CUE(cue))
            return pattern_hit(&view->hits[i], cue);
    return NULL;
}

bool goal_is(const struct goal_view *view, uint32_t at, unsigned class)
{
    return token_is(&view->text.tokens[at], class);
}

struct lex_set goal_present(const struct goal_view *view, const struct sentence *sentence)
{
    struct lex_set present = {{0}};
    for (uint32_t at = sentence->first; at < sentence->end; at++)
        for (size_t i = 0; i < ARRAY_LEN(present.bits); i++)
            present.bits[i] |= view->text.tokens[at].set.bits[i];
    return present;
}
