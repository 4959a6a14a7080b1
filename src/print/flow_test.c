#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/compiler.h"
#include "base/random.h"
#include "base/str.h"
#include "print/paper_fixture.h"
#include "print/press.h"
#include "print/reader_fixture.h"

/* Pages: nothing is lost, runs off or lies over something else, whatever the length. */

struct fixture {
    struct arena *arena;
    struct tr *tr;
    struct paper_press *press;
    struct paper *paper;
    /* After print_it(): */
    struct bytes pdf;
    struct reader_word *words;
    size_t count, pages;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    f->arena = arena_new((size_t)128 << 20);
    struct paper_look look = {.title = "Proef"};
    if (tr_new(LANG_NL, NULL, 0, &f->tr) != OK || paper_press_open(&f->press) != OK)
        return -1;
    look.tr = f->tr;
    *state = f;
    return paper_open(f->arena, &look, &f->paper) == OK ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    paper_press_close(f->press);
    tr_free(f->tr);
    arena_free(f->arena);
    free(f);
    return 0;
}

static void print_it(struct fixture *f)
{
    assert_int_equal(paper_print(f->paper, f->press, &f->pdf), OK);
    f->words = reader_words(f->arena, f->pdf, &f->count, &f->pages);
    reader_assert_tidy(f->words, f->count);
}

/* w1 w2 w3 …: words that can be counted. */
static const char *numbered(struct fixture *f, const char *prefix, size_t count)
{
    struct buf buf;
    buf_init(&buf, (size_t)1 << 20);
    for (size_t i = 1; i <= count; i++)
        buf_printf(&buf, "%s%s%zu", i > 1 ? " " : "", prefix, i);
    const char *text = arena_strdup(f->arena, buf.data);
    buf_free(&buf);
    return text;
}

/* All of them, each once, in their order. */
static void assert_numbered(const struct fixture *f, const char *prefix, size_t count)
{
    size_t next = 1, len = strlen(prefix);
    for (size_t i = 0; i < f->count; i++)
        if (str_starts(f->words[i].text, prefix) && f->words[i].text[len] >= '0' &&
            f->words[i].text[len] <= '9') {
            if (strtoul(f->words[i].text + len, NULL, 10) != next)
                fail_msg("%s where %s%zu should be", f->words[i].text, prefix, next);
            next++;
        }
    assert_int_equal(next - 1, count);
}

static void long_answers_flow_over_pages(void **state)
{
    struct fixture *f = *state;
    paper_answer(f->paper, PAPER_CHILD, "Zeynep", numbered(f, "w", 2000));
    print_it(f);
    assert_true(f->pages >= 3 && f->pages <= 6);
    assert_numbered(f, "w", 2000);
}

static void text_without_spaces_breaks(void **state)
{
    struct fixture *f = *state;
    char *text = arena_alloc(f->arena, 10001);
    memset(text, 'm', 10000);
    paper_text(f->paper, PAPER_PLAIN, text);
    print_it(f);
    size_t letters = 0;
    for (size_t i = 0; i < f->count; i++)
        letters += str_starts(f->words[i].text, "m") ? strlen(f->words[i].text) : 0;
    assert_int_equal(letters, 10000);
    assert_true(f->pages >= 2);
}

static void boxes_and_columns_longer_than_a_page_are_broken(void **state)
{
    struct fixture *f = *state;
    paper_box_begin(f->paper, &(struct paper_box){.title = "Doos"});
    paper_columns_begin(f->paper, 2, NULL);
    paper_text(f->paper, PAPER_PLAIN, numbered(f, "a", 1500));
    paper_next_column(f->paper);
    paper_box_begin(f->paper, &(struct paper_box){.title = "Binnen"});
    paper_answer(f->paper, PAPER_HOME, "Thuis", numbered(f, "b", 1500));
    paper_box_end(f->paper);
    paper_columns_end(f->paper);
    paper_box_end(f->paper);
    paper_text(f->paper, PAPER_PLAIN, "Erna");
    print_it(f);
    assert_numbered(f, "a", 1500);
    assert_numbered(f, "b", 1500);
    assert_int_equal(reader_page_of(f->words, f->count, "Erna"), f->pages);
}

