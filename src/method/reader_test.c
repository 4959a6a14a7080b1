/* The reader and the writer on files: testdata/ok reads and comes back, testdata/reject says why
 * not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdlib.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/random.h"
#include "base/str.h"
#include "base/utf8.h"
#include "i18n/tr.h"
#include "method/cue.h"
#include "method/schema.h"
#include "method/testing.h"
#include "method/writer.h"

#define ARENA_CAP ((size_t)256 << 20)

static const struct method_kinds *const kinds = &answer_method_kinds;

struct result {
    enum status status;
    const struct method *method;
    struct method_problem *problems;
    size_t count;
};

static struct result read_text_of(struct arena *arena, const char *text, size_t len)
{
    struct result r = {0};
    r.status = method_read(text, len, kinds, arena, &r.method, &r.problems, &r.count);
    return r;
}

/* --- files ---------------------------------------------------------------------------------------
 */

/* "2: …" per problem, as `methods check` says it. */
static const char *said(struct arena *arena, const struct tr *tr, const struct result *r)
{
    const char *all = "";
    for (size_t i = 0; i < r->count; i++)
        all = arena_printf(arena, "%s%d: %s\n", all, r->problems[i].line,
                           trf(tr, arena, r->problems[i].message, 1, r->problems[i].about));
    return all;
}

static void reject_one(struct arena *arena, const struct tr *tr, const char *path)
{
    struct bytes file = method_test_file(arena, path);
    struct result r = read_text_of(arena, (const char *)file.data, file.len);
    if (r.status != ERR_INVALID)
        fail_msg("%s: %s", path, status_name(r.status));
    assert_true(r.count > 0);
    const char *got = said(arena, tr, &r);
    struct bytes want = method_test_file(arena, arena_printf(arena, "%s.said", path));
    if (!str_equal((const char *)want.data, got))
        fail_msg("%s says:\n%s\nand should say:\n%s", path, got, (const char *)want.data);
}

static void each_file(const char *folder,
                      void (*run)(struct arena *, const struct tr *, const char *),
                      const struct tr *tr, size_t least)
{
    struct arena *arena = arena_new(ARENA_CAP);
    const char *path =
        arena_printf(arena, "%s/src/method/testdata/%s", getenv("WEERKLANK_SOURCE"), folder);
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    assert_true(count > 0);
    size_t files = 0;
    for (int i = 0; i < count; i++) {
        if (str_ends(entries[i]->d_name, ".yaml")) {
            run(arena, tr, arena_printf(arena, "%s/%s", path, entries[i]->d_name));
            files++;
        }
        free(entries[i]);
    }
    free(entries);
    arena_free(arena);
    assert_true(files >= least);
}

static void what_is_wrong_is_told_with_its_line(void **state UNUSED)
{
    struct tr *tr = NULL;
    assert_int_equal(tr_new(LANG_EN, NULL, 0, &tr), OK);
    each_file("reject", reject_one, tr, 45);
    tr_free(tr);
}

/* --- writing what was read
 * ------------------------------------------------------------------------ */

static void comes_back(struct arena *arena, const struct tr *tr, const char *path)
{
    (void)tr;
    struct bytes file = method_test_file(arena, path);
    struct result r = read_text_of(arena, (const char *)file.data, file.len);
    if (r.status != OK)
        fail_msg("%s: line %d: %s", path, r.count ? r.problems[0].line : 0,
                 r.count ? r.problems[0].message : status_name(r.status));
    const char *yaml = NULL, *again = NULL;
    size_t len = 0, again_len = 0;
    assert_int_equal(method_write(r.method, arena, &yaml, &len), OK);
    struct result back = read_text_of(arena, yaml, len);
    if (back.status != OK)
        fail_msg("%s, written: line %d: %s\n%s", path, back.problems[0].line,
                 back.problems[0].message, yaml);
    if (!method_test_same(r.method, back.method))
        fail_msg("%s comes back different:\n%s", path, yaml);
    assert_int_equal(method_write(back.method, arena, &again, &again_len), OK);
    assert_string_equal(again, yaml);
}

static void what_was_read_can_be_written(void **state UNUSED)
{
    each_file("ok", comes_back, NULL, 2);
}

