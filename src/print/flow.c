#include "print/setting.h"

#include <math.h>

#include "base/arena.h"
#include "print/ink.h"

/*
 * Placing blocks on pages. What must stay together (`locked`) was measured to fit before it is
 * placed, so nothing inside looks for room again. Frames that are open when a page ends are closed
 * there and opened again on the next.
 */

#define TOGETHER_MOST 0.5 /* of a page: what is higher is rather broken than that a page stays bare */
#define ENOUGH 0.01 /* heights that are sums of the same numbers in another order */

struct open_frame {
    struct open_frame *outer;
    const struct block *block;
    struct piece *piece; /* on this page */
    double x, w;
};

struct flow {
    struct setting *setting;
    struct page *first, *page;
    size_t count;
    double top, bottom;             /* of the page's room */
    double y;                       /* what stands above is full */
    double start;                   /* where y was when this page was empty */
    double inset_top, inset_bottom; /* of the open frames */
    struct open_frame *frames;
    struct block *head; /* repeated at the top of each page: of the table that is open */
    double head_x, head_w;
    bool locked, quiet;
    struct piece nowhere; /* written to and never read, when memory is out */
    enum status failed;
};

static void flow_block(struct flow *f, struct block *block, double x, double w, double forced);

static double room(const struct flow *f)
{
    return f->bottom - f->inset_bottom - f->y;
}

static bool at_top(const struct flow *f)
{
    return f->y <= f->start + ENOUGH;
}

/* What an empty page has for a block in the frames that are open now. */
static double capacity(const struct flow *f)
{
    double head = f->head ? f->head->height : 0;
    return f->bottom - f->inset_bottom - f->top - f->inset_top - head;
}

static struct piece *add_piece(struct flow *f, enum piece_kind kind, const struct block *block)
{
    struct piece *piece = ARENA_NEW(f->setting->arena, struct piece);
    if (!piece) {
        f->failed = ERR_NOMEM;
        return &f->nowhere;
    }
    piece->kind = kind;
    piece->block = block;
    piece->tag = f->quiet ? TAG_NONE : block->tag;
    if (f->page->last)
        f->page->last->next = piece;
    else
        f->page->first = piece;
    f->page->last = piece;
    return piece;
}

static struct piece *place(struct flow *f, const struct block *block, double x, double w, double h)
{
    struct piece *piece = add_piece(f, PIECE_BLOCK, block);
    piece->x = x;
    piece->y = f->y;
    piece->w = w;
    piece->h = h;
    piece->to = block_slices(block);
    return piece;
}

static void fresh_page(struct flow *f)
{
    struct page *page = f->failed == OK ? ARENA_NEW(f->setting->arena, struct page) : NULL;
    if (!page || f->count == PAPER_PAGES_MAX) {
        /* Goes on over the last page, which nobody will see. */
        f->failed = page || f->failed != OK ? ERR_LIMIT : ERR_NOMEM;
    } else {
        if (f->page)
            f->page->next = page;
        else
            f->first = page;
        f->page = page;
        f->count++;
    }
    f->y = f->start = f->top;
}

static void open_again(struct flow *f, struct open_frame *frame)
{
    if (!frame)
        return;
    open_again(f, frame->outer);
    frame->piece = place(f, frame->block, frame->x, frame->w, 0);
    frame->piece->continued = true;
    f->y += frame->block->u.frame.top;
}

static void new_page(struct flow *f)
{
    for (struct open_frame *frame = f->frames; frame; frame = frame->outer) {
        f->y += frame->block->u.frame.bottom;
        frame->piece->h = f->y - frame->piece->y;
    }
    fresh_page(f);
    open_again(f, f->frames);
    if (f->head) {
        bool locked = f->locked;
        f->quiet = f->locked = true;
        flow_block(f, f->head, f->head_x, f->head_w, 0);
        f->quiet = false;
        f->locked = locked;
    }
    f->start = f->y;
}

/* --- what must be there at least -------------------------------------------------------------- */

static double needed(struct flow *f, struct block *block, double w);

/* The least of a block that may stand at the bottom of a page. */
static double lead(struct flow *f, struct block *block, double w)
{
    double height = block_height(f->setting, block, w);
    size_t slices = block_slices(block);
    double most = block->kind == BLOCK_STACK ? TOGETHER_MOST * capacity(f) : capacity(f);
    if ((block->keep && height <= most) || (slices && slices <= 3))
        return height;
    if (slices)
        return block_slice(block, 0) + block_slice(block, 1);
    if (block->kind == BLOCK_ROW && height > capacity(f) && block->first)
        return fmin(capacity(f), MM(20)); /* its columns go under each other */
    if ((block->kind == BLOCK_STACK || block->kind == BLOCK_FRAME) && block->first) {
        const struct block_frame *frame = block->kind == BLOCK_FRAME ? &block->u.frame : NULL;
        double inside = frame ? w - frame->left - frame->right : w;
        return needed(f, block->first, inside) + (frame ? frame->top + frame->bottom : 0);
    }
    return height;
}

