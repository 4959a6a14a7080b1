/*
 * mirror_web: the question mirror and the goal sharpener on the screen, for staff. What is sent to
 * /spiegel and /doelslijper is answered and forgotten: no table, no log, no session holds it, and
 * these routes open no transaction for writing. Only /oefenen keeps something, counts, and only
 * when the teacher asks for it (practice.h). Nothing of this stands on a screen that a pupil
 * shares.
 */
#ifndef MIRROR_MIRROR_WEB_H
#define MIRROR_MIRROR_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "language/mirror.h"
#include "language/sharpen.h"
#include "mirror/transcript.h"
#include "web/form.h"
#include "web/route.h"

extern const struct route mirror_routes[];
extern const struct route practice_routes[];
extern const struct route sharpen_routes[];

struct web;

#define MIRROR_TURN_MAX 2000 /* characters of one turn */

/* A run of the text: plain, or words that show it. */
struct mirror_piece {
    const char *text;
    bool marked;
};

/* What stands under a field, from the mirror and the sharpener alike. */
struct mirror_say {
    const char *tone; /* "room", "narrow", "steer", "rest", "harm": a class for the look */
    const char *icon;
    const char *name;      /* "Open question" */
    const char *certainty; /* "we are rather sure" */
    const struct mirror_piece *pieces;
    size_t piece_count;
    const char *remarks[SHARPEN_QUESTIONS_MAX];
    size_t remark_count;
    const char *const *rewrites;
    size_t rewrite_count;
};

/* In the reader's language; `text` is what was judged and must live as long. */
NODISCARD enum status mirror_say(struct web *web, const char *text,
                                 const struct mirror_verdict *verdict, struct mirror_say *ret_say);
/* For the script: {"tone":…,"icon":…,"name":…,"certainty":…,"pieces":[plain, marked, plain …],…} */
enum status mirror_json(struct web *web, const struct mirror_say *say);

/* The name of a label for people: msgid. */
const char *mirror_words(enum mirror_label label);

/* A box under a field, for {% call mirror_box(…) %}. The script fills it while one types. */
struct mirror_box {
    const char *field; /* id of the text field */
    const char *url;   /* "/spiegel" or "/doelslijper/vragen" */
    bool is_open;
};

struct mirror_view {
    const struct form_values *form;
    const struct mirror_say *say; /* NULL: nothing was asked yet */
};

struct practice_line {
    const struct transcript_line *line;
    struct mirror_say say; /* of an adult */
};
struct practice_count {
    const char *name; /* of the form field and the label */
    const char *words;
    int64_t count;
};
/* How room, narrowing and steering were divided. */
struct practice_bar {
    int64_t sums[TRANSCRIPT_EFFECTS];
    int64_t widths[TRANSCRIPT_EFFECTS]; /* of 100, of the first three */
    int64_t all;                        /* the first three together */
    const char *text;
};
struct practice_day_line {
    const char *when, *iso;
    struct practice_bar bar;
};
struct practice_view {
    const struct form_values *form;
    struct practice_line *lines;
    size_t line_count;
    struct practice_bar bar;
    struct practice_count counts[MIRROR_LABELS];
    const char *unknown; /* a speaker that it does not know, or NULL */
    int64_t fresh;       /* id for keeping these counts */
    struct practice_day_line *days;
    size_t day_count;
    bool is_read; /* a transcript was read */
};

struct sharpen_part_line {
    const char *words; /* the question behind it, msgid */
    const char *icon;
    bool has;
};
struct sharpen_step_line {
    const char *name;     /* of the field */
    const char *question; /* msgid, NULL when it was not kept which one */
    const char *answer;
    bool is_now; /* asked at this moment */
};
struct sharpen_view {
    const struct form_values *form;
    const char *action;             /* where the form goes */
    const char *back, *full, *call; /* of the pupil; NULL without one */
    const char *goal_url;           /* where a goal is set, or NULL */
    const char *list_url;
    bool is_started, is_done, is_concrete;
    int64_t asked;
    const char *step, *question, *tip, *answer;
    size_t answer_max;
    const struct sharpen_step_line *steps; /* answered ones */
    size_t step_count;
    const char *explanation;
    const struct mirror_piece *pieces;
    size_t piece_count;
    struct sharpen_part_line parts[SHARPEN_FLAG_COUNT];
    int part_count;
    const char *goal;
    const char *agreed;
};

/* The text in runs, marked where the spans are. NULL when the arena is full. */
const struct mirror_piece *mirror_pieces(struct web *web, const char *text,
                                         const struct mirror_span *spans, size_t span_count,
                                         size_t *ret_count);

#endif
