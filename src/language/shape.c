#include "language/shape.h"

#include <string.h>

#include "gen/words.h"

#define WH_PHRASE_MAX 6 /* "hoeveel van die moeilijke sommen heb je" */
#define CLAUSE_MAX 40   /* how far is looked for the end of a clause, so that time stays linear */

struct look {
    const struct text *text;
    const struct sentence *sentence;
    const struct cue_hits *cues;
};

uint32_t shape_find(const struct text *text, uint32_t from, uint32_t to, unsigned class)
{
    for (uint32_t i = from; i < to; i++)
        if (token_is(&text->tokens[i], class))
            return i;
    return SHAPE_NONE;
}

static const struct token *token_at(const struct look *look, uint32_t at)
{
    static const struct token none = {.key = ""};
    return at < look->sentence->end ? &look->text->tokens[at] : &none;
}

static bool is(const struct look *look, uint32_t at, unsigned class)
{
    return at < look->sentence->end && token_is(&look->text->tokens[at], class);
}

static bool reads(const struct look *look, uint32_t at, const char *key)
{
    const struct token *token = token_at(look, at);
    return !(token->flags & TOKEN_QUOTED) && token_reads(token, key);
}

static bool is_mark(const struct look *look, uint32_t at, char mark)
{
    return at < look->sentence->end && token_is_mark(&look->text->tokens[at], mark);
}

static bool is_any_break(const struct look *look, uint32_t at)
{
    return is_mark(look, at, ',') || is_mark(look, at, ';') || is_mark(look, at, ':') ||
           is_mark(look, at, '-') || is_mark(look, at, '~');
}

static bool is_end(const struct look *look, uint32_t at)
{
    const struct token *token = token_at(look, at);
    return at >= look->sentence->end ||
           (token->kind == TOKEN_MARK && token->mark != '"' && token->mark != '(');
}

static bool asks(const struct look *look)
{
    return look->sentence->mark == '?';
}

/* "hoe" + "vaak", "welke" + "som": what may stand between the question word and the verb. */
static bool takes_phrase(const struct look *look, uint32_t wh)
{
    return reads(look, wh, "hoe") || reads(look, wh, "welk") || reads(look, wh, "welke") ||
           reads(look, wh, "hoeveel") || reads(look, wh, "wiens") ||
           reads(look, wh, "hoeveelste") ||
           ((reads(look, wh, "wat") || reads(look, wh, "wie") || reads(look, wh, "waar")) &&
            (reads(look, wh + 1, "voor") || reads(look, wh + 1, "soort") ||
             reads(look, wh + 1, "nog") || reads(look, wh + 1, "precies") ||
             reads(look, wh + 1, "dan") || reads(look, wh + 1, "anders") ||
             reads(look, wh + 1, "nou") || reads(look, wh + 1, "nu") ||
             reads(look, wh + 1, "van") || reads(look, wh + 1, "in") || reads(look, wh + 1, "en") ||
             reads(look, wh + 1, "of") || reads(look, wh + 1, "precies") ||
             reads(look, wh + 1, "allemaal")));
}

