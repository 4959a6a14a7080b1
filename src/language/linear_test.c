#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "language/mirror.h"
#include "language/sharpen.h"
#include "language/text.h"

/*
 * That the instruments are linear in the text. Not by a clock: the compiler makes a copy of them
 * that calls __sanitizer_cov_trace_pc() at each branch it takes (see src/meson.build), and here
 * those are counted. The same text gives the same count on every machine.
 */

#define TIMES ((size_t)8)

static uint64_t steps;

void __sanitizer_cov_trace_pc(void);

void __sanitizer_cov_trace_pc(void)
{
    steps++;
}

/* Each is said again and again, without a point unless it has one: what a rule looks for, far from
 * where it looks. */
static const char *const sayings[] = {
    "en heb je ",
    "of je ",
    "heb je dat of je dat ",
    "hoe kan ik of ",
    "wanneer hou je wat beter of of ",
    ", wat ",
    "wat, ",
    "en wat en waarom ",
    "waar of wie of ",
    "je moet beter opletten ",
    "ik hoor je zeggen dat ",
    "dat je bang bent ",
    "vertel eens ",
    "dus ",
    "zeg ",
    "oke, ",
    "Sara, ",
    "toch he ",
    "hoe goed de ",
    "wat als ",
    "niet ",
    "\"wie\" ",
    "\" ",
    "' ",
    "( ",
    "1. ",
    "1,5 x ",
    "K: ",
    "klopt dat? ",
    "Hoe gaat het? ",
    "Waarom heb je je boek niet mee? En wat nu? ",
    "a",
    "-",
    "...",
    "A-b'",
};

static const char *said_again(struct arena *arena, const char *saying, size_t len)
{
    char *text = arena_alloc(arena, len + 1);
    assert_non_null(text);
    for (size_t i = 0, n = strlen(saying); i < len; i++)
        text[i] = saying[i % n];
    text[len] = '\0';
    return text;
}

static uint64_t steps_of_mirror(struct arena *arena, const char *saying, size_t len)
{
    struct mirror_verdict verdict;
    arena_reset(arena);
    const char *text = said_again(arena, saying, len);
    steps = 0;
    assert_int_equal(mirror_judge(arena, text, len, &verdict), OK);
    return steps;
}

static uint64_t steps_of_sharpener(struct arena *arena, const char *saying, size_t len)
{
    struct sharpen sharpen;
    arena_reset(arena);
    const char *text = said_again(arena, saying, len);
    steps = 0;
    assert_int_equal(sharpen_read(arena, text, len, &sharpen), OK);
    return steps;
}

/* Eight times the text, and no more than eight times the steps and three in ten. */
static void expect_linear(const char *saying, uint64_t of_short, uint64_t of_long)
{
    assert_true(of_short > 0);
    if (of_long * 10 > of_short * TIMES * 13)
        fail_msg("\"%s\": %llu steps, and of a text %zu times as long %llu", saying,
                 (unsigned long long)of_short, TIMES, (unsigned long long)of_long);
}

static void the_mirror_is_linear(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(sayings); i++)
        expect_linear(sayings[i], steps_of_mirror(*state, sayings[i], TEXT_MAX / TIMES),
                      steps_of_mirror(*state, sayings[i], TEXT_MAX));
}

static void the_sharpener_is_linear(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(sayings); i++)
        expect_linear(sayings[i], steps_of_sharpener(*state, sayings[i], SHARPEN_MAX / TIMES),
                      steps_of_sharpener(*state, sayings[i], SHARPEN_MAX));
}

static int setup(void **state)
{
    *state = arena_new((size_t)256 << 20);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_mirror_is_linear, setup, teardown),
        cmocka_unit_test_setup_teardown(the_sharpener_is_linear, setup, teardown),
    };
    return cmocka_run_group_tests_name("language_linear", tests, NULL, NULL);
}
