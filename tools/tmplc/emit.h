/*
 * emit: writes the generated header and source. Literals that follow each other become one
 * html_literal; #line before everything that the template's author wrote, so that gcc and xgettext
 * point there.
 */
#ifndef TMPLC_EMIT_H
#define TMPLC_EMIT_H

#include "base/buf.h"
#include "slice.h"

enum sink { SINK_NONE, SINK_TEXT, SINK_ATTR, SINK_URL, SINK_URL_PART, SINK_ID };

struct emit {
    const char *file;    /* of the template, for #line */
    struct buf includes; /* for the header */
    struct buf prototypes;
    struct buf source;  /* the functions */
    struct buf literal; /* not written yet */
    size_t depth;       /* of indentation */
    bool uses_h;        /* in the function being written */
    unsigned sames;     /* how many there were in this file */
};

void emit_init(struct emit *emit, const char *file, size_t max);
void emit_free(struct emit *emit);
bool emit_failed(const struct emit *emit);

void emit_include(struct emit *emit, struct slice path);
void emit_function(struct emit *emit, struct slice name, struct slice params, int line);
void emit_function_end(struct emit *emit);

/* Bytes of the page. */
void emit_literal(struct emit *emit, struct slice text);

void emit_expression(struct emit *emit, enum sink sink, struct slice code, int line);

/* `head` code `tail` as a line of its own; "}" at its start and "{" at its end indent. */
void emit_statement(struct emit *emit, const char *head, struct slice code, const char *tail,
                    int line);
/* callee(h, args); with `prefix` before the callee. */
void emit_call(struct emit *emit, const char *prefix, struct slice callee, struct slice args,
               int line);
/* What is written once per page and then copied; emit_end() closes it. */
void emit_same(struct emit *emit);
void emit_end(struct emit *emit);

/* The two files; `header_name` is how the source includes the header. */
void emit_finish(struct emit *emit, const char *header_name, struct buf *header,
                 struct buf *source);

#endif