/* The finite verb right behind the question word or its phrase; SHAPE_NONE: no main clause. */
static uint32_t verb_behind(const struct look *look, uint32_t wh)
{
    uint32_t most = takes_phrase(look, wh) ? WH_PHRASE_MAX : 1;
    for (uint32_t at = wh + 1; at <= wh + most; at++) {
        if (is_end(look, at))
            return SHAPE_NONE;
        bool how = reads(look, wh, "hoe") && is(look, at, LEX_SUBJECT);
        bool pronoun =
            how || is(look, at, LEX_YOU_SUBJECT) || is(look, at, LEX_I) || is(look, at, LEX_WE);
        if (at > wh + 1 && (reads(look, at - 1, "van") || reads(look, at - 1, "in")))
            continue; /* "wie van jullie", "waar in je lichaam" */
        if (is(look, at, LEX_FIN)) {
            /* "hoe lang werk je": of two that could be, the one with a subject behind it. */
            bool noun = !is(look, at + 1, LEX_SUBJECT) && is(look, at + 1, LEX_FIN) && most > 1 &&
                        at < wh + most;
            if (!noun)
                return at;
        } else if (pronoun || (is(look, at, LEX_SUBJECT) && at == wh + 1 && most == 1)) {
            return SHAPE_NONE;
        } else if (asks(look) && at > wh && token_at(look, at)->kind == TOKEN_WORD &&
                   !is(look, at, LEX_NOT_VERB) && is(look, at + 1, LEX_SUBJECT) &&
                   !is(look, at + 1, LEX_ARTICLE)) {
            return at; /* a verb that is in no list: "wat frunnik je daar?" */
        } else if (asks(look) && at == wh + 1 && most == 1 && at + 2 < look->sentence->end &&
                   token_at(look, at)->kind == TOKEN_WORD && !is(look, at, LEX_NOT_VERB) &&
                   (is(look, at + 1, LEX_ARTICLE) || is(look, at + 1, LEX_INDEFINITE))) {
            return at; /* "waarmee ademt een vis?" */
        }
    }
    return SHAPE_NONE;
}

/* The question word of a question that starts at `at`, after a preposition at most. */
static uint32_t wh_at(const struct look *look, uint32_t at)
{
    if (is(look, at, LEX_WH))
        return at;
    if (is(look, at, LEX_PREP) && is(look, at + 1, LEX_WH) &&
        (!reads(look, at + 1, "waar") || reads(look, at, "tot") || reads(look, at, "van")))
        return at + 1;
    return SHAPE_NONE;
}

/* "Wat fijn!", "Wat heb je hard gewerkt!": a question word that does not ask. */
static bool exclaims(const struct look *look, uint32_t wh)
{
    if (asks(look))
        return false;
    if (!reads(look, wh, "wat") && !reads(look, wh, "hoe"))
        return false;
    return look->sentence->mark == '!' || (look->cues->set & CUE(MIRROR_CUE_EXCLAIM));
}

/* "Wie slaat, heeft ongelijk", "Wie nog vragen heeft, komt": a verb, a comma and a verb. */
static bool is_relative(const struct look *look, uint32_t verb)
{
    for (uint32_t at = verb + 1; at < look->sentence->end && at <= verb + 8; at++)
        if (is_mark(look, at, ','))
            return (is(look, at + 1, LEX_FIN) && at <= verb + 4 &&
                    !is(look, at + 2, LEX_YOU_SUBJECT)) ||
                   (at > verb + 2 && is(look, at - 1, LEX_FIN) && !is(look, at - 1, LEX_INF) &&
                    !is(look, at + 1, LEX_SUBJECT) && reads(look, verb - 1, "wie"));
    return false;
}

static bool wh_question(const struct look *look, uint32_t at, struct shape *shape)
{
    uint32_t wh = wh_at(look, at);
    if (wh == SHAPE_NONE || exclaims(look, wh))
        return false;
    uint32_t verb = verb_behind(look, wh);
    if (verb != SHAPE_NONE && !asks(look) && is_relative(look, verb))
        return false;
    if (verb == SHAPE_NONE) {
        bool alone = is_end(look, wh + 1) || is_end(look, wh + 2) ||
                     (is_end(look, wh + 3) && !is(look, wh + 1, LEX_ADJ_POS));
        bool verbless = asks(look) &&
                        shape_find(look->text, wh + 1, look->sentence->end, LEX_FIN) == SHAPE_NONE;
        bool why = is(look, wh, LEX_WHY);
        bool what_if = reads(look, wh, "wat") && reads(look, wh + 1, "als");
        if (!(alone && (asks(look) || why)) && !verbless && !(why && asks(look)) &&
            !(what_if && asks(look)))
            return false;
    }
    *shape = (struct shape){
        .kind = SHAPE_WH, .at = at, .wh = wh, .verb = verb, .next = SHAPE_NONE, .mark = SHAPE_NONE};
    return true;
}

