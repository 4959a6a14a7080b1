/* Changing a method by making another one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/random.h"
#include "base/str.h"
#include "method/edit.h"
#include "method/schema.h"
#include "method/testing.h"
#include "method/writer.h"

static const char text[] =
    "method: m\nversion: 1\ntitle: {nl: T, tr: X}\npurpose: {nl: D}\nages: [7-9]\ntiers: [1]\n"
    "about: pupil\ntakes_part: [pupil]\ntopic: learning\n"
    "preparations: [{who: pupil, phases: [{id: before, title: {nl: V}, questions: ["
    "{id: b1, kind: text, ask: {nl: B1}}, {id: b2, kind: text, ask: {nl: B2}, shows: b1}]}]}]\n"
    "phases:\n"
    "  - {id: one, title: {nl: Een}, questions: [\n"
    "      {id: mood, kind: choice, ask: {nl: Hoe?}, options: [{id: a, label: {nl: goed, en: good, tr: iyi}, "
    "picture: f-fijn}, {id: b, label: {nl: slecht}}]},\n"
    "      {id: q2, kind: text, ask: {nl: Q2}}]}\n"
    "  - {id: two, title: {nl: Twee}, questions: [\n"
    "      {id: why, kind: text, ask: {nl: Waarom?}, when: {question: mood, is: [b]}, shows: b1}]}\n"
    "  - {id: three, title: {nl: Drie}}\n";

struct fixture {
    struct arena *arena;
    const struct method *method;
};

static int open(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct method_problem *problems = NULL;
    size_t count = 0;
    f->arena = arena_new((size_t)64 << 20);
    if (method_read(text, strlen(text), &answer_method_kinds, f->arena, &f->method, &problems,
                    &count) != OK)
        fail_msg("line %d: %s", problems[0].line, problems[0].message);
    *state = f;
    return 0;
}

static int close(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    free(f);
    return 0;
}

/* "before(b1 b2) | one(mood q2) two(why) three()". */
static const char *order(struct arena *arena, const struct method *m)
{
    const char *all = "";
    for (size_t n = 0; n <= m->preparation_count; n++) {
        bool prepares = n < m->preparation_count;
        const struct phase *phases = prepares ? m->preparations[n].phases : m->phases;
        size_t count = prepares ? m->preparations[n].phase_count : m->phase_count;
        for (size_t i = 0; i < count; i++) {
            all = arena_printf(arena, "%s%s%s(", all, *all ? " " : "", phases[i].id);
            for (size_t k = 0; k < phases[i].question_count; k++)
                all = arena_printf(arena, "%s%s%s", all, k ? " " : "", phases[i].questions[k].id);
            all = arena_printf(arena, "%s)", all);
        }
        if (prepares)
            all = arena_printf(arena, "%s |", all);
    }
    return all;
}

#define START "before(b1 b2) | one(mood q2) two(why) three()"

static void assert_order(struct fixture *f, const struct method *m, const char *want)
{
    assert_string_equal(order(f->arena, m), want);
    assert_string_equal(order(f->arena, f->method), START); /* what it came from stays */
}

static void questions_move_within_and_across(void **state)
{
    struct fixture *f = *state;
    const struct method *m = NULL;
    static const struct {
        const char *id;
        int by;
        const char *want;
    } moves[] = {
        {"mood", 1, "before(b1 b2) | one(q2 mood) two(why) three()"},
        {"mood", -1, START},
        {"q2", 1, "before(b1 b2) | one(mood) two(q2 why) three()"},
        {"why", 1, "before(b1 b2) | one(mood q2) two() three(why)"},
        {"why", -1, "before(b1 b2) | one(mood q2 why) two() three()"},
        {"b1", 1, "before(b2 b1) | one(mood q2) two(why) three()"},
        {"b1", -1, START},
        {"b2", 1, START}, /* not out of the preparation */
    };
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        assert_int_equal(
            method_edit_move_question(f->method, moves[i].id, moves[i].by, f->arena, &m), OK);
        assert_order(f, m, moves[i].want);
    }
    assert_int_equal(method_edit_move_question(f->method, "none", 1, f->arena, &m), ERR_NOT_FOUND);
}

