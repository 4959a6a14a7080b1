#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "gen/words.h"
#include "language/text.h"

static int setup(void **state)
{
    *state = arena_new((size_t)32 << 20);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

/* Tokens as "je|snap|het|?", sentences divided by " / ", quoted words in brackets, start with ^. */
static const char *shown(struct arena *arena, const char *source)
{
    struct text text;
    assert_int_equal(text_read(arena, source, strlen(source), &text), OK);
    struct buf buf;
    buf_init(&buf, 4096);
    for (size_t s = 0; s < text.sentence_count; s++) {
        const struct sentence *sentence = &text.sentences[s];
        buf_add_str(&buf, s ? " / " : "");
        buf_add_str(&buf, sentence->pupil ? "PUPIL " : "");
        for (uint32_t i = sentence->first; i < sentence->end; i++) {
            const struct token *t = &text.tokens[i];
            buf_add_str(&buf, i > sentence->first ? "|" : "");
            buf_add_str(&buf, i == sentence->start && i > sentence->first ? "^" : "");
            if (t->kind == TOKEN_MARK)
                buf_add_char(&buf, t->mark);
            else
                buf_printf(&buf, t->flags & TOKEN_QUOTED ? "<%s>" : "%s", t->key);
        }
    }
    const char *result = arena_strdup(arena, buf.data);
    buf_free(&buf);
    return result;
}

struct shown_case {
    const char *source, *tokens;
};

static void check_all(struct arena *arena, const struct shown_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(shown(arena, cases[i].source), cases[i].tokens);
}

static void words_numbers_and_marks(void **state)
{
    static const struct shown_case cases[] = {
        {"", ""},
        {"  \n\t ", ""},
        {"Snap je het?", "snap|je|het|?"},
        {"Hè, zó'n ínteressant vóórbeeld", "he|,|^zo|een|interessant|voorbeeld"},
        {"taak-werkhouding IB'er AVI-M5", "taak-werkhouding|ib'er|avi-m5"},
        {"'t Is 's avonds", "het|is|eens|avonds"},
        {"Da's egt tof", "dat|is|echt|tof"},
        {"Wat?! Echt!?", "wat|? / echt|?"},
        {"Wacht... of niet…", "wacht|~|of|niet|~"},
        {"6 x 4 = 4,5 en 10.30", "6|x|4|=|4,5|en|10.30"},
        {"Eén van de één", "één|van|de|één"},
        {"EEN IJSJE œuvre", "een|ijsje|oeuvre"},
        {"mooi\xC2\xA0zo", "mooi|zo"},
        {"\xF0\x9F\x98\x80 fijn", "o|^fijn"},
    };
    check_all(*state, cases, ARRAY_LEN(cases));
}

static void sentences_end_where_people_end_them(void **state)
{
    static const struct shown_case cases[] = {
        {"Goed. Ga zitten.", "goed|. / ga|zitten|."},
        {"Neem bijv. blz. 4 en 5.", "neem|bijv|.|blz|.|4|en|5|."},
        {"Dat is d.w.z. niet nu. Kom.", "dat|is|dwz|niet|nu|. / kom|."},
        {"1. Lees de tekst", "1|.|lees|de|tekst"},
        {"Is dat 4.5? ja", "is|dat|4.5|? / ja"},
        {"eerst dit\ndan dat", "eerst|dit / dan|dat"},
        {"Hij zei: \"Kom je? Nu!\" en ging.", "hij|zei|:|\"|<kom>|<je>|?|<nu>|!|\"|en|ging|."},
        {"(Weet je het?) Goed.", "(|^weet|je|het|?|) / goed|."},
    };
    check_all(*state, cases, ARRAY_LEN(cases));
}

static void quotes_are_one_mark(void **state)
{
    static const struct shown_case cases[] = {
        {"wat is \u201Eonmiddellijk\u201D", "wat|is|\"|<onmiddellijk>|\""},
        {"wat is 'onmiddellijk'?", "wat|is|\"|<onmiddellijk>|\"|?"},
        {"wat is \u2018onmiddellijk\u2019?", "wat|is|\"|<onmiddellijk>|\"|?"},
        {"wat is ,,onmiddellijk\"", "wat|is|\"|<onmiddellijk>|\""},
        {"\"Snap je het?\"", "\"|^snap|je|het|?|\""},
        {"\"Wat is 'zon'?\"", "\"|^wat|is|\"|<zon>|\"|?|\""},
        {"een \" alleen", "een|\"|alleen"},
    };
    check_all(*state, cases, ARRAY_LEN(cases));
}

static void what_says_nothing_is_left_out(void **state)
{
    static const struct shown_case cases[] = {
        {"Milan, snap je het?", "snap|je|het|?"},
        {"Hé Milan, kom je?", "he|^kom|je|?"},
        {"Snap je het, Sara?", "snap|je|het|?"},
        {"waarom heb je dat gedaan fatima", "waarom|heb|je|dat|gedaan"},
        {"Ben je boos op Lisa?", "ben|je|boos|op|lisa|?"},
        {"Oké, maar nou wil ik weten", "oke|,|maar|nou|^wil|ik|weten"},
        {"Juf: Hoe gaat het?", "hoe|gaat|het|?"},
        {"[00:12] L: Hoe gaat het?\nK: Goed.", "hoe|gaat|het|? / PUPIL goed|."},
        {"Goed zo", "goed|zo"},
    };
    check_all(*state, cases, ARRAY_LEN(cases));
}

static void limits_are_kept(void **state)
{
    struct arena *arena = *state;
    struct text text;
    char *large = arena_alloc(arena, TEXT_MAX + 1);
    memset(large, 'a', TEXT_MAX + 1);
    assert_int_equal(text_read(arena, large, TEXT_MAX + 1, &text), ERR_LIMIT);
    assert_int_equal(text_read(arena, large, TEXT_MAX, &text), OK);
    assert_int_equal(text.count, 1);
    assert_int_equal(text_read(arena, "a\xFF", 2, &text), ERR_INVALID);
    assert_int_equal(text_read(arena, "a\0b", 3, &text), ERR_INVALID);
    for (size_t n = 1; n <= 4; n++) {
        arena_fail_at(arena, n);
        assert_int_equal(text_read(arena, "Snap je het?", 12, &text), ERR_NOMEM);
        arena_reset(arena);
    }
}

static void places_are_in_the_original(void **state)
{
    static const char source[] = "„Hé, Zoë…” zei 't kind: één ij\u0133s?";
    struct text text;
    assert_int_equal(text_read(*state, source, strlen(source), &text), OK);
    for (size_t i = 0; i < text.count; i++) {
        const struct token *t = &text.tokens[i];
        assert_true(t->len > 0 && t->at + t->len <= strlen(source));
        assert_true(utf8_valid(source + t->at, t->len));
        assert_true(i == 0 || t->at >= text.tokens[i - 1].at);
    }
}

/* A word alone is the least room a text gives its keys: of the words of the table and of what the
 * variants stand for. The sanitizer sees a byte too far. */
static void every_word_alone_has_room(void **state)
{
    for (uint16_t word = 1; word <= lex_word_count; word++) {
        char key[LEX_KEY_MAX + 1];
        struct text text;
        size_t len = lexicon_key(word, key);
        arena_reset(*state);
        assert_int_equal(text_read(*state, key, len, &text), OK);
        assert_true(text.count > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_numbers_and_marks, setup, teardown),
        cmocka_unit_test_setup_teardown(sentences_end_where_people_end_them, setup, teardown),
        cmocka_unit_test_setup_teardown(quotes_are_one_mark, setup, teardown),
        cmocka_unit_test_setup_teardown(what_says_nothing_is_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(limits_are_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(every_word_alone_has_room, setup, teardown),
        cmocka_unit_test_setup_teardown(places_are_in_the_original, setup, teardown),
    };
    return cmocka_run_group_tests_name("language_text", tests, NULL, NULL);
}
