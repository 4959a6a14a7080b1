/*
 * opp_web: the page that shows per moment of the OPP how the pupil was heard, its forms, and the
 * same on one A4.
 */
#ifndef OPP_OPP_WEB_H
#define OPP_OPP_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "opp/opp.h"
#include "pupil/pupil_web.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route opp_routes[];

/* One moment as people read it. */
struct opp_line {
    const struct opp_moment *moment;
    const char *title; /* "Drawn up on 3 March 2026" */
    const char *heard; /* "Heard on 1 March 2026, in a conversation, with Tessa Mulder" */
    const char *talk_title, *talk_url; /* the conversation; NULL: none */
    const char *told;                  /* "Told on …" or that it was not yet */
    const char *url, *pdf_url;
    bool is_complete;
};

/* Something the pupil said in the linked conversation, to be taken over. */
struct opp_said {
    const char *question, *asked, *text;
    bool is_taken; /* stands among the words already */
};

struct opp_view {
    struct dossier_head head;
    struct opp_line *lines;
    size_t count;
    const struct form_values *form; /* NULL: only to read */
    const char *action;
    const struct form_option *talks; /* to link to */
    size_t talk_count;
    struct opp_moment_id removed; /* just taken off: offer to undo */
    /* the page of one moment */
    const struct opp_line *line; /* NULL: the list */
    struct opp_said *said;
    size_t said_count;
    const char *take_url;
    const char *theirs; /* what stands when somebody else changed it meanwhile */
};

/* For the page and for paper: all moments of the pupil of the path, or with `only` that one. */
NODISCARD enum status opp_lines(struct web *web, struct opp_moment_id only, struct opp_line **ret,
                                size_t *ret_count);

/* Handlers in opp_paper_web.c. */
enum status opp_paper_all(struct web *web);
enum status opp_paper_one(struct web *web);

#endif
