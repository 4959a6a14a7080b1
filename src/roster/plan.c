#include "roster/plan.h"

#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "i18n/tr.h"
#include "roster/plan_inside.h"
#include "school/school.h"
#include "vault/vault.h"

#define DIGEST_MAX ((size_t)256 * 1024 * 1024)

static const char *const doubts[PLAN_DOUBTS] = {
    [PLAN_OTHER_SCHOOL] = N_("The BRIN in the file is not the one of this school."),
    [PLAN_PAST_YEAR] = N_("The file is about a school year before the active one."),
    [PLAN_MANY_LEAVE] =
        N_("More than a quarter would leave. Often that is a file with only a part of the school."),
    [PLAN_SAME_PERSON] =
        N_("Probably the same person as somebody at school, but with another key."),
    [PLAN_SEVERAL_PERSONS] =
        N_("Several people at school have this name and birth date: nothing is done."),
    [PLAN_KEY_REUSED] = N_("The key belongs to somebody with another name and birth date."),
    [PLAN_UNSTABLE_KEY] = N_("The key may change: found by name and birth date."),
    [PLAN_BORN_MOVED] = N_("The birth date moves by more than a year."),
    [PLAN_YEAR_BACK] = N_("The year group goes back."),
    [PLAN_TWICE_IN_FILE] = N_("This name and birth date are in the file twice."),
    [PLAN_SAME_GROUP] = N_("A group of this name is at school already: taken to be the same."),
    [PLAN_NAME_CUT] = N_("The name is too long: the end is left out."),
    [PLAN_ADMINISTRATOR] = N_("Not in the file, but an administrator: stays."),
    [PLAN_NOT_NEXT_YEAR] =
        N_("Not in the file of the coming school year: stays until that year begins."),
    [PLAN_TIE_DECIDED] = N_(
        "Is no parent of this pupil in the file, but is told nothing for a reason written down here: stays."),
};

const char *plan_doubt_text(enum plan_doubt doubt)
{
    return (unsigned)doubt < PLAN_DOUBTS ? doubts[doubt] : "";
}

static const char *system_name(enum roster_format format)
{
    switch (format) {
    case ROSTER_EDEXML:
        return "edexml";
    case ROSTER_ONEROSTER_1_1:
    case ROSTER_ONEROSTER_1_2:
        return "oneroster";
    case ROSTER_SDS_2_1:
        return "sds";
    case ROSTER_CSV:
    case ROSTER_UNKNOWN:
        break;
    }
    return "csv";
}

const char *planner_source_key(const struct planner *p, const char *key)
{
    return arena_printf(p->work->arena, "%s|%s", p->system, key);
}

struct bytes planner_index(const struct planner *p, const char *object, const char *key)
{
    return school_source(p->work, object, planner_source_key(p, key));
}

void planner_suspect(struct planner *p, struct plan_suspect suspect)
{
    struct plan_suspect *place = LIST_ADD(p->work->arena, &p->suspects, struct plan_suspect);
    if (!place)
        return;
    *place = suspect;
    place->name = suspect.name ? suspect.name : "";
    place->was = suspect.was ? suspect.was : "";
    place->now = suspect.now ? suspect.now : "";
}

const char *planner_cut(const struct planner *p, const char *text, size_t max, bool *ret_cut)
{
    const char *end = text;
    for (size_t i = 0; i < max && *end; i++)
        (void)utf8_next(&end);
    if (!*end)
        return text;
    *ret_cut = true;
    return arena_strndup(p->work->arena, text, (size_t)(end - text));
}

struct person planner_person(const struct planner *p, const struct roster_name *name, bool *ret_cut)
{
    struct person person = person_none();
    person.call = planner_cut(p, name->call_name, PERSON_NAME_MAX, ret_cut);
    person.given = planner_cut(p, name->given_names, PERSON_NAME_MAX, ret_cut);
    person.initials = planner_cut(p, name->initials, PERSON_NAME_MAX, ret_cut);
    person.prefix = planner_cut(p, name->prefix, PERSON_NAME_MAX, ret_cut);
    person.family = planner_cut(p, name->family_name, PERSON_NAME_MAX, ret_cut);
    return person;
}

