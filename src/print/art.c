#include "print/art.h"

#include <expat.h>
#include <math.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/log.h"
#include "base/str.h"
#include "print/ink.h"

#define DEPTH_MAX 8
#define DASHES_MAX 4

enum shape_kind { SHAPE_PATH, SHAPE_ELLIPSE, SHAPE_RECT, SHAPE_LINE };

/* How a shape is drawn; children of a <g> begin with what it says. */
struct paint {
    bool filled, stroked;
    uint32_t fill, stroke;
    double opacity, stroke_opacity, width;
    double dashes[DASHES_MAX];
    int dash_count;
    double angle, around_x, around_y; /* transform="rotate(…)" */
};

struct shape {
    struct shape *next;
    enum shape_kind kind;
    struct paint paint;
    const char *d;
    double x, y, w, h, r; /* a rectangle; an ellipse around x, y; a line from x, y to w, h */
};

struct art_symbol {
    struct art_symbol *next;
    const char *name;
    double view; /* width and height of its viewBox */
    struct shape *first, *last;
};

struct reader {
    struct art *art;
    struct arena *arena;
    XML_Parser parser;
    uint32_t ink;
    struct paint paint[DEPTH_MAX];
    int depth;
    const char *refused; /* NULL: all is well */
};

static double to_number(const char *text)
{
    double value = 0, unit = 1, sign = *text == '-' ? -1 : 1;
    text += *text == '-';
    for (; *text >= '0' && *text <= '9'; text++)
        value = value * 10 + (*text - '0');
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++)
            value += (*text - '0') * (unit /= 10);
    return sign * value;
}

/* Numbers with spaces between; at most `most`. */
static int to_numbers(const char *text, double *to, int most)
{
    int count = 0;
    while (*text && count < most) {
        to[count++] = to_number(text);
        while (*text && *text != ' ' && *text != ',')
            text++;
        while (*text == ' ' || *text == ',')
            text++;
    }
    return count;
}

