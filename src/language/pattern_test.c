#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "gen/words.h"
#include "language/text.h"

static int setup(void **state)
{
    *state = arena_new((size_t)64 << 20);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static uint64_t cues_of(struct arena *arena, const char *source, struct cue_hits *hits)
{
    struct text text;
    assert_int_equal(text_read(arena, source, strlen(source), &text), OK);
    assert_int_equal(text.sentence_count, 1);
    pattern_match(&testing_book, &text, &text.sentences[0], hits);
    return hits->set;
}

static void every_kind_of_part(void **state)
{
    static const struct {
        const char *source;
        uint64_t cues;
    } cases[] = {
        {"je moet beter lezen", CUE(TESTING_CUE_ADVICE)},
        {"je moet echt veel beter lezen", CUE(TESTING_CUE_ADVICE)},
        {"je moet echt heel veel beter lezen", 0},
        {"je moet niet beter lezen", 0},
        {"je moet zelf beter lezen", 0},
        {"Als ik jou was.", CUE(TESTING_CUE_ADVICE)},
        {"Als ik hem was.", 0},
        {"Hoe gaat dat", CUE(TESTING_CUE_FIRST)},
        {"maar hoe gaat dat", CUE(TESTING_CUE_FIRST)},
        {"ik weet hoe dat gaat", 0},
        {"dat weet je toch?", CUE(TESTING_CUE_LAST)},
        {"dat weet je toch", CUE(TESTING_CUE_LAST)},
        {"dat weet je toch niet", 0},
        {"je bent moe, zeg je", CUE(TESTING_CUE_CLAUSE)},
        {"je bent moe van mij", 0},
        {"dat was 4 keer", CUE(TESTING_CUE_NUMBER)},
        {"dat was vier keer", 0},
        {"kies: lezen of rekenen", CUE(TESTING_CUE_MARK)},
        {"eerst rood, blauw, daarna geel", CUE(TESTING_CUE_LIST)},
        {"eerst rood; daarna geel", 0},
        {"heel knap hoor dat je", CUE(TESTING_CUE_MAYBE)},
        {"knap hoor dat je", CUE(TESTING_CUE_MAYBE)},
        {"de tekst \"je moet beter\" lezen", 0},
    };
    struct cue_hits hits;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (cues_of(*state, cases[i].source, &hits) != cases[i].cues)
            fail_msg("%s: %llx", cases[i].source, (unsigned long long)hits.set);
}

static void a_hit_says_where(void **state)
{
    struct cue_hits hits;
    cues_of(*state, "dus je moet echt beter lezen", &hits);
    const struct cue_hit *hit = pattern_hit(&hits, TESTING_CUE_ADVICE);
    assert_non_null(hit);
    assert_int_equal(hit->first, 1);
    assert_int_equal(hit->last, 4);
    assert_null(pattern_hit(&hits, TESTING_CUE_LIST));
}

/* Many hits and many near misses: bounded work, bounded memory. */
static void hostile_repetition(void **state)
{
    static const char part[] = "je moet eerst heel knap ";
    char *source = arena_alloc(*state, TEXT_MAX + 1);
    size_t len = 0;
    while (len + sizeof part < TEXT_MAX) {
        memcpy(source + len, part, sizeof part - 1);
        len += sizeof part - 1;
    }
    struct cue_hits hits;
    cues_of(*state, source, &hits);
    for (size_t i = 0; i < len; i++)
        source[i] = i % 2 ? ' ' : '4';
    cues_of(*state, source, &hits);
    assert_int_equal(hits.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_of_part, setup, teardown),
        cmocka_unit_test_setup_teardown(a_hit_says_where, setup, teardown),
        cmocka_unit_test_setup_teardown(hostile_repetition, setup, teardown),
    };
    return cmocka_run_group_tests_name("language_pattern", tests, NULL, NULL);
}
