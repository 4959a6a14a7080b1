#include "language/rewrite.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "gen/words.h"
#include "language/facts.h"
#include "language/order.h"

#define WORDS_MAX 25
#define REWRITE_MAX 512

struct rewriter {
    struct arena *arena;
    const struct text *text;
    const struct decided_turn *turn;
    const struct decided *main;
    struct mirror_verdict *verdict;
    enum status status;
};

static const struct token *token_at(const struct rewriter *r, uint32_t at)
{
    static const struct token none = {.key = ""};
    return at < r->main->sentence->end ? &r->text->tokens[at] : &none;
}

static bool is(const struct rewriter *r, uint32_t at, unsigned class)
{
    return token_is(token_at(r, at), class);
}

static bool reads(const struct rewriter *r, uint32_t at, const char *key)
{
    return token_reads(token_at(r, at), key);
}

static bool hit(const struct rewriter *r, unsigned cue)
{
    return r->main->cues.set & CUE(cue);
}

/* Behind the last word of the sentence, or of its clause when `clause`. */
static uint32_t words_end(const struct rewriter *r, uint32_t from, bool clause)
{
    uint32_t at = from;
    while (at < r->main->sentence->end) {
        const struct token *token = &r->text->tokens[at];
        if (token->kind == TOKEN_MARK && (clause || token->mark != ','))
            break;
        at++;
    }
    return at;
}

/* The self-test: it must come out open; what gives back must stay a paraphrase. */
static bool comes_out_as(struct rewriter *r, const char *text, enum mirror_label wanted)
{
    struct text read = {0};
    struct decided_turn turn = {0};
    r->status = text_read(r->arena, text, strlen(text), &read);
    if (r->status == OK)
        r->status = decide_turn(r->arena, &read, &turn);
    return r->status == OK && turn.label == wanted && !turn.harm;
}

static void offer_as(struct rewriter *r, const char *text, enum mirror_label wanted)
{
    struct mirror_verdict *verdict = r->verdict;
    if (r->status != OK || verdict->rewrite_count == MIRROR_REWRITES_MAX)
        return;
    for (size_t i = 0; i < verdict->rewrite_count; i++)
        if (strcmp(verdict->rewrites[i], text) == 0)
            return;
    char *written = arena_strdup(r->arena, text);
    if (wanted == MIRROR_OPEN && *written >= 'a' && *written <= 'z')
        *written = (char)(*written - 'a' + 'A');
    if (comes_out_as(r, written, wanted))
        verdict->rewrites[verdict->rewrite_count++] = written;
}

static void offer(struct rewriter *r, const char *text)
{
    offer_as(r, text, MIRROR_OPEN);
}

/* A template around words of the turn: before, the words, behind. */
static void offer_filled(struct rewriter *r, const char *before, uint32_t from, uint32_t to,
                         const char *behind)
{
    struct buf buf;
    buf_init(&buf, REWRITE_MAX);
    buf_add_str(&buf, before);
    order_copy(&buf, r->text, from, to);
    buf_add_str(&buf, behind);
    if (!buf_failed(&buf))
        offer(r, buf.data);
    buf_free(&buf);
}

/* With a topic: the filled template; with a bare pronoun or none: the one without. */
static void offer_topic(struct rewriter *r, const char *before, uint32_t from, uint32_t to,
                        const char *behind, const char *without)
{
    while (to > from + 1 && is(r, to - 1, LEX_SOFT))
        to--;
    if (order_is_topic(r->text, from, to) && !order_is_pronoun(r->text, from, to))
        offer_filled(r, before, from, to, behind);
    else
        offer(r, without);
}

/* Words that only colour between the subject and what it is about. */
static uint32_t skip_soft(const struct rewriter *r, uint32_t at, uint32_t to)
{
    while (at < to && (is(r, at, LEX_SOFT) || is(r, at, LEX_SURELY) || is(r, at, LEX_NEG)) &&
           !is(r, at, LEX_ARTICLE) && !reads(r, at, "een"))
        at++;
    return at;
}

