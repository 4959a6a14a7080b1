#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "gen/assets.h"
#include "print/art.h"
#include "print/ink.h"

static struct bytes asset(const char *name)
{
    const struct asset *found = asset_by_url(asset_url(name));
    assert_non_null(found);
    return found->plain;
}

static struct bytes text(const char *svg)
{
    return (struct bytes){(const uint8_t *)svg, strlen(svg)};
}

static cairo_surface_t *canvas(cairo_t **ret_cr)
{
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    *ret_cr = cairo_create(surface);
    return surface;
}

static void every_picture_is_drawn_inside_its_square(void **state UNUSED)
{
    struct arena *arena = arena_new((size_t)4 << 20);
    struct art art = {0};
    assert_int_equal(art_read(&art, arena, asset("art.svg"), 0), OK);
    size_t pictures = art.count;
    assert_int_equal(art_read(&art, arena, asset("icons.svg"), 0), OK);
    assert_true(pictures >= 42 && art.count >= pictures + 78);
    for (const struct art_symbol *s = art_next(&art, NULL); s; s = art_next(&art, s)) {
        cairo_t *cr;
        cairo_surface_t *surface = canvas(&cr);
        double x, y, w, h;
        art_draw(&(struct ink){.cr = cr}, s, 100, 200, 50);
        assert_int_equal(cairo_status(cr), CAIRO_STATUS_SUCCESS);
        assert_false(cairo_has_current_point(cr));
        cairo_recording_surface_ink_extents(surface, &x, &y, &w, &h);
        bool inside = w > 10 && h > 2 && x >= 98 && y >= 198 && x + w <= 152 && y + h <= 252;
        if (!inside)
            fail_msg("%s: %.1f %.1f %.1f %.1f", art_name(s), x, y, w, h);
        cairo_destroy(cr);
        cairo_surface_destroy(surface);
    }
    arena_free(arena);
}

static void names_are_found_with_and_without_their_prefix(void **state UNUSED)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    struct art art = {0};
    assert_int_equal(art_read(&art, arena, asset("art.svg"), 0), OK);
    assert_non_null(art_find(&art, "t-doel"));
    assert_ptr_equal(art_find(&art, "t-doel"), art_find(&art, "a-t-doel"));
    assert_null(art_find(&art, "doel"));
    assert_null(art_find(&art, ""));
    arena_free(arena);
}

struct box {
    double x1, y1, x2, y2;
};

static struct box path_box(const char *d)
{
    cairo_t *cr;
    cairo_surface_t *surface = canvas(&cr);
    struct box box;
    assert_int_equal(art_path(cr, d), OK);
    cairo_path_extents(cr, &box.x1, &box.y1, &box.x2, &box.y2);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return box;
}

static void assert_box(const char *d, double x1, double y1, double x2, double y2)
{
    struct box b = path_box(d);
    if (fabs(b.x1 - x1) > 0.05 || fabs(b.y1 - y1) > 0.05 || fabs(b.x2 - x2) > 0.05 ||
        fabs(b.y2 - y2) > 0.05)
        fail_msg("%s: %.2f %.2f %.2f %.2f", d, b.x1, b.y1, b.x2, b.y2);
}

static void paths_go_where_svg_says(void **state UNUSED)
{
    assert_box("M1 2L3 8", 1, 2, 3, 8);
    assert_box("m1 2 2 6-4.5.5", -1.5, 2, 3, 8.5); /* pairs behind a move are lines; no spaces */
    assert_box("M1,2H9V-3h-1v1z", 1, -3, 9, 2);
    assert_box("M0 0c0 10 10 10 10 0", 0, 0, 10, 7.5);
    assert_box("M0 0C0 10 10 10 10 0S20-10 20 0", 0, -7.5, 20, 7.5); /* mirrored */
    assert_box("M0 0s10 10 10 0", 0, 0, 10, 4.44);
    assert_box("M0 0q5 10 10 0", 0, 0, 10, 5);
    assert_box("M0 0a5 5 0 0 1 10 0", 0, -5, 10, 0);
    assert_box("M0 0a5 5 0 0 0 10 0", 0, 0, 10, 5);
    assert_box("M0 0a5 5 0 0110 0", 0, -5, 10, 0);   /* flags without spaces */
    assert_box("M0 0A1 1 0 0 1 10 0", 0, -5, 10, 0); /* too small: grown */
    assert_box("M0 0a5 5 0 1 1 5 5", -0, -5, 10, 5);
    assert_box("M0 0a0 5 0 1 1 5 5", 0, 0, 5, 5); /* no radius: a line */
    assert_box("M0 0h4zl0 3", 0, 0, 4, 3);        /* a closed figure goes on at its start */
    assert_box("", 0, 0, 0, 0);
}

static void paths_that_are_none_are_refused(void **state UNUSED)
{
    static const char *const wrong[] = {
        "M",      "M1",       "M1 x",   "M1 1 L", "x", "M0 0a5 5 0 2 1 1 1",
        "M0 0z5", "M0 0t1 1", "M..5 1", "M- 1"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        cairo_t *cr;
        cairo_surface_t *surface = canvas(&cr);
        if (art_path(cr, wrong[i]) != ERR_INVALID)
            fail_msg("taken: %s", wrong[i]);
        cairo_destroy(cr);
        cairo_surface_destroy(surface);
    }
}

static void pictures_that_need_more_are_refused(void **state UNUSED)
{
#define SYMBOL(inside) "<svg><symbol id=\"a-x\" viewBox=\"0 0 10 10\">" inside "</symbol></svg>"
    static const char *const wrong[] = {
        SYMBOL("<text>x</text>"),
        SYMBOL("<path d=\"M0 0h1\" filter=\"url(#f)\"/>"),
        SYMBOL("<path d=\"M0 0h1\" transform=\"scale(2)\"/>"),
        SYMBOL("<g><g><g><g><g><g><g><g><path d=\"M0 0h1\"/></g></g></g></g></g></g></g></g>"),
        "<svg><symbol id=\"a-x\" viewBox=\"0 0 10 20\"/></svg>",
        "<svg><symbol id=\"a-x\"/></svg>",
        "<svg><symbol",
        "",
    };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct arena *arena = arena_new((size_t)1 << 20);
        struct art art = {0};
        if (art_read(&art, arena, text(wrong[i]), 0) != ERR_INVALID)
            fail_msg("taken: %s", wrong[i]);
        arena_free(arena);
    }
}

static void no_memory_is_said(void **state UNUSED)
{
    size_t refused = 0;
    for (size_t n = 1; n < 40; n++) {
        struct arena *arena = arena_new((size_t)4 << 20);
        struct art art = {0};
        arena_fail_at(arena, n);
        enum status st = art_read(&art, arena, asset("art.svg"), 0);
        assert_true(st == ERR_NOMEM || st == OK);
        refused += st == ERR_NOMEM;
        arena_free(arena);
    }
    assert_true(refused == 39);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_picture_is_drawn_inside_its_square),
        cmocka_unit_test(names_are_found_with_and_without_their_prefix),
        cmocka_unit_test(paths_go_where_svg_says),
        cmocka_unit_test(paths_that_are_none_are_refused),
        cmocka_unit_test(pictures_that_need_more_are_refused),
        cmocka_unit_test(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
