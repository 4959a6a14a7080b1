#include "language/derive.h"

#include <string.h>

#include "base/compiler.h"
#include "gen/words.h"

#define HEAD_MIN 3 /* letters that stand before a word inside a longer one */
#define TAIL_MIN 4

static const uint8_t qualities[] = {LEX_PRAISE, LEX_TRAIT,   LEX_VERDICT, LEX_VERDICT_WEAK,
                                    LEX_TOO,    LEX_ADJ_NEG, LEX_ADJ_POS, LEX_EMOTION};
static const uint8_t things[] = {LEX_WORK_NOUN,   LEX_SCHOOL_NOUN, LEX_CURRIC,
                                 LEX_CONCRETE,    LEX_TRAIT_NOUN,  LEX_PRAISE_NOUN,
                                 LEX_PERSON_NOUN, LEX_FEELING_NOUN};
static const uint8_t deeds[] = {LEX_FIN,  LEX_INF,    LEX_PART,      LEX_STEM,
                                LEX_PAST, LEX_EFFORT, LEX_THIRD_FORM};

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c);
}

/* The classes of a word that are among these. */
static bool keep(uint16_t word, const uint8_t *classes, size_t count, struct lex_set *set)
{
    if (!word)
        return false;
    struct lex_set all = lexicon_set(word);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (lex_has(all, classes[i])) {
            lex_put(set, classes[i]);
            any = true;
        }
    }
    return any;
}

#define SPELLINGS_MAX 2

struct spelling {
    char key[LEX_KEY_MAX + 1];
    size_t len;
};

/* What stood before an ending, as it is spelled alone: knapp → knap, grot → groot, boz → boos. Each
 * may be the one. */
static size_t respell(const char *key, size_t len, struct spelling out[SPELLINGS_MAX])
{
    if (len < 2 || len > LEX_KEY_MAX - 1)
        return 0;
    char last = key[len - 1] == 'z' ? 's' : key[len - 1] == 'v' ? 'f' : key[len - 1];
    memcpy(out[0].key, key, len - 1);
    out[0].key[len - 1] = last;
    out[0].len = len;
    if (is_vowel(key[len - 1]))
        return 1;
    memcpy(out[1].key, key, len - 1);
    if (key[len - 2] == key[len - 1]) {
        out[1].len = len - 1;
        return 2;
    }
    if (len < 3 || !is_vowel(key[len - 2]) || is_vowel(key[len - 3]))
        return 1;
    out[1].key[len - 1] = key[len - 2];
    out[1].key[len] = last;
    out[1].len = len + 1;
    return 2;
}

static bool keep_stem(const char *key, size_t len, const uint8_t *classes, size_t count,
                      struct lex_set *set)
{
    struct spelling spellings[SPELLINGS_MAX];
    size_t n = len < 3 ? 0 : respell(key, len, spellings);
    for (size_t i = 0; i < n; i++)
        if (keep(lexicon_find(spellings[i].key, spellings[i].len), classes, count, set))
            return true;
    return false;
}

/* A form of the verb with this stem. */
static bool keep_verb(const char *stem, size_t len, struct lex_set form, struct lex_set *set)
{
    uint16_t word = lexicon_find(stem, len);
    struct lex_set all = lexicon_set(word);
    if (!word || !lex_has(all, LEX_STEM))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(set->bits); i++)
        set->bits[i] |= form.bits[i] | (all.bits[i] & lex_carried.bits[i]);
    return true;
}

static struct lex_set form_of(unsigned first, unsigned second)
{
    struct lex_set form = {{0}};
    lex_put(&form, first);
    lex_put(&form, second);
    return form;
}

/* "opgeruimd" → opruim: a participle loses its "ge" and its "d" or "t", if that was no part of it.
 */
static bool cut_participle(const char *key, size_t len, struct lex_set *set)
{
    char stem[LEX_KEY_MAX];
    size_t at = 0;
    while (at + 5 < len && (key[at] != 'g' || key[at + 1] != 'e'))
        at++;
    if (at + 5 >= len || (key[len - 1] != 't' && key[len - 1] != 'd'))
        return false;
    memcpy(stem, key, at);
    memcpy(stem + at, key + at + 2, len - at - 2);
    struct lex_set form = form_of(LEX_PART, LEX_PART);
    return keep_verb(stem, len - 2, form, set) || keep_verb(stem, len - 3, form, set);
}

/* The regular forms of a verb, of which the lists keep the stem; wordc (derived) leaves out those
 * that come out right here. */
static bool cut_verb(const char *key, size_t len, struct lex_set *set)
{
    static const struct {
        const char *text;
        uint8_t form;
    } endings[] = {{"en", LEX_INF},  {"ten", LEX_PAST}, {"den", LEX_PAST},
                   {"te", LEX_PAST}, {"de", LEX_PAST},  {"t", LEX_THIRD_FORM}};
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        size_t n = strlen(endings[i].text);
        if (len < n + HEAD_MIN || memcmp(key + len - n, endings[i].text, n) != 0)
            continue;
        struct lex_set form = form_of(endings[i].form, LEX_FIN);
        struct spelling spellings[SPELLINGS_MAX];
        size_t count = endings[i].form == LEX_INF ? respell(key, len - n, spellings) : 0;
        for (size_t k = 0; k < count; k++)
            if (keep_verb(spellings[k].key, spellings[k].len, form, set))
                return true;
        if (!count && keep_verb(key, len - n, form, set))
            return true;
    }
    return cut_participle(key, len, set);
}

