#include "access/access.h"

#include "base/str.h"
#include "conversation/conversation.h"
#include "group/group.h"
#include "guardian/guardian.h"
#include "observation/observation.h"
#include "person/dossier.h"
#include "pupil/pupil.h"
#include "school/school.h"
#include "staff/staff.h"
#include "vault/vault.h"
#include "web/web_fixture.h"

/* --- every right, every actor, every target ----------------------------------------------------- */

/* Actors that no page role stands for come after the page roles. */
enum who {
    WHO_WEAK_PUPIL = PAGE_ROLES, /* by pictures */
    WHO_HALF,                    /* an account before the second factor: no school */
    WHO_GUARDIAN,
    WHO_PROGRAM,
    WHO_CLASS_DEVICE, /* opened for `group` */
    WHO_IDLE, /* staff without any function this year */
    WHO_COUNT,
};

static const char *who_name(int who)
{
    static const char *const more[] = {"weak pupil", "half session", "guardian", "program", "class device",
                                       "idle"};
    return who < PAGE_ROLES ? page_role_names[who] : more[who - PAGE_ROLES];
}

static struct actor actor_of(struct page_fixture *f, int who)
{
    struct actor actor = {.kind = ACTOR_NOBODY};
    switch (who) {
    case PAGE_NOBODY:
        return actor;
    case WHO_WEAK_PUPIL:
        actor = f->actor[PAGE_PUPIL];
        actor.is_weak = true;
        return actor;
    case WHO_HALF:
        return (struct actor){.kind = ACTOR_STAFF, .account = f->account[PAGE_COORDINATOR]};
    case WHO_GUARDIAN:
        return (struct actor){.kind = ACTOR_GUARDIAN,
                              .school = f->school,
                              .guardian = f->guardian,
                              .about = f->pupil,
                              .visit = {1}}; /* a conversation that is not asked about */
    case WHO_PROGRAM:
        return (struct actor){.kind = ACTOR_PROGRAM, .school = f->school};
    case WHO_CLASS_DEVICE:
        return (struct actor){
            .kind = ACTOR_NOBODY, .school = f->school, .class_group = f->group};
    case WHO_IDLE:
        return (struct actor){.kind = ACTOR_STAFF,
                              .school = f->school,
                              .account = f->account[PAGE_TEACHER],
                              .staff = f->staff[PAGE_TEACHER]};
    default:
        return f->actor[who];
    }
}

#define BIT(who) (1u << (who))
#define EVERYBODY (BIT(WHO_COUNT) - 1)
#define SCHOOL_STAFF                                                                               \
    (BIT(PAGE_TEACHER) | BIT(PAGE_SUPPORT) | BIT(PAGE_OTHER_TEACHER) | BIT(PAGE_COORDINATOR) |      \
     BIT(PAGE_PRINCIPAL) | BIT(PAGE_ADMINISTRATOR) | BIT(PAGE_STRANGER) | BIT(WHO_IDLE))
#define DESK (BIT(PAGE_COORDINATOR) | BIT(PAGE_PRINCIPAL) | BIT(PAGE_ADMINISTRATOR))
#define T BIT(PAGE_TEACHER)
#define S BIT(PAGE_SUPPORT)
#define O BIT(PAGE_OTHER_TEACHER)
#define C BIT(PAGE_COORDINATOR)
#define P BIT(PAGE_PRINCIPAL)
#define A BIT(PAGE_ADMINISTRATOR)
#define X BIT(PAGE_STRANGER)
#define D BIT(WHO_CLASS_DEVICE)
#define G BIT(WHO_PROGRAM)
#define K (BIT(PAGE_PUPIL) | BIT(WHO_WEAK_PUPIL))

/*
 * Who passes, per target: own is `group`/`pupil`, other is `other_group`/`other_pupil`, loose is
 * last year's group and the pupil in no group, strange is of the other school. For rights about
 * nothing in particular all columns are the same.
 */
