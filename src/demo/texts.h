/*
 * texts: what demo teachers write down. Our own sentences, in Dutch as a school writes them to a
 * child: seen or heard at one moment, dated, without a label. Only tables.
 */
#ifndef DEMO_TEXTS_H
#define DEMO_TEXTS_H

#include <stddef.h>

struct demo_texts {
    const char *const *list;
    size_t count;
};

/* By age: primary groups 1-4, groups 5-8, secondary school. */
enum demo_age { AGE_YOUNG, AGE_OLDER, AGE_TEEN, DEMO_AGES };

extern const struct demo_texts *const demo_strengths[DEMO_AGES];
extern const struct demo_texts *const demo_worries[DEMO_AGES];

/* Sentences that an author added the next day; they go with every observation. */
extern const struct demo_texts demo_additions;

/* Working notes: a teacher's own memory aids. */
extern const struct demo_texts demo_notes;

/*
 * The pupil whose dossier shows everything: twelve moments over two years, oldest first, each with
 * the texts that it had in turn (NULL: none further).
 */
struct demo_moment {
    int kind; /* enum observation_kind */
    const char *texts[3];
};
#define DEMO_MOMENTS 12
extern const struct demo_moment demo_showcase[DEMO_MOMENTS];

#endif
