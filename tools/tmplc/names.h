/*
 * names: the elements and attributes a template may use, and what HTML and our rules say of them.
 * Tables only; who checks nesting is nesting.h, who checks values is markup.h.
 */
#ifndef TMPLC_NAMES_H
#define TMPLC_NAMES_H

#include "slice.h"

enum element_flag {
    EL_VOID = 1,           /* has no content and no closing tag */
    EL_BLOCK = 2,          /* may not stand among words: not phrasing content */
    EL_HEADING = 4,        /* a block that legend and summary allow */
    EL_PHRASING = 8,       /* holds words only: phrasing content */
    EL_HOLDS_HEADING = 16, /* … and headings */
    EL_TRANSPARENT = 32,   /* holds what its parent may hold */
    EL_INTERACTIVE = 64,   /* may not stand in a link or button */
    EL_TEXT_ONLY = 128,    /* holds text and no elements */
    EL_VERBATIM = 256,     /* white space counts */
    EL_RAW = 512,          /* the browser reads its content as something other than HTML */
    EL_SVG = 1024,         /* a name of SVG */
};

struct element {
    const char *name;
    unsigned flags;
    const char *parents;  /* " a b " where it must stand in one of these; NULL: anywhere */
    const char *children; /* " a b " that it may hold, and no text; NULL: by its flags */
};

enum attribute_kind {
    ATTRIBUTE_TEXT,    /* needs a value */
    ATTRIBUTE_EITHER,  /* with or without a value */
    ATTRIBUTE_BOOL,    /* there or not there */
    ATTRIBUTE_URL,     /* one address */
    ATTRIBUTE_URLS,    /* addresses between commas or spaces */
    ATTRIBUTE_LITERAL, /* no expressions */
    ATTRIBUTE_UNKNOWN,
};

/* The element of HTML (svg false) or SVG, or NULL. */
const struct element *element_find(struct slice name, bool svg);

/* Why we refuse this element of HTML, or NULL. */
const char *element_refusal(struct slice name);

enum attribute_kind attribute_find(struct slice name);

/* Why we refuse this attribute of HTML, or NULL. */
const char *attribute_refusal(struct slice name);

/* Whether `name` is one of the words in " a b ". */
bool name_in(struct slice name, const char *words);

#endif