static const struct {
    enum right right;
    unsigned own, other, loose, strange;
} table[] = {
    {RIGHT_NOBODY, 0, 0, 0, 0},
    {RIGHT_ANYONE, EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY},
    {RIGHT_ACCOUNT, SCHOOL_STAFF | BIT(WHO_HALF), SCHOOL_STAFF | BIT(WHO_HALF),
     SCHOOL_STAFF | BIT(WHO_HALF), SCHOOL_STAFF | BIT(WHO_HALF)},
    {RIGHT_STAFF, SCHOOL_STAFF, SCHOOL_STAFF, SCHOOL_STAFF, SCHOOL_STAFF},
    {RIGHT_GROUP_READ, T | S | C, O | C, C, X},
    {RIGHT_GROUP_NAMES, T | S | C | A | D | G, O | C | A | G, C | A | G, X},
    {RIGHT_GROUP_BADGES, T | A, O | A, A, X},
    {RIGHT_PUPIL_READ, T | C, O | C, C, X},
    {RIGHT_PUPIL_WRITE, T | C, O | C, C, X},
    {RIGHT_PUPIL_NOTE, T | S | C, O | C, C, X},
    {RIGHT_DOSSIER_EXPORT, C | A, C | A, C | A, X},
    {RIGHT_PUPIL_NAME, T | S | C | A | K | D | G | BIT(WHO_GUARDIAN), O | C | A | G, C | A | G, X},
    {RIGHT_SCHOOL_READ, DESK | X, DESK | X, DESK | X, DESK | X},
    {RIGHT_SCHOOL_PEOPLE, C | A | X | G, C | A | X | G, C | A | X | G, C | A | X | G},
    {RIGHT_STRUCTURE, A | X | G, A | X | G, A | X | G, A | X | G},
    {RIGHT_RETENTION, A | P | X | G, A | P | X | G, A | P | X | G, A | P | X | G},
    {RIGHT_HEARING_TARGET, DESK | X, DESK | X, DESK | X, DESK | X},
    {RIGHT_COVERAGE, C | P | X, C | P | X, C | P | X, C | P | X},
    {RIGHT_AUDIT, C | P | X, C | P | X, C | P | X, C | P | X},
    {RIGHT_EMERGENCY, C | P, C | P, C | P, X},
    {RIGHT_METHODS, C | A | X, C | A | X, C | A | X, C | A | X},
    {RIGHT_GROUP_TEACH, T | C, O | C, C, X},
    {RIGHT_CONVERSATION_READ, T | C, O | C, C, X},
    {RIGHT_CONVERSATION_WRITE, T | C, O | C, C, X},
    {RIGHT_CONVERSATION_SELF, K, 0, 0, 0},
    {RIGHT_PUPIL_SELF, K, K, K, K},
    {RIGHT_VISIT, BIT(WHO_GUARDIAN), BIT(WHO_GUARDIAN), BIT(WHO_GUARDIAN), BIT(WHO_GUARDIAN)},
    {RIGHT_VISIT_CONVERSATION, BIT(WHO_GUARDIAN), 0, 0, 0},
    {RIGHT_CLASS_DEVICE, EVERYBODY, EVERYBODY, EVERYBODY, EVERYBODY},
};

static void check_cell(struct page_fixture *f, enum right right, unsigned may, struct target target,
                       const char *where)
{
    for (int who = 0; who < WHO_COUNT; who++) {
        struct actor actor = actor_of(f, who);
        struct work work = f->work;
        work.actor = &actor;
        enum status expected = may >> who & 1u ? OK : ERR_NOT_FOUND;
        for (int again = 0; again < 2; again++) { /* what is remembered answers the same */
            enum status st = access_check(&work, right, target);
            if (st != expected)
                fail_msg("%s, %s, %s: %s, not %s", right_name(right), who_name(who), where,
                         status_name(st), status_name(expected));
        }
    }
}

static struct group_id group_of_last_year(struct page_fixture *f)
{
    struct school_year_id year;
    struct group_id group;
    assert_status(school_year_make(&f->work, 2025, &year), OK);
    struct group_draft draft = {.year = year, .kind = GROUP_HOME, .name = "Groep 6"};
    assert_status(group_add(&f->work, &draft, &group), OK);
    assert_status(staff_give(&f->work, f->staff[PAGE_TEACHER], ROLE_TEACHER, year, group), OK);
    assert_status(group_join(&f->work, group, f->pupil, (struct date){2025, 8, 25}), OK);
    return group;
}