/* Letters that mean something in YAML, line ends of all kinds, and what must be escaped. */
static const char *const pieces[] = {"a",
                                     "é",
                                     " ",
                                     "  ",
                                     "\n",
                                     "\n\n",
                                     "\n   ",
                                     "\t",
                                     ":",
                                     ": ",
                                     " #",
                                     "#",
                                     "-",
                                     "- ",
                                     "'",
                                     "\"",
                                     "\\",
                                     "{",
                                     "}",
                                     "[",
                                     "]",
                                     ",",
                                     "&",
                                     "*",
                                     "!",
                                     "|",
                                     ">",
                                     "%",
                                     "@",
                                     "`",
                                     "?",
                                     "? ",
                                     "---",
                                     "...",
                                     "yes",
                                     "no",
                                     "null",
                                     "~",
                                     "1",
                                     "0x1f",
                                     "\xC2\x85",
                                     "\xE2\x80\xA8",
                                     "\xE2\x80\xA9",
                                     "\xEF\xBB\xBF",
                                     "\xEF\xBF\xBE",
                                     "\xC2\xA0",
                                     "\xF0\x9F\xA6\x8A",
                                     "=",
                                     "<<",
                                     "\\n",
                                     "b c d e f g"};

static const char *any_text(struct arena *arena, struct random *random)
{
    const char *text = "x";
    uint32_t count = 1 + random_below(random, 12);
    if (random_below(random, 2))
        text = "";
    for (uint32_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s", text, pieces[random_below(random, ARRAY_LEN(pieces))]);
    text = str_trim(arena, text);
    return str_is_blank(text) ? "leeg" : text;
}

static struct method_text any_wordings(struct arena *arena, struct random *random)
{
    static const char *const langs[] = {"nl", "en", "tr"};
    size_t count = 1 + random_below(random, ARRAY_LEN(langs));
    struct method_wording *list = ARENA_ARRAY(arena, struct method_wording, count);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct method_wording){langs[i], any_text(arena, random)};
    return (struct method_text){list, count};
}

/* Any words in every place that has some come back as they were. */
static void any_words_come_back(void **state UNUSED)
{
    struct random random = random_seeded(20261124);
    struct arena *arena = arena_new(ARENA_CAP);
    struct bytes file =
        method_test_file(arena, arena_printf(arena, "%s/src/method/testdata/ok/everything.yaml",
                                             getenv("WEERKLANK_SOURCE")));
    for (int round = 0; round < 1500; round++) {
        struct arena_mark mark = arena_mark(arena);
        struct result r = read_text_of(arena, (const char *)file.data, file.len);
        assert_int_equal(r.status, OK);
        struct method method = *r.method;
        struct method_preparation preparation = method.preparations[0];
        struct phase phase = method.phases[0];
        struct question question = phase.questions[0];
        struct method_cue cue = {.text = any_wordings(arena, &random)};
        struct method_text follow_ups[2] = {any_wordings(arena, &random),
                                            any_wordings(arena, &random)};
        method.title = any_wordings(arena, &random);
        method.source_cite = any_text(arena, &random);
        preparation.letter = any_wordings(arena, &random);
        phase.purpose = any_wordings(arena, &random);
        question.ask = any_wordings(arena, &random);
        question.ask_for[BAND_7_9] = any_wordings(arena, &random);
        question.follow_ups = follow_ups;
        question.follow_up_count = 2;
        method.preparations = &preparation;
        method.preparation_count = 1;
        phase.questions = &question;
        phase.question_count = 1;
        phase.cues = &cue;
        phase.cue_count = 1;
        method.phases = &phase;
        method.phase_count = 1;
        const char *yaml = NULL;
        size_t len = 0;
        assert_int_equal(method_write(&method, arena, &yaml, &len), OK);
        struct result back = read_text_of(arena, yaml, len);
        if (back.status != OK)
            fail_msg("round %d, line %d: %s\n%s", round, back.problems[0].line,
                     back.problems[0].message, yaml);
        if (!method_test_same(&method, back.method))
            fail_msg("round %d comes back different:\n%s", round, yaml);
        arena_rewind(arena, mark);
    }
    arena_free(arena);
}

/* --- limits, memory, what is said
 * ------------------------------------------------------------------ */

static void a_file_has_a_largest_size(void **state UNUSED)
{
    struct arena *arena = arena_new(ARENA_CAP);
    char *text = arena_alloc(arena, METHOD_FILE_MAX + 2);
    memset(text, '#', METHOD_FILE_MAX + 1);
    struct result r = read_text_of(arena, text, METHOD_FILE_MAX + 1);
    assert_int_equal(r.status, ERR_INVALID);
    assert_int_equal(r.problems[0].line, 0);
    assert_string_equal(r.problems[0].about, "256 KiB");
    arena_free(arena);
}

/* As many problems as a file may have, and no more; the largest file stays quick and small. */
static void problems_have_an_end(void **state UNUSED)
{
    struct arena *arena = arena_new(ARENA_CAP);
    struct buf text;
    buf_init(&text, METHOD_FILE_MAX);
    while (text.len + 16 < METHOD_FILE_MAX)
        buf_printf(&text, "k%zu: x\n", text.len);
    struct result r = read_text_of(arena, text.data, text.len);
    assert_int_equal(r.status, ERR_INVALID);
    assert_int_equal(r.count, METHOD_PROBLEMS_MAX);
    assert_int_equal(r.problems[0].line, 1);
    buf_free(&text);
    arena_free(arena);
}

