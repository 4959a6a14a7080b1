/*
 * draw: the pieces of a page on a cairo surface, each with its place in the document's structure.
 */
#ifndef PRINT_DRAW_H
#define PRINT_DRAW_H

#include "print/ink.h"
#include "print/setting.h"

struct sheet {
    struct ink ink;
    struct buf *under; /* for what lies under the text of a page; NULL: cairo draws all of it */
    struct setting *setting;
    const char **words; /* of the figures drawn so far, in their order */
    size_t word_count, word_max;
    bool has_artifacts; /* cairo knows decoration from content (1.18) */
};

/* Draws a page's pieces; structure that is open at its end stays open for the next page. */
void draw_page(struct sheet *sheet, const struct page *page);

/* What is on every page and not part of the text: heads and feet. */
void draw_beside(struct sheet *sheet, struct block *text, double x, double y, double width);

/* Figures of a page, for making room for their words. */
size_t draw_count_figures(const struct page *page);

#endif
