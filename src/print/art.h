/*
 * art: the pictures of the program (assets/art.svg, assets/icons.svg) as lines for cairo. Reads
 * them once and draws them as vectors, at any size. Knows the part of SVG that those two files use:
 * symbols with g, path, circle, ellipse, rect and line; fill, stroke, opacity, dashes, rotation. A
 * picture that uses more is refused, so that a test finds it and no page shows half a picture.
 */
#ifndef PRINT_ART_H
#define PRINT_ART_H

#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

struct arena;
struct art_symbol;
struct ink;

/* Pictures in a row; zero is none yet. Everything in it lives in the arena that read it. */
struct art {
    struct art_symbol *first, *last;
    size_t count;
};

/*
 * Adds the symbols of one SVG file. `ink` is the colour of what names none ("currentColor"),
 * 0xRRGGBB. ERR_INVALID when the file uses what this module does not draw (the cause is logged).
 */
NODISCARD enum status art_read(struct art *art, struct arena *arena, struct bytes svg,
                               uint32_t ink);

/* The symbol "a-t-doel" by "t-doel", or "i-lock" by its own name; NULL when there is none. */
const struct art_symbol *art_find(const struct art *art, const char *name);

/* For walking over all of them; NULL after the last. */
const struct art_symbol *art_next(const struct art *art, const struct art_symbol *symbol);
const char *art_name(const struct art_symbol *symbol);

/* Draws into a square of `size` with this upper left corner; leaves no path and no changed state.
 */
void art_draw(struct ink *ink, const struct art_symbol *symbol, double x, double y, double size);

/*
 * Adds SVG path data to the current path. ERR_INVALID at the first letter or number that does not
 * belong, with what came before it drawn.
 */
NODISCARD enum status art_path(cairo_t *cr, const char *d);

#endif
