/*
 * page: what the layout around every page needs to know. Filled by web_page() and the dispatcher.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include <stdbool.h>
#include <stddef.h>

struct form_values;
struct html;

typedef void html_body(struct html *h, const void *view);

/* How the reader wants it to look: kept in a cookie, not in the database. */
enum theme { THEME_AUTO, THEME_LIGHT, THEME_DARK, THEME_CONTRAST };

struct look {
    enum theme theme;
    bool wide_reading;
};

/* Which part of the main menu a page belongs to. */
enum nav { NAV_NONE, NAV_HOME, NAV_GROUP, NAV_SCHOOL, NAV_METHODS, NAV_ACCOUNT };

/* The frame around the body. */
enum frame {
    FRAME_STAFF,  /* bar with menu */
    FRAME_PLAIN,  /* brand only: sign-in, errors */
    FRAME_KID,    /* body.kid, hills */
    FRAME_PAPER,  /* print view */
    FRAME_TALK,   /* a screen that a pupil and a teacher share: no menu, nothing of others */
};

struct nav_item {
    enum nav nav;
    const char *url, *icon, *label;
};

struct page {
    enum frame frame;
    enum nav nav;
    const char *title;
    const char *body_class; /* for FRAME_KID: "kid kid--young" */
    html_body *body;
    const void *view;
    const char *back;    /* FRAME_PAPER: where the paper was asked from */
    const char *notice;  /* a translated line shown on top ("Saved"), or NULL; see notice.h */
    const char *problem; /* the same for what could not be done, or NULL */
    const struct form_values *form; /* for the error summary; NULL when there is no form */
    /* filled by the dispatcher */
    struct look look;
    const char *csrf;
    const char *device_key; /* device.h; NULL: nobody is signed in */
    const char *path; /* of this page: where changing the look leads back to */
    const char *me_name, *me_initials;
    int me_colour;
    const struct nav_item *nav_items;
    size_t nav_count;
    bool signed_in;
    bool has_hand; /* a signed-in pupil: the hand "I want to talk" stands on every page */
};

#endif
