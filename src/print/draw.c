#include "print/draw.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "base/compiler.h"
#include "print/ink.h"

#define STRETCH_MOST 1.35 /* of the room between lines, when a box is higher than they need */

/* Colours of a voice (UX §3): for shapes, for backgrounds, for lines that must hold in grey. */
static const struct {
    uint32_t fill, tint, line;
} voices[] = {
    [PAPER_NEUTRAL] = {WHITE, CREAM, INK},
    [PAPER_CHILD] = {0xffd166, 0xfff1d2, 0x8a4a00},
    [PAPER_TEACHER] = {0x7cc4c1, 0xdff0ef, 0x0e5a61},
    [PAPER_HOME] = {0xff9c85, 0xffe8e1, 0xa33a22},
    [PAPER_SCHOOL] = {0x8fbdf0, 0xe5f0fc, 0x24528f},
    [PAPER_TOGETHER] = {0xcfa9dd, 0xf5eaf9, 0x6a3a7c},
};

static const char *const tag_names[TAG_COUNT] = {
    [TAG_H1] = "H1",         [TAG_H2] = "H2",     [TAG_H3] = "H3",        [TAG_P] = "P",
    [TAG_FIGURE] = "Figure", [TAG_SECT] = "Sect", [TAG_LIST] = "L",       [TAG_ITEM] = "LI",
    [TAG_TABLE] = "Table",   [TAG_ROW] = "TR",    [TAG_HEAD_CELL] = "TH", [TAG_CELL] = "TD",
};

/* --- frames ----------------------------------------------------------------------------------- */

/* The bars differ in form, so that black and white tells who speaks. */
static void draw_bar(struct ink *ink, enum paper_voice voice, double x, double y, double h)
{
    cairo_t *cr = ink->cr;
    static const double dashed[] = {7, 3.5}, dotted[] = {0, 4.4};
    double middle = x + MM(1);
    ink_set(ink, voices[voice].line);
    cairo_save(cr);
    switch (voice) {
    case PAPER_CHILD:
        ink_line(ink, middle, y, middle, y + h, 4.2);
        break;
    case PAPER_TEACHER:
        ink_line(ink, middle - 1.7, y, middle - 1.7, y + h, 1.3);
        ink_line(ink, middle + 1.7, y, middle + 1.7, y + h, 1.3);
        break;
    case PAPER_HOME:
        cairo_set_dash(cr, dashed, 2, 0);
        ink_line(ink, middle, y, middle, y + h, 3.2);
        break;
    case PAPER_SCHOOL:
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
        cairo_set_dash(cr, dotted, 2, 0);
        ink_line(ink, middle, y + 1.3, middle, y + h - 1.3, 2.6);
        break;
    case PAPER_TOGETHER:
        ink_line(ink, middle - 1.2, y, middle - 1.2, y + h, 3);
        ink_line(ink, middle + 2.2, y, middle + 2.2, y + h, 1.1);
        break;
    case PAPER_NEUTRAL:
        ink_line(ink, middle, y, middle, y + h, 1.1);
        break;
    }
    cairo_restore(cr);
}

static void draw_frame(struct ink *ink, const struct block_frame *frame, const struct piece *p)
{
    cairo_t *cr = ink->cr;
    if (frame->look == FRAME_PLAIN)
        return;
    if (frame->look == FRAME_BAR) {
        draw_bar(ink, frame->voice, p->x, p->y, p->h);
        return;
    }
    if (frame->look == FRAME_CUT) {
        static const double dashes[] = {4, 3};
        cairo_save(cr);
        cairo_set_dash(cr, dashes, 2, 0);
        cairo_rectangle(cr, p->x, p->y, p->w, p->h);
        ink_set(ink, PENCIL);
        cairo_set_line_width(cr, 0.8);
        ink_stroke(ink);
        cairo_restore(cr);
        return;
    }
    static const double radius[] = {[FRAME_BOX] = MM(5), [FRAME_CARD] = MM(3.5)};
    double r = frame->look == FRAME_CELL ? 0 : radius[frame->look];
    bool card_chosen = frame->look == FRAME_CARD && frame->tinted;
    uint32_t line = frame->look == FRAME_CELL ? INK : voices[frame->voice].line;
    ink_round_rect(cr, p->x, p->y, p->w, p->h, r);
    cairo_set_line_width(cr, card_chosen ? 2 * LINE_THICK : LINE_THICK);
    ink_set(ink, frame->tinted ? voices[frame->voice].tint : line);
    if (frame->tinted)
        ink_fill_stroke(ink, line);
    else /* it is the paper that is seen */
        ink_stroke(ink);
}

