#include "language/derive.h"

#include <string.h>

#include "base/compiler.h"
#include "gen/words.h"

#define HEAD_MIN 3 /* letters that stand before a word inside a longer one */
#define TAIL_MIN 4

static const uint8_t qualities[] = {LEX_PRAISE, LEX_TRAIT,   LEX_VERDICT, LEX_VERDICT_WEAK,
                                    LEX_TOO,    LEX_ADJ_NEG, LEX_ADJ_POS, LEX_EMOTION};
static const uint8_t things[] = {LEX_WORK_NOUN,  LEX_SCHOOL_NOUN, LEX_CURRIC,      LEX_CONCRETE,
                                 LEX_TRAIT_NOUN, LEX_PRAISE_NOUN, LEX_PERSON_NOUN, LEX_FEELING_NOUN};
static const uint8_t deeds[] = {LEX_FIN,  LEX_INF,  LEX_PART,      LEX_STEM,
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

/*
 * What is left of a word without its ending, in the spelling it has alone: knapp → knap,
 * mooi → mooi, grot → groot, boz → boos, lev → leef. Each is tried.
 */
static bool keep_stem(const char *key, size_t len, const uint8_t *classes, size_t count,
                      struct lex_set *set)
{
    char stem[LEX_KEY_MAX + 2];
    if (len < 3 || len > LEX_KEY_MAX)
        return false;
    memcpy(stem, key, len);
    char last = stem[len - 1];
    if (last == 'z' || last == 'v')
        stem[len - 1] = last == 'z' ? 's' : 'f';
    if (keep(lexicon_find(stem, len), classes, count, set))
        return true;
    if (!is_vowel(last) && stem[len - 2] == last)
        return keep(lexicon_find(stem, len - 1), classes, count, set);
    if (is_vowel(last) || !is_vowel(stem[len - 2]) || is_vowel(stem[len - 3]))
        return false;
    stem[len] = stem[len - 1];
    stem[len - 1] = stem[len - 2];
    return keep(lexicon_find(stem, len + 1), classes, count, set);
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
    static const uint8_t tails[] = {LEX_WORK_NOUN,  LEX_SCHOOL_NOUN, LEX_CURRIC, LEX_CONCRETE,
                                    LEX_TRAIT_NOUN, LEX_PRAISE_NOUN, LEX_PERSON_NOUN};
    for (size_t at = HEAD_MIN; at + TAIL_MIN <= len; at++)
        if (keep(lexicon_find(key + at, len - at), tails, ARRAY_LEN(tails), set))
            return true;
    return false;
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
