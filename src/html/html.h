/*
 * html: the sinks that generated templates write through. Which sink is used is decided by tmplc
 * from the position in the template (text, attribute, URL), never by the author. There is no
 * function that writes a run-time string unescaped.
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/ids.h"

struct arena;
struct tr;

/* Where a page goes and in which language it speaks; passed to every template function. */
struct html {
    struct buf *out;      /* sticky failure: the dispatcher looks once */
    struct arena *arena;  /* scratch of the request, for formatted values */
    const struct tr *tr;  /* the reader's language */
    struct date today;    /* for "today", "yesterday" */
    const void *page;     /* struct page of the web layer (CSRF token, theme …); html does not look inside */
};

/* Literal HTML of the template itself. Only generated code calls this; a test greps for others. */
void html_literal(struct html *h, const char *literal, size_t len);

/* Text between tags: & < > escaped. NULL prints nothing. */
void html_text(struct html *h, const char *text);
/* A quoted attribute's value: & < > " ' escaped. */
void html_attr(struct html *h, const char *text);
/*
 * The start of href/src/action/formaction: "/…" (not "//"), "#…", "?…", "https:", "mailto:", "tel:" pass, attribute-
 * escaped; anything else prints "#".
 */
void html_url(struct html *h, const char *url);
/* A part later in a URL: everything but unreserved characters (RFC 3986 2.3) percent-encoded. */
void html_url_part(struct html *h, const char *part);

void html_int(struct html *h, int64_t value);
/* The id in its URL form; the same in every position. */
void html_id(struct html *h, int64_t id);

/* Used by generated code: {{ expression }} picks the sink by type. */
#define HTML_TEXT(h, v) HTML_SINK_(html_text)(h, v)
#define HTML_SINK_(s) s

#endif