/* --- small things ----------------------------------------------------------------------------- */

static double aligned(const struct piece *p, enum align align, double size)
{
    return p->x + (align == ALIGN_MIDDLE ? (p->w - size) / 2
                   : align == ALIGN_END  ? p->w - size
                                         : 0);
}

static void draw_text(struct sheet *sheet, const struct block_text *text, const struct piece *p)
{
    cairo_t *cr = sheet->ink.cr;
    double y = p->y;
    ink_set(&sheet->ink, sheet->setting->faces[text->type].colour);
    for (size_t i = p->from; i < p->to; i++) {
        const struct text_line *line = &text->lines[i];
        cairo_move_to(cr, p->x + line->shift, y + line->baseline);
        pango_cairo_show_layout_line(cr, line->line);
        y += line->height;
    }
    cairo_new_path(cr);
}

static void draw_lines(struct ink *ink, double natural, const struct piece *p)
{
    double each = fmin(p->h / (double)(p->to - p->from), natural * STRETCH_MOST);
    ink_set(ink, PENCIL);
    ink_dotted_lines(ink, p->x, p->y + each, p->w, each, p->to - p->from, LINE_THIN);
}

static void draw_mark(struct ink *ink, bool round, bool ticked, double x, double y, double size)
{
    cairo_t *cr = ink->cr;
    if (round) {
        cairo_new_sub_path(cr);
        cairo_arc(cr, x + size / 2, y + size / 2, size / 2, 0, 2 * M_PI);
    } else {
        ink_round_rect(cr, x, y, size, size, size / 4);
    }
    cairo_set_line_width(cr, 1.35);
    ink_set(ink, WHITE);
    ink_fill_stroke(ink, INK);
    if (!ticked)
        return;
    if (round) {
        cairo_arc(cr, x + size / 2, y + size / 2, size / 3.4, 0, 2 * M_PI);
        ink_fill(ink);
        return;
    }
    cairo_save(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_move_to(cr, x + size * 0.22, y + size * 0.5);
    cairo_line_to(cr, x + size * 0.42, y + size * 0.72);
    cairo_line_to(cr, x + size * 0.8, y + size * 0.26);
    cairo_set_line_width(cr, size / 6);
    ink_stroke(ink);
    cairo_restore(cr);
}

static void draw_scale(struct ink *ink, const struct block *block, const struct piece *p)
{
    int steps = block->u.scale.steps;
    double size = MM(6.5), middle = p->y + p->h / 2;
    double step = (p->w - size) / (steps - 1);
    ink_set(ink, PENCIL);
    ink_line(ink, p->x + size / 2, middle, p->x + p->w - size / 2, middle, LINE_THICK);
    for (int i = 0; i < steps; i++)
        draw_mark(ink, true, i == block->u.scale.chosen, p->x + i * step, middle - size / 2, size);
}

static void draw_qr(struct ink *ink, const struct block *block, const struct piece *p)
{
    cairo_t *cr = ink->cr;
    int n = block->u.qr.size;
    double unit = p->h / n;
    for (int y = 0; y < n; y++) {
        const unsigned char *row = block->u.qr.modules + y * n;
        for (int x = 0, end; x < n; x = end) {
            for (end = x + 1; end < n && row[end] == row[x]; end++)
                continue;
            if (row[x])
                cairo_rectangle(cr, p->x + x * unit, p->y + y * unit, (end - x) * unit, unit);
        }
    }
    ink_set(ink, BLACK);
    ink_fill(ink);
}

/* --- drawings --------------------------------------------------------------------------------- */

static double drawing_scale(const struct block *block, const struct piece *p)
{
    int32_t lowest = 1, widest = 1000;
    for (size_t i = 0; i < block->u.drawing.count; i++)
        for (size_t n = 0; n < block->u.drawing.strokes[i].count; n++) {
            const struct paper_point *point = &block->u.drawing.strokes[i].points[n];
            lowest = point->y > lowest ? point->y : lowest;
            widest = point->x > widest ? point->x : widest;
        }
    return fmin(p->w / widest, p->h / lowest);
}

static void draw_stroke(struct ink *ink, const struct paper_stroke *stroke)
{
    cairo_t *cr = ink->cr;
    for (size_t i = 0; i < stroke->count; i++)
        cairo_line_to(cr, stroke->points[i].x, stroke->points[i].y);
    if (stroke->count == 1) /* a dot */
        cairo_line_to(cr, stroke->points[0].x, stroke->points[0].y);
    ink_set(ink, stroke->colour);
    cairo_set_line_width(cr, stroke->width > 0 ? stroke->width : 4);
    ink_stroke(ink);
}

static void draw_drawing(struct ink *ink, const struct block *block, const struct piece *p)
{
    cairo_t *cr = ink->cr;
    double scale = drawing_scale(block, p);
    cairo_save(cr);
    ink_round_rect(cr, p->x, p->y, p->w, p->h, MM(4));
    cairo_clip_preserve(cr);
    ink_set(ink, WHITE);
    ink_fill(ink);
    double symbol = fmin(p->w, p->h) * 0.9;
    if (block->u.drawing.symbol)
        art_draw(ink, block->u.drawing.symbol, p->x + (p->w - symbol) / 2,
                 p->y + (p->h - symbol) / 2, symbol);
    cairo_translate(cr, p->x, p->y);
    cairo_scale(cr, scale, scale);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    for (size_t i = 0; i < block->u.drawing.count; i++)
        draw_stroke(ink, &block->u.drawing.strokes[i]);
    cairo_restore(cr);
    ink_round_rect(cr, p->x, p->y, p->w, p->h, MM(4));
    ink_set(ink, INK);
    cairo_set_line_width(cr, LINE_THICK);
    ink_stroke(ink);
}

/* The surface has no pixels of its own: the PDF takes the JPEG as it is. */
static void draw_photo(struct ink *ink, const struct photo *photo, const struct piece *p)
{
    cairo_t *cr = ink->cr;
    double scale = fmin(p->w / photo->width, p->h / photo->height);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, photo->width, photo->height);
    (void)cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, photo->jpeg.data,
                                      photo->jpeg.len, NULL, NULL);
    cairo_save(cr);
    cairo_translate(cr, p->x, p->y);
    cairo_scale(cr, scale, scale);
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_rectangle(cr, 0, 0, photo->width, photo->height);
    cairo_fill(cr);
    cairo_restore(cr);
    cairo_surface_destroy(surface);
    cairo_rectangle(cr, p->x, p->y, scale * photo->width, scale * photo->height);
    ink_set(ink, INK);
    cairo_set_line_width(cr, LINE_THIN);
    ink_stroke(ink);
}

