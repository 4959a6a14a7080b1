/*
 * nav: the main menu, from the actor's functions. What is not yours is not in it.
 */
#ifndef WEB_NAV_H
#define WEB_NAV_H

#include <stdbool.h>

struct page;
struct web;

/* Fills page->nav_items and nav_count from web->actor. */
void nav_items(struct web *web, struct page *page);

/* The plain page for refusals. */
struct refusal_view {
    const char *title, *say, *request;
    bool is_fault;
};

#endif