/* "Pak je schrift": the verb of an instruction, with "je" as a possessive. */
static bool is_instruction(const struct look *look, uint32_t at)
{
    if (asks(look) || is(look, at, LEX_ASKS))
        return false;
    return reads(look, at + 1, "je") || reads(look, at + 1, "u") || is(look, at + 1, LEX_THIRD) ||
           reads(look, at + 1, "jullie") || !is(look, at + 1, LEX_SUBJECT);
}

/* "Heb je alles af, dan mag je lezen.", "Ben je klaar, pak je boek.", "Zie je, jij kunt het." */
static bool is_condition(const struct look *look, uint32_t at)
{
    if (asks(look))
        return false;
    for (uint32_t last = at + CLAUSE_MAX; at < last && at + 1 < look->sentence->end; at++)
        if (is_mark(look, at, ','))
            return reads(look, at + 1, "dan") || is(look, at + 1, LEX_YOU_SUBJECT) ||
                   (is(look, at + 1, LEX_STEM) && !is(look, at + 2, LEX_YOU_SUBJECT));
    return false;
}

static bool verb_first(const struct look *look, uint32_t at, struct shape *shape)
{
    if (token_at(look, at)->kind != TOKEN_WORD || token_at(look, at)->flags & TOKEN_QUOTED)
        return false;
    bool listed = is(look, at, LEX_FIN);
    bool subject = is(look, at + 1, LEX_SUBJECT);
    bool first = at == look->sentence->start;
    char mark = look->sentence->mark;
    if (is_any_break(look, at + 1) || is_condition(look, at))
        return false;
    if (reads(look, at, "stel") && (reads(look, at + 1, "dat") || reads(look, at + 1, "je")))
        return false; /* "Stel dat …": an if */
    if (!asks(look) && reads(look, at, "was") && is(look, at + 1, LEX_YOUR))
        return false; /* "Was je handen." */
    if (first && !subject && (look->cues->set & (CUE(MIRROR_CUE_INVITE) | CUE(MIRROR_CUE_TASK))))
        return false;
    if (!listed) {
        /* Productive: an unknown word with a pronoun behind it, when the sentence asks. */
        if (!asks(look) || !subject || is(look, at, LEX_NOT_VERB) || is(look, at, LEX_WH) ||
            is(look, at + 1, LEX_ARTICLE))
            return false;
    } else if (!asks(look)) {
        if (!first || mark == '!' || is_instruction(look, at))
            return false;
        bool noun_phrase = is(look, at + 1, LEX_ARTICLE) || is(look, at + 1, LEX_YOUR);
        if (mark == '.' && !(subject && is(look, at, LEX_ASKS)))
            return false;
        bool stem = is(look, at, LEX_STEM) || reads(look, at, "hou") || reads(look, at, "houd");
        if (mark == '.' && stem && is(look, at + 1, LEX_THIRD))
            return false; /* "Hou dat vast." */
        if (!subject && !noun_phrase)
            return false;
        if (reads(look, at, "laten") || is(look, at + 1, LEX_I))
            return false;
    } else if (!first && !subject) {
        return false;
    } else if (is(look, at, LEX_NOT_VERB) && !subject) {
        return false;
    } else if (reads(look, at, "laten") && is(look, at + 1, LEX_WE)) {
        return false;
    }
    *shape = (struct shape){.kind = SHAPE_VERB_FIRST,
                            .at = at,
                            .wh = SHAPE_NONE,
                            .verb = at,
                            .next = SHAPE_NONE,
                            .mark = SHAPE_NONE};
    return true;
}

/* ", denk je?": says whose opinion is asked and is no question of its own. */
static bool is_afterthought(const struct look *look, uint32_t at)
{
    static const char *const verbs[] = {"denk", "vind",  "dacht", "vond", "zeg",
                                        "zei",  "denkt", "vindt", "weet"};
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (reads(look, at, verbs[i]) && is(look, at + 1, LEX_YOU) &&
            (is_end(look, at + 2) || is_end(look, at + 3)))
            return true;
    return false;
}