static struct conversation_id planned_by(struct page_fixture *f, enum page_role role,
                                         struct pupil_id pupil)
{
    const struct conversation_draft draft = {.method_key = "k12", .pupil = pupil,
                                             .planned_at = -1, .place = "", .aim = ""};
    struct conversation_id id = {work_new_id(&f->work)};
    struct work work = f->work;
    work.actor = &f->actor[role];
    assert_status(conversation_plan(&work, id, &draft), OK);
    return id;
}

static void every_right_opens_for_whom_the_table_says(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_NOBODY);
    struct group_id past = group_of_last_year(f);
    struct target own = {f->group, f->pupil, planned_by(f, PAGE_TEACHER, f->pupil)};
    struct target other = {f->other_group, f->other_pupil,
                           planned_by(f, PAGE_OTHER_TEACHER, f->other_pupil)};
    struct target loose = {past, f->loose_pupil, planned_by(f, PAGE_COORDINATOR, f->loose_pupil)};
    struct target strange = {f->strange_group, f->strange_pupil,
                             planned_by(f, PAGE_STRANGER, f->strange_pupil)};
    assert_int_equal(ARRAY_LEN(table), RIGHT_COUNT_);
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        enum right right = table[i].right;
        assert_int_equal(right, i);
        check_cell(f, right, table[i].own, own, "own");
        check_cell(f, right, table[i].other, other, "other");
        check_cell(f, right, table[i].loose, loose, "loose");
        check_cell(f, right, table[i].strange, strange, "strange");
    }
    page_undo(f);
}

static void a_target_that_is_not_there_opens_for_nobody(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_NOBODY);
    struct target nothing = {{0}, {0}, {0}};
    struct target unknown = {{work_new_id(&f->work)}, {work_new_id(&f->work)},
                             {work_new_id(&f->work)}};
    for (enum right right = RIGHT_GROUP_READ; right <= RIGHT_PUPIL_NAME; right++) {
        check_cell(f, right, 0, nothing, "no target");
        check_cell(f, right, 0, unknown, "unknown");
    }
    for (enum right right = RIGHT_GROUP_TEACH; right <= RIGHT_CONVERSATION_SELF; right++)
        check_cell(f, right, 0, unknown, "unknown");
    check_cell(f, RIGHT_COUNT_, 0, nothing, "a right that is none");
    page_undo(f);
}

/* --- rules ask for themselves: a route that forgot its right would still open nothing -------------- */

static enum status find_pupil(struct work *work, struct target at)
{
    struct pupil pupil;
    return pupil_find(work, at.pupil, &pupil);
}

static enum status find_head(struct work *work, struct target at)
{
    struct pupil_head head;
    return pupil_head(work, at.pupil, 0, &head);
}

static enum status find_groups(struct work *work, struct target at)
{
    struct pupil_membership *list = NULL;
    size_t count = 0;
    return group_of_pupil(work, at.pupil, &list, &count);
}

static enum status list_members(struct work *work, struct target at)
{
    struct group_member *list = NULL;
    size_t count = 0;
    return group_members(work, at.group, &list, &count);
}

static enum status count_hearings(struct work *work, struct target at)
{
    struct hearing *list = NULL;
    size_t count = 0;
    return conversation_hearings(work, at.group, (struct date){2026, 8, 1}, true, &list, &count);
}

static enum status list_pupils(struct work *work, struct target at UNUSED)
{
    struct pupil *list = NULL;
    size_t count = 0;
    return pupil_list(work, false, &list, &count);
}

static enum status list_guardians(struct work *work, struct target at)
{
    struct guardian *list = NULL;
    size_t count = 0;
    return guardian_of_pupil(work, at.pupil, &list, &count);
}

static enum status choose_sign(struct work *work, struct target at)
{
    return pupil_change_sign(work, at.pupil, 1, 1);
}

static enum status rename_pupil(struct work *work, struct target at)
{
    struct person person = person_none();
    person.call = "Anders";
    return pupil_change(work, at.pupil, &person, 7);
}

static enum status join_group(struct work *work, struct target at)
{
    return group_join(work, at.group, at.pupil, work->today);
}

static enum status rename_group(struct work *work, struct target at)
{
    return group_change(work, at.group, "Anders", YEAR_BIT(7), AGE_8_12);
}

static enum status add_guardian(struct work *work, struct target at)
{
    struct guardian_draft draft = {
        .person = person_none(), .information = INFORMATION_FULL, .reason = ""};
    struct guardian_id id;
    draft.person.call = "Ouder";
    return guardian_add(work, at.pupil, &draft, &id);
}

