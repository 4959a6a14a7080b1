#include "plan/child_plan.h"

#include "agreement/agreement.h"
#include "base/arena.h"
#include "base/str.h"
#include "goal/goal.h"
#include "group/group.h"
#include "plan/lookback.h"
#include "web/web_fixture.h"

static struct work *as(struct page_fixture *f, enum page_role role)
{
    f->work.actor = &f->actor[role];
    f->work.known_pupil = f->work.near_pupil = (struct pupil_id){0};
    return &f->work;
}

static struct child_plan_draft draft(const char *soon)
{
    struct child_plan_draft d = {.question = "", .look_on = {2026, 12, 10}};
    d.parts[PLAN_CAN] = "ik werk lang door";
    d.parts[PLAN_SOON] = soon;
    d.parts[PLAN_LESSON] = "de weektaak samen openen";
    return d;
}

static struct child_plan_id make(struct page_fixture *f, const char *soon)
{
    struct child_plan_id id = {work_new_id(&f->work)};
    struct child_plan_draft d = draft(soon);
    assert_status(child_plan_make(&f->work, f->pupil, id, &d), OK);
    return id;
}

static struct child_plan found(struct page_fixture *f, struct child_plan_id id)
{
    struct thing thing;
    assert_status(thing_find(&f->work, &child_plan_rules, (struct thing_id){id.v}, &thing), OK);
    return child_plan_of_thing(&thing);
}

static void the_teachers_own_part_is_for_staff(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct child_plan_id id = make(f, "op tijd beginnen");
    assert_string_equal(found(f, id).parts[PLAN_LESSON], "de weektaak samen openen");
    as(f, PAGE_PUPIL);
    struct child_plan plan = found(f, id);
    struct thing now;
    assert_string_equal(plan.parts[PLAN_LESSON], "");
    assert_string_equal(plan.parts[PLAN_SOON], "op tijd beginnen");
    struct thing_version *versions = NULL;
    size_t count = 0;
    assert_status(
        thing_versions(&f->work, &child_plan_rules, (struct thing_id){id.v}, &versions, &count),
        ERR_NOT_FOUND);
    /* What the pupil changes leaves it where it is, and takes nothing for it. */
    struct child_plan_draft d = draft("binnen vijf minuten beginnen");
    d.parts[PLAN_LESSON] = "mijn woorden";
    int version = 0;
    assert_status(child_plan_change(&f->work, id, 1, &d, &version, &now), OK);
    as(f, PAGE_TEACHER);
    assert_string_equal(found(f, id).parts[PLAN_LESSON], "de weektaak samen openen");
    assert_status(
        thing_versions(&f->work, &child_plan_rules, (struct thing_id){id.v}, &versions, &count),
        OK);
    assert_int_equal(count, 2);
    page_undo(f);
}

static void in_a_pupils_own_plan_staff_write_only_their_part(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_PUPIL);
    struct child_plan_id id = make(f, "durven");
    struct child_plan_draft d = draft("de leerling durft");
    struct thing now;
    int version = 0;
    as(f, PAGE_TEACHER);
    assert_status(child_plan_change(&f->work, id, 1, &d, &version, &now), ERR_FORBIDDEN);
    d = draft("durven");
    assert_status(child_plan_change(&f->work, id, 1, &d, &version, &now), OK);
    assert_int_equal(found(f, id).author_kind, ACTOR_PUPIL);
    page_undo(f);
}

static void a_plan_is_looked_back_on(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct child_plan_id id = make(f, "beginnen");
    assert_status(child_plan_evaluate(&f->work, id, " ", "", ""), ERR_INVALID);
    assert_status(child_plan_evaluate(&f->work, id, "het lukt vaak", "nog twee weken", "vaker"),
                  OK);
    assert_status(child_plan_evaluate(&f->work, id, "het lukt vaak", "nog twee weken", "vaker"),
                  OK);
    struct child_plan plan = found(f, id);
    assert_int_equal(plan.state, PLAN_EVALUATED);
    assert_int_equal(plan.version, 2);
    assert_string_equal(plan.parts[PLAN_OUTCOME], "het lukt vaak");
    assert_string_equal(date_text(plan.evaluated_on).s, "2026-11-24");
    assert_status(
        thing_end(&f->work, &child_plan_rules, (struct thing_id){id.v}, PLAN_OPEN, NULL, 0), OK);
    assert_int_equal(found(f, id).state, PLAN_OPEN);
    page_undo(f);
}