/* The start of "(te|heel|zo) moeilijk" at the end; `to` when there is none. */
static uint32_t adjective_start(const struct rewriter *r, uint32_t from, uint32_t to)
{
    if (to <= from || !(is(r, to - 1, LEX_ADJ_NEG) || is(r, to - 1, LEX_ADJ_POS) ||
                        is(r, to - 1, LEX_EMOTION) || is(r, to - 1, LEX_TRAIT)))
        return to;
    uint32_t at = to - 1;
    while (at > from + 1 && (is(r, at - 1, LEX_ADVERB) || is(r, at - 1, LEX_SOFT) ||
                             is(r, at - 1, LEX_NEG) || is(r, at - 1, LEX_SURELY)))
        at--;
    return at;
}

/* "vind je {O} {A}", "je vindt {O} toch {A}": from behind verb and subject. */
static void opinion_of(struct rewriter *r, uint32_t from, uint32_t to)
{
    from = skip_soft(r, from, to);
    uint32_t adjective = adjective_start(r, from, to);
    if (adjective == to) {
        offer(r, "Hoe kijk jij daarnaar?");
        return;
    }
    if (is(r, to - 1, LEX_ADJ_NEG) && !is(r, to - 1, LEX_ADJ_POS)) {
        bool past = is(r, r->main->shape.verb, LEX_PAST);
        offer_topic(r, past ? "Hoe ging " : "Hoe gaat ", from, adjective, " bij jou?",
                    past ? "Hoe was dat voor jou?" : "Hoe is dat voor jou?");
        if (order_is_topic(r->text, from, adjective) &&
            !order_is_pronoun(r->text, from, adjective) && r->main->rule->label == MIRROR_CLOSED) {
            struct buf behind;
            buf_init(&behind, 64);
            buf_printf(&behind, " %.*s voor je?", (int)r->text->tokens[to - 1].len,
                       r->text->source + r->text->tokens[to - 1].at);
            if (!buf_failed(&behind))
                offer_filled(r, "Vertel eens, wat maakt ", from, adjective, behind.data);
            buf_free(&behind);
        }
        return;
    }
    offer_topic(r, "Wat vind je van ", from, adjective, "?", "Wat vind je ervan?");
}

static bool is_find(const struct rewriter *r, uint32_t at)
{
    return reads(r, at, "vind") || reads(r, at, "vindt") || reads(r, at, "vond") ||
           reads(r, at, "vinden") || reads(r, at, "vonden");
}

static void have(struct rewriter *r, uint32_t from, uint32_t to)
{
    if (reads(r, to - 1, "nodig")) {
        offer(r, "Wat heb je nodig?");
        offer(r, "Hoe kan ik je helpen?");
        return;
    }
    for (uint32_t i = from; i + 1 < to; i++) {
        if ((reads(r, i, "moeite") || reads(r, i, "problemen") || reads(r, i, "last")) &&
            (reads(r, i + 1, "met") || reads(r, i + 1, "van"))) {
            if (order_is_topic(r->text, i + 2, to) && !order_is_pronoun(r->text, i + 2, to))
                offer_filled(r, "Wat gaat goed bij ", i + 2, to, ", en wat nog niet?");
            return;
        }
    }
    if (!is(r, to - 1, LEX_PART) || shape_find(r->text, from, to, LEX_SUB) != SHAPE_NONE ||
        shape_find(r->text, from, to, LEX_WH) != SHAPE_NONE)
        return;
    from = skip_soft(r, from, to);
    bool thing = from + 1 < to && (is(r, from, LEX_ARTICLE) || is(r, from, LEX_YOUR)) &&
                 !is(r, from + 1, LEX_PREP) && !is(r, from + 1, LEX_PART);
    uint32_t end = to - 1;
    while (end > from + 1 &&
           (is(r, end - 1, LEX_SOFT) || is(r, end - 1, LEX_ADVERB) || is(r, end - 1, LEX_ADJ_POS)))
        end--;
    if (thing && order_is_topic(r->text, from, end))
        offer_filled(r, "Hoe is het gegaan met ", from, end, "?");
    else if (!thing)
        offer(r, "Hoe is het gegaan?");
}