static enum status rename_school(struct work *work, struct target at UNUSED)
{
    return school_rename(work, "Anders");
}

static enum status keep_longer(struct work *work, struct target at UNUSED)
{
    return school_set_retention(work, 5);
}

static enum status add_staff(struct work *work, struct target at UNUSED)
{
    struct staff_draft draft = {.person = person_none()};
    struct staff_id id;
    draft.person.call = "Collega";
    return staff_add(work, &draft, &id);
}

#define STRUCTURE A | G, A | G, X
static const struct {
    const char *name;
    enum status (*run)(struct work *work, struct target at);
    unsigned own, other, strange;
} rules[] = {
    {"pupil_find", find_pupil, T | S | C | A | K | D | G | BIT(WHO_GUARDIAN), O | C | A | G, X},
    {"pupil_head", find_head, T | S | C | A | K | D | G | BIT(WHO_GUARDIAN), O | C | A | G, X},
    {"group_of_pupil", find_groups, T | S | C | A | K | D | G | BIT(WHO_GUARDIAN), O | C | A | G, X},
    {"group_members", list_members, T | S | C | A | D | G, O | C | A | G, X},
    {"conversation_hearings", count_hearings, T | S | C, O | C, X},
    /* The principal may look for whose dossier must be opened. */
    {"pupil_list", list_pupils, C | P | A | X | G, C | P | A | X | G, C | P | A | X | G},
    /* The stranger is at the desk of another school: there this pupil has no guardians. */
    {"guardian_of_pupil", list_guardians, T | C | A | X | G, O | C | A | X | G, C | A | X | G},
    {"pupil_change_sign", choose_sign, A | G | BIT(PAGE_PUPIL), A | G, X},
    {"pupil_change", rename_pupil, STRUCTURE},
    {"group_join", join_group, STRUCTURE},
    {"group_change", rename_group, STRUCTURE},
    {"guardian_add", add_guardian, STRUCTURE},
    {"school_rename", rename_school, A | X | G, A | X | G, A | X | G},
    {"school_set_retention", keep_longer, A | P | X | G, A | P | X | G, A | P | X | G},
    {"staff_add", add_staff, A | X | G, A | X | G, A | X | G},
};

static void check_rule(struct page_fixture *f, size_t rule, unsigned may, struct target at,
                       const char *where)
{
    for (int who = 0; who < WHO_COUNT; who++) {
        struct actor actor = actor_of(f, who);
        page_begin(f, PAGE_NOBODY);
        f->work.actor = &actor;
        enum status st = rules[rule].run(&f->work, at);
        page_undo(f);
        if ((st == OK) != (may >> who & 1u))
            fail_msg("%s, %s, %s: %s", rules[rule].name, who_name(who), where, status_name(st));
    }
}

static void rules_ask_for_themselves(void **state)
{
    struct page_fixture *f = *state;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        check_rule(f, i, rules[i].own, (struct target){f->group, f->pupil}, "own");
        check_rule(f, i, rules[i].other, (struct target){f->other_group, f->other_pupil}, "other");
        check_rule(f, i, rules[i].strange, (struct target){f->strange_group, f->strange_pupil},
                   "strange");
    }
}

/* --- what one answer remembers for the next ----------------------------------------------------- */

static void a_remembered_answer_is_not_another_questions(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_NOBODY);
    struct actor both = f->actor[PAGE_ADMINISTRATOR]; /* administrator, and teacher of the group */
    both.groups[0] = (struct actor_group){f->group, ROLE_TEACHER};
    both.group_count = 1;
    struct work work = f->work;
    work.actor = &both;
    struct target own = {.pupil = f->pupil};
    struct target strange = {.pupil = f->strange_pupil};
    assert_status(access_check(&work, RIGHT_PUPIL_NAME, own), OK);
    assert_status(access_check(&work, RIGHT_PUPIL_READ, own), OK);
    assert_status(access_check(&work, RIGHT_PUPIL_READ, strange), ERR_NOT_FOUND);
    assert_status(access_check(&work, RIGHT_PUPIL_NAME, strange), ERR_NOT_FOUND);
    page_undo(f);
}

