/* Which words are an action that somebody who stands by can see or hear. */
#include "language/sharpen_parts.h"

#include <string.h>

#include "base/compiler.h"
#include "gen/words.h"
#include "language/derive.h"

#define CLAUSE_MAX 40 /* how far is looked back for what opens a clause: time stays linear */

/* Words that add nothing to "kan lezen": with only these, it is a subject and no action. */
static bool is_filling(const struct goal_view *view, uint32_t at)
{
    static const unsigned classes[] = {LEX_GOAL_FILLING, LEX_GOAL_MODAL, LEX_GOAL_WHO,
                                       LEX_NAME,         LEX_ARTICLE,    LEX_GOAL_BROAD_INF,
                                       LEX_CONJ,         LEX_GOAL_MORE,  LEX_GOAL_BE};
    const struct token *token = &view->text.tokens[at];
    if (token->kind == TOKEN_MARK)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        if (token_is(token, classes[i]))
            return true;
    return token->flags & TOKEN_CAPITAL && !token_known(token);
}

static bool has_substance(const struct goal_view *view, uint32_t from, uint32_t to)
{
    for (uint32_t at = from; at < to; at++)
        if (!is_filling(view, at))
            return true;
    return false;
}

/* kan, gaat, wil, leert … before it: what makes an infinitive the verb of the clause. */
static bool has_helper(const struct goal_view *view, const struct sentence *sentence, uint32_t end)
{
    for (uint32_t at = sentence->first; at < end; at++)
        if (goal_is(view, at, LEX_GOAL_HELPER))
            return true;
    return false;
}

bool goal_has_finite(const struct goal_view *view, const struct sentence *sentence)
{
    for (uint32_t at = sentence->first; at < sentence->end; at++) {
        const struct token *token = &view->text.tokens[at];
        if (token->kind != TOKEN_WORD || token_is(token, LEX_INF) || token_reads(token, "zijn"))
            continue;
        if (token_is(token, LEX_THIRD_FORM) || token_is(token, LEX_GOAL_MODAL) ||
            token_is(token, LEX_GOAL_BE) ||
            (token_is(token, LEX_FIN) && !token_is(token, LEX_STEM)))
            return true;
    }
    return false;
}

/* "het lezen", "bij het werken", "in begrijpend lezen": a thing, not what somebody does. */
static bool is_noun_here(const struct goal_view *view, const struct sentence *sentence, uint32_t at)
{
    uint32_t before = at;
    while (before > sentence->first && goal_is(view, at, LEX_INF) &&
           goal_is(view, before - 1, LEX_GOAL_NOUN_BETWEEN))
        before--;
    return before > sentence->first && goal_is(view, before - 1, LEX_GOAL_NOUN_BEFORE);
}

/* An infinitive without helper closes its clause; only a phrase or a clause may follow. */
static bool closes_clause(const struct goal_view *view, const struct sentence *sentence,
                          uint32_t at)
{
    if (at + 1 == sentence->end || (at > sentence->first && goal_is(view, at - 1, LEX_GOAL_WHO)))
        return true;
    const struct token *next = &view->text.tokens[at + 1];
    if (next->kind == TOKEN_MARK)
        return next->mark != ':';
    return token_is(next, LEX_PREP) || token_is(next, LEX_CONJ) || token_is(next, LEX_SUB) ||
           token_is(next, LEX_INF) || token_is(next, LEX_GOAL_MODAL);
}

