#include "roster/apply.h"

#include "access/access.h"
#include "access/audit.h"
#include "access/work.h"
#include "base/arena.h"
#include "guardian/guardian.h"
#include "i18n/tr.h"
#include "person/dossier.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "staff/staff.h"

struct applying {
    struct work *work;
    struct plan *plan;
    const struct apply_choices *choices;
    struct date from_on; /* when somebody comes into a group */
};

enum apply_refusal apply_refusal(const struct plan *plan, const struct apply_choices *choices)
{
    if (plan->other_school && !choices->confirm_school)
        return APPLY_OTHER_SCHOOL;
    return plan->many_leave && !choices->confirm_leaving ? APPLY_MANY_LEAVE : APPLY_FINE;
}

const char *apply_refusal_text(enum apply_refusal refusal)
{
    switch (refusal) {
    case APPLY_MANY_LEAVE:
        return N_("More than a quarter of the pupils or staff would leave. Confirm that first.");
    case APPLY_OTHER_SCHOOL:
        return N_("The file is of a school with another BRIN. Confirm that first.");
    case APPLY_FINE:
        break;
    }
    return "";
}

/* Today within the school year, else its nearest day. */
static struct date day_in_year(const struct work *work, int starts_in)
{
    struct date first = {(int16_t)starts_in, 8, 1};
    struct date last = {(int16_t)(starts_in + 1), 7, 31};
    if (date_compare(work->today, first) < 0)
        return first;
    return date_compare(work->today, last) > 0 ? last : work->today;
}

static enum status apply_locations(struct applying *a)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < a->plan->location_count; i++) {
        struct plan_location *location = &a->plan->locations[i];
        if (location->take)
            st = location_take(a->work, location->source_key, location->name, &location->id);
    }
    return st;
}

static struct location_id location_of(const struct applying *a, size_t position)
{
    return position ? a->plan->locations[position - 1].id : (struct location_id){0};
}

static enum status apply_group(struct applying *a, struct plan_group *group)
{
    struct group_draft draft = {.year = a->plan->year,
                                .kind = group->kind,
                                .years = group->years,
                                .name = group->name,
                                .source_key = group->source_key,
                                .location = location_of(a, group->location)};
    if (group->state == PLAN_NEW)
        return group_add(a->work, &draft, &group->id);
    enum status st = OK;
    if (group->state == PLAN_CHANGED)
        st = group_change(a->work, group->id, group->name, group->years, group->age_band);
    if (st == OK && group->take_source)
        st = group_set_source(a->work, group->id, group->source_key);
    return st;
}

static enum status join_wanted(struct applying *a, const struct plan_pupil *pupil)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < pupil->want_count; i++)
        st = group_join(a->work, a->plan->groups[pupil->wants[i]].id, pupil->id, a->from_on);
    return st;
}

static enum status move(struct applying *a, const struct plan_pupil *pupil)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < pupil->move_count; i++) {
        struct group_id group = a->plan->groups[pupil->moves[i].group].id;
        st = pupil->moves[i].leaves ? group_leave(a->work, group, pupil->id, a->from_on)
                                    : group_join(a->work, group, pupil->id, a->from_on);
    }
    return st;
}

static enum status add_pupil(struct applying *a, struct plan_pupil *pupil)
{
    struct pupil_draft draft = {.person = pupil->as_new,
                                .year_group = pupil->year_group,
                                .location = location_of(a, pupil->location),
                                .source_key = pupil->source_key}; /* no roster says since when */
    enum status st = pupil_add(a->work, &draft, &pupil->id);
    return st == OK ? join_wanted(a, pupil) : st;
}

static enum status change_pupil(struct applying *a, const struct plan_pupil *pupil)
{
    enum status st = OK;
    if (pupil->returns)
        st = pupil_return(a->work, pupil->id);
    if (st == OK && pupil->changes_profile)
        st = pupil_change(a->work, pupil->id, &pupil->person, pupil->year_group);
    if (st == OK && pupil->changes_location)
        st = pupil_set_location(a->work, pupil->id, location_of(a, pupil->location));
    return st == OK ? move(a, pupil) : st;
}

static enum status settle_held_pupil(struct applying *a, struct plan_pupil *pupil)
{
    switch (a->choices->same) {
    case PLAN_ARE_SAME: {
        enum status st = OK;
        if (pupil->source_key && !pupil->only_same)
            st = pupil_set_source(a->work, pupil->id, pupil->source_key);
        return st == OK ? change_pupil(a, pupil) : st;
    }
    case PLAN_ARE_NEW:
        return pupil->only_same ? OK : add_pupil(a, pupil);
    case PLAN_DECIDE_LATER:
        break;
    }
    return OK;
}

static enum status apply_pupil(struct applying *a, struct plan_pupil *pupil)
{
    switch (pupil->state) {
    case PLAN_NEW:
        return add_pupil(a, pupil);
    case PLAN_SAME:
        return move(a, pupil);
    case PLAN_CHANGED:
        return change_pupil(a, pupil);
    case PLAN_LEFT:
        return pupil_leave(a->work, pupil->id, pupil->left_on);
    case PLAN_HELD:
        return settle_held_pupil(a, pupil);
    case PLAN_SKIPPED:
        break;
    }
    return OK;
}

static enum status suggest(struct applying *a, struct staff_id staff,
                           const struct plan_suggestion *suggestions, size_t count)
{
    enum status st = OK;
    for (size_t i = 0; st == OK && i < count; i++)
        st = staff_suggest(a->work, staff, a->plan->groups[suggestions[i].group].id,
                           suggestions[i].said);
    return st;
}

