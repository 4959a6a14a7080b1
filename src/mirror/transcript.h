/*
 * transcript: a conversation that somebody typed out, line by line: who speaks, and for the lines
 * of the adult what the question mirror says about them. Lines of the pupil are never judged, and
 * no more are lines of a speaker whom it does not know. Pure function: keeps nothing, logs nothing.
 */
#ifndef MIRROR_TRANSCRIPT_H
#define MIRROR_TRANSCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "language/mirror.h"

struct arena;

#define TRANSCRIPT_MAX ((size_t)64 * 1024) /* bytes */
#define TRANSCRIPT_LINES_MAX 2000
#define TRANSCRIPT_NAME_MAX 40 /* characters of what stands before the colon */

enum transcript_who {
    TRANSCRIPT_UNKNOWN, /* not judged */
    TRANSCRIPT_ADULT,
    TRANSCRIPT_PUPIL, /* never judged */
};

struct transcript_line {
    enum transcript_who who;
    const char *speaker;           /* as typed before the colon; "" when the line has none */
    const char *text;              /* without speaker and time */
    struct mirror_verdict verdict; /* only of an adult */
};

/* How often each label came; bytes of no text. */
struct transcript_counts {
    int32_t of[MIRROR_LABELS];
};

struct transcript {
    struct transcript_line *lines;
    size_t count;
    struct transcript_counts counts;
    const char *unknown; /* the first speaker that it does not know, or NULL */
};

/*
 * Reads `len` bytes. `me` and `pupil` are how their lines begin ("Tessa", "N"), besides what people
 * mostly write (juf, meester, L; kind, leerling, K); "" for none, and `pupil` wins. A line without
 * a speaker goes on with the last one; where nobody is named at all, everything is the adult's.
 * ERR_LIMIT for more than TRANSCRIPT_MAX or TRANSCRIPT_LINES_MAX, ERR_INVALID when it is not UTF-8,
 * ERR_NOMEM.
 */
NODISCARD enum status transcript_read(struct arena *arena, const char *text, size_t len,
                                      const char *me, const char *pupil,
                                      struct transcript *ret_transcript);

/* The three things that words of an adult may do, for a balance. */
enum transcript_effect {
    TRANSCRIPT_ROOM,    /* open, giving back, saying what is good */
    TRANSCRIPT_NARROWS, /* closed, a choice, several at once, why, subject matter */
    TRANSCRIPT_STEERS,  /* leading, opinions and advice, filling in */
    TRANSCRIPT_REST,
};
#define TRANSCRIPT_EFFECTS 4

enum transcript_effect transcript_effect_of(enum mirror_label label);
void transcript_balance(const struct transcript_counts *counts,
                        int64_t ret_sums[TRANSCRIPT_EFFECTS]);

#endif
