#include "print/paper.h"

#include "base/arena.h"
#include "base/compiler.h"
#include "base/str.h"
#include "print/ink.h"
#include "print/node.h"

/* Writing down what consists of several blocks: everything here is rows, frames, marks and text. */

#define GAP_TEXT MM(1.2)
#define GAP_PART MM(4.5)
#define NATURAL (-1.0) /* a column as wide as its text */

static struct block *art_block(struct paper *paper, const char *symbol, double mm, enum align align)
{
    struct block *block = paper_block(paper, BLOCK_ART);
    if (!block)
        return NULL;
    block->u.art.name = paper_copy(paper, symbol);
    block->u.art.size = MM(mm);
    block->u.art.align = align;
    return block;
}

static struct block *mark_block(struct paper *paper, bool round, bool ticked, double mm,
                                enum align align)
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

static void set_fixed(struct block *block, double width)
{
    if (block) {
        block->weight = 0;
        block->fixed = width;
    }
}

static struct block *frame_block(struct paper *paper, struct block_frame frame, double gap)
{
    struct block *block = paper_block(paper, BLOCK_FRAME);
    if (block) {
        block->u.frame = frame;
        block->gap = gap;
    }
    return block;
}

static struct block *row_block(struct paper *paper, double between, enum align align, double gap)
{
    struct block *block = paper_block(paper, BLOCK_ROW);
    if (block) {
        block->u.row = (struct block_row){.gap = between, .align = align};
        block->gap = gap;
    }
    return block;
}

static void add_block(struct paper *paper, struct block *block)
{
    block_append(paper->open[paper->depth], block);
}

/* --- text ------------------------------------------------------------------------------------- */

void paper_title(struct paper *paper, const char *title, const char *lead, const char *symbol)
{
    struct block *row = row_block(paper, MM(6), ALIGN_MIDDLE, 0);
    struct block *left = paper_block(paper, BLOCK_STACK);
    struct block *heading = paper_text_block(paper, TYPE_TITLE, title);
    if (heading)
        heading->tag = TAG_H1;
    block_append(left, heading);
    if (lead)
        block_append(left, paper_text_block(paper, TYPE_LEAD, lead));
    block_append(row, left);
    if (symbol) {
        struct block *art = art_block(paper, symbol, 19.5, ALIGN_END);
        set_fixed(art, MM(19.5));
        block_append(row, art);
    }
    add_block(paper, row);
}

