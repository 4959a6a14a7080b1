#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/compiler.h"
#define LEX_WITH_DROPPED
#include "gen/words.h"
#include "language/derive.h"
#include "language/lexicon.h"
#include "language/pattern.h"

static struct lex_set set_of(const char *key)
{
    return lexicon_classes(key, strlen(key));
}

static void knows_words_by_class(void **state UNUSED)
{
    static const struct {
        const char *key;
        unsigned class;
        bool is;
    } cases[] = {
        {"je", LEX_YOU, true},
        {"ge", LEX_YOU, true},
        {"hij", LEX_YOU, false},
        {"waarom", LEX_WHY, true},
        {"hoe", LEX_WH, true},
        {"moet", LEX_MUST, true},
        {"luister", LEX_FIN, true},
        {"loop", LEX_STEM, true},
        {"liep", LEX_PAST, true},
        {"gelopen", LEX_PART, true},
        {"opgeruimd", LEX_PART, true},
        {"opruimen", LEX_INF, true},
        {"fatima", LEX_NAME, true},
        {"tafel", LEX_NAME, false},
        {"", LEX_FIN, false},
        {"één", LEX_NUMBER_WORD, true},
        {"een", LEX_NUMBER_WORD, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (lex_has(set_of(cases[i].key), cases[i].class) != cases[i].is)
            fail_msg("%s: %s", cases[i].key, lex_class_names[cases[i].class]);
}

/* The rules of spelling that wordc applies to a regular verb. */
static void conjugates_regular_verbs(void **state UNUSED)
{
    static const char *const finite[] = {"maak",    "maakt",   "maakte", "pak",      "werkte",
                                         "luister", "oefende", "reist",  "probeert", "schuilt",
                                         "gooide",  "duwt",    "ga",     "weigerde", "staat"};
    static const char *const participles[] = {
        "gemaakt",   "geoefend", "geluisterd", "verteld",      "gereisd",     "voorgedaan",
        "uitgelegd", "beloofd",  "geprobeerd", "samengewerkt", "onderstreept"};
    for (size_t i = 0; i < ARRAY_LEN(finite); i++)
        if (!lex_has(set_of(finite[i]), LEX_FIN))
            fail_msg("not finite: %s", finite[i]);
    for (size_t i = 0; i < ARRAY_LEN(participles); i++)
        if (!lex_has(set_of(participles[i]), LEX_PART))
            fail_msg("no participle: %s", participles[i]);
}

static void the_table_is_sorted_and_every_word_is_found(void **state UNUSED)
{
    char key[LEX_KEY_MAX + 1], before[LEX_KEY_MAX + 1] = "";
    assert_true(lex_word_count > 1000);
    for (uint16_t word = 1; word <= lex_word_count; word++) {
        size_t len = lexicon_key(word, key);
        assert_int_equal(lexicon_find(key, len), word);
        assert_true(strcmp(before, key) < 0);
        memcpy(before, key, len + 1);
    }
    assert_int_equal(lexicon_find("jex", 2), lexicon_find("je", 2));
}

/* What stands before, between and behind the words of the table. */
static void what_is_no_word_is_not_found(void **state UNUSED)
{
    char key[LEX_KEY_MAX + 2];
    assert_int_equal(lexicon_find("", 0), 0);
    assert_int_equal(lexicon_find("zzzz", 4), 0);
    assert_int_equal(lexicon_find("\xff", 1), 0);
    for (uint16_t word = 1; word <= lex_word_count; word++) {
        size_t len = lexicon_key(word, key);
        key[len] = '\x01';
        assert_int_equal(lexicon_find(key, len + 1), 0);
        key[len - 1]--;
        key[len] = '\x7f';
        assert_int_equal(lexicon_find(key, len + 1), 0);
    }
    assert_int_equal(lexicon_key(0, key), 0);
    assert_string_equal(key, "");
}

static void variants_lead_to_words(void **state UNUSED)
{
    const struct lex_variant *two = lexicon_variant(lexicon_find("da's", 4));
    const struct lex_variant *one = lexicon_variant(lexicon_find("egt", 3));
    assert_non_null(two);
    assert_int_equal(two->words[0], lexicon_find("dat", 3));
    assert_int_equal(two->words[1], lexicon_find("is", 2));
    assert_non_null(one);
    assert_int_equal(one->words[0], lexicon_find("echt", 4));
    assert_int_equal(one->words[1], 0);
    assert_null(lexicon_variant(lexicon_find("je", 2)));
    assert_null(lexicon_variant(0));
}

static void shapes_are_guessed(void **state UNUSED)
{
    assert_true(lex_has(lexicon_guess("gesnorkeld", 10), LEX_PART));
    assert_true(lex_has(lexicon_guess("snorkelen", 9), LEX_INF));
    assert_false(lex_has(lexicon_guess("gym", 3), LEX_PART));
    assert_false(lex_has(lexicon_guess("snorkel", 7), LEX_INF));
}

/* wordc keeps no form of a verb that derive.c makes of its stem; both must think the same. */
static void what_wordc_left_out_is_made(void **state UNUSED)
{
    assert_true(ARRAY_LEN(lex_dropped) > 2000);
    for (size_t i = 0; i < ARRAY_LEN(lex_dropped); i++) {
        const char *key = lex_dropped[i].key;
        struct lex_set made = {{0}};
        assert_int_equal(lexicon_find(key, strlen(key)), 0);
        if (!lexicon_verb(key, strlen(key), &made) ||
            memcmp(&made, &lex_dropped[i].set, sizeof made) != 0)
            fail_msg("not as in the lists: %s", key);
    }
}

static void words_are_known_by_their_parts(void **state UNUSED)
{
    static const struct {
        const char *key;
        unsigned class;
    } cases[] = {
        {"supernetjes", LEX_PRAISE},     {"onzorgvuldige", LEX_VERDICT},
        {"sommetjes", LEX_WORK_NOUN},    {"topteam", LEX_PRAISE_NOUN},
        {"woordtoets", LEX_SCHOOL_NOUN}, {"bedachtzamer", LEX_COMPARATIVE},
        {"nagedaan", LEX_PART},          {"zorgelijke", LEX_EMOTION},
    };
    struct lex_set set;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *key = cases[i].key;
        if (!(lexicon_derive(key, strlen(key), &set) && lex_has(set, cases[i].class)) &&
            !lex_has(set_of(key), cases[i].class))
            fail_msg("%s: %s", key, lex_class_names[cases[i].class]);
    }
    assert_false(lexicon_derive("frunnik", 7, &set));
    assert_false(lexicon_derive("en", 2, &set));
    assert_false(lexicon_verb("tafel", 5, &set));
    assert_false(lexicon_derive("", 0, &set));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_words_by_class),
        cmocka_unit_test(conjugates_regular_verbs),
        cmocka_unit_test(the_table_is_sorted_and_every_word_is_found),
        cmocka_unit_test(what_is_no_word_is_not_found),
        cmocka_unit_test(variants_lead_to_words),
        cmocka_unit_test(shapes_are_guessed),
        cmocka_unit_test(what_wordc_left_out_is_made),
        cmocka_unit_test(words_are_known_by_their_parts),
    };
    return cmocka_run_group_tests_name("language_lexicon", tests, NULL, NULL);
}