struct person planner_merge(const struct person *stored, const struct person *said)
{
    struct person person = *stored;
    if (*said->call)
        person.call = said->call;
    if (*said->given)
        person.given = said->given;
    if (*said->initials)
        person.initials = said->initials;
    if (*said->family) { /* a prefix belongs to its family name: "van Dam" becomes "Bos" */
        person.family = said->family;
        person.prefix = said->prefix;
    }
    if (*said->email)
        person.email = said->email;
    if (*said->number)
        person.number = said->number;
    if (date_is_set(said->birth))
        person.birth = said->birth;
    return person;
}

bool planner_same_person(const struct person *a, const struct person *b)
{
    return str_equal(a->call, b->call) && str_equal(a->given, b->given) &&
           str_equal(a->initials, b->initials) && str_equal(a->prefix, b->prefix) &&
           str_equal(a->family, b->family) && str_equal(a->email, b->email) &&
           str_equal(a->number, b->number) && date_compare(a->birth, b->birth) == 0;
}

struct name_keys planner_name_keys(const struct planner *p, const struct person *person)
{
    struct arena *arena = p->work->arena;
    size_t first = strcspn(person->given, " ");
    struct name_keys keys = {.by_call = person_sort_key(arena, person), .by_given = ""};
    if (first)
        keys.by_given =
            str_sort_key(arena, arena_printf(arena, "%s %s %.*s", person->family, person->prefix,
                                             (int)first, person->given));
    return keys;
}

/* Which school year, and how it lies to the active one. */
static enum status settle_year(struct planner *p)
{
    struct plan *plan = p->plan;
    struct school_year *years = NULL;
    size_t count = 0;
    enum status st = school_years(p->work, &years, &count);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        if (years[i].is_active)
            plan->active_year = years[i].starts_in;
    plan->school_year = p->options->school_year ? p->options->school_year : p->roster->school_year;
    if (!plan->school_year)
        plan->school_year = plan->active_year;
    if (!plan->school_year)
        return ERR_NOT_FOUND;
    if (!school_year_valid(plan->school_year))
        return ERR_INVALID;
    for (size_t i = 0; i < count; i++)
        if (years[i].starts_in == plan->school_year)
            plan->year = years[i].id;
    plan->newer = plan->active_year && plan->school_year > plan->active_year;
    plan->older = plan->active_year && plan->school_year < plan->active_year;
    plan->ahead = plan->newer && date_school_year(p->work->today) < plan->school_year;
    return OK;
}

/* What is suspicious about the file as a whole; on top of the list. */
static enum status judge_file(struct planner *p)
{
    struct school school;
    enum status st = school_find(p->work, &school);
    if (st != OK)
        return st;
    if (*school.brin && *p->roster->brin && strncmp(school.brin, p->roster->brin, 4) != 0) {
        p->plan->other_school = true;
        planner_suspect(p, (struct plan_suspect){.doubt = PLAN_OTHER_SCHOOL,
                                                 .was = school.brin,
                                                 .now = p->roster->brin});
    }
    if (p->plan->older)
        planner_suspect(p, (struct plan_suspect){.doubt = PLAN_PAST_YEAR});
    return OK;
}

static void judge_leaving(struct planner *p)
{
    struct plan *plan = p->plan;
    bool pupils = plan->left_pupils * LEAVING_PART > plan->pupils_here;
    bool staff = plan->left_staff * LEAVING_PART > plan->staff_here;
    bool ties = plan->tie_count * LEAVING_PART > plan->ties_here;
    plan->many_leave = pupils || staff || ties;
    if (pupils)
        planner_suspect(p, (struct plan_suspect){.doubt = PLAN_MANY_LEAVE, .kind = PLAN_PUPIL});
    if (staff)
        planner_suspect(p, (struct plan_suspect){.doubt = PLAN_MANY_LEAVE, .kind = PLAN_STAFF});
    if (ties)
        planner_suspect(p, (struct plan_suspect){.doubt = PLAN_MANY_LEAVE, .kind = PLAN_GUARDIAN});
}