static void a_check_asks_one_statement_at_most(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    uint64_t before = db_statements(f->db);
    for (int again = 0; again < 3; again++)
        assert_status(access_check(&f->work, RIGHT_PUPIL_READ, (struct target){.pupil = f->pupil}), OK);
    assert_int_equal(db_statements(f->db) - before, 1);
    before = db_statements(f->db);
    assert_status(access_check(&f->work, RIGHT_GROUP_READ, (struct target){.group = f->group}), OK);
    assert_int_equal(db_statements(f->db) - before, 0);
    page_undo(f);
}

/* --- people who go ------------------------------------------------------------------------------ */

static enum status may_read(struct page_fixture *f, enum page_role role, struct pupil_id pupil)
{
    struct work work = f->work;
    work.actor = &f->actor[role];
    work.known_pupil = work.near_pupil = (struct pupil_id){0};
    return access_check(&work, RIGHT_PUPIL_READ, (struct target){.pupil = pupil});
}

static void who_left_is_read_by_the_coordinator_only(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_NOBODY);
    assert_status(may_read(f, PAGE_TEACHER, f->pupil), OK);
    assert_status(pupil_leave(&f->work, f->pupil, f->work.today), OK);
    assert_status(may_read(f, PAGE_TEACHER, f->pupil), ERR_NOT_FOUND);
    assert_status(may_read(f, PAGE_COORDINATOR, f->pupil), OK);
    struct actor self = f->actor[PAGE_PUPIL];
    assert_status(actor_load_pupil(&f->work, &self), ERR_NOT_FOUND);
    page_undo(f);
}

static void who_moved_to_another_group_took_the_dossier_along(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_NOBODY);
    assert_status(group_leave(&f->work, f->group, f->pupil, f->work.today), OK);
    assert_status(group_join(&f->work, f->other_group, f->pupil, f->work.today), OK);
    assert_status(may_read(f, PAGE_TEACHER, f->pupil), ERR_NOT_FOUND);
    assert_status(may_read(f, PAGE_OTHER_TEACHER, f->pupil), OK);
    page_undo(f);
}

static void an_erased_pupil_does_not_exist_for_anybody(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_NOBODY);
    assert_status(pupil_erase(&f->work, f->pupil), OK);
    for (int role = PAGE_TEACHER; role <= PAGE_ADMINISTRATOR; role++)
        assert_status(may_read(f, (enum page_role)role, f->pupil), ERR_NOT_FOUND);
    struct pupil found;
    struct vault_key key;
    assert_status(pupil_find(&f->work, f->pupil, &found), ERR_NOT_FOUND);
    assert_status(dossier_open(&f->work, f->pupil.v, &key), ERR_ERASED);
    assert_status(pupil_erase(&f->work, f->pupil), ERR_NOT_FOUND);
    page_commit(f);
}

static void erasing_wants_a_pupil(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_NOBODY);
    struct pupil_id not_a_pupil = {f->staff[PAGE_TEACHER].v};
    assert_status(pupil_erase(&f->work, not_a_pupil), ERR_NOT_FOUND);
    struct staff found;
    assert_status(staff_find(&f->work, f->staff[PAGE_TEACHER], &found), OK);
    assert_string_equal(found.person.call, "Tessa");
    page_undo(f);
}

/* --- loading ------------------------------------------------------------------------------------ */

static enum status load(struct page_fixture *f, enum page_role role, struct school_id school,
                        struct actor *ret)
{
    struct actor_self self;
    *ret = (struct actor){.kind = ACTOR_STAFF,
                          .school = school,
                          .account = f->account[role],
                          .staff = f->staff[role]};
    return actor_load_staff(&f->work, ret, &self);
}