static void was(struct rewriter *r, uint32_t verb, uint32_t to)
{
    if (reads(r, verb + 1, "er") && (reads(r, verb + 2, "iets") || reads(r, verb + 2, "wat"))) {
        offer(r, "Hoe gaat het met je?");
        offer(r, "Vertel eens, wat houdt je bezig?");
        return;
    }
    uint32_t adjective = adjective_start(r, verb + 1, to);
    if (adjective == to || adjective <= verb + 1)
        return;
    bool past = reads(r, verb, "was") || reads(r, verb, "waren") || reads(r, verb, "ging");
    if (order_is_pronoun(r->text, verb + 1, adjective))
        offer(r, reads(r, verb, "ging") || reads(r, verb, "gaat")
                     ? (past ? "Hoe ging het?" : "Hoe gaat het?")
                     : (past ? "Hoe was het?" : "Hoe is het voor jou?"));
    else if (order_is_topic(r->text, verb + 1, adjective))
        offer_filled(r,
                     reads(r, verb, "ging") ? "Hoe ging "
                     : past                 ? "Hoe was "
                                            : "Hoe is ",
                     verb + 1, adjective, past ? "?" : " voor jou?");
}

static void explain_topic(struct rewriter *r, uint32_t from, uint32_t to)
{
    from = skip_soft(r, from, to);
    offer_topic(r, "Hoe zou je ", from, to, " in je eigen woorden uitleggen?",
                "Hoe zou je het in je eigen woorden uitleggen?");
}

/* "Weet je nog wat je deed?" -> "Wat deed je?" */
static void direct(struct rewriter *r)
{
    uint32_t to = words_end(r, r->main->sentence->start, true);
    uint32_t wh = shape_find(r->text, r->main->shape.verb + 1, to, LEX_WH);
    if (wh == SHAPE_NONE || is(r, wh, LEX_WHY))
        return;
    struct buf buf;
    buf_init(&buf, REWRITE_MAX);
    buf_add(&buf, r->text->tokens[wh].key, r->text->tokens[wh].key_len);
    if (order_verb_first(&buf, r->text, wh, to) && !buf_failed(&buf)) {
        buf_add_char(&buf, '?');
        offer(r, buf.data);
    }
    buf_free(&buf);
}

/* "Lukt {O}?", "Lukt het met {O}?": from behind "lukt". */
static void succeeds(struct rewriter *r, uint32_t from, uint32_t to)
{
    uint32_t with = from + 1;
    if (reads(r, from, "het") || reads(r, from, "dat")) {
        while (with < to && (is(r, with, LEX_SOFT) || reads(r, with, "je")))
            with++;
        if (with + 1 < to && (reads(r, with, "met") || reads(r, with, "bij")) &&
            !reads(r, with + 1, "die") && !reads(r, with + 1, "dat"))
            offer_topic(r, "Wat lukt je al met ", with + 1, to, "?", "Wat lukt je al?");
        else
            offer(r, "Wat lukt je al?");
        return;
    }
    offer_topic(r, "Wat lukt je al bij ", from, to, "?", "Wat lukt je al?");
}