static void phases_move_come_and_go(void **state)
{
    struct fixture *f = *state;
    const struct method *m = NULL;
    struct phase phase = {.id = "new"};
    assert_int_equal(method_edit_move_phase(f->method, "one", 1, f->arena, &m), OK);
    assert_order(f, m, "before(b1 b2) | two(why) one(mood q2) three()");
    assert_int_equal(method_edit_move_phase(f->method, "one", -1, f->arena, &m), OK);
    assert_order(f, m, START);
    assert_int_equal(method_edit_move_phase(f->method, "three", 1, f->arena, &m), OK);
    assert_order(f, m, START);
    assert_int_equal(method_edit_remove_phase(f->method, "two", f->arena, &m), OK);
    assert_order(f, m, "before(b1 b2) | one(mood q2) three()");
    assert_int_equal(method_edit_add_phase(f->method, "before", &phase, f->arena, &m), OK);
    assert_order(f, m, "before(b1 b2) new() | one(mood q2) two(why) three()");
    assert_int_equal(method_edit_add_phase(f->method, "one", &phase, f->arena, &m), OK);
    assert_order(f, m, "before(b1 b2) | one(mood q2) new() two(why) three()");
    assert_int_equal(method_edit_remove_phase(f->method, "none", f->arena, &m), ERR_NOT_FOUND);
    for (int i = 4; i < METHOD_PHASES_MAX; i++) {
        const struct method *more = m ? m : f->method;
        enum status st = method_edit_add_phase(more, "three", &phase, f->arena, &m);
        assert_int_equal(st, i == METHOD_PHASES_MAX - 1 ? ERR_LIMIT : OK);
    }
}

static void setting_keeps_id_and_questions(void **state)
{
    struct fixture *f = *state;
    const struct method *m = NULL;
    struct phase phase = {.id = "other", .has_summary = true};
    assert_int_equal(method_edit_set_phase(f->method, "one", &phase, f->arena, &m), OK);
    assert_order(f, m, START);
    assert_true(method_phase(m, "one")->has_summary);
    struct question question = {.id = "other", .kind = "short"};
    assert_int_equal(method_edit_set_question(f->method, "b2", &question, f->arena, &m), OK);
    assert_order(f, m, START);
    assert_string_equal(method_question(m, "b2")->kind, "short");
    assert_int_equal(method_edit_add_question(f->method, "three", &question, f->arena, &m), OK);
    assert_order(f, m, "before(b1 b2) | one(mood q2) two(why) three(other)");
    assert_null(method_phase(m, "none"));
}

static void preparations_come_and_go(void **state)
{
    struct fixture *f = *state;
    const struct method *m = NULL, *set = NULL;
    struct phase phase = {.id = "new"};
    assert_int_equal(method_edit_add_preparation(f->method, PART_PUPIL, &phase, f->arena, &m),
                     ERR_CONFLICT);
    assert_int_equal(method_edit_add_preparation(f->method, PART_GUARDIAN, &phase, f->arena, &m),
                     OK);
    assert_order(f, m, "before(b1 b2) | new() | one(mood q2) two(why) three()");
    assert_int_equal(m->preparations[1].days_before, METHOD_DAYS_BEFORE);
    assert_int_equal(
        method_edit_set_preparation(m, PART_GUARDIAN, 9, f->method->title, f->arena, &set), OK);
    assert_int_equal(method_preparation_of(set, PART_GUARDIAN)->days_before, 9);
    assert_int_equal(method_preparation_of(m, PART_GUARDIAN)->days_before, METHOD_DAYS_BEFORE);
    assert_int_equal(method_edit_remove_preparation(m, PART_PUPIL, f->arena, &set), OK);
    assert_order(f, set, "new() | one(mood q2) two(why) three()");
    assert_string_equal(method_edit_broken(set)->id, "why"); /* showed what is gone */
    assert_int_equal(method_edit_remove_preparation(f->method, PART_TEACHER, f->arena, &m),
                     ERR_NOT_FOUND);
    assert_int_equal(
        method_edit_set_preparation(f->method, PART_TEACHER, 1, f->method->title, f->arena, &m),
        ERR_NOT_FOUND);
}