static uint32_t to_colour(const struct reader *reader, const char *text)
{
    uint32_t colour = 0;
    size_t digits = strspn(text + 1, "0123456789abcdefABCDEF");
    if (*text != '#' || (digits != 3 && digits != 6))
        return reader->ink; /* currentColor */
    for (size_t i = 1; i <= digits; i++) {
        char c = text[i];
        uint32_t digit = (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        colour = digits == 3 ? colour << 8 | digit << 4 | digit : colour << 4 | digit;
    }
    return colour;
}

static void read_paint(struct reader *reader, struct paint *paint, const char *name,
                       const char *value)
{
    if (str_equal(name, "fill")) {
        paint->filled = !str_equal(value, "none");
        paint->fill = to_colour(reader, value);
    } else if (str_equal(name, "stroke")) {
        paint->stroked = !str_equal(value, "none");
        paint->stroke = to_colour(reader, value);
    } else if (str_equal(name, "stroke-width")) {
        paint->width = to_number(value);
    } else if (str_equal(name, "opacity")) {
        paint->opacity *= to_number(value);
    } else if (str_equal(name, "stroke-opacity")) {
        paint->stroke_opacity = to_number(value);
    } else if (str_equal(name, "stroke-dasharray")) {
        paint->dash_count = to_numbers(value, paint->dashes, DASHES_MAX);
    } else if (str_equal(name, "transform")) {
        double p[3] = {0};
        if (!str_starts(value, "rotate(") || to_numbers(value + strlen("rotate("), p, 3) != 3)
            reader->refused = "transform";
        paint->angle = p[0];
        paint->around_x = p[1];
        paint->around_y = p[2];
    } else if (!str_starts(name, "stroke-line")) { /* ends and corners are round everywhere */
        reader->refused = "attribute";
    }
}

static bool read_place(struct shape *shape, const char *name, const char *value)
{
    static const struct {
        const char *name;
        size_t at;
    } places[] = {
        {"x", offsetof(struct shape, x)},     {"y", offsetof(struct shape, y)},
        {"cx", offsetof(struct shape, x)},    {"cy", offsetof(struct shape, y)},
        {"x1", offsetof(struct shape, x)},    {"y1", offsetof(struct shape, y)},
        {"x2", offsetof(struct shape, w)},    {"y2", offsetof(struct shape, h)},
        {"width", offsetof(struct shape, w)}, {"height", offsetof(struct shape, h)},
    };
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (str_equal(name, places[i].name)) {
            *(double *)(void *)((char *)shape + places[i].at) = to_number(value);
            return true;
        }
    if (shape->kind == SHAPE_ELLIPSE && (str_equal(name, "r") || str_equal(name, "rx")))
        shape->w = to_number(value);
    if (shape->kind == SHAPE_ELLIPSE && (str_equal(name, "r") || str_equal(name, "ry")))
        shape->h = to_number(value);
    if (shape->kind == SHAPE_RECT && str_equal(name, "rx"))
        shape->r = to_number(value);
    return str_equal(name, "r") || str_equal(name, "rx") || str_equal(name, "ry");
}

static void add_shape(struct reader *reader, enum shape_kind kind, const char **attributes)
{
    struct art_symbol *symbol = reader->art->last;
    struct shape *shape = ARENA_NEW(reader->arena, struct shape);
    if (!shape || !symbol)
        return;
    *shape = (struct shape){.kind = kind, .paint = reader->paint[reader->depth]};
    for (; attributes[0]; attributes += 2) {
        if (str_equal(attributes[0], "d"))
            shape->d = arena_strdup(reader->arena, attributes[1]);
        else if (!read_place(shape, attributes[0], attributes[1]))
            read_paint(reader, &shape->paint, attributes[0], attributes[1]);
    }
    if (symbol->last)
        symbol->last->next = shape;
    else
        symbol->first = shape;
    symbol->last = shape;
}

/* Icons say nothing about paint: the page's style draws them as lines of 2. */
static void add_symbol(struct reader *reader, const char **attributes)
{
    struct art_symbol *symbol = ARENA_NEW(reader->arena, struct art_symbol);
    double box[4] = {0};
    if (!symbol)
        return;
    symbol->name = "";
    for (; attributes[0]; attributes += 2) {
        if (str_equal(attributes[0], "id"))
            symbol->name = arena_strdup(reader->arena, attributes[1]);
        else if (str_equal(attributes[0], "viewBox") && to_numbers(attributes[1], box, 4) == 4)
            symbol->view = box[2];
    }
    bool is_icon = str_starts(symbol->name, "i-");
    reader->paint[reader->depth] = (struct paint){.filled = !is_icon,
                                                  .stroked = is_icon,
                                                  .stroke = reader->ink,
                                                  .opacity = 1,
                                                  .stroke_opacity = 1,
                                                  .width = is_icon ? 2 : 1};
    if (symbol->view <= 0 || box[3] != box[2] || box[0] != 0 || box[1] != 0)
        reader->refused = "viewBox";
    if (reader->art->last)
        reader->art->last->next = symbol;
    else
        reader->art->first = symbol;
    reader->art->last = symbol;
    reader->art->count++;
}

static void XMLCALL on_start(void *context, const char *name, const char **attributes)
{
    static const struct {
        const char *name;
        enum shape_kind kind;
    } shapes[] = {{"path", SHAPE_PATH},
                  {"circle", SHAPE_ELLIPSE},
                  {"ellipse", SHAPE_ELLIPSE},
                  {"rect", SHAPE_RECT},
                  {"line", SHAPE_LINE}};
    struct reader *reader = context;
    if (reader->depth + 1 == DEPTH_MAX)
        reader->refused = "depth";
    if (reader->refused)
        return;
    reader->depth++;
    reader->paint[reader->depth] = reader->paint[reader->depth - 1];
    if (str_equal(name, "symbol")) {
        add_symbol(reader, attributes);
        return;
    }
    if (str_equal(name, "g")) {
        for (; attributes[0]; attributes += 2)
            read_paint(reader, &reader->paint[reader->depth], attributes[0], attributes[1]);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
        if (str_equal(name, shapes[i].name)) {
            add_shape(reader, shapes[i].kind, attributes);
            return;
        }
    if (!str_equal(name, "svg"))
        reader->refused = "element";
}

static void XMLCALL on_end(void *context, UNUSED const char *name)
{
    struct reader *reader = context;
    if (!reader->refused)
        reader->depth--;
}

enum status art_read(struct art *art, struct arena *arena, struct bytes svg, uint32_t ink)
{
    struct reader reader = {.art = art, .arena = arena, .ink = ink};
    reader.parser = XML_ParserCreate("UTF-8");
    if (!reader.parser)
        return ERR_NOMEM;
    XML_SetUserData(reader.parser, &reader);
    XML_SetElementHandler(reader.parser, on_start, on_end);
    if (XML_Parse(reader.parser, (const char *)svg.data, (int)svg.len, XML_TRUE) != XML_STATUS_OK)
        reader.refused = "xml";
    XML_ParserFree(reader.parser);
    if (reader.refused) {
        log_event(LOG_ERROR, "art_refused", "what=%s symbol=%s", reader.refused,
                  art->last ? art->last->name : "");
        return ERR_INVALID;
    }
    return arena_failed(arena) ? ERR_NOMEM : OK;
}

const struct art_symbol *art_find(const struct art *art, const char *name)
{
    for (const struct art_symbol *s = art->first; s; s = s->next)
        if (str_equal(s->name, name) || (str_starts(s->name, "a-") && str_equal(s->name + 2, name)))
            return s;
    return NULL;
}

const struct art_symbol *art_next(const struct art *art, const struct art_symbol *symbol)
{
    return symbol ? symbol->next : art->first;
}

const char *art_name(const struct art_symbol *symbol)
{
    return symbol->name;
}

static void round_rect(cairo_t *cr, const struct shape *s)
{
    double r = fmin(s->r, fmin(s->w, s->h) / 2);
    cairo_new_sub_path(cr);
    cairo_arc(cr, s->x + s->w - r, s->y + r, r, -M_PI / 2, 0);
    cairo_arc(cr, s->x + s->w - r, s->y + s->h - r, r, 0, M_PI / 2);
    cairo_arc(cr, s->x + r, s->y + s->h - r, r, M_PI / 2, M_PI);
    cairo_arc(cr, s->x + r, s->y + r, r, M_PI, M_PI * 3 / 2);
    cairo_close_path(cr);
}

static void outline(cairo_t *cr, const struct shape *s)
{
    switch (s->kind) {
    case SHAPE_PATH:
        IGNORE(art_path(cr, s->d ? s->d : "")); /* what the test of all pictures proves right */
        break;
    case SHAPE_ELLIPSE:
        cairo_save(cr);
        cairo_translate(cr, s->x, s->y);
        cairo_scale(cr, s->w, s->h);
        cairo_new_sub_path(cr);
        cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
        cairo_close_path(cr);
        cairo_restore(cr);
        break;
    case SHAPE_RECT:
        round_rect(cr, s);
        break;
    case SHAPE_LINE:
        cairo_move_to(cr, s->x, s->y);
        cairo_line_to(cr, s->w, s->h);
        break;
    }
}

/* The path is made in the picture's own units, and drawn in those of the page. */
static void draw_shape(struct ink *ink, const struct shape *s, double scale)
{
    const struct paint *paint = &s->paint;
    cairo_t *cr = ink->cr;
    double dashes[DASHES_MAX];
    cairo_save(cr);
    cairo_scale(cr, scale, scale);
    if (paint->angle != 0) {
        cairo_translate(cr, paint->around_x, paint->around_y);
        cairo_rotate(cr, paint->angle * M_PI / 180);
        cairo_translate(cr, -paint->around_x, -paint->around_y);
    }
    cairo_new_path(cr);
    outline(cr, s);
    cairo_restore(cr); /* but for the path */
    for (int i = 0; i < paint->dash_count; i++)
        dashes[i] = paint->dashes[i] * scale;
    cairo_set_dash(cr, dashes, paint->dash_count, 0);
    cairo_set_line_width(cr, paint->width * scale);
    uint32_t fill = ink_faded(paint->fill, paint->opacity);
    uint32_t stroke = ink_faded(paint->stroke, paint->opacity * paint->stroke_opacity);
    ink_set(ink, paint->filled ? fill : stroke);
    if (paint->filled && paint->stroked)
        ink_fill_stroke(ink, stroke);
    else if (paint->filled)
        ink_fill(ink);
    else if (paint->stroked)
        ink_stroke(ink);
    cairo_new_path(cr);
}

void art_draw(struct ink *ink, const struct art_symbol *symbol, double x, double y, double size)
{
    cairo_t *cr = ink->cr;
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    for (const struct shape *s = symbol->first; s; s = s->next)
        draw_shape(ink, s, size / symbol->view);
    cairo_restore(cr);
}