static void closed(struct rewriter *r)
{
    uint32_t verb = r->main->shape.verb;
    if (hit(r, MIRROR_CUE_PERMISSION) || hit(r, MIRROR_CUE_ORDER_QUESTION) || verb == SHAPE_NONE) {
        if (r->main->shape.kind == SHAPE_INDIRECT_IF)
            offer(r, "Hoe zit dat bij jou?");
        return;
    }
    uint32_t to = words_end(r, verb, true);
    for (uint32_t at = verb; r->main->shape.or_not && at < to; at++)
        if (reads(r, at, "of"))
            to = at;
    bool you = is(r, verb + 1, LEX_YOU_SUBJECT);
    uint32_t from = verb + 2;
    if (hit(r, MIRROR_CUE_YES_NO_WH))
        direct(r);
    else if (you && is_find(r, verb))
        opinion_of(r, from, to);
    else if (you && (is(r, verb, LEX_BE) || is(r, verb, LEX_FEEL_VERB)) &&
             is(r, to - 1, LEX_EMOTION))
        offer(r, "Hoe voel je je?");
    else if (you && is(r, verb, LEX_HAVE) && from < to)
        have(r, from, to);
    else if (you && (reads(r, verb, "snap") || reads(r, verb, "begrijp") ||
                     reads(r, verb, "snapt") || reads(r, verb, "begrijpt")))
        explain_topic(r, from, to);
    else if (you && is(r, verb, LEX_CAN) && from < to &&
             (is(r, from, LEX_ARTICLE) || is(r, from, LEX_YOUR)) &&
             shape_find(r->text, from, to, LEX_INF) == SHAPE_NONE)
        offer_topic(r, "Wat lukt je al bij ", from, to, "?", "Wat lukt je al?");
    else if (you && (reads(r, verb, "wil") || reads(r, verb, "wilt")))
        offer(r, "Wat zou je willen?");
    else if (you && (reads(r, verb, "ga") || reads(r, verb, "gaat")))
        offer(r, "Wat ga je doen?");
    else if (reads(r, verb, "lukt"))
        succeeds(r, verb + 1, to);
    else if (is(r, verb, LEX_BE) || reads(r, verb, "ging") || reads(r, verb, "gaat"))
        was(r, verb, to);
}

static void choice(struct rewriter *r)
{
    const struct shape *shape = &r->main->shape;
    if (shape->wh != SHAPE_NONE) {
        uint32_t to = shape->wh;
        while (to < shape->mark && token_at(r, to)->kind != TOKEN_MARK)
            to++;
        offer_filled(r, "", shape->at, to, "?");
        return;
    }
    if (shape->verb == SHAPE_NONE)
        return;
    bool feels =
        shape_find(r->text, shape->verb, r->main->sentence->end, LEX_EMOTION) != SHAPE_NONE;
    bool you = is(r, shape->verb + 1, LEX_YOU_SUBJECT);
    if (is(r, shape->verb, LEX_BE) && you) {
        if (feels)
            offer(r, "Hoe voel je je?");
    } else if (reads(r, shape->verb, "lag") || reads(r, shape->verb, "kwam")) {
        offer(r, "Waar lag het volgens jou aan?");
    } else if (is(r, shape->verb, LEX_BE)) {
        bool past = is(r, shape->verb, LEX_PAST) || reads(r, shape->verb, "was");
        if (is(r, shape->verb + 1, LEX_THIRD))
            offer(r, past ? "Hoe zat dat volgens jou?" : "Hoe zit dat volgens jou?");
        else
            offer(r, past ? "Hoe was dat voor jou?" : "Hoe zie jij dat?");
    } else if (is_find(r, shape->verb) || reads(r, shape->verb, "denk")) {
        offer(r, "Hoe kijk jij daarnaar?");
    } else if (you) {
        offer(r, "Hoe zou jij het willen doen?");
    }
}

/* The first question of the turn that is open by itself. */
static void stacked(struct rewriter *r)
{
    for (size_t i = 0; i < r->turn->count && r->verdict->rewrite_count == 0; i++) {
        const struct decided *d = &r->turn->sentences[i];
        if (!d->question || d->check || d->shape.verb == SHAPE_NONE)
            continue; /* "Met wie?" says too little alone */
        uint32_t from = d->shape.at;
        bool cut = d->shape.next != SHAPE_NONE && d->shape.verb < d->shape.next;
        uint32_t to = cut ? d->shape.next : d->sentence->end;
        while (to > from && (r->text->tokens[to - 1].kind == TOKEN_MARK ||
                             token_reads(&r->text->tokens[to - 1], "en") ||
                             token_reads(&r->text->tokens[to - 1], "maar")))
            to--;
        if (to - from <= WORDS_MAX)
            offer_filled(r, "", from, to, "?");
    }
}

