#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/compiler.h"
#include "base/str.h"
#include "print/paper_fixture.h"
#include "print/pdf_update.h"
#include "print/press_in.h"
#include "print/reader_fixture.h"

struct fixture {
    struct arena *arena;
    struct tr *tr[LANG_COUNT];
    struct paper_press *press;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    f->arena = arena_new((size_t)128 << 20);
    *state = f;
    return tr_load_all(f->tr) == OK && paper_press_open(&f->press) == OK ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    paper_press_close(f->press);
    tr_free_all(f->tr);
    arena_free(f->arena);
    free(f);
    return 0;
}

static struct paper *blank(struct fixture *f, struct paper_look look)
{
    struct paper *paper = NULL;
    if (!look.tr)
        look.tr = f->tr[LANG_NL];
    if (!look.title)
        look.title = "Proef";
    assert_int_equal(paper_open(f->arena, &look, &paper), OK);
    return paper;
}

static struct bytes printed(struct fixture *f, struct paper *paper)
{
    struct bytes pdf = {0};
    assert_non_null(paper);
    assert_int_equal(paper_print(paper, f->press, &pdf), OK);
    return pdf;
}

static bool contains(struct bytes bytes, const char *text)
{
    return memmem(bytes.data, bytes.len, text, strlen(text)) != NULL;
}

/* Each behind the one before it. */
static void assert_in_order(const char *text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *found = strstr(text, parts[i]);
        if (!found)
            fail_msg("not there, or too early: %s", parts[i]);
        text = found + strlen(parts[i]);
    }
}

static void a_form_is_two_sides_of_a4(void **state)
{
    struct fixture *f = *state;
    for (int filled = 0; filled < 2; filled++) {
        struct bytes pdf = printed(f, fixture_form(f->arena, f->tr[LANG_NL], PAPER_OLDER, filled));
        const char *info = READER(f->arena, pdf, "pdfinfo", "PDF");
        assert_non_null(strstr(info, "Pages:           2\n"));
        assert_non_null(strstr(info, "(A4)"));
        assert_non_null(strstr(info, "Title:           Mijn gesprek\n"));
        assert_non_null(strstr(info, "Tagged:          yes"));
        assert_non_null(strstr(info, "24 10:00:00 2026 UTC"));
        assert_null(strstr(info, "Error"));
        assert_true(pdf.len < 100000);
    }
}

static void fonts_are_ours_embedded_and_subsetted(void **state)
{
    struct fixture *f = *state;
    struct bytes pdf = printed(f, fixture_form(f->arena, f->tr[LANG_NL], PAPER_OLDER, true));
    char *fonts = arena_strdup(f->arena, READER(f->arena, pdf, "pdffonts", "PDF"));
    str_split(&fonts, '\n');
    str_split(&fonts, '\n');
    size_t count = 0;
    for (char *line; (line = str_split(&fonts, '\n')) != NULL && *line; count++) {
        if (!strstr(line, "+Andika") || !strstr(line, " yes yes yes "))
            fail_msg("%s", line);
    }
    assert_true(count >= 2);
}

static void adults_read_another_letter(void **state)
{
    struct fixture *f = *state;
    struct paper *paper = blank(f, (struct paper_look){.letters = PAPER_ATKINSON});
    paper_text(paper, PAPER_PLAIN, "Verslag");
    paper_text(paper, PAPER_STRONG, "Vet");
    struct bytes pdf = printed(f, paper);
    assert_non_null(strstr(READER(f->arena, pdf, "pdffonts", "PDF"), "+AtkinsonHyperlegibleNext"));
    assert_non_null(strstr(READER(f->arena, pdf, "pdftotext", "PDF", "-"), "Vet"));
}

static void text_can_be_selected_in_its_order(void **state)
{
    struct fixture *f = *state;
    static const char *const parts[] = {"De Regenboog",
                                        "Zeynep · 24 november 2026",
                                        "Mijn gesprek",
                                        "Naam",
                                        "Zo gaat het nu met mij",
                                        "Buiten spelen met Fenna",
                                        "Dit is nog lastig",
                                        "Vorige week ging",
                                        "Teken of schrijf",
                                        "Gemaakt door juf Marit",
                                        "Samen invullen",
                                        "Juf Marit",
                                        "Je vertelt zelf",
                                        "Ons doel",
                                        "Onze afspraken",
                                        "Wat gaan we doen?",
                                        "Elke ochtend één taak",
                                        "thuis",
                                        "Afgesproken",
                                        "juf of meester"};
    struct bytes pdf = printed(f, fixture_form(f->arena, f->tr[LANG_NL], PAPER_OLDER, true));
    assert_in_order(READER(f->arena, pdf, "pdftotext", "-layout", "PDF", "-"), parts,
                    ARRAY_LEN(parts));
    size_t count, pages;
    struct reader_word *words = reader_words(f->arena, pdf, &count, &pages);
    reader_assert_tidy(words, count);
}