static void what_points_nowhere_is_found(void **state)
{
    struct fixture *f = *state;
    const struct method *m = NULL;
    static const char *const removed[][2] = {
        {"mood", "why"}, {"b1", "b2"}, {"q2", NULL}, {"b2", NULL}};
    assert_null(method_edit_broken(f->method));
    for (size_t i = 0; i < ARRAY_LEN(removed); i++) {
        assert_int_equal(method_edit_remove_question(f->method, removed[i][0], f->arena, &m), OK);
        const struct question *broken = method_edit_broken(m);
        assert_true(removed[i][1] ? broken && str_equal(broken->id, removed[i][1]) : !broken);
    }
    assert_int_equal(method_edit_move_phase(f->method, "two", -1, f->arena, &m), OK);
    assert_string_equal(method_edit_broken(m)->id, "why");
    struct question mood;
    assert_int_equal(
        method_edit_options(method_question(f->method, "mood"), "goed", "", f->arena, &mood), OK);
    assert_int_equal(method_edit_set_question(f->method, "mood", &mood, f->arena, &m), OK);
    assert_string_equal(method_edit_broken(m)->id, "why");
}

/* Whatever is done in whatever order: what the editor calls whole is what the reader accepts. */
static void any_order_of_changes_agrees_with_the_reader(void **state)
{
    static const char *const ids[] = {"mood", "q2",  "why",   "b1",    "b2",
                                      "one",  "two", "three", "before"};
    struct fixture *f = *state;
    struct random random = random_seeded(7);
    for (int round = 0; round < 400; round++) {
        struct arena_mark mark = arena_mark(f->arena);
        const struct method *m = f->method;
        for (int step = 0; step < 6; step++) {
            const char *id = ids[random_below(&random, ARRAY_LEN(ids))];
            int by = random_below(&random, 2) ? 1 : -1;
            enum status st =
                random_below(&random, 4) == 0 ? method_edit_remove_question(m, id, f->arena, &m)
                : random_below(&random, 2)    ? method_edit_move_question(m, id, by, f->arena, &m)
                                              : method_edit_move_phase(m, id, by, f->arena, &m);
            assert_true(st == OK || st == ERR_NOT_FOUND);
        }
        const char *yaml = NULL;
        size_t len = 0, count = 0;
        const struct method *again = NULL;
        struct method_problem *problems = NULL;
        size_t questions = 0;
        for (size_t i = 0; i < m->phase_count; i++)
            questions += m->phases[i].question_count;
        assert_int_equal(method_write(m, f->arena, &yaml, &len), OK);
        enum status st =
            method_read(yaml, len, &answer_method_kinds, f->arena, &again, &problems, &count);
        bool whole = !method_edit_broken(m) && questions > 0;
        if ((st == OK) != whole)
            fail_msg("round %d: the reader says %s about\n%s", round, status_name(st), yaml);
        arena_rewind(f->arena, mark);
    }
}

static void options_keep_their_ids(void **state)
{
    struct fixture *f = *state;
    const struct question *from = method_question(f->method, "mood");
    struct question q;
    /* renamed, at its place; and two new ones, one with a word that is taken */
    assert_int_equal(
        method_edit_options(from, "prima\nslecht\n\nHéél goed!\nb", "great", f->arena, &q), OK);
    assert_int_equal(q.option_count, 4);
    assert_string_equal(q.options[0].id, "a");
    assert_string_equal(q.options[0].picture, "f-fijn");
    assert_string_equal(method_say(&q.options[0].label, "nl"), "prima");
    assert_string_equal(method_say(&q.options[0].label, "en"), "great");
    assert_string_equal(method_say(&q.options[0].label, "tr"), "iyi");
    assert_string_equal(q.options[1].id, "b");
    assert_string_equal(q.options[2].id, "heel-goed");
    assert_string_equal(q.options[3].id, "b-2");
    /* changed places: the words decide */
    assert_int_equal(method_edit_options(from, "slecht\ngoed", "\ngood", f->arena, &q), OK);
    assert_string_equal(q.options[0].id, "b");
    assert_string_equal(q.options[1].id, "a");
    assert_string_equal(method_edit_option_lines(&q, "nl", f->arena), "slecht\ngoed");
    assert_string_equal(method_edit_option_lines(&q, "en", f->arena), "\ngood");
    /* the same words twice are two options */
    assert_int_equal(method_edit_options(from, "goed\ngoed", "", f->arena, &q), OK);
    assert_string_equal(q.options[0].id, "a");
    assert_string_not_equal(q.options[1].id, "a");
    assert_int_equal(method_edit_options(from, "\n \n", "", f->arena, &q), OK);
    assert_int_equal(q.option_count, 0);
    char many[METHOD_OPTIONS_MAX * 2 + 3];
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 2 ? '\n' : 'x';
    many[sizeof many - 1] = '\0';
    assert_int_equal(method_edit_options(from, many, "", f->arena, &q), ERR_LIMIT);
}

