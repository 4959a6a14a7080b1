/*
 * Whose parent somebody is no longer, by a roster: what ends, what stays, and what nobody may read into
 * a file that does not say it.
 */
#include "base/arena.h"
#include "base/str.h"
#include "guardian/guardian.h"
#include "pupil/pupil.h"
#include "roster/apply.h"
#include "web/web_fixture.h"

static const struct apply_choices careful;
static const struct apply_choices bold = {.confirm_leaving = true};

static const char class_of_two[] =
    "<EDEX><school><schooljaar>2026-2027</schooljaar><peildatum>2026-09-01</peildatum></school>"
    "<groepen><groep key=\"A\"><naam>5A</naam><jaargroep>5</jaargroep></groep></groepen><leerlingen>"
    "<leerling key=\"1\"><achternaam>Linden</achternaam><roepnaam>Noor</roepnaam>"
    "<geboortedatum>2016-11-03</geboortedatum><jaargroep>5</jaargroep><groep key=\"A\"/></leerling>"
    "<leerling key=\"2\"><achternaam>Linden</achternaam><roepnaam>Sami</roepnaam>"
    "<geboortedatum>2016-02-28</geboortedatum><jaargroep>5</jaargroep><groep key=\"A\"/></leerling>"
    "</leerlingen></EDEX>";

static struct work *begin(struct page_fixture *f)
{
    struct work *work = page_begin(f, PAGE_NOBODY);
    f->actor[PAGE_NOBODY] = (struct actor){.kind = ACTOR_PROGRAM, .school = f->other_school};
    return work;
}

static void empty_school(struct page_fixture *f)
{
    struct work *work = begin(f);
    assert_status(pupil_leave(work, f->strange_pupil, (struct date){2025, 1, 1}), OK);
    page_commit(f);
}

static struct roster read_for(struct page_fixture *f, const char *text)
{
    struct roster_options options = {.today = PAGE_TODAY, .school_known = true, .guardians = true};
    struct roster roster;
    struct bytes data = {(const uint8_t *)text, strlen(text)};
    assert_status(roster_read(f->arena, &(struct roster_source){.data = data}, &options, &roster), OK);
    assert_true(roster_applicable(&roster));
    return roster;
}

static struct plan plan_of(struct page_fixture *f, const struct roster *roster)
{
    struct plan plan;
    assert_status(plan_make(begin(f), roster, &(struct plan_options){.guardians = true}, &plan), OK);
    page_undo(f);
    return plan;
}

static struct plan carry_out(struct page_fixture *f, const struct roster *roster,
                             const struct apply_choices *choices)
{
    struct plan plan;
    struct work *work = begin(f);
    assert_status(plan_make(work, roster, &(struct plan_options){.guardians = true}, &plan), OK);
    assert_status(apply_plan(work, &plan, choices), OK);
    page_commit(f);
    return plan;
}

static size_t suspects(const struct plan *plan, enum plan_doubt doubt)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->suspect_count; i++)
        count += plan->suspects[i].doubt == doubt;
    return count;
}

static struct pupil pupil_called(struct page_fixture *f, const char *call)
{
    struct pupil *list = NULL;
    size_t count = 0;
    assert_status(pupil_list(begin(f), false, &list, &count), OK);
    page_undo(f);
    for (size_t i = 0; i < count; i++)
        if (str_equal(list[i].person.call, call))
            return list[i];
    fail_msg("nobody is called %s", call);
    return (struct pupil){0};
}

static size_t parents_of(struct page_fixture *f, const char *call)
{
    struct pupil pupil = pupil_called(f, call);
    struct guardian *list = NULL;
    size_t count = 0;
    struct work *work = begin(f);
    assert_status(guardian_of_pupil(work, pupil.id, &list, &count), OK);
    page_undo(f);
    return count;
}

static struct guardian_id tie_by_hand(struct page_fixture *f, const char *call, enum guardian_information information)
{
    struct pupil pupil = pupil_called(f, call);
    struct guardian_draft draft = {.person = person_none(), .information = information, .reason = "uitspraak"};
    struct guardian_id id;
    draft.person.call = "Opa";
    assert_status(guardian_add(begin(f), pupil.id, &draft, &id), OK);
    page_commit(f);
    return id;
}

