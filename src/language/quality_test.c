#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/compiler.h"
#include "base/str.h"
#include "base/utf8.h"
#include "language/mirror.h"
#include "language/score.h"

/*
 * How well the mirror labels turns that people labelled: those of tests/language, and those of
 * ../shared/data (or WEERKLANK_SHARED) where that folder is. The bars are below what is reached
 * today, so that a change of a list that helps one class and harms another is seen.
 */

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

static bool read_file(const char *path, struct buf *buf)
{
    FILE *file = fopen(path, "rbe");
    char part[8192];
    buf_init(buf, (size_t)8 << 20);
    for (size_t n; file && (n = fread(part, 1, sizeof part, file)) > 0;)
        buf_add(buf, part, n);
    if (file)
        (void)fclose(file);
    return file != NULL;
}

/* Adds the rows of a file; false when there is no such file. */
static bool add_file(struct arena *arena, const char *path, struct score *score)
{
    struct buf buf;
    bool found = read_file(path, &buf);
    if (found) {
        struct arena *of_turn = arena_new((size_t)16 << 20);
        struct score_table table;
        size_t text, label, also;
        assert_non_null(of_turn);
        assert_int_equal(score_table_read(arena, buf.data, buf.len, &table), OK);
        assert_int_equal(score_column(&table, "text", &text), OK);
        assert_int_equal(score_column(&table, "label", &label), OK);
        assert_int_equal(score_column(&table, "also", &also), OK);
        for (size_t row = 0; row < table.row_count; row++) {
            const char *turn = score_cell(&table, row, text);
            struct mirror_verdict verdict;
            arena_reset(of_turn);
            assert_int_equal(mirror_judge(of_turn, turn, strlen(turn), &verdict), OK);
            score_add(score, score_cell(&table, row, label), score_cell(&table, row, also),
                      verdict.label);
        }
        arena_free(of_turn);
    }
    buf_free(&buf);
    return found;
}

static const char *source_path(struct arena *arena, const char *path)
{
    const char *root = getenv("WEERKLANK_SOURCE");
    return arena_printf(arena, "%s/%s", root ? root : ".", path);
}

static const char *shared_path(struct arena *arena)
{
    const char *shared = getenv("WEERKLANK_SHARED");
    if (shared)
        return arena_printf(arena, "%s/data/question-mirror-dev.tsv", shared);
    return source_path(arena, "../shared/data/question-mirror-dev.tsv");
}

static void turns_of_our_own(void **state)
{
    struct score score;
    score_init(&score, mirror_label_names, MIRROR_LABELS);
    for (size_t i = 0; i < MIRROR_LABELS; i++)
        assert_true(
            add_file(*state,
                     source_path(*state, arena_printf(*state, "tests/language/mirror_%s.tsv",
                                                      mirror_label_names[i])),
                     &score));
    assert_int_equal(score.unknown, 0);
    assert_true(score.rows > 1000);
    if (score_accuracy(&score) < 0.90 || score_macro_f1(&score) < 0.91) {
        score_print(&score, stderr);
        fail();
    }
    for (size_t i = 0; i < MIRROR_LABELS; i++)
        if (score_f1(&score, i) < 0.70)
            fail_msg("%s: F1 %.3f", mirror_label_names[i], score_f1(&score, i));
    assert_true(score_precision(&score, MIRROR_LEADING) >= 0.93);
    assert_true(score_precision(&score, MIRROR_WHY) >= 0.93);
    assert_true(score_precision(&score, MIRROR_OPINION) >= 0.90);
}

static void turns_of_the_shared_set(void **state)
{
    struct score score;
    score_init(&score, mirror_label_names, MIRROR_LABELS);
    if (!add_file(*state, shared_path(*state), &score)) {
        /* Not cmocka's skip(): its TAP says "not ok # SKIP", which counts as a failure. */
        print_message("# SKIP the shared set is not on this machine\n");
        return;
    }
    if (score_accuracy(&score) < 0.92 || score_macro_f1(&score) < 0.92) {
        score_print(&score, stderr);
        fail();
    }
}