/* --- pieces ----------------------------------------------------------------------------------- */

static void draw_art(struct ink *ink, const struct block *block, const struct piece *p)
{
    double size = fmin(block->u.art.size, fmin(p->w, p->h));
    if (block->u.art.symbol && size > 0)
        art_draw(ink, block->u.art.symbol, aligned(p, block->u.art.align, size), p->y, size);
}

static void draw_piece(struct sheet *sheet, const struct piece *p)
{
    struct ink *ink = &sheet->ink;
    const struct block *block = p->block;
    switch (block->kind) {
    case BLOCK_FRAME:
        draw_frame(ink, &block->u.frame, p);
        break;
    case BLOCK_TEXT:
        draw_text(sheet, &block->u.text, p);
        break;
    case BLOCK_LINES:
        draw_lines(ink, block->u.lines.each, p);
        break;
    case BLOCK_FIELD:
        ink_set(ink, PENCIL);
        ink_line(ink, p->x, p->y + p->h - 1, p->x + p->w, p->y + p->h - 1, LINE_THICK);
        break;
    case BLOCK_ART:
        draw_art(ink, block, p);
        break;
    case BLOCK_MARK:
        draw_mark(ink, block->u.mark.round, block->u.mark.ticked,
                  aligned(p, block->u.mark.align, block->u.mark.size), p->y, block->u.mark.size);
        break;
    case BLOCK_SCALE:
        draw_scale(ink, block, p);
        break;
    case BLOCK_DRAWING:
        draw_drawing(ink, block, p);
        break;
    case BLOCK_PHOTO:
        draw_photo(ink, &block->u.photo, p);
        break;
    case BLOCK_QR:
        draw_qr(ink, block, p);
        break;
    case BLOCK_STACK:
    case BLOCK_ROW:
    case BLOCK_SPACE:
    case BLOCK_BREAK:
        break;
    }
}

