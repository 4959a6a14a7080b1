#include "goal/goal_road_web.h"

#include "base/arena.h"
#include "goal/thing_web.h"
#include "web/web.h"

/* The picture: a hillside from low on the left to the goal high on the right, in units of its own.
 */
enum { WIDTH = 720, HEIGHT = 240, LEFT = 60, RIGHT = 600, LOW = 200, HIGH = 70, SWAY = 22 };

/* Point `i` of `count` on the way; they sway, so that it is a way and no ruler. */
static void put_on_way(size_t i, size_t count, int *ret_x, int *ret_y)
{
    int part = (int)(i + 1), of = (int)(count + 1);
    int sway = i % 2 ? SWAY : -SWAY;
    *ret_x = LEFT + (RIGHT - LEFT) * part / of;
    *ret_y = LOW - (LOW - HIGH) * part / of + sway;
}

/* A smooth line through all points: level where it reaches one. */
static const char *draw_line(struct arena *arena, const struct goal_road *road)
{
    int x = LEFT, y = LOW;
    const char *line = arena_printf(arena, "M%d %d", x, y);
    for (size_t i = 0; i <= road->count; i++) {
        int to_x = i < road->count ? road->points[i].x : road->goal_x;
        int to_y = i < road->count ? road->points[i].y : road->goal_y;
        int middle = (x + to_x) / 2;
        line =
            arena_printf(arena, "%sC%d %d %d %d %d %d", line, middle, y, middle, to_y, to_x, to_y);
        x = to_x;
        y = to_y;
    }
    return line;
}

/* Steps of this goal, the last ROAD_STEPS_MAX of them, in the order of their days. */
static size_t pick(const struct goal *goal, const struct goal_step *steps, size_t count,
                   const struct goal_step *ret_steps[ROAD_STEPS_MAX], size_t *ret_skipped)
{
    size_t all = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        all += steps[i].goal.v == goal->id.v && steps[i].kind == STEP_NEXT;
    size_t skip = all > ROAD_STEPS_MAX ? all - ROAD_STEPS_MAX : 0, seen = 0;
    for (size_t i = 0; i < count; i++)
        if (steps[i].goal.v == goal->id.v && steps[i].kind == STEP_NEXT && seen++ >= skip)
            ret_steps[kept++] = &steps[i];
    *ret_skipped = skip;
    return kept;
}

static const char *describe(struct web *web, const struct goal_road *road, const char *title)
{
    size_t done = 0;
    for (size_t i = 0; i < road->count; i++)
        done += road->points[i].is_done;
    return trf(web->tr, web->arena, "The way to: {0}. {1} of {2} steps done.", 3, title,
               arena_printf(web->arena, "%zu", done), arena_printf(web->arena, "%zu", road->count));
}

enum status goal_road(struct web *web, const struct goal *goal, const struct goal_step *steps,
                      size_t count, const char *title, const struct goal_road **ret)
{
    const struct goal_step *picked[ROAD_STEPS_MAX];
    size_t skipped = 0, points = pick(goal, steps, count, picked, &skipped);
    struct goal_road *road = ARENA_NEW(web->arena, struct goal_road);
    if (!road)
        return ERR_NOMEM;
    if (points == 0 && !*goal->words.dot) {
        *ret = NULL;
        return OK;
    }
    *road = (struct goal_road){.now = goal->words.now,
                               .soon = goal->words.soon,
                               .by = thing_day(web, goal->due_on),
                               .dot = goal->words.dot,
                               .count = points,
                               .width = WIDTH,
                               .height = HEIGHT,
                               .goal_x = RIGHT,
                               .goal_y = HIGH};
    bool is_next_found = goal->state != GOAL_OPEN;
    for (size_t i = 0; i < points; i++) {
        struct road_point *p = &road->points[i];
        bool is_done = date_is_set(picked[i]->done_on);
        put_on_way(i, points, &p->x, &p->y);
        p->number = arena_printf(web->arena, "%zu", skipped + i + 1);
        p->text = picked[i]->text;
        p->day = thing_day(web, is_done ? picked[i]->done_on : picked[i]->due_on);
        p->is_done = is_done;
        p->is_here = !is_done && !is_next_found;
        is_next_found |= !is_done;
    }
    road->line = draw_line(web->arena, road);
    road->said = describe(web, road, title);
    *ret = road;
    return OK;
}