static enum status add_staff(struct applying *a, struct plan_staff *staff,
                             const struct person *person)
{
    struct staff_draft draft = {.person = *person, .source_key = staff->source_key};
    enum status st = staff_add(a->work, &draft, &staff->id);
    return st == OK ? suggest(a, staff->id, staff->all, staff->all_count) : st;
}

static enum status change_staff(struct applying *a, const struct plan_staff *staff)
{
    enum status st = OK;
    if (staff->returns)
        st = staff_return(a->work, staff->id);
    if (st == OK && staff->changes_profile)
        st = staff_change(a->work, staff->id, &staff->person);
    return st == OK ? suggest(a, staff->id, staff->suggestions, staff->suggestion_count) : st;
}

static enum status apply_staff(struct applying *a, struct plan_staff *staff)
{
    enum status st = OK;
    switch (staff->state) {
    case PLAN_NEW:
        return add_staff(a, staff, &staff->person);
    case PLAN_CHANGED:
        return change_staff(a, staff);
    case PLAN_LEFT:
        return staff_leave(a->work, staff->id, a->work->today);
    case PLAN_HELD:
        if (a->choices->same == PLAN_ARE_NEW)
            return add_staff(a, staff, &staff->as_new);
        if (a->choices->same == PLAN_ARE_SAME) {
            st = staff_set_source(a->work, staff->id, staff->source_key);
            return st == OK ? change_staff(a, staff) : st;
        }
        break;
    case PLAN_SAME:
    case PLAN_SKIPPED:
        break;
    }
    return st;
}

/*
 * A roster says that somebody is a parent, not what authority they have: closed until a person
 * says so (no authority, information on request).
 */
static enum status apply_guardian(struct applying *a, struct plan_guardian *guardian)
{
    struct guardian_draft draft = {.person = guardian->person,
                                   .source_key = guardian->source_key,
                                   .has_authority = false,
                                   .information = INFORMATION_ON_REQUEST,
                                   .reason = ""};
    enum status st = OK;
    if (guardian->state == PLAN_CHANGED)
        st = guardian_rename(a->work, guardian->id, &guardian->person);
    for (size_t i = 0; st == OK && guardian->state != PLAN_SKIPPED && i < guardian->pupil_count;
         i++) {
        const struct plan_pupil *pupil = &a->plan->pupils[guardian->pupils[i]];
        bool undecided = pupil->state == PLAN_HELD && a->choices->same == PLAN_DECIDE_LATER;
        if (!pupil->id.v || undecided)
            continue;
        st = guardian->id.v ? guardian_tie(a->work, pupil->id, guardian->id, &draft)
                            : guardian_add(a->work, pupil->id, &draft, &guardian->id);
    }
    return st;
}

/* Everything in its order: groups before who is in them, pupils before their guardians. */
static enum status apply_all(struct applying *a)
{
    struct plan *plan = a->plan;
    struct arena *arena = a->work->arena;
    struct arena_mark mark = arena_mark(arena);
    enum status st = apply_locations(a);
    for (size_t i = 0; st == OK && i < plan->group_count; i++)
        st = apply_group(a, &plan->groups[i]);
    for (size_t i = 0; st == OK && i < plan->pupil_count; i++) {
        st = apply_pupil(a, &plan->pupils[i]);
        arena_rewind(arena, mark);
    }
    for (size_t i = 0; st == OK && i < plan->staff_count; i++) {
        st = apply_staff(a, &plan->staff[i]);
        arena_rewind(arena, mark);
    }
    for (size_t i = 0; st == OK && i < plan->guardian_count; i++) {
        st = apply_guardian(a, &plan->guardians[i]);
        arena_rewind(arena, mark);
    }
    for (size_t i = 0; st == OK && i < plan->tie_count; i++)
        st = guardian_untie(a->work, plan->ties[i].pupil, plan->ties[i].guardian);
    return st;
}

/* How many will be made at most: their keys' places are taken at once. */
static size_t count_new(const struct plan *plan, const struct apply_choices *choices)
{
    bool held_too = choices->same == PLAN_ARE_NEW;
    size_t count = 0;
    for (size_t i = 0; i < plan->pupil_count; i++)
        count += plan->pupils[i].state == PLAN_NEW ||
                 (held_too && plan->pupils[i].state == PLAN_HELD && !plan->pupils[i].only_same);
    for (size_t i = 0; i < plan->staff_count; i++)
        count +=
            plan->staff[i].state == PLAN_NEW || (held_too && plan->staff[i].state == PLAN_HELD);
    return count;
}

enum status apply_plan(struct work *work, struct plan *plan, const struct apply_choices *choices)
{
    enum status st = OK;
    if (work->actor->kind != ACTOR_PROGRAM)
        st = access_check(work, RIGHT_STRUCTURE, (struct target){{0}, {0}});
    if (st == OK && apply_refusal(plan, choices) != APPLY_FINE)
        st = ERR_FORBIDDEN;
    bool decides = plan->held && choices->same != PLAN_DECIDE_LATER;
    if (st != OK || (!plan_changes(plan) && !decides))
        return st;
    struct applying a = {.work = work,
                         .plan = plan,
                         .choices = choices,
                         .from_on = day_in_year(work, plan->school_year)};
    struct audit_batch batch;
    st = audit_batch_begin(work, &batch);
    if (st != OK)
        return st;
    if (!plan->year.v)
        st = school_year_make(work, plan->school_year, &plan->year);
    if (st == OK)
        st = dossier_reserve(work, count_new(plan, choices));
    if (st == OK)
        st = apply_all(&a);
    dossier_unreserve(work);
    if (st == OK)
        st = audit_change(work, AUDIT_ROSTER_APPLIED, 0, plan->year.v);
    return audit_batch_end(work, st);
}
