/*
 * timeline_web: the time line as lines under school years, with the choice of kinds and the way to
 * the other pages.
 */
#ifndef PUPIL_TIMELINE_WEB_H
#define PUPIL_TIMELINE_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "pupil/timeline.h"
#include "web/form.h"

struct web;

struct timeline_line {
    const struct timeline_entry *entry;
    const char *title, *day, *by, *url; /* `by`: "held · Marit Vos"; url NULL: nothing to open */
    const char *tone, *icon;            /* "star", "worry", …: of the dot */
};

/* A school year. */
struct timeline_year {
    const char *title; /* "School year 2026-2027" */
    int starts_in;
    struct timeline_line *lines;
    size_t count;
};

/* One box of the choice of kinds. */
struct timeline_choice {
    const char *word, *label, *icon; /* the word stands in the address */
    size_t count;
    bool is_on;
};

struct timeline_view {
    const char *url; /* of the page itself */
    struct timeline_year *years;
    size_t year_count;
    struct timeline_choice choices[TIMELINE_KINDS_]; /* those of which there is something */
    size_t choice_count;
    bool is_filtered;
    int page, pages;
    const char *newer, *older; /* NULL: there is none */
};

/* The fields of the address: which kinds, and which page. */
#define TIMELINE_FIELDS                                                                            \
    {.name = "soort", .kind = FIELD_WORDS, .max = 12},                                             \
    {                                                                                              \
        .name = "blad", .kind = FIELD_NUMBER, .min_value = 1, .max_value = 9999                    \
    }

struct dossier_head;
/* As the address asks; `whole`: all of it on one page, for print. */
NODISCARD enum status timeline_fill(struct web *web, const struct dossier_head *head, bool whole,
                                    struct timeline_view *ret);

#endif
