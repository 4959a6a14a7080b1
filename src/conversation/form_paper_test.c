/* Every shipped method on paper, blank and filled, in both languages: by the tools that readers use. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "conversation/form_fixture.h"
#include "conversation/form_paper_web.h"
#include "conversation/sheet_web.h"
#include "method/shelf.h"
#include "print/photo_fixture.h"
#include "print/press.h"
#include "print/reader_fixture.h"

struct fixture {
    struct arena *arena;
    struct tr *tr[LANG_COUNT];
    struct paper_press *press;
    struct method_shelf *shelf;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    f->arena = arena_new((size_t)128 << 20);
    *state = f;
    return tr_load_all(f->tr) == OK && paper_press_open(&f->press) == OK &&
                   method_shelf_open(&answer_method_kinds, &f->shelf) == OK
               ? 0
               : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    method_shelf_close(f->shelf);
    paper_press_close(f->press);
    tr_free_all(f->tr);
    arena_free(f->arena);
    free(f);
    return 0;
}

/* Lines break where they must: what counts is which letters stand there, in which order. */
static const char *letters(struct arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1);
    size_t len = 0;
    for (; *text; text++)
        if ((unsigned char)*text > ' ')
            out[len++] = *text;
    out[len] = '\0';
    return out;
}

static void assert_stands(struct fixture *f, const char *all, const char *key, const char *words)
{
    if (!strstr(all, letters(f->arena, words)))
        fail_msg("%s: not on paper: %s", key, words);
}

static void assert_is_a4_with_our_letters(struct fixture *f, const char *key, struct bytes pdf)
{
    const char *info = READER(f->arena, pdf, "pdfinfo", "PDF");
    if (!strstr(info, "(A4)") || strstr(info, "Error"))
        fail_msg("%s: %s", key, info);
    char *fonts = arena_strdup(f->arena, READER(f->arena, pdf, "pdffonts", "PDF"));
    IGNORE(str_split(&fonts, '\n') != NULL);
    IGNORE(str_split(&fonts, '\n') != NULL);
    size_t count = 0;
    for (char *line; (line = str_split(&fonts, '\n')) != NULL && *line; count++)
        if (!strstr(line, " yes yes yes "))
            fail_msg("%s: %s", key, line);
    assert_true(count > 0);
}

static void assert_tidy(struct fixture *f, struct bytes pdf)
{
    size_t count = 0, pages = 0;
    const struct reader_word *words = reader_words(f->arena, pdf, &count, &pages);
    reader_assert_tidy(words, count);
}

static void assert_questions(struct fixture *f, const struct form_paper *form, const char *all,
                             const struct phase *phases, size_t count)
{
    const char *lang = tr_code(form->tr);
    for (size_t p = 0; p < count; p++) {
        assert_stands(f, all, form->method->key, method_say(&phases[p].title, lang));
        for (size_t i = 0; i < phases[p].question_count; i++) {
            const struct question *q = &phases[p].questions[i];
            if (form->answer_count && answer_kind(q->kind)->is_private)
                continue;
            assert_stands(f, all, form->method->key, question_words(q, form->band, lang));
        }
    }
}

static void print_and_read(struct fixture *f, const struct form_paper *form)
{
    const struct method *method = form->method;
    struct arena_mark mark = arena_mark(f->arena);
    struct bytes pdf;
    assert_int_equal(form_paper_print(form, f->press, f->arena, &pdf), OK);
    const char *all =
        letters(f->arena, READER(f->arena, pdf, "pdftotext", "-layout", "PDF", "-"));
    const struct method_preparation *preparation =
        form->preparation ? method_preparation_of(method, form->preparation) : NULL;
    if (preparation)
        assert_questions(f, form, all, preparation->phases, preparation->phase_count);
    else
        assert_questions(f, form, all, method->phases, method->phase_count);
    assert_is_a4_with_our_letters(f, method->key, pdf);
    assert_tidy(f, pdf);
    arena_rewind(f->arena, mark);
}

/* Every method in one language: the conversation and what the pupil prepares. */
static void every_method(struct fixture *f, enum lang lang, bool filled)
{
    for (size_t i = 0; i < method_shipped_count(); i++) {
        const struct method *method = method_shipped(f->shelf, method_shipped_key(i));
        assert_non_null(method);
        struct form_paper form = {.method = method,
                                  .band = sheet_nearest_band(method, BAND_4_6),
                                  .school = "De Regenboog",
                                  .tr = f->tr[lang]};
        if (filled) {
            const char *missing = NULL;
            form.answers = form_fixture_answers(f->arena, method, &form.answer_count, &missing);
            if (!form.answers)
                fail_msg("%s: nothing answers %s", method->key, missing);
            form.pupil = "Noor van der Linden";
            form.call = "Noor";
            form.leader = "Tessa Mulder";
        }
        print_and_read(f, &form);
        form.preparation = PART_PUPIL;
        if (method_preparation_of(method, PART_PUPIL))
            print_and_read(f, &form);
    }
}

static void every_question_stands_on_a_blank(void **state)
{
    every_method(*state, LANG_NL, false);
}

static void every_question_stands_on_a_filled_form(void **state)
{
    every_method(*state, LANG_NL, true);
}

static void in_english_too(void **state)
{
    every_method(*state, LANG_EN, false);
}

