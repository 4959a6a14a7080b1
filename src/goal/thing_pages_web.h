/*
 * thing_pages_web: the pages of goals, needs, agreements and child plans: one engine, and a table
 * per subject of what is its own. A list on the dossier's tab and in the pupil's own place, a page
 * per thing, keeping, the acts (reached, kept, celebrated …), and the block in the form of a
 * conversation.
 */
#ifndef GOAL_THING_PAGES_WEB_H
#define GOAL_THING_PAGES_WEB_H

#include "goal/thing_life.h"
#include "goal/thing_web.h"

/* What cards and forms of one page draw from, read once. */
struct thing_aids {
    const struct thing *goals; /* of the pupil, to tie things to */
    size_t goal_count;
    const void *own; /* the subject's */
};

/* "do" of the form of acts, and what it does. ERR_INVALID: it could not be kept. */
struct thing_deed {
    const char *name;
    enum status (*run)(struct web *web, const struct thing_spot *spot, const struct thing *thing);
};

struct thing_pages {
    const struct thing_rules *rules;
    enum param param;
    const struct form *form;
    enum dossier_tab tab;
    const char *path;          /* "doelen" */
    const char *list_path;     /* where its list stands */
    const char *prefix;        /* of the ids of controls */
    const char *const *states; /* msgids by state */
    const char *picture;       /* in art.svg */
    const char *key;           /* "goal", in anchors */
    /* Texts, as msgids. */
    const char *one, *many, *own_many, *add, *lead, *empty, *own_empty, *button;
    bool has_own_page; /* the pupil opens one on a page of its own */
    bool opens_new;    /* a new one is shown at once, not the list it came into */

    /* What else is read; NULL: nothing. */
    enum status (*read)(struct web *web, const struct thing_spot *spot, const void **ret_own);
    /* Puts in what has no part, goal or day of the same name; `thing` NULL: for a new one. NULL:
     * nothing. */
    void (*fill)(struct web *web, const struct thing_spot *spot, const struct thing_aids *aids,
                 const struct thing *thing, struct form_values *values);
    /* A bit per field that is not asked here. */
    unsigned (*hidden)(const struct thing_spot *spot, const struct thing *thing);
    /* What the form chooses from beside goals, and what helps to fill it in; NULL: nothing. */
    void (*choices)(struct web *web, const struct thing_spot *spot, const struct thing_aids *aids,
                    struct thing_form *form);
    /* Facts, acts, picture. */
    enum status (*card)(struct web *web, const struct thing_spot *spot,
                        const struct thing_aids *aids, const struct thing *thing,
                        struct thing_card *card);
    /* On its own page also; NULL: nothing. */
    enum status (*page)(struct web *web, const struct thing_spot *spot,
                        const struct thing_aids *aids, const struct thing *thing,
                        struct thing_view *view, struct thing_card *card);
    /* May the actor see its form? NULL: whose words they are decides. */
    bool (*may_form)(const struct thing_spot *spot, const struct thing *thing);
    /* Makes it (version 0) or changes it from what the form says. */
    enum status (*keep)(struct web *web, struct thing_spot *spot, const struct thing_aids *aids,
                        struct thing_id id, int version, struct thing *ret_now);
    const struct thing_deed *deeds;   /* ended by a NULL name */
    const struct thing_pages *second; /* whose list stands below its own, for staff; NULL: none */
};

/* Handlers: `run` of routes whose `about` is a struct thing_pages. */
NODISCARD enum status thing_pages_list(struct web *web);
NODISCARD enum status thing_pages_one(struct web *web);
NODISCARD enum status thing_pages_save(struct web *web);
NODISCARD enum status thing_pages_act(struct web *web);
/* As thing_pages_one(), from a route that is about something else. */
NODISCARD enum status thing_pages_show(struct web *web, const struct thing_pages *pages);
/* For struct outcome_block. */
NODISCARD enum status thing_pages_block(struct web *web, const struct thing_pages *pages,
                                        const struct outcome_place *place, const void **ret_view,
                                        bool *ret_any);

/* The goal that the form ties it to, or none. */
struct goal_id thing_goal_sent(const struct web *web);

#endif
