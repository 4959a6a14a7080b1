#include "roster/people.h"

#include <assert.h>
#include <strings.h>

#include "base/str.h"
#include "roster/names.h"

/* What a person is to us; a bit set, because a teacher can be a parent as well. */
enum part { PART_NONE = 0, PART_PUPIL = 1, PART_STAFF = 2, PART_GUARDIAN = 4 };

struct role_row {
    struct roster_id id; /* key: the user's */
    unsigned parts;
    const char *role;
    const char *org;
    const char *grade;
    struct date end;
};

struct course_row {
    struct roster_id id;
    const char *title;
};

struct agent_row {
    const char *pupil;
    const char *guardian;
    const char *role;
    struct roster_at at;
};

enum row_state { ROW_ACTIVE, ROW_DELETED, ROW_SKIPPED };

void people_start_file(struct people *p, bool delta)
{
    p->delta_file = delta;
    p->status_warned = false;
}

void people_index(struct people *p)
{
    struct roster_build *b = p->build;
    key_index_make(b->arena, &p->roles, sizeof(struct role_row), &p->by_role);
    key_index_make(b->arena, &p->courses, sizeof(struct course_row), &p->by_course);
    key_index_make(b->arena, &b->groups, sizeof(struct roster_group), &p->by_group);
    key_index_make(b->arena, &b->pupils, sizeof(struct pupil_draft), &p->by_pupil);
    key_index_make(b->arena, &b->staff, sizeof(struct staff_draft), &p->by_staff);
    key_index_make(b->arena, &b->guardians, sizeof(struct guardian_draft), &p->by_guardian);
}

static enum row_state row_state(struct people *p, const struct table *t)
{
    static const char *const values[] = {"active", "tobedeleted"};
    const char *status = table_cell(t, COLUMN_STATUS);
    if (!*status && !p->delta_file)
        return ROW_ACTIVE;
    size_t choice = table_choice(t, COLUMN_STATUS, values, ARRAY_LEN(values));
    if (choice == ARRAY_LEN(values))
        return ROW_SKIPPED;
    if (p->delta_file)
        return choice == 0 ? ROW_ACTIVE : ROW_DELETED;
    if (!p->status_warned)
        build_problem(p->build, ROSTER_BULK_STATUS, table_at(t, COLUMN_STATUS), NULL);
    p->status_warned = true;
    return choice == 0 ? ROW_ACTIVE : ROW_SKIPPED;
}

static const char *key_of(const struct people *p, const struct table *t, enum column column)
{
    return build_key(p->build, table_cell(t, column));
}

static const char *text_of(const struct people *p, const struct table *t, enum column column)
{
    return build_text(p->build, table_cell(t, column), table_at(t, column));
}

static struct date date_of_cell(const struct people *p, const struct table *t, enum column column)
{
    return build_date(p->build, table_cell(t, column), table_at(t, column));
}

/* The first of a list such as "09,10". */
static const char *first_of(const struct people *p, const struct table *t, enum column column)
{
    const char *text = table_cell(t, column);
    return build_key(p->build, arena_strndup(p->build->arena, text, strcspn(text, ",")));
}

/*
 * From which day the file is looked at: today, but the file of a past school year from its first
 * day, or all whose roles ended with that year would seem to have left.
 */
static struct date reference_day(const struct people *p)
{
    struct date today = p->build->options->today;
    int starts = p->build->set.school_year;
    if (date_is_set(today) && starts && date_school_year(today) > starts)
        return (struct date){(int16_t)starts, 8, 1};
    return today;
}

/* Ended before the day from which the file is looked at; counted, and told once. */
static bool has_ended(struct people *p, struct date end)
{
    struct date day = reference_day(p);
    bool ended = date_is_set(end) && date_is_set(day) && date_compare(end, day) < 0;
    p->ended += ended;
    return ended;
}

