#include "print/ink.h"

#include <math.h>
#include <string.h>

#define RGB 0xffffffu
#define DASHES_MAX 4
#define UNSET UINT32_MAX /* no colour */

static uint32_t transparency(uint32_t colour)
{
    return colour >> 24;
}

static double part(uint32_t colour, int shift)
{
    return (colour >> shift & 255) / 255.0;
}

uint32_t ink_faded(uint32_t colour, double opacity)
{
    return (colour & RGB) | (uint32_t)lround((1 - opacity) * 255) << 24;
}

/* --- operators -------------------------------------------------------------------------------- */

/* To a hundredth of a point (0.004 mm), without printf: a form has thousands. */
static void put_number(struct buf *buf, double value)
{
    char text[24];
    size_t at = sizeof(text);
    long hundredths = lround(fabs(value) * 100), rest = hundredths % 100;
    text[--at] = ' ';
    if (rest % 10)
        text[--at] = (char)('0' + rest % 10);
    if (rest) {
        text[--at] = (char)('0' + rest / 10);
        text[--at] = '.';
    }
    long whole = hundredths / 100;
    do
        text[--at] = (char)('0' + whole % 10);
    while ((whole /= 10) > 0);
    if (value < 0 && hundredths > 0)
        text[--at] = '-';
    buf_add(buf, text + at, sizeof(text) - at);
}

static void put_colour(struct buf *buf, uint32_t colour, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8) {
        /* Three digits tell all 256 apart. */
        unsigned thousandths = (unsigned)lround(part(colour, shift) * 1000);
        buf_add_str(buf, thousandths == 1000 ? "1" : thousandths ? "." : "0");
        if (thousandths % 1000) {
            char digits[] = {(char)('0' + thousandths / 100), (char)('0' + thousandths / 10 % 10),
                             (char)('0' + thousandths % 10)};
            buf_add(buf, digits, sizeof(digits));
        }
        buf_add_char(buf, ' ');
    }
    buf_add_str(buf, operator);
}

static void put_transparency(struct ink *ink, uint32_t colour)
{
    unsigned wanted = transparency(colour);
    if (ink->state.transparency == wanted)
        return;
    ink->state.transparency = wanted;
    ink->faded[wanted / 8] |= (unsigned char)(1u << wanted % 8);
    buf_printf(ink->under, "/ink%u gs\n", wanted);
}

static void put_fill(struct ink *ink, uint32_t colour)
{
    put_transparency(ink, colour);
    if (ink->state.fill == (colour & RGB))
        return;
    ink->state.fill = colour & RGB;
    put_colour(ink->under, colour, "rg\n");
}

static void put_dashes(struct ink *ink)
{
    double dashes[DASHES_MAX], offset;
    int count = cairo_get_dash_count(ink->cr);
    bool dashed = count > 0 && count <= DASHES_MAX;
    if (!dashed && !ink->state.dashed)
        return;
    ink->state.dashed = dashed;
    buf_add_char(ink->under, '[');
    if (dashed)
        cairo_get_dash(ink->cr, dashes, &offset);
    for (int i = 0; dashed && i < count; i++)
        put_number(ink->under, dashes[i]);
    buf_add_str(ink->under, "]0 d\n");
}

/* PDF's ends and corners have cairo's numbers: 0 butt or mitre, 1 round, 2 square or bevel. */
static void put_line(struct ink *ink, uint32_t colour)
{
    struct ink_state *state = &ink->state;
    double width = cairo_get_line_width(ink->cr);
    int cap = (int)cairo_get_line_cap(ink->cr), join = (int)cairo_get_line_join(ink->cr);
    put_transparency(ink, colour);
    if (state->line != (colour & RGB)) {
        state->line = colour & RGB;
        put_colour(ink->under, colour, "RG\n");
    }
    if (state->width != width) {
        state->width = width;
        put_number(ink->under, width);
        buf_add_str(ink->under, "w\n");
    }
    if (state->cap != cap)
        buf_printf(ink->under, "%d J\n", state->cap = cap);
    if (state->join != join)
        buf_printf(ink->under, "%d j\n", state->join = join);
    put_dashes(ink);
}

static void put_point(struct ink *ink, const cairo_path_data_t *data)
{
    put_number(ink->under, data->point.x);
    put_number(ink->under, data->point.y);
}

/* cairo follows a closed figure with a move to its start; alone at the end that would be a dot. */
static bool draws_nothing(const cairo_path_t *path, int i)
{
    int next = i + path->data[i].header.length;
    return path->data[i].header.type == CAIRO_PATH_MOVE_TO &&
           (next >= path->num_data || path->data[next].header.type == CAIRO_PATH_MOVE_TO);
}