static void a_row_of_a_table_longer_than_a_page_is_broken(void **state)
{
    struct fixture *f = *state;
    static const struct paper_column columns[] = {{"Kop1", 1}, {"Kop2", 2}};
    const char *cells[] = {"kort", numbered(f, "c", 3000), numbered(f, "d", 20), NULL};
    paper_table(f->paper, columns, 2, cells, 2);
    print_it(f);
    assert_numbered(f, "c", 3000);
    assert_numbered(f, "d", 20);
}

static void heads_of_tables_are_repeated(void **state)
{
    struct fixture *f = *state;
    enum { ROWS = 60 };
    static const struct paper_column columns[] = {{"Afspraak", 3}, {"Wie", 1}};
    const char *cells[2 * ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        cells[2 * i] = arena_printf(f->arena, "r%zu", i + 1);
        cells[2 * i + 1] = NULL;
    }
    paper_table(f->paper, columns, 2, cells, ROWS);
    print_it(f);
    assert_numbered(f, "r", ROWS);
    size_t heads = 0;
    for (size_t i = 0; i < f->count; i++)
        heads += str_equal(f->words[i].text, "Afspraak");
    assert_true(f->pages >= 3);
    assert_int_equal(heads, f->pages);
    /* For who listens there is one. */
    const char *heard = READER(f->arena, f->pdf, "pdfinfo", "-struct-text", "PDF");
    const char *first = strstr(heard, "Afspraak");
    assert_non_null(first);
    assert_null(strstr(first + 1, "Afspraak"));
}

/* Whatever stands above: the part is on one page, and so is a heading with what it is of. */
static void what_belongs_together_stays_together(void **state)
{
    struct fixture *f = *state;
    for (int mm = 200; mm < 262; mm += 3) {
        struct paper_look look = {.tr = f->tr, .title = "Proef"};
        assert_int_equal(paper_open(f->arena, &look, &f->paper), OK);
        paper_space(f->paper, mm > 249 ? 249 : mm);
        paper_space(f->paper, mm > 249 ? mm - 249 : 0);
        paper_box_begin(f->paper, &(struct paper_box){.title = "Boven"});
        paper_text(f->paper, PAPER_PLAIN, "midden");
        paper_lines(f->paper, 3);
        paper_text(f->paper, PAPER_PLAIN, "onder");
        paper_box_end(f->paper);
        paper_keep_together_begin(f->paper);
        paper_text(f->paper, PAPER_PLAIN, "begin");
        paper_drawing(f->paper, &(struct paper_drawing){.height_mm = 60});
        paper_text(f->paper, PAPER_PLAIN, "einde");
        paper_keep_together_end(f->paper);
        paper_heading(f->paper, 2, "Kopje", "t-doel");
        paper_question(f->paper, "7", "Vraagtekst", "Hulp", NULL);
        paper_lines(f->paper, 2);
        print_it(f);
        static const char *const pairs[][2] = {{"Boven", "onder"},
                                               {"begin", "einde"},
                                               {"Kopje", "Vraagtekst"},
                                               {"Vraagtekst", "Hulp"}};
        for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
            size_t page = reader_page_of(f->words, f->count, pairs[i][0]);
            assert_true(page > 0);
            assert_int_equal(reader_page_of(f->words, f->count, pairs[i][1]), page);
        }
        arena_reset(f->arena);
    }
}

static void no_line_of_a_paragraph_stands_alone(void **state)
{
    struct fixture *f = *state;
    for (int mm = 205; mm < 249; mm += 2) {
        struct paper_look look = {.tr = f->tr, .title = "Proef"};
        assert_int_equal(paper_open(f->arena, &look, &f->paper), OK);
        paper_space(f->paper, mm);
        paper_text(f->paper, PAPER_PLAIN, numbered(f, "w", 140));
        print_it(f);
        assert_numbered(f, "w", 140);
        size_t lines[3] = {0};
        double last = 0;
        for (size_t i = 0; i < f->count; i++)
            if (str_starts(f->words[i].text, "w") &&
                (f->words[i].y1 > last + 3 || f->words[i].y1 < last - 3)) {
                lines[f->words[i].page]++;
                last = f->words[i].y1;
            }
        assert_true(lines[1] != 1 && lines[2] != 1);
        arena_reset(f->arena);
    }
}

