/*
 * sheet_web: a method and the answers to it, laid side by side as what pages draw: phases with their
 * questions, each with one part per voice. The same sheet is the whole form for adults, the one question of
 * the together-screen and of a child, and the read view; who may write which part is decided here once.
 */
#ifndef CONVERSATION_SHEET_WEB_H
#define CONVERSATION_SHEET_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answer/kind.h"
#include "conversation/conversation.h"
#include "conversation/outcomes_web.h"
#include "method/cue.h"

struct web;

/* Who looks at the sheet, and for what. */
enum sheet_use {
    SHEET_FILL,    /* staff, the whole form */
    SHEET_SHARED,  /* staff and pupil on one screen: no private kinds, nothing an adult keeps apart */
    SHEET_PREPARE, /* one participant's preparation */
    SHEET_READ,
};

/* One voice of one question. */
struct sheet_part {
    enum voice voice;
    int64_t person;
    const char *voice_class; /* "child", "teacher", "together", "home", "school" */
    const char *who;         /* "Noor", "Tessa Mulder", "Together" */
    const char *anchor;      /* unique on the page: "how-1" */
    const struct answer_kind *kind;
    struct answer_view view;
    int version; /* 0: nothing yet */
    bool may_write;
    bool is_own_place; /* a pupil of a group wrote it on their own device: not on the screen that all see */
    const char *when; /* "kept today at 10.41", "" */
    const char *past_url; /* every text it had; NULL: not for this reader, or nothing yet */
    const char *theirs; /* plain text that stands when the reader's was kept beside it, or NULL */
    const char *beside; /* plain text kept beside the one that stands, until somebody settles it; or NULL */
    int beside_version;
};

struct sheet_question {
    const struct question *question;
    const char *words, *help;
    const char *const *follow_ups;
    size_t follow_up_count;
    struct sheet_part *parts;
    size_t part_count;
    const struct sheet_question *shows; /* what was said to an earlier question, or NULL */
    const struct outcome_block *outcome; /* things instead of parts, or NULL */
    const void *outcome_view;
    uint32_t outcome_mark; /* another one when what stands there reads otherwise: for other screens */
    size_t pupil_count, pupil_said; /* of a group: who are asked, and how many of them said something */
    const struct phase *summary_of; /* of which phase it is the summary; NULL: a question of the method */
    bool is_answered;
};

struct sheet_phase {
    const struct phase *phase;
    const char *title, *purpose;
    const char *const *cue_titles, *const *cue_texts;
    size_t cue_count;
    struct sheet_question *questions; /* with the summary, if any, at the end */
    size_t question_count;
    size_t answered;
    bool is_paper; /* no part of the method: photos of the paper it was filled in on (R2) */
};

#define SHEET_PAPER_MOST 4 /* photos of one form */
/* In a conversation of a group: the part of one pupil, or (none) what all say together and the teacher's own. */
struct sheet_whose {
    struct pupil_id pupil;
};

struct sheet {
    const struct conversation *conversation;
    enum sheet_use use;
    const struct sheet_whose *whose; /* NULL: of everybody */
    bool of_one; /* holds what one pupil of a group said, and nothing else */
    const char *lang;
    enum band band;
    const char *post_url; /* where answers go */
    const char *pupil_call, *about;
    const struct method_preparation *preparation; /* of SHEET_PREPARE */
    struct sheet_phase *phases;
    size_t phase_count;
    size_t question_count, answered;
    const struct answer *answers;
    size_t answer_count;
    const struct answer *beside; /* texts written at the same time as one of these (answer_beside) */
    size_t beside_count;
    const struct participant *people; /* of a group: everybody who takes part */
    size_t people_count;
};

/*
 * Reads the answers (one statement) and lays them out. `who` is the participant whose preparation
 * it is, for SHEET_PREPARE; staff type in there what came on paper. Questions whose condition is
 * not met are left out. ERR_NOT_FOUND when the method has no such preparation, and for staff as
 * long as the pupil's is not open to them (P6).
 */
NODISCARD enum status sheet_make(struct web *web, const struct conversation *conversation,
                                 enum sheet_use use, enum method_part who, struct sheet *ret);

/*
 * The same, and `question` stands on it although its condition is not met (any more): somebody was writing in it. For
 * keeping. `whose` as below. When somebody's script keeps it, no page follows: only this question and the answers to it
 * stand on the sheet then, without names, what came out of the conversation and the texts beside the standing ones. (A side of
 * a paper form keeps the others beside it: which sides there are, the photos before it say.)
 */
NODISCARD enum status sheet_make_with(struct web *web, const struct conversation *conversation,
                                      enum sheet_use use, enum method_part who,
                                      const char *question, const struct sheet_whose *whose,
                                      struct sheet *ret);

/*
 * The whole form for staff. Of a conversation of a group as far as it is `whose` (which lives as long as the sheet): a page
 * with the fields of everybody would be too long to use.
 */
NODISCARD enum status sheet_make_whose(struct web *web, const struct conversation *conversation,
                                       const struct sheet_whose *whose, struct sheet *ret);

/*
 * What one pupil said in a conversation of a group (`who` 0) or prepared for it, to read; `conversation` by
 * conversation_open_part(). ERR_NOT_FOUND when the method has no such preparation.
 */
NODISCARD enum status sheet_make_part(struct web *web, const struct conversation *conversation,
                                      struct pupil_id pupil, enum method_part who,
                                      struct sheet *ret);

/* By id, with its phase; NULL when it is not on the sheet. */
struct sheet_question *sheet_find(const struct sheet *sheet, const char *question,
                                  struct sheet_phase **ret_phase);
struct sheet_part *sheet_part(const struct sheet_question *question, enum voice voice,
                              int64_t person);

/* The question before and after, in the order of asking; NULL at the ends. "" or unknown: the first is after. */
const struct sheet_question *sheet_before(const struct sheet *sheet, const char *question);
const struct sheet_question *sheet_after(const struct sheet *sheet, const char *question);

/*
 * Whether the question mirror stands under this part: texts of adults, and never on a screen that a
 * pupil looks at, because how an adult asks is that adult's own business.
 */
bool sheet_has_mirror(const struct sheet *sheet, const struct sheet_part *part);

/* A preparation of the same conversation that the reader may see: laid out for reading; NULL when none. */
NODISCARD enum status sheet_preparation(struct web *web, const struct conversation *conversation,
                                        enum method_part who, const struct sheet **ret);

/* The pupil's own band where the method is for it, else the nearest one that it is for. */
enum band sheet_nearest_band(const struct method *method, enum band band);

/*
 * Whether staff may read what the pupil prepared: the pupil said so, or the conversation began (P6). In a group
 * before it began, this is each pupil's own to say: false, and struct participant says more.
 */
bool sheet_preparation_is_open(const struct conversation *conversation);

/*
 * Whether this reader, who has a right on the conversation, may see one answer, also apart from a page: what the pupil
 * prepared, what adults wrote for each other, what is for the author's own eyes, what another pupil said. `people`: who
 * takes part, when it is of a group.
 */
bool sheet_may_see(const struct web *web, const struct conversation *conversation,
                   const struct participant *people, size_t people_count,
                   const struct answer *answer);

#endif
