#include "print/parts.h"

#include "print/ink.h"

/* Writing down what consists of several blocks: everything here is rows, frames, marks and text. */

#define NATURAL (-1.0) /* a column as wide as its text */
#define NUMBER_MM 8    /* of a question */
#define PICTURE_MM 13

struct block *block_art(struct paper *paper, const char *symbol, double mm, enum align align)
{
    struct block *block = paper_block(paper, BLOCK_ART);
    if (!block)
        return NULL;
    block->u.art.name = paper_copy(paper, symbol);
    block->u.art.size = MM(mm);
    block->u.art.align = align;
    return block;
}

struct block *block_mark(struct paper *paper, bool round, bool ticked, double mm, enum align align)
{
    struct block *block = paper_block(paper, BLOCK_MARK);
    if (!block)
        return NULL;
    block->u.mark.round = round;
    block->u.mark.ticked = ticked;
    block->u.mark.size = MM(mm);
    block->u.mark.align = align;
    if (ticked) {
        block->tag = TAG_FIGURE;
        block->words = tr(paper->look.tr, "chosen");
    }
    return block;
}

void block_align(struct block *text, enum align align)
{
    if (text)
        text->u.text.align = align;
}

void block_fix_width(struct block *block, double width)
{
    if (block) {
        block->weight = 0;
        block->fixed = width;
    }
}

struct block *block_frame(struct paper *paper, struct block_frame frame, double gap)
{
    struct block *block = paper_block(paper, BLOCK_FRAME);
    if (block) {
        block->u.frame = frame;
        block->gap = gap;
    }
    return block;
}

struct block *block_row(struct paper *paper, double between, enum align align, double gap)
{
    struct block *block = paper_block(paper, BLOCK_ROW);
    if (block) {
        block->u.row = (struct block_row){.gap = between, .align = align};
        block->gap = gap;
    }
    return block;
}

void block_add(struct paper *paper, struct block *block)
{
    block_append(paper->open[paper->depth], block);
}

/* --- text ------------------------------------------------------------------------------------- */

void paper_title(struct paper *paper, const char *title, const char *lead, const char *symbol)
{
    struct block *row = block_row(paper, MM(6), ALIGN_MIDDLE, 0);
    struct block *left = paper_block(paper, BLOCK_STACK);
    struct block *heading = paper_text_block(paper, TYPE_TITLE, title);
    if (heading)
        heading->tag = TAG_H1;
    block_append(left, heading);
    if (lead)
        block_append(left, paper_text_block(paper, TYPE_LEAD, lead));
    block_append(row, left);
    if (symbol) {
        struct block *art = block_art(paper, symbol, 19.5, ALIGN_END);
        block_fix_width(art, MM(19.5));
        block_append(row, art);
    }
    block_add(paper, row);
}

static struct block *heading_block(struct paper *paper, int level, const char *text,
                                   const char *symbol)
{
    struct block *heading =
        paper_text_block(paper, level == 2 ? TYPE_HEADING : TYPE_SUBHEADING, text);
    if (heading)
        heading->tag = level == 2 ? TAG_H2 : TAG_H3;
    if (symbol) {
        struct block *row = block_row(paper, MM(2.5), ALIGN_MIDDLE, 0);
        struct block *art = block_art(paper, symbol, 8.5, ALIGN_START);
        block_fix_width(art, MM(8.5));
        block_append(row, art);
        block_append(row, heading);
        heading = row;
    }
    if (heading)
        heading->keep_next = true;
    return heading;
}

void paper_heading(struct paper *paper, int level, const char *text, const char *symbol)
{
    struct block *heading = heading_block(paper, level, text, symbol);
    if (heading)
        heading->gap = level == 2 ? MM(6) : GAP_PART;
    block_add(paper, heading);
}

/* Content with something in the margin beside its first line. */
static struct block *hanging(struct paper *paper, double mm, struct block *marker, double gap)
{
    return block_frame(paper, (struct block_frame){.left = MM(mm), .marker = marker}, gap);
}

