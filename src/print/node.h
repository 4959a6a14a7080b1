/*
 * node: the manuscript as paper.c writes it down and the printer reads it: blocks in blocks. All in
 * the paper's arena. Lengths in points.
 */
#ifndef PRINT_NODE_H
#define PRINT_NODE_H

#include <pango/pango.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print/paper.h"
#include "print/photo.h"

struct art_symbol;

enum block_kind {
    BLOCK_STACK, /* children under each other */
    BLOCK_FRAME, /* the same, inside a border, a bar or an indent */
    BLOCK_ROW,   /* children beside each other, equally high */
    BLOCK_TEXT,
    BLOCK_LINES,
    BLOCK_FIELD, /* one line to write on, the height of a text line */
    BLOCK_ART,
    BLOCK_MARK, /* a box or round to tick */
    BLOCK_SPACE,
    BLOCK_BREAK,
    BLOCK_SCALE,
    BLOCK_DRAWING,
    BLOCK_PHOTO,
    BLOCK_QR,
};

/* Structure for who listens (PDF 1.7, 14.8.4). Containers hold no ink of their own. */
enum block_tag {
    TAG_NONE,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_P,
    TAG_FIGURE,
    TAG_SECT,
    TAG_LIST,
    TAG_ITEM,
    TAG_TABLE,
    TAG_ROW,
    TAG_HEAD_CELL,
    TAG_CELL,
    TAG_COUNT,
};

enum type { /* of letters: see text.c */
            TYPE_TITLE,
            TYPE_LEAD,
            TYPE_HEADING,
            TYPE_SUBHEADING,
            TYPE_PLAIN,
            TYPE_LARGE,
            TYPE_MUTED,
            TYPE_STRONG,
            TYPE_SMALL,
            TYPE_LABEL, /* under faces, in heads of tables */
            TYPE_FOOT,
            TYPE_COUNT,
};

enum align { ALIGN_START, ALIGN_MIDDLE, ALIGN_END };

struct text_line {
    PangoLayoutLine *line; /* of the layout */
    double height, baseline, shift;
};

struct block_text {
    const char *text;
    enum type type;
    enum align align;
    PangoLayout *layout; /* made when first measured; unrefed when printing ends */
    struct text_line *lines;
    size_t count;
    double natural; /* width of its longest line unbroken; 0: not measured */
};

enum frame_look { FRAME_PLAIN, FRAME_BOX, FRAME_CELL, FRAME_BAR, FRAME_CARD, FRAME_CUT };

struct block_frame {
    enum frame_look look;
    enum paper_voice voice;
    bool tinted;
    double top, right, bottom, left; /* between border and content */
    double min_height;               /* points, or PAPER_REST */
    struct block *marker;            /* in the left margin of the first line; NULL: none */
};

struct block_row {
    double gap;
    enum align align; /* of columns that are not stretched */
    bool stretch;     /* last boxes and lines of columns down to the row's bottom */
};

struct block {
    enum block_kind kind;
    enum block_tag tag;
    struct block *next, *first, *last;
    double gap;     /* above it, unless it is the first of its stack or page */
    bool keep;      /* not broken, if it fits on a page */
    bool keep_next; /* not the last on a page */
    double weight;  /* as a column: its share; 0: `fixed` wide */
    double fixed;
    const char *words; /* of a figure */
    double measured_width, height;
    union {
        struct block_text text;
        struct block_frame frame;
        struct block_row row;
        struct {
            int count;
            double each;
        } lines;
        struct {
            const struct art_symbol *symbol; /* found when measured */
            const char *name;
            double size;
            enum align align;
        } art;
        struct {
            bool round, ticked;
            double size;
            enum align align;
        } mark;
        double space;
        struct {
            int steps, chosen;
        } scale;
        struct {
            const struct paper_stroke *strokes;
            size_t count;
            double height;
            const char *background;
            const struct art_symbol *symbol; /* found when measured */
        } drawing;
        struct photo photo;
        struct {
            const unsigned char *modules; /* size × size, 1 is black */
            int size;
            double side;
        } qr;
    } u;
    bool is_table; /* a stack whose first child is repeated on each page */
};

struct paper {
    struct arena *arena;
    struct paper_look look;
    enum paper_band hand;
    struct block *root;
    struct block *open[PAPER_DEPTH_MAX + 1];
    int depth;
    size_t text_bytes;
    enum status failed; /* the first thing that went wrong */
};

/* paper.c: for the files that write down. NULL when memory is out. */
struct block *paper_block(struct paper *paper, enum block_kind kind);
/* Adds to what is open now, with room above it. */
struct block *paper_add(struct paper *paper, enum block_kind kind, double gap);
void block_append(struct block *parent, struct block *child);
struct block *paper_text_block(struct paper *paper, enum type type, const char *text);
/* Opens a block so that what follows goes into it, until paper_leave of the same kind. */
void paper_enter(struct paper *paper, struct block *block);
void paper_leave(struct paper *paper, enum block_kind kind);
void paper_fail(struct paper *paper, enum status st);
/* A copy without control characters and broken UTF-8; "" for NULL. */
const char *paper_copy(struct paper *paper, const char *text);
/* A QR code; NULL (and failed) when the text cannot be one. */
struct block *paper_qr_block(struct paper *paper, const char *text, double side);

#endif