static void five_hundred_questions(void **state)
{
    struct fixture *f = *state;
    for (int i = 1; i <= 500; i++) {
        paper_question(f->paper, arena_printf(f->arena, "%d", i), arena_printf(f->arena, "v%d", i),
                       NULL, i % 5 ? NULL : "t-doel");
        if (i % 3 == 0)
            paper_answer(f->paper, PAPER_CHILD, "Wie", "Een antwoord.");
        else
            paper_lines(f->paper, 2);
    }
    print_it(f);
    assert_numbered(f, "v", 500);
    assert_true(f->pages > 30);
}

static void breaks_make_no_empty_pages(void **state)
{
    struct fixture *f = *state;
    paper_break(f->paper);
    paper_text(f->paper, PAPER_PLAIN, "een");
    paper_break(f->paper);
    paper_break(f->paper);
    paper_text(f->paper, PAPER_PLAIN, "twee");
    paper_break(f->paper);
    print_it(f);
    assert_int_equal(f->pages, 2);
    assert_int_equal(reader_page_of(f->words, f->count, "twee"), 2);
}

static void too_narrow_columns_go_under_each_other(void **state)
{
    struct fixture *f = *state;
    for (int depth = 0; depth < 3; depth++)
        paper_columns_begin(f->paper, 6, NULL);
    paper_text(f->paper, PAPER_PLAIN, numbered(f, "n", 30));
    paper_next_column(f->paper);
    paper_text(f->paper, PAPER_PLAIN, numbered(f, "o", 30));
    for (int depth = 0; depth < 3; depth++)
        paper_columns_end(f->paper);
    print_it(f);
    size_t letters = 0;
    for (size_t i = 0; i < f->count; i++)
        letters += strlen(f->words[i].text);
    assert_true(letters >= 2 * (9 * 2 + 21 * 3));
}

/* What is higher than a page is made to fit. */
static void pictures_are_never_higher_than_the_page(void **state)
{
    struct fixture *f = *state;
    static const struct paper_point points[] = {{0, 0}, {1000, 4000}};
    static const struct paper_stroke stroke = {points, 2, 5, 0};
    paper_text(f->paper, PAPER_PLAIN, "voor");
    paper_drawing(f->paper,
                  &(struct paper_drawing){
                      .strokes = &stroke, .count = 1, .height_mm = 2000, .words = "Een streep"});
    paper_choices(f->paper, &(struct paper_choice){.label = "hoog", .symbol = "t-doel"}, 1, true);
    paper_qr(f->paper, "https://school.example/", 900, "AB-CD");
    paper_text(f->paper, PAPER_PLAIN, "na");
    print_it(f);
    assert_true(f->pages >= 3 && f->pages <= 5);
    assert_int_equal(reader_page_of(f->words, f->count, "na"), f->pages);
}

/* --- manuscripts that nobody thought of ------------------------------------------------------- */

struct writer {
    struct fixture *f;
    struct random random;
    size_t words; /* x1 … are written */
    int depth;
};

static size_t roll(struct writer *w, size_t sides)
{
    return (size_t)random_below(&w->random, (uint32_t)sides);
}

static const char *some_words(struct writer *w)
{
    static const size_t most[] = {1, 3, 12, 60, 900};
    size_t count = 1 + roll(w, most[roll(w, ARRAY_LEN(most))]);
    struct buf buf;
    buf_init(&buf, (size_t)1 << 20);
    for (size_t i = 0; i < count; i++)
        buf_printf(&buf, "%sx%zu", i == 0 ? "" : roll(w, 30) ? " " : "\n", ++w->words);
    const char *text = arena_strdup(w->f->arena, buf.data);
    buf_free(&buf);
    return text;
}

static void write_things(struct writer *w);