/* Number, picture and words beside each other, in the middle of the picture's height. */
static struct block *pictured(struct paper *paper, struct block *number, const char *symbol,
                              struct block *words)
{
    struct block *row = block_row(paper, MM(1), ALIGN_MIDDLE, 0);
    struct block *art = block_art(paper, symbol, PICTURE_MM, ALIGN_START);
    if (number)
        block_fix_width(number, MM(NUMBER_MM - 1));
    block_fix_width(art, MM(PICTURE_MM + 2));
    block_append(row, number);
    block_append(row, art);
    block_append(row, words);
    return row;
}

static bool is_said(const char *text)
{
    return text && *text;
}

void paper_question(struct paper *paper, const char *number, const char *text, const char *help,
                    const char *symbol)
{
    bool has_number = is_said(number), has_picture = is_said(symbol);
    struct block *marker = has_number ? paper_text_block(paper, TYPE_STRONG, number) : NULL;
    struct block *question = paper_text_block(paper, TYPE_STRONG, text);
    struct block *words = has_picture ? paper_block(paper, BLOCK_STACK)
                                      : hanging(paper, has_number ? NUMBER_MM : 0, marker, 0);
    struct block *all = has_picture ? pictured(paper, marker, symbol, words) : words;
    if (!all || !question)
        return;
    question->tag = TAG_H3;
    block_append(words, question);
    if (is_said(help))
        block_append(words, paper_text_block(paper, TYPE_MUTED, help));
    all->gap = GAP_PART;
    all->keep = true;
    all->keep_next = true;
    block_add(paper, all);
}

void paper_answer(struct paper *paper, enum paper_voice voice, const char *who, const char *text)
{
    struct block_frame bar = {
        .look = FRAME_BAR, .voice = voice, .left = MM(4.5), .top = MM(0.3), .bottom = MM(0.3)};
    struct block *frame = block_frame(paper, bar, MM(2.4));
    struct block *name = who ? paper_text_block(paper, TYPE_LABEL, who) : NULL;
    if (!frame)
        return;
    if (name)
        name->keep_next = true;
    block_append(frame, name);
    block_append(frame, paper_text_block(paper, TYPE_LARGE, text));
    block_add(paper, frame);
}

void paper_list(struct paper *paper, const char *mark, const char *const *items, size_t count)
{
    struct block *list = paper_add(paper, BLOCK_STACK, GAP_TEXT);
    if (!list)
        return;
    list->tag = TAG_LIST;
    for (size_t i = 0; i < count; i++) {
        struct block *sign = paper_text_block(paper, TYPE_PLAIN, mark ? mark : "\u2022");
        struct block *item = hanging(paper, 5, sign, MM(0.6));
        if (!sign || !item)
            return;
        sign->tag = mark ? TAG_P : TAG_NONE; /* a plus says something, a dot does not */
        item->tag = TAG_ITEM;
        block_append(item, items[i] ? paper_text_block(paper, TYPE_PLAIN, items[i])
                                    : paper_block(paper, BLOCK_FIELD));
        block_append(list, item);
    }
}

struct block *block_tick(struct paper *paper, bool round, bool ticked, const char *text)
{
    struct block *mark = block_mark(paper, round, ticked, 5, ALIGN_START);
    struct block *item = hanging(paper, 8, mark, MM(1.6));
    block_append(item, paper_text_block(paper, TYPE_LARGE, text));
    if (item)
        item->keep = true;
    return item;
}

void paper_checkbox(struct paper *paper, bool ticked, const char *text)
{
    block_add(paper, block_tick(paper, false, ticked, text));
}

