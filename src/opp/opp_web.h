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

/* The pupil's conversations, with what they are called: for links and for choosing. */
struct opp_talks {
    struct conversation *list;
    const char **titles;
    size_t count;
};

/* In opp_lines_web.c, about the pupil of the path. */
const char *opp_url(struct web *web); /* "/leerling/…/hoorrecht" */
NODISCARD enum status opp_talks_read(struct web *web, struct opp_talks *ret);
/* For the page and for paper: all moments, or with `only` that one. */
NODISCARD enum status opp_lines(struct web *web, struct opp_moment_id only, struct opp_line **ret,
                                size_t *ret_count);
NODISCARD enum status opp_lines_of(struct web *web, const struct opp_talks *talks,
                                   struct opp_moment_id only, struct opp_line **ret,
                                   size_t *ret_count);
/* The pupil's answers in the linked conversation. OK and nothing written when there is no link, or
 * it may not be read. */
NODISCARD enum status opp_said_read(struct web *web, const struct opp_moment *m,
                                    struct opp_said **ret, size_t *ret_count);

/* Handlers in opp_paper_web.c. */
enum status opp_paper_all(struct web *web);
enum status opp_paper_one(struct web *web);

#endif
