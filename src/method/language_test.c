/*
 * The language of what children read or hear in the methods that we ship, in Dutch and English, by
 * a rule that can be counted (methods/README.md, "In child texts"): short sentences, short words,
 * and for the youngest no passive and no sentence that begins with a subordinate clause. What reads
 * well besides is for people to judge.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "method/shelf.h"
#include "method/store.h"

/* Of one sentence, and of one word. */
struct limit {
    size_t words, letters;
};

/* What a child of that age reads alone … */
static const struct limit alone[BAND_ADULT] = {
    [BAND_4_6] = {8, 12}, [BAND_7_9] = {12, 14}, [BAND_8_12] = {15, 20}, [BAND_12_18] = {15, 20}};
/* … and what somebody says to it: letters, follow-up questions, what is filled in together. */
static const struct limit spoken = {15, 20};

struct text {
    const char *lang, *words;
    enum band band;
    bool is_spoken;
};

/* --- the rule
 * --------------------------------------------------------------------------------------- */

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (str_equal(word, *words))
            return true;
    return false;
}

/* "Als", "Because": what it hangs on comes only after it. "Wanneer …?" is a question, not that. */
static bool opens_subordinate(const char *lang, const char *word, char end)
{
    static const char *const dutch[] = {"als",   "omdat",   "hoewel", "terwijl", "doordat", "zodat",
                                        "nadat", "voordat", "zodra",  "indien",  "mits",    NULL};
    static const char *const english[] = {"if",    "because", "although", "though",
                                          "while", "unless",  "whereas",  NULL};
    bool is_dutch = str_equal(lang, "nl");
    if (str_equal(word, is_dutch ? "wanneer" : "when"))
        return end != '?' && end != ':';
    return is_one_of(word, is_dutch ? dutch : english);
}

static bool is_dutch_participle(const char *word)
{
    static const char *const begins[] = {"ge", "be", "ver", "ont", "her"};
    if (strlen(word) < 5 || !(str_ends(word, "d") || str_ends(word, "t") || str_ends(word, "en")))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(begins); i++)
        if (str_starts(word, begins[i]))
            return true;
    return strstr(word, "ge") != NULL && !str_ends(word, "gen"); /* opgeschreven, afgesproken */
}

static bool is_english_participle(const char *word)
{
    static const char *const irregular[] = {"written", "told",  "given", "made",  "done",   "said",
                                            "seen",    "known", "shown", "taken", "chosen", "kept",
                                            "found",   "heard", "read",  "held",  "sent",   "left",
                                            "brought", "put",   NULL};
    return (strlen(word) >= 5 && str_ends(word, "ed")) || is_one_of(word, irregular);
}

/* Dutch: "wordt … gelezen", wherever in the sentence. English: "is told", beside each other. */
static bool is_passive(const char *lang, const char *const *words, size_t count)
{
    static const char *const become[] = {"word", "wordt", "worden", "werd", "werden", NULL};
    static const char *const be[] = {"is",    "are", "was", "were", "be",  "been",
                                     "being", "am",  "get", "gets", "got", NULL};
    bool is_dutch = str_equal(lang, "nl"), becomes = false, participle = false;
    for (size_t i = 0; i < count; i++) {
        becomes |= is_one_of(words[i], become);
        participle |= is_dutch_participle(words[i]);
        if (!is_dutch && i && is_one_of(words[i - 1], be) && is_english_participle(words[i]))
            return true;
    }
    return is_dutch && becomes && participle;
}

#define WORDS_MAX 64

/* What is wrong with one sentence, which ends with `end`; NULL: nothing. */
static const char *wrong_sentence(struct arena *arena, const struct text *text,
                                  const char *sentence, char end)
{
    const struct limit *most = text->is_spoken ? &spoken : &alone[text->band];
    const char *words[WORDS_MAX];
    size_t count = 0;
    char *rest = arena_strdup(arena, str_sort_key(arena, sentence));
    for (char *word; (word = str_split(&rest, ' ')) != NULL && count < WORDS_MAX;) {
        if (!*word)
            continue;
        if (strlen(word) > most->letters)
            return arena_printf(arena, "a word of %zu letters", strlen(word));
        words[count++] = word;
    }
    if (count > most->words)
        return arena_printf(arena, "%zu words", count);
    if (count == 0 || text->band > BAND_7_9)
        return NULL;
    if (opens_subordinate(text->lang, words[0], end))
        return "it begins with a subordinate clause";
    return is_passive(text->lang, words, count) ? "it is passive" : NULL;
}

/* Of the first sentence in which something is; *ret_sentence is that one. */
static const char *wrong(struct arena *arena, const struct text *text, const char **ret_sentence)
{
    for (const char *at = text->words; *at;) {
        size_t len = strcspn(at, ".!?:\n");
        const char *sentence = arena_strndup(arena, at, len);
        const char *what = wrong_sentence(arena, text, sentence, at[len]);
        if (what) {
            *ret_sentence = sentence;
            return what;
        }
        at += len + (at[len] != '\0');
    }
    return NULL;
}