/* Where a clause may begin: behind a break, or behind "en", "maar", "want", "dus". */
static uint32_t next_clause(const struct look *look, uint32_t at, bool *ret_joined)
{
    for (; at < look->sentence->end; at++) {
        bool joins = reads(look, at, "en") || reads(look, at, "maar") || reads(look, at, "want") ||
                     reads(look, at, "of");
        if (!joins && !is_any_break(look, at))
            continue;
        *ret_joined = joins;
        at++;
        while (at < look->sentence->end &&
               (is_any_break(look, at) || reads(look, at, "en") || reads(look, at, "maar") ||
                reads(look, at, "dan") || reads(look, at, "dus") || reads(look, at, "juist"))) {
            *ret_joined |= !is_any_break(look, at);
            at++;
        }
        if (reads(look, at, "zo") && (reads(look, at + 1, "ja") || reads(look, at + 1, "nee"))) {
            *ret_joined = true; /* "en zo ja, met wie" */
            at += is_any_break(look, at + 2) ? 3 : 2;
        }
        return at;
    }
    return SHAPE_NONE;
}

/* A question word behind "en" without a verb of its own: "en waarom?", "en met wie?" */
static bool elliptic(const struct look *look, uint32_t at, struct shape *shape)
{
    uint32_t wh = wh_at(look, at);
    if (wh == SHAPE_NONE)
        return false;
    if (reads(look, wh + 1, "niet") || reads(look, wh + 1, "nog") ||
        reads(look, wh + 1, "minder") || reads(look, wh + 1, "wel") ||
        reads(look, wh + 1, "juist")) {
        shape->contrast =
            is_end(look, wh + 2) || is_end(look, wh + 3) || reads(look, wh + 2, "niet");
        if (shape->contrast || !is(look, wh, LEX_WHY))
            return false;
    }
    return is_end(look, wh + 1) || is_end(look, wh + 2) || is_end(look, wh + 3) ||
           is(look, wh, LEX_WHY) || verb_behind(look, wh) != SHAPE_NONE;
}

static void add_question(struct shape *shape, uint32_t at)
{
    if (shape->questions++ == 1)
        shape->next = at;
}

/* Behind "en": "… en heb je hulp gehad" in a transcript without marks, "… en wist de juf ervan?" */
static bool inverted(const struct look *look, uint32_t at)
{
    if (!is(look, at, LEX_FIN))
        return false;
    if (asks(look))
        return !is(look, at, LEX_INF) && !is(look, at, LEX_STEM) && !is(look, at, LEX_PREP) &&
               is(look, at + 1, LEX_ARTICLE) && is(look, at + 2, LEX_PERSON_NOUN);
    return !look->sentence->mark && is(look, at + 1, LEX_YOU_SUBJECT);
}

/* Further questions in the same sentence. "of" begins an alternative, not a question. */
static void count_more(const struct look *look, struct shape *shape)
{
    bool joined = false;
    uint32_t at = shape->at;
    bool correlative = reads(look, shape->at, "hoe") && is(look, shape->at + 1, LEX_COMPARATIVE);
    bool what_if = shape->wh != SHAPE_NONE && reads(look, shape->wh, "wat") &&
                   reads(look, shape->wh + 1, "als"); /* only an if of what is asked behind it */
    while (!correlative && !what_if && (at = next_clause(look, at, &joined)) != SHAPE_NONE) {
        bool or_before = at > 0 && reads(look, at - 1, "of");
        struct shape more = {0};
        if (shape->kind == SHAPE_INDIRECT_WH && at <= shape->wh)
            continue;
        if (or_before && shape->wh != SHAPE_NONE && at == shape->wh + 2)
            continue; /* "Wie of wat …": one question */
        if (wh_at(look, at) != SHAPE_NONE) {
            bool full = verb_behind(look, wh_at(look, at)) != SHAPE_NONE;
            bool indirect = shape->kind == SHAPE_INDIRECT_WH && is(look, at + 1, LEX_SUBJECT);
            if (full || (joined && (indirect || elliptic(look, at, shape))))
                add_question(shape, at);
        } else if (!or_before && shape->kind != SHAPE_INVITE && !is_afterthought(look, at) &&
                   (verb_first(look, at, &more) || (joined && inverted(look, at)))) {
            add_question(shape, at);
        }
    }
}