/* An infinitive that is the action: "zelf om hulp vragen", "kan tot 20 tellen". */
static bool is_acting_infinitive(const struct goal_view *view, const struct sentence *sentence,
                                 uint32_t at)
{
    const struct token *token = &view->text.tokens[at];
    bool te = at > sentence->first && token_reads(token - 1, "te");
    bool helped = has_helper(view, sentence, at) ||
                  (at + 1 < sentence->end && goal_is(view, at + 1, LEX_GOAL_MODAL));
    if (!helped && !te && goal_has_finite(view, sentence))
        return false;
    if (!helped && !te && !closes_clause(view, sentence, at))
        return false;
    if (te || !token_is(token, LEX_GOAL_BROAD_INF))
        return true;
    if (helped)
        return has_substance(view, sentence->first, at) ||
               has_substance(view, at + 1, sentence->end);
    bool of = at + 1 < sentence->end && token_reads(token + 1, "van");
    if (at > sentence->first && token_is(token - 1, LEX_GOAL_WHO)) /* "De leerlingen schrijven …" */
        return has_substance(view, at + 1, sentence->end);
    return of || has_substance(view, sentence->first, at);
}

/* A participle is the action only with "heeft": "de tafels geautomatiseerd heeft". */
static bool has_have(const struct goal_view *view, const struct sentence *sentence)
{
    for (uint32_t at = sentence->first; at < sentence->end; at++)
        if (token_reads(&view->text.tokens[at], "heeft") ||
            token_reads(&view->text.tokens[at], "hebben"))
            return true;
    return false;
}

/* "ik lees": the bare stem is a verb only beside "ik" or as the first word. */
static bool is_first_person(const struct goal_view *view, const struct sentence *sentence,
                            uint32_t at)
{
    const struct token *token = &view->text.tokens[at];
    return (at > sentence->first && token_reads(token - 1, "ik")) ||
           (at + 1 < sentence->end && token_reads(token + 1, "ik"));
}

/* "Ik wil dat hij …", "Doel is dat …": the clause behind it is the goal itself. */
static bool is_wished(const struct goal_view *view, const struct sentence *sentence)
{
    for (size_t s = 0; s < view->sentence_count; s++)
        if (&view->text.sentences[s] == sentence)
            return view->hits[s].set & CUE(SHARPEN_CUE_WISH);
    return false;
}

/* In a clause that hangs on another: "wat hij gaat doen", "die naast hem zit". */
static bool is_subordinate(const struct goal_view *view, const struct sentence *sentence,
                           uint32_t at)
{
    for (uint32_t i = at; i-- > sentence->first && at - i < CLAUSE_MAX;) {
        if (view->text.tokens[i].kind == TOKEN_MARK)
            return false;
        if (goal_is(view, i, LEX_GOAL_OPENS_CLAUSE))
            return true;
        if (goal_is(view, i, LEX_GOAL_OPENS_OBJECT) && i > sentence->first + 1)
            return !is_wished(view, sentence);
    }
    return false;
}

static bool is_action(const struct goal_view *view, size_t number, uint32_t at)
{
    const struct sentence *sentence = &view->text.sentences[number];
    const struct token *token = &view->text.tokens[at];
    if (!token_is(token, LEX_GOAL_ACT) ||
        goal_in_hit(view, number, at, CUE(SHARPEN_CUE_VAGUE_VERB)))
        return false;
    if (is_noun_here(view, sentence, at) || is_subordinate(view, sentence, at))
        return false;
    if (token_is(token, LEX_INF))
        return is_acting_infinitive(view, sentence, at) || goal_is(view, at, LEX_THIRD_FORM);
    if (token_is(token, LEX_PART) && !token_is(token, LEX_THIRD_FORM))
        return has_have(view, sentence);
    if (token_is(token, LEX_STEM) && !token_is(token, LEX_THIRD_FORM))
        return is_first_person(view, sentence, at);
    return !token_is(token, LEX_PAST);
}