static bool is_figure(const struct piece *p)
{
    return p->kind == PIECE_BLOCK && p->tag == TAG_FIGURE;
}

/* Boxes, lines and pictures that say nothing by themselves; the rest needs cairo, for its place in
 * the structure or to be drawn at all. */
static bool lies_under(const struct piece *p)
{
    static const bool kinds[] = {
        [BLOCK_FRAME] = true, [BLOCK_LINES] = true, [BLOCK_FIELD] = true, [BLOCK_ART] = true,
        [BLOCK_MARK] = true,  [BLOCK_SCALE] = true, [BLOCK_QR] = false, /* the last kind */
    };
    return kinds[p->block->kind] && (p->tag == TAG_NONE || p->tag >= TAG_SECT);
}

static void draw_tagged(struct sheet *sheet, const struct piece *p)
{
    /* A frame's tag is opened and closed around it; its border is decoration. */
    const char *tag = p->tag < TAG_SECT ? tag_names[p->tag] : NULL;
    sheet->ink.under = lies_under(p) ? sheet->under : NULL;
    if (!tag && sheet->has_artifacts && !sheet->ink.under)
        tag = "Artifact";
    if (is_figure(p) && sheet->word_count < sheet->word_max)
        sheet->words[sheet->word_count++] = p->block->words;
    if (tag)
        cairo_tag_begin(sheet->ink.cr, tag, NULL);
    draw_piece(sheet, p);
    if (tag)
        cairo_tag_end(sheet->ink.cr, tag);
    sheet->ink.under = sheet->under;
}

void draw_page(struct sheet *sheet, const struct page *page)
{
    for (const struct piece *p = page->first; p; p = p->next) {
        if (p->kind == PIECE_OPEN)
            cairo_tag_begin(sheet->ink.cr, tag_names[p->tag], NULL);
        else if (p->kind == PIECE_CLOSE)
            cairo_tag_end(sheet->ink.cr, tag_names[p->tag]);
        else
            draw_tagged(sheet, p);
    }
}

void draw_beside(struct sheet *sheet, struct block *text, double x, double y, double width)
{
    struct piece piece = {.block = text, .x = x, .y = y, .w = width, .to = block_slices(text)};
    draw_tagged(sheet, &piece);
}

size_t draw_count_figures(const struct page *page)
{
    size_t count = 0;
    for (const struct piece *p = page->first; p; p = p->next)
        count += is_figure(p);
    return count;
}
