/*
 * paper_fixture: whole forms, for the tests and for bench/paper.c: a blank form of two pages and a
 * filled one, and a plan on one page.
 */
#ifndef PRINT_PAPER_FIXTURE_H
#define PRINT_PAPER_FIXTURE_H

#include "print/paper.h"

/* A look with a title, a head and a foot. */
struct paper_look fixture_look(const struct tr *tr, const char *title);

/* NULL when memory is out. */
struct paper *fixture_form(struct arena *arena, const struct tr *tr, enum paper_band band,
                           bool filled);
struct paper *fixture_plan(struct arena *arena, const struct tr *tr);
/* What the others do not use. */
struct paper *fixture_rest(struct arena *arena, const struct tr *tr);

#endif