/* A transcript without marks: "waar was je wat deed je daar". */
static void count_unmarked(const struct look *look, struct shape *shape)
{
    if (look->sentence->mark || shape->questions != 1 || shape->verb == SHAPE_NONE)
        return;
    for (uint32_t at = shape->verb + 2; at + 2 < look->sentence->end; at++)
        if (is(look, at, LEX_WH) && is(look, at + 1, LEX_FIN) &&
            is(look, at + 2, LEX_YOU_SUBJECT) && !reads(look, at - 1, "en") &&
            !reads(look, at - 1, "of"))
            shape->questions++;
}

/* ", klopt dat?" behind what was said. */
static bool is_check(const struct look *look, uint32_t at)
{
    for (size_t i = 0; i < look->cues->count; i++)
        if (look->cues->hits[i].cue == MIRROR_CUE_CHECK && look->cues->hits[i].first == at)
            return true;
    return false;
}

/* The first question of the sentence, from its start or from a later clause. */
static bool find_question(const struct look *look, struct shape *shape)
{
    uint32_t start = look->sentence->start;
    if (reads(look, start, "hoezo") && is_mark(look, start + 1, ',') &&
        wh_question(look, start + 2, shape))
        return true; /* "Hoezo, wat gebeurde er?" */
    if (wh_question(look, start, shape) || verb_first(look, start, shape))
        return true;
    if (reads(look, start, "hoe") && is(look, start + 1, LEX_COMPARATIVE))
        return false; /* "Hoe meer je oefent, hoe makkelijker het wordt." */
    bool joined = false;
    for (uint32_t at = start; (at = next_clause(look, at, &joined)) != SHAPE_NONE;)
        if (!is_check(look, at) && !is_afterthought(look, at) && !reads(look, at - 1, "of") &&
            (wh_question(look, at, shape) || (asks(look) && verb_first(look, at, shape))))
            return true;
    return false;
}

/* "Niet", "geen" in the main clause of a verb-first question. */
static void find_negation(const struct look *look, struct shape *shape)
{
    if (shape->kind != SHAPE_VERB_FIRST)
        return;
    for (uint32_t at = shape->verb + 1; at < look->sentence->end; at++) {
        if (is_any_break(look, at) || reads(look, at, "of") ||
            (reads(look, at, "om") && !is(look, at + 1, LEX_NUMBER_WORD) &&
             token_at(look, at + 1)->kind == TOKEN_WORD) ||
            (at > shape->verb + 2 && (is(look, at, LEX_SUB) || is(look, at, LEX_WH))))
            return;
        if (!is(look, at, LEX_NEG) || reads(look, at, "iemand"))
            continue;
        shape->negated = true;
        shape->mark = at;
        return;
    }
}

/* "gevraagd of je mee mag": a subject behind it, and its verb at the end. */
static bool is_whether_clause(const struct look *look, uint32_t of)
{
    uint32_t end = of + 1;
    if (!is(look, of + 1, LEX_SUBJECT) || is(look, of + 1, LEX_ARTICLE) ||
        is(look, of + 2, LEX_FIN))
        return false;
    while (end < of + CLAUSE_MAX && !is_end(look, end))
        end++;
    return end > of + 3 && is(look, end - 1, LEX_FIN);
}

static bool is_plural(const struct look *look, uint32_t at)
{
    const struct token *token = token_at(look, at);
    return token->kind == TOKEN_WORD && token->key_len > 3 &&
           (token->key[token->key_len - 1] == 's' ||
            memcmp(token->key + token->key_len - 2, "en", 2) == 0);
}