/* What does not change the words changes no verdict. */
struct constancy {
    size_t turns, by_capital;
};

static struct mirror_verdict judge(struct arena *arena, const char *turn)
{
    struct mirror_verdict verdict;
    arena_reset(arena);
    assert_int_equal(mirror_judge(arena, turn, strlen(turn), &verdict), OK);
    return verdict;
}

static void expect_label(struct arena *arena, const char *changed, const char *turn,
                         enum mirror_label label)
{
    struct mirror_verdict verdict = judge(arena, changed);
    if (verdict.label != label)
        fail_msg("%s: %s, not %s as \"%s\"", changed, mirror_label_names[verdict.label],
                 mirror_label_names[label], turn);
}

/* Each " and ' that opens or closes a word as a curly one. */
static void curl(const char *turn, struct buf *to_buf)
{
    for (const char *at = turn; *at; at++) {
        bool inside = at > turn && at[-1] != ' ' && at[1] && at[1] != ' ';
        if (*at == '"')
            buf_add_str(to_buf, at == turn || at[-1] == ' ' ? "\u201E" : "\u201D");
        else if (*at == '\'' && inside)
            buf_add_str(to_buf, "\u2019");
        else
            buf_add_char(to_buf, *at);
    }
    buf_add_char(to_buf, '\0');
}

static void check_spans(const char *turn, const struct mirror_verdict *verdict)
{
    uint32_t before = 0;
    for (size_t k = 0; k < verdict->span_count; k++) {
        struct mirror_span span = verdict->spans[k];
        assert_true(span.len > 0 && span.at >= before && span.at + span.len <= strlen(turn));
        assert_true(utf8_valid(turn + span.at, span.len));
        before = span.at + span.len;
    }
}

/* A rewrite is open, or gives back, and leaves nothing to rewrite. */
static void check_rewrites(struct arena *arena, const char *turn, struct mirror_verdict verdict)
{
    char rewrites[MIRROR_REWRITES_MAX][2048];
    for (size_t k = 0; k < verdict.rewrite_count; k++)
        (void)snprintf(rewrites[k], sizeof rewrites[k], "%s", verdict.rewrites[k]);
    for (size_t k = 0; k < verdict.rewrite_count; k++) {
        struct mirror_verdict again = judge(arena, rewrites[k]);
        if ((again.label != MIRROR_OPEN && again.label != MIRROR_PARAPHRASE) || again.rewrite_count)
            fail_msg("%s -> %s: %s", turn, rewrites[k], mirror_label_names[again.label]);
    }
}

static void check_turn(struct arena *arena, const char *turn, struct constancy *constancy)
{
    char changed[4096];
    struct mirror_verdict plain = judge(arena, turn);
    check_spans(turn, &plain);
    check_rewrites(arena, turn, plain);
    (void)snprintf(changed, sizeof changed, "%s \t ", turn);
    expect_label(arena, changed, turn, plain.label);
    struct buf curly;
    buf_init(&curly, sizeof changed);
    curl(turn, &curly);
    assert_false(buf_failed(&curly));
    expect_label(arena, curly.data, turn, plain.label);
    buf_free(&curly);
    (void)snprintf(changed, sizeof changed, "%s", turn);
    if (changed[0] >= 'A' && changed[0] <= 'Z')
        changed[0] = (char)(changed[0] + ('a' - 'A'));
    constancy->turns++;
    constancy->by_capital += judge(arena, changed).label != plain.label;
}