static void offer_why(struct rewriter *r, const char *before, uint32_t verb, uint32_t to)
{
    struct buf buf;
    buf_init(&buf, REWRITE_MAX);
    buf_add_str(&buf, before);
    if (order_verb_last(&buf, r->text, verb, to)) {
        buf_add_char(&buf, '?');
        if (!buf_failed(&buf))
            offer(r, buf.data);
    }
    buf_free(&buf);
}

/* "Waarom huil je?", not "Waarom huilde je?" or "Waarom heb je gehuild?" */
static bool is_now(const struct rewriter *r, uint32_t verb, uint32_t to)
{
    static const char *const pasts[] = {
        "was", "waren", "had",   "hadden", "deed",  "deden", "ging", "gingen", "stond",
        "zag", "sloeg", "kwam",  "werd",   "vond",  "dacht", "wist", "wou",    "wilde",
        "zou", "kon",   "mocht", "moest",  "begon", "hield", "bood"};
    for (size_t i = 0; i < ARRAY_LEN(pasts); i++)
        if (reads(r, verb, pasts[i]))
            return false;
    return !is(r, verb, LEX_PAST) && shape_find(r->text, verb + 1, to, LEX_PART) == SHAPE_NONE;
}

/* "Waarom vraag je het niet?" advises; "Waarom doe je niet mee?" asks. */
static bool advises(const struct rewriter *r)
{
    static const char *const words[] = {"gewoon", "eens",    "even",  "liever", "anders",
                                        "wat",    "dan",     "vraag", "vraagt", "probeer",
                                        "zoek",   "gebruik", "bel"};
    if (!hit(r, MIRROR_CUE_WHY_NOT))
        return false;
    for (uint32_t at = r->main->shape.at; at < r->main->sentence->end; at++)
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
            if (reads(r, at, words[i]))
                return true;
    return false;
}

static void why(struct rewriter *r)
{
    const struct shape *shape = &r->main->shape;
    if (advises(r)) {
        offer(r, "Wat heb je al geprobeerd?");
        offer(r, "Wat zou je kunnen doen?");
        return;
    }
    if (shape->kind != SHAPE_WH || shape->verb == SHAPE_NONE) {
        offer(r, "Vertel daar eens wat meer over.");
        return;
    }
    uint32_t to = words_end(r, shape->verb, true);
    if (is_find(r, shape->verb) && is(r, shape->verb + 1, LEX_YOU_SUBJECT)) {
        uint32_t adjective = adjective_start(r, shape->verb + 2, to);
        if (adjective < to && order_is_topic(r->text, shape->verb + 2, adjective)) {
            struct buf behind;
            buf_init(&behind, 64);
            buf_printf(&behind, " %.*s voor jou?", (int)token_at(r, to - 1)->len,
                       r->text->source + token_at(r, to - 1)->at);
            if (!buf_failed(&behind))
                offer_filled(r, "Wat maakt ", shape->verb + 2, adjective, behind.data);
            buf_free(&behind);
            return;
        }
    }
    offer_why(r, "Hoe komt het dat", shape->verb, to);
    offer_why(r, is_now(r, shape->verb, to) ? "Wat maakt dat" : "Wat maakte dat", shape->verb, to);
    if (r->verdict->rewrite_count == 0)
        offer(r, "Vertel daar eens wat meer over.");
}

/* The verb of "je vindt …" and whatever follows it, in a statement that asks. */
static bool in_statement(const struct rewriter *r, uint32_t *ret_verb)
{
    uint32_t start = r->main->sentence->start;
    if (!is(r, start, LEX_YOU_SUBJECT))
        return false;
    *ret_verb = start + 1;
    return true;
}

/* "Hoe vervelend was …" asks after a feeling, "Wat heb je nu weer gedaan?" after what happened,
 * "Hoe vaak moet ik …" after neither. */
