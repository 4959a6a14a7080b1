#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"
#include "language/score.h"

static const char *const labels[] = {"a", "b", "c"};

static int setup(void **state)
{
    *state = arena_new((size_t)1 << 20);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void reads_a_table(void **state)
{
    static const char text[] = "id\ttext\tlabel\n1\tJa \"zo\"\ta\n\n2\tkort\n3\t\tb\textra\n";
    struct score_table table;
    size_t column;
    assert_int_equal(score_table_read(*state, text, strlen(text), &table), OK);
    assert_int_equal(table.row_count, 3);
    assert_int_equal(score_column(&table, "label", &column), OK);
    assert_int_equal(column, 2);
    assert_string_equal(score_cell(&table, 0, 1), "Ja \"zo\"");
    assert_string_equal(score_cell(&table, 0, 2), "a");
    assert_string_equal(score_cell(&table, 1, 2), "");
    assert_string_equal(score_cell(&table, 2, 2), "b");
    assert_int_equal(score_column(&table, "also", &column), ERR_NOT_FOUND);
    assert_int_equal(score_table_read(*state, "", 0, &table), ERR_INVALID);
    arena_fail_at(*state, 2);
    assert_int_equal(score_table_read(*state, text, strlen(text), &table), ERR_NOMEM);
}

/* Worked out by hand: a 2 of 3 right, b 1 of 1, c never said. */
static void counts_as_by_hand(void **state UNUSED)
{
    struct score score;
    score_init(&score, labels, 3);
    score_add(&score, "a", "-", 0);
    score_add(&score, "a", "-", 0);
    score_add(&score, "a", "c,b", 1);
    score_add(&score, "b", "-", 1);
    score_add(&score, "c", "ab", 0);
    score_add(&score, "label", "-", 0);
    assert_int_equal(score.rows, 5);
    assert_int_equal(score.unknown, 1);
    assert_int_equal(score.right, 3);
    assert_int_equal(score.lenient, 4);
    assert_float_equal(score_accuracy(&score), 0.6, 1e-9);
    assert_float_equal(score_precision(&score, 0), 2.0 / 3, 1e-9);
    assert_float_equal(score_recall(&score, 0), 2.0 / 3, 1e-9);
    assert_float_equal(score_precision(&score, 1), 0.5, 1e-9);
    assert_float_equal(score_f1(&score, 1), 2.0 / 3, 1e-9);
    assert_float_equal(score_f1(&score, 2), 0, 1e-9);
    assert_float_equal(score_macro_f1(&score), 4.0 / 9, 1e-9);
}

static void nothing_scored_is_zero(void **state UNUSED)
{
    struct score score;
    score_init(&score, labels, 3);
    assert_float_equal(score_accuracy(&score), 0, 1e-9);
    assert_float_equal(score_macro_f1(&score), 0, 1e-9);
    assert_float_equal(score_precision(&score, 2), 0, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_a_table, setup, teardown),
        cmocka_unit_test(counts_as_by_hand),
        cmocka_unit_test(nothing_scored_is_zero),
    };
    return cmocka_run_group_tests_name("language_score", tests, NULL, NULL);
}
