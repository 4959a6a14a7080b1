/*
 * worked: one case from beginning to end, as a school lives it (DOMAIN L8): a leerlingbespreking of
 * teacher and coordinator that ends in "we do not know how the pupil goes about it", a learning
 * conversation with the pupil that finds out, and the discussion that goes on from there, linked.
 * What is said is data (worked_texts.c). For the pupil who stands behind the showcase; story.c says
 * when.
 */
#ifndef DEMO_WORKED_H
#define DEMO_WORKED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ids.h"
#include "base/status.h"
#include "demo/world.h"
#include "method/method.h"

#define WORKED_PARTS 3
#define WORKED_PROMISES 3

/* Who says or does it. */
enum worked_who { WORKED_NOBODY, WORKED_TEACHER, WORKED_COORDINATOR, WORKED_PUPIL };

/* One answer; parts are ended by text NULL. */
struct worked_answer {
    const char *question;
    enum voice voice;
    struct {
        const char *name, *text;
    } parts[WORKED_PARTS];
};

struct worked_scene {
    const char
        *method; /* the teacher leads: it is the teacher's question, or talk with the pupil */
    enum worked_who with; /* WORKED_COORDINATOR: takes part as well */
    int school_days_ago;  /* before the last school day */
    int look_days;        /* when it is looked back on, after it was held */
    const struct worked_answer *answers;
    size_t answer_count;
    const char *goal_question, *now, *soon, *notice; /* goal_question NULL: none */
    const char *promise_question;
    struct {
        enum worked_who who; /* WORKED_NOBODY: no more */
        const char *what;
    } promises[WORKED_PROMISES];
};

extern const struct worked_scene worked_scenes[];
extern const size_t worked_scene_count;

/* What the next scene builds on. */
struct worked {
    const struct demo_staff *teacher, *coordinator;
    const struct demo_pupil *pupil;
    const struct worked_scene *last; /* NULL before the first */
    struct conversation_id conversation;
    struct agreement_id promised[WORKED_PROMISES];
    size_t promised_count;
};

/* Holds the next scene now: first looks back on the one before, which it follows. */
NODISCARD enum status demo_play_scene(const struct demo_world *world, struct worked *worked,
                                      const struct worked_scene *scene);

#endif
