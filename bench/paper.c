/*
 * Usage: paper [ROUNDS] | paper DIRECTORY
 *
 * What one conversation on paper costs in a running server (ARCHITECTURE §9: at most 10 ms): prints
 * a filled form of two pages, and writes "median p99 bare": milliseconds, the last one of the same
 * number of pages with nothing but a line of text each. With a directory it writes the sample forms
 * there instead, to be looked at.
 */
#include <pango/pangocairo.h>
#include <cairo-pdf.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/str.h"
#include "i18n/tr.h"
#include "print/paper_fixture.h"
#include "print/press.h"

#define ARENA_MAX ((size_t)64 << 20)
#define ROUNDS_MAX 10000

struct bench {
    struct arena *arena;
    struct tr *tr[LANG_COUNT];
    struct paper_press *press;
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
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

static void samples(const struct bench *b, const char *directory)
{
    const struct tr *nl = b->tr[LANG_NL];
    keep(b, fixture_form(b->arena, nl, PAPER_OLDER, false), directory, "blank");
    keep(b, fixture_form(b->arena, nl, PAPER_OLDER, true), directory, "filled");
    keep(b, fixture_form(b->arena, nl, PAPER_YOUNGER, false), directory, "younger");
    keep(b, fixture_form(b->arena, nl, PAPER_YOUNGEST, false), directory, "youngest");
    keep(b, fixture_plan(b->arena, nl), directory, "plan");
}

static cairo_status_t nowhere(UNUSED void *context, UNUSED const unsigned char *data,
                              UNUSED unsigned len)
{
    return CAIRO_STATUS_SUCCESS;
}

/* The measuring rod: pango and cairo themselves, two pages, one line each. */
static void bare(void)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(nowhere, NULL, 595, 842);
    cairo_t *cr = cairo_create(surface);
    for (int page = 0; page < 2; page++) {
        PangoLayout *layout = pango_cairo_create_layout(cr);
        pango_layout_set_text(layout, "Een regel.", -1);
        pango_cairo_show_layout(cr, layout);
        g_object_unref(layout);
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

static void measure(const struct bench *b, size_t rounds)
{
    double *ours = calloc(rounds, sizeof(*ours)), *rod = calloc(rounds, sizeof(*rod));
    must(ours && rod, "memory");
    for (size_t i = 0; i < rounds + 1;
         i++) { /* the first one opens the fonts, and is not counted */
        struct bytes pdf;
        double start = now_ms();
        struct paper *paper = fixture_form(b->arena, b->tr[LANG_NL], PAPER_OLDER, true);
        must(paper && paper_print(paper, b->press, &pdf) == OK, "printing");
        double printed = now_ms();
        bare();
        if (i) {
            ours[i - 1] = printed - start;
            rod[i - 1] = now_ms() - printed;
        }
        arena_reset(b->arena);
    }
    qsort(ours, rounds, sizeof(*ours), by_size);
    qsort(rod, rounds, sizeof(*rod), by_size);
    printf("%.2f %.2f %.2f\n", ours[rounds / 2], ours[rounds * 99 / 100], rod[rounds / 2]);
    free(ours);
    free(rod);
}

int main(int argc, char **argv)
{
    struct bench b = {.arena = arena_new(ARENA_MAX)};
    int64_t rounds = 300;
    must(b.arena && tr_load_all(b.tr) == OK && paper_press_open(&b.press) == OK, "starting");
    if (argc > 1 && str_to_int64(argv[1], &rounds) != OK)
        samples(&b, argv[1]);
    else
        measure(&b, (size_t)(rounds > 0 && rounds <= ROUNDS_MAX ? rounds : 300));
    paper_press_close(b.press);
    tr_free_all(b.tr);
    arena_free(b.arena);
    return 0;
}