/* The same, with what must follow it. */
static double needed(struct flow *f, struct block *block, double w)
{
    double total = 0;
    for (struct block *b = block; b; b = b->next) {
        if (b != block)
            total += b->gap;
        if (!b->keep_next || !b->next)
            return total + lead(f, b, w);
        total += block_height(f->setting, b, w);
    }
    return total;
}

/* --- placing ---------------------------------------------------------------------------------- */

/* Down to the bottom of its row: the last box or the last lines of a column. */
static bool stretches(const struct block *block)
{
    if (block->kind == BLOCK_STACK)
        return block->last && stretches(block->last);
    return block->kind == BLOCK_LINES ||
           (block->kind == BLOCK_DRAWING && block->u.drawing.count == 0) ||
           (block->kind == BLOCK_FRAME && block->u.frame.look != FRAME_PLAIN &&
            block->u.frame.look != FRAME_BAR);
}

static void flow_children(struct flow *f, struct block *parent, double x, double w, double forced)
{
    double natural = 0;
    for (struct block *b = parent->first; forced > 0 && b; b = b->next)
        natural += (b == parent->first ? 0 : b->gap) + block_height(f->setting, b, w);
    for (struct block *b = parent->first; b && f->failed == OK; b = b->next) {
        double gap = b == parent->first ? 0 : b->gap;
        if (b->kind == BLOCK_BREAK) {
            if (b->next && !at_top(f))
                new_page(f);
            continue;
        }
        if (!f->locked && !at_top(f) && gap + needed(f, b, w) > room(f) + ENOUGH)
            new_page(f);
        if (f->locked || !at_top(f))
            f->y += gap;
        bool last = !b->next && forced > natural && stretches(b);
        flow_block(f, b, x, w, last ? block_height(f->setting, b, w) + forced - natural : 0);
    }
}

/* Lines of text or of paper, as many as fit; never one line alone if it can be helped. */
static void flow_slices(struct flow *f, struct block *block, double x, double w, double forced)
{
    size_t total = block_slices(block), from = 0;
    if (f->locked || total == 0) {
        double h = forced > 0 ? forced : block_height(f->setting, block, w);
        place(f, block, x, w, h);
        f->y += h;
        return;
    }
    while (from < total && f->failed == OK) {
        double h = 0;
        size_t to = from;
        while (to < total && h + block_slice(block, to) <= room(f) + ENOUGH)
            h += block_slice(block, to++);
        if (to < total && total - to == 1 && to - from > 2)
            h -= block_slice(block, --to);
        bool lonely = to - from < 2 && to < total;
        if (lonely && !at_top(f)) {
            new_page(f);
            continue;
        }
        if (to == from)
            h = block_slice(block, to++); /* a page lower than one line */
        struct piece *piece = place(f, block, x, w, h);
        piece->from = from;
        piece->to = to;
        f->y += h;
        from = to;
        if (from < total)
            new_page(f);
    }
}

static void place_marker(struct flow *f, struct block *frame, double x)
{
    struct block *marker = frame->u.frame.marker;
    double w = fmax(frame->u.frame.left - MM(1), 1), y = f->y;
    double h = block_height(f->setting, marker, w);
    const struct block *beside = frame->first;
    if (marker->kind == BLOCK_MARK && beside && block_slices(beside))
        f->y += (block_slice(beside, 0) - h) / 2;
    if (beside && beside->kind == BLOCK_FIELD)
        f->y += fmax(block_height(f->setting, frame->first, w) - h, 0);
    place(f, marker, x, w, h);
    f->y = y;
}

static void flow_frame(struct flow *f, struct block *block, double x, double w, double forced)
{
    const struct block_frame *look = &block->u.frame;
    double least = fmax(forced, look->min_height);
    if (look->min_height == PAPER_REST && !f->locked)
        least = fmax(forced, room(f));
    bool empty = at_top(f);
    struct open_frame frame = {.outer = f->frames, .block = block, .x = x, .w = w};
    frame.piece = place(f, block, x, w, 0);
    const struct piece *begun = frame.piece;
    double top = f->y;
    f->frames = &frame;
    f->y += look->top;
    f->inset_top += look->top;
    f->inset_bottom += look->bottom;
    if (empty)
        f->start = f->y;
    if (look->marker)
        place_marker(f, block, x);
    double content = least > 0 ? least - look->top - look->bottom : 0;
    flow_children(f, block, x + look->left, w - look->left - look->right, content);
    if (frame.piece == begun) {
        double marker = look->marker ? look->marker->height : 0;
        f->y = fmax(f->y, fmax(top + least - look->bottom, top + look->top + marker));
    }
    f->frames = frame.outer;
    f->inset_top -= look->top;
    f->inset_bottom -= look->bottom;
    f->y += look->bottom;
    frame.piece->h = f->y - frame.piece->y;
}

