#include "roster/plan_moves.h"

#include "base/str.h"

/* Who is in which group of the year now, by pupil. */
struct places {
    struct group_place *list;
    size_t count;
};

static size_t first_place(const struct places *places, struct pupil_id pupil)
{
    size_t low = 0;
    size_t high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->list[middle].pupil.v < pupil.v)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t position_of(const struct planner *p, const struct group_id *group)
{
    return match_one(&p->group_by_id, (struct bytes){(const uint8_t *)&group->v, sizeof group->v});
}

static bool holds(const size_t *positions, size_t count, size_t position)
{
    for (size_t i = 0; i < count; i++)
        if (positions[i] == position)
            return true;
    return false;
}

static bool is_home(const struct planner *p, size_t group)
{
    return p->plan->groups[group].kind == GROUP_HOME;
}

static void add_want(const struct planner *p, const char *key, size_t *wants, size_t *count)
{
    size_t group = planner_group(p, key);
    if (group != MATCH_NONE && p->plan->groups[group].state != PLAN_SKIPPED &&
        !holds(wants, *count, group))
        wants[(*count)++] = group;
}

static enum status want_groups(struct planner *p, const struct roster_pupil *said,
                               struct plan_pupil *plan)
{
    size_t *wants = ARENA_ARRAY(p->work->arena, size_t, said->other_group_count + 1);
    if (!wants)
        return ERR_NOMEM;
    size_t count = 0;
    add_want(p, said->home_group, wants, &count);
    for (size_t i = 0; i < said->other_group_count; i++)
        add_want(p, said->other_groups[i], wants, &count);
    plan->wants = wants;
    plan->want_count = count;
    return OK;
}

static bool wants_home(const struct planner *p, const struct plan_pupil *plan)
{
    for (size_t i = 0; i < plan->want_count; i++)
        if (is_home(p, plan->wants[i]))
            return true;
    return false;
}

/* A full set does not name the pupil in this group: does that mean out? */
static bool is_out(const struct planner *p, const struct plan_pupil *plan, size_t group)
{
    bool in_file = group < p->roster->group_count;
    bool gone_from_file = p->group_sourced[group] && (p->roster->covers & ROSTER_COVERS_GROUPS);
    return in_file || gone_from_file || (is_home(p, group) && wants_home(p, plan));
}

/* Names of the groups that are joined (or left), for the reader. */
static const char *names_of(const struct planner *p, const struct plan_pupil *plan, bool left)
{
    const char *text = "";
    for (size_t i = 0; i < plan->move_count; i++)
        if (plan->moves[i].leaves == left)
            text = arena_printf(p->work->arena, "%s%s%s", text, *text ? ", " : "",
                                p->plan->groups[plan->moves[i].group].name);
    return text;
}

static void finish_moves(const struct planner *p, struct plan_pupil *plan,
                         const struct plan_move *moves, size_t count)
{
    plan->moves = moves;
    plan->move_count = count;
    plan->moved = count > 0;
    if (count) {
        plan->from = names_of(p, plan, true);
        plan->into = names_of(p, plan, false);
    }
}

static enum status move_fully(struct planner *p, const struct places *places,
                              struct plan_pupil *plan)
{
    size_t first = first_place(places, plan->id);
    size_t now = 0;
    while (first + now < places->count && places->list[first + now].pupil.v == plan->id.v)
        now++;
    struct plan_move *moves = ARENA_ARRAY(p->work->arena, struct plan_move, now + plan->want_count);
    size_t *in = ARENA_ARRAY(p->work->arena, size_t, now);
    if (!moves || !in)
        return ERR_NOMEM;
    size_t count = 0;
    for (size_t i = 0; i < now; i++) {
        in[i] = position_of(p, &places->list[first + i].group);
        if (!holds(plan->wants, plan->want_count, in[i]) && is_out(p, plan, in[i]))
            moves[count++] = (struct plan_move){in[i], true};
    }
    for (size_t i = 0; i < plan->want_count; i++)
        if (!holds(in, now, plan->wants[i]))
            moves[count++] = (struct plan_move){plan->wants[i], false};
    finish_moves(p, plan, moves, count);
    return OK;
}

/* One line of a delta about who is in which group. */
struct change {
    size_t pupil, group, order;
    bool leaves;
};

