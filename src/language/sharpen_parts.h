/*
 * sharpen_parts: what the files of the goal sharpener (sharpen.h) hand each other, and nobody else:
 * the read text, the frames found in it, and what verbs and forms they make.
 */
#ifndef LANGUAGE_SHARPEN_PARTS_H
#define LANGUAGE_SHARPEN_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "language/pattern.h"
#include "language/sharpen.h"
#include "language/text.h"

#define GOAL_VERBS_MAX 8
#define GOAL_SENTENCES_MAX 8

/* A verb that can be seen: one token, or two of a separable one ("ruimt … op"). */
struct goal_verb {
    uint32_t at;
    uint32_t particle; /* == at when it is one token */
};

/* A read remark. Sentences past GOAL_SENTENCES_MAX are left out. */
struct goal_view {
    struct text text;
    size_t sentence_count;
    struct cue_hits hits[GOAL_SENTENCES_MAX];
    struct goal_verb verbs[GOAL_VERBS_MAX];
    size_t verb_count;
    bool guessed; /* the verbs are in no list: a goal only when more says so */
    bool bounded; /* "hooguit", "hoogstens": less of something unwanted is a goal too */
    bool is_goal;
    bool sure; /* the two sides of is_goal were far apart */
};

/* A word that says what the sentence is about. `strength` 0: none was found. */
struct goal_head {
    enum sharpen_label kind;
    int strength;
    uint32_t first, last; /* tokens */
};

/* sharpen_view.c: reads, joins compounds and separable verbs with their classes, finds the frames.
 */
enum status goal_view_read(struct arena *arena, const char *text, size_t len,
                           struct goal_view *ret_view);

/* Is a token inside a hit of one of the cues (CUE() bits)? */
bool goal_in_hit(const struct goal_view *view, size_t sentence, uint32_t at, uint64_t cues);
/* The first hit of a cue in any sentence; NULL when there is none. */
const struct cue_hit *goal_hit(const struct goal_view *view, unsigned cue);
/* Every class that a word of the sentence has. */
struct lex_set goal_present(const struct goal_view *view, const struct sentence *sentence);
/* Is the token in this class, and not between quotation marks? */
bool goal_is(const struct goal_view *view, uint32_t at, unsigned class);

/* sharpen_verb.c: fills verbs. */
void goal_find_verbs(struct goal_view *view);
/* Does the sentence have a finite verb other than "kan"? For forms without one: "beter lezen". */
bool goal_has_finite(const struct goal_view *view, const struct sentence *sentence);

/* sharpen_form.c: fills is_goal and sure. Verbs are known. */
void goal_find_form(struct goal_view *view);

/* sharpen_kind.c: vak, gedrag or eigenschap, by the strongest word. */
struct goal_head goal_find_head(const struct goal_view *view);

/* "is …", or no verb at all: what is unknown there is more likely a trait than behaviour. */
bool goal_is_state(const struct goal_view *view);

/* What answers add to a proposal. Never NULL: "…" for a part that is asked, "" for one that is not.
 */
struct goal_extra {
    bool named; /* `pupil` is a name, and goes where "hij" or "ze" was typed too */
    const char *pupil, *when, *where, *task, *example, *amount;
};

/* sharpen_propose.c: the proposal, from the tokens of what was read. ""  when it is empty. */
const char *goal_propose(struct arena *arena, const struct goal_view *view,
                         const struct sharpen *sharpen, const struct goal_extra *extra);

/* sharpen.c: what sharpen_read does with a view that was read. Without a proposal. */
void goal_decide(struct goal_view *view, struct sharpen *ret_sharpen);
/* For an answer about what the pupil will do: a goal, whatever it looks like. */
void goal_take_as_goal(struct goal_view *view, struct sharpen *sharpen);
/* Is there a hit of this part in the text, whatever its form? For answers: "8 van de 10". */
bool goal_names(const struct goal_view *view, enum sharpen_flag flag);

#endif