/* A verb that no list calls seen or unseen: "knutselt". Seen, says the doubt. */
static bool is_other_verb(const struct goal_view *view, size_t number, uint32_t at)
{
    static const unsigned others[] = {LEX_GOAL_ACT,    LEX_GOAL_VAGUE_VERB, LEX_GOAL_TRAIT_VERB,
                                      LEX_GOAL_MISDO,  LEX_GOAL_BE,         LEX_GOAL_MODAL,
                                      LEX_PREP,        LEX_GOAL_JUDGED,     LEX_PART,
                                      LEX_GOAL_SUBJECT};
    const struct sentence *sentence = &view->text.sentences[number];
    const struct token *token = &view->text.tokens[at];
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (token_is(token, others[i]))
            return false;
    return token_is(token, LEX_THIRD_FORM) && !is_noun_here(view, sentence, at) &&
           !goal_in_hit(view, number, at, CUE(SHARPEN_CUE_VAGUE_VERB));
}

static void add_verb(struct goal_view *view, const struct sentence *sentence, uint32_t at)
{
    if (view->verb_count == GOAL_VERBS_MAX)
        return;
    struct goal_verb verb = {at, at};
    for (uint32_t i = at + 1; i < sentence->end && verb.particle == at; i++)
        if (goal_is(view, i, LEX_GOAL_PARTICLE) &&
            (i + 1 == sentence->end || view->text.tokens[i + 1].kind == TOKEN_MARK ||
             goal_is(view, i + 1, LEX_PREP) || goal_is(view, i + 1, LEX_SUB)) &&
            !goal_is(view, at, LEX_INF)) {
            char key[64];
            const struct token *a = &view->text.tokens[i], *b = &view->text.tokens[at];
            if ((size_t)a->key_len + b->key_len >= sizeof key)
                continue;
            memcpy(key, a->key, a->key_len);
            memcpy(key + a->key_len, b->key, b->key_len);
            if (lex_any(lexicon_classes(key, (size_t)a->key_len + b->key_len)))
                verb.particle = i;
        }
    view->verbs[view->verb_count++] = verb;
}

static bool is_person(const struct token *token)
{
    return token_is(token, LEX_GOAL_WHO) || token_is(token, LEX_NAME) ||
           (token->flags & TOKEN_CAPITAL && !token_known(token));
}

static bool is_bounded(const struct goal_view *view)
{
    for (uint32_t at = 0; at < view->text.count; at++)
        if (goal_is(view, at, LEX_GOAL_BOUNDED))
            return true;
    return false;
}

/* "luncht": an unknown word where the verb stands, beside its subject or first. */
static bool is_unknown_verb(const struct goal_view *view, const struct sentence *sentence,
                            uint32_t at)
{
    const struct token *token = &view->text.tokens[at];
    bool capital = token->flags & TOKEN_CAPITAL && at > sentence->first;
    if (token->kind != TOKEN_WORD || token_known(token) || capital || token->key_len < 4 ||
        token->key[token->key_len - 1] != 't')
        return false;
    if (at + 1 < sentence->end && is_person(token + 1))
        return true;
    bool opens = at == sentence->first || is_person(token - 1);
    return opens && !token_is(token, LEX_PART);
}

void goal_find_verbs(struct goal_view *view)
{
    view->bounded = is_bounded(view);
    for (size_t s = 0; s < view->sentence_count; s++) {
        const struct sentence *sentence = &view->text.sentences[s];
        size_t before = view->verb_count;
        for (uint32_t at = sentence->first; at < sentence->end; at++)
            if (is_action(view, s, at) && (view->bounded || !goal_is(view, at, LEX_GOAL_MISDO)))
                add_verb(view, sentence, at);
        for (uint32_t at = sentence->first; at < sentence->end && view->verb_count == before; at++)
            if (is_other_verb(view, s, at) || is_unknown_verb(view, sentence, at)) {
                add_verb(view, sentence, at);
                view->guessed = view->verb_count == 1;
            }
        const struct cue_hit *act = pattern_hit(&view->hits[s], SHARPEN_CUE_ACT);
        if (act && (view->guessed || view->verb_count == before)) {
            view->verb_count = view->guessed ? 0 : view->verb_count;
            view->guessed = false;
            add_verb(view, sentence, act->first);
        }
    }
}
