/*
 * url: how far the value of an address attribute has come, and so which sink an expression there
 * needs. At the start an expression is a whole address (html_url: allow-list of schemes); later it
 * is a part (html_url_part: percent-encoded). Literals may not build what html_url would refuse.
 */
#ifndef TMPLC_URL_H
#define TMPLC_URL_H

#include "slice.h"

/* From URL_SLASH on, each state allows all that the one before it does. */
enum url_state {
    URL_START,  /* nothing yet */
    URL_SCHEME, /* letters that a ':' would make a scheme */
    URL_OPEN,   /* the same, with an expression or branch in it: a ':' is refused */
    URL_SLASH,  /* exactly "/": another one would name a host */
    URL_WHOLE,  /* an expression gave an address: a "/" must be followed by something literal */
    URL_REST,   /* anything may follow */
};

/* A plain value; zero is the start of a value. */
struct url {
    enum url_state state;
    bool list;      /* addresses between commas or spaces: srcset, ping */
    char scheme[8]; /* URL_SCHEME: lower case, cut at what is longer than any scheme we know */
    size_t scheme_len;
};

enum url_sink { URL_SINK_NONE, URL_SINK_WHOLE, URL_SINK_PART };

/* Takes one literal byte; answers why it may not stand here, or NULL. */
const char *url_literal(struct url *url, char c);

/* Takes an expression; `encoded` when it prints itself safely and never empty (an id). */
const char *url_expression(struct url *url, bool encoded, enum url_sink *ret_sink);

/* What holds after either of two branches; false when no one thing does. */
bool url_join(struct url *url, const struct url *other);

#endif