/* Grades mean what the school says they mean; Dutch files have no convention. */
static enum roster_year year_of_grade(struct people *p, const char *grade)
{
    const struct roster_options *options = p->build->options;
    for (size_t i = 0; i < options->grade_count; i++)
        if (str_equal(options->grades[i].text, grade))
            return options->grades[i].year;
    p->build->unmapped_grades += *grade != '\0';
    return ROSTER_YEAR_UNKNOWN;
}

void people_org(struct people *p, const struct table *t)
{
    static const char *const types[] = {"school", "department", "district",
                                        "local",  "state",      "national"};
    enum row_state state = row_state(p, t);
    size_t type = 0;
    if (!p->sds)
        type = table_choice(t, COLUMN_TYPE, types, ARRAY_LEN(types));
    if (state == ROW_SKIPPED || type > 1)
        return; /* boards and regions are no place where a pupil sits */
    struct roster_location *location = build_location(p->build, t->csv.line);
    if (!location)
        return;
    location->id.key = key_of(p, t, COLUMN_KEY);
    location->id.deleted = state == ROW_DELETED;
    location->name = text_of(p, t, COLUMN_NAME);
    const char *identifier = key_of(p, t, COLUMN_IDENTIFIER);
    if (is_brin(identifier))
        location->brin = identifier;
    bool school = p->sds ? str_equal(key_of(p, t, COLUMN_TYPE), "school") : type == 0;
    if (!school)
        return;
    p->schools++;
    p->brin = location->brin;
}

/* The last one that has begun wins; of those that all lie ahead the first. */
void people_session(struct people *p, const struct table *t)
{
    struct roster_build *b = p->build;
    enum row_state state = row_state(p, t);
    struct date start = date_of_cell(p, t, COLUMN_START);
    if (state != ROW_ACTIVE || !date_is_set(start))
        return;
    struct date today = b->options->today;
    bool ahead = date_is_set(today) && date_compare(start, today) > 0;
    bool later = date_compare(start, p->best_year_start) > 0;
    bool better = p->best_year_ahead ? !ahead || !later : !ahead && later;
    if (date_is_set(p->best_year_start) && !better)
        return;
    p->best_year_ahead = ahead;
    /* Not from schoolYear: suppliers disagree whether that is the year of start or end. */
    p->best_year_start = start;
    b->set.school_year = date_school_year(start);
}

void people_course(struct people *p, const struct table *t)
{
    if (row_state(p, t) != ROW_ACTIVE)
        return;
    struct course_row *course = LIST_ADD(p->build->arena, &p->courses, struct course_row);
    if (!course)
        return;
    course->id.key = key_of(p, t, COLUMN_KEY);
    course->title = text_of(p, t, COLUMN_NAME);
}

static enum roster_group_kind class_kind(const struct people *p, const struct table *t)
{
    static const char *const types[] = {"homeroom", "scheduled"};
    if (p->sds)
        return ROSTER_GROUP_OTHER;
    return table_choice(t, COLUMN_TYPE, types, ARRAY_LEN(types)) == 0 ? ROSTER_GROUP_HOME
                                                                      : ROSTER_GROUP_OTHER;
}

void people_class(struct people *p, const struct table *t)
{
    enum row_state state = row_state(p, t);
    if (state == ROW_SKIPPED)
        return;
    struct roster_group *group = build_group(p->build, t->csv.line);
    if (!group)
        return;
    group->id.key = key_of(p, t, COLUMN_KEY);
    group->id.deleted = state == ROW_DELETED;
    if (state == ROW_DELETED)
        return;
    group->name = text_of(p, t, COLUMN_NAME);
    group->kind = class_kind(p, t);
    group->location = key_of(p, t, COLUMN_ORG);
    group->year_text = first_of(p, t, COLUMN_GRADES);
    group->year = build_year(p->build, year_of_grade(p, group->year_text));
    size_t course = key_index_find(&p->by_course, key_of(p, t, COLUMN_COURSE));
    if (course != SIZE_MAX)
        group->subject = ((const struct course_row *)p->courses.items)[course].title;
    if (!*group->name) {
        build_problem(p->build, ROSTER_GROUP_NAME_MISSING, table_at(t, COLUMN_NAME), NULL);
        group->name = group->id.key;
    }
}