static void who_listens_hears_the_structure(void **state)
{
    struct fixture *f = *state;
    static const char *const parts[] = {"H1",
                                        "Mijn gesprek",
                                        "P (block)",
                                        "Sect",
                                        "H2",
                                        "Zo gaat het nu met mij",
                                        "Figure",
                                        "Table",
                                        "TR",
                                        "TH",
                                        "Wat gaan we doen?",
                                        "TD",
                                        "elke dag"};
    struct bytes pdf = printed(f, fixture_form(f->arena, f->tr[LANG_NL], PAPER_OLDER, true));
    const char *heard = READER(f->arena, pdf, "pdfinfo", "-struct-text", "PDF");
    assert_in_order(heard, parts, ARRAY_LEN(parts));
    assert_null(strstr(heard, "De Regenboog")); /* heads and feet are not part of the text */
    assert_null(strstr(heard, "juf Marit op 24"));
    assert_true(contains(pdf, "/Lang <FEFF006E006C>"));
    assert_true(contains(pdf, "/Alt <FEFF00450065006E002000740065006B0065006E0069006E0067"));
    assert_null(strstr(READER(f->arena, pdf, "pdfinfo", "-struct", "PDF"), "Error"));
}

static void the_same_manuscript_gives_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    struct bytes a = printed(f, fixture_plan(f->arena, f->tr[LANG_NL]));
    printed(f, fixture_form(f->arena, f->tr[LANG_NL], PAPER_YOUNGER, true));
    struct bytes b = printed(f, fixture_plan(f->arena, f->tr[LANG_NL]));
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    paper_press_close(f->press); /* and another press */
    assert_int_equal(paper_press_open(&f->press), OK);
    struct bytes c = printed(f, fixture_plan(f->arena, f->tr[LANG_NL]));
    assert_int_equal(a.len, c.len);
    assert_memory_equal(a.data, c.data, a.len);
}

static void feet_say_page_and_code_in_the_language(void **state)
{
    struct fixture *f = *state;
    struct paper_look look = fixture_look(f->tr[LANG_EN], "Form");
    struct paper *paper = blank(f, look);
    paper_text(paper, PAPER_PLAIN, "one");
    paper_break(paper);
    paper_text(paper, PAPER_PLAIN, "two");
    static const char *const parts[] = {"page 1 of 2", "Code: 7F-2K-94", "page 2 of 2",
                                        "Code: 7F-2K-94"};
    struct bytes pdf = printed(f, paper);
    assert_in_order(READER(f->arena, pdf, "pdftotext", "-raw", "PDF", "-"), parts,
                    ARRAY_LEN(parts));
    assert_true(contains(pdf, "/Lang <FEFF0065006E>"));
}

static void room_to_write_grows_for_the_young(void **state)
{
    struct fixture *f = *state;
    size_t pages[3];
    for (int band = PAPER_OLDER; band <= PAPER_YOUNGEST; band++) {
        struct paper *paper = blank(f, (struct paper_look){.band = (enum paper_band)band});
        for (int i = 0; i < 12; i++)
            paper_lines(paper, 5);
        paper_text(paper, PAPER_PLAIN, "einde");
        size_t count;
        reader_words(f->arena, printed(f, paper), &count, &pages[band]);
    }
    assert_int_equal(pages[PAPER_OLDER], 2);
    assert_true(pages[PAPER_YOUNGER] > pages[PAPER_OLDER]);
    assert_true(pages[PAPER_YOUNGEST] > pages[PAPER_OLDER]);
}

