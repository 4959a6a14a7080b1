#include "access/access.h"

#include "base/str.h"
#include "conversation/conversation.h"
#include "group/group.h"
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
    WHO_IDLE, /* staff without any function this year */
    WHO_COUNT,
};

static const char *who_name(int who)
{
    static const char *const more[] = {"weak pupil", "half session", "guardian", "program", "idle"};
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
        return (struct actor){.kind = ACTOR_GUARDIAN, .school = f->school};
    case WHO_PROGRAM:
        return (struct actor){.kind = ACTOR_PROGRAM, .school = f->school};
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
    {RIGHT_GROUP_BADGES, T | A, O | A, A, X},
    {RIGHT_PUPIL_READ, T | C, O | C, C, X},
    {RIGHT_PUPIL_WRITE, T | C, O | C, C, X},
    {RIGHT_PUPIL_NOTE, T | S | C, O | C, C, X},
    {RIGHT_PUPIL_NAME, T | S | C | A, O | C | A, C | A, X},
    {RIGHT_SCHOOL_READ, DESK | X, DESK | X, DESK | X, DESK | X},
    {RIGHT_SCHOOL_PEOPLE, C | A | X, C | A | X, C | A | X, C | A | X},
    {RIGHT_STRUCTURE, A | X, A | X, A | X, A | X},
    {RIGHT_COVERAGE, C | P | X, C | P | X, C | P | X, C | P | X},
    {RIGHT_AUDIT, C | P | X, C | P | X, C | P | X, C | P | X},
    {RIGHT_METHODS, C | A | X, C | A | X, C | A | X, C | A | X},
    {RIGHT_GROUP_TEACH, T | C, O | C, C, X},
    {RIGHT_CONVERSATION_READ, T | C, O | C, C, X},
    {RIGHT_CONVERSATION_WRITE, T | C, O | C, C, X},
    {RIGHT_CONVERSATION_SELF, K, 0, 0, 0},
    {RIGHT_PUPIL_SELF, K, K, K, K},
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