/* "Heb je broers of zussen?", "Zijn er vragen of opmerkingen?": whether there are any. */
static bool is_kin_set(const struct look *look, const struct shape *shape, uint32_t of)
{
    uint32_t verb = shape->verb;
    if (shape->kind != SHAPE_VERB_FIRST || verb == SHAPE_NONE || of < verb + 3)
        return false;
    bool exists = (is(look, verb, LEX_HAVE) && is(look, verb + 1, LEX_YOU_SUBJECT)) ||
                  (is(look, verb, LEX_BE) && reads(look, verb + 1, "er"));
    return exists && (of == verb + 3 || (of == verb + 4 && reads(look, verb + 2, "nog"))) &&
           is_plural(look, of - 1) && is_plural(look, of + 1) &&
           (is_end(look, of + 2) || is(look, of + 2, LEX_PREP)) &&
           shape_find(look->text, of + 2, look->sentence->end, LEX_PART) == SHAPE_NONE;
}

/* An "of" that means "whether", or stands within one answer. */
static bool is_no_choice(const struct look *look, const struct shape *shape, uint32_t of)
{
    bool noun = of > shape->at + 1 && (is(look, of - 2, LEX_ARTICLE) ||
                                       is(look, of - 2, LEX_INDEFINITE)); /* "een vraag of …" */
    if (of > shape->at && is(look, of - 1, LEX_DOUBT_ASK) && !noun && !is(look, of + 1, LEX_FIN))
        return true;
    if (of > shape->at && is(look, of - 1, LEX_THIRD) && of > shape->at + 1 &&
        is(look, of - 2, LEX_DOUBT_ASK) && is(look, of + 1, LEX_SUBJECT))
        return true;
    if (of > shape->at + 1 && is(look, of - 1, LEX_YOU_SUBJECT) &&
        is(look, of - 2, LEX_DOUBT_ASK) && !is(look, of + 1, LEX_FIN))
        return true;
    if (is_whether_clause(look, of))
        return true;
    if (reads(look, of + 1, "zo") ||
        ((reads(look, of + 1, "iets") || reads(look, of + 1, "wat") ||
          reads(look, of + 1, "iemand")) &&
         (is_end(look, of + 2) || is_end(look, of + 3) || reads(look, of + 2, "anders"))) ||
        reads(look, of + 1, "zoiets") || reads(look, of + 1, "zo'n"))
        return true;
    if (of > shape->at && (reads(look, of - 1, "een") && reads(look, of + 1, "ander")))
        return true;
    if (of > shape->at && reads(look, of - 1, "min") && reads(look, of + 1, "meer"))
        return true;
    if (is_kin_set(look, shape, of))
        return true;
    bool numbers = (is(look, of - 1, LEX_NUMBER_WORD) || reads(look, of - 1, "een")) &&
                   is(look, of + 1, LEX_NUMBER_WORD) && !is_end(look, of + 2);
    return numbers;
}

static bool is_or_not(const struct look *look, uint32_t of)
{
    uint32_t at = of + 1;
    while (reads(look, at, "nog") || reads(look, at, "juist") || reads(look, at, "toch") ||
           reads(look, at, "helemaal") || reads(look, at, "eigenlijk") || reads(look, at, "echt"))
        at++;
    return (reads(look, at, "niet") || reads(look, at, "wel") || reads(look, at, "nooit") ||
            reads(look, at, "geen")) &&
           (is_end(look, at + 1) || is_end(look, at + 2));
}

/* With a question word there are options only behind one of these: a break, or a comparison. */
static bool begins_options(const struct look *look, uint32_t at)
{
    return is_mark(look, at, ',') || is_mark(look, at, ':') || is_mark(look, at, '-') ||
           is_mark(look, at, '?') || is_mark(look, at, ';') || is(look, at, LEX_COMPARATIVE);
}

static void find_choice(const struct look *look, struct shape *shape)
{
    bool indirect = shape->kind == SHAPE_INDIRECT_IF;
    bool offers = shape->wh == SHAPE_NONE;
    for (uint32_t at = shape->at; at < look->sentence->end; at++) {
        offers |= at > shape->wh && begins_options(look, at);
        if (reads(look, at, "ofwel") || (reads(look, at, "dan") && reads(look, at + 1, "wel") &&
                                         at > shape->at + 2 && !is_end(look, at + 2))) {
            shape->choice = true;
            shape->mark = at;
        }
        if (!reads(look, at, "of") || at == shape->at)
            continue;
        if (indirect) { /* the first one means "whether" */
            indirect = false;
            continue;
        }
        if (is_or_not(look, at)) {
            shape->or_not = true;
            continue;
        }
        if (!offers || is_end(look, at + 1) || is_no_choice(look, shape, at))
            continue;
        shape->choice = true;
        shape->either |= is(look, at + 1, LEX_FIN) && is(look, at + 2, LEX_YOU_SUBJECT);
        shape->mark = at;
    }
}

