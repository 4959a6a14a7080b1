/*
 * explain: what a verdict says to the person: the effect the words may have, never blame. English
 * msgids; whoever shows them translates. At most two remarks for a turn.
 */
#ifndef LANGUAGE_EXPLAIN_H
#define LANGUAGE_EXPLAIN_H

#include "language/decide.h"

/* Fills the remarks of a verdict whose label, also, rule and harm are known. */
void explain_turn(const struct decided_turn *turn, struct mirror_verdict *verdict);

#endif