static void flow_columns(struct flow *f, struct block *row, double x, double w)
{
    double widths[PAPER_ACROSS_MAX], top = f->y, height = block_height(f->setting, row, w);
    bool locked = f->locked;
    size_t i = 0;
    row_widths(f->setting, row, w, widths);
    f->locked = true;
    for (struct block *column = row->first; column; column = column->next) {
        double spare = height - block_height(f->setting, column, widths[i]);
        bool stretch = row->u.row.stretch && stretches(column);
        enum align align = row->u.row.align;
        f->y = top + (stretch || align == ALIGN_START ? 0 : align == ALIGN_END ? spare : spare / 2);
        flow_block(f, column, x, widths[i], stretch ? height : 0);
        x += widths[i++] + row->u.row.gap;
    }
    f->locked = locked;
    f->y = top + height;
}

static void flow_row(struct flow *f, struct block *row, double x, double w)
{
    double height = block_height(f->setting, row, w);
    bool fits = height <= capacity(f) + ENOUGH;
    if (row_is_stacked(f->setting, row, w) || (!f->locked && !fits)) {
        flow_children(f, row, x, w, 0);
        return;
    }
    if (!f->locked && height > room(f) + ENOUGH && !at_top(f))
        new_page(f);
    flow_columns(f, row, x, w);
}

static void flow_table(struct flow *f, struct block *table, double x, double w)
{
    struct block *head = table->first;
    flow_block(f, head, x, w, 0);
    struct block *outer = f->head;
    if (!f->locked && head->height < capacity(f) / 3) {
        f->head = head;
        f->head_x = x;
        f->head_w = w;
    }
    struct block rows = *table;
    rows.first = head->next;
    f->y += head->next ? head->next->gap : 0; /* which the first child of a stack has not */
    flow_children(f, &rows, x, w, 0);
    f->head = outer;
}

/* A picture or mark: never higher than the page. */
static void flow_figure(struct flow *f, struct block *block, double x, double w, double forced)
{
    double h = fmax(forced, block_height(f->setting, block, w));
    if (block->kind == BLOCK_DRAWING && block->u.drawing.height == PAPER_REST && !f->locked)
        h = fmax(h, room(f));
    if (!f->locked)
        h = fmin(h, fmax(room(f), MM(5)));
    place(f, block, x, w, h);
    f->y += h;
}

static void flow_inside(struct flow *f, struct block *block, double x, double w, double forced)
{
    if (block->is_table && block->first)
        flow_table(f, block, x, w);
    else if (block->kind == BLOCK_STACK)
        flow_children(f, block, x, w, forced);
    else if (block->kind == BLOCK_FRAME)
        flow_frame(f, block, x, w, forced);
    else if (block->kind == BLOCK_ROW)
        flow_row(f, block, x, w);
    else if (block_slices(block))
        flow_slices(f, block, x, w, forced);
    else
        flow_figure(f, block, x, w, forced);
}

static void flow_block(struct flow *f, struct block *block, double x, double w, double forced)
{
    bool locked = f->locked, container = block->tag >= TAG_SECT && !f->quiet;
    bool is_rest = block->kind == BLOCK_FRAME && block->u.frame.min_height == PAPER_REST;
    double height = block_height(f->setting, block, w); /* sets it for this width, too */
    if (container)
        add_piece(f, PIECE_OPEN, block);
    if (block->keep && !is_rest && height <= room(f) + ENOUGH)
        f->locked = true;
    flow_inside(f, block, x, w, forced);
    f->locked = locked;
    if (container)
        add_piece(f, PIECE_CLOSE, block);
}

enum status flow_pages(struct setting *setting, double top, double bottom, struct page **ret_pages,
                       size_t *ret_count)
{
    struct flow flow = {.setting = setting, .top = top, .bottom = bottom};
    fresh_page(&flow);
    if (flow.failed == OK)
        flow_children(&flow, setting->paper->root, MARGIN_SIDE, PAGE_WIDTH - 2 * MARGIN_SIDE, 0);
    if (flow.failed == OK && arena_failed(setting->arena))
        flow.failed = ERR_NOMEM;
    if (flow.failed != OK)
        return flow.failed;
    *ret_pages = flow.first;
    *ret_count = flow.count;
    return OK;
}
