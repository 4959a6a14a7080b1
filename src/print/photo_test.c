/* Photos: upright, small, and on paper; and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "print/paper.h"
#include "print/photo.h"
#include "print/photo_file.h"
#include "print/photo_fixture.h"
#include "print/press.h"
#include "print/reader_fixture.h"

static int setup(void **state)
{
    *state = arena_new((size_t)128 << 20);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

/* The colour of a quarter as a letter: r g b, or w. `column` and `row` are 0 or 1. */
static char colour_at(const struct photo *photo, int column, int row)
{
    cairo_surface_t *surface = NULL;
    assert_int_equal(photo_jpeg(photo->jpeg, PHOTO_SIDE_MAX, &surface), OK);
    assert_int_equal(cairo_image_surface_get_width(surface), photo->width);
    assert_int_equal(cairo_image_surface_get_height(surface), photo->height);
    int x = photo->width * (1 + 2 * column) / 4, y = photo->height * (1 + 2 * row) / 4;
    const unsigned char *line = cairo_image_surface_get_data(surface) +
                                (ptrdiff_t)y * cairo_image_surface_get_stride(surface);
    uint32_t pixel = ((const uint32_t *)(const void *)line)[x];
    cairo_surface_destroy(surface);
    bool red = (pixel >> 16 & 0xFF) > 128, green = (pixel >> 8 & 0xFF) > 128,
         blue = (pixel & 0xFF) > 128;
    return red && green && blue ? 'w' : red ? 'r' : green ? 'g' : 'b';
}

static void assert_quarters(const struct photo *photo, const char *expected)
{
    const char seen[] = {colour_at(photo, 0, 0), colour_at(photo, 1, 0), colour_at(photo, 0, 1),
                         colour_at(photo, 1, 1), '\0'};
    assert_string_equal(seen, expected);
}

static void every_way_up_comes_upright(void **state)
{
    /* The file is "rgbw"; this is what is seen when each of Exif's orientations is turned upright.
     */
    static const char *const seen[] = {"rgbw", "rgbw", "grwb", "wbgr", "bwrg",
                                       "rbgw", "brwg", "wgbr", "gwrb", "rgbw"};
    struct bytes file = fixture_photo_jpeg(*state, 64, 32);
    for (int up = 0; up < (int)ARRAY_LEN(seen); up++) {
        struct photo photo;
        bool turned = up >= 5 && up <= 8;
        assert_int_equal(photo_read(file, up, *state, &photo), OK);
        assert_int_equal(photo.width, turned ? 32 : 64);
        assert_int_equal(photo.height, turned ? 64 : 32);
        assert_quarters(&photo, seen[up]);
    }
}

static void large_ones_become_small(void **state)
{
    struct photo photo;
    struct bytes file = fixture_photo_jpeg(*state, 4000, 3000);
    assert_int_equal(photo_read(file, 6, *state, &photo), OK);
    assert_int_equal(photo.height, PHOTO_SIDE_MAX);
    assert_int_equal(photo.width, PHOTO_SIDE_MAX * 3 / 4);
    assert_quarters(&photo, "brwg");
    assert_true(photo.jpeg.len < 100000);
    assert_int_equal(photo_read(fixture_photo_png(*state, 1300, 40), 1, *state, &photo), OK);
    assert_int_equal(photo.width, PHOTO_SIDE_MAX);
    assert_quarters(&photo, "rgbw");
    assert_int_equal(photo_read(fixture_photo_webp(*state, 60, 2000), 1, *state, &photo), OK);
    assert_int_equal(photo.height, PHOTO_SIDE_MAX);
    assert_quarters(&photo, "rgbw");
    assert_int_equal(photo_read(fixture_photo_webp(*state, 20, 10), 1, *state, &photo), OK);
    assert_int_equal(photo.width, 20); /* and small ones stay */
}

