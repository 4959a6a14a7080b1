/*
 * Usage: paper [ROUNDS [METHOD]] | paper DIRECTORY
 *
 * What one conversation on paper costs in a running server (ARCHITECTURE §9: at most 10 ms). Prints
 * a filled form of two pages again and again, beside a measuring rod in the same run: pango and
 * cairo themselves, two pages with as many lines of text. Writes "median p99 processor rod":
 * milliseconds; processor is the median of processor time, rod the median of the rod's.
 *
 * Then a line "each METHOD BAND blank filled" for every method that is shipped and every age it is for: processor
 * time of its form, in milliseconds, blank and with every answer filled in; and "form METHOD blank filled" for
 * the dearest. With METHOD only of that one: to count instructions of its form_paper_print() with callgrind.
 *
 * With a directory it writes the sample forms there instead, and every form that is shipped, blank and filled, in
 * both languages: to be looked at.
 */
#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "answer/kind.h"
#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "conversation/form_fixture.h"
#include "conversation/form_paper_web.h"
#include "i18n/tr.h"
#include "method/shelf.h"
#include "print/paper_fixture.h"
#include "print/press.h"

#define ARENA_MAX ((size_t)64 << 20)
#define ROUNDS_MAX 10000
#define FORM_ROUNDS 20
#define ROD_LINES 24 /* of each page; the form has 47 pieces of text */

struct bench {
    struct arena *arena;
    size_t form_rounds;
    struct tr *tr[LANG_COUNT];
    struct paper_press *press;
};

static double clock_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "paper: %s\n", what);
    exit(1);
}

static void keep(const struct bench *bench, struct paper *paper, const char *directory,
                 const char *name)
{
    struct bytes pdf;
    must(paper && paper_print(paper, bench->press, &pdf) == OK, name);
    FILE *file = fopen(arena_printf(bench->arena, "%s/%s.pdf", directory, name), "wb");
    must(file && fwrite(pdf.data, 1, pdf.len, file) == pdf.len && fclose(file) == 0, name);
}

static void keep_form(const struct bench *b, const struct form_paper *form, const char *directory,
                      const char *suffix)
{
    struct bytes pdf;
    const char *name = arena_printf(b->arena, "%s/%s-%d-%d-%s-%s.pdf", directory, form->method->key,
                                    (int)form->band, (int)form->preparation, tr_code(form->tr), suffix);
    must(form_paper_print(form, b->press, b->arena, &pdf) == OK, name);
    FILE *file = fopen(name, "wb");
    must(file && fwrite(pdf.data, 1, pdf.len, file) == pdf.len && fclose(file) == 0, name);
}

/* The conversation (part 0) or a preparation, for one age, in every language. */
static void keep_forms(const struct bench *b, const struct method *method, enum method_part part,
                       enum band band, const char *directory)
{
    struct form_paper form = {.method = method, .preparation = part, .band = band};
    const char *missing = NULL;
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        form.tr = b->tr[lang];
        form.answers = NULL;
        form.answer_count = 0;
        keep_form(b, &form, directory, "blank");
        form.answers = form_fixture_answers(b->arena, method, &form.answer_count, &missing);
        must(form.answers != NULL, method->key);
        keep_form(b, &form, directory, "filled");
        arena_reset(b->arena);
    }
}

static void keep_all_forms(const struct bench *b, const char *directory)
{
    struct method_shelf *shelf = NULL;
    must(method_shelf_open(&answer_method_kinds, &shelf) == OK, "methods");
    for (size_t i = 0; i < method_shipped_count(); i++) {
        const struct method *method = method_shipped(shelf, method_shipped_key(i));
        must(method != NULL, method_shipped_key(i));
        for (enum band band = BAND_4_6; band < BAND_ADULT; band++) {
            if (!(method->bands >> band & 1u))
                continue;
            keep_forms(b, method, (enum method_part)0, band, directory);
            for (size_t p = 0; p < method->preparation_count; p++)
                keep_forms(b, method, method->preparations[p].who, band, directory);
        }
    }
    method_shelf_close(shelf);
}

static void samples(const struct bench *b, const char *directory)
{
    const struct tr *nl = b->tr[LANG_NL];
    keep(b, fixture_form(b->arena, nl, PAPER_OLDER, false), directory, "blank");
    keep(b, fixture_form(b->arena, nl, PAPER_OLDER, true), directory, "filled");
    keep(b, fixture_form(b->arena, nl, PAPER_YOUNGER, false), directory, "younger");
    keep(b, fixture_form(b->arena, nl, PAPER_YOUNGEST, false), directory, "youngest");
    keep(b, fixture_plan(b->arena, nl), directory, "plan");
    keep(b, fixture_rest(b->arena, nl), directory, "rest");
    keep_all_forms(b, directory);
}

static cairo_status_t nowhere(UNUSED void *context, UNUSED const unsigned char *data,
                              UNUSED unsigned len)
{
    return CAIRO_STATUS_SUCCESS;
}