void paper_fields(struct paper *paper, const struct paper_field *fields, size_t count)
{
    struct block *row = block_row(paper, MM(3), ALIGN_END, MM(3));
    if (count > PAPER_ACROSS_MAX)
        paper_fail(paper, ERR_LIMIT);
    for (size_t i = 0; i < count && paper->failed == OK; i++) {
        struct block *one = block_row(paper, MM(3), ALIGN_END, 0);
        struct block *label = paper_text_block(paper, TYPE_STRONG, fields[i].label);
        block_fix_width(label, NATURAL);
        block_append(one, label);
        block_append(one, fields[i].value ? paper_text_block(paper, TYPE_LARGE, fields[i].value)
                                          : paper_block(paper, BLOCK_FIELD));
        if (one)
            one->weight = fields[i].weight > 0 ? fields[i].weight : 1;
        block_append(row, one);
    }
    block_add(paper, row);
}

/* --- arranging -------------------------------------------------------------------------------- */

void paper_box_begin(struct paper *paper, const struct paper_box *box)
{
    struct block_frame look = {.look = FRAME_BOX,
                               .voice = box->voice,
                               .tinted = box->tinted,
                               .top = MM(3),
                               .right = MM(4.5),
                               .bottom = MM(3.5),
                               .left = MM(4.5),
                               .min_height = box->height_mm < 0 ? PAPER_REST : MM(box->height_mm)};
    struct block *frame = block_frame(paper, look, GAP_PART);
    if (!frame)
        return;
    frame->keep = true;
    frame->tag = TAG_SECT;
    if (box->title)
        block_append(frame, heading_block(paper, 2, box->title, box->symbol));
    if (box->help) {
        struct block *help = paper_text_block(paper, TYPE_MUTED, box->help);
        if (help)
            help->keep_next = true;
        block_append(frame, help);
    }
    block_add(paper, frame);
    paper_enter(paper, frame);
}

void paper_box_end(struct paper *paper)
{
    paper_leave(paper, BLOCK_FRAME);
}

static struct block *cell_block(struct paper *paper, const struct paper_column *column,
                                const char *text, bool head)
{
    struct block_frame look = {.look = FRAME_CELL,
                               .voice = PAPER_TOGETHER,
                               .tinted = head,
                               .top = MM(1.5),
                               .right = MM(3),
                               .bottom = MM(1.5),
                               .left = MM(3),
                               .min_height = text ? 0 : MM(11.5)};
    struct block *cell = block_frame(paper, look, 0);
    if (!cell)
        return NULL;
    cell->tag = head ? TAG_HEAD_CELL : TAG_CELL;
    cell->weight = column->weight > 0 ? column->weight : 1;
    if (text)
        block_append(cell, paper_text_block(paper, head ? TYPE_LABEL : TYPE_PLAIN, text));
    return cell;
}

static struct block *table_row(struct paper *paper)
{
    struct block *row = block_row(paper, 0, ALIGN_START, 0);
    if (row) {
        row->u.row.stretch = true;
        row->tag = TAG_ROW;
    }
    return row;
}

void paper_table(struct paper *paper, const struct paper_column *columns, size_t column_count,
                 const char *const *cells, size_t rows)
{
    struct block *table = paper_add(paper, BLOCK_STACK, MM(2));
    if (column_count < 1 || column_count > PAPER_ACROSS_MAX)
        paper_fail(paper, ERR_LIMIT);
    if (!table || paper->failed != OK)
        return;
    table->tag = TAG_TABLE;
    table->is_table = true;
    struct block *head = table_row(paper);
    for (size_t c = 0; c < column_count; c++)
        block_append(
            head, cell_block(paper, &columns[c], columns[c].title ? columns[c].title : "", true));
    if (head)
        head->keep_next = true;
    block_append(table, head);
    for (size_t r = 0; r < rows; r++) {
        struct block *row = table_row(paper);
        for (size_t c = 0; c < column_count; c++)
            block_append(row, cell_block(paper, &columns[c],
                                         cells ? cells[r * column_count + c] : NULL, false));
        block_append(table, row);
    }
}