static void any_script_any_text(void **state)
{
    struct fixture *f = *state;
    struct paper *paper = blank(f, (struct paper_look){.head_left = "Łódź", .head_right = "مدرسة"});
    static const char *const texts[] = {"Źdźbło trawy, Özgür, Çağla, œuvre, Ĳsbrand, ’s middags",
                                        "مرحبا بالعالم",
                                        "שלום עולם",
                                        "Ελληνικά Кириллица",
                                        "😀🎉👩‍👩‍👧‍👦 ⚽",
                                        "日本語テキスト",
                                        "\xff\xfe kapot \x80",
                                        "tab\there\rregel\r\nnog\x01 een\x7f",
                                        "e\u0301\u0301\u0301",
                                        "",
                                        NULL,
                                        "\n\n\n",
                                        " "};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        paper_text(paper, PAPER_PLAIN, texts[i]);
        paper_answer(paper, (enum paper_voice)(i % 6), texts[i], texts[i]);
        paper_heading(paper, 2, texts[i], "bestaatniet");
        paper_question(paper, texts[i], texts[i], texts[i], "t-doel");
        paper_checkbox(paper, true, texts[i]);
        paper_faces(paper, 2, (const char *const[]){texts[i], texts[i]}, 1);
        paper_table(paper, &(struct paper_column){texts[i], 0}, 1, &texts[i], 1);
    }
    paper_list(paper, "+", texts, ARRAY_LEN(texts));
    struct bytes pdf = printed(f, paper);
    const char *text = READER(f->arena, pdf, "pdftotext", "PDF", "-");
    /* pango 1.56 takes Ź apart into Z and its accent; on paper that looks the same. */
    assert_non_null(strstr(text, "trawy, Özgür, Çağla, œuvre"));
    assert_non_null(strstr(text, "’s middags"));
    assert_non_null(strstr(text, "Кириллица"));
    assert_non_null(strstr(text, "tab here"));
    assert_non_null(strstr(text, "nog een"));
    assert_null(strstr(READER(f->arena, pdf, "pdffonts", "PDF"), " no "));
    size_t count, pages;
    struct reader_word *words = reader_words(f->arena, pdf, &count, &pages);
    assert_true(reader_page_of(words, count, "kapot") > 0 || strstr(text, "kapot"));
}

static void an_empty_paper_is_one_page(void **state)
{
    struct fixture *f = *state;
    size_t count, pages;
    reader_words(f->arena, printed(f, blank(f, (struct paper_look){0})), &count, &pages);
    assert_int_equal(pages, 1);
}

static void adults_read_rows_lists_and_places(void **state)
{
    struct fixture *f = *state;
    struct bytes pdf = printed(f, fixture_rest(f->arena, f->tr[LANG_NL]));
    static const char *const parts[] = {"weet ik niet",
                                        "hoe zeker",
                                        "7 × 8 = 56",
                                        "zeker goed",
                                        "Een half uur",
                                        "zeker fout",
                                        "+",
                                        "samen lezen",
                                        "+",
                                        "rekenen",
                                        "?",
                                        "Waarom",
                                        "Gevoel",
                                        "Trots"};
    assert_in_order(READER(f->arena, pdf, "pdftotext", "-raw", "PDF", "-"), parts,
                    ARRAY_LEN(parts));
    size_t count, pages;
    struct reader_word *words = reader_words(f->arena, pdf, &count, &pages);
    reader_assert_tidy(words, count);
    assert_int_equal(pages, 1);
}

/* Thin lines and thick ones, large and small: cairo leaves out a stroke that it takes for nothing
 * (ink.h). */
static void what_is_drawn_is_printed(void **state)
{
    struct fixture *f = *state;
    struct paper *paper = blank(f, (struct paper_look){0});
    paper_box_begin(paper, &(struct paper_box){.title = "Doel", .symbol = "t-doel"});
    paper_lines(paper, 2);
    paper_box_end(paper);
    paper_scale(paper, 4, "nee", "ja", 1);
    size_t strokes = 0;
    for (const char *at = READER(f->arena, printed(f, paper), "pdftocairo", "-svg", "PDF", "-");
         (at = strstr(at, "stroke-width")) != NULL; at++)
        strokes++;
    assert_true(strokes >= 8); /* frame, lines, picture, the scale's line and its four rounds */
}

/* What a reader's program draws on the first page, letters aside. */
static size_t shapes(struct fixture *f, struct bytes pdf)
{
    size_t count = 0;
    for (const char *at = READER(f->arena, pdf, "pdftocairo", "-svg", "PDF", "-");
         (at = strstr(at, "<path ")) != NULL; at++)
        count += memmem(at, strcspn(at, ">"), "fill", 4) != NULL;
    return count;
}

/* Boxes and pictures lie under the text by our own hand, or are cairo's when its files are not what
 * we know. */
static void cairo_can_draw_it_all(void **state)
{
    struct fixture *f = *state;
    struct bytes ours = printed(f, fixture_form(f->arena, f->tr[LANG_NL], PAPER_YOUNGEST, false));
    press_weaves_not(f->press);
    struct bytes cairos = printed(f, fixture_form(f->arena, f->tr[LANG_NL], PAPER_YOUNGEST, false));
    assert_true(contains(ours, "/Contents [ ") && !contains(cairos, "/Contents [ "));
    assert_true(contains(ours, "/ink64 <<")); /* cheeks are three quarters opaque */
    size_t drawn = shapes(f, ours);
    assert_true(drawn > 60);
    assert_int_equal(drawn, shapes(f, cairos));
    assert_string_equal(READER(f->arena, ours, "pdftotext", "-layout", "PDF", "-"),
                        READER(f->arena, cairos, "pdftotext", "-layout", "PDF", "-"));
}