static void without_memory_it_says_so(void **state UNUSED)
{
    struct arena *files = arena_new(ARENA_CAP);
    struct bytes file =
        method_test_file(files, arena_printf(files, "%s/src/method/testdata/ok/everything.yaml",
                                             getenv("WEERKLANK_SOURCE")));
    struct arena *arena = arena_new(ARENA_CAP);
    struct result r = {.status = ERR_NOMEM};
    size_t n = 1;
    for (; r.status == ERR_NOMEM; n++) {
        arena_reset(arena);
        arena_fail_at(arena, n);
        r = read_text_of(arena, (const char *)file.data, file.len);
        if (r.status == ERR_NOMEM)
            assert_null(r.method);
    }
    assert_int_equal(r.status, OK);
    assert_true(n > 300);
    arena_free(arena);
    arena_free(files);
}

static void words_are_said_in_the_language_there_is(void **state UNUSED)
{
    struct method_wording wordings[] = {{"nl", "kat"}, {"en", "cat"}};
    struct method_text both = {wordings, 2}, dutch = {wordings, 1}, none = {NULL, 0};
    assert_string_equal(method_say(&both, "nl"), "kat");
    assert_string_equal(method_say(&both, "en"), "cat");
    assert_string_equal(method_say(&both, "tr"), "cat");
    assert_string_equal(method_say(&dutch, "en"), "kat");
    assert_string_equal(method_say(&none, "nl"), "");
    struct question question = {.ask = both, .ask_for = {[BAND_4_6] = dutch}};
    assert_string_equal(question_words(&question, BAND_4_6, "en"), "kat");
    assert_string_equal(question_words(&question, BAND_12_18, "en"), "cat");
    assert_string_equal(question_words(&question, BAND_NONE, "nl"), "kat");
}

static void questions_are_found_where_they_stand(void **state UNUSED)
{
    struct arena *arena = arena_new(ARENA_CAP);
    struct bytes file =
        method_test_file(arena, arena_printf(arena, "%s/src/method/testdata/ok/everything.yaml",
                                             getenv("WEERKLANK_SOURCE")));
    const struct method *m = read_text_of(arena, (const char *)file.data, file.len).method;
    const struct method_preparation *preparation = NULL;
    assert_non_null(m);
    assert_string_equal(method_question(m, "mood")->id, "mood");
    assert_null(method_question(m, "mood2"));
    assert_string_equal(method_phase_of(m, "mood", &preparation)->id, "start");
    assert_null(preparation);
    assert_string_equal(method_phase_of(m, "home-why", &preparation)->id, "at-home");
    assert_ptr_equal(preparation, method_preparation_of(m, PART_GUARDIAN));
    assert_null(method_preparation_of(m, PART_TEACHER));
    assert_int_equal(method_question(m, "mood")->line, 54);
    assert_false(method_question(m, "mood")->may_skip);
    assert_true(method_question(m, "why")->may_skip);
    assert_int_equal(method_question(m, "why")->voices[0], VOICE_PUPIL);
    assert_int_equal(method_question(m, "mood")->voices[1], VOICE_GUARDIAN);
    assert_int_equal(m->bands, 1u << BAND_4_6 | 1u << BAND_12_18);
    assert_int_equal(m->tiers, 1u << 1 | 1u << 3);
    assert_int_equal(m->preparations[1].days_before, 4);
    arena_free(arena);
}

static void every_cue_says_something(void **state UNUSED)
{
    size_t count = 0;
    for (const struct cue *cue = cues; cue->name; cue++, count++) {
        assert_true(name_is_valid(cue->name));
        assert_ptr_equal(cue_find(cue->name), cue);
        assert_true(strlen(cue->title) > 5 && strlen(cue->explain) > 60);
    }
    assert_int_equal(count, 22);
    assert_null(cue_find("oma"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_is_told_with_its_line),
        cmocka_unit_test(what_was_read_can_be_written),
        cmocka_unit_test(any_words_come_back),
        cmocka_unit_test(a_file_has_a_largest_size),
        cmocka_unit_test(problems_have_an_end),
        cmocka_unit_test(without_memory_it_says_so),
        cmocka_unit_test(words_are_said_in_the_language_there_is),
        cmocka_unit_test(questions_are_found_where_they_stand),
        cmocka_unit_test(every_cue_says_something),
    };
    return cmocka_run_group_tests_name("method_reader", tests, NULL, NULL);
}