static void reproach(struct rewriter *r, uint32_t to)
{
    const struct shape *shape = &r->main->shape;
    bool felt = reads(r, shape->wh, "hoe") && shape->verb != shape->wh + 1 &&
                !is(r, shape->wh + 1, LEX_WH_ADVERB);
    if (felt || is_find(r, shape->verb))
        offer(r, "Hoe was dat voor jou?");
    else if (shape->verb != SHAPE_NONE && is(r, shape->verb, LEX_HAVE) &&
             shape_find(r->text, shape->verb + 1, to, LEX_PART) != SHAPE_NONE)
        offer(r, "Wat is er gebeurd?");
    else
        offer(r, "Hoe kijk jij daarnaar?");
}

static void leading(struct rewriter *r)
{
    const struct shape *shape = &r->main->shape;
    uint32_t start = r->main->sentence->start;
    uint32_t to = words_end(r, start, true), verb;
    if (shape->kind == SHAPE_WH) {
        uint32_t about = shape_find(r->text, shape->wh, to, LEX_PREP);
        if (reads(r, shape->wh, "hoe") && shape->verb != SHAPE_NONE && is(r, shape->verb, LEX_BE) &&
            !is(r, shape->verb + 1, LEX_YOU_SUBJECT) &&
            order_is_topic(r->text, shape->verb + 1, to))
            offer_topic(r, "Hoe was ", shape->verb + 1, to, " voor jou?", "Hoe was dat voor jou?");
        else if (is_find(r, shape->verb) && about != SHAPE_NONE && reads(r, about, "aan"))
            offer_topic(r, "Wat vind je van ", about + 1, to, "?", "Wat vind je ervan?");
        else
            reproach(r, to);
        return;
    }
    bool asks_you = shape->kind == SHAPE_VERB_FIRST && shape->verb != SHAPE_NONE &&
                    is(r, shape->verb + 1, LEX_YOU_SUBJECT);
    uint32_t after = SHAPE_NONE;
    if (asks_you) {
        verb = shape->verb;
        after = verb + 2;
        to = words_end(r, verb, true);
    } else if (in_statement(r, &verb)) {
        after = verb + 1;
    }
    if (after == SHAPE_NONE) {
        offer(r, "Hoe kijk jij daarnaar?");
    } else if (is_find(r, verb)) {
        opinion_of(r, after, to);
    } else if (reads(r, verb, "zou") || reads(r, verb, "wil") || reads(r, verb, "wilt")) {
        bool of_others = shape_find(r->text, after, to, LEX_SUB) != SHAPE_NONE; /* "dat iemand …" */
        offer(r, of_others ? "Hoe kijk jij daarnaar?" : "Wat zou jij willen doen?");
    } else if (is(r, verb, LEX_BE) && shape_find(r->text, after, to, LEX_EMOTION) != SHAPE_NONE) {
        offer(r, "Hoe voel je je?");
    } else if (is(r, verb, LEX_HAVE) && shape_find(r->text, after, to, LEX_PART) != SHAPE_NONE) {
        offer(r, "Hoe is het gegaan?");
        offer(r, "Wat is er gebeurd?");
    } else {
        offer(r, "Hoe kijk jij daarnaar?");
    }
}

static void assuming(struct rewriter *r)
{
    static const struct {
        const char *verb, *question;
    } asked[] = {{"denkt", "Wat denk jij?"}, {"denk", "Wat denk jij?"}, {"vindt", "Wat vind jij?"},
                 {"vind", "Wat vind jij?"},  {"wilt", "Wat wil jij?"},  {"wil", "Wat wil jij?"}};
    const struct sentence *sentence = r->main->sentence;
    if (shape_find(r->text, sentence->start, sentence->end, LEX_EMOTION) != SHAPE_NONE) {
        offer(r, "Hoe voel je je nu?");
        offer(r, "Wat gaat er in je om?");
        return;
    }
    for (uint32_t at = sentence->start; at < sentence->end; at++) {
        if (reads(r, at, "expres") || reads(r, at, "aandacht")) {
            offer(r, "Wat gebeurde er?");
            offer(r, "Wat had je nodig?");
            return;
        }
    }
    for (uint32_t at = sentence->start; at < sentence->end; at++)
        for (size_t i = 0; i < ARRAY_LEN(asked); i++)
            if (reads(r, at, asked[i].verb))
                offer(r, asked[i].question);
    offer(r, "Hoe is dat voor jou?");
}

