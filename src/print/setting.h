/*
 * setting: from manuscript to pages. First every block gets a height for its width, then the blocks
 * are placed on pages, top to bottom; the result is a list of pieces in the order in which they are
 * drawn and read. Lives while paper_print() runs.
 */
#ifndef PRINT_SETTING_H
#define PRINT_SETTING_H

#include <pango/pango.h>

#include "print/art.h"
#include "print/node.h"

/* Letters of one type, as set on this paper. */
struct type_face {
    PangoFontDescription *font;
    double line;          /* height of a line */
    double ascent, depth; /* of the font itself */
    uint32_t colour;
};

struct layout_kept;

struct setting {
    struct paper *paper;
    struct arena *arena;
    PangoContext *context;
    const struct art *art;
    struct type_face faces[TYPE_COUNT];
    PangoAttrList *exact;        /* of all texts */
    struct layout_kept *layouts; /* to unref at the end */
};

enum piece_kind {
    PIECE_BLOCK,
    PIECE_OPEN, /* structure: what follows, until the matching close, belongs to it */
    PIECE_CLOSE,
};

struct piece {
    struct piece *next;
    enum piece_kind kind;
    const struct block *block;
    enum block_tag tag;
    double x, y, w, h;
    size_t from, to; /* lines of a text, rows to write on; 0, 0 otherwise */
    bool continued;  /* of a frame: it began on an earlier page */
};

struct page {
    struct page *next;
    struct piece *first, *last;
};

/* text.c */
void setting_begin(struct setting *setting);
void setting_end(struct setting *setting);
double text_height(struct setting *setting, struct block *block, double width);
double text_natural_width(struct setting *setting, struct block *block);

/* measure.c: how high a block is at this width, from its top to its bottom. */
double block_height(struct setting *setting, struct block *block, double width);
/* The widths of a row's columns, in its order. */
void row_widths(struct setting *setting, const struct block *row, double width,
                double to[PAPER_ACROSS_MAX]);
/* True when its columns would be too narrow: then they are placed under each other. */
bool row_is_stacked(struct setting *setting, const struct block *row, double width);
/* How many lines a block that may be broken has (0: it may not), and how high one is. */
size_t block_slices(const struct block *block);
double block_slice(const struct block *block, size_t i);

/* flow.c: ERR_LIMIT above PAPER_PAGES_MAX, ERR_NOMEM. */
NODISCARD enum status flow_pages(struct setting *setting, double top, double bottom,
                                 struct page **ret_pages, size_t *ret_count);

#endif