static void functions_of_the_active_year_count(void **state)
{
    struct page_fixture *f = *state;
    struct actor actor;
    page_begin(f, PAGE_NOBODY);
    struct group_id past = group_of_last_year(f);
    assert_status(load(f, PAGE_TEACHER, f->school, &actor), OK);
    assert_int_equal(actor.group_count, 1);
    assert_null(actor_group(&actor, past));
    assert_int_equal(actor_group(&actor, f->group)->role, ROLE_TEACHER);
    assert_false(actor_has_role(&actor, ROLE_TEACHER)); /* of a group, not of the school */
    assert_status(load(f, PAGE_PRINCIPAL, f->school, &actor), OK);
    assert_true(actor_has_role(&actor, ROLE_PRINCIPAL));
    assert_false(actor_has_role(&actor, ROLE_COORDINATOR));

    struct school_year_id next;
    assert_status(school_year_make(&f->work, 2027, &next), OK);
    assert_status(staff_give(&f->work, f->staff[PAGE_ADMINISTRATOR], ROLE_ADMINISTRATOR, next,
                             (struct group_id){0}), OK);
    assert_status(staff_give(&f->work, f->staff[PAGE_ADMINISTRATOR], ROLE_ADMINISTRATOR, next,
                             (struct group_id){0}),
                  OK);
    assert_status(school_year_activate(&f->work, next), OK);
    assert_status(load(f, PAGE_PRINCIPAL, f->school, &actor), OK);
    assert_int_equal(actor.school_roles, 0);
    page_undo(f);
}

static void teacher_and_support_of_one_group_is_its_teacher(void **state)
{
    struct page_fixture *f = *state;
    struct actor actor;
    page_begin(f, PAGE_NOBODY);
    assert_status(staff_give(&f->work, f->staff[PAGE_SUPPORT], ROLE_TEACHER, f->year, f->group), OK);
    assert_status(staff_give(&f->work, f->staff[PAGE_TEACHER], ROLE_SUPPORT, f->year, f->group), OK);
    for (enum page_role role = PAGE_TEACHER; role <= PAGE_SUPPORT; role++) {
        assert_status(load(f, role, f->school, &actor), OK);
        assert_int_equal(actor.group_count, 1);
        assert_int_equal(actor.groups[0].role, ROLE_TEACHER);
    }
    page_undo(f);
}

static void more_groups_than_an_actor_holds_are_cut_not_overrun(void **state)
{
    struct page_fixture *f = *state;
    struct actor actor;
    page_begin(f, PAGE_NOBODY);
    for (int i = 0; i < ACTOR_GROUPS_MAX + 3; i++) {
        struct group_draft draft = {.year = f->year, .kind = GROUP_OTHER, .name = "Rekenen"};
        struct group_id group;
        assert_status(group_add(&f->work, &draft, &group), OK);
        assert_status(staff_give(&f->work, f->staff[PAGE_TEACHER], ROLE_TEACHER, f->year, group), OK);
    }
    assert_status(load(f, PAGE_TEACHER, f->school, &actor), OK);
    assert_int_equal(actor.group_count, ACTOR_GROUPS_MAX);
    page_undo(f);
}

static void who_left_or_is_of_another_school_does_not_load(void **state)
{
    struct page_fixture *f = *state;
    struct actor actor;
    page_begin(f, PAGE_NOBODY);
    assert_status(load(f, PAGE_TEACHER, f->other_school, &actor), ERR_NOT_FOUND);
    assert_status(staff_leave(&f->work, f->staff[PAGE_TEACHER], f->work.today), OK);
    assert_status(load(f, PAGE_TEACHER, f->school, &actor), ERR_NOT_FOUND);
    page_undo(f);
}

static void every_right_has_its_name(void **state UNUSED)
{
    for (enum right right = RIGHT_NOBODY; right < RIGHT_COUNT_; right++) {
        assert_true(str_starts(right_name(right), "RIGHT_"));
        assert_string_not_equal(right_name(right), "RIGHT_UNKNOWN");
    }
    assert_string_equal(right_name(RIGHT_COUNT_), "RIGHT_UNKNOWN");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(every_right_opens_for_whom_the_table_says),
        page_each_engine(rules_ask_for_themselves),
        page_each_engine(a_target_that_is_not_there_opens_for_nobody),
        page_each_engine(a_remembered_answer_is_not_another_questions),
        page_each_engine(a_check_asks_one_statement_at_most),
        page_each_engine(who_left_is_read_by_the_coordinator_only),
        page_each_engine(who_moved_to_another_group_took_the_dossier_along),
        page_each_engine(an_erased_pupil_does_not_exist_for_anybody),
        page_each_engine(erasing_wants_a_pupil),
        page_each_engine(functions_of_the_active_year_count),
        page_each_engine(teacher_and_support_of_one_group_is_its_teacher),
        page_each_engine(more_groups_than_an_actor_holds_are_cut_not_overrun),
        page_each_engine(who_left_or_is_of_another_school_does_not_load),
        cmocka_unit_test(every_right_has_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