static void words_change_in_two_languages(void **state)
{
    struct fixture *f = *state;
    struct method_text now = method_edit_text(&f->method->title, " Titel ", "", f->arena);
    assert_int_equal(now.count, 2);
    assert_string_equal(method_say(&now, "nl"), "Titel");
    assert_string_equal(method_say(&now, "tr"), "X");
    now = method_edit_text(&f->method->title, "", "", f->arena);
    assert_int_equal(now.count, 0); /* without words in Dutch there are none */
    const struct method_text *texts = NULL;
    size_t count = 0;
    assert_int_equal(method_edit_texts(NULL, 0, "een\r\n\ntwee", "one", f->arena, &texts, &count),
                     OK);
    assert_int_equal(count, 2);
    assert_string_equal(method_say(&texts[0], "en"), "one");
    assert_string_equal(method_edit_text_lines(texts, count, "nl", f->arena), "een\ntwee");
}

static void free_ids_are_free_and_valid(void **state)
{
    struct fixture *f = *state;
    static const char *const cases[][2] = {
        {"Wat lukt al?", "wat-lukt-al"},
        {"mood", "mood-2"},
        {"two", "two-2"},
        {"", "v"},
        {"¿?", "v"},
        {"summary-one", "v-summary-one"},
        {"een heel lange zin die nergens ophoudt en maar doorgaat",
         "een-heel-lange-zin-die-nergens-o"}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *id = method_edit_free_id(f->method, cases[i][0], f->arena);
        assert_string_equal(id, cases[i][1]);
        assert_true(name_is_valid(id));
    }
}

#define each(test) cmocka_unit_test_setup_teardown(test, open, close)

static void faces_may_be_asked_after_without_words(void **state)
{
    (void)state;
    static const struct question_option words[] = {{.id = "hard"}, {.id = "fine"}, {.id = "good"}};
    const struct question bare = {.kind = "faces", .number = 3},
                          worded = {.kind = "faces", .options = words, .option_count = 3},
                          choice = {.kind = "choice", .options = words, .option_count = 3};
    assert_true(question_may_choose(&bare, "1"));
    assert_true(question_may_choose(&bare, "3"));
    assert_true(question_may_choose(&bare, "unknown"));
    assert_false(question_may_choose(&bare, "4"));
    assert_false(question_may_choose(&bare, "hard"));
    assert_true(question_may_choose(&worded, "hard"));
    assert_true(question_may_choose(&worded, "unknown"));
    assert_false(question_may_choose(&worded, "1"));
    assert_true(question_may_choose(&choice, "hard"));
    assert_false(question_may_choose(&choice, "unknown"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faces_may_be_asked_after_without_words),
        each(questions_move_within_and_across), each(phases_move_come_and_go),
        each(setting_keeps_id_and_questions),   each(preparations_come_and_go),
        each(what_points_nowhere_is_found),     each(any_order_of_changes_agrees_with_the_reader),
        each(options_keep_their_ids),           each(words_change_in_two_languages),
        each(free_ids_are_free_and_valid),
    };
    return cmocka_run_group_tests_name("method_edit", tests, NULL, NULL);
}
