/*
 * parts: the blocks that most things on paper are made of. NULL when memory is out (the paper
 * knows); block_append() and the like take that.
 */
#ifndef PRINT_PARTS_H
#define PRINT_PARTS_H

#include "print/node.h"

#define GAP_TEXT MM(1.2) /* above a paragraph */
#define GAP_PART MM(4.5) /* above a box */

/* Adds to what is open now. */
void block_add(struct paper *paper, struct block *block);

/* A picture of art.svg, and a box or round to tick. */
struct block *block_art(struct paper *paper, const char *symbol, double mm, enum align align);
struct block *block_mark(struct paper *paper, bool round, bool ticked, double mm, enum align align);
/* The same with a text beside it. */
struct block *block_tick(struct paper *paper, bool round, bool ticked, const char *text);

struct block *block_frame(struct paper *paper, struct block_frame frame, double gap);
struct block *block_row(struct paper *paper, double between, enum align align, double gap);
/* Of a text; NULL is fine, as below. */
void block_align(struct block *text, enum align align);
/* As a column of a row: this wide (points), or below 0 as wide as its text. */
void block_fix_width(struct block *block, double width);

#endif