static void a_parent_who_is_no_longer_in_the_file_is_untied(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    struct roster roster = read_for(f, class_of_two);
    const char *both[] = {"1", "2"}, *first[] = {"1"};
    struct roster_guardian parents[] = {
        {.id = {.key = "K"}, .name = {"Karin", "", "", "", "Linden", "Karin Linden", ""}, .email = "", .role = "parent",
         .pupils = both, .pupil_count = 2},
        {.id = {.key = "J"}, .name = {"Jan", "", "", "", "Linden", "Jan Linden", ""}, .email = "", .role = "parent",
         .pupils = both, .pupil_count = 2},
    };
    roster.guardians = parents;
    roster.guardian_count = 2;
    roster.covers |= ROSTER_COVERS_GUARDIANS;
    struct plan plan = carry_out(f, &roster, &bold);
    assert_int_equal(plan.new_guardians, 2);
    assert_int_equal(parents_of(f, "Noor"), 2);
    (void)tie_by_hand(f, "Noor", INFORMATION_FULL);
    parents[0].pupils = first; /* Karin is no longer the second one's */
    parents[0].pupil_count = 1;
    plan = carry_out(f, &roster, &bold);
    assert_int_equal(plan.tie_count, 1);
    assert_int_equal(plan_left(&plan), 1);
    assert_true(plan_changes(&plan));
    assert_false(plan.many_leave);
    assert_int_equal(parents_of(f, "Noor"), 3);
    plan = carry_out(f, &roster, &bold);
    assert_false(plan_changes(&plan));
    /* A file without any parents says nothing about them; nor does one of next year, or a delta. */
    struct roster silent = roster;
    silent.guardian_count = 0;
    silent.covers &= ~(unsigned)ROSTER_COVERS_GUARDIANS;
    plan = carry_out(f, &silent, &bold);
    assert_int_equal(plan.tie_count, 0);
    struct roster ahead = roster;
    ahead.school_year = 2027;
    ahead.guardian_count = 1;
    plan = plan_of(f, &ahead);
    assert_true(plan.ahead);
    assert_int_equal(plan.tie_count, 0);
    /* One that cannot be told from another says nothing about the rest. */
    parents[1].id.unstable = true;
    plan = plan_of(f, &roster);
    assert_int_equal(plan.tie_count, 0);
    parents[1].id.unstable = false;
    /* Jan is gone altogether: of both. That is many of the three ties there are. */
    roster.guardian_count = 1;
    plan = plan_of(f, &roster);
    assert_int_equal(plan.tie_count, 2);
    assert_true(plan.many_leave);
    plan = carry_out(f, &roster, &bold);
    assert_int_equal(parents_of(f, "Noor"), 2); /* Karin by the file, and the one tied by hand */
    struct guardian_known *all = NULL;
    size_t count = 0;
    assert_status(guardian_everybody(begin(f), &all, &count), OK);
    page_undo(f);
    assert_int_equal(count, 3); /* nobody was erased */
}

static void what_was_decided_about_a_parent_no_file_takes_away(void **state)
{
    struct page_fixture *f = *state;
    empty_school(f);
    struct roster roster = read_for(f, class_of_two);
    const char *first[] = {"1"};
    struct roster_guardian parents[] = {
        {.id = {.key = "K"}, .name = {"Karin", "", "", "", "Linden", "Karin Linden", ""}, .email = "", .role = "parent",
         .pupils = first, .pupil_count = 1},
        {.id = {.key = "J"}, .name = {"Jan", "", "", "", "Linden", "Jan Linden", ""}, .email = "", .role = "parent",
         .pupils = first, .pupil_count = 1},
    };
    roster.guardians = parents;
    roster.guardian_count = 2;
    roster.covers |= ROSTER_COVERS_GUARDIANS;
    (void)carry_out(f, &roster, &careful);
    struct pupil noor = pupil_called(f, "Noor");
    struct guardian *list = NULL;
    size_t count = 0;
    struct work *work = begin(f);
    assert_status(guardian_of_pupil(work, noor.id, &list, &count), OK);
    for (size_t i = 0; i < count; i++) {
        struct guardian_draft nothing = {
            .person = list[i].person, .information = INFORMATION_NONE, .reason = "uitspraak van de rechter"};
        if (str_equal(list[i].person.call, "Jan"))
            assert_status(guardian_change(work, noor.id, list[i].id, &nothing), OK);
    }
    page_commit(f);
    roster.guardian_count = 1;
    struct plan plan = carry_out(f, &roster, &careful);
    assert_int_equal(plan.tie_count, 0);
    assert_int_equal(suspects(&plan, PLAN_TIE_DECIDED), 1);
    assert_int_equal(parents_of(f, "Noor"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        page_each_engine(a_parent_who_is_no_longer_in_the_file_is_untied),
        page_each_engine(what_was_decided_about_a_parent_no_file_takes_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