static void put_path(struct ink *ink)
{
    static const char *const operators[] = {[CAIRO_PATH_MOVE_TO] = "m\n",
                                            [CAIRO_PATH_LINE_TO] = "l\n",
                                            [CAIRO_PATH_CURVE_TO] = "c\n",
                                            [CAIRO_PATH_CLOSE_PATH] = "h\n"};
    cairo_matrix_t matrix;
    cairo_get_matrix(ink->cr, &matrix);
    cairo_identity_matrix(ink->cr);
    cairo_path_t *path = cairo_copy_path(ink->cr);
    cairo_set_matrix(ink->cr, &matrix);
    if (path->status != CAIRO_STATUS_SUCCESS)
        ink->under->failed = true;
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        if (draws_nothing(path, i))
            continue;
        for (int n = 1; n < path->data[i].header.length; n++)
            put_point(ink, &path->data[i + n]);
        buf_add_str(ink->under, operators[path->data[i].header.type]);
    }
    cairo_path_destroy(path);
}

void ink_page(struct ink *ink)
{
    ink->state = (struct ink_state){.fill = UNSET, .line = UNSET, .width = -1};
    buf_add_str(ink->under, "/Artifact BMC\nq\n1 0 0 -1 0 ");
    put_number(ink->under, PAGE_HEIGHT);
    buf_add_str(ink->under, "cm\n");
}

void ink_page_end(struct ink *ink)
{
    buf_add_str(ink->under, "Q\nEMC\n");
}

/* --- drawing ---------------------------------------------------------------------------------- */

void ink_set(struct ink *ink, uint32_t colour)
{
    ink->colour = colour;
    if (ink->under)
        return;
    if (transparency(colour))
        cairo_set_source_rgba(ink->cr, part(colour, 16), part(colour, 8), part(colour, 0),
                              1 - part(colour, 24));
    else
        cairo_set_source_rgb(ink->cr, part(colour, 16), part(colour, 8), part(colour, 0));
}

void ink_fill(struct ink *ink)
{
    if (!ink->under) {
        cairo_fill(ink->cr);
        return;
    }
    put_fill(ink, ink->colour);
    put_path(ink);
    buf_add_str(ink->under, "f\n");
    cairo_new_path(ink->cr);
}

static void stroke_with_cairo(cairo_t *cr)
{
    double tolerance = cairo_get_tolerance(cr), wide = cairo_get_line_width(cr), high = 0;
    cairo_user_to_device_distance(cr, &wide, &high);
    /* Twice the width and cairo sees no line at all. Dashes would be drawn coarsely, too. */
    if (cairo_get_dash_count(cr) == 0)
        cairo_set_tolerance(cr, fmax(tolerance, hypot(wide, high)));
    cairo_stroke(cr);
    cairo_set_tolerance(cr, tolerance);
}

void ink_stroke(struct ink *ink)
{
    if (!ink->under) {
        stroke_with_cairo(ink->cr);
        return;
    }
    put_line(ink, ink->colour);
    put_path(ink);
    buf_add_str(ink->under, "S\n");
    cairo_new_path(ink->cr);
}

void ink_fill_stroke(struct ink *ink, uint32_t line)
{
    if (!ink->under) {
        cairo_fill_preserve(ink->cr);
        ink_set(ink, line);
        stroke_with_cairo(ink->cr);
        return;
    }
    put_fill(ink, ink->colour);
    if (transparency(line) != transparency(ink->colour)) {
        put_path(ink);
        buf_add_str(ink->under, "f\n");
        ink_set(ink, line);
        ink_stroke(ink);
        return;
    }
    put_line(ink, line);
    put_path(ink);
    buf_add_str(ink->under, "B\n");
    cairo_new_path(ink->cr);
    ink->colour = line;
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

void ink_line(struct ink *ink, double x1, double y1, double x2, double y2, double width)
{
    cairo_move_to(ink->cr, x1, y1);
    cairo_line_to(ink->cr, x2, y2);
    cairo_set_line_width(ink->cr, width);
    ink_stroke(ink);
}

/* All lines in one stroke, and square dots: every viewer draws those fast. */
void ink_dotted_lines(struct ink *ink, double x, double y, double w, double apart, size_t count,
                      double width)
{
    const double dots[] = {1.15 * width, 2.85 * width};
    cairo_t *cr = ink->cr;
    cairo_save(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_dash(cr, dots, 2, 0);
    cairo_set_line_width(cr, width);
    for (size_t i = 0; i < count; i++) {
        cairo_move_to(cr, x, y + apart * (double)i);
        cairo_line_to(cr, x + w, y + apart * (double)i);
    }
    ink_stroke(ink);
    cairo_restore(cr);
}