/* "A of B?", "Zelf of samen?": no verb, a mark that asks, an "of" between. */
static bool bare_choice(const struct look *look, struct shape *shape)
{
    if (!asks(look) ||
        shape_find(look->text, look->sentence->start, look->sentence->end, LEX_FIN) != SHAPE_NONE)
        return false;
    *shape = (struct shape){.kind = SHAPE_VERB_FIRST,
                            .at = look->sentence->start,
                            .wh = SHAPE_NONE,
                            .verb = SHAPE_NONE,
                            .questions = 1,
                            .next = SHAPE_NONE,
                            .mark = SHAPE_NONE};
    find_choice(look, shape);
    return shape->choice;
}

static bool hit(const struct look *look, unsigned cue)
{
    return look->cues->set & CUE(cue);
}

/* Forms that a frame shows: "ik ben benieuwd hoe", "vertel eens", "kun je uitleggen". */
static bool framed(const struct look *look, struct shape *shape)
{
    static const struct {
        unsigned cue;
        enum shape_kind kind;
    } frames[] = {{MIRROR_CUE_INDIRECT_WH, SHAPE_INDIRECT_WH},
                  {MIRROR_CUE_INDIRECT_IF, SHAPE_INDIRECT_IF},
                  {MIRROR_CUE_INVITE_CLOSED, SHAPE_INVITE},
                  {MIRROR_CUE_INVITE, SHAPE_INVITE},
                  {MIRROR_CUE_INDIRECT_ABOUT, SHAPE_INDIRECT_WH}};
    for (size_t i = 0; i < ARRAY_LEN(frames); i++) {
        const struct cue_hit *found = pattern_hit(look->cues, frames[i].cue);
        if (!found)
            continue;
        uint32_t wh = shape_find(look->text, found->first, found->last + 1, LEX_WH);
        *shape = (struct shape){.kind = frames[i].kind,
                                .at = found->first,
                                .wh = wh == SHAPE_NONE ? SHAPE_NONE : wh,
                                .verb = SHAPE_NONE,
                                .questions = 1,
                                .next = SHAPE_NONE,
                                .mark = SHAPE_NONE};
        return true;
    }
    return false;
}

void shape_read(const struct text *text, const struct sentence *sentence,
                const struct cue_hits *cues, struct shape *ret_shape)
{
    struct look look = {text, sentence, cues};
    struct shape shape = {.at = sentence->start,
                          .wh = SHAPE_NONE,
                          .verb = SHAPE_NONE,
                          .next = SHAPE_NONE,
                          .mark = SHAPE_NONE};
    struct shape direct;
    bool asked = find_question(&look, &direct);
    bool introduced = framed(&look, &shape);
    bool invited = pattern_hit(cues, MIRROR_CUE_INVITE) != NULL;
    if (asked && introduced &&
        ((direct.at > shape.at && (direct.kind == SHAPE_WH || invited)) || direct.at < shape.at)) {
        shape = direct; /* "Vertel eens, wat ging er mis?": the invitation only introduces it */
        shape.questions = 1;
    } else if (!introduced && asked) {
        shape = direct;
        shape.questions = 1;
    } else if (!introduced) {
        if (!bare_choice(&look, &shape))
            shape.kind = SHAPE_STATEMENT;
        if (asks(&look) || hit(&look, MIRROR_CUE_TAG))
            shape.questions = 1;
    }
    if (shape.questions && shape.kind != SHAPE_STATEMENT) {
        count_more(&look, &shape);
        count_unmarked(&look, &shape);
        find_negation(&look, &shape);
    }
    if (shape.questions)
        find_choice(&look, &shape);
    *ret_shape = shape;
}
