/*
 * mirror: the question mirror (vraagspiegel). Judges one turn of an adult in a talk with a pupil:
 * which of twelve labels it is, which words show it, what effect it may have, and where it is safe
 * how else to ask. Rules only: frames and lists of words, and one decision list (README.md). Judges
 * the words, never who said them, and keeps nothing.
 *
 * Constant and without state: any number of threads. Time is linear in the length of the text.
 */
#ifndef LANGUAGE_MIRROR_H
#define LANGUAGE_MIRROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;

/* The Dutch words for these are in mirror_label_names[]; they are what people and files see. */
enum mirror_label {
    MIRROR_OTHER,      /* overig */
    MIRROR_OPEN,       /* open */
    MIRROR_CLOSED,     /* gesloten */
    MIRROR_CHOICE,     /* keuze */
    MIRROR_LEADING,    /* suggestief */
    MIRROR_STACKED,    /* gestapeld */
    MIRROR_WHY,        /* waarom */
    MIRROR_SUBJECT,    /* leerstof */
    MIRROR_OPINION,    /* oma: opinions, verdicts, advice */
    MIRROR_ASSUMING,   /* nivea: filling in for the other */
    MIRROR_PARAPHRASE, /* parafrase */
    MIRROR_FEEDBACK,   /* feedback */
    MIRROR_LABELS
};

enum mirror_certainty { MIRROR_LOW, MIRROR_MIDDLE, MIRROR_HIGH };

/* Bytes of the original text. */
struct mirror_span {
    uint32_t at, len;
};

#define MIRROR_SPANS_MAX 6
#define MIRROR_REMARKS_MAX 2
#define MIRROR_REWRITES_MAX 3

struct mirror_verdict {
    enum mirror_label label;
    uint32_t also; /* a bit per label that is possible too */
    enum mirror_certainty certainty;
    const char *rule; /* of the decision list: "S2" */
    const char *cue;  /* the name of the frames that matched; "" when the form alone decided */
    struct mirror_span spans[MIRROR_SPANS_MAX]; /* the words that show it, in order */
    size_t span_count;
    const char *remarks[MIRROR_REMARKS_MAX]; /* English msgids for tr(); the effect, not blame */
    size_t remark_count;
    const char *rewrites[MIRROR_REWRITES_MAX]; /* Dutch, in the arena, the most neutral first */
    size_t rewrite_count;
    bool harm; /* signs of violence or danger: nothing is rewritten, the remark says what to do */
};

extern const char *const mirror_label_names[MIRROR_LABELS];

/* "hoog", "midden", "laag". */
extern const char *const mirror_certainty_names[];

/*
 * Judges `len` bytes, one turn. Lines of the pupil in a transcript ("K: …") are passed over.
 * ERR_LIMIT above 64 KiB, ERR_INVALID when it is not UTF-8 or has a NUL, ERR_NOMEM. Empty text is
 * "overig".
 */
NODISCARD enum status mirror_judge(struct arena *arena, const char *source, size_t len,
                                   struct mirror_verdict *ret_verdict);

#endif