static void a_verdict_hangs_on_the_words_alone(void **state)
{
    static const char *const more[] = {"own2", "own3", "own4", "own5"};
    struct constancy constancy = {0};
    struct arena *of_turn = arena_new((size_t)16 << 20);
    assert_non_null(of_turn);
    for (size_t i = 0; i < MIRROR_LABELS + ARRAY_LEN(more); i++) {
        const char *name = i < MIRROR_LABELS ? mirror_label_names[i] : more[i - MIRROR_LABELS];
        struct buf buf;
        struct score_table table;
        size_t text;
        assert_true(read_file(
            source_path(*state, arena_printf(*state, "tests/language/mirror_%s.tsv", name)), &buf));
        assert_int_equal(score_table_read(*state, buf.data, buf.len, &table), OK);
        assert_int_equal(score_column(&table, "text", &text), OK);
        for (size_t row = 0; row < table.row_count; row++)
            check_turn(of_turn, score_cell(&table, row, text), &constancy);
        buf_free(&buf);
    }
    arena_free(of_turn);
    /* A name that opens a turn is only known as one by its capital. */
    if (constancy.by_capital * 100 > constancy.turns)
        fail_msg("%zu of %zu change with the first capital", constancy.by_capital, constancy.turns);
}

/* Turns that whoever wrote the rules wrote too: these may be learned from. */
static void turns_that_were_learned_from(void **state)
{
    struct score score;
    score_init(&score, mirror_label_names, MIRROR_LABELS);
    assert_true(add_file(*state, source_path(*state, "tests/language/mirror_own2.tsv"), &score));
    assert_true(add_file(*state, source_path(*state, "tests/language/mirror_own3.tsv"), &score));
    assert_true(add_file(*state, source_path(*state, "tests/language/mirror_own4.tsv"), &score));
    assert_true(add_file(*state, source_path(*state, "tests/language/mirror_own5.tsv"), &score));
    assert_true(score.rows > 3200);
    if (score_accuracy(&score) < 0.96 || score_macro_f1(&score) < 0.96) {
        score_print(&score, stderr);
        fail();
    }
}

/*
 * By an author who saw no rule, in the shares of classroom talk; counted, never learned from. The
 * bars are those that the mirror has to hold on turns that it never saw.
 */
static void turns_that_nobody_looked_at(void **state)
{
    static const enum mirror_label asked[] = {MIRROR_OPEN,    MIRROR_CLOSED,  MIRROR_CHOICE,
                                              MIRROR_LEADING, MIRROR_STACKED, MIRROR_WHY};
    struct score score;
    score_init(&score, mirror_label_names, MIRROR_LABELS);
    assert_true(add_file(*state, source_path(*state, "tests/language/fresh_mirror2.tsv"), &score));
    assert_int_equal(score.rows, 268);
    assert_int_equal(score.unknown, 0);
    if (score_accuracy(&score) < 0.88 || score_macro_f1(&score) < 0.86) {
        score_print(&score, stderr);
        fail();
    }
    for (size_t i = 0; i < ARRAY_LEN(asked); i++)
        if (score_f1(&score, asked[i]) < 0.90)
            fail_msg("%s: F1 %.3f", mirror_label_names[asked[i]], score_f1(&score, asked[i]));
    for (size_t i = 0; i < MIRROR_LABELS; i++)
        if (score_f1(&score, i) < 0.70)
            fail_msg("%s: F1 %.3f", mirror_label_names[i], score_f1(&score, i));
    assert_true(score_precision(&score, MIRROR_LEADING) >= 0.93);
    assert_true(score_precision(&score, MIRROR_WHY) >= 0.93);
    assert_true(score_precision(&score, MIRROR_OPINION) >= 0.88);
    assert_true(score_precision(&score, MIRROR_ASSUMING) >= 0.80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(turns_of_our_own, setup, teardown),
        cmocka_unit_test_setup_teardown(turns_of_the_shared_set, setup, teardown),
        cmocka_unit_test_setup_teardown(turns_that_were_learned_from, setup, teardown),
        cmocka_unit_test_setup_teardown(turns_that_nobody_looked_at, setup, teardown),
        cmocka_unit_test_setup_teardown(a_verdict_hangs_on_the_words_alone, setup, teardown),
    };
    return cmocka_run_group_tests_name("language_quality", tests, NULL, NULL);
}
