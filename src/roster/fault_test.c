#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "roster/testing.h"

/* Refuses the n-th allocation until the reading gets through; every earlier try must say NOMEM. */
static void survive_every_allocation(const struct roster_source *source, size_t at_least)
{
    struct roster_options options = {.today = TEST_TODAY, .guardians = true};
    for (size_t n = 1;; n++) {
        struct arena *arena = arena_new((size_t)16 * 1024 * 1024);
        assert_non_null(arena);
        arena_fail_at(arena, n);
        struct roster r = {.pupil_count = 12345};
        enum status st = roster_read(arena, source, &options, &r);
        bool failed = arena_failed(arena);
        arena_free(arena);
        if (!failed) {
            assert_int_equal(st, OK);
            assert_true(n > at_least);
            return;
        }
        assert_string_equal(status_name(st), "ERR_NOMEM");
        assert_int_equal(r.pupil_count, 12345);
    }
}

static void memory_may_run_out_anywhere(void **state UNUSED)
{
    static const char *const names[] = {"edexml-good.xml",
                                        "edexml-dangling-group.xml",
                                        "edexml-duplicate-pupil.xml",
                                        "pupils.csv",
                                        "pupils-1252.csv",
                                        "pupils-synonyms.csv",
                                        "staff.csv",
                                        "csv-wide-row.csv",
                                        "or11",
                                        "or12"};
    struct arena *arena = arena_new((size_t)1024 * 1024);
    assert_non_null(arena);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct roster_source source = {.path = fixture_path(arena, names[i])};
        survive_every_allocation(&source, 20);
    }
    arena_free(arena);
}

static void a_full_arena_is_no_memory(void **state UNUSED)
{
    struct arena *arena = arena_new((size_t)1024 * 1024);
    struct arena *small = arena_new((size_t)2 * 1024);
    assert_non_null(arena);
    assert_non_null(small);
    struct roster_source source = {.path = fixture_path(arena, "edexml-good.xml")};
    struct roster_options options = {.today = TEST_TODAY};
    struct roster r;
    assert_int_equal(roster_read(small, &source, &options, &r), ERR_NOMEM);
    arena_free(small);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(a_full_arena_is_no_memory),
    };
    return cmocka_run_group_tests_name("roster faults", tests, NULL, NULL);
}
