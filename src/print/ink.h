/*
 * ink: colours and sizes of the house style on paper (UX §3, §11). Lengths in points unless a name
 * says mm. Everything keeps its meaning in grey: a colour never stands alone.
 */
#ifndef PRINT_INK_H
#define PRINT_INK_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define POINTS_PER_MM (72 / 25.4)
#define MM(n) ((n)*POINTS_PER_MM)

#define PAGE_WIDTH MM(210)
#define PAGE_HEIGHT MM(297)
#define MARGIN_SIDE MM(14)
#define MARGIN_TOP MM(13)
#define MARGIN_BOTTOM MM(10)

#define INK 0x1e2438u    /* text, outlines */
#define INK_2 0x4a5169u  /* less important text */
#define PENCIL 0x837d6eu /* writing lines */
#define WHITE 0xffffffu
#define BLACK 0x000000u /* for scanners */
#define CREAM 0xfff8eau /* behind the faces */

#define LINE_THICK 1.2 /* outlines: 1.6 px */
#define LINE_THIN 1.05

/*
 * What draws. Paths are made with cairo on `cr`, in its coordinates and with its width, ends and
 * dashes (points: where something is filled or stroked, nothing is scaled); who fills or strokes
 * them is cairo, or, when `under` is there, this module: it writes them as operators of PDF (ISO
 * 32000-1, 8.5) that pdf_update lays under what cairo draws on the same page. cairo works out the
 * outline of everything three times before it writes a line; a form is mostly boxes, lines and
 * pictures, and costs half as much without that.
 *
 * Zero it but for `cr`; ink_page() before each page that has an `under`.
 */
struct ink {
    cairo_t *cr;
    struct buf *under;            /* NULL: cairo draws */
    uint32_t colour;              /* ink_set() */
    unsigned char faded[256 / 8]; /* bits: the transparencies that stand in `under` */
    struct ink_state {
        uint32_t fill, line;
        unsigned transparency;
        double width;
        int cap, join;
        bool dashed;
    } state; /* of `under`: what is set there already */
};

/* Begins what lies under a page; the coordinates are cairo's, points from its upper left corner. */
void ink_page(struct ink *ink);
/* Ends it. */
void ink_page_end(struct ink *ink);

/*
 * A colour is 0xRRGGBB; its transparency stands above that, 0 (opaque) to 255. `opacity` from 0 to
 * 1.
 */
uint32_t ink_faded(uint32_t colour, double opacity);

/* The colour of what follows, cairo's text too. */
void ink_set(struct ink *ink, uint32_t colour);
/* These take the path that is there, and leave none. */
void ink_fill(struct ink *ink);
/*
 * Before cairo writes a stroke into a PDF it works out all of its outline, only to see whether it
 * is on the page; here it may do that coarsely. What is printed stays exact.
 */
void ink_stroke(struct ink *ink);
/* Fills in the colour that is set and strokes in `line`, which is set from then on. */
void ink_fill_stroke(struct ink *ink, uint32_t line);

void ink_round_rect(cairo_t *cr, double x, double y, double w, double h, double radius);
/* A straight line in the colour that is set. */
void ink_line(struct ink *ink, double x1, double y1, double x2, double y2, double width);
/* `count` lines of dots to write on, each `apart` below the one before. */
void ink_dotted_lines(struct ink *ink, double x, double y, double w, double apart, size_t count,
                      double width);

#endif