/* The pupil first, then the three kinds of guardians, then everybody who works there. */
static const char *const role_names[] = {
    "student",
    "parent",
    "guardian",
    "relative",
    "administrator",
    "aide",
    "counselor",
    "proctor",
    "districtAdministrator",
    "principal",
    "siteAdministrator",
    "systemAdministrator",
    "teacher",
};

static enum part part_of_role(size_t i)
{
    if (i == 0)
        return PART_PUPIL;
    return i <= 3 ? PART_GUARDIAN : PART_STAFF;
}

/* The role in the cell. PART_NONE when it is not to be used; then a problem was recorded if need
 * be. */
static enum part read_role(const struct people *p, const struct table *t, const char **ret_role)
{
    const char *role = key_of(p, t, COLUMN_ROLE);
    *ret_role = role;
    for (size_t i = 0; i < ARRAY_LEN(role_names); i++)
        if (p->sds ? strcasecmp(role, role_names[i]) == 0 : str_equal(role, role_names[i])) {
            *ret_role = role_names[i];
            return part_of_role(i);
        }
    if (p->sds)
        return *role ? PART_STAFF : PART_NONE;
    if (!str_starts(role, "ext:"))
        (void)table_choice(t, COLUMN_ROLE, role_names, ARRAY_LEN(role_names));
    return PART_NONE;
}

static struct role_row *add_role(struct people *p, const char *user, enum part part,
                                 const char *role)
{
    if (p->roles.count >= ROSTER_MEMBERSHIPS_MAX) {
        p->build->full = true;
        build_problem(p->build, ROSTER_TOO_MANY, (struct roster_at){"roles.csv", 0, 0, ""},
                      build_number(p->build, ROSTER_MEMBERSHIPS_MAX));
        return NULL;
    }
    struct role_row *row = LIST_ADD(p->build->arena, &p->roles, struct role_row);
    if (row)
        *row = (struct role_row){
            .id = {.key = user}, .parts = part, .role = role, .org = "", .grade = ""};
    return row;
}

void people_role(struct people *p, const struct table *t)
{
    const char *role = "";
    if (row_state(p, t) != ROW_ACTIVE)
        return;
    enum part part = read_role(p, t, &role);
    if (part == PART_NONE)
        return;
    struct role_row *row = add_role(p, key_of(p, t, COLUMN_USER), part, role);
    if (!row)
        return;
    row->org = key_of(p, t, COLUMN_ORG);
    row->grade = first_of(p, t, COLUMN_GRADES);
    row->end = date_of_cell(p, t, COLUMN_END);
}

static void add_agent(struct people *p, struct agent_row agent)
{
    struct agent_row *row = LIST_ADD(p->build->arena, &p->agents, struct agent_row);
    if (row)
        *row = agent;
}

void people_relation(struct people *p, const struct table *t)
{
    const char *guardian = key_of(p, t, COLUMN_RELATED);
    const char *role = key_of(p, t, COLUMN_ROLE);
    (void)add_role(p, guardian, PART_GUARDIAN, role);
    if (p->build->options->guardians)
        add_agent(p, (struct agent_row){.pupil = key_of(p, t, COLUMN_USER),
                                        .guardian = guardian,
                                        .role = role,
                                        .at = table_at(t, COLUMN_RELATED)});
}