static void only_who_may_write_makes_a_plan(void **state)
{
    struct page_fixture *f = *state;
    static const struct {
        enum page_role role;
        enum status expected;
    } cases[] = {
        {PAGE_TEACHER, OK},
        {PAGE_COORDINATOR, OK},
        {PAGE_PUPIL, OK},
        {PAGE_OTHER_TEACHER, ERR_NOT_FOUND},
        {PAGE_SUPPORT, ERR_NOT_FOUND},
        {PAGE_PRINCIPAL, ERR_NOT_FOUND},
        {PAGE_STRANGER, ERR_NOT_FOUND},
    };
    page_begin(f, PAGE_TEACHER);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        as(f, cases[i].role);
        struct child_plan_id id = {work_new_id(&f->work)};
        struct child_plan_draft d = draft("lezen");
        assert_status(child_plan_make(&f->work, f->pupil, id, &d), cases[i].expected);
    }
    as(f, PAGE_TEACHER);
    struct child_plan_draft empty = {.question = ""};
    assert_status(
        child_plan_make(&f->work, f->pupil, (struct child_plan_id){work_new_id(&f->work)}, &empty),
        ERR_INVALID);
    page_undo(f);
}

/* --- what comes back by itself
 * -------------------------------------------------------------------- */

static void make_things(struct page_fixture *f)
{
    make(f, "beginnen"); /* all of them on 10 December */
    struct goal_draft goal = {.voice = VOICE_PUPIL,
                              .question = "",
                              .look_on = {2026, 12, 10},
                              .words = {.soon = "lezen"}};
    assert_status(goal_set(&f->work, f->pupil, (struct goal_id){work_new_id(&f->work)}, &goal), OK);
    struct agreement_draft promise = {.question = "",
                                      .who_kind = WHO_STAFF,
                                      .who = f->staff[PAGE_TEACHER].v,
                                      .look_on = {2026, 12, 10},
                                      .what = "langskomen"};
    assert_status(
        agreement_make(&f->work, f->pupil, (struct agreement_id){work_new_id(&f->work)}, &promise),
        OK);
}

static struct lookback_home at_home(struct page_fixture *f, struct date until)
{
    struct lookback_home home;
    assert_status(lookback_home(&f->work, NULL, 0, until, (struct date){2026, 11, 1}, &home), OK);
    return home;
}

static size_t due(struct page_fixture *f, struct date until)
{
    struct lookback_list list = at_home(f, until).due;
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(list.items[i].call, "Noor");
        assert_true(*list.items[i].what != '\0');
        assert_true(i == 0 || date_compare(list.items[i - 1].on, list.items[i].on) <= 0);
    }
    return list.count;
}

