#include "print/setting.h"

#include <math.h>

#include "base/log.h"
#include "print/ink.h"

#define SCALE_HEIGHT MM(9)
#define NARROWEST MM(6)              /* a column; narrower ones go under each other */
#define PHOTO_HIGHEST MM(105)
#define PHOTO_INCH 110.0 /* pixels, before a photo is made larger than it has detail for */
#define NATURAL_MOST 0.6             /* of a row, for a column as wide as its text */

static double stack_height(struct setting *setting, struct block *block, double width)
{
    double height = 0;
    for (struct block *child = block->first; child; child = child->next)
        height += (child == block->first ? 0 : child->gap) + block_height(setting, child, width);
    return height;
}

static double frame_height(struct setting *setting, struct block *block, double width)
{
    const struct block_frame *frame = &block->u.frame;
    double inside = width - frame->left - frame->right;
    double content = stack_height(setting, block, inside);
    if (frame->marker)
        content = fmax(content, block_height(setting, frame->marker, fmax(frame->left - MM(1), 1)));
    double height = content + frame->top + frame->bottom;
    return fmax(height, frame->min_height == PAPER_REST ? MM(40) : frame->min_height);
}

void row_widths(struct setting *setting, const struct block *row, double width,
                double to[PAPER_ACROSS_MAX])
{
    double left = width, weights = 0;
    size_t count = 0;
    for (struct block *column = row->first; column; column = column->next, count++) {
        double fixed = column->weight > 0 ? 0 : column->fixed;
        if (fixed < 0)
            fixed = fmin(text_natural_width(setting, column), width * NATURAL_MOST);
        to[count] = fixed;
        left -= fixed + (count ? row->u.row.gap : 0);
        weights += column->weight;
    }
    count = 0;
    for (const struct block *column = row->first; column; column = column->next, count++)
        if (column->weight > 0)
            to[count] = fmax(left * column->weight / weights, 1);
}

bool row_is_stacked(struct setting *setting, const struct block *row, double width)
{
    double widths[PAPER_ACROSS_MAX];
    size_t i = 0;
    row_widths(setting, row, width, widths);
    for (const struct block *column = row->first; column; column = column->next)
        if (widths[i++] < NARROWEST && column->weight > 0)
            return true;
    return false;
}

static double row_height(struct setting *setting, struct block *block, double width)
{
    double widths[PAPER_ACROSS_MAX], height = 0;
    size_t i = 0;
    if (row_is_stacked(setting, block, width))
        return stack_height(setting, block, width);
    row_widths(setting, block, width, widths);
    for (struct block *column = block->first; column; column = column->next)
        height = fmax(height, block_height(setting, column, widths[i++]));
    return height;
}

static const struct art_symbol *symbol_of(const struct setting *setting, const char *name)
{
    const struct art_symbol *symbol = art_find(setting->art, name);
    if (!symbol && *name)
        log_event(LOG_ERROR, "picture_unknown", "name=%s", name);
    return symbol;
}

static double photo_height(const struct photo *photo, double width)
{
    double across = fmin(width, photo->width * 72 / PHOTO_INCH);
    return fmin(across * photo->height / photo->width, PHOTO_HIGHEST);
}

static double measure(struct setting *setting, struct block *block, double width)
{
    switch (block->kind) {
    case BLOCK_STACK:
        return stack_height(setting, block, width);
    case BLOCK_FRAME:
        return frame_height(setting, block, width);
    case BLOCK_ROW:
        return row_height(setting, block, width);
    case BLOCK_TEXT:
        return text_height(setting, block, width);
    case BLOCK_LINES:
        return block->u.lines.count * block->u.lines.each;
    case BLOCK_FIELD:
        return MM(7);
    case BLOCK_ART:
        block->u.art.symbol = symbol_of(setting, block->u.art.name);
        return fmin(block->u.art.size, width);
    case BLOCK_MARK:
        return block->u.mark.size;
    case BLOCK_SPACE:
        return block->u.space;
    case BLOCK_BREAK:
        return 0;
    case BLOCK_SCALE:
        return SCALE_HEIGHT;
    case BLOCK_DRAWING:
        block->u.drawing.symbol = symbol_of(setting, block->u.drawing.background);
        return block->u.drawing.height == PAPER_REST ? MM(40) : block->u.drawing.height;
    case BLOCK_PHOTO:
        return photo_height(&block->u.photo, width);
    case BLOCK_QR:
        return fmin(block->u.qr.side, width);
    }
    return 0;
}

double block_height(struct setting *setting, struct block *block, double width)
{
    if (block->measured_width != width) {
        block->height = measure(setting, block, width);
        block->measured_width = width;
    }
    return block->height;
}

size_t block_slices(const struct block *block)
{
    if (block->kind == BLOCK_TEXT)
        return block->u.text.count;
    return block->kind == BLOCK_LINES ? (size_t)block->u.lines.count : 0;
}

double block_slice(const struct block *block, size_t i)
{
    return block->kind == BLOCK_TEXT ? block->u.text.lines[i].height : block->u.lines.each;
}
