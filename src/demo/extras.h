/*
 * extras: what later subjects add to a demo school once its people and groups stand: one function
 * per subject, listed in extras.c. Called in the school's transaction, after the last day was
 * played; the clock stands at yesterday afternoon.
 */
#ifndef DEMO_EXTRAS_H
#define DEMO_EXTRAS_H

#include "base/status.h"

struct demo_world;

NODISCARD enum status demo_add_extras(struct demo_world *world);

#endif