static void what_was_said_stands_where_it_was_asked(void **state)
{
    struct fixture *f = *state;
    const struct method *method = method_shipped(f->shelf, "k12");
    const char *missing = NULL;
    struct form_paper form = {.method = method, .band = BAND_8_12, .tr = f->tr[LANG_NL]};
    form.answers = form_fixture_answers(f->arena, method, &form.answer_count, &missing);
    struct bytes pdf;
    assert_non_null(form.answers);
    assert_int_equal(form_paper_print(&form, f->press, f->arena, &pdf), OK);
    assert_stands(f, letters(f->arena, READER(f->arena, pdf, "pdftotext", "PDF", "-")), "k12",
                  FORM_FIXTURE_WORDS);
    form.answers = NULL;
    form.answer_count = 0;
    assert_int_equal(form_paper_print(&form, f->press, f->arena, &pdf), OK);
    assert_null(strstr(READER(f->arena, pdf, "pdftotext", "PDF", "-"), FORM_FIXTURE_WORDS));
}

/* Of two who are asked: once when neither said anything, not at all when one did. */
static void left_empty_is_said_once(void **state)
{
    struct fixture *f = *state;
    static const struct method_wording words = {"nl", "Wat helpt jou?"};
    static const enum voice voices[] = {VOICE_PUPIL, VOICE_TEACHER};
    struct question questions[] = {
        {.id = "one", .kind = "text", .ask = {&words, 1}, .voice_count = ARRAY_LEN(voices)},
        {.id = "two", .kind = "text", .ask = {&words, 1}, .voice_count = ARRAY_LEN(voices)}};
    for (size_t i = 0; i < ARRAY_LEN(questions); i++)
        memcpy(questions[i].voices, voices, sizeof(voices));
    const struct phase phase = {.id = "one", .title = {&words, 1}, .questions = questions,
                                .question_count = ARRAY_LEN(questions)};
    const struct method method = {.key = "proef", .title = {&words, 1}, .phases = &phase,
                                  .phase_count = 1};
    static const struct answer_part part = {"", "Een stappenplan"};
    const struct answer answer = {.key = {.question = "one", .voice = VOICE_TEACHER},
                                  .value = {&part, 1}};
    struct form_paper form = {.method = &method, .answers = &answer, .answer_count = 1,
                              .band = BAND_8_12, .tr = f->tr[LANG_EN]};
    struct bytes pdf;
    assert_int_equal(form_paper_print(&form, f->press, f->arena, &pdf), OK);
    const char *read = READER(f->arena, pdf, "pdftotext", "PDF", "-");
    assert_non_null(strstr(read, "Een stappenplan"));
    const char *said = strstr(read, "Left empty");
    assert_non_null(said);
    assert_null(strstr(said + 1, "Left empty"));
}

/* Whatever id: a photo of 40 × 30; with `context` NULL there is none. */
static struct bytes photo_of(void *context, struct attachment_id id)
{
    struct fixture *f = context;
    assert_int_equal(id.v, 1);
    return f ? fixture_photo_jpeg(f->arena, 40, 30) : (struct bytes){NULL, 0};
}

static void a_photo_stands_where_it_was_asked(void **state)
{
    struct fixture *f = *state;
    static const struct method_wording words = {"nl", "Wat wil je laten zien?"};
    static const struct question question = {.id = "show", .kind = "file", .ask = {&words, 1},
                                             .voices = {VOICE_PUPIL}, .voice_count = 1};
    static const struct phase phase = {.id = "one", .title = {&words, 1}, .questions = &question,
                                       .question_count = 1};
    static const struct method method = {.key = "proef", .title = {&words, 1}, .phases = &phase,
                                         .phase_count = 1};
    static const struct answer_part parts[] = {{"file", "0000000000001"}, {"file-kind", "image"}};
    const struct answer answer = {.key = {.question = "show", .voice = VOICE_PUPIL},
                                  .value = {parts, 2}};
    struct form_paper form = {.method = &method, .answers = &answer, .answer_count = 1,
                              .band = BAND_8_12, .tr = f->tr[LANG_EN]};
    static const char told[] = "There is a photo with this.";
    struct bytes pdf;
    assert_int_equal(form_paper_print(&form, f->press, f->arena, &pdf), OK);
    assert_non_null(strstr(READER(f->arena, pdf, "pdftotext", "PDF", "-"), told));
    form.photo = photo_of; /* it was taken off meanwhile */
    assert_int_equal(form_paper_print(&form, f->press, f->arena, &pdf), OK);
    assert_non_null(strstr(READER(f->arena, pdf, "pdftotext", "PDF", "-"), told));
    form.context = f;
    assert_int_equal(form_paper_print(&form, f->press, f->arena, &pdf), OK);
    assert_null(strstr(READER(f->arena, pdf, "pdftotext", "PDF", "-"), told));
    assert_non_null(strstr(READER(f->arena, pdf, "pdfimages", "-list", "PDF"), "   40    30"));
}

/* For whom it is: a child gets pictures and large rooms, adults who talk about one get lines. */
static void adults_get_lines_and_children_get_room(void **state)
{
    struct fixture *f = *state;
    size_t pages[2] = {0}, count = 0;
    for (int i = 0; i < 2; i++) {
        struct form_paper form = {.method = method_shipped(f->shelf, "l"),
                                  .band = i ? BAND_4_6 : BAND_12_18,
                                  .tr = f->tr[LANG_NL]};
        struct bytes pdf;
        assert_int_equal(form_paper_print(&form, f->press, f->arena, &pdf), OK);
        reader_words(f->arena, pdf, &count, &pages[i]);
    }
    assert_int_equal(pages[0], pages[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_stands_on_a_blank),
        cmocka_unit_test(every_question_stands_on_a_filled_form),
        cmocka_unit_test(in_english_too),
        cmocka_unit_test(what_was_said_stands_where_it_was_asked),
        cmocka_unit_test(left_empty_is_said_once),
        cmocka_unit_test(a_photo_stands_where_it_was_asked),
        cmocka_unit_test(adults_get_lines_and_children_get_room),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
