/*
 * plan_moves: which pupils go in and out of which groups of the plan's school year.
 *
 * A full set says all groups of a pupil. Out goes who is in a group of the file, or in one that
 * came from a roster and is not in the file any more, without being told so; and a home group when
 * the file gives another. Groups that the school made itself and that no file knows are left alone.
 * A delta only says changes; of home groups there is one here too.
 */
#ifndef ROSTER_PLAN_MOVES_H
#define ROSTER_PLAN_MOVES_H

#include "pupil/pupil.h"
#include "roster/plan_inside.h"

/* The school's pupils while they are matched: those who are here first. */
struct known_pupils {
    struct pupil *list;
    size_t count, here;
    bool *seen;      /* the file speaks of them */
    size_t *planned; /* position + 1 in the plan's pupils; 0: not in it yet */
    struct match by_index, by_id, by_name;
};

/* The plan's entry of a pupil of the school, made when there is none. */
size_t planner_known_pupil(struct planner *p, struct known_pupils *known, size_t at);

NODISCARD enum status plan_moves(struct planner *p, struct known_pupils *known);

#endif