/* All that the roles say about one user, in one row: of a pupil the role that lasts longest. */
static struct role_row roles_of(const struct people *p, const char *user)
{
    struct role_row all = {.role = "", .org = "", .grade = ""};
    const struct role_row *rows = p->roles.items;
    for (size_t i = key_index_place(&p->by_role, user);
         i < p->by_role.count && str_equal(p->by_role.places[i].key, user); i++) {
        const struct role_row *row = &rows[p->by_role.places[i].position];
        bool first = !(all.parts & row->parts);
        all.parts |= row->parts;
        if (!first && !date_is_set(all.end))
            continue;
        if (first && !*all.role)
            all.role = row->role;
        bool lasts = !date_is_set(row->end) || first || date_compare(row->end, all.end) > 0;
        if ((row->parts & PART_PUPIL) && lasts) {
            all.end = row->end;
            all.org = row->org;
            all.grade = row->grade;
        }
    }
    return all;
}

static void read_name(struct people *p, const struct table *t, struct roster_name *name)
{
    name->call_name = text_of(p, t, COLUMN_CALL_NAME);
    name->given_names = text_of(p, t, COLUMN_GIVEN_NAME);
    const char *preferred = text_of(p, t, COLUMN_PREFERRED_FAMILY_NAME);
    name->family_name = *preferred ? preferred : text_of(p, t, COLUMN_FAMILY_NAME);
    /* The formats have no place for "van der"; some put it in the middle, most before the name. */
    const char *middle = build_key(p->build, table_cell(t, COLUMN_MIDDLE_NAME));
    if (name_is_prefix(middle))
        name->prefix = middle;
    name_split_prefix(p->build->arena, name);
    build_name(p->build, name, table_at(t, COLUMN_FAMILY_NAME));
}

static void read_agents(struct people *p, const struct table *t, const char *pupil)
{
    if (!p->build->options->guardians)
        return;
    char *rest = arena_strdup(p->build->arena, table_cell(t, COLUMN_AGENTS));
    for (char *one; !arena_failed(p->build->arena) && (one = str_split(&rest, ',')) != NULL;) {
        const char *key = build_key(p->build, one);
        if (*key)
            add_agent(p, (struct agent_row){.pupil = pupil,
                                            .guardian = key,
                                            .role = "",
                                            .at = table_at(t, COLUMN_AGENTS)});
    }
}

static void read_pupil(struct people *p, const struct table *t, struct roster_id id,
                       const struct role_row *role)
{
    struct pupil_draft *draft = build_pupil(p->build, id.line);
    if (!draft)
        return;
    struct roster_pupil *pupil = &draft->pupil;
    pupil->id = id;
    if (id.deleted)
        return;
    read_name(p, t, &pupil->name);
    pupil->location = p->roles_apart ? role->org : first_of(p, t, COLUMN_ORG);
    const char *grade = first_of(p, t, COLUMN_GRADES);
    pupil->year_text = *grade ? grade : role->grade;
    pupil->year = build_year(p->build, year_of_grade(p, pupil->year_text));
    /* A role that ends later says when the school year ends, not that the pupil leaves. */
    struct date day = reference_day(p);
    if (date_is_set(day) && date_is_set(role->end) && date_compare(role->end, day) < 0)
        pupil->left_on = role->end;
    read_agents(p, t, id.key);
}

static void read_staff(struct people *p, const struct table *t, struct roster_id id,
                       const struct role_row *role)
{
    struct staff_draft *draft = build_staff(p->build, id.line);
    if (!draft)
        return;
    draft->staff.id = id;
    if (id.deleted)
        return;
    read_name(p, t, &draft->staff.name);
    draft->staff.email = str_lower_ascii(p->build->arena, text_of(p, t, COLUMN_EMAIL));
    draft->staff.role = role->role;
}

static void read_guardian(struct people *p, const struct table *t, struct roster_id id,
                          const struct role_row *role)
{
    struct guardian_draft *draft = build_guardian(p->build, id.line);
    if (!draft)
        return;
    draft->guardian.id = id;
    if (id.deleted)
        return;
    read_name(p, t, &draft->guardian.name);
    draft->guardian.email = str_lower_ascii(p->build->arena, text_of(p, t, COLUMN_EMAIL));
    draft->guardian.role = role->role;
}

