/* The methods that we ship: each reads, in both languages, under its own name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/str.h"
#include "method/store.h"
#include "method/testing.h"
#include "method/writer.h"

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

/* --- every file
 * ------------------------------------------------------------------------------------- */

static void every_file_reads_and_comes_back(void **state)
{
    struct fixture *f = *state;
    assert_true(method_shipped_count() > 0);
    for (size_t i = 0; i < method_shipped_count(); i++) {
        const char *key = method_shipped_key(i);
        struct bytes file = method_shipped_yaml(key);
        const struct method *m = NULL, *again = NULL;
        struct method_problem *problems = NULL;
        size_t count = 0, len = 0;
        const char *yaml = NULL;
        if (method_read((const char *)file.data, file.len, &answer_method_kinds, f->arena, &m,
                        &problems, &count) != OK)
            fail_msg("methods/%s.yaml:%d: %s (%s)", key, problems[0].line, problems[0].message,
                     problems[0].about ? problems[0].about : "");
        if (!str_equal(m->key, key))
            fail_msg("methods/%s.yaml calls itself %s", key, m->key);
        assert_false(str_starts(key, METHOD_OWN_PREFIX));
        assert_int_equal(method_write(m, f->arena, &yaml, &len), OK);
        assert_int_equal(
            method_read(yaml, len, &answer_method_kinds, f->arena, &again, &problems, &count), OK);
        assert_true(method_test_same(m, again));
        assert_true(method_test_same(m, method_shipped(f->shelf, key)));
        arena_reset(f->arena);
    }
}

static void in_english(const char *key, const char *where, const struct method_text *text)
{
    for (size_t i = 0; i < text->count; i++)
        if (str_equal(text->wordings[i].lang, "en"))
            return;
    if (text->count)
        fail_msg("methods/%s.yaml: the English of \"%s\" (%s) is missing", key,
                 text->wordings[0].text, where);
}

static void phases_in_english(const char *key, const struct phase *phases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct phase *p = &phases[i];
        in_english(key, p->id, &p->title);
        in_english(key, p->id, &p->purpose);
        for (size_t k = 0; k < p->cue_count; k++)
            in_english(key, p->id, &p->cues[k].text);
        for (size_t k = 0; k < p->question_count; k++) {
            const struct question *q = &p->questions[k];
            in_english(key, q->id, &q->ask);
            in_english(key, q->id, &q->help);
            in_english(key, q->id, &q->ends[0]);
            in_english(key, q->id, &q->ends[1]);
            for (size_t n = 0; n < ARRAY_LEN(q->ask_for); n++)
                in_english(key, q->id, &q->ask_for[n]);
            for (size_t n = 0; n < q->follow_up_count; n++)
                in_english(key, q->id, &q->follow_ups[n]);
            for (size_t n = 0; n < q->option_count; n++)
                in_english(key, q->id, &q->options[n].label);
        }
    }
}

static void every_file_is_in_both_languages(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < method_shipped_count(); i++) {
        const char *key = method_shipped_key(i);
        const struct method *m = method_shipped(f->shelf, key);
        assert_non_null(m);
        in_english(key, "title", &m->title);
        in_english(key, "purpose", &m->purpose);
        phases_in_english(key, m->phases, m->phase_count);
        for (size_t k = 0; k < m->preparation_count; k++) {
            in_english(key, "letter", &m->preparations[k].letter);
            phases_in_english(key, m->preparations[k].phases, m->preparations[k].phase_count);
        }
        if (m->source_tag_count == 0)
            fail_msg("methods/%s.yaml does not say where it comes from (source)", key);
    }
}

#define each(test) cmocka_unit_test_setup_teardown(test, open, close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        each(every_file_reads_and_comes_back),
        each(every_file_is_in_both_languages),
    };
    return cmocka_run_group_tests_name("method_shipped", tests, NULL, NULL);
}
