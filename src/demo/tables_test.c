#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "base/utf8.h"
#include "demo/calendar.h"
#include "demo/names.h"
#include "demo/people.h"
#include "demo/texts.h"

/* The tables hold what the demo promises: enough, different, and text that can be stored. */

struct seen {
    const char *texts[1000];
    size_t count;
};

static void see(struct seen *seen, const char *text)
{
    assert_true(utf8_valid(text, strlen(text)));
    assert_false(str_is_blank(text));
    for (size_t i = 0; i < seen->count; i++)
        assert_string_not_equal(seen->texts[i], text);
    assert_true(seen->count < ARRAY_LEN(seen->texts));
    seen->texts[seen->count++] = text;
}

static void see_all(struct seen *seen, const struct demo_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        see(seen, texts->list[i]);
}

static void texts_are_many_and_different(void **state UNUSED)
{
    static struct seen seen;
    for (size_t i = 0; i < DEMO_AGES; i++) {
        see_all(&seen, demo_strengths[i]);
        see_all(&seen, demo_worries[i]);
        assert_true(demo_strengths[i]->count > demo_worries[i]->count); /* strengths first */
    }
    assert_true(seen.count >= 150);
    for (size_t i = 0; i < DEMO_MOMENTS; i++)
        see(&seen, demo_showcase[i].texts[0]);
    see_all(&seen, &demo_additions);
    see_all(&seen, &demo_notes);
}

static void names_are_many_and_shares_add_up(void **state UNUSED)
{
    static struct seen calls, families;
    struct arena *arena = arena_new((size_t)1 << 20);
    unsigned shares = 0;
    for (size_t i = 0; i < BACKGROUNDS; i++) {
        const struct demo_names *names = &demo_names[i];
        shares += names->per_hundred;
        for (size_t n = 0; n < names->call_count; n++)
            see(&calls, names->calls[n]);
        for (size_t n = 0; n < names->family_count; n++) {
            /* A prefix stands apart, never in front of the family name. */
            assert_false(str_starts(names->families[n].family, "van "));
            assert_false(str_starts(names->families[n].family, "de "));
            see(&families, arena_printf(arena, "%s, %s", names->families[n].family,
                                        names->families[n].prefix));
        }
    }
    assert_int_equal(shares, 100);
    assert_true(calls.count >= 250);
    assert_true(families.count >= 300);
    arena_free(arena);
}

static void addresses_are_plain(void **state UNUSED)
{
    struct arena *arena = arena_new((size_t)1 << 16);
    assert_string_equal(demo_email(arena, "Çınar", "El Fassi", "x.example"),
                        "cinar.el-fassi@x.example");
    arena_free(arena);
}

static void school_days_are_weekdays_outside_holidays(void **state UNUSED)
{
    assert_true(is_school_day((struct date){2026, 11, 24}));
    assert_false(is_school_day((struct date){2026, 11, 22})); /* Sunday */
    assert_false(is_school_day((struct date){2026, 11, 21}));
    assert_false(is_school_day((struct date){2026, 12, 25}));
    assert_false(is_school_day((struct date){2027, 7, 12}));
    struct arena *arena = arena_new((size_t)1 << 20);
    struct school_days year =
        school_days_between(arena, (struct date){2026, 8, 1}, (struct date){2027, 7, 31});
    assert_in_range(year.count, 190, 210);
    assert_int_equal(date_compare(year.days[0], (struct date){2026, 8, 24}), 0);
    assert_int_equal(school_days_from(&year, (struct date){2026, 8, 1}), 0);
    assert_int_equal(school_days_from(&year, (struct date){2026, 8, 25}), 1);
    assert_int_equal(school_days_from(&year, (struct date){2028, 1, 1}), year.count);
    struct school_days none =
        school_days_between(arena, (struct date){2026, 8, 2}, (struct date){2026, 8, 1});
    assert_int_equal(none.count, 0);
    arena_free(arena);
}

static void secondary_school_counts_on(void **state UNUSED)
{
    assert_int_equal(demo_level(8), 8);
    assert_int_equal(demo_level(11), 9);
    assert_int_equal(demo_level(16), 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_many_and_different),
        cmocka_unit_test(names_are_many_and_shares_add_up),
        cmocka_unit_test(addresses_are_plain),
        cmocka_unit_test(school_days_are_weekdays_outside_holidays),
        cmocka_unit_test(secondary_school_counts_on),
    };
    return cmocka_run_group_tests_name("demo_tables", tests, NULL, NULL);
}
