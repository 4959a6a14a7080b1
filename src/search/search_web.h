/*
 * search_web: the box in the bar, the page of what was found, and the same inside one dossier.
 *
 * What somebody looks for is nearly always a child's name. It is sent as the body of a POST and
 * answered with the page itself: in an address it would stand in the log of every proxy on the way,
 * in the history of a shared computer and in the Referer of the next page. The script keeps it with
 * the entry in the browser's history, so that "back" leads to what was found (docs/decisions/0011).
 * Nothing is written: it reads in a transaction of its own, beside those who write.
 */
#ifndef SEARCH_SEARCH_WEB_H
#define SEARCH_SEARCH_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "pupil/pupil_web.h"
#include "search/search.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route search_routes[];

struct found_line {
    const char *icon, *label; /* "Goal" */
    const char *asked;        /* the question that was answered; "" */
    const char *day;
    const char *url;      /* where it stands */
    const char *past_url; /* every text an answer had; NULL for the others */
    const struct search_snippet *snippet;
};

struct found_card {
    const struct found_about *about;
    const char *url;   /* NULL: only a name */
    const char *title; /* whom it is about */
    const char *count; /* "12 places" */
    bool has_symbol;   /* the own sign instead of letters */
    struct found_line *lines;
    size_t line_count;
    size_t left;          /* places that are not shown here */
    const char *left_url; /* where they are: the search inside this dossier */
};

struct search_view {
    const struct form_values *form;
    const char *action;
    const struct dossier_head *head; /* inside one dossier; NULL: everywhere */
    bool is_asked;
    const char *summary; /* "14 places in 3 dossiers" */
    struct found_card *cards;
    size_t card_count;
    size_t next;        /* the `vanaf` of what comes after these; 0: nothing does */
    bool reads_nothing; /* has no dossiers: only names are found, or nothing */
};

#endif