/* A tie to somebody who is not held: it comes whatever is decided. */
static bool has_sure_tie(const struct plan *plan, const struct plan_guardian *guardian)
{
    for (size_t i = 0; i < guardian->pupil_count; i++)
        if (plan->pupils[guardian->pupils[i]].state != PLAN_HELD)
            return true;
    return false;
}

static void count_up(struct plan *plan)
{
    for (size_t i = 0; i < plan->group_count; i++) {
        plan->new_groups += plan->groups[i].state == PLAN_NEW;
        plan->changed += plan->groups[i].state == PLAN_CHANGED;
    }
    for (size_t i = 0; i < plan->pupil_count; i++) {
        const struct plan_pupil *pupil = &plan->pupils[i];
        plan->new_pupils += pupil->state == PLAN_NEW;
        plan->changed += pupil->state == PLAN_CHANGED;
        plan->left_pupils += pupil->state == PLAN_LEFT;
        plan->held += pupil->state == PLAN_HELD;
        plan->moved += pupil->moved && (pupil->state == PLAN_SAME || pupil->state == PLAN_CHANGED);
    }
    for (size_t i = 0; i < plan->staff_count; i++) {
        plan->new_staff += plan->staff[i].state == PLAN_NEW;
        plan->changed += plan->staff[i].state == PLAN_CHANGED;
        plan->left_staff += plan->staff[i].state == PLAN_LEFT;
        plan->held += plan->staff[i].state == PLAN_HELD;
    }
    for (size_t i = 0; i < plan->guardian_count; i++) {
        plan->new_guardians +=
            plan->guardians[i].state == PLAN_NEW && has_sure_tie(plan, &plan->guardians[i]);
        plan->changed += plan->guardians[i].state == PLAN_CHANGED;
    }
}

enum status plan_make(struct work *work, const struct roster *roster,
                      const struct plan_options *options, struct plan *ret_plan)
{
    if (!roster_applicable(roster))
        return ERR_INVALID;
    struct plan plan = {0};
    struct planner p = {.work = work,
                        .roster = roster,
                        .options = options,
                        .plan = &plan,
                        .system = system_name(roster->format)};
    enum status st = settle_year(&p);
    if (st == OK)
        st = judge_file(&p);
    if (st == OK)
        st = plan_groups(&p);
    if (st == OK)
        st = plan_pupils(&p);
    if (st == OK)
        st = plan_staff_of(&p);
    if (st == OK && options->guardians)
        st = plan_guardians(&p);
    if (st != OK)
        return st;
    count_up(&plan);
    judge_leaving(&p);
    plan.suspects = p.suspects.items;
    plan.suspect_count = p.suspects.count;
    if (arena_failed(work->arena))
        return ERR_NOMEM;
    *ret_plan = plan;
    return OK;
}

size_t plan_left(const struct plan *plan)
{
    return plan->left_pupils + plan->left_staff + plan->tie_count;
}

bool plan_changes(const struct plan *plan)
{
    bool any = plan->new_groups || plan->new_pupils || plan->new_staff || plan->new_guardians ||
               plan->changed || plan->moved || plan_left(plan);
    for (size_t i = 0; !any && i < plan->location_count; i++)
        any = plan->locations[i].take;
    for (size_t i = 0; !any && i < plan->group_count; i++)
        any = plan->groups[i].take_source;
    for (size_t i = 0; !any && i < plan->guardian_count; i++)
        any = has_sure_tie(plan, &plan->guardians[i]);
    return any;
}

static void digest_person(struct buf *buf, const struct person *person)
{
    buf_printf(buf, "%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f", person->call, person->given,
               person->initials, person->prefix, person->family, person->email, person->number,
               date_text(person->birth).s);
}

