/*
 * nesting: which elements are open, and whether one may stand in another. A template starts with
 * nothing open and an unknown parent: it may be called from anywhere. A branch or loop has a floor:
 * what was open when it began can not be closed inside it.
 */
#ifndef TMPLC_NESTING_H
#define TMPLC_NESTING_H

#include "names.h"
#include "problem.h"

#define NESTING_MAX 128

struct open_element {
    struct slice name;
    int line;
    const struct element *element; /* NULL when unknown, which was told */
};

struct nesting {
    struct problems *problems;
    struct open_element open[NESTING_MAX];
    size_t depth;
    size_t floor;
    bool doctype; /* the template is a whole document */
};

/* The element that a tag here names, after telling what is wrong with it here; NULL if unknown. */
const struct element *nesting_look_up(struct nesting *nesting, struct slice name, int line);

void nesting_open(struct nesting *nesting, struct slice name, int line,
                  const struct element *element);
void nesting_close(struct nesting *nesting, struct slice name, int line);

/* False in ul, table, select … which hold elements only: white space there means nothing. */
bool nesting_takes_text(const struct nesting *nesting);

/* Text or an expression stands here: tells where it may not. */
void nesting_text(struct nesting *nesting, int line);

/* Closes what is open above the floor and tells of each. `where`: "in this branch". */
void nesting_end(struct nesting *nesting, const char *where);

/* True inside pre or textarea. */
bool nesting_is_verbatim(const struct nesting *nesting);

/* The innermost open element, or NULL. */
const struct open_element *nesting_top(const struct nesting *nesting);

#endif
