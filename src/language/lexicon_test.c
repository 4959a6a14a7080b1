#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/compiler.h"
#include "gen/words.h"

static struct lex_set set_of(const char *key)
{
    return lexicon_set(lexicon_find(key, strlen(key)));
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

static void the_table_is_sorted_and_every_row_is_found(void **state UNUSED)
{
    assert_true(lex_row_count > 1000);
    for (uint16_t word = 1; word <= lex_row_count; word++) {
        const char *key = lexicon_text(word);
        assert_int_equal(lexicon_find(key, strlen(key)), word);
        assert_true(word == 1 || strcmp(lexicon_text(word - 1), key) < 0);
    }
    assert_int_equal(lexicon_find("zzzz", 4), 0);
    assert_int_equal(lexicon_find("jex", 2), lexicon_find("je", 2));
}

static void variants_lead_to_words(void **state UNUSED)
{
    uint16_t words[2];
    assert_int_equal(lexicon_variant(lexicon_find("da's", 4), words), 2);
    assert_string_equal(lexicon_text(words[0]), "dat");
    assert_string_equal(lexicon_text(words[1]), "is");
    assert_int_equal(lexicon_variant(lexicon_find("egt", 3), words), 1);
    assert_string_equal(lexicon_text(words[0]), "echt");
    assert_int_equal(lexicon_variant(lexicon_find("je", 2), words), 0);
    assert_int_equal(lexicon_variant(0, words), 0);
}

static void shapes_are_guessed(void **state UNUSED)
{
    assert_true(lex_has(lexicon_guess("gesnorkeld", 10), LEX_PART));
    assert_true(lex_has(lexicon_guess("snorkelen", 9), LEX_INF));
    assert_false(lex_has(lexicon_guess("gym", 3), LEX_PART));
    assert_false(lex_has(lexicon_guess("snorkel", 7), LEX_INF));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_words_by_class),
        cmocka_unit_test(conjugates_regular_verbs),
        cmocka_unit_test(the_table_is_sorted_and_every_row_is_found),
        cmocka_unit_test(variants_lead_to_words),
        cmocka_unit_test(shapes_are_guessed),
    };
    return cmocka_run_group_tests_name("language_lexicon", tests, NULL, NULL);
}
