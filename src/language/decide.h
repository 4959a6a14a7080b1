/*
 * decide: from forms and cues to one label. First each sentence by the list of rules, then the
 * turn. The second half of mirror.h; knows nothing of explanations and rewrites.
 */
#ifndef LANGUAGE_DECIDE_H
#define LANGUAGE_DECIDE_H

#include "language/shape.h"
#include "language/mirror.h"

/* One line of the decision list: it decides when all of `facts`, one of `any` (0: whatever) and
 * none of the others hold. */
struct decide_rule {
    const char *id;
    enum mirror_label label;
    enum mirror_certainty certainty;
    uint64_t facts, not_facts;
    uint64_t any, not_any; /* cues */
    uint32_t also;
};

/* A sentence and what was decided about it. */
struct decided {
    const struct sentence *sentence;
    struct cue_hits cues;
    struct shape shape;
    uint64_t facts;
    const struct decide_rule *rule;
    bool question; /* a real one: it counts */
    bool check;    /* "Klopt dat?": it does not */
};

/* The turn: which sentence decided, and the verdict without explanation. */
struct decided_turn {
    struct decided *sentences;
    size_t count;
    const struct decided *main; /* NULL when nothing was said */
    enum mirror_label label;
    uint32_t also;
    enum mirror_certainty certainty;
    const char *rule;
    bool harm;
};

/* ERR_NOMEM. All in the arena. */
NODISCARD enum status decide_turn(struct arena *arena, const struct text *text,
                                  struct decided_turn *ret_turn);

/* Whether the pupil was not asked anything in the turn, nor whether it is right ("klopt dat"). */
bool decided_unchecked(const struct decided_turn *turn);

#endif
