#include "print/paper.h"

#include <math.h>
#include <qrencode.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "print/ink.h"
#include "print/parts.h"

#define DRAWING_LEAST 5.0 /* mm */

/* Writing down: single blocks, and opening and closing. What is made of several is in parts.c and
 * choose.c. */

void paper_fail(struct paper *paper, enum status st)
{
    if (paper->failed == OK)
        paper->failed = st;
}

struct block *paper_block(struct paper *paper, enum block_kind kind)
{
    struct block *block = paper->failed == OK ? ARENA_NEW(paper->arena, struct block) : NULL;
    if (!block) {
        paper_fail(paper, ERR_NOMEM);
        return NULL;
    }
    block->kind = kind;
    block->weight = 1;
    return block;
}

void block_append(struct block *parent, struct block *child)
{
    if (!parent || !child)
        return;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

struct block *paper_add(struct paper *paper, enum block_kind kind, double gap)
{
    struct block *block = paper_block(paper, kind);
    if (block) {
        block->gap = gap;
        block_append(paper->open[paper->depth], block);
    }
    return block;
}

void paper_enter(struct paper *paper, struct block *block)
{
    if (paper->failed != OK)
        return;
    if (paper->depth == PAPER_DEPTH_MAX)
        paper_fail(paper, ERR_LIMIT);
    else
        paper->open[++paper->depth] = block;
}

void paper_leave(struct paper *paper, enum block_kind kind)
{
    if (paper->failed != OK)
        return;
    if (paper->depth == 0 || paper->open[paper->depth]->kind != kind)
        paper_fail(paper, ERR_INVALID);
    else
        paper->depth--;
}

const char *paper_copy(struct paper *paper, const char *text)
{
    size_t len = text ? strlen(text) : 0, to = 0;
    paper->text_bytes += len;
    if (paper->text_bytes > PAPER_TEXT_MAX)
        paper_fail(paper, ERR_LIMIT);
    /* A byte that is no UTF-8 becomes U+FFFD: three. */
    char *copy = paper->failed == OK ? arena_alloc(paper->arena, 3 * len + 1) : NULL;
    if (!copy) {
        paper_fail(paper, ERR_NOMEM);
        return "";
    }
    const char *at = text ? text : "";
    for (uint32_t code; (code = utf8_next(&at)) != 0;) {
        if (code == '\t')
            code = ' ';
        else if (code == 0x2028 || code == 0x2029 || (code == '\r' && *at != '\n'))
            code = '\n';
        else if ((code < ' ' && code != '\n') || (code >= 0x7f && code < 0xa0) || code == 0xfeff)
            continue;
        to += utf8_put(code, copy + to);
    }
    copy[to] = '\0';
    return copy;
}

enum status paper_open(struct arena *arena, const struct paper_look *look, struct paper **ret_paper)
{
    if (!look->tr || !look->title)
        return ERR_INVALID;
    struct paper *paper = ARENA_NEW(arena, struct paper);
    if (!paper)
        return ERR_NOMEM;
    paper->arena = arena;
    paper->look = *look;
    paper->hand = look->band;
    paper->look.title = paper_copy(paper, look->title);
    const char **texts[] = {&paper->look.head_left, &paper->look.head_right, &paper->look.note,
                            &paper->look.made, &paper->look.code};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        *texts[i] = paper_copy(paper, *texts[i]);
    paper->root = paper_block(paper, BLOCK_STACK);
    if (!paper->root)
        return paper->failed;
    paper->open[0] = paper->root;
    *ret_paper = paper;
    return OK;
}

struct block *paper_text_block(struct paper *paper, enum type type, const char *text)
{
    struct block *block = paper_block(paper, BLOCK_TEXT);
    if (!block)
        return NULL;
    block->tag = TAG_P;
    block->u.text = (struct block_text){.text = paper_copy(paper, text), .type = type};
    return block;
}

void paper_text(struct paper *paper, enum paper_style style, const char *text)
{
    static const enum type types[] = {[PAPER_PLAIN] = TYPE_PLAIN,
                                      [PAPER_LARGE] = TYPE_LARGE,
                                      [PAPER_MUTED] = TYPE_MUTED,
                                      [PAPER_STRONG] = TYPE_STRONG,
                                      [PAPER_SMALL] = TYPE_SMALL};
    struct block *block = paper_text_block(paper, types[style], text);
    if (block)
        block->gap = GAP_TEXT;
    block_append(paper->open[paper->depth], block);
}

void paper_hand(struct paper *paper, enum paper_band hand)
{
    paper->hand = hand;
}

void paper_lines(struct paper *paper, int count)
{
    static const double each[] = {[PAPER_OLDER] = MM(8.4), [PAPER_YOUNGER] = MM(12)};
    if (count < 1)
        return;
    if (paper->hand == PAPER_YOUNGEST) {
        double mm = count < 4 ? 45 : 12.0 * count;
        if (paper->open[paper->depth]->kind == BLOCK_FRAME)
            paper_space(paper, mm); /* the box itself is what is drawn in */
        else
            paper_drawing(paper, &(struct paper_drawing){.height_mm = mm});
        return;
    }
    struct block *block = paper_add(paper, BLOCK_LINES, MM(1));
    if (block) {
        block->u.lines.count = count;
        block->u.lines.each = each[paper->hand];
    }
}

void paper_columns_begin(struct paper *paper, size_t count, const int *weights)
{
    struct block *row = paper_add(paper, BLOCK_ROW, GAP_PART);
    if (!row)
        return;
    if (count < 1 || count > PAPER_ACROSS_MAX) {
        paper_fail(paper, ERR_LIMIT);
        return;
    }
    row->u.row = (struct block_row){.gap = GAP_PART, .stretch = true};
    for (size_t i = 0; i < count; i++) {
        struct block *column = paper_block(paper, BLOCK_STACK);
        if (!column)
            return;
        column->weight = weights && weights[i] > 0 ? weights[i] : 1;
        block_append(row, column);
    }
    paper_enter(paper, row);
    paper_enter(paper, row->first);
}

/* The column that is open now, or NULL (and failed). */
static struct block *open_column(struct paper *paper)
{
    struct block *top = paper->open[paper->depth];
    bool is_column = paper->depth > 1 && top->kind == BLOCK_STACK && !top->keep &&
                     paper->open[paper->depth - 1]->kind == BLOCK_ROW;
    if (!is_column)
        paper_fail(paper, ERR_INVALID);
    return paper->failed == OK ? top : NULL;
}

void paper_next_column(struct paper *paper)
{
    struct block *column = open_column(paper);
    if (!column)
        return;
    if (column->next)
        paper->open[paper->depth] = column->next;
    else
        paper_fail(paper, ERR_INVALID);
}

void paper_columns_end(struct paper *paper)
{
    if (!open_column(paper))
        return;
    paper_leave(paper, BLOCK_STACK);
    paper_leave(paper, BLOCK_ROW);
}

void paper_keep_together_begin(struct paper *paper)
{
    struct block *stack = paper_add(paper, BLOCK_STACK, GAP_TEXT);
    if (!stack)
        return;
    stack->keep = true;
    paper_enter(paper, stack);
}

void paper_keep_together_end(struct paper *paper)
{
    if (paper->failed == OK && !paper->open[paper->depth]->keep)
        paper_fail(paper, ERR_INVALID);
    struct block *stack = paper->open[paper->depth];
    if (stack->first && stack->first->gap > stack->gap)
        stack->gap = stack->first->gap; /* which the first of a stack has not */
    paper_leave(paper, BLOCK_STACK);
}

void paper_break(struct paper *paper)
{
    /* Inside columns or a box there is no page to break. */
    if (paper->depth == 0)
        paper_add(paper, BLOCK_BREAK, 0);
    else
        paper_fail(paper, ERR_INVALID);
}

void paper_space(struct paper *paper, double mm)
{
    struct block *block = paper_add(paper, BLOCK_SPACE, 0);
    if (block)
        block->u.space = MM(mm > 0 && mm < 250 ? mm : 0);
}

static bool copy_strokes(struct paper *paper, const struct paper_stroke *strokes, size_t count,
                         const struct paper_stroke **ret)
{
    struct paper_stroke *copy = ARENA_ARRAY(paper->arena, struct paper_stroke, count);
    for (size_t i = 0; copy && i < count; i++) {
        copy[i] = strokes[i];
        copy[i].points = arena_memdup(paper->arena, strokes[i].points,
                                      strokes[i].count * sizeof(*strokes[i].points));
        if (!copy[i].points)
            return false;
    }
    *ret = copy;
    return copy != NULL;
}

void paper_drawing(struct paper *paper, const struct paper_drawing *drawing)
{
    struct block *block = paper_add(paper, BLOCK_DRAWING, MM(3));
    if (!block)
        return;
    if (drawing->count &&
        !copy_strokes(paper, drawing->strokes, drawing->count, &block->u.drawing.strokes))
        paper_fail(paper, ERR_NOMEM);
    block->u.drawing.count = drawing->count;
    block->u.drawing.height =
        drawing->height_mm < 0 ? PAPER_REST : MM(fmax(drawing->height_mm, DRAWING_LEAST));
    block->u.drawing.background = drawing->background ? paper_copy(paper, drawing->background) : "";
    if (drawing->count) {
        block->tag = TAG_FIGURE;
        block->words =
            drawing->words ? paper_copy(paper, drawing->words) : tr(paper->look.tr, "A drawing");
    }
}

void paper_photo(struct paper *paper, const struct photo *photo, const char *words)
{
    struct block *block = paper_add(paper, BLOCK_PHOTO, MM(3));
    if (!block)
        return;
    block->u.photo = *photo;
    block->tag = TAG_FIGURE;
    block->words = words ? paper_copy(paper, words) : tr(paper->look.tr, "A photo");
}

static bool encode(struct paper *paper, struct block *block, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    size_t area = (size_t)code->width * (size_t)code->width;
    unsigned char *modules = arena_alloc(paper->arena, area);
    for (size_t i = 0; modules && i < area; i++)
        modules[i] = code->data[i] & 1;
    block->u.qr.modules = modules;
    block->u.qr.size = code->width;
    QRcode_free(code);
    return modules != NULL;
}

struct block *paper_qr_block(struct paper *paper, const char *text, double side)
{
    struct block *block = paper_block(paper, BLOCK_QR);
    if (!block)
        return NULL;
    size_t len = text ? strlen(text) : 0;
    if (len == 0 || len > PAPER_QR_MAX)
        paper_fail(paper, len ? ERR_LIMIT : ERR_INVALID);
    else if (!encode(paper, block, text))
        paper_fail(paper, ERR_NOMEM);
    block->u.qr.side = side;
    block->tag = TAG_FIGURE;
    block->words = tr(paper->look.tr, "A QR code");
    return block;
}

void paper_qr(struct paper *paper, const char *text, double size_mm, const char *code)
{
    struct block *block = paper_qr_block(paper, text, MM(size_mm));
    if (!block)
        return;
    block->gap = GAP_TEXT;
    block->keep_next = code != NULL;
    block_append(paper->open[paper->depth], block);
    if (code)
        paper_text(paper, PAPER_STRONG, code);
}
