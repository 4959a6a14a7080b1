#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "roster/testing.h"

/*
 * Published sample files of others, read from where they lie (WEERKLANK_SHARED, or ../shared beside
 * the sources); they are not part of the project, so without them these tests are skipped.
 */
static int make_arena(void **state)
{
    *state = arena_new((size_t)64 * 1024 * 1024);
    return *state ? 0 : -1;
}

static int drop_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static struct roster read_sample(struct arena *arena, const char *name)
{
    const char *path = sample_path(arena, name);
    assert_non_null(path);
    return read_path(arena, path);
}

static void edexml_1_03(void **state)
{
    struct roster r = read_sample(*state, "edexml-1.03-school.xml");
    assert_int_equal(r.error_count, 0);
    assert_int_equal(r.format, ROSTER_EDEXML);
    assert_int_equal(r.school_year, 2012);
    assert_string_equal(r.brin, "99XX");
    assert_int_equal(r.group_count, 19);
    assert_int_equal(r.pupil_count, 400);
    assert_int_equal(r.staff_count, 29);
    size_t only_year = 0;
    size_t no_birth_date = 0;
    size_t left = 0;
    for (size_t i = 0; i < r.pupil_count; i++) {
        only_year += !*r.pupils[i].home_group && r.pupils[i].year != ROSTER_YEAR_UNKNOWN;
        no_birth_date += !date_is_set(r.pupils[i].born);
        left += r.pupils[i].left;
        assert_true(r.pupils[i].year != ROSTER_YEAR_UNKNOWN);
    }
    assert_int_equal(only_year, 11);
    assert_int_equal(no_birth_date, 2);
    assert_int_equal(left, 2);
    assert_int_equal(count_dropped(&r, "sofinummer"), 5);
    assert_int_equal(count_dropped(&r, "etniciteit"), 400);
    assert_int_equal(count_dropped(&r, "postcodenl"), 24);
    assert_nowhere(&r, "123456976");
    assert_string_equal(find_pupil(&r, "3580")->name.display, "Anouska v. d. Aa");
}

static void edexml_2_1(void **state)
{
    struct roster r = read_sample(*state, "edexml-2.1-example.xml");
    assert_int_equal(r.error_count, 0);
    assert_int_equal(r.pupil_count, 3);
    assert_int_equal(r.staff_count, 3);
    assert_int_equal(r.location_count, 2);
    assert_int_equal(r.group_count, 8);
    const struct roster_pupil *first = find_pupil(&r, "00001");
    assert_non_null(first);
    assert_string_equal(first->home_group, "GRP4B");
    assert_int_equal(first->other_group_count, 2);
    assert_string_equal(first->location, "VH");
    assert_true(find_pupil(&r, "12345")->left);
    assert_string_equal(find_pupil(&r, "00002")->name.display, "Isma\u00ebl Hassan Assati");
    assert_int_equal(count_dropped(&r, "bsn"), 1);
    assert_int_equal(count_dropped(&r, "bsn_ondwnr-4"), 1);
    assert_nowhere(&r, "133456785");
    assert_int_equal(r.staff[1].group_count, 5);
    assert_string_equal(r.staff[1].role, "Manusje van alles");
}

static void oneroster_delta(void **state)
{
    struct roster r = read_sample(*state, "oneroster-1.2-delta.zip");
    assert_int_equal(r.error_count, 0);
    assert_int_equal(r.format, ROSTER_ONEROSTER_1_2);
    assert_true(r.delta);
    assert_int_equal(r.covers, 0);
    assert_int_equal(r.pupil_count, 1);
    assert_int_equal(r.staff_count, 0);
    assert_int_equal(r.group_count, 1);
    assert_int_equal(r.location_count, 1);
    assert_int_equal(r.membership_count, 1);
    assert_true(r.memberships[0].is_pupil);
    assert_string_equal(r.memberships[0].group, "CLASS_001");
    assert_string_equal(r.groups[0].subject, "Crime Fighting 101");
    assert_string_equal(date_text(r.pupils[0].born).s, "2010-04-17");
    assert_int_equal(r.school_year, 2023);
    assert_int_equal(count_dropped(&r, "password"), 1);
    assert_nowhere(&r, "Batman.Ru1ez");
}

static void sds(void **state)
{
    struct roster r = read_sample(*state, "sds-2.1");
    assert_int_equal(r.error_count, 0);
    assert_int_equal(r.format, ROSTER_SDS_2_1);
    assert_int_equal(r.pupil_count, 4);
    assert_int_equal(r.staff_count, 2);
    assert_int_equal(r.guardian_count, 0);
    assert_int_equal(r.group_count, 2);
    assert_int_equal(r.location_count, 4);
    assert_int_equal(r.school_year, 2021);
    assert_int_equal(count_dropped(&r, "password"), 8);
    assert_nowhere(&r, "P@ssword123");
    const struct roster_pupil *jack = find_pupil(&r, "114001");
    assert_string_equal(jack->name.display, "Jack Craig");
    assert_int_equal(jack->other_group_count, 1);
    assert_string_equal(jack->other_groups[0], "112002");
    assert_false(jack->left); /* the role ended with the school year of the file */
}

static void sds_with_parents(void **state)
{
    const char *path = sample_path(*state, "sds-2.1");
    assert_non_null(path);
    struct roster r;
    struct roster_options options = {.guardians = true};
    assert_int_equal(roster_read(*state, &(struct roster_source){.path = path}, &options, &r), OK);
    assert_int_equal(r.error_count, 0);
    assert_int_equal(r.guardian_count, 2);
    assert_int_equal(r.guardians[0].pupil_count, 2);
    assert_string_equal(r.guardians[1].pupils[0], "114004");
    assert_nowhere(&r, "1234567890");
}

static bool samples_are_here(void)
{
    struct arena *arena = arena_new((size_t)64 * 1024);
    bool here = arena && sample_path(arena, "edexml-1.03-school.xml");
    arena_free(arena);
    return here;
}

int main(void)
{
    if (!samples_are_here()) {
        /* Not cmocka's skip(): its TAP says "not ok # SKIP", which counts as a failure. */
        puts("1..0 # SKIP the published samples are not on this machine");
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(edexml_1_03, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(edexml_2_1, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(oneroster_delta, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(sds, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(sds_with_parents, make_arena, drop_arena),
    };
    return cmocka_run_group_tests_name("roster samples", tests, NULL, NULL);
}
