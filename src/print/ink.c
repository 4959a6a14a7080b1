#include "print/ink.h"

#include <math.h>

void ink_set(cairo_t *cr, uint32_t colour)
{
    cairo_set_source_rgb(cr, (colour >> 16) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

void ink_round_rect(cairo_t *cr, double x, double y, double w, double h, double radius)
{
    double r = fmin(radius, fmin(w, h) / 2);
    cairo_new_sub_path(cr);
    if (r <= 0) {
        cairo_rectangle(cr, x, y, w, h);
        return;
    }
    cairo_arc(cr, x + w - r, y + r, r, -M_PI / 2, 0);
    cairo_arc(cr, x + w - r, y + h - r, r, 0, M_PI / 2);
    cairo_arc(cr, x + r, y + h - r, r, M_PI / 2, M_PI);
    cairo_arc(cr, x + r, y + r, r, M_PI, M_PI * 3 / 2);
    cairo_close_path(cr);
}

void ink_stroke(cairo_t *cr)
{
    double tolerance = cairo_get_tolerance(cr), wide = cairo_get_line_width(cr), high = 0;
    cairo_user_to_device_distance(cr, &wide, &high);
    /* Twice the width and cairo sees no line at all. Dashes would be drawn coarsely, too. */
    if (cairo_get_dash_count(cr) == 0)
        cairo_set_tolerance(cr, fmax(tolerance, hypot(wide, high)));
    cairo_stroke(cr);
    cairo_set_tolerance(cr, tolerance);
}

void ink_line(cairo_t *cr, double x1, double y1, double x2, double y2, double width)
{
    cairo_move_to(cr, x1, y1);
    cairo_line_to(cr, x2, y2);
    cairo_set_line_width(cr, width);
    ink_stroke(cr);
}

/*
 * All lines in one stroke, and square dots, not too close: cairo works out the outline of each, and
 * with round ones close together that cost a blank form more than all its words.
 */
void ink_dotted_lines(cairo_t *cr, double x, double y, double w, double apart, size_t count,
                      double width)
{
    const double dots[] = {1.15 * width, 2.85 * width};
    cairo_save(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_dash(cr, dots, 2, 0);
    cairo_set_line_width(cr, width);
    for (size_t i = 0; i < count; i++) {
        cairo_move_to(cr, x, y + apart * (double)i);
        cairo_line_to(cr, x + w, y + apart * (double)i);
    }
    cairo_stroke(cr);
    cairo_restore(cr);
}
