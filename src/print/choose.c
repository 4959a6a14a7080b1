#include "print/parts.h"

#include "base/arena.h"
#include "base/compiler.h"
#include "print/ink.h"

/* Writing down what is chosen from: faces, pictures, scales and cards. */

/* A picture, a mark and a word under each other. */
static struct block *pick_block(struct paper *paper, const char *symbol, double mm, bool round,
                                bool chosen, const char *word)
{
    struct block *stack = paper_block(paper, BLOCK_STACK);
    struct block *mark = block_mark(paper, round, chosen, 5.5, ALIGN_MIDDLE);
    block_append(stack, symbol ? block_art(paper, symbol, mm, ALIGN_MIDDLE) : NULL);
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
    struct block *row = block_row(paper, MM(2), ALIGN_START, MM(2));
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
    block_add(paper, row);
}

static bool any_picture(const struct paper_choice *choices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (choices[i].symbol)
            return true;
    return false;
}

/* Six beside each other are as many as their words allow; more in even rows. */
static size_t pictures_across(size_t count)
{
    if (count <= 6)
        return count;
    return count % 5 == 0 || count % 5 > 2 ? 5 : 4;
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
            block_add(paper, block_tick(paper, round, choices[i].chosen, choices[i].label));
        return;
    }
    size_t across = pictures_across(count);
    for (size_t i = 0; i < count; i += across) {
        struct block *row = block_row(paper, MM(2), ALIGN_START, MM(3));
        size_t n = count - i < across ? count - i : across;
        for (size_t c = i; c < i + n; c++)
            block_append(row, pick_block(paper, choices[c].symbol, 15.3, round, choices[c].chosen,
                                         choices[c].label));
        fill_row(paper, row, n, across);
        block_add(paper, row);
    }
}

void paper_scale(struct paper *paper, int steps, const char *left, const char *right, int chosen)
{
    if (steps < 2 || steps > 10) {
        paper_fail(paper, ERR_LIMIT);
        return;
    }
    struct block *scale = paper_add(paper, BLOCK_SCALE, MM(2));
    struct block *row = block_row(paper, MM(4), ALIGN_START, MM(1));
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
    block_add(paper, row);
}

static struct block *card_block(struct paper *paper, const struct paper_card *card)
{
    struct block_frame look = {.look = FRAME_CARD,
                               .top = MM(2.5),
                               .right = MM(3),
                               .bottom = MM(2.5),
                               .left = MM(3),
                               .tinted = card->chosen || card->place > 0};
    struct block *frame = block_frame(paper, look, 0);
    struct block *row = block_row(paper, MM(2), ALIGN_MIDDLE, 0);
    if (card->symbol) {
        struct block *art = block_art(paper, card->symbol, 10, ALIGN_START);
        block_fix_width(art, MM(10));
        block_append(row, art);
    }
    block_append(row, paper_text_block(paper, TYPE_STRONG, card->title));
    struct block *mark = block_mark(paper, false, card->chosen, 5, ALIGN_END);
    if (card->place > 0) {
        mark = paper_text_block(paper, TYPE_HEADING, arena_printf(paper->arena, "%d", card->place));
        block_align(mark, ALIGN_END);
    }
    block_fix_width(mark, MM(6));
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
        struct block *row = block_row(paper, MM(3), ALIGN_START, i ? MM(3) : GAP_PART);
        size_t n = count - i < across ? count - i : across;
        if (row)
            row->u.row.stretch = true;
        for (size_t c = i; c < i + n; c++)
            block_append(row, card_block(paper, &cards[c]));
        fill_row(paper, row, n, across);
        block_add(paper, row);
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
    struct block *frame = block_frame(paper, look, 0);
    struct block *row = block_row(paper, MM(5), ALIGN_MIDDLE, 0);
    struct block *right = paper_block(paper, BLOCK_STACK);
    struct block *code = paper_text_block(paper, TYPE_PLAIN, card->code);
    struct block *qr = paper_qr_block(paper, card->qr, MM(34));
    block_fix_width(qr, MM(34));
    block_append(row, qr);
    if (card->symbol)
        block_append(right, block_art(paper, card->symbol, 13, ALIGN_START));
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
        struct block *row = block_row(paper, 0, ALIGN_START, i ? 0 : GAP_PART);
        if (row) {
            row->u.row.stretch = true;
            row->keep = true;
        }
        block_append(row, cut_card(paper, &cards[i]));
        block_append(row, i + 1 < count ? cut_card(paper, &cards[i + 1])
                                        : paper_block(paper, BLOCK_STACK));
        block_add(paper, row);
    }
}