static struct block *heading_block(struct paper *paper, int level, const char *text,
                                   const char *symbol)
{
    struct block *heading =
        paper_text_block(paper, level == 2 ? TYPE_HEADING : TYPE_SUBHEADING, text);
    if (heading)
        heading->tag = level == 2 ? TAG_H2 : TAG_H3;
    if (symbol) {
        struct block *row = row_block(paper, MM(2.5), ALIGN_MIDDLE, 0);
        struct block *art = art_block(paper, symbol, 8.5, ALIGN_START);
        set_fixed(art, MM(8.5));
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
    add_block(paper, heading);
}

/* Content with something in the margin beside its first line. */
static struct block *hanging(struct paper *paper, double mm, struct block *marker, double gap)
{
    return frame_block(paper, (struct block_frame){.left = MM(mm), .marker = marker}, gap);
}

void paper_question(struct paper *paper, const char *number, const char *text, const char *help)
{
    struct block *marker = number ? paper_text_block(paper, TYPE_STRONG, number) : NULL;
    struct block *frame = hanging(paper, number ? 8 : 0, marker, GAP_PART);
    struct block *question = paper_text_block(paper, TYPE_STRONG, text);
    if (!frame || !question)
        return;
    question->tag = TAG_H3;
    block_append(frame, question);
    if (help)
        block_append(frame, paper_text_block(paper, TYPE_MUTED, help));
    frame->keep = true;
    frame->keep_next = true;
    add_block(paper, frame);
}

void paper_answer(struct paper *paper, enum paper_voice voice, const char *who, const char *text)
{
    struct block_frame bar = {
        .look = FRAME_BAR, .voice = voice, .left = MM(4.5), .top = MM(0.3), .bottom = MM(0.3)};
    struct block *frame = frame_block(paper, bar, MM(2.4));
    struct block *name = who ? paper_text_block(paper, TYPE_LABEL, who) : NULL;
    if (!frame)
        return;
    if (name)
        name->keep_next = true;
    block_append(frame, name);
    block_append(frame, paper_text_block(paper, TYPE_LARGE, text));
    add_block(paper, frame);
}

void paper_list(struct paper *paper, const char *const *items, size_t count)
{
    struct block *list = paper_add(paper, BLOCK_STACK, GAP_TEXT);
    if (!list)
        return;
    list->tag = TAG_LIST;
    for (size_t i = 0; i < count; i++) {
        struct block *item =
            hanging(paper, 4.5, paper_text_block(paper, TYPE_PLAIN, "\u2022"), MM(0.6));
        block_append(item, paper_text_block(paper, TYPE_PLAIN, items[i]));
        if (item)
            item->tag = TAG_ITEM;
        block_append(list, item);
    }
}

static struct block *tick_block(struct paper *paper, bool round, bool ticked, const char *text)
{
    struct block *mark = mark_block(paper, round, ticked, 5, ALIGN_START);
    struct block *item = hanging(paper, 8, mark, MM(1.6));
    block_append(item, paper_text_block(paper, TYPE_LARGE, text));
    if (item)
        item->keep = true;
    return item;
}

void paper_checkbox(struct paper *paper, bool ticked, const char *text)
{
    add_block(paper, tick_block(paper, false, ticked, text));
}

void paper_fields(struct paper *paper, const struct paper_field *fields, size_t count)
{
    struct block *row = row_block(paper, MM(3), ALIGN_END, MM(3));
    if (count > PAPER_ACROSS_MAX)
        paper_fail(paper, ERR_LIMIT);
    for (size_t i = 0; i < count && paper->failed == OK; i++) {
        struct block *one = row_block(paper, MM(3), ALIGN_END, 0);
        struct block *label = paper_text_block(paper, TYPE_STRONG, fields[i].label);
        set_fixed(label, NATURAL);
        block_append(one, label);
        block_append(one, fields[i].value ? paper_text_block(paper, TYPE_LARGE, fields[i].value)
                                          : paper_block(paper, BLOCK_FIELD));
        if (one)
            one->weight = fields[i].weight > 0 ? fields[i].weight : 1;
        block_append(row, one);
    }
    add_block(paper, row);
}

void paper_signatures(struct paper *paper, const char *const *names, size_t count)
{
    struct block *row = row_block(paper, MM(4), ALIGN_START, MM(7));
    if (count > PAPER_ACROSS_MAX)
        paper_fail(paper, ERR_LIMIT);
    for (size_t i = 0; i < count && paper->failed == OK; i++) {
        struct block *one = paper_block(paper, BLOCK_STACK);
        struct block *line = paper_block(paper, BLOCK_FIELD);
        if (line)
            line->u.field.signature = true;
        block_append(one, line);
        block_append(one, paper_text_block(paper, TYPE_SMALL, names[i]));
        block_append(row, one);
    }
    add_block(paper, row);
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
    struct block *frame = frame_block(paper, look, GAP_PART);
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
    add_block(paper, frame);
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
    struct block *cell = frame_block(paper, look, 0);
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
    struct block *row = row_block(paper, 0, ALIGN_START, 0);
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

/* --- choosing --------------------------------------------------------------------------------- */

/* A picture, a mark and a word under each other. */
static struct block *pick_block(struct paper *paper, const char *symbol, double mm, bool round,
                                bool chosen, const char *word)
{
    struct block *stack = paper_block(paper, BLOCK_STACK);
    struct block *mark = mark_block(paper, round, chosen, 5.5, ALIGN_MIDDLE);
    block_append(stack, symbol ? art_block(paper, symbol, mm, ALIGN_MIDDLE) : NULL);
    if (mark)
        mark->gap = MM(1.2);
    block_append(stack, mark);
    struct block *label = word ? paper_text_block(paper, TYPE_LABEL, word) : NULL;
    if (label) {
        label->gap = MM(1.2);
        label->u.text.align = ALIGN_MIDDLE;
    }
    block_append(stack, label);
    return stack;
}

void paper_faces(struct paper *paper, size_t count, const char *const *words, int chosen)
{
    static const struct {
        const char *symbol, *words;
    } faces[] = {{"f-heelfijn", N_("very happy face")},
                 {"f-fijn", N_("happy face")},
                 {"f-gewoon", N_("plain face")},
                 {"f-lastig", N_("sad face")},
                 {"f-heellastig", N_("very sad face")}};
    static const unsigned char which[][5] = {{1, 3}, {1, 2, 3}, {0, 1, 3, 4}, {0, 1, 2, 3, 4}};
    if (count < 2 || count > 5) {
        paper_fail(paper, ERR_LIMIT);
        return;
    }
    struct block *row = row_block(paper, MM(2), ALIGN_START, MM(2));
    for (size_t i = 0; i < count; i++) {
        unsigned char face = which[count - 2][i];
        struct block *pick = pick_block(paper, faces[face].symbol, words ? 15.3 : 11.6, false,
                                        chosen == (int)i, words ? words[i] : NULL);
        if (pick && !words) {
            pick->first->tag = TAG_FIGURE;
            pick->first->words = tr(paper->look.tr, faces[face].words);
        }
        block_append(row, pick);
    }
    add_block(paper, row);
}

static bool any_picture(const struct paper_choice *choices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (choices[i].symbol)
            return true;
    return false;
}

/* The widest row without a last row of one: 5 pictures as 3 and 2, 4 as 4. */
static size_t pictures_across(size_t count)
{
    return count <= 4 ? count : count % 4 == 1 ? 3 : 4;
}

/* Adds empty columns, so that a last row has columns as wide as the others. */
static void fill_row(struct paper *paper, struct block *row, size_t have, size_t across)
{
    for (; have < across; have++)
        block_append(row, paper_block(paper, BLOCK_STACK));
}

void paper_choices(struct paper *paper, const struct paper_choice *choices, size_t count,
                   bool round)
{
    if (!any_picture(choices, count)) {
        for (size_t i = 0; i < count; i++)
            add_block(paper, tick_block(paper, round, choices[i].chosen, choices[i].label));
        return;
    }
    size_t across = pictures_across(count);
    for (size_t i = 0; i < count; i += across) {
        struct block *row = row_block(paper, MM(2), ALIGN_START, MM(3));
        size_t n = count - i < across ? count - i : across;
        for (size_t c = i; c < i + n; c++)
            block_append(row, pick_block(paper, choices[c].symbol, 15.3, round, choices[c].chosen,
                                         choices[c].label));
        fill_row(paper, row, n, across);
        add_block(paper, row);
    }
}

void paper_scale(struct paper *paper, int steps, const char *left, const char *right, int chosen)
{
    if (steps < 2 || steps > 10) {
        paper_fail(paper, ERR_LIMIT);
        return;
    }
    struct block *scale = paper_add(paper, BLOCK_SCALE, MM(2));
    struct block *row = row_block(paper, MM(4), ALIGN_START, MM(1));
    struct block *from = paper_text_block(paper, TYPE_LABEL, left);
    struct block *to = paper_text_block(paper, TYPE_LABEL, right);
    if (!scale || !to)
        return;
    scale->u.scale.steps = steps;
    scale->u.scale.chosen = chosen;
    scale->keep_next = true;
    if (chosen >= 0 && chosen < steps) {
        scale->tag = TAG_FIGURE;
        scale->words = trf(paper->look.tr, paper->arena, "round {0} of {1}", 2,
                           arena_printf(paper->arena, "%d", chosen + 1),
                           arena_printf(paper->arena, "%d", steps));
    }
    to->u.text.align = ALIGN_END;
    block_append(row, from);
    block_append(row, to);
    add_block(paper, row);
}

static struct block *card_block(struct paper *paper, const struct paper_card *card)
{
    struct block_frame look = {.look = FRAME_CARD,
                               .top = MM(2.5),
                               .right = MM(3),
                               .bottom = MM(2.5),
                               .left = MM(3),
                               .tinted = card->chosen};
    struct block *frame = frame_block(paper, look, 0);
    struct block *row = row_block(paper, MM(2), ALIGN_MIDDLE, 0);
    if (card->symbol) {
        struct block *art = art_block(paper, card->symbol, 10, ALIGN_START);
        set_fixed(art, MM(10));
        block_append(row, art);
    }
    block_append(row, paper_text_block(paper, TYPE_STRONG, card->title));
    struct block *mark = mark_block(paper, false, card->chosen, 5, ALIGN_END);
    set_fixed(mark, MM(5));
    block_append(row, mark);
    block_append(frame, row);
    if (card->text) {
        struct block *text = paper_text_block(paper, TYPE_SMALL, card->text);
        if (text)
            text->gap = MM(1);
        block_append(frame, text);
    }
    return frame;
}

void paper_cards(struct paper *paper, const struct paper_card *cards, size_t count, size_t across)
{
    if (across < 1 || across > PAPER_ACROSS_MAX) {
        paper_fail(paper, ERR_LIMIT);
        return;
    }
    for (size_t i = 0; i < count; i += across) {
        struct block *row = row_block(paper, MM(3), ALIGN_START, i ? MM(3) : GAP_PART);
        size_t n = count - i < across ? count - i : across;
        if (row)
            row->u.row.stretch = true;
        for (size_t c = i; c < i + n; c++)
            block_append(row, card_block(paper, &cards[c]));
        fill_row(paper, row, n, across);
        add_block(paper, row);
    }
}

static struct block *cut_card(struct paper *paper, const struct paper_cut_card *card)
{
    struct block_frame look = {.look = FRAME_CUT,
                               .top = MM(7),
                               .right = MM(4),
                               .bottom = MM(5),
                               .left = MM(6),
                               .min_height = MM(48.5)};
    struct block *frame = frame_block(paper, look, 0);
    struct block *row = row_block(paper, MM(5), ALIGN_MIDDLE, 0);
    struct block *right = paper_block(paper, BLOCK_STACK);
    struct block *code = paper_text_block(paper, TYPE_PLAIN, card->code);
    struct block *qr = paper_qr_block(paper, card->qr, MM(34));
    set_fixed(qr, MM(34));
    block_append(row, qr);
    if (card->symbol)
        block_append(right, art_block(paper, card->symbol, 13, ALIGN_START));
    block_append(right, paper_text_block(paper, TYPE_HEADING, card->title));
    if (code)
        code->gap = MM(1.5);
    block_append(right, code);
    block_append(row, right);
    block_append(frame, row);
    return frame;
}

void paper_cut_cards(struct paper *paper, const struct paper_cut_card *cards, size_t count)
{
    for (size_t i = 0; i < count; i += 2) {
        struct block *row = row_block(paper, 0, ALIGN_START, i ? 0 : GAP_PART);
        if (row) {
            row->u.row.stretch = true;
            row->keep = true;
        }
        block_append(row, cut_card(paper, &cards[i]));
        block_append(row, i + 1 < count ? cut_card(paper, &cards[i + 1])
                                        : paper_block(paper, BLOCK_STACK));
        add_block(paper, row);
    }
}