/* "Je moet beter opletten" -> "Wat zou jou helpen om beter op te letten?" */
static void advised(struct rewriter *r)
{
    const struct sentence *sentence = r->main->sentence;
    uint32_t to = words_end(r, sentence->start, true);
    uint32_t must = shape_find(r->text, sentence->start, to, LEX_MUST);
    if (must != SHAPE_NONE && must > sentence->start && is(r, must - 1, LEX_YOU_SUBJECT)) {
        struct buf buf;
        buf_init(&buf, REWRITE_MAX);
        buf_add_str(&buf, "Wat zou jou helpen om");
        uint32_t from = must + 1;
        while (from < to && !is(r, from, LEX_NEG) && skip_soft(r, from, from + 1) > from)
            from++; /* up to "niet": to help with the contrary is no help */
        if (order_to_infinitive(&buf, r->text, from, to)) {
            buf_add_char(&buf, '?');
            if (!buf_failed(&buf))
                offer(r, buf.data);
        }
        buf_free(&buf);
    }
    offer(r, "Wat heb je zelf al bedacht?");
}

static void opinion(struct rewriter *r)
{
    if (hit(r, MIRROR_CUE_MINIMISE) && !hit(r, MIRROR_CUE_ADVICE) && !hit(r, MIRROR_CUE_VERDICT))
        offer(r, "Hoe was dat voor jou?");
    else if (hit(r, MIRROR_CUE_ADVICE))
        advised(r);
    else
        offer(r, "Hoe kijk je hier zelf op terug?");
}

/* "Klopt dat?" right behind what was given back: behind the whole turn it could be about the
 * break that was announced. What was acknowledged already needs no check. */
static void give_back(struct rewriter *r)
{
    if (!(r->main->cues.set & r->main->rule->any & CUE(MIRROR_CUE_PARA)) ||
        !decided_unchecked(r->turn) || r->text->len > REWRITE_MAX)
        return;
    const struct token *last = &r->text->tokens[r->main->sentence->end - 1];
    size_t end = (size_t)last->at + last->len, len = end;
    while (len && strchr(" .!\n\r\t", r->text->source[len - 1]))
        len--;
    const char *checked = arena_printf(r->arena, "%.*s. Klopt dat?%.*s", (int)len, r->text->source,
                                       (int)(r->text->len - end), r->text->source + end);
    offer_as(r, checked, MIRROR_PARAPHRASE);
}

/* When nothing is rewritten: see the list in README.md. */
static bool refuses(const struct rewriter *r)
{
    if (!r->main || r->text->sentence_count > 8)
        return true;
    const struct sentence *sentence = r->main->sentence;
    for (uint32_t i = sentence->first; i < sentence->end; i++)
        if (r->text->tokens[i].flags & TOKEN_QUOTED)
            return true;
    if (r->verdict->label == MIRROR_CLOSED && r->main->facts & THIRD)
        return true; /* about somebody else: what would be asked of the pupil is another question */
    return r->verdict->certainty == MIRROR_LOW || sentence->end - sentence->start > WORDS_MAX + 1;
}

enum status rewrite_turn(struct arena *arena, const struct text *text,
                         const struct decided_turn *turn, struct mirror_verdict *verdict)
{
    static void (*const of_label[MIRROR_LABELS])(struct rewriter *) = {
        [MIRROR_CLOSED] = closed,     [MIRROR_CHOICE] = choice,
        [MIRROR_LEADING] = leading,   [MIRROR_STACKED] = stacked,
        [MIRROR_WHY] = why,           [MIRROR_OPINION] = opinion,
        [MIRROR_ASSUMING] = assuming, [MIRROR_PARAPHRASE] = give_back};
    struct rewriter r = {arena, text, turn, turn->main, verdict, OK};
    verdict->rewrite_count = 0;
    if (!of_label[verdict->label] || refuses(&r))
        return OK;
    of_label[verdict->label](&r);
    if (r.status == OK && arena_failed(arena))
        return ERR_NOMEM;
    return r.status;
}
