#include "guardian/guardian.h"
#include "roster/plan_inside.h"

/*
 * Guardians of a roster: who is new or called otherwise, whose they become, and whose they no
 * longer are. A tie ends only where the file speaks of guardians at all, for a pupil it has, and
 * when the guardian came from a roster: whom the school tied by hand no file takes away.
 */

struct known_guardians {
    struct guardian_known *list;
    size_t count;
    struct guardian_bond *bonds;
    size_t bond_count;
    struct match by_index; /* source */
};

static bool is_bound(const struct known_guardians *known, struct guardian_id guardian,
                     struct pupil_id pupil)
{
    size_t low = 0;
    size_t high = known->bond_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct guardian_bond *bond = &known->bonds[middle];
        if (bond->guardian.v == guardian.v && bond->pupil.v == pupil.v)
            return true;
        if (bond->guardian.v < guardian.v ||
            (bond->guardian.v == guardian.v && bond->pupil.v < pupil.v))
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static enum status plan_guardian(struct planner *p, const struct known_guardians *known,
                                 const struct roster_guardian *said, struct plan_guardian *plan)
{
    bool cut = false;
    size_t *pupils = ARENA_ARRAY(p->work->arena, size_t, said->pupil_count);
    if (!pupils)
        return ERR_NOMEM;
    struct person person = planner_person(p, &said->name, &cut);
    person.email = planner_cut(p, said->email, PERSON_NAME_MAX, &cut);
    *plan = (struct plan_guardian){.state = PLAN_NEW,
                                   .source_key = planner_source_key(p, said->id.key),
                                   .person = person,
                                   .pupils = pupils};
    size_t at = said->id.unstable
                    ? MATCH_NONE
                    : match_one(&known->by_index, planner_index(p, "guardian", said->id.key));
    if (at != MATCH_NONE) {
        plan->id = known->list[at].id;
        plan->person = planner_merge(&known->list[at].person, &person);
        bool same = planner_same_person(&plan->person, &known->list[at].person);
        plan->state = same ? PLAN_SAME : PLAN_CHANGED;
    }
    for (size_t i = 0; i < said->pupil_count; i++) {
        size_t pupil = match_one_text(&p->pupil_by_key, said->pupils[i]);
        bool there = pupil != MATCH_NONE && p->plan->pupils[pupil].state != PLAN_SKIPPED &&
                     p->plan->pupils[pupil].state != PLAN_LEFT;
        if (there && !(plan->id.v && is_bound(known, plan->id, p->plan->pupils[pupil].id)))
            pupils[plan->pupil_count++] = pupil;
    }
    /* Unstable keys would make everybody anew each time; a guardian of nobody is not kept. */
    bool useless = plan->state == PLAN_NEW && plan->pupil_count == 0;
    if (said->id.unstable || said->id.deleted || useless || !person_valid(&plan->person))
        *plan = (struct plan_guardian){
            .state = PLAN_SKIPPED, .source_key = "", .person = person_none()};
    return OK;
}

/* --- ties that end ---------------------------------------------------------------------------- */

/* What is looked up while ties are compared. */
struct tying {
    struct match guardian_by_id; /* in known.list */
    struct match said_by_id;     /* in the roster's guardians, by whom they are here */
    struct match
        pupil_by_id; /* in the plan's pupils: only those the file has and who stay as they are */
};

static struct bytes id_bytes(const int64_t *id)
{
    return (struct bytes){(const uint8_t *)id, sizeof *id};
}

static enum status fill_tying(struct planner *p, const struct known_guardians *known,
                              struct tying *tying)
{
    const struct roster *roster = p->roster;
    struct arena *arena = p->work->arena;
    enum status st = match_new(arena, known->count, &tying->guardian_by_id);
    if (st == OK)
        st = match_new(arena, roster->guardian_count, &tying->said_by_id);
    if (st == OK)
        st = match_new(arena, roster->pupil_count, &tying->pupil_by_id);
    if (st != OK)
        return st;
    for (size_t i = 0; i < known->count; i++)
        match_add(&tying->guardian_by_id, id_bytes(&known->list[i].id.v), i);
    for (size_t i = 0; i < roster->guardian_count; i++) {
        size_t at =
            match_one(&known->by_index, planner_index(p, "guardian", roster->guardians[i].id.key));
        if (at != MATCH_NONE)
            match_add(&tying->said_by_id, id_bytes(&known->list[at].id.v), i);
    }
    for (size_t i = 0; i < roster->pupil_count; i++) {
        const struct plan_pupil *pupil = &p->plan->pupils[i];
        if (pupil->id.v && (pupil->state == PLAN_SAME || pupil->state == PLAN_CHANGED))
            match_add(&tying->pupil_by_id, id_bytes(&pupil->id.v), i);
    }
    match_sort(&tying->guardian_by_id);
    match_sort(&tying->said_by_id);
    match_sort(&tying->pupil_by_id);
    return OK;
}

/* Does the file say that this guardian (all entries of them) is this pupil's? */
static bool says_tie(struct planner *p, const struct tying *tying, struct guardian_id guardian,
                     size_t pupil)
{
    struct match_range range = match_find(&tying->said_by_id, id_bytes(&guardian.v));
    for (size_t i = range.first; i < range.first + range.count; i++) {
        const struct roster_guardian *said =
            &p->roster->guardians[tying->said_by_id.places[i].position];
        for (size_t j = 0; j < said->pupil_count; j++)
            if (match_one_text(&p->pupil_by_key, said->pupils[j]) == pupil)
                return true;
    }
    return false;
}

static void judge_tie(struct planner *p, const struct known_guardians *known,
                      const struct tying *tying, const struct guardian_bond *bond,
                      struct plan_tie *ties)
{
    size_t at = match_one(&tying->guardian_by_id, id_bytes(&bond->guardian.v));
    size_t pupil = match_one(&tying->pupil_by_id, id_bytes(&bond->pupil.v));
    if (at == MATCH_NONE || pupil == MATCH_NONE || known->list[at].source.len == 0)
        return;
    p->plan->ties_here++;
    if (says_tie(p, tying, bond->guardian, pupil))
        return;
    const struct person *guardian = &known->list[at].person;
    const struct person *child = &p->plan->pupils[pupil].person;
    if (bond->information == INFORMATION_NONE) {
        /* Somebody wrote down why this parent hears nothing: a file does not take that away. */
        planner_suspect(p, (struct plan_suspect){.doubt = PLAN_TIE_DECIDED,
                                                 .kind = PLAN_GUARDIAN,
                                                 .name = person_full(p->work->arena, guardian),
                                                 .was = person_full(p->work->arena, child)});
        return;
    }
    ties[p->plan->tie_count++] = (struct plan_tie){.guardian = bond->guardian,
                                                   .pupil = bond->pupil,
                                                   .guardian_person = guardian,
                                                   .pupil_person = child};
}

static enum status plan_ties(struct planner *p, const struct known_guardians *known)
{
    struct tying tying;
    bool speaks = (p->roster->covers & ROSTER_COVERS_GUARDIANS) && !p->plan->ahead;
    for (size_t i = 0; speaks && i < p->roster->guardian_count; i++)
        speaks = !p->roster->guardians[i].id.unstable; /* else nobody can be told from the rest */
    if (!speaks)
        return OK;
    enum status st = fill_tying(p, known, &tying);
    struct plan_tie *ties = ARENA_ARRAY(p->work->arena, struct plan_tie, known->bond_count);
    if (st == OK && !ties)
        st = ERR_NOMEM;
    if (st != OK)
        return st;
    p->plan->ties = ties;
    for (size_t i = 0; i < known->bond_count; i++)
        judge_tie(p, known, &tying, &known->bonds[i], ties);
    return OK;
}

enum status plan_guardians(struct planner *p)
{
    struct known_guardians known = {0};
    enum status st = guardian_everybody(p->work, &known.list, &known.count);
    if (st == OK)
        st = guardian_bonds(p->work, &known.bonds, &known.bond_count);
    if (st == OK)
        st = match_new(p->work->arena, known.count, &known.by_index);
    if (st != OK)
        return st;
    for (size_t i = 0; i < known.count; i++)
        match_add(&known.by_index, known.list[i].source, i);
    match_sort(&known.by_index);
    size_t count = p->roster->guardian_count;
    p->plan->guardians = ARENA_ARRAY(p->work->arena, struct plan_guardian, count);
    if (!p->plan->guardians)
        return ERR_NOMEM;
    p->plan->guardian_count = count;
    for (size_t i = 0; st == OK && i < count; i++)
        st = plan_guardian(p, &known, &p->roster->guardians[i], &p->plan->guardians[i]);
    return st == OK ? plan_ties(p, &known) : st;
}