/* --- what children meet
 * ------------------------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    const char *key, *where;
    enum band band;
};

static void reads(const struct reading *r, const struct method_text *text, bool is_spoken)
{
    static const char *const langs[] = {"nl", "en"};
    for (size_t i = 0; text->count && i < ARRAY_LEN(langs); i++) {
        const struct text one = {langs[i], method_say(text, langs[i]), r->band, is_spoken};
        const char *sentence = NULL, *what = wrong(r->arena, &one, &sentence);
        if (what)
            fail_msg("methods/%s.yaml, %s, for band %d: \"%s\": %s", r->key, r->where, (int)r->band,
                     sentence, what);
    }
}

static bool speaks(const struct question *question, enum voice voice)
{
    for (size_t i = 0; i < question->voice_count; i++)
        if (question->voices[i] == voice)
            return true;
    return false;
}

static void reads_question(struct reading *r, const struct question *q)
{
    bool is_spoken = !speaks(q, VOICE_PUPIL);
    if (is_spoken && !speaks(q, VOICE_TOGETHER))
        return;
    r->where = q->id;
    reads(r, q->ask_for[r->band].count ? &q->ask_for[r->band] : &q->ask, is_spoken);
    reads(r, &q->help, is_spoken);
    reads(r, &q->ends[0], is_spoken);
    reads(r, &q->ends[1], is_spoken);
    for (size_t i = 0; i < q->option_count; i++)
        reads(r, &q->options[i].label, is_spoken);
    for (size_t i = 0; i < q->follow_up_count; i++)
        reads(r, &q->follow_ups[i], true);
}

static void reads_phases(struct reading *r, const struct phase *phases, size_t count)
{
    for (size_t p = 0; p < count; p++)
        for (size_t i = 0; i < phases[p].question_count; i++)
            reads_question(r, &phases[p].questions[i]);
}

static void reads_method(struct reading *r, const struct method *method)
{
    const struct method_preparation *own = method_preparation_of(method, PART_PUPIL);
    if (own) {
        r->where = "letter";
        reads(r, &own->letter, true);
        reads_phases(r, own->phases, own->phase_count);
        for (size_t p = 0; p < own->phase_count; p++) {
            r->where = own->phases[p].id;
            reads(r, &own->phases[p].title, false);
        }
    }
    reads_phases(r, method->phases, method->phase_count);
}

static void children_read_short_and_plain_sentences(void **state)
{
    struct method_shelf *shelf = NULL;
    (void)state;
    assert_int_equal(method_shelf_open(&answer_method_kinds, &shelf), OK);
    for (size_t i = 0; i < method_shipped_count(); i++) {
        struct reading r = {.arena = arena_new((size_t)8 << 20), .key = method_shipped_key(i)};
        const struct method *method = method_shipped(shelf, r.key);
        assert_non_null(method);
        for (r.band = BAND_4_6; method->about != ABOUT_STAFF && r.band < BAND_ADULT; r.band++)
            if (method->bands >> r.band & 1u)
                reads_method(&r, method);
        arena_free(r.arena);
    }
    method_shelf_close(shelf);
}

/* The rule itself: each sentence, and the word of what is wrong with it. */
static void the_rule_finds_what_it_is_for(void **state)
{
    static const struct {
        struct text text;
        const char *wrong; /* part of it; NULL: nothing */
    } cases[] = {
        {{"nl", "Waar wil jij over vertellen?", BAND_4_6, false}, NULL},
        {{"nl", "Wat vond jij fijn en wat was er lastig voor jou?", BAND_4_6, false}, "11 words"},
        {{"nl", "Wat vond jij fijn en wat was er lastig voor jou?", BAND_4_6, true}, NULL},
        {{"nl", "Hallo. Wat is de omstandigheid?", BAND_4_6, false}, "13 letters"},
        {{"nl", "Wanneer is het fijn?", BAND_4_6, false}, NULL},
        {{"nl", "Wanneer het regent, blijf je binnen.", BAND_7_9, false}, "subordinate"},
        {{"nl", "Als het regent, blijf je binnen.", BAND_7_9, false}, "subordinate"},
        {{"nl", "Als het regent, blijf je binnen.", BAND_8_12, false}, NULL},
        {{"nl", "Jouw brief wordt door mij gelezen.", BAND_7_9, false}, "passive"},
        {{"nl", "Het werd opgeschreven.", BAND_7_9, true}, "passive"},
        {{"nl", "Wat wordt de volgende stap?", BAND_7_9, false}, NULL},
        {{"en", "Because it rains.", BAND_4_6, false}, "subordinate"},
        {{"en", "Your letter is read by me.", BAND_7_9, false}, "passive"},
        {{"en", "What is hard for you?", BAND_4_6, false}, NULL},
        {{"en", "Everything will be shared.", BAND_4_6, true}, "passive"},
    };
    (void)state;
    struct arena *arena = arena_new((size_t)1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *sentence = NULL, *what = wrong(arena, &cases[i].text, &sentence);
        if (!what != !cases[i].wrong || (what && !strstr(what, cases[i].wrong)))
            fail_msg("%s: %s", cases[i].text.words, what ? what : "nothing is found");
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rule_finds_what_it_is_for),
        cmocka_unit_test(children_read_short_and_plain_sentences),
    };
    return cmocka_run_group_tests_name("method_language", tests, NULL, NULL);
}
