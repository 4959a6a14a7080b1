#include "answer/drawing.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

#define BASE 64
#define HALF (BASE / 2)
#define NEAR (HALF - 1) /* as far as one digit reaches */
#define FAR 0           /* the digit that says: a point in full */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static const int pens[DRAWING_WIDTHS] = {6, 14, 28};

/* --- reading -------------------------------------------------------------------------------------
 */

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '-')
        return 62;
    return c == '_' ? 63 : -1;
}

/* The next digit, below `below`; -1 when there is none. */
static int next_digit(const char **at, int below)
{
    int digit = digit_of(**at);
    if (digit < 0 || digit >= below)
        return -1;
    (*at)++;
    return digit;
}

static bool next_number(const char **at, int below, int16_t *ret)
{
    int high = next_digit(at, BASE);
    int low = high < 0 ? -1 : next_digit(at, BASE);
    int number = high * BASE + low;
    if (low < 0 || number >= below)
        return false;
    *ret = (int16_t)number;
    return true;
}

static bool next_whole(const char **at, struct drawing_point *ret)
{
    return next_number(at, DRAWING_WIDTH, &ret->x) && next_number(at, DRAWING_HEIGHT, &ret->y);
}

static bool next_point(const char **at, struct drawing_point from, struct drawing_point *ret)
{
    int dx = next_digit(at, BASE);
    if (dx < 0)
        return false;
    if (dx == FAR)
        return next_whole(at, ret);
    int dy = next_digit(at, BASE);
    int x = from.x + dx - HALF;
    int y = from.y + dy - HALF;
    if (dy <= FAR || x < 0 || x >= DRAWING_WIDTH || y < 0 || y >= DRAWING_HEIGHT)
        return false;
    *ret = (struct drawing_point){(int16_t)x, (int16_t)y};
    return true;
}

static bool ends(const char *at)
{
    return *at == '\0' || *at == '.';
}

/* One stroke into `points`, of which `room` are left. */
static enum status read_stroke(const char **at, struct drawing_point *points, size_t room,
                               struct drawing_stroke *ret)
{
    int colour = next_digit(at, DRAWING_COLOURS);
    int width = colour < 0 ? -1 : next_digit(at, DRAWING_WIDTHS);
    if (width < 0)
        return ERR_INVALID;
    if (room == 0 || !next_whole(at, &points[0]))
        return ERR_INVALID;
    size_t count = 1;
    while (!ends(*at)) {
        if (count == room || !next_point(at, points[count - 1], &points[count]))
            return ERR_INVALID;
        count++;
    }
    *ret = (struct drawing_stroke){(uint8_t)colour, (uint8_t)width, points, count};
    return OK;
}

enum status drawing_read(const char *text, struct arena *arena, struct drawing *ret_drawing)
{
    size_t len = strnlen(text, DRAWING_TEXT_MAX + 1);
    if (len > DRAWING_TEXT_MAX)
        return ERR_LIMIT;
    size_t most = len ? 1 : 0;
    for (size_t i = 0; i < len; i++)
        most += text[i] == '.';
    if (most > DRAWING_STROKES_MAX)
        return ERR_LIMIT;
    /* A point takes at least two digits. */
    size_t room = len / 2;
    struct drawing_stroke *strokes = ARENA_ARRAY(arena, struct drawing_stroke, most);
    struct drawing_point *points = ARENA_ARRAY(arena, struct drawing_point, room);
    if (!strokes || !points)
        return ERR_NOMEM;
    const char *at = text;
    for (size_t i = 0; i < most; i++) {
        enum status st = read_stroke(&at, points, room, &strokes[i]);
        if (st != OK)
            return st;
        points += strokes[i].count;
        room -= strokes[i].count;
        at += *at == '.';
    }
    *ret_drawing = (struct drawing){strokes, most};
    return OK;
}

/* --- writing -------------------------------------------------------------------------------------
 */

static void add_whole(struct buf *to, struct drawing_point point)
{
    const int numbers[] = {point.x, point.y};
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        buf_add_char(to, digits[numbers[i] / BASE]);
        buf_add_char(to, digits[numbers[i] % BASE]);
    }
}

static void add_point(struct buf *to, struct drawing_point from, struct drawing_point point)
{
    int dx = point.x - from.x;
    int dy = point.y - from.y;
    if (dx == 0 && dy == 0)
        return;
    if (abs(dx) <= NEAR && abs(dy) <= NEAR) {
        buf_add_char(to, digits[dx + HALF]);
        buf_add_char(to, digits[dy + HALF]);
        return;
    }
    buf_add_char(to, digits[FAR]);
    add_whole(to, point);
}

const char *drawing_write(const struct drawing *drawing, struct arena *arena)
{
    struct buf to;
    buf_init(&to, DRAWING_TEXT_MAX);
    for (size_t i = 0; i < drawing->count; i++) {
        const struct drawing_stroke *stroke = &drawing->strokes[i];
        if (i > 0)
            buf_add_char(&to, '.');
        buf_add_char(&to, digits[stroke->colour]);
        buf_add_char(&to, digits[stroke->width]);
        add_whole(&to, stroke->points[0]);
        for (size_t p = 1; p < stroke->count; p++)
            add_point(&to, stroke->points[p - 1], stroke->points[p]);
    }
    const char *text = arena_strndup(arena, to.data, to.len);
    buf_free(&to);
    return text;
}

const char *drawing_path(const struct drawing_stroke *stroke, struct arena *arena)
{
    struct buf to;
    buf_init(&to, 16 + stroke->count * 10);
    buf_printf(&to, "M%d %d", stroke->points[0].x, stroke->points[0].y);
    if (stroke->count == 1)
        buf_add_str(&to, "h0"); /* a dot, by its round end */
    for (size_t i = 1; i < stroke->count; i++)
        buf_printf(&to, "l%d %d", stroke->points[i].x - stroke->points[i - 1].x,
                   stroke->points[i].y - stroke->points[i - 1].y);
    const char *path = arena_strndup(arena, to.data, to.len);
    buf_free(&to);
    return path;
}

int drawing_pen(const struct drawing_stroke *stroke)
{
    return pens[stroke->width];
}
