/*
 * answer_fixture: one question of every kind, and an answer to it, for tests: of the kinds
 * themselves, of everything that reads what comes in (fuzz), and of how it looks in a browser.
 */
#ifndef ANSWER_FIXTURE_H
#define ANSWER_FIXTURE_H

#include "answer/kind.h"

struct fixture_answer {
    struct question question;
    struct answer_value value; /* clean, and not empty but for outcomes */
};

/* Of every kind at least one; ended by a question without kind. */
extern const struct fixture_answer fixture_answers[];

/* The first of that kind. */
const struct fixture_answer *fixture_answer_of(const char *kind);

#endif