static void look_backs_come_by_themselves_to_who_teaches(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    make_things(f);
    assert_int_equal(due(f, (struct date){2026, 12, 9}), 0);
    assert_int_equal(due(f, (struct date){2026, 12, 10}), 3);
    as(f, PAGE_OTHER_TEACHER);
    assert_int_equal(due(f, (struct date){2026, 12, 10}), 0);
    as(f, PAGE_SUPPORT);
    assert_int_equal(due(f, (struct date){2026, 12, 10}), 0);
    as(f, PAGE_COORDINATOR);
    struct lookback_count *counts = NULL;
    size_t count = 0;
    assert_status(lookback_counts(&f->work, (struct date){2026, 12, 10}, &counts, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(counts[0].group.v, f->group.v);
    assert_int_equal(counts[0].due, 3);
    as(f, PAGE_TEACHER);
    assert_status(lookback_counts(&f->work, (struct date){2026, 12, 10}, &counts, &count),
                  ERR_NOT_FOUND);
    as(f, PAGE_PUPIL);
    struct lookback_home home;
    struct date day = {2026, 12, 10};
    assert_status(lookback_home(&f->work, NULL, 0, day, day, &home), ERR_NOT_FOUND);
    page_undo(f);
}

static void a_promise_is_shown_to_who_made_it(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    make_things(f);
    struct date day = {2026, 12, 9};
    struct lookback_list promised = at_home(f, day).promised;
    assert_int_equal(promised.count, 1);
    assert_string_equal(promised.items[0].what, "langskomen");
    assert_string_equal(promised.items[0].call, "Noor");
    struct agreement_id kept = {promised.items[0].thing};
    assert_status(agreement_end(&f->work, kept, AGREEMENT_KEPT), OK);
    assert_int_equal(at_home(f, day).promised.count, 0);
    assert_int_equal(at_home(f, day).celebrate.count, 1);
    assert_status(
        thing_celebrate(&f->work, &agreement_rules, (struct thing_id){kept.v}, PARTY_TELL), OK);
    assert_int_equal(at_home(f, day).celebrate.count, 0);
    page_undo(f);
}

/* The page has opened its pupils: their names and keys are taken from it, and are those that count. */
static void whom_the_page_knows_is_not_opened_again(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    make_things(f);
    struct group_member *members = NULL;
    size_t count = 0;
    assert_status(group_members(&f->work, f->group, &members, &count), OK);
    struct lookback_face known[8];
    assert_true(count > 0 && count <= ARRAY_LEN(known));
    for (size_t i = 0; i < count; i++)
        known[i] = (struct lookback_face){.dossier = members[i].pupil.v,
                                          .slot = members[i].slot,
                                          .key_wrapped = members[i].key_wrapped,
                                          .call = "Noor V.",
                                          .letters = "NV",
                                          .colour = 3};
    struct lookback_home home;
    struct date day = {2026, 12, 9};
    assert_status(lookback_home(&f->work, known, count, day, day, &home), OK);
    assert_int_equal(home.promised.count, 1);
    assert_string_equal(home.promised.items[0].call, "Noor V.");
    assert_string_equal(home.promised.items[0].what, "langskomen");
    assert_int_equal(home.promised.items[0].colour, 3);
    known[0].key_wrapped = known[1].key_wrapped = (struct bytes){0};
    assert_status(lookback_home(&f->work, known, count, day, day, &home), ERR_NOT_FOUND);
    page_undo(f);
}

/* Who lost the group has lost what was promised there, until a successor takes it over. */
static void a_promise_to_somebody_elses_pupil_is_not_shown(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_COORDINATOR);
    struct agreement_draft promise = {.question = "",
                                      .who_kind = WHO_STAFF,
                                      .who = f->staff[PAGE_TEACHER].v,
                                      .what = "langskomen"};
    assert_status(agreement_make(&f->work, f->other_pupil,
                                 (struct agreement_id){work_new_id(&f->work)}, &promise),
                  OK);
    as(f, PAGE_TEACHER);
    assert_int_equal(at_home(f, (struct date){2026, 12, 9}).promised.count, 0);
    page_undo(f);
}

/* Who does it as well finds it at home too, until it is not theirs any more. */
static void a_promise_of_several_is_shown_to_each(void **state)
{
    struct page_fixture *f = *state;
    struct date day = {2026, 12, 9};
    page_begin(f, PAGE_COORDINATOR);
    struct agreement_draft promise = {.question = "",
                                      .who_kind = WHO_PUPIL,
                                      .who = f->pupil.v,
                                      .others = {{WHO_STAFF, f->staff[PAGE_TEACHER].v}},
                                      .other_count = 1,
                                      .what = "samen lezen"};
    struct agreement_id id = {work_new_id(&f->work)};
    assert_status(agreement_make(&f->work, f->pupil, id, &promise), OK);
    as(f, PAGE_TEACHER);
    assert_int_equal(at_home(f, day).promised.count, 1);
    struct thing now;
    int version = 0;
    promise.other_count = 0;
    assert_status(agreement_change(&f->work, id, 1, &promise, &version, &now), OK);
    assert_int_equal(at_home(f, day).promised.count, 0);
    page_undo(f);
}

/* The home page looks a week ahead. */
static struct lookback_home at_home_today(struct page_fixture *f)
{
    return at_home(f, date_add_days(f->work.today, 7));
}

static void four_weeks_later_it_is_asked_how_it_went(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct goal_draft goal = {.voice = VOICE_PUPIL,
                              .question = "",
                              .due_on = date_add_days(f->work.today, 28),
                              .words = {.soon = "lezen"}};
    struct goal_id id = {work_new_id(&f->work)};
    assert_status(goal_set(&f->work, f->pupil, id, &goal), OK);
    struct child_plan_draft plan = draft("beginnen");
    plan.look_on = date_add_days(f->work.today, 28);
    struct child_plan_id plan_id = {work_new_id(&f->work)};
    assert_status(child_plan_make(&f->work, f->pupil, plan_id, &plan), OK);
    assert_int_equal(at_home_today(f).due.count, 0);
    f->work.today = date_add_days(f->work.today, 28);
    f->work.now_ms += INT64_C(28) * 24 * 60 * 60 * 1000;
    /* A goal without a look-back day comes back at the end of its period. */
    struct lookback_list due = at_home_today(f).due;
    assert_int_equal(due.count, 2);
    assert_int_equal(date_compare(due.items[0].on, f->work.today), 0);
    /* Looked back on, it does not come again; what was reached is there to celebrate. */
    assert_status(child_plan_evaluate(&f->work, plan_id, "het lukt", "nu alleen", ""), OK);
    assert_status(goal_end(&f->work, id, GOAL_REACHED), OK);
    assert_int_equal(at_home_today(f).due.count, 0);
    assert_int_equal(at_home_today(f).celebrate.count, 1);
    assert_int_equal(at_home_today(f).celebrate.items[0].thing, id.v);
    page_undo(f);
}

static void all_columns_of_a_plan_stay(void **state)
{
    struct page_fixture *f = *state;
    page_begin(f, PAGE_TEACHER);
    struct child_plan_draft d = draft("op tijd beginnen");
    d.due_on = (struct date){2027, 1, 29};
    d.parts[PLAN_GROUP] = "groepsplan taal";
    d.parts[PLAN_GROUP_DAY] = "2026-11-02";
    d.parts[PLAN_LOOKERS] = "Noor en juf Tessa";
    d.parts[PLAN_HARD] = "beginnen als het druk is";
    d.parts[PLAN_WELL] = "naast Fenna zitten";
    d.parts[PLAN_OUTCOME] = "dat weten we nog niet"; /* comes by evaluating alone */
    struct child_plan_id id = {work_new_id(&f->work)};
    assert_status(child_plan_make(&f->work, f->pupil, id, &d), OK);
    struct child_plan plan = found(f, id);
    assert_string_equal(date_text(plan.due_on).s, "2027-01-29");
    assert_string_equal(plan.parts[PLAN_GROUP_DAY], "2026-11-02");
    assert_string_equal(plan.parts[PLAN_LOOKERS], "Noor en juf Tessa");
    assert_string_equal(plan.parts[PLAN_WELL], "naast Fenna zitten");
    assert_string_equal(plan.parts[PLAN_OUTCOME], "");
    d.parts[PLAN_GROUP_DAY] = "volgende week";
    struct thing now;
    int version = 0;
    assert_status(child_plan_change(&f->work, id, 1, &d, &version, &now), ERR_INVALID);
    page_undo(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(the_teachers_own_part_is_for_staff),
        page_each_engine(in_a_pupils_own_plan_staff_write_only_their_part),
        page_each_engine(a_plan_is_looked_back_on),
        page_each_engine(only_who_may_write_makes_a_plan),
        page_each_engine(look_backs_come_by_themselves_to_who_teaches),
        page_each_engine(a_promise_is_shown_to_who_made_it),
        page_each_engine(whom_the_page_knows_is_not_opened_again),
        page_each_engine(a_promise_to_somebody_elses_pupil_is_not_shown),
        page_each_engine(a_promise_of_several_is_shown_to_each),
        page_each_engine(four_weeks_later_it_is_asked_how_it_went),
        page_each_engine(all_columns_of_a_plan_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