/* A user of whom the file does not tell what he or she is. */
static void read_unknown(struct people *p, const struct table *t, struct roster_id id)
{
    if (!id.deleted) {
        build_problem(p->build, ROSTER_ROLE_MISSING, table_at(t, COLUMN_KEY), NULL);
        return;
    }
    struct roster_id *removed = LIST_ADD(p->build->arena, &p->build->removed, struct roster_id);
    if (removed)
        *removed = id;
}

void people_user(struct people *p, const struct table *t)
{
    enum row_state state = row_state(p, t);
    if (state == ROW_SKIPPED)
        return;
    struct roster_id id = {
        .key = key_of(p, t, COLUMN_KEY), .line = t->csv.line, .deleted = state == ROW_DELETED};
    struct role_row role = {.role = "", .org = "", .grade = ""};
    if (p->roles_apart) {
        role = roles_of(p, id.key);
    } else {
        size_t errors = p->build->set.error_count;
        role.parts = read_role(p, t, &role.role);
        if (p->build->set.error_count > errors)
            return;
    }
    if (role.parts == PART_NONE)
        read_unknown(p, t, id);
    else if (role.parts & PART_PUPIL)
        read_pupil(p, t, id, &role);
    else if (role.parts & PART_STAFF)
        read_staff(p, t, id, &role);
    if ((role.parts & PART_GUARDIAN) && p->build->options->guardians)
        read_guardian(p, t, id, &role);
}

static bool is_true(const char *text)
{
    return strcasecmp(text, "true") == 0;
}

static void change_membership(struct people *p, const struct table *t, struct roster_membership m)
{
    struct roster_build *b = p->build;
    if (b->memberships.count >= ROSTER_MEMBERSHIPS_MAX) {
        b->full = true;
        build_problem(b, ROSTER_TOO_MANY, table_at(t, COLUMN_KEY),
                      build_number(b, ROSTER_MEMBERSHIPS_MAX));
        return;
    }
    struct roster_membership *change =
        LIST_ADD(b->arena, &b->memberships, struct roster_membership);
    if (change)
        *change = m;
}

static void add_to_pupil(struct people *p, const struct table *t, struct pupil_draft *draft,
                         const struct roster_group *group)
{
    struct roster_pupil *pupil = &draft->pupil;
    if (group->kind == ROSTER_GROUP_HOME) {
        if (!*pupil->home_group) {
            pupil->home_group = group->id.key;
            return;
        }
        if (str_equal(pupil->home_group, group->id.key))
            return;
        build_problem(p->build, ROSTER_HOME_TWICE, table_at(t, COLUMN_CLASS), NULL);
    }
    const char **place = LIST_ADD(p->build->arena, &draft->other_groups, const char *);
    if (place)
        *place = group->id.key;
}

static void add_to_staff(struct people *p, struct staff_draft *draft,
                         const struct roster_membership *m, const char *group)
{
    struct roster_staff_group *link =
        LIST_ADD(p->build->arena, &draft->groups, struct roster_staff_group);
    if (link)
        *link = (struct roster_staff_group){.group = group, .role = m->role, .primary = m->primary};
}