static void what_is_no_photo_is_refused(void **state)
{
    struct arena *arena = *state;
    struct photo photo;
    struct bytes jpeg = fixture_photo_jpeg(arena, 200, 100), png = fixture_photo_png(arena, 9, 9),
                 webp = fixture_photo_webp(arena, 9, 9);
    const struct bytes none = {(const uint8_t *)"", 0}, pdf = {(const uint8_t *)"%PDF-1.4\n", 9};
    assert_int_equal(photo_read(none, 1, arena, &photo), ERR_INVALID);
    assert_int_equal(photo_read(pdf, 1, arena, &photo), ERR_INVALID);
    for (size_t len = 3; len < 30; len++)
        assert_int_equal(photo_read((struct bytes){jpeg.data, len}, 1, arena, &photo), ERR_INVALID);
    for (size_t len = 4; len < png.len - 20; len++)
        assert_int_equal(photo_read((struct bytes){png.data, len}, 1, arena, &photo), ERR_INVALID);
    for (size_t len = 4; len < webp.len - 4; len++)
        assert_int_equal(photo_read((struct bytes){webp.data, len}, 1, arena, &photo), ERR_INVALID);
    /* half of a JPEG is half a photo: a line that was lost is no reason to leave out the rest */
    assert_int_equal(photo_read((struct bytes){jpeg.data, jpeg.len - 40}, 1, arena, &photo), OK);
}

/* Sizes that only the head of the file claims: nothing is unpacked for them. */
static void what_claims_to_be_huge_is_refused(void **state)
{
    struct photo photo;
    struct bytes png = fixture_photo_png(*state, 9, 9);
    uint8_t *head = arena_memdup(*state, png.data, png.len);
    memcpy(head + 16, "\0\0\xFF\xFF\0\0\xFF\xFF", 8);
    assert_int_equal(photo_read((struct bytes){head, png.len}, 1, *state, &photo), ERR_LIMIT);
    memcpy(head + 16, "\0\0\0\0\0\0\0\x09", 8);
    assert_int_equal(photo_read((struct bytes){head, png.len}, 1, *state, &photo), ERR_INVALID);
    struct bytes jpeg = fixture_photo_jpeg(*state, 200, 100);
    uint8_t *body = arena_memdup(*state, jpeg.data, jpeg.len);
    uint8_t *frame = memmem(body, jpeg.len, "\xFF\xC0\0\x11\x08", 5);
    assert_non_null(frame);
    memcpy(frame + 5, "\xFF\xDC\xFF\xDC", 4); /* 65,500 × 65,500 */
    assert_int_equal(photo_read((struct bytes){body, jpeg.len}, 1, *state, &photo), ERR_LIMIT);
}

static void it_stands_on_paper_with_its_words(void **state)
{
    struct arena *arena = *state;
    struct tr *tr = NULL;
    struct paper_press *press = NULL;
    struct paper *paper = NULL;
    struct photo photo;
    struct bytes pdf;
    assert_int_equal(tr_new(LANG_NL, NULL, 0, &tr), OK);
    assert_int_equal(paper_press_open(&press), OK);
    const struct paper_look look = {.tr = tr, .title = "Proef"};
    assert_int_equal(paper_open(arena, &look, &paper), OK);
    assert_int_equal(photo_read(fixture_photo_jpeg(arena, 3000, 4000), 1, arena, &photo), OK);
    for (int i = 0; i < 4; i++) {
        paper_text(paper, PAPER_PLAIN, "Kijk:");
        paper_photo(paper, &photo, i ? NULL : "Mijn toren");
    }
    assert_int_equal(paper_print(paper, press, &pdf), OK);
    const char *list = READER(arena, pdf, "pdfimages", "-list", "PDF");
    assert_non_null(strstr(list, " jpeg "));
    assert_non_null(strstr(list, " 930  1240 "));
    size_t count = 0, pages = 0;
    const struct reader_word *words = reader_words(arena, pdf, &count, &pages);
    reader_assert_tidy(words, count);
    assert_int_equal(pages, 2);
    assert_non_null(memmem(pdf.data, pdf.len, "/Alt", 4));
    assert_true(pdf.len < 4 * photo.jpeg.len + 60000);
    paper_press_close(press);
    tr_free(tr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_way_up_comes_upright, setup, teardown),
        cmocka_unit_test_setup_teardown(large_ones_become_small, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_no_photo_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(what_claims_to_be_huge_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(it_stands_on_paper_with_its_words, setup, teardown),
    };
    return cmocka_run_group_tests_name("print_photo", tests, NULL, NULL);
}