struct ending {
    const char *text;
    const uint8_t *classes;
    uint8_t count;
    uint8_t more; /* a class that the ending adds; LEX_COUNT: none */
};

static bool cut_ending(const char *key, size_t len, struct lex_set *set)
{
#define QUALITY qualities, ARRAY_LEN(qualities)
#define THING things, ARRAY_LEN(things)
    static const struct ending endings[] = {
        {"e", QUALITY, LEX_COUNT},          {"er", QUALITY, LEX_COMPARATIVE},
        {"ere", QUALITY, LEX_COMPARATIVE},  {"der", QUALITY, LEX_COMPARATIVE},
        {"dere", QUALITY, LEX_COMPARATIVE}, {"st", QUALITY, LEX_COMPARATIVE},
        {"ste", QUALITY, LEX_COMPARATIVE},  {"s", QUALITY, LEX_COUNT},
        {"en", THING, LEX_COUNT},           {"s", THING, LEX_COUNT},
        {"'s", THING, LEX_COUNT},           {"je", THING, LEX_COUNT},
        {"tje", THING, LEX_COUNT},          {"etje", THING, LEX_COUNT},
        {"jes", THING, LEX_COUNT},          {"tjes", THING, LEX_COUNT},
        {"etjes", THING, LEX_COUNT},        {"pje", THING, LEX_COUNT},
    };
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        const struct ending *ending = &endings[i];
        size_t n = strlen(ending->text);
        if (len < n + HEAD_MIN || memcmp(key + len - n, ending->text, n) != 0 ||
            !keep_stem(key, len - n, ending->classes, ending->count, set))
            continue;
        if (ending->more != LEX_COUNT)
            lex_put(set, ending->more);
        return true;
    }
    return false;
}

/* "supernetjes", "topteam", "keigoed"; "na" + "gekeken". */
static bool cut_start(const char *key, size_t len, struct lex_set *set)
{
    static const struct {
        const char *text;
        bool verb;
    } starts[] = {{"super", false}, {"mega", false}, {"reuze", false}, {"kei", false},
                  {"top", false},   {"bere", false}, {"bloed", false}, {"dood", false},
                  {"stik", false},  {"giga", false}, {"ultra", false}, {"hyper", false},
                  {"in", true},     {"uit", true},   {"af", true},     {"aan", true},
                  {"op", true},     {"mee", true},   {"door", true},   {"na", true},
                  {"voor", true},   {"bij", true},   {"terug", true},  {"weg", true},
                  {"samen", true},  {"over", true},  {"rond", true},   {"vast", true},
                  {"los", true},    {"open", true},  {"dicht", true},  {"tegen", true}};
    for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
        size_t n = strlen(starts[i].text);
        if (len < n + HEAD_MIN || memcmp(key, starts[i].text, n) != 0)
            continue;
        uint16_t rest = lexicon_find(key + n, len - n);
        if (starts[i].verb ? keep(rest, deeds, ARRAY_LEN(deeds), set) : keep(rest, QUALITY, set))
            return true;
        if (!starts[i].verb && keep(rest, THING, set)) {
            lex_put(set, LEX_PRAISE_NOUN); /* "topteam" */
            return true;
        }
    }
    return false;
}

/* "on" turns praise round: onzorgvuldig. */
static bool cut_denial(const char *key, size_t len, struct lex_set *set)
{
    static const uint8_t praise[] = {LEX_PRAISE};
    struct lex_set good = {{0}};
    if (len < 6 || memcmp(key, "on", 2) != 0 ||
        !(keep(lexicon_find(key + 2, len - 2), praise, 1, &good) ||
          (key[len - 1] == 'e' && keep_stem(key + 2, len - 3, praise, 1, &good))))
        return false;
    lex_put(set, LEX_TRAIT);
    lex_put(set, LEX_VERDICT);
    return true;
}

/* "woordenschattoets" is a toets: the longest word at its end. */
static bool cut_tail(const char *key, size_t len, struct lex_set *set)
{
    static const uint8_t tails[] = {LEX_WORK_NOUN,  LEX_SCHOOL_NOUN, LEX_CURRIC,     LEX_CONCRETE,
                                    LEX_TRAIT_NOUN, LEX_PRAISE_NOUN, LEX_PERSON_NOUN};
    for (size_t at = HEAD_MIN; at + TAIL_MIN <= len; at++)
        if (keep(lexicon_find(key + at, len - at), tails, ARRAY_LEN(tails), set))
            return true;
    return false;
}

bool lexicon_verb(const char *key, size_t len, struct lex_set *ret_set)
{
    struct lex_set set = {{0}};
    if (len < 4 || len > LEX_KEY_MAX || !cut_verb(key, len, &set))
        return false;
    *ret_set = set;
    return true;
}

struct lex_set lexicon_classes(const char *key, size_t len)
{
    struct lex_set set = {{0}};
    uint16_t word = lexicon_find(key, len);
    if (word)
        return lexicon_set(word);
    return lexicon_verb(key, len, &set) ? set : (struct lex_set){{0}};
}

bool lexicon_derive(const char *key, size_t len, struct lex_set *ret_set)
{
    struct lex_set set = {{0}};
    if (len < 5 || len > LEX_KEY_MAX ||
        !(cut_ending(key, len, &set) || cut_denial(key, len, &set) || cut_start(key, len, &set) ||
          cut_tail(key, len, &set)))
        return false;
    *ret_set = set;
    return true;
}
