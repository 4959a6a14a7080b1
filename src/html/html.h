/*
 * html: the sinks that generated templates write through. Which sink is used is decided by tmplc
 * from the position in the template (text, attribute, URL), never by the author. There is no
 * function that writes a run-time string unescaped. How to write templates: README.md beside this.
 *
 * Text is valid UTF-8 (base/utf8.h); bytes above 127 pass as they are. Nothing here fails: a page
 * that outgrows its buffer makes `out` fail, and the dispatcher looks there once.
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

#define HTML_KEPT 16

/* What {% same %} wrote: where it stands in `out`. */
struct html_kept {
    const char *name; /* by address: of the place in the template */
    size_t from, len;
};

/* Where a page goes and in which language it speaks; passed to every template function. */
struct html {
    struct buf *out;     /* sticky failure: the dispatcher looks once */
    struct arena *arena; /* scratch of the request, for formatted values */
    const struct tr *tr; /* the reader's language */
    struct date today;   /* for "today", "yesterday" */
    const void *page;    /* struct page of the web layer; html does not look inside */
    struct html_kept kept[HTML_KEPT];
    unsigned kept_count;
};

/*
 * {% same %} … {% end %} becomes a loop over these two: the first time on a page its body is run and
 * noted, later its bytes are copied (past HTML_KEPT different ones it is run each time). Only
 * generated code calls them. In a SELF_CHECKED build the body is run each time, and must
 * say the same.
 */
struct html_same {
    const char *name;
    size_t from;
    bool runs;
};
struct html_same html_same(struct html *h, const char *name);
bool html_same_goes(struct html *h, struct html_same *same);

/* Literal HTML of the template itself. Only generated code calls this; a test greps for others. */
void html_literal(struct html *h, const char *literal, size_t len);

/* Text between tags: & < > escaped. NULL prints nothing. */
void html_text(struct html *h, const char *text);
/* A quoted attribute's value: & < > " ' escaped. NULL prints nothing. */
void html_attr(struct html *h, const char *text);
/*
 * The start of href/src/action/formaction …: "/…", "#…", "?…", "https:…", "mailto:…" and "tel:…"
 * pass, attribute-escaped; anything else prints "#". Also refused, because browsers read them as
 * something else than they seem: "//…" and "/\…" (another host), control characters (browsers drop
 * tabs and line ends, also from the middle of a scheme). NULL and "" print "#".
 */
void html_url(struct html *h, const char *url);
/*
 * A part later in a URL: everything but unreserved characters (RFC 3986 2.3) percent-encoded, in
 * capitals. NULL prints nothing. "." and ".." stay: a path segment must not be only that.
 */
void html_url_part(struct html *h, const char *part);

void html_int(struct html *h, int64_t value);
void html_uint(struct html *h, uint64_t value);
/* The id in its URL form; the same in every position. */
void html_id(struct html *h, int64_t id);

/*
 * Used by generated code: {{ expression }} picks its sink by type. The expression may hold commas
 * inside braces, hence the dots; it is evaluated once. What has no one right form in a page
 * does not compile: the compiler says why, and in a note on which line of the template.
 */
#define HTML_TEXT(h, ...) HTML_SINK_(html_text, (__VA_ARGS__))(h, (__VA_ARGS__))
#define HTML_ATTR(h, ...) HTML_SINK_(html_attr, (__VA_ARGS__))(h, (__VA_ARGS__))
#define HTML_URL_PART(h, ...) HTML_SINK_(html_url_part, (__VA_ARGS__))(h, (__VA_ARGS__))
#define HTML_URL(h, ...)                                                                           \
    _Generic((__VA_ARGS__),                                                                        \
        char *: html_url,                                                                          \
        const char *: html_url,                                                                    \
        default: html_refused_url_)(h, (__VA_ARGS__))
/* clang-format off */
#define HTML_ID(h, ...)                                                                            \
    _Generic((__VA_ARGS__),                                                                        \
        int64_t: html_id,                                                                          \
        default: html_refused_id_)(h, (__VA_ARGS__))
/* clang-format on */

#define HTML_SINK_(sink, value)                                                                    \
    _Generic(value,                                                                                \
        char *: sink,                                                                              \
        const char *: sink,                                                                        \
        signed char: html_int,                                                                     \
        short: html_int,                                                                           \
        int: html_int,                                                                             \
        long: html_int,                                                                            \
        long long: html_int,                                                                       \
        unsigned char: html_uint,                                                                  \
        unsigned short: html_uint,                                                                 \
        unsigned: html_uint,                                                                       \
        unsigned long: html_uint,                                                                  \
        unsigned long long: html_uint,                                                             \
        bool: html_refused_bool_,                                                                  \
        char: html_refused_char_,                                                                  \
        float: html_refused_float_,                                                                \
        double: html_refused_float_,                                                               \
        long double: html_refused_float_,                                                          \
        default: html_refused_type_)

/* Never defined: a call is an error of the compiler that says why. */
#define HTML_REFUSED_(name, why)                                                                   \
    void html_refused_##name##_(struct html *h, ...) __attribute__((error(why)))
HTML_REFUSED_(bool, "a bool has no text: use {% if %}");
HTML_REFUSED_(char, "a char would print as a number: make it a string");
HTML_REFUSED_(float, "a fraction has no single notation: format it as text for the reader");
HTML_REFUSED_(type, "only text and whole numbers print; of an id, print id.v|id");
HTML_REFUSED_(url, "a URL that starts with an expression must be text");
HTML_REFUSED_(id, "|id takes the number in an id: id.v|id");
#undef HTML_REFUSED_

#endif