static void everything_can_be_asked_at_once(void **state)
{
    struct fixture *f = *state;
    struct bytes pdf = printed(f, fixture_plan(f->arena, f->tr[LANG_NL]));
    static const char *const parts[] = {"Rustig beginnen", "Dit kan ik al", "Een doel kiezen",
                                        "Trots",           "Er staan vier", "Hoe wil je het doen?",
                                        "samen met Fenna"};
    assert_in_order(READER(f->arena, pdf, "pdftotext", "-layout", "PDF", "-"), parts,
                    ARRAY_LEN(parts));
    /* The chosen step of a scale is said. */
    assert_true(contains(pdf, "/Alt <FEFF00720075006E00640020") ||
                contains(pdf, "/Alt <FEFF0072006F0075006E0064") ||
                contains(pdf, "/Alt <FEFF0072006F006E0064"));
}

/* --- what cannot be printed ------------------------------------------------------------------- */

static enum status outcome(struct fixture *f, struct paper *paper)
{
    struct bytes pdf;
    return paper_print(paper, f->press, &pdf);
}

static void begin_and_end_must_match(void **state)
{
    struct fixture *f = *state;
    struct paper *p = blank(f, (struct paper_look){0});
    paper_box_begin(p, &(struct paper_box){0});
    assert_int_equal(outcome(f, p), ERR_INVALID);

    p = blank(f, (struct paper_look){0});
    paper_box_end(p);
    assert_int_equal(outcome(f, p), ERR_INVALID);

    p = blank(f, (struct paper_look){0});
    paper_columns_begin(p, 2, NULL);
    paper_box_begin(p, &(struct paper_box){0});
    paper_columns_end(p);
    assert_int_equal(outcome(f, p), ERR_INVALID);

    p = blank(f, (struct paper_look){0});
    paper_columns_begin(p, 2, NULL);
    paper_next_column(p);
    paper_next_column(p);
    paper_columns_end(p);
    assert_int_equal(outcome(f, p), ERR_INVALID);

    p = blank(f, (struct paper_look){0});
    paper_keep_together_begin(p);
    paper_next_column(p);
    assert_int_equal(outcome(f, p), ERR_INVALID);

    p = blank(f, (struct paper_look){0});
    paper_keep_together_end(p);
    assert_int_equal(outcome(f, p), ERR_INVALID);

    p = blank(f, (struct paper_look){0});
    paper_box_begin(p, &(struct paper_box){0});
    paper_break(p);
    paper_box_end(p);
    assert_int_equal(outcome(f, p), ERR_INVALID);

    struct paper_look none = {.tr = f->tr[LANG_NL]};
    assert_int_equal(paper_open(f->arena, &none, &p), ERR_INVALID);
}

static void limits_are_kept(void **state)
{
    struct fixture *f = *state;
    struct paper *p = blank(f, (struct paper_look){0});
    for (int i = 0; i <= PAPER_DEPTH_MAX; i++)
        paper_box_begin(p, &(struct paper_box){0});
    assert_int_equal(outcome(f, p), ERR_LIMIT);

    p = blank(f, (struct paper_look){0});
    paper_columns_begin(p, PAPER_ACROSS_MAX + 1, NULL);
    assert_int_equal(outcome(f, p), ERR_LIMIT);

    p = blank(f, (struct paper_look){0});
    paper_faces(p, 6, NULL, 0);
    assert_int_equal(outcome(f, p), ERR_LIMIT);

    p = blank(f, (struct paper_look){0});
    paper_scale(p, 11, "", "", 0);
    assert_int_equal(outcome(f, p), ERR_LIMIT);

    p = blank(f, (struct paper_look){0});
    char *text = arena_alloc(f->arena, PAPER_TEXT_MAX + 2);
    memset(text, 'x', PAPER_TEXT_MAX + 1);
    paper_text(p, PAPER_PLAIN, text);
    assert_int_equal(outcome(f, p), ERR_LIMIT);

    p = blank(f, (struct paper_look){0});
    text[PAPER_QR_MAX + 1] = '\0';
    paper_qr(p, text, 30, NULL);
    assert_int_equal(outcome(f, p), ERR_LIMIT);

    p = blank(f, (struct paper_look){0});
    paper_lines(p, 40 * PAPER_PAGES_MAX);
    assert_int_equal(outcome(f, p), ERR_LIMIT);
}

