#include "language/order.h"

#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "gen/words.h"
#include "language/derive.h"

#define TOPIC_WORDS_MAX 8

/* Separable parts of verbs, the longer before the shorter. */
static const char *const prefixes[] = {
    "samen", "terug", "tegen", "binnen", "klaar", "dicht", "kwijt", "schoon", "langs", "goed",
    "stil",  "vast",  "voor",  "over",   "door",  "mee",   "los",   "weg",    "vol",   "aan",
    "bij",   "toe",   "uit",   "op",     "af",    "in",    "om",    "na"};

/* Forms that get their -t back when "je" comes before them. */
static const struct {
    const char *inverted, *straight;
} irregular[] = {{"heb", "hebt"},   {"ben", "bent"},   {"kun", "kunt"},    {"kan", "kunt"},
                 {"zul", "zult"},   {"zal", "zult"},   {"wil", "wilt"},    {"ga", "gaat"},
                 {"sta", "staat"},  {"doe", "doet"},   {"zie", "ziet"},    {"sla", "slaat"},
                 {"hou", "houdt"},  {"rij", "rijdt"},  {"mag", "mag"},     {"moet", "moet"},
                 {"zou", "zou"},    {"wou", "wou"},    {"kom", "komt"},    {"word", "wordt"},
                 {"vind", "vindt"}, {"houd", "houdt"}, {"snij", "snijdt"}, {"was", "was"}};