static void write_leaf(struct writer *w)
{
    struct paper *p = w->f->paper;
    const struct paper_column columns[] = {{some_words(w), 1}, {NULL, 2}};
    const char *cells[4] = {NULL};
    switch (roll(w, 12)) {
    case 0:
        paper_answer(p, (enum paper_voice)roll(w, 6), "Wie", some_words(w));
        break;
    case 1:
        paper_lines(p, (int)roll(w, 40));
        break;
    case 2:
        cells[roll(w, 2)] = some_words(w);
        break;
    case 3:
        paper_question(p, "9", some_words(w), roll(w, 2) ? some_words(w) : NULL,
                       roll(w, 2) ? "t-doel" : NULL);
        break;
    case 4:
        paper_faces(p, 2 + roll(w, 4), NULL, (int)roll(w, 3));
        break;
    case 5:
        paper_drawing(p, &(struct paper_drawing){.height_mm = roll(w, 3) ? (double)roll(w, 200)
                                                                         : PAPER_REST});
        break;
    case 6:
        paper_checkbox(p, roll(w, 2), some_words(w));
        break;
    case 7:
        paper_heading(p, 2 + (int)roll(w, 2), some_words(w), roll(w, 2) ? "t-doel" : NULL);
        break;
    case 8:
        paper_fields(p, (const struct paper_field[]){{"f", some_words(w), 1}, {"g", NULL, 2}}, 2);
        break;
    case 9:
        paper_cards(p, &(const struct paper_card){"t-doel", some_words(w), some_words(w), true}, 1,
                    1 + roll(w, 3));
        break;
    case 10:
        paper_space(p, (double)roll(w, 120));
        break;
    default:
        paper_text(p, (enum paper_style)roll(w, 5), some_words(w));
    }
    paper_table(p, columns, 2, cells, 1 + roll(w, 2));
}

static void write_things(struct writer *w)
{
    struct paper *p = w->f->paper;
    size_t count = roll(w, w->depth == 0 ? 12 : 4);
    w->depth++;
    for (size_t i = 0; i < count; i++) {
        size_t kind = w->depth > 3 ? 9 : roll(w, 10);
        if (kind == 0) {
            paper_box_begin(p, &(struct paper_box){.title = roll(w, 2) ? some_words(w) : NULL,
                                                   .height_mm = roll(w, 4) ? 0 : PAPER_REST});
            write_things(w);
            paper_box_end(p);
        } else if (kind == 1) {
            size_t across = 1 + roll(w, 4);
            paper_columns_begin(p, across, NULL);
            for (size_t c = 0; c < across; c++) {
                if (c)
                    paper_next_column(p);
                write_things(w);
            }
            paper_columns_end(p);
        } else if (kind == 2) {
            paper_keep_together_begin(p);
            write_things(w);
            paper_keep_together_end(p);
        } else {
            write_leaf(w);
        }
    }
    w->depth--;
}

/* Words broken over lines are counted by their letters. */
static size_t letters_written(size_t words)
{
    size_t letters = 0;
    for (size_t i = 1, size = 10, digits = 1; i <= words; i++) {
        if (i == size) {
            size *= 10;
            digits++;
        }
        letters += digits + 1;
    }
    return letters;
}

static void any_manuscript_is_tidy_and_whole(void **state)
{
    struct fixture *f = *state;
    for (unsigned seed = 1; seed <= 20; seed++) {
        struct paper_look look = {
            .tr = f->tr, .title = "Proef", .band = (enum paper_band)(seed % 3)};
        struct writer writer = {.f = f, .random = random_seeded(seed)};
        assert_int_equal(paper_open(f->arena, &look, &f->paper), OK);
        write_things(&writer);
        print_it(f);
        size_t letters = 0;
        for (size_t i = 0; i < f->count; i++)
            for (const char *c = f->words[i].text; *c; c++)
                letters += *c == 'x' || (*c >= '0' && *c <= '9');
        if (letters < letters_written(writer.words))
            fail_msg("seed %u: %zu of %zu letters", seed, letters, letters_written(writer.words));
        arena_reset(f->arena);
    }
}

int main(void)
{
#define PAGES(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        PAGES(long_answers_flow_over_pages),
        PAGES(text_without_spaces_breaks),
        PAGES(boxes_and_columns_longer_than_a_page_are_broken),
        PAGES(a_row_of_a_table_longer_than_a_page_is_broken),
        PAGES(heads_of_tables_are_repeated),
        PAGES(what_belongs_together_stays_together),
        PAGES(no_line_of_a_paragraph_stands_alone),
        PAGES(five_hundred_questions),
        PAGES(breaks_make_no_empty_pages),
        PAGES(too_narrow_columns_go_under_each_other),
        PAGES(pictures_are_never_higher_than_the_page),
        PAGES(any_manuscript_is_tidy_and_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
