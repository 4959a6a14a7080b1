#include "print/art.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>

/*
 * The path language of SVG (1.1, section 8.3). Numbers may follow each other without a space where
 * that is not ambiguous ("a1 1 0 011-1"), and a letter counts for all groups of numbers behind it.
 */

struct pen {
    cairo_t *cr;
    const char *at;
    double x, y;             /* where the pen is */
    double start_x, start_y; /* where this figure began */
    double turn_x, turn_y;   /* the last control point, mirrored by S and T */
};

static void skip(struct pen *pen)
{
    while (*pen->at == ' ' || *pen->at == ',' || *pen->at == '\n' || *pen->at == '\t')
        pen->at++;
}

/* Without strtod: that would read the program's locale, "1e5" and "inf". */
static bool number(struct pen *pen, double *ret)
{
    skip(pen);
    const char *at = pen->at;
    double sign = *at == '-' ? -1 : 1;
    if (*at == '-' || *at == '+')
        at++;
    double value = 0, unit = 1;
    bool any = false;
    for (; isdigit((unsigned char)*at); at++, any = true)
        value = value * 10 + (*at - '0');
    if (*at == '.')
        for (at++; isdigit((unsigned char)*at); at++, any = true)
            value += (*at - '0') * (unit /= 10);
    if (!any)
        return false;
    pen->at = at;
    *ret = sign * value;
    return true;
}

static bool numbers(struct pen *pen, double *to, int count)
{
    for (int i = 0; i < count; i++)
        if (!number(pen, &to[i]))
            return false;
    return true;
}

static bool flag(struct pen *pen, bool *ret)
{
    skip(pen);
    if (*pen->at != '0' && *pen->at != '1')
        return false;
    *ret = *pen->at++ == '1';
    return true;
}

static void curve(struct pen *pen, const double p[6])
{
    cairo_curve_to(pen->cr, p[0], p[1], p[2], p[3], p[4], p[5]);
    pen->turn_x = p[2];
    pen->turn_y = p[3];
    pen->x = p[4];
    pen->y = p[5];
}

/* A quadratic curve is a cubic one with its control point at two thirds. */
static void quadratic(struct pen *pen, const double p[4])
{
    cairo_curve_to(pen->cr, pen->x + (p[0] - pen->x) * 2 / 3, pen->y + (p[1] - pen->y) * 2 / 3,
                   p[2] + (p[0] - p[2]) * 2 / 3, p[3] + (p[1] - p[3]) * 2 / 3, p[2], p[3]);
    pen->turn_x = p[0];
    pen->turn_y = p[1];
    pen->x = p[2];
    pen->y = p[3];
}

/* From end points to a centre: SVG 1.1, appendix F.6.5, names as there. */
static void arc(struct pen *pen, double rx, double ry, double degrees, bool large, bool sweep,
                double x2, double y2)
{
    double phi = degrees * M_PI / 180, c = cos(phi), s = sin(phi);
    double dx = (pen->x - x2) / 2, dy = (pen->y - y2) / 2;
    double x1 = c * dx + s * dy, y1 = -s * dx + c * dy;
    rx = fabs(rx);
    ry = fabs(ry);
    if (rx == 0 || ry == 0 || (dx == 0 && dy == 0)) {
        cairo_line_to(pen->cr, x2, y2);
        return;
    }
    double lambda = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
    if (lambda > 1) {
        rx *= sqrt(lambda);
        ry *= sqrt(lambda);
    }
    double below = rx * rx * y1 * y1 + ry * ry * x1 * x1;
    double root = sqrt(fmax(0, (rx * rx * ry * ry - below) / below)) * (large == sweep ? -1 : 1);
    double cx = root * rx * y1 / ry, cy = -root * ry * x1 / rx;
    double from = atan2((y1 - cy) / ry, (x1 - cx) / rx);
    double to = atan2((-y1 - cy) / ry, (-x1 - cx) / rx);
    cairo_matrix_t before;
    cairo_get_matrix(pen->cr, &before);
    cairo_translate(pen->cr, c * cx - s * cy + (pen->x + x2) / 2,
                    s * cx + c * cy + (pen->y + y2) / 2);
    cairo_rotate(pen->cr, phi);
    cairo_scale(pen->cr, rx, ry);
    if (sweep)
        cairo_arc(pen->cr, 0, 0, 1, from, to);
    else
        cairo_arc_negative(pen->cr, 0, 0, 1, from, to);
    cairo_set_matrix(pen->cr, &before);
}