/* At every allocation, while writing down and while printing. */
static void no_memory_is_said(void **state)
{
    struct fixture *f = *state;
    bool done = false;
    size_t refused = 0;
    printed(f, fixture_plan(f->arena, f->tr[LANG_NL])); /* the press is ready */
    for (size_t n = 1; !done && n < 20000; n += n < 60 ? 1 : 17) {
        struct bytes pdf;
        arena_reset(f->arena);
        arena_fail_at(f->arena, n);
        struct paper *paper = fixture_form(f->arena, f->tr[LANG_NL], PAPER_OLDER, true);
        enum status st = paper ? paper_print(paper, f->press, &pdf) : ERR_NOMEM;
        done = !arena_failed(f->arena);
        assert_int_equal(st, done ? OK : ERR_NOMEM);
        refused += !done;
    }
    assert_true(done && refused > 60);
}

struct printer {
    struct fixture *fixture;
    struct bytes pdf;
    struct arena *arena;
};

static void *print_plan(void *context)
{
    struct printer *printer = context;
    for (int i = 0; i < 5; i++) {
        arena_reset(printer->arena);
        struct paper *paper = fixture_plan(printer->arena, printer->fixture->tr[LANG_NL]);
        if (!paper || paper_print(paper, printer->fixture->press, &printer->pdf) != OK)
            return NULL;
    }
    return printer;
}

static void threads_share_a_press(void **state)
{
    struct fixture *f = *state;
    struct printer printers[3];
    pthread_t threads[3];
    for (size_t i = 0; i < 3; i++) {
        printers[i] = (struct printer){.fixture = f, .arena = arena_new((size_t)64 << 20)};
        assert_int_equal(pthread_create(&threads[i], NULL, print_plan, &printers[i]), 0);
    }
    for (size_t i = 0; i < 3; i++) {
        void *done = NULL;
        assert_int_equal(pthread_join(threads[i], &done), 0);
        assert_non_null(done);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(printers[i].pdf.len, printers[0].pdf.len);
        assert_memory_equal(printers[i].pdf.data, printers[0].pdf.data, printers[0].pdf.len);
    }
    for (size_t i = 0; i < 3; i++)
        arena_free(printers[i].arena);
}

static void an_unknown_file_is_left_as_it_is(void **state UNUSED)
{
    static const char *const files[] = {
        "", "%PDF-1.4\nhello", "trailer\n<< /Root 1 0 R /Info 2 0 R >>\nstartxref\n5\n%%EOF\n",
        ("xref\n0 3\n0000000000 65535 f \n0000000000 00000 n \n0000000000 00000 n \ntrailer\n"
         "<< /Root 1 0 R /Info 2 0 R >>\nstartxref\n0\n%%EOF\n"),
        "x\nxref\n0 999999\ntrailer\n<< /Root 1 0 R /Info 2 0 R >>\nstartxref\n2\n%%EOF\n"};
    const char *words[] = {"een"};
    struct pdf_update update = {.language = "nl", .words = words, .word_count = 1};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct buf buf;
        buf_init(&buf, 10000);
        buf_add_str(&buf, files[i]);
        assert_int_equal(pdf_update(&buf, &update), ERR_INVALID);
        assert_string_equal(buf.data, files[i]);
        buf_free(&buf);
    }
}

int main(void)
{
#define PRINTS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        PRINTS(a_form_is_two_sides_of_a4),
        PRINTS(fonts_are_ours_embedded_and_subsetted),
        PRINTS(adults_read_another_letter),
        PRINTS(text_can_be_selected_in_its_order),
        PRINTS(who_listens_hears_the_structure),
        PRINTS(the_same_manuscript_gives_the_same_bytes),
        PRINTS(feet_say_page_and_code_in_the_language),
        PRINTS(room_to_write_grows_for_the_young),
        PRINTS(any_script_any_text),
        PRINTS(an_empty_paper_is_one_page),
        PRINTS(adults_read_rows_lists_and_places),
        PRINTS(what_is_drawn_is_printed),
        PRINTS(cairo_can_draw_it_all),
        PRINTS(everything_can_be_asked_at_once),
        PRINTS(begin_and_end_must_match),
        PRINTS(limits_are_kept),
        PRINTS(no_memory_is_said),
        PRINTS(threads_share_a_press),
        cmocka_unit_test(an_unknown_file_is_left_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