static int by_pupil_then_order(const void *left, const void *right)
{
    const struct change *a = left;
    const struct change *b = right;
    if (a->pupil != b->pupil)
        return a->pupil < b->pupil ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static bool pupil_of_key(struct planner *p, struct known_pupils *known, const char *key,
                         size_t *ret_pupil)
{
    size_t entry = match_one_text(&p->pupil_by_key, key);
    if (entry != MATCH_NONE) {
        *ret_pupil = entry;
        return true;
    }
    size_t at = match_one(&known->by_index, planner_index(p, "pupil", key));
    if (at == MATCH_NONE || at >= known->here)
        return false;
    *ret_pupil = planner_known_pupil(p, known, at);
    return true;
}

static enum status read_changes(struct planner *p, struct known_pupils *known,
                                struct change **ret_changes, size_t *ret_count)
{
    const struct roster *roster = p->roster;
    struct change *changes = ARENA_ARRAY(p->work->arena, struct change, roster->membership_count);
    if (!changes)
        return ERR_NOMEM;
    size_t count = 0;
    for (size_t i = 0; i < roster->membership_count; i++) {
        const struct roster_membership *m = &roster->memberships[i];
        size_t group = planner_group(p, m->group);
        size_t pupil = 0;
        if (m->is_pupil && group != MATCH_NONE && p->plan->groups[group].state != PLAN_SKIPPED &&
            pupil_of_key(p, known, m->person, &pupil))
            changes[count++] = (struct change){pupil, group, i, m->id.deleted};
    }
    if (count)
        qsort(changes, count, sizeof *changes, by_pupil_then_order);
    *ret_changes = changes;
    *ret_count = count;
    return OK;
}

static bool is_in(const struct places *places, struct pupil_id pupil, struct group_id group)
{
    for (size_t i = first_place(places, pupil);
         pupil.v && i < places->count && places->list[i].pupil.v == pupil.v; i++)
        if (places->list[i].group.v == group.v)
            return true;
    return false;
}

/* The moves of one pupil from its lines of the delta, of which the last about a group counts. */
static enum status move_by_changes(struct planner *p, const struct places *places,
                                   const struct change *changes, size_t count)
{
    struct plan_pupil *plan = &p->plan->pupils[changes[0].pupil];
    size_t first = first_place(places, plan->id);
    size_t now = 0;
    while (plan->id.v && first + now < places->count &&
           places->list[first + now].pupil.v == plan->id.v)
        now++;
    struct plan_move *moves = ARENA_ARRAY(p->work->arena, struct plan_move, count + now);
    size_t *wants = ARENA_ARRAY(p->work->arena, size_t, count);
    if (!moves || !wants)
        return ERR_NOMEM;
    size_t made = 0;
    plan->wants = wants;
    for (size_t i = 0; i < count; i++) {
        bool again = false;
        for (size_t k = i + 1; k < count; k++)
            again |= changes[k].group == changes[i].group;
        if (again)
            continue;
        if (!changes[i].leaves)
            wants[plan->want_count++] = changes[i].group;
        bool in = is_in(places, plan->id, p->plan->groups[changes[i].group].id);
        if (in == changes[i].leaves)
            moves[made++] = (struct plan_move){changes[i].group, changes[i].leaves};
    }
    for (size_t i = 0; wants_home(p, plan) && i < now; i++) {
        size_t group = position_of(p, &places->list[first + i].group);
        bool told = false;
        for (size_t k = 0; k < count; k++)
            told |= changes[k].group == group;
        if (!told && is_home(p, group))
            moves[made++] = (struct plan_move){group, true};
    }
    finish_moves(p, plan, moves, made);
    return OK;
}

static enum status move_delta(struct planner *p, struct known_pupils *known,
                              const struct places *places)
{
    struct change *changes = NULL;
    size_t count = 0;
    enum status st = read_changes(p, known, &changes, &count);
    for (size_t i = 0; st == OK && i < count;) {
        size_t end = i + 1;
        while (end < count && changes[end].pupil == changes[i].pupil)
            end++;
        if (p->plan->pupils[changes[i].pupil].state != PLAN_LEFT &&
            p->plan->pupils[changes[i].pupil].state != PLAN_SKIPPED)
            st = move_by_changes(p, places, &changes[i], end - i);
        i = end;
    }
    return st;
}

enum status plan_moves(struct planner *p, struct known_pupils *known)
{
    struct places places = {0};
    enum status st = OK;
    if (p->plan->year.v)
        st = group_places(p->work, p->plan->year, &places.list, &places.count);
    if (st == OK && p->roster->delta)
        return move_delta(p, known, &places);
    for (size_t i = 0; st == OK && i < p->roster->pupil_count; i++) {
        struct plan_pupil *plan = &p->plan->pupils[i];
        bool goes = p->roster->pupils[i].left || p->roster->pupils[i].id.deleted;
        if (plan->state == PLAN_LEFT || plan->state == PLAN_SKIPPED || goes)
            continue;
        st = want_groups(p, &p->roster->pupils[i], plan);
        if (st == OK && plan->id.v)
            st = move_fully(p, &places, plan);
    }
    return st;
}