static void digest_structure(struct buf *buf, const struct plan *plan)
{
    buf_printf(buf, "%d %d %d %d %d\n", plan->school_year, plan->active_year, plan->many_leave,
               plan->other_school, plan->ahead);
    for (size_t i = 0; i < plan->location_count; i++)
        buf_printf(buf, "L%lld %d %s\x1f%s\n", (long long)plan->locations[i].id.v,
                   plan->locations[i].take, plan->locations[i].source_key, plan->locations[i].name);
    for (size_t i = 0; i < plan->group_count; i++) {
        const struct plan_group *g = &plan->groups[i];
        buf_printf(buf, "G%d %lld %d %d %u %d %zu %s\x1f%s\n", g->state, (long long)g->id.v,
                   g->take_source, g->kind, g->years, g->age_band, g->location,
                   g->source_key ? g->source_key : "", g->name);
    }
}

static void digest_pupil(struct buf *buf, const struct plan_pupil *pupil)
{
    buf_printf(buf, "P%d %lld %d%d%d%d %d %zu %s %s\x1f", pupil->state, (long long)pupil->id.v,
               pupil->changes_profile, pupil->changes_location, pupil->returns, pupil->only_same,
               pupil->year_group, pupil->location, date_text(pupil->left_on).s,
               pupil->source_key ? pupil->source_key : "");
    if (pupil->state != PLAN_SAME)
        digest_person(buf, &pupil->person);
    if (pupil->state == PLAN_HELD)
        digest_person(buf, &pupil->as_new);
    for (size_t i = 0; i < pupil->move_count; i++)
        buf_printf(buf, "%c%zu", pupil->moves[i].leaves ? '-' : '+', pupil->moves[i].group);
    for (size_t i = 0; i < pupil->want_count; i++)
        buf_printf(buf, "=%zu", pupil->wants[i]);
    buf_add_char(buf, '\n');
}

static void digest_staff(struct buf *buf, const struct plan_staff *staff)
{
    buf_printf(buf, "S%d %lld %d%d %s\x1f", staff->state, (long long)staff->id.v,
               staff->changes_profile, staff->returns, staff->source_key ? staff->source_key : "");
    if (staff->state != PLAN_SAME)
        digest_person(buf, &staff->person);
    for (size_t i = 0; i < staff->suggestion_count; i++)
        buf_printf(buf, "%zu %s\x1f", staff->suggestions[i].group,
                   staff->suggestions[i].said ? staff->suggestions[i].said : "-");
    buf_add_char(buf, '\n');
}

static void digest_guardian(struct buf *buf, const struct plan_guardian *guardian)
{
    buf_printf(buf, "V%d %lld %s\x1f", guardian->state, (long long)guardian->id.v,
               guardian->source_key);
    digest_person(buf, &guardian->person);
    for (size_t i = 0; i < guardian->pupil_count; i++)
        buf_printf(buf, "%zu ", guardian->pupils[i]);
    buf_add_char(buf, '\n');
}

enum status plan_digest(struct work *work, const struct plan *plan,
                        char ret_digest[PLAN_DIGEST_TEXT])
{
    struct buf buf;
    buf_init(&buf, DIGEST_MAX);
    digest_structure(&buf, plan);
    for (size_t i = 0; i < plan->pupil_count; i++)
        digest_pupil(&buf, &plan->pupils[i]);
    for (size_t i = 0; i < plan->staff_count; i++)
        digest_staff(&buf, &plan->staff[i]);
    for (size_t i = 0; i < plan->guardian_count; i++)
        digest_guardian(&buf, &plan->guardians[i]);
    for (size_t i = 0; i < plan->tie_count; i++)
        buf_printf(&buf, "T%lld %lld\n", (long long)plan->ties[i].guardian.v,
                   (long long)plan->ties[i].pupil.v);
    uint8_t hash[32];
    vault_blind_index(work->vault, "roster-plan", buf.data, buf.len, hash);
    bool failed = buf_failed(&buf);
    explicit_bzero(buf.data, buf.size ? buf.len : 0);
    buf_free(&buf);
    for (size_t i = 0; i < sizeof hash; i++)
        (void)snprintf(ret_digest + 2 * i, 3, "%02x", hash[i]);
    return failed ? ERR_NOMEM : OK;
}