/* In a full set both ends are there by now. */
static void join(struct people *p, const struct table *t, const struct roster_membership *m)
{
    struct roster_build *b = p->build;
    size_t g = key_index_find(&p->by_group, m->group);
    if (g == SIZE_MAX) {
        build_problem(b, ROSTER_GROUP_DANGLING, table_at(t, COLUMN_CLASS), NULL);
        return;
    }
    const struct roster_group *group = (const struct roster_group *)b->groups.items + g;
    size_t pupil = key_index_find(&p->by_pupil, m->person);
    size_t staff = key_index_find(&p->by_staff, m->person);
    if (pupil == SIZE_MAX && staff == SIZE_MAX)
        build_problem(b, ROSTER_PERSON_DANGLING, table_at(t, COLUMN_USER), NULL);
    else if (m->is_pupil != (pupil != SIZE_MAX))
        build_problem(b, ROSTER_ROLE_CLASH, table_at(t, COLUMN_ROLE), NULL);
    else if (m->is_pupil)
        add_to_pupil(p, t, (struct pupil_draft *)b->pupils.items + pupil, group);
    else
        add_to_staff(p, (struct staff_draft *)b->staff.items + staff, m, group->id.key);
}

void people_enrolment(struct people *p, const struct table *t)
{
    struct roster_build *b = p->build;
    enum row_state state = row_state(p, t);
    const char *role = "";
    enum part part = read_role(p, t, &role);
    struct date end = date_of_cell(p, t, COLUMN_END);
    if (state == ROW_SKIPPED || !(part & (PART_PUPIL | PART_STAFF)) ||
        (state == ROW_ACTIVE && has_ended(p, end)))
        return;
    struct roster_membership m = {
        .id = {.key = b->set.delta ? key_of(p, t, COLUMN_KEY) : "",
               .line = t->csv.line,
               .deleted = state == ROW_DELETED},
        .person = key_of(p, t, COLUMN_USER),
        .group = key_of(p, t, COLUMN_CLASS),
        .role = role,
        .is_pupil = part == PART_PUPIL,
        .primary = is_true(key_of(p, t, COLUMN_PRIMARY)),
    };
    if (b->set.delta)
        change_membership(p, t, m);
    else
        join(p, t, &m);
}

void people_demographic(struct people *p, const struct table *t)
{
    enum row_state state = row_state(p, t);
    /* Only of pupils: a teacher's birth date is nobody's business here. */
    size_t pupil = key_index_find(&p->by_pupil, key_of(p, t, COLUMN_KEY));
    if (state != ROW_ACTIVE || pupil == SIZE_MAX)
        return;
    struct pupil_draft *draft = (struct pupil_draft *)p->build->pupils.items + pupil;
    draft->pupil.born = date_of_cell(p, t, COLUMN_BORN);
}

static void join_guardians(struct people *p)
{
    struct guardian_draft *guardians = p->build->guardians.items;
    const struct agent_row *agents = p->agents.items;
    for (size_t i = 0; i < p->agents.count; i++) {
        size_t found = key_index_find(&p->by_guardian, agents[i].guardian);
        if (found == SIZE_MAX) {
            if (!p->build->set.delta)
                build_problem(p->build, ROSTER_PERSON_DANGLING, agents[i].at, NULL);
            continue;
        }
        const char **place = LIST_ADD(p->build->arena, &guardians[found].pupils, const char *);
        if (place)
            *place = agents[i].pupil;
    }
}

void people_finish(struct people *p)
{
    struct roster_build *b = p->build;
    join_guardians(p);
    if (p->schools == 1)
        b->set.brin = p->brin;
    if (p->schools > 1)
        build_problem(b, ROSTER_SCHOOLS_MANY, (struct roster_at){"orgs.csv", 0, 0, ""},
                      build_number(b, p->schools));
    if (p->ended)
        build_problem(b, ROSTER_ENDED, (struct roster_at){"enrollments.csv", 0, 0, ""},
                      build_number(b, p->ended));
    if (!b->set.delta && b->pupils.count == 0 && b->set.error_count == 0)
        build_problem(b, ROSTER_NO_PUPILS, (struct roster_at){"users.csv", 0, 0, ""}, NULL);
    b->set.covers = ROSTER_COVERS_GROUPS | ROSTER_COVERS_PUPILS | ROSTER_COVERS_STAFF |
                    (b->guardians.count ? ROSTER_COVERS_GUARDIANS : 0u);
}
