/*
 * drawing: a child's drawing as strokes of a pen: how it is written down, read back and shown as
 * SVG. Kept as drawn; nothing here looks at what it is a drawing of.
 *
 * Written as text of letters, digits, '-' and '_' (a digit of base 64 each, A is 0) and '.' between
 * strokes, so that a form sends it without escapes. A stroke:
 *
 *   colour 0-5, width 0-2           one digit each
 *   first point                     x and y, two digits each
 *   every next point                dx+32 and dy+32, one digit each (1-63: -31 … 31), or where it
 * lies further away: A, then x and y as of the first
 */
#ifndef ANSWER_DRAWING_H
#define ANSWER_DRAWING_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;

#define DRAWING_WIDTH 1000
#define DRAWING_HEIGHT 700
#define DRAWING_COLOURS 6
#define DRAWING_WIDTHS 3
#define DRAWING_STROKES_MAX 800
#define DRAWING_TEXT_MAX ((size_t)48 * 1024) /* as written: some 24,000 points */

struct drawing_point {
    int16_t x, y;
};
struct drawing_stroke {
    uint8_t colour, width;
    const struct drawing_point *points;
    size_t count; /* at least 1: a dot */
};
struct drawing {
    const struct drawing_stroke *strokes;
    size_t count;
};

/*
 * Takes anything. ERR_INVALID for what is no drawing, ERR_LIMIT past a limit above, ERR_NOMEM.
 * "" is a drawing without strokes.
 */
NODISCARD enum status drawing_read(const char *text, struct arena *arena,
                                   struct drawing *ret_drawing);

/* The one way to write it. A point where the pen already was is left out. */
const char *drawing_write(const struct drawing *drawing, struct arena *arena);

/* The `d` of a path. */
const char *drawing_path(const struct drawing_stroke *stroke, struct arena *arena);
/* Of a stroke, in units of the sheet. */
int drawing_pen(const struct drawing_stroke *stroke);

#endif
