#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "search/match.h"

static struct search_words words_of(struct arena *arena, const char *query)
{
    struct search_words words;
    if (search_words_read(arena, query, &words) != OK)
        fail_msg("\"%s\" is no query", query);
    return words;
}

/* With what is found between [ and ]. */
static const char *shown(struct arena *arena, struct search_snippet snippet)
{
    const char *text = "";
    for (size_t i = 0; i < snippet.count; i++)
        text = arena_printf(arena, snippet.pieces[i].is_found ? "%s[%s]" : "%s%s", text,
                            snippet.pieces[i].text);
    return text;
}

static void every_word_begins_a_word(void **state UNUSED)
{
    static const struct {
        const char *query, *text;
        bool found;
    } cases[] = {
        {"reken", "Zij gaat rekenen", true},
        {"reken", "dat werd verrekend", false},
        {"zoe", "Zoë lacht", true},
        {"ZOË", "met zoe", true},
        {"zon", "zo'n dag", true},
        {"zo'n", "zon", true},
        {"samen lezen", "Lezen doen we samen.", true},
        {"samen lezen", "Lezen doe ik alleen.", false},
        {"lees leest", "hij leest", true},
        {"leest", "hij lees", false},
        {"34 19", "34 − 19 = 15", true},
        {"ijs", "IJsland", true},
        {"ijs", "Ĳsland", true},
        {"strasse", "Straße", true},
        {"ruzie-achtig", "ruzie achtig", true},
        {"achtig", "ruzie-achtig", true},
        {"ali", "Ali", true},
        {"قلب", "كلمة قلب هنا", true},
        {"o", "op", false}, /* no query at all */
    };
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct search_words words = {.count = 0};
        bool is_query = search_words_read(arena, cases[i].query, &words) == OK;
        bool found = is_query && search_match(&words, cases[i].text) == search_all(&words);
        if (found != cases[i].found)
            fail_msg("\"%s\" in \"%s\": %d", cases[i].query, cases[i].text, found);
    }
    arena_free(arena);
}

static void a_query_wants_a_word(void **state UNUSED)
{
    struct arena *arena = arena_new(1 << 20);
    struct search_words words;
    assert_int_equal(search_words_read(arena, "", &words), ERR_INVALID);
    assert_int_equal(search_words_read(arena, " . ' -", &words), ERR_INVALID);
    assert_int_equal(search_words_read(arena, "a b", &words), ERR_INVALID);
    assert_int_equal(search_words_read(arena, "a bo", &words), OK);
    assert_int_equal(words.count, 2);
    assert_int_equal(search_words_read(arena, "Bo bo BÓ", &words), OK);
    assert_int_equal(words.count, 1);
    assert_int_equal(search_words_read(arena, "aa bb cc dd ee ff gg hh ii jj", &words), OK);
    assert_int_equal(words.count, SEARCH_WORDS_MAX);
    arena_free(arena);
}

static void which_words_were_found_is_told_apart(void **state UNUSED)
{
    struct arena *arena = arena_new(1 << 20);
    struct search_words words = words_of(arena, "noor rekenen");
    assert_int_equal(search_match(&words, "Noor leest"), 1);
    assert_int_equal(search_match(&words, "rekenen"), 2);
    assert_int_equal(search_match(&words, ""), 0);
    assert_int_equal(search_match(&words, "rekenen met Noortje"), 3);
    arena_free(arena);
}

static void the_piece_marks_whole_words(void **state UNUSED)
{
    struct arena *arena = arena_new(1 << 20);
    struct search_words words = words_of(arena, "reken");
    assert_string_equal(
        shown(arena, search_snippet(arena, &words, "Rekenen lukt, en de\nrekenles  ook.")),
        "[Rekenen] lukt, en de [rekenles] ook.");
    assert_string_equal(shown(arena, search_snippet(arena, &words, "niets")), "niets");
    assert_string_equal(shown(arena, search_snippet(arena, &words, "")), "");
    assert_string_equal(shown(arena, search_snippet(arena, &words, "<b>rekenen</b>")),
                        "<b>[rekenen]</b>");
    arena_free(arena);
}

static void a_long_text_is_cut_between_words(void **state UNUSED)
{
    struct arena *arena = arena_new(4 << 20);
    struct search_words words = words_of(arena, "reken");
    const char *before = "", *after = "";
    for (int i = 0; i < 60; i++) {
        before = arena_printf(arena, "%svóór%d ", before, i);
        after = arena_printf(arena, "%s ná%d", after, i);
    }
    const char *piece = shown(
        arena, search_snippet(arena, &words, arena_printf(arena, "%srekenen%s", before, after)));
    assert_true(str_starts(piece, "… vóór"));
    assert_non_null(strstr(piece, "vóór59 [rekenen] ná0 "));
    assert_true(str_ends(piece, " …"));
    assert_true(strlen(piece) < 2 * SEARCH_SNIPPET);
    /* One word longer than a piece stays whole, and a text of found words only has an end. */
    const char *one = arena_printf(arena, "reken%0*d", 400, 0);
    assert_int_equal(strlen(shown(arena, search_snippet(arena, &words, one))), strlen(one) + 2);
    const char *many = "";
    for (int i = 0; i < 500; i++)
        many = arena_printf(arena, "%sreken ", many);
    assert_true(strlen(shown(arena, search_snippet(arena, &words, many))) < 3 * SEARCH_SNIPPET);
    arena_free(arena);
}

static void no_memory_is_an_empty_piece(void **state UNUSED)
{
    struct arena *arena = arena_new(1 << 20);
    struct search_words words = words_of(arena, "reken");
    arena_fail_at(arena, 1);
    assert_int_equal(search_snippet(arena, &words, "rekenen").count, 0);
    arena_reset(arena);
    arena_fail_at(arena, 1);
    assert_int_equal(search_words_read(arena, "reken", &words), ERR_NOMEM);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_begins_a_word),
        cmocka_unit_test(a_query_wants_a_word),
        cmocka_unit_test(which_words_were_found_is_told_apart),
        cmocka_unit_test(the_piece_marks_whole_words),
        cmocka_unit_test(a_long_text_is_cut_between_words),
        cmocka_unit_test(no_memory_is_an_empty_piece),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
