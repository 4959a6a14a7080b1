#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdalign.h>

#include "base/arena.h"

static void memory_is_zeroed_aligned_and_apart(void **state UNUSED)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    assert_non_null(arena);
    unsigned char *before = NULL;
    for (size_t size = 0; size < 300; size++) {
        unsigned char *memory = arena_alloc(arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xA5, size);
        if (before)
            assert_int_equal(before[0], size > 1 ? 0xA5 : 0);
        before = size ? memory : NULL;
    }
    arena_reset(arena);
    const unsigned char *again = arena_alloc(arena, 256);
    for (size_t i = 0; i < 256; i++)
        assert_int_equal(again[i], 0);
    arena_free(arena);
}

static void the_cap_holds_and_failure_sticks(void **state UNUSED)
{
    struct arena *arena = arena_new(1000);
    assert_non_null(arena_alloc(arena, 900));
    assert_false(arena_failed(arena));
    assert_null(arena_alloc(arena, 200));
    assert_true(arena_failed(arena));
    assert_null(arena_alloc(arena, 1)); /* it would fit, but the work is lost already */
    assert_string_equal(arena_strdup(arena, "text"), "");
    assert_string_equal(arena_printf(arena, "%d", 7), "");
    assert_null(arena_memdup(arena, "text", 4));
    arena_reset(arena);
    assert_false(arena_failed(arena));
    assert_string_equal(arena_strdup(arena, "text"), "text");
    arena_free(arena);
}

static void a_cap_below_one_chunk_is_used_to_the_end(void **state UNUSED)
{
    struct arena *arena = arena_new(160);
    for (int i = 0; i < 10; i++)
        assert_non_null(arena_alloc(arena, 16));
    assert_int_equal(arena_used(arena), 160);
    assert_null(arena_alloc(arena, 1));
    arena_free(arena);
}

static void absurd_sizes_are_refused(void **state UNUSED)
{
    static const size_t absurd[] = {SIZE_MAX,      SIZE_MAX - 1,  SIZE_MAX - 15,
                                    SIZE_MAX - 16, SIZE_MAX - 47, PTRDIFF_MAX - 15};
    for (size_t i = 0; i < ARRAY_LEN(absurd); i++) {
        struct arena *arena = arena_new(SIZE_MAX);
        assert_null(arena_alloc(arena, absurd[i]));
        assert_true(arena_failed(arena));
        arena_reset(arena);
        assert_null(arena_array(arena, absurd[i], 2));
        assert_true(arena_failed(arena));
        arena_free(arena);
    }
    struct arena *arena = arena_new(SIZE_MAX);
    assert_string_equal(arena_strndup(arena, "x", SIZE_MAX), "");
    assert_true(arena_failed(arena));
    arena_reset(arena);
    assert_null(arena_array(arena, SIZE_MAX / 2, 3));
    arena_reset(arena);
    assert_non_null(arena_array(arena, 0, 8));
    assert_non_null(arena_array(arena, 8, 0));
    arena_free(arena);
}

static void a_mark_gives_back_what_came_after_it(void **state UNUSED)
{
    struct arena *arena = arena_new((size_t)4 << 20);
    struct arena_mark empty = arena_mark(arena);
    const char *kept = arena_strdup(arena, "kept");
    struct arena_mark mark = arena_mark(arena);
    size_t used = arena_used(arena);
    for (int round = 0; round < 1000; round++) { /* would pass the cap if anything stayed behind */
        assert_non_null(arena_alloc(arena, 40000));
        assert_non_null(arena_alloc(arena, 40000));
        assert_non_null(arena_alloc(arena, 200000));
        arena_rewind(arena, mark);
        assert_int_equal(arena_used(arena), used);
    }
    assert_string_equal(kept, "kept");
    arena_rewind(arena, empty);
    assert_int_equal(arena_used(arena), 0);
    assert_non_null(arena_alloc(arena, 100));
    assert_false(arena_failed(arena));
    arena_free(arena);
}

static void a_reset_keeps_the_cap_honest(void **state UNUSED)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    for (int round = 0; round < 50; round++) {
        assert_non_null(arena_alloc(arena, 10));
        assert_non_null(arena_alloc(arena, 900000));
        assert_null(arena_alloc(arena, 200000));
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_free(arena);
    arena = arena_new((size_t)1 << 20);
    assert_non_null(arena_alloc(arena, 900000)); /* a first chunk that is too large to keep */
    arena_reset(arena);
    assert_non_null(arena_alloc(arena, 1000000));
    arena_free(arena);
}

static void the_nth_allocation_can_be_refused(void **state UNUSED)
{
    struct arena *arena = arena_new(100000);
    for (size_t nth = 1; nth <= 5; nth++) {
        arena_reset(arena);
        arena_fail_at(arena, nth);
        for (size_t i = 1; i <= 5; i++)
            assert_int_equal(arena_alloc(arena, 8) != NULL, i < nth);
        assert_true(arena_failed(arena));
    }
    arena_reset(arena);
    arena_fail_at(arena, 2);
    arena_fail_at(arena, 0);
    for (int i = 0; i < 5; i++)
        assert_non_null(arena_alloc(arena, 8));
    arena_free(arena);
}

static void copies_are_exact(void **state UNUSED)
{
    struct arena *arena = arena_new(200000);
    assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
    assert_string_equal(arena_strndup(arena, "abc", 0), "");
    assert_string_equal(arena_printf(arena, "%s-%03d", "a", 7), "a-007");
    assert_memory_equal(arena_memdup(arena, "a\0b", 3), "a\0b", 3);
    char *large = arena_printf(arena, "%*d", 70000, 1);
    assert_int_equal(strlen(large), 70000);
    arena_free(arena);
    arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(the_cap_holds_and_failure_sticks),
        cmocka_unit_test(a_cap_below_one_chunk_is_used_to_the_end),
        cmocka_unit_test(absurd_sizes_are_refused),
        cmocka_unit_test(a_mark_gives_back_what_came_after_it),
        cmocka_unit_test(a_reset_keeps_the_cap_honest),
        cmocka_unit_test(the_nth_allocation_can_be_refused),
        cmocka_unit_test(copies_are_exact),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