static bool draw_arc(struct pen *pen, double ox, double oy)
{
    double r[3], to[2];
    bool large, sweep;
    if (!numbers(pen, r, 3) || !flag(pen, &large) || !flag(pen, &sweep) || !numbers(pen, to, 2))
        return false;
    arc(pen, r[0], r[1], r[2], large, sweep, ox + to[0], oy + to[1]);
    pen->x = ox + to[0];
    pen->y = oy + to[1];
    return true;
}

/* Reads `count` points relative to (ox, oy). */
static bool points(struct pen *pen, double ox, double oy, double *to, int count)
{
    if (!numbers(pen, to, 2 * count))
        return false;
    for (int i = 0; i < count; i++) {
        to[2 * i] += ox;
        to[2 * i + 1] += oy;
    }
    return true;
}

static bool line(struct pen *pen, char letter, double ox, double oy)
{
    double x = pen->x, y = pen->y, p[2];
    if (letter == 'h'   ? !number(pen, &p[0])
        : letter == 'v' ? !number(pen, &p[1])
                        : !numbers(pen, p, 2))
        return false;
    pen->x = letter == 'v' ? x : ox + p[0];
    pen->y = letter == 'h' ? y : oy + p[1];
    cairo_line_to(pen->cr, pen->x, pen->y);
    return true;
}

static bool move(struct pen *pen, double ox, double oy)
{
    double p[2];
    if (!points(pen, ox, oy, p, 1))
        return false;
    pen->x = pen->start_x = p[0];
    pen->y = pen->start_y = p[1];
    cairo_move_to(pen->cr, p[0], p[1]);
    return true;
}

/* One group of numbers; `before` is the letter of the group before this one. */
static bool command(struct pen *pen, char letter, char before)
{
    bool relative = islower((unsigned char)letter) != 0;
    double ox = relative ? pen->x : 0, oy = relative ? pen->y : 0, p[6];
    bool was_curve = before == 'c' || before == 's';
    switch (tolower((unsigned char)letter)) {
    case 'm':
        return move(pen, ox, oy);
    case 'l':
    case 'h':
    case 'v':
        return line(pen, (char)tolower((unsigned char)letter), ox, oy);
    case 'c':
        if (!points(pen, ox, oy, p, 3))
            return false;
        curve(pen, p);
        return true;
    case 's':
        p[0] = was_curve ? 2 * pen->x - pen->turn_x : pen->x;
        p[1] = was_curve ? 2 * pen->y - pen->turn_y : pen->y;
        if (!points(pen, ox, oy, p + 2, 2))
            return false;
        curve(pen, p);
        return true;
    case 'q':
        if (!points(pen, ox, oy, p, 2))
            return false;
        quadratic(pen, p);
        return true;
    case 'a':
        return draw_arc(pen, ox, oy);
    default:
        return false;
    }
}

enum status art_path(cairo_t *cr, const char *d)
{
    struct pen pen = {.cr = cr, .at = d};
    char letter = '\0', before = '\0';
    for (skip(&pen); *pen.at; skip(&pen)) {
        if (isalpha((unsigned char)*pen.at))
            letter = *pen.at++;
        else if (letter == 'M' || letter == 'm')
            letter = letter == 'M' ? 'L' : 'l'; /* further pairs behind a move are lines */
        else if (letter == 'Z' || letter == 'z')
            return ERR_INVALID;
        if (letter == 'Z' || letter == 'z') {
            cairo_close_path(cr);
            pen.x = pen.start_x;
            pen.y = pen.start_y;
        } else if (!command(&pen, letter, before)) {
            return ERR_INVALID;
        }
        before = (char)tolower((unsigned char)letter);
    }
    return OK;
}