static void rod(void)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(nowhere, NULL, 595, 842);
    cairo_t *cr = cairo_create(surface);
    for (int line = 0; line < 2 * ROD_LINES; line++) {
        PangoLayout *layout = pango_cairo_create_layout(cr);
        pango_layout_set_text(layout,
                              "Beginnen aan mijn weektaak: ik slijp eerst al mijn potloden.", -1);
        cairo_move_to(cr, 40, 20.0 * (line % ROD_LINES + 1));
        pango_cairo_show_layout(cr, layout);
        g_object_unref(layout);
        if (line % ROD_LINES == ROD_LINES - 1)
            cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double place(double *values, size_t count, size_t percent)
{
    qsort(values, count, sizeof(*values), by_size);
    return values[(count - 1) * percent / 100];
}

static void measure(const struct bench *b, size_t rounds)
{
    double *ours = calloc(rounds, sizeof(*ours)), *cpu = calloc(rounds, sizeof(*cpu)),
           *rods = calloc(rounds, sizeof(*rods));
    must(ours && cpu && rods, "memory");
    /* The first round opens the fonts, and is not counted. */
    for (size_t round = 0; round < rounds + 1; round++) {
        struct bytes pdf;
        double start = clock_ms(CLOCK_MONOTONIC), busy = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        struct paper *paper = fixture_form(b->arena, b->tr[LANG_NL], PAPER_OLDER, true);
        must(paper && paper_print(paper, b->press, &pdf) == OK, "printing");
        double printed = clock_ms(CLOCK_MONOTONIC), worked = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        rod();
        if (round) {
            ours[round - 1] = printed - start;
            cpu[round - 1] = worked - busy;
            rods[round - 1] = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - worked;
        }
        arena_reset(b->arena);
    }
    printf("%.2f %.2f %.2f %.2f\n", place(ours, rounds, 50), place(ours, rounds, 99),
           place(cpu, rounds, 50), place(rods, rounds, 50));
    free(ours);
    free(cpu);
    free(rods);
}

/* The median of a few rounds. */
static double form_cost(const struct bench *b, const struct form_paper *form)
{
    double cpu[FORM_ROUNDS];
    struct arena_mark mark = arena_mark(b->arena);
    for (size_t round = 0; round < b->form_rounds; round++) {
        struct bytes pdf;
        double busy = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
        must(form_paper_print(form, b->press, b->arena, &pdf) == OK, form->method->key);
        cpu[round] = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - busy;
        arena_rewind(b->arena, mark);
    }
    return place(cpu, b->form_rounds, 50);
}

struct dearest {
    const char *key;
    double blank, filled;
};

/* One method for one age; `most` becomes this one when it costs more. */
static void measure_form(const struct bench *b, const struct method *method, enum band band,
                         struct dearest *most)
{
    struct form_paper form = {.method = method, .band = band, .tr = b->tr[LANG_NL]};
    const char *missing = NULL;
    double blank = form_cost(b, &form);
    form.answers = form_fixture_answers(b->arena, method, &form.answer_count, &missing);
    must(form.answers != NULL, method->key);
    double filled = form_cost(b, &form);
    printf("each %s %d %.2f %.2f\n", method->key, (int)band, blank, filled);
    if (fmax(filled, blank) > fmax(most->filled, most->blank))
        *most = (struct dearest){method->key, blank, filled};
    arena_reset(b->arena);
}

static void measure_forms(const struct bench *b, const char *only)
{
    struct method_shelf *shelf = NULL;
    struct dearest most = {"", 0, 0};
    must(method_shelf_open(&answer_method_kinds, &shelf) == OK, "methods");
    for (size_t i = 0; i < method_shipped_count(); i++) {
        const struct method *method = method_shipped(shelf, method_shipped_key(i));
        must(method != NULL, method_shipped_key(i));
        if (only && !str_equal(only, method->key))
            continue;
        for (enum band band = BAND_4_6; band < BAND_ADULT; band++)
            if (method->bands >> band & 1u)
                measure_form(b, method, band, &most);
    }
    printf("form %s %.2f %.2f\n", most.key, most.blank, most.filled);
    method_shelf_close(shelf);
}

int main(int argc, char **argv)
{
    struct bench b = {.arena = arena_new(ARENA_MAX)};
    int64_t rounds = 300;
    must(b.arena && tr_load_all(b.tr) == OK && paper_press_open(&b.press) == OK, "starting");
    if (argc > 1 && str_to_int64(argv[1], &rounds) != OK)
        samples(&b, argv[1]);
    else {
        rounds = rounds > 0 && rounds <= ROUNDS_MAX ? rounds : 300;
        b.form_rounds = (size_t)(rounds < FORM_ROUNDS ? rounds : FORM_ROUNDS);
        measure(&b, (size_t)rounds);
        measure_forms(&b, argc > 2 ? argv[2] : NULL);
    }
    paper_press_close(b.press);
    tr_free_all(b.tr);
    arena_free(b.arena);
    return 0;
}
