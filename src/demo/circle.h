/*
 * circle: one conversation of a group (K18) at a demo school: a few pupils tell how they learn, and
 * agree how to help each other. With pupils who were heard already, so that it changes nobody's
 * count.
 */
#ifndef DEMO_CIRCLE_H
#define DEMO_CIRCLE_H

#include "base/status.h"
#include "demo/world.h"

/* For demo/extras.h: by the first teacher who can sign in and whose pupils are old enough; or by
 * nobody. */
NODISCARD enum status demo_hold_circle(struct demo_world *world);

#endif
