/*
 * listen: what can be said about having been heard (listened: the pupil) and about one's own
 * listening (listening: the teacher, four levels after P4), as tables for the two kinds and their
 * templates.
 */
#ifndef ANSWER_LISTEN_H
#define ANSWER_LISTEN_H

struct listen_step {
    const char *value;
    const char *picture; /* symbol without "a-", or NULL */
    const char *label;   /* msgid */
};

/* Ended by a NULL value. */
extern const struct listen_step listened_steps[];
extern const struct listen_step listening_steps[];

/* The step of a stored text, or NULL. */
const struct listen_step *listen_step_of(const struct listen_step *steps, const char *value);

#endif
