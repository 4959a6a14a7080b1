#include "print/photo_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <webp/encode.h>

#include "base/arena.h"
#include "base/buf.h"
#include "print/photo_file.h"

static cairo_surface_t *quarters(int width, int height)
{
    static const struct {
        double x, y, red, green, blue;
    } parts[] = {{0, 0, 1, 0, 0}, {0.5, 0, 0, 1, 0}, {0, 0.5, 0, 0, 1}, {0.5, 0.5, 1, 1, 1}};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(surface);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        cairo_rectangle(cr, parts[i].x * width, parts[i].y * height, width, height);
        cairo_set_source_rgb(cr, parts[i].red, parts[i].green, parts[i].blue);
        cairo_fill(cr);
    }
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

struct bytes fixture_photo_jpeg(struct arena *arena, int width, int height)
{
    struct bytes jpeg;
    cairo_surface_t *surface = quarters(width, height);
    assert_int_equal(photo_write(surface, arena, &jpeg), OK);
    cairo_surface_destroy(surface);
    return jpeg;
}

static cairo_status_t take(void *context, const unsigned char *data, unsigned len)
{
    buf_add(context, data, len);
    return CAIRO_STATUS_SUCCESS;
}

struct bytes fixture_photo_png(struct arena *arena, int width, int height)
{
    struct buf buf;
    buf_init(&buf, (size_t)16 << 20);
    cairo_surface_t *surface = quarters(width, height);
    assert_int_equal(cairo_surface_write_to_png_stream(surface, take, &buf), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
    struct bytes png = {arena_memdup(arena, buf.data, buf.len), buf.len};
    buf_free(&buf);
    return png;
}

struct bytes fixture_photo_webp(struct arena *arena, int width, int height)
{
    uint8_t *file = NULL;
    cairo_surface_t *surface = quarters(width, height);
    uint8_t *rgb = arena_alloc(arena, (size_t)width * (size_t)height * 3);
    assert_non_null(rgb);
    for (int y = 0; y < height; y++) {
        const unsigned char *data = cairo_image_surface_get_data(surface);
        const uint32_t *row =
            (const void *)(data + (ptrdiff_t)y * cairo_image_surface_get_stride(surface));
        for (int x = 0; x < width; x++)
            for (int part = 0; part < 3; part++)
                rgb[((size_t)y * (size_t)width + (size_t)x) * 3 + (size_t)part] =
                    (uint8_t)(row[x] >> (16 - 8 * part));
    }
    cairo_surface_destroy(surface);
    size_t len = WebPEncodeLosslessRGB(rgb, width, height, width * 3, &file);
    assert_true(len > 0);
    struct bytes webp = {arena_memdup(arena, file, len), len};
    WebPFree(file);
    return webp;
}
