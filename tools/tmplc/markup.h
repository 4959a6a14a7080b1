/*
 * markup: walks the HTML of a template byte by byte, knows where the next byte stands, and so which
 * sink an expression there needs. Prints what may stay through emit; tells of everything else.
 * Knows nothing of statements; template.h asks it what a branch may do.
 */
#ifndef TMPLC_MARKUP_H
#define TMPLC_MARKUP_H

#include "emit.h"
#include "nesting.h"
#include "url.h"

enum position {
    POS_TEXT,
    POS_SPACE,   /* in a tag, where an attribute may begin */
    POS_AFTER,   /* in a tag, right behind its name or an attribute: a space is needed */
    POS_EQUALS,  /* behind the = of an attribute */
    POS_VALUE,   /* in a quoted value */
    POS_CLOSING, /* in a closing tag, behind its name */
    POS_RAW,     /* in <script> */
    POS_COMMENT, /* in an HTML comment, which was told */
};

enum { HAS_ALT = 1, HAS_SRC = 2, HAS_LANG = 4 };

struct tag {
    struct slice name;
    int line;
    const struct element *element;
    unsigned has; /* attributes that are there on every way through: HAS_… */
};

struct attribute {
    struct slice name;
    int line;
    enum attribute_kind kind;
    bool excused; /* something is wrong with it and was told */
};

/* Where the next byte stands. A plain value: branches keep, compare and join it. */
struct place {
    enum position at;
    struct tag tag;
    struct attribute attribute;
    char quote;
    struct url url;
    bool blank; /* white space was printed last, on every way here */
};

struct seen_name {
    struct slice name;
    int line;
    const void *hidden_by; /* the branch statement in whose other branch it stands, or NULL */
};

/* Names that may come once: ids of the page, attributes of the tag. */
struct seen {
    struct seen_name *list;
    size_t count, size;
};

struct markup {
    struct arena *arena;
    struct problems *problems;
    struct emit *emit;
    struct nesting nesting;
    struct place place;
    struct seen attributes, ids;
    const char *at, *end; /* what is left of the literal */
    int line;
    size_t loops;       /* around this place */
    bool fresh;         /* right behind <pre> or <textarea> */
    bool told;          /* of what stands in this script or text, once */
    bool beginning;     /* nothing but white space so far */
    struct slice space; /* white space not printed yet */
};

/* A new template: in text, nothing open, nothing seen. */
void markup_begin(struct markup *markup);
/* Its end at `line`: tells of what is open. */
void markup_finish(struct markup *markup, int line);

void markup_literal(struct markup *markup, struct slice text, int line);

/* The sink for an expression here, or SINK_NONE when it may not stand here, which was told. */
enum sink markup_expression(struct markup *markup, bool is_id, int line);

/* A statement stands here: false, and told, when it may not. */
bool markup_statement(struct markup *markup, int line);

/* A statement that prints a template of its own: false, and told, outside text. */
bool markup_call(struct markup *markup, int line);

/* The same tag and attribute, or both in text; how far a value has come does not count. */
bool place_same(const struct place *place, const struct place *other);
/* What holds after either of two ways to the same place; false when their addresses differ. */
bool place_join(struct place *place, const struct place *other);

/* "in text", "in the tag <a>", for messages; in the arena. */
const char *place_name(struct arena *arena, const struct place *place);

/* What one branch saw does not count in the next; all of it counts after the last. */
void seen_hide(struct seen *seen, size_t from, const void *by);
void seen_show(struct seen *seen, const void *by);
/* The line where `name` was seen, else 0 and from now on it is. */
int seen_before(struct seen *seen, struct arena *arena, struct slice name, int line);

#endif
