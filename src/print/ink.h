/*
 * ink: colours and sizes of the house style on paper (UX §3, §11). Lengths in points unless a name
 * says mm. Everything keeps its meaning in grey: a colour never stands alone.
 */
#ifndef PRINT_INK_H
#define PRINT_INK_H

#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

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
#define CREAM 0xfff8eau /* behind the faces */

#define LINE_THICK 1.2 /* outlines: 1.6 px */
#define LINE_THIN 1.05

void ink_set(cairo_t *cr, uint32_t colour);
void ink_round_rect(cairo_t *cr, double x, double y, double w, double h, double radius);
/*
 * Strokes the path. Before cairo writes a stroke into a PDF it works out all of its outline, twice, only
 * to see whether it is on the page; here it may do that coarsely. What is printed stays exact.
 */
void ink_stroke(cairo_t *cr);
/* A straight line in the colour that is set. */
void ink_line(cairo_t *cr, double x1, double y1, double x2, double y2, double width);
/* `count` lines of dots to write on, each `apart` below the one before. */
void ink_dotted_lines(cairo_t *cr, double x, double y, double w, double apart, size_t count,
                      double width);

#endif
