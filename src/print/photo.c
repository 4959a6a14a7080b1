#include "print/photo.h"

#include <assert.h>
#include <math.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "print/photo_file.h"

/* What Exif calls orientation: where a point (x, y) of the file comes to lie, but for the shift. */
static const struct {
    int xx, xy, yx, yy;
} ways[] = {
    [1] = {1, 0, 0, 1}, [2] = {-1, 0, 0, 1}, [3] = {-1, 0, 0, -1}, [4] = {1, 0, 0, -1},
    [5] = {0, 1, 1, 0}, [6] = {0, -1, 1, 0}, [7] = {0, -1, -1, 0}, [8] = {0, 1, -1, 0},
};

/* From pixels of the file to upright ones that begin at (0, 0). */
static cairo_matrix_t upright(size_t way, double width, double height)
{
    cairo_matrix_t m;
    double x = ways[way].xx < 0 ? width : ways[way].xy < 0 ? height : 0;
    double y = ways[way].yx < 0 ? width : ways[way].yy < 0 ? height : 0;
    cairo_matrix_init(&m, ways[way].xx, ways[way].yx, ways[way].xy, ways[way].yy, x, y);
    return m;
}

static cairo_surface_t *white(int width, int height)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_destroy(cr);
    return surface;
}

/* A new surface, upright and at most PHOTO_SIDE_MAX long. Never NULL: a failed one says so itself.
 */
static cairo_surface_t *settle(cairo_surface_t *from, int up)
{
    size_t way = up >= 1 && (size_t)up < ARRAY_LEN(ways) ? (size_t)up : 1;
    int width = cairo_image_surface_get_width(from);
    int height = cairo_image_surface_get_height(from);
    double scale = fmin(1, (double)PHOTO_SIDE_MAX / (width > height ? width : height));
    int across = (int)fmax(1, round(scale * (ways[way].xx ? width : height)));
    int down = (int)fmax(1, round(scale * (ways[way].xx ? height : width)));
    cairo_surface_t *to = white(across, down);
    cairo_t *cr = cairo_create(to);
    cairo_matrix_t turn = upright(way, width, height);
    cairo_scale(cr, (double)across / (ways[way].xx ? width : height),
                (double)down / (ways[way].xx ? height : width));
    cairo_transform(cr, &turn);
    cairo_set_source_surface(cr, from, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD); /* no pale rim */
    cairo_rectangle(cr, 0, 0, width, height);
    cairo_fill(cr);
    cairo_destroy(cr);
    return to;
}

static enum status read_file(struct bytes file, cairo_surface_t **ret_surface)
{
    if (file.len >= 3 && memcmp(file.data, "\xFF\xD8\xFF", 3) == 0)
        return photo_jpeg(file, PHOTO_SIDE_MAX, ret_surface);
    if (file.len >= 4 && memcmp(file.data, "\x89PNG", 4) == 0)
        return photo_png(file, ret_surface);
    if (file.len >= 12 && memcmp(file.data, "RIFF", 4) == 0)
        return photo_webp(file, PHOTO_SIDE_MAX, ret_surface);
    return ERR_INVALID;
}

enum status photo_read(struct bytes file, int up, struct arena *arena, struct photo *ret_photo)
{
    assert(arena && ret_photo);

    cairo_surface_t *surface = NULL;
    enum status st = read_file(file, &surface);
    if (st != OK)
        return st;
    cairo_surface_t *settled = settle(surface, up);
    cairo_surface_destroy(surface);
    struct photo photo = {.width = cairo_image_surface_get_width(settled),
                          .height = cairo_image_surface_get_height(settled)};
    st = cairo_surface_status(settled) == CAIRO_STATUS_SUCCESS
             ? photo_write(settled, arena, &photo.jpeg)
             : ERR_NOMEM;
    cairo_surface_destroy(settled);
    if (st == OK)
        *ret_photo = photo;
    return st;
}
