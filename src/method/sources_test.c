/*
 * methods/README.md says of every form of the sources where it is (DOMAIN §2), and what it says is
 * true: the method is shipped and has those questions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "method/store.h"
#include "method/testing.h"

struct fixture {
    struct arena *arena;
    struct method_shelf *shelf;
};

static int open(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new((size_t)64 << 20);
    assert_int_equal(method_shelf_open(&answer_method_kinds, &f->shelf), OK);
    *state = f;
    return 0;
}

static int close(void **state)
{
    struct fixture *f = *state;
    method_shelf_close(f->shelf);
    arena_free(f->arena);
    free(f);
    return 0;
}

/* The tags of DOMAIN §2 that describe a form, or questions of one. */
static const char *const form_tags[] = {
    "D1",  "D2",  "D3",  "D4",  "D5",  "D6",  "D7",  "D8",  "D9", "D10", "D11", "D12", "D13", "D14",
    "D15", "D16", "D17", "P5",  "P7",  "L1",  "L2",  "L3",  "L4", "L5",  "L6",  "L7",  "K10", "K11",
    "K12", "K13", "K14", "K15", "K16", "K17", "K18", "K20", "H3", "H5",  "H6",  "H12"};

/* A cell without spaces and backticks around it. */
static const char *cell(struct arena *arena, char **rest)
{
    char *text = str_split(rest, '|');
    if (!text)
        return "";
    char *copy = arena_strdup(arena, text);
    for (char *p = copy; *p; p++)
        if (*p == '`')
            *p = ' ';
    return str_trim(arena, copy);
}

/* What is wrong with the questions of a row, or NULL. "all" is the whole form. */
static const char *questions_problem(struct arena *arena, const struct method *method,
                                     const char *questions)
{
    if (str_equal(questions, "all"))
        return NULL;
    char *rest = arena_strdup(arena, questions);
    for (char *one; (one = str_split(&rest, ',')) != NULL;) {
        const char *id = str_trim(arena, one);
        if (!method_question(method, id))
            return arena_printf(arena, "%s has no question \"%s\"", method->key, id);
    }
    return NULL;
}

struct table {
    const char *problem; /* the first one, or NULL */
    bool seen[ARRAY_LEN(form_tags)];
};

static void read_row(struct fixture *f, struct table *table, char *line)
{
    (void)str_split(&line, '|');
    const char *tag = cell(f->arena, &line), *key = cell(f->arena, &line);
    const char *questions = cell(f->arena, &line);
    if (str_equal(tag, "tag") || str_starts(tag, "---"))
        return;
    const struct method *method = method_shipped(f->shelf, key);
    table->problem = method ? questions_problem(f->arena, method, questions)
                            : arena_printf(f->arena, "there is no method \"%s\"", key);
    bool known = false;
    for (size_t i = 0; i < ARRAY_LEN(form_tags); i++)
        if (str_equal(form_tags[i], tag))
            known = table->seen[i] = true;
    if (!known && !(strchr("DPLKH", tag[0]) && tag[1] >= '1' && tag[1] <= '9'))
        table->problem = arena_printf(f->arena, "\"%s\" is no tag", tag);
}

/* The first thing that is wrong with the table of a README, or NULL. */
static const char *table_problem(struct fixture *f, const char *readme)
{
    static const char heading[] = "## Where every form of the sources is";
    struct table table = {0};
    const char *start = strstr(readme, heading);
    if (!start)
        return "there is no such table";
    char *rest = arena_strdup(f->arena, start + strlen(heading));
    for (char *line; !table.problem && (line = str_split(&rest, '\n')) != NULL;) {
        if (str_starts(line, "## "))
            break;
        if (line[0] == '|')
            read_row(f, &table, line);
    }
    for (size_t i = 0; !table.problem && i < ARRAY_LEN(form_tags); i++)
        if (!table.seen[i])
            table.problem = arena_printf(f->arena, "%s has no row", form_tags[i]);
    return table.problem;
}

static void the_check_of_the_table_can_fail(void **state)
{
    struct fixture *f = *state;
    static const char top[] =
        "## Where every form of the sources is\n\n| tag | method | question |\n|---|---|---|\n";
    static const struct {
        const char *rows, *problem;
    } cases[] = {
        {"", "D1 has no row"},
        {"| D1 | k99 | x |\n", "there is no method \"k99\""},
        {"| K12 | `k12` | how, nowhere |\n", "k12 has no question \"nowhere\""},
        {"| K12 | k12 | |\n", "k12 has no question \"\""},
        {"| Q3 | k12 | how |\n", "\"Q3\" is no tag"},
        {"| K12 | k12 | `how` |\n\n## Next\n\n| D1 | k99 | x |\n", "D1 has no row"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(table_problem(f, arena_printf(f->arena, "%s%s", top, cases[i].rows)),
                            cases[i].problem);
    assert_string_equal(table_problem(f, "nothing"), "there is no such table");
    const char *all = top;
    for (size_t i = 0; i < ARRAY_LEN(form_tags); i++)
        all = arena_printf(f->arena, "%s| %s | k12 | all |\n", all, form_tags[i]);
    assert_null(table_problem(f, all));
}

static void the_table_says_where_every_form_is(void **state)
{
    struct fixture *f = *state;
    struct bytes readme = method_test_file(
        f->arena, arena_printf(f->arena, "%s/methods/README.md", getenv("WEERKLANK_SOURCE")));
    const char *problem = table_problem(f, (const char *)readme.data);
    if (problem)
        fail_msg("methods/README.md: %s", problem);
}

#define each(test) cmocka_unit_test_setup_teardown(test, open, close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        each(the_check_of_the_table_can_fail),
        each(the_table_says_where_every_form_is),
    };
    return cmocka_run_group_tests_name("method_sources", tests, NULL, NULL);
}
