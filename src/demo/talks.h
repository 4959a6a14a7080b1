/*
 * talks: conversations at a demo school: held ones with what was said, goals and agreements; short
 * ones; and, for the teachers who can sign in, a round that is half-way. What is said is data
 * (talks_texts.c).
 */
#ifndef DEMO_TALKS_H
#define DEMO_TALKS_H

#include <stddef.h>

#include "base/status.h"
#include "demo/texts.h"
#include "demo/world.h"
#include "method/method.h"

#define DEMO_TALK_ANSWERS 6

/* One conversation as it was held. Texts end with a NULL question. */
struct demo_talk {
    const char *method;
    struct {
        const char *question;
        enum voice voice;
        const char *text;
    } answers[DEMO_TALK_ANSWERS];
    const char *goal_question, *now, *soon, *notice; /* soon NULL: no goal */
    const char *agreement_question;
    const char *pupil_does, *teacher_does; /* agreements; NULL: none */
};

struct demo_talks {
    const struct demo_talk *list;
    size_t count;
};

/* By enum demo_age. */
extern const struct demo_talks demo_talks[];
/* What short talks were about. */
extern const struct demo_texts demo_chats;

/* "Tessa van der Laan", in the arena. */
const char *demo_staff_name(const struct work *work, const struct demo_staff *staff);

/* Holds it now: plans, begins, answers, goal, agreements, closes. */
NODISCARD enum status demo_play_talk(const struct demo_world *world,
                                     const struct demo_staff *author,
                                     const struct demo_pupil *pupil, const struct demo_talk *talk);

NODISCARD enum status demo_play_chat(const struct demo_world *world,
                                     const struct demo_staff *author,
                                     const struct demo_pupil *pupil, const char *about);

/* What is still to come: for demo/extras.h. */
NODISCARD enum status demo_plan_talks(struct demo_world *world);

#endif