static bool colours(const struct token *token)
{
    static const char *const words[] = {"nou",        "toch",   "weer",   "gewoon",    "zeker",
                                        "vast",       "soms",   "eens",   "even",      "eindelijk",
                                        "maar",       "altijd", "steeds", "eigenlijk", "dan",
                                        "natuurlijk", "echt",   "wel",    "he",        "zo"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (token_reads(token, words[i]))
            return true;
    return false;
}

static void add_word(struct buf *buf, const char *word, size_t len)
{
    if (buf->len && buf->data[buf->len - 1] != ' ')
        buf_add_char(buf, ' ');
    buf_add(buf, word, len);
}

/* As written; the capital of the first word of a sentence is made small, unless it is a name's. */
static void add_token(struct buf *buf, const struct text *text, uint32_t at)
{
    const struct token *token = &text->tokens[at];
    bool opens = at == 0 || text->tokens[at - 1].kind == TOKEN_MARK;
    if (opens && token->flags & TOKEN_CAPITAL && !token_is(token, LEX_NAME))
        add_word(buf, token->key, token->key_len);
    else
        add_word(buf, text->source + token->at, token->len);
}

/* "zo moeilijk" is no more than "moeilijk"; but "noem je haar zo" says how. */
static bool says_how(const struct text *text, uint32_t at, uint32_t to)
{
    return token_reads(&text->tokens[at], "zo") &&
           (at + 1 == to || text->tokens[at + 1].kind == TOKEN_MARK);
}

void order_copy(struct buf *to_buf, const struct text *text, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (text->tokens[i].kind != TOKEN_MARK &&
            (!colours(&text->tokens[i]) || says_how(text, i, to)))
            add_token(to_buf, text, i);
}

bool order_is_topic(const struct text *text, uint32_t from, uint32_t to)
{
    if (from >= to || to - from > TOPIC_WORDS_MAX)
        return false;
    for (uint32_t i = from; i < to; i++) {
        const struct token *token = &text->tokens[i];
        if (token->kind == TOKEN_MARK || token->flags & TOKEN_QUOTED || token_is(token, LEX_NEG) ||
            token_is(token, LEX_COMPARATIVE) || token_is(token, LEX_WH) ||
            token_reads(token, "of") || token_reads(token, "dan") || token_reads(token, "als") ||
            token_is(token, LEX_I) || (token_is(token, LEX_SUB) && i > from))
            return false;
    }
    return true;
}

bool order_is_pronoun(const struct text *text, uint32_t from, uint32_t to)
{
    return to == from + 1 && token_is(&text->tokens[from], LEX_THIRD);
}

/* The form of a finite verb behind "je": "vind" -> "vindt". `classes`: of the whole verb, with its
 * prefix when that stood apart. */
static void add_straight(struct buf *buf, const struct token *verb, struct lex_set classes)
{
    for (size_t i = 0; i < ARRAY_LEN(irregular); i++) {
        if (token_reads(verb, irregular[i].inverted)) {
            add_word(buf, irregular[i].straight, strlen(irregular[i].straight));
            return;
        }
    }
    add_word(buf, verb->key, verb->key_len);
    bool present = lex_has(classes, LEX_STEM) && !lex_has(classes, LEX_PAST);
    if (present && verb->key[verb->key_len - 1] != 't')
        buf_add_char(buf, 't');
}

static bool is_prefix(const struct token *token)
{
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
        if (token_reads(token, prefixes[i]))
            return true;
    return false;
}

/* The classes of "ruim" + "op" when that is a verb we know; empty otherwise. */
static struct lex_set joined_set(const struct token *prefix, const struct token *verb)
{
    char joined[48];
    size_t len = (size_t)prefix->key_len + verb->key_len;
    if (len >= sizeof joined)
        return (struct lex_set){{0}};
    memcpy(joined, prefix->key, prefix->key_len);
    memcpy(joined + prefix->key_len, verb->key, verb->key_len);
    return lexicon_classes(joined, len);
}

/* "wil", "ga", "kwam", "bleef": with an infinitive at the end, which it stands before. */
static bool takes_infinitive(const struct token *verb)
{
    static const char *const words[] = {
        "kom",    "komt",   "kwam", "kwamen", "blijf", "blijft", "bleef", "bleven", "laat",
        "liet",   "lieten", "leer", "leert",  "help",  "hielp",  "zie",   "zag",    "hoor",
        "hoorde", "loop",   "liep", "zit",    "zat",   "doe",    "doet",  "deed"};
    if (token_is(verb, LEX_MODAL) || token_is(verb, LEX_GO))
        return true;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (token_reads(verb, words[i]))
            return true;
    return false;
}

/* "de sommen", "met leren", "geen boeken": what looks like an infinitive is a noun there. */
static bool is_noun_at(const struct token *t, uint32_t at)
{
    const struct token *before = &t[at - 1];
    if (token_reads(before, "binnen") || token_reads(before, "buiten"))
        return false;
    return token_is(before, LEX_PREP) || token_is(before, LEX_ARTICLE) ||
           token_is(before, LEX_YOUR) || token_is(before, LEX_NUMBER_WORD) ||
           token_reads(before, "geen");
}

static bool is_infinitive_at(const struct token *t, uint32_t at)
{
    bool listed = token_is(&t[at], LEX_INF);
    bool unlisted = !token_is(&t[at], LEX_FIN) && t[at].key_len > 4 &&
                    memcmp(t[at].key + t[at].key_len - 2, "en", 2) == 0;
    return listed || unlisted;
}

/* Where the words begin that close the clause with the verb: "heb je | gedaan", "wil je dokter |
 * worden", "heb je hem | laten praten", "zit je | te slapen". `to` when the verb closes it alone.
 */
static uint32_t cluster_at(const struct token *t, uint32_t verb, uint32_t to)
{
    uint32_t last = to - 1;
    bool perfect = token_is(&t[verb], LEX_HAVE) || token_is(&t[verb], LEX_BE);
    bool helps = takes_infinitive(&t[verb]);
    if (last <= verb + 1)
        return to;
    if (token_reads(&t[last - 1], "te"))
        return last - 1;
    if (perfect && last > verb + 2 && token_is(&t[last], LEX_INF) &&
        token_is(&t[last - 1], LEX_INF))
        return last - 1;
    /* "ben je begonnen met lezen": the finite verb goes before it, wherever that is. */
    for (uint32_t i = verb + 2; i < to; i++)
        if ((perfect && token_is(&t[i], LEX_PART)) ||
            (helps && i < last && token_is(&t[i], LEX_INF) && (i == verb + 2 || !is_noun_at(t, i))))
            return i;
    if (helps && is_infinitive_at(t, last) && (last == verb + 2 || !is_noun_at(t, last)))
        return last;
    return token_is(&t[last], LEX_PART) && !token_is(&t[last], LEX_INF) ? last : to;
}

/* "Isa wel en mij niet": what is set against each other stays as it stands. */
static bool contrasts(const struct text *text, uint32_t from, uint32_t to)
{
    bool does = false, does_not = false;
    for (uint32_t i = from; i < to; i++) {
        does |= token_reads(&text->tokens[i], "wel");
        does_not |= token_is(&text->tokens[i], LEX_NEG);
    }
    return does && does_not;
}

/* "Ben je er bang voor": the place that "er" leaves open, and no part of the verb. */
static bool leaves_place(const struct text *text, uint32_t from, uint32_t to)
{
    static const char *const words[] = {"er", "daar", "hier", "waar", "ergens", "nergens"};
    for (uint32_t at = from; at < to; at++)
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
            if (token_reads(&text->tokens[at], words[i]))
                return true;
    return false;
}

bool order_verb_last(struct buf *to_buf, const struct text *text, uint32_t verb, uint32_t to)
{
    const struct token *t = text->tokens;
    if (verb + 1 >= to || !token_is(&t[verb + 1], LEX_YOU_SUBJECT) || contrasts(text, verb, to))
        return false;
    for (uint32_t i = verb + 1; i < to; i++)
        if (t[i].kind == TOKEN_MARK || t[i].flags & TOKEN_QUOTED || token_is(&t[i], LEX_SUB) ||
            (i > verb + 1 && token_is(&t[i], LEX_FIN) && !token_is(&t[i], LEX_INF) &&
             !token_is(&t[i], LEX_PART) && !token_is(&t[i], LEX_NOT_VERB) &&
             !token_is(&t[i], LEX_WH_ADVERB) && i + 1 < to))
            return false;
    uint32_t last = to - 1;
    bool informal = token_reads(&t[verb + 1], "je") || token_reads(&t[verb + 1], "jij");
    struct lex_set classes = t[verb].set;
    struct lex_set joined = {{0}};
    bool separated = last > verb + 1 && is_prefix(&t[last]);
    if (separated) {
        joined = joined_set(&t[last], &t[verb]);
        separated = lex_has(joined, LEX_FIN) || !leaves_place(text, verb, last);
    }
    if (lex_has(joined, LEX_FIN))
        classes = joined;
    uint32_t cluster = separated ? to : cluster_at(t, verb, to);
    add_word(to_buf, informal ? "je" : t[verb + 1].key, informal ? 2 : t[verb + 1].key_len);
    order_copy(to_buf, text, verb + 2, separated ? last : cluster);
    if (separated)
        add_word(to_buf, t[last].key, t[last].key_len);
    struct buf form;
    buf_init(&form, 64);
    if (informal)
        add_straight(&form, &t[verb], classes);
    else
        add_word(&form, t[verb].key, t[verb].key_len);
    if (separated)
        buf_add(to_buf, form.data, form.len);
    else
        add_word(to_buf, form.data, form.len);
    bool failed = buf_failed(&form);
    buf_free(&form);
    order_copy(to_buf, text, cluster, to);
    return !failed;
}

/* "deedt je" is never written: the -t that "je" behind the verb drops. */
static void add_inverted(struct buf *buf, const struct token *verb)
{
    for (size_t i = 0; i < ARRAY_LEN(irregular); i++) {
        if (token_reads(verb, irregular[i].straight)) {
            add_word(buf, irregular[i].inverted, strlen(irregular[i].inverted));
            return;
        }
    }
    size_t len = verb->key_len;
    if (token_is(verb, LEX_THIRD_FORM) && !token_is(verb, LEX_STEM) && len > 2)
        len--;
    add_word(buf, verb->key, len);
}

bool order_verb_first(struct buf *to_buf, const struct text *text, uint32_t wh, uint32_t to)
{
    const struct token *t = text->tokens;
    uint32_t subject = wh + 1, last = to - 1;
    if (last <= subject || !token_is(&t[subject], LEX_YOU_SUBJECT))
        return false;
    for (uint32_t i = subject; i < to; i++)
        if (t[i].kind == TOKEN_MARK || t[i].flags & TOKEN_QUOTED || token_is(&t[i], LEX_SUB))
            return false;
    uint32_t verb = last;
    bool last_is_finite = token_is(&t[last], LEX_FIN) && !token_is(&t[last], LEX_PART) &&
                          (!token_is(&t[last], LEX_INF) || token_reads(&t[subject], "jullie"));
    if (!last_is_finite && last > subject + 1) /* "wat je gedaan hebt", "wat je hebt gedaan" */
        verb = last - 1;
    if (!token_is(&t[verb], LEX_FIN) || token_is(&t[verb], LEX_PART))
        return false;
    add_inverted(to_buf, &t[verb]);
    add_word(to_buf, t[subject].key, t[subject].key_len);
    order_copy(to_buf, text, subject + 1, verb);
    order_copy(to_buf, text, verb + 1, to);
    return true;
}

bool order_to_infinitive(struct buf *to_buf, const struct text *text, uint32_t from, uint32_t to)
{
    if (from >= to || to - from > TOPIC_WORDS_MAX)
        return false;
    for (uint32_t i = from; i < to; i++)
        if (text->tokens[i].kind == TOKEN_MARK || text->tokens[i].flags & TOKEN_QUOTED ||
            token_reads(&text->tokens[i], "te") || token_is(&text->tokens[i], LEX_NEG) ||
            (token_is(&text->tokens[i], LEX_SUB) && i > from) ||
            (token_is(&text->tokens[i], LEX_FIN) && !token_is(&text->tokens[i], LEX_INF) &&
             (i == from || !is_noun_at(text->tokens, i))))
            return false;
    /* "op tijd beginnen met leren", "gaan slapen": the first takes "te". */
    uint32_t head = from;
    while (head < to && (!token_is(&text->tokens[head], LEX_INF) ||
                         (head > from && is_noun_at(text->tokens, head))))
        head++;
    if (head == to ||
        (!token_is(&text->tokens[to - 1], LEX_INF) && !token_is(&text->tokens[head + 1], LEX_PREP)))
        return false;
    const struct token *verb = &text->tokens[head];
    order_copy(to_buf, text, from, head);
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
        size_t len = strlen(prefixes[i]);
        if (verb->key_len < len + 4 || memcmp(verb->key, prefixes[i], len) != 0)
            continue;
        if (!token_is(verb, LEX_SEPARABLE))
            continue;
        add_word(to_buf, prefixes[i], len);
        add_word(to_buf, "te", 2);
        add_word(to_buf, verb->key + len, verb->key_len - len);
        order_copy(to_buf, text, head + 1, to);
        return true;
    }
    add_word(to_buf, "te", 2);
    add_word(to_buf, verb->key, verb->key_len);
    order_copy(to_buf, text, head + 1, to);
    return true;
}
