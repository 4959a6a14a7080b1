/*
 * goal_road_web: the way to a goal as a picture (H9): from where I stand, over dated steps, to the
 * goal, with the dot on the horizon behind it. What is done is told apart by its form (a tick in a
 * filled circle), not by colour, and the same stands in words below it.
 */
#ifndef GOAL_GOAL_ROAD_WEB_H
#define GOAL_GOAL_ROAD_WEB_H

#include <stdbool.h>
#include <stddef.h>

#include "goal/goal.h"

struct web;

#define ROAD_STEPS_MAX 8 /* drawn: the last ones; all stand in the list below */

struct road_point {
    int x, y;               /* in the picture's own units */
    const char *number;     /* "1"; in the circle while it is not done */
    const char *text, *day; /* day "" when it has none */
    bool is_done, is_here;  /* is_here: the next one to do */
};

struct goal_road {
    const char *now, *soon, *by, *dot; /* "" where nothing was said */
    struct road_point points[ROAD_STEPS_MAX];
    size_t count;
    int width, height;  /* of the picture */
    int goal_x, goal_y; /* where the flag stands */
    const char *line;   /* the path in SVG's own words */
    const char *said;   /* the picture in one sentence */
};

/* NULL when there is nothing to draw: no step and no dot on the horizon. */
NODISCARD enum status goal_road(struct web *web, const struct goal *goal,
                                const struct goal_step *steps, size_t count, const char *title,
                                const struct goal_road **ret);

#endif
