/*
 * sharpen: the goal sharpener. Reads one remark of an adult about a pupil ("is dyslectisch",
 * "moeite met rekenen") or one goal ("Over zes weken leest ze …") and says what kind of vagueness
 * it is, which of the four parts of a concrete goal are there (an action that can be seen, how
 * much, where or with what, by when), and what to ask next. Rules and lists only (words/goal_*.txt,
 * frames/sharpen.txt); it judges the adult's words, never the pupil, and sends nothing anywhere.
 *
 * It refuses to know: whether a goal is a good one, whether it can be reached, who the pupil is.
 * What it proposes consists of what was typed and "…" where something is missing. It never blocks:
 * whoever keeps the vague words, keeps them.
 *
 * Pure functions; results live in the arena; linear in the length of the text.
 */
#ifndef LANGUAGE_SHARPEN_H
#define LANGUAGE_SHARPEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;

/* What longer texts are refused for: a goal is a sentence or three. */
#define SHARPEN_MAX ((size_t)4 * 1024)
#define SHARPEN_SPANS_MAX 24
#define SHARPEN_QUESTIONS_MAX 3

/* The six kinds of vagueness, in order of decision, then the two of a goal. */
enum sharpen_label {
    SHARPEN_NAMED,     /* label: a diagnosis or a name for a group of children */
    SHARPEN_SCORE,     /* a figure or a level */
    SHARPEN_NEED,      /* behoefte: what somebody is said to need */
    SHARPEN_SUBJECT,   /* vak: a broad subject or area of development */
    SHARPEN_BEHAVIOUR, /* gedrag: broad behaviour */
    SHARPEN_TRAIT,     /* eigenschap: character, feeling, attitude */
    SHARPEN_PARTLY,    /* deels: a goal of which something is missing */
    SHARPEN_SMART,     /* a goal with all four parts */
};
#define SHARPEN_LABEL_COUNT 8
#define SHARPEN_KIND_COUNT 6

/* The parts of a concrete goal. */
enum sharpen_flag { SHARPEN_VERB, SHARPEN_CRITERION, SHARPEN_CONTEXT, SHARPEN_TIME };
#define SHARPEN_FLAG_COUNT 4

/* High: a listed word or frame and nothing that says otherwise. Low: nothing was recognised. */
enum sharpen_certainty { SHARPEN_LOW, SHARPEN_MIDDLE, SHARPEN_HIGH };

/* A piece of the original, in bytes, and what it is. */
struct sharpen_span {
    uint32_t at, len;
    bool is_flag;
    uint8_t what; /* enum sharpen_flag, or enum sharpen_label of a kind */
};

struct sharpen {
    enum sharpen_label label;
    enum sharpen_label kind; /* what it is about when vague or partly there; one of the first six */
    bool is_goal;            /* "doel", not "uitspraak" */
    bool has[SHARPEN_FLAG_COUNT]; /* all false for what is no goal */
    enum sharpen_certainty certainty;
    const char *rule; /* "label-word", "goal-smart": constant */
    struct sharpen_span spans[SHARPEN_SPANS_MAX];
    size_t span_count;
    const char *proposal; /* Dutch, of what was typed; "" for an empty text */
};

/*
 * Reads a remark or goal of `len` bytes. ERR_LIMIT above SHARPEN_MAX, ERR_INVALID when it is not
 * UTF-8, ERR_NOMEM. Blank text is SHARPEN_TRAIT with certainty low and rule "empty".
 */
NODISCARD enum status sharpen_read(struct arena *arena, const char *text, size_t len,
                                   struct sharpen *ret_sharpen);

/* "label", "score" … "smart"; "verb" … "time"; "laag", "midden", "hoog": for files and scores. */
const char *sharpen_label_name(enum sharpen_label label);
const char *sharpen_flag_name(enum sharpen_flag flag);
const char *sharpen_certainty_name(enum sharpen_certainty certainty);

/*
 * Texts for the screen, in English for tr(); constants. What the kind means; its questions, ended
 * by NULL; the question behind a part, and the tip when it is missing.
 */
const char *sharpen_explanation(enum sharpen_label label);
const char *const *sharpen_questions(enum sharpen_label label);
const char *sharpen_part_question(enum sharpen_flag flag);
const char *sharpen_tip(enum sharpen_flag flag);
/* What cannot be read from words, and is asked of every goal. */
const char *sharpen_agreed_question(void);

#endif
