#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/compiler.h"
#include "base/random.h"

static void the_same_seed_gives_the_same_bytes(void **state UNUSED)
{
    struct random a = random_seeded(7);
    struct random b = random_seeded(7);
    struct random c = random_seeded(8);
    unsigned char from_a[64], from_b[64], from_c[64], next[64];
    random_fill(&a, from_a, sizeof from_a);
    random_fill(&b, from_b, sizeof from_b);
    random_fill(&c, from_c, sizeof from_c);
    assert_memory_equal(from_a, from_b, sizeof from_a);
    assert_memory_not_equal(from_a, from_c, sizeof from_a);
    random_fill(&a, next, sizeof next);
    assert_memory_not_equal(from_a, next, sizeof next);
    /* What one call asked for does not shift what the next one gets. */
    struct random d = random_seeded(7);
    unsigned char one;
    random_fill(&d, &one, 1);
    assert_int_equal(one, from_a[0]);
    random_fill(&d, from_b, sizeof from_b);
    assert_memory_equal(next, from_b, sizeof next);
}

static void the_system_does_not_repeat_itself(void **state UNUSED)
{
    struct random random = random_system();
    unsigned char a[32], b[32];
    random_fill(&random, a, sizeof a);
    random_fill(&random, b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

static void draws_are_spread_evenly(void **state UNUSED)
{
    struct random random = random_seeded(3);
    enum { SIDES = 6, DRAWS = 60000 };
    int count[SIDES] = {0};
    for (int i = 0; i < DRAWS; i++) {
        uint32_t draw = random_below(&random, SIDES);
        assert_true(draw < SIDES);
        count[draw]++;
    }
    for (int i = 0; i < SIDES; i++) /* 10,000 each; 5 standard deviations are 456 */
        assert_in_range(count[i], 9500, 10500);
    for (int i = 0; i < 100; i++)
        assert_int_equal(random_below(&random, 1), 0);
}

/* 0, 1, 2 … as 32-bit values: shows which of them a draw refuses. */
static void count_up(struct random *self, void *to, size_t len)
{
    uint32_t value = (uint32_t)self->counter++;
    assert_int_equal(len, sizeof value);
    memcpy(to, &value, sizeof value);
}

static void values_that_would_bias_are_drawn_again(void **state UNUSED)
{
    uint32_t below =
        UINT32_C(3) << 30; /* 2^32 mod below = 2^30: the first 2^30 values are refused */
    struct random random = {.fill = count_up, .counter = (UINT32_C(1) << 30) - 2};
    assert_int_equal(random_below(&random, below), UINT32_C(1) << 30);
    assert_int_equal(random.counter, (UINT32_C(1) << 30) + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_bytes),
        cmocka_unit_test(the_system_does_not_repeat_itself),
        cmocka_unit_test(draws_are_spread_evenly),
        cmocka_unit_test(values_that_would_bias_are_drawn_again),
    };
    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
